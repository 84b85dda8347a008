/* One case as its reader may see it, opened. */
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
#include "rules/rules.h"
#include "seal/seal.h"
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
	/* Steps count from 1 and none is missing. */
	if (event->of_step > 0 && (size_t)event->of_step < file->trail_count)
		file->trail[event->of_step - 1].undone = true;
	reading->result = account_name(reading->work, event->account, kept->author);
	if (reading->result == 0)
		reading->result = account_name(reading->work, event->instead_of,
		    kept->instead_of);
	return reading->result;
}

static int
read_trail(struct work *work, struct casefile *file)
{
	struct reading reading = { .work = work, .file = file };

	file->trail_count = 0;
	if (store_event_each(work->store, file->row.number, keep_event, &reading,
	    &work->error) == -1)
		return -1;
	return reading.result;
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

/* Everything that is plain. */
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
	    follow_up_read(work, file) == -1))
		answer = FAILED;
	return work_settle(work, answer == FOUND, answer);
}

static bool
opened_today(const struct casefile *file, int64_t account, int64_t now)
{
	for (size_t i = file->trail_count; i > 0; i--) {
		const struct casefile_event *event = &file->trail[i - 1];

		if (event->act == ACT_OPEN && event->account == account &&
		    day_of(event->at) == day_of(now))
			return true;
	}
	return false;
}

/*
 * Leaves the ACT_OPEN event. ABSENT when the case has meanwhile become one
 * that this reader may not open.
 */
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

static int
keep_note(struct reading *reading, const struct record_row *record)
{
	struct casefile *file = reading->file;
	struct casefile_note *note;
	struct form form;
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
	text = form_value(&form, "text");
	if (text != NULL)
		buffer_text(&note->text, text);
	form_wipe(&form);
	return account_name(reading->work, record->account, note->author);
}

static int
keep_record(const struct record_row *record, void *argument)
{
	struct reading *reading = argument;
	struct casefile *file = reading->file;

	if (record->kind != RECORD_SUBMISSION) {
		reading->result = keep_note(reading, record);
		return reading->result;
	}
	form_wipe(&file->submission);
	reading->result = keyring_read(reading->ring, record, &file->submission);
	return reading->result;
}

/* Everything that is sealed. */
static enum answer
read_sealed(struct work *work, struct casefile *file)
{
	struct keyring ring = { .work = work };
	struct reading reading = { .work = work, .file = file, .ring = &ring };
	enum answer answer = keyring_turn(&ring, file->row.number);

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
	free(file->notes);
	free(file->trail);
	free(file->texts);
	follow_up_free(&file->follow_up);
	*file = (struct casefile){ 0 };
}
