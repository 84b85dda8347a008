#include <string.h>

#include "page/pages.h"
#include "web/absence.h"
#include "web/web.h"

#define SESSIONS_MOST	50

static int
fill_sessions(struct exchange *x, struct store *store, struct me_view *view, struct error *error)
{
	struct session_seen *seen = exchange_keep_array(x, SESSIONS_MOST, sizeof(*seen));
	struct session_view *views = exchange_keep_array(x, SESSIONS_MOST, sizeof(*views));
	char reference[14];
	int count = sessions_read(store, &site.config, &x->identity, x->now, seen, SESSIONS_MOST,
	    error);

	for (int i = 0; i < count; i++) {
		number_text(seen[i].number, reference);
		views[i] = (struct session_view){
			.reference = exchange_keep(x, "%s", reference),
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
fill_factor(struct exchange *x, struct store *store, struct me_view *view, struct error *error)
{
	struct factor_state state;
	enum answer answer = factor_show(store, &x->identity, &state, error);

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
staff_me_show(struct exchange *x, struct store *store, int status, const char *part,
    const char *fault)
{
	struct me_view view = { .part = part, .fault = fault };
	struct error error;

	if (fill_factor(x, store, &view, &error) == -1 ||
	    fill_sessions(x, store, &view, &error) == -1 || absence_own_fill(x, store,
	    &view.absence, strcmp(part, "absence") == 0 ? fault : NULL, &error) == -1) {
		staff_failed(x, &error);
		return;
	}
	staff_frame(x, &view.frame, N_("Min inloggning"), "me");
	x->status = status;
	page_me(&x->body, x->language, &view);
}

void
staff_me(struct exchange *x, struct store *store)
{
	staff_me_show(x, store, 200, "", NULL);
}

void
staff_me_passphrase(struct exchange *x, struct store *store)
{
	const char *present = form_value(&x->form, "present"), *fresh = form_value(&x->form, "fresh");
	const char *again = form_value(&x->form, "again"), *fault;
	struct error error;

	if (present == NULL || fresh == NULL || again == NULL || strcmp(fresh, again) != 0) {
		staff_me_show(x, store, 422, "passphrase",
		    N_("De två nya lösenfraserna är inte lika. Skriv samma i båda fälten."));
		return;
	}
	fault = staff_passphrase_fault(passphrase_judge(&site.config, fresh, x->identity.user,
	    x->identity.name));
	if (fault != NULL) {
		staff_me_show(x, store, 422, "passphrase", fault);
		return;
	}
	switch (passphrase_change(store, &site.config, &x->identity, present, fresh, &error)) {
	case FOUND:
		exchange_redirect(x, "/staff/me?notice=passphrase");
		break;
	case ABSENT:
		staff_me_show(x, store, 422, "passphrase", N_("Lösenfrasen du har nu stämmer inte."));
		break;
	case FAILED:
	default:
		staff_failed(x, &error);
		break;
	}
}

void
staff_me_session(struct exchange *x, struct store *store)
{
	const char *reference = form_value(&x->form, "session");
	struct error error;
	int64_t number;

	if (reference == NULL || number_parse(reference, &number) == -1)
		staff_me_show(x, store, 422, "", NULL);
	else if (session_end(store, &x->identity, number, &error) == -1)
		staff_failed(x, &error);
	else
		exchange_redirect(x, "/staff/me?notice=ended");
}

void
staff_me_sessions(struct exchange *x, struct store *store)
{
	struct error error;

	if (sessions_end_others(store, &x->identity, &error) == -1)
		staff_failed(x, &error);
	else
		exchange_redirect(x, "/staff/me?notice=others");
}
