/* The worklist: its filter and order, as its address has them, its page, and the next case to ring. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/handover.h"
#include "flow/people.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/pages.h"
#include "render/render.h"
#include "render/view_worklist.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* The words of the choices that have no set of words of their own. */
static const char *const dues[] = {
	[WORKLIST_ONLY_OVERDUE] = "overdue", [WORKLIST_ONLY_TODAY] = "today"
};
static const char *const deeds[] = { [DID_TRY] = "tried", [DID_REACH] = "reached" };

#define NOBODY	"nobody"	/* the holder of a case that no coordinator has */

/* Returns the value of a field; NULL when it is empty or missing. */
static const char *
chosen(const struct form *query, const char *field)
{
	const char *value = form_value(query, field);

	return value != NULL && *value != '\0' ? value : NULL;
}

/* Reads a field that is "1" or missing. */
static bool
read_switch(const struct form *query, const char *field, bool *on)
{
	const char *value = chosen(query, field);

	*on = value != NULL;
	return value == NULL || strcmp(value, "1") == 0;
}

/* Reads a field that is missing (0) or one of the words from 1 on; -1 for another word. */
static int
read_word(const struct form *query, const char *field, const char *const *words, size_t count)
{
	const char *value = chosen(query, field);

	if (value == NULL)
		return 0;
	for (size_t i = 1; i < count; i++) {
		if (strcmp(value, words[i]) == 0)
			return (int)i;
	}
	return -1;
}

static bool
read_holder(const struct form *query, struct worklist_filter *filter)
{
	const char *value = chosen(query, "holder");

	if (value != NULL && strcmp(value, NOBODY) == 0)
		filter->holder = STORE_NOBODY;
	else if (value != NULL)
		return number_parse(value, &filter->holder) == 0;
	return true;
}

/* Reads "PART-KEY-NUMBER": the last row of the page before, or the first of the page after. */
static bool
read_row(const char *written, struct worklist_filter *filter)
{
	unsigned part;
	long long key;
	char number[14];
	int end = 0;

	if (written == NULL)
		return true;
	if (sscanf(written, "%2u-%19lld-%13[0-9A-Za-z]%n", &part, &key, number, &end) != 3 ||
	    written[end] != '\0' || part >= WORKLIST_PART_COUNT || key < 0 ||
	    number_parse(number, &filter->after_number) != 0)
		return false;
	filter->after_part = (enum worklist_part)part;
	filter->after_key = key;
	return true;
}

static bool
filter_read(const struct form *query, struct worklist_filter *filter)
{
	const char *sort = chosen(query, "sort"), *before = form_value(query, "before");
	const int due = read_word(query, "due", dues, COUNT_OF(dues));

	filter->queue = chosen(query, "queue");
	filter->area = chosen(query, "area");
	filter->who = chosen(query, "who");
	filter->by_arrival = sort != NULL && strcmp(sort, "arrival") == 0;
	filter->did = read_word(query, "did", deeds, COUNT_OF(deeds));
	filter->backwards = before != NULL;
	if (due != -1)
		filter->due = (unsigned)due;
	return read_switch(query, "mine", &filter->mine) && due != -1 && filter->did != -1 &&
	    read_switch(query, "interpreter", &filter->interpreter) &&
	    (sort == NULL || filter->by_arrival || strcmp(sort, "due") == 0) &&
	    (filter->queue == NULL || config_queue(&site.config, filter->queue) != NULL) &&
	    (filter->area == NULL || config_area(&site.config, filter->area) != NULL) &&
	    (filter->who == NULL || word_value(&words_who, filter->who) != -1) &&
	    read_holder(query, filter) &&
	    read_row(before != NULL ? before : form_value(query, "after"), filter);
}

const struct queue_option_view *
staff_areas(struct request *x, const char *chosen_area)
{
	const struct config *config = &site.config;
	struct queue_option_view *areas = arena_array(x, config->areas_count + 1,
	    sizeof(*areas));

	for (size_t i = 0; i < config->areas_count; i++)
		areas[i] = (struct queue_option_view){
			config->areas[i].code, config->areas[i].name,
			chosen_area != NULL && strcmp(chosen_area, config->areas[i].code) == 0
		};
	return areas;
}

static const struct queue_option_view *
queues(struct request *x, const char *asked)
{
	const struct config *config = &site.config;
	struct queue_option_view *options = arena_array(x, config->queues_count + 1,
	    sizeof(*options));

	for (size_t i = 0; i < config->queues_count; i++)
		options[i] = (struct queue_option_view){
			config->queues[i].id, config->queues[i].name,
			asked != NULL && strcmp(asked, config->queues[i].id) == 0
		};
	return options;
}

