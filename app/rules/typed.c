/* What people type and paste, cleaned in one place before anything reads it. */
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unictype.h>

#include "base/base.h"
#include "rules/rules.h"

#define LINE_SEPARATOR		0x2028
#define PARAGRAPH_SEPARATOR	0x2029
#define NEXT_LINE		0x85
#define ZERO_WIDTH_NON_JOINER	0x200c
#define ZERO_WIDTH_JOINER	0x200d
#define BLACK_FLAG		0x1f3f4	/* tags after it spell a region */
#define CANCEL_TAG		0xe007f
#define POP_ISOLATE		0x2069
#define VIRAMA_CLASS		9
#define FIRST_COMPOSED		0x300	/* below it, text is in NFC already */
#define NFC_GROWTH		3	/* bytes of NFC for a byte of UTF-8, at most (UAX 15) */

struct span {
	uint32_t first, last;
};

/* Unicode's spaces, what a form feed leaves, and letters that only fill a place. */
static const struct span spaces[] = {
	{ '\t', '\t' }, { 0xb, 0xc }, { ' ', ' ' }, { NEXT_LINE, NEXT_LINE }, { 0xa0, 0xa0 },
	{ 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x202f, 0x202f }, { 0x205f, 0x205f },
	{ 0x2800, 0x2800 }, { 0x3000, 0x3000 }, { 0x3164, 0x3164 }, { 0xffa0, 0xffa0 },
};

/* Never seen, and without meaning in what people write here. */
static const struct span dropped[] = {
	{ 0xad, 0xad }, { 0x17b4, 0x17b5 }, { 0x180e, 0x180e }, { 0x200b, 0x200b },
	{ 0x202a, 0x202e }, { 0x2060, 0x2064 }, { 0x206a, 0x206f }, { 0xfeff, 0xfeff },
	{ 0xfff9, 0xfffc }, { 0x1d173, 0x1d17a }, { 0xe0001, 0xe0001 },
};

/* Not seen either, and kept where they follow something. */
static const struct span silent[] = {
	{ 0x34f, 0x34f }, { 0x115f, 0x1160 }, { 0x180b, 0x180d }, { 0x180f, 0x180f },
	{ 0xfe00, 0xfe0f }, { 0xe0000, 0xe0fff },
};

static bool
within(const struct span *spans, size_t count, uint32_t point)
{
	for (size_t i = 0; i < count; i++) {
		if (point <= spans[i].last)
			return point >= spans[i].first;
	}
	return false;
}

static bool
is_space(uint32_t point)
{
	return within(spaces, COUNT_OF(spaces), point);
}

static bool
breaks_line(uint32_t point)
{
	return point == '\n' || point == '\r' || point == LINE_SEPARATOR ||
	    point == PARAGRAPH_SEPARATOR;
}

/* Marks of direction, and isolates. */
static bool
is_direction(uint32_t point)
{
	return point == 0x200e || point == 0x200f || point == 0x61c ||
	    (point >= 0x2066 && point <= POP_ISOLATE);
}

/* C0, DEL, C1, and what no text holds (Unicode, "Noncharacters"). */
static bool
is_refused(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0) ||
	    (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) == 0xfffe;
}

bool
typed_is_visible(uint32_t point)
{
	return !is_space(point) && !breaks_line(point) && !is_direction(point) &&
	    point != ZERO_WIDTH_JOINER && point != ZERO_WIDTH_NON_JOINER &&
	    !within(dropped, COUNT_OF(dropped), point) && !within(silent, COUNT_OF(silent), point);
}

/* One cleaning on its way. */
struct cleaning {
	struct buffer *out;
	enum typed_kind kind;
	bool mixed;			/* a text in both directions: their marks have a meaning */
	bool begun, visible, composed;
	int isolates;			/* that are open on this line */
	uint32_t last;			/* kept last; 0 none */
	size_t trimmed;			/* length of what is kept without white space at its end */
};

static void
keep(struct cleaning *cleaning, const char *bytes, size_t length, uint32_t point)
{
	buffer_add(cleaning->out, bytes, length);
	cleaning->last = point;
	if (point != ' ' && point != '\n')
		cleaning->trimmed = cleaning->out->length;
	cleaning->begun = true;
	cleaning->visible = cleaning->visible || typed_is_visible(point);
	cleaning->composed = cleaning->composed || point >= FIRST_COMPOSED;
}

