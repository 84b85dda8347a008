/* Telephone numbers as people write them. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

#define DIGITS_MAX	20	/* 00, 15 of E.164, a 0 in parentheses, and two too many */
#define E164_MIN	7
#define E164_MAX	15

struct written_number {
	char digit[DIGITS_MAX + 1];
	size_t count;
	bool plus;
};

/* The value of a decimal digit in a script of the pages' languages, or -1. */
static int
digit_value(uint32_t point)
{
	static const uint32_t zero[] = {
		'0', 0x660, 0x6f0, 0xe50, 0xff10	/* Arabic-Indic, Persian, Thai, full-width */
	};

	for (size_t i = 0; i < COUNT_OF(zero); i++) {
		if (point >= zero[i] && point <= zero[i] + 9)
			return (int)(point - zero[i]);
	}
	return -1;
}

/* Spaces, dashes, parentheses, and direction marks, which a contact card adds. */
static bool
is_separator(uint32_t point)
{
	if (point < 0x80)
		return point != 0 && strchr(" \t-./()[]", (int)point) != NULL;
	return point == 0xa0 || point == 0xad || point == 0x61c ||
	    (point >= 0x2000 && point <= 0x2015) || (point >= 0x202a && point <= 0x202f) ||
	    (point >= 0x2060 && point <= 0x2069) || point == 0x2212 || point == 0x3000 ||
	    point == 0xfeff;
}

static bool
is_plus(uint32_t point)
{
	return point == '+' || point == 0xff0b;
}

/* A character of "Tel:", "mobil" or a symbol of a telephone, in any script. */
static bool
is_word(uint32_t point)
{
	return point >= 0x80 || point == ':' || (point >= 'a' && point <= 'z') ||
	    (point >= 'A' && point <= 'Z');
}

static int
read_number(const char *written, struct written_number *number)
{
	bool begun = false;
	uint32_t point;

	for (size_t step; *written != '\0'; written += step) {
		int digit;

		step = utf8_sequence(written, 4, &point);
		if (step == 0)
			return -1;
		digit = digit_value(point);
		if (digit != -1 && number->count < DIGITS_MAX)
			number->digit[number->count++] = (char)('0' + digit);
		else if (is_plus(point) && number->count == 0 && !number->plus)
			number->plus = true;
		else if (!is_separator(point) && (begun || !is_word(point)))
			return -1;
		begun = number->plus || number->count > 0;
	}
	number->digit[number->count] = '\0';
	return 0;
}

static bool
begins(const char *text, const char *with)
{
	while (*with != '\0' && *text == *with) {
		text++;
		with++;
	}
	return *with == '\0';
}

/* Whether these are the digits of a Swedish mobile number without its first 0. */
static bool
is_mobile(const char *national)
{
	return strlen(national) == 9 && national[0] == '7' && strchr("02369", national[1]) != NULL;
}

static bool
is_swedish(const char *national)
{
	size_t length = strlen(national);

	if (national[0] == '7')
		return is_mobile(national) ||
		    (length == 9 && (national[1] == '7' || national[1] == '8'));
	if (begins(national, "900") || begins(national, "939") || begins(national, "944") ||
	    begins(national, "99"))
		return false;
	return national[0] != '0' && length >= 7 && length <= 9;
}

/* The number of digits of the country code (ITU-T E.164, assigned country codes). */
static size_t
country_length(const char *digits)
{
	static const char *const second_of_two[] = {
		['2'] = "07", ['3'] = "0123469", ['4'] = "013456789", ['5'] = "12345678",
		['6'] = "0123456", ['8'] = "12469", ['9'] = "0123458", [UINT8_MAX] = NULL
	};
	const char *second = second_of_two[(unsigned char)digits[0]];

	if (digits[0] == '1' || digits[0] == '7')
		return 1;
	return second != NULL && strchr(second, digits[1]) != NULL ? 2 : 3;
}

