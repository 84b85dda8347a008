/* Corrects and adds to what is known of the person, and of how to reach the person. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

#define MEANS	"means"		/* the field of a record that says how to reach the person */
#define HELPER	"helper_wrong"	/* the number of who helped, when it was found to be wrong */

static const enum field corrected[] = { CORRECTED_FIELDS };

int
telephone_read(struct work *work, int64_t number, struct telephone *telephone)
{
	struct number_row row;

	if (store_case_number(work->store, number, &row, &work->error) == -1)
		return -1;
	*telephone = (struct telephone){
		.wrong = row.wrong_step > row.new_step,
		.asks = row.wrong_step > row.new_step && row.wrong_step > row.other_step,
		.wrong_at = row.wrong_at, .new_at = row.new_at
	};
	return 0;
}

bool
helper_wrong(const struct form *known)
{
	const char *number = form_value(known, field_name(FIELD_HELPER_PHONE));
	const char *wrong = form_value(known, HELPER);

	return number != NULL && wrong != NULL && strcmp(number, wrong) == 0;
}

int
helper_settle(struct keyring *ring, int64_t number, enum act act)
{
	struct buffer plain = { 0 };
	struct form known = { 0 };
	enum answer found = keyring_submission(ring, number, &known);
	const char *helper = form_value(&known, field_name(FIELD_HELPER_PHONE));
	int result = found == FAILED ? -1 : 0;

	if (found == FOUND && helper != NULL &&
	    word_value(&words_means, form_value(&known, MEANS)) == MEANS_HELPER) {
		buffer_reserve(&plain, SEAL_PAD_BLOCK);
		form_encode(&plain, HELPER, act == ACT_UNDO ? "" : helper);
		result = keyring_write(ring, number, RECORD_CORRECTION, &plain, NULL);
	}
	buffer_wipe(&plain);
	form_wipe(&known);
	return result;
}

/* The value that is known now of a field; NULL: none. */
static const char *
known_value(const struct case_row *row, const struct form *known, enum field field)
{
	if (field == FIELD_AGE)
		return word_of(&words_age, (int)row->age);
	if (field == FIELD_WHEN)
		return word_of(&words_window, (int)row->when);
	return form_value(known, field_name(field));
}

/* What a correction is made from. */
struct correcting {
	struct case_row row;
	const struct form *form;		/* as posted */
	const struct submission *checked;	/* the same, read */
	struct form known;
};

/* Whether the page had that value already: who posts it has not changed the field. */
static bool
stood_there(const struct form *form, enum field field, const char *posted)
{
	char name[32];
	const char *was;

	(void)snprintf(name, sizeof(name), "was_%s", field_name(field));
	was = form_value(form, name);
	return was != NULL && strcmp(was, posted) == 0;
}

static bool
differs(const struct correcting *correcting, enum field field)
{
	const char *posted = form_value(correcting->form, field_name(field));
	const char *before = known_value(&correcting->row, &correcting->known, field);

	return posted != NULL && !stood_there(correcting->form, field, posted) &&
	    (before == NULL || strcmp(before, submission_value(correcting->checked, field)) != 0);
}

/* Encodes the fields of the form that differ from what is known. */
static void
collect(const struct correcting *correcting, struct buffer *plain)
{
	buffer_reserve(plain, SEAL_PAD_BLOCK + 3 * sizeof(correcting->checked->name));
	for (size_t i = 0; i < COUNT_OF(corrected); i++) {
		if (!differs(correcting, corrected[i]))
			continue;
		form_encode(plain, field_name(corrected[i]),
		    submission_value(correcting->checked, corrected[i]));
		/* A new number is rung again. */
		if (corrected[i] == FIELD_PHONE)
			form_encode(plain, MEANS, word_of(&words_means, MEANS_NUMBER));
	}
}

/* Does the act and writes its record. The keyring holds the data key of the case. */
static int
write_record(struct keyring *ring, struct case_row *row, const struct case_act *act,
    const struct buffer *plain, enum lifecycle_verdict *verdict)
{
	if (case_do(ring->work, row, act, verdict) == -1)
		return -1;
	return *verdict != LIFECYCLE_OK ? 0 :
	    keyring_write(ring, row->number, RECORD_CORRECTION, plain, NULL);
}

/* The plain choices that the form has become the present ones. */
static int
write_plain(struct work *work, struct correcting *correcting)
{
	const struct submission *checked = correcting->checked;
	struct case_row *row = &correcting->row;

	if (differs(correcting, FIELD_AGE))
		row->age = checked->age;
	if (differs(correcting, FIELD_WHEN))
		row->when = checked->when;
	if (differs(correcting, FIELD_SPEAK))
		row->speak = checked->speak;
	return store_case_correct(work->store, row, &work->error);
}

