/* Colleagues: the list, and what a colleague may do to another. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/people.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_people.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/people.h"
#include "staff/staff.h"
#include "text/text.h"

/* the queue's id follows; one field for each ticked queue */
#define QUEUE_FIELD	"queue-"

static const char *
refusal(enum colleague_verdict verdict)
{
	switch (verdict) {
	case COLLEAGUE_GONE:
		return N_("Det går inte längre: kontot eller länken finns inte kvar.");
	case COLLEAGUE_QUEUE:
		return N_("Välj en kö som du själv arbetar i.");
	case COLLEAGUE_LAST:
		return N_("Det går inte än: då skulle ingen kunna läsa ärendena i en av köerna. "
		    "Ge först kön till någon mer.");
	case COLLEAGUE_ONLY:
		return N_("Det är den enda kön. Avaktivera kontot i stället.");
	default:
		return N_("Det får du inte göra för det kontot.");
	}
}

/*
 * Answers a refusal or a failure. True when the deed was done; the request is then not
 * answered.
 */
static bool
is_done(struct request *x, struct work *work, int result, enum colleague_verdict verdict,
    const struct error *error)
{
	if (result == -1)
		staff_failed(x, error);
	else if (verdict != COLLEAGUE_OK)
		staff_colleagues_show(x, work, verdict == COLLEAGUE_ROLE ? 403 : 409,
		    refusal(verdict), NULL);
	return result == 0 && verdict == COLLEAGUE_OK;
}

/* Returns a required field, "" when it is missing. */
static const char *
field(const struct request *x, const char *name)
{
	const char *value = form_value(&x->form, name);

	return value == NULL ? "" : value;
}

static void
show_link(struct request *x, struct work *work, char token[SEAL_TOKEN_SIZE],
    const char *restores)
{
	const struct fresh_link link = { token, restores };

	staff_colleagues_show(x, work, 200, NULL, &link);
	seal_wipe(token, SEAL_TOKEN_SIZE);
}

/*
 * Fills in the ticked queues and returns their number; `queues` has room for
 * FORM_FIELDS_MAX.
 */
static size_t
ticked(const struct request *x, const char *queues[])
{
	size_t count = 0;

	for (size_t i = 0; i < x->form.count; i++) {
		if (strncmp(x->form.fields[i].name, QUEUE_FIELD, strlen(QUEUE_FIELD)) == 0)
			queues[count++] = x->form.fields[i].name + strlen(QUEUE_FIELD);
	}
	return count;
}

static void
staff_invite(struct request *x, struct work *work)
{
	const char *queues[FORM_FIELDS_MAX];
	int role = word_value(&words_role, form_value(&x->form, "role"));
	struct invitation_wish wish = { .queues = queues };
	enum colleague_verdict verdict = COLLEAGUE_ROLE;
	char token[SEAL_TOKEN_SIZE];
	int result = 0;

	wish.role = (enum role)role;
	wish.queues_count = ticked(x, queues);
	if (role != -1)
		result = invitation_issue(work, &wish, token, &verdict);
	if (is_done(x, work, result, verdict, &work->error))
		show_link(x, work, token, NULL);
}

static void
staff_restore(struct request *x, struct work *work)
{
	const char *user = field(x, "user");
	enum colleague_verdict verdict;
	char token[SEAL_TOKEN_SIZE];
	int result = restoration_issue(work, user, token, &verdict);

	if (is_done(x, work, result, verdict, &work->error))
		show_link(x, work, token, user);
}

static void
staff_withdraw(struct request *x, struct work *work)
{
	enum colleague_verdict verdict = COLLEAGUE_GONE;
	int64_t number;
	int result = 0;

	if (number_parse(field(x, "invitation"), &number) == 0)
		result = invitation_withdraw(work, number, &verdict);
	if (is_done(x, work, result, verdict, &work->error))
		request_redirect(x, "/staff/colleagues?notice=withdrawn");
}

static void
staff_join(struct request *x, struct work *work)
{
	enum colleague_verdict verdict;
	int result = colleague_join(work, field(x, "user"), field(x, "queue"), &verdict);

	if (is_done(x, work, result, verdict, &work->error))
		request_redirect(x, "/staff/colleagues?notice=joined");
}

static void
staff_part(struct request *x, struct work *work)
{
	enum colleague_verdict verdict;
	int result = colleague_part(work, field(x, "user"), field(x, "queue"), &verdict);

	if (is_done(x, work, result, verdict, &work->error))
		request_redirect(x, "/staff/colleagues?notice=parted");
}

static void
staff_deactivate(struct request *x, struct work *work)
{
	enum colleague_verdict verdict;
	int result = colleague_deactivate(work, field(x, "user"), &verdict);

	if (is_done(x, work, result, verdict, &work->error))
		request_redirect(x, "/staff/colleagues?notice=deactivated");
}

