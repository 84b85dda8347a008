/*
 * What generated pages call: every value is escaped for the place it stands
 * in, and the template compiler chooses which. The tables below select by
 * type, so a value of a type they do not list (a bool, a struct) does not
 * compile. NULL writes nothing.
 */
#ifndef EGENREMISS_RENDER_RENDER_H
#define EGENREMISS_RENDER_RENDER_H

#include "base/base.h"

/* escape.c */

/* & < > " ' become entities: right in element text and in quoted attributes. */
void	escape_text(struct buffer *out, const char *value);
/* The same for length bytes, none of which may be NUL. */
void	escape_bytes(struct buffer *out, const char *value, size_t length);
/*
 * A whole address: relative, http, https, tel, mailto, sms or data:image;
 * anything else, and any control character, becomes "#".
 */
void	escape_url(struct buffer *out, const char *value);
/* A part of an address's path, percent-encoded: it can add no / ? # or scheme. */
void	escape_path(struct buffer *out, const char *value);
/* A part of an address's query or fragment, percent-encoded as forms are. */
void	escape_query(struct buffer *out, const char *value);
/* #rgb or #rrggbb; anything else writes nothing. */
void	escape_colour(struct buffer *out, const char *value);
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

/* message.c: a translated text with {placeholders}, and what goes into them. */

enum isolation {
	IN_LINE,
	IN_BDI,			/* within <bdi>, so that it keeps its own direction */
	IN_SWEDISH		/* the same, and read aloud as Swedish: a name, a place */
};

struct page_argument {
	const char *name;
	const char *text;	/* NULL when it is the number */
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

/* Message and values are escaped; arguments may be NULL when count is 0. */
void	put_message(struct buffer *out, const char *message,
	    const struct page_argument *arguments, size_t count);

/* What {% if %} asks: a text that is not empty, a number that is not 0. */
bool	truth_text(const char *value);
bool	truth_signed(int64_t value);
bool	truth_unsigned(uint64_t value);
/* Both texts, and the same; NULL is the same as nothing, not even NULL. */
bool	same_text(const char *a, const char *b);

#define TRUTH(value) _Generic((value),					\
	const char *: truth_text, char *: truth_text,			\
	bool: truth_unsigned,						\
	int: truth_signed, int64_t: truth_signed,			\
	unsigned: truth_unsigned, uint64_t: truth_unsigned)(value)

#endif
