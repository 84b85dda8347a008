#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/keys.h"
#include "flow/worklist.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/people.h"
#include "store/store.h"

/* How far a part reaches. */
enum reach { FROM_ANY, FROM_NOW, FROM_HALF, FROM_DAY_END };

static const struct part {
	bool aside;			/* not by the due times of the reader's queues */
	enum aside which;
	enum due_kind kind;
	enum reach from;
	enum reach before;		/* FROM_ANY: without end */
} parts[LISTING_PART_COUNT] = {
	[LISTING_OVERDUE] = { .kind = DUE_ANY, .before = FROM_NOW },
	[LISTING_NOW] = { .kind = DUE_ORDINARY, .from = FROM_NOW, .before = FROM_HALF },
	[LISTING_TODAY] = { .kind = DUE_ORDINARY, .from = FROM_HALF, .before = FROM_DAY_END },
	[LISTING_OFFERED] = { .aside = true, .which = ASIDE_OFFERED },
	[LISTING_CONFIRM] = { .aside = true, .which = ASIDE_CONFIRM },
	[LISTING_FOLLOW] = { .kind = DUE_FOLLOW_UP, .from = FROM_NOW, .before = FROM_DAY_END },
	[LISTING_PARKED] = { .kind = DUE_PARKED, .from = FROM_NOW, .before = FROM_DAY_END },
	[LISTING_REMIND] = { .aside = true, .which = ASIDE_REMIND, .before = FROM_DAY_END },
	[LISTING_SHARED] = { .aside = true, .which = ASIDE_SHARED },
	[LISTING_LATER] = { .kind = DUE_ANY, .from = FROM_DAY_END },
	[LISTING_ARRIVED] = { .kind = DUE_ANY },
};

struct page {
	struct listing *listing;
	size_t room;
	enum listing_part part;
	int64_t reach[FROM_DAY_END + 1];
	struct store *store;
	const struct identity *reader;
	const struct listing_filter *filter;
	struct error *error;
};

void
listing_day(int64_t now, int64_t *half_end, int64_t *day_end)
{
	*half_end = day_at(day_of(now), 12 * 60);
	*day_end = day_at(day_of(now) + 1, 0);
	if (now >= *half_end)
		*half_end = *day_end;
}

static int
keep_aside(const struct aside_row *aside, void *argument)
{
	struct page *page = argument;
	struct listing *listing = page->listing;
	struct listing_row *kept;

	if (listing->count == page->room) {
		listing->more = true;
		return 1;
	}
	kept = &listing->rows[listing->count++];
	kept->part = page->part;
	kept->key = aside->key;
	kept->row = aside->row;
	kept->asked_by = aside->account;
	return 0;
}

static int
keep_row(const struct case_row *row, void *argument)
{
	const struct aside_row aside = { .row = *row, .key = row->due_at };

	return keep_aside(&aside, argument);
}

/* Reads one row more than there is room for, which tells whether there is a further page. */
static int
read_part(struct page *page)
{
	const struct listing_filter *filter = page->filter;
	const struct part *part = &parts[page->part];
	int64_t from = part->from == FROM_ANY ? 0 : page->reach[part->from];
	struct case_filter own = {
		.account = page->reader->account,
		.day = day_of(page->reach[FROM_NOW]),
		.mine = filter->mine, .by_arrival = filter->by_arrival, .kind = part->kind,
		.queue = filter->queue, .area = filter->area, .who = filter->who,
		.interpreter = filter->interpreter,
		.due_before = part->before == FROM_ANY ? 0 : page->reach[part->before],
		.after_key = from - 1, .after_number = INT64_MAX,
		.limit = (int)(page->room - page->listing->count) + 1
	};

	if (page->part == LISTING_ARRIVED)
		own.after_number = 0;
	/* Where the page before ended; a part may have moved on since. */
	if (page->part == filter->after_part && filter->after_number != 0 &&
	    (filter->by_arrival || filter->after_key >= from)) {
		own.after_key = filter->after_key;
		own.after_number = filter->after_number;
	}
	if (part->aside)
		return store_aside_page(page->store, part->which, &own, keep_aside, page,
		    page->error);
	return store_queue_page(page->store, &own, keep_row, page, page->error);
}

static bool
part_is_asked(enum listing_part part, const struct listing_filter *filter)
{
	if (filter->by_arrival || part == LISTING_ARRIVED)
		return filter->by_arrival && part == LISTING_ARRIVED;
	if (filter->mine && (part == LISTING_OFFERED || part == LISTING_CONFIRM ||
	    part == LISTING_SHARED))
		return false;
	return part >= filter->after_part;
}

