#include "flow/outreach.h"

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
	/* So many days after its beginning every step has ended, and the next has not. */
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

/* The steps, empty; -1 when they are too many. */
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

struct reading {
	struct visit_steps *steps;
	int32_t from_day, to_day;
	bool begun;
	size_t at;
};

static int
add_day(int32_t day, int64_t visits, void *context)
{
	struct reading *reading = context;
	struct visit_steps *steps = reading->steps;
	struct visit_step *step;

	if (!reading->begun) {
		if (reading->from_day == 0)
			reading->from_day = day;
		while (lay_out(steps, reading->from_day, reading->to_day) == -1 &&
		    steps->step < STEP_YEAR)
			steps->step++;
		reading->begun = true;
	}
	while (reading->at + 1 < steps->count && steps->steps[reading->at + 1].from_day <= day)
		reading->at++;
	step = &steps->steps[reading->at];
	step->visits += visits;
	if (step->visits > steps->most)
		steps->most = step->visits;
	return 0;
}

int
outreach_steps(struct visit_steps *steps, struct store *store, const struct outreach_wish *wish,
    enum step step, struct error *error)
{
	const struct outreach_span span = {
		.from_day = wish->from_day, .to_day = wish->to_day,
		.campaign = wish->campaign, .code = wish->code
	};
	struct reading reading = {
		.steps = steps, .from_day = wish->from_day, .to_day = wish->to_day
	};

	*steps = (struct visit_steps){ .step = step };
	if (wish->from_day != 0)
		(void)add_day(wish->from_day, 0, &reading);
	return store_visits_each_day(store, &span, add_day, &reading, error);
}
