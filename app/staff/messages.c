/* What one wants to be told, and messages that were not sent. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/messages.h"
#include "flow/overview.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "render/pages.h"
#include "render/view_messages.h"
#include "server/server.h"
#include "staff/staff.h"
#include "store/messages.h"
#include "store/store.h"
#include "text/text.h"

#define UNSENT_MAX	50
#define LATE_SECONDS	900	/* a message that has waited so long has nobody who sends it */

struct listing_of_unsent {
	struct work *work;
	struct request *x;
	const struct level *level;
	struct overview_messages_view *view;
	struct unsent_view *unsent;
	bool failed;
};

static void
fill_mail(struct listing_of_unsent *all, struct unsent_view *view, const struct message_row *row)
{
	struct account_row account;

	view->subject = wording_subject((enum alert_kind)row->kind);
	switch (store_account_get(all->work->store, row->account, &account, &all->work->error)) {
	case FOUND:
		view->receiver = arena_format(all->x, "%s", account.name);
		break;
	case FAILED:
		all->failed = true;
		break;
	case ABSENT:
		break;
	}
}

static void
fill_text(struct request *x, struct unsent_view *view, const struct message_row *row)
{
	char reference[14];

	number_text(row->case_number, reference);
	view->text = true;
	view->reference = arena_format(x, "%s", reference);
	if (x->identity.role != ROLE_ADMINISTRATOR)
		view->href = arena_format(x, "/staff/case/%s", reference);
}

