#include <stdlib.h>
#include <string.h>

#include "flow/absences.h"
#include "flow/case.h"
#include "flow/standing.h"

struct reading {
	struct absences *all;
	struct store *store;
	const struct identity *reader;
	struct queue_list own;			/* the reader's queues */
	int64_t now;
	int result;
	struct error *error;
};

static bool
lasts(const struct absence_row *row, int32_t day)
{
	return row->from_day <= day && (row->to_day == 0 || row->to_day >= day);
}

/* 1 when the reader is to see it, 0, -1. */
static int
is_near(struct reading *reading, const struct absence_row *row)
{
	struct queue_list queues;
	int result;

	if (row->account == reading->reader->account ||
	    reading->reader->role == ROLE_ADMINISTRATOR)
		return 1;
	result = queue_list_read(&queues, reading->store, row->account, reading->error);
	if (result == 0)
		result = queue_list_share(&queues, &reading->own);
	queue_list_free(&queues);
	return result;
}

static int
fill_deputy(struct reading *reading, struct absence *absence)
{
	struct account_row deputy;
	struct absence_row own;

	if (absence->row.deputy == 0)
		return 0;
	if (store_account_get(reading->store, absence->row.deputy, &deputy, reading->error) !=
	    FOUND)
		return -1;
	memcpy(absence->deputy_user, deputy.user, sizeof(absence->deputy_user));
	memcpy(absence->deputy, deputy.name, sizeof(absence->deputy));
	switch (store_absence_get(reading->store, absence->row.deputy, &own, reading->error)) {
	case FOUND:
		absence->deputy_away = lasts(&own, day_of(reading->now));
		return 0;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

static int
fill(struct reading *reading, struct absence *absence)
{
	struct store *store = reading->store;
	struct account_row account;

	if (store_account_get(store, absence->row.account, &account, reading->error) != FOUND ||
	    fill_deputy(reading, absence) == -1)
		return -1;
	memcpy(absence->user, account.user, sizeof(absence->user));
	memcpy(absence->name, account.name, sizeof(absence->name));
	if (!lasts(&absence->row, day_of(reading->now)))
		return 0;
	return store_absence_load(store, absence->row.account, reading->now, &absence->load,
	    reading->error);
}

static int
keep(const struct absence_row *row, void *argument)
{
	struct reading *reading = argument;
	struct absences *all = reading->all;

	if (row->to_day != 0 && row->to_day < day_of(reading->now))
		return 0;
	reading->result = is_near(reading, row);
	if (reading->result <= 0)
		return reading->result;
	all->absence = case_grow(all->absence, all->count, sizeof(*all->absence));
	all->absence[all->count++].row = *row;
	return 0;
}

static int
keep_choice(const struct account_row *row, void *argument)
{
	struct reading *reading = argument;
	struct absences *all = reading->all;
	struct absence_choice *choice;

	if (!row->active || row->number == reading->reader->account)
		return 0;
	for (size_t i = 0; i < all->choices_count; i++) {
		if (strcmp(all->choice[i].user, row->user) == 0)
			return 0;
	}
	all->choice = case_grow(all->choice, all->choices_count, sizeof(*all->choice));
	choice = &all->choice[all->choices_count++];
	memcpy(choice->user, row->user, sizeof(choice->user));
	memcpy(choice->name, row->name, sizeof(choice->name));
	return 0;
}

static int
read_all(struct reading *reading)
{
	struct absences *all = reading->all;

	if (queue_list_read(&reading->own, reading->store, reading->reader->account,
	    reading->error) == -1 ||
	    store_absence_each(reading->store, keep, reading, reading->error) == -1 ||
	    reading->result == -1)
		return -1;
	for (size_t i = 0; i < all->count; i++) {
		if (fill(reading, &all->absence[i]) == -1)
			return -1;
	}
	for (size_t i = 0; i < reading->own.count; i++) {
		if (store_member_each(reading->store, reading->own.queue[i], keep_choice, reading,
		    reading->error) == -1)
			return -1;
	}
	return 0;
}

int
absences_read(struct absences *all, struct store *store, const struct identity *reader,
    int64_t now, struct error *error)
{
	struct reading reading = {
		.all = all, .store = store, .reader = reader, .now = now, .error = error
	};
	int result;

	*all = (struct absences){ 0 };
	if (store_begin_read(store, error) == -1)
		return -1;
	result = read_all(&reading);
	queue_list_free(&reading.own);
	if (result == 0)
		return store_commit(store, error);
	store_rollback(store);
	return -1;
}

void
absences_free(struct absences *all)
{
	free(all->absence);
	free(all->choice);
	*all = (struct absences){ 0 };
}
