/* The mails that the reader wants, and messages that were not sent. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/messages.h"
#include "flow/overview.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_messages.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

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

static void
fill_unsent(struct request *x, struct unsent_view *view, const struct unsent_message *message)
{
	const struct message_row *row = &message->row;
	char number[14];

	number_text(row->number, number);
	view->number = arena_format(x, "%s", number);
	view->token = staff_form_token(x);
	view->may_decide = x->identity.role == ROLE_LEAD;
	view->when = staff_when(x, row->created_at);
	view->fate.state = word_of(&words_message_state, (int)row->state);
	view->fate.reason = word_of(&words_message_reason, (int)row->reason);
	view->subject = message->subject;
	if (row->way == MESSAGE_TEXT)
		fill_text(x, view, row);
	else if (message->receiver[0] != '\0')
		view->receiver = arena_format(x, "%s", message->receiver);
}

int
overview_messages(struct request *x, struct work *work, const struct level *level,
    struct overview_messages_view *view)
{
	struct unsent_view *rows;
	struct unsent unsent;
	const int result = unsent_read(work, level, &unsent);

	if (result == 0) {
		rows = arena_array(x, unsent.count + 1, sizeof(*rows));
		for (size_t i = 0; i < unsent.count; i++)
			fill_unsent(x, &rows[i], &unsent.messages[i]);
		view->unsent = rows;
		view->unsent_count = unsent.count;
		view->more = unsent.more;
		view->waiting = unsent.waiting;
	}
	unsent_free(&unsent);
	return result;
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

/* The kinds of mails, in the order of the page. */
static const struct wish {
	enum alert_kind kind;
	const char *name, *text;
} wishes[] = {
	{ ALERT_NEW_CASE, "kind-new", N_("någon ny finns att ringa") },
	{ ALERT_OVERDUE, "kind-overdue", N_("någon inte har fått sitt samtal i tid") },
	{ ALERT_STILL_OVERDUE, "kind-still-overdue",
	    N_("något är sent i minst en arbetsdag (ledare)") },
	{ ALERT_OFFERED, "kind-offered", N_("en annan kö vill lämna över till er") },
	{ ALERT_RETURNED, "kind-returned", N_("något ni ville lämna över kommer tillbaka") },
	{ ALERT_LAPSED, "kind-lapsed", N_("ingen har svarat på ett överlämnande (ledare)") },
	{ ALERT_CONFIRM, "kind-confirm", N_("ett avslut behöver en kollegas ja") },
	{ ALERT_RESTORED, "kind-restored", N_("en kollega har fått en ny lösenfras (ledare)") },
	{ ALERT_DIGEST, "kind-digest", N_("en ny dag börjar: hur många det är, {time}") },
};

static void
show(struct request *x, const struct work *work, const struct notice_row *row,
    const char *address, int status, const char *fault)
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
		if (!notice_offers(work, wishes[i].kind))
			continue;
		kinds[view.kinds_count].name = wishes[i].name;
		kinds[view.kinds_count].text = wishes[i].text;
		kinds[view.kinds_count++].wanted = (row->kinds & 1U << wishes[i].kind) != 0;
	}
	staff_frame(x, &view.frame, N_("Mejl till mig"), "me");
	x->status = status;
	page_notices(&x->body, x->language, &view);
}

static void
staff_notices(struct request *x, struct work *work)
{
	struct notice_row row;

	if (notice_read(work, &row) == 0)
		show(x, work, &row, row.address, 200, NULL);
	else
		staff_failed(x, &work->error);
}

/* Reads the choices. A kind that is not on the reader's page stays unchanged. */
static void
read_wishes(const struct request *x, const struct work *work, struct notice_row *row)
{
	for (size_t i = 0; i < COUNT_OF(wishes); i++) {
		unsigned bit = 1U << wishes[i].kind;

		if (!notice_offers(work, wishes[i].kind))
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
	enum fault fault;

	if (notice_read(work, &row) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	read_wishes(x, work, &row);
	if (written == NULL)
		written = "";
	fault = typed_clean(written, TYPED_LINE, &clean);
	/* An address that cannot be cleaned stays in its field; an empty one takes the address back. */
	if (fault == FAULT_NONE || fault == FAULT_MISSING)
		written = arena_take(x, &clean);
	else
		buffer_wipe(&clean);
	if (written[0] != '\0' && !address_right(written)) {
		show(x, work, &row, written, 422,
		    staff_unusable(x, written, N_("Skriv en adress som namn@kommun.se.")));
		return;
	}
	(void)snprintf(row.address, sizeof(row.address), "%s", written);
	if (notice_save(work, &row) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/notices?notice=notices");
}

const struct route staff_messages_routes[] = {
	{ METHOD_GET, "/staff/notices", CALLERS, WORKER_STAFF, staff_notices, { NULL } },
	{ METHOD_POST, "/staff/notices", CALLERS, WORKER_STAFF, staff_notices_set,
	    { "address", "kind-*" } },
	{ METHOD_POST, "/staff/messages/resend", LEAD, WORKER_STAFF, staff_message_resend,
	    { "message" } },
	{ METHOD_POST, "/staff/messages/drop", LEAD, WORKER_STAFF, staff_message_drop,
	    { "message" } },
	{ .path = NULL }
};
