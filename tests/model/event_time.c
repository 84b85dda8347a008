/* Events: the periodic jobs of the program. */

#include "base/base.h"
#include "base/words.h"
#include "flow/case.h"
#include "model.h"

/* Closed longer ago than retention_months, counted from a midnight. */
static int64_t
kept_from(void)
{
	struct tm local;
	int month;

	clock_local(model->world.now, &local);
	month = (local.tm_year + 1900) * 12 + local.tm_mon - model_config.retention_months;
	return clock_at(month / 12, month % 12 + 1, local.tm_mday, 0, 0);
}

static void
purge(void)
{
	int64_t before_at = kept_from();
	enum fate got;

	for (int place = 0; place < model->live; place++) {
		const struct model_case *c = &model->at[place];

		if (c->number != 0 && c->state == STATE_CLOSED && c->closed_at < before_at)
			memset(journal_touch(place), 0, sizeof(*c));
	}
	event_arm();
	got = retention_run(real_work(NULL)) == -1 ? STRUCK : DONE;
	event_settle(DONE, got);
}

/* A process reads the queue keys again, as at its start. */
static void
look_at_keys(void)
{
	service_keys();
	event_settle(DONE, DONE);
}

const struct event time_events[] = {
	{ "purge", 1, purge, true },
	{ "keys looked at", 1, look_at_keys, false },
	{ NULL, 0, NULL, false }
};
