/*
 * Intake status: opens and closes the form of an area, now or on a later day. Also which
 * numbers the persons who are rung see.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/handover.h"
#include "store/outreach.h"
#include "store/store.h"

#define AHEAD_DAYS	(2 * 366)

int
intake_status_unread(struct work *work, const struct config_area *area,
    const struct config_queue **queue)
{
	bool *reached = calloc(work->config->queues_count, sizeof(*reached));
	int readers = 1;

	if (reached == NULL)
		abort();
	*queue = NULL;
	routing_reach(work->config, area->code, reached);
	for (size_t i = 0; i < work->config->queues_count && readers > 0; i++) {
		if (!reached[i])
			continue;
		readers = store_queue_readers(work->store, work->config->queues[i].id,
		    &work->error);
		if (readers == 0)
			*queue = &work->config->queues[i];
	}
	free(reached);
	return readers == -1 ? -1 : 0;
}

/* Reads the stored status; ABSENT: the status of service.conf. */
static enum answer
read_row(struct work *work, struct intake_row *row, const struct config_area *area)
{
	enum answer answer = store_intake_get(work->store, area->code, row, &work->error);

	if (answer == ABSENT) {
		*row = (struct intake_row){ .open = area->open, .turns_day = area->opens_day };
		(void)snprintf(row->area, sizeof(row->area), "%s", area->code);
	}
	return answer;
}

static int
write_row(struct work *work, const struct config_area *area, const struct intake_status *opening)
{
	struct intake_row row = {
		.open = opening->open, .changed_at = opening->since_at,
		.turns_day = opening->turns_day, .back_day = opening->back_day
	};

	(void)snprintf(row.area, sizeof(row.area), "%s", area->code);
	return store_intake_put(work->store, &row, &work->error);
}

/* Applies the planned days that have come by today. */
static int
turn(struct work *work, struct intake_status *opening, const struct config_area *area, int32_t today)
{
	while (opening->turns_day != 0 && today >= opening->turns_day) {
		struct intake_status next = {
			.open = !opening->open, .since_at = day_at(opening->turns_day, 0),
			.turns_day = opening->back_day, .turned = true
		};

		if (next.open && next.turns_day != 0 && today >= next.turns_day)
			next = (struct intake_status){ .since_at = opening->since_at, .turned = true };
		else if (next.open && intake_status_unread(work, area, &opening->held) == -1)
			return -1;
		if (opening->held != NULL)
			break;
		*opening = next;
	}
	return 0;
}

int
intake_status_read(struct work *work, struct intake_status *opening, const struct config_area *area)
{
	struct intake_row row;
	const enum answer answer = read_row(work, &row, area);

	if (answer == FAILED)
		return -1;
	*opening = (struct intake_status){
		.open = row.open, .since_at = row.changed_at,
		.turns_day = row.turns_day, .back_day = row.back_day
	};
	if (turn(work, opening, area, day_of(work->now)) == -1)
		return -1;
	opening->turned = opening->turned && answer == FOUND;
	return 0;
}

static int
settle(struct work *work, const struct config_area *area)
{
	struct intake_status opening;

	if (intake_status_read(work, &opening, area) == -1)
		return -1;
	return opening.turned ? write_row(work, area, &opening) : 0;
}

static bool
day_fits(int32_t day, int32_t after, int32_t today)
{
	return day == 0 || (day > after && day <= today + AHEAD_DAYS);
}

/* Judges the change, and applies it to *opening. */
static int
judge(struct work *work, struct intake_status *opening, const struct intake_status_wish *wish,
    struct intake_status_answer *answer)
{
	const bool open = wish->act == INTAKE_STATUS_OPEN;
	const int32_t today = day_of(work->now);

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
	else if (open && intake_status_unread(work, wish->area, &answer->unread) == -1)
		return -1;
	if (answer->unread != NULL)
		answer->verdict = INTAKE_STATUS_UNREAD;
	if (answer->verdict != INTAKE_STATUS_OK)
		return 0;
	if (wish->day == 0 && opening->open != open)
		*opening = (struct intake_status){ .open = open, .since_at = work->now };
	opening->turns_day = wish->day != 0 ? wish->day : wish->back_day;
	opening->back_day = wish->day != 0 ? wish->back_day : 0;
	return 0;
}

