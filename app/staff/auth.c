/*
 * Signing in and out, the second step of a sign-in, the reader's own passphrase and
 * sessions; /health.
 */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/render.h"
#include "render/view.h"
#include "render/view_people.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/people.h"
#include "staff/staff.h"
#include "text/text.h"

/* The page that was asked for before the sign-in; NULL: none, or not for that role. */
static const char *
next_page(const struct request *x, enum role role)
{
	const char *next = form_value(x->method == METHOD_POST ? &x->form : &x->query, "next");

	return staff_page_is(next, role) ? next : NULL;
}

/* Leads to the page that was asked for, or to the first of the reader's role. */
static void
let_in(struct request *x)
{
	const char *next = next_page(x, x->identity.role);

	request_redirect(x, "%s", x->identity.must_enrol ? "/staff/me/factor" :
	    next != NULL ? next :
	    x->identity.role == ROLE_ADMINISTRATOR ? "/staff/overview" : "/staff/queue");
}

/* In the address to which a sign-in leads, so that it is known when its cookie does not come along. */
#define SIGNED_IN	"signed-in"

/*
 * Whether the browser has just signed in and did not keep the cookie. That the passphrase was
 * right was told by the redirect already, and whoever types this address learns nothing.
 */
static bool
lost_cookie(const struct request *x)
{
	const char *notice = form_value(&x->query, "notice");

	return notice != NULL && strcmp(notice, SIGNED_IN) == 0 && x->cookie[0] == '\0';
}

/* Leads to a page of the sign-in, which leads on to the page that was asked for. */
static void
lead_on(struct request *x, const char *path)
{
	const char *next = next_page(x, ROLE_COUNT);
	struct buffer escaped = { 0 };

	escape_query(&escaped, next);
	request_redirect(x, "%s?notice=" SIGNED_IN "%s%s", path, next != NULL ? "&next=" : "",
	    buffer_string(&escaped));
	buffer_free(&escaped);
}

static void
show_door(struct request *x, int status, const char *fault, int64_t wait)
{
	struct sign_in_view view = {
		.user = form_value(&x->form, "user"),
		.next = next_page(x, ROLE_COUNT),
		.fault = fault,
		.wait = wait,
	};

	x->status = status;
	x->revisited = x->scripted = x->method == METHOD_POST;
	staff_frame(x, &view.frame, N_("Logga in"), "");
	staff_notice(&view.frame, form_value(&x->query, "notice"));
	if (lost_cookie(x)) {
		view.frame.notice = N_("Webbläsaren sparade inte inloggningen. Tillåt kakor för den här "
		    "adressen, kontrollera att den börjar på https och logga in igen.");
		view.frame.notice_bad = true;
	}
	page_sign_in(&x->body, x->language, &view);
}