static const struct queue_option_view *
holders(struct request *x, const struct worklist *worklist, int64_t asked)
{
	struct queue_option_view *options = arena_array(x, worklist->colleagues_count + 1,
	    sizeof(*options));

	for (size_t i = 0; i < worklist->colleagues_count; i++)
		options[i] = (struct queue_option_view){
			staff_reference(x, worklist->colleagues[i].account),
			worklist->colleagues[i].name, worklist->colleagues[i].account == asked
		};
	return options;
}

/* The list's address and the row that ends or begins the page. */
static const char *
page_of(struct request *x, const struct worklist_filter *filter, const char *field,
    const struct worklist_row *row)
{
	const struct { const char *name, *value; } fields[] = {
		{ "mine", filter->mine ? "1" : NULL },
		{ "due", dues[filter->due] },
		{ "queue", filter->queue },
		{ "area", filter->area },
		{ "who", filter->who },
		{ "interpreter", filter->interpreter ? "1" : NULL },
		{ "holder", filter->holder == STORE_NOBODY ? NOBODY :
		    filter->holder != 0 ? staff_reference(x, filter->holder) : NULL },
		{ "did", deeds[filter->did] },
		{ "sort", filter->by_arrival ? "arrival" : NULL },
	};
	struct buffer address = { 0 };

	buffer_text(&address, "/staff/queue?");
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (fields[i].value != NULL)
			buffer_format(&address, "%s=%s&", fields[i].name, fields[i].value);
	}
	if (row != NULL)
		buffer_format(&address, "%s=%u-%lld-%s", field, (unsigned)row->part,
		    (long long)row->key, staff_reference(x, row->row.number));
	return arena_take(x, &address);
}

static const char *
next_page(struct request *x, const struct worklist_filter *filter, const struct worklist *worklist)
{
	if (!worklist->more || worklist->count == 0)
		return NULL;
	return page_of(x, filter, "after", &worklist->rows[worklist->count - 1]);
}

static const char *
page_before(struct request *x, const struct worklist_filter *filter,
    const struct worklist *worklist)
{
	if (!worklist->earlier)
		return NULL;
	return page_of(x, filter, "before", worklist->count > 0 ? worklist->rows : NULL);
}

static void
filter_show(struct request *x, const struct worklist_filter *filter,
    const struct worklist *worklist, struct queue_view *view)
{
	view->next_href = next_page(x, filter, worklist);
	view->earlier_href = page_before(x, filter, worklist);
	view->choice = (struct queue_choice_view){
		.only_mine = filter->mine, .by_arrival = filter->by_arrival,
		.interpreter = filter->interpreter, .who = filter->who,
		.due = dues[filter->due], .did = deeds[filter->did],
		.nobody = filter->holder == STORE_NOBODY,
		.queues = queues(x, filter->queue), .queues_count = site.config.queues_count,
		.areas = staff_areas(x, filter->area), .areas_count = site.config.areas_count,
		.holders = holders(x, worklist, filter->holder),
		.holders_count = worklist->colleagues_count,
		.any = filter->queue != NULL || filter->area != NULL || filter->who != NULL ||
		    filter->interpreter || filter->by_arrival || filter->due != WORKLIST_ANY_DUE ||
		    filter->holder != 0 || filter->did != 0,
		.clear_href = filter->mine ? "/staff/queue?mine=1" : "/staff/queue",
	};
}

const char *
filter_from(struct request *x, const char *query)
{
	struct buffer from = { 0 };

	if (query != NULL && *query != '\0') {
		buffer_text(&from, "?from=");
		escape_query(&from, query);
	}
	return arena_take(x, &from);
}

int
staff_next_offer(struct request *x, struct work *work, const char *list,
    struct worklist_next_view *view)
{
	struct worklist_filter filter = { 0 };
	struct worklist_row next;
	const char *acted = form_value(&x->query, "case");
	int64_t except = x->number;
	struct form query = { 0 };
	enum answer answer;

