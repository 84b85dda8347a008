#include <string.h>

#include "page/pages.h"
#include "web/web.h"

void
staff_frame_stranger(struct exchange *x, struct staff_frame_view *frame, const char *title)
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

void
staff_frame(struct exchange *x, struct staff_frame_view *frame, const char *title, const char *at)
{
	staff_frame_stranger(x, frame, title);
	frame->at = at;
	if (x->identity.account == 0)
		return;
	frame->user_name = x->identity.name;
	frame->token = x->identity.session.form_token;
	frame->sign_out_href = "/staff/out";
	if (x->identity.must_enrol)
		return;
	frame->me_href = "/staff/me";
	if (x->identity.role != ROLE_ADMINISTRATOR) {
		frame->queue_href = "/staff/queue";
		frame->mine_href = "/staff/queue?mine=1";
		frame->notices_href = "/staff/notices";
	}
	if (x->identity.role != ROLE_COORDINATOR)
		frame->overview_href = "/staff/overview";
	if (x->identity.role == ROLE_LEAD)
		frame->codes_href = "/staff/codes";
	frame->colleagues_href = "/staff/colleagues";
	staff_notice(frame, form_value(&x->query, "notice"));
}

void
staff_problem(struct exchange *x, int status, const char *heading, const char *message)
{
	staff_told(x, status, heading, message, NULL);
}

void
staff_told(struct exchange *x, int status, const char *heading, const char *message,
    const char *who)
{
	struct staff_problem_view view = {
		.heading = heading,
		.text = message,
		.who = who,
		.back_href = x->back != NULL ? x->back : "/staff",
	};

	buffer_clear(&x->body);
	x->location[0] = '\0';
	x->status = status;
	staff_frame(x, &view.frame, heading, "");
	page_staff_problem(&x->body, x->language, &view);
}

void
staff_failed(struct exchange *x, const struct error *error)
{
	log_line(LOG_LINE_ERROR, "%s: %s", x->route->path, error->text);
	staff_problem(x, 503, N_("Det gick inte just nu"),
	    N_("Ingenting har ändrats. Försök igen om en stund."));
}

void
staff_absent(struct exchange *x)
{
	staff_problem(x, 404, N_("Ärendet finns inte"),
	    N_("Det finns inte i någon av dina köer."));
}

static bool
field_is_known(const struct route *route, const char *name)
{
	if (strcmp(name, "lang") == 0 || strcmp(name, "token") == 0)
		return true;
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
 * A form may post to the address at which its page was opened, so a POST takes
 * the query of the page at that address as well as its own.
 */
static bool
query_is_known(const struct exchange *x)
{
	const struct route *page = x->route;
	const char *allow;
	int64_t number;

	(void)route_find(METHOD_GET, x->path, &page, &number, &allow);
	for (size_t i = 0; i < x->query.count; i++) {
		const char *name = x->query.fields[i].name;

		if (!field_is_known(x->route, name) && !field_is_known(page, name))
			return false;
	}
	return true;
}

/* Who is signed in; false when that has been answered. */
static bool
admit(struct exchange *x, struct store *store)
{
	/* A page that keeps itself current is not somebody who is there. */
	bool present = form_value(&x->query, "watch") == NULL;
	struct error error;

	switch (identity_of(store, &site.config, x->cookie, x->now, present, &x->identity, &error)) {
	case FOUND:
		break;
	case FAILED:
		staff_failed(x, &error);
		return false;
	case ABSENT:
	default:
		if (x->method == METHOD_GET)
			exchange_redirect(x, "/staff?notice=in");
		else
			staff_problem(x, 403, N_("Du är utloggad"),
			    N_("Logga in igen och gör om det. Ingenting har ändrats."));
		return false;
	}
	if ((x->route->roles & 1U << x->identity.role) == 0) {
		staff_problem(x, 403, N_("Det får du inte se"),
		    N_("Din roll har inte den här sidan."));
		return false;
	}
	if (x->identity.must_enrol && (x->route->roles & ROUTE_ENROLS) == 0) {
		if (x->method == METHOD_GET)
			exchange_redirect(x, "/staff/me/factor");
		else
			staff_problem(x, 403, N_("Gör klart inloggningen först"),
			    N_("Du behöver en kod från en app för att logga in. Ingenting har ändrats."));
		return false;
	}
	if (x->method == METHOD_POST &&
	    !session_token_right(&x->identity.session, form_value(&x->form, "token"))) {
		staff_problem(x, 403, N_("Sidan var för gammal"),
		    N_("Gå tillbaka, ladda om sidan och gör om det. Ingenting har ändrats."));
		return false;
	}
	return true;
}

void
staff_run(struct exchange *x, struct store *store)
{
	/* At the door there is no token yet: nobody signs a colleague in as somebody else. */
	if (x->method == METHOD_POST && x->foreign) {
		staff_problem(x, 403, N_("Sidan var för gammal"),
		    N_("Gå tillbaka, ladda om sidan och gör om det. Ingenting har ändrats."));
		return;
	}
	if (x->route->roles != 0 && !admit(x, store))
		return;
	if (x->query_fault != FORM_OK || !fields_are_known(x->route, &x->form) ||
	    !query_is_known(x)) {
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
		return;
	}
	x->route->handle(x, store);
}
