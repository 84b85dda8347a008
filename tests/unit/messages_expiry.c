/* What becomes of a text when the case goes on without it: it is dropped, and nothing of it stays. */
#include "base/base.h"
#include "base/words.h"
#include "flow/case.h"
#include "flow/intake.h"
#include "flow/messages.h"
#include "messages_outbox_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

/* The case goes on by that act of Anna's. */
static void
goes_on(int64_t number, enum act act, unsigned outcomes)
{
	struct callback_answer answer;

	if (act != ACT_UNDO)
		assert_int_equal(press(number, NULL, &answer), FOUND);
	assert_int_equal(callback_do(service_as(&anna), &(struct callback){
	    .number = number, .act = act, .outcomes = outcomes }, &answer), FOUND);
	assert_int_equal(answer.verdict, LIFECYCLE_OK);
}

static void
useless_messages_are_dropped(void **state)
{
	static const struct {
		enum act act;
		unsigned outcomes;
		enum message_reason reason;
	} ways[] = {
		{ ACT_REACHED, 0, REASON_PAST },
		{ ACT_CLOSE, 1U << OUTCOME_WORK, REASON_CLOSED },
		{ ACT_UNDO, 0, REASON_PAST },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		int64_t bo;

		service.work.now += 7;
		bo = texted();
		goes_on(bo, ways[i].act, ways[i].outcomes);
		send_all();
		assert_fate(bo, MESSAGE_DROPPED, ways[i].reason);
		fetch(text);
		assert_string_equal(text, "");
		/* The same form once more is another case only when this one is closed. */
		assert_done(duplicate_submissions_start(&service.work.error));
	}
}

static void
closed_or_purged_case_leaves_no_text(void **state)
{
	int64_t bo = texted();
	struct case_row row;

	(void)state;
	outbox.carrier.text = NULL;
	send_all();
	goes_on(bo, ACT_CLOSE, 1U << OUTCOME_WORK);
	assert_fate(bo, MESSAGE_FAILED, REASON_NO_SMS);
	/* The purge alone, without an outbox that runs. */
	assert_done(store_begin(service.work.store, &service.work.error));
	assert_int_equal(store_case_get(service.work.store, bo, &row, &service.work.error), FOUND);
	row.state = STATE_PURGED;
	assert_done(store_case_change(service.work.store, &row, &service.work.error));
	assert_done(store_commit(service.work.store, &service.work.error));
	assert_fate(bo, MESSAGE_DROPPED, REASON_CLOSED);
}

static void
outbox_drops_texts_of_closed_cases(void **state)
{
	int64_t bo = texted();

	(void)state;
	outbox.carrier.text = NULL;
	send_all();
	assert_done(outbox_tidy(&outbox));
	assert_fate(bo, MESSAGE_FAILED, REASON_NO_SMS);
	goes_on(bo, ACT_CLOSE, 1U << OUTCOME_WORK);
	assert_done(outbox_tidy(&outbox));
	assert_fate(bo, MESSAGE_DROPPED, REASON_CLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STAFF(useless_messages_are_dropped),
		WITH_STAFF(closed_or_purged_case_leaves_no_text),
		WITH_STAFF(outbox_drops_texts_of_closed_cases),
	};

	return cmocka_run_group_tests(tests, staff_begin, staff_end);
}
