/*
 * What every form of a signed-in account carries, and what becomes of a form that cannot be
 * taken: its text stands in its field again, now or after the next sign-in, and the page
 * that says why has an address of its own.
 */
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/render.h"
#include "render/view.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* A page that was left for a month is given up. */
#define TICKET_MINUTES	INT64_C(44640)

/* The three parts of the field "token", with a full stop between them. */
struct carried {
	char token[SEAL_TOKEN_SIZE];	/* the session's form token */
	struct ticket ticket;
	const char *page;
};

/* The address of this page, without notice and language. */
static const char *
page_address(struct request *x)
{
	static const char *const passing[] = { "notice", "lang", "watch", "case", "send" };
	struct buffer query = { 0 };
	const char *address;

	for (size_t i = 0; i < x->query.count; i++) {
		bool passes = false;

		for (size_t j = 0; j < COUNT_OF(passing); j++)
			passes |= strcmp(x->query.fields[i].name, passing[j]) == 0;
		if (!passes)
			form_encode(&query, x->query.fields[i].name, x->query.fields[i].value);
	}
	address = arena_format(x, "%s%s%s", x->path, query.length > 0 ? "?" : "",
	    buffer_string(&query));
	buffer_free(&query);
	return address;
}

const char *
staff_form_token(struct request *x)
{
	char ticket[SEAL_TICKET_TEXT_SIZE];

	if (x->form_token == NULL && x->identity.account != 0) {
		ticket_seal(ticket, x->identity.account, x->now);
		x->form_token = arena_format(x, "%s.%s.%s", x->identity.session.form_token,
		    ticket, x->page != NULL ? x->page : "/staff");
	}
	return x->form_token;
}

/* False: the form has no such field. */
static bool
read_carried(const struct request *x, struct carried *carried)
{
	const char *token = form_value(&x->form, "token"), *ticket;

	if (token == NULL || strcspn(token, ".") != SEAL_TOKEN_SIZE - 1)
		return false;
	memcpy(carried->token, token, SEAL_TOKEN_SIZE - 1);
	carried->token[SEAL_TOKEN_SIZE - 1] = '\0';
	ticket = token + SEAL_TOKEN_SIZE - 1;
	if (*ticket++ != '.' || strcspn(ticket, ".") != SEAL_TICKET_TEXT_SIZE - 1)
		return false;
	carried->page = ticket + SEAL_TICKET_TEXT_SIZE - 1;
	return *carried->page++ == '.' &&
	    ticket_open(&carried->ticket, ticket, SEAL_TICKET_TEXT_SIZE - 1) == 0;
}

bool
staff_page_is(const char *address, enum role role)
{
	char path[256];
	const size_t length = address == NULL ? 0 : strcspn(address, "?");
	const struct route *route;

	if (length == 0 || length >= sizeof(path) || strncmp(address, "/staff/", 7) != 0)
		return false;
	for (const char *at = address; *at != '\0'; at++) {
		if (*at <= ' ' || *at > '~')
			return false;
	}
	memcpy(path, address, length);
	path[length] = '\0';
	route = route_at(METHOD_GET, path);
	return route != NULL && (role == ROLE_COUNT ? route->roles != 0 :
	    (route->roles & 1U << role) != 0);
}

void
staff_sign_in_for(struct request *x, const char *notice, const char *page)
{
	struct buffer next = { 0 };

	if (page == NULL && x->method == METHOD_GET)
		page = page_address(x);
	if (staff_page_is(page, ROLE_COUNT))
		escape_query(&next, page);
	request_redirect(x, "/staff?notice=%s%s%s", notice, next.length > 0 ? "&next=" : "",
	    buffer_string(&next));
	buffer_free(&next);
}

void
staff_lead_to(struct request *x, const char *page, const char *notice)
{
	if (!staff_page_is(page, x->identity.role))
		page = "/staff";
	request_redirect(x, "%s%cnotice=%s", page, strchr(page, '?') == NULL ? '?' : '&', notice);
}

/*
 * Pages that have one of several forms with one address. The fields tell which one; with the
 * first ones of them in its query, as many as `asked`, the page has that one.
 */
static const struct {
	const char *path;
	size_t asked;
	const char *fields[3];
} several[] = {
	{ "/staff/intake", 1, { "area", "language" } },
	{ "/staff/brochures", 3, { "code", "kind", "language" } },
};

/* The path, and of one of several forms its first fields, as many as `most`. */
static const char *
form_address(struct request *x, const char *path, const struct form *form, size_t most)
{
	struct buffer address = { 0 };

	buffer_text(&address, path);
	for (size_t i = 0; i < COUNT_OF(several); i++) {
		if (strcmp(path, several[i].path) != 0)
			continue;
		for (size_t j = 0; j < most && j < COUNT_OF(several[i].fields); j++) {
			const char *name = several[i].fields[j];
			const char *value = name == NULL ? NULL : form_value(form, name);

			if (value == NULL)
				continue;
			buffer_text(&address, strchr(buffer_string(&address), '?') == NULL ? "?" : "&");
			buffer_format(&address, "%s=", name);
			escape_query(&address, value);
		}
	}
	return arena_take(x, &address);
}