static void
staff_rotate(struct request *x, struct work *work)
{
	const char *queue = field(x, "queue");
	enum colleague_verdict verdict;
	int result = rotation_begin(work, queue, atoi(field(x, "generation")), &verdict);

	if (!is_done(x, work, result, verdict, &work->error))
		return;
	key_migration_after(x, work, queue);
	request_redirect(x, "/staff/colleagues?notice=rotated");
}

const struct queue_name_view *
queue_names(struct request *x, const struct queue_list *list, size_t *count)
{
	struct queue_name_view *names = arena_array(x, list->count + 1, sizeof(*names));

	for (size_t i = 0; i < list->count; i++) {
		const struct config_queue *queue = config_queue(&site.config, list->queue[i]);

		names[i].id = arena_format(x, "%s", list->queue[i]);
		names[i].name = queue != NULL ? queue->name : names[i].id;
	}
	*count = list->count;
	return names;
}

/*
 * Returns the queues of `from` that `other` has, or with `has` false those that it does not
 * have.
 */
static const struct queue_name_view *
names_of(struct request *x, const struct queue_list *from, const struct queue_list *other,
    bool has, size_t *count)
{
	size_t all;
	const struct queue_name_view *names = queue_names(x, from, &all);
	struct queue_name_view *kept = arena_array(x, all + 1, sizeof(*kept));

	*count = 0;
	for (size_t i = 0; i < all; i++) {
		if (queue_list_has(other, from->queue[i]) == has)
			kept[(*count)++] = names[i];
	}
	return kept;
}

static const struct queue_list *
own_queues(const struct request *x, const struct colleagues *all)
{
	static const struct queue_list none;

	for (size_t i = 0; i < all->count; i++) {
		if (all->colleague[i].account.number == x->identity.account)
			return &all->colleague[i].queues;
	}
	return &none;
}

static void
fill_colleague(struct request *x, struct colleague_view *view, const struct colleague *colleague,
    const struct queue_list *own)
{
	const struct account_row *account = &colleague->account;
	bool gives = x->identity.role == ROLE_LEAD && account->active &&
	    account->role != ROLE_ADMINISTRATOR;

	view->token = staff_form_token(x);
	view->user = arena_format(x, "%s", account->user);
	view->name = arena_format(x, "%s", account->name);
	view->role.word = word_of(&words_role, (int)account->role);
	view->active = account->active;
	view->me = account->number == x->identity.account;
	view->queues = queue_names(x, &colleague->queues, &view->queues_count);
	view->lost = queue_names(x, &colleague->lost, &view->lost_count);
	view->may_restore = colleague->may_restore;
	view->may_deactivate = colleague->may_deactivate;
	if (!gives)
		return;
	view->gifts = names_of(x, own, &colleague->queues, false, &view->gifts_count);
	if (colleague->queues.count > 1)
		view->partings = names_of(x, own, &colleague->queues, true,
		    &view->partings_count);
}

static void
fill_colleagues(struct request *x, struct colleagues_view *view, const struct colleagues *all,
    const struct queue_list *own, const struct absences *away)
{
	struct colleague_view *rows = arena_array(x, all->count + 1, sizeof(*rows));

	/* Active accounts come first. */
	for (int active = 1; active >= 0; active--) {
		for (size_t i = 0; i < all->count; i++) {
			if (all->colleague[i].account.active != (active == 1))
				continue;
			fill_colleague(x, &rows[view->colleagues_count], &all->colleague[i], own);
			absence_colleague_fill(x, &rows[view->colleagues_count++], &all->colleague[i],
			    away);
		}
	}
	view->colleagues = rows;
}

static void
fill_links(struct request *x, struct colleagues_view *view, const struct colleagues *all)
{
	struct open_link_view *rows = arena_array(x, all->invitations_count + 1,
	    sizeof(*rows));
	char number[14];

	for (size_t i = 0; i < all->invitations_count; i++) {
		const struct open_invitation *open = &all->invitation[i];
		struct open_link_view *row = &rows[i];

		number_text(open->row.number, number);
		row->number = arena_format(x, "%s", number);
		row->role.word = word_of(&words_role, (int)open->row.role);
		row->restores = open->name[0] == '\0' ? NULL : arena_format(x, "%s", open->name);
		row->inviter = arena_format(x, "%s", open->inviter);
		row->until = staff_when(x, open->row.expires_at);
		row->may_withdraw = open->may_withdraw;
		row->queues = queue_names(x, &open->queues, &row->queues_count);
	}
	view->links = rows;
	view->links_count = all->invitations_count;
}

