/* The tables of words, in the order of their enums. */
#include <stdio.h>
#include <string.h>

#include "base/words.h"

static const char *const who[] = { "self", "relative", "professional" };

static const char *const age[] = {
	"under15", "15-17", "18-19", "20-24", "25-29", "30plus", "unsaid"
};

static const char *const contact[] = { "call", "call-silent", "sms-first" };

static const char *const means[] = { "number", "helper", "letter", "visit" };

static const char *const sure[] = { "landline", "own" };

static const char *const window[] = { "any", "morning", "afternoon" };

static const char *const speak[] = { "sv", "other" };

static const char *const way[] = { "form", "phone", "voicemail", "visit", "mail", "text" };

static const char *const workplace[] = {
	"health", "family-centre", "employment-service", "insurance-agency",
	"school", "social-services", "other"
};

static const char *const inflow[] = {
	"social-assistance", "adult-unit", "insurance-agency", "employment-service",
	"self", "relative", "phone", "school", "partner", "kaa"
};

static const char *const channel[] = {
	"health", "counsellor", "psychiatry", "family-centre", "employment-service",
	"insurance-agency", "dental", "dietician", "addiction", "budget", "careers",
	"school", "poster", "newspaper", "social-media", "press", "other"
};

static const char *const visit_kind[] = { "person", "robot", "staff" };

static const char *const brochure[] = {
	"poster", "flyer", "card", "folded", "stickers", "business-cards"
};

static const char *const brochure_part[] = {
	"heading", "intro", "promise", "scan", "ring", "how", "step1", "step2", "step3",
	"relative-heading", "relative", "professional-heading", "professional", "urgent"
};

static const char *const role[] = { "coordinator", "lead", "administrator" };

static const char *const state[] = {
	"waiting", "claimed", "reached", "following", "closed", "purged"
};

static const char *const act[] = {
#define ACT(id, word, traits, text)	word,
#include "base/acts.def"
#undef ACT
};

static const char *const outcome[] = {
#define OUTCOME(id, word, by)	word,
#include "base/outcomes.def"
#undef OUTCOME
};

static const char *const yes_no[] = { "no", "yes" };

static const char *const second_factor[] = { "required", "offered" };

static const char *const message_way[] = { "mail", "text" };

static const char *const message_state[] = {
	"queued", "sending", "sent", "failed", "unknown", "dropped"
};

static const char *const message_reason[] = {
	"none", "no-mail", "no-sms", "unreachable", "refused", "lost", "key", "past",
	"closed", "unwanted", "lead"
};

static const char *const template_kind[] = { "note", "text" };

static const char *const template_act[] = { "add", "change", "remove" };

/* A table with a word too few or too many does not compile. */
#define WORDS(set, last)						\
	_Static_assert(sizeof(set) / sizeof((set)[0]) == (last), #set);	\
	const struct words words_##set = { #set, set, last }

WORDS(who, WHO_COUNT);
WORDS(age, AGE_COUNT);
WORDS(contact, CONTACT_COUNT);
WORDS(means, MEANS_COUNT);
WORDS(sure, SURE_COUNT);
WORDS(window, WINDOW_COUNT);
WORDS(speak, SPEAK_COUNT);
WORDS(way, WAY_COUNT);
WORDS(workplace, WORKPLACE_COUNT);
WORDS(inflow, INFLOW_COUNT);
WORDS(channel, CHANNEL_COUNT);
WORDS(visit_kind, VISIT_KIND_COUNT);
WORDS(brochure, BROCHURE_COUNT);
WORDS(brochure_part, BROCHURE_PART_COUNT);
WORDS(role, ROLE_COUNT);
WORDS(state, STATE_COUNT);
WORDS(act, ACT_COUNT);
WORDS(outcome, OUTCOME_COUNT);
WORDS(yes_no, 2);
WORDS(second_factor, SECOND_FACTOR_COUNT);
WORDS(message_way, MESSAGE_WAY_COUNT);
WORDS(message_state, MESSAGE_STATE_COUNT);
WORDS(message_reason, REASON_COUNT);
WORDS(template_kind, TEMPLATE_KIND_COUNT);
WORDS(template_act, TEMPLATE_ACT_COUNT);

bool
act_has(enum act value, enum act_trait trait)
{
	static const unsigned traits_of[] = {
#define ACT(id, word, traits, text)	(traits),
#include "base/acts.def"
#undef ACT
	};

	return (unsigned)value < ACT_COUNT && (traits_of[value] & (unsigned)trait) != 0;
}

const char *
word_of(const struct words *words, int value)
{
	if (value < 0 || (size_t)value >= words->count)
		return NULL;
	return words->word[value];
}

int
word_value(const struct words *words, const char *word)
{
	if (word == NULL)
		return -1;
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->word[i], word) == 0)
			return (int)i;
	return -1;
}

void
words_list(const struct words *words, char *text, size_t size)
{
	size_t used = 0;

	if (size == 0)
		return;
	text[0] = '\0';
	for (size_t i = 0; i < words->count && used < size; i++) {
		int written = snprintf(text + used, size - used, "%s%s",
		    i == 0 ? "" : ", ", words->word[i]);

		if (written < 0)
			return;
		used += (size_t)written;
	}
}
