/*
 * The texts of the program in the reader's language. A msgid is the Swedish text
 * itself, so Swedish needs no catalogue. The language is an argument of every
 * function; the process has no current language.
 */
#ifndef EGENREMISS_TEXT_TEXT_H
#define EGENREMISS_TEXT_TEXT_H

#include "base/base.h"
#include "base/words.h"

/* Marks a text for xgettext where it is stored, to be translated when it is shown. */
#define N_(message)	message

struct text_message {
	const char *msgid;
	const char *const *forms;	/* the translation, or one for each plural form */
	size_t forms_count;
};

struct language {
	const char *tag;		/* BCP 47: "sv", "ar" */
	const char *name;		/* its own name: "العربية" */
	const char *dir;		/* HTML's dir: "ltr" or "rtl" */
	const struct text_message *messages;	/* sorted by msgid, as strcmp does */
	size_t messages_count;
	unsigned (*plural)(int64_t n);	/* the index of the plural form for n */
};

/* Made by app/tools/catalogue.c from assets/text/. Swedish is the first. */
extern const struct language *const text_languages[];
extern const size_t text_languages_count;

/* text.c */

/*
 * Finds the language whose tag is the first n bytes of `tag`, in any letter case.
 * When there is none, cuts the last subtag and looks again (RFC 4647, 3.4): "en-GB"
 * finds "en". NULL when nothing is left.
 */
const struct language *text_language(const char *tag, size_t n);
/*
 * Finds the best language for an Accept-Language value (RFC 9110, 12.5.4). Returns
 * Swedish when the value is NULL or names no language of the program. Skips a part
 * that cannot be read, and all parts after the 32nd.
 */
const struct language *text_negotiate(const char *accept_language);

/*
 * The tag of *n bytes that an Accept-Language value wants most, whether the program has
 * that language or not; NULL when the value is NULL or names none.
 */
const char *text_wanted(const char *accept_language, size_t *n);

/* The translation of a msgid, or the msgid itself when there is none; "" for NULL. Never freed. */
const char *text(const struct language *language, const char *msgid);
/* The form of a message for the number n, which may be negative; `one` is the msgid. Never freed. */
const char *text_plural(const struct language *language, const char *one,
	    const char *many, int64_t n);

/* placeholder.c: messages with placeholders, "Vi ringer senast {day}." */

struct text_argument {
	const char *name;
	const char *value;	/* NULL writes nothing */
};

/* Whether the message has a placeholder whose name is the first `length` bytes of `name`. */
bool	text_has_placeholder(const char *message, const char *name, size_t length);

/* How text_fill_with writes the parts of a message. */
struct text_filler {
	/* Appends a piece of text between placeholders. */
	void (*plain)(struct buffer *out, const char *bytes, size_t length);
	/* Appends the value of a name, found in `values`; returns false when there is none. */
	bool (*value)(struct buffer *out, const void *values, const char *name,
	    size_t length);
};

/*
 * Appends a message, piece by piece, with the functions of the filler; `values` is
 * handed to filler->value. A placeholder without a value is appended unchanged.
 */
void	text_fill_with(struct buffer *out, const char *message,
	    const struct text_filler *filler, const void *values);
/*
 * Appends a message, which is in that language, with its placeholders replaced, for plain
 * text: escapes nothing. A placeholder without an argument is appended unchanged. In a
 * language that is written from the right, values are appended as text_numbers does it.
 */
void	text_fill(struct buffer *out, const struct language *language, const char *message,
	    const struct text_argument *arguments, size_t count);
/*
 * Appends length bytes of a text that is written from the right, with U+200E
 * before each number of several parts (070-174 06 12, 2027-01-31, 15–29, +46 70):
 * without it the parts show in the opposite order. The catalogue compiler does
 * the same to the messages, so that no translation needs the mark.
 */
void	text_numbers(struct buffer *out, const char *bytes, size_t length);
/* Whether the text has a letter of a script that is written from the right. */
bool	text_from_right(const char *text);

/*
 * dates.c: days and times. Every function takes local time (see clock_local) and
 * appends plain text, with the digits 0-9 in every language.
 */

/* "torsdag 14 januari" */
void	text_day(struct buffer *out, const struct language *language,
	    const struct tm *day);
/* "torsdag 14 januari 2027" */
void	text_date(struct buffer *out, const struct language *language,
	    const struct tm *day);
/* The name of a month, 0-11: "januari" for 0. */
const char *text_month(const struct language *language, int month);
/* "13:05" */
void	text_clock(struct buffer *out, const struct tm *at);
/*
 * "i går 09:15", "i dag 16:30", "i morgon 10:00"; for any other day "torsdag 14
 * januari", with the year when it differs from that of `now`.
 */
void	text_when(struct buffer *out, const struct language *language,
	    const struct tm *at, const struct tm *now);
/*
 * Half of a day: "i dag på eftermiddagen", "i morgon på förmiddagen", "torsdag 14
 * januari på förmiddagen", never with a year. WINDOW_ANY leaves out the half.
 */
void	text_half(struct buffer *out, const struct language *language,
	    const struct tm *at, const struct tm *now, enum window half);

#endif
