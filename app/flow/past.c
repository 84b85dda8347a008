#include "flow/past.h"

/* What has become of the person since a coordinator pressed for a text. */
struct since {
	const struct message_row *text;
	int pressed, reached;		/* steps of the trail; 0 none */
	bool taken_back;
};

static int
follow(const struct event_row *event, void *argument)
{
	struct since *since = argument;

	if (event->at < since->text->created_at)
		return 0;
	if (event->act == ACT_TEXTED && event->account == since->text->account &&
	    since->pressed == 0)
		since->pressed = event->step;
	else if (event->act == ACT_REACHED)
		since->reached = event->step;
	else if (event->act == ACT_UNDO && event->of_step == since->pressed)
		since->taken_back = true;
	else if (event->act == ACT_UNDO && event->of_step == since->reached)
		since->reached = 0;
	return 0;
}

int
past_text(struct store *store, const struct message_row *text, enum message_reason *past,
    struct error *error)
{
	struct since since = { .text = text };
	struct case_row row;

	if (store_case_get(store, text->case_number, &row, error) != FOUND ||
	    store_event_each(store, row.number, follow, &since, error) == -1)
		return -1;
	if (row.closed_at != 0)
		*past = REASON_CLOSED;
	else if (since.reached != 0 || since.taken_back)
		*past = REASON_PAST;
	return 0;
}

/* How many of its cases are still as it tells; 1 of what cannot be settled meanwhile. */
static int64_t
still_so(struct store *store, const struct message_row *mail, int64_t now, struct error *error)
{
	switch (mail->kind) {
	case ALERT_NEW_CASE:
		return store_message_new(store, mail->number, error);
	case ALERT_OFFERED:
		return store_message_offered(store, mail->number, mail->account, error);
	case ALERT_CONFIRM:
		return store_message_confirm(store, mail->number, mail->account, error);
	case ALERT_OVERDUE:
	case ALERT_STILL_OVERDUE:
		return store_message_overdue(store, mail->number, now, error);
	default:
		return 1;
	}
}

/* By the receiver, or by somebody for whom the receiver stands in today. */
static enum answer
is_wanted(struct store *store, const struct message_row *mail, int64_t now,
    const struct notice_row *notice, struct error *error)
{
	const unsigned kind = 1U << mail->kind;

	if ((notice->kinds & kind) != 0)
		return FOUND;
	return store_notice_instead(store, mail->account, kind, day_of(now), error);
}

int
past_mail(struct store *store, const struct message_row *mail, int64_t now,
    struct notice_row *notice, enum message_reason *past, struct error *error)
{
	int64_t still = still_so(store, mail, now, error);
	enum answer reached;

	if (still == -1)
		return -1;
	if (still == 0)
		*past = REASON_PAST;
	reached = store_notice_reach(store, mail->account, notice, error);
	if (reached == FOUND)
		reached = is_wanted(store, mail, now, notice, error);
	switch (reached) {
	case FOUND:
		return 0;
	case ABSENT:
		*past = REASON_UNWANTED;
		return 0;
	case FAILED:
	default:
		return -1;
	}
}
