/* Reads a group of settings by a table of keys, and reports faults with line and remedy. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "config/read.h"

#define KEY_NAME_MAX	40

int
setting_fault(struct reader *reader, const config_setting_t *setting, const char *format, ...)
{
	char text[400];
	int line = (int)config_setting_source_line(setting);
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return error_set(reader->error, ERROR_INPUT, "%s:%d: %s", reader->config.file,
	    line > 0 ? line : 1, text);
}

int
key_fault(struct reader *reader, const config_setting_t *setting, const struct key *key,
    const char *format, ...)
{
	char text[300];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return setting_fault(reader, setting, "%s; write %s = %s;", text, key->name,
	    key->example);
}

/* Levenshtein's distance: letters to add, remove or change. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[KEY_NAME_MAX + 1], length = strlen(b);

	if (strlen(a) > KEY_NAME_MAX || length > KEY_NAME_MAX)
		return KEY_NAME_MAX;
	for (size_t i = 0; i <= length; i++)
		row[i] = i;
	for (; *a != '\0'; a++) {
		size_t diagonal = row[0]++;

		for (size_t i = 1; i <= length; i++) {
			size_t best = diagonal + (*a != b[i - 1]);

			diagonal = row[i];
			if (row[i] + 1 < best)
				best = row[i] + 1;
			if (row[i - 1] + 1 < best)
				best = row[i - 1] + 1;
			row[i] = best;
		}
	}
	return row[length];
}

/* Reports an unknown key, with the nearest key or, when none is near, with all keys. */
static int
unknown_fault(struct reader *reader, const config_setting_t *setting, const char *what,
    const struct key *keys, size_t count)
{
	const char *name = config_setting_name(setting), *nearest = keys[0].name;
	struct buffer all = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (distance(name, keys[i].name) < distance(name, nearest))
			nearest = keys[i].name;
		buffer_format(&all, "%s%s", i == 0 ? "" : ", ", keys[i].name);
	}
	if (distance(name, nearest) <= strlen(name) / 2)
		(void)setting_fault(reader, setting, "%s has no key \"%.60s\"; the nearest is "
		    "\"%s\"", what, name, nearest);
	else
		(void)setting_fault(reader, setting, "%s has no key \"%.60s\"; its keys are %s",
		    what, name, buffer_string(&all));
	buffer_free(&all);
	return -1;
}

static bool
keys_have(const struct key *keys, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(keys[i].name, name) == 0)
			return true;
	return false;
}

int
keys_read(struct reader *reader, config_setting_t *group, const char *what,
    const struct key *keys, size_t count, void *into)
{
	if (!config_setting_is_group(group))
		return setting_fault(reader, group, "%s is not a group; write { %s = %s; ... }",
		    what, keys[0].name, keys[0].example);
	for (int i = 0; i < config_setting_length(group); i++) {
		config_setting_t *setting = config_setting_get_elem(group, (unsigned)i);

		if (!keys_have(keys, count, config_setting_name(setting)))
			return unknown_fault(reader, setting, what, keys, count);
	}
	for (size_t i = 0; i < count; i++) {
		const struct key *key = &keys[i];
		config_setting_t *setting = config_setting_get_member(group, key->name);

		if (setting == NULL && key->required)
			return key_fault(reader, group, key, "%s has no %s", what, key->name);
		if (setting != NULL &&
		    key->read(reader, setting, key, (char *)into + key->offset) == -1)
			return -1;
	}
	return 0;
}

int
list_length(struct reader *reader, config_setting_t *list, const struct key *key, int most)
{
	int length;

	if (!config_setting_is_list(list) && !config_setting_is_array(list))
		return key_fault(reader, list, key, "%s is not a list", key->name);
	length = config_setting_length(list);
	if (length == 0)
		return key_fault(reader, list, key, "%s is empty", key->name);
	if (length > most)
		return setting_fault(reader, list, "%s has %d entries; write at most %d",
		    key->name, length, most);
	return length;
}