#define KEYS_SHOWN	3	/* more of them are folded */

static void
fill_keys(struct request *x, struct colleagues_view *view, const struct colleagues *all)
{
	struct queue_key_view *rows = arena_array(x, all->queues_count + 1, sizeof(*rows));
	bool fold = all->queues_count > KEYS_SHOWN;

	for (size_t i = 0; i < all->queues_count; i++) {
		const struct queue_state *state = &all->queue[i];
		const struct config_queue *queue = config_queue(&site.config, state->queue);

		rows[i] = (struct queue_key_view){
			.token = staff_form_token(x),
			.id = arena_format(x, "%s", state->queue),
			.readers = state->readers,
			.generation = state->generation,
			.since = staff_when(x, state->since_at),
			.old = state->old,
			.replaces = state->old > 0 ? state->generation - 1 : state->generation,
			.may_rotate = state->mine && x->identity.role == ROLE_LEAD,
		};
		rows[i].name = queue != NULL ? queue->name : rows[i].id;
		fold = fold && state->readers > 1 && state->old == 0;
	}
	view->keys = rows;
	view->keys_count = all->queues_count;
	view->keys_folded = fold;
}

static void
fill_link(struct request *x, struct colleagues_view *view, const struct fresh_link *link)
{
	view->link = arena_format(x, "%s/staff/invitation/%s", site.config.base_url, link->token);
	view->link_until = staff_when(x, x->now + INVITATION_SECONDS);
	for (size_t i = 0; i < view->colleagues_count && link->restores != NULL; i++) {
		if (strcmp(view->colleagues[i].user, link->restores) == 0)
			view->link_for = view->colleagues[i].name;
	}
}

void
staff_colleagues_show(struct request *x, struct work *work, int status, const char *notice,
    const struct fresh_link *link)
{
	struct colleagues_view view = { 0 };
	const struct queue_list *own;
	struct absences away = { 0 };
	struct colleagues all;

	if (colleagues_read(work, &all) == -1 || absences_read(work, &away) == -1) {
		absences_free(&away);
		colleagues_free(&all);
		staff_failed(x, &work->error);
		return;
	}
	own = own_queues(x, &all);
	fill_colleagues(x, &view, &all, own, &away);
	fill_links(x, &view, &all);
	fill_keys(x, &view, &all);
	if (link != NULL)
		fill_link(x, &view, link);
	view.invite.token = staff_form_token(x);
	view.invite.administrator = x->identity.role == ROLE_ADMINISTRATOR;
	view.invite.queues = queue_names(x, own, &view.invite.queues_count);
	view.may_invite = view.invite.administrator ||
	    (x->identity.role == ROLE_LEAD && own->count > 0);
	absences_free(&away);
	colleagues_free(&all);
	staff_frame(x, &view.frame, N_("Kollegor"), "colleagues");
	if (notice != NULL && notice == refusal(COLLEAGUE_QUEUE) && view.may_invite &&
	    strcmp(x->path, "/staff/colleagues/invite") == 0) {
		view.invite.fault = notice;
	} else if (notice != NULL) {
		view.frame.notice = notice;
		view.frame.notice_bad = true;
	}
	if (x->identity.role != ROLE_ADMINISTRATOR)
		view.absence_href = "/staff/absence";
	x->status = status;
	page_colleagues(&x->body, x->language, &view);
}

static void
staff_colleagues(struct request *x, struct work *work)
{
	staff_colleagues_show(x, work, 200, NULL, NULL);
}

const struct route staff_people_routes[] = {
	{ METHOD_GET, "/staff/colleagues", EVERY, WORKER_SLOW, staff_colleagues, { NULL } },
	{ METHOD_POST, "/staff/colleagues/invite", LEADERS, WORKER_SLOW, staff_invite,
	    { "role", "queue-*" } },
	{ METHOD_POST, "/staff/colleagues/restore", EVERY, WORKER_SLOW, staff_restore, { "user" } },
	{ METHOD_POST, "/staff/colleagues/withdraw", EVERY, WORKER_SLOW, staff_withdraw,
	    { "invitation" } },
	{ METHOD_POST, "/staff/colleagues/join", LEAD, WORKER_SLOW, staff_join, { "user", "queue" } },
	{ METHOD_POST, "/staff/colleagues/part", LEAD, WORKER_SLOW, staff_part, { "user", "queue" } },
	{ METHOD_POST, "/staff/colleagues/deactivate", LEADERS, WORKER_SLOW, staff_deactivate,
	    { "user" } },
	{ METHOD_POST, "/staff/colleagues/rotate", LEAD, WORKER_SLOW, staff_rotate,
	    { "queue", "generation" } },
	{ .path = NULL }
};
