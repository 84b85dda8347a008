#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/keys.h"
#include "flow/worklist.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

bool
numbers_have(const struct numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++) {
		if (numbers->number[i] == number)
			return true;
	}
	return false;
}

void
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
	struct form form;

	finding->result = keyring_read(finding->ring, &record, &form, finding->error);
	if (finding->result == -1)
		return -1;
	numbers_read(&finding->all_apart, form_value(&form, "apart"));
	if (row->account == finding->ring->reader->account) {
		finding->looked = true;
		numbers_read(&finding->same, form_value(&form, "same"));
		numbers_read(&finding->apart, form_value(&form, "apart"));
	}
	form_wipe(&form);
	return 0;
}

enum answer
duplicates_seen_read(struct finding *finding, int64_t number, struct error *error)
{
	enum answer answer = keyring_turn(finding->ring, number, error);

	finding->error = error;
	if (answer == FOUND && (store_duplicates_each(finding->ring->store, number, open_finding,
	    finding, error) == -1 || finding->result == -1))
		answer = FAILED;
	return answer;
}

int
duplicates_seen_write(const struct finding *finding, int64_t number, int64_t now, struct error *error)
{
	const struct record_place place = { RECORD_DUPLICATES, number, number_next() };
	struct duplicates_row row = {
		.number = place.record_number, .case_number = number,
		.account = finding->ring->reader->account, .at = now
	};
	struct buffer plain = { 0 }, box = { 0 };
	int result;

	buffer_reserve(&plain, SEAL_PAD_BLOCK);
	numbers_write(&finding->same, "same", &plain);
	numbers_write(&finding->apart, "apart", &plain);
	result = record_seal(&box, &place, finding->ring->data_key, plain.data, plain.length);
	row.box = (const unsigned char *)box.data;
	row.box_size = box.length;
	result = result == -1 ? error_set(error, ERROR_INTERNAL, "a finding cannot be sealed") :
	    store_duplicates_put(finding->ring->store, &row, error);
	buffer_wipe(&plain);
	buffer_free(&box);
	return result;
}

/* Whether the reader may see what is in the case, now. */
static enum answer
may_open(struct store *store, const struct identity *reader, int64_t number, int64_t now,
    struct error *error)
{
	struct case_row row;
	unsigned actor;
	enum answer answer = case_read(store, number, reader, now, &row, &actor, error);

	return answer == FOUND && !lifecycle_offers(row.state, ACT_OPEN, actor) ? ABSENT : answer;
}

struct looked {
	int64_t account;
	bool found;
};

static int
is_own(const struct duplicates_row *row, void *argument)
{
	struct looked *looked = argument;

	looked->found = row->account == looked->account;
	return looked->found;
}

enum answer
duplicates_due(struct store *store, const struct identity *reader, int64_t number, int64_t now,
    struct error *error)
{
	struct looked looked = { .account = reader->account };
	enum answer answer = may_open(store, reader, number, now, error);

	if (answer == FOUND && store_duplicates_each(store, number, is_own, &looked, error) == -1)
		return FAILED;
	return looked.found ? ABSENT : answer;
}

struct comparing {
	int64_t number;
	char phone[PHONE_MAX];
	struct numbers *same;
};

static int
compare(const struct case_row *row, const struct form *submission, void *argument)
{
	struct comparing *comparing = argument;
	const char *phone = form_value(submission, field_name(FIELD_PHONE));

	if (row->number != comparing->number && phone != NULL &&
	    strcmp(phone, comparing->phone) == 0)
		numbers_add(comparing->same, row->number);
	return comparing->same->count == DUPLICATES_MAX;
}

/* Within a transaction: FOUND, or ABSENT when the reader may not open the case. */
static enum answer
compare_all(struct finding *finding, int64_t number, int64_t now, struct error *error)
{
	struct comparing comparing = { .number = number, .same = &finding->same };
	struct search_extent extent;
	struct form form;
	const char *phone;
	enum answer answer = may_open(finding->ring->store, finding->ring->reader, number, now,
	    error);

	if (answer == FOUND)
		answer = keyring_submission(finding->ring, number, &form, error);
	if (answer != FOUND)
		return answer;
	phone = form_value(&form, field_name(FIELD_PHONE));
	(void)snprintf(comparing.phone, sizeof(comparing.phone), "%s", phone == NULL ? "" : phone);
	form_wipe(&form);
	if (reach_each(finding->ring, compare, &comparing, &extent, error) == -1)
		answer = FAILED;
	seal_wipe(&comparing, sizeof(comparing));
	return answer;
}

enum answer
duplicates_look(struct store *store, const struct identity *reader, int64_t number, int64_t now,
    struct error *error)
{
	struct keyring ring = { .store = store, .reader = reader };
	struct finding finding = { .ring = &ring };
	enum answer answer = FAILED;

	if (store_begin_read(store, error) == -1)
		return FAILED;
	answer = compare_all(&finding, number, now, error);
	store_rollback(store);
	if (answer != FOUND || store_begin(store, error) == -1) {
		keyring_free(&ring);
		return answer == FOUND ? FAILED : answer;
	}
	answer = may_open(store, reader, number, now, error);
	if (answer == FOUND)
		answer = keyring_turn(&ring, number, error);
	if (answer == FOUND && duplicates_seen_write(&finding, number, now, error) == -1)
		answer = FAILED;
	keyring_free(&ring);
	if (answer == FOUND)
		return store_commit(store, error) == 0 ? FOUND : FAILED;
	store_rollback(store);
	return answer;
}

