/* What is taken back goes only to somebody who can still work on it. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/people.h"
#include "flow_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

#define EVA	"who=self&age=20-24&name=Eva&phone=0701740607&contact=call"

static const char *const young[] = { YOUNG };
static const char *const both[] = { KAA, YOUNG };

static enum lifecycle_verdict
press(const struct identity *reader, int64_t number, enum act act)
{
	const struct callback callback = { .number = number, .act = act };
	struct callback_answer answer;

	assert_int_equal(callback_do(service_as(reader), &callback, &answer), FOUND);
	return answer.verdict;
}

/* Bo has the case, Anna, who leads, gives it back to the queue. */
static int64_t
released(struct identity *anna, struct identity *bo)
{
	int64_t number;

	service_hire("anna", ROLE_LEAD, both, COUNT_OF(both));
	service_hire("bo", ROLE_COORDINATOR, young, COUNT_OF(young));
	service_sign_in("anna", anna);
	service_sign_in("bo", bo);
	number = service_receive(EVA);
	assert_int_equal(press(bo, number, ACT_CLAIM), LIFECYCLE_OK);
	assert_int_equal(press(anna, number, ACT_RELEASE), LIFECYCLE_OK);
	service.work.now += 60;
	return number;
}

static void
undo_gives_a_case_back_to_a_colleague(void **state)
{
	struct identity anna, bo;
	int64_t number = released(&anna, &bo);
	struct case_row row;

	(void)state;
	assert_int_equal(press(&anna, number, ACT_UNDO), LIFECYCLE_OK);
	assert_int_equal(store_case_get(service.work.store, number, &row, &service.work.error),
	    FOUND);
	assert_int_equal(row.holder, bo.account);
	service_examine();
	identity_free(&anna);
	identity_free(&bo);
}

static void
undo_gives_no_case_to_an_inactive_account(void **state)
{
	struct identity anna, bo;
	int64_t number = released(&anna, &bo);

	(void)state;
	assert_done(account_deactivate(&service.work, "bo"));
	assert_int_equal(press(&anna, number, ACT_UNDO), LIFECYCLE_LATE);
	service_examine();
	identity_free(&anna);
	identity_free(&bo);
}

#define FRESH(test)	{ #test, test, service_open, service_close, NULL }

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FRESH(undo_gives_a_case_back_to_a_colleague),
		FRESH(undo_gives_no_case_to_an_inactive_account),
	};

	if (service_start() == -1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
