#include <string.h>

#include "tools/template.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The tag that starts at tag and ends before end has its lines for itself. */
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

/* A line that holds a tag alone writes nothing, not even its end. */
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

/* From {{ or {% to its end. */
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
