/*
 * conf/service.conf: the settings that a municipality decides. The program reads it
 * once, before it listens. It never changes afterwards, so that any thread may read it.
 * Every error text has the form "file:line: fault; remedy".
 */
#ifndef EGENREMISS_CONFIG_CONFIG_H
#define EGENREMISS_CONFIG_CONFIG_H

#include "base/base.h"
#include "base/words.h"

#define CONFIG_AREAS_MAX	300	/* Sweden has 290 municipalities */

/*
 * A text in one or more languages, Swedish first. It has no translation when the
 * file does not have the text. Each paragraph is one line; an empty line stands
 * between paragraphs.
 */
struct config_text {
	size_t count;
	struct config_translation { const char *language, *text; } translation[12];
};

/* Minutes since local midnight; opens == closes means closed that weekday. */
struct config_hours { int16_t opens, closes; };

/* A date whose hours differ from those of its weekday. */
struct config_special_day {
	int32_t day;
	struct config_hours hours;	/* closed all day when opens == closes */
};

struct config_queue {
	const char *id;			/* "kristinehamn-kaa": a-z, 0-9 and - */
	const char *name;		/* staff see it */
	const char *phone;		/* coordinators call from this number; as people write it */
	int promise_days;		/* working days, 1-30 */
	struct config_hours week[7];	/* 0 Sunday */
	struct config_special_day *special;	/* by day; those of the whole service included */
	size_t special_count;
	bool message;			/* the form may have its free text */
	int line;			/* of the file; the same below */
};

struct config_area {
	const char *code;		/* SCB municipality code, "1781" */
	const char *slug;		/* its part of an address, "kristinehamn" */
	const char *name;
	const char *phone;		/* of the service: pages say "ring us" */
	const char *place;		/* of the service: pages say "come here" */
	const char *colour;		/* "#0b5a7a" */
	const char *logo;		/* a data: URL with the picture; NULL without */
	bool elsewhere;			/* for people of another municipality; at most one area */
	bool open;
	int32_t opens_day;		/* of a closed area: the day on which it opens; 0 unknown */
	const char *responsible;	/* the authority that is responsible for personal data */
	struct config_text privacy;	/* the text about personal data, ready to show */
	struct config_text accessibility;	/* the municipality's part of the statement */
	bool message;			/* every queue that it can route to takes a message */
	int line;
};

/* A condition that the file leaves out is true of every submission. Masks are 1 << value. */
struct config_route {
	const char *area;		/* a code; NULL any */
	unsigned ages, kinds, speaks;	/* masks of enum age, who and speak; never 0 */
	size_t queue;			/* index into config.queues */
	int line;
};

struct config_crisis_line {
	const char *name, *number;
	struct config_text about;
	int32_t checked_day;		/* the day on which somebody last verified the number */
	int line;
};

/* How e-mail to staff leaves. url is NULL when mail is not set up. */
struct config_mail {
	const char *url;		/* smtp://host[:port] or smtps://...; TLS unless this machine */
	const char *from;		/* the sender's address */
	const char *user;		/* NULL: the server asks for no name */
	const char *password_file;	/* only the outbox opens it; NULL when user is NULL */
	int line;
};

/* The gateway that delivers text messages. url is NULL when it is not set up. */
struct config_sms {
	const char *url;		/* https, or http on this machine */
	const char *from;		/* the sender that the phone shows; must not tell the service */
	const char *user, *password_file;	/* both or none */
	int line;
};

/*
 * Waiting times in milliseconds. Tests shorten them by environment variables, which
 * the program reads in a demonstration only.
 */
struct config_waits {
	int look;	/* a worker looks for changes so often: EGENREMISS_TEST_LOOK_MS, 1000 */
	int answer;	/* longest wait for a server's answer: EGENREMISS_TEST_ANSWER_MS, 60000 */
};

struct config {
	const char *file;
	const char *service_name;
	const char *base_url;		/* "http://localhost:8888", no slash at the end */
	int base_url_line;
	const char *zone;		/* "Europe/Stockholm" */
	bool demonstration;		/* every page says so; demonstration accounts are allowed */
	int demonstration_line;		/* 1 when the file does not set it */
	struct config_area *areas;	size_t areas_count;
	struct config_queue *queues;	size_t queues_count;
	struct config_route *routes;	size_t routes_count;	/* the last has no condition */
	struct config_crisis_line *crisis; size_t crisis_count;
	int session_minutes;		/* a session that is idle for longer ends */
	enum second_factor second_factor;	/* required when the file does not set it */
	struct config_mail mail;
	struct config_sms sms;
	struct config_waits waits;
	int digest_minute;		/* minutes after local midnight, for the morning digest */
	int follow_days;		/* working days from reaching a person to the next contact */
	int offer_days;			/* working days until an offer lapses; 2 by default */
	int retention_months;		/* from the closing of a case to its purge */
	int kaa_reminder_months;	/* before the twentieth birthday; 3 by default */
	const char *supervision_url;	/* of the supervisory authority for accessibility */
	const char *accessibility_contact;
	const char *security_contact;	/* a URI to report a weakness to; NULL: not published */
	struct config_text conformance;	/* how far pages conform, known faults, method, date */
	void *memory;			/* owns every string and list above */
};

/*
 * Reads the file and checks each setting. It does not prove that every submission
 * reaches a queue; routing_check of rules/ does. An unknown key is a fault, whose text
 * names the nearest known key. The environment variable EGENREMISS_URL replaces
 * base_url. 0, or -1 with ERROR_INPUT. The caller ends *config with config_free; after
 * -1 it is empty, and config_free is allowed but not needed.
 */
int	config_load(struct config *config, const char *path, struct error *error);
void	config_free(struct config *config);

/* Finds an area by its code, slug or name, in any letter case. NULL when there is none. */
const struct config_area *config_area(const struct config *config, const char *word);
/* Finds a queue by its exact id. NULL when there is none. */
const struct config_queue *config_queue(const struct config *config, const char *id);
/*
 * The text in the language `want`, or in Swedish when it has no such translation or
 * `want` is NULL; "" when the file does not have the text. *language becomes the
 * language of the result, unless language is NULL.
 */
const char *config_text(const struct config_text *text, const char *want,
	    const char **language);

#endif
