/*
 * Random events by twenty colleagues over two years of the Swedish
 * calendar, each foretold by a model of its own (tests/model/model.h) and compared
 * with what the real flows and the real store make of it: the invariant holds
 * after each, and exactly those who should can open the case.
 *
 * MODEL_SEED=n has another history, MODEL_EVENTS=n a shorter or longer one.
 */
#include <stdlib.h>

#include "base/base.h"
#include "flow/intake.h"
#include "model/model.h"
#include "seal/seal.h"

#define EVENTS		250000
#define SEED		1

static uint64_t
told(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static void
a_long_history(void **state)
{
	uint64_t events = told("MODEL_EVENTS", EVENTS), seed = told("MODEL_SEED", SEED);
	int64_t open, all;

	(void)state;
	print_message("MODEL_SEED=%llu MODEL_EVENTS=%llu\n", (unsigned long long)seed,
	    (unsigned long long)events);
	calendar_start(events);
	service_begin(NULL, seed);
	event_start();
	event_hazards = true;
	while (model->world.event < events)
		event_happen();
	access_sweep();
	look_counts(&open, &all);
	/* None that the model does not know. */
	assert_int_equal(open, event_open_cases());
	event_report();
	print_message("%lld cases, %lld open at the end, %d colleagues in all\n",
	    (long long)all, (long long)open, model->world.accounts);
	service_end();
}

#define CRASH_EVENTS	1000	/* fewer would not meet both ends of being struck */

/* A fiftieth of the events on disk, by processes that are killed. */
static void
crashes(void **state)
{
	const uint64_t events = told("MODEL_EVENTS", EVENTS) / 50;

	(void)state;
	event_hazards = false;
	crash_run(events > CRASH_EVENTS ? events : CRASH_EVENTS, told("MODEL_SEED", SEED));
}

static int
set_up(void **state)
{
	(void)state;
	clock_start("Europe/Stockholm");
	if (seal_start() == -1 || keyed_digest_start(NULL) == -1 || duplicate_submissions_start(&real.work.error) == -1)
		return -1;
	cheap_keys = true;
	return journal_start();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_history),
		cmocka_unit_test(crashes),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
