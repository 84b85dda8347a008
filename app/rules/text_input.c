/* Names, free text and language tags as people type them; case folding. */
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/base.h"
#include "rules/rules.h"

#define STROKE	0x335	/* a mark through the letter */

/*
 * Strokes are no marks to Unicode, and what Persian and Arabic write with two
 * letters is one to whoever looks for a name.
 */
static const struct { uint32_t letter, plain; } kin[] = {
	{ 0xf0, 'd' }, { 0xf8, 'o' }, { 0x111, 'd' }, { 0x127, 'h' }, { 0x131, 'i' },
	{ 0x142, 'l' }, { 0x167, 't' }, { 0x17f, 's' }, { 0x629, 0x647 }, { 0x649, 0x64a },
	{ 0x6a9, 0x643 }, { 0x6cc, 0x64a },
};

size_t
case_fold(uint32_t point, uint32_t folded[LETTER_MAX])
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
	size_t count;
	int length;

	point = uc_tolower(point);
	for (size_t i = 0; i < COUNT_OF(kin); i++) {
		if (kin[i].letter == point) {
			folded[0] = kin[i].plain;
			folded[1] = STROKE;
			return 2;
		}
	}
	length = uc_canonical_decomposition(point, parts);
	if (length < 1) {
		folded[0] = point;
		return 1;
	}
	/* A letter of two marks gives up the outer one first. */
	count = case_fold(parts[0], folded);
	for (int i = 1; i < length && count < LETTER_MAX; i++)
		folded[count++] = parts[i];
	return count;
}

bool
letter_is_mark(uint32_t point)
{
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Mn);
}

bool
letter_parts_words(uint32_t point)
{
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_Z |
	    UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Sm | UC_CATEGORY_MASK_Sc | UC_CATEGORY_MASK_Sk);
}

bool
letter_is_invisible(uint32_t point)
{
	/* An Arabic word is drawn out by the last of these. */
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Cf) || point == 0x640;
}

#define LINE_SEPARATOR		0x2028
#define PARAGRAPH_SEPARATOR	0x2029

struct span {
	uint32_t first, last;
};

/* Unicode's spaces, without those that break a line. */
static const struct span spaces[] = {
	{ ' ', ' ' }, { 0xa0, 0xa0 }, { 0x1680, 0x1680 }, { 0x2000, 0x200a },
	{ 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x3000, 0x3000 },
};