/* Within the transaction, after the reader was found to be allowed to. */
static enum answer
judge_fields(struct keyring *ring, struct correcting *correcting, struct case_act *act,
    struct correction_answer *answer)
{
	struct telephone telephone;
	struct buffer plain = { 0 };
	enum answer found = FOUND;

	if (telephone_read(ring->work, correcting->row.number, &telephone) == -1)
		return FAILED;
	answer->act = act->act = differs(correcting, FIELD_PHONE) ? ACT_NEW_NUMBER : ACT_CORRECT;
	collect(correcting, &plain);
	answer->same = plain.length == 0;
	if (answer->same && telephone.wrong &&
	    form_value(correcting->form, field_name(FIELD_PHONE)) != NULL) {
		answer->faults[FIELD_PHONE] = FAULT_PHONE_WRONG;
		answer->faulty = true;
	}
	if (!answer->same && !answer->faulty && (write_record(ring, &correcting->row, act, &plain,
	    &answer->verdict) == -1 || (answer->verdict == LIFECYCLE_OK &&
	    write_plain(ring->work, correcting) == -1)))
		found = FAILED;
	buffer_wipe(&plain);
	return found;
}

static enum answer
correct(struct keyring *ring, int64_t number, struct correcting *correcting,
    struct correction_answer *answer)
{
	struct case_act act = { .account = ring->work->actor->account, .now = ring->work->now };
	enum answer found = case_read(ring->work, number, &correcting->row, &act.actor);

	/* Who may not correct must not learn by trying what is known. */
	if (found == FOUND && !lifecycle_offers(correcting->row.state, ACT_CORRECT, act.actor)) {
		answer->verdict = LIFECYCLE_ACTOR;
		return FOUND;
	}
	if (found == FOUND)
		found = keyring_submission(ring, number, &correcting->known);
	if (found == FOUND)
		found = judge_fields(ring, correcting, &act, answer);
	form_wipe(&correcting->known);
	return found;
}

enum answer
case_correct(struct work *work, int64_t number, const struct form *form,
    struct correction_answer *answer)
{
	struct keyring ring = { .work = work };
	struct submission checked;
	struct correcting correcting = { .form = form, .checked = &checked };
	enum answer found;

	*answer = (struct correction_answer){ .verdict = LIFECYCLE_OK };
	answer->faulty = !submission_correct(form, &checked, answer->faults);
	if (work_begin(work) == -1) {
		seal_wipe(&checked, sizeof(checked));
		return FAILED;
	}
	found = correct(&ring, number, &correcting, answer);
	seal_wipe(&checked, sizeof(checked));
	keyring_free(&ring);
	return work_settle(work, found == FOUND && answer->verdict == LIFECYCLE_OK &&
	    !answer->faulty && !answer->same, found);
}

static enum answer
reach_by(struct keyring *ring, int64_t number, enum means means,
    enum lifecycle_verdict *verdict)
{
	struct case_act act = { .act = ACT_OTHER_WAY, .account = ring->work->actor->account,
	    .now = ring->work->now };
	struct telephone telephone;
	struct buffer plain = { 0 };
	struct form known = { 0 };
	struct case_row row;
	enum answer found = case_read(ring->work, number, &row, &act.actor);

	*verdict = LIFECYCLE_STATE;
	if (found != FOUND || !lifecycle_offers(row.state, ACT_OTHER_WAY, act.actor))
		return found;
	if (telephone_read(ring->work, number, &telephone) == -1)
		found = FAILED;
	if (found == FOUND)
		found = keyring_submission(ring, number, &known);
	if (found == FOUND && telephone.wrong && means != MEANS_NUMBER && (means != MEANS_HELPER ||
	    (form_value(&known, field_name(FIELD_HELPER_PHONE)) != NULL && !helper_wrong(&known)))) {
		form_encode(&plain, MEANS, word_of(&words_means, (int)means));
		if (write_record(ring, &row, &act, &plain, verdict) == -1)
			found = FAILED;
	}
	buffer_free(&plain);
	form_wipe(&known);
	return found;
}

enum answer
case_reach(struct work *work, int64_t number, enum means means, enum lifecycle_verdict *verdict)
{
	struct keyring ring = { .work = work };
	enum answer found;

	*verdict = LIFECYCLE_STATE;
	if (work_begin(work) == -1)
		return FAILED;
	found = reach_by(&ring, number, means, verdict);
	keyring_free(&ring);
	return work_settle(work, found == FOUND && *verdict == LIFECYCLE_OK, found);
}
