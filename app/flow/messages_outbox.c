/* Sends each queued message once, and drops messages that have expired. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/messages.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/messages.h"
#include "store/store.h"

/* The changes of the case since a coordinator sent the text message. */
struct since {
	const struct message_row *text;
	int reached;			/* a step of the audit trail; 0: none */
};

static int
follow(const struct event_row *event, void *argument)
{
	struct since *since = argument;

	if (event->at < since->text->created_at)
		return 0;
	if (act_has(event->act, ACT_IS_TALK))
		since->reached = event->step;
	else if (event->act == ACT_UNDO && event->of_step == since->reached)
		since->reached = 0;
	return 0;
}

/*
 * text_expired and mail_expired leave *past unchanged, or set it to the reason why the
 * message has expired.
 *
 * A text message expires when the person was reached after it was queued, or when the case is
 * closed; the undo of its act drops it. A mail expires when none of its cases is as the mail
 * tells, or when neither the receiver nor anybody for whom the receiver stands in wants it.
 * mail_expired also fills *notice with the receiver's address.
 */
static int
text_expired(struct work *work, const struct message_row *text, enum message_reason *past)
{
	struct since since = { .text = text };
	struct case_row row;

	if (store_case_get(work->store, text->case_number, &row, &work->error) != FOUND ||
	    store_event_each(work->store, row.number, follow, &since, &work->error) == -1)
		return -1;
	if (row.closed_at != 0)
		*past = REASON_CLOSED;
	else if (since.reached != 0)
		*past = REASON_PAST;
	return 0;
}

/*
 * Returns how many of the mail's cases are still as it tells; 1 for a kind that cannot
 * expire so; -1 on failure.
 */
static int64_t
still_so(struct work *work, const struct message_row *mail)
{
	switch (mail->kind) {
	case ALERT_NEW_CASE:
		return store_message_new(work->store, mail->number, &work->error);
	case ALERT_OFFERED:
		return store_message_offered(work->store, mail->number, mail->account,
		    &work->error);
	case ALERT_CONFIRM:
		return store_message_confirm(work->store, mail->number, mail->account,
		    &work->error);
	case ALERT_OVERDUE:
	case ALERT_STILL_OVERDUE:
		return store_message_overdue(work->store, mail->number, work->now, &work->error);
	default:
		return 1;
	}
}

/*
 * Whether the receiver wants the mail, or an account for which the receiver stands in
 * today.
 */
static enum answer
is_wanted(struct work *work, const struct message_row *mail, const struct notice_row *notice)
{
	const unsigned kind = 1U << mail->kind;

	if ((notice->kinds & kind) != 0)
		return FOUND;
	return store_notice_instead(work->store, mail->account, kind, day_of(work->now),
	    &work->error);
}

static int
mail_expired(struct work *work, const struct message_row *mail, struct notice_row *notice,
    enum message_reason *past)
{
	int64_t still = still_so(work, mail);
	enum answer reached;

