#include "flow/messages.h"
#include "web/messages.h"
#include "web/staff_overview.h"

#define UNSENT_MOST	50
#define LATE_SECONDS	900	/* a message that has waited so long has nobody who sends it */

struct listing_of_unsent {
	struct exchange *x;
	struct store *store;
	const struct proof *proof;
	struct overview_messages_view *view;
	struct unsent_view *unsent;
	struct error *error;
	bool failed;
};

static void
fill_mail(struct listing_of_unsent *all, struct unsent_view *view, const struct message_row *row)
{
	struct account_row account;

	view->subject = wording_subject((enum alert_kind)row->kind);
	switch (store_account_get(all->store, row->account, &account, all->error)) {
	case FOUND:
		view->receiver = exchange_keep(all->x, "%s", account.name);
		break;
	case FAILED:
		all->failed = true;
		break;
	case ABSENT:
		break;
	}
}

static void
fill_text(struct exchange *x, struct unsent_view *view, const struct message_row *row)
{
	char reference[14];

	number_text(row->case_number, reference);
	view->text = true;
	view->reference = exchange_keep(x, "%s", reference);
	if (x->identity.role != ROLE_ADMINISTRATOR)
		view->href = exchange_keep(x, "/staff/case/%s", reference);
}

static int
add_unsent(const struct message_row *row, void *argument)
{
	struct listing_of_unsent *all = argument;
	struct unsent_view *view = &all->unsent[all->view->unsent_count];
	char number[14];

	if (row->queue[0] != '\0' && proof_queue(all->proof, row->queue) == NULL)
		return 0;
	if (all->view->unsent_count == UNSENT_MOST) {
		all->view->more = true;
		return 1;
	}
	number_text(row->number, number);
	view->number = exchange_keep(all->x, "%s", number);
	view->token = all->x->identity.session.form_token;
	view->may_decide = all->x->identity.role == ROLE_LEAD;
	view->when = staff_when(all->x, row->created_at);
	view->fate.state = word_of(&words_message_state, (int)row->state);
	view->fate.reason = word_of(&words_message_reason, (int)row->reason);
	if (row->way == MESSAGE_TEXT)
		fill_text(all->x, view, row);
	else
		fill_mail(all, view, row);
	all->view->unsent_count++;
	return all->failed;
}

int
overview_messages(struct exchange *x, struct store *store, const struct proof *proof,
    struct overview_messages_view *view, struct error *error)
{
	struct listing_of_unsent all = {
		.x = x, .store = store, .proof = proof, .view = view, .error = error,
		.unsent = exchange_keep_array(x, UNSENT_MOST + 1, sizeof(struct unsent_view))
	};
	int64_t waiting = 0, oldest_at = 0;

	view->unsent = all.unsent;
	if (store_message_waiting(store, &waiting, &oldest_at, error) == -1 ||
	    store_message_each_unsent(store, add_unsent, &all, error) == -1 || all.failed)
		return -1;
	if (waiting > 0 && oldest_at < x->now - LATE_SECONDS)
		view->waiting = waiting;
	return 0;
}

static void
decide(struct exchange *x, struct store *store, const char *done,
    enum answer (*decision)(struct store *, const struct identity *, int64_t, int64_t,
    struct error *))
{
	struct error error;
	int64_t number = 0;

	if (number_parse(form_value(&x->form, "message") == NULL ? "" :
	    form_value(&x->form, "message"), &number) != 0) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	switch (decision(store, &x->identity, number, x->now, &error)) {
	case FOUND:
		exchange_redirect(x, "/staff/overview?notice=%s", done);
		break;
	case ABSENT:
		staff_problem(x, 409, N_("Det går inte längre"),
		    N_("Meddelandet är redan skickat eller borttaget."));
		break;
	case FAILED:
	default:
		staff_failed(x, &error);
		break;
	}
}

void
staff_message_resend(struct exchange *x, struct store *store)
{
	decide(x, store, "resend", unsent_resend);
}

void
staff_message_drop(struct exchange *x, struct store *store)
{
	decide(x, store, "drop", unsent_drop);
}
