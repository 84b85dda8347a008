/* The worklist's page: groups, due days, rows. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/pages.h"
#include "render/view.h"
#include "render/view_worklist.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

#define PAGE_ROWS	50

static const struct { const char *name, *heading; } parts[WORKLIST_PART_COUNT] = {
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

static const char *
clock_of(struct request *x, int64_t at)
{
	struct buffer out = { 0 };
	struct tm local;

	clock_local(at, &local);
	text_clock(&out, &local);
	return arena_take(x, &out);
}

/* The heading above a run of rows: their due day, their due time of today, or none. */
static enum { NO_DUE, DUE_DAY, DUE_TIME }
due_heading(enum worklist_part part)
{
	switch (part) {
	case WORKLIST_OVERDUE:
	case WORKLIST_LATER:
		return DUE_DAY;
	case WORKLIST_NOW:
	case WORKLIST_TODAY:
	case WORKLIST_FOLLOW:
	case WORKLIST_PARKED:
		return DUE_TIME;
	default:
		return NO_DUE;
	}
}

/* Fills in when it is due, where the heading does not say it. */
static void
fill_due(struct request *x, struct queue_row_view *view, const struct worklist_row *listed)
{
	const int64_t due_at = listed->row.due_at;

	view->overdue = due_at < x->now;
	view->due_iso = staff_iso(x, due_at);
	/* What was due today is late by hours, not by days. */
	if (due_heading(listed->part) != NO_DUE && (!view->overdue || day_of(due_at) != day_of(x->now)))
		return;
	view->due = staff_when(x, due_at);
	view->left = staff_left(x, due_at);
}

/* The half of the day that ends at the due time: when to try again. */
static enum window
half_of(int64_t due_at)
{
	struct tm due;

	clock_local(due_at, &due);
	return due.tm_hour <= 12 ? WINDOW_MORNING : WINDOW_AFTERNOON;
}

static void
fill_words(struct queue_row_view *view, const struct case_row *row)
{
	const struct config_area *area = config_area(&site.config, row->area);
	const struct config_queue *queue = config_queue(&site.config, row->queue);

	view->age.word = word_of(&words_age, row->age);
	view->who.word = word_of(&words_who, row->who);
	view->window.word = word_of(&words_window, row->when);
	view->state.word = word_of(&words_state, row->state);
	view->talking = row->state == STATE_REACHED || row->state == STATE_FOLLOWING;
	view->interpreter = row->speak == SPEAK_OTHER;
	view->queue = queue != NULL ? queue->name : row->queue;
	view->area = area != NULL ? area->name : row->area;
	if (strstr(view->queue, view->area) != NULL)
		view->area = NULL;
	view->attempts = row->attempts;
}

static void
fill_row(struct request *x, struct queue_row_view *view, const struct worklist_row *listed,
    const char *from)
{
	const struct case_row *row = &listed->row;
	const char *reference = staff_reference(x, row->number);

	view->id = arena_format(x, "%s-%s", stands_by_due_time(listed->part) ? "case" :
	    parts[listed->part].name, reference);
	view->href = arena_format(x, "/staff/case/%s%s", reference, from);
	view->token = staff_form_token(x);
	if (stands_by_due_time(listed->part) &&
	    lifecycle_offers(row->state, ACT_CLAIM, ACTOR_MEMBER |
	    (listed->unattended ? ACTOR_RELIEF : 0U)))
		view->claim_href = arena_format(x, "/staff/case/%s/claim", reference);
	fill_due(x, view, listed);
	fill_words(view, row);
	view->reason = staff_reason(x, listed);
	if (act_has(listed->cause, ACT_IS_ATTEMPT))
		view->window.word = word_of(&words_window, half_of(row->due_at));
	view->mine = listed->mine && !listed->stands_in;
	view->holder = !view->mine && listed->holder[0] != '\0' ? listed->holder : NULL;
	if (listed->name[0] == '\0')
		return;
	view->name = listed->name;
	view->phone = staff_phone(x, listed->phone);
	view->tel = arena_format(x, "tel:%s", listed->phone);
}

/* "onsdag 13 januari", with the year when it is another one; of today "i dag". */
static const char *
due_day(struct request *x, int64_t at)
{
	struct buffer out = { 0 };
	struct tm local, now;

	clock_local(at, &local);
	clock_local(x->now, &now);
	if (day_of(at) == day_of(x->now))
		return text(x->language, N_("i dag"));
	if (local.tm_year == now.tm_year)
		text_day(&out, x->language, &local);
	else
		text_date(&out, x->language, &local);
	return arena_take(x, &out);
}

