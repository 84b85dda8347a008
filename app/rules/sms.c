/* Counts the segments of a text message, and finds a name in it. */
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

/* The code points of GSM 03.38, 6.2.1, except letters, digits and the escape. */
static const uint32_t alphabet[] = {
	'@', 0xa3, '$', 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7, '\n', 0xd8, 0xf8, '\r', 0xc5, 0xe5,
	0x394, '_', 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf,
	0xc9, ' ', '!', '"', '#', 0xa4, '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
	':', ';', '<', '=', '>', '?', 0xa1, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 0xe4, 0xf6, 0xf1,
	0xfc, 0xe0
};

/* The code points of GSM 03.38, 6.2.1.1, each written as an escape and one more septet. */
static const uint32_t extension[] = {
	'\f', '^', '{', '}', '\\', '[', '~', ']', '|', 0x20ac
};

static bool
among(const uint32_t *points, size_t count, uint32_t point)
{
	for (size_t i = 0; i < count; i++)
		if (points[i] == point)
			return true;
	return false;
}

/* The septets of a character; 0 when the alphabet lacks it. */
static int
septets(uint32_t point)
{
	if ((point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
	    (point >= 'a' && point <= 'z') || among(alphabet, COUNT_OF(alphabet), point))
		return 1;
	return among(extension, COUNT_OF(extension), point) ? 2 : 0;
}

static int
utf16_units(uint32_t point)
{
	return point > 0xffff ? 2 : 1;
}

/*
 * The number of segments of `room` units, when no character is split between two; *left
 * becomes the number of units that are free in the last one.
 */
static int
split(const char *text, int (*size)(uint32_t), int room, int *left)
{
	int count = 1;
	uint32_t point;

	*left = room;
	for (size_t at = 0, step, length = strlen(text); at < length; at += step) {
		step = utf8_sequence(text + at, length - at, &point);
		if (size(point) > *left) {
			count++;
			*left = room;
		}
		*left -= size(point);
	}
	return count;
}

void
sms_segments_count(const char *text, struct sms_segments *parts)
{
	int units = 0, sevens = 0, single, each;
	uint32_t point;

	*parts = (struct sms_segments){ 0 };
	for (size_t at = 0, step, length = strlen(text); at < length; at += step) {
		step = utf8_sequence(text + at, length - at, &point);
		units += utf16_units(point);
		sevens += septets(point);
		if (septets(point) == 0)
			parts->unicode = true;
	}
	single = parts->unicode ? 70 : 160;
	each = parts->unicode ? 67 : 153;
	parts->units = parts->unicode ? units : sevens;
	parts->left = single - parts->units;
	if (parts->units == 0)
		return;
	parts->count = 1;
	if (parts->units > single)
		parts->count = split(text, parts->unicode ? utf16_units : septets, each,
		    &parts->left);
}

/* The next word at or after `at`, and its length in bytes and letters; NULL when there is none. */
static const char *
next_word(const char *at, size_t *bytes, size_t *letters)
{
	const char *start = NULL;
	uint32_t point, folded[LETTER_MAX];

	*bytes = *letters = 0;
	for (size_t step; *at != '\0'; at += step) {
		bool letter;

		step = utf8_sequence(at, strlen(at), &point);
		if (step == 0)
			return start;
		/* Beyond ASCII everything but spaces and quotation marks is part of a word. */
		letter = point < 0x80 ? (point >= '0' && point <= '9') ||
		    ((point | 0x20) >= 'a' && (point | 0x20) <= 'z') :
		    !letter_is_invisible(point) && !(point >= 0x2000 && point < 0x2070) &&
		    point != 0xa0 && point != 0xab && point != 0xbb &&
		    case_fold(point, folded) > 0;
		if (!letter && start != NULL)
			return start;
		if (!letter)
			continue;
		if (start == NULL)
			start = at;
		*bytes += step;
		++*letters;
	}
	return start;
}

/* Whether text begins with the word, in any case. */
static bool
begins_with(const char *text, const char *word, size_t bytes)
{
	uint32_t ours[LETTER_MAX], theirs[LETTER_MAX], a, b;

	for (size_t at = 0, in_text = 0, step; at < bytes; at += step) {
		size_t count;

		step = utf8_sequence(word + at, bytes - at, &a);
		count = utf8_sequence(text + in_text, strlen(text + in_text), &b);
		if (step == 0 || count == 0)
			return false;
		in_text += count;
		count = case_fold(a, ours);
		if (case_fold(b, theirs) != count ||
		    memcmp(ours, theirs, count * sizeof(*ours)) != 0)
			return false;
	}
	return true;
}

static bool
is_capital(const char *word)
{
	uint32_t point = 0;

	(void)utf8_sequence(word, strlen(word), &point);
	return (point >= 'A' && point <= 'Z') || (point >= 0xc0 && point <= 0xde);
}

bool
text_names(const char *text, const char *name, char *word)
{
	size_t bytes, letters, found, ignored;
	const char *of_name, *of_text;

	for (; (of_name = next_word(name, &bytes, &letters)) != NULL; name = of_name + bytes) {
		if (letters < 3 || !is_capital(of_name))
			continue;
		for (const char *at = text; (of_text = next_word(at, &found, &ignored)) != NULL;
		    at = of_text + found) {
			if (!begins_with(of_text, of_name, bytes))
				continue;
			memcpy(word, of_text, found);
			word[found] = '\0';
			return true;
		}
	}
	return false;
}