/* Whether letters of that kind join, so that a joiner beside them is seen. */
static bool
joins(uint32_t point)
{
	const int type = uc_joining_type(point);

	return type == UC_JOINING_TYPE_D || type == UC_JOINING_TYPE_R ||
	    type == UC_JOINING_TYPE_L || type == UC_JOINING_TYPE_C ||
	    uc_combining_class(point) == VIRAMA_CLASS;
}

static bool
is_picture(uint32_t point)
{
	return uc_is_property_extended_pictographic(point) ||
	    uc_is_property_emoji_modifier(point) || point == 0xfe0f;
}

/* Between letters that join (RFC 5892, A.1 and A.2), and between pictures. */
static bool
joiner_stays(uint32_t joiner, uint32_t before, uint32_t after)
{
	if (before == 0 || after == 0)
		return false;
	if (joiner == ZERO_WIDTH_JOINER && is_picture(before) && is_picture(after))
		return true;
	if (uc_combining_class(before) == VIRAMA_CLASS)
		return typed_is_visible(after);
	return (joins(before) || uc_joining_type(before) == UC_JOINING_TYPE_T) && joins(after);
}

/* A selector after a picture, a digit or a letter of its script; a tag after a flag. */
static bool
silent_stays(uint32_t point, uint32_t before)
{
	if (before == 0 || before == ' ' || before == '\n')
		return false;
	if (point > 0xe0001 && point <= CANCEL_TAG)
		return before == BLACK_FLAG || (before > 0xe0001 && before < CANCEL_TAG);
	if (point >= 0xfe00 && point <= 0xfe0f)
		return before >= FIRST_COMPOSED || uc_is_property_emoji(before);
	return true;
}

static bool
direction_stays(struct cleaning *cleaning, uint32_t point)
{
	if (!cleaning->mixed)
		return false;
	if (point == POP_ISOLATE)
		return cleaning->isolates > 0 && cleaning->isolates-- > 0;
	if (point >= 0x2066)
		cleaning->isolates++;
	return true;
}

static void
end_line(struct cleaning *cleaning)
{
	for (; cleaning->isolates > 0; cleaning->isolates--)
		keep(cleaning, "\xe2\x81\xa9", 3, POP_ISOLATE);
}

static void
take_space(struct cleaning *cleaning)
{
	if (cleaning->begun && (cleaning->kind == TYPED_TEXT || cleaning->last != ' '))
		keep(cleaning, " ", 1, ' ');
}

/* The character after a sequence, 0 at the end. */
static uint32_t
peek(const char *text)
{
	uint32_t point = 0;

	return utf8_sequence(text, 4, &point) == 0 ? 0 : point;
}

/* false: it cannot be taken. */
static bool
take_point(struct cleaning *cleaning, const char *from, size_t length, uint32_t point)
{
	bool stays = true;

	if (is_space(point)) {
		take_space(cleaning);
		return true;
	}
	if (is_refused(point))
		return false;
	if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER)
		stays = joiner_stays(point, cleaning->last, peek(from + length));
	else if (is_direction(point))
		stays = direction_stays(cleaning, point);
	else if (within(dropped, COUNT_OF(dropped), point))
		stays = false;
	else if (within(silent, COUNT_OF(silent), point))
		stays = silent_stays(point, cleaning->last);
	if (stays)
		keep(cleaning, from, length, point);
	return true;
}

/* Whether a text has letters from right to left and others or digits beside them. */
static bool
is_mixed(const char *text)
{
	bool right = false, left = false;
	uint32_t point;

	for (size_t step; *text != '\0'; text += step) {
		int class;

		step = utf8_sequence(text, 4, &point);
		if (step == 0)
			return false;
		class = uc_bidi_class(point);
		right = right || ((class == UC_BIDI_R || class == UC_BIDI_AL) && !is_direction(point));
		left = left || ((class == UC_BIDI_L || class == UC_BIDI_EN || class == UC_BIDI_AN) &&
		    !is_direction(point));
	}
	return right && left;
}

/* In place; what it writes has room beside, so that libunistring makes no copy. */
static void
compose(struct buffer *text, size_t start)
{
	const size_t length = text->length - start;
	size_t room = NFC_GROWTH * length + 1, size;
	struct buffer composed = { 0 };
	uint8_t *made;

	buffer_reserve(&composed, room);
	size = room;
	made = u8_normalize(UNINORM_NFC, (const uint8_t *)text->data + start, length,
	    (uint8_t *)composed.data, &size);
	if (made == NULL)
		abort();
	text->length = start;
	text->data[start] = '\0';
	buffer_add(text, made, size);
	if (made != (uint8_t *)composed.data)
		free(made);
	composed.length = room;
	buffer_wipe(&composed);
}

