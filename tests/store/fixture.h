/*
 * What the tests of the store share: a store in memory or in a folder of its
 * own, and the fewest rows that make a working service. Speaks store.h only.
 */
#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"
#include "store/store.h"

#define YOUTH	"kristinehamn-unga"
#define KAA	"kristinehamn-kaa"
#define OTHER	"karlstad-unga"

#define ANNA	INT64_C(101)
#define BO	INT64_C(102)
#define CECILIA	INT64_C(103)

#define T0	INT64_C(1700000000)	/* when everything begins */
#define DAY	INT64_C(86400)

struct place {
	struct store *store;
	char folder[32];	/* "" in memory */
	char path[64];
	struct error error;
};

/* Every test runs twice, as BOTH says. */
#define IN_MEMORY(test)	{ #test ", in memory", test, open_in_memory, shut, NULL }
#define ON_DISK(test)	{ #test ", on disk", test, open_on_disk, shut, NULL }
#define BOTH(test)	IN_MEMORY(test), ON_DISK(test)

/* Fails the test with the store's own words. */
#define ASSERT_DONE(place, call) do {					\
	if ((call) == -1)						\
		fail_msg("%s", (place)->error.text);			\
} while (0)

#define ASSERT_FAILS(place, expected, call) do {			\
	(place)->error.kind = ERROR_NONE;				\
	assert_int_equal((call), -1);					\
	if ((place)->error.kind != (expected))				\
		fail_msg("kind %d: %s", (int)(place)->error.kind, (place)->error.text); \
} while (0)

static inline int
open_in_memory(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	assert_non_null(place);
	place->store = store_open(NULL, STORE_CREATE, &place->error);
	if (place->store == NULL)
		fail_msg("%s", place->error.text);
	*state = place;
	return 0;
}

static inline int
open_on_disk(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	assert_non_null(place);
	strcpy(place->folder, "/tmp/store-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	(void)snprintf(place->path, sizeof(place->path), "%s/" STORE_FILE, place->folder);
	place->store = store_open(place->path, STORE_CREATE, &place->error);
	if (place->store == NULL)
		fail_msg("%s", place->error.text);
	*state = place;
	return 0;
}

static inline int
shut(void **state)
{
	static const char *const files[] = {
		STORE_FILE, STORE_FILE "-wal", STORE_FILE "-shm", STORE_FILE "-journal", "copy.db"
	};
	struct place *place = *state;
	char path[96];

	store_close(place->store);
	for (size_t i = 0; place->folder[0] != '\0' && i < COUNT_OF(files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", place->folder, files[i]);
		(void)unlink(path);
	}
	if (place->folder[0] != '\0')
		assert_int_equal(rmdir(place->folder), 0);
	free(place);
	return 0;
}

/* A queue with its first key. */
static inline void
add_queue(struct place *place, const char *queue)
{
	struct queue_key_row row = { .generation = 1, .created_at = T0 };

	(void)snprintf(row.queue, sizeof(row.queue), "%s", queue);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_queue_key_add(place->store, &row, &place->error));
	store_lock_keys(place->store);
}

static inline void
add_account(struct place *place, int64_t number, const char *user)
{
	struct account_row row = {
		.number = number, .role = ROLE_COORDINATOR, .active = true, .created_at = T0
	};

	(void)snprintf(row.user, sizeof(row.user), "%s", user);
	(void)snprintf(row.name, sizeof(row.name), "%s i Värmland", user);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_account_add(place->store, &row, &place->error));
	store_lock_keys(place->store);
}

static inline void
join(struct place *place, int64_t account, const char *queue)
{
	struct membership_row row = { .account = account, .generation = 1 };

	(void)snprintf(row.queue, sizeof(row.queue), "%s", queue);
	store_unlock_keys(place->store);
	ASSERT_DONE(place, store_membership_put(place->store, &row, &place->error));
	store_lock_keys(place->store);
}

/* Anna in both of Kristinehamn's queues, Bo in one, Cecilia in Karlstad's. */
static inline void
add_service(struct place *place)
{
	add_queue(place, YOUTH);
	add_queue(place, KAA);
	add_queue(place, OTHER);
	add_account(place, ANNA, "anna");
	add_account(place, BO, "bo");
	add_account(place, CECILIA, "cecilia");
	join(place, ANNA, YOUTH);
	join(place, ANNA, KAA);
	join(place, BO, YOUTH);
	join(place, CECILIA, OTHER);
}

static inline struct case_row
waiting_case(int64_t number, const char *queue, int64_t due_at)
{
	struct case_row row = {
		.number = number, .area = "1781", .who = WHO_SELF, .age = AGE_18_19,
		.workplace = WORKPLACE_COUNT, .inflow = INFLOW_SELF, .state = STATE_WAITING,
		.received_at = T0, .promised_at = due_at, .due_at = due_at
	};

	(void)snprintf(row.queue, sizeof(row.queue), "%s", queue);
	return row;
}

/* What intake does: case, data key, record, event. */
static inline void
receive(struct place *place, int64_t number, const char *queue, int64_t due_at)
{
	struct case_row row = waiting_case(number, queue, due_at);
	struct case_key_row key = { .case_number = number, .generation = 1 };
	struct record_row record = {
		.number = number, .case_number = number, .at = T0, .kind = 1,
		.box = (const unsigned char *)"sealed", .box_size = 6
	};
	struct event_row event = {
		.case_number = number, .at = T0, .act = ACT_RECEIVE, .from = STATE_WAITING,
		.to = STATE_WAITING, .due_at = due_at
	};

	(void)snprintf(key.queue, sizeof(key.queue), "%s", queue);
	ASSERT_DONE(place, store_case_add(place->store, &row, &place->error));
	ASSERT_DONE(place, store_case_key_add(place->store, &key, &place->error));
	ASSERT_DONE(place, store_record_add(place->store, &record, &place->error));
	ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
}

static inline struct case_row
get_case(struct place *place, int64_t number)
{
	struct case_row row;

	assert_int_equal(store_case_get(place->store, number, &row, &place->error), FOUND);
	return row;
}

/* A change and the event that tells of it. */
static inline void
move_case(struct place *place, int64_t number, enum state to, int64_t holder, int64_t at)
{
	struct case_row row = get_case(place, number);
	struct event_row event = {
		.case_number = number, .account = holder, .at = at, .act = ACT_CLAIM,
		.from = row.state, .to = to
	};

	row.state = to;
	row.holder = holder;
	row.closed_at = to == STATE_CLOSED ? at : 0;
	row.due_at = to == STATE_CLOSED ? 0 : row.promised_at;
	event.due_at = row.due_at;
	ASSERT_DONE(place, store_case_change(place->store, &row, &place->error));
	ASSERT_DONE(place, store_event_add(place->store, &event, &place->error));
}

/* Writes the state `purged` of a case, which need not be there. */
static inline int
purge_case(struct place *place, int64_t number)
{
	struct case_row row = { .number = number };

	assert_int_not_equal(store_case_get(place->store, number, &row, &place->error), FAILED);
	row.state = STATE_PURGED;
	return store_case_change(place->store, &row, &place->error);
}

#endif
