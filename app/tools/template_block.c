/* Compiles blocks: if, each, include, token. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "tools/template.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Whether nothing else stands in the lines of the tag from `tag` to `end`. */
static bool
stands_alone(const struct template *template, const char *tag, const char *end)
{
	while (tag > template->source && is_space(tag[-1]))
		tag--;
	while (is_space(*end))
		end++;
	return (tag == template->source || tag[-1] == '\n') &&
	    (*end == '\n' || *end == '\0');
}

/* Skips a line that holds only a tag, with its end. */
static void
tag_end(struct template *template, const char *tag)
{
	template->after_blank = false;
	if (!html_blanks_shrink(&template->html) ||
	    !stands_alone(template, tag, template->at))
		return;
	template->after_blank = true;
	while (is_space(*template->at))
		template->at++;
	if (*template->at == '\n') {
		template->line++;
		template->at++;
	}
}

static void
comment_skip(struct template *template)
{
	const char *tag = template->at, *end = strstr(tag, "#}");
	bool blank = template->after_blank;

	if (end == NULL)
		template_fail(template, "comment without its closing #}");
	for (; template->at < end; template->at++)
		template->line += *template->at == '\n';
	template->at = end + 2;
	tag_end(template, tag);
	template->after_blank |= blank;
}

/* Compiles one tag, from {{ or {% to its end. */
static void
tag_compile(struct template *template, void (*compile)(struct template *),
    const char *end)
{
	const char *tag = template->at;

	template->at += 2;
	word_next(template);
	compile(template);
	if (template->token != TOKEN_END || !word_is(template, end))
		template_fail(template, "'%s' expected before '%.*s'", end,
		    (int)template->word_length, template->word);
	if (*end == '%')
		tag_end(template, tag);
	else
		template->after_blank = false;
}

static void
check_end(struct template *template)
{
	if (template->depth > 0) {
		template->tag_line = template->blocks[template->depth - 1].line;
		template_fail(template, "this block has no {%% end %%}");
	}
	if (template->html.state == HTML_RAW)
		template_fail(template, "<%s> has no end tag",
		    template->html.tag);
	if (template->html.state != HTML_TEXT || template->html.preserve)
		template_fail(template, "the file ends within a tag, a comment "
		    "or pre; a template ends in element text");
	token_check(template);
}

void
template_scan(struct template *template)
{
	template->at = template->source;
	template->line = 1;
	template->after_blank = true;
	while (*template->at != '\0') {
		template->tag_line = template->line;
		if (strncmp(template->at, "{{", 2) == 0) {
			tag_compile(template, value_compile, "}}");
		} else if (strncmp(template->at, "{%", 2) == 0) {
			tag_compile(template, block_compile, "%}");
		} else if (strncmp(template->at, "{#", 2) == 0) {
			comment_skip(template);
		} else {
			literal_byte(template, *template->at++);
			template->line += template->at[-1] == '\n';
		}
	}
	check_end(template);
	literal_flush(template);
}

/* Compiles a comparison: its sign, and the number or path to compare with. */
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

