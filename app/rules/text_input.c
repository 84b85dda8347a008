/* Names, free text and language tags as people type them; case folding. */
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/base.h"
#include "rules/rules.h"

#define STROKE	0x335	/* stands for a stroke through the letter */

/*
 * Letters that Unicode does not decompose: letters with a stroke, and letters that
 * Persian or Arabic writes in two ways. A search treats them as a plain letter with a
 * mark.
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
	/* A letter with two marks decomposes in two steps, the outer mark first. */
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
	/* U+0640 makes an Arabic word longer in print and has no sound. */
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Cf) || point == 0x640;
}

#define LINE_SEPARATOR		0x2028
#define PARAGRAPH_SEPARATOR	0x2029

struct span {
	uint32_t first, last;
};

/* The spaces of Unicode, except those that break a line. */
static const struct span spaces[] = {
	{ ' ', ' ' }, { 0xa0, 0xa0 }, { 0x1680, 0x1680 }, { 0x2000, 0x200a },
	{ 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x3000, 0x3000 },
};

/* Characters that have no visible form of their own. */
static const struct span invisible[] = {
	{ 0xad, 0xad }, { 0x34f, 0x34f }, { 0x61c, 0x61c }, { 0x115f, 0x1160 },
	{ 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x200b, 0x200f }, { 0x2060, 0x206f },
	{ 0x2800, 0x2800 }, { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
};

/* The control characters C0 and C1, and those that override the direction of text. */
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

/* The copy of a text while it is made. */
struct copy {
	char *to;			/* the next byte goes here */
	size_t points, most;
	bool visible;			/* it has a visible character */
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

/* Spaces are written as one space, and only when a character follows them. */
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

/* Reads one character; any line break becomes LF. Returns its length in bytes, or 0. */
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

/* The end of the text without the spaces and line breaks that stand last. */
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
 * Whether the tag has the form of RFC 5646, 2.1; the registry is not asked. A tag has
 * parts of 1-8 letters and digits, the first of letters only. A part of one character
 * announces an extension, or after x a private part, and another part must follow it.
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
