/* Absences of the reader and of colleagues. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/people.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_people.h"
#include "server/server.h"
#include "staff/people.h"
#include "staff/staff.h"
#include "text/text.h"

static const struct absence *
absence_of(const struct absences *all, const char *user)
{
	for (size_t i = 0; i < all->count; i++) {
		if (strcmp(all->absence[i].user, user) == 0)
			return &all->absence[i];
	}
	return NULL;
}

static void
fill_absence(struct request *x, struct absence_view *view, const struct absence *absence)
{
	view->from = staff_day(x, absence->row.from_day);
	view->to = staff_day(x, absence->row.to_day);
	view->deputy = absence->deputy[0] == '\0' ? NULL : arena_format(x, "%s", absence->deputy);
	view->deputy_away = absence->deputy_away;
	view->unattended = absence->load.unattended;
	view->overdue = absence->load.overdue;
}

/*
 * Whether the form that came back is about this colleague's absence; user NULL: about the
 * reader's.
 */
static bool
was_typed(const struct request *x, const char *user)
{
	const char *typed = form_value(&x->form, "user");

	if (form_value(&x->form, "from") == NULL)
		return false;
	return user == NULL ? typed == NULL : typed != NULL && strcmp(typed, user) == 0;
}

/*
 * Fills the form for a colleague, or for the reader when user is NULL: as it was typed, or
 * as the absence is registered. The caller fills in the possible deputies.
 */
static void
fill_form(struct request *x, struct absence_form_view *view, const char *user,
    const struct absence *absence)
{
	view->token = staff_form_token(x);
	view->user = user == NULL ? NULL : arena_format(x, "%s", user);
	view->id = user == NULL ? "me" : view->user;
	view->may_be_nobody = x->identity.role == ROLE_LEAD;
	view->from = staff_date(x, absence != NULL ? absence->row.from_day : day_of(x->now));
	view->to = absence != NULL && absence->row.to_day != 0 ?
	    staff_date(x, absence->row.to_day) : "";
	if (!was_typed(x, user))
		return;
	view->from = form_value(&x->form, "from");
	view->to = form_value(&x->form, "to");
}

static void
mark_chosen(const struct request *x, const struct absence_form_view *form,
    struct absence_choice_view *choice, const struct absence *absence)
{
	const char *typed = form_value(&x->form, "deputy");

	if (was_typed(x, form->user))
		choice->chosen = typed != NULL && strcmp(typed, choice->user) == 0;
	else
		choice->chosen = absence != NULL && strcmp(absence->deputy_user, choice->user) == 0;
}

static void
fill_choices(struct request *x, struct absence_form_view *form, const struct absences *all,
    const struct absence *own)
{
	struct absence_choice_view *choices = arena_array(x, all->choices_count + 1,
	    sizeof(*choices));

	for (size_t i = 0; i < all->choices_count; i++) {
		choices[i].user = arena_format(x, "%s", all->choice[i].user);
		choices[i].name = arena_format(x, "%s", all->choice[i].name);
		mark_chosen(x, form, &choices[i], own);
	}
	form->choices = choices;
	form->choices_count = all->choices_count;
}

void
absence_colleague_fill(struct request *x, struct colleague_view *view,
    const struct colleague *colleague, const struct absences *away)
{
	const struct absence *absence = absence_of(away, colleague->account.user);
	struct absence_view *one = arena_array(x, 1, sizeof(*one));

	view->away = one;
	view->away_count = absence != NULL;
	if (absence != NULL)
		fill_absence(x, one, absence);
}

/* Fills a colleague, and the form by which a lead registers their absence. */
static void
fill_colleague(struct request *x, struct colleague_view *view, const struct colleague *colleague,
    const struct colleagues *all, const struct absences *away)
{
	const struct absence *absence = absence_of(away, colleague->account.user);
	struct absence_choice_view *choices = arena_array(x, all->count, sizeof(*choices));
	struct absence_form_view *form = &view->absence_form;

	absence_colleague_fill(x, view, colleague, away);
	view->token = staff_form_token(x);
	view->user = arena_format(x, "%s", colleague->account.user);
	view->name = arena_format(x, "%s", colleague->account.name);
	view->may_be_away = colleague->may_be_away;
	view->away_typed = was_typed(x, view->user);
	fill_form(x, form, view->user, absence);
	for (size_t i = 0; i < all->count; i++) {
		if (!absence_may_deputise(&all->colleague[i], colleague))
			continue;
		choices[form->choices_count].user = arena_format(x, "%s",
		    all->colleague[i].account.user);
		choices[form->choices_count].name = arena_format(x, "%s",
		    all->colleague[i].account.name);
		mark_chosen(x, form, &choices[form->choices_count++], absence);
	}
	form->choices = choices;
}

/* Fills in the colleagues for whom the reader stands in. */
static void
fill_others(struct request *x, struct absence_own_view *view, const struct absences *all)
{
	struct absence_other_view *others = arena_array(x, all->count + 1, sizeof(*others));

	for (size_t i = 0; i < all->count; i++) {
		const struct absence *absence = &all->absence[i];

		if (absence->row.deputy != x->identity.account)
			continue;
		others[view->others_count++] = (struct absence_other_view){
			.name = arena_format(x, "%s", absence->name),
			.from = staff_day(x, absence->row.from_day),
			.to = staff_day(x, absence->row.to_day),
		};
	}
	view->others = others;
}

