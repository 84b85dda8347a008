/* The worklist's page: groups, filters, pages. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/people.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/pages.h"
#include "render/view.h"
#include "render/view_worklist.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

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

/* Reads "PART-KEY-NUMBER", the last row of the page before. */
static bool
read_after(const char *after, struct worklist_filter *filter)
{
	unsigned part;
	long long key;
	char number[14];
	int end = 0;

	if (after == NULL)
		return true;
	if (sscanf(after, "%2u-%19lld-%13[0-9A-Za-z]%n", &part, &key, number, &end) != 3 ||
	    after[end] != '\0' || part >= WORKLIST_PART_COUNT || key < 0 ||
	    number_parse(number, &filter->after_number) != 0)
		return false;
	filter->after_part = (enum worklist_part)part;
	filter->after_key = key;
	return true;
}

bool
filter_read(const struct request *x, struct worklist_filter *filter)
{
	const struct form *query = &x->query;
	const char *sort = chosen(query, "sort");

	filter->queue = chosen(query, "queue");
	filter->area = chosen(query, "area");
	filter->who = chosen(query, "who");
	filter->by_arrival = sort != NULL && strcmp(sort, "arrival") == 0;
	return read_switch(query, "mine", &filter->mine) &&
	    read_switch(query, "interpreter", &filter->interpreter) &&
	    (sort == NULL || filter->by_arrival || strcmp(sort, "due") == 0) &&
	    (filter->queue == NULL || config_queue(&site.config, filter->queue) != NULL) &&
	    (filter->area == NULL || config_area(&site.config, filter->area) != NULL) &&
	    (filter->who == NULL || word_value(&words_who, filter->who) != -1) &&
	    read_after(form_value(query, "after"), filter);
}

const struct queue_option_view *
staff_areas(struct request *x, const char *chosen)
{
	const struct config *config = &site.config;
	struct queue_option_view *areas = arena_array(x, config->areas_count + 1,
	    sizeof(*areas));

	for (size_t i = 0; i < config->areas_count; i++)
		areas[i] = (struct queue_option_view){
			config->areas[i].code, config->areas[i].name,
			chosen != NULL && strcmp(chosen, config->areas[i].code) == 0
		};
	return areas;
}

void
filter_show(struct request *x, const struct worklist_filter *filter,
    struct queue_choice_view *choice)
{
	const struct config *config = &site.config;
	struct queue_option_view *queues = arena_array(x, config->queues_count + 1,
	    sizeof(*queues));

	for (size_t i = 0; i < config->queues_count; i++)
		queues[i] = (struct queue_option_view){
			config->queues[i].id, config->queues[i].name,
			filter->queue != NULL && strcmp(filter->queue, config->queues[i].id) == 0
		};
	*choice = (struct queue_choice_view){
		.only_mine = filter->mine, .by_arrival = filter->by_arrival,
		.interpreter = filter->interpreter, .who = filter->who,
		.queues = queues, .queues_count = config->queues_count,
		.areas = staff_areas(x, filter->area), .areas_count = config->areas_count,
		.any = filter->queue != NULL || filter->area != NULL || filter->who != NULL ||
		    filter->interpreter || filter->by_arrival,
		.clear_href = filter->mine ? "/staff/queue?mine=1" : "/staff/queue",
	};
}

void
filter_address(const struct worklist_filter *filter, struct buffer *out)
{
	const struct { const char *name, *value; } fields[] = {
		{ "mine", filter->mine ? "1" : NULL },
		{ "queue", filter->queue },
		{ "area", filter->area },
		{ "who", filter->who },
		{ "interpreter", filter->interpreter ? "1" : NULL },
		{ "sort", filter->by_arrival ? "arrival" : NULL },
	};

	buffer_text(out, "/staff/queue?");
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (fields[i].value != NULL)
			buffer_format(out, "%s=%s&", fields[i].name, fields[i].value);
	}
}

void
filter_after(const struct worklist_row *last, struct buffer *out)
{
	char reference[14];

	number_text(last->row.number, reference);
	buffer_format(out, "after=%u-%lld-%s", (unsigned)last->part, (long long)last->key, reference);
}

#define PAGE_ROWS	50

