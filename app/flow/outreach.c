/* The results of the codes, without figures that could identify a person. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/outreach.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/outreach.h"

#define THURSDAY	3		/* days after Monday */

int32_t
step_begin(enum step step, int32_t day)
{
	int year, month, date;

	day_to_date(day, &year, &month, &date);
	switch (step) {
	case STEP_WEEK:
		return day - (day_weekday(day) + 6) % 7;
	case STEP_MONTH:
		return day - date + 1;
	case STEP_YEAR:
		return day_from_date(year, 1, 1);
	case STEP_DAY:
	default:
		return day;
	}
}

static int32_t
step_next(enum step step, int32_t begin)
{
	/*
	 * After so many days from its beginning, each step has ended and the next one has
	 * not.
	 */
	static const int32_t within[] = {
		[STEP_DAY] = 1, [STEP_WEEK] = 7, [STEP_MONTH] = 31, [STEP_YEAR] = 366
	};

	return step_begin(step, begin + within[step]);
}

/* A week belongs to the year of its Thursday. */
int
step_week(int32_t day, int *year)
{
	int32_t thursday = step_begin(STEP_WEEK, day) + THURSDAY;
	int month, date;

	day_to_date(thursday, year, &month, &date);
	return (thursday - day_from_date(*year, 1, 1)) / 7 + 1;
}

/* Makes the empty steps; -1 when there are more than STEPS_MAX. */
static int
lay_out(struct visit_steps *steps, int32_t from_day, int32_t to_day)
{
	int32_t begin = step_begin(steps->step, from_day);

	for (steps->count = 0; begin <= to_day; begin = step_next(steps->step, begin)) {
		if (steps->count == STEPS_MAX)
			return -1;
		steps->steps[steps->count++] = (struct visit_step){ .from_day = begin };
	}
	return 0;
}

struct step_reading {
	struct visit_steps *steps;
	int32_t from_day, to_day;
	bool begun;
	size_t at;
};

static int
add_day(int32_t day, int64_t visits, void *context)
{
	struct step_reading *step_reading = context;
	struct visit_steps *steps = step_reading->steps;
	struct visit_step *step;

	if (!step_reading->begun) {
		if (step_reading->from_day == 0)
			step_reading->from_day = day;
		while (lay_out(steps, step_reading->from_day, step_reading->to_day) == -1 &&
		    steps->step < STEP_YEAR)
			steps->step++;
		step_reading->begun = true;
	}
	while (step_reading->at + 1 < steps->count && steps->steps[step_reading->at + 1].from_day <= day)
		step_reading->at++;
	step = &steps->steps[step_reading->at];
	step->visits += visits;
	if (step->visits > steps->most)
		steps->most = step->visits;
	return 0;
}

int
outreach_steps(struct work *work, struct visit_steps *steps, const struct outreach_wish *wish,
    enum step step)
{
	const struct outreach_span span = {
		.from_day = wish->from_day, .to_day = wish->to_day,
		.campaign = wish->campaign, .code = wish->code
	};
	struct step_reading step_reading = {
		.steps = steps, .from_day = wish->from_day, .to_day = wish->to_day
	};

	*steps = (struct visit_steps){ .step = step };
	if (wish->from_day != 0)
		(void)add_day(wish->from_day, 0, &step_reading);
	return store_visits_each_day(work->store, &span, add_day, &step_reading, &work->error);
}

/*
 * The groups of figures that are shown or hidden together; each group is a part of an
 * earlier one.
 */
enum level { LEVEL_CAME, LEVEL_REACHED, LEVEL_ENDED, LEVEL_SPLIT, LEVEL_COUNT };

static int64_t *
figure_of(struct outreach_figures *figures, enum level level)
{
	switch (level) {
	case LEVEL_CAME:
		return &figures->came;
	case LEVEL_REACHED:
		return &figures->reached;
	case LEVEL_ENDED:
		return &figures->well;
	default:
		return &figures->work;
	}
}

