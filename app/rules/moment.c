/* The moment to ring: whether a case fits this hour. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

#define AN_HOUR	INT64_C(3600)
#define NOON	(12 * 60)

/* After an attempt: the half of the day in which it is to be tried again, and not at once. */
static int64_t
again_from(const struct config_queue *queue, const struct moment *moment)
{
	const struct retry retry = duetime_retry_why(queue, moment->window, moment->cause_at);
	int64_t from = moment->due_at;

	if (retry.at == moment->due_at)
		from = day_at(day_of(retry.at), retry.half == WINDOW_AFTERNOON ? NOON : 0);
	if (from < moment->cause_at + AN_HOUR)
		from = moment->cause_at + AN_HOUR;
	return from < moment->due_at ? from : moment->due_at;
}

static int64_t
fits_from(const struct config_queue *queue, const struct moment *moment)
{
	if (act_has(moment->cause, ACT_IS_ATTEMPT))
		return again_from(queue, moment);
	switch (moment->cause) {
	case ACT_REACHED:
	case ACT_RANG_BACK:
	case ACT_FOLLOW:
	case ACT_BEGIN:
	case ACT_PARK:
		return day_at(day_of(moment->due_at), 0);
	default:
		return 0;
	}
}

enum moment_fit
moment_fits(const struct config_queue *queue, const struct moment *moment, int64_t now)
{
	const int32_t today = day_of(now);
	const bool morning = now < day_at(today, NOON);
	/* When the half of the day that the other half is, ends. */
	const int64_t other_ends = morning ? day_at(today, NOON) : day_at(today + 1, 0);

	if (now < fits_from(queue, moment))
		return MOMENT_NOT;
	if (moment->window == WINDOW_ANY || (moment->window == WINDOW_MORNING) == morning)
		return MOMENT_FITS;
	return moment->due_at <= other_ends ? MOMENT_LAST : MOMENT_NOT;
}
