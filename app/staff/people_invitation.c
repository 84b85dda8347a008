/* The page that a one-time link opens. */
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

/* Returns the secret part of the link, which is the end of its address. */
static const char *
token_of(const struct request *x)
{
	return strrchr(x->path, '/') + 1;
}

/*
 * Answers for a link that cannot be used; the page does not tell whether it is used,
 * withdrawn, expired or mistyped.
 */
static void
answer_gone(struct request *x)
{
	staff_problem(x, 404, N_("Länken gäller inte längre"),
	    N_("Den kan vara använd, ha tagits tillbaka eller ha blivit för gammal. "
	    "Be den som gav dig länken om en ny."));
}

static void
fill_fault(struct request *x, struct invitation_view *view, enum colleague_verdict verdict)
{
	switch (verdict) {
	case COLLEAGUE_USER:
		view->user.fault = staff_unusable(x, view->user.value,
		    N_("Skriv ett användarnamn med små bokstäver a–z, siffror, punkt eller "
		    "bindestreck. Det börjar med en bokstav."));
		break;
	case COLLEAGUE_TAKEN:
		view->user.fault = N_("Användarnamnet är upptaget. Välj ett annat.");
		break;
	case COLLEAGUE_NAME:
		view->name.fault = staff_unusable(x, view->name.value,
		    N_("Skriv ditt namn, högst 80 tecken."));
		break;
	default:
		break;
	}
}

static const char *
field(const struct request *x, const char *name)
{
	const char *value = form_value(&x->form, name);

	return value == NULL ? "" : value;
}

static const char *
passphrase_fault(const struct request *x, const struct invitation *invitation)
{
	bool is_new = invitation->user[0] == '\0';

	return staff_passphrase_fault(passphrase_judge(&site.config, field(x, "passphrase"),
	    is_new ? field(x, "user") : invitation->user,
	    is_new ? field(x, "name") : invitation->name));
}

/* Shows the form, with the fault of the verdict if there is one. */
static void
show(struct request *x, struct work *work, int status, enum colleague_verdict verdict)
{
	struct invitation_view view = {
		.user.value = form_value(&x->form, "user"),
		.name.value = form_value(&x->form, "name"),
	};
	struct invitation invitation;

	switch (invitation_look(work, &invitation, token_of(x))) {
	case FOUND:
		break;
	case ABSENT:
		answer_gone(x);
		return;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		return;
	}
	fill_fault(x, &view, verdict);
	view.inviter = invitation.inviter;
	if (invitation.user[0] != '\0') {
		view.restores = invitation.name;
		view.restores_user = invitation.user;
	}
	if (verdict == COLLEAGUE_PASSPHRASE)
		view.passphrase.fault = passphrase_fault(x, &invitation);
	view.role.word = word_of(&words_role, (int)invitation.role);
	view.queues = queue_names(x, &invitation.queues, &view.queues_count);
	view.until = staff_when(x, invitation.expires_at);
	staff_frame(x, &view.frame, view.restores != NULL ? N_("Välj en ny lösenfras") :
	    N_("Välkommen"), "");
	view.refused = verdict != COLLEAGUE_OK;
	x->status = status;
	/* The browser shows it on Back, instead of asking whether to send the form again. */
	x->revisited = x->scripted = view.refused;
	page_invitation(&x->body, x->language, &view);
	invitation_free(&invitation);
}

static void
staff_invitation(struct request *x, struct work *work)
{
	show(x, work, 200, COLLEAGUE_OK);
}

static void
staff_accept(struct request *x, struct work *work)
{
	const struct acceptance acceptance = {
		.user = field(x, "user"),
		.name = field(x, "name"),
		.passphrase = field(x, "passphrase"),
	};
	enum colleague_verdict verdict;

	if (invitation_accept(work, token_of(x), &acceptance, &verdict) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	switch (verdict) {
	case COLLEAGUE_OK:
		/* Ends the browser's session, which may belong to another account. */
		request_cookie(x, "");
		request_redirect(x, "/staff?notice=welcome");
		break;
	case COLLEAGUE_GONE:
		answer_gone(x);
		break;
	case COLLEAGUE_LAST:
		staff_problem(x, 409, N_("Det går inte än"),
		    N_("I en av dina köer kan ingen annan läsa ärendena. "
		    "Be ledaren hämta återställningsnyckeln."));
		break;
	default:
		show(x, work, 422, verdict);
		break;
	}
}

const struct route staff_people_invitation_routes[] = {
	{ METHOD_GET, "/staff/invitation/*", 0, WORKER_STAFF, staff_invitation, { NULL } },
	{ METHOD_POST, "/staff/invitation/*", 0, WORKER_SLOW, staff_accept,
	    { "user", "name", "passphrase" } },
	{ .path = NULL }
};
