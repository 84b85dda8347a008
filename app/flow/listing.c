#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/case.h"
#include "flow/flow.h"
#include "flow/keyring.h"

struct page {
	struct listing *listing;
	size_t room;
};

static int
keep_row(const struct case_row *row, void *argument)
{
	struct page *page = argument;

	if (page->listing->count == page->room) {
		page->listing->more = true;
		return 1;
	}
	page->listing->rows[page->listing->count++].row = *row;
	return 0;
}

/* Reads one row more than asked for, which tells whether there is a further page. */
static int
read_rows(struct listing *listing, struct store *store, const struct identity *reader,
    const struct case_filter *filter, struct error *error)
{
	struct case_filter own = *filter;
	struct page page = { listing, (size_t)filter->limit };

	own.account = reader->account;
	own.limit = filter->limit + 1;
	listing->rows = calloc(page.room, sizeof(*listing->rows));
	if (listing->rows == NULL)
		abort();
	return store_queue_page(store, &own, keep_row, &page, error);
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
    struct error *error)
{
	struct keyring ring = { .store = store, .reader = reader };
	int result = 0;

	for (size_t i = 0; i < listing->count && result == 0; i++) {
		struct listing_row *row = &listing->rows[i];

		result = name_holder(listing, i, store, error);
		if (result == 0 && row->row.holder == reader->account)
			result = name_person(row, &ring, error);
	}
	keyring_free(&ring);
	return result;
}

static int64_t
end_of_day(int64_t now)
{
	int year, month, day;

	day_to_date(day_of(now) + 1, &year, &month, &day);
	return clock_at(year, month, day, 0, 0);
}

int
listing_read(struct listing *listing, struct store *store, const struct identity *reader,
    const struct case_filter *filter, int64_t now, struct error *error)
{
	memset(listing, 0, sizeof(*listing));
	if (filter->limit < 1)
		return error_set(error, ERROR_INTERNAL, "a page without rows");
	if (store_begin_read(store, error) == -1)
		return -1;
	if (read_rows(listing, store, reader, filter, error) == -1 ||
	    fill_rows(listing, store, reader, error) == -1 ||
	    store_queue_count(store, reader->account, now, end_of_day(now),
	    &listing->counts, error) == -1) {
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
