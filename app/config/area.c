/* Areas of service.conf: a municipality, its address, crisis lines and logo. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "config/config.h"
#include "config/read.h"

#define CRISIS_MAX	20

#define CRISIS(field)	offsetof(struct config_crisis_line, field)

static const struct key crisis_keys[] = {
	{ "name", "\"Självmordslinjen\"", key_text, CRISIS(name), .required = true, .most = 60 },
	{ "number", "\"90101\"", key_phone, CRISIS(number), .required = true, .least = 3,
	    .most = 30 },
	{ "about", "{ sv = \"Öppet dygnet runt.\"; }", key_translated, CRISIS(about),
	    .required = true, .most = 400 },
	{ "checked", "\"2026-11-23\"", key_day, CRISIS(checked_day), .required = true,
	    .most = 20 }
};

int
key_crisis(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config *config = into;
	int length = list_length(reader, setting, key, CRISIS_MAX);

	if (length == -1)
		return -1;
	config->crisis = memory_take(reader, (size_t)length, sizeof(*config->crisis));
	for (int i = 0; i < length; i++) {
		config_setting_t *group = config_setting_get_elem(setting, (unsigned)i);

		if (keys_read(reader, group, "crisis line", crisis_keys, COUNT_OF(crisis_keys),
		    &config->crisis[i]) == -1)
			return -1;
		config->crisis[i].line = (int)config_setting_source_line(group);
		config->crisis_count++;
	}
	return 0;
}

#define LOGO_MAX	3072	/* so that the form with its logo stays below 14 kB, one round trip */

/* Whether an attribute such as onload= begins here. */
static bool
is_handler(const char *text)
{
	size_t letters;

	if (strncasecmp(text, "on", 2) != 0)
		return false;
	letters = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	text += letters;
	return letters > 2 && text[strspn(text, " \t\r\n")] == '=';
}

/* Whether an href begins here that points to anything but a part of the drawing. */
static bool
is_outward(const char *text)
{
	if (strncasecmp(text, "href", 4) != 0)
		return false;
	text += 4;
	text += strspn(text, " \t\r\n");
	if (*text != '=')
		return false;
	text++;
	text += strspn(text, " \t\r\n\"'");
	return *text != '#';
}

/* Names the first dangerous part of an SVG, which a drawing does not need; or NULL. */
static const char *
svg_danger(const char *text)
{
	static const char *const refused[] = {
		"<script", "<!DOCTYPE", "<!ENTITY", "<foreignObject", "<?xml-stylesheet", "@import",
		"javascript:", "url(http", "url(//"
	};

	for (const char *at = text; *at != '\0'; at++) {
		for (size_t i = 0; i < COUNT_OF(refused); i++)
			if (strncasecmp(at, refused[i], strlen(refused[i])) == 0)
				return refused[i];
		if (at > text && !isalnum((unsigned char)at[-1]) && is_handler(at))
			return "an on...= attribute";
		if (is_outward(at))
			return "an href out of the file";
	}
	return NULL;
}

static int
svg_check(struct reader *reader, config_setting_t *setting, const struct buffer *file,
    const char *path)
{
	const char *danger;

	if (strlen(buffer_string(file)) != file->length ||
	    !utf8_valid(buffer_string(file), file->length) ||
	    strstr(buffer_string(file), "<svg") == NULL)
		return setting_fault(reader, setting,
		    "logo %s is not an SVG in UTF-8; write the path of one", path);
	danger = svg_danger(buffer_string(file));
	if (danger != NULL)
		return setting_fault(reader, setting,
		    "logo %s holds %s; save it as a plain SVG without it", path, danger);
	return 0;
}

static int
png_check(struct reader *reader, config_setting_t *setting, const struct buffer *file,
    const char *path)
{
	if (file->length < 8 || memcmp(file->data, "\x89PNG\r\n\x1a\n", 8) != 0)
		return setting_fault(reader, setting,
		    "logo %s is not a PNG; write the path of one", path);
	return 0;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);

	return length > end_length && strcasecmp(text + length - end_length, end) == 0;
}

void
path_resolve(struct buffer *path, const char *file, const char *written)
{
	const char *slash = strrchr(file, '/');

	if (written[0] != '/' && slash != NULL)
		buffer_add(path, file, (size_t)(slash - file) + 1);
	buffer_text(path, written);
}

int
key_logo(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into, *written = setting_text(reader, setting, key, false);
	struct buffer path = { 0 }, file = { 0 }, url = { 0 };
	struct error error = { 0 };
	bool svg;
	int result;

	if (written == NULL)
		return -1;
	svg = ends_with(written, ".svg");
	if (!svg && !ends_with(written, ".png"))
		return key_fault(reader, setting, key, "logo %s is neither .svg nor .png", written);
	path_resolve(&path, reader->config.file, written);
	if (buffer_read_file(&file, buffer_string(&path), LOGO_MAX, &error) == -1)
		result = setting_fault(reader, setting, "logo %s; write the path of a drawing of "
		    "at most %d bytes", error.text, LOGO_MAX);
	else if (svg)
		result = svg_check(reader, setting, &file, written);
	else
		result = png_check(reader, setting, &file, written);
	if (result == 0) {
		buffer_format(&url, "data:image/%s;base64,", svg ? "svg+xml" : "png");
		base64_encode(&url, file.data, file.length);
		*field = memory_keep(reader, &url);
	}
	buffer_free(&path);
	buffer_free(&file);
	return result;
}

/* The first parts of the addresses of other pages. */
static const char *const reserved[] = {
	"accessibility", "api", "contact", "favicon", "health", "image", "logo", "nummer",
	"personuppgifter", "privacy", "q", "robots", "script", "sitemap", "staff", "static",
	"style", "tillganglighet"
};

