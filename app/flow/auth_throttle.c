/*
 * The counts of failed sign-ins. They are in memory that the workers share and never on
 * disk; a keyed digest stands for each name and client.
 */
#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "seal/seal.h"

#define SETS		1024
#define WAYS		8
#define COUNT_MAX	1000

/* A count of failures, or in `turns` the time of a client's turn. */
struct entry {
	unsigned char mark[SEAL_DIGEST_SIZE];
	int64_t at;			/* 0: the entry is free */
	int count;
};

struct table { struct entry entry[SETS][WAYS]; };

static struct throttle {
	pthread_mutex_t lock;
	struct table failures, turns;
} *throttle;				/* shared by the workers */

/* The digests of one try. */
struct marks { unsigned char name[SEAL_DIGEST_SIZE], source[SEAL_DIGEST_SIZE], turn[SEAL_DIGEST_SIZE]; };

int
throttle_start(struct error *error)
{
	if (throttle != NULL) {
		memset(&throttle->failures, 0, sizeof(throttle->failures));
		memset(&throttle->turns, 0, sizeof(throttle->turns));
		return 0;
	}
	throttle = shared_new(sizeof(*throttle), error);
	if (throttle == NULL)
		return -1;
	shared_lock_start(&throttle->lock);
	return 0;
}

/* If a worker dies while it holds the lock, at most one entry is half written. */
static void
throttle_lock(void)
{
	if (pthread_mutex_lock(&throttle->lock) == EOWNERDEAD)
		(void)pthread_mutex_consistent(&throttle->lock);
}

static void
throttle_unlock(void)
{
	(void)pthread_mutex_unlock(&throttle->lock);
}

/* Compares names like the store does: without the case of ASCII letters. */
static void
marks_make(struct marks *marks, const char *user, const unsigned char source[SEAL_DIGEST_SIZE])
{
	struct buffer text = { 0 };

	buffer_text(&text, "name ");
	for (; *user != '\0'; user++) {
		char letter = *user >= 'A' && *user <= 'Z' ? (char)(*user - 'A' + 'a') : *user;

		buffer_add(&text, &letter, 1);
	}
	keyed_digest_make(marks->name, text.data, text.length);
	buffer_add(&text, source, SEAL_DIGEST_SIZE);
	keyed_digest_make(marks->turn, text.data, text.length);
	buffer_wipe(&text);
	memcpy(marks->source, source, SEAL_DIGEST_SIZE);
}

static bool
is_forgotten(const struct entry *entry, int64_t now)
{
	return entry->at == 0 || now - entry->at > THROTTLE_FORGET_SECONDS;
}

/*
 * Finds the mark's entry or makes it, in place of a forgotten entry or else of the one with
 * the lowest count. So a million tried names replace each other first.
 */
static struct entry *
entry_of(struct table *table, const unsigned char mark[SEAL_DIGEST_SIZE], int64_t now)
{
	struct entry *set = table->entry[(mark[0] | (unsigned)mark[1] << 8) % SETS];
	struct entry *chosen = &set[0];

	for (size_t i = 0; i < WAYS; i++) {
		struct entry *entry = &set[i];

		if (!is_forgotten(entry, now) &&
		    memcmp(entry->mark, mark, SEAL_DIGEST_SIZE) == 0)
			return entry;
		if (!is_forgotten(chosen, now) && (is_forgotten(entry, now) ||
		    entry->count < chosen->count ||
		    (entry->count == chosen->count && entry->at < chosen->at)))
			chosen = entry;
	}
	*chosen = (struct entry){ .at = now };
	memcpy(chosen->mark, mark, SEAL_DIGEST_SIZE);
	return chosen;
}

int64_t
throttle_wait(int failures, int free, int64_t most)
{
	int64_t wait;

	if (failures < free)
		return 0;
	wait = failures - free > 16 ? most : INT64_C(1) << (failures - free);
	return wait < most ? wait : most;
}

int64_t
throttle_left(int failures, int64_t failed_at, int free, int64_t most, int64_t now)
{
	int64_t wait = throttle_wait(failures, free, most), left = failed_at + wait - now;

	/* A clock that was set back must not make any wait longer. */
	if (left > wait)
		return wait;
	return left > 0 ? left : 0;
}

/* The turn of a client comes, whatever other clients do meanwhile. */
static int64_t
turn_left(const struct marks *marks, int64_t wait, int64_t now)
{
	struct entry *turn;
	int64_t left;

	if (wait == 0)
		return 0;
	turn = entry_of(&throttle->turns, marks->turn, now);
	left = turn->at - now;
	if (turn->count == 0 || left > wait || left < -THROTTLE_TURN_SECONDS) {
		turn->count = 1;
		turn->at = now + wait;
		return wait;
	}
	return left > 0 ? left : 0;
}

static void
count(struct table *table, const unsigned char mark[SEAL_DIGEST_SIZE], int by, int64_t now)
{
	struct entry *entry = entry_of(table, mark, now);

	entry->count += by;
	if (entry->count < 0)
		entry->count = 0;
	if (entry->count > COUNT_MAX)
		entry->count = COUNT_MAX;
	if (by > 0)
		entry->at = now;
}

int64_t
throttle_ask(const char *user, const unsigned char source[SEAL_DIGEST_SIZE], int64_t now)
{
	struct marks marks;
	struct entry *of_source;
	int64_t left, name_left;

	marks_make(&marks, user, source);
	throttle_lock();
	of_source = entry_of(&throttle->failures, marks.source, now);
	left = throttle_left(of_source->count, of_source->at, THROTTLE_SOURCE_FREE, THROTTLE_MAX, now);
	name_left = turn_left(&marks, throttle_wait(entry_of(&throttle->failures, marks.name, now)->count,
	    THROTTLE_NAME_FREE, THROTTLE_MAX), now);
	if (name_left > left)
		left = name_left;
	if (left == 0) {
		*entry_of(&throttle->turns, marks.turn, now) = (struct entry){ 0 };
		count(&throttle->failures, marks.name, 1, now);
		count(&throttle->failures, marks.source, 1, now);
	}
	throttle_unlock();
	return left;
}

void
throttle_count(const char *user, const unsigned char source[SEAL_DIGEST_SIZE], int by, int64_t now)
{
	struct marks marks;

	marks_make(&marks, user, source);
	throttle_lock();
	count(&throttle->failures, marks.name, by, now);
	count(&throttle->failures, marks.source, by, now);
	throttle_unlock();
}
