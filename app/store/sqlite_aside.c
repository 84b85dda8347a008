#include "store/sqlite.h"

int
store_aside_page(struct store *store, enum aside aside, const struct case_filter *filter,
    aside_fn give, void *context, struct error *error)
{
	static const enum statement statements[] = {
		[ASIDE_OFFERED] = ASIDE_OFFERS,
		[ASIDE_CONFIRM] = ASIDE_CLOSINGS,
		[ASIDE_REMIND] = ASIDE_REMINDERS,
		[ASIDE_SHARED] = ASIDE_SHARES,
	};
	struct query query = query_start(store, statements[aside], error);
	struct aside_row row;

	filter_put(&query, filter);
	while (query_next(&query)) {
		case_take(&query, &row.row);
		row.key = take_number(&query);
		row.account = take_number(&query);
		if (query.failed || give(&row, context) != 0)
			break;
	}
	return query_end(&query);
}
