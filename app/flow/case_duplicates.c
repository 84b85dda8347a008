/* Duplicates: cases that are likely about the same person, and links between them. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"


/* Case numbers; in the sealed form they are one field, separated by spaces. */
struct numbers {
	int64_t number[DUPLICATES_MAX];
	size_t count;
};

/* The findings of the readers for one case, which are sealed with it. */
struct finding {
	struct keyring *ring;
	struct numbers same;		/* found for the reader */
	struct numbers apart;		/* marked by the reader as another person's */
	struct numbers all_apart;	/* marked so by anybody */
	bool looked;			/* the reader has such a record */
	int result;			/* the result of reading; 0 or -1 */
};

static bool
numbers_have(const struct numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++) {
		if (numbers->number[i] == number)
			return true;
	}
	return false;
}

/* Adds a number once; numbers beyond DUPLICATES_MAX are left out. */
static void
numbers_add(struct numbers *numbers, int64_t number)
{
	if (!numbers_have(numbers, number) && numbers->count < COUNT_OF(numbers->number))
		numbers->number[numbers->count++] = number;
}

static void
numbers_read(struct numbers *numbers, const char *text)
{
	char reference[14];
	int64_t number;
	int length;

	while (text != NULL && sscanf(text, " %13s%n", reference, &length) == 1) {
		if (number_parse(reference, &number) == 0)
			numbers_add(numbers, number);
		text += length;
	}
}

static void
numbers_write(const struct numbers *numbers, const char *field, struct buffer *plain)
{
	char text[DUPLICATES_MAX * 14 + 1] = "";

	for (size_t i = 0; i < numbers->count; i++) {
		number_text(numbers->number[i], text + 14 * i);
		text[14 * i + 13] = ' ';
	}
	form_encode(plain, field, text);
}

static int
open_finding(const struct duplicates_row *row, void *argument)
{
	struct finding *finding = argument;
	const struct record_row record = {
		.number = row->number, .case_number = row->case_number, .kind = RECORD_DUPLICATES,
		.box = row->box, .box_size = row->box_size
	};
	struct form form = { 0 };

	finding->result = keyring_read(finding->ring, &record, &form);
	if (finding->result == -1)
		return -1;
	numbers_read(&finding->all_apart, form_value(&form, "apart"));
	if (row->account == finding->ring->work->actor->account) {
		finding->looked = true;
		numbers_read(&finding->same, form_value(&form, "same"));
		numbers_read(&finding->apart, form_value(&form, "apart"));
	}
	form_wipe(&form);
	return 0;
}

/*
 * Opens the case's data key and reads the findings of all readers. FOUND, also when there
 * are none; ABSENT: the reader has no key to the case.
 */
static enum answer
duplicates_seen_read(struct finding *finding, int64_t number)
{
	enum answer answer = keyring_turn(finding->ring, number);

	if (answer == FOUND && (store_duplicates_each(finding->ring->work->store, number,
	    open_finding, finding, &finding->ring->work->error) == -1 || finding->result == -1))
		answer = FAILED;
	return answer;
}

/* Replaces the reader's finding. The keyring holds the case's data key. Returns 0 or -1. */
static int
duplicates_seen_write(const struct finding *finding, int64_t number)
{
	const struct record_place place = { RECORD_DUPLICATES, number, number_next() };
	struct duplicates_row row = {
		.number = place.record_number, .case_number = number,
		.account = finding->ring->work->actor->account, .at = finding->ring->work->now
	};
	struct buffer plain = { 0 }, box = { 0 };
	int result;

	buffer_reserve(&plain, SEAL_PAD_BLOCK);
	numbers_write(&finding->same, "same", &plain);
	numbers_write(&finding->apart, "apart", &plain);
	result = record_seal(&box, &place, finding->ring->data_key, plain.data, plain.length);
	row.box = (const unsigned char *)box.data;
	row.box_size = box.length;
	result = result == -1 ? error_set(&finding->ring->work->error, ERROR_INTERNAL,
	    "the duplicates cannot be sealed") :
	    store_duplicates_put(finding->ring->work->store, &row, &finding->ring->work->error);
	buffer_wipe(&plain);
	buffer_free(&box);
	return result;
}

