/*
 * The functions that compiled templates call. Each value is escaped for its place
 * in the page, by the function that the template compiler chooses. The macros
 * below select a function by the type of the value; a value of another type (a
 * bool, a struct) does not compile. Every function appends to `out`, and appends
 * nothing for NULL.
 */
#ifndef EGENREMISS_RENDER_RENDER_H
#define EGENREMISS_RENDER_RENDER_H

#include "base/base.h"

/* render.c: escaping */

/* Writes & < > " ' as entities, for the text of an element and for quoted attributes. */
void	escape_text(struct buffer *out, const char *value);
/* The same for `length` bytes. */
void	escape_bytes(struct buffer *out, const char *value, size_t length);
/*
 * Writes a whole address: a relative one, or one of http, https, tel, mailto, sms,
 * otpauth or data:image/. Writes "#" instead of any other address, and of one with
 * a control character.
 */
void	escape_url(struct buffer *out, const char *value);
/* Writes a segment of an address's path, percent-encoded, so that it cannot add / ? # or a scheme. */
void	escape_path(struct buffer *out, const char *value);
/* Writes a value of an address's query or fragment, percent-encoded; a space is %20. */
void	escape_query(struct buffer *out, const char *value);
/* Writes #rgb, #rrggbb or a whole number, and nothing for any other text. */
void	escape_colour(struct buffer *out, const char *value);
/* Writes a text of a contact card (RFC 2426, 4) or a calendar (RFC 5545, 3.3.11). */
void	escape_card(struct buffer *out, const char *words);
void	write_signed(struct buffer *out, int64_t value);
void	write_unsigned(struct buffer *out, uint64_t value);

#define PUT_AS(escape, out, value) _Generic((value),			\
	const char *: escape, char *: escape,				\
	int: write_signed, int64_t: write_signed,			\
	unsigned: write_unsigned, uint64_t: write_unsigned)(out, value)

#define PUT_TEXT(out, value)	PUT_AS(escape_text, out, value)
#define PUT_URL(out, value)	PUT_AS(escape_url, out, value)
#define PUT_PATH(out, value)	PUT_AS(escape_path, out, value)
#define PUT_QUERY(out, value)	PUT_AS(escape_query, out, value)
#define PUT_COLOUR(out, value)	escape_colour(out, value)

/*
 * refill.c: puts what was sent back into the form of the page that posts to `address`, all
 * but passwords, files and hidden fields, and unfolds it. Where several forms have that
 * address, it is the one with the fields that were sent. False: the page has no
 * such form, and is unchanged. Call it for pages of our own templates only.
 */
bool	refill(struct buffer *page, const char *address, const struct form *typed);

/* render.c: a translated text with {placeholders}, and the values for them */

enum isolation {
	IN_LINE,
	IN_BDI,			/* within <bdi>, so that it keeps its own direction */
	IN_SWEDISH		/* the same, and read aloud as Swedish: a name, a place */
};

struct page_argument {
	const char *name;
	const char *text;	/* used unless is_number */
	int64_t number;
	bool is_number;
	enum isolation isolated;
};

struct page_argument argument_text(const char *name, enum isolation isolated,
	    const char *value);
struct page_argument argument_signed(const char *name, enum isolation isolated,
	    int64_t value);
struct page_argument argument_unsigned(const char *name, enum isolation isolated,
	    uint64_t value);

#define ARGUMENT(name, isolated, value) _Generic((value),		\
	const char *: argument_text, char *: argument_text,		\
	int: argument_signed, int64_t: argument_signed,			\
	unsigned: argument_unsigned, uint64_t: argument_unsigned)	\
	(name, isolated, value)

/*
 * Writes the message with its placeholders replaced, both escaped as escape_text
 * does. arguments may be NULL when count is 0.
 */
void	put_message(struct buffer *out, const char *message,
	    const struct page_argument *arguments, size_t count);

/* The condition of {% if %}: true for a text that is not empty, and for a number that is not 0. */
bool	truth_text(const char *value);
bool	truth_signed(int64_t value);
bool	truth_unsigned(uint64_t value);
/* The condition of {% if a == b %}: whether two texts are equal. False when either is NULL. */
bool	same_text(const char *a, const char *b);

#define TRUTH(value) _Generic((value),					\
	const char *: truth_text, char *: truth_text,			\
	bool: truth_unsigned,						\
	int: truth_signed, int64_t: truth_signed,			\
	unsigned: truth_unsigned, uint64_t: truth_unsigned)(value)

#endif