static int
add_unsent(const struct message_row *row, void *argument)
{
	struct listing_of_unsent *all = argument;
	struct unsent_view *view = &all->unsent[all->view->unsent_count];
	char number[14];

	if (row->queue[0] != '\0' && service_level_queue(all->level, row->queue) == NULL)
		return 0;
	if (all->view->unsent_count == UNSENT_MAX) {
		all->view->more = true;
		return 1;
	}
	number_text(row->number, number);
	view->number = arena_format(all->x, "%s", number);
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
overview_messages(struct request *x, struct work *work, const struct level *level,
    struct overview_messages_view *view)
{
	struct listing_of_unsent all = {
		.work = work, .x = x, .level = level, .view = view,
		.unsent = arena_array(x, UNSENT_MAX + 1, sizeof(struct unsent_view))
	};
	int64_t waiting = 0, oldest_at = 0;

	view->unsent = all.unsent;
	if (store_message_waiting(work->store, &waiting, &oldest_at, &work->error) == -1 ||
	    store_message_each_unsent(work->store, add_unsent, &all, &work->error) == -1 ||
	    all.failed)
		return -1;
	if (waiting > 0 && oldest_at < x->now - LATE_SECONDS)
		view->waiting = waiting;
	return 0;
}

static void
decide(struct request *x, struct work *work, const char *done,
    enum answer (*decision)(struct work *, int64_t))
{
	int64_t number = 0;

	if (number_parse(form_value(&x->form, "message") == NULL ? "" :
	    form_value(&x->form, "message"), &number) != 0) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	switch (decision(work, number)) {
	case FOUND:
		request_redirect(x, "/staff/overview?notice=%s", done);
		break;
	case ABSENT:
		staff_problem(x, 409, N_("Det går inte längre"),
		    N_("Meddelandet är redan skickat eller borttaget."));
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
}

static void
staff_message_resend(struct request *x, struct work *work)
{
	decide(x, work, "resend", unsent_resend);
}

static void
staff_message_drop(struct request *x, struct work *work)
{
	decide(x, work, "drop", unsent_drop);
}

/* In the order of the page. */
static const struct wish {
	enum alert_kind kind;
	const char *name, *text;
} wishes[] = {
	{ ALERT_NEW_CASE, "kind-new", N_("någon ny finns att ringa") },
	{ ALERT_OVERDUE, "kind-overdue", N_("någon inte har fått sitt samtal i tid") },
	{ ALERT_STILL_OVERDUE, "kind-still-overdue",
	    N_("det är en arbetsdag för sent eller mer (ledare)") },
	{ ALERT_OFFERED, "kind-offered", N_("en annan kö vill lämna över till er") },
	{ ALERT_RETURNED, "kind-returned", N_("något ni ville lämna över kommer tillbaka") },
	{ ALERT_LAPSED, "kind-lapsed", N_("ingen har svarat på ett överlämnande (ledare)") },
	{ ALERT_CONFIRM, "kind-confirm", N_("ett avslut behöver en kollegas ja") },
	{ ALERT_RESTORED, "kind-restored", N_("en kollega har fått en ny lösenfras (ledare)") },
	{ ALERT_DIGEST, "kind-digest", N_("en ny dag börjar: hur många det är, {time}") },
};

static bool
is_offered(const struct request *x, const struct wish *wish)
{
	return x->identity.role == ROLE_LEAD || !alert_for_leads(wish->kind);
}

/* What the account has said; everything, and nowhere, until it has. -1 after the answer. */
static int
read_notice(struct request *x, struct work *work, struct notice_row *row)
{
	switch (store_notice_get(work->store, x->identity.account, row, &work->error)) {
	case FOUND:
		return 0;
	case ABSENT:
		*row = (struct notice_row){ .account = x->identity.account, .kinds = ALERT_ALL };
		return 0;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		return -1;
	}
}

static void
show(struct request *x, const struct notice_row *row, const char *address, int status,
    const char *fault)
{
	struct notice_kind_view *kinds =
	    arena_array(x, COUNT_OF(wishes), sizeof(*kinds));
	struct notices_view view = {
		.address = address, .fault = fault, .kinds = kinds,
		.no_mail = site.config.mail.url == NULL && !site.config.demonstration,
		.digest = arena_format(x, "%02d:%02d", site.config.digest_minute / 60,
		    site.config.digest_minute % 60)
	};

	for (size_t i = 0; i < COUNT_OF(wishes); i++) {
		if (!is_offered(x, &wishes[i]))
			continue;
		kinds[view.kinds_count].name = wishes[i].name;
		kinds[view.kinds_count].text = wishes[i].text;
		kinds[view.kinds_count++].wanted = (row->kinds & 1U << wishes[i].kind) != 0;
	}
	staff_frame(x, &view.frame, N_("Mejl till mig"), "");
	x->status = status;
	page_notices(&x->body, x->language, &view);
}

static void
staff_notices(struct request *x, struct work *work)
{
	struct notice_row row;

	if (read_notice(x, work, &row) == 0)
		show(x, &row, row.address, 200, NULL);
}

/* What was not on the page stays as it was. */
static void
read_wishes(const struct request *x, struct notice_row *row)
{
	for (size_t i = 0; i < COUNT_OF(wishes); i++) {
		unsigned bit = 1U << wishes[i].kind;

		if (!is_offered(x, &wishes[i]))
			continue;
		if (form_value(&x->form, wishes[i].name) != NULL)
			row->kinds |= bit;
		else
			row->kinds &= ~bit;
	}
}

static void
staff_notices_set(struct request *x, struct work *work)
{
	const char *written = form_value(&x->form, "address");
	struct buffer clean = { 0 };
	struct notice_row row;

	if (read_notice(x, work, &row) == -1)
		return;
	read_wishes(x, &row);
	(void)typed_clean(written != NULL ? written : "", TYPED_LINE, &clean);
	written = arena_take(x, &clean);
	if (written[0] != '\0' && !address_right(written)) {
		show(x, &row, written, 422, N_("Skriv en adress som namn@kommun.se."));
		return;
	}
	(void)snprintf(row.address, sizeof(row.address), "%s", written);
	if (store_notice_put(work->store, &row, &work->error) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/notices?notice=notices");
}

const struct route staff_messages_routes[] = {
	{ METHOD_GET, "/staff/notices", CALLERS, WORKER_STAFF, staff_notices, { "notice" } },
	{ METHOD_POST, "/staff/notices", CALLERS, WORKER_STAFF, staff_notices_set,
	    { "address", "kind-*" } },
	{ METHOD_POST, "/staff/messages/resend", LEAD, WORKER_STAFF, staff_message_resend,
	    { "message" } },
	{ METHOD_POST, "/staff/messages/drop", LEAD, WORKER_STAFF, staff_message_drop,
	    { "message" } },
	{ .path = NULL }
};