static const struct { const char *name, *heading; } parts[WORKLIST_PART_COUNT] = {
	[WORKLIST_SOON] = { "soon", N_("Ring strax: du har skickat sms") },
	[WORKLIST_OVERDUE] = { "overdue", N_("Försenade") },
	[WORKLIST_NOW] = { "now", NULL },
	[WORKLIST_TODAY] = { "today", N_("Senare i dag") },
	[WORKLIST_OFFERED] = { "offered", N_("Erbjudna till er") },
	[WORKLIST_CONFIRM] = { "confirm", N_("Väntar på ett ja") },
	[WORKLIST_FOLLOW] = { "follow", N_("Mina uppföljningar i dag") },
	[WORKLIST_PARKED] = { "parked", N_("Parkerade till i dag") },
	[WORKLIST_REMIND] = { "remind", N_("Påminnelser") },
	[WORKLIST_SHARED] = { "shared", N_("Tillsammans med andra") },
	[WORKLIST_LATER] = { "later", N_("Senare") },
	[WORKLIST_ARRIVED] = { "arrived", N_("I den ordning de kom") },
};

static const char *
heading_of(const struct request *x, enum worklist_part part)
{
	struct tm local;

	if (part != WORKLIST_NOW)
		return parts[part].heading;
	clock_local(x->now, &local);
	return local.tm_hour < 12 ? N_("Nu på förmiddagen") : N_("Nu på eftermiddagen");
}

/*
 * Whether the part lists cases by due time. Each case is in one such part, and may also be
 * in one of the others.
 */
static bool
stands_by_due_time(enum worklist_part part)
{
	return part != WORKLIST_OFFERED && part != WORKLIST_CONFIRM && part != WORKLIST_REMIND &&
	    part != WORKLIST_SHARED;
}

static void
fill_words(struct request *x, struct queue_row_view *view, const struct case_row *row)
{
	const struct config_area *area = config_area(&site.config, row->area);
	const struct config_queue *queue = config_queue(&site.config, row->queue);

	view->due = staff_when(x, row->due_at);
	view->due_iso = staff_iso(x, row->due_at);
	view->left = staff_left(x, row->due_at);
	view->overdue = row->due_at < x->now;
	view->age.word = word_of(&words_age, row->age);
	view->who.word = word_of(&words_who, row->who);
	view->window.word = word_of(&words_window, row->when);
	view->state.word = word_of(&words_state, row->state);
	view->interpreter = row->speak == SPEAK_OTHER;
	view->area = area != NULL ? area->name : row->area;
	view->queue = queue != NULL ? queue->name : row->queue;
	view->attempts = row->attempts;
}

/* What to do about a number that is wrong, a msgid; NULL when it is right. */
static const char *
instead(const struct worklist_row *listed)
{
	if (listed->number_asks)
		return N_("Numret är fel. Skriv ett nytt nummer eller ett annat sätt.");
	switch (listed->means) {
	case MEANS_HELPER:
		return N_("Numret är fel. Ring den som hjälpte till.");
	case MEANS_LETTER:
		return N_("Numret är fel. Skriv ett brev.");
	case MEANS_VISIT:
		return N_("Numret är fel. Gör ett besök.");
	case MEANS_NUMBER:
	case MEANS_COUNT:
		break;
	}
	return NULL;
}

static void
fill_row(struct request *x, struct queue_row_view *view, const struct worklist_row *listed,
    const char *from)
{
	const struct case_row *row = &listed->row;
	char reference[14];

	number_text(row->number, reference);
	view->reference = arena_format(x, "%s", reference);
	view->id = arena_format(x, "%s-%s", stands_by_due_time(listed->part) ? "case" :
	    parts[listed->part].name, reference);
	view->href = arena_format(x, "/staff/case/%s%s", reference, from);
	view->token = staff_form_token(x);
	if (stands_by_due_time(listed->part) &&
	    lifecycle_offers(row->state, ACT_CLAIM, ACTOR_MEMBER |
	    (listed->unattended ? ACTOR_RELIEF : 0U)))
		view->claim_href = arena_format(x, "/staff/case/%s/claim", reference);
	fill_words(x, view, row);
	view->reason = staff_reason(x, listed);
	view->mine = listed->mine && !listed->stands_in;
	view->holder = !view->mine && listed->holder[0] != '\0' ? listed->holder : NULL;
	if (listed->name[0] == '\0')
		return;
	view->name = listed->name;
	if (view->interpreter)
		view->language = staff_language(x, listed->language);
	view->instead = instead(listed);
	if (listed->phone[0] == '\0')
		return;
	view->phone = staff_phone(x, listed->phone);
	view->tel = arena_format(x, "tel:%s", listed->phone);
}

