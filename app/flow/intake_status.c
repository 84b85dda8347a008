#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/intake.h"
#include "rules/rules.h"
#include "store/auth.h"
#include "store/outreach.h"
#include "store/store.h"

#define AHEAD_DAYS	(2 * 366)

int
intake_status_unread(struct store *store, const struct config *config, const struct config_area *area,
    const struct config_queue **queue, struct error *error)
{
	bool *reached = calloc(config->queues_count, sizeof(*reached));
	int readers = 1;

	if (reached == NULL)
		abort();
	*queue = NULL;
	routing_reach(config, area->code, reached);
	for (size_t i = 0; i < config->queues_count && readers > 0; i++) {
		if (!reached[i])
			continue;
		readers = store_queue_readers(store, config->queues[i].id, error);
		if (readers == 0)
			*queue = &config->queues[i];
	}
	free(reached);
	return readers == -1 ? -1 : 0;
}

/* What a lead has said, else what service.conf says; ABSENT then. */
static enum answer
read_row(struct intake_row *row, struct store *store, const struct config_area *area,
    struct error *error)
{
	enum answer answer = store_intake_get(store, area->code, row, error);

	if (answer == ABSENT) {
		*row = (struct intake_row){ .open = area->open, .turns_day = area->opens_day };
		(void)snprintf(row->area, sizeof(row->area), "%s", area->code);
	}
	return answer;
}

static int
write_row(struct store *store, const struct config_area *area, const struct opening *opening,
    struct error *error)
{
	struct intake_row row = {
		.open = opening->open, .changed_at = opening->since_at,
		.turns_day = opening->turns_day, .back_day = opening->back_day
	};

	(void)snprintf(row.area, sizeof(row.area), "%s", area->code);
	return store_intake_put(store, &row, error);
}

/* What its days have made of it by today. */
static int
turn(struct opening *opening, struct store *store, const struct config *config,
    const struct config_area *area, int32_t today, struct error *error)
{
	while (opening->turns_day != 0 && today >= opening->turns_day) {
		struct opening next = {
			.open = !opening->open, .since_at = day_at(opening->turns_day, 0),
			.turns_day = opening->back_day, .turned = true
		};

		if (next.open && next.turns_day != 0 && today >= next.turns_day)
			next = (struct opening){ .since_at = opening->since_at, .turned = true };
		else if (next.open &&
		    intake_status_unread(store, config, area, &opening->held, error) == -1)
			return -1;
		if (opening->held != NULL)
			break;
		*opening = next;
	}
	return 0;
}

int
intake_status_read(struct opening *opening, struct store *store, const struct config *config,
    const struct config_area *area, int64_t now, struct error *error)
{
	struct intake_row row;
	const enum answer answer = read_row(&row, store, area, error);

	if (answer == FAILED)
		return -1;
	*opening = (struct opening){
		.open = row.open, .since_at = row.changed_at,
		.turns_day = row.turns_day, .back_day = row.back_day
	};
	if (turn(opening, store, config, area, day_of(now), error) == -1)
		return -1;
	opening->turned = opening->turned && answer == FOUND;
	return 0;
}

static int
settle(struct store *store, const struct config *config, const struct config_area *area,
    int64_t now, struct error *error)
{
	struct opening opening;

	if (intake_status_read(&opening, store, config, area, now, error) == -1)
		return -1;
	return opening.turned ? write_row(store, area, &opening, error) : 0;
}

static bool
day_fits(int32_t day, int32_t after, int32_t today)
{
	return day == 0 || (day > after && day <= today + AHEAD_DAYS);
}

/* Judges the wish against how it stands, and makes it so in *opening. */
static int
judge(struct opening *opening, struct store *store, const struct config *config,
    const struct intake_status_wish *wish, int64_t now, struct intake_status_answer *answer,
    struct error *error)
{
	const bool open = wish->act == INTAKE_STATUS_OPEN;
	const int32_t today = day_of(now);

	if (wish->act == INTAKE_STATUS_STAY) {
		opening->turns_day = opening->back_day = 0;
		return 0;
	}
	if (!day_fits(wish->day, today, today))
		answer->verdict = INTAKE_STATUS_DAY;
	else if (!day_fits(wish->back_day, wish->day != 0 ? wish->day : today, today))
		answer->verdict = INTAKE_STATUS_BACK_DAY;
	else if (wish->day != 0 && opening->open == open)
		answer->verdict = INTAKE_STATUS_UNCHANGED;
	else if (open && intake_status_unread(store, config, wish->area, &answer->unread, error) == -1)
		return -1;
	if (answer->unread != NULL)
		answer->verdict = INTAKE_STATUS_UNREAD;
	if (answer->verdict != INTAKE_STATUS_OK)
		return 0;
	if (wish->day == 0 && opening->open != open)
		*opening = (struct opening){ .open = open, .since_at = now };
	opening->turns_day = wish->day != 0 ? wish->day : wish->back_day;
	opening->back_day = wish->day != 0 ? wish->back_day : 0;
	return 0;
}

static int
change(struct store *store, const struct config *config, const struct intake_status_wish *wish,
    int64_t now, struct intake_status_answer *answer, struct error *error)
{
	struct opening opening;

	if (intake_status_read(&opening, store, config, wish->area, now, error) == -1 ||
	    judge(&opening, store, config, wish, now, answer, error) == -1)
		return -1;
	return answer->verdict != INTAKE_STATUS_OK ? 0 :
	    write_row(store, wish->area, &opening, error);
}

/* Commits when result is 0. */
static int
end(struct store *store, int result, struct error *error)
{
	if (result == 0)
		return store_commit(store, error);
	store_rollback(store);
	return -1;
}

int
intake_status_settle(struct store *store, const struct config *config, const struct config_area *area,
    int64_t now, struct error *error)
{
	if (store_begin(store, error) == -1)
		return -1;
	return end(store, settle(store, config, area, now, error), error);
}

int
intake_status_change(struct store *store, const struct config *config, const struct intake_status_wish *wish,
    int64_t now, struct intake_status_answer *answer, struct error *error)
{
	*answer = (struct intake_status_answer){ .verdict = INTAKE_STATUS_OK };
	if (store_begin(store, error) == -1)
		return -1;
	return end(store, change(store, config, wish, now, answer, error), error);
}

int
intake_status_say(struct store *store, const struct config_area *area, const char *language,
    const char *words, struct error *error)
{
	char text[INTAKE_STATUS_WORDS_MAX * 4 + 1];
	const enum fault fault = text_input_text(words, INTAKE_STATUS_WORDS_MAX, text);

	/* The text is empty when it is missing. */
	if (fault != FAULT_NONE && fault != FAULT_MISSING)
		return error_set(error, ERROR_INPUT, "the words are to be at most %d characters, "
		    "without control characters", INTAKE_STATUS_WORDS_MAX);
	return store_intake_words_put(store, area->code, language, text, error);
}

int
intake_status_version(struct store *store, int64_t *version, struct error *error)
{
	return store_intake_version(store, version, error);
}

int
intake_status_words(struct store *store, const struct config_area *area, intake_words_fn each,
    void *argument, struct error *error)
{
	return store_intake_words_each(store, area->code, each, argument, error);
}
