#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/intake.h"
#include "public/public.h"
#include "server/server.h"
#include "text/text.h"

static struct intakes *present;

/* A reading on its way: what the worker makes, apart from the above. */
static struct {
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

/* Reads one area's, as it stands now. Release with state_free after a failure too. 0, or -1. */
static int
state_read(struct intake_state *state, struct store *store,
    const struct config_area *area, int64_t now, struct error *error)
{
	struct opening opening;

	*state = (struct intake_state){ 0 };
	if (intake_status_read(&opening, store, &site.config, area, now, error) == -1)
		return -1;
	state->open = opening.open;
	state->closed_at = opening.open ? 0 : opening.since_at;
	state->turns_day = opening.turns_day;
	state->held = opening.held != NULL;
	state->turned = opening.turned;
	return intake_status_words(store, area, take_words, state, error);
}

static void
state_free(struct intake_state *state)
{
	for (size_t i = 0; i < INTAKE_LANGUAGES; i++)
		free(state->words[i]);
	*state = (struct intake_state){ 0 };
}

static void
intakes_free(struct intakes *intakes)
{
	for (size_t i = 0; intakes != NULL && i < site.config.areas_count; i++)
		state_free(&intakes->state[i]);
	free(intakes);
}

/* NULL after a failure. */
static struct intakes *
intakes_read(struct store *store, int64_t version, int64_t now, struct error *error)
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

		if (state_read(state, store, &config->areas[i], now, error) == -1) {
			intakes_free(intakes);
			return NULL;
		}
		day = state->turned ? day_of(now) : state->turns_day;
		if (day != 0 && (intakes->look_day == 0 || day < intakes->look_day))
			intakes->look_day = day;
	}
	return intakes;
}

int
intakes_start(struct store *store, struct error *error)
{
	int64_t version;

	if (intake_status_version(store, &version, error) == -1)
		return -1;
	present = intakes_read(store, version, clock_now(), error);
	return present == NULL ? -1 : 0;
}

void
intakes_stop(void)
{
	intakes_free(present);
	present = NULL;
}

static int
read_again(struct store *store, struct error *error)
{
	const int64_t now = clock_now();
	int64_t version;

	if (intake_status_version(store, &version, error) == -1)
		return -1;
	if (version == present->version &&
	    (present->look_day == 0 || day_of(now) < present->look_day))
		return 0;
	refresh.fresh = intakes_read(store, version, now, error);
	if (refresh.fresh == NULL)
		return -1;
	refresh.pages = page_set_render_stale(present, refresh.fresh);
	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (refresh.fresh->state[i].turned && intake_status_settle(store, &site.config,
		    &site.config.areas[i], now, error) == -1)
			return -1;
	}
	return 0;
}

void
intakes_work(struct store *store)
{
	struct error error;

	refresh.fresh = NULL;
	refresh.pages = NULL;
	if (read_again(store, &error) == -1)
		log_line(LOG_LINE_ERROR, "intakes: %s", error.text);
}

void
intakes_done(void)
{
	if (refresh.fresh == NULL)
		return;
	page_cache_replace(refresh.pages);
	intakes_free(present);
	present = refresh.fresh;
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