/* The line break at the text, as LF: how many bytes it is. */
static size_t
line_break(const char *text, size_t length)
{
	return text[0] == '\r' && text[1] == '\n' ? 2 : length;
}

enum fault
typed_clean(const char *written, enum typed_kind kind, struct buffer *out)
{
	const size_t start = out->length;
	struct cleaning cleaning = {
		.out = out, .kind = kind, .trimmed = start,
		.mixed = kind == TYPED_TEXT && is_mixed(written),
	};
	enum fault fault = FAULT_NONE;
	size_t breaks = start;
	uint32_t point;

	/* No copy is left behind by growing; each isolate is closed with three bytes. */
	buffer_reserve(out, 2 * strlen(written) + 1);
	for (size_t step; *written != '\0' && fault == FAULT_NONE; written += step) {
		step = utf8_sequence(written, 4, &point);
		if (step != 0 && breaks_line(point)) {
			step = line_break(written, step);
			end_line(&cleaning);
			if (cleaning.begun)
				keep(&cleaning, "\n", 1, '\n');
		} else if (step == 0 || !take_point(&cleaning, written, step, point)) {
			fault = FAULT_CHARACTERS;
		}
	}
	end_line(&cleaning);
	out->length = cleaning.trimmed;
	out->data[out->length] = '\0';
	while (breaks < out->length && out->data[breaks] != '\n')
		breaks++;
	if (fault == FAULT_NONE && kind == TYPED_LINE && breaks < out->length)
		fault = FAULT_LINE_BREAK;
	if (fault == FAULT_NONE && !cleaning.visible)
		fault = FAULT_MISSING;
	if (fault != FAULT_NONE) {
		out->length = start;
		out->data[start] = '\0';
	} else if (cleaning.composed) {
		compose(out, start);
	}
	return fault;
}

#define WORD_MAX	20	/* characters of a word that are told */

/* Appends the word of length bytes that is nearest to a place: the last one, or the first. */
static void
add_word(struct buffer *out, const char *bytes, size_t length, bool is_last)
{
	struct buffer clean = { 0 };
	char *copy = strndup(bytes, length);
	const char *from, *to;
	size_t points = 0;

	if (copy == NULL)
		abort();
	(void)typed_clean(copy, TYPED_LINE, &clean);
	explicit_bzero(copy, length);
	free(copy);
	from = buffer_string(&clean);
	to = from + clean.length;
	if (is_last && memrchr(from, ' ', clean.length) != NULL)
		from = (const char *)memrchr(from, ' ', clean.length) + 1;
	else if (!is_last)
		to = from + strcspn(from, " ");
	if (is_last) {
		for (const char *at = to; at > from && points < WORD_MAX;) {
			points += ((unsigned char)*--at & 0xc0) != 0x80;
			if (points == WORD_MAX)
				from = at;
		}
	} else {
		for (const char *at = from; at < to; at++) {
			points += ((unsigned char)*at & 0xc0) != 0x80;
			if (points > WORD_MAX)
				to = at;
		}
	}
	buffer_add(out, from, (size_t)(to - from));
	buffer_wipe(&clean);
}

bool
typed_unusable(const char *written, struct buffer *before, struct buffer *after)
{
	const char *line = written, *at = written, *end;
	uint32_t point;
	size_t step;

	for (; *at != '\0'; at += step) {
		step = utf8_sequence(at, 4, &point);
		if (step == 0 || (is_refused(point) && !is_space(point) && !breaks_line(point)))
			break;
		if (breaks_line(point))
			line = at + step;
	}
	if (*at == '\0')
		return false;
	add_word(before, line, (size_t)(at - line), true);
	/* Those that follow it at once are as invisible. */
	for (end = at; *end != '\0'; end += step) {
		step = utf8_sequence(end, 4, &point);
		if (step == 0 || breaks_line(point))
			break;
		if (!is_refused(point) || is_space(point))
			continue;
		if (end > at)
			break;
		at = end + step;
	}
	add_word(after, at, (size_t)(end - at), false);
	return true;
}
