/* Closing a case, closing by two, follow-up after work or studies have begun. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/view.h"
#include "render/view_case.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

#define MONTHS		12
#define YEARS		7	/* this one and the six that a reminder may lie ahead */

/* The form's fields of planned contacts, and what each is from the start. */
static const struct { const char *field, *label; } calls[PLAN_CALLS] = {
	{ "call1", N_("Första samtalet, efter två veckor") },
	{ "call2", N_("Andra samtalet, efter sex veckor") },
	{ "call3", N_("Tredje samtalet, efter tolv veckor") },
};

static void
fill_beginning(struct request *x, struct following_view *view, const struct casefile *file)
{
	const struct config_queue *queue = config_queue(&site.config, file->row.queue);
	struct word_outcome_view *begun = arena_array(x, 3, sizeof(*begun));
	struct call_view *proposed = arena_array(x, PLAN_CALLS, sizeof(*proposed));
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
fill_reminder(struct request *x, struct following_view *view)
{
	struct month_view *months = arena_array(x, MONTHS, sizeof(*months));
	struct year_view *years = arena_array(x, YEARS, sizeof(*years));
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
staff_following_fill(struct request *x, struct case_view *whole, const struct casefile *file)
{
	const struct follow_up *follow_up = &file->follow_up;
	struct following_view *view = &whole->following;
	struct planned_view *plan = arena_array(x, follow_up->plan_count + 1, sizeof(*plan));
	enum state state = file->row.state;

	if (!file->opened || file->row.closed_at != 0)
		return;
	for (size_t i = 0; i < follow_up->plan_count; i++)
		plan[i] = (struct planned_view){
			staff_when(x, follow_up->plan[i].at), follow_up->plan[i].done
		};
	view->plan = plan;
	view->plan_count = follow_up->plan_count;
	view->over = follow_up->over;
	view->reminder = staff_when(x, follow_up->reminder_at);
	view->can_remind = lifecycle_offers(state, ACT_REMIND, file->actor) &&
	    (reminder_fits(file->row.age) || follow_up->reminder_at != 0);
	view->can_decline = !follow_up->over && lifecycle_offers(state, ACT_DECLINE, file->actor);
	if (lifecycle_offers(state, ACT_BEGIN, file->actor))
		fill_beginning(x, view, file);
	if (view->can_remind)
		fill_reminder(x, view);
}

static void
staff_begin(struct request *x, struct work *work)
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
		staff_case_show(x, work, 422, N_("Välj ett datum inom ett år framåt."), NULL);
		return;
	}
	staff_case_do(x, work, &callback);
}

static void
staff_decline(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){
		.number = x->number,
		.act = ACT_DECLINE,
		.note = form_value(&x->form, "note"),
	});
}

/* 0 for what is no number of at most four digits. */
static int
read_number(const struct request *x, const char *field)
{
	const char *written = form_value(&x->form, field);
	char *end;
	long value;

	if (written == NULL || written[0] < '0' || written[0] > '9')
		return 0;
	value = strtol(written, &end, 10);
	return *end == '\0' && value < 10000 ? (int)value : 0;
}

static void
staff_remind(struct request *x, struct work *work)
{
	struct callback callback = { .number = x->number, .act = ACT_REMIND };

	/* Without a month it is taken away. */
	if (form_value(&x->form, "month") != NULL || form_value(&x->form, "year") != NULL) {
		callback.remind_at = reminder_at(read_number(x, "year"), read_number(x, "month"),
		    site.config.kaa_reminder_months, x->now);
		if (callback.remind_at == 0) {
			staff_case_show(x, work, 422,
			    N_("Välj en månad som inte har varit, högst sex år framåt."), NULL);
			return;
		}
	}
	staff_case_do(x, work, &callback);
}

#define WORK_AND_STUDIES	(1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES)

unsigned
staff_outcomes(const struct request *x)
{
	const char *word = form_value(&x->form, "outcome");
	int outcome = word_value(&words_outcome, word);

	if (word != NULL && strcmp(word, OUTCOME_WORK_AND_STUDIES) == 0)
		return WORK_AND_STUDIES;
	return outcome >= 0 ? 1U << outcome : 0;
}

const struct word_outcome_view *
staff_outcome_words(struct request *x, unsigned mask, size_t *count)
{
	struct word_outcome_view *words = arena_array(x, OUTCOME_COUNT, sizeof(*words));

	*count = 0;
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		if ((mask & 1U << i) != 0)
			words[(*count)++].word = word_of(&words_outcome, i);
	}
	return words;
}

/* What a case may be closed with: work together with studies after the two. */
static void
fill_choices(struct request *x, struct closing_view *view)
{
	struct word_outcome_view *received = arena_array(x, OUTCOME_COUNT + 1,
	    sizeof(*received));
	unsigned unreceived = 0;

	for (int i = 0; i < OUTCOME_COUNT; i++) {
		if (!outcome_is_received((enum outcome)i)) {
			unreceived |= 1U << i;
			continue;
		}
		received[view->received_count++].word = word_of(&words_outcome, i);
		if (i == OUTCOME_STUDIES)
			received[view->received_count++].word = OUTCOME_WORK_AND_STUDIES;
	}
	view->received = received;
	view->unreceived = staff_outcome_words(x, unreceived, &view->unreceived_count);
}

