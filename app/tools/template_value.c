#include <string.h>

#include "tools/template.h"

/* The C expression of a loop's element, innermost first, or NULL. */
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
