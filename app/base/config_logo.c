#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/config_read.h"

#define LOGO_MOST	3072	/* the form with its logo is one round trip: 14 kB */

/* An attribute such as onload=, at the `on` that begins a word. */
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

/* href="..." to anything but a part of the drawing itself. */
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

/* What an SVG holds that a drawing need not, or NULL. */
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
	if (buffer_read_file(&file, buffer_string(&path), LOGO_MOST, &error) == -1)
		result = setting_fault(reader, setting, "logo %s; write the path of a drawing of "
		    "at most %d bytes", error.text, LOGO_MOST);
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
