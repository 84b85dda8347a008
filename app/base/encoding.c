/* Reads the bytes of a file as text, in the encodings in which spreadsheets write a list. */
#include <string.h>

#include "base/base.h"

#define UNKNOWN		0xfffd		/* stands for a byte without a character */
#define HIGH_FIRST	0xd800		/* of the surrogates of UTF-16 */
#define LOW_FIRST	0xdc00
#define LOW_LAST	0xdfff

/* From 0x80; above 0x9f the bytes are those of Latin-1. */
static const uint16_t windows_1252[32] = {
	0x20ac, UNKNOWN, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x2c6, 0x2030, 0x160, 0x2039, 0x152, UNKNOWN, 0x17d, UNKNOWN,
	UNKNOWN, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x2dc, 0x2122, 0x161, 0x203a, 0x153, UNKNOWN, 0x17e, 0x178,
};

/* From 0x80. */
static const uint16_t mac_roman[128] = {
	0xc4, 0xc5, 0xc7, 0xc9, 0xd1, 0xd6, 0xdc, 0xe1,
	0xe0, 0xe2, 0xe4, 0xe3, 0xe5, 0xe7, 0xe9, 0xe8,
	0xea, 0xeb, 0xed, 0xec, 0xee, 0xef, 0xf1, 0xf3,
	0xf2, 0xf4, 0xf6, 0xf5, 0xfa, 0xf9, 0xfb, 0xfc,
	0x2020, 0xb0, 0xa2, 0xa3, 0xa7, 0x2022, 0xb6, 0xdf,
	0xae, 0xa9, 0x2122, 0xb4, 0xa8, 0x2260, 0xc6, 0xd8,
	0x221e, 0xb1, 0x2264, 0x2265, 0xa5, 0xb5, 0x2202, 0x2211,
	0x220f, 0x3c0, 0x222b, 0xaa, 0xba, 0x3a9, 0xe6, 0xf8,
	0xbf, 0xa1, 0xac, 0x221a, 0x192, 0x2248, 0x2206, 0xab,
	0xbb, 0x2026, 0xa0, 0xc0, 0xc3, 0xd5, 0x152, 0x153,
	0x2013, 0x2014, 0x201c, 0x201d, 0x2018, 0x2019, 0xf7, 0x25ca,
	0xff, 0x178, 0x2044, 0x20ac, 0x2039, 0x203a, 0xfb01, 0xfb02,
	0x2021, 0xb7, 0x201a, 0x201e, 0x2030, 0xc2, 0xca, 0xc1,
	0xcb, 0xc8, 0xcd, 0xce, 0xcf, 0xcc, 0xd3, 0xd4,
	0xf8ff, 0xd2, 0xda, 0xdb, 0xd9, 0x131, 0x2c6, 0x2dc,
	0xaf, 0x2d8, 0x2d9, 0x2da, 0xb8, 0x2dd, 0x2db, 0x2c7,
};

static uint32_t
point_of(enum text_encoding encoding, char c)
{
	const unsigned byte = (unsigned char)c;

	if (byte < 0x80)
		return byte;
	if (encoding == ENCODING_MAC_ROMAN)
		return mac_roman[byte - 0x80];
	return byte < 0x80 + COUNT_OF(windows_1252) ? windows_1252[byte - 0x80] : byte;
}

/* Of a code point that UTF-8 can have. */
static void
add_point(struct buffer *out, uint32_t point)
{
	static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	const size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
	char bytes[4];

	bytes[0] = (char)point;
	for (size_t i = length - 1; i > 0; i--, point >>= 6)
		bytes[i] = (char)(0x80 | (point & 0x3f));
	if (length > 1)
		bytes[0] = (char)(marks[length] | point);
	buffer_add(out, bytes, length);
}

static bool
is_swedish(uint32_t point)
{
	static const uint16_t letters[] = { 0xc4, 0xc5, 0xc9, 0xd6, 0xdc, 0xe4, 0xe5, 0xe9, 0xf6, 0xfc };

	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		if (point == letters[i])
			return true;
	}
	return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}

/* What stands in lists of places beside letters: no-break space, section, half, dashes, quotes. */
static bool
is_mark(uint32_t point)
{
	return point == 0xa0 || point == 0xa7 || point == 0xbd || point == 0xb7 || point == 0xb4 ||
	    (point >= 0x2013 && point <= 0x201d) || point == 0x2022 || point == 0x2026;
}

/* How well the bytes read in that encoding: the letters of Swedish words count most. */
static int
weigh(enum text_encoding encoding, const char *bytes, size_t length)
{
	int weight = 0;

	for (size_t i = 0; i < length; i++) {
		const uint32_t point = point_of(encoding, bytes[i]);

		if ((unsigned char)bytes[i] < 0x80)
			continue;
		if (is_swedish(point))
			weight += 4 * ((i > 0 && is_swedish(point_of(encoding, bytes[i - 1]))) ||
			    (i + 1 < length && is_swedish(point_of(encoding, bytes[i + 1]))));
		else if (point == UNKNOWN)
			weight -= 4;
		else
			weight += is_mark(point);
	}
	return weight;
}

/* Adds text in UTF-16 after its mark; false: it is none. */
static bool
add_utf16(struct buffer *out, const char *text, size_t length, bool big)
{
	const unsigned char *bytes = (const unsigned char *)text;
	uint32_t high = 0;

	if (length % 2 != 0)
		return false;
	for (size_t i = 0; i < length; i += 2) {
		const uint32_t unit = (uint32_t)bytes[i + !big] << 8 | bytes[i + big];
		const bool low = unit >= LOW_FIRST && unit <= LOW_LAST;

		if (unit == 0 || low != (high != 0))
			return false;
		if (unit >= HIGH_FIRST && unit < LOW_FIRST) {
			high = unit;
			continue;
		}
		add_point(out, low ? 0x10000 + ((high - HIGH_FIRST) << 10) + (unit - LOW_FIRST) :
		    unit);
		high = 0;
	}
	return high == 0;
}

enum text_encoding
text_decode(const char *bytes, size_t length, struct buffer *out)
{
	const size_t start = out->length;
	enum text_encoding encoding = ENCODING_WINDOWS_1252;

	if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
		if (add_utf16(out, bytes + 2, length - 2, bytes[0] == '\xfe'))
			return ENCODING_UTF_16;
		out->length = start;
		return ENCODING_UNREADABLE;
	}
	if (memchr(bytes, '\0', length) != NULL)
		return ENCODING_UNREADABLE;
	if (utf8_valid(bytes, length)) {
		buffer_add(out, bytes, length);
		return ENCODING_UTF_8;
	}
	if (weigh(ENCODING_MAC_ROMAN, bytes, length) > weigh(ENCODING_WINDOWS_1252, bytes, length))
		encoding = ENCODING_MAC_ROMAN;
	for (size_t i = 0; i < length; i++)
		add_point(out, point_of(encoding, bytes[i]));
	return encoding;
}
