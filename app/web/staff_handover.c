#include <string.h>

#include "web/handover.h"
#include "web/staff_case.h"

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
	[HANDOVER_TEXT] = { 422, N_("Texten är tom eller för lång. Skriv högst 4000 tecken.") },
	[HANDOVER_DAY] = { 422, N_("Välj dagen då personen sa ja: i dag eller tidigare.") },
};

static void
refuse(struct exchange *x, struct store *store, const struct handover_answer *answer)
{
	const char *notice = refusals[answer->verdict].notice;
	int status = refusals[answer->verdict].status;

	if (answer->verdict == HANDOVER_CHANGED && answer->who[0] != '\0' && !answer->mine)
		notice = N_("{who} hann före och har ärendet.");
	if (answer->verdict == HANDOVER_ALONE && !answer->mine)
		notice = N_("Ingen kollega i kön kan ta ärendet. Ta det och lämna över det till en "
		    "annan kö.");
	if (answer->near)
		staff_case_show(x, store, status, notice, answer->who);
	else
		staff_told(x, status, N_("Erbjudandet gäller inte längre"), notice, answer->who);
}

void
staff_handover_answer(struct exchange *x, struct store *store, enum answer found,
    const struct handover_answer *answer, const char *done, const struct error *error)
{
	char reference[14];

	if (found == FAILED) {
		staff_failed(x, error);
		return;
	}
	if (found == ABSENT) {
		staff_absent(x);
		return;
	}
	if (answer->verdict != HANDOVER_DONE) {
		refuse(x, store, answer);
		return;
	}
	number_text(x->number, reference);
	if (answer->near)
		exchange_redirect(x, "/staff/case/%s?notice=%s", reference, done);
	else
		exchange_redirect(x, "/staff/queue?notice=%s", done);
}

struct yes
staff_yes(const struct exchange *x, const char *what)
{
	struct yes yes = { .what = form_value(&x->form, what) };
	const char *day = form_value(&x->form, "agreed");

	if (day == NULL || day_parse(day, &yes.day) != 0)
		yes.day = 0;
	return yes;
}

void
staff_handover_offer(struct exchange *x, struct store *store)
{
	const char *stays = form_value(&x->form, "stays");
	const struct yes yes = staff_yes(x, "yes");
	const struct handover_offer offer = {
		.number = x->number,
		.queue = form_value(&x->form, "queue"),
		.note = form_value(&x->form, "note"),
		.stays = stays != NULL && strcmp(stays, "yes") == 0 ? &yes : NULL,
	};
	struct handover_answer answer;
	struct error error;
	enum answer found = handover_offer(store, &site.config, &x->identity, &offer, x->now,
	    &answer, &error);

	staff_handover_answer(x, store, found, &answer, "offer", &error);
}

void
staff_handover_accept(struct exchange *x, struct store *store)
{
	struct handover_answer answer;
	struct error error;
	enum answer found = handover_accept(store, &site.config, &x->identity, x->number, x->now,
	    &answer, &error);

	staff_handover_answer(x, store, found, &answer, "accept", &error);
}

void
staff_handover_return(struct exchange *x, struct store *store)
{
	struct handover_answer answer;
	struct error error;
	enum answer found = handover_return(store, &site.config, &x->identity, x->number,
	    form_value(&x->form, "reason"), x->now, &answer, &error);

	staff_handover_answer(x, store, found, &answer, "return", &error);
}

void
staff_handover_withdraw(struct exchange *x, struct store *store)
{
	struct handover_answer answer;
	struct error error;
	enum answer found = handover_withdraw(store, &site.config, &x->identity, x->number,
	    x->now, &answer, &error);

	staff_handover_answer(x, store, found, &answer, "withdraw", &error);
}

void
staff_recuse(struct exchange *x, struct store *store)
{
	struct handover_answer answer;
	struct error error;
	enum answer found = recusal_do(store, &site.config, &x->identity, x->number, x->now,
	    &answer, &error);

	staff_handover_answer(x, store, found, &answer, "recuse", &error);
}
