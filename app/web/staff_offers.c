#include "web/staff_overview.h"

#define OFFERS_MOST	50
#define LAPSED_SECONDS	(14 * INT64_C(86400))	/* so long the lead sees what nobody answered */

struct offers {
	struct exchange *x;
	struct store *store;
	const struct proof *proof;
	struct overview_offer_view *rows;
	size_t count;
	int result;
	struct error *error;
};

static const char *
name_of(struct offers *offers, int64_t account)
{
	struct account_row row;

	switch (store_account_get(offers->store, account, &row, offers->error)) {
	case FOUND:
		return exchange_keep(offers->x, "%s", row.name);
	case FAILED:
		offers->result = -1;
		break;
	case ABSENT:
		break;
	}
	return NULL;
}

/* The case may be opened by the owner's members, and by the receiver's while it is offered. */
static int
add(struct offers *offers, int64_t number, const char *from, const char *to, int64_t account,
    int64_t at, bool opens)
{
	struct exchange *x = offers->x;
	char reference[14];

	number_text(number, reference);
	offers->rows[offers->count++] = (struct overview_offer_view){
		.reference = exchange_keep(x, "%s", reference),
		.href = opens ? exchange_keep(x, "/staff/case/%s", reference) : NULL,
		.from = overview_queue_name(x, from),
		.to = overview_queue_name(x, to),
		.by = name_of(offers, account),
		.when = staff_when(x, at),
	};
	return offers->result == -1 || offers->count == OFFERS_MOST;
}

static int
add_open(const struct case_row *row, const struct offer_row *offer, void *argument)
{
	return add(argument, row->number, row->queue, offer->queue, offer->account,
	    offer->lapses_at, true);
}

/* Between two queues of the lead's it stands among those that were received already. */
static int
add_sent(const struct case_row *row, const struct offer_row *offer, void *argument)
{
	struct offers *offers = argument;

	return proof_queue(offers->proof, offer->queue) != NULL ? 0 : add_open(row, offer, offers);
}

static int
add_lapsed(const struct offer_ended_row *ended, void *argument)
{
	struct offers *offers = argument;
	struct case_row row;

	switch (store_case_get(offers->store, ended->case_number, &row, offers->error)) {
	case FOUND:
		return add(offers, ended->case_number, ended->from_queue, ended->queue,
		    ended->account, ended->ended_at, proof_queue(offers->proof, row.queue) != NULL);
	case ABSENT:
		return 0;
	case FAILED:
	default:
		offers->result = -1;
		return 1;
	}
}

int
overview_offers(struct exchange *x, struct store *store, const struct proof *proof,
    struct overview_offers_view *view, struct error *error)
{
	struct offers open = {
		.x = x, .store = store, .proof = proof, .error = error,
		.rows = exchange_keep_array(x, OFFERS_MOST, sizeof(*open.rows))
	};
	struct offers lapsed = open;
	const int64_t account = x->identity.account;

	lapsed.rows = exchange_keep_array(x, OFFERS_MOST, sizeof(*lapsed.rows));
	if (store_offer_each(store, account, add_open, &open, error) == -1 ||
	    (open.count < OFFERS_MOST &&
	    store_offer_each_sent(store, account, add_sent, &open, error) == -1) ||
	    store_offer_each_unanswered(store, account, x->now - LAPSED_SECONDS, add_lapsed,
	    &lapsed, error) == -1)
		return -1;
	view->open = open.rows;
	view->open_count = open.count;
	view->lapsed = lapsed.rows;
	view->lapsed_count = lapsed.count;
	return open.result == -1 ? -1 : lapsed.result;
}
