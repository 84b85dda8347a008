/* Text messages to a person, and messages that were not sent. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/messages.h"
#include "flow/overview.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/messages.h"
#include "store/store.h"

bool
texts_possible(const struct config *config)
{
	return config->sms.url != NULL || config->demonstration;
}

bool
text_names_service(const struct config *config, const char *text, char *word)
{
	bool named = text_names(text, config->service_name, word);

	for (size_t i = 0; i < config->queues_count && !named; i++)
		named = text_names(text, config->queues[i].name, word);
	for (size_t i = 0; i < config->areas_count && !named; i++)
		named = text_names(text, config->areas[i].name, word);
	return named;
}

bool
text_allowed(const struct config *config, const struct casefile *file)
{
	return texts_possible(config) && file->opened && file->attempts.may_text && !file->telephone.wrong &&
	    lifecycle_offers(file->row.state, ACT_TEXTED, file->actor);
}

enum text_fault
text_read(const char *written, char *text, struct sms_segments *parts)
{
	enum fault fault = text_input_text(written, TEXT_MAX, text);

	*parts = (struct sms_segments){ 0 };
	if (fault == FAULT_MISSING)
		return TEXT_EMPTY;
	if (fault == FAULT_LONG)
		return TEXT_LONG;
	if (fault == FAULT_PERSONNUMMER)
		return TEXT_PERSONNUMMER;
	if (fault != FAULT_NONE)
		return TEXT_CHARACTERS;
	sms_segments_count(text, parts);
	return parts->count > SMS_SEGMENTS_MAX ? TEXT_LONG : TEXT_OK;
}

static enum answer
outbox_public(struct work *work, unsigned char public[SEAL_KEY_SIZE])
{
	struct buffer value = { 0 };
	enum answer answer = store_meta_get(work->store, OUTBOX_META, &value, &work->error);

	if (answer == FOUND && value.length != SEAL_KEY_SIZE)
		answer = (enum answer)error_set(&work->error, ERROR_INTERNAL,
		    "the database's outbox key is damaged: restart egenremiss outbox");
	if (answer == FOUND)
		memcpy(public, value.data, SEAL_KEY_SIZE);
	buffer_free(&value);
	return answer;
}

enum answer
text_ready(struct work *work)
{
	unsigned char public[SEAL_KEY_SIZE];

	return outbox_public(work, public);
}

static int
seal(struct buffer *box, struct message_row *row, const struct sealed_text *text,
    const unsigned char public[SEAL_KEY_SIZE], struct error *error)
{
	const struct record_place place = { RECORD_MESSAGE, row->case_number, row->number };

	if (text_envelope(box, row->sealed, &place, public, text) == -1)
		return error_set(error, ERROR_INTERNAL, "the outbox key is not a valid public key");
	row->box = (const unsigned char *)box->data;
	row->box_size = box->length;
	return 0;
}

static int
queue_to(struct keyring *ring, const struct case_row *of, const struct form *submission,
    const char *text)
{
	const char *to = form_value(submission, field_name(FIELD_PHONE));
	struct message_row row = {
		.number = number_next(), .way = MESSAGE_TEXT, .case_number = of->number,
		.account = ring->work->actor->account, .state = MESSAGE_QUEUED,
		    .created_at = ring->work->now,
		.due_at = ring->work->now, .changed_at = ring->work->now
	};
	unsigned char public[SEAL_KEY_SIZE];
	struct buffer box = { 0 };
	int result = -1;

	if (!contact_allows_text(submission) || to == NULL)
		return error_set(&ring->work->error, ERROR_REFUSED,
		    "the person wants no messages");
	memcpy(row.queue, of->queue, sizeof(row.queue));
	switch (outbox_public(ring->work, public)) {
	case FOUND:
		result = seal(&box, &row, &(struct sealed_text){ "to", to, text }, public,
		    &ring->work->error);
		break;
	case ABSENT:
		(void)error_set(&ring->work->error, ERROR_UNAVAILABLE,
		    "nothing can be sent yet: start egenremiss outbox");
		break;
	case FAILED:
	default:
		break;
	}
	if (result == 0)
		result = store_message_add(ring->work->store, &row, &ring->work->error);
	buffer_free(&box);
	return result;
}

int
text_queue(struct keyring *ring, const struct case_row *row, const char *text)
{
	struct form submission = { 0 };
	struct telephone telephone;
	int result;

	if (telephone_read(ring->work, row->number, &telephone) == -1)
		return -1;
	if (telephone.wrong)
		return error_set(&ring->work->error, ERROR_REFUSED, "the number is wrong");
	switch (keyring_submission(ring, row->number, &submission)) {
	case FOUND:
		break;
	case ABSENT:
		return error_set(&ring->work->error, ERROR_INTERNAL,
		    "case %lld has no submission", (long long)row->number);
	case FAILED:
	default:
		return -1;
	}
	result = queue_to(ring, row, &submission, text);
	form_wipe(&submission);
	return result;
}

struct unsent_reading {
	struct work *work;
	const struct level *level;
	struct unsent *unsent;
	bool failed;
};

static int
keep_unsent(const struct message_row *row, void *argument)
{
	struct unsent_reading *reading = argument;
	struct unsent *unsent = reading->unsent;
	struct unsent_message *message;

	if (row->queue[0] != '\0' && service_level_queue(reading->level, row->queue) == NULL)
		return 0;
	if (unsent->count == UNSENT_MAX) {
		unsent->more = true;
		return 1;
	}
	unsent->messages = array_grow(unsent->messages, unsent->count, sizeof(*message));
	message = &unsent->messages[unsent->count++];
	message->row = *row;
	if (row->way == MESSAGE_TEXT)
		return 0;
	message->subject = wording_subject((enum alert_kind)row->kind);
	reading->failed = account_name(reading->work, row->account, message->receiver) == -1;
	return reading->failed;
}

int
unsent_read(struct work *work, const struct level *level, struct unsent *unsent)
{
	struct unsent_reading reading = { .work = work, .level = level, .unsent = unsent };
	int64_t oldest_at = 0;

	*unsent = (struct unsent){ 0 };
	if (store_message_waiting(work->store, &unsent->waiting, &oldest_at,
	    &work->error) == -1 || store_message_each_unsent(work->store, keep_unsent, &reading,
	    &work->error) == -1 || reading.failed)
		return -1;
	if (oldest_at >= work->now - UNSENT_LATE_SECONDS)
		unsent->waiting = 0;
	return 0;
}

void
unsent_free(struct unsent *unsent)
{
	free(unsent->messages);
	*unsent = (struct unsent){ 0 };
}

struct membership {
	const char *queue;
	bool found;
};

static int
find_queue(const struct membership_row *row, void *argument)
{
	struct membership *membership = argument;

	membership->found = strcmp(row->queue, membership->queue) == 0;
	return membership->found;
}

/*
 * FOUND when the reader is a member of the queue. A digest belongs to no queue, so any lead
 * may decide.
 */
