/* Finds the translation of a message, and the reader's language. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text/text.h"

/* A browser sends a few; more come from a program. */
#define RANGES_MAX	32

static const struct language *
language_exact(const char *tag, size_t n)
{
	for (size_t i = 0; i < text_languages_count; i++)
		if (strlen(text_languages[i]->tag) == n &&
		    strncasecmp(text_languages[i]->tag, tag, n) == 0)
			return text_languages[i];
	return NULL;
}

/* The length of the tag without its last subtag, and without a single letter before it. */
static size_t
shorter_tag(const char *tag, size_t n)
{
	while (n > 0 && tag[n - 1] != '-')
		n--;
	if (n > 0)
		n--;
	if (n >= 2 && tag[n - 2] == '-')
		n -= 2;
	return n;
}

const struct language *
text_language(const char *tag, size_t n)
{
	const struct language *language = NULL;

	while (n > 0 && (language = language_exact(tag, n)) == NULL)
		n = shorter_tag(tag, n);
	return language;
}

static const char *
skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

/* Reads "0.8" as 800; -1 when it is not a weight. */
static int
read_weight(const char **s)
{
	int weight, unit = 100;

	if (**s != '0' && **s != '1')
		return -1;
	weight = (*(*s)++ - '0') * 1000;
	if (**s == '.')
		for ((*s)++; **s >= '0' && **s <= '9' && unit > 0; unit /= 10)
			weight += (*(*s)++ - '0') * unit;
	return weight <= 1000 ? weight : -1;
}

/*
 * Reads one "tag;q=0.5" at *s, up to its comma or the end. The weight in
 * thousandths, or -1 when it cannot be read.
 */
static int
read_range(const char **s, const char **tag, size_t *n)
{
	int weight = 1000;

	*tag = skip_blanks(*s);
	*n = strcspn(*tag, " \t;,");
	*s = skip_blanks(*tag + *n);
	if (**s == ';') {
		*s = skip_blanks(*s + 1);
		if ((**s == 'q' || **s == 'Q') && (*s)[1] == '=') {
			*s += 2;
			weight = read_weight(s);
			*s = skip_blanks(*s);
		}
	}
	return **s == ',' || **s == '\0' ? weight : -1;
}

const struct language *
text_negotiate(const char *accept_language)
{
	const struct language *best = text_languages[0], *language;
	const char *s = accept_language, *tag;
	int best_weight = 0, weight;
	size_t n;

	for (int i = 0; s != NULL && *s != '\0' && i < RANGES_MAX; i++) {
		weight = read_range(&s, &tag, &n);
		if (weight > best_weight &&
		    (language = text_language(tag, n)) != NULL) {
			best = language;
			best_weight = weight;
		}
		s = strchr(s, ',');
		if (s != NULL)
			s++;
	}
	return best;
}

const char *
text_wanted(const char *accept_language, size_t *n)
{
	const char *s = accept_language, *tag, *wanted = NULL;
	int most = 0, weight;
	size_t length;

	for (int i = 0; s != NULL && *s != '\0' && i < RANGES_MAX; i++) {
		weight = read_range(&s, &tag, &length);
		if (weight > most) {
			wanted = tag;
			*n = length;
			most = weight;
		}
		s = strchr(s, ',');
		if (s != NULL)
			s++;
	}
	return wanted;
}

static int
compare_msgid(const void *msgid, const void *message)
{
	return strcmp(msgid, ((const struct text_message *)message)->msgid);
}

static const struct text_message *
message_find(const struct language *language, const char *msgid)
{
	if (language->messages_count == 0)
		return NULL;
	return bsearch(msgid, language->messages, language->messages_count,
	    sizeof(struct text_message), compare_msgid);
}

const char *
text(const struct language *language, const char *msgid)
{
	const struct text_message *message;

	if (msgid == NULL || *msgid == '\0')
		return "";
	message = message_find(language, msgid);
	return message == NULL ? msgid : message->forms[0];
}

const char *
text_plural(const struct language *language, const char *one,
    const char *many, int64_t n)
{
	const struct text_message *message = message_find(language, one);
	unsigned form;

	if (n < 0)
		n = n == INT64_MIN ? INT64_MAX : -n;
	if (message == NULL)
		return n == 1 ? one : many;
	form = language->plural(n);
	return message->forms[form < message->forms_count ? form :
	    message->forms_count - 1];
}