static int
read_rows(struct page *page, int64_t now)
{
	struct listing *listing = page->listing;

	page->reach[FROM_NOW] = now;
	listing_day(now, &page->reach[FROM_HALF], &page->reach[FROM_DAY_END]);
	listing->rows = calloc(page->room, sizeof(*listing->rows));
	if (listing->rows == NULL)
		abort();
	for (page->part = 0; page->part < LISTING_PART_COUNT && !listing->more; page->part++) {
		if (part_is_asked(page->part, page->filter) && read_part(page) == -1)
			return -1;
	}
	return 0;
}

/* Colleagues hold several cases each: a name found above is not looked up again. */
static int
name_holder(struct listing *listing, size_t i, struct store *store, struct error *error)
{
	struct listing_row *row = &listing->rows[i];

	for (size_t j = 0; j < i; j++) {
		if (listing->rows[j].row.holder == row->row.holder) {
			memcpy(row->holder, listing->rows[j].holder, sizeof(row->holder));
			return 0;
		}
	}
	return account_name(store, row->row.holder, row->holder, error);
}

/* Why it is due, and who asks what is asked beside that. */
static int
give_reason(struct listing_row *row, struct store *store, struct error *error)
{
	struct event_row event;

	row->cause = ACT_RECEIVE;
	row->cause_at = row->row.received_at;
	if (account_name(store, row->asked_by, row->asker, error) == -1)
		return -1;
	switch (store_case_cause(store, row->row.number, &event, error)) {
	case FOUND:
		row->cause = event.act;
		row->cause_at = event.at;
		break;
	case FAILED:
		return -1;
	case ABSENT:
	default:
		break;
	}
	return 0;
}

/* Whether it is the reader's to do, or anybody's. Most days nobody is away. */
static int
give_stand(struct listing_row *row, struct store *store, const struct identity *reader,
    int64_t now, struct error *error)
{
	struct case_standing standing;
	struct absence_row away;

	row->mine = row->row.holder == reader->account;
	if (row->mine || row->row.holder == 0)
		return 0;
	switch (store_absence_get(store, row->row.holder, &away, error)) {
	case FOUND:
		break;
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
	if (store_case_standing(store, row->row.number, reader->account, day_of(now), &standing,
	    error) == FAILED)
		return -1;
	row->stands_in = standing.member && standing.stands_in;
	row->unattended = standing.member && standing.unattended;
	row->mine = row->stands_in;
	return 0;
}

static void
copy_field(char *to, size_t size, const struct form *form, enum field field)
{
	const char *value = form_value(form, field_names[field]);

	(void)snprintf(to, size, "%s", value == NULL ? "" : value);
}

static int
name_person(struct listing_row *row, struct keyring *ring, struct error *error)
{
	struct form form;
	enum answer answer = keyring_submission(ring, row->row.number, &form, error);

	if (answer != FOUND)
		return answer == FAILED ? -1 : 0;
	copy_field(row->name, sizeof(row->name), &form, FIELD_NAME);
	copy_field(row->phone, sizeof(row->phone), &form, FIELD_PHONE);
	form_wipe(&form);
	return 0;
}

static int
fill_rows(struct listing *listing, struct store *store, const struct identity *reader,
    int64_t now, struct error *error)
{
	struct keyring ring = { .store = store, .reader = reader };
	int result = 0;

	for (size_t i = 0; i < listing->count && result == 0; i++) {
		struct listing_row *row = &listing->rows[i];

		result = give_stand(row, store, reader, now, error);
		if (result == 0)
			result = name_holder(listing, i, store, error);
		if (result == 0)
			result = give_reason(row, store, error);
		if (result == 0 && row->mine)
			result = name_person(row, &ring, error);
	}
	keyring_free(&ring);
	return result;
}

int
listing_read(struct listing *listing, struct store *store, const struct identity *reader,
    const struct listing_filter *filter, int64_t now, struct error *error)
{
	struct page page = {
		.listing = listing, .room = (size_t)filter->limit, .store = store,
		.reader = reader, .filter = filter, .error = error
	};
	int64_t half_end, day_end;

	memset(listing, 0, sizeof(*listing));
	if (filter->limit < 1)
		return error_set(error, ERROR_INTERNAL, "a page without rows");
	listing_day(now, &half_end, &day_end);
	if (store_begin_read(store, error) == -1)
		return -1;
	if (read_rows(&page, now) == -1 || fill_rows(listing, store, reader, now, error) == -1 ||
	    store_queue_count(store, reader->account, now, day_end, &listing->counts,
	    error) == -1) {
		store_rollback(store);
		return -1;
	}
	return store_commit(store, error);
}

void
listing_free(struct listing *listing)
{
	if (listing->rows != NULL)
		seal_wipe(listing->rows, listing->count * sizeof(*listing->rows));
	free(listing->rows);
	*listing = (struct listing){ 0 };
}
