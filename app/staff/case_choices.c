/* The parts of a case's page that show the possible acts and what follows each. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/view.h"
#include "render/view_case.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

#define MONTHS		12
#define YEARS		7	/* this year, and six later ones for a reminder */

/* The labels of the fields for planned contacts, in the order of STAFF_CALL_FIELDS. */
static const char *const call_fields[PLAN_CALLS] = STAFF_CALL_FIELDS;
static const char *const call_labels[PLAN_CALLS] = {
	N_("Första samtalet, efter två veckor"),
	N_("Andra samtalet, efter sex veckor"),
	N_("Tredje samtalet, efter tolv veckor"),
};

/* The text about the next try, by retry.reason. */
static const char *const reasons[] = {
	[RETRY_OTHER_HALF] = N_("Vi provar igen {when}: den andra halvan av dagen."),
	[RETRY_OTHER_HALF_NEXT] =
	    N_("Vi provar igen {when}: den andra halvan av dagen, nästa dag som är öppen."),
	[RETRY_WINDOW] = N_("Vi provar igen {when}: då passar det personen."),
	[RETRY_HOURS] = N_("Vi provar igen {when}: nästa gång kön har öppet."),
};

static const char *
retry_text(struct request *x, const struct retry *retry)
{
	struct buffer when = { 0 }, out = { 0 };
	struct tm local, now;

	clock_local(retry->at, &local);
	clock_local(x->now, &now);
	text_half(&when, x->language, &local, &now, retry->half);
	text_fill(&out, x->language, text(x->language, reasons[retry->reason]),
	    &(const struct text_argument){ "when", buffer_string(&when) }, 1);
	buffer_free(&when);
	return arena_take(x, &out);
}

static const char *
by_text(struct request *x, const char *message, int64_t at)
{
	struct buffer out = { 0 };

	text_fill(&out, x->language, text(x->language, message),
	    &(const struct text_argument){ "day", staff_when(x, at) }, 1);
	return arena_take(x, &out);
}

static const char *
what_comes(struct request *x, const struct undoable *undoable)
{
	switch (undoable->act) {
	case ACT_REACHED:
	case ACT_RANG_BACK:
	case ACT_FOLLOW:
		return by_text(x, N_("Nästa kontakt senast {day}."), undoable->due_at);
	case ACT_PARK:
		return by_text(x, N_("Kommer fram igen {day}."), undoable->due_at);
	case ACT_RECUSE:
		return NULL;
	case ACT_WRONG_NUMBER:
	case ACT_LETTER:
	case ACT_VISIT:
	case ACT_HELPER:
		return by_text(x, N_("Nästa kontakt senast {day}."), undoable->due_at);
	case ACT_RELEASE:
		return by_text(x, N_("Någon ska ringa senast {day}."), undoable->due_at);
	default:
		return retry_text(x, &undoable->retry);
	}
}

int
staff_undo_offer(struct request *x, struct work *work, int64_t number,
    struct case_undo_view *view)
{
	struct undoable undoable;
	char reference[14];

