/*
 * fill DATA CONFIG OPEN CLOSED HELD USER: adds cases to a service, by the functions that
 * the web process uses: OPEN waiting cases, of which USER holds the HELD oldest, and
 * CLOSED cases from two years, with two or three attempts each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define BATCH_MAX	1000
#define DAY		INT64_C(86400)
#define OPEN_SECONDS	(20 * DAY)	/* the age of the oldest waiting case */
#define HELD_SECONDS	(40 * DAY)	/* the age of the held cases, so that they are due first in any queue */
#define CLOSED_SECONDS	(730 * DAY)
#define CLOSED_AFTER	(9 * DAY)

struct filling {
	struct config config;
	struct queue_keys locks;
	struct work work;
	int64_t open, closed, held, account;
};

static int
connect_to(struct filling *filling, const char *data, const char *config, const char *user)
{
	struct buffer path = { 0 };
	struct account_row account;

	buffer_format(&path, "%s/" STORE_FILE, data);
	if (seal_start() == -1 || keyed_digest_start(NULL) == -1 || duplicate_submissions_start(&filling->work.error) == -1)
		return error_set(&filling->work.error, ERROR_INTERNAL, "libsodium cannot start");
	if (config_load(&filling->config, config, &filling->work.error) == -1)
		return -1;
	clock_start(filling->config.zone);
	filling->work.config = &filling->config;
	filling->work.now = clock_now();
	filling->work.store = store_open(buffer_string(&path), STORE_OPEN, &filling->work.error);
	buffer_free(&path);
	if (filling->work.store == NULL || queue_keys_read(&filling->work, &filling->locks) == -1)
		return -1;
	if (store_account_by_user(filling->work.store, user, &account, &filling->work.error) != FOUND)
		return error_set(&filling->work.error, ERROR_INPUT, "there is no user %s", user);
	filling->account = account.number;
	return 0;
}

/* The arrival of the i-th case: held cases first, then waiting, then closed ones, evenly spread. */
static int64_t
received_at(const struct filling *filling, int64_t i)
{
	int64_t j = i - filling->open;

	if (i < filling->held)
		return filling->work.now - HELD_SECONDS;
	if (i < filling->open)
		return filling->work.now - OPEN_SECONDS + i * OPEN_SECONDS / filling->open;
	return filling->work.now - CLOSED_SECONDS + j * (CLOSED_SECONDS - 10 * DAY) / filling->closed;
}

/* Adds the i-th case; areas alternate. */
static int
prepare(struct filling *filling, int64_t i, struct intake *intake)
{
	const struct config *config = &filling->config;
	struct work work = filling->work;
	struct submission submission = {
		.area = &config->areas[(size_t)i % config->areas_count],
		.who = WHO_SELF, .age = (enum age)(i % AGE_COUNT), .contact = CONTACT_CALL,
		.workplace = WORKPLACE_COUNT, .language = "sv"
	};

	(void)snprintf(submission.name, sizeof(submission.name), "Alva %lld", (long long)i);
	(void)snprintf(submission.phone, sizeof(submission.phone), "+467017406%02d",
	    5 + (int)(i % 95));
	work.now = received_at(filling, i);
	return intake_prepare(&work, intake, &filling->locks, &submission, NULL);
}

/* Adds an event of USER; the row has its result already. */
static int
tell(struct filling *filling, const struct case_row *row, enum act act, enum state from, int64_t at)
{
	const struct event_row event = {
		.case_number = row->number, .account = filling->account, .at = at, .act = act,
		.from = from, .to = row->state, .due_at = row->due_at
	};

	return store_event_add(filling->work.store, &event, &filling->work.error);
}

static int
hold(struct filling *filling, struct case_row *row)
{
	row->state = STATE_CLAIMED;
	row->holder = filling->account;
	if (store_case_change(filling->work.store, row, &filling->work.error) == -1)
		return -1;
	return tell(filling, row, ACT_CLAIM, STATE_WAITING, filling->work.now);
}

/* One case in three has a second call; the first comes within four days. */
static int
close_case(struct filling *filling, int64_t i, struct case_row *row)
{
	const int64_t tried_at = row->received_at + i * 7919 % (4 * DAY);
	enum state from = STATE_CLAIMED;

	row->state = STATE_REACHED;
	if (tell(filling, row, ACT_CLAIM, STATE_WAITING, tried_at) == -1 ||
	    (i % 3 == 0 && tell(filling, row, ACT_NO_ANSWER, from, tried_at) == -1) ||
	    tell(filling, row, ACT_REACHED, from, tried_at + DAY * (i % 3 == 0)) == -1)
		return -1;
	row->state = STATE_CLOSED;
	row->due_at = 0;
	row->closed_at = row->received_at + CLOSED_AFTER;
	row->outcomes = 1U << OUTCOME_WORK;
	if (store_case_change(filling->work.store, row, &filling->work.error) == -1)
		return -1;
	return tell(filling, row, ACT_CLOSE, STATE_REACHED, row->closed_at);
}

/* Adds the later events of the i-th case. */
static int
proceed(struct filling *filling, int64_t i, const struct intake *intake)
{
	struct case_row row = intake->row;

	if (i < filling->held)
		return hold(filling, &row);
	return i < filling->open ? 0 : close_case(filling, i, &row);
}

static int
fill_batch(struct filling *filling, int64_t first, size_t count)
{
	static struct intake intakes[BATCH_MAX];
	struct intake *batch[BATCH_MAX];

	for (size_t i = 0; i < count; i++) {
		batch[i] = &intakes[i];
		if (prepare(filling, first + (int64_t)i, batch[i]) == -1)
			return -1;
	}
	intake_commit(&filling->work, batch, count);
	if (store_begin(filling->work.store, &filling->work.error) == -1)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (batch[i]->result != INTAKE_STORED)
			return error_set(&filling->work.error, ERROR_INTERNAL, "a case was not stored");
		if (proceed(filling, first + (int64_t)i, batch[i]) == -1)
			return -1;
		intake_free(batch[i]);
	}
	return store_commit(filling->work.store, &filling->work.error);
}

int
main(int argc, char **argv)
{
	static struct filling filling;
	int64_t count;
	int result;

	if (argc != 7) {
		(void)fprintf(stderr, "usage: fill DATA CONFIG OPEN CLOSED HELD USER\n");
		return EXIT_FAILURE;
	}
	filling.open = atoll(argv[3]);
	filling.closed = atoll(argv[4]);
	filling.held = atoll(argv[5]);
	count = filling.open + filling.closed;
	result = connect_to(&filling, argv[1], argv[2], argv[6]);
	for (int64_t i = 0; i < count && result == 0; i += BATCH_MAX)
		result = fill_batch(&filling, i, count - i < BATCH_MAX ? (size_t)(count - i) : BATCH_MAX);
	if (result == -1)
		(void)fprintf(stderr, "fill: %s\n", filling.work.error.text);
	store_close(filling.work.store);
	queue_keys_free(&filling.locks);
	config_free(&filling.config);
	return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
