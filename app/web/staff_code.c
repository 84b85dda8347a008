#include <string.h>

#include "page/pages.h"
#include "web/web.h"

static void
show(struct exchange *x, int status, const char *fault, int64_t wait)
{
	struct code_view view = {
		.fault = fault,
		.wait = wait,
		.token = x->identity.session.form_token,
	};

	x->status = status;
	/* Half a sign-in has no menu: nobody is signed in. */
	staff_frame_stranger(x, &view.frame, N_("Skriv koden"));
	page_code(&x->body, x->language, &view);
}

static void
begin_anew(struct exchange *x)
{
	staff_problem(x, 403, N_("Logga in en gång till"),
	    N_("Koden ska skrivas inom fem minuter, och den får bli fel högst fem gånger. "
	    "Ingenting har ändrats."));
}

/* Whose code is awaited; false when that has been answered. */
static bool
admit_half(struct exchange *x, struct store *store)
{
	struct error error;

	switch (identity_half(store, &site.config, x->cookie, x->now, &x->identity, &error)) {
	case FOUND:
		return true;
	case FAILED:
		staff_failed(x, &error);
		return false;
	case ABSENT:
	default:
		if (x->method == METHOD_GET)
			exchange_redirect(x, "/staff?notice=in");
		else
			begin_anew(x);
		return false;
	}
}

void
staff_code(struct exchange *x, struct store *store)
{
	if (admit_half(x, store))
		show(x, 200, NULL, 0);
}

void
staff_code_check(struct exchange *x, struct store *store)
{
	const char *code = form_value(&x->form, "code");
	struct signin_try try = { .browser = x->browser, .now = x->now };
	struct signin_answer answer;
	struct error error;

	if (!admit_half(x, store))
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
	switch (signin_code(store, &x->identity, code, &try, &answer, &error)) {
	case FOUND:
		exchange_remember(x, answer.browser);
		exchange_redirect(x, "/staff");
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
		staff_failed(x, &error);
		break;
	}
	seal_wipe(&answer, sizeof(answer));
}