	switch (undo_offered(work, number, &undoable)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
	number_text(number, reference);
	view->href = arena_format(x, "/staff/case/%s/undo", reference);
	view->token = staff_form_token(x);
	view->act = staff_act_text(undoable.act);
	view->until = staff_clock(x, undoable.at + UNDO_SECONDS);
	view->next = what_comes(x, &undoable);
	return 0;
}

/* Fills in the due time that each result of a call would set. */
static void
fill_attempt(struct request *x, struct case_view *view, const struct casefile *file,
    const struct config_queue *queue)
{
	const struct retry retry = duetime_retry_why(queue, file->row.when, x->now);
	const int64_t planned = follow_up_planned(&file->follow_up, x->now, file->row.due_at);

	view->attempt_action = arena_format(x, "%s/attempt?seen=%zu", view->base, file->trail_count);
	if (view->ring_from != NULL)
		view->retry_next = retry_text(x, &retry);
	view->stays_mine = file->row.state != STATE_CLAIMED;
	view->reached_next = by_text(x, N_("Utan datum: nästa kontakt senast {day}."),
	    planned != 0 ? planned : duetime_after(queue, x->now, site.config.follow_days));
}

static void
fill_actions(struct request *x, struct case_view *view, const struct casefile *file)
{
	const struct config_queue *queue = config_queue(&site.config, file->row.queue);
	const struct attempts *attempts = &file->attempts;
	const struct attempts_missing missing = attempts_missing(attempts);
	enum state state = file->row.state;
	unsigned actor = file->actor;
	int32_t today = day_of(x->now);

	view->can_claim = lifecycle_offers(state, ACT_CLAIM, actor);
	view->can_attempt = lifecycle_offers(state, ACT_NO_ANSWER, actor);
	view->can_ring_back = !view->can_attempt && lifecycle_offers(state, ACT_RANG_BACK, actor);
	view->can_park = lifecycle_offers(state, ACT_PARK, actor);
	view->can_release = lifecycle_offers(state, ACT_RELEASE, actor);
	view->can_follow = lifecycle_offers(state, ACT_FOLLOW, actor);
	view->can_note = lifecycle_offers(state, ACT_NOTE, actor);
	view->no_contact_met = lifecycle_no_contact_met(attempts);
	view->missing = (struct case_no_contact_view){
		missing.rings, missing.day, missing.morning, missing.afternoon, missing.text,
		attempts->wrong, missing.ways, file->texts_count > 0, false
	};
	for (size_t i = 0; i < file->texts_count; i++) {
		const struct casefile_text *text = &file->texts[i];

		if (text->state != MESSAGE_SENT)
			continue;
		view->missing.unsent = false;
		view->missing.elsewhere |= text->changed_at <= file->telephone.wrong_at ||
		    text->changed_at <= file->telephone.new_at;
	}
	view->park_min = staff_date(x, today + 1);
	view->park_value = staff_date(x, today + 7);
	view->park_max = staff_date(x, today + 365);
	if (view->can_attempt && queue != NULL)
		fill_attempt(x, view, file, queue);
}

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
			call_fields[i], call_labels[i], staff_date(x, day_of(at[i]))
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

static void
fill_following(struct request *x, struct case_view *whole, const struct casefile *file)
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

static const struct word_outcome_view *
outcome_words(struct request *x, unsigned mask, size_t *count)
{
	struct word_outcome_view *words = arena_array(x, OUTCOME_COUNT, sizeof(*words));

	*count = 0;
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		if ((mask & 1U << i) != 0)
			words[(*count)++].word = word_of(&words_outcome, i);
	}
	return words;
}

/*
 * Fills in the outcomes with which the case may be closed; "work and studies" comes after
 * these two.
 */
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
	view->unreceived = outcome_words(x, unreceived, &view->unreceived_count);
}

/* Suggests the outcome that the follow-up has begun with. */
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
	view->asked = outcome_words(x, closing->outcomes, &count)[0];
	view->proposal = arena_format(x, "%s", proposal);
	view->asked_mine = lifecycle_offers(file->row.state, ACT_OBJECT, file->actor & ACTOR_HOLDER);
	view->can_confirm = lifecycle_offers(file->row.state, ACT_CONFIRM, file->actor);
	for (size_t i = 0; i < file->notes_count; i++) {
		if (file->notes[i].number == closing->record)
			view->reason = buffer_string(&file->notes[i].text);
	}
}

static void
fill_closing(struct request *x, struct case_view *whole, const struct casefile *file)
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
	view->addable = outcome_words(x, ~(row->outcomes | 1U << OUTCOME_NO_CONTACT),
	    &view->addable_count);
	view->suggested = suggest(row->outcomes);
	fill_asked(x, view, file);
}

void
case_choices_fill(struct request *x, struct case_view *view, const struct casefile *file)
{
	fill_actions(x, view, file);
	view->outcomes = outcome_words(x, file->row.outcomes, &view->outcomes_count);
	fill_closing(x, view, file);
	fill_following(x, view, file);
}
