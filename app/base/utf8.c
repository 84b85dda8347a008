#include "base/base.h"

/* Shortest form, no surrogates, nothing above U+10FFFF (RFC 3629). */
size_t
utf8_sequence(const char *text, size_t left, uint32_t *code_point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *byte = (const unsigned char *)text;
	uint32_t point;
	size_t length;

	if (left == 0)
		return 0;
	if (byte[0] < 0x80) {
		*code_point = byte[0];
		return 1;
	}
	length = byte[0] >= 0xf0 ? 4 : byte[0] >= 0xe0 ? 3 : 2;
	if (byte[0] < 0xc2 || byte[0] > 0xf4 || left < length)
		return 0;
	point = byte[0] & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (byte[i] & 0x3f);
	}
	if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
		return 0;
	*code_point = point;
	return length;
}

bool
utf8_valid(const char *text, size_t length)
{
	uint32_t code_point;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_sequence(text + i, length - i, &code_point);
		if (step == 0)
			return false;
	}
	return true;
}

size_t
utf8_count(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}
