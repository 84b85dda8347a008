#include <stdlib.h>
#include <string.h>

#include "flow/outreach.h"
#include "referral/promise.h"

/* Groups of persons, and each in one of its parts: what the rule of promise.h asks. */
static void
tell(struct outreach_figures *told, const struct code_figures *figures)
{
	const int64_t well = figures->work + figures->studies + figures->both;
	const int64_t without = figures->came - well - figures->other;

	memcpy(told->visits, figures->visits, sizeof(told->visits));
	told->came = told->reached = told->well = told->other = FIGURE_HIDDEN;
	told->work = told->studies = FIGURE_HIDDEN;
	/* That nobody came tells of nobody. */
	if (figures->came == 0)
		told->came = told->reached = told->well = told->other = told->work =
		    told->studies = 0;
	if (figures->came < FIGURE_LEAST)
		return;
	told->came = figures->came;
	if (promise_parts_shown(figures->reached, figures->came - figures->reached))
		told->reached = figures->reached;
	if (!parts_shown((const int64_t[]){ well, figures->other, without }, 3))
		return;
	told->well = well;
	told->other = figures->other;
	if (well > 0 && !parts_shown((const int64_t[]){ figures->work, figures->studies,
	    figures->both }, 3))
		return;
	told->work = figures->work + figures->both;
	told->studies = figures->studies + figures->both;
}

struct reading {
	struct outreach *outreach;
	size_t room;
	struct code_figures sum;
};

static void
add_up(struct code_figures *sum, const struct code_figures *figures)
{
	for (int kind = 0; kind < VISIT_KIND_COUNT; kind++)
		sum->visits[kind] += figures->visits[kind];
	sum->came += figures->came;
	sum->reached += figures->reached;
	sum->work += figures->work;
	sum->studies += figures->studies;
	sum->both += figures->both;
	sum->other += figures->other;
}

static int
add_code(const struct code_figures *figures, void *context)
{
	struct reading *reading = context;
	struct outreach *outreach = reading->outreach;
	struct outreach_code *code;

	if (outreach->count == reading->room) {
		reading->room = reading->room == 0 ? 64 : reading->room * 2;
		outreach->codes = reallocarray(outreach->codes, reading->room,
		    sizeof(*outreach->codes));
		if (outreach->codes == NULL)
			abort();
	}
	code = &outreach->codes[outreach->count++];
	memcpy(code->code, figures->code, sizeof(code->code));
	memcpy(code->area, figures->area, sizeof(code->area));
	memcpy(code->place, figures->place, sizeof(code->place));
	code->channel = figures->channel;
	code->retired = figures->retired;
	tell(&code->figures, figures);
	add_up(&reading->sum, figures);
	return 0;
}

/* The first moment of a local day. */
static int64_t
day_at(int32_t day)
{
	int year, month, date;

	day_to_date(day, &year, &month, &date);
	return clock_at(year, month, date, 0, 0);
}

int
outreach_read(struct outreach *outreach, struct store *store, const struct outreach_wish *wish,
    struct error *error)
{
	const struct outreach_span span = {
		.from_day = wish->from_day, .to_day = wish->to_day,
		.from_at = day_at(wish->from_day), .before_at = day_at(wish->to_day + 1),
		.campaign = wish->campaign, .code = wish->code
	};
	struct reading reading = { .outreach = outreach };

	*outreach = (struct outreach){ 0 };
	if (store_code_figures_each(store, &span, add_code, &reading, error) != 0)
		return -1;
	tell(&outreach->whole, &reading.sum);
	return 0;
}

void
outreach_free(struct outreach *outreach)
{
	free(outreach->codes);
	*outreach = (struct outreach){ 0 };
}
