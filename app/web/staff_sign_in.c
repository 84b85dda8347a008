#include <string.h>

#include "page/pages.h"
#include "web/colleagues.h"
#include "web/web.h"

static void
show_door(struct exchange *x, int status, const char *fault, int64_t wait)
{
	struct sign_in_view view = {
		.user = form_value(&x->form, "user"),
		.fault = fault,
		.wait = wait,
	};

	x->status = status;
	staff_frame(x, &view.frame, N_("Logga in"), "");
	staff_notice(&view.frame, form_value(&x->query, "notice"));
	page_sign_in(&x->body, x->language, &view);
}

void
staff_door(struct exchange *x, struct store *store)
{
	struct error error;

	switch (identity_of(store, &site.config, x->cookie, x->now, true, &x->identity,
	    &error)) {
	case FOUND:
		moving_resume(x, store);
		exchange_redirect(x, x->identity.must_enrol ? "/staff/me/factor" :
		    x->identity.role == ROLE_ADMINISTRATOR ? "/staff/overview" : "/staff/queue");
		break;
	case ABSENT:
		show_door(x, 200, NULL, 0);
		break;
	case FAILED:
	default:
		staff_failed(x, &error);
		break;
	}
}

void
staff_sign_in(struct exchange *x, struct store *store)
{
	struct signin_try try = {
		.user = form_value(&x->form, "user"),
		.passphrase = form_value(&x->form, "passphrase"),
		.browser = x->browser,
		.now = x->now,
	};
	struct signin_answer answer;
	struct error error;

	if (try.user == NULL || *try.user == '\0' ||
	    try.passphrase == NULL || *try.passphrase == '\0') {
		show_door(x, 422, N_("Skriv både användarnamn och lösenfras."), 0);
		return;
	}
	memcpy(try.source, x->source, sizeof(try.source));
	switch (signin(store, &try, &answer, &error)) {
	case FOUND:
		exchange_cookie(x, answer.cookie);
		exchange_remember(x, answer.browser);
		exchange_redirect(x, answer.half ? "/staff/code" : "/staff");
		break;
	case ABSENT:
		show_door(x, answer.wait_seconds > 0 ? 429 : 403,
		    N_("Användarnamnet eller lösenfrasen stämmer inte."), answer.wait_seconds);
		break;
	case FAILED:
	default:
		staff_failed(x, &error);
		break;
	}
	seal_wipe(&answer, sizeof(answer));
}

void
staff_sign_out(struct exchange *x, struct store *store)
{
	struct error error;

	if (signout(store, &x->identity, &error) != 0) {
		staff_failed(x, &error);
		return;
	}
	exchange_cookie(x, "");
	exchange_redirect(x, "/staff?notice=out");
}

void
web_health(struct exchange *x, struct store *store)
{
	int64_t version;
	struct error error;

	/* Whether the database is there and can be read; why not is for the log alone. */
	x->type = "text/plain; charset=utf-8";
	x->status = 503;
	if (store_begin_read(store, &error) == 0) {
		if (store_code_version(store, &version, &error) == 0)
			x->status = 200;
		store_rollback(store);
	}
	buffer_text(&x->body, x->status == 200 ? "ok\n" : "unavailable\n");
	if (form_value(&x->query, "workers") != NULL)
		upkeep_tell(&x->body);
}