/* "?from=" with this list's query, by which a case leads back to it; "" without one. */
static const char *
list_from(struct request *x)
{
	const char *query = strchr(x->page, '?');
	struct buffer from = { 0 };

	if (query != NULL && query[1] != '\0') {
		buffer_text(&from, "?from=");
		escape_query(&from, query + 1);
	}
	return arena_take(x, &from);
}

/* Makes the groups. Rows come in the order of the parts, so each group is a run of rows. */
static size_t
fill_groups(struct request *x, const struct worklist *worklist, struct queue_group_view *groups)
{
	struct queue_row_view *rows = arena_array(x, worklist->count + 1, sizeof(*rows));
	struct queue_group_view *group = NULL;
	const char *from = list_from(x);
	bool begun = false;
	size_t count = 0;

	for (size_t i = 0; i < worklist->count; i++) {
		enum worklist_part part = worklist->rows[i].part;

		if (i == 0 || part != worklist->rows[i - 1].part) {
			group = &groups[count++];
			*group = (struct queue_group_view){
				.heading = heading_of(x, part),
				.name = parts[part].name,
				.rows = &rows[i],
			};
		}
		fill_row(x, &rows[i], &worklist->rows[i], from);
		/*
		 * Marks the first case that the reader holds or may claim: the one to begin
		 * with.
		 */
		rows[i].next = !begun && (worklist->rows[i].mine || rows[i].claim_href != NULL);
		begun = begun || rows[i].next;
		group->rows_count++;
	}
	return count;
}

static const char *
next_page(struct request *x, const struct worklist *worklist, const struct worklist_filter *filter)
{
	struct buffer address = { 0 };

	if (!worklist->more || worklist->count == 0)
		return NULL;
	filter_address(filter, &address);
	filter_after(&worklist->rows[worklist->count - 1], &address);
	return arena_take(x, &address);
}

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

static void
staff_queue(struct request *x, struct work *work)
{
	struct worklist_filter filter = { .limit = PAGE_ROWS };
	struct queue_group_view groups[WORKLIST_PART_COUNT];
	struct queue_view view = { .groups = groups };
	struct worklist worklist = { 0 };
	struct case_undo_view undo = { 0 };
	const char *acted = form_value(&x->query, "case");
	int64_t number;

	if (!filter_read(x, &filter)) {
		staff_problem(x, 400, N_("Det urvalet finns inte"),
		    N_("Adressen har något som vi inte känner igen. Börja om från I dag."));
		return;
	}
	if (acted != NULL && number_parse(acted, &number) == 0 &&
	    staff_undo_offer(x, work, number, &undo) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	if (worklist_read(work, &worklist, &filter) != 0 || fill_standing(x, work, &view) != 0) {
		staff_failed(x, &work->error);
		goto done;
	}
	view.groups_count = fill_groups(x, &worklist, groups);
	view.overdue = worklist.counts.overdue;
	view.today = worklist.counts.today;
	view.open = worklist.counts.open;
	view.mine = worklist.counts.mine;
	filter_show(x, &filter, &view.choice);
	view.next_href = next_page(x, &worklist, &filter);
	view.now = day_and_time(x);
	view.heading = filter.mine ? N_("Mina ärenden") : N_("I dag");
	staff_frame(x, &view.frame, view.heading, filter.mine ? "mine" : "queue");
	view.search.token = view.frame.token;
	view.frame.overdue = view.overdue;
	view.frame.undo = undo;
	view.frame.today = view.today;
	x->status = 200;
	x->scripted = true;
	page_queue(&x->body, x->language, &view);
done:
	worklist_free(&worklist);
}

const struct route staff_worklist_routes[] = {
	{ METHOD_GET, "/staff/queue", CALLERS, WORKER_STAFF, staff_queue,
	    { "mine", "queue", "area", "who", "interpreter", "sort", "after",
	    "case", "watch" } },
	{ .path = NULL }
};
