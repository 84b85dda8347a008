/*
 * What every other folder stands on: errors, buffers, clock, log, random
 * case numbers. Nothing here knows the trade, a socket or a database.
 */
#ifndef EGENREMISS_BASE_BASE_H
#define EGENREMISS_BASE_BASE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define COUNT_OF(a)	(sizeof(a) / sizeof((a)[0]))

/*
 * "Not there" is not "failed": look-ups answer one of three. FAILED always
 * comes with a filled struct error; ABSENT never does.
 */
enum answer {
	FAILED = -1,
	ABSENT = 0,
	FOUND = 1
};

/* errors.c */

enum error_kind {
	ERROR_NONE = 0,
	ERROR_INPUT,		/* what was given is wrong; text says the remedy */
	ERROR_REFUSED,		/* a rule of the trade forbids it now */
	ERROR_UNAVAILABLE,	/* disk full, database locked: try again */
	ERROR_DAMAGED,		/* something sealed does not open: that alone is lost */
	ERROR_INTERNAL		/* a fault of ours, or of the machine */
};

struct error {
	enum error_kind kind;
	char text[512];		/* English, for an operator; no personal data */
};

/* Fills *error (which may be NULL) and returns -1, so that it can be returned. */
int	error_set(struct error *error, enum error_kind kind, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));

/*
 * array.c: room for one more element, zeroed, behind the `count` that the
 * array has; NULL for none. The array may move, and only arrays that grow by
 * this function alone may be given. Out of memory aborts.
 */
void	*array_grow(void *array, size_t count, size_t size);

/* buffer.c: a growing byte string, always NUL-terminated; out of memory aborts. */

struct buffer {
	char *data;		/* owned; NULL while empty and never grown */
	size_t length;		/* without the terminating NUL */
	size_t capacity;
};

