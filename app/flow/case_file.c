/* Reads one case as its reader may see it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/handover.h"
#include "store/messages.h"
#include "store/store.h"

struct reading {
	struct work *work;
	struct casefile *file;
	struct keyring *ring;
	int result;
};

static int
keep_event(const struct event_row *event, void *argument)
{
	struct reading *reading = argument;
	struct casefile *file = reading->file;
	struct casefile_event *kept;

	file->trail = array_grow(file->trail, file->trail_count, sizeof(*file->trail));
	kept = &file->trail[file->trail_count++];
	kept->at = event->at;
	kept->due_at = event->due_at;
	kept->account = event->account;
	kept->act = event->act;
	kept->from = event->from;
	kept->to = event->to;
	/* Steps count from 1, without gaps. */
	if (event->of_step > 0 && (size_t)event->of_step < file->trail_count)
		file->trail[event->of_step - 1].undone = true;
	reading->result = account_name(reading->work, event->account, kept->author);
	if (reading->result == 0)
		reading->result = account_name(reading->work, event->instead_of,
		    kept->instead_of);
	return reading->result;
}

/* Names the queue in the events that an offer left. */
static int
name_offered(const struct offer_ended_row *offer, void *argument)
{
	struct casefile *file = argument;

	for (size_t i = 0; i < file->trail_count; i++) {
		struct casefile_event *event = &file->trail[i];

		if ((event->act == ACT_OFFER && event->at == offer->at) ||
		    (event->act == offer->how && event->at == offer->ended_at &&
		    offer->how != ACT_CLOSE))
			memcpy(event->queue, offer->queue, sizeof(event->queue));
	}
	return 0;
}

