#include <stdio.h>
#include <string.h>

#include "referral/referral.h"
#include "web/staff_case.h"
#include "web/web.h"

#define WORK_AND_STUDIES	(1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES)

unsigned
staff_outcomes(const struct exchange *x)
{
	const char *word = form_value(&x->form, "outcome");
	int outcome = word_value(&words_outcome, word);

	if (word != NULL && strcmp(word, OUTCOME_WORK_AND_STUDIES) == 0)
		return WORK_AND_STUDIES;
	return outcome >= 0 ? 1U << outcome : 0;
}

const struct word_outcome_view *
staff_outcome_words(struct exchange *x, unsigned mask, size_t *count)
{
	struct word_outcome_view *words = exchange_keep_array(x, OUTCOME_COUNT, sizeof(*words));

	*count = 0;
	for (int i = 0; i < OUTCOME_COUNT; i++) {
		if ((mask & 1U << i) != 0)
			words[(*count)++].word = word_of(&words_outcome, i);
	}
	return words;
}

/* What a case may be closed with: work together with studies after the two. */
static void
fill_choices(struct exchange *x, struct closing_view *view)
{
	struct word_outcome_view *received = exchange_keep_array(x, OUTCOME_COUNT + 1,
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
fill_asked(struct exchange *x, struct closing_view *view, const struct casefile *file)
{
	const struct staying_closing *closing = &file->staying.closing;
	char proposal[14];
	size_t count;

	if (closing->account == 0)
		return;
	number_text(closing->record, proposal);
	view->asked_by = closing->author;
	view->asked_when = staff_when(x, closing->at);
	view->asked = staff_outcome_words(x, closing->outcomes, &count)[0];
	view->proposal = exchange_keep(x, "%s", proposal);
	view->asked_mine = lifecycle_offers(file->row.state, ACT_OBJECT, file->actor & ACTOR_HOLDER);
	view->can_confirm = lifecycle_offers(file->row.state, ACT_CONFIRM, file->actor);
	for (size_t i = 0; i < file->notes_count; i++) {
		if (file->notes[i].number == closing->record)
			view->reason = buffer_string(&file->notes[i].text);
	}
}

void
staff_closing_fill(struct exchange *x, struct case_view *whole, const struct casefile *file)
{
	const struct case_row *row = &file->row;
	const struct staying *staying = &file->staying;
	struct closing_view *view = &whole->closing;
	struct second_view *seconds = exchange_keep_array(x, staying->seconds_count + 1,
	    sizeof(*seconds));
	bool closed = row->closed_at != 0;

	for (size_t i = 0; i < staying->seconds_count; i++)
		seconds[view->seconds_count++].name = staying->seconds[i].name;
	view->seconds = seconds;
	view->can_close = !closed && lifecycle_offers(row->state, ACT_CLOSE, file->actor);
	view->can_propose = staying->closing.account == 0 &&
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
close_with(struct exchange *x, struct store *store, enum act act)
{
	struct callback callback = {
		.number = x->number,
		.act = act,
		.outcomes = staff_outcomes(x),
		.note = form_value(&x->form, "note"),
	};

	if (callback.outcomes == 0)
		staff_case_show(x, store, 422, N_("Välj hur det slutade."), NULL);
	else
		staff_case_do(x, store, &callback);
}

void
staff_close(struct exchange *x, struct store *store)
{
	close_with(x, store, ACT_CLOSE);
}

void
staff_propose(struct exchange *x, struct store *store)
{
	close_with(x, store, ACT_PROPOSE);
}

/* An answer to the proposal that was on the page, and to no later one. */
static void
answer_proposal(struct exchange *x, struct store *store, enum act act)
{
	const char *proposal = form_value(&x->form, "proposal");
	struct callback callback = {
		.number = x->number,
		.act = act,
		.note = form_value(&x->form, "note"),
	};

	if (proposal == NULL || number_parse(proposal, &callback.closing) != 0)
		callback.closing = 0;
	staff_case_do(x, store, &callback);
}

void
staff_confirm(struct exchange *x, struct store *store)
{
	answer_proposal(x, store, ACT_CONFIRM);
}

void
staff_object(struct exchange *x, struct store *store)
{
	answer_proposal(x, store, ACT_OBJECT);
}

void
staff_reopen(struct exchange *x, struct store *store)
{
	staff_case_do(x, store, &(struct callback){ .number = x->number, .act = ACT_REOPEN });
}