/* Whether the reader may open the case now. */
static enum answer
may_open(struct work *work, int64_t number)
{
	struct case_row row;
	unsigned actor;
	enum answer answer = case_read(work, number, &row, &actor);

	return answer == FOUND && !lifecycle_offers(row.state, ACT_OPEN, actor) ? ABSENT : answer;
}

struct looked {
	int64_t account;
	int64_t new_at;			/* when the number was last replaced */
	bool found;
};

static int
is_own(const struct duplicates_row *row, void *argument)
{
	struct looked *looked = argument;

	looked->found = row->account == looked->account && row->at > looked->new_at;
	return looked->found;
}

enum answer
duplicates_due(struct work *work, int64_t number)
{
	struct looked looked = { .account = work->actor->account };
	struct number_row present;
	enum answer answer = may_open(work, number);

	if (answer == FOUND && store_case_number(work->store, number, &present,
	    &work->error) == -1)
		return FAILED;
	looked.new_at = answer == FOUND ? present.new_at : 0;
	if (answer == FOUND && store_duplicates_each(work->store, number, is_own, &looked,
	    &work->error) == -1)
		return FAILED;
	return looked.found ? ABSENT : answer;
}

#define PHONES_MAX	8	/* of one case: the present one and the last ones before it */

struct phones {
	char phone[PHONES_MAX][PHONE_MAX];
	size_t count;
};

struct comparing {
	int64_t number;
	struct phones phones;
	struct numbers *same;
};

static void
phones_read(struct phones *phones, const struct form *submission)
{
	phones->count = 0;
	for (size_t i = 0; i < submission->count && phones->count < PHONES_MAX; i++) {
		if (strcmp(submission->fields[i].name, field_name(FIELD_PHONE)) == 0)
			(void)snprintf(phones->phone[phones->count++], PHONE_MAX, "%s",
			    submission->fields[i].value);
	}
}

static bool
phones_meet(const struct phones *one, const struct phones *other)
{
	for (size_t i = 0; i < one->count; i++) {
		for (size_t j = 0; j < other->count; j++) {
			if (strcmp(one->phone[i], other->phone[j]) == 0)
				return true;
		}
	}
	return false;
}

static int
compare(const struct case_row *row, const struct form *submission, void *argument)
{
	struct comparing *comparing = argument;
	struct phones phones;

	phones_read(&phones, submission);
	if (row->number != comparing->number && phones_meet(&phones, &comparing->phones))
		numbers_add(comparing->same, row->number);
	seal_wipe(&phones, sizeof(phones));
	return comparing->same->count == DUPLICATES_MAX;
}

/* Within a transaction. FOUND, or ABSENT when the reader may not open the case. */
static enum answer
compare_all(struct finding *finding, int64_t number)
{
	struct comparing comparing = { .number = number, .same = &finding->same };
	struct search_extent extent;
	struct form form = { 0 };
	enum answer answer = may_open(finding->ring->work, number);

	if (answer == FOUND)
		answer = keyring_submission(finding->ring, number, &form);
	if (answer != FOUND)
		return answer;
	phones_read(&comparing.phones, &form);
	form_wipe(&form);
	if (reach_each(finding->ring, compare, &comparing, &extent) == -1)
		answer = FAILED;
	seal_wipe(&comparing, sizeof(comparing));
	return answer;
}

enum answer
duplicates_look(struct work *work, int64_t number)
{
	struct keyring ring = { .work = work };
	struct finding finding = { .ring = &ring };
	struct numbers same;
	enum answer answer = FAILED;

	if (work_begin_read(work) == -1)
		return FAILED;
	answer = compare_all(&finding, number);
	work_undo(work);
	if (answer != FOUND || work_begin(work) == -1) {
		keyring_free(&ring);
		return answer == FOUND ? FAILED : answer;
	}
	answer = may_open(work, number);
	/* After a new number the reader looks again; what was marked before stays marked. */
	same = finding.same;
	if (answer == FOUND)
		answer = duplicates_seen_read(&finding, number);
	finding.same = same;
	if (answer == FOUND && duplicates_seen_write(&finding, number) == -1)
		answer = FAILED;
	keyring_free(&ring);
	return work_settle(work, answer == FOUND, answer);
}

struct other_reading {
	struct work *work;
	struct duplicates *repeats;
	bool linked;
	int result;
};

