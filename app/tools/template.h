/*
 * The template compiler: assets/page/FOLDER/NAME.html becomes the C function
 * page_NAME, and other templates include it as NAME. The folder is for the
 * reader alone, so a NAME that stands in two folders is a fault. The compiler
 * walks over the source once; literal bytes drive a small HTML state machine,
 * which decides how each value is escaped. Every fault ends the program with
 * path, line and remedy.
 */
#ifndef EGENREMISS_TOOLS_TEMPLATE_H
#define EGENREMISS_TOOLS_TEMPLATE_H

#include "base/base.h"

#define NAME_MAX_LENGTH	31
#define BLOCKS_MAX	32

/* template_html.c: where in HTML a byte stands */

enum html_state {
	HTML_TEXT,
	HTML_LESS,		/* after < or </ */
	HTML_BANG,		/* after <! */
	HTML_DECLARATION,
	HTML_COMMENT,
	HTML_TAG_NAME,
	HTML_TAG,		/* between attributes, a blank behind */
	HTML_ATTRIBUTE_NAME,
	HTML_EQUALS,
	HTML_VALUE,		/* within double quotes */
	HTML_AFTER,		/* name or value done: a blank, / or > must follow */
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
	bool lacks_token;		/* within a form that posts, no token so far */
};

/* Takes one literal byte. NULL, or what is wrong and what to do. */
const char *html_step(struct html *html, char c);
/* How a value here is escaped; for CONTEXT_NONE *fault says why not. */
enum html_context html_context(const struct html *html, const char **fault);
/* A value was written here. */
void	html_value(struct html *html);
/* A block begins or ends here; what is in the middle of a name is ended. */
const char *html_block(struct html *html);
/* Makes *html what holds after either; false when they cannot be followed by the same text. */
bool	html_join(struct html *html, const struct html *other);
/* Element text, where blanks may shrink. */
bool	html_blanks_shrink(const struct html *html);

/* template_attribute.c: which attributes are what */

bool	attribute_is_address(const char *name);
/* Why no value may stand in it, or NULL. */
const char *attribute_refused(const char *name);
/* An address here loads code, so its start must be literal. */
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
	const char *path;		/* as given: for messages and #line */
	char name[NAME_MAX_LENGTH + 1];
	const char *source, *at;
	int line, tag_line;
	struct html html;
	bool after_blank;		/* what was written last is a blank */
	struct buffer literal;		/* waits to be written as one string */
	struct buffer code;		/* the function's body */
	struct buffer declarations;	/* of the templates it includes */
	struct block blocks[BLOCKS_MAX];
	size_t depth;

	enum token token;		/* of the tag being read */
	const char *word;
	size_t word_length;
	struct buffer string;		/* a TOKEN_STRING, decoded */
};

/* Reports at the tag's line and exits. */
_Noreturn void template_fail(const struct template *template,
	    const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends the C declaration of page_NAME. */
void	declare(struct buffer *code, const char *name);

/* template_scan.c */

/* Compiles template->source into template->code and ->declarations. */
void	template_scan(struct template *template);

/* template_literal.c */

/* One literal byte of the source: checked, shrunk, kept. */
void	literal_byte(struct template *template, char c);
/* Writes what waits; call before any other code. */
void	literal_flush(struct template *template);
/* Appends bytes as a C string literal, with quotes. */
void	quote(struct buffer *code, const char *bytes, size_t length);
/* Flushes, then starts a line of code that compilers attribute to the tag. */
void	code_line(struct template *template);

/* template_word.c: the words within a tag */

/* Reads the next into template->token. */
void	word_next(struct template *template);
/* The current token is this name or mark; it is then passed. */
bool	word_take(struct template *template, const char *word);
/* The same, but a fault when it is not. */
void	word_expect(struct template *template, const char *word);
/* The current token is this name or mark. */
bool	word_is(const struct template *template, const char *word);
/* Copies a TOKEN_NAME and passes it; what names it in the fault. */
void	word_name(struct template *template, char name[NAME_MAX_LENGTH + 1],
	    const char *what);
/* Appends one or more adjoining strings to text, unquoted. */
void	word_string(struct template *template, struct buffer *text);

/* template_value.c */

/* {{ … }}, from its first word to its end. */
void	value_compile(struct template *template);
/*
 * Reads v.a.b, row.c or lang.tag and appends it as C. False when it is v
 * alone, which only include takes.
 */
bool	path_compile(struct template *template, struct buffer *code);
/* A path, "text", _("text") or _v(path), appended as C. */
void	operand_compile(struct template *template, struct buffer *code);

/* template_message.c */

/* _( … ), _n( … ) or _v( … ) as a whole value; its name is the current word. */
void	message_compile(struct template *template, enum html_context context);

/* template_block.c */

/*
 * {% … %}, from its first word to its end. include NAME(path) renders another
 * template with a view that exists; include NAME(field: value, flag: if
 * condition) makes the view where it stands, with the fields that are named.
 */
void	block_compile(struct template *template);
/* Call where a form or the file ends: a form that posts without a token is a fault. */
void	token_check(const struct template *template);

/* template_condition.c */

/* What follows if or elif, appended as C. */
void	condition_compile(struct template *template, struct buffer *code);

/* template_inline.c */

/* {% inline "path" %} after its first word. */
void	inline_compile(struct template *template);
/* Appends css without comments and needless blanks. */
void	css_shrink(struct buffer *out, const char *css);

#endif
