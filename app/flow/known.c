#include <stdio.h>

#include "flow/gate.h"
#include "flow/keys.h"
#include "flow/known.h"

int
known_read(struct store *store, struct known *known, int64_t account,
    const struct signin_try *try, struct error *error)
{
	unsigned char digest[SEAL_KEY_SIZE];
	enum answer answer;

	*known = (struct known){ 0 };
	if (browser_digest(digest, try->browser, account) == -1)
		return 0;
	answer = store_browser_get(store, digest, &known->row, error);
	known->is = answer == FOUND && known->row.account == account &&
	    known->row.until_at > try->now;
	return answer == FAILED ? -1 : 0;
}

/* As it is now: other tries from the same browser may be under way. */
static enum answer
count_one(struct store *store, struct known *known, int64_t now, int64_t *wait_seconds,
    struct error *error)
{
	struct browser_row *row = &known->row;
	enum answer answer = store_browser_get(store, row->digest, row, error);

	if (answer != FOUND)
		return answer;
	*wait_seconds = gate_left(row->failures, row->failed_at, GATE_BROWSER_FREE,
	    GATE_BROWSER_MOST, now);
	if (*wait_seconds > 0)
		return ABSENT;
	row->failures++;
	row->failed_at = now;
	return store_browser_put(store, row, error) == 0 ? FOUND : FAILED;
}

enum answer
known_count(struct store *store, struct known *known, int64_t now, int64_t *wait_seconds,
    struct error *error)
{
	enum answer answer;

	if (keys_begin(store, error) == -1)
		return FAILED;
	answer = count_one(store, known, now, wait_seconds, error);
	return keys_end(store, answer == FAILED ? -1 : 0, error) == 0 ? answer : FAILED;
}

int
known_forgive(struct store *store, const struct known *known, struct error *error)
{
	struct browser_row row;
	enum answer answer;

	if (!known->is)
		return 0;
	answer = store_browser_get(store, known->row.digest, &row, error);
	if (answer != FOUND)
		return answer == FAILED ? -1 : 0;
	if (row.failures > 0)
		row.failures--;
	return store_browser_put(store, &row, error);
}

int
known_remember(struct store *store, int64_t account, const struct signin_try *try,
    char cookie[SEAL_COOKIE_SIZE], struct error *error)
{
	struct browser_row row = { .account = account, .until_at = try->now + KNOWN_SECONDS };

	/* Its cookie stays, since other accounts may know the same browser. */
	if (browser_digest(row.digest, try->browser, account) == 0) {
		(void)snprintf(cookie, SEAL_COOKIE_SIZE, "%s", try->browser);
	} else {
		browser_make(cookie);
		(void)browser_digest(row.digest, cookie, account);
	}
	if (store_browser_put(store, &row, error) == -1)
		return -1;
	return store_browser_trim(store, account, try->now, KNOWN_MOST, error);
}
