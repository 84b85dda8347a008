#include <string.h>

#include "tools/template.h"

/* A mark of comparison, and a number or path to compare with. */
static void
comparison_compile(struct template *template, struct buffer *code)
{
	static const char *const marks[] = {
		"==", "!=", "<=", ">=", "<", ">"
	};
	size_t i = 0;

	while (i < COUNT_OF(marks) && !word_take(template, marks[i]))
		i++;
	if (i == COUNT_OF(marks))
		template_fail(template, "'%.*s' is no comparison",
		    (int)template->word_length, template->word);
	buffer_format(code, " %s ", marks[i]);
	if (template->token == TOKEN_NUMBER) {
		buffer_add(code, template->word, template->word_length);
		word_next(template);
	} else if (!path_compile(template, code)) {
		template_fail(template, "v or lang alone cannot be compared");
	}
}

/* [not] path [is text | == number] */
static void
term_compile(struct template *template, struct buffer *code)
{
	bool negated = word_take(template, "not");
	struct buffer path = {0};

	if (!path_compile(template, &path))
		template_fail(template, "v or lang alone is neither true nor "
		    "false; name a field of it");
	if (word_take(template, "is")) {
		buffer_format(code, "%ssame_text(%s, ", negated ? "!" : "",
		    path.data);
		operand_compile(template, code);
		buffer_text(code, ")");
	} else if (word_is(template, "%}") || template->token == TOKEN_NAME) {
		buffer_format(code, "%sTRUTH(%s)", negated ? "!" : "",
		    path.data);
	} else {
		/* Doubled parentheses would make a compiler suspect a = . */
		buffer_format(code, "%s%s", negated ? "!(" : "", path.data);
		comparison_compile(template, code);
		buffer_text(code, negated ? ")" : "");
	}
	buffer_free(&path);
}

void
condition_compile(struct template *template, struct buffer *code)
{
	bool all, any;

	term_compile(template, code);
	all = word_is(template, "and");
	any = word_is(template, "or");
	while (word_is(template, "and") || word_is(template, "or")) {
		if (word_is(template, "and") != all ||
		    word_is(template, "or") != any)
			template_fail(template, "and mixed with or; nest an if");
		word_next(template);
		buffer_text(code, all ? " && " : " || ");
		term_compile(template, code);
	}
}
