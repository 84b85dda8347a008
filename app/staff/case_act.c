/* What is done to a case: claim, attempts, park, note, release, undo. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/view.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* Why it was not done, to somebody who sees the case as it now is. */
static void
refuse(struct request *x, struct work *work, enum act act, const struct callback_answer *answer)
{
	const char *notice = N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan.");

	if (answer->verdict == LIFECYCLE_ATTEMPTS)
		notice = N_("”Ingen kontakt” går inte att välja än.");
	else if (answer->verdict == LIFECYCLE_UNTIL)
		notice = N_("Välj ett datum inom ett år framåt.");
	else if (answer->verdict == LIFECYCLE_LATE || (act == ACT_UNDO && answer->mine))
		notice = N_("Det går inte att ångra längre.");
	else if (answer->verdict == LIFECYCLE_OUTCOME)
		notice = N_("Välj hur det slutade.");
	else if (answer->verdict == LIFECYCLE_SECOND)
		notice = N_("När ingen tar vid behövs ett skäl och en kollega som bekräftar.");
	else if (answer->holder[0] != '\0' && !answer->mine)
		notice = N_("{who} hann före och har ärendet.");
	staff_case_show(x, work, 409, notice, answer->holder);
}

void
staff_case_do(struct request *x, struct work *work, const struct callback *callback)
{
	struct callback_answer answer;
	char reference[14];
	const char *done = word_of(&words_act, callback->act);

	switch (callback_do(work, callback, &answer)) {
	case FOUND:
		break;
	case ABSENT:
		staff_absent(x);
		return;
	case FAILED:
	default:
		if (work->error.kind == ERROR_INPUT)
			staff_case_show(x, work, 422,
			    N_("Anteckningen är tom eller för lång. Skriv högst 4000 tecken."),
			    NULL);
		else
			staff_failed(x, &work->error);
		return;
	}
	if (answer.verdict != LIFECYCLE_OK) {
		refuse(x, work, callback->act, &answer);
		return;
	}
	if (act_has(callback->act, ACT_IS_ATTEMPT) && answer.mine)
		done = "tried";
	if (callback->act == ACT_CLOSE && answer.was_closed)
		done = "added";
	number_text(x->number, reference);
	/* What leaves the reader's hands leads back to the queue, else to the case. */
	if (answer.mine || (callback->act == ACT_CLOSE && answer.was_closed))
		request_redirect(x, "/staff/case/%s?notice=%s", reference, done);
	else
		request_redirect(x, "/staff/queue?notice=%s&case=%s", done, reference);
}

bool
staff_read_day(const struct request *x, const char *field, int64_t *at)
{
	const char *written = form_value(&x->form, field);
	int32_t day;

	*at = 0;
	if (written == NULL || *written == '\0')
		return true;
	if (day_parse(written, &day) != 0)
		return false;
	*at = day_at(day, 12 * 60);
	return true;
}

static void
act_until(struct request *x, struct work *work, enum act act)
{
	struct callback callback = {
		.number = x->number,
		.act = act,
		.note = form_value(&x->form, "note"),
	};

	if (staff_read_day(x, "until", &callback.until_at))
		staff_case_do(x, work, &callback);
	else
		staff_case_show(x, work, 422, N_("Välj ett datum inom ett år framåt."), NULL);
}

static void
staff_claim(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){ .number = x->number, .act = ACT_CLAIM });
}

static void
staff_attempt(struct request *x, struct work *work)
{
	int result = word_value(&words_act, form_value(&x->form, "result"));

	if (result != ACT_REACHED && !act_has((enum act)result, ACT_IS_ATTEMPT)) {
		staff_case_show(x, work, 422, N_("Välj hur det gick."), NULL);
		return;
	}
	if (result == ACT_REACHED)
		act_until(x, work, ACT_REACHED);
	else
		staff_case_do(x, work, &(struct callback){
			.number = x->number,
			.act = (enum act)result,
			.note = form_value(&x->form, "note"),
		});
}

static void
staff_park(struct request *x, struct work *work)
{
	act_until(x, work, ACT_PARK);
}

static void
staff_follow(struct request *x, struct work *work)
{
	act_until(x, work, ACT_FOLLOW);
}

static void
staff_release(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){
		.number = x->number,
		.act = ACT_RELEASE,
		.note = form_value(&x->form, "note"),
	});
}

static void
staff_note(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){
		.number = x->number,
		.act = ACT_NOTE,
		.note = form_value(&x->form, "note"),
	});
}

/* What comes next and why, by what was found in retry.reason. */
static const char *const reasons[] = {
	[RETRY_OTHER_HALF] = N_("Vi provar igen {when}: den andra halvan av dagen."),
	[RETRY_OTHER_HALF_NEXT] =
	    N_("Vi provar igen {when}: den andra halvan av dagen, nästa dag som är öppen."),
	[RETRY_WINDOW] = N_("Vi provar igen {when}: då passar det personen."),
	[RETRY_HOURS] = N_("Vi provar igen {when}: nästa gång kön har öppet."),
};

const char *
staff_retry(struct request *x, const struct retry *retry)
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

const char *
staff_by(struct request *x, const char *message, int64_t at)
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
	view->token = x->identity.session.form_token;
	view->act = staff_act_text(undoable.act);
	view->until = staff_when(x, undoable.at + UNDO_SECONDS);
	view->next = what_comes(x, &undoable);
	return 0;
}

static void
staff_undo(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){ .number = x->number, .act = ACT_UNDO });
}

const struct route staff_case_act_routes[] = {
	{ METHOD_POST, "/staff/case/#/claim", CALLERS, WORKER_STAFF, staff_claim, { NULL } },
	{ METHOD_POST, "/staff/case/#/attempt", CALLERS, WORKER_STAFF, staff_attempt,
	    { "result", "note", "until" } },
	{ METHOD_POST, "/staff/case/#/undo", CALLERS, WORKER_STAFF, staff_undo, { NULL } },
	{ METHOD_POST, "/staff/case/#/park", CALLERS, WORKER_STAFF, staff_park, { "until", "note" } },
	{ METHOD_POST, "/staff/case/#/release", CALLERS, WORKER_STAFF, staff_release, { "note" } },
	{ METHOD_POST, "/staff/case/#/note", CALLERS, WORKER_STAFF, staff_note, { "note" } },
	{ METHOD_POST, "/staff/case/#/follow", CALLERS, WORKER_STAFF, staff_follow,
	    { "until", "note" } },
	{ .path = NULL }
};
