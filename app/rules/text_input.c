/* Names, free text and language tags as people type them; case folding. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/base.h"
#include "rules/rules.h"

#define STROKE	0x335	/* stands for a stroke through the letter */

/* Of the days that staff write. */
#define FIRST_YEAR	2000
#define LAST_YEAR	2199

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
letter_is_alphanumeric(uint32_t point)
{
	return uc_is_alnum(point);
}

bool
letter_is_invisible(uint32_t point)
{
	/* An Arabic word is drawn out by the last of these. */
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Cf) || point == 0x640;
}

/* Spaces are written as one space, and only when a character follows them. */
static enum fault
copy_clean(const char *written, enum typed_kind kind, size_t points, char *text)
{
	struct buffer clean = { 0 };
	enum fault fault = typed_clean(written, kind, &clean);

	text[0] = '\0';
	if (fault == FAULT_NONE && utf8_count(clean.data) > points)
		fault = FAULT_LONG;
	/* Here for every text that the service keeps: nobody is asked for one. */
	if (fault == FAULT_NONE && personnummer_in(clean.data))
		fault = FAULT_PERSONNUMMER;
	if (fault == FAULT_NONE)
		memcpy(text, clean.data, clean.length + 1);
	buffer_wipe(&clean);
	return fault;
}

enum fault
text_input_line(const char *written, size_t points, char *line)
{
	return copy_clean(written, TYPED_LINE, points, line);
}

enum fault
text_input_name(const char *written, char name[NAME_MAX_CHARACTERS * 4 + 1])
{
	return copy_clean(written, TYPED_LINE, NAME_MAX_CHARACTERS, name);
}

enum fault
text_input_text(const char *written, size_t points, char *text)
{
	return copy_clean(written, TYPED_TEXT, points, text);
}

/* Reads a date that exists, of any year. */
static int
read_day(const char *written, int32_t *day)
{
	struct buffer clean = { 0 };
	int result = -1;

	if (typed_clean(written, TYPED_LINE, &clean) == FAULT_NONE) {
		/* In one go, where the browser has no field for dates. */
		if (clean.length == 8 && strspn(clean.data, "0123456789") == 8) {
			char text[11];

			(void)snprintf(text, sizeof(text), "%.4s-%.2s-%.2s", clean.data, clean.data + 4,
			    clean.data + 6);
			result = day_parse(text, day);
		} else {
			result = day_parse(clean.data, day);
		}
	}
	buffer_wipe(&clean);
	return result;
}

static bool
is_meant(int32_t day)
{
	return day >= day_from_date(FIRST_YEAR, 1, 1) && day < day_from_date(LAST_YEAR + 1, 1, 1);
}

int
text_input_day(const char *written, int32_t *day)
{
	int32_t read;

	if (read_day(written, &read) != 0 || !is_meant(read))
		return -1;
	*day = read;
	return 0;
}

int
text_input_odd_year(const char *written)
{
	const size_t digits = strspn(written, "0123456789");
	int year = 0, month, date;
	int32_t day;

	/* A browser's year may have six digits. */
	if ((digits == 5 || digits == 6) && written[digits] == '-')
		return atoi(written);
	if (read_day(written, &day) == 0 && !is_meant(day))
		day_to_date(day, &year, &month, &date);
	return year;
}

/* The place of a letter in the Swedish alphabet: å, ä and ö are the last, and é is e. */
static int
letter_rank(const char **at)
{
	static const struct { const char *letter; int rank; } others[] = {
		{ "å", 'z' + 1 }, { "Å", 'z' + 1 }, { "ä", 'z' + 2 }, { "Ä", 'z' + 2 },
		{ "ö", 'z' + 3 }, { "Ö", 'z' + 3 }, { "é", 'e' }, { "É", 'e' }
	};
	unsigned char c = (unsigned char)**at;

	for (size_t i = 0; i < COUNT_OF(others); i++) {
		if (strncmp(*at, others[i].letter, 2) == 0) {
			*at += 2;
			return others[i].rank;
		}
	}
	if (c != '\0')
		(*at)++;
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

int
swedish_order(const char *one, const char *other)
{
	int x, y;

	do {
		x = letter_rank(&one);
		y = letter_rank(&other);
	} while (x == y && x != '\0');
	return x - y;
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

int
text_input_clock(const char *written, int *minute)
{
	int hour, minutes, end = 0;

	if (sscanf(written, "%2d:%2d%n", &hour, &minutes, &end) != 2 || end != 5 ||
	    (written[end] != '\0' && written[end] != ':') || hour < 0 || hour > 23 ||
	    minutes < 0 || minutes > 59)
		return -1;
	*minute = hour * 60 + minutes;
	return 0;
}
