/* Texts of service.conf in each language, and their placeholders. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "config/config.h"
#include "config/read.h"

/* The placeholders that a template may have; value_add has their values in this order. */
static const char *const placeholders[] = {
	"responsible", "name", "phone", "place", "months"
};

/* Whether the text has the form of a BCP 47 tag in lower case: "sv", "ar", "sv-x-easy". */
static bool
is_language(const char *tag)
{
	size_t primary = strspn(tag, "abcdefghijklmnopqrstuvwxyz");

	return primary >= 2 && primary <= 3 && (tag[primary] == '\0' || tag[primary] == '-') &&
	    strlen(tag) < 36 && tag[strlen(tag) - 1] != '-' &&
	    tag[strspn(tag, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0' &&
	    strstr(tag, "--") == NULL;
}

/*
 * People write a long text over many indented lines. The lines of a paragraph become one
 * line; empty lines separate paragraphs.
 */
static const char *
tidy(struct reader *reader, const char *written)
{
	struct buffer text = { 0 };

	for (const char *line = written; *line != '\0';) {
		size_t length = strcspn(line, "\n"), blank = strspn(line, " \t\r");
		const char *next = line + length + (line[length] == '\n');

		if (blank >= length) {
			if (text.length > 0 && text.data[text.length - 1] != '\n')
				buffer_text(&text, "\n\n");
		} else {
			if (text.length > 0 && text.data[text.length - 1] != '\n')
				buffer_text(&text, " ");
			while (strchr(" \t\r", line[length - 1]) != NULL)
				length--;
			buffer_add(&text, line + blank, length - blank);
		}
		line = next;
	}
	while (text.length > 0 && text.data[text.length - 1] == '\n')
		text.data[--text.length] = '\0';
	return memory_keep(reader, &text);
}

static int
translation_read(struct reader *reader, config_setting_t *setting, const struct key *key,
    const char *language, struct config_text *text)
{
	const char *written = setting_text(reader, setting, key, true);
	struct config_translation *translation = &text->translation[text->count];

	if (written == NULL)
		return -1;
	if (!is_language(language))
		return setting_fault(reader, setting,
		    "\"%.40s\" is not the tag of a language; write such as sv, en or ar", language);
	translation->language = language;
	translation->text = tidy(reader, written);
	text->count++;
	return 0;
}

int
key_translated(struct reader *reader, config_setting_t *setting, const struct key *key,
    void *into)
{
	struct config_text *text = into;
	config_setting_t *swedish;

	text->count = 0;
	if (!config_setting_is_group(setting))
		return translation_read(reader, setting, key, "sv", text);
	swedish = config_setting_get_member(setting, "sv");
	if (swedish == NULL)
		return setting_fault(reader, setting,
		    "%s has no Swedish; write %s = { sv = \"...\"; }", key->name, key->name);
	if (config_setting_length(setting) > (int)COUNT_OF(text->translation))
		return setting_fault(reader, setting, "%s has %d languages; write at most %zu",
		    key->name, config_setting_length(setting), COUNT_OF(text->translation));
	if (translation_read(reader, swedish, key, "sv", text) == -1)
		return -1;
	for (int i = 0; i < config_setting_length(setting); i++) {
		config_setting_t *other = config_setting_get_elem(setting, (unsigned)i);

		if (other != swedish && translation_read(reader, other, key,
		    config_setting_name(other), text) == -1)
			return -1;
	}
	return 0;
}

/* The index of the placeholder of that name, or -1. */
static int
placeholder_index(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(placeholders); i++)
		if (strlen(placeholders[i]) == length && memcmp(placeholders[i], name, length) == 0)
			return (int)i;
	return -1;
}

/* Whether each brace of the template begins a placeholder that can be filled in; else *brace is the first. */
static bool
template_right(const char *template, const char **brace)
{
	const char *name;
	size_t length;

	for (*brace = template; (*brace = strchr(*brace, '{')) != NULL; (*brace)++) {
		if (placeholder_find(*brace, &name, &length) != *brace ||
		    placeholder_index(name, length) == -1)
			return false;
	}
	return true;
}

int
key_template(struct reader *reader, config_setting_t *setting, const struct key *key,
    void *into)
{
	const struct config_text *text = into;

	if (key_translated(reader, setting, key, into) == -1)
		return -1;
	for (size_t i = 0; i < text->count; i++) {
		const char *brace;

		if (!template_right(text->translation[i].text, &brace))
			return setting_fault(reader, setting, "%s in %s: \"%.20s\" cannot "
			    "be filled in; write {responsible}, {name}, {phone}, {place} "
			    "or {months}", key->name, text->translation[i].language, brace);
	}
	return 0;
}

static void
value_add(struct buffer *out, const struct reader *reader, const struct config_area *area,
    int placeholder)
{
	const char *values[COUNT_OF(placeholders)] = {
		area->responsible, area->name, area->phone, area->place, NULL
	};

	if (values[placeholder] != NULL)
		buffer_text(out, values[placeholder]);
	else
		buffer_format(out, "%d", reader->config.retention_months);
}

void
template_fill(struct reader *reader, struct config_text *text, const struct config_area *area)
{
	for (size_t i = 0; i < text->count; i++) {
		struct config_translation *translation = &text->translation[i];
		/* Isolated, a Swedish name keeps its order in a text from right to left. */
		bool isolate = strncmp(translation->language, "sv", 2) != 0;
		const char *rest = translation->text, *brace, *name;
		struct buffer filled = { 0 };
		size_t length;

		while ((brace = placeholder_find(rest, &name, &length)) != NULL) {
			buffer_add(&filled, rest, (size_t)(brace - rest));
			buffer_text(&filled, isolate ? "\u2068" : "");
			value_add(&filled, reader, area, placeholder_index(name, length));
			buffer_text(&filled, isolate ? "\u2069" : "");
			rest = name + length + 1;
		}
		buffer_text(&filled, rest);
		translation->text = memory_keep(reader, &filled);
	}
}

const char *
config_text(const struct config_text *text, const char *want, const char **language)
{
	const struct config_translation *found = &text->translation[0];

	for (size_t i = 0; i < text->count; i++)
		if (want != NULL && strcasecmp(text->translation[i].language, want) == 0)
			found = &text->translation[i];
	if (language != NULL)
		*language = text->count == 0 ? "sv" : found->language;
	return text->count == 0 ? "" : found->text;
}