static enum answer
works_in(struct work *work, const char *queue)
{
	struct membership membership = { .queue = queue, .found = queue[0] == '\0' };

	if (!membership.found && store_membership_each(work->store, work->actor->account,
	    find_queue, &membership, &work->error) == -1)
		return FAILED;
	return membership.found ? FOUND : ABSENT;
}

/* A lead decides only about messages that failed or whose result is unknown. */
static enum answer
decide(struct work *work, int64_t number, enum message_state to)
{
	struct message_row row;
	enum answer answer = store_message_get(work->store, number, &row, &work->error);
	enum message_state from;

	if (answer == FOUND)
		answer = works_in(work, row.queue);
	if (answer != FOUND)
		return answer;
	if (row.state != MESSAGE_FAILED && row.state != MESSAGE_UNKNOWN)
		return ABSENT;
	from = row.state;
	row.state = to;
	row.reason = to == MESSAGE_DROPPED ? REASON_LEAD : REASON_NONE;
	row.tries = 0;
	row.due_at = row.changed_at = work->now;
	return store_message_change(work->store, &row, from, &work->error);
}

enum answer
unsent_resend(struct work *work, int64_t number)
{
	return decide(work, number, MESSAGE_QUEUED);
}

enum answer
unsent_drop(struct work *work, int64_t number)
{
	return decide(work, number, MESSAGE_DROPPED);
}
