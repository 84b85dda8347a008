/* Compiles a message and its values. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "text/text.h"
#include "tools/template.h"

#define ARGUMENTS_MAX	8

enum kind { KIND_TEXT, KIND_PLURAL, KIND_VARIABLE };

struct message {
	enum kind kind;
	struct buffer id, many;		/* as in the template; for KIND_VARIABLE id is C */
	struct buffer number;		/* of KIND_PLURAL, as C */
	struct buffer arguments;	/* as C: ARGUMENT(…), ARGUMENT(…), */
	char names[ARGUMENTS_MAX][NAME_MAX_LENGTH + 1];
	size_t count;
};

static bool
has_argument(const struct message *message, const char *name, size_t length)
{
	for (size_t i = 0; i < message->count; i++)
		if (strlen(message->names[i]) == length &&
		    strncmp(message->names[i], name, length) == 0)
			return true;
	return false;
}

static void
check_placeholders(const struct template *template,
    const struct message *message, const char *text)
{
	const char *name;
	size_t length;

	for (; (text = placeholder_find(text, &name, &length)) != NULL; text++)
		if (!has_argument(message, name, length))
			template_fail(template, "placeholder {%.*s} has no "
			    "argument; add %.*s: value", (int)length, name,
			    (int)length, name);
}

/* Looks for the placeholder in the plural, because singulars often lack it ("en dag"). */
static void
check_message(const struct template *template, const struct message *message)
{
	const struct buffer *whole = message->kind == KIND_PLURAL ?
	    &message->many : &message->id;

	if (message->kind == KIND_VARIABLE)
		return;
	if (message->id.length == 0)
		template_fail(template, "an empty message");
	check_placeholders(template, message, message->id.data);
	check_placeholders(template, message, buffer_string(whole));
	for (size_t i = 0; i < message->count; i++)
		if (strcmp(message->names[i], "n") != 0 &&
		    !text_has_placeholder(buffer_string(whole), message->names[i],
		    strlen(message->names[i])))
			template_fail(template, "argument %s has no placeholder "
			    "{%s} in the message", message->names[i],
			    message->names[i]);
}

static void
argument_add(struct template *template, struct message *message,
    const char *name, const char *isolation, const char *value)
{
	if (message->count == ARGUMENTS_MAX)
		template_fail(template, "more than %d arguments", ARGUMENTS_MAX);
	if (has_argument(message, name, strlen(name)))
		template_fail(template, "argument %s is given twice", name);
	(void)snprintf(message->names[message->count++], sizeof(message->names[0]), "%s", name);
	buffer_format(&message->arguments, "ARGUMENT(\"%s\", %s, %s), ", name,
	    isolation, value);
}

/* Compiles an argument, after its comma: "name: [bdi] value". */
static void
argument_read(struct template *template, struct message *message,
    enum html_context context)
{
	char name[NAME_MAX_LENGTH + 1];
	struct buffer value = {0};
	const char *isolation;

	word_name(template, name, "an argument's name");
	word_expect(template, ":");
	isolation = word_take(template, "bdi") ? "IN_BDI" :
	    word_take(template, "swedish") ? "IN_SWEDISH" : "IN_LINE";
	if (strcmp(isolation, "IN_LINE") != 0 && context != CONTEXT_TEXT)
		template_fail(template, "bdi is an element; it may only stand "
		    "in element text");
	operand_compile(template, &value);
	argument_add(template, message, name, isolation, value.data);
	buffer_free(&value);
}

static void
message_read(struct template *template, struct message *message)
{
	if (message->kind == KIND_VARIABLE) {
		operand_compile(template, &message->id);
		return;
	}
	word_string(template, &message->id);
	if (message->kind == KIND_PLURAL) {
		word_expect(template, ",");
		word_string(template, &message->many);
		word_expect(template, ",");
		if (!path_compile(template, &message->number))
			template_fail(template, "v alone is no number");
		argument_add(template, message, "n", "IN_LINE",
		    message->number.data);
	}
}

/* Writes the message as _("…") or _n("…", "…", …), which xgettext can read. */
static void
message_expression(struct buffer *code, const struct message *message)
{
	if (message->kind == KIND_VARIABLE) {
		buffer_format(code, "text(lang, %s)", message->id.data);
		return;
	}
	buffer_text(code, message->kind == KIND_PLURAL ? "_n(" : "_(");
	quote(code, message->id.data, message->id.length);
	if (message->kind == KIND_PLURAL) {
		buffer_text(code, ", ");
		quote(code, message->many.data, message->many.length);
		buffer_format(code, ", (int64_t)(%s)", message->number.data);
	}
	buffer_text(code, ")");
}

static void
message_emit(struct template *template, const struct message *message)
{
	code_line(template);
	if (message->count == 0) {
		buffer_text(&template->code, "PUT_TEXT(out, ");
		message_expression(&template->code, message);
		buffer_text(&template->code, ");\n");
		return;
	}
	buffer_text(&template->code, "put_message(out, ");
	message_expression(&template->code, message);
	buffer_format(&template->code,
	    ", (const struct page_argument[]){ %s}, %zu);\n",
	    message->arguments.data, message->count);
}

void
message_compile(struct template *template, enum html_context context)
{
	struct message message = {0};

	if (context != CONTEXT_TEXT && context != CONTEXT_RCDATA &&
	    context != CONTEXT_ATTRIBUTE)
		template_fail(template, "translated text in an address or a "
		    "style; it may only stand in text and other attributes");
	message.kind = word_is(template, "_n") ? KIND_PLURAL :
	    word_is(template, "_v") ? KIND_VARIABLE : KIND_TEXT;
	word_next(template);
	word_expect(template, "(");
	message_read(template, &message);
	while (word_take(template, ","))
		argument_read(template, &message, context);
	word_expect(template, ")");
	check_message(template, &message);
	message_emit(template, &message);
	buffer_free(&message.id);
	buffer_free(&message.many);
	buffer_free(&message.number);
	buffer_free(&message.arguments);
}