static bool
is_told(struct outreach_figures *figures, enum level level)
{
	return *figure_of(figures, level) != FIGURE_HIDDEN;
}

static void
hide(struct outreach_figures *figures, enum level level)
{
	if (level == LEVEL_CAME)
		figures->came = FIGURE_HIDDEN;
	if (level == LEVEL_CAME || level == LEVEL_REACHED)
		figures->reached = FIGURE_HIDDEN;
	if (level == LEVEL_CAME || level == LEVEL_ENDED)
		figures->well = figures->other = FIGURE_HIDDEN;
	if (level != LEVEL_REACHED)
		figures->work = figures->studies = FIGURE_HIDDEN;
}

/*
 * Writes the figures of one code, and hides each group that has a part with too few
 * persons.
 */
static void
tell(struct outreach_figures *told, const struct code_figures *figures)
{
	const int64_t well = figures->work + figures->studies + figures->both;
	const int64_t without = figures->came - well - figures->other;

	*told = (struct outreach_figures){
		.came = figures->came, .reached = figures->reached, .well = well,
		.other = figures->other, .work = figures->work + figures->both,
		.studies = figures->studies + figures->both
	};
	memcpy(told->visits, figures->visits, sizeof(told->visits));
	/* No persons: nothing to hide. */
	if (figures->came == 0)
		return;
	if (figures->came < FIGURE_MIN)
		hide(told, LEVEL_CAME);
	if (!promise_parts_shown(figures->reached, figures->came - figures->reached))
		hide(told, LEVEL_REACHED);
	if (!parts_shown((const int64_t[]){ well, figures->other, without }, 3))
		hide(told, LEVEL_ENDED);
	if (well > 0 && !parts_shown((const int64_t[]){ figures->work, figures->studies,
	    figures->both }, 3))
		hide(told, LEVEL_SPLIT);
}

struct reading {
	struct outreach *outreach;
	struct code_figures sum;
	/* Sums of the codes whose group is hidden. */
	struct code_figures hidden[LEVEL_COUNT];
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

	outreach->codes = array_grow(outreach->codes, outreach->count, sizeof(*outreach->codes));
	code = &outreach->codes[outreach->count++];
	memcpy(code->code, figures->code, sizeof(code->code));
	memcpy(code->area, figures->area, sizeof(code->area));
	memcpy(code->place, figures->place, sizeof(code->place));
	code->channel = figures->channel;
	code->retired = figures->retired;
	tell(&code->figures, figures);
	add_up(&reading->sum, figures);
	for (int level = 0; level < LEVEL_COUNT; level++) {
		if (!is_told(&code->figures, (enum level)level))
			add_up(&reading->hidden[level], figures);
	}
	return 0;
}

/*
 * The total minus the codes that are shown gives the sum of the hidden codes, so a group of
 * the total is hidden when that sum must be.
 */
static void
tell_whole(struct reading *reading)
{
	struct outreach_figures *whole = &reading->outreach->whole, rest;

	tell(whole, &reading->sum);
	for (int level = 0; level < LEVEL_COUNT; level++) {
		tell(&rest, &reading->hidden[level]);
		if (!is_told(&rest, (enum level)level))
			hide(whole, (enum level)level);
	}
}

int
outreach_read(struct work *work, struct outreach *outreach, const struct outreach_wish *wish)
{
	const struct outreach_span span = {
		.from_day = wish->from_day, .to_day = wish->to_day,
		.from_at = day_at(wish->from_day, 0), .before_at = day_at(wish->to_day + 1, 0),
		.campaign = wish->campaign, .code = wish->code
	};
	struct reading reading = { .outreach = outreach };

	*outreach = (struct outreach){ 0 };
	if (store_code_figures_each(work->store, &span, add_code, &reading, &work->error) != 0)
		return -1;
	tell_whole(&reading);
	return 0;
}

void
outreach_free(struct outreach *outreach)
{
	free(outreach->codes);
	*outreach = (struct outreach){ 0 };
}