static int
key_code(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if (strlen(*field) != 4 || strspn(*field, "0123456789") != 4)
		return key_fault(reader, setting, key, "code \"%s\" is not a municipality's four "
		    "digits", *field);
	return 0;
}

static int
key_area_slug(struct reader *reader, config_setting_t *setting, const struct key *key,
    void *into)
{
	const char **field = into;

	if (key_slug(reader, setting, key, into) == -1)
		return -1;
	for (size_t i = 0; i < COUNT_OF(reserved); i++)
		if (strcmp(*field, reserved[i]) == 0)
			return key_fault(reader, setting, key, "slug \"%s\" is the address of "
			    "another page", *field);
	return 0;
}

#define FIELD(field)	offsetof(struct config_area, field)

static const struct key area_keys[] = {
	{ "code", "\"1781\"", key_code, FIELD(code), .required = true, .most = 20 },
	{ "slug", "\"kristinehamn\"", key_area_slug, FIELD(slug), .required = true, .most = 40 },
	{ "name", "\"Kristinehamn\"", key_text, FIELD(name), .required = true, .most = 60 },
	{ "phone", "\"070-174 06 10\"", key_phone, FIELD(phone), .required = true, .least = 6,
	    .most = 30 },
	{ "place", "\"Ungdomscentrum, Kungsgatan 30\"", key_text, FIELD(place),
	    .required = true, .most = 120 },
	{ "colour", "\"#0b4f6c\"", key_colour, FIELD(colour), .required = true, .most = 20 },
	{ "logo", "\"image/kristinehamn.svg\"", key_logo, FIELD(logo), .most = 200 },
	{ "elsewhere", "true", key_flag, FIELD(elsewhere), .required = false },
	{ "open", "true", key_flag, FIELD(open), .required = false },
	{ "opens", "\"2027-08-16\"", key_day, FIELD(opens_day), .most = 20 },
	{ "responsible", "\"Kristinehamns kommun\"", key_text, FIELD(responsible),
	    .required = true, .most = 160 },
	{ "privacy", "{ sv = \"...\"; }", key_template, FIELD(privacy), .most = 20000 },
	{ "accessibility", "{ sv = \"...\"; }", key_template, FIELD(accessibility),
	    .most = 20000 }
};

static int
area_unique(struct reader *reader, config_setting_t *group, const struct config_area *area)
{
	for (size_t i = 0; i < reader->config.areas_count; i++) {
		const struct config_area *other = &reader->config.areas[i];

		if (strcmp(area->code, other->code) == 0)
			return setting_fault(reader, group, "area code %s is taken by line %d; "
			    "write another code", area->code, other->line);
		if (strcmp(area->slug, other->slug) == 0)
			return setting_fault(reader, group, "slug \"%s\" is taken by line %d; "
			    "write another slug", area->slug, other->line);
		if (area->elsewhere && other->elsewhere)
			return setting_fault(reader, group, "the area of line %d is elsewhere too; "
			    "write elsewhere = true; in one of them", other->line);
	}
	return 0;
}

static int
area_settle(struct reader *reader, config_setting_t *group, struct config_area *area)
{
	if (area->open && area->opens_day != 0)
		return setting_fault(reader, group, "area %s is open and opens later; write "
		    "open = false; or remove opens", area->name);
	if (area->privacy.count == 0)
		area->privacy = reader->privacy;
	if (area->accessibility.count == 0)
		area->accessibility = reader->accessibility;
	if (area->privacy.count == 0 || area->accessibility.count == 0)
		return setting_fault(reader, group, "area %s has no %s; write it here, or once for "
		    "all areas", area->name,
		    area->privacy.count == 0 ? "privacy" : "accessibility");
	template_fill(reader, &area->privacy, area);
	template_fill(reader, &area->accessibility, area);
	return 0;
}

int
key_areas(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config *config = into;
	int length = list_length(reader, setting, key, CONFIG_AREAS_MAX);

	if (length == -1)
		return -1;
	config->areas = memory_take(reader, (size_t)length, sizeof(*config->areas));
	for (int i = 0; i < length; i++) {
		config_setting_t *group = config_setting_get_elem(setting, (unsigned)i);
		struct config_area *area = &config->areas[i];

		area->open = true;
		if (keys_read(reader, group, "area", area_keys, COUNT_OF(area_keys), area) == -1 ||
		    area_unique(reader, group, area) == -1 ||
		    area_settle(reader, group, area) == -1)
			return -1;
		area->line = (int)config_setting_source_line(group);
		config->areas_count++;
	}
	return 0;
}

/* The byte of a letter in lower case, for the ASCII letters A-Z and À-Þ in UTF-8. */
static unsigned char
folded(const char *text, size_t i)
{
	unsigned char c = (unsigned char)text[i];

	if ((c >= 'A' && c <= 'Z') ||
	    (c >= 0x80 && c <= 0x9e && i > 0 && (unsigned char)text[i - 1] == 0xc3))
		return (unsigned char)(c + 0x20);
	return c;
}

static bool
same_word(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] != '\0' && folded(a, i) == folded(b, i))
		i++;
	return a[i] == '\0' && b[i] == '\0';
}

const struct config_area *
config_area(const struct config *config, const char *word)
{
	for (size_t i = 0; i < config->areas_count; i++) {
		const struct config_area *area = &config->areas[i];

		if (strcmp(area->code, word) == 0 || same_word(area->slug, word) ||
		    same_word(area->name, word))
			return area;
	}
	return NULL;
}
