/*
 * The base of every other folder: errors, buffers, the clock, the log, case
 * numbers, forms. No function here knows the trade, a socket or a database.
 * Unless a comment says more, a pointer that is passed is not NULL.
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
 * The result of a look-up. "Not there" is not "failed": FAILED always comes with
 * a filled struct error, ABSENT never does.
 */
enum answer {
	FAILED = -1,
	ABSENT = 0,
	FOUND = 1
};

/* error.c */

enum error_kind {
	ERROR_NONE = 0,
	ERROR_INPUT,		/* the input is wrong; text says the remedy */
	ERROR_REFUSED,		/* a rule of the trade forbids the act now */
	ERROR_REPEATED,		/* this form has been taken already */
	ERROR_UNAVAILABLE,	/* the disk is full or the database is locked: try again */
	ERROR_DAMAGED,		/* one sealed text does not open; nothing else is lost */
	ERROR_INTERNAL		/* the program or the machine has a fault */
};

struct error {
	enum error_kind kind;
	char text[512];		/* English, for an operator, cut to fit; no personal data */
};

/* Fills *error, unless error is NULL. Returns -1, so that a caller can return the call. */
int	error_set(struct error *error, enum error_kind kind, const char *format, ...)
	    __attribute__((format(printf, 3, 4)));

/*
 * array.c: makes room for one more element after the `count` elements of an array,
 * zeroes it and returns the array, which may have moved. The caller frees the array
 * with free(). An array begins as NULL with a count of 0 and grows by this function
 * alone. Aborts when memory runs out.
 */
void	*array_grow(void *array, size_t count, size_t size);

/*
 * buffer.c: a byte string that grows and always ends in NUL. A zeroed struct is an
 * empty buffer. Aborts when memory runs out.
 */

struct buffer {
	char *data;		/* owned; NULL until the buffer first grows */
	size_t length;		/* without the terminating NUL */
	size_t capacity;
};

