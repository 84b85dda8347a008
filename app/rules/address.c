/* Printed addresses as they arrive after chats, sentences and copying by hand. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "config/config.h"
#include "rules/codes.h"
#include "rules/rules.h"

#define ADDRESS_MAX	256
#define CODE_LETTERS	(CODE_SIZE - 1)
#define ENDS		" ;,:?&!\"'<>()[]{}|*_~^`#="	/* where a sentence goes on */

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* In place; false when a NUL would be in it. A % that begins nothing stands for itself. */
static bool
decode(char *text)
{
	char *to = text;

	for (const char *from = text; *from != '\0'; from++) {
		const int high = *from == '%' ? hex_value(from[1]) : -1;
		const int low = high == -1 ? -1 : hex_value(from[2]);

		*to = *from;
		if (low != -1) {
			*to = (char)(high << 4 | low);
			from += 2;
		}
		if (*to == '\0')
			return false;
		to++;
	}
	*to = '\0';
	return true;
}

/* Text that is not UTF-8 is Latin-1, as old programs encode addresses. */
static void
to_utf8(const char *text, char *utf8)
{
	const bool is = utf8_valid(text, strlen(text));

	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (is || c < 0x80) {
			*utf8++ = *text;
		} else {
			*utf8++ = (char)(0xc0 | c >> 6);
			*utf8++ = (char)(0x80 | (c & 0x3f));
		}
	}
	*utf8 = '\0';
}

/* The plain small letters and digits of a text. False when there are none. */
static bool
plain_letters(const char *text, size_t length, char plain[ADDRESS_MAX])
{
	uint32_t folded[LETTER_MAX], point;
	size_t count = 0;

	for (size_t at = 0, step; at < length; at += step) {
		step = utf8_sequence(text + at, length - at, &point);
		if (step == 0)
			return false;
		(void)case_fold(point, folded);
		if (!letter_is_alphanumeric(folded[0]))
			continue;
		if (folded[0] >= 0x80 || count == ADDRESS_MAX - 1)
			return false;
		plain[count++] = (char)folded[0];
	}
	plain[count] = '\0';
	return count > 0;
}

/* "Kristinehamn", "Kristinehamns kommun". */
static bool
is_name(const char *plain, const char *name)
{
	char other[ADDRESS_MAX];
	size_t length;

	if (!plain_letters(name, strlen(name), other))
		return false;
	length = strlen(other);
	if (strncmp(plain, other, length) != 0)
		return false;
	plain += length;
	return *plain == '\0' || strcmp(plain, "kommun") == 0 || strcmp(plain, "skommun") == 0;
}

static const struct config_area *
area_named(const struct config *config, const char *text, size_t length)
{
	char plain[ADDRESS_MAX];

	if (!plain_letters(text, length, plain))
		return NULL;
	for (size_t i = 0; i < config->areas_count; i++) {
		const struct config_area *area = &config->areas[i];

		if (is_name(plain, area->slug) || is_name(plain, area->name) ||
		    strcmp(plain, area->code) == 0)
			return area;
	}
	return NULL;
}

/* Six letters, with spaces and hyphens between them or not; no seventh may follow at once. */
static bool
read_code(const char *text, size_t length, char code[CODE_SIZE])
{
	char letters[CODE_SIZE] = "";
	size_t count = 0, at = 0;
	uint32_t point;

	for (size_t step; at < length; at += step) {
		step = utf8_sequence(text + at, length - at, &point);
		if (step == 0)
			return false;
		if (letter_is_alphanumeric(point))
			break;
	}
	for (; at < length && count < CODE_LETTERS; at++) {
		if (text[at] == ' ' || text[at] == '-')
			continue;
		if ((unsigned char)text[at] >= 0x80 || !letter_is_alphanumeric((uint32_t)text[at]))
			return false;
		letters[count++] = text[at];
	}
	if (at < length && (unsigned char)text[at] < 0x80 && letter_is_alphanumeric((uint32_t)text[at]))
		return false;
	return count == CODE_LETTERS && code_parse(letters, code) == 0;
}

/* The page of an area that the rest of the path names, or its form. */
static const char *
page_named(const char *text, size_t length)
{
	static const char *const pages[] = { "personuppgifter", "tillganglighet" };
	char plain[ADDRESS_MAX];

	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		if (plain_letters(text, length, plain) && strcmp(plain, pages[i]) == 0)
			return pages[i];
	}
	return NULL;
}

/* "lang=ar" after a ? or & that was encoded too. */
static void
read_language(const char *text, char language[LANGUAGE_SIZE])
{
	const char *at = strcasestr(text, "lang=");
	char tag[LANGUAGE_SIZE];
	size_t length;

	if (at == NULL || at == text || strchr("?&", at[-1]) == NULL)
		return;
	length = strspn(at + 5, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");
	if (length == 0 || length >= sizeof(tag))
		return;
	memcpy(tag, at + 5, length);
	tag[length] = '\0';
	(void)text_input_language(tag, language);
}

/* The next piece between slashes that is not empty; its length, 0 at the end. */
static size_t
next_piece(const char **at)
{
	*at += strspn(*at, "/\\ ");
	return strcspn(*at, "/\\");
}

static void
read_pieces(const char *text, const struct config *config, struct carried_address *address)
{
	const char *at = text;
	size_t length = next_piece(&at);
	char plain[ADDRESS_MAX];

	if (length == 0)
		return;
	if (plain_letters(at, length, plain) && strcmp(plain, "q") == 0) {
		at += length;
		length = next_piece(&at);
		if (length == 0 || !read_code(at, length, address->code))
			return;
		at += length;
		length = next_piece(&at);
		if (length == 0 || !plain_letters(at, length, plain))
			address->kind = ADDRESS_CODE;
		return;
	}
	address->area = area_named(config, at, length);
	if (address->area == NULL)
		address->area = area_named(config, at, strcspn(at, ENDS "/\\"));
	if (address->area == NULL)
		return;
	at += length;
	length = next_piece(&at);
	if (length > 0 && plain_letters(at, length, plain)) {
		address->page = page_named(at, length);
		if (address->page == NULL)
			return;
	}
	address->kind = ADDRESS_AREA;
}

void
address_read(const char *path, const struct config *config, struct carried_address *address)
{
	char decoded[ADDRESS_MAX], utf8[2 * ADDRESS_MAX];
	struct buffer clean = { 0 };

	memset(address, 0, sizeof(*address));
	if (strlen(path) >= sizeof(decoded))
		return;
	memcpy(decoded, path, strlen(path) + 1);
	/* Some programs encode an address that is encoded already. */
	for (int times = 0; times < 2; times++)
		if (!decode(decoded))
			return;
	to_utf8(decoded, utf8);
	if (typed_clean(utf8, TYPED_LINE, &clean) == FAULT_NONE) {
		read_language(clean.data, address->language);
		read_pieces(clean.data, config, address);
	}
	buffer_free(&clean);
}
