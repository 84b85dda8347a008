/* Counts the segments of a text message. */
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
sms_segments_count(const char *text, struct parts *parts)
{
	int units = 0, sevens = 0, single, each;
	uint32_t point;

	*parts = (struct parts){ 0 };
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
