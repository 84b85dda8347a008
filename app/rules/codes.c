/* Codes with a check character, lengths of brochure texts, visitors that are programs. */
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "rules/codes.h"
#include "rules/rules.h"

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

/* English and Swedish months that the alphabet can write. */
static const char *const months[] = { "JAN", "FEB", "MAR", "APR", "MAJ", "MAY", "SEP", "DEC" };

bool
code_reads_as_number(const char *code)
{
	static const char digits[] = "0123456789";
	const char *after = code + strspn(code, digits);
	bool number = *after == '\0';

	if (after == code)
		return false;
	if (*after == 'E')
		number = after[1] != '\0' && after[1 + strspn(after + 1, digits)] == '\0';
	for (size_t i = 0; i < COUNT_OF(months) && !number; i++)
		number = strncmp(after, months[i], 3) == 0 &&
		    after[3 + strspn(after + 3, digits)] == '\0';
	return number;
}

#define BIT(part)	(1U << BROCHURE_##part)

/* Poster, flyer and card have one layout, which is printed in three sizes. */
#define LEAF		(BIT(HEADING) | BIT(INTRO) | BIT(PROMISE) | BIT(SCAN) | BIT(RING))

static const unsigned parts[] = {
	[BROCHURE_POSTER] = LEAF,
	[BROCHURE_FLYER] = LEAF,
	[BROCHURE_CARD] = LEAF,
	[BROCHURE_FOLDED] = (1U << BROCHURE_PART_COUNT) - 1,
	[BROCHURE_STICKERS] = BIT(HEADING),
	[BROCHURE_BUSINESS_CARDS] = BIT(HEADING) | BIT(RING),
};

/* The most characters that fit, and the most that fit at the usual size. */
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
	[BROCHURE_RELATIVE] = { BROCHURE_MAX, BROCHURE_MAX },
	[BROCHURE_PROFESSIONAL_HEADING] = { 40, 40 },
	[BROCHURE_PROFESSIONAL] = { BROCHURE_MAX, BROCHURE_MAX },
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

/* Counts A-Z and the capitals of U+00C0-00DE, which are all that the pages' languages use. */
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
	/* A capital is about a third wider than other letters. */
	return utf8_count(words) + count_capitals(words) / 3 > (size_t)limits[part].usual;
}

enum fault
brochure_read(enum brochure_part part, const char *written, char words[BROCHURE_SIZE])
{
	enum fault fault = text_input_text(written, (size_t)limits[part].most, words);

	for (char *at = words; *at != '\0'; at++) {
		if (*at == '\n')
			*at = ' ';
	}
	return fault;
}

/*
 * Parts of the names of robots, in any letter case, as their makers publish them. A
 * word stands here only when no browser or telephone uses it. "scan" does not, because
 * people read codes with apps of such a name.
 */
static const char *const words[] = {
	/* Googlebot, Applebot, Slackbot, TelegramBot, Twitterbot, UptimeRobot */
	"bot", "crawl", "spider", "slurp",
	/* the address of a page about the robot */
	"+http",
	/* previews in messengers: Facebook's, WhatsApp's (Signal's too), Teams', Snapchat's */
	"externalhit", "facebookcatalog", "whatsapp/", "preview", "embedly",
	/* browsers that a program drives */
	"headless", "lighthouse", "phantomjs",
	/* programs */
	"curl/", "wget/", "python", "go-http-client", "java/", "okhttp", "httpclient",
	"libwww", "axios/", "nmap", "zgrab", "validator"
};

/* Cubot is a maker of telephones. */
static bool
is_cubot(const char *agent, const char *found)
{
	return found - agent >= 2 && strncasecmp(found - 2, "cubot", 5) == 0;
}

bool
agent_is_robot(const char *agent)
{
	if (agent == NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		const char *found = agent;

		while ((found = strcasestr(found, words[i])) != NULL) {
			if (!is_cubot(agent, found))
				return true;
			found++;
		}
	}
	return false;
}
