#include "referral/brochure.h"

#define BIT(part)	(1U << BROCHURE_##part)

/* A leaf is laid out once, and printed in three sizes. */
#define LEAF		(BIT(HEADING) | BIT(INTRO) | BIT(PROMISE) | BIT(SCAN) | BIT(RING))

static const unsigned parts[] = {
	[BROCHURE_POSTER] = LEAF,
	[BROCHURE_FLYER] = LEAF,
	[BROCHURE_CARD] = LEAF,
	[BROCHURE_FOLDED] = (1U << BROCHURE_PART_COUNT) - 1,
	[BROCHURE_STICKERS] = BIT(HEADING),
	[BROCHURE_BUSINESS_CARDS] = BIT(HEADING) | BIT(RING),
};

/* The most that fits, and the most that fits at the usual size. */
static const struct { int most, usual; } limits[] = {
	[BROCHURE_HEADING] = { 40, 36 },
	[BROCHURE_INTRO] = { 90, 70 },
	[BROCHURE_PROMISE] = { 70, 52 },
	[BROCHURE_SCAN] = { 70, 58 },
	[BROCHURE_RING] = { 40, 40 },
	[BROCHURE_HOW] = { 40, 40 },
	[BROCHURE_STEP1] = { 100, 100 },
	[BROCHURE_STEP2] = { 100, 100 },
	[BROCHURE_STEP3] = { 100, 100 },
	[BROCHURE_RELATIVE_HEADING] = { 40, 40 },
	[BROCHURE_RELATIVE] = { BROCHURE_MOST, BROCHURE_MOST },
	[BROCHURE_PROFESSIONAL_HEADING] = { 40, 40 },
	[BROCHURE_PROFESSIONAL] = { BROCHURE_MOST, BROCHURE_MOST },
	[BROCHURE_URGENT] = { 120, 120 },
};

unsigned
brochure_parts(enum brochure kind)
{
	return parts[kind];
}

int
brochure_copies(enum brochure kind)
{
	return kind == BROCHURE_STICKERS ? 12 : kind == BROCHURE_BUSINESS_CARDS ? 10 : 1;
}

int
brochure_most(enum brochure_part part)
{
	return limits[part].most;
}

int
brochure_plain(enum brochure_part part)
{
	return limits[part].usual;
}

/* A-Z and the capitals among U+00C0-00DE: those of the languages that have any. */
static size_t
count_capitals(const char *words)
{
	uint32_t point;
	size_t count = 0;

	for (size_t step; (step = utf8_sequence(words, 4, &point)) != 0 && point != 0; words += step)
		count += (point >= 'A' && point <= 'Z') || (point >= 0xc0 && point <= 0xde);
	return count;
}

bool
brochure_long(enum brochure_part part, const char *words)
{
	/* A capital is about as wide as one and a third of the others. */
	return utf8_count(words) + count_capitals(words) / 3 > (size_t)limits[part].usual;
}

enum fault
brochure_read(enum brochure_part part, const char *written, char words[BROCHURE_SIZE])
{
	enum fault fault = written_text(written, (size_t)limits[part].most, words);

	for (char *at = words; *at != '\0'; at++) {
		if (*at == '\n')
			*at = ' ';
	}
	return fault;
}