/* Compiles [not] path [is text | == number]. */
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
	} else if (word_is(template, "%}") || word_is(template, ",") ||
	    word_is(template, ")") || template->token == TOKEN_NAME) {
		buffer_format(code, "%sTRUTH(%s)", negated ? "!" : "",
		    path.data);
	} else {
		/* With two pairs of parentheses some compilers warn of a mistyped = . */
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

static struct block *
block_current(struct template *template)
{
	return template->depth == 0 ? NULL :
	    &template->blocks[template->depth - 1];
}

static struct block *
block_push(struct template *template, bool is_each)
{
	struct block *block;

	if (template->depth == BLOCKS_MAX)
		template_fail(template, "blocks nested deeper than %d; "
		    "include another template", BLOCKS_MAX);
	block = &template->blocks[template->depth++];
	*block = (struct block){ .is_each = is_each, .start = template->html,
	    .line = template->tag_line };
	return block;
}

/* Ends a branch. The state after the whole block joins the states after all branches. */
static void
branch_end(struct template *template, struct block *block)
{
	if (block->has_joined &&
	    !html_join(&block->joined, &template->html))
		template_fail(template, "this branch ends elsewhere in the HTML "
		    "than the one before; open and close the same tags and "
		    "quotes in each");
	if (!block->has_joined)
		block->joined = template->html;
	block->has_joined = true;
	template->html = block->start;
}

static void
if_compile(struct template *template)
{
	struct buffer condition = {0};

	condition_compile(template, &condition);
	code_line(template);
	buffer_format(&template->code, "if (%s) {\n", condition.data);
	block_push(template, false);
	buffer_free(&condition);
}

static void
else_compile(struct template *template, bool is_elif)
{
	struct block *block = block_current(template);
	struct buffer condition = {0};

	if (block == NULL || block->is_each || block->has_else)
		template_fail(template, "no if that this could belong to");
	branch_end(template, block);
	block->has_else = !is_elif;
	if (is_elif)
		condition_compile(template, &condition);
	literal_flush(template);
	template->depth--;
	code_line(template);
	template->depth++;
	if (is_elif)
		buffer_format(&template->code, "} else if (%s) {\n",
		    condition.data);
	else
		buffer_text(&template->code, "} else {\n");
	buffer_free(&condition);
}

static void
each_compile(struct template *template)
{
	char variable[NAME_MAX_LENGTH + 1];
	struct buffer rows = {0};
	struct block *block;

	word_name(template, variable, "a name for the element");
	if (strcmp(variable, "v") == 0 || strcmp(variable, "lang") == 0)
		template_fail(template, "%s is taken; choose another name",
		    variable);
	word_expect(template, "in");
	if (!path_compile(template, &rows))
		template_fail(template, "v alone has no elements");
	code_line(template);
	buffer_format(&template->code,
	    "for (size_t i%zu = 0; i%zu < %s_count; i%zu++) {\n",
	    template->depth, template->depth, rows.data, template->depth);
	block = block_push(template, true);
	(void)snprintf(block->variable, sizeof(block->variable), "%s", variable);
	buffer_format(&block->element, "%s[i%zu]", rows.data,
	    template->depth - 1);
	buffer_free(&rows);
}

static void
end_compile(struct template *template)
{
	struct block *block = block_current(template);

	if (block == NULL)
		template_fail(template, "end without an if or each");
	if (!block->is_each) {
		branch_end(template, block);
		if (!block->has_else)
			branch_end(template, block);
		template->html = block->joined;
	} else if (block->start.state != template->html.state ||
	    !html_join(&template->html, &block->start)) {
		template_fail(template, "this loop ends elsewhere in the HTML "
		    "than it began; open and close the same tags and quotes");
	}
	literal_flush(template);
	template->depth--;
	code_line(template);
	buffer_text(&template->code, "}\n");
	buffer_free(&block->element);
}

void
token_check(const struct template *template)
{
	if (template->html.lacks_token)
		template_fail(template, "a form that posts has no token on "
		    "every way through it; put {%% token PATH %%} after its "
		    "start tag, or {%% token none %%} where there is no session");
}

/* Compiles token PATH, which writes the hidden field, and token none, for a form without one. */
static void
token_compile(struct template *template)
{
	struct buffer path = {0};

	if (template->html.state != HTML_TEXT || !template->html.lacks_token)
		template_fail(template, "a token stands once, in the text of a "
		    "form with method=\"post\"");
	template->html.lacks_token = false;
	if (word_take(template, "none"))
		return;
	if (!path_compile(template, &path))
		template_fail(template, "v or lang alone is no token; name a "
		    "field of it");
	buffer_text(&template->literal,
	    "<input type=\"hidden\" name=\"token\" value=\"");
	code_line(template);
	buffer_format(&template->code, "PUT_TEXT(out, %s);\n", path.data);
	buffer_text(&template->literal, "\">");
	buffer_free(&path);
}

/* Whether the word after include's ( is the name of a field, and not a path. */
static bool
starts_fields(const struct template *template)
{
	return template->token == TOKEN_NAME &&
	    template->at[strspn(template->at, " \t\r\n")] == ':';
}

/* Compiles "field: operand, field: if condition" to the initialiser of a NAME_view. */
static void
fields_compile(struct template *template, const char *name, struct buffer *view)
{
	char field[NAME_MAX_LENGTH + 1];

	buffer_format(view, "(const struct %s_view){ ", name);
	do {
		word_name(template, field, "a field's name");
		word_expect(template, ":");
		buffer_format(view, ".%s = ", field);
		if (word_take(template, "if"))
			condition_compile(template, view);
		else
			operand_compile(template, view);
		buffer_text(view, ", ");
	} while (word_take(template, ","));
	buffer_text(view, "}");
}

/* Compiles include NAME(path) and include NAME(field: value, ...). */
static void
include_compile(struct template *template)
{
	char name[NAME_MAX_LENGTH + 1];
	struct buffer view = {0};
	bool part = true;

	if (template->html.state != HTML_TEXT)
		template_fail(template, "include within a tag, style or title; "
		    "it may only stand in element text");
	word_name(template, name, "a template's name");
	word_expect(template, "(");
	if (starts_fields(template))
		fields_compile(template, name, &view);
	else
		part = path_compile(template, &view);
	word_expect(template, ")");
	if (strcmp(view.data, "lang") == 0)
		template_fail(template, "lang is given to every template; "
		    "include takes a view");
	code_line(template);
	buffer_format(&template->code, "page_%s(out, lang, %s%s);\n", name,
	    part ? "&" : "", view.data);
	declare(&template->declarations, name);
	buffer_free(&view);
}

void
block_compile(struct template *template)
{
	const char *fault = html_block(&template->html);

	if (fault != NULL)
		template_fail(template, "%s", fault);
	if (word_take(template, "if"))
		if_compile(template);
	else if (word_take(template, "elif"))
		else_compile(template, true);
	else if (word_take(template, "else"))
		else_compile(template, false);
	else if (word_take(template, "each"))
		each_compile(template);
	else if (word_take(template, "include"))
		include_compile(template);
	else if (word_take(template, "inline"))
		inline_compile(template);
	else if (word_take(template, "token"))
		token_compile(template);
	else if (word_take(template, "end"))
		end_compile(template);
	else
		template_fail(template, "'%.*s' is not if, elif, else, each, "
		    "end, include, inline or token", (int)template->word_length,
		    template->word);
}
