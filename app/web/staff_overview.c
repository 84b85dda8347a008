#include "page/pages.h"
#include "web/web.h"

#define ROWS_MAX	1000

struct collected {
	struct exchange *x;
	struct overview_row *rows;
	struct breach_view *breaches;
	size_t rows_count, breaches_count;
};

static int
add_figures(const struct queue_figures *figures, void *argument)
{
	struct collected *all = argument;
	const struct config_queue *queue = config_queue(&site.config, figures->queue);

	if (all->rows_count == ROWS_MAX)
		return 0;
	all->rows[all->rows_count++] = (struct overview_row){
		.queue = queue != NULL ? queue->name : exchange_keep(all->x, "%s", figures->queue),
		.open = figures->open,
		.overdue = figures->overdue,
		.kept = figures->kept,
		.broken = figures->broken,
		.readers = figures->readers,
	};
	return 0;
}

static int
add_breach(enum breach breach, int64_t number, const char *detail, void *argument)
{
	static const char *const texts[BREACH_COUNT] = {
		[BREACH_NO_DUE] = N_("Ett ärende saknar tid när det ska vara klart:"),
		[BREACH_NO_READER] = N_("Ingen kan öppna ärendet:"),
		[BREACH_NO_RECORD] = N_("Ärendet saknar det som personen skrev:"),
		[BREACH_NO_EVENT] = N_("Ärendets händelser stämmer inte:"),
		[BREACH_HOLDER] = N_("Den som har ärendet arbetar inte i kön:"),
		[BREACH_INTEGRITY] = N_("Databasen är skadad. Återställ en säkerhetskopia."),
	};
	struct collected *all = argument;
	struct breach_view *view;
	char reference[14];

	(void)detail;
	if (all->breaches_count == ROWS_MAX)
		return 0;
	view = &all->breaches[all->breaches_count++];
	view->text = texts[breach];
	if (number != 0) {
		number_text(number, reference);
		view->reference = exchange_keep(all->x, "%s", reference);
	}
	return 0;
}

void
staff_overview(struct exchange *x, struct store *store)
{
	struct collected all = {
		.x = x,
		.rows = exchange_keep_array(x, ROWS_MAX, sizeof(struct overview_row)),
		.breaches = exchange_keep_array(x, ROWS_MAX, sizeof(struct breach_view)),
	};
	struct overview_view view = { 0 };
	struct error error;

	if (store_queue_figures(store, x->now, add_figures, &all, &error) != 0 ||
	    store_doctor(store, add_breach, &all, &error) != 0) {
		staff_failed(x, &error);
		return;
	}
	view.rows = all.rows;
	view.rows_count = all.rows_count;
	view.breaches = all.breaches;
	view.breaches_count = all.breaches_count;
	staff_frame(x, &view.frame, N_("Översikt"), "overview");
	x->status = 200;
	page_overview(&x->body, x->language, &view);
}
