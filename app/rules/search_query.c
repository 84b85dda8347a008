/* Reads a search query, and tells whether a name matches it. */
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

static void
fold_name(const char *text, struct folded *folded)
{
	uint32_t letters[LETTER_MAX], point;
	bool apart = false;
	size_t count;

	folded->count = 0;
	for (size_t step; *text != '\0' && (step = utf8_sequence(text, 4, &point)) != 0; text += step) {
		if (letter_is_invisible(point))
			continue;
		if (letter_parts_words(point)) {
			apart = folded->count > 0;
			continue;
		}
		count = case_fold(point, letters);
		if (folded->count + apart + count > COUNT_OF(folded->point))
			break;
		if (apart)
			folded->point[folded->count++] = ' ';
		apart = false;
		for (size_t i = 0; i < count; i++)
			folded->point[folded->count++] = letters[i];
	}
}

/* Counts the letters and digits, marks not included; *digits: they are digits only. */
static size_t
count_letters(const struct folded *folded, bool *digits)
{
	size_t letters = 0;

	*digits = true;
	for (size_t i = 0; i < folded->count; i++) {
		uint32_t point = folded->point[i];

		if (point == ' ' || letter_is_mark(point))
			continue;
		letters++;
		*digits = *digits && point >= '0' && point <= '9';
	}
	return letters;
}

/* "0123456789ABC", with spaces around it. */
static bool
read_reference(const char *typed, int64_t *number)
{
	char text[14];
	size_t length;

	typed += strspn(typed, " \t");
	length = strcspn(typed, " \t");
	if (length != sizeof(text) - 1 || typed[length + strspn(typed + length, " \t")] != '\0')
		return false;
	memcpy(text, typed, length);
	text[length] = '\0';
	return number_parse(text, number) == 0;
}

/* The query is digits alone, so many. */
static enum search_query_kind
read_last(size_t digits, struct search_query *search_query)
{
	size_t count = 0;

	if (digits != SEARCH_LAST)
		return SEARCH_QUERY_DIGITS;
	for (size_t i = 0; i < search_query->name.count; i++) {
		uint32_t point = search_query->name.point[i];

		if (point >= '0' && point <= '9')
			search_query->phone[count++] = (char)point;
	}
	search_query->phone[count] = '\0';
	return SEARCH_QUERY_LAST;
}

static void
read_clean(const char *typed, struct search_query *search_query)
{
	size_t letters;
	bool digits;

	if (utf8_count(typed) > SEARCH_QUERY_MAX) {
		search_query->kind = SEARCH_QUERY_LONG;
		return;
	}
	fold_name(typed, &search_query->name);
	letters = count_letters(&search_query->name, &digits);
	if (letters == 0)
		search_query->kind = SEARCH_QUERY_NOTHING;
	else if (!read_reference(typed, &search_query->number) && personnummer_in(typed))
		search_query->kind = SEARCH_QUERY_PERSONNUMMER;
	else if (phone_parse(typed, search_query->phone) == 0)
		search_query->kind = SEARCH_QUERY_PHONE;	/* first: 0046701740605 has 13 digits */
	else if (read_reference(typed, &search_query->number))
		search_query->kind = SEARCH_QUERY_REFERENCE;
	else if (digits)
		search_query->kind = read_last(letters, search_query);
	else
		search_query->kind = letters == 1 ? SEARCH_QUERY_SHORT : SEARCH_QUERY_NAME;
}

void
search_query_read(const char *typed, struct search_query *search_query)
{
	struct buffer clean = { 0 };

	memset(search_query, 0, sizeof(*search_query));
	if (typed_clean(typed, TYPED_LINE, &clean) == FAULT_NONE)
		read_clean(clean.data, search_query);
	else
		search_query->kind = SEARCH_QUERY_NOTHING;
	buffer_wipe(&clean);
}

/* The end of the word that begins there. */
static size_t
word_end(const struct folded *folded, size_t at)
{
	while (at < folded->count && folded->point[at] != ' ')
		at++;
	return at;
}

/* Whether the word from `at` to `end` is the beginning of the name's word at `from`. */
static bool
begins_word(const struct folded *search_query, size_t at, size_t end, const struct folded *name,
    size_t from)
{
	while (at < end) {
		if (from == name->count || name->point[from] != search_query->point[at])
			return false;
		at++;
		from++;
		/* A plain letter in the query also matches the letter with marks. */
		if (at == end || !letter_is_mark(search_query->point[at]))
			while (from < name->count && letter_is_mark(name->point[from]))
				from++;
	}
	return true;
}

static bool
has_word(const struct folded *search_query, size_t at, size_t end, const struct folded *name)
{
	for (size_t from = 0; from < name->count; from = word_end(name, from) + 1) {
		if (begins_word(search_query, at, end, name, from))
			return true;
	}
	return false;
}

bool
search_query_is_phone(const struct search_query *search_query, const char *e164)
{
	size_t typed = strlen(search_query->phone), length = strlen(e164);

	if (search_query->kind != SEARCH_QUERY_LAST)
		return strcmp(search_query->phone, e164) == 0;
	return length > typed && strcmp(e164 + length - typed, search_query->phone) == 0;
}

static bool
has_words(const struct folded *words, const char *name)
{
	struct folded folded;
	bool is = true;

	fold_name(name, &folded);
	for (size_t at = 0, end; is && at < words->count; at = end + 1) {
		end = word_end(words, at);
		is = has_word(words, at, end, &folded);
	}
	explicit_bzero(&folded, sizeof(folded));
	return is;
}

bool
search_query_is_name(const struct search_query *search_query, const char *name)
{
	return has_words(&search_query->name, name);
}

bool
search_query_finds(const char *typed, const char *text)
{
	struct folded words;

	fold_name(typed, &words);
	return has_words(&words, text);
}
