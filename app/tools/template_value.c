/* Words and values of the template language. */
#include <ctype.h>
#include <string.h>

#include "base/base.h"
#include "tools/template.h"

static bool
in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Reads a string from its opening quote into template->string, without its quotes. */
static void
read_string(struct template *template)
{
	const char *s = template->at + 1;

	buffer_clear(&template->string);
	for (; *s != '"'; s++) {
		if (*s == '\n' || *s == '\0')
			template_fail(template, "text without its closing \"");
		if (*s == '\\' && *++s != '"' && *s != '\\')
			template_fail(template, "\\ in a text; only \\\" and "
			    "\\\\ mean anything");
		buffer_add(&template->string, s, 1);
	}
	template->at = s + 1;
}

static enum token
read_mark(struct template *template)
{
	static const char *const marks[] = {
		"==", "!=", "<=", ">=", "<", ">", "(", ")", ",", ":", "."
	};
	const char *s = template->at;

	if (strncmp(s, "}}", 2) == 0 || strncmp(s, "%}", 2) == 0) {
		template->at += 2;
		return TOKEN_END;
	}
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (strncmp(s, marks[i], strlen(marks[i])) == 0) {
			template->at += strlen(marks[i]);
			return TOKEN_MARK;
		}
	}
	if (*s == '\0')
		template_fail(template, "the file ends within this tag");
	template_fail(template, "'%c' means nothing within a tag", *s);
}

void
word_next(struct template *template)
{
	for (; isspace((unsigned char)*template->at); template->at++)
		template->line += *template->at == '\n';
	template->word = template->at;
	if (*template->at == '"') {
		read_string(template);
		template->token = TOKEN_STRING;
	} else if (in_name(*template->at)) {
		template->token = isdigit((unsigned char)*template->at) ?
		    TOKEN_NUMBER : TOKEN_NAME;
		while (in_name(*template->at))
			template->at++;
	} else {
		template->token = read_mark(template);
	}
	template->word_length = (size_t)(template->at - template->word);
}

bool
word_is(const struct template *template, const char *word)
{
	return template->token != TOKEN_STRING &&
	    strlen(word) == template->word_length &&
	    strncmp(template->word, word, template->word_length) == 0;
}

bool
word_take(struct template *template, const char *word)
{
	if (!word_is(template, word))
		return false;
	word_next(template);
	return true;
}

void
word_expect(struct template *template, const char *word)
{
	if (!word_take(template, word))
		template_fail(template, "'%s' expected before '%.*s'", word,
		    (int)template->word_length, template->word);
}

void
word_name(struct template *template, char name[NAME_MAX_LENGTH + 1],
    const char *what)
{
	if (template->token != TOKEN_NAME)
		template_fail(template, "%s expected before '%.*s'", what,
		    (int)template->word_length, template->word);
	if (template->word_length > NAME_MAX_LENGTH)
		template_fail(template, "%s is longer than %d", what,
		    NAME_MAX_LENGTH);
	memcpy(name, template->word, template->word_length);
	name[template->word_length] = '\0';
	word_next(template);
}

void
word_string(struct template *template, struct buffer *text)
{
	if (template->token != TOKEN_STRING)
		template_fail(template, "a text in double quotes expected "
		    "before '%.*s'", (int)template->word_length,
		    template->word);
	for (; template->token == TOKEN_STRING; word_next(template))
		buffer_add(text, template->string.data,
		    template->string.length);
}

/* The C expression of the element of the innermost loop with that variable, or NULL. */
static const char *
loop_element(const struct template *template, const char *name)
{
	for (size_t i = template->depth; i-- > 0;)
		if (template->blocks[i].is_each &&
		    strcmp(template->blocks[i].variable, name) == 0)
			return template->blocks[i].element.data;
	return NULL;
}

static bool
step_compile(struct template *template, struct buffer *code,
    const char *operator)
{
	char name[NAME_MAX_LENGTH + 1];

	if (!word_take(template, "."))
		return false;
	word_name(template, name, "a field's name");
	buffer_format(code, "%s%s", operator, name);
	return true;
}

bool
path_compile(struct template *template, struct buffer *code)
{
	char name[NAME_MAX_LENGTH + 1];
	const char *element;
	bool found = true;

	word_name(template, name, "a value");
	element = loop_element(template, name);
	if (element != NULL) {
		buffer_text(code, element);
	} else if (strcmp(name, "v") == 0 || strcmp(name, "lang") == 0) {
		buffer_text(code, name);
		found = step_compile(template, code, "->");
	} else {
		template_fail(template, "'%s' is neither v, lang nor a loop's "
		    "variable", name);
	}
	while (step_compile(template, code, "."))
		;
	return found;
}

static void
field_compile(struct template *template, struct buffer *code)
{
	if (!path_compile(template, code))
		template_fail(template, "v or lang alone is no value; name a "
		    "field of it");
}

void
operand_compile(struct template *template, struct buffer *code)
{
	struct buffer text = {0};

	if (word_take(template, "_")) {
		word_expect(template, "(");
		word_string(template, &text);
		buffer_text(code, "_(");
		quote(code, text.data, text.length);
		buffer_text(code, ")");
		word_expect(template, ")");
	} else if (word_take(template, "_v")) {
		word_expect(template, "(");
		buffer_text(code, "text(lang, ");
		field_compile(template, code);
		buffer_text(code, ")");
		word_expect(template, ")");
	} else if (template->token == TOKEN_STRING) {
		word_string(template, &text);
		quote(code, text.data, text.length);
	} else {
		field_compile(template, code);
	}
	buffer_free(&text);
}

static const char *
put_name(enum html_context context)
{
	switch (context) {
	case CONTEXT_URL:
		return "PUT_URL";
	case CONTEXT_PATH:
		return "PUT_PATH";
	case CONTEXT_QUERY:
		return "PUT_QUERY";
	case CONTEXT_COLOUR:
		return "PUT_COLOUR";
	default:
		return "PUT_TEXT";
	}
}

void
value_compile(struct template *template)
{
	const char *fault;
	enum html_context context = html_context(&template->html, &fault);
	struct buffer value = {0};

	if (context == CONTEXT_NONE)
		template_fail(template, "%s", fault);
	if (word_is(template, "_") || word_is(template, "_n") ||
	    word_is(template, "_v")) {
		message_compile(template, context);
	} else {
		field_compile(template, &value);
		code_line(template);
		buffer_format(&template->code, "%s(out, %s);\n",
		    put_name(context), value.data);
	}
	html_value(&template->html);
	buffer_free(&value);
}
