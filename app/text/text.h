/*
 * The words of the program in the reader's language. Swedish is the source:
 * a msgid is the Swedish text, so Swedish has no catalogue and can lack no
 * message. Language is always an argument; nothing here is process state.
 */
#ifndef EGENREMISS_TEXT_TEXT_H
#define EGENREMISS_TEXT_TEXT_H

#include "base/base.h"
#include "base/words.h"

/* Marks a text for xgettext where it cannot be translated yet. */
#define N_(message)	message

struct text_message {
	const char *msgid;
	const char *const *forms;	/* one, or one a plural form */
	size_t forms_count;
};

struct language {
	const char *tag;		/* BCP 47: "sv", "ar" */
	const char *name;		/* its own name of itself */
	const char *dir;		/* "ltr" or "rtl", as HTML wants it */
	const struct text_message *messages;	/* by msgid, in strcmp order */
	size_t messages_count;
	unsigned (*plural)(int64_t n);	/* which form n takes */
};

/* Made by app/tools/catalogue.c. Swedish stands first. */
extern const struct language *const text_languages[];
extern const size_t text_languages_count;

/* text.c */

/*
 * The language whose tag is the first n bytes of tag, in any letter case, or
 * the nearest that is left when subtags are cut from the end (RFC 4647, 3.4).
 * NULL when there is none.
 */
const struct language *text_language(const char *tag, size_t n);
/*
 * The best language for an Accept-Language value (RFC 9110, 12.5.4); Swedish
 * when it is NULL, unreadable or asks for none that we have. Unreadable parts
 * are passed over; only the first 32 are looked at.
 */
const struct language *text_negotiate(const char *accept_language);

/* The translation, else the msgid itself; "" for NULL. Never freed. */
const char *text(const struct language *language, const char *msgid);
/* The form of the message that n of something takes; n may be negative. */
const char *text_plural(const struct language *language, const char *one,
	    const char *many, int64_t n);

/* placeholder.c: "Vi ringer senast {day}." */

struct text_argument {
	const char *name;
	const char *value;	/* NULL writes nothing */
};

/*
 * The first {name} in message: a pointer to its brace, with the name between
 * the braces in *name and *length. NULL when there is none. A name is lower
 * case letters, digits and _, and starts with a letter; other braces are text.
 */
const char *text_placeholder(const char *message, const char **name,
	    size_t *length);
/* Whether the first `length` bytes of name are the name of a placeholder in message. */
bool	text_has_placeholder(const char *message, const char *name, size_t length);

struct text_filler {
	/* Appends what stands between placeholders. */
	void (*plain)(struct buffer *out, const char *bytes, size_t length);
	/* Appends the value of that name; false when there is none. */
	bool (*value)(struct buffer *out, const void *values, const char *name,
	    size_t length);
};

/*
 * Appends message as the filler writes its text and values; a placeholder
 * without a value is appended as it stands.
 */
void	text_fill_with(struct buffer *out, const char *message,
	    const struct text_filler *filler, const void *values);
/*
 * Appends message, which is in that language, with its placeholders replaced.
 * Nothing is escaped: for plain text only. A placeholder without an argument is
 * written as it stands. In a language that is written from the right, values are
 * appended as text_numbers does it.
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
 * dates.c: all take local time (see clock_local), write plain text, and use
 * the digits 0-9 in every language.
 */

/* "torsdag 14 januari" */
void	text_day(struct buffer *out, const struct language *language,
	    const struct tm *day);
/* "torsdag 14 januari 2027" */
void	text_date(struct buffer *out, const struct language *language,
	    const struct tm *day);
/* "januari" of 0-11 */
const char *text_month(const struct language *language, int month);
/* "13:05" */
void	text_clock(struct buffer *out, const struct tm *at);
/*
 * As near as it is told aloud: "i dag 16:30", "i morgon 10:00", "i går 09:15",
 * else the day, with the year when it is not the year of now.
 */
void	text_when(struct buffer *out, const struct language *language,
	    const struct tm *at, const struct tm *now);
/* The same for half a day: "i dag på eftermiddagen", "i morgon", "torsdag 14 januari på förmiddagen". */
void	text_half(struct buffer *out, const struct language *language,
	    const struct tm *at, const struct tm *now, enum window half);

#endif
