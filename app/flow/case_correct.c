/* Corrects and adds to what is known of the person, and of how to reach the person. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

#define MEANS	"means"		/* the field of a record that says how to reach the person */

static const enum field corrected[] = { CORRECTED_FIELDS };

const char *
corrected_name(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(corrected); i++) {
		if (strcmp(field_name(corrected[i]), name) == 0)
			return field_name(corrected[i]);
	}
	return strcmp(name, MEANS) == 0 ? MEANS : "";
}

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

void
first_fields(const struct case_row *row, struct form *form)
{
	struct buffer plain = { 0 };

	form_encode(&plain, field_name(FIELD_AGE), word_of(&words_age, (int)row->first.age));
	form_encode(&plain, field_name(FIELD_WHEN), word_of(&words_window, (int)row->first.when));
	(void)form_decode(form, plain.data, plain.length);
	buffer_free(&plain);
}

/* Opens what is known now, with age and window. The caller wipes *known. */
static enum answer
read_known(struct keyring *ring, const struct case_row *row, struct form *known)
{
	struct form sealed = { 0 };
	enum answer answer = keyring_submission(ring, row->number, &sealed);

	if (answer != FOUND)
		return answer;
	first_fields(row, known);
	form_cover(known, &sealed);
	return FOUND;
}

/* Encodes the fields of the form that differ from what is known. */
static void
collect(const struct form *form, const struct form *known, const struct submission *checked,
    struct buffer *plain)
{
	buffer_reserve(plain, SEAL_PAD_BLOCK + 3 * sizeof(checked->name));
	for (size_t i = 0; i < COUNT_OF(corrected); i++) {
		const char *name = field_name(corrected[i]), *before = form_value(known, name);
		const char *value = submission_value(checked, corrected[i]);

		if (form_value(form, name) == NULL || (before != NULL && strcmp(before, value) == 0))
			continue;
		form_encode(plain, name, value);
		/* A new number is rung again. */
		if (corrected[i] == FIELD_PHONE)
			form_encode(plain, MEANS, word_of(&words_means, MEANS_NUMBER));
	}
}

static bool
differs(const struct form *form, const struct form *known, enum field field,
    const struct submission *checked)
{
	const char *before = form_value(known, field_name(field));

	return form_value(form, field_name(field)) != NULL &&
	    (before == NULL || strcmp(before, submission_value(checked, field)) != 0);
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
write_plain(struct work *work, struct case_row *row, const struct form *form,
    const struct submission *checked)
{
	if (form_value(form, field_name(FIELD_AGE)) != NULL)
		row->age = checked->age;
	if (form_value(form, field_name(FIELD_WHEN)) != NULL)
		row->when = checked->when;
	if (form_value(form, field_name(FIELD_SPEAK)) != NULL)
		row->speak = checked->speak;
	return store_case_correct(work->store, row, &work->error);
}

static enum answer
correct(struct keyring *ring, int64_t number, const struct form *form,
    const struct submission *checked, struct correction_answer *answer)
{
	struct case_act act = { .account = ring->work->actor->account, .now = ring->work->now };
	struct telephone telephone;
	struct buffer plain = { 0 };
	struct form known = { 0 };
	struct case_row row;
	enum answer found = case_read(ring->work, number, &row, &act.actor);

	/* Who may not correct must not learn by trying what is known. */
	if (found == FOUND && !lifecycle_offers(row.state, ACT_CORRECT, act.actor)) {
		answer->verdict = LIFECYCLE_ACTOR;
		return FOUND;
	}
	if (found == FOUND && telephone_read(ring->work, number, &telephone) == -1)
		found = FAILED;
	if (found == FOUND)
		found = read_known(ring, &row, &known);
	if (found != FOUND)
		return found;
	act.act = differs(form, &known, FIELD_PHONE, checked) ? ACT_NEW_NUMBER : ACT_CORRECT;
	answer->act = act.act;
	collect(form, &known, checked, &plain);
	answer->same = plain.length == 0;
	if (answer->same && telephone.wrong && form_value(form, field_name(FIELD_PHONE)) != NULL) {
		answer->faults[FIELD_PHONE] = FAULT_PHONE_WRONG;
		answer->faulty = true;
	}
	if (!answer->same && !answer->faulty && (write_record(ring, &row, &act, &plain, &answer->verdict) == -1 ||
	    (answer->verdict == LIFECYCLE_OK &&
	    write_plain(ring->work, &row, form, checked) == -1)))
		found = FAILED;
	buffer_wipe(&plain);
	form_wipe(&known);
	return found;
}

enum answer
case_correct(struct work *work, int64_t number, const struct form *form,
    struct correction_answer *answer)
{
	struct keyring ring = { .work = work };
	struct submission checked;
	enum answer found;

	*answer = (struct correction_answer){ .verdict = LIFECYCLE_OK };
	answer->faulty = !submission_correct(form, &checked, answer->faults);
	if (work_begin(work) == -1) {
		seal_wipe(&checked, sizeof(checked));
		return FAILED;
	}
	found = correct(&ring, number, form, &checked, answer);
	seal_wipe(&checked, sizeof(checked));
	keyring_free(&ring);
	return work_settle(work, found == FOUND && answer->verdict == LIFECYCLE_OK &&
	    !answer->faulty && !answer->same, found);
}

static enum answer
reach_by(struct keyring *ring, int64_t number, enum means means, enum lifecycle_verdict *verdict)
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
	    form_value(&known, field_name(FIELD_HELPER_PHONE)) != NULL)) {
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
