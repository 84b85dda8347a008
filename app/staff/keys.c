/* Key migration: moves data keys to a queue's new key in the background. */
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/people.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/people.h"

#define MIGRATIONS_MAX	8
/*
 * A worker may seal a new case to the old key just after the change, before it notices the
 * new one. So the migration looks for such cases once more after this time.
 */
#define LAST_LOOK_SECONDS	5

static struct migration {
	/* Must be first, because the worker hands back its address. */
	struct job job;
	struct rotation rotation;
	struct identity reader;		/* only account and secret key are filled */
	char queue[STORE_QUEUE];
	int64_t last_look_at;		/* 0: the last look has begun */
	bool running, used;
	int moved;			/* by the last batch */
} migrations[MIGRATIONS_MAX];

static void
key_migration_work(struct job *job, struct store *store)
{
	struct migration *migration = (struct migration *)(void *)job;
	struct work work = {
		.store = store, .config = &site.config, .actor = &migration->reader,
		.now = clock_now()
	};

	migration->rotation.work = &work;
	migration->moved = rotation_move(&migration->rotation);
	if (migration->moved == -1)
		log_line(LOG_LINE_ERROR, "key migration: %s", work.error.text);
	migration->rotation.work = NULL;
}

static void
key_migration_end(struct migration *migration)
{
	identity_free(&migration->reader);
	*migration = (struct migration){ 0 };
}

static void key_migration_start(struct migration *migration);

static void
key_migration_done(struct job *job)
{
	struct migration *migration = (struct migration *)(void *)job;

	migration->running = false;
	if (migration->moved > 0)
		key_migration_start(migration);
	else if (migration->moved == -1 || migration->last_look_at == 0)
		key_migration_end(migration);
}

/* When the worker's queue is full, key_migration_tick tries again a second later. */
static void
key_migration_start(struct migration *migration)
{
	migration->job = (struct job){ .work = key_migration_work, .done = key_migration_done };
	migration->moved = 0;
	migration->running = worker_submit(WORKER_SLOW, &migration->job) == 0;
}

void
key_migration_tick(void)
{
	int64_t now = clock_now();

	for (size_t i = 0; i < MIGRATIONS_MAX; i++) {
		struct migration *migration = &migrations[i];

		if (!migration->used || migration->running)
			continue;
		if (migration->last_look_at != 0 && now >= migration->last_look_at) {
			migration->rotation.after = 0;
			migration->rotation.closed = false;
			migration->last_look_at = 0;
		}
		key_migration_start(migration);
	}
}

/*
 * Runs on the event loop, before the answer is sent. Without room for it, the migration
 * continues at the next sign-in of a member.
 */
static void
begin_migration(struct request *x)
{
	struct migration *migration = NULL;
	struct secret_key *secret;

	for (size_t i = 0; i < MIGRATIONS_MAX && migration == NULL; i++) {
		if (!migrations[i].used)
			migration = &migrations[i];
	}
	secret = secret_key_new();
	if (migration == NULL || secret == NULL) {
		secret_key_free(secret);
		return;
	}
	*secret = *x->identity.secret;
	migration->used = true;
	migration->reader = (struct identity){ .account = x->identity.account, .secret = secret };
	(void)snprintf(migration->queue, sizeof(migration->queue), "%s", (const char *)x->own);
	migration->rotation = (struct rotation){ .queue = migration->queue };
	migration->last_look_at = clock_now() + LAST_LOOK_SECONDS;
	key_migration_start(migration);
}

void
key_migration_after(struct request *x, struct work *work, const char *queue)
{
	char due[STORE_QUEUE];

	if (queue == NULL) {
		const enum answer answer = rotation_due(work, x->identity.account, due);

		if (answer == FAILED)
			log_line(LOG_LINE_WARNING, "key migration: %s", work->error.text);
		if (answer != FOUND)
			return;
		queue = due;
	}
	x->own = arena_array(x, 1, STORE_QUEUE);
	(void)snprintf(x->own, STORE_QUEUE, "%s", queue);
	x->resume = begin_migration;
}
