/*
 * conf/service.conf: what a municipality decides. Read once with libconfig
 * before anything listens; immutable afterwards, so any thread may read it.
 * Every message of an error is "file:line: what is wrong; what to write".
 */
#ifndef EGENREMISS_CONFIG_CONFIG_H
#define EGENREMISS_CONFIG_CONFIG_H

#include "base/base.h"
#include "base/words.h"

#define CONFIG_AREAS_MAX	300	/* Sweden has 290 municipalities */

/*
 * A text in one or more languages; Swedish stands first and is always there.
 * Paragraphs are parted by an empty line, and each is one line.
 */
struct config_text {
	size_t count;
	struct config_translation { const char *language, *text; } translation[12];
};

/* Minutes since local midnight; opens == closes means closed that weekday. */
struct config_hours { int16_t opens, closes; };

/* A date on which hours differ from the weekday's. */
struct config_special_day {
	int32_t day;
	struct config_hours hours;	/* closed all day when opens == closes */
};

struct config_queue {
	const char *id;			/* "kristinehamn-kaa": lower case, digits, - */
	const char *name;		/* as staff call it */
	const char *phone;		/* the number that will ring, as people write it */
	int promise_days;		/* working days, 1-30 */
	struct config_hours week[7];	/* 0 Sunday */
	struct config_special_day *special;	/* sorted by day; the service's included */
	size_t special_count;
	bool message;			/* the form offers one free text */
	int line;
};

struct config_area {
	const char *code;		/* SCB municipality code, "1781" */
	const char *slug;		/* its address, "kristinehamn" */
	const char *name;
	const char *phone;		/* of the service, for "ring us" */
	const char *place;		/* where to come */
	const char *colour;		/* "#0b5a7a" */
	const char *logo;		/* data: URL made from the file at start; NULL without */
	bool open;
	int32_t opens_day;		/* when closed: the day it opens; 0 unknown */
	const char *responsible;	/* the authority answerable for personal data */
	struct config_text privacy;	/* information text, ready to show */
	struct config_text accessibility;	/* the municipality's part of the statement */
	bool message;			/* every queue it can route to takes a message */
	int line;
};

/* A condition that is absent holds for everything. Masks are 1 << value. */
struct config_route {
	const char *area;		/* code; NULL any */
	unsigned ages, kinds, speaks;	/* masks; never 0 */
	size_t queue;			/* index into queues */
	int line;
};

struct config_crisis_line {
	const char *name, *number;
	struct config_text about;
	int32_t checked_day;		/* when somebody last verified the number */
	int line;
};

/* How e-mail to staff leaves; url NULL: not set up. */
struct config_mail {
	const char *url;		/* smtp://host[:port], smtps://...; TLS unless this machine */
	const char *from;		/* the sender's address */
	const char *user;		/* NULL: without signing in */
	const char *password_file;	/* only the outbox opens it; NULL without */
	int line;
};

/* The gateway that takes text messages to people's phones; url NULL: not set up. */
struct config_sms {
	const char *url;		/* https, or http on this machine */
	const char *from;		/* what the phone shows as sender: never the service */
	const char *user, *password_file;	/* both or none */
	int line;
};

/*
 * How long the program waits by itself, in milliseconds. A test that has to wait for
 * it chooses less by an environment variable; only a demonstration heeds them.
 */
struct config_waits {
	int look;	/* EGENREMISS_TEST_LOOK_MS: between two looks of a worker for what is new */
	int answer;	/* EGENREMISS_TEST_ANSWER_MS: for a mail server's or a gateway's answer */
};

struct config {
	const char *file;
	const char *service_name;
	const char *base_url;		/* "http://localhost:8888", no slash at the end */
	int base_url_line;
	const char *zone;		/* "Europe/Stockholm" */
	bool demonstration;		/* says so on every page; permits demo accounts */
	int demonstration_line;		/* 1 when the file does not say */
	struct config_area *areas;	size_t areas_count;
	struct config_queue *queues;	size_t queues_count;
	struct config_route *routes;	size_t routes_count;	/* the last has no condition */
	struct config_crisis_line *crisis; size_t crisis_count;
	int session_minutes;		/* a signed-in session idle longer ends */
	enum second_factor second_factor;	/* required when the file does not say */
	struct config_mail mail;
	struct config_sms sms;
	struct config_waits waits;
	int digest_minute;		/* of the local day, for the morning digest */
	int follow_days;		/* working days from reached to the next contact */
	int offer_days;			/* working days until an unanswered offer comes back; 2 unsaid */
	int retention_months;		/* after closing, until purged */
	int kaa_reminder_months;	/* before the twentieth birthday; 3 when the file does not say */
	const char *supervision_url;	/* supervisory authority for accessibility */
	const char *accessibility_contact;
	struct config_text conformance;	/* degree, known faults with reasons, method, date */
	void *memory;			/* owns every string and list above */
};

/*
 * Reads and validates alone (no routing proof: see referral's routing_check).
 * An unknown key is an error with the nearest known one named. base_url from
 * the environment variable EGENREMISS_URL replaces the file's, when set.
 * 0, or -1 with *error of kind ERROR_INPUT. Free with config_free.
 */
int	config_load(struct config *config, const char *path, struct error *error);
void	config_free(struct config *config);

/* By code, slug or name, any letter case. NULL when there is none. */
const struct config_area *config_area(const struct config *config, const char *word);
/* NULL when there is none. */
const struct config_queue *config_queue(const struct config *config, const char *id);
/* The text in that language, else in Swedish; *language tells which it is. */
const char *config_text(const struct config_text *text, const char *want,
	    const char **language);

#endif
