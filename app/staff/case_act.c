/*
 * The acts on a case: each button of its page except those for handing over and for text
 * messages.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/render.h"
#include "render/view.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* A colleague has talked with the person while the reader's page was open. */
static void
refuse_talked(struct request *x, struct work *work, const struct callback_answer *answer)
{
	struct buffer told = { 0 };

	text_fill(&told, x->language, text(x->language, N_("{who} pratade med personen {when}, efter "
	    "att du öppnade sidan. Det du skrev är inte sparat än. Tryck igen om det ska sparas.")),
	    &(const struct text_argument){ "when", staff_when(x, answer->talk.at) }, 1);
	staff_case_show(x, work, 409, arena_take(x, &told), answer->talk.by);
}

/* Shows the present case with the reason why the act was refused. */
static void
refuse(struct request *x, struct work *work, enum act act, const struct callback_answer *answer)
{
	const char *notice = N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan.");

	if (answer->verdict == LIFECYCLE_ATTEMPTS)
		notice = N_("”Ingen kontakt” går inte att välja än.");
	else if (answer->verdict == LIFECYCLE_UNTIL)
		notice = N_("Välj ett datum inom ett år framåt.");
	else if ((answer->verdict == LIFECYCLE_LATE && (answer->holder[0] == '\0' || answer->mine)) ||
	    (act == ACT_UNDO && answer->mine))
		notice = N_("Det går inte att ångra längre.");
	/* A closing has been given an outcome; it is refused when another tab was first. */
	else if (answer->verdict == LIFECYCLE_OUTCOME && act != ACT_CLOSE)
		notice = N_("Välj ett utfall.");
	else if (answer->verdict == LIFECYCLE_SECOND)
		notice = N_("När ingen tar vid behövs ett skäl och en kollega som bekräftar.");
	else if (answer->holder[0] != '\0' && !answer->mine)
		notice = N_("{who} hann före och har ärendet.");
	staff_case_show(x, work, 409, notice, answer->holder);
}

static void
refuse_note(struct request *x, struct work *work, enum fault fault)
{
	staff_case_show(x, work, 422, staff_text_fault(x, form_value(&x->form, "note"), fault,
	    N_("Skriv något i anteckningen först.")), NULL);
}

void
staff_case_do(struct request *x, struct work *work, const struct callback *callback)
{
	struct callback_answer answer;
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
			refuse_note(x, work, answer.note);
		else
			staff_failed(x, &work->error);
		return;
	}
	if (answer.talk.at != 0) {
		refuse_talked(x, work, &answer);
		return;
	}
	if (answer.verdict != LIFECYCLE_OK) {
		refuse(x, work, callback->act, &answer);
		return;
	}
	if (act_has(callback->act, ACT_IS_ATTEMPT) && answer.mine &&
	    callback->act != ACT_WRONG_NUMBER && !act_has(callback->act, ACT_IS_OTHER_WAY))
		done = "tried";
	if (callback->act == ACT_CLOSE && answer.was_closed)
		done = "added";
	/*
	 * A case that the reader does not hold any more leads back to the worklist, every
	 * other to its own page.
	 */
	if (answer.mine || (callback->act == ACT_CLOSE && answer.was_closed))
		staff_case_lead(x, done);
	else
		staff_case_leave(x, done, true);
}

static bool
read_day(const struct request *x, const char *field, int64_t *at)
{
	const char *written = form_value(&x->form, field);
	int32_t day;

	*at = 0;
	if (written == NULL || *written == '\0')
		return true;
	if (text_input_day(written, &day) != 0)
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

	if (read_day(x, "until", &callback.until_at))
		staff_case_do(x, work, &callback);
	else
		staff_case_show(x, work, 422,
		    staff_odd_day(x, N_("Välj ett datum inom ett år framåt.")), NULL);
}

