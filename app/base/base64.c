#include "base/base.h"

void
base64_encode(struct buffer *out, const void *bytes, size_t length)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	const unsigned char *byte = bytes;

	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		unsigned group = (unsigned)byte[i] << 16 |
		    (left > 1 ? (unsigned)byte[i + 1] << 8 : 0) |
		    (left > 2 ? byte[i + 2] : 0);
		char four[4] = {
			digits[group >> 18], digits[group >> 12 & 63],
			digits[left > 1 ? group >> 6 & 63 : 64], digits[left > 2 ? group & 63 : 64]
		};

		buffer_add(out, four, sizeof(four));
	}
}