static const char *
days_left(struct request *x, int32_t days)
{
	const char *message = days < 0 ?
	    text_plural(x->language, "{n} dag för sent", "{n} dagar för sent", -days) :
	    text_plural(x->language, "{n} dag kvar", "{n} dagar kvar", days);
	struct buffer out = { 0 };

	if (days == 0)
		return NULL;
	text_fill(&out, x->language, message, &(const struct text_argument){
	    "n", arena_format(x, "%d", days < 0 ? -days : days) }, 1);
	return arena_take(x, &out);
}

static void
fill_day(struct request *x, struct queue_day_view *view, const struct worklist_row *first)
{
	const int64_t due_at = first->row.due_at;
	const int32_t day = day_of(due_at);
	const char *name = parts[first->part].name;

	*view = (struct queue_day_view){ .id = name };
	switch (due_heading(first->part)) {
	case DUE_DAY:
		view->id = arena_format(x, "%s-%s", name, staff_date(x, day));
		view->day = due_day(x, due_at);
		view->left = days_left(x, day - day_of(x->now));
		view->overdue = first->part == WORKLIST_OVERDUE;
		break;
	case DUE_TIME:
		view->id = arena_format(x, "%s-%lld", name, (long long)due_at);
		view->day = clock_of(x, due_at);
		view->left = staff_left(x, due_at);
		break;
	case NO_DUE:
		break;
	}
}

/* Whether a row begins a group, and whether it begins a run in it, with one due heading. */
static bool
begins_group(const struct worklist *worklist, size_t i)
{
	return i == 0 || worklist->rows[i].part != worklist->rows[i - 1].part;
}

static bool
begins_day(const struct worklist *worklist, size_t i)
{
	const struct worklist_row *row = &worklist->rows[i];
	const int64_t due_at = row->row.due_at;

	if (begins_group(worklist, i))
		return true;
	switch (due_heading(row->part)) {
	case DUE_DAY:
		return day_of(due_at) != day_of(row[-1].row.due_at);
	case DUE_TIME:
		return due_at != row[-1].row.due_at;
	default:
		return false;
	}
}

/*
 * Makes the groups. Rows come in the order of the parts, so each group is a run of rows, and
 * each due day a run within it.
 */
static size_t
fill_groups(struct request *x, const struct worklist *worklist, struct queue_group_view *groups)
{
	struct queue_row_view *rows = arena_array(x, worklist->count + 1, sizeof(*rows));
	struct queue_day_view *days = arena_array(x, worklist->count + 1, sizeof(*days));
	const char *query = strchr(x->page, '?');
	const char *from = filter_from(x, query != NULL ? query + 1 : NULL);
	struct queue_day_view *day = days;
	size_t count = 0;

	for (size_t i = 0; i < worklist->count; i++) {
		const struct worklist_row *row = &worklist->rows[i];

		if (begins_day(worklist, i)) {
			day = days++;
			fill_day(x, day, row);
			day->rows = &rows[i];
		}
		if (begins_group(worklist, i))
			groups[count++] = (struct queue_group_view){
				.heading = heading_of(x, row->part),
				.name = parts[row->part].name,
				.days = day
			};
		fill_row(x, &rows[i], row, from);
		rows[i].next = stands_by_due_time(row->part) && row->row.number == worklist->next;
		day->rows_count++;
		groups[count - 1].days_count = (size_t)(days - groups[count - 1].days);
	}
	return count;
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

static void
staff_queue(struct request *x, struct work *work)
{
	struct worklist_filter filter = { .limit = PAGE_ROWS };
	struct queue_group_view groups[WORKLIST_PART_COUNT];
	struct queue_view view = { .groups = groups };
	struct worklist worklist = { 0 };
	struct case_undo_view undo = { 0 };
	const char *acted = form_value(&x->query, "case"), *query;
	int64_t number;

	if (!filter_read(&x->query, &filter)) {
		staff_problem(x, 400, N_("Det urvalet finns inte"),
		    N_("Adressen har något som vi inte känner igen. Börja om från I dag."));
		return;
	}
	if (acted != NULL && number_parse(acted, &number) == 0 &&
	    staff_undo_offer(x, work, number, &undo) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	if (worklist_read(work, &worklist, &filter) != 0) {
		staff_failed(x, &work->error);
		goto done;
	}
	view.overdue = worklist.counts.overdue;
	view.today = worklist.counts.today;
	view.open = worklist.counts.open;
	view.mine = worklist.counts.mine;
	filter_show(x, &filter, &worklist, &view.choice);
	view.next_href = filter_next(x, &filter, &worklist);
	view.earlier_href = filter_earlier(x, &filter, &worklist);
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
	view.groups_count = fill_groups(x, &worklist, groups);
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
