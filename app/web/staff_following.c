#include <stdlib.h>

#include "referral/referral.h"
#include "web/staff_case.h"
#include "web/web.h"

#define MONTHS		12
#define YEARS		7	/* this one and the six that a reminder may lie ahead */

/* The form's fields of planned contacts, and what each is from the start. */
static const struct { const char *field, *label; } calls[PLAN_CALLS] = {
	{ "call1", N_("Första samtalet, efter två veckor") },
	{ "call2", N_("Andra samtalet, efter sex veckor") },
	{ "call3", N_("Tredje samtalet, efter tolv veckor") },
};

const char *
staff_date(struct exchange *x, int32_t day)
{
	int year, month, date;

	day_to_date(day, &year, &month, &date);
	return exchange_keep(x, "%04d-%02d-%02d", year, month, date);
}

static void
fill_beginning(struct exchange *x, struct following_view *view, const struct casefile *file)
{
	const struct config_queue *queue = config_queue(&site.config, file->row.queue);
	struct word_outcome_view *begun = exchange_keep_array(x, 3, sizeof(*begun));
	struct call_view *proposed = exchange_keep_array(x, PLAN_CALLS, sizeof(*proposed));
	int64_t at[PLAN_CALLS];

	if (queue == NULL)
		return;
	begun[0].word = word_of(&words_outcome, OUTCOME_WORK);
	begun[1].word = word_of(&words_outcome, OUTCOME_STUDIES);
	begun[2].word = OUTCOME_WORK_AND_STUDIES;
	view->begun = begun;
	view->begun_count = 3;
	plan_propose(queue, x->now, at);
	for (size_t i = 0; i < PLAN_CALLS; i++)
		proposed[i] = (struct call_view){
			calls[i].field, calls[i].label, staff_date(x, day_of(at[i]))
		};
	view->calls = proposed;
	view->calls_count = PLAN_CALLS;
	view->can_begin = true;
}

static void
fill_reminder(struct exchange *x, struct following_view *view)
{
	struct month_view *months = exchange_keep_array(x, MONTHS, sizeof(*months));
	struct year_view *years = exchange_keep_array(x, YEARS, sizeof(*years));
	struct tm now;

	clock_local(x->now, &now);
	for (int i = 0; i < MONTHS; i++)
		months[i] = (struct month_view){ i + 1, text_month(x->language, i) };
	for (int i = 0; i < YEARS; i++)
		years[i].year = now.tm_year + 1900 + i;
	view->months = months;
	view->months_count = MONTHS;
	view->years = years;
	view->years_count = YEARS;
}

void
staff_following_fill(struct exchange *x, struct case_view *whole, const struct casefile *file)
{
	const struct staying *staying = &file->staying;
	struct following_view *view = &whole->following;
	struct planned_view *plan = exchange_keep_array(x, staying->plan_count + 1, sizeof(*plan));
	enum state state = file->row.state;

	if (!file->opened || file->row.closed_at != 0)
		return;
	for (size_t i = 0; i < staying->plan_count; i++)
		plan[i] = (struct planned_view){
			staff_when(x, staying->plan[i].at), staying->plan[i].done
		};
	view->plan = plan;
	view->plan_count = staying->plan_count;
	view->over = staying->over;
	view->reminder = staff_when(x, staying->reminder_at);
	view->can_remind = lifecycle_offers(state, ACT_REMIND, file->actor) &&
	    (reminder_fits(file->row.age) || staying->reminder_at != 0);
	view->can_decline = !staying->over && lifecycle_offers(state, ACT_DECLINE, file->actor);
	if (lifecycle_offers(state, ACT_BEGIN, file->actor))
		fill_beginning(x, view, file);
	if (view->can_remind)
		fill_reminder(x, view);
}

void
staff_begin(struct exchange *x, struct store *store)
{
	struct callback callback = {
		.number = x->number,
		.act = ACT_BEGIN,
		.outcomes = staff_outcomes(x),
		.note = form_value(&x->form, "note"),
	};

	for (size_t i = 0; i < PLAN_CALLS; i++) {
		if (staff_read_day(x, calls[i].field, &callback.plan[i]))
			continue;
		staff_case_show(x, store, 422, N_("Välj ett datum inom ett år framåt."), NULL);
		return;
	}
	staff_case_do(x, store, &callback);
}

void
staff_decline(struct exchange *x, struct store *store)
{
	staff_case_do(x, store, &(struct callback){
		.number = x->number,
		.act = ACT_DECLINE,
		.note = form_value(&x->form, "note"),
	});
}

/* 0 for what is no number of at most four digits. */
static int
read_number(const struct exchange *x, const char *field)
{
	const char *written = form_value(&x->form, field);
	char *end;
	long value;

	if (written == NULL || written[0] < '0' || written[0] > '9')
		return 0;
	value = strtol(written, &end, 10);
	return *end == '\0' && value < 10000 ? (int)value : 0;
}

void
staff_remind(struct exchange *x, struct store *store)
{
	struct callback callback = { .number = x->number, .act = ACT_REMIND };

	/* Without a month it is taken away. */
	if (form_value(&x->form, "month") != NULL || form_value(&x->form, "year") != NULL) {
		callback.remind_at = reminder_at(read_number(x, "year"), read_number(x, "month"),
		    site.config.kaa_reminder_months, x->now);
		if (callback.remind_at == 0) {
			staff_case_show(x, store, 422,
			    N_("Välj en månad som inte har varit, högst sex år framåt."), NULL);
			return;
		}
	}
	staff_case_do(x, store, &callback);
}
