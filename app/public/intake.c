#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "public/intake.h"
#include "server/server.h"
#include "staff/people.h"
#include "store/auth.h"
#include "store/outreach.h"
#include "store/people.h"
#include "text/text.h"

/* A reading on its way: what the lane reads, apart from site.locks. */
static struct {
	struct job job;
	bool running;
	int64_t version;		/* of the keys that site.locks has */
	struct queue_keys *fresh;	/* NULL: nothing new */
} keys_refresh = { .version = -1 };

static int
read_queue_keys(struct work *work)
{
	int64_t version;
	int result;

	if (store_queue_key_version(work->store, &version, &work->error) == -1)
		return -1;
	if (version == keys_refresh.version)
		return 0;
	keys_refresh.fresh = calloc(1, sizeof(*keys_refresh.fresh));
	if (keys_refresh.fresh == NULL)
		abort();
	result = queue_keys_read(work, keys_refresh.fresh);
	if (result == 0) {
		keys_refresh.version = version;
	} else {
		free(keys_refresh.fresh);
		keys_refresh.fresh = NULL;
	}
	return result;
}

static void
keys_refresh_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };

	(void)job;
	keys_refresh.fresh = NULL;
	if (read_queue_keys(&work) == -1)
		log_line(LOG_LINE_ERROR, "queues' keys: %s", work.error.text);
}

/*
 * What is replaced stays: a lane may be reading it, and a queue gets a new key
 * so seldom that the little memory is not worth a lock in front of every form.
 */
static void
keys_refresh_done(struct job *job)
{
	(void)job;
	if (keys_refresh.fresh != NULL)
		site.locks = keys_refresh.fresh;
	keys_refresh.running = false;
}

void
queue_keys_refresh(void)
{
	if (keys_refresh.running)
		return;
	keys_refresh.running = true;
	keys_refresh.job = (struct job){ .work = keys_refresh_work, .done = keys_refresh_done };
	(void)worker_submit(WORKER_STAFF, &keys_refresh.job);
}

static struct intakes *present;

/* A reading on its way: what the lane makes, apart from the above. */
static struct {
	struct job job;
	bool running;
	struct intakes *fresh;		/* NULL: nothing new */
	struct fresh_page *pages;
} refresh;

static int
take_words(const char *language, const char *words, void *argument)
{
	struct intake_state *state = argument;

	for (size_t i = 0; i < text_languages_count && i < INTAKE_LANGUAGES; i++) {
		if (strcmp(text_languages[i]->tag, language) != 0)
			continue;
		state->words[i] = strdup(words);
		if (state->words[i] == NULL)
			abort();
	}
	return 0;
}

int
intake_state_read(struct work *work, struct intake_state *state, const struct config_area *area)
{
	struct opening opening;

	*state = (struct intake_state){ 0 };
	if (intake_status_read(work, &opening, area) == -1)
		return -1;
	state->open = opening.open;
	state->closed_at = opening.open ? 0 : opening.since_at;
	state->turns_day = opening.turns_day;
	state->held = opening.held != NULL;
	state->turned = opening.turned;
	return store_intake_words_each(work->store, area->code, take_words, state, &work->error);
}

void
intake_state_free(struct intake_state *state)
{
	for (size_t i = 0; i < INTAKE_LANGUAGES; i++)
		free(state->words[i]);
	*state = (struct intake_state){ 0 };
}

bool
intake_state_same(const struct intake_state *a, const struct intake_state *b)
{
	for (size_t i = 0; i < INTAKE_LANGUAGES; i++) {
		if ((a->words[i] == NULL) != (b->words[i] == NULL) ||
		    (a->words[i] != NULL && strcmp(a->words[i], b->words[i]) != 0))
			return false;
	}
	return a->open == b->open && a->closed_at == b->closed_at &&
	    a->turns_day == b->turns_day && a->held == b->held;
}

static void
intakes_free(struct intakes *intakes)
{
	for (size_t i = 0; intakes != NULL && i < site.config.areas_count; i++)
		intake_state_free(&intakes->state[i]);
	free(intakes);
}

/* NULL after a failure. */
static struct intakes *
intakes_read(struct work *work, int64_t version)
{
	const struct config *config = &site.config;
	struct intakes *intakes = calloc(1, sizeof(*intakes) +
	    config->areas_count * sizeof(intakes->state[0]));

	if (intakes == NULL)
		abort();
	intakes->version = version;
	for (size_t i = 0; i < config->areas_count; i++) {
		struct intake_state *state = &intakes->state[i];
		int32_t day;

		if (intake_state_read(work, state, &config->areas[i]) == -1) {
			intakes_free(intakes);
			return NULL;
		}
		day = state->turned ? day_of(work->now) : state->turns_day;
		if (day != 0 && (intakes->look_day == 0 || day < intakes->look_day))
			intakes->look_day = day;
	}
	return intakes;
}

int
intakes_start(struct work *work)
{
	int64_t version;

	if (store_intake_version(work->store, &version, &work->error) == -1)
		return -1;
	present = intakes_read(work, version);
	return present == NULL ? -1 : 0;
}

void
intakes_stop(void)
{
	intakes_free(present);
	present = NULL;
}

static int
read_again(struct work *work)
{
	int64_t version;

	if (store_intake_version(work->store, &version, &work->error) == -1)
		return -1;
	if (version == present->version &&
	    (present->look_day == 0 || day_of(work->now) < present->look_day))
		return 0;
	refresh.fresh = intakes_read(work, version);
	if (refresh.fresh == NULL)
		return -1;
	refresh.pages = page_cache_render_stale(present, refresh.fresh);
	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (refresh.fresh->state[i].turned &&
		    intake_status_settle(work, &site.config.areas[i]) == -1)
			return -1;
	}
	return 0;
}

static void
refresh_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };

	(void)job;
	if (read_again(&work) == -1)
		log_line(LOG_LINE_ERROR, "intakes: %s", work.error.text);
}

static void
refresh_done(struct job *job)
{
	(void)job;
	if (refresh.fresh != NULL) {
		page_cache_replace(refresh.pages);
		intakes_free(present);
		present = refresh.fresh;
	}
	refresh.running = false;
}

void
intakes_refresh(void)
{
	if (refresh.running)
		return;
	refresh.running = true;
	refresh.fresh = NULL;
	refresh.pages = NULL;
	refresh.job = (struct job){ .work = refresh_work, .done = refresh_done };
	(void)worker_submit(WORKER_STAFF, &refresh.job);
}

const struct intakes *
intakes_now(void)
{
	return present;
}

const struct intake_state *
intake_state(const struct config_area *area)
{
	return &present->state[area - site.config.areas];
}

bool
intake_open(const struct config_area *area, int64_t now)
{
	const struct intake_state *state = intake_state(area);

	return state->open ||
	    (state->closed_at != 0 && now < state->closed_at + INTAKE_STATUS_GRACE_SECONDS);
}
