#include "web/absence.h"
#include "web/colleagues.h"

static const char *
refusal(enum absence_verdict verdict)
{
	switch (verdict) {
	case ABSENCE_GONE:
		return N_("Det går inte längre: kontot eller frånvaron finns inte kvar.");
	case ABSENCE_DAYS:
		return N_("Välj en första dag inom ett år. Den sista får inte vara före den första "
		    "eller ha varit redan.");
	case ABSENCE_NOBODY:
		return N_("Välj vem som ersätter dig. Finns det ingen: be en ledare lägga in "
		    "frånvaron.");
	case ABSENCE_DEPUTY:
		return N_("Det kontot kan inte ersätta någon. Välj en annan kollega.");
	case ABSENCE_APART:
		return N_("Den kollegan har ingen kö gemensam med den som är borta, och kan inte "
		    "öppna ärendena. Välj en annan, eller ge kön först.");
	case ABSENCE_AWAY:
		return N_("Den kollegan är också borta någon av dagarna. Välj en annan.");
	default:
		return N_("Det får du inte göra för det kontot.");
	}
}

/* Where it came from, with what was done or why it was not. */
static void
answer(struct exchange *x, struct store *store, int result, enum absence_verdict verdict,
    const char *done, const struct error *error)
{
	const bool own = form_value(&x->form, "user") == NULL;

	if (result == -1)
		staff_failed(x, error);
	else if (verdict == ABSENCE_OK)
		exchange_redirect(x, "/staff/%s?notice=%s", own ? "me" : "colleagues", done);
	else if (own)
		staff_me_show(x, store, 422, "absence", refusal(verdict));
	else
		staff_colleagues_show(x, store, verdict == ABSENCE_ROLE ? 403 : 422,
		    refusal(verdict), NULL);
}

/* "" is no day, and left at 0. */
static bool
read_day(const char *written, int32_t *day)
{
	*day = 0;
	return written == NULL || written[0] == '\0' || day_parse(written, day) == 0;
}

void
staff_absence(struct exchange *x, struct store *store)
{
	struct absence_wish wish = {
		.user = form_value(&x->form, "user"),
		.deputy = form_value(&x->form, "deputy")
	};
	enum absence_verdict verdict = ABSENCE_DAYS;
	struct error error;
	int result = 0;

	if (read_day(form_value(&x->form, "from"), &wish.from_day) &&
	    read_day(form_value(&x->form, "to"), &wish.to_day))
		result = absence_begin(store, &x->identity, &wish, x->now, &verdict, &error);
	answer(x, store, result, verdict, "away", &error);
}

void
staff_absence_end(struct exchange *x, struct store *store)
{
	enum absence_verdict verdict;
	struct error error;
	int result = absence_end(store, &x->identity, form_value(&x->form, "user"), &verdict,
	    &error);

	answer(x, store, result, verdict, "back", &error);
}