/* Puts the words behind the note that was typed. */
static void
append_words(struct request *x, const char *words)
{
	for (size_t i = 0; i < x->form.count; i++) {
		struct form_field *typed = &x->form.fields[i];

		if (strcmp(typed->name, "note") == 0)
			typed->value = *typed->value == '\0' ? words :
			    arena_format(x, "%s\n%s", typed->value, words);
	}
}

/*
 * Whether the form asks for a template. Then the request is answered: with the case's page and
 * the template in the form's field.
 */
static bool
insert_template(struct request *x, struct work *work)
{
	const char *words;

	if (form_value(&x->form, "insert") == NULL)
		return false;
	switch (staff_template_words(x, work, TEMPLATE_NOTE, &words)) {
	case FOUND:
		append_words(x, words);
		staff_case_show(x, work, 200, NULL, NULL);
		/* A form that is there no more is refused, so that the text is kept. */
		if (!refill(&x->body, x->path, &x->form))
			x->status = 409;
		break;
	case ABSENT:
		staff_case_show(x, work, 422, N_("Välj en mall först."), NULL);
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
	return true;
}

static void
staff_claim(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){ .number = x->number, .act = ACT_CLAIM });
}

/* Returns a number of at most four digits; 0 for anything else. */
static int
read_number(const struct form *form, const char *field)
{
	const char *written = form_value(form, field);
	char *end;
	long value;

	if (written == NULL || written[0] < '0' || written[0] > '9')
		return 0;
	value = strtol(written, &end, 10);
	return *end == '\0' && value < 10000 ? (int)value : 0;
}

static void
staff_attempt(struct request *x, struct work *work)
{
	int result = word_value(&words_act, form_value(&x->form, "result"));
	const bool talk = act_has((enum act)result, ACT_IS_TALK);

	if (insert_template(x, work))
		return;
	if (!talk && !act_has((enum act)result, ACT_IS_ATTEMPT)) {
		staff_case_show(x, work, 422, N_("Välj hur det gick."), NULL);
		return;
	}
	if (talk || act_has((enum act)result, ACT_IS_OTHER_WAY))
		act_until(x, work, (enum act)result);
	else
		staff_case_do(x, work, &(struct callback){
			.number = x->number,
			.act = (enum act)result,
			.seen = read_number(&x->query, "seen"),
			.note = form_value(&x->form, "note"),
		});
}

/* Of somebody who answers and does not hold the case; the holder has a button beside the others. */
static void
staff_rang_back(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){
		.number = x->number,
		.act = ACT_RANG_BACK,
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
	if (insert_template(x, work))
		return;
	staff_case_do(x, work, &(struct callback){
		.number = x->number,
		.act = ACT_NOTE,
		.note = form_value(&x->form, "note"),
	});
}

static void
staff_undo(struct request *x, struct work *work)
{
	staff_case_do(x, work, &(struct callback){ .number = x->number, .act = ACT_UNDO });
}

/* Returns the outcomes of the form as a mask; 0 for none and for unknown ones. */
static unsigned
read_outcomes(const struct request *x)
{
	const char *word = form_value(&x->form, "outcome");
	int outcome = word_value(&words_outcome, word);

	if (word != NULL && strcmp(word, OUTCOME_WORK_AND_STUDIES) == 0)
		return WORK_AND_STUDIES;
	return outcome >= 0 ? 1U << outcome : 0;
}