	if (still == -1)
		return -1;
	if (still == 0)
		*past = REASON_PAST;
	reached = store_notice_reach(work->store, mail->account, notice, &work->error);
	if (reached == FOUND)
		reached = is_wanted(work, mail, notice);
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

/*
 * Seconds from a failed try to the next. A server that restarts is back within minutes; one
 * that is down overnight is tried again in the morning.
 */
static const int64_t pauses[OUTBOX_TRIES - 1] = {
	60, 300, 900, 3600, 3 * INT64_C(3600), 6 * INT64_C(3600), 10 * INT64_C(3600)
};

/* The message that is being sent, and its opened texts. */
struct underway {
	struct work *work;
	struct outbox *outbox;
	struct message_row row;
	struct form opened;		/* of a text message: to, text */
	struct notice_row notice;	/* of a mail: the address */
	struct buffer text;		/* of a mail */
	bool found, damaged;
};

static int
open_text(struct underway *message, const struct message_row *row)
{
	const struct record_place place = { RECORD_MESSAGE, row->case_number, row->number };
	struct secret_key *key = secret_key_new();
	struct buffer plain = { 0 };
	int result = -1;

	if (key == NULL)
		return error_set(&message->work->error, ERROR_UNAVAILABLE,
		    "there is no memory for a key");
	if (key_open(key, row->sealed, sizeof(row->sealed), message->outbox->secret) == 0 &&
	    record_open(&plain, &place, key, row->box, row->box_size) == 0 &&
	    form_decode(&message->opened, plain.data, plain.length) == FORM_OK &&
	    form_value(&message->opened, "to") != NULL &&
	    form_value(&message->opened, "text") != NULL)
		result = 0;
	message->damaged = result == -1;
	secret_key_free(key);
	buffer_wipe(&plain);
	return 0;
}

static int
keep_due(const struct message_row *row, void *argument)
{
	struct underway *message = argument;

	message->row = *row;
	message->row.box = NULL;
	message->row.box_size = 0;
	message->found = true;
	if (row->way == MESSAGE_TEXT && open_text(message, row) == -1)
		message->found = false;
	return 1;
}

/* Stores the row. It is no failure when another process has changed the row meanwhile. */
static int
change(struct underway *message, enum message_state from)
{
	struct outbox *outbox = message->outbox;

	message->row.changed_at = message->work->now;
	if (store_message_change(outbox->work->store, &message->row, from,
	    &message->work->error) == FAILED)
		return -1;
	if (message->row.way == MESSAGE_TEXT && (message->row.state == MESSAGE_SENT ||
	    message->row.state == MESSAGE_DROPPED))
		outbox->erased = true;
	return 0;
}

static int
come_to(struct underway *message, enum message_state state, enum message_reason reason)
{
	enum message_state from = message->row.state;

	message->row.state = state;
	message->row.reason = reason;
	return change(message, from);
}

/*
 * The pause, varied at random by a tenth, so that not all messages meet a server at once
 * when it is back.
 */
static int64_t
pause_after(int tries)
{
	int64_t pause = pauses[tries - 1];

	return pause - pause / 10 + (int64_t)seal_random_below((uint32_t)(pause / 5 + 1));
}

/* Queues the message for a further try, or lets it fail. */
static int
try_later(struct underway *message)
{
	struct message_row *row = &message->row;
	enum message_state from = row->state;

	row->reason = REASON_UNREACHABLE;
	if (row->tries < OUTBOX_TRIES) {
		row->due_at = message->work->now + pause_after(row->tries);
		if (row->due_at < row->created_at + OUTBOX_LONGEST_SECONDS) {
			row->state = MESSAGE_QUEUED;
			return change(message, from);
		}
	}
	row->state = MESSAGE_FAILED;
	return change(message, from);
}

static int
word_mail(struct underway *message)
{
	struct store *store = message->work->store;
	struct wording wording = {
		.kind = (enum alert_kind)message->row.kind,
		.base_url = message->work->config->base_url
	};
	struct queue_counts counts;

	if (wording.kind == ALERT_DIGEST) {
		if (store_queue_count(store, message->row.account, message->work->now,
		    day_at(day_of(message->work->now) + 1, 0), &counts,
		    &message->work->error) == -1)
			return -1;
		wording.overdue = counts.overdue;
		wording.today = counts.today;
		wording.open = counts.open;
		wording.mine = counts.mine;
	} else {
		wording.cases = store_message_cases(store, message->row.number,
		    &message->work->error);
		if (wording.cases == -1)
			return -1;
	}
	wording_text(&wording, &message->text);
	return 0;
}

/*
 * Marks the message as handed over: from now on the receiver may have it, even if this
 * process dies.
 */
static int
mark_handed(void *argument)
{
	struct underway *message = argument;

	message->row.state = MESSAGE_SENDING;
	message->row.reason = REASON_NONE;
	message->row.changed_at = message->work->now;
	switch (store_message_change(message->work->store, &message->row, MESSAGE_QUEUED,
	    &message->work->error)) {
	case FOUND:
		return 0;
	case ABSENT:
		return error_set(&message->work->error, ERROR_UNAVAILABLE,
		    "a message was changed while it was about to be sent");
	case FAILED:
	default:
		return -1;
	}
}

static void
report(const struct message_row *row, const struct error *error)
{
	char number[14];

	number_text(row->number, number);
	log_line(LOG_LINE_WARNING, "outbox: %s %s, try %d: %s",
	    word_of(&words_message_way, (int)row->way), number, row->tries, error->text);
}

static int
carry(struct underway *message)
{
	const struct outbox *outbox = message->outbox;
	bool mail = message->row.way == MESSAGE_MAIL;
	const struct parcel parcel = {
		.number = message->row.number, .at = message->work->now,
		.to = mail ? message->notice.address : form_value(&message->opened, "to"),
		.subject = mail ? wording_subject((enum alert_kind)message->row.kind) : NULL,
		.text = mail ? buffer_string(&message->text) :
		    form_value(&message->opened, "text")
	};
	struct handing handing = { .begin = mark_handed, .context = message };
	struct error why = { 0 };
	enum delivery delivery;

	message->row.tries++;
	delivery = (mail ? outbox->carrier.mail : outbox->carrier.text)(&parcel, &handing,
	    outbox->work->config, &outbox->carrier.carriage, &why);
	if (!handing.begun && message->row.state == MESSAGE_SENDING)
		return -1;
	if (delivery != DELIVERY_SENT)
		report(&message->row, &why);
	switch (delivery) {
	case DELIVERY_SENT:
		return come_to(message, MESSAGE_SENT, REASON_NONE);
	case DELIVERY_REFUSED:
		return come_to(message, MESSAGE_FAILED, REASON_REFUSED);
	case DELIVERY_UNKNOWN:
		return come_to(message, MESSAGE_UNKNOWN, REASON_LOST);
	case DELIVERY_LATER:
	default:
		return try_later(message);
	}
}

/*
 * Messages wait for the opening hours of their queue, except the first try of a text
 * message, which a coordinator has just sent.
 */
static bool
must_wait(struct underway *message)
{
	const struct config_queue *queue = config_queue(message->work->config,
	    message->row.queue);

	if (queue == NULL || (message->row.way == MESSAGE_TEXT && message->row.tries == 0))
		return false;
	message->row.due_at = duetime_opens(queue, message->work->now);
	return message->row.due_at > message->work->now;
}

static int
send_one(struct underway *message)
{
	const struct outbox *outbox = message->outbox;
	bool mail = message->row.way == MESSAGE_MAIL;
	enum message_reason past = REASON_NONE;

	if ((mail ? mail_expired(outbox->work, &message->row, &message->notice, &past) :
	    text_expired(outbox->work, &message->row, &past)) == -1)
		return -1;
	if (past != REASON_NONE)
		return come_to(message, MESSAGE_DROPPED, past);
	if (message->damaged)
		return come_to(message, MESSAGE_FAILED, REASON_KEY);
	if ((mail ? outbox->carrier.mail : outbox->carrier.text) == NULL)
		return come_to(message, MESSAGE_FAILED, mail ? REASON_NO_MAIL : REASON_NO_SMS);
	if (must_wait(message))
		return change(message, MESSAGE_QUEUED);
	if (mail && word_mail(message) == -1)
		return -1;
	return carry(message);
}

enum answer
outbox_send(struct outbox *outbox)
{
	struct underway message = { .work = outbox->work, .outbox = outbox };
	enum answer answer = ABSENT;

	outbox->work->error.kind = ERROR_NONE;
	if (store_message_due(outbox->work->store, outbox->work->now, keep_due, &message,
	    &outbox->work->error) == -1 || outbox->work->error.kind != ERROR_NONE)
		answer = FAILED;
	else if (message.found)
		answer = send_one(&message) == 0 ? FOUND : FAILED;
	form_wipe(&message.opened);
	buffer_free(&message.text);
	return answer;
}

int64_t
outbox_begin(struct outbox *outbox)
{
	unsigned char public[SEAL_KEY_SIZE];
	int result;

	keypair_public(outbox->secret, public);
	if (work_begin_keys(outbox->work) == -1)
		return -1;
	result = store_meta_put(outbox->work->store, OUTBOX_META, public, sizeof(public),
	    &outbox->work->error);
	if (work_end(outbox->work, result) == -1)
		return -1;
	return store_message_recover(outbox->work->store, outbox->work->now,
	    &outbox->work->error);
}

int
outbox_tidy(struct outbox *outbox)
{
	int64_t closed = store_message_close(outbox->work->store, outbox->work->now,
	    &outbox->work->error);

	if (closed == -1 || store_message_forget(outbox->work->store,
	    outbox->work->now - OUTBOX_KEEP_SECONDS, &outbox->work->error) == -1)
		return -1;
	outbox->erased = outbox->erased || closed > 0;
	if (outbox->erased && store_settle(outbox->work->store, &outbox->work->error) == -1)
		return -1;
	outbox->erased = false;
	return 0;
}