static int
keep_other(int64_t number, void *argument)
{
	struct other_reading *reading = argument;
	struct duplicates *repeats = reading->repeats;
	struct duplicate *other = &repeats->others[repeats->count];
	unsigned actor;

	for (size_t i = 0; i < repeats->count; i++) {
		if (repeats->others[i].row.number == number)
			return 0;
	}
	if (repeats->count == COUNT_OF(repeats->others))
		return 1;
	switch (case_read(reading->work, number, &other->row, &actor)) {
	case FOUND:
		if (lifecycle_offers(other->row.state, ACT_FIND, actor)) {
			other->linked = reading->linked;
			repeats->count++;
		}
		break;
	case FAILED:
		reading->result = -1;
		return 1;
	case ABSENT:
		break;
	}
	return 0;
}

/* Like duplicates_read, but also gives the findings to a caller that changes them. */
static enum answer
read_all(struct duplicates *repeats, struct finding *finding, int64_t number, bool opened)
{
	struct other_reading reading = {
		.work = finding->ring->work, .repeats = repeats, .linked = true
	};
	enum answer answer = FOUND;

	*repeats = (struct duplicates){ 0 };
	if (store_link_each(reading.work->store, number, keep_other, &reading,
	    &finding->ring->work->error) == -1)
		return FAILED;
	if (opened)
		answer = duplicates_seen_read(finding, number);
	reading.linked = false;
	for (size_t i = 0; answer == FOUND && i < finding->same.count && reading.result == 0; i++) {
		if (!numbers_have(&finding->all_apart, finding->same.number[i]))
			(void)keep_other(finding->same.number[i], &reading);
	}
	return reading.result == -1 ? FAILED : answer;
}

int
duplicates_read(struct work *work, struct duplicates *repeats, int64_t number, bool opened)
{
	struct keyring ring = { .work = work };
	struct finding finding = { .ring = &ring };
	enum answer answer = read_all(repeats, &finding, number, opened);

	keyring_free(&ring);
	return answer == FAILED ? -1 : 0;
}

static bool
lists(const struct duplicates *repeats, int64_t number, bool linked)
{
	for (size_t i = 0; i < repeats->count; i++) {
		if (repeats->others[i].row.number == number)
			return repeats->others[i].linked == linked;
	}
	return false;
}

/* Judges and does one decision, within a transaction. */
static enum answer
decide(struct finding *finding, enum duplicates_press press, int64_t number, int64_t other,
    enum lifecycle_verdict *verdict)
{
	struct store *store = finding->ring->work->store;
	struct case_act act = {
		.act = press == DUPLICATES_UNLINK ? ACT_UNLINK : ACT_LINK,
		.account = finding->ring->work->actor->account, .now = finding->ring->work->now
	};
	struct duplicates repeats;
	struct case_row row;
	enum answer answer = case_read(finding->ring->work, number, &row, &act.actor);

	*verdict = LIFECYCLE_STATE;
	if (answer != FOUND || !lifecycle_offers(row.state, act.act, act.actor))
		return answer;
	answer = read_all(&repeats, finding, number, true);
	if (answer != FOUND || !lists(&repeats, other, press == DUPLICATES_UNLINK))
		return answer;
	if (press == DUPLICATES_PART) {
		*verdict = LIFECYCLE_OK;
		numbers_add(&finding->apart, other);
		return duplicates_seen_write(finding, number) == 0 ? FOUND : FAILED;
	}
	if (case_do(finding->ring->work, &row, &act, verdict) == -1)
		return FAILED;
	if (*verdict != LIFECYCLE_OK)
		return FOUND;
	return (press == DUPLICATES_LINK ? store_link_add : store_link_remove)(store, number,
	    other, &finding->ring->work->error) == 0 ? FOUND : FAILED;
}

enum answer
duplicates_press(struct work *work, enum duplicates_press press, int64_t number, int64_t other,
    enum lifecycle_verdict *verdict)
{
	struct keyring ring = { .work = work };
	struct finding finding = { .ring = &ring };
	enum answer answer;

	if (work_begin(work) == -1)
		return FAILED;
	answer = decide(&finding, press, number, other, verdict);
	keyring_free(&ring);
	return work_settle(work, answer == FOUND && *verdict == LIFECYCLE_OK, answer);
}
