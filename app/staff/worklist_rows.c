/* The rows of the worklist's page: groups, due headings, and the reason of each row. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/messages.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/pages.h"
#include "render/view.h"
#include "render/view_worklist.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

static const struct { const char *name, *heading; } parts[WORKLIST_PART_COUNT] = {
	[WORKLIST_SOON] = { "soon", N_("Ring strax: du har skickat sms") },
	[WORKLIST_DECLINED] = { "declined", N_("Ingen tog över: kvar hos dig") },
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
	return part != WORKLIST_DECLINED && part != WORKLIST_OFFERED &&
	    part != WORKLIST_CONFIRM && part != WORKLIST_REMIND && part != WORKLIST_SHARED;
}

/* The text for an attempt that did not reach the person. */
static const char *
attempt_text(enum act act)
{
	switch (act) {
	case ACT_NO_ANSWER:
		return N_("Inget svar {when}");
	case ACT_LEFT_MESSAGE:
		return N_("Meddelande lämnat {when}");
	case ACT_OTHER_ANSWERED:
		return N_("Någon annan svarade {when}");
	case ACT_TEXTED:
		return N_("Sms skickat {when}");
	case ACT_LETTER:
		return N_("Brev skickat {when}");
	case ACT_VISIT:
		return N_("Besök gjort {when}");
	case ACT_HELPER:
		return N_("Ni pratade med den som hjälpte till {when}");
	default:
		return N_("Fel nummer {when}: leta efter ett annat");
	}
}

static const char *
follow_text(unsigned outcomes, const char *else_text)
{
	const unsigned work = 1U << OUTCOME_WORK, studies = 1U << OUTCOME_STUDIES;

	switch (outcomes & (work | studies)) {
	case 1U << OUTCOME_WORK:
		return N_("Uppföljning efter jobb");
	case 1U << OUTCOME_STUDIES:
		return N_("Uppföljning efter studier");
	case 0:
		return else_text;
	default:
		return N_("Uppföljning efter jobb och studier");
	}
}

/*
 * Returns the reason by due time; NULL: the due day says it. {when} is the moment when it was
 * set.
 */
static const char *
due_text(const struct worklist_row *row)
{
	switch (row->cause) {
	case ACT_NO_ANSWER:
	case ACT_LEFT_MESSAGE:
	case ACT_OTHER_ANSWERED:
	case ACT_TEXTED:
	case ACT_WRONG_NUMBER:
	case ACT_LETTER:
	case ACT_VISIT:
	case ACT_HELPER:
		return row->number_new ? N_("Nytt nummer efter fel nummer: ring") :
		    attempt_text(row->cause);
	case ACT_ANNOUNCED:
		return N_("Sms skickat {when}: du skrev att du ringer om tio minuter");
	case ACT_REACHED:
	case ACT_RANG_BACK:
		return follow_text(row->row.outcomes, N_("Ni hördes {when}"));
	case ACT_FOLLOW:
	case ACT_BEGIN:
		return follow_text(row->row.outcomes, N_("Nästa kontakt, bestämd {when}"));
	case ACT_PARK:
		return row->part == WORKLIST_PARKED ? NULL : N_("Parkerad");
	case ACT_REOPEN:
		return N_("Öppnat igen {when}");
	default:
		return NULL;	/* the promise, as of every other row */
	}
}

static const char *
text_of(const struct worklist_row *row)
{
	switch (row->part) {
	case WORKLIST_DECLINED:
		return row->declined == ACT_RETURN ?
		    N_("{to} tackade nej till att ta över: läs varför") :
		    N_("{to} svarade inte på erbjudandet: ärendet är kvar hos dig");
	case WORKLIST_OFFERED:
		return N_("Erbjuden av {queue} till {until}");
	case WORKLIST_CONFIRM:
		return N_("{who} vill avsluta: väntar på ett ja från en kollega");
	case WORKLIST_REMIND:
		return N_("Fyller snart 20: vem tar över efter KAA?");
	case WORKLIST_SHARED:
		return N_("Ni deltar tillsammans med {queue}");
	default:
		return due_text(row);
	}
}

/* Adds to the reason, which may be NULL, that the holder is absent. */
static const char *
away_text(struct request *x, const struct worklist_row *row, const char *reason)
{
	const struct text_argument arguments[] = { { "reason", reason }, { "who", row->holder } };
	const char *message = row->stands_in ? N_("{reason} – i stället för {who}") :
	    N_("{reason} – {who} är borta, och ingen ersätter");
	struct buffer out = { 0 };

	if (!row->stands_in && !row->unattended)
		return reason;
	if (reason == NULL)
		message = row->stands_in ? N_("I stället för {who}") :
		    N_("{who} är borta, och ingen ersätter");
	text_fill(&out, x->language, text(x->language, message), arguments, COUNT_OF(arguments));
	return arena_take(x, &out);
}

static const char *
reason_of(struct request *x, const struct worklist_row *row)
{
	const struct config_queue *queue = config_queue(&site.config, row->row.queue);
	const struct text_argument arguments[] = {
		{ "when", staff_when(x, row->cause_at) },
		{ "until", staff_when(x, row->key) },
		{ "queue", queue != NULL ? queue->name : row->row.queue },
		{ "who", row->asker },
		{ "to", row->part != WORKLIST_DECLINED ? "" : staff_queue_name(x, row->declined_by) },
	};
	const char *message = text_of(row);
	struct buffer out = { 0 };

	if (message == NULL)
		return away_text(x, row, NULL);
	text_fill(&out, x->language, text(x->language, message), arguments, COUNT_OF(arguments));
	return away_text(x, row, arena_take(x, &out));
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
	view->reason = reason_of(x, listed);
	if (act_has(listed->cause, ACT_IS_ATTEMPT) && !act_has(listed->cause, ACT_IS_OTHER_WAY))
		view->window.word = word_of(&words_window, half_of(row->due_at));
	view->mine = listed->mine && !listed->stands_in;
	view->holder = !view->mine && listed->holder[0] != '\0' ? listed->holder : NULL;
	if (listed->name[0] == '\0')
		return;
	view->name = listed->name;
	if (view->interpreter)
		view->language = staff_language(x, listed->language);
	view->instead = instead(listed);
	view->contact = word_of(&words_contact, (int)listed->contact);
	/* An answer is read first. */
	if (listed->phone[0] == '\0' || listed->part == WORKLIST_DECLINED)
		return;
	view->phone = staff_phone(x, listed->phone);
	view->tel = arena_format(x, "tel:%s", listed->phone);
	if (listed->text_first && lifecycle_offers(row->state, ACT_TEXTED, ACTOR_HOLDER))
		view->text = texts_possible(&site.config) ? arena_format(x, "/staff/case/%s/text",
		    reference) : arena_format(x, "sms:%s", listed->phone);
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
		view->day = staff_clock(x, due_at);
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
size_t
queue_fill_groups(struct request *x, const struct worklist *worklist, struct queue_group_view *groups)
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