/* Whether the country's numbers may begin with a 0 that callers from abroad dial, too. */
static bool
keeps_zero(const char *digits)
{
	static const char *const country[] = {
		"225", "229", "241", "242", "378", "39", "881"
	};

	for (size_t i = 0; i < COUNT_OF(country); i++) {
		if (begins(digits, country[i]))
			return true;
	}
	return false;
}

static bool
is_national(const char *country, const char *national)
{
	size_t length = strlen(national);

	if (begins(country, "46"))
		return is_swedish(national);
	if (begins(country, "45") || begins(country, "47"))
		return length == 8;
	if (begins(country, "358"))
		return length >= 5 && length <= 12;
	if (begins(country, "354"))
		return length == 7 || length == 9;
	length += country_length(country);
	return length >= E164_MIN && length <= E164_MAX;
}

/* The caller has checked that both parts have at most 15 digits together. */
static int
write_e164(char e164[PHONE_MAX], const char *country, size_t country_digits,
    const char *national)
{
	e164[0] = '+';
	memcpy(e164 + 1, country, country_digits);
	memcpy(e164 + 1 + country_digits, national, strlen(national) + 1);
	return 0;
}

static int
parse_international(const char *digits, char e164[PHONE_MAX])
{
	const char *national;
	size_t country;

	if (strlen(digits) < E164_MIN || digits[0] == '0')
		return -1;
	country = country_length(digits);
	national = digits + country;
	if (national[0] == '0' && !keeps_zero(digits))
		national++;
	if ((national[0] == '0' && !keeps_zero(digits)) || !is_national(digits, national))
		return -1;
	return write_e164(e164, digits, country, national);
}

int
phone_parse(const char *written, char e164[PHONE_MAX])
{
	struct written_number number = { .count = 0 };
	const char *digits = number.digit;

	if (read_number(written, &number) == -1)
		return -1;
	if (begins(digits, "00"))
		return parse_international(digits + 2, e164);
	if (number.plus)
		return parse_international(digits, e164);
	if (digits[0] == '0' && is_swedish(digits + 1))
		return write_e164(e164, "46", 2, digits + 1);
	if (begins(digits, "46"))
		digits += begins(digits, "460") ? 3 : 2;
	if (!is_mobile(digits))
		return -1;
	return write_e164(e164, "46", 2, digits);
}

enum phone_kind
phone_kind(const char *e164)
{
	if (!begins(e164, "+46"))
		return begins(e164, "+47") ? PHONE_NORWAY : PHONE_ABROAD;
	return is_mobile(e164 + 3) ? PHONE_MOBILE : PHONE_LANDLINE;
}

const char *
phone_kind_word(enum phone_kind kind)
{
	static const char *const words[PHONE_KIND_COUNT] = {
		[PHONE_MOBILE] = "mobile", [PHONE_LANDLINE] = "landline", [PHONE_NORWAY] = "norway",
		[PHONE_ABROAD] = "abroad"
	};

	return words[kind < PHONE_KIND_COUNT ? kind : PHONE_ABROAD];
}

/* "ankn. 12", "anknytning 12", "ext 12", "x12", "#12", "växel": after a number that is right. */
static bool
has_extension(const char *written)
{
	static const char *const marks[] = {
		"ankn", "ank.", "ank ", "anknytning", "ext", "x", "#", "*", ",", ";", "växel", "vxl",
		"slå", "dahili", "تحويلة", "داخلي", "داخلی"
	};
	char before[128], e164[PHONE_MAX];

	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		const char *mark = strcasestr(written, marks[i]);
		const size_t length = mark == NULL ? 0 : (size_t)(mark - written);

		if (length == 0 || length >= sizeof(before))
			continue;
		memcpy(before, written, length);
		before[length] = '\0';
		if (phone_parse(before, e164) == 0 &&
		    strpbrk(mark + strlen(marks[i]), "0123456789") != NULL)
			return true;
	}
	return false;
}

