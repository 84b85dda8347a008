#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/people.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/people.h"
#include "store/auth.h"
#include "store/store.h"

#define MOVES_MOST	8
/*
 * What comes in just after the key was changed may be sealed to the old one,
 * by a worker that has not noticed yet: after so long it is looked for.
 */
#define LAST_LOOK_SECONDS	5

static struct moving {
	struct job job;			/* comes first: a lane hands back its address */
	struct rotation rotation;
	struct identity reader;		/* account and secret key alone */
	char queue[STORE_QUEUE];
	int64_t last_look_at;		/* 0: that was it */
	bool running, used;
	int moved;			/* by the batch that ran last */
} moves[MOVES_MOST];

static void
moving_work(struct job *job, struct store *store)
{
	struct moving *moving = (struct moving *)(void *)job;
	struct error error;

	moving->rotation.store = store;
	moving->moved = rotation_move(&moving->rotation, &error);
	if (moving->moved == -1)
		log_line(LOG_LINE_ERROR, "a queue's new key: %s", error.text);
}

static void
moving_end(struct moving *moving)
{
	identity_free(&moving->reader);
	*moving = (struct moving){ 0 };
}

static void moving_start(struct moving *moving);

static void
moving_done(struct job *job)
{
	struct moving *moving = (struct moving *)(void *)job;

	moving->running = false;
	if (moving->moved > 0)
		moving_start(moving);
	else if (moving->moved == -1 || moving->last_look_at == 0)
		moving_end(moving);
}

/* When the lane is full, the next second tries again. */
static void
moving_start(struct moving *moving)
{
	moving->job = (struct job){ .work = moving_work, .done = moving_done };
	moving->moved = 0;
	moving->running = lane_submit(LANE_SLOW, &moving->job) == 0;
}

void
moving_tick(void)
{
	int64_t now = clock_now();

	for (size_t i = 0; i < MOVES_MOST; i++) {
		struct moving *moving = &moves[i];

		if (!moving->used || moving->running)
			continue;
		if (moving->last_look_at != 0 && now >= moving->last_look_at) {
			moving->rotation.after = 0;
			moving->rotation.closed = false;
			moving->last_look_at = 0;
		}
		moving_start(moving);
	}
}

/* On the event loop, before the answer is sent. Without room the next who signs in goes on. */
static void
begin_moving(struct exchange *x)
{
	struct moving *moving = NULL;
	struct secret_key *secret;

	for (size_t i = 0; i < MOVES_MOST && moving == NULL; i++) {
		if (!moves[i].used)
			moving = &moves[i];
	}
	secret = secret_key_new();
	if (moving == NULL || secret == NULL) {
		secret_key_free(secret);
		return;
	}
	*secret = *x->identity.secret;
	moving->used = true;
	moving->reader = (struct identity){ .account = x->identity.account, .secret = secret };
	(void)snprintf(moving->queue, sizeof(moving->queue), "%s", x->moving);
	moving->rotation = (struct rotation){
		.queue = moving->queue, .reader = &moving->reader
	};
	moving->last_look_at = clock_now() + LAST_LOOK_SECONDS;
	moving_start(moving);
}

void
moving_after(struct exchange *x, const char *queue)
{
	x->moving = exchange_keep(x, "%s", queue);
	x->resume = begin_moving;
}

void
moving_resume(struct exchange *x, struct store *store)
{
	char queue[STORE_QUEUE];
	struct error error;

	switch (rotation_due(store, x->identity.account, queue, &error)) {
	case FOUND:
		moving_after(x, queue);
		break;
	case FAILED:
		log_line(LOG_LINE_WARNING, "a queue's new key: %s", error.text);
		break;
	case ABSENT:
		break;
	}
}
