/* QR codes: makes, changes, retires and revives them, and counts their visits. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/codes.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/store.h"

#define CODE_BITS	25
#define TRIES		16	/* with a million codes in use, all fail once in 2^80 */

/*
 * Draws a code that no code has ever had, retired ones included, because a brochure
 * outlives its code.
 */
static int
draw_code(struct work *work, char code[CODE_SIZE])
{
	struct code_row taken;

	for (int i = 0; i < TRIES; i++) {
		code_make(seal_random_below(1U << CODE_BITS), code);
		/* One in eight hundred; a spreadsheet would not keep its characters. */
		if (code_reads_as_number(code))
			continue;
		switch (store_code_get(work->store, code, &taken, &work->error)) {
		case ABSENT:
			return 0;
		case FAILED:
			return -1;
		case FOUND:
			break;
		}
	}
	return error_set(&work->error, ERROR_INTERNAL, "no code is free");
}

/* Reads a day; an empty text is 0. */
static int
read_day(const char *written, int32_t *day)
{
	*day = 0;
	return written == NULL || *written == '\0' ? 0 : text_input_day(written, day);
}

static bool
read_place(const char *written, char place[STORE_PLACE])
{
	return text_input_line(written == NULL ? "" : written, PLACE_MAX, place) == FAULT_NONE;
}

static bool
read_language(const char *written, char language[STORE_LANGUAGE])
{
	language[0] = '\0';
	return written == NULL || *written == '\0' ||
	    text_input_language(written, language) == FAULT_NONE;
}

enum code_fault
code_wish_read(const struct code_wish *wish, const struct config *config, struct code_row *row)
{
	const struct config_area *area = wish->area == NULL ? NULL :
	    config_area(config, wish->area);
	const int channel = word_value(&words_channel, wish->channel);

	if (!read_place(wish->place, row->place))
		return CODE_PLACE;
	if (area == NULL)
		return CODE_AREA;
	if (channel == -1)
		return CODE_CHANNEL;
	(void)snprintf(row->area, sizeof(row->area), "%s", area->code);
	row->channel = (enum channel)channel;
	if (!read_language(wish->language, row->language))
		return CODE_LANGUAGE;
	if (read_day(wish->first, &row->first_day) == -1)
		return CODE_FIRST;
	if (read_day(wish->last, &row->last_day) == -1 ||
	    (row->last_day != 0 && row->last_day < row->first_day))
		return CODE_LAST;
	return CODE_RIGHT;
}

static int
issue(struct work *work, struct code_row *row)
{
	row->created_at = work->now;
	row->retired_at = 0;
	return draw_code(work, row->code) == -1 ? -1 :
	    store_code_add(work->store, row, &work->error);
}

int
code_issue(struct work *work, struct code_row *row)
{
	if (work_begin(work) == -1)
		return -1;
	return work_end(work, issue(work, row));
}

static int
issue_new(struct work *work, struct code_row *row)
{
	row->code[0] = '\0';
	switch (store_code_like(work->store, row, &work->error)) {
	case FOUND:
		return 0;
	case ABSENT:
		return issue(work, row);
	case FAILED:
	default:
		return -1;
	}
}

enum answer
code_issue_all(struct work *work, struct code_row *rows, size_t count, bool keep)
{
	bool taken = false;

	if (work_begin(work) == -1)
		return FAILED;
	for (size_t i = 0; i < count; i++) {
		if (issue_new(work, &rows[i]) == -1) {
			work_undo(work);
			return FAILED;
		}
		taken = taken || rows[i].code[0] == '\0';
	}
	if (taken || !keep) {
		work_undo(work);
		return taken ? ABSENT : FOUND;
	}
	return work_end(work, 0) == -1 ? FAILED : FOUND;
}

