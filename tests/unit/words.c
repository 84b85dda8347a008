/* The words of the contract: each of a set's words is its enum's value, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/words.h"

static const struct words *const sets[] = {
	&words_who, &words_age, &words_contact, &words_means, &words_window, &words_speak,
	&words_workplace, &words_inflow, &words_channel, &words_role, &words_state,
	&words_act, &words_outcome, &words_second_factor,
	&words_message_way, &words_message_state, &words_message_reason
};

/* A word from each set, where a shift of one would show. */
static const struct { const struct words *words; int value; const char *word; } known[] = {
	{ &words_who, WHO_SELF, "self" },
	{ &words_who, WHO_PROFESSIONAL, "professional" },
	{ &words_age, AGE_UNDER15, "under15" },
	{ &words_age, AGE_18_19, "18-19" },
	{ &words_age, AGE_30PLUS, "30plus" },
	{ &words_age, AGE_UNSAID, "unsaid" },
	{ &words_contact, CONTACT_CALL_SILENT, "call-silent" },
	{ &words_contact, CONTACT_SMS_FIRST, "sms-first" },
	{ &words_means, MEANS_VISIT, "visit" },
	{ &words_window, WINDOW_AFTERNOON, "afternoon" },
	{ &words_speak, SPEAK_OTHER, "other" },
	{ &words_workplace, WORKPLACE_HEALTH, "health" },
	{ &words_workplace, WORKPLACE_SOCIAL_SERVICES, "social-services" },
	{ &words_inflow, INFLOW_SELF, "self" },
	{ &words_inflow, INFLOW_PARTNER, "partner" },
	{ &words_inflow, INFLOW_KAA, "kaa" },
	{ &words_channel, CHANNEL_PSYCHIATRY, "psychiatry" },
	{ &words_channel, CHANNEL_SOCIAL_MEDIA, "social-media" },
	{ &words_channel, CHANNEL_OTHER, "other" },
	{ &words_role, ROLE_ADMINISTRATOR, "administrator" },
	{ &words_state, STATE_FOLLOWING, "following" },
	{ &words_state, STATE_PURGED, "purged" },
	{ &words_act, ACT_RECEIVE, "receive" },
	{ &words_act, ACT_WRONG_NUMBER, "wrong-number" },
	{ &words_act, ACT_PURGE, "purge" },
	{ &words_outcome, OUTCOME_NO_CONTACT, "no-contact" },
	{ &words_outcome, OUTCOME_STILL_IN_MUNICIPALITY, "still-in-municipality" },
	{ &words_outcome, OUTCOME_GUIDED_ELSEWHERE, "guided-elsewhere" },
	{ &words_second_factor, SECOND_FACTOR_REQUIRED, "required" },
	{ &words_message_way, MESSAGE_TEXT, "text" },
	{ &words_message_state, MESSAGE_UNKNOWN, "unknown" },
	{ &words_message_state, MESSAGE_DROPPED, "dropped" },
	{ &words_message_reason, REASON_LOST, "lost" },
	{ &words_message_reason, REASON_LEAD, "lead" }
};

static void
each_known_word_has_its_value(void **context)
{
	(void)context;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		assert_string_equal(word_of(known[i].words, known[i].value), known[i].word);
		assert_int_equal(word_value(known[i].words, known[i].word), known[i].value);
	}
}

static void
every_value_has_a_word_of_its_own(void **context)
{
	(void)context;
	for (size_t i = 0; i < COUNT_OF(sets); i++)
		for (size_t value = 0; value < sets[i]->count; value++) {
			const char *word = word_of(sets[i], (int)value);

			assert_non_null(word);
			assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-"),
			    strlen(word));
			assert_int_equal(word_value(sets[i], word), (int)value);
		}
}

static void
values_outside_a_set_have_no_word(void **context)
{
	(void)context;
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		assert_null(word_of(sets[i], -1));
		assert_null(word_of(sets[i], (int)sets[i]->count));
		assert_int_equal(word_value(sets[i], NULL), -1);
		assert_int_equal(word_value(sets[i], ""), -1);
		assert_int_equal(word_value(sets[i], "Self"), -1);
		assert_int_equal(word_value(sets[i], "self "), -1);
	}
}

static void
a_list_of_words_is_cut_to_fit(void **context)
{
	char text[40];

	(void)context;
	words_list(&words_who, text, sizeof(text));
	assert_string_equal(text, "self, relative, professional");
	words_list(&words_age, text, 10);
	assert_string_equal(text, "under15, ");
	text[0] = 'x';
	words_list(&words_age, text, 0);
	assert_int_equal(text[0], 'x');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_known_word_has_its_value),
		cmocka_unit_test(every_value_has_a_word_of_its_own),
		cmocka_unit_test(values_outside_a_set_have_no_word),
		cmocka_unit_test(a_list_of_words_is_cut_to_fit)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
