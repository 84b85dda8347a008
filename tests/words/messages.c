/*
 * Prints messages of the real catalogues, a JSON array a line.
 *
 *	messages from-right	every message in a language that is written from the right and
 *				holds a number, a date or a time, filled as the program fills
 *				it: language, plain text, HTML
 *	messages plural ONE MANY N...	language, n and the message, a line for each
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "render/render.h"
#include "text/text.h"

#define NUMBER	"070-174 06 12"

/* A value for each placeholder; one that has none here is a name. */
static const char *
value_of(const struct language *language, const char *name, struct buffer *date)
{
	static const char *const dates[] = { "day", "from", "to", "until", "due", "when", "now",
	    "back", "seen" };
	static const struct { const char *name, *value; } others[] = {
		{ "number", NUMBER }, { "clock", "16:30" }, { "time", "08:00" }, { "year", "2027" },
		{ "n", "12" }, { "most", "6" }, { "line", "14" }, { "percent", "45" }, { "all", "23" },
		{ "week", "3" }, { "hours", "3" }, { "minutes", "20" }, { "mm", "25" }, { "reach", "60" },
		{ "digits", "05" }, { "reference", "2027-000123" }
	};
	struct tm day = { .tm_year = 127, .tm_mon = 0, .tm_mday = 14, .tm_wday = 4, .tm_hour = 16,
	    .tm_min = 30 };

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (strcmp(others[i].name, name) == 0)
			return others[i].value;
	for (size_t i = 0; i < COUNT_OF(dates); i++)
		if (strcmp(dates[i], name) == 0) {
			buffer_clear(date);
			text_date(date, language, &day);
			return buffer_string(date);
		}
	return "Kristinehamn";
}

static void
print_json(const char *text)
{
	putchar('"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		if ((unsigned char)*text < 0x20)
			printf("\\u%04x", (unsigned char)*text);
		else
			putchar(*text);
	}
	putchar('"');
}

/* Whether templates write it within <bdi>. */
static bool
is_isolated(const char *name)
{
	return strcmp(name, "number") == 0 || strcmp(name, "reference") == 0;
}

#define NAMES_MAX	8

static void
print_message(const struct language *language, const char *message)
{
	struct text_argument plain[NAMES_MAX];
	struct page_argument page[NAMES_MAX];
	struct buffer names[NAMES_MAX] = { 0 }, dates[NAMES_MAX] = { 0 }, out = { 0 };
	const char *at = message, *name;
	size_t length, count = 0;

	for (; count < NAMES_MAX && (at = placeholder_find(at, &name, &length)) != NULL; at++) {
		buffer_add(&names[count], name, length);
		plain[count].name = buffer_string(&names[count]);
		plain[count].value = value_of(language, plain[count].name, &dates[count]);
		page[count] = argument_text(plain[count].name, is_isolated(plain[count].name),
		    plain[count].value);
		count++;
	}
	text_fill(&out, language, message, plain, count);
	if (strpbrk(buffer_string(&out), "0123456789") != NULL) {
		printf("[\"%s\",", language->tag);
		print_json(buffer_string(&out));
		buffer_clear(&out);
		put_message(&out, message, page, count);
		putchar(',');
		print_json(buffer_string(&out));
		printf("]\n");
	}
	for (size_t i = 0; i < count; i++) {
		buffer_free(&names[i]);
		buffer_free(&dates[i]);
	}
	buffer_free(&out);
}

static void
print_plural(const char *one, const char *many, const char *n)
{
	for (size_t i = 0; i < text_languages_count; i++) {
		struct buffer out = { 0 };

		text_fill(&out, text_languages[i],
		    text_plural(text_languages[i], one, many, strtoll(n, NULL, 10)),
		    &(const struct text_argument){ "n", n }, 1);
		printf("[\"%s\",%s,", text_languages[i]->tag, n);
		print_json(buffer_string(&out));
		printf("]\n");
		buffer_free(&out);
	}
}

static void
print_from_right(void)
{
	for (size_t i = 0; i < text_languages_count; i++) {
		const struct language *language = text_languages[i];

		for (size_t j = 0; j < language->messages_count && strcmp(language->dir, "rtl") == 0; j++)
			for (size_t k = 0; k < language->messages[j].forms_count; k++)
				print_message(language, language->messages[j].forms[k]);
	}
}

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "from-right") == 0)
		print_from_right();
	else if (argc > 4 && strcmp(argv[1], "plural") == 0)
		for (int i = 4; i < argc; i++)
			print_plural(argv[2], argv[3], argv[i]);
	else
		return 2;
	return 0;
}
