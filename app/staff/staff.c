/*
 * Checks every request before its handler: sign-in, role, the form's token and fields. Also
 * the error pages and the timer's work.
 */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/people.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/view.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/people.h"
#include "staff/staff.h"
#include "text/text.h"

void
staff_frame_stranger(struct request *x, struct staff_frame_view *frame, const char *title)
{
	*frame = (struct staff_frame_view){
		.title = text(x->language, title),
		.service = site.config.service_name,
		.demonstration = site.config.demonstration,
		.at = "",
		.languages = language_links(x->language),
		.languages_count = text_languages_count,
	};
}

#define WARNING_MINUTES	5

/* A session that is shorter than the warning says so at half its time. */
static void
fill_end(struct request *x, struct staff_frame_view *frame)
{
	const int minutes = site.config.session_minutes;
	const int before = minutes > 2 * WARNING_MINUTES ? 60 * WARNING_MINUTES : 30 * minutes;

	frame->ends_in = arena_format(x, "%d", 60 * minutes - before);
	frame->ended_in = arena_format(x, "%d", 60 * minutes);
	x->scripted = true;
}

void
staff_frame(struct request *x, struct staff_frame_view *frame, const char *title, const char *at)
{
	staff_frame_stranger(x, frame, title);
	frame->at = at;
	if (x->identity.account == 0)
		return;
	frame->user_name = x->identity.name;
	frame->token = staff_form_token(x);
	frame->sign_out_href = "/staff/out";
	fill_end(x, frame);
	if (x->identity.must_enrol)
		return;
	frame->me_href = "/staff/me";
	frame->keys_href = "/staff/keys";
	if (x->identity.role != ROLE_ADMINISTRATOR) {
		frame->queue_href = "/staff/queue";
		frame->mine_href = "/staff/queue?mine=1";
		frame->notices_href = "/staff/notices";
	}
	if (x->identity.role != ROLE_COORDINATOR)
		frame->overview_href = "/staff/overview";
	if (x->identity.role == ROLE_LEAD)
		frame->templates_href = "/staff/templates";
	if (x->identity.role != ROLE_ADMINISTRATOR)
		frame->codes_href = x->identity.role == ROLE_LEAD ? "/staff/codes" : "/staff/places";
	frame->colleagues_href = "/staff/colleagues";
	staff_notice(frame, form_value(&x->query, "notice"));
}

void
staff_problem(struct request *x, int status, const char *heading, const char *message)
{
	staff_told(x, status, heading, message, NULL);
}

/* NULL: who is not signed in is led to the sign-in. */
static const char *
way_back(const struct request *x, int status)
{
	if (x->back != NULL)
		return x->back;
	if (status == 403 && x->identity.account == 0)
		return NULL;
	return x->method == METHOD_POST && staff_page_is(x->page, x->identity.role) ? x->page :
	    "/staff";
}

void
staff_told(struct request *x, int status, const char *heading, const char *message,
    const char *who)
{
	struct staff_problem_view view = {
		.heading = heading,
		.text = message,
		.who = who,
		.back_href = way_back(x, status),
	};

	buffer_clear(&x->body);
	x->location[0] = '\0';
	x->status = status;
	staff_frame(x, &view.frame, heading, "");
	page_staff_problem(&x->body, x->language, &view);
}

void
staff_failed(struct request *x, const struct error *error)
{
	if (error->kind == ERROR_REPEATED) {
		staff_repeated(x);
		return;
	}
	log_line(LOG_LINE_ERROR, "%s: %s", x->route->path, error->text);
	staff_problem(x, 503, N_("Det gick inte just nu"),
	    N_("Ingenting har ändrats. Försök igen om en stund."));
}

void
staff_absent(struct request *x)
{
	staff_problem(x, 404, N_("Ärendet finns inte"),
	    N_("Det finns inte i någon av dina köer."));
}

static bool
field_is_known(const struct route *route, const char *name)
{
	/*
	 * "send" makes the address of a form differ from its page's: the browser's error of
	 * a lost network has that address, so that Back leads to the filled form.
	 */
	static const char *const everywhere[] = { "lang", "token", "notice", "send" };

	for (size_t i = 0; i < COUNT_OF(everywhere); i++) {
		if (strcmp(name, everywhere[i]) == 0)
			return true;
	}
	for (size_t i = 0; i < COUNT_OF(route->fields) && route->fields[i] != NULL; i++) {
		const char *field = route->fields[i];
		size_t open = strcspn(field, "*");

		if (strncmp(field, name, open) == 0 && (field[open] == '*' || name[open] == '\0'))
			return true;
	}
	return false;
}

static bool
fields_are_known(const struct route *route, const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		if (!field_is_known(route, form->fields[i].name))
			return false;
	}
	return true;
}

/*
 * A form may post to the address of its own page, so a POST also accepts the query fields
 * of that page.
 */
static bool
query_is_known(const struct request *x)
{
	const struct route *page = route_at(METHOD_GET, x->path);

	for (size_t i = 0; i < x->query.count; i++) {
		const char *name = x->query.fields[i].name;

		if (!field_is_known(x->route, name) &&
		    (page == NULL || !field_is_known(page, name)))
			return false;
	}
	return true;
}