/* Whether it parts somewhere into two numbers: "070-174 06 05 / 070-174 06 06". */
static bool
is_two(const char *written)
{
	char first[128], e164[PHONE_MAX];
	const size_t length = strlen(written);

	for (size_t i = 6; i < length && i < sizeof(first); i++) {
		memcpy(first, written, i);
		first[i] = '\0';
		if (strchr(" ,;/|oe", written[i]) != NULL && phone_parse(first, e164) == 0) {
			const char *second = written + i + strspn(written + i, " ,;/|");

			while (*second != '\0' && strchr("+0123456789", *second) == NULL)
				second++;
			if (phone_parse(second, e164) == 0)
				return true;
		}
	}
	return false;
}

/* Digits as of another country, which lack the + or 00 before them. */
static bool
is_abroad(const char *written)
{
	struct written_number number = { .count = 0 };
	char e164[PHONE_MAX];

	/* Twelve digits that begin with a century are rather a date and more. */
	return read_number(written, &number) == 0 && !number.plus && number.count >= 10 &&
	    number.digit[0] != '0' && !(number.count == 12 &&
	    (begins(number.digit, "19") || begins(number.digit, "20"))) &&
	    parse_international(number.digit, e164) == 0;
}

enum fault
phone_fault(const char *written)
{
	if (personnummer_in(written))
		return FAULT_PERSONNUMMER;
	if (is_two(written))
		return FAULT_PHONE_TWO;
	if (has_extension(written))
		return FAULT_PHONE_EXTENSION;
	return is_abroad(written) ? FAULT_PHONE_ABROAD : FAULT_PHONE;
}

/* Digits of the area code, without its 0 (PTS, the Swedish numbering plan). */
static size_t
area_length(const char *national)
{
	static const char *const two[] = {
		"10", "11", "13", "16", "18", "19", "20", "21", "23", "26", "31", "33", "35",
		"36", "40", "42", "44", "46", "54", "60", "63", "70", "72", "73", "76", "79", "90"
	};

	if (national[0] == '8')
		return 1;
	for (size_t i = 0; i < COUNT_OF(two); i++) {
		if (begins(national, two[i]))
			return 2;
	}
	return 3;
}

/* Writes digits in pairs; an odd number of them begins with three. */
static void
group_digits(char *to, const char *digits)
{
	size_t length = strlen(digits), group = length % 2 == 1 && length > 1 ? 3 : 2;

	for (size_t i = 0, start = 0; i < length; i++) {
		if (i == start + group) {
			*to++ = ' ';
			start = i;
			group = 2;
		}
		*to++ = digits[i];
	}
	*to = '\0';
}

static void
show_swedish(char *to, const char *national)
{
	size_t area = area_length(national);
	const char *rest = national + area;

	to += sprintf(to, "0%.*s-", (int)area, national);
	if (strlen(rest) == 8) {
		to += sprintf(to, "%.3s ", rest);
		rest += 3;
	}
	group_digits(to, rest);
}

void
phone_show(const char *e164, char shown[PHONE_SHOWN])
{
	size_t length = strlen(e164), country;

	if (e164[0] != '+' || length < 1 + E164_MIN || length > 1 + E164_MAX) {
		(void)snprintf(shown, PHONE_SHOWN, "%s", e164);
	} else if (begins(e164, "+46") && is_swedish(e164 + 3)) {
		show_swedish(shown, e164 + 3);
	} else {
		country = country_length(e164 + 1);
		shown += sprintf(shown, "+%.*s ", (int)country, e164 + 1);
		group_digits(shown, e164 + 1 + country);
	}
}

void
phone_tel(const char *number, char tel[PHONE_TEL])
{
	char e164[PHONE_MAX];
	size_t length = 4;

	memcpy(tel, "tel:", 5);
	if (phone_parse(number, e164) == 0) {
		memcpy(tel + 4, e164, strlen(e164) + 1);
		return;
	}
	/* 112, 1177 and 90101 have no E.164 form; a telephone dials them as they stand. */
	for (; *number != '\0' && length < PHONE_TEL - 1; number++) {
		if (*number >= '0' && *number <= '9')
			tel[length++] = *number;
	}
	tel[length] = '\0';
}
