#include <stdio.h>
#include <string.h>

#include "page/pages.h"
#include "referral/referral.h"
#include "web/staff_case.h"
#include "web/web.h"

#define PAGE_ROWS	50

enum group { GROUP_OVERDUE, GROUP_TODAY, GROUP_LATER, GROUP_COUNT };

static const struct { const char *name, *heading; } group_names[GROUP_COUNT] = {
	{ "overdue", N_("Försenade") },
	{ "today", N_("I dag") },
	{ "later", N_("Senare") },
};

/* "after=DUE-NUMBER" of the page before; false when it is not that. */
static bool
read_after(const char *after, struct case_filter *filter)
{
	long long due;
	char number[14];
	int end = 0;

	if (after == NULL)
		return true;
	if (sscanf(after, "%19lld-%13[0-9A-Za-z]%n", &due, number, &end) != 2 ||
	    after[end] != '\0' || number_parse(number, &filter->after_number) != 0)
		return false;
	filter->after_due_at = due;
	return true;
}

static void
fill_row(struct exchange *x, struct queue_row_view *view, const struct listing_row *listed)
{
	const struct case_row *row = &listed->row;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct config_queue *queue = config_queue(&site.config, row->queue);
	bool mine = row->holder == x->identity.account;
	char reference[14], shown[32];

	number_text(row->number, reference);
	view->reference = exchange_keep(x, "%s", reference);
	view->href = exchange_keep(x, "/staff/case/%s", reference);
	view->token = x->identity.session.form_token;
	if (lifecycle_offers(row->state, ACT_CLAIM, ACTOR_MEMBER))
		view->claim_href = exchange_keep(x, "/staff/case/%s/claim", reference);
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
	view->mine = mine;
	view->holder = !mine && listed->holder[0] != '\0' ? listed->holder : NULL;
	view->attempts = row->attempts;
	if (!mine || listed->name[0] == '\0')
		return;
	phone_show(listed->phone, shown);
	view->name = listed->name;
	view->phone = exchange_keep(x, "%s", shown);
	view->tel = exchange_keep(x, "tel:%s", listed->phone);
}

static enum group
group_of(const struct exchange *x, const struct case_row *row)
{
	return row->due_at < x->now ? GROUP_OVERDUE :
	    day_of(row->due_at) == day_of(x->now) ? GROUP_TODAY : GROUP_LATER;
}

/* Rows come by due time, so that each group is a run of them. */
static size_t
fill_groups(struct exchange *x, const struct listing *listing, struct queue_group_view *groups)
{
	struct queue_row_view *rows = exchange_keep_array(x, listing->count + 1, sizeof(*rows));
	struct queue_group_view *group = NULL;
	bool begun = false;
	size_t count = 0;

	for (size_t i = 0; i < listing->count; i++) {
		enum group which = group_of(x, &listing->rows[i].row);

		if (group == NULL || strcmp(group->name, group_names[which].name) != 0) {
			group = &groups[count++];
			*group = (struct queue_group_view){
				.heading = group_names[which].heading,
				.name = group_names[which].name,
				.rows = &rows[i],
			};
		}
		fill_row(x, &rows[i], &listing->rows[i]);
		/* Begin with the first that is the reader's own or free to take. */
		rows[i].next = !begun && (rows[i].mine || rows[i].claim_href != NULL);
		begun = begun || rows[i].next;
		group->rows_count++;
	}
	return count;
}

static const char *
next_page(struct exchange *x, const struct listing *listing, bool mine)
{
	const struct case_row *last;
	char reference[14];

	if (!listing->more || listing->count == 0)
		return NULL;
	last = &listing->rows[listing->count - 1].row;
	number_text(last->number, reference);
	return exchange_keep(x, "/staff/queue?%safter=%lld-%s", mine ? "mine=1&" : "",
	    (long long)last->due_at, reference);
}

void
staff_queue(struct exchange *x, struct store *store)
{
	struct case_filter filter = { .limit = PAGE_ROWS };
	struct queue_group_view groups[GROUP_COUNT];
	struct queue_view view = { .groups = groups };
	struct listing listing = { 0 };
	struct buffer now = { 0 };
	struct case_undo_view undo = { 0 };
	const char *acted = form_value(&x->query, "case");
	struct error error;
	struct tm local;
	int64_t number;

	filter.mine = form_value(&x->query, "mine") != NULL;
	if (!read_after(form_value(&x->query, "after"), &filter)) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	if (acted != NULL && number_parse(acted, &number) == 0 &&
	    staff_undo_offer(x, store, number, &undo, &error) == -1) {
		staff_failed(x, &error);
		return;
	}
	if (listing_read(&listing, store, &x->identity, &filter, x->now, &error) != 0) {
		staff_failed(x, &error);
		goto done;
	}
	view.groups_count = fill_groups(x, &listing, groups);
	view.overdue = listing.counts.overdue;
	view.today = listing.counts.today;
	view.open = listing.counts.open;
	view.mine = listing.counts.mine;
	view.only_mine = filter.mine;
	view.next_href = next_page(x, &listing, filter.mine);
	clock_local(x->now, &local);
	text_day(&now, x->language, &local);
	buffer_text(&now, " ");
	text_clock(&now, &local);
	view.now = now.data;
	staff_frame(x, &view.frame, filter.mine ? N_("Mina ärenden") : N_("Att ringa"),
	    filter.mine ? "mine" : "queue");
	view.frame.overdue = view.overdue;
	view.frame.undo = undo;
	x->status = 200;
	page_queue(&x->body, x->language, &view);
done:
	buffer_free(&now);
	listing_free(&listing);
}
