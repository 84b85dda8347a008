/* The public part: which requests are the form's, and how the others are refused. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/intake.h"
#include "public/public.h"
#include "server/server.h"
#include "text/text.h"

/* A code's page is its area's page; whoever opens it is counted. */
static const char *
code_alias(struct http_request *request, const char *path, const struct language **language)
{
	static char area[80];
	const int64_t now = clock_now();
	struct code_way way;
	enum visit_kind kind;

	if (code_look(path, now, &way) != FOUND)
		return NULL;
	if (client_visits(request, &kind))
		code_visit(way.code, kind, now);
	(void)snprintf(area, sizeof(area), "/%s", way.area->slug);
	*language = way.language;
	return area;
}

/* Whether the path is that of a code; the request is then one for its form, in its language. */
static bool
is_code(struct request *x)
{
	struct code_way way;

	if (code_look(x->path, x->now, &way) != FOUND)
		return false;
	form_request_begin(x, way.area, way.code);
	x->language = request_language(x->request, way.language);
	return true;
}

/* Once more with a code that was not known: the codes have been read anew. */
static void
code_again(struct request *x)
{
	if (is_code(x) && x->method != METHOD_GET)
		form_submit(x);
	else if (!page_cache_send(x))
		page_cache_send_path(x, UNKNOWN_CODE_PATH);
}

static bool
public_begin(struct request *x)
{
	const struct config_area *area = page_set_area(x->path);

	if (area != NULL) {
		form_request_begin(x, area, "");
		form_submit(x);
	} else if (strncasecmp(x->path, "/q/", 3) != 0) {
		return false;
	} else if (is_code(x)) {
		form_submit(x);
	} else {
		x->resume = code_again;
		codes_refresh(x);
	}
	return true;
}

static void
public_refuse(struct request *x, enum refusal refusal)
{
	switch (refusal) {
	case REFUSAL_PATH:
		x->status = 404;
		render_root(&x->body, x->language, intakes_now(), false, true);
		break;
	case REFUSAL_METHOD:
		public_problem(x, 405, N_("Det går inte så"), N_("Gå tillbaka och försök igen."));
		break;
	case REFUSAL_LENGTH:
		public_problem(x, 413, N_("Det blev för mycket text"),
		    N_("Skriv lite kortare och skicka igen."));
		break;
	case REFUSAL_TYPE:
		public_problem(x, 415, N_("Det gick inte att läsa svaret"),
		    N_("Skicka svaren med formuläret på sidan."));
		break;
	case REFUSAL_REPEATED:
		public_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Något svar kom två gånger. Fyll i igen."));
		break;
	case REFUSAL_BUSY:	/* has no routes */
	case REFUSAL_CHARACTERS:
	case REFUSAL_BROKEN:
	default:
		public_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Något i svaret är trasigt. Fyll i igen."));
		break;
	}
}

static void
refresh_codes(void)
{
	codes_refresh(NULL);
}

static int
public_start(struct store *store, struct error *error)
{
	timer_add(refresh_codes);
	timer_job_add(1, intakes_work, intakes_done);
	if (duplicate_submissions_start(error) != 0 || intakes_start(store, error) != 0)
		return -1;
	return page_set_start(intakes_now(), code_alias, error);
}

static void
public_stop(void)
{
	page_set_stop();
	intakes_stop();
}

const struct site_part public_site = {
	.start = public_start,
	.stop = public_stop,
	.last = codes_last,
	.begin = public_begin,
	.refuse = public_refuse,
};