static void
close_with(struct request *x, struct work *work, enum act act)
{
	struct callback callback = {
		.number = x->number,
		.act = act,
		.outcomes = read_outcomes(x),
		.note = form_value(&x->form, "note"),
	};

	if (callback.outcomes == 0)
		staff_case_show(x, work, 422, N_("Välj ett utfall."), NULL);
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

/* Answers the proposal that was on the page, and no later one. */
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

static const char *const call_fields[PLAN_CALLS] = STAFF_CALL_FIELDS;

static void
staff_begin(struct request *x, struct work *work)
{
	struct callback callback = {
		.number = x->number,
		.act = ACT_BEGIN,
		.outcomes = read_outcomes(x),
		.note = form_value(&x->form, "note"),
	};

	for (size_t i = 0; i < PLAN_CALLS; i++) {
		if (read_day(x, call_fields[i], &callback.plan[i]))
			continue;
		staff_case_show(x, work, 422,
		    staff_odd_day(x, N_("Välj ett datum inom ett år framåt.")), NULL);
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

static void
staff_remind(struct request *x, struct work *work)
{
	struct callback callback = { .number = x->number, .act = ACT_REMIND };

	/* Without a month, the reminder is removed. */
	if (form_value(&x->form, "month") != NULL || form_value(&x->form, "year") != NULL) {
		callback.remind_at = reminder_at(read_number(&x->form, "year"),
		    read_number(&x->form, "month"), site.config.kaa_reminder_months, x->now);
		if (callback.remind_at == 0) {
			staff_case_show(x, work, 422,
			    N_("Välj en månad som inte har varit, högst sex år framåt."), NULL);
			return;
		}
	}
	staff_case_do(x, work, &callback);
}

/* The value of each button, and the word of its notice. */
static const struct { const char *is, *notice; } presses[] = {
	[DUPLICATES_LINK] = { "same", "link" },
	[DUPLICATES_PART] = { "apart", "apart" },
	[DUPLICATES_UNLINK] = { "unlink", "unlink" },
};

/*
 * Returns the other case of the decision, and the decision in *press; 0, which is no case,
 * when the form has neither.
 */
static int64_t
pressed(const struct request *x, enum duplicates_press *press)
{
	const char *is = form_value(&x->form, "is"), *other = form_value(&x->form, "other");
	int64_t number;

	for (unsigned i = 0; is != NULL && other != NULL && i < COUNT_OF(presses); i++) {
		if (strcmp(is, presses[i].is) != 0)
			continue;
		*press = i;
		return number_parse(other, &number) == 0 ? number : 0;
	}
	return 0;
}

static void
staff_link(struct request *x, struct work *work)
{
	enum lifecycle_verdict verdict = LIFECYCLE_STATE;
	enum duplicates_press press = DUPLICATES_LINK;
	const int64_t other = pressed(x, &press);
	enum answer answer;

	answer = duplicates_press(work, press, x->number, other, &verdict);
	if (answer == FAILED) {
		staff_failed(x, &work->error);
	} else if (answer == ABSENT) {
		staff_absent(x);
	} else if (verdict != LIFECYCLE_OK) {
		staff_case_show(x, work, 409,
		    N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan."),
		    NULL);
	} else {
		staff_case_lead(x, presses[press].notice);
	}
}

const struct route staff_case_act_routes[] = {
	{ METHOD_POST, "/staff/case/#/claim", CALLERS, WORKER_STAFF, staff_claim, { NULL } },
	{ METHOD_POST, "/staff/case/#/attempt", CALLERS, WORKER_STAFF, staff_attempt,
	    { "result", "note", "until", "template", "insert", "seen" } },
	{ METHOD_POST, "/staff/case/#/undo", CALLERS, WORKER_STAFF, staff_undo, { NULL } },
	{ METHOD_POST, "/staff/case/#/park", CALLERS, WORKER_STAFF, staff_park, { "until", "note" } },
	{ METHOD_POST, "/staff/case/#/release", CALLERS, WORKER_STAFF, staff_release, { "note" } },
	{ METHOD_POST, "/staff/case/#/note", CALLERS, WORKER_STAFF, staff_note,
	    { "note", "template", "insert" } },
	{ METHOD_POST, "/staff/case/#/follow", CALLERS, WORKER_STAFF, staff_follow,
	    { "until", "note" } },
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
	{ METHOD_POST, "/staff/case/#/link", CALLERS, WORKER_STAFF, staff_link, { "other", "is" } },
	{ METHOD_POST, "/staff/case/#/rang-back", CALLERS, WORKER_STAFF, staff_rang_back,
	    { "note" } },
	{ .path = NULL }
};
