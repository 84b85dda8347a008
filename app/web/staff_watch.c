#include "web/staff_overview.h"

#define BREACHES_MOST	50
#define CASES_MOST	10

struct watch {
	struct exchange *x;
	struct store *store;
	const struct proof *proof;
	struct overview_view *view;
	struct breach_view *breaches;
	struct overview_case_view *untried;
	struct error *error;
	bool failed;
};

/* Breaches of a queue that the reader has nothing to do with are its own lead's. */
static bool
is_watched(struct watch *watch, int64_t number)
{
	struct case_row row;

	switch (store_case_get(watch->store, number, &row, watch->error)) {
	case FOUND:
		return proof_queue(watch->proof, row.queue) != NULL;
	case FAILED:
		watch->failed = true;
		break;
	case ABSENT:
		break;
	}
	return false;
}

static int
add_breach(enum breach breach, int64_t number, const char *detail, void *argument)
{
	static const char *const texts[BREACH_COUNT] = {
		[BREACH_NO_DUE] = N_("Ett ärende saknar tid när det ska vara klart:"),
		[BREACH_NO_READER] = N_("Ingen kan öppna ärendet:"),
		[BREACH_NO_RECORD] = N_("Ärendet saknar det som personen skrev:"),
		[BREACH_NO_EVENT] = N_("Ärendets händelser stämmer inte:"),
		[BREACH_HOLDER] = N_("Den som har ärendet arbetar inte i kön:"),
		[BREACH_OFFER] = N_("Ärendet är avslutat men ännu erbjudet till en annan kö:"),
		[BREACH_KEY] = N_("En kö som inte deltar kan öppna ärendet:"),
		[BREACH_SHARE] = N_("En kö som deltar kan inte öppna ärendet:"),
		[BREACH_INTEGRITY] = N_("Databasen är skadad. Återställ en säkerhetskopia."),
	};
	struct watch *watch = argument;
	struct breach_view *view = &watch->breaches[watch->view->breaches_count];
	char reference[14];

	(void)detail;
	if (!is_watched(watch, number))
		return watch->failed;
	if (watch->view->breaches_count == BREACHES_MOST) {
		watch->view->breaches_more = true;
		return 1;
	}
	number_text(number, reference);
	view->text = texts[breach];
	view->reference = exchange_keep(watch->x, "%s", reference);
	watch->view->breaches_count++;
	return 0;
}

static int
add_untried(const struct case_row *row, void *argument)
{
	struct watch *watch = argument;
	struct overview_view *view = watch->view;
	struct overview_case_view *shown = &watch->untried[view->untried_count];
	char reference[14];

	if (proof_queue(watch->proof, row->queue) == NULL)
		return 0;
	view->untried_all++;
	if (view->untried_count == CASES_MOST) {
		view->untried_more = true;
		return 0;
	}
	number_text(row->number, reference);
	shown->reference = exchange_keep(watch->x, "%s", reference);
	if (watch->x->identity.role != ROLE_ADMINISTRATOR)
		shown->href = exchange_keep(watch->x, "/staff/case/%s", reference);
	shown->queue = overview_queue_name(watch->x, row->queue);
	shown->promised = staff_when(watch->x, row->promised_at);
	shown->left = staff_left(watch->x, row->promised_at);
	view->untried_count++;
	return 0;
}

int
overview_watch(struct exchange *x, struct store *store, const struct proof *proof,
    struct overview_view *view, struct error *error)
{
	struct watch watch = {
		.x = x, .store = store, .proof = proof, .view = view, .error = error,
		.breaches = exchange_keep_array(x, BREACHES_MOST + 1, sizeof(struct breach_view)),
		.untried = exchange_keep_array(x, CASES_MOST + 1, sizeof(struct overview_case_view)),
	};

	view->breaches = watch.breaches;
	view->untried = watch.untried;
	if (store_doctor_cases(store, add_breach, &watch, error) == -1 || watch.failed)
		return -1;
	return store_untried_each(store, x->now, add_untried, &watch, error);
}