/* Takes part in a name, or fills it, without being seen. */
static const struct span invisible[] = {
	{ 0xad, 0xad }, { 0x34f, 0x34f }, { 0x61c, 0x61c }, { 0x115f, 0x1160 },
	{ 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x200b, 0x200f }, { 0x2060, 0x206f },
	{ 0x2800, 0x2800 }, { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
};

/* C0 and C1, and what turns the direction of the text after it. */
static const struct span forbidden[] = {
	{ 0x0, 0x1f }, { 0x7f, 0x9f }, { 0x202a, 0x202e }, { 0x2066, 0x2069 },
};

static bool
within(const struct span *spans, size_t count, uint32_t point)
{
	for (size_t i = 0; i < count; i++) {
		if (point <= spans[i].last)
			return point >= spans[i].first;
	}
	return false;
}

static bool
is_space(uint32_t point)
{
	return within(spaces, COUNT_OF(spaces), point);
}

static bool
is_visible(uint32_t point)
{
	return !is_space(point) && !within(invisible, COUNT_OF(invisible), point);
}

static bool
is_forbidden(uint32_t point)
{
	return within(forbidden, COUNT_OF(forbidden), point);
}

static bool
breaks_line(uint32_t point)
{
	return point == '\n' || point == LINE_SEPARATOR || point == PARAGRAPH_SEPARATOR;
}

/* What is kept of a text, as it grows. */
struct copy {
	char *to;
	size_t points, most;
	bool visible;
};

static enum fault
copy_point(struct copy *copy, const char *from, size_t length, uint32_t point)
{
	if (copy->points++ == copy->most)
		return FAULT_LONG;
	memcpy(copy->to, from, length);
	copy->to += length;
	copy->visible = copy->visible || is_visible(point);
	return FAULT_NONE;
}

/* White space is held back until something follows it, and then is one space. */
static enum fault
copy_name(struct copy *copy, const char *from)
{
	enum fault fault = FAULT_NONE;
	bool space = false, begun = false;
	uint32_t point;

	for (size_t step; *from != '\0' && fault == FAULT_NONE; from += step) {
		step = utf8_sequence(from, 4, &point);
		if (step == 0 || is_forbidden(point) || breaks_line(point))
			return FAULT_CHARACTERS;
		if (is_space(point)) {
			space = begun;
			continue;
		}
		if (space)
			fault = copy_point(copy, " ", 1, ' ');
		if (fault == FAULT_NONE)
			fault = copy_point(copy, from, step, point);
		space = false;
		begun = true;
	}
	return fault;
}

enum fault
text_input_name(const char *written, char name[NAME_MAX_CHARACTERS * 4 + 1])
{
	struct copy copy = { .to = name, .most = NAME_MAX_CHARACTERS };
	enum fault fault = copy_name(&copy, written);

	if (fault == FAULT_NONE && !copy.visible)
		fault = FAULT_MISSING;
	*(fault == FAULT_NONE ? copy.to : name) = '\0';
	return fault;
}

/* Reads one character, any line break as LF. Its length in bytes, or 0. */
static size_t
read_text_point(const char *text, uint32_t *point)
{
	size_t length = utf8_sequence(text, 4, point);

	if (length == 0)
		return 0;
	if (*point == '\r') {
		*point = '\n';
		return text[1] == '\n' ? 2 : 1;
	}
	if (breaks_line(*point))
		*point = '\n';
	return length;
}

/* Where the text ends when white space and line breaks at its end are left out. */
static const char *
trimmed_end(const char *text)
{
	const char *end = text;
	uint32_t point;

	for (size_t step; *text != '\0'; text += step) {
		step = read_text_point(text, &point);
		if (step == 0)
			step = 1;
		else if (is_space(point) || point == '\n')
			continue;
		end = text + step;
	}
	return end;
}

static enum fault
copy_text(struct copy *copy, const char *from)
{
	const char *end = trimmed_end(from);
	enum fault fault = FAULT_NONE;
	uint32_t point;
	bool begun = false;

	for (size_t step; from < end && fault == FAULT_NONE; from += step) {
		step = read_text_point(from, &point);
		if (step == 0 || (is_forbidden(point) && point != '\n'))
			return FAULT_CHARACTERS;
		if (!begun && (is_space(point) || point == '\n'))
			continue;
		begun = true;
		fault = point == '\n' ? copy_point(copy, "\n", 1, ' ') :
		    copy_point(copy, from, step, point);
	}
	return fault;
}

enum fault
text_input_text(const char *written, size_t points, char *text)
{
	struct copy copy = { .to = text, .most = points };
	enum fault fault = copy_text(&copy, written);

	if (fault == FAULT_NONE && !copy.visible)
		fault = FAULT_MISSING;
	*(fault == FAULT_NONE ? copy.to : text) = '\0';
	return fault;
}

#define LETTERS		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/*
 * RFC 5646, 2.1, without the registry: parts of 1-8 letters and digits, the
 * first of letters only; one of a single character announces an extension,
 * or after x whatever people agree on, and must be followed by it.
 */
static bool
is_language(const char *tag)
{
	bool first = true, private = false, announced = false;

	for (size_t length;; tag += length + 1) {
		bool x = *tag == 'x' || *tag == 'X';

		length = strspn(tag, LETTERS "0123456789");
		if (length == 0 || length > 8 || (announced && !private && length == 1))
			return false;
		if (first && (strspn(tag, LETTERS) != length || (length == 1 && !x)))
			return false;
		announced = length == 1 && !private;
		private = private || (announced && x);
		first = false;
		if (tag[length] != '-')
			return tag[length] == '\0' && !announced;
	}
}

enum fault
text_input_language(const char *written, char language[LANGUAGE_SIZE])
{
	size_t length = strlen(written);

	language[0] = '\0';
	if (length >= LANGUAGE_SIZE || !is_language(written))
		return FAULT_LANGUAGE;
	memcpy(language, written, length + 1);
	return FAULT_NONE;
}
