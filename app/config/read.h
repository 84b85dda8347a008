/*
 * Inside the reading of conf/service.conf: a group of settings is described
 * by a table of keys, so that each key stands in one place with its rule and
 * with the example that its errors show. Included by config*.c alone.
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
	struct config config;		/* what comes of it */
	struct error *error;
	struct config_queue every;	/* the special days of the whole service */
	struct config_text privacy;	/* for areas without one of their own */
	struct config_text accessibility;
};

struct key {
	const char *name;
	const char *example;		/* a right value, as it would be written */
	/* Stores the setting's value at `into` + offset. 0, or -1 with a fault. */
	int (*read)(struct reader *, config_setting_t *, const struct key *, void *into);
	size_t offset;
	bool required;
	int least, most;		/* a number's limits, or a text's most bytes */
	const struct words *words;	/* of key_word and key_mask */
};

/* config.c: memory that config_free frees; zeroed, out of memory aborts. */

/* memory.c */

/* What a configuration stands in: libconfig's tree and what was made from it. */
struct memory {
	config_t tree;
	struct block { struct block *next; max_align_t bytes[]; } *blocks;
};

/* Frees the tree and all that was taken; NULL is fine. */
void	memory_free(struct memory *memory);
void	*memory_take(struct reader *reader, size_t count, size_t size);
/* Hands a buffer's bytes over; the buffer is empty afterwards. */
const char *memory_keep(struct reader *reader, struct buffer *buffer);

/* config_key.c */

/* "file:line: ..." Returns -1. */
int	setting_fault(struct reader *reader, const config_setting_t *setting,
	    const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "file:line: ...; write key = example;" Returns -1. */
int	key_fault(struct reader *reader, const config_setting_t *setting,
	    const struct key *key, const char *format, ...)
	    __attribute__((format(printf, 4, 5)));
/* Refuses unknown keys, then reads each key of the table, in its order. */
int	keys_read(struct reader *reader, config_setting_t *group, const char *what,
	    const struct key *keys, size_t count, void *into);
/* The number of elements of a list or array of 1 to `most`, or -1 with a fault. */
int	list_length(struct reader *reader, config_setting_t *list, const struct key *key,
	    int most);

/* config_value.c: readers of one value. Fields are what their names say. */

/* The text: UTF-8, not empty, at most key->most bytes; NULL with a fault. */
const char *setting_text(struct reader *reader, config_setting_t *setting,
	    const struct key *key, bool lines);
int	key_text(struct reader *, config_setting_t *, const struct key *, void *);
int	key_number(struct reader *, config_setting_t *, const struct key *, void *);
int	key_flag(struct reader *, config_setting_t *, const struct key *, void *);
/* A text that stands in addresses: a-z, 0-9 and -. */
int	key_slug(struct reader *, config_setting_t *, const struct key *, void *);
int	key_phone(struct reader *, config_setting_t *, const struct key *, void *);
int	key_colour(struct reader *, config_setting_t *, const struct key *, void *);
int	key_day(struct reader *, config_setting_t *, const struct key *, void *);
int	key_zone(struct reader *, config_setting_t *, const struct key *, void *);
int	key_url(struct reader *, config_setting_t *, const struct key *, void *);
/* One word, as its value. */
int	key_word(struct reader *, config_setting_t *, const struct key *, void *);
/* A word or a list of words, as a mask. */
int	key_mask(struct reader *, config_setting_t *, const struct key *, void *);
/* Whether it is http(s)://host[:port] and nothing more. */
bool	base_url_right(const char *url);

/* config_text.c */

int	key_translated(struct reader *, config_setting_t *, const struct key *, void *);
/* The same with {responsible}, {name}, {phone}, {place} and {months} in it. */
int	key_template(struct reader *, config_setting_t *, const struct key *, void *);
/* Fills those in, in each language, with what is true of the area. */
void	template_fill(struct reader *reader, struct config_text *text,
	    const struct config_area *area);

/* config_logo.c: a file's path, into a data: URL */

int	key_logo(struct reader *, config_setting_t *, const struct key *, void *);
/* Appends the path, which is written as seen from the folder of the configuration. */
void	path_resolve(struct buffer *path, const char *file, const char *written);

/* config_sending.c: how messages leave; a clock time of the day, in minutes */

int	key_mail(struct reader *, config_setting_t *, const struct key *, void *);
int	key_sms(struct reader *, config_setting_t *, const struct key *, void *);
int	key_clock(struct reader *, config_setting_t *, const struct key *, void *);

/* config_hours.c */

/* "08:00" as minutes since midnight, or -1. */
int	clock_parse(const char *text);
int	key_week(struct reader *, config_setting_t *, const struct key *, void *);
/* Both add to a struct config_queue's special days. */
int	key_closed(struct reader *, config_setting_t *, const struct key *, void *);
int	key_half(struct reader *, config_setting_t *, const struct key *, void *);
/* Adds the service's special days that the queue does not decide itself; sorts. */
void	special_settle(struct reader *reader, struct config_queue *queue);

/* config_area.c, config_queue.c, config_route.c, config_crisis.c: into struct config */

int	key_areas(struct reader *, config_setting_t *, const struct key *, void *);
int	key_queues(struct reader *, config_setting_t *, const struct key *, void *);
int	key_routes(struct reader *, config_setting_t *, const struct key *, void *);
int	key_crisis(struct reader *, config_setting_t *, const struct key *, void *);

#endif