static int
change(struct work *work, const struct intake_status_wish *wish,
    struct intake_status_answer *answer)
{
	struct intake_status opening;

	if (intake_status_read(work, &opening, wish->area) == -1 ||
	    judge(work, &opening, wish, answer) == -1)
		return -1;
	return answer->verdict != INTAKE_STATUS_OK ? 0 :
	    write_row(work, wish->area, &opening);
}

int
intake_status_settle(struct work *work, const struct config_area *area)
{
	if (work_begin(work) == -1)
		return -1;
	return work_end(work, settle(work, area));
}

int
intake_status_change(struct work *work, const struct intake_status_wish *wish,
    struct intake_status_answer *answer)
{
	*answer = (struct intake_status_answer){ .verdict = INTAKE_STATUS_OK };
	if (work_begin(work) == -1)
		return -1;
	return work_end(work, change(work, wish, answer));
}

int
intake_status_say(struct work *work, const struct config_area *area, const char *language,
    const char *words)
{
	char text[INTAKE_STATUS_WORDS_MAX * 4 + 1];
	const enum fault fault = text_input_text(words, INTAKE_STATUS_WORDS_MAX, text);

	/* The text is empty when it is missing. */
	if (fault != FAULT_NONE && fault != FAULT_MISSING)
		return error_set(&work->error, ERROR_INPUT,
		    "the text has at most %d characters, "
		    "without control characters", INTAKE_STATUS_WORDS_MAX);
	return store_intake_words_put(work->store, area->code, language, text, &work->error);
}

int
intake_status_version(struct work *work, int64_t *version)
{
	return store_intake_version(work->store, version, &work->error);
}

int
intake_status_words(struct work *work, const struct config_area *area, intake_words_fn each,
    void *argument)
{
	return store_intake_words_each(work->store, area->code, each, argument, &work->error);
}

/* The queue's number in E.164; a number that has no such form as it is written. */
static void
number_of(const struct config_queue *queue, char number[PHONE_SHOWN])
{
	char e164[PHONE_MAX];

	(void)snprintf(number, PHONE_SHOWN, "%s",
	    phone_parse(queue->phone, e164) == 0 ? e164 : queue->phone);
}

enum answer
shown_number_read(struct store *store, const struct config_queue *queue, int32_t *day,
    struct error *error)
{
	char number[PHONE_SHOWN];

	number_of(queue, number);
	return store_shown_number_get(store, queue->id, number, day, error);
}

static enum answer
is_mine(struct work *work, const struct config_queue *queue)
{
	return store_is_member(work->store, work->actor->account, queue->id, &work->error);
}

enum answer
shown_number_of_mine(struct work *work, const struct config_queue *queue, int32_t *day)
{
	enum answer answer = is_mine(work, queue);

	*day = 0;
	if (answer == FOUND && shown_number_read(work->store, queue, day, &work->error) == FAILED)
		answer = FAILED;
	return answer;
}

enum answer
shown_number_confirm(struct work *work, const struct config_queue *queue, int32_t day)
{
	const int32_t today = day_of(work->now);
	enum answer answer = is_mine(work, queue);
	char number[PHONE_SHOWN];

	if (answer != FOUND)
		return answer;
	if (day > today || day < today - 366)
		return (enum answer)error_set(&work->error, ERROR_INPUT,
		    "choose a day of the last year");
	number_of(queue, number);
	return store_shown_number_put(work->store, queue->id, number, day, work->actor->account,
	    &work->error) == -1 ? FAILED : FOUND;
}
