/* Figures of codes, and campaigns. */
#include "base/base.h"
#include "base/words.h"
#include "store/outreach.h"
#include "store/sqlite.h"

static void
span_put(struct query *query, const struct outreach_span *span)
{
	put_number(query, span->from_day);
	put_number(query, span->to_day);
	put_number(query, span->from_at);
	put_number(query, span->before_at);
	put_number(query, span->campaign);
	put_text(query, span->code);
}

/* Takes the first columns of CODE_FIGURES, which describe the code. */
static void
code_facts_take(struct query *query, struct code_figures *figures)
{
	*figures = (struct code_figures){ 0 };
	take_text(query, figures->code, sizeof(figures->code));
	take_text(query, figures->area, sizeof(figures->area));
	take_text(query, figures->place, sizeof(figures->place));
	figures->channel = (enum channel)take_word(query, &words_channel);
	figures->retired = take_number(query) != 0;
}

static void
figures_take(struct query *query, struct code_figures *figures)
{
	code_facts_take(query, figures);
	figures->visits[VISIT_PERSON] = take_number(query);
	figures->visits[VISIT_ROBOT] = take_number(query);
	figures->visits[VISIT_STAFF] = take_number(query);
	figures->came = take_number(query);
	figures->reached = take_number(query);
	figures->work = take_number(query);
	figures->studies = take_number(query);
	figures->both = take_number(query);
	figures->other = take_number(query);
}

int
store_code_figures_each(struct store *store, const struct outreach_span *span,
    code_figures_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, CODE_FIGURES, error);
	struct code_figures figures;

	span_put(&query, span);
	QUERY_EACH(&query, figures_take, &figures, give, context)
	return query_end(&query);
}

int
store_visits_each_day(struct store *store, const struct outreach_span *span, day_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, VISITS_EACH_DAY, error);

	span_put(&query, span);
	while (query_next(&query)) {
		int32_t day = (int32_t)take_number(&query);
		int64_t visits = take_number(&query);

		if (query.failed || give(day, visits, context) != 0)
			break;
	}
	return query_end(&query);
}

int
store_campaign_put(struct store *store, const struct campaign_row *row, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_PUT, error);

	put_number(&query, row->number);
	put_text(&query, row->name);
	put_number(&query, row->from_day);
	put_number(&query, row->to_day);
	put_number(&query, row->created_at);
	return query_run(&query);
}

static void
campaign_take(struct query *query, struct campaign_row *row)
{
	row->number = take_number(query);
	take_text(query, row->name, sizeof(row->name));
	row->from_day = take_small(query);
	row->to_day = take_small(query);
	row->created_at = take_number(query);
}

enum answer
store_campaign_get(struct store *store, int64_t number, struct campaign_row *row,
    struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_GET, error);
	bool found;

	put_number(&query, number);
	found = query_next(&query);
	if (found)
		campaign_take(&query, row);
	return query_answer(&query, found);
}

int
store_campaign_each(struct store *store, campaign_fn give, void *context, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_EACH, error);
	struct campaign_row row;

	QUERY_EACH(&query, campaign_take, &row, give, context)
	return query_end(&query);
}

int
store_campaign_remove(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_REMOVE, error);

	put_number(&query, number);
	return query_run(&query);
}

int
store_campaign_code_add(struct store *store, int64_t number, const char *code,
    struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_CODE_ADD, error);

	put_number(&query, number);
	put_text(&query, code);
	return query_run(&query);
}

int
store_campaign_codes_clear(struct store *store, int64_t number, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_CODES_CLEAR, error);

	put_number(&query, number);
	return query_run(&query);
}

int
store_campaign_each_code(struct store *store, int64_t number, campaign_code_fn give,
    void *context, struct error *error)
{
	struct query query = query_start(store, CAMPAIGN_EACH_CODE, error);
	struct code_figures code;

	put_number(&query, number);
	while (query_next(&query)) {
		bool taken;

		code_facts_take(&query, &code);
		taken = take_number(&query) != 0;
		if (query.failed || give(&code, taken, context) != 0)
			break;
	}
	return query_end(&query);
}