static void
staff_sign_in_page(struct request *x, struct work *work)
{
	switch (identity_of(work, x->cookie, true, &x->identity)) {
	case FOUND:
		key_migration_after(x, work, NULL);
		let_in(x);
		break;
	case ABSENT:
		show_door(x, 200, NULL, 0);
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
}

static void
staff_sign_in(struct request *x, struct work *work)
{
	struct signin_try try = {
		.user = form_value(&x->form, "user"),
		.passphrase = form_value(&x->form, "passphrase"),
		.browser = x->browser,
	};
	struct signin_answer answer;

	if (try.user == NULL || *try.user == '\0' ||
	    try.passphrase == NULL || *try.passphrase == '\0') {
		show_door(x, 422, N_("Skriv både användarnamn och lösenfras."), 0);
		return;
	}
	memcpy(try.source, x->source, sizeof(try.source));
	switch (signin(work, &try, &answer)) {
	case FOUND:
		request_cookie(x, answer.cookie);
		request_remember(x, answer.browser);
		lead_on(x, answer.half ? "/staff/code" : "/staff");
		break;
	case ABSENT:
		show_door(x, answer.wait_seconds > 0 ? 429 : 403,
		    N_("Användarnamnet eller lösenfrasen stämmer inte."), answer.wait_seconds);
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
	seal_wipe(&answer, sizeof(answer));
}

static void
staff_sign_out(struct request *x, struct work *work)
{
	if (signout(work) != 0) {
		staff_failed(x, &work->error);
		return;
	}
	request_cookie(x, "");
	request_redirect(x, "/staff?notice=out");
}

static void
web_health(struct request *x, struct work *work)
{
	/* The answer does not tell why the database cannot be read. */
	x->type = "text/plain; charset=utf-8";
	x->status = work_probe(work) == 0 ? 200 : 503;
	buffer_text(&x->body, x->status == 200 ? "ok\n" : "unavailable\n");
	if (form_value(&x->query, "workers") != NULL)
		timer_tell(&x->body);
}

static void
show(struct request *x, int status, const char *fault, int64_t wait)
{
	struct code_view view = {
		.fault = fault,
		.wait = wait,
		.next = next_page(x, ROLE_COUNT),
		.token = x->identity.session.form_token,
	};

	x->status = status;
	x->revisited = x->scripted = x->method == METHOD_POST;
	/* A half session has no menu, because nobody is signed in yet. */
	staff_frame_stranger(x, &view.frame, N_("Skriv koden"));
	page_code(&x->body, x->language, &view);
}

static void
begin_anew(struct request *x)
{
	staff_problem(x, 403, N_("Logga in en gång till"),
	    N_("Koden ska skrivas inom fem minuter, och den får bli fel högst fem gånger. "
	    "Ingenting har ändrats."));
}

/* Reads the half session. False: the request has been answered. */
static bool
admit_half(struct request *x, struct work *work)
{
	switch (identity_half(work, x->cookie, &x->identity)) {
	case FOUND:
		return true;
	case FAILED:
		staff_failed(x, &work->error);
		return false;
	case ABSENT:
	default:
		if (x->method == METHOD_GET)
			staff_sign_in_for(x, lost_cookie(x) ? SIGNED_IN : "in",
			    next_page(x, ROLE_COUNT));
		else
			begin_anew(x);
		return false;
	}
}

static void
staff_code(struct request *x, struct work *work)
{
	if (admit_half(x, work))
		show(x, 200, NULL, 0);
}

static void
staff_code_check(struct request *x, struct work *work)
{
	const char *code = form_value(&x->form, "code");
	struct signin_try try = { .browser = x->browser };
	struct signin_answer answer;

	if (!admit_half(x, work))
		return;
	if (!session_token_right(&x->identity.session, form_value(&x->form, "token"))) {
		staff_problem(x, 403, N_("Sidan var för gammal"),
		    N_("Gå tillbaka, ladda om sidan och gör om det. Ingenting har ändrats."));
		return;
	}
	if (code == NULL || *code == '\0') {
		show(x, 422, N_("Skriv koden som appen visar."), 0);
		return;
	}
	memcpy(try.source, x->source, sizeof(try.source));
	switch (signin_code(work, code, &try, &answer)) {
	case FOUND:
		request_remember(x, answer.browser);
		lead_on(x, "/staff");
		break;
	case ABSENT:
		if (answer.ended)
			begin_anew(x);
		else
			show(x, answer.wait_seconds > 0 ? 429 : 403, N_("Koden stämmer inte. "
			    "Vänta tills appen visar en ny och skriv den."), answer.wait_seconds);
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
	seal_wipe(&answer, sizeof(answer));
}

#define SESSIONS_MAX	50

static int
fill_sessions(struct request *x, struct work *work, struct me_view *view)
{
	struct session_seen *seen = arena_array(x, SESSIONS_MAX, sizeof(*seen));
	struct session_view *views = arena_array(x, SESSIONS_MAX, sizeof(*views));
	char reference[14];
	int count = sessions_read(work, seen, SESSIONS_MAX);

	for (int i = 0; i < count; i++) {
		number_text(seen[i].number, reference);
		views[i] = (struct session_view){
			.reference = arena_format(x, "%s", reference),
			.created = staff_when(x, seen[i].created_at),
			.seen = staff_when(x, seen[i].seen_at),
			.this_one = seen[i].this_one
		};
	}
	view->sessions = views;
	view->sessions_count = count > 0 ? (size_t)count : 0;
	return count == -1 ? -1 : 0;
}

static int
fill_factor(struct request *x, struct work *work, struct me_view *view)
{
	struct factor_state state;
	enum answer answer = factor_show(work, &state);

	if (answer == FAILED)
		return -1;
	view->required = site.config.second_factor == SECOND_FACTOR_REQUIRED;
	view->factor = state.confirmed_at != 0;
	view->factor_since = staff_when(x, state.confirmed_at);
	view->codes_left = state.codes_left;
	view->wrong = state.wrong;
	seal_wipe(&state, sizeof(state));
	return 0;
}

void
staff_me_show(struct request *x, struct work *work, int status, const char *part,
    const char *fault)
{
	struct me_view view = { .part = part, .fault = fault };

	if (fill_factor(x, work, &view) == -1 || fill_sessions(x, work, &view) == -1 ||
	    calendar_own_fill(x, work, &view.calendar) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	if (x->identity.role != ROLE_ADMINISTRATOR)
		view.absence_href = "/staff/absence";
	staff_frame(x, &view.frame, N_("Min inloggning"), "me");
	x->status = status;
	page_me(&x->body, x->language, &view);
}

static void
staff_me(struct request *x, struct work *work)
{
	staff_me_show(x, work, 200, "", NULL);
}

static void
staff_me_passphrase(struct request *x, struct work *work)
{
	const char *present = form_value(&x->form, "present"), *fresh = form_value(&x->form, "fresh");
	const char *again = form_value(&x->form, "again"), *fault;

	if (present == NULL || fresh == NULL || again == NULL || !passphrase_same(fresh, again)) {
		staff_me_show(x, work, 422, "passphrase",
		    N_("De två nya lösenfraserna är inte lika. Skriv samma i båda fälten."));
		return;
	}
	fault = staff_passphrase_fault(passphrase_judge(&site.config, fresh, x->identity.user,
	    x->identity.name));
	if (fault != NULL) {
		staff_me_show(x, work, 422, "passphrase", fault);
		return;
	}
	switch (passphrase_change(work, present, fresh)) {
	case FOUND:
		request_redirect(x, "/staff/me?notice=passphrase");
		break;
	case ABSENT:
		staff_me_show(x, work, 422, "passphrase",
		    N_("Lösenfrasen du har nu stämmer inte."));
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
}

static void
staff_me_session(struct request *x, struct work *work)
{
	const char *reference = form_value(&x->form, "session");
	int64_t number;

	if (reference == NULL || number_parse(reference, &number) == -1)
		staff_me_show(x, work, 422, "", NULL);
	else if (session_end(work, number) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/me?notice=ended");
}

static void
staff_me_sessions(struct request *x, struct work *work)
{
	if (sessions_end_others(work) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/me?notice=others");
}

const struct route staff_auth_routes[] = {
	{ METHOD_GET, "/health", 0, WORKER_STAFF, web_health, { "workers" } },
	{ METHOD_GET, "/staff", 0, WORKER_STAFF, staff_sign_in_page,
	    { "next" } },
	{ METHOD_POST, "/staff", 0, WORKER_SLOW, staff_sign_in,
	    { "user", "passphrase", "next" } },
	{ METHOD_GET, "/staff/code", 0, WORKER_STAFF, staff_code, { "next" } },
	{ METHOD_POST, "/staff/code", 0, WORKER_STAFF, staff_code_check,
	    { "code", "next" } },
	{ METHOD_POST, "/staff/out", ENROLLERS, WORKER_STAFF, staff_sign_out, { NULL } },
	{ METHOD_GET, "/staff/me", EVERY, WORKER_STAFF, staff_me, { NULL } },
	{ METHOD_POST, "/staff/me/passphrase", EVERY, WORKER_SLOW, staff_me_passphrase,
	    { "present", "fresh", "again" } },
	{ METHOD_POST, "/staff/me/session", EVERY, WORKER_STAFF, staff_me_session, { "session" } },
	{ METHOD_POST, "/staff/me/sessions", EVERY, WORKER_STAFF, staff_me_sessions, { NULL } },
	{ .path = NULL }
};