/* Makes room for `more` bytes, so that adding them does not move the data. */
void	buffer_reserve(struct buffer *buffer, size_t more);
/* These three append. */
void	buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void	buffer_text(struct buffer *buffer, const char *text);
void	buffer_format(struct buffer *buffer, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* Returns the text; "" when the buffer is empty. The buffer owns it. */
const char *buffer_string(const struct buffer *buffer);
/* Empties the buffer without freeing its memory. */
void	buffer_clear(struct buffer *buffer);
/* Frees the memory. The buffer is empty and usable afterwards. */
void	buffer_free(struct buffer *buffer);
/*
 * Overwrites the memory and frees it: for texts that a person wrote. A buffer that
 * moves while it grows overwrites its former memory, too.
 */
void	buffer_wipe(struct buffer *buffer);
/*
 * Appends a whole file. 0, or -1 with ERROR_INPUT when the file cannot be read or
 * has more than `most` bytes; the buffer may then hold a part of it.
 */
int	buffer_read_file(struct buffer *buffer, const char *path, size_t most,
	    struct error *error);
/*
 * Reads a file with a secret into an empty buffer. Leaves no other copy in memory;
 * the caller wipes the buffer, after a failure too. ABSENT: there is no such file.
 * FAILED with ERROR_INPUT: the file cannot be read, has more than `most` bytes, or
 * its mode gives any right to others.
 */
enum answer buffer_read_secret(struct buffer *buffer, const char *path, size_t most,
	    struct error *error);

/*
 * form.c: whether the text is an e-mail address that this program accepts. That is
 * one @, before it at most 64 printable ASCII characters without those that have a
 * meaning in a header line, after it a host name; at most 254 bytes in all (RFC
 * 5321, 4.5.3.1.3).
 */
bool	address_right(const char *address);

/*
 * buffer.c: appends base64 with padding (RFC 4648, section 4). Not for secrets,
 * because the time that it takes depends on them.
 */
void	base64_encode(struct buffer *out, const void *bytes, size_t length);

/*
 * calendar.c: a moment is int64_t seconds UTC since 1970-01-01; its name ends in
 * _at. Local time is that of the time zone given to clock_start.
 */

/*
 * Sets the time zone of the process. Call it once, before any chroot and any thread.
 * libc takes a zone that it does not know for UTC.
 */
void	clock_start(const char *zone);
int64_t	clock_now(void);
/* Milliseconds since 1970-01-01, for case numbers and durations. */
int64_t	clock_now_ms(void);
/* Writes the local date and clock time of a moment. */
void	clock_local(int64_t at, struct tm *local);
/*
 * The moment of a local date (month 1-12) and clock time. A time in the hour that
 * daylight saving skips is taken as an hour later; of a time that it repeats, either
 * moment may come back.
 */
int64_t	clock_at(int year, int month, int day, int hour, int minute);

/*
 * A day is a date as its number of days since 1970-01-01, in the proleptic Gregorian
 * calendar, years 1-9999.
 */

/* Month 1-12. A date that does not exist gives the day of another date. */
int32_t	day_from_date(int year, int month, int day);
void	day_to_date(int32_t day, int *year, int *month, int *day_of_month);
/* The local day of a moment. */
int32_t	day_of(int64_t at);
/* The moment at which local clocks show so many minutes after midnight on that day. */
int64_t	day_at(int32_t day, int minutes);
/* 0 Sunday ... 6 Saturday, as in struct tm. */
int	day_weekday(int32_t day);
/* Reads "YYYY-MM-DD". 0, or -1 when the text is no date that exists; *day is then undefined. */
int	day_parse(const char *text, int32_t *day);

/*
 * id.c: case numbers of 63 bits: 41 of milliseconds, 4 of the process, 18 that start
 * at random each millisecond and count up. A process never repeats a number. Numbers
 * grow with time and tell nothing but the time.
 */

/* Sets the 4 bits of the process to the lowest bits of `slot`. Call it before threads. */
void	number_start(unsigned slot);
/* Any thread may call it. */
int64_t	number_next(void);
/* Writes a number as 13 characters of Crockford base 32, for addresses. */
void	number_text(int64_t number, char text[14]);
/*
 * Reads the 13 characters that number_text writes, in any letter case. 0, or -1 when
 * the text is anything else; *number is then unchanged.
 */
int	number_parse(const char *text, int64_t *number);

/*
 * error.c: writes one line to standard error: time in UTC, level, message. A message
 * is cut after 1023 bytes. It holds no personal data: never a body, a header, an
 * address or anything that a person wrote. Any thread may call it.
 */

enum log_level { LOG_LINE_INFO, LOG_LINE_WARNING, LOG_LINE_ERROR };

void	log_line(enum log_level level, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/*
 * form.c: application/x-www-form-urlencoded, for request bodies, query strings and
 * the plaintext of sealed records. Only UTF-8 without NUL and complete %XX pass. A
 * field without = has an empty value.
 */

#define FORM_FIELDS_MAX	512	/* a page may have a checkbox for each of 500 codes */

struct form_field {
	const char *name;
	const char *value;
};

/* encoding.c: how the bytes of a file are read as text. */
enum text_encoding {
	ENCODING_UTF_8 = 0,
	ENCODING_UTF_16,
	ENCODING_WINDOWS_1252,
	ENCODING_MAC_ROMAN,
	ENCODING_UNREADABLE	/* a NUL or broken UTF-16: it is no text */
};

/*
 * Appends the text as UTF-8, without UTF-16's mark, and at most 3 bytes for one. UTF-16 is known
 * by its byte order mark, and UTF-8 by being valid. Any other text is in that one of the two
 * single-byte encodings of Swedish spreadsheets in which its bytes make Swedish words. A byte
 * that has no character there becomes U+FFFD. ENCODING_UNREADABLE: nothing is appended.
 */
enum text_encoding text_decode(const char *bytes, size_t length, struct buffer *out);

struct form {
	size_t count;
	struct form_field fields[FORM_FIELDS_MAX];
	char *text;		/* owned: the decoded bytes */
	size_t text_size;
	enum text_encoding encoding;	/* in which its file was, if it has one */
};

enum form_fault {
	FORM_OK = 0,
	FORM_BAD_ENCODING,	/* %, %G1, overlong or broken UTF-8 */
	FORM_BAD_CHARACTER,	/* NUL */
	FORM_TOO_MANY,		/* over FORM_FIELDS_MAX */
	FORM_REPEATED,		/* a name stands twice */
	FORM_BAD_PARTS		/* of form_decode_parts: not multipart/form-data */
};

/*
 * Decodes a copy of the bytes into *form, which may be uninitialized and which the
 * caller ends with form_wipe. On a fault the form is empty and needs no form_wipe.
 */
enum form_fault form_decode(struct form *form, const char *bytes, size_t length);
/* The value, which the form owns, or NULL when the form does not have the field. */
const char *form_value(const struct form *form, const char *name);
/*
 * Puts the fields of *over before those of *form, so that form_value finds them first, and
 * leaves *over empty. The last fields of all are dropped when there are too many.
 */
void	form_cover(struct form *form, struct form *over);
/*
 * Overwrites every decoded byte, frees, and leaves an empty form. The form must be zeroed
 * before, or come from form_decode or form_decode_parts.
 */
void	form_wipe(struct form *form);
/* Appends name=value, percent-encoded; puts & before it unless the buffer is empty. */
void	form_encode(struct buffer *out, const char *name, const char *value);

/*
 * multipart.c: decodes multipart/form-data, a form that may hold a file, like
 * form_decode. `type` is the Content-Type, which holds the boundary. The form must be
 * as browsers write it (RFC 7578, RFC 2046; HTML, "multipart/form-data encoding
 * algorithm"): nothing before the first part or after the last, and the field's name
 * first in each part. The value of a file, which is at most one, is its text by text_decode,
 * or "" when it is no text; its name and type are dropped.
 */
enum form_fault form_decode_parts(struct form *form, const char *type, const char *bytes,
	    size_t length);

/*
 * csv.c: a table for a spreadsheet (RFC 4180). It is UTF-8 and begins with a byte
 * order mark, by which Excel recognizes UTF-8. Cells are separated by semicolons,
 * because a Swedish Excel takes a comma for a decimal sign. Texts are always quoted.
 * A text that a spreadsheet would take for a formula, because it begins with = + - @
 * or a control character, after spaces or not, gets an apostrophe before it (OWASP,
 * "CSV Injection"). So does a text that would become another number, such as "000144".
 */

/* Call it first, on an empty buffer. */
void	csv_start(struct buffer *table);
/* Append a cell. */
void	csv_text(struct buffer *table, const char *text);
void	csv_number(struct buffer *table, int64_t number);
/* Ends the row. */
void	csv_end_row(struct buffer *table);

/* buffer.c: UTF-8 */

/*
 * Reads the code point at text, where `left` bytes are left. Returns its length in
 * bytes, or 0 when the bytes are not valid UTF-8 or none is left; *code_point is then
 * unchanged.
 */
size_t	utf8_sequence(const char *text, size_t left, uint32_t *code_point);
bool	utf8_valid(const char *text, size_t length);
/* The number of code points in valid UTF-8. */
size_t	utf8_count(const char *text);

/*
 * Finds the first {name} in a message. Returns a pointer to its brace, and the name
 * in *name and *length; NULL when there is none. A name has lower-case letters,
 * digits and _, and begins with a letter; any other brace is text.
 */
const char *placeholder_find(const char *message, const char **name,
	    size_t *length);

/* id.c: memory that this process shares with the processes that it forks later */

/* Zeroed memory, which is never freed; NULL with *error on failure. */
void	*shared_new(size_t size, struct error *error);
/*
 * Memory that survives a restart of the service: a file of that name in the folder
 * RUNTIME_DIRECTORY, which must not be on a disk. A process that asks for the same name and
 * size gets the memory as it was left; a new one is zeroed. Without such a folder the
 * function is shared_new. NULL with *error on failure.
 */
void	*shared_kept(const char *name, size_t size, struct error *error);
/*
 * Initializes a lock in such memory. When the process that holds it dies, the next
 * pthread_mutex_lock returns EOWNERDEAD; that caller holds the lock and must make it
 * consistent.
 */
void	shared_lock_start(pthread_mutex_t *lock);

#endif
