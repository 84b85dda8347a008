/*
 * How config/ reads conf/service.conf. A table of keys describes each group of
 * settings, so that each key stands in one place with its rule and with the example
 * that its errors show. Internal to config/.
 */
#ifndef EGENREMISS_CONFIG_READ_H
#define EGENREMISS_CONFIG_READ_H

#include <libconfig.h>

#include <stddef.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"

#define CONFIG_SPECIAL_DAYS_MAX	1000

struct reader {
	struct config config;		/* the result, as far as it is read */
	struct error *error;
	struct config_queue every;	/* holds the special days of the whole service */
	struct config_text privacy;	/* for areas that have no text of their own */
	struct config_text accessibility;	/* the same */
};

struct key {
	const char *name;
	const char *example;		/* a right value, as people write it in the file */
	/* Checks the setting and stores its value at `into`. 0, or -1 with *reader->error. */
	int (*read)(struct reader *, config_setting_t *, const struct key *, void *into);
	size_t offset;			/* of the value, in the struct that keys_read fills */
	bool required;
	/* Limits of a number. Of a text, `most` is its longest size in bytes. */
	int least, most;
	const struct words *words;	/* for key_word and key_mask */
};

/* memory.c: memory of a configuration, which config_free frees. Aborts when none is left. */

/* libconfig's tree, and the blocks that memory_take has given. */
struct memory {
	config_t tree;
	struct block { struct block *next; max_align_t bytes[]; } *blocks;
};

/* Frees the tree and all blocks. NULL is fine. */
void	memory_free(struct memory *memory);
/* A new zeroed block for `count` elements. */
void	*memory_take(struct reader *reader, size_t count, size_t size);
/* Copies the text of a buffer into a block and frees the buffer. */
const char *memory_keep(struct reader *reader, struct buffer *buffer);

/* key.c */

/* Fills *reader->error with ERROR_INPUT and "file:line: ..."; returns -1. */
int	setting_fault(struct reader *reader, const config_setting_t *setting,
	    const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same, and adds the remedy "; write key = example;". */
int	key_fault(struct reader *reader, const config_setting_t *setting,
	    const struct key *key, const char *format, ...)
	    __attribute__((format(printf, 4, 5)));
/*
 * Refuses keys that the table does not have, then reads the group's keys in the order
 * of the table. `what` names the group in errors. 0, or -1 with the first fault.
 */
int	keys_read(struct reader *reader, config_setting_t *group, const char *what,
	    const struct key *keys, size_t count, void *into);
/* The number of elements of a list or array, from 1 to `most`; -1 with a fault. */
int	list_length(struct reader *reader, config_setting_t *list, const struct key *key,
	    int most);

/*
 * value.c: readers of one value. Each is a key's `read`; a comment says what else than
 * a text it stores.
 */

/*
 * The text: UTF-8, not empty, at most key->most bytes, without control characters; line
 * breaks and tabs pass when `lines` is true. NULL with a fault. libconfig's tree owns it.
 */
const char *setting_text(struct reader *reader, config_setting_t *setting,
	    const struct key *key, bool lines);
int	key_text(struct reader *, config_setting_t *, const struct key *, void *);
/* A whole number from key->least to key->most; an int. */
int	key_number(struct reader *, config_setting_t *, const struct key *, void *);
/* true or false; a bool. */
int	key_flag(struct reader *, config_setting_t *, const struct key *, void *);
/* A part of an address: a-z, 0-9, and - between them. */
int	key_slug(struct reader *, config_setting_t *, const struct key *, void *);
/* A telephone number as people write it, with at least key->least digits. */
int	key_phone(struct reader *, config_setting_t *, const struct key *, void *);
/* "#0b5a7a": a colour on which white text has a contrast of at least 7:1. */
int	key_colour(struct reader *, config_setting_t *, const struct key *, void *);
/* "2026-11-23"; an int32_t. */
int	key_day(struct reader *, config_setting_t *, const struct key *, void *);
/* A time zone that this machine has. */
int	key_zone(struct reader *, config_setting_t *, const struct key *, void *);
/* An https address. */
int	key_url(struct reader *, config_setting_t *, const struct key *, void *);
int	key_uri(struct reader *, config_setting_t *, const struct key *, void *);
/* A word of key->words; an int, its value. */
int	key_word(struct reader *, config_setting_t *, const struct key *, void *);
/* A word of key->words or a list of them; an unsigned mask of 1 << value. */
int	key_mask(struct reader *, config_setting_t *, const struct key *, void *);
/* Whether the text is http(s)://host[:port] and nothing more. */
bool	base_url_right(const char *url);

/* text.c */

/* A Swedish text, or a group with a text for each language; a struct config_text. */
int	key_translated(struct reader *, config_setting_t *, const struct key *, void *);
/* The same; the placeholders {responsible}, {name}, {phone}, {place}, {months} are allowed. */
int	key_template(struct reader *, config_setting_t *, const struct key *, void *);
/* Replaces those placeholders in each language by the values of the area. */
void	template_fill(struct reader *reader, struct config_text *text,
	    const struct config_area *area);

/* area.c */

/* The path of an SVG or PNG file of at most 3072 bytes; stores a data: URL of its content. */
int	key_logo(struct reader *, config_setting_t *, const struct key *, void *);
/* Appends the path `written`; one that is relative starts in the folder of `file`. */
void	path_resolve(struct buffer *path, const char *file, const char *written);

/* sending.c */

/* A group; a struct config_mail. */
int	key_mail(struct reader *, config_setting_t *, const struct key *, void *);
/* A group; a struct config_sms. */
int	key_sms(struct reader *, config_setting_t *, const struct key *, void *);
/* "08:00"; an int, minutes since midnight. */
int	key_clock(struct reader *, config_setting_t *, const struct key *, void *);

/* queue.c */

/* The first five characters, "08:00" to "23:59", as minutes since midnight; else -1. */
int	clock_parse(const char *text);
/* "08:00-16:30" for Monday to Friday, or a group of weekdays; a struct config_hours[7]. */
int	key_week(struct reader *, config_setting_t *, const struct key *, void *);
/* A list of closed days; adds them to the special days of a struct config_queue. */
int	key_closed(struct reader *, config_setting_t *, const struct key *, void *);
/* A list of days with shorter hours; adds them in the same way. */
int	key_half(struct reader *, config_setting_t *, const struct key *, void *);
/* Adds the service's special days for which the queue has no own; sorts all by day. */
void	special_settle(struct reader *reader, struct config_queue *queue);

/* area.c, queue.c, route.c: each reads a list of groups into its array of a struct config. */

int	key_areas(struct reader *, config_setting_t *, const struct key *, void *);
int	key_queues(struct reader *, config_setting_t *, const struct key *, void *);
int	key_routes(struct reader *, config_setting_t *, const struct key *, void *);
int	key_crisis(struct reader *, config_setting_t *, const struct key *, void *);

#endif
