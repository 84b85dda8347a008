#include <string.h>

#include "referral/referral.h"

#define CODE_LENGTH	(CODE_SIZE - 1)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Times x in GF(32). */
static unsigned
field_double(unsigned element)
{
	element <<= 1;
	return (element & 32) != 0 ? element ^ 0x25 : element;
}

/* The sum of x^i * c_i for c_1 ... c_5, by Horner's rule. */
static unsigned
check_value(const unsigned value[CODE_LENGTH - 1])
{
	unsigned sum = 0;

	for (int i = CODE_LENGTH - 2; i >= 0; i--)
		sum = field_double(sum ^ value[i]);
	return sum;
}

void
code_make(uint32_t random25, char code[CODE_SIZE])
{
	unsigned value[CODE_LENGTH - 1];

	for (int i = 0; i < CODE_LENGTH - 1; i++) {
		value[i] = random25 >> (20 - 5 * i) & 31;
		code[i] = alphabet[value[i]];
	}
	code[CODE_LENGTH - 1] = alphabet[check_value(value)];
	code[CODE_LENGTH] = '\0';
}

/* The value of a character as people read it, or -1. */
static int
read_character(char c)
{
	const char *place;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		c = '1';
	if (c == 'O')
		c = '0';
	place = c == '\0' ? NULL : strchr(alphabet, c);
	return place == NULL ? -1 : (int)(place - alphabet);
}

int
code_parse(const char *written, char code[CODE_SIZE])
{
	unsigned value[CODE_LENGTH];
	int count = 0;

	for (; *written != '\0'; written++) {
		int read;

		if (*written == ' ' || *written == '-')
			continue;
		read = read_character(*written);
		if (read == -1 || count == CODE_LENGTH)
			return -1;
		value[count++] = (unsigned)read;
	}
	if (count != CODE_LENGTH || value[CODE_LENGTH - 1] != check_value(value))
		return -1;
	for (int i = 0; i < CODE_LENGTH; i++)
		code[i] = alphabet[value[i]];
	code[CODE_LENGTH] = '\0';
	return 0;
}