/* Room for `more` bytes beyond the present ones, so that adding them moves nothing. */
void	buffer_reserve(struct buffer *buffer, size_t more);
void	buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void	buffer_text(struct buffer *buffer, const char *text);
void	buffer_format(struct buffer *buffer, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* The text, "" while empty. Owned by the buffer. */
const char *buffer_string(const struct buffer *buffer);
/* Empties without freeing. */
void	buffer_clear(struct buffer *buffer);
/* Frees; the buffer is empty and usable afterwards. */
void	buffer_free(struct buffer *buffer);
/* Frees after overwriting: for what a person wrote. Growing overwrites what it leaves, too. */
void	buffer_wipe(struct buffer *buffer);
/* Reads a whole file of at most `most` bytes. 0, or -1 with *error. */
int	buffer_read_file(struct buffer *buffer, const char *path, size_t most,
	    struct error *error);
/*
 * The same for a secret: leaves no copy but the buffer's, which the caller
 * wipes, and refuses a file that everybody may read. ABSENT: no such file.
 */
enum answer buffer_read_secret(struct buffer *buffer, const char *path, size_t most,
	    struct error *error);

/*
 * address.c: whether it is an e-mail address as this program takes one: one @,
 * printable ASCII without what would part it in a header line, at most 254
 * bytes (RFC 5321, 4.5.3.1.3).
 */
bool	address_right(const char *address);

/* base64.c: appends base64 with padding (RFC 4648, section 4). Not for secrets. */
void	base64_encode(struct buffer *out, const void *bytes, size_t length);

/*
 * clock.c: time is int64_t seconds UTC, its name ends in _at. Local time is
 * that of the zone given to clock_start, kept by libc; call it once before
 * any chroot and before threads.
 */

void	clock_start(const char *zone);
int64_t	clock_now(void);
/* Milliseconds since the epoch; for case numbers and durations. */
int64_t	clock_now_ms(void);
void	clock_local(int64_t at, struct tm *local);
/* The moment of a local date and clock time (month 1-12); in the hour that DST skips, the hour after. */
int64_t	clock_at(int year, int month, int day, int hour, int minute);

/*
 * days.c: a civil date as its number of days since 1970-01-01, so that
 * calendars are arithmetic. Proleptic Gregorian, years 1-9999.
 */

int32_t	day_from_date(int year, int month, int day);
void	day_to_date(int32_t day, int *year, int *month, int *day_of_month);
/* Local civil day of a moment. */
int32_t	day_of(int64_t at);
/* The moment so many minutes after midnight by the clock of a local day. */
int64_t	day_at(int32_t day, int minutes);
/* 0 Sunday ... 6 Saturday, as in struct tm. */
int	day_weekday(int32_t day);
/* Reads "YYYY-MM-DD" of a day that exists. 0, or -1. */
int	day_parse(const char *text, int32_t *day);

/*
 * number.c: case numbers. 63 bits: 41 of milliseconds, 4 of process slot, 18
 * that start at random each millisecond and count up; never repeated by one
 * process, in order of time, telling nothing but the time. Any thread may ask.
 */

void	number_start(unsigned slot);
int64_t	number_next(void);
/* 13 characters of Crockford base 32, for addresses; text holds 14. */
void	number_text(int64_t number, char text[14]);
/* Any letter case. 0, or -1 when it is not such a number. */
int	number_parse(const char *text, int64_t *number);

/*
 * log.c: one line to standard error, UTC, level, message. No personal data:
 * never a body, a header, an address or anything that a person wrote.
 */

enum log_level { LOG_LINE_INFO, LOG_LINE_WARNING, LOG_LINE_ERROR };

void	log_line(enum log_level level, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/*
 * form.c: application/x-www-form-urlencoded, strictly: UTF-8 without NUL,
 * complete %XX, no byte after the end. Serves request bodies, query strings
 * and the plaintext of sealed records, which use the same encoding.
 */

#define FORM_FIELDS_MAX	512	/* a box for each of five hundred codes, and what goes with them */

struct form_field {
	const char *name;
	const char *value;
};

struct form {
	size_t count;
	struct form_field fields[FORM_FIELDS_MAX];
	char *text;		/* owned: the decoded bytes */
	size_t text_size;
};

enum form_fault {
	FORM_OK = 0,
	FORM_BAD_ENCODING,	/* %, %G1, overlong or broken UTF-8 */
	FORM_BAD_CHARACTER,	/* NUL */
	FORM_TOO_MANY,		/* over FORM_FIELDS_MAX */
	FORM_REPEATED,		/* a name twice */
	FORM_BAD_PARTS		/* form_decode_parts alone: not what its type says */
};

/* Decodes; on a fault the form is empty. Copies: bytes may be wiped afterwards. */
enum form_fault form_decode(struct form *form, const char *bytes, size_t length);
/* The value, or NULL when the form does not have the field. */
const char *form_value(const struct form *form, const char *name);
/* Overwrites every decoded byte, frees, and leaves an empty form. */
void	form_wipe(struct form *form);
/* Appends name=value, percent-encoded, with & before it unless first. */
void	form_encode(struct buffer *out, const char *name, const char *value);

/*
 * form_parts.c: multipart/form-data, a form that may hold a file, as browsers
 * write it (RFC 7578, RFC 2046; HTML, "multipart/form-data encoding algorithm"):
 * nothing before the first part or after the last, and in each part the field's
 * name first. A file is its bytes, of which the same is asked as of any value;
 * what it is called, and its type, are not kept.
 */

/* As form_decode; type is the Content-Type, which tells what parts the parts. */
enum form_fault form_decode_parts(struct form *form, const char *type, const char *bytes,
	    size_t length);

/*
 * csv.c: a table for a spreadsheet (RFC 4180), in UTF-8 with the mark by which
 * Excel knows it. A semicolon parts the cells: where a comma is part of a number,
 * as in Sweden, Excel opens that right at once, and a comma not. Texts are always
 * quoted. One that a spreadsheet would take for a formula, since it begins with
 * = + - @ or a control character, blanks before it or not, gets an apostrophe
 * first, which makes it text (OWASP, "CSV Injection").
 */

/* Comes first. */
void	csv_start(struct buffer *table);
void	csv_text(struct buffer *table, const char *text);
void	csv_number(struct buffer *table, int64_t number);
void	csv_end_row(struct buffer *table);

/* utf8.c */

/* Length in bytes of the sequence at text, 0 when it is not valid UTF-8. */
size_t	utf8_sequence(const char *text, size_t left, uint32_t *code_point);
bool	utf8_valid(const char *text, size_t length);
/* Number of code points in valid text. */
size_t	utf8_count(const char *text);

/* Memory that processes which are forked later have together, for as long as they live. */

/* Zeroed, and never freed; NULL when it cannot be had. */
void	*shared_new(size_t size, struct error *error);
/*
 * The same, and kept under that name in the folder RUNTIME_DIRECTORY, which is
 * memory that outlives the processes: who asks again with the same size gets it
 * as it was left. Without such a folder it is shared_new. The folder is not to
 * be on a disk. NULL with *error when it cannot be had.
 */
void	*shared_kept(const char *name, size_t size, struct error *error);
/* A lock in such memory. When its holder has died, the next one to lock it gets EOWNERDEAD. */
void	shared_lock_start(pthread_mutex_t *lock);

#endif
