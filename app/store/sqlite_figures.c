#include "store/sqlite.h"

int
store_queue_figures(struct store *store, int64_t now, figures_fn give, void *context,
    struct error *error)
{
	struct query query = query_start(store, QUEUE_FIGURES, error);
	struct queue_figures figures;

	put_number(&query, now);
	while (query_next(&query)) {
		take_text(&query, figures.queue, sizeof(figures.queue));
		figures.open = take_number(&query);
		figures.overdue = take_number(&query);
		figures.kept = take_number(&query);
		figures.broken = take_number(&query);
		figures.readers = take_small(&query);
		if (query.failed || give(&figures, context) != 0)
			break;
	}
	return query_end(&query);
}