struct worklist_others {
	struct repeats *repeats;
	struct store *store;
	const struct identity *reader;
	int64_t now;
	bool linked;
	int result;
	struct error *error;
};

static int
keep_other(int64_t number, void *argument)
{
	struct worklist_others *worklist = argument;
	struct repeats *repeats = worklist->repeats;
	struct repeat *other = &repeats->others[repeats->count];
	unsigned actor;

	for (size_t i = 0; i < repeats->count; i++) {
		if (repeats->others[i].row.number == number)
			return 0;
	}
	if (repeats->count == COUNT_OF(repeats->others))
		return 1;
	switch (case_read(worklist->store, number, worklist->reader, worklist->now, &other->row, &actor,
	    worklist->error)) {
	case FOUND:
		if (lifecycle_offers(other->row.state, ACT_FIND, actor)) {
			other->linked = worklist->linked;
			repeats->count++;
		}
		break;
	case FAILED:
		worklist->result = -1;
		return 1;
	case ABSENT:
		break;
	}
	return 0;
}

/* As duplicates_read, with the finding for whoever changes it. */
static enum answer
read_all(struct repeats *repeats, struct finding *finding, int64_t number, bool opened,
    int64_t now, struct error *error)
{
	struct worklist_others worklist = {
		.repeats = repeats, .store = finding->ring->store,
		.reader = finding->ring->reader, .now = now, .linked = true, .error = error
	};
	enum answer answer = FOUND;

	*repeats = (struct repeats){ 0 };
	if (store_link_each(worklist.store, number, keep_other, &worklist, error) == -1)
		return FAILED;
	if (opened)
		answer = duplicates_seen_read(finding, number, error);
	worklist.linked = false;
	for (size_t i = 0; answer == FOUND && i < finding->same.count && worklist.result == 0; i++) {
		if (!numbers_have(&finding->all_apart, finding->same.number[i]))
			(void)keep_other(finding->same.number[i], &worklist);
	}
	return worklist.result == -1 ? FAILED : answer;
}

int
duplicates_read(struct repeats *repeats, struct store *store, const struct identity *reader,
    int64_t number, bool opened, int64_t now, struct error *error)
{
	struct keyring ring = { .store = store, .reader = reader };
	struct finding finding = { .ring = &ring };
	enum answer answer = read_all(repeats, &finding, number, opened, now, error);

	keyring_free(&ring);
	return answer == FAILED ? -1 : 0;
}

static bool
lists(const struct repeats *repeats, int64_t number, bool linked)
{
	for (size_t i = 0; i < repeats->count; i++) {
		if (repeats->others[i].row.number == number)
			return repeats->others[i].linked == linked;
	}
	return false;
}

/* One press, within a transaction. */
static enum answer
decide(struct finding *finding, const struct config *config, enum duplicates_press press,
    int64_t number, int64_t other, int64_t now, enum lifecycle_verdict *verdict,
    struct error *error)
{
	struct store *store = finding->ring->store;
	struct case_act act = {
		.act = press == DUPLICATES_UNLINK ? ACT_UNLINK : ACT_LINK,
		.account = finding->ring->reader->account, .now = now
	};
	struct repeats repeats;
	struct case_row row;
	enum answer answer = case_read(store, number, finding->ring->reader, now, &row, &act.actor,
	    error);

	*verdict = LIFECYCLE_STATE;
	if (answer != FOUND || !lifecycle_offers(row.state, act.act, act.actor))
		return answer;
	answer = read_all(&repeats, finding, number, true, now, error);
	if (answer != FOUND || !lists(&repeats, other, press == DUPLICATES_UNLINK))
		return answer;
	if (press == DUPLICATES_PART) {
		*verdict = LIFECYCLE_OK;
		numbers_add(&finding->apart, other);
		return duplicates_seen_write(finding, number, now, error) == 0 ? FOUND : FAILED;
	}
	if (case_do(store, config, &row, &act, verdict, error) == -1)
		return FAILED;
	if (*verdict != LIFECYCLE_OK)
		return FOUND;
	return (press == DUPLICATES_LINK ? store_link_add : store_link_remove)(store, number, other,
	    error) == 0 ? FOUND : FAILED;
}

enum answer
duplicates_press(struct store *store, const struct config *config, const struct identity *reader,
    enum duplicates_press press, int64_t number, int64_t other, int64_t now,
    enum lifecycle_verdict *verdict, struct error *error)
{
	struct keyring ring = { .store = store, .reader = reader };
	struct finding finding = { .ring = &ring };
	enum answer answer;

	if (store_begin(store, error) == -1)
		return FAILED;
	answer = decide(&finding, config, press, number, other, now, verdict, error);
	keyring_free(&ring);
	if (answer == FOUND && *verdict == LIFECYCLE_OK)
		return store_commit(store, error) == 0 ? FOUND : FAILED;
	store_rollback(store);
	return answer;
}
