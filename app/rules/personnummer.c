/* Swedish personal identity numbers, which nobody is asked for. */
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

#define COORDINATION	60	/* is added to the day of a samordningsnummer */
#define SHORT_DATE	6
#define LONG_DATE	8
#define SERIAL		4

#define GROUPS		4	/* "1997-01-01-2392" */

/* The digits of the groups that end where the reading stands. */
struct groups {
	char digit[LONG_DATE + SERIAL + 1];
	size_t count;
	size_t size[GROUPS];
	size_t groups;
	bool abroad;		/* a plus stands before them */
};

static int
digit_of(uint32_t point)
{
	int digit = -1;

	if (point >= '0' && point <= '9')
		digit = (int)(point - '0');
	else if (point >= 0xff10 && point <= 0xff19)
		digit = (int)(point - 0xff10);
	else if (point >= 0x660 && point <= 0x669)
		digit = (int)(point - 0x660);
	else if (point >= 0x6f0 && point <= 0x6f9)
		digit = (int)(point - 0x6f0);
	return digit;
}

static bool
is_hyphen(uint32_t point)
{
	return point == '-' || point == '+' || point == ' ' || point == 0xa0 || point == 0xad ||
	    (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

/* Year 0 is any century. */
static bool
is_date(int year, int month, int day)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (day > COORDINATION)
		day -= COORDINATION;
	if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
		return false;
	/* The 29th of February: 00 is 2000. */
	return month != 2 || day < 29 ||
	    (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0 || year < 100));
}

static int
number(const char *digits, size_t count)
{
	int value = 0;

	while (count-- > 0)
		value = value * 10 + *digits++ - '0';
	return value;
}

/* SKV 704: each other digit doubled, its digits added; ten of them make a multiple of ten. */
static bool
is_checked(const char *ten)
{
	int sum = 0;

	for (int i = 0; i < SHORT_DATE + SERIAL; i++) {
		const int value = (ten[i] - '0') * (i % 2 == 0 ? 2 : 1);

		sum += value / 10 + value % 10;
	}
	return sum % 10 == 0;
}

/* Whatever parts them, ten digits that begin as a mobile number does and lack its hyphen. */
static bool
is_mobile(const struct groups *groups)
{
	return groups->count == SHORT_DATE + SERIAL && groups->digit[0] == '0' &&
	    groups->digit[1] == '7' && strchr("02369", groups->digit[2]) != NULL &&
	    !(groups->groups == 2 && groups->size[0] == SHORT_DATE);
}

/* All digits, with a date's parts and the serial apart or not. */
static bool
is_personnummer(const struct groups *groups)
{
	static const size_t shapes[][GROUPS] = {
		{ 10 }, { 12 }, { 6, 4 }, { 8, 4 }, { 2, 2, 2, 4 }, { 4, 2, 2, 4 }
	};
	const size_t century = groups->count == LONG_DATE + SERIAL ? 2 : 0;
	const char *ten = groups->digit + century;
	const int prefix = number(groups->digit, century);
	bool shaped = false;

	for (size_t i = 0; i < COUNT_OF(shapes); i++)
		shaped = shaped || memcmp(shapes[i], groups->size, sizeof(shapes[i])) == 0;
	if (!shaped || groups->abroad || is_mobile(groups))
		return false;
	if (century != 0 && (prefix < 18 || prefix > 20))
		return false;
	return is_date(century != 0 ? number(groups->digit, 4) : number(ten, 2),
	    number(ten + 2, 2), number(ten + 4, 2)) && is_checked(ten);
}

/* Whether some of the last groups together are one. */
static bool
ends_in_one(const struct groups *groups)
{
	for (size_t first = 0; first < groups->groups; first++) {
		struct groups last = { .abroad = groups->abroad };
		size_t skipped = 0;

		for (size_t i = 0; i < first; i++)
			skipped += groups->size[i];
		last.count = groups->count - skipped;
		last.groups = groups->groups - first;
		memcpy(last.digit, groups->digit + skipped, last.count);
		memcpy(last.size, groups->size + first, last.groups * sizeof(last.size[0]));
		if (is_personnummer(&last))
			return true;
	}
	return false;
}

/* Makes room for a group of so many digits by forgetting the first ones. */
static void
make_room(struct groups *groups, size_t length)
{
	while (groups->groups > 0 && (groups->groups == GROUPS ||
	    groups->count + length > LONG_DATE + SERIAL)) {
		groups->count -= groups->size[0];
		memmove(groups->digit, groups->digit + groups->size[0], groups->count);
		groups->groups--;
		memmove(groups->size, groups->size + 1, groups->groups * sizeof(groups->size[0]));
	}
}

static void
add_group(struct groups *groups, const char *digits, size_t length)
{
	make_room(groups, length);
	memcpy(groups->digit + groups->count, digits, length);
	groups->count += length;
	groups->size[groups->groups++] = length;
}

/* Reads a group to its end; what is too long for one is cut, and none. */
static const char *
read_group(const char *text, char digits[LONG_DATE + SERIAL], size_t *length)
{
	uint32_t point;
	size_t step;

	*length = 0;
	while ((step = utf8_sequence(text, 4, &point)) != 0 && digit_of(point) != -1) {
		if (*length < LONG_DATE + SERIAL)
			digits[*length] = (char)('0' + digit_of(point));
		(*length)++;
		text += step;
	}
	return text;
}

bool
personnummer_in(const char *text)
{
	struct groups groups = { .count = 0 };
	char digits[LONG_DATE + SERIAL];
	size_t length, step;
	uint32_t point;

	for (; *text != '\0'; text += step) {
		step = utf8_sequence(text, 4, &point);
		if (step == 0)
			return false;
		if (digit_of(point) != -1) {
			text = read_group(text, digits, &length);
			step = 0;
			if (length > sizeof(digits))
				memset(&groups, 0, sizeof(groups));
			else
				add_group(&groups, digits, length);
			if (ends_in_one(&groups))
				return true;
		} else if (!is_hyphen(point) || (point == '+' && groups.groups == 0)) {
			memset(&groups, 0, sizeof(groups));
			groups.abroad = point == '+';
		}
	}
	return false;
}
