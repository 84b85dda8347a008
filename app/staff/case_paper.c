/*
 * A case on paper, and the copy of all that is kept, which a person may ask for (GDPR, article
 * 15).
 */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_case.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* Paper is read from the beginning. */
static void
turn_notes(struct request *x, struct case_view *view)
{
	struct note_view *notes = arena_array(x, view->notes_count + 1, sizeof(*notes));

	for (size_t i = 0; i < view->notes_count; i++)
		notes[i] = view->notes[view->notes_count - 1 - i];
	view->notes = notes;
}

static void
turn_trail(struct request *x, struct case_view *view)
{
	struct trail_view *trail = arena_array(x, view->trail_count + 1, sizeof(*trail));

	for (size_t i = 0; i < view->trail_count; i++)
		trail[i] = view->trail[view->trail_count - 1 - i];
	view->trail = trail;
}

static void
fill_plan(struct request *x, struct case_view *view, const struct casefile *file)
{
	const struct follow_up *follow_up = &file->follow_up;
	struct planned_view *plan = arena_array(x, follow_up->plan_count + 1, sizeof(*plan));

	for (size_t i = 0; i < follow_up->plan_count; i++)
		plan[i] = (struct planned_view){
			period_date(x, follow_up->plan[i].at), follow_up->plan[i].done
		};
	view->following.plan = plan;
	view->following.plan_count = follow_up->plan_count;
	if (follow_up->reminder_at != 0)
		view->following.reminder = period_date(x, follow_up->reminder_at);
}

/* Fills the parts of the case's page for a reader who may do nothing, so that none has a form. */
static int
fill(struct request *x, struct work *work, struct case_paper_view *view,
    const struct casefile *file)
{
	struct case_view *page = &view->file;
	struct casefile seen = *file;

	seen.actor = 0;
	x->on_paper = true;
	case_view_fill(x, page, &seen, NULL);
	case_choices_fill(x, page, &seen);
	turn_notes(x, page);
	turn_trail(x, page);
	page->helper_tel = NULL;
	fill_plan(x, page, &seen);
	view->agreed = form_value(&file->submission, "agreed") != NULL;
	view->service = site.config.service_name;
	view->made = period_moment(x, x->now);
	view->made_by = x->identity.name;
	return handover_fill(x, work, page, &seen);
}

/* Logs that the reader takes the case along. False: the request has been answered. */
static bool
leave_trace(struct request *x, struct work *work, enum act act)
{
	struct callback_answer told = { .verdict = LIFECYCLE_OK };
	const enum answer answer = act == ACT_PRINT ? casefile_print(work, x->number) :
	    callback_do(work, &(struct callback){ .number = x->number, .act = act }, &told);

	/* The same press once more is the same act, whose file may not have arrived. */
	if (answer == FAILED && act == ACT_COPY && work->error.kind == ERROR_REPEATED)
		return true;
	if (answer == FAILED)
		staff_failed(x, &work->error);
	else if (answer == ABSENT || told.verdict != LIFECYCLE_OK)
		staff_absent(x);
	return answer == FOUND && told.verdict == LIFECYCLE_OK;
}

static void
show(struct request *x, struct work *work, const struct casefile *file, enum act act)
{
	struct case_paper_view view = { 0 };

	if (fill(x, work, &view, file) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	if (!leave_trace(x, work, act))
		return;
	if (act == ACT_PRINT) {
		view.back_href = view.file.base;
		x->scripted = true;
	} else {
		/* One file with its style, which any machine opens, reads aloud and prints. */
		x->type = "text/html; charset=utf-8";
		(void)snprintf(x->file, sizeof(x->file), "%s.html", view.file.reference);
	}
	x->status = 200;
	page_case_paper(&x->body, x->language, &view);
}

static void
take(struct request *x, struct work *work, enum act act)
{
	struct casefile file;

	switch (casefile_read(work, &file, x->number)) {
	case FOUND:
		break;
	case ABSENT:
		staff_absent(x);
		return;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		return;
	}
	if (file.opened && lifecycle_offers(file.row.state, act, file.actor))
		show(x, work, &file, act);
	else
		staff_case_show(x, work, 409, N_("Bara den som har ärendet kan göra det."), NULL);
	casefile_free(&file);
}

static void
staff_case_print(struct request *x, struct work *work)
{
	take(x, work, ACT_PRINT);
}

static void
staff_case_copy(struct request *x, struct work *work)
{
	take(x, work, ACT_COPY);
}

const struct route staff_case_paper_routes[] = {
	{ METHOD_GET, "/staff/case/#/print", CALLERS, WORKER_STAFF, staff_case_print, { NULL } },
	{ METHOD_POST, "/staff/case/#/copy", CALLERS, WORKER_STAFF, staff_case_copy, { NULL } },
	{ .path = NULL }
};