/* To which of several forms what was sent belongs. */
static const char *
draft_address(struct request *x)
{
	return form_address(x, x->path, &x->form, SIZE_MAX);
}

/* Where one of several forms stands; NULL: the only one of its page. */
static const char *
form_home(struct request *x, const char *path, const struct form *form)
{
	for (size_t i = 0; i < COUNT_OF(several); i++) {
		if (strcmp(path, several[i].path) == 0)
			return form_address(x, path, form, several[i].asked);
	}
	return NULL;
}

/* Answers a form of an earlier session, after keeping its text for the account that wrote it. */
static void
refuse_stale(struct request *x, struct work *work)
{
	struct carried carried;
	const bool in = x->identity.account != 0;
	const bool ours = read_carried(x, &carried) &&
	    x->now / 60 - (int64_t)carried.ticket.made_minute <= TICKET_MINUTES;
	enum answer kept = ABSENT;

	if (ours)
		kept = draft_keep(work, carried.ticket.account, draft_address(x), carried.page,
		    &x->form);
	if (kept == FAILED)
		staff_failed(x, &work->error);
	else if (ours && in && carried.ticket.account == x->identity.account)
		staff_lead_to(x, carried.page, "stale");
	else if (ours && !in)
		staff_sign_in_for(x, kept == FOUND ? "kept" : "in", carried.page);
	else if (in) {
		/* The text is another's: it is not for the eyes of who is signed in now. */
		form_wipe(&x->form);
		staff_problem(x, 403, N_("Sidan var för gammal"),
		    N_("Öppna sidan igen och gör om det. Ingenting har ändrats."));
	} else
		staff_problem(x, 403, N_("Du är utloggad"),
		    N_("Logga in igen och gör om det. Ingenting har ändrats."));
}

static void
digest_form(struct request *x, const struct ticket *ticket)
{
	struct buffer sent = { 0 };

	buffer_reserve(&sent, 3 * x->form.text_size + sizeof(x->path) +
	    (size_t)16 * FORM_FIELDS_MAX);
	form_encode(&sent, "path", x->path);
	for (size_t i = 0; i < x->form.count; i++) {
		if (strcmp(x->form.fields[i].name, "token") != 0)
			form_encode(&sent, x->form.fields[i].name, x->form.fields[i].value);
	}
	ticket_digest(x->form_digest, ticket, sent.data, sent.length);
	buffer_wipe(&sent);
}

bool
staff_form_admit(struct request *x, struct work *work)
{
	struct carried carried;

	if (x->method != METHOD_POST) {
		x->page = page_address(x);
		return true;
	}
	if (x->identity.account == 0 || !read_carried(x, &carried) ||
	    !session_token_right(&x->identity.session, carried.token)) {
		refuse_stale(x, work);
		return false;
	}
	x->page = arena_format(x, "%s", carried.page);
	digest_form(x, &carried.ticket);
	work->form = x->form_digest;
	return true;
}

void
staff_repeated(struct request *x)
{
	char reference[14];

	number_text(x->number, reference);
	staff_lead_to(x, x->number != 0 ? arena_format(x, "/staff/case/%s", reference) : x->page, "again");
}

/*
 * Whether it is a text that somebody wrote, and no choice: choices are words of ours, days and
 * numbers.
 */