/* What has begun is what the case most likely ends with. */
static const char *
suggest(unsigned outcomes)
{
	if ((outcomes & WORK_AND_STUDIES) == WORK_AND_STUDIES)
		return OUTCOME_WORK_AND_STUDIES;
	if ((outcomes & WORK_AND_STUDIES) == 0)
		return NULL;
	return word_of(&words_outcome, (outcomes & 1U << OUTCOME_WORK) != 0 ? OUTCOME_WORK :
	    OUTCOME_STUDIES);
}

static void
fill_asked(struct request *x, struct closing_view *view, const struct casefile *file)
{
	const struct follow_up_closing *closing = &file->follow_up.closing;
	char proposal[14];
	size_t count;

	if (closing->account == 0)
		return;
	number_text(closing->record, proposal);
	view->asked_by = closing->author;
	view->asked_when = staff_when(x, closing->at);
	view->asked = staff_outcome_words(x, closing->outcomes, &count)[0];
	view->proposal = arena_format(x, "%s", proposal);
	view->asked_mine = lifecycle_offers(file->row.state, ACT_OBJECT, file->actor & ACTOR_HOLDER);
	view->can_confirm = lifecycle_offers(file->row.state, ACT_CONFIRM, file->actor);
	for (size_t i = 0; i < file->notes_count; i++) {
		if (file->notes[i].number == closing->record)
			view->reason = buffer_string(&file->notes[i].text);
	}
}

void
staff_closing_fill(struct request *x, struct case_view *whole, const struct casefile *file)
{
	const struct case_row *row = &file->row;
	const struct follow_up *follow_up = &file->follow_up;
	struct closing_view *view = &whole->closing;
	struct second_view *seconds = arena_array(x, follow_up->seconds_count + 1,
	    sizeof(*seconds));
	bool closed = row->closed_at != 0;

	for (size_t i = 0; i < follow_up->seconds_count; i++)
		seconds[view->seconds_count++].name = follow_up->seconds[i].name;
	view->seconds = seconds;
	view->can_close = !closed && lifecycle_offers(row->state, ACT_CLOSE, file->actor);
	view->can_propose = follow_up->closing.account == 0 &&
	    lifecycle_offers(row->state, ACT_PROPOSE, file->actor);
	view->can_reopen = lifecycle_offers(row->state, ACT_REOPEN, file->actor);
	view->can_add = closed && lifecycle_offers(row->state, ACT_CLOSE, file->actor);
	fill_choices(x, view);
	view->addable = staff_outcome_words(x, ~(row->outcomes | 1U << OUTCOME_NO_CONTACT),
	    &view->addable_count);
	view->suggested = suggest(row->outcomes);
	fill_asked(x, view, file);
}

static void
close_with(struct request *x, struct work *work, enum act act)
{
	struct callback callback = {
		.number = x->number,
		.act = act,
		.outcomes = staff_outcomes(x),
		.note = form_value(&x->form, "note"),
	};

	if (callback.outcomes == 0)
		staff_case_show(x, work, 422, N_("Välj hur det slutade."), NULL);
	else
		staff_case_do(x, work, &callback);
}

static void
staff_close(struct request *x, struct work *work)
{
	close_with(x, work, ACT_CLOSE);
}

static void
staff_propose(struct request *x, struct work *work)
{
	close_with(x, work, ACT_PROPOSE);
}

/* An answer to the proposal that was on the page, and to no later one. */
static void
answer_proposal(struct request *x, struct work *work, enum act act)
{
	const char *proposal = form_value(&x->form, "proposal");
	struct callback callback = {
		.number = x->number,
		.act = act,
		.note = form_value(&x->form, "note"),
	};

	if (proposal == NULL || number_parse(proposal, &callback.closing) != 0)
		callback.closing = 0;
	staff_case_do(x, work, &callback);
}

static void
staff_confirm(struct request *x, struct work *work)
{
	answer_proposal(x, work, ACT_CONFIRM);
}

static void
staff_object(struct request *x, struct work *work)
{
	answer_proposal(x, work, ACT_OBJECT);
}

static void
staff_reopen(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){ .number = x->number, .act = ACT_REOPEN });
}

const struct route staff_case_close_routes[] = {
	{ METHOD_POST, "/staff/case/#/close", CALLERS, WORKER_STAFF, staff_close,
	    { "outcome", "note" } },
	{ METHOD_POST, "/staff/case/#/propose", CALLERS, WORKER_STAFF, staff_propose,
	    { "outcome", "note" } },
	{ METHOD_POST, "/staff/case/#/confirm", CALLERS, WORKER_STAFF, staff_confirm,
	    { "proposal" } },
	{ METHOD_POST, "/staff/case/#/object", CALLERS, WORKER_STAFF, staff_object,
	    { "proposal", "note" } },
	{ METHOD_POST, "/staff/case/#/reopen", CALLERS, WORKER_STAFF, staff_reopen, { NULL } },
	{ METHOD_POST, "/staff/case/#/begin", CALLERS, WORKER_STAFF, staff_begin,
	    { "outcome", "call1", "call2", "call3", "note" } },
	{ METHOD_POST, "/staff/case/#/decline", CALLERS, WORKER_STAFF, staff_decline, { "note" } },
	{ METHOD_POST, "/staff/case/#/remind", CALLERS, WORKER_STAFF, staff_remind,
	    { "month", "year" } },
	{ .path = NULL }
};
