/*
 * The template compiler. assets/page/FOLDER/NAME.html becomes the C function page_NAME;
 * other templates include it as NAME. The folder is no part of the name, so a NAME in
 * two folders is a fault. The compiler reads the source once. Its literal bytes drive a
 * small HTML state machine, which decides how each value is escaped. Every fault ends
 * the program with path, line and remedy.
 */
#ifndef EGENREMISS_TOOLS_TEMPLATE_H
#define EGENREMISS_TOOLS_TEMPLATE_H

#include "base/base.h"

#define NAME_MAX_LENGTH	31
#define BLOCKS_MAX	32

/* template_html.c: the place of a byte in HTML */

enum html_state {
	HTML_TEXT,
	HTML_LESS,		/* after < or </ */
	HTML_BANG,		/* after <! */
	HTML_DECLARATION,
	HTML_COMMENT,
	HTML_TAG_NAME,
	HTML_TAG,		/* between attributes, after a blank */
	HTML_ATTRIBUTE_NAME,
	HTML_EQUALS,
	HTML_VALUE,		/* within double quotes */
	HTML_AFTER,		/* after a name or value: a blank, / or > must follow */
	HTML_RAW		/* in script, style, textarea or title */
};

enum html_context {
	CONTEXT_NONE,		/* no value may stand here */
	CONTEXT_TEXT,
	CONTEXT_RCDATA,		/* textarea, title: text, but no elements */
	CONTEXT_ATTRIBUTE,
	CONTEXT_URL,		/* at the start of an address */
	CONTEXT_PATH,		/* after its first byte */
	CONTEXT_QUERY,		/* after ? or # */
	CONTEXT_COLOUR
};

struct html {
	enum html_state state;
	bool closing;			/* the tag is an end tag */
	bool preserve;			/* within pre */
	char tag[NAME_MAX_LENGTH + 1];
	char attribute[NAME_MAX_LENGTH + 1];
	size_t matched;			/* bytes of </tag> or --> so far */
	bool address;			/* the attribute holds an address */
	bool address_begun;
	bool address_scheme;		/* no / ? or # yet: a : would end a scheme */
	bool address_query;
	char scheme[NAME_MAX_LENGTH + 1];	/* the value's start, of an address or a method */
	bool posts;			/* the tag being read is a form with method="post" */
	bool lacks_token;		/* in a form that posts, before its token */
};

/* Advances by one literal byte. Returns NULL, or the text of a fault with its remedy. */
const char *html_step(struct html *html, char c);
/* The context in which a value here is escaped. For CONTEXT_NONE *fault becomes the reason. */
enum html_context html_context(const struct html *html, const char **fault);
/* Advances over a value. */
void	html_value(struct html *html);
/* Advances to the start or end of a block, which ends a name. Returns NULL or a fault. */
const char *html_block(struct html *html);
/* Joins the states after two branches; false when the same text cannot follow both. */
bool	html_join(struct html *html, const struct html *other);
/* Whether this is element text, where blanks may shrink. */
bool	html_blanks_shrink(const struct html *html);

/* Whether the value of the attribute is an address. */
bool	attribute_is_address(const char *name);
/* The reason why no value may stand in the attribute, or NULL. */
const char *attribute_refused(const char *name);
/* Whether an address in the tag loads code; its start must then be literal. */
bool	tag_loads_code(const char *tag);
bool	scheme_is_allowed(const char *scheme);

/* template.c */

enum token {
	TOKEN_NAME, TOKEN_STRING, TOKEN_NUMBER, TOKEN_MARK, TOKEN_END
};

struct block {
	bool is_each, has_else, has_joined;
	int line;
	struct html start, joined;
	char variable[NAME_MAX_LENGTH + 1];
	struct buffer element;		/* C expression of the loop's element */
};

struct template {
	const char *path;		/* as on the command line; for faults and #line */
	char name[NAME_MAX_LENGTH + 1];
	const char *source, *at;
	int line, tag_line;
	struct html html;
	bool after_blank;		/* the last byte written is a blank */
	struct buffer literal;		/* bytes that will be written as one string */
	struct buffer code;		/* the body of the function */
	struct buffer declarations;	/* of the templates that it includes */
	struct block blocks[BLOCKS_MAX];
	size_t depth;

	enum token token;		/* of the tag being read */
	const char *word;
	size_t word_length;
	struct buffer string;		/* a TOKEN_STRING, decoded */
};

/* Reports a fault at the line of the current tag, and exits. */
_Noreturn void template_fail(const struct template *template,
	    const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends the C declaration of page_NAME. */
void	declare(struct buffer *code, const char *name);

/* template_block.c */

/* Compiles template->source into template->code and ->declarations. */
void	template_scan(struct template *template);

/* template.c: literal text */

/* Checks one literal byte of the source, shrinks blanks, and keeps it. */
void	literal_byte(struct template *template, char c);
/* Writes the literal bytes that were kept; call it before any other code is written. */
void	literal_flush(struct template *template);
/* Appends bytes as a C string literal, with quotes. */
void	quote(struct buffer *code, const char *bytes, size_t length);
/* Flushes the literal, then starts code whose errors the C compiler reports at the tag's line. */
void	code_line(struct template *template);

/* template_value.c: the words of a tag */

/* Reads the next token into template->token. */
void	word_next(struct template *template);
/* Whether the current token is this name or sign; if so, reads the next one. */
bool	word_take(struct template *template, const char *word);
/* The same; another token is a fault. */
void	word_expect(struct template *template, const char *word);
/* Whether the current token is this name or sign. */
bool	word_is(const struct template *template, const char *word);
/* Copies a TOKEN_NAME and reads the next token; `what` describes the name in a fault. */
void	word_name(struct template *template, char name[NAME_MAX_LENGTH + 1],
	    const char *what);
/* Appends one or more adjoining strings to text, unquoted. */
void	word_string(struct template *template, struct buffer *text);

/* Compiles {{ … }}, from its first word to its end. */
void	value_compile(struct template *template);
/*
 * Compiles v.a.b, row.a or lang.tag to an expression in C. False when it is v alone, which
 * only include accepts.
 */
bool	path_compile(struct template *template, struct buffer *code);
/* Compiles a path, "text", _("text") or _v(path) to an expression in C. */
void	operand_compile(struct template *template, struct buffer *code);

/* template_message.c */

/* Compiles a value that is _( … ), _n( … ) or _v( … ); its name is the current word. */
void	message_compile(struct template *template, enum html_context context);

/* template_block.c */

/*
 * Compiles {% … %}, from its first word to its end. include NAME(path) renders another
 * template with a view that exists; include NAME(field: value, flag: if condition) makes
 * a view with the named fields.
 */
void	block_compile(struct template *template);
/* Call it at the end of a form or of the file. A form that posts without a token is a fault. */
void	token_check(const struct template *template);

/* Compiles the condition after if or elif to an expression in C. */
void	condition_compile(struct template *template, struct buffer *code);

/* template_context.c */

/* Compiles {% inline "path" %} after its first word. */
void	inline_compile(struct template *template);
/* Appends css without comments and needless blanks. */
void	css_shrink(struct buffer *out, const char *css);

#endif
