/* The reader's own second factor. */
#include <ctype.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/codes.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_people.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* Encodes for an address, where a space is %20. */
static void
percent_encode(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++)
		buffer_format(out, isalnum((unsigned char)*text) ? "%c" : "%%%02X",
		    (unsigned char)*text);
}

/*
 * Appends "otpauth://totp/SERVICE:USER?secret=…&issuer=SERVICE", the form that apps read.
 */
static void
add_address(struct buffer *out, const char *user, const char *secret)
{
	struct buffer issuer = { 0 };

	percent_encode(&issuer, site.config.service_name);
	buffer_reserve(out, 4 * issuer.length + 256);
	buffer_format(out, "otpauth://totp/%s:%s?secret=%s&issuer=%s", buffer_string(&issuer), user,
	    secret, buffer_string(&issuer));
	buffer_free(&issuer);
}

/* Returns the secret in groups of four characters, which are easier to copy. */
static const char *
in_groups(struct request *x, const char *secret)
{
	struct buffer groups = { 0 };

	buffer_reserve(&groups, (size_t)2 * TOTP_TEXT_SIZE);
	for (size_t i = 0; secret[i] != '\0'; i++)
		buffer_format(&groups, "%s%c", i > 0 && i % 4 == 0 ? " " : "", secret[i]);
	return arena_take(x, &groups);
}

static const char *
symbol_of(struct request *x, const char *text)
{
	struct buffer link = { 0 };
	struct symbol symbol;

	if (symbol_make(&symbol, text, SYMBOL_L) == -1)
		return NULL;
	symbol_link(&symbol, &link);
	symbol_free(&symbol);
	return arena_take(x, &link);
}

static void
show(struct request *x, const struct factor_state *state, int status, const char *fault)
{
	struct factor_view view = { .required = x->identity.must_enrol, .fault = fault };
	struct buffer address = { 0 };

	if (state->secret[0] != '\0') {
		add_address(&address, x->identity.user, state->secret);
		view.symbol = symbol_of(x, address.data);
		view.secret = in_groups(x, state->secret);
		view.address = arena_take(x, &address);
	}
	staff_frame(x, &view.frame, N_("Kod från en app"), "me");
	x->status = status;
	page_factor(&x->body, x->language, &view);
}

/* Shows the state of the factor, with a fault if there is one. */
static void
show_present(struct request *x, struct work *work, int status, const char *fault)
{
	struct factor_state state;

	if (factor_show(work, &state) == FAILED)
		staff_failed(x, &work->error);
	else if (state.confirmed_at != 0)
		request_redirect(x, "/staff/me");
	else
		show(x, &state, status, fault);
	seal_wipe(&state, sizeof(state));
}

static void
staff_factor(struct request *x, struct work *work)
{
	show_present(x, work, 200, NULL);
}

/* Checks the passphrase in the form. */
static enum answer
prove(struct request *x, struct work *work)
{
	const char *passphrase = form_value(&x->form, "passphrase");

	if (passphrase == NULL || *passphrase == '\0')
		return ABSENT;
	return passphrase_prove(work, passphrase);
}

static void
staff_factor_begin(struct request *x, struct work *work)
{
	enum answer answer = prove(x, work);

	if (answer == ABSENT) {
		show_present(x, work, 422, N_("Lösenfrasen stämmer inte."));
		return;
	}
	if (answer == FAILED || factor_begin(work) == FAILED)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/me/factor");
}

static void
show_codes(struct request *x, const struct factor_codes *codes)
{
	struct recovery_code_view *views = arena_array(x, FACTOR_CODES, sizeof(*views));
	struct codes_view view = { .codes = views, .codes_count = FACTOR_CODES };

	for (size_t i = 0; i < FACTOR_CODES; i++)
		views[i].text = arena_format(x, "%s", codes->text[i]);
	x->identity.must_enrol = false;
	staff_frame(x, &view.frame, N_("Dina reservkoder"), "me");
	x->status = 200;
	page_codes(&x->body, x->language, &view);
}

static void
staff_factor_confirm(struct request *x, struct work *work)
{
	const char *code = form_value(&x->form, "code");
	struct factor_codes codes = { 0 };

	switch (factor_confirm(work, code == NULL ? "" : code, &codes)) {
	case FOUND:
		show_codes(x, &codes);
		break;
	case ABSENT:
		show_present(x, work, 422,
		    N_("Koden stämmer inte. Vänta tills appen visar en ny och "
		    "skriv den."));
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
	seal_wipe(&codes, sizeof(codes));
}

static void
staff_factor_codes(struct request *x, struct work *work)
{
	struct factor_codes codes = { 0 };
	enum answer answer = prove(x, work);

	if (answer == ABSENT) {
		staff_me_show(x, work, 422, "codes", N_("Lösenfrasen stämmer inte."));
		return;
	}
	if (answer == FOUND)
		answer = factor_renew(work, &codes);
	if (answer == FOUND)
		show_codes(x, &codes);
	else if (answer == ABSENT)
		request_redirect(x, "/staff/me");
	else
		staff_failed(x, &work->error);
	seal_wipe(&codes, sizeof(codes));
}

static void
staff_factor_drop(struct request *x, struct work *work)
{
	const char *code = form_value(&x->form, "code");
	enum answer answer = prove(x, work);

	if (answer == FOUND)
		answer = factor_drop(work, code == NULL ? "" : code);
	if (answer == FOUND)
		request_redirect(x, "/staff/me?notice=dropped");
	else if (answer == ABSENT)
		staff_me_show(x, work, 422, "drop", N_("Lösenfrasen eller koden stämmer inte."));
	else
		staff_failed(x, &work->error);
}

const struct route staff_auth_factor_routes[] = {
	{ METHOD_GET, "/staff/me/factor", ENROLLERS, WORKER_STAFF, staff_factor, { NULL } },
	{ METHOD_POST, "/staff/me/factor", ENROLLERS, WORKER_SLOW, staff_factor_begin, { "passphrase" } },
	{ METHOD_POST, "/staff/me/factor/confirm", ENROLLERS, WORKER_STAFF, staff_factor_confirm,
	    { "code" } },
	{ METHOD_POST, "/staff/me/factor/drop", EVERY, WORKER_SLOW, staff_factor_drop,
	    { "passphrase", "code" } },
	{ METHOD_POST, "/staff/me/codes", EVERY, WORKER_SLOW, staff_factor_codes, { "passphrase" } },
	{ .path = NULL }
};