static int
read_offers(struct work *work, struct casefile *file)
{
	struct offer_ended_row waiting = { .how = ACT_OFFER };
	struct offer_row offer = { 0 };

	if (store_offer_each_ended(work->store, file->row.number, name_offered, file,
	    &work->error) == -1)
		return -1;
	switch (store_offer_get(work->store, file->row.number, &offer, NULL,
	    &work->error)) {
	case FOUND:
		waiting.at = waiting.ended_at = offer.at;
		memcpy(waiting.queue, offer.queue, sizeof(waiting.queue));
		return name_offered(&waiting, file);
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

static int
read_trail(struct work *work, struct casefile *file)
{
	struct reading reading = { .work = work, .file = file };

	file->trail_count = 0;
	if (store_event_each(work->store, file->row.number, keep_event, &reading,
	    &work->error) == -1)
		return -1;
	return reading.result == 0 ? read_offers(work, file) : reading.result;
}

static int
read_place(struct work *work, struct casefile *file)
{
	struct code_row code;

	if (file->row.code[0] == '\0')
		return 0;
	switch (store_code_get(work->store, file->row.code, &code, &work->error)) {
	case FAILED:
		return -1;
	case FOUND:
		memcpy(file->code_place, code.place, sizeof(file->code_place));
		break;
	case ABSENT:
		break;
	}
	return 0;
}

static int
keep_text(const struct message_row *message, void *argument)
{
	struct reading *reading = argument;
	struct casefile *file = reading->file;
	struct casefile_text *text;

	file->texts = array_grow(file->texts, file->texts_count, sizeof(*file->texts));
	text = &file->texts[file->texts_count++];
	text->changed_at = message->changed_at;
	text->state = message->state;
	text->reason = message->reason;
	reading->result = account_name(reading->work, message->account, text->author);
	return reading->result == -1 || file->texts_count == CASEFILE_TEXTS_MAX;
}

static int
read_texts(struct work *work, struct casefile *file)
{
	struct reading reading = { .work = work, .file = file };

	if (store_message_each_of_case(work->store, file->row.number, keep_text, &reading,
	    &work->error) == -1)
		return -1;
	return reading.result;
}

static int
keep_call(int64_t at, int step, void *argument)
{
	struct follow_up *follow_up = argument;

	follow_up->plan = array_grow(follow_up->plan, follow_up->plan_count, sizeof(*follow_up->plan));
	follow_up->plan[follow_up->plan_count++] = (struct follow_up_call){ at, step != 0 };
	return 0;
}

struct naming {
	struct work *work;
	struct follow_up *follow_up;
	int result;
};

static int
keep_second(int64_t account, void *argument)
{
	struct naming *naming = argument;
	struct follow_up *follow_up = naming->follow_up;

	follow_up->seconds = array_grow(follow_up->seconds, follow_up->seconds_count,
	    sizeof(*follow_up->seconds));
	naming->result = account_name(naming->work, account,
	    follow_up->seconds[follow_up->seconds_count++].name);
	return naming->result;
}

static int
read_closing(struct work *work, struct follow_up *follow_up, int64_t number)
{
	struct closing_row row;

	switch (store_closing_get(work->store, number, &row, &work->error)) {
	case FAILED:
		return -1;
	case ABSENT:
		return 0;
	case FOUND:
		break;
	}
	follow_up->closing.account = row.account;
	follow_up->closing.at = row.at;
	follow_up->closing.outcomes = row.outcomes;
	follow_up->closing.record = row.record;
	return account_name(work, row.account, follow_up->closing.author);
}

static bool
all_made(const struct follow_up *follow_up)
{
	for (size_t i = 0; i < follow_up->plan_count; i++) {
		if (!follow_up->plan[i].done)
			return false;
	}
	return follow_up->plan_count > 0;
}

/* Whether the person declined more calls and no new follow-up has begun since. */
static bool
declined(const struct casefile *file)
{
	for (size_t i = file->trail_count; i > 0; i--) {
		enum act act = file->trail[i - 1].act;

		if (act == ACT_DECLINE)
			return true;
		if (act == ACT_BEGIN || act == ACT_REOPEN)
			return false;
	}
	return false;
}

/* Reads the follow-up of an open case. Needs the row and the trail. */
static int
read_follow_up(struct work *work, struct casefile *file)
{
	struct follow_up *follow_up = &file->follow_up;
	struct naming naming = { .work = work, .follow_up = follow_up, .result = 0 };
	int64_t number = file->row.number;

	if (file->row.closed_at != 0)
		return 0;
	if (read_closing(work, follow_up, number) == -1 ||
	    store_closing_seconds(work->store, number, work->actor->account, keep_second,
	    &naming, &work->error) == -1 ||
	    naming.result == -1 || store_plan_each(work->store, number, keep_call, follow_up,
	    &work->error) == -1)
		return -1;
	follow_up->over = declined(file) || all_made(follow_up);
	return store_reminder_get(work->store, number, &follow_up->reminder_at,
	    &work->error) == FAILED ? -1 : 0;
}

static void
free_follow_up(struct follow_up *follow_up)
{
	free(follow_up->seconds);
	free(follow_up->plan);
}

int64_t
follow_up_planned(const struct follow_up *follow_up, int64_t now, int64_t due_at)
{
	/* A talk that comes early makes the contact for which the case is due. */
	const int64_t made_until = due_at > now ? due_at : now;

	for (size_t i = 0; i < follow_up->plan_count; i++) {
		if (!follow_up->plan[i].done && follow_up->plan[i].at > made_until)
			return follow_up->plan[i].at;
	}
	return 0;
}

/* Reads everything that is plain. */
static enum answer
read_plain(struct work *work, struct casefile *file, int64_t number)
{
	enum answer answer;

	if (work_begin_read(work) == -1)
		return FAILED;
	answer = case_read(work, number, &file->row, &file->actor);
	if (answer == FOUND && (account_name(work, file->row.holder, file->holder) == -1 ||
	    read_place(work, file) == -1 || read_trail(work, file) == -1 ||
	    read_texts(work, file) == -1 ||
	    case_attempts(work, number, &file->attempts) == -1 ||
	    telephone_read(work, number, &file->telephone) == -1 ||
	    read_follow_up(work, file) == -1))
		answer = FAILED;
	return work_settle(work, answer == FOUND, answer);
}

static bool
opened_today(const struct casefile *file, int64_t account, int64_t now)
{
	for (size_t i = file->trail_count; i > 0; i--) {
		const struct casefile_event *event = &file->trail[i - 1];

		/* Who reads the answer to an offer opens the case anew. */
		if (event->act == ACT_RETURN || event->act == ACT_LAPSE)
			return false;
		if (event->act == ACT_OPEN && event->account == account &&
		    day_of(event->at) == day_of(now))
			return true;
	}
	return false;
}

enum answer
casefile_print(struct work *work, int64_t number)
{
	struct case_row row = { .number = number };
	enum answer answer;

	if (work_begin(work) == -1)
		return FAILED;
	answer = access_log_add(work, ACT_PRINT, &row);
	return work_settle(work, answer == FOUND, answer);
}

/* Adds the ACT_OPEN event. ABSENT when the reader may not open the case any more. */
static enum answer
leave_trace(struct work *work, struct casefile *file)
{
	enum answer answer;

	if (work_begin(work) == -1)
		return FAILED;
	answer = access_log_add(work, ACT_OPEN, &file->row);
	if (answer == FOUND && read_trail(work, file) == -1)
		answer = FAILED;
	return work_settle(work, answer == FOUND, answer);
}

/* Whether the act with which the note was written has been undone. */
static bool
note_undone(const struct casefile *file, enum act act, const struct record_row *record)
{
	for (size_t i = file->trail_count; i > 0; i--) {
		const struct casefile_event *event = &file->trail[i - 1];

		if (event->act == act && event->at == record->at &&
		    event->account == record->account)
			return event->undone;
	}
	return false;
}

static int
keep_note(struct reading *reading, const struct record_row *record)
{
	struct casefile *file = reading->file;
	struct casefile_note *note;
	struct form form = { 0 };
	const char *text;
	int act;

	if (keyring_read(reading->ring, record, &form) == -1)
		return -1;
	file->notes = array_grow(file->notes, file->notes_count, sizeof(*file->notes));
	note = &file->notes[file->notes_count++];
	note->number = record->number;
	note->at = record->at;
	act = word_value(&words_act, form_value(&form, "act"));
	note->act = act == -1 ? ACT_NOTE : (enum act)act;
	note->undone = note_undone(file, note->act, record);
	text = form_value(&form, "text");
	if (text != NULL)
		buffer_text(&note->text, text);
	form_wipe(&form);
	return account_name(reading->work, record->account, note->author);
}

/* Makes a form of the plain fields that may be corrected, as they came in. */
static void
first_fields(const struct case_row *row, struct form *form)
{
	struct buffer plain = { 0 };

	form_encode(&plain, field_name(FIELD_AGE), word_of(&words_age, (int)row->first.age));
	form_encode(&plain, field_name(FIELD_WHEN), word_of(&words_window, (int)row->first.when));
	(void)form_decode(form, plain.data, plain.length);
	buffer_free(&plain);
}

/* Covers what is known with a correction, and keeps what it replaces. */
static int
keep_correction(struct reading *reading, const struct record_row *record, struct form *form)
{
	struct casefile *file = reading->file;
	struct casefile_correction *kept;

	for (size_t i = 0; i < form->count; i++) {
		const char *before = form_value(&file->submission, form->fields[i].name);

		file->corrections = array_grow(file->corrections, file->corrections_count,
		    sizeof(*file->corrections));
		kept = &file->corrections[file->corrections_count++];
		*kept = (struct casefile_correction){ .at = record->at };
		(void)snprintf(kept->field, sizeof(kept->field), "%s", form->fields[i].name);
		buffer_text(&kept->before, before == NULL ? "" : before);
		if (account_name(reading->work, record->account, kept->author) == -1)
			return -1;
	}
	return 0;
}

static int
keep_fields(struct reading *reading, const struct record_row *record)
{
	struct form form = { 0 };
	int result = keyring_read(reading->ring, record, &form);

	if (result == 0 && record->kind == RECORD_CORRECTION)
		result = keep_correction(reading, record, &form);
	if (result == 0)
		form_cover(&reading->file->submission, &form);
	form_wipe(&form);
	return result;
}

static int
keep_record(const struct record_row *record, void *argument)
{
	struct reading *reading = argument;

	reading->result = record->kind == RECORD_SUBMISSION || record->kind == RECORD_CORRECTION ?
	    keep_fields(reading, record) : keep_note(reading, record);
	return reading->result;
}

/* Reads everything that is sealed. */
static enum answer
read_sealed(struct work *work, struct casefile *file)
{
	struct keyring ring = { .work = work };
	struct reading reading = { .work = work, .file = file, .ring = &ring };
	enum answer answer = keyring_turn(&ring, file->row.number);

	first_fields(&file->row, &file->submission);
	if (answer == FOUND && (store_record_each(work->store, file->row.number, 0, keep_record,
	    &reading, &work->error) == -1 || reading.result == -1))
		answer = FAILED;
	keyring_free(&ring);
	if (answer != FOUND)
		return answer;
	file->opened = true;
	file->attempts.may_text = contact_allows_text(&file->submission);
	return FOUND;
}

enum answer
casefile_read(struct work *work, struct casefile *file, int64_t number)
{
	enum answer answer;

	memset(file, 0, sizeof(*file));
	answer = read_plain(work, file, number);
	if (answer != FOUND)
		goto err;
	if (!lifecycle_offers(file->row.state, ACT_OPEN, file->actor))
		return FOUND;
	if (!opened_today(file, work->actor->account, work->now))
		answer = leave_trace(work, file);
	if (answer == FOUND && decline_reasons_arrive(work, number) == -1)
		answer = FAILED;
	if (answer == FOUND)
		answer = read_sealed(work, file);
	if (answer == FOUND)
		return FOUND;
err:
	casefile_free(file);
	return answer;
}

void
casefile_free(struct casefile *file)
{
	form_wipe(&file->submission);
	for (size_t i = 0; i < file->notes_count; i++)
		buffer_wipe(&file->notes[i].text);
	for (size_t i = 0; i < file->corrections_count; i++)
		buffer_wipe(&file->corrections[i].before);
	free(file->corrections);
	free(file->notes);
	free(file->trail);
	free(file->texts);
	free_follow_up(&file->follow_up);
	*file = (struct casefile){ 0 };
}