/* Reads the code, changes it with `change` and writes it, in one transaction. */
static enum answer
alter(struct work *work, const char *code, void (*change)(struct code_row *, const void *),
    const void *by)
{
	struct code_row row;
	enum answer answer;

	if (work_begin(work) == -1)
		return FAILED;
	answer = store_code_get(work->store, code, &row, &work->error);
	if (answer == FOUND) {
		change(&row, by);
		answer = store_code_change(work->store, &row, &work->error) == 0 ? FOUND :
		    FAILED;
	}
	return work_settle(work, answer == FOUND, answer);
}

static void
become(struct code_row *row, const void *by)
{
	struct code_row wanted = *(const struct code_row *)by;

	memcpy(wanted.code, row->code, sizeof(wanted.code));
	wanted.created_at = row->created_at;
	wanted.retired_at = row->retired_at;
	wanted.seen_at = row->seen_at;
	*row = wanted;
}

static void
retire(struct code_row *row, const void *at)
{
	if (row->retired_at == 0)
		row->retired_at = *(const int64_t *)at;
}

static void
revive(struct code_row *row, const void *nothing)
{
	(void)nothing;
	row->retired_at = 0;
}

enum answer
code_change(struct work *work, const char *code, const struct code_row *wanted)
{
	return alter(work, code, become, wanted);
}

enum answer
code_retire(struct work *work, const char *code)
{
	return alter(work, code, retire, &work->now);
}

enum answer
code_revive(struct work *work, const char *code)
{
	return alter(work, code, revive, NULL);
}

int
code_printed(struct work *work, const char *code)
{
	if (work_begin(work) == -1)
		return -1;
	return work_end(work, store_code_printed(work->store, code, work->now, &work->error));
}

enum answer
code_unused(struct work *work, const char *code)
{
	return store_code_unused(work->store, code, &work->error);
}

enum answer
code_remove(struct work *work, const char *code)
{
	enum answer answer;

	if (work_begin(work) == -1)
		return FAILED;
	answer = store_code_unused(work->store, code, &work->error);
	if (answer == FOUND && store_code_remove(work->store, code, &work->error) == -1)
		answer = FAILED;
	return work_settle(work, answer == FOUND, answer);
}

static void
see(struct code_row *row, const void *at)
{
	row->seen_at = *(const int64_t *)at;
}

enum answer
code_see(struct work *work, const char *code)
{
	return alter(work, code, see, &work->now);
}

enum answer
code_read(struct work *work, const char *typed, struct code_row *row)
{
	char code[CODE_SIZE];

	if (typed == NULL || code_parse(typed, code) == -1)
		return ABSENT;
	return store_code_get(work->store, code, row, &work->error);
}

bool
code_in_use(const struct code_row *row, int32_t today)
{
	return row->retired_at == 0 && (row->first_day == 0 || today >= row->first_day) &&
	    (row->last_day == 0 || today <= row->last_day);
}

void
code_address(const struct config *config, const char *code, struct buffer *address)
{
	const char *host = strstr(config->base_url, "://");
	size_t start = address->length;

	buffer_format(address, "%s/q/%s", config->base_url, code);
	/* Some cameras refuse a scheme in capitals; the rest stays in alphanumeric mode. */
	if (host != NULL)
		start += (size_t)(host - config->base_url);
	for (size_t i = start; i < address->length; i++)
		address->data[i] = (char)toupper((unsigned char)address->data[i]);
}

int
codes_version(struct work *work, int64_t *version)
{
	return store_code_version(work->store, version, &work->error);
}

int
codes_each(struct work *work, code_fn each, void *argument)
{
	return store_code_each(work->store, each, argument, &work->error);
}

int
code_visits_write(struct work *work, const struct code_visits *visits, size_t count)
{
	int result = 0;

	if (count == 0)
		return 0;
	if (work_begin(work) == -1)
		return -1;
	for (size_t i = 0; i < count && result == 0; i++)
		result = store_code_visits_add(work->store, visits[i].code, visits[i].day,
		    visits[i].kind, visits[i].visits, &work->error);
	return work_end(work, result);
}
