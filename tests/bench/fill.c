/*
 * fill DATA CONFIG COUNT HELD USER: puts COUNT cases into a service, through
 * the same verbs as the web: the HELD oldest are USER's, half of the others
 * are closed, the rest wait.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"

#define BATCH_MAX	1000
#define DAY		INT64_C(86400)
#define SPREAD_SECONDS	(20 * DAY)	/* the oldest came in so long ago */
#define HELD_SECONDS	(40 * DAY)	/* and those that are held, to be due first in any queue */

struct filling {
	struct config config;
	struct queue_locks locks;
	struct store *store;
	int64_t count, held, account, now;
	struct error error;
};

static int
connect_to(struct filling *filling, const char *data, const char *config, const char *user)
{
	struct buffer path = { 0 };
	struct account_row account;

	buffer_format(&path, "%s/" STORE_FILE, data);
	if (seal_start() == -1 || mark_start() == -1)
		return error_set(&filling->error, ERROR_INTERNAL, "libsodium cannot start");
	if (config_load(&filling->config, config, &filling->error) == -1)
		return -1;
	clock_start(filling->config.zone);
	filling->now = clock_now();
	filling->store = store_open(buffer_string(&path), STORE_OPEN, &filling->error);
	buffer_free(&path);
	if (filling->store == NULL || queue_locks_read(&filling->locks, &filling->config,
	    filling->store, &filling->error) == -1)
		return -1;
	if (store_account_by_user(filling->store, user, &account, &filling->error) != FOUND)
		return error_set(&filling->error, ERROR_INPUT, "there is no user %s", user);
	filling->account = account.number;
	return 0;
}

/* The i-th case; they come in evenly, and each from another area. */
static int
prepare(struct filling *filling, int64_t i, struct intake *intake)
{
	const struct config *config = &filling->config;
	struct submission submission = {
		.area = &config->areas[(size_t)i % config->areas_count],
		.who = WHO_SELF, .age = (enum age)(i % AGE_COUNT), .contact = CONTACT_CALL,
		.workplace = WORKPLACE_COUNT, .language = "sv"
	};
	int64_t age = i < filling->held ? HELD_SECONDS :
	    SPREAD_SECONDS - i * SPREAD_SECONDS / filling->count;

	(void)snprintf(submission.name, sizeof(submission.name), "Alva %lld", (long long)i);
	(void)snprintf(submission.phone, sizeof(submission.phone), "+467017406%02d",
	    5 + (int)(i % 95));
	return intake_prepare(intake, config, &filling->locks, &submission, NULL,
	    filling->now - age, &filling->error);
}

/* What has been done to the i-th case since. */
static int
proceed(struct filling *filling, int64_t i, const struct intake *intake)
{
	struct case_row row = intake->row;
	struct event_row event = {
		.case_number = row.number, .account = filling->account, .at = filling->now,
		.from = row.state
	};

	if (i < filling->held) {
		event.act = ACT_CLAIM;
		row.state = STATE_CLAIMED;
		row.holder = filling->account;
	} else if (i % 2 == 0) {
		event.act = ACT_CLOSE;
		row.state = STATE_CLOSED;
		row.due_at = 0;
		row.closed_at = filling->now;
		row.outcomes = 1U << OUTCOME_WORK;
	} else {
		return 0;
	}
	event.to = row.state;
	event.due_at = row.due_at;
	if (store_case_change(filling->store, &row, &filling->error) == -1)
		return -1;
	return store_event_add(filling->store, &event, &filling->error);
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
	intake_commit(filling->store, batch, count);
	if (store_begin(filling->store, &filling->error) == -1)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (batch[i]->result != INTAKE_STORED)
			return error_set(&filling->error, ERROR_INTERNAL, "a case was not stored");
		if (proceed(filling, first + (int64_t)i, batch[i]) == -1)
			return -1;
		intake_free(batch[i]);
	}
	return store_commit(filling->store, &filling->error);
}

int
main(int argc, char **argv)
{
	static struct filling filling;
	int result;

	if (argc != 6) {
		(void)fprintf(stderr, "usage: fill DATA CONFIG COUNT HELD USER\n");
		return EXIT_FAILURE;
	}
	filling.count = atoll(argv[3]);
	filling.held = atoll(argv[4]);
	result = connect_to(&filling, argv[1], argv[2], argv[5]);
	for (int64_t i = 0; i < filling.count && result == 0; i += BATCH_MAX)
		result = fill_batch(&filling, i, filling.count - i < BATCH_MAX ?
		    (size_t)(filling.count - i) : BATCH_MAX);
	if (result == -1)
		(void)fprintf(stderr, "fill: %s\n", filling.error.text);
	store_close(filling.store);
	queue_locks_free(&filling.locks);
	config_free(&filling.config);
	return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
