/* Reads the value of one setting, by its kind. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/words.h"
#include "config/read.h"

/* Refuses control characters, which would break pages and log lines. */
static bool
is_printable(const char *text, bool lines)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c < 0x20 && !(lines && (c == '\n' || c == '\r' || c == '\t'))) || c == 0x7f)
			return false;
	}
	return true;
}

const char *
setting_text(struct reader *reader, config_setting_t *setting, const struct key *key,
    bool lines)
{
	const char *text = config_setting_get_string(setting);
	size_t length;

	if (text == NULL) {
		(void)key_fault(reader, setting, key, "%s is not a text in quotes", key->name);
		return NULL;
	}
	length = strlen(text);
	if (length == 0 || text[strspn(text, " \t\r\n")] == '\0')
		(void)key_fault(reader, setting, key, "%s is empty", key->name);
	else if (length > (size_t)key->most)
		(void)key_fault(reader, setting, key, "%s is %zu bytes long, the most is %d",
		    key->name, length, key->most);
	else if (!utf8_valid(text, length))
		(void)key_fault(reader, setting, key, "%s is not UTF-8", key->name);
	else if (!is_printable(text, lines))
		(void)key_fault(reader, setting, key, "%s holds a control character or line break",
		    key->name);
	else
		return text;
	return NULL;
}

int
key_text(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	*field = setting_text(reader, setting, key, false);
	return *field == NULL ? -1 : 0;
}

int
key_number(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	int *field = into;

	if (config_setting_type(setting) != CONFIG_TYPE_INT)
		return key_fault(reader, setting, key, "%s is not a whole number", key->name);
	*field = config_setting_get_int(setting);
	if (*field < key->least || *field > key->most)
		return key_fault(reader, setting, key, "%s is %d, outside %d-%d", key->name,
		    *field, key->least, key->most);
	return 0;
}

int
key_flag(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	bool *field = into;

	if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
		return key_fault(reader, setting, key, "%s is neither true nor false", key->name);
	*field = config_setting_get_bool(setting) != 0;
	return 0;
}

int
key_slug(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if ((*field)[strspn(*field, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0' ||
	    (*field)[0] == '-' || (*field)[strlen(*field) - 1] == '-')
		return key_fault(reader, setting, key,
		    "%s \"%s\" has other characters than a-z, 0-9 and - between them",
		    key->name, *field);
	return 0;
}

int
key_phone(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;
	int digits = 0;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	for (const char *c = *field; *c != '\0'; c++)
		digits += isdigit((unsigned char)*c) != 0;
	if (digits < key->least || (*field)[strspn(*field, "0123456789 +-()/.")] != '\0')
		return key_fault(reader, setting, key, "%s \"%s\" is not a telephone number",
		    key->name, *field);
	return 0;
}

/* The relative luminance of a colour (WCAG 2.2): 0 black to 1 white. */
static double
luminance(const char *colour)
{
	static const double weight[] = { 0.2126, 0.7152, 0.0722 };
	unsigned long rgb = strtoul(colour + 1, NULL, 16);
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double part = (double)(rgb >> (16 - 8 * i) & 255) / 255;

		sum += weight[i] * (part <= 0.04045 ? part / 12.92 :
		    pow((part + 0.055) / 1.055, 2.4));
	}
	return sum;
}

int
key_colour(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if ((*field)[0] != '#' || strlen(*field) != 7 ||
	    strspn(*field + 1, "0123456789abcdefABCDEF") != 6)
		return key_fault(reader, setting, key, "%s \"%s\" is not # and six hex digits",
		    key->name, *field);
	/* White text stands on it and needs a contrast of 7:1 (WCAG 2.2, 1.4.6). */
	if (1.05 / (luminance(*field) + 0.05) < 7)
		return key_fault(reader, setting, key, "%s \"%s\" is too light for white text",
		    key->name, *field);
	return 0;
}

int
key_day(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char *text = setting_text(reader, setting, key, false);

	if (text == NULL)
		return -1;
	if (day_parse(text, into) == -1)
		return key_fault(reader, setting, key, "\"%s\" is not a day that exists", text);
	return 0;
}

/* libc takes an unknown zone for UTC without an error, and every due time would be wrong. */
int
key_zone(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;
	struct buffer path = { 0 };
	bool known;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	buffer_format(&path, "/usr/share/zoneinfo/%s", *field);
	known = isalpha((unsigned char)**field) && strstr(*field, "..") == NULL &&
	    access(buffer_string(&path), R_OK) == 0;
	buffer_free(&path);
	if (!known)
		return key_fault(reader, setting, key, "this machine has no time zone \"%s\"",
		    *field);
	return 0;
}

bool
base_url_right(const char *url)
{
	static const char host[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789.-";
	size_t length;

	if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0)
		return false;
	url = strchr(url, '/') + 2;
	length = strspn(url, host);
	if (length == 0 || url[0] == '-' || url[0] == '.')
		return false;
	url += length;
	if (*url == ':') {
		length = strspn(++url, "0123456789");
		if (length < 1 || length > 5)
			return false;
		url += length;
	}
	return *url == '\0';
}

int
key_url(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if (strncmp(*field, "https://", 8) != 0 || (*field)[8] == '\0')
		return key_fault(reader, setting, key, "%s \"%s\" is not an https address",
		    key->name, *field);
	return 0;
}

int
key_uri(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if ((strncmp(*field, "mailto:", 7) != 0 && strncmp(*field, "https://", 8) != 0 &&
	    strncmp(*field, "tel:+", 5) != 0) || strpbrk(*field, " \t\r\n") != NULL)
		return key_fault(reader, setting, key, "%s \"%s\" does not begin with mailto:, "
		    "https:// or tel:+, or has a space", key->name, *field);
	return 0;
}

/* Reads a word. Returns its value, or -1 with a fault. */
static int
word_read(struct reader *reader, config_setting_t *setting, const struct key *key)
{
	const char *word = setting_text(reader, setting, key, false);
	char list[200];
	int value;

	if (word == NULL)
		return -1;
	value = word_value(key->words, word);
	if (value == -1) {
		words_list(key->words, list, sizeof(list));
		return setting_fault(reader, setting, "unknown %s \"%s\"; use one of: "
		    "%s", key->name, word, list);
	}
	return value;
}

int
key_word(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	int *field = into;

	*field = word_read(reader, setting, key);
	return *field == -1 ? -1 : 0;
}

static int
mask_add(struct reader *reader, config_setting_t *setting, const struct key *key,
    unsigned *mask)
{
	int value = word_read(reader, setting, key);

	if (value == -1)
		return -1;
	if (*mask & 1U << value)
		return setting_fault(reader, setting, "%s \"%s\" stands twice; remove one",
		    key->name, word_of(key->words, value));
	*mask |= 1U << value;
	return 0;
}

int
key_mask(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	unsigned *mask = into;
	int length;

	*mask = 0;
	if (!config_setting_is_list(setting) && !config_setting_is_array(setting))
		return mask_add(reader, setting, key, mask);
	length = list_length(reader, setting, key, (int)key->words->count);
	for (int i = 0; i < length; i++) {
		config_setting_t *entry = config_setting_get_elem(setting, (unsigned)i);

		if (mask_add(reader, entry, key, mask) == -1)
			return -1;
	}
	return length == -1 ? -1 : 0;
}