	if (form_value(&x->query, "notice") == NULL)
		return 0;
	if (form_decode(&query, list, strlen(list)) != FORM_OK || !filter_read(&query, &filter))
		filter = (struct worklist_filter){ 0 };
	if (acted != NULL && number_parse(acted, &except) != 0)
		except = x->number;
	answer = worklist_next(work, &filter, except, &next);
	form_wipe(&query);
	if (answer != FOUND)
		return answer == ABSENT ? 0 : -1;
	view->claims = !next.mine;
	view->aside = x->number != 0;
	view->href = arena_format(x, "/staff/case/%s%s%s", staff_reference(x, next.row.number),
	    view->claims ? "/claim" : "", view->claims ? "" : filter_from(x, list));
	view->token = staff_form_token(x);
	view->age.word = word_of(&words_age, (int)next.row.age);
	view->who.word = word_of(&words_who, (int)next.row.who);
	return 0;
}

#define PAGE_ROWS	50

static const char *
day_and_time(struct request *x)
{
	struct buffer now = { 0 };
	struct tm local;

	clock_local(x->now, &local);
	text_day(&now, x->language, &local);
	buffer_text(&now, " ");
	text_clock(&now, &local);
	return arena_take(x, &now);
}

struct stood {
	struct request *x;
	struct buffer list;		/* of struct standing_view */
};

static int
add_standing(const char *name, int64_t cases, void *argument)
{
	struct stood *stood = argument;
	const struct standing_view view = { arena_format(stood->x, "%s", name), cases };

	buffer_add(&stood->list, &view, sizeof(view));
	return 0;
}

static int
fill_standing(struct request *x, struct work *work, struct queue_view *view)
{
	struct stood stood = { .x = x };
	const int result = absence_standing(work, add_standing, &stood);

	view->standing = arena_take_list(x, &stood.list, sizeof(*view->standing),
	    &view->standing_count);
	return result;
}

/*
 * Offers to undo the act that led here. Without one it offers to take back that the reader
 * knows a person, whose case leads no longer to its own undo.
 */
static int
offer_undo(struct request *x, struct work *work, struct case_undo_view *undo)
{
	const char *acted = form_value(&x->query, "case");
	int64_t number;

	if (acted != NULL && number_parse(acted, &number) == 0 &&
	    staff_undo_offer(x, work, number, undo) == -1)
		return -1;
	if (undo->href != NULL)
		return 0;
	switch (conflict_of_interest_latest(work, &number)) {
	case FOUND:
		return staff_undo_offer(x, work, number, undo);
	case ABSENT:
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

static void
staff_queue(struct request *x, struct work *work)
{
	struct worklist_filter filter = { .limit = PAGE_ROWS };
	struct queue_group_view groups[WORKLIST_PART_COUNT];
	struct queue_view view = { .groups = groups };
	struct worklist worklist = { 0 };
	struct case_undo_view undo = { 0 };
	const char *query;

	if (!filter_read(&x->query, &filter)) {
		staff_problem(x, 400, N_("Det urvalet finns inte"),
		    N_("Adressen har något som vi inte känner igen. Börja om från I dag."));
		return;
	}
	if (offer_undo(x, work, &undo) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	if (worklist_read(work, &worklist, &filter) != 0 || fill_standing(x, work, &view) != 0) {
		staff_failed(x, &work->error);
		goto done;
	}
	view.overdue = worklist.counts.overdue;
	view.today = worklist.counts.today;
	view.open = worklist.counts.open;
	view.mine = worklist.counts.mine;
	filter_show(x, &filter, &worklist, &view);
	view.now = day_and_time(x);
	view.heading = filter.mine ? N_("Mina ärenden") : N_("I dag");
	staff_frame(x, &view.frame, view.heading, filter.mine ? "mine" : "queue");
	view.search.token = view.frame.token;
	view.frame.overdue = view.overdue;
	view.frame.undo = undo;
	view.frame.today = view.today;
	query = strchr(x->page, '?');
	if (staff_next_offer(x, work, query != NULL ? query + 1 : "", &view.frame.next) == -1) {
		staff_failed(x, &work->error);
		goto done;
	}
	if (view.frame.next.href != NULL)
		worklist.next = 0;	/* shown once */
	view.groups_count = queue_fill_groups(x, &worklist, groups);
	x->status = 200;
	x->scripted = true;
	page_queue(&x->body, x->language, &view);
done:
	worklist_free(&worklist);
}

const struct route staff_worklist_routes[] = {
	{ METHOD_GET, "/staff/queue", CALLERS, WORKER_STAFF, staff_queue,
	    { "mine", "due", "queue", "area", "who", "interpreter", "holder", "did", "sort",
	    "after", "before", "case", "watch" } },
	{ .path = NULL }
};
