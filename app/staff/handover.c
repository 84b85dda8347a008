/* Handing over, participants, conflicts of interest: the buttons of a case's page. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

static const struct {
	int status;
	const char *notice;		/* may hold {who} */
} refusals[] = {
	[HANDOVER_CHANGED] = { 409,
	    N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan.") },
	[HANDOVER_OFFERED] = { 409, N_("{who} har redan erbjudit ärendet till en kö.") },
	[HANDOVER_ACCEPTED] = { 409, N_("{who} hann före och har tagit över ärendet.") },
	[HANDOVER_RETURNED] = { 409, N_("{who} har tackat nej till ärendet.") },
	[HANDOVER_WITHDRAWN] = { 409, N_("{who} har tagit tillbaka erbjudandet.") },
	[HANDOVER_LAPSED] = { 409, N_("Erbjudandet fick inget svar i tid och har gått tillbaka.") },
	[HANDOVER_CLOSED] = { 409, N_("{who} har avslutat ärendet.") },
	[HANDOVER_QUEUE] = { 422, N_("Välj en annan kö, där någon kan ta emot.") },
	[HANDOVER_PARTNER] = { 409, N_("Kön deltar redan.") },
	[HANDOVER_ALONE] = { 409,
	    N_("Ingen kollega i kön kan ta ärendet. Lämna över det till en annan kö.") },
};

/*
 * Shows the case's page with what is wrong at the field of the form. False: nothing is wrong
 * with a field.
 */
static bool
refuse_field(struct request *x, struct work *work, const struct handover_answer *answer)
{
	const bool offers = strcmp(strrchr(x->path, '/'), "/offer") == 0;
	struct case_remark remark = { 0 };

	switch (answer->verdict) {
	case HANDOVER_TEXT:
		remark.field = offers ? "note" : "reason";
		remark.fault = staff_text_fault(x, form_value(&x->form, remark.field),
		    answer->fault, N_("Skriv varför ni tackar nej."));
		break;
	case HANDOVER_YES:
		remark.field = offers ? "yes" : "what";
		remark.fault = staff_text_fault(x, form_value(&x->form, remark.field),
		    answer->fault, N_("Skriv vad personen sa ja till."));
		break;
	case HANDOVER_DAY:
		remark.field = "agreed";
		remark.fault = staff_odd_day(x,
		    N_("Välj dagen då personen sa ja: i dag eller tidigare."));
		break;
	default:
		return false;
	}
	staff_case_remark(x, work, 422, remark);
	return true;
}

static void
refuse(struct request *x, struct work *work, const struct handover_answer *answer)
{
	const char *notice;
	int status;

	if (refuse_field(x, work, answer))
		return;
	notice = refusals[answer->verdict].notice;
	status = refusals[answer->verdict].status;
	if (answer->verdict == HANDOVER_CHANGED && answer->who[0] != '\0' && !answer->mine)
		notice = N_("{who} hann före och har ärendet.");
	if (answer->verdict == HANDOVER_ALONE && !answer->mine)
		notice = N_("Ingen kollega i kön kan ta ärendet. Ta det och lämna över det till en "
		    "annan kö.");
	if (answer->near)
		staff_case_show(x, work, status, notice, answer->who);
	else
		staff_told(x, status, N_("Erbjudandet gäller inte längre"), notice, answer->who);
}

/* Redirects with a notice when the act is done, and otherwise shows why it is not. */
static void
handover_done(struct request *x, struct work *work, enum answer found,
    const struct handover_answer *answer, const char *done, const struct error *error)
{
	if (found == FAILED) {
		staff_failed(x, error);
		return;
	}
	if (found == ABSENT) {
		staff_absent(x);
		return;
	}
	if (answer->verdict != HANDOVER_DONE) {
		refuse(x, work, answer);
		return;
	}
	if (answer->near)
		staff_case_lead(x, done);
	else
		staff_case_leave(x, done, strcmp(done, "recuse") == 0);
}

/* Reads the person's consent: its text is in the field `what`, its day in "agreed". */
static struct consent
read_yes(const struct request *x, const char *what)
{
	struct consent yes = { .what = form_value(&x->form, what) };
	const char *day = form_value(&x->form, "agreed");

	if (day == NULL || text_input_day(day, &yes.day) != 0)
		yes.day = 0;
	return yes;
}

static void
staff_handover_offer(struct request *x, struct work *work)
{
	const char *stays = form_value(&x->form, "stays");
	const struct consent yes = read_yes(x, "yes");
	const struct handover_offer offer = {
		.number = x->number,
		.queue = form_value(&x->form, "queue"),
		.note = form_value(&x->form, "note"),
		.stays = stays != NULL && strcmp(stays, "yes") == 0 ? &yes : NULL,
	};
	struct handover_answer answer;
	enum answer found = handover_offer(work, &offer, &answer);

	handover_done(x, work, found, &answer, "offer", &work->error);
}

static void
staff_handover_accept(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = handover_accept(work, x->number, &answer);

	handover_done(x, work, found, &answer, "accept", &work->error);
}

static void
staff_handover_return(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = handover_return(work, x->number, form_value(&x->form, "reason"),
	    &answer);

	handover_done(x, work, found, &answer, "return", &work->error);
}

static void
staff_handover_withdraw(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = handover_withdraw(work, x->number, &answer);

	handover_done(x, work, found, &answer, "withdraw", &work->error);
}

static void
staff_recuse(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = conflict_of_interest_declare(work, x->number, &answer);

	handover_done(x, work, found, &answer, "recuse", &work->error);
}

static void
staff_share(struct request *x, struct work *work)
{
	const struct consent yes = read_yes(x, "what");
	struct handover_answer answer;
	enum answer found = participant_add(work, x->number, form_value(&x->form, "queue"), &yes,
	    &answer);

	handover_done(x, work, found, &answer, "share", &work->error);
}

static void
staff_unshare(struct request *x, struct work *work)
{
	struct handover_answer answer;
	enum answer found = participant_end(work, x->number, form_value(&x->form, "queue"),
	    &answer);

	handover_done(x, work, found, &answer, "unshare", &work->error);
}

const struct route staff_handover_routes[] = {
	{ METHOD_POST, "/staff/case/#/offer", CALLERS, WORKER_STAFF, staff_handover_offer,
	    { "queue", "note", "stays", "yes", "agreed" } },
	{ METHOD_POST, "/staff/case/#/accept", CALLERS, WORKER_STAFF, staff_handover_accept,
	    { NULL } },
	{ METHOD_POST, "/staff/case/#/return", CALLERS, WORKER_STAFF, staff_handover_return,
	    { "reason" } },
	{ METHOD_POST, "/staff/case/#/withdraw", CALLERS, WORKER_STAFF, staff_handover_withdraw,
	    { NULL } },
	{ METHOD_POST, "/staff/case/#/recuse", CALLERS, WORKER_STAFF, staff_recuse, { NULL } },
	{ METHOD_POST, "/staff/case/#/share", CALLERS, WORKER_STAFF, staff_share,
	    { "queue", "what", "agreed" } },
	{ METHOD_POST, "/staff/case/#/unshare", CALLERS, WORKER_STAFF, staff_unshare, { "queue" } },
	{ .path = NULL }
};