/* Checks sign-in, role and token. False: the request has been answered. */
static bool
admit(struct request *x, struct work *work)
{
	/* A page that updates itself does not mark the session as in use. */
	bool present = form_value(&x->query, "watch") == NULL;

	switch (identity_of(work, x->cookie, present, &x->identity)) {
	case FOUND:
		break;
	case FAILED:
		staff_failed(x, &work->error);
		return false;
	case ABSENT:
	default:
		if (x->method == METHOD_GET)
			staff_sign_in_for(x, "in", NULL);
		else
			(void)staff_form_admit(x, work);
		return false;
	}
	if ((x->route->roles & 1U << x->identity.role) == 0) {
		staff_problem(x, 403, N_("Du har inte tillgång till sidan"),
		    N_("Din roll har inte den här sidan."));
		return false;
	}
	if (x->identity.must_enrol && (x->route->roles & ROUTE_ENROLS) == 0) {
		if (x->method == METHOD_GET)
			request_redirect(x, "/staff/me/factor");
		else
			staff_problem(x, 403, N_("Gör klart inloggningen först"),
			    N_("Du behöver en kod från en app för att logga in. Ingenting har ändrats."));
		return false;
	}
	return staff_form_admit(x, work);
}

/* Checks the request and runs its handler. */
static void
staff_run(struct request *x, struct work *work)
{
	/*
	 * The sign-in form has no token, so its origin is checked: another site must not
	 * sign a colleague in to another account.
	 */
	if (x->method == METHOD_POST && x->foreign) {
		staff_problem(x, 403, N_("Sidan var för gammal"),
		    N_("Gå tillbaka, ladda om sidan och gör om det. Ingenting har ändrats."));
		return;
	}
	if (x->route->roles != 0 && !admit(x, work))
		return;
	if (x->query_fault != FORM_OK || !fields_are_known(x->route, &x->form) ||
	    !query_is_known(x)) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	x->route->handle(x, work);
}

static void
refuse_form(struct request *x, enum refusal refusal)
{
	switch (refusal) {
	case REFUSAL_BUSY:
		staff_problem(x, 503, N_("Det gick inte just nu"),
		    N_("Ingenting har ändrats. Försök igen om en stund."));
		break;
	case REFUSAL_LENGTH:
		staff_problem(x, 413, N_("Det blev för mycket text"),
		    N_("Skriv lite kortare och skicka igen."));
		break;
	case REFUSAL_TYPE:
		staff_problem(x, 415, N_("Det gick inte att läsa svaret"),
		    N_("Skicka svaren med formuläret på sidan."));
		break;
	case REFUSAL_REPEATED:
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Något svar kom två gånger. Fyll i igen."));
		break;
	default:
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Något gick fel när du skickade. Inget är sparat. Fyll i igen."));
		break;
	}
}

#define HOUR	INT64_C(3600)

/* Runs at every check of the timer: ends the offers that nobody answered in time. */
static void
lapse_offers(struct work *work)
{
	const int lapsed = handover_lapse(work);

	if (lapsed > 0)
		log_line(LOG_LINE_INFO, "hand-over: %d offers lapsed without an answer", lapsed);
	else if (lapsed == -1)
		log_line(LOG_LINE_WARNING, "hand-over: %s", work->error.text);
}

/*
 * Runs every hour: deletes sessions that were not signed out, links and absences that are
 * over, replaced keys, and closed cases after the municipality's retention time. The log
 * says how many cases were purged.
 */
static void
forget(struct work *work)
{
	const int64_t purged = retention_run(work);

	if (purged > 0)
		log_line(LOG_LINE_INFO,
		    "retention: %lld closed cases are purged", (long long)purged);
	else if (purged == -1)
		log_line(LOG_LINE_WARNING, "retention: %s", work->error.text);
	if (signin_forget(work) != 0 || invitation_forget(work) != 0 ||
	    drafts_forget(work) != 0 || absence_forget(work) != 0 || rotation_retire(work) == -1)
		log_line(LOG_LINE_WARNING, "retention: %s", work->error.text);
}

/*
 * The only form with a file. Its way back is fixed, because its page may itself be the
 * answer to a form.
 */
static void
refuse_upload(struct request *x, enum refusal refusal)
{
	x->back = "/staff/codes#import";
	if (refusal == REFUSAL_LENGTH)
		staff_problem(x, 413, N_("Det blev för mycket text"),
		    N_("Dela upp listan och skicka en del i taget. Inga koder är gjorda."));
	else
		refuse_form(x, refusal);
}

/*
 * Called for requests that have a route; the public part answers for unknown paths and
 * methods.
 */
static void
staff_refuse(struct request *x, enum refusal refusal)
{
	if ((x->route->roles & ROUTE_UPLOADS) != 0 && refusal != REFUSAL_BUSY)
		refuse_upload(x, refusal);
	else
		refuse_form(x, refusal);
}

static int
staff_start(struct work *work)
{
	timer_add(key_migration_tick);
	timer_job_add(0, lapse_offers, NULL);
	timer_job_add(HOUR, forget, NULL);
	return throttle_start(&work->error);
}

const struct site_part staff_site = {
	.start = staff_start,
	.run = staff_run,
	.finish = staff_finish,
	.refuse = staff_refuse,
	.signed_in_under = "/staff",
};
