/* The second factor: enrolment, confirmation, recovery codes, removal. */
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"

/*
 * Reads and opens the account's factor. ABSENT: none. The caller frees *factor after every
 * result; it begins as NULL.
 */
static enum answer
open_factor(struct work *work, struct factor_row *row, struct factor **factor)
{
	enum answer answer = store_factor_get(work->store, work->actor->account, row,
	    &work->error);

	if (answer != FOUND)
		return answer;
	*factor = factor_new();
	if (*factor == NULL)
		return (enum answer)error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory for a key");
	if (factor_unlock(*factor, row->box, sizeof(row->box), row->account,
	    work->actor->secret) == -1)
		return (enum answer)error_set(&work->error, ERROR_INTERNAL,
		    "a second factor cannot be "
		    "opened with its account's key");
	return FOUND;
}

static int
lock_factor(struct factor_row *row, const struct factor *factor, const struct secret_key *secret,
    struct error *error)
{
	if (factor_lock(row->box, factor, row->account, secret) == 0)
		return 0;
	return error_set(error, ERROR_UNAVAILABLE, "there is no memory for a key");
}

/* Tries the code as a one-time code, then as a recovery code. Marks it as used in *row. */
static enum answer
take(struct work *work, struct factor_row *row, struct factor *factor,
    const struct secret_key *secret, const char *code)
{
	int64_t step = totp_match(factor->secret, code, work->now, row->used_step);

	if (step != 0) {
		row->used_step = step;
		return FOUND;
	}
	if (factor_code_use(factor, code) == -1)
		return ABSENT;
	return lock_factor(row, factor, secret, &work->error) == 0 ? FOUND : FAILED;
}

enum answer
factor_take(struct work *work, struct factor_row *row, const struct secret_key *secret,
    const char *code)
{
	struct factor *factor = factor_new();
	struct buffer clean = { 0 };
	enum answer answer;

	if (factor == NULL)
		return (enum answer)error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory for a key");
	(void)typed_clean(code, TYPED_LINE, &clean);
	if (factor_unlock(factor, row->box, sizeof(row->box), row->account, secret) == 0)
		answer = take(work, row, factor, secret, buffer_string(&clean));
	else
		answer = (enum answer)error_set(&work->error, ERROR_INTERNAL,
		    "a second factor cannot "
		    "be opened with its account's key");
	factor_free(factor);
	buffer_wipe(&clean);
	return answer;
}

static enum answer
begin(struct work *work, struct factor *factor)
{
	struct factor_row row;
	enum answer answer = store_factor_get(work->store, work->actor->account, &row,
	    &work->error);

	if (answer == FAILED)
		return FAILED;
	if (answer == FOUND && row.confirmed_at != 0)
		return ABSENT;
	row = (struct factor_row){ .account = work->actor->account };
	factor_make(factor);
	if (lock_factor(&row, factor, work->actor->secret, &work->error) == -1 ||
	    store_factor_put(work->store, &row, &work->error) == -1)
		return FAILED;
	return FOUND;
}

enum answer
factor_begin(struct work *work)
{
	struct factor *factor = factor_new();
	enum answer answer;

	if (factor == NULL)
		return (enum answer)error_set(&work->error, ERROR_UNAVAILABLE,
		    "there is no memory for a key");
	if (work_begin_keys(work) == -1) {
		factor_free(factor);
		return FAILED;
	}
	answer = begin(work, factor);
	factor_free(factor);
	return work_end(work, answer == FAILED ? -1 : 0) == 0 ? answer : FAILED;
}

static void
codes_write(struct factor_codes *codes, const struct factor *factor)
{
	for (size_t i = 0; i < FACTOR_CODES; i++)
		factor_code_text(factor, i, codes->text[i]);
}

/* Makes new recovery codes and stores the row. */
static enum answer
renew(struct work *work, struct factor_row *row, struct factor *factor,
    struct factor_codes *codes)
{
	factor_codes_make(factor);
	if (lock_factor(row, factor, work->actor->secret, &work->error) == -1 ||
	    store_factor_put(work->store, row, &work->error) == -1)
		return FAILED;
	codes_write(codes, factor);
	return FOUND;
}

enum answer
factor_confirm(struct work *work, const char *code, struct factor_codes *codes)
{
	struct factor *factor = NULL;
	struct factor_row row;
	enum answer answer;

	if (work_begin_keys(work) == -1)
		return FAILED;
	answer = open_factor(work, &row, &factor);
	if (answer == FOUND && row.confirmed_at != 0)
		answer = ABSENT;
	if (answer == FOUND) {
		row.used_step = totp_match(factor->secret, code, work->now, row.used_step);
		row.confirmed_at = work->now;
		answer = row.used_step == 0 ? ABSENT :
		    renew(work, &row, factor, codes);
	}
	factor_free(factor);
	return work_end(work, answer == FAILED ? -1 : 0) == 0 ? answer : FAILED;
}

enum answer
factor_renew(struct work *work, struct factor_codes *codes)
{
	struct factor *factor = NULL;
	struct factor_row row;
	enum answer answer;

	if (work_begin_keys(work) == -1)
		return FAILED;
	answer = open_factor(work, &row, &factor);
	if (answer == FOUND && row.confirmed_at == 0)
		answer = ABSENT;
	if (answer == FOUND)
		answer = renew(work, &row, factor, codes);
	factor_free(factor);
	return work_end(work, answer == FAILED ? -1 : 0) == 0 ? answer : FAILED;
}

enum answer
factor_drop(struct work *work, const char *code)
{
	struct factor_row row;
	enum answer answer;

	if (work_begin_keys(work) == -1)
		return FAILED;
	answer = store_factor_get(work->store, work->actor->account, &row, &work->error);
	if (answer == FOUND && row.confirmed_at != 0)
		answer = factor_take(work, &row, work->actor->secret, code);
	if (answer == FOUND && store_factor_remove(work->store, work->actor->account,
	    &work->error) == -1)
		answer = FAILED;
	if (work_end(work, answer == FAILED ? -1 : 0) == -1)
		return FAILED;
	if (answer == ABSENT && session_wrong(work, 1) == -1)
		return FAILED;
	return answer;
}

enum answer
factor_show(struct work *work, struct factor_state *state)
{
	struct factor *factor = NULL;
	struct factor_row row;
	enum answer answer = open_factor(work, &row, &factor);

	*state = (struct factor_state){ 0 };
	if (answer == FOUND) {
		state->confirmed_at = row.confirmed_at;
		state->wrong = row.wrong;
		for (size_t i = 0; i < FACTOR_CODES; i++)
			state->codes_left += (factor->left >> i & 1U) != 0;
		if (row.confirmed_at == 0 && totp_secret_text(factor->secret, state->secret) == -1)
			answer = (enum answer)error_set(&work->error, ERROR_UNAVAILABLE,
			    "there is no memory for a secret");
	}
	factor_free(factor);
	return answer;
}
