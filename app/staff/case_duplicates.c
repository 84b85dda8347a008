/* Likely duplicates on a case's page, and their links. */
#include <string.h>

#include "base/base.h"
#include "flow/case.h"
#include "flow/work.h"
#include "render/view_case.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

int
staff_duplicates_fill(struct request *x, struct work *work, struct case_view *view,
    const struct casefile *file)
{
	struct repeat_view *others;
	struct repeats repeats;
	char reference[14];

	if (duplicates_read(work, &repeats, x->number, file->opened) == -1)
		return -1;
	others = arena_array(x, repeats.count + 1, sizeof(*others));
	for (size_t i = 0; i < repeats.count; i++) {
		const struct case_row *row = &repeats.others[i].row;

		number_text(row->number, reference);
		others[i].reference = arena_format(x, "%s", reference);
		others[i].href = arena_format(x, "/staff/case/%s", reference);
		others[i].linked = repeats.others[i].linked;
		others[i].closed = row->closed_at != 0;
		others[i].day = staff_when(x, others[i].closed ? row->closed_at : row->received_at);
	}
	view->repeats.others = others;
	view->repeats.others_count = repeats.count;
	view->repeats.can_link = lifecycle_offers(file->row.state, ACT_LINK, file->actor);
	return 0;
}

/* That nothing could be looked for hinders nobody from ringing. */
static void
look_and_show(struct request *x, struct work *work)
{
	if (duplicates_look(work, x->number) == FAILED)
		log_line(LOG_LINE_ERROR, "repeats: %s", work->error.text);
	staff_case_show(x, work, 200, NULL, NULL);
}

static void
show(struct request *x, struct work *work)
{
	staff_case_show(x, work, 200, NULL, NULL);
}

static void
staff_case(struct request *x, struct work *work)
{
	switch (duplicates_due(work, x->number)) {
	case FOUND:
		request_slowly(x, look_and_show, show);
		break;
	case ABSENT:
		show(x, work);
		break;
	case FAILED:
		staff_failed(x, &work->error);
		break;
	}
}

/* What each button says, and the notice of what it did. */
static const struct { const char *is, *notice; } presses[] = {
	[DUPLICATES_LINK] = { "same", "link" },
	[DUPLICATES_PART] = { "apart", "apart" },
	[DUPLICATES_UNLINK] = { "unlink", "unlink" },
};

/* The other case that was pressed for; 0, which is none, of a press that is none. */
static int64_t
pressed(const struct request *x, enum duplicates_press *press)
{
	const char *is = form_value(&x->form, "is"), *other = form_value(&x->form, "other");
	int64_t number;

	for (unsigned i = 0; is != NULL && other != NULL && i < COUNT_OF(presses); i++) {
		if (strcmp(is, presses[i].is) != 0)
			continue;
		*press = i;
		return number_parse(other, &number) == 0 ? number : 0;
	}
	return 0;
}

static void
staff_link(struct request *x, struct work *work)
{
	enum lifecycle_verdict verdict = LIFECYCLE_STATE;
	enum duplicates_press press = DUPLICATES_LINK;
	const int64_t other = pressed(x, &press);
	enum answer answer;
	char reference[14];

	answer = duplicates_press(work, press, x->number, other, &verdict);
	if (answer == FAILED) {
		staff_failed(x, &work->error);
	} else if (answer == ABSENT) {
		staff_absent(x);
	} else if (verdict != LIFECYCLE_OK) {
		staff_case_show(x, work, 409,
		    N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan."),
		    NULL);
	} else {
		number_text(x->number, reference);
		request_redirect(x, "/staff/case/%s?notice=%s", reference, presses[press].notice);
	}
}

const struct route staff_case_duplicates_routes[] = {
	{ METHOD_GET, "/staff/case/#", CALLERS, WORKER_STAFF, staff_case, { "notice" } },
	{ METHOD_POST, "/staff/case/#/link", CALLERS, WORKER_STAFF, staff_link, { "other", "is" } },
	{ .path = NULL }
};