static bool
is_written(const struct form_field *field)
{
	int64_t number;

	return strcmp(field->name, "token") != 0 && strcmp(field->name, "code") != 0 &&
	    strcmp(field->name, "kept") != 0 &&
	    strlen(field->value) > 2 &&
	    number_parse(field->value, &number) != 0 &&
	    field->value[strspn(field->value, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0';
}

/* Whether it is the whole of a field or a text of the page, as our own words and saved ones are. */
static bool
stands_there(const struct buffer *body, const char *value)
{
	struct buffer escaped = { 0 };
	bool stands = false;

	escape_text(&escaped, value);
	for (const char *at = buffer_string(body); !stands &&
	    (at = strstr(at, buffer_string(&escaped))) != NULL; at++)
		stands = at > body->data && strchr("\">\n", at[-1]) != NULL &&
		    (at[escaped.length] == '"' || at[escaped.length] == '<');
	buffer_wipe(&escaped);
	return stands;
}

/*
 * The page does not have the form: puts the texts at its top, to be copied or forgotten, so
 * that none is lost. `address` is the draft's; `home` has the form, NULL: it is gone.
 */
static void
show_texts(struct request *x, const char *address, const struct form *form, const char *home)
{
	struct buffer page = { 0 };
	struct kept_view view = {
		.token = staff_form_token(x), .address = address, .home_href = home
	};
	const char *texts[16], *main = strstr(buffer_string(&x->body), "<main"), *end;

	for (size_t i = 0; i < form->count && view.texts_count < COUNT_OF(texts); i++) {
		if (is_written(&form->fields[i]) && !stands_there(&x->body, form->fields[i].value))
			texts[view.texts_count++] = form->fields[i].value;
	}
	if (view.texts_count == 0 || main == NULL || (end = strchr(main, '>')) == NULL)
		return;
	view.texts = texts;
	end++;
	buffer_reserve(&page, x->body.length + 6 * form->text_size + 2048);
	buffer_add(&page, x->body.data, (size_t)(end - x->body.data));
	page_kept(&page, x->language, &view);
	buffer_text(&page, end);
	buffer_wipe(&x->body);
	x->body = page;
}

/*
 * The answer to a form is a page. It gets an address of its own, so that Back, Forward and
 * reload do not send the form again. A page that refuses gets what was typed.
 */
static void
keep_answer(struct request *x, struct work *work)
{
	char reference[14];
	int64_t number;

	if (x->status >= 400 && form_refused(work, x->form_digest) == -1)
		log_line(LOG_LINE_ERROR, "drafts: %s", work->error.text);
	/*
	 * A list is given back by its own page: a file is in no field. A form that is not the
	 * reader's to send, 403, is on none of their pages.
	 */
	if (x->status >= 400 && x->status != 403 && (x->route->roles & ROUTE_UPLOADS) == 0 &&
	    !refill(&x->body, x->path, &x->form)) {
		const char *address = draft_address(x);

		if (draft_keep(work, x->identity.account, address, x->page, &x->form) == FAILED)
			log_line(LOG_LINE_ERROR, "drafts: %s", work->error.text);
		show_texts(x, address, &x->form, form_home(x, x->path, &x->form));
	}
	if (draft_page_keep(work, x->status, &x->body, &number) == -1) {
		log_line(LOG_LINE_ERROR, "drafts: %s", work->error.text);
		return;
	}
	number_text(number, reference);
	buffer_wipe(&x->body);
	request_redirect(x, "/staff/answer/%s", reference);
}

/*
 * Puts a draft into its form. Where that is not, the page on which it stood says where it is;
 * a page of another form says nothing of it.
 */
static void
show_draft(const char *address, const struct form *form, void *context)
{
	struct request *x = context;
	const char *path = arena_format(x, "%.*s", (int)strcspn(address, "?"), address);
	const char *page = form_value(form, "token"), *home;
	const size_t length = strlen(x->path);

	if (refill(&x->body, path, form) || strncmp(path, x->path, length) != 0 ||
	    (path[length] != '/' && path[length] != '\0'))
		return;
	home = form_home(x, x->path, form);
	if (home == NULL || strcmp(page_address(x), home) == 0)
		show_texts(x, address, form, NULL);
	else if (page != NULL && strcmp(page_address(x), page) == 0)
		show_texts(x, address, form, home);
}

/* Forgets a text that the reader does not want to keep. */
static void
staff_kept_drop(struct request *x, struct work *work)
{
	const char *address = form_value(&x->form, "kept");

	if (address != NULL && draft_drop(work, address) == -1)
		staff_failed(x, &work->error);
	else
		staff_lead_to(x, x->page, "text-dropped");
}

void
staff_finish(struct request *x, struct work *work)
{
	int result = 0;

	/* A half session has nothing to lose. */
	if (x->identity.account == 0 || x->route->roles == 0 || x->type != NULL)
		return;
	if (x->method == METHOD_POST && x->status == 303)
		result = draft_drop(work, draft_address(x));
	else if (x->method == METHOD_POST)
		keep_answer(x, work);
	else if (x->method == METHOD_GET && x->status == 200)
		result = drafts_each(work, show_draft, x);
	if (result == -1)
		log_line(LOG_LINE_ERROR, "drafts: %s", work->error.text);
}

static void
staff_answer(struct request *x, struct work *work)
{
	switch (draft_page_read(work, x->number, &x->status, &x->body)) {
	case FOUND:
		x->scripted = true;
		break;
	case ABSENT:
		request_redirect(x, "/staff");
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
}

/* The session is in use: that is all there is to do. */
static void
staff_stay(struct request *x, struct work *work)
{
	struct staff_problem_view view = {
		.heading = N_("Du är inloggad"),
		.text = N_("Du kan stänga den här fliken. Det du höll på med står kvar i den andra."),
		.back_href = "/staff",
	};

	(void)work;
	x->status = 200;
	staff_frame(x, &view.frame, view.heading, "");
	page_staff_problem(&x->body, x->language, &view);
}

const struct route staff_auth_drafts_routes[] = {
	{ METHOD_GET, "/staff/stay", ENROLLERS, WORKER_STAFF, staff_stay, { NULL } },
	{ METHOD_POST, "/staff/kept", EVERY, WORKER_STAFF, staff_kept_drop, { "kept" } },
	{ METHOD_GET, "/staff/answer/#", ENROLLERS, WORKER_STAFF, staff_answer, { NULL } },
	{ .path = NULL }
};
