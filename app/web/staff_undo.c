#include "web/staff_case.h"
#include "web/web.h"

/* What comes next and why, by what was found in retry.reason. */
static const char *const reasons[] = {
	[RETRY_OTHER_HALF] = N_("Vi provar igen {when}: den andra halvan av dagen."),
	[RETRY_OTHER_HALF_NEXT] =
	    N_("Vi provar igen {when}: den andra halvan av dagen, nästa dag som är öppen."),
	[RETRY_WINDOW] = N_("Vi provar igen {when}: då passar det personen."),
	[RETRY_HOURS] = N_("Vi provar igen {when}: nästa gång kön har öppet."),
};

const char *
staff_retry(struct exchange *x, const struct retry *retry)
{
	struct buffer when = { 0 }, out = { 0 };
	struct tm local, now;

	clock_local(retry->at, &local);
	clock_local(x->now, &now);
	text_half(&when, x->language, &local, &now, retry->half);
	text_fill(&out, text(x->language, reasons[retry->reason]),
	    &(const struct text_argument){ "when", buffer_string(&when) }, 1);
	buffer_free(&when);
	return exchange_keep_buffer(x, &out);
}

const char *
staff_by(struct exchange *x, const char *message, int64_t at)
{
	struct buffer out = { 0 };

	text_fill(&out, text(x->language, message),
	    &(const struct text_argument){ "day", staff_when(x, at) }, 1);
	return exchange_keep_buffer(x, &out);
}

static const char *
what_comes(struct exchange *x, const struct undoable *undoable)
{
	switch (undoable->act) {
	case ACT_REACHED:
	case ACT_FOLLOW:
		return staff_by(x, N_("Nästa kontakt senast {day}."), undoable->due_at);
	case ACT_PARK:
		return staff_by(x, N_("Kommer fram igen {day}."), undoable->due_at);
	case ACT_RELEASE:
		return staff_by(x, N_("Någon ska ringa senast {day}."), undoable->due_at);
	default:
		return staff_retry(x, &undoable->retry);
	}
}

int
staff_undo_offer(struct exchange *x, struct store *store, int64_t number,
    struct case_undo_view *view, struct error *error)
{
	struct undoable undoable;
	char reference[14];

	switch (undo_offered(store, &site.config, &x->identity, number, x->now, &undoable,
	    error)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
	number_text(number, reference);
	view->href = exchange_keep(x, "/staff/case/%s/undo", reference);
	view->token = x->identity.session.form_token;
	view->act.word = word_of(&words_act, (int)undoable.act);
	view->until = staff_when(x, undoable.at + UNDO_SECONDS);
	view->next = what_comes(x, &undoable);
	return 0;
}

void
staff_undo(struct exchange *x, struct store *store)
{
	staff_case_do(x, store, &(struct callback){ .number = x->number, .act = ACT_UNDO });
}