static void
fill_own(struct request *x, struct absence_own_view *view, const struct absences *all,
    const char *fault)
{
	struct absence_view *own = arena_array(x, 1, sizeof(*own));
	const struct absence *absence = absence_of(all, x->identity.user);

	view->token = staff_form_token(x);
	view->fault = fault;
	view->own = own;
	view->own_count = absence != NULL;
	if (absence != NULL)
		fill_absence(x, own, absence);
	fill_form(x, &view->form, NULL, absence);
	fill_choices(x, &view->form, all, absence);
	fill_others(x, view, all);
}

/* Shows the page; `fault`, a msgid or NULL, is of the form that was posted. */
static void
show(struct request *x, struct work *work, int status, const char *fault)
{
	const bool own = form_value(&x->form, "user") == NULL;
	struct absences_view view = { .colleagues_count = 0 };
	struct colleague_view *rows;
	struct absences away = { 0 };
	struct colleagues all;

	if (colleagues_read(work, &all) == -1 || absences_read(work, &away) == -1) {
		absences_free(&away);
		colleagues_free(&all);
		staff_failed(x, &work->error);
		return;
	}
	rows = arena_array(x, all.count + 1, sizeof(*rows));
	for (size_t i = 0; i < all.count; i++) {
		const struct colleague *colleague = &all.colleague[i];

		if (colleague->account.number != x->identity.account &&
		    (colleague->may_be_away || absence_of(&away, colleague->account.user) != NULL))
			fill_colleague(x, &rows[view.colleagues_count++], colleague, &all, &away);
	}
	view.colleagues = rows;
	fill_own(x, &view.own, &away, own ? fault : NULL);
	absences_free(&away);
	colleagues_free(&all);
	staff_frame(x, &view.frame, N_("Frånvaro"), "colleagues");
	if (!own && fault != NULL) {
		view.frame.notice = fault;
		view.frame.notice_bad = true;
	}
	x->status = status;
	page_absences(&x->body, x->language, &view);
}

static void
staff_absences(struct request *x, struct work *work)
{
	show(x, work, 200, NULL);
}

int
overview_absences(struct request *x, struct work *work, struct overview_absences_view *view)
{
	struct absence_row_view *rows;
	struct absences all;
	int result = absences_read(work, &all);

	rows = arena_array(x, all.count + 1, sizeof(*rows));
	for (size_t i = 0; result == 0 && i < all.count; i++) {
		rows[i].name = arena_format(x, "%s", all.absence[i].name);
		fill_absence(x, &rows[i].absence, &all.absence[i]);
	}
	view->rows = rows;
	view->rows_count = result == 0 ? all.count : 0;
	absences_free(&all);
	return result;
}

static const char *
refusal(enum absence_verdict verdict)
{
	switch (verdict) {
	case ABSENCE_GONE:
		return N_("Det går inte längre: kontot eller frånvaron finns inte kvar.");
	case ABSENCE_DAYS:
		return N_("Välj en första dag inom ett år. Den sista får inte vara före den första "
		    "eller ha varit redan.");
	case ABSENCE_NOBODY:
		return N_("Välj vem som ersätter dig. Finns det ingen: be en ledare lägga in "
		    "frånvaron.");
	case ABSENCE_DEPUTY:
		return N_("Det kontot kan inte ersätta någon. Välj en annan kollega.");
	case ABSENCE_APART:
		return N_("Den kollegan har ingen kö gemensam med den som är borta, och kan inte "
		    "öppna ärendena. Välj en annan, eller ge kön först.");
	case ABSENCE_AWAY:
		return N_("Den kollegan är också borta någon av dagarna. Välj en annan.");
	default:
		return N_("Det får du inte göra för det kontot.");
	}
}

/* Answers on the page of absences, with a notice or with the reason of the refusal. */
static void
answer(struct request *x, struct work *work, int result, enum absence_verdict verdict,
    const char *done)
{
	if (result == -1)
		staff_failed(x, &work->error);
	else if (verdict == ABSENCE_OK)
		request_redirect(x, "/staff/absence?notice=%s", done);
	else
		show(x, work, verdict == ABSENCE_ROLE ? 403 : 422, verdict == ABSENCE_DAYS ?
		    staff_odd_day(x, refusal(verdict)) : refusal(verdict));
}

/* Reads a day; "" is 0. */
static bool
read_day(const char *written, int32_t *day)
{
	*day = 0;
	return written == NULL || written[0] == '\0' || text_input_day(written, day) == 0;
}

static void
staff_absence(struct request *x, struct work *work)
{
	struct absence_wish wish = {
		.user = form_value(&x->form, "user"),
		.deputy = form_value(&x->form, "deputy")
	};
	enum absence_verdict verdict = ABSENCE_DAYS;
	int result = 0;

	if (read_day(form_value(&x->form, "from"), &wish.from_day) &&
	    read_day(form_value(&x->form, "to"), &wish.to_day))
		result = absence_begin(work, &wish, &verdict);
	answer(x, work, result, verdict, "away");
}

static void
staff_absence_end(struct request *x, struct work *work)
{
	enum absence_verdict verdict;
	int result = absence_end(work, form_value(&x->form, "user"), &verdict);

	answer(x, work, result, verdict, "back");
}

const struct route staff_people_absence_routes[] = {
	{ METHOD_GET, "/staff/absence", CALLERS, WORKER_SLOW, staff_absences, { NULL } },
	{ METHOD_POST, "/staff/absence", CALLERS, WORKER_SLOW, staff_absence,
	    { "user", "from", "to", "deputy" } },
	{ METHOD_POST, "/staff/absence/end", CALLERS, WORKER_SLOW, staff_absence_end, { "user" } },
	{ .path = NULL }
};
