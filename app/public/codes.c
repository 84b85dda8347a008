/*
 * The codes on brochures, which each process keeps in memory, the visits that are
 * still to be written to the disk, and the requests that are for a form: their
 * path is that of an area or a code.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/codes.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "public/public.h"
#include "render/phrases.h"
#include "rules/rules.h"
#include "server/server.h"
#include "text/text.h"

#define VISITS_MAX	256

struct known_code {
	const struct config_area *area;	/* NULL: no longer in service.conf */
	const struct language *language;	/* NULL: the reader's own */
	struct code_row row;
};

struct code_table {
	struct known_code *code;	/* sorted */
	size_t count;
	int64_t version;
};

static struct {
	struct code_table table;
	struct code_visits visit[VISITS_MAX];
	size_t visit_count;
} codes = { .table.version = -1 };

/* A refresh: what the worker thread reads and writes, apart from `codes`. */
static struct {
	struct job job;
	bool running;
	bool changed;
	struct code_table table;
	struct code_visits visit[VISITS_MAX];
	size_t visit_count;
	struct request *waiting, *next_waiting;
} refresh;

/* Where the address of a code leads. */
struct code_way {
	const struct config_area *area;
	const struct language *language;	/* of the form; NULL: the reader's own */
	char code[CODE_SIZE];			/* as code_make writes it; "" while it is not in use */
};
static int
compare_codes(const void *a, const void *b)
{
	return strcmp(((const struct known_code *)a)->row.code,
	    ((const struct known_code *)b)->row.code);
}

/* Finds the code of a path. ABSENT: no such code, or its area is not in the configuration. */
static enum answer
code_look(const char *path, int64_t now, struct code_way *way)
{
	struct known_code key, *found;

	if (strncasecmp(path, "/q/", 3) != 0 || code_parse(path + 3, key.row.code) != 0 ||
	    codes.table.count == 0)
		return ABSENT;
	found = bsearch(&key, codes.table.code, codes.table.count, sizeof(key), compare_codes);
	if (found == NULL || found->area == NULL)
		return ABSENT;
	way->area = found->area;
	way->language = found->language;
	/* A code that is not in use opens its area's form, and no visit or case counts for it. */
	(void)snprintf(way->code, CODE_SIZE, "%s",
	    code_in_use(&found->row, day_of(now)) ? found->row.code : "");
	return FOUND;
}

/* Counts a visit in memory. A code that is not in use is "", and is not counted. */
static void
code_visit(const char *code, enum visit_kind kind, int64_t now)
{
	int32_t day = day_of(now);
	size_t i;

	if (code[0] == '\0')
		return;
	for (i = 0; i < codes.visit_count; i++) {
		if (codes.visit[i].day == day && codes.visit[i].kind == kind &&
		    strcmp(codes.visit[i].code, code) == 0)
			break;
	}
	if (i == VISITS_MAX)
		return;			/* more codes in a second than there is room for */
	if (i == codes.visit_count) {
		codes.visit_count++;
		codes.visit[i] = (struct code_visits){ .day = day, .kind = kind };
		memcpy(codes.visit[i].code, code, strlen(code) + 1);
	}
	codes.visit[i].visits++;
}

static int
table_add(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct code_table *table = argument;
	struct known_code *known;

	(void)visits;
	(void)cases;
	table->code = array_grow(table->code, table->count, sizeof(*table->code));
	known = &table->code[table->count++];
	known->row = *row;
	known->area = config_area(&site.config, row->area);
	known->language = text_language(row->language, strlen(row->language));
	return 0;
}

static int
read_table(struct work *work)
{
	int64_t version;

	refresh.changed = false;
	if (codes_version(work, &version) != 0)
		return -1;
	if (version == refresh.table.version)
		return 0;
	refresh.table = (struct code_table){ .version = version };
	if (codes_each(work, table_add, &refresh.table) != 0) {
		free(refresh.table.code);
		return -1;
	}
	if (refresh.table.count > 0)
		qsort(refresh.table.code, refresh.table.count, sizeof(*refresh.table.code),
		    compare_codes);
	refresh.changed = true;
	return 0;
}

static void
refresh_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };

	(void)job;
	if (read_table(&work) != 0)
		log_line(LOG_LINE_ERROR, "cannot read the codes: %s", work.error.text);
	/* Visits are only statistics: when they cannot be written they are dropped. */
	if (code_visits_write(&work, refresh.visit, refresh.visit_count) != 0)
		log_line(LOG_LINE_WARNING, "cannot write the visits: %s", work.error.text);
	refresh.visit_count = 0;
}

static void refresh_start(void);

static void
refresh_done(struct job *job)
{
	struct request *x, *next;

	(void)job;
	if (refresh.changed) {
		free(codes.table.code);
		codes.table = refresh.table;
	}
	refresh.running = false;
	for (x = refresh.waiting; x != NULL; x = next) {
		next = x->next;
		request_return(x);
	}
	refresh.waiting = refresh.next_waiting;
	refresh.next_waiting = NULL;
	if (refresh.waiting != NULL)
		refresh_start();
}

static void
refresh_start(void)
{
	refresh.table.version = codes.table.version;
	memcpy(refresh.visit, codes.visit, sizeof(codes.visit));
	refresh.visit_count = codes.visit_count;
	codes.visit_count = 0;
	refresh.running = true;
	refresh.job = (struct job){ .work = refresh_work, .done = refresh_done };
	(void)worker_submit(WORKER_STAFF, &refresh.job);
}

/*
 * Reads new codes and writes visits: once a second, with `waiting` NULL, and when a
 * request has an unknown code. Such a request waits until the codes have been read.
 */
static void
codes_refresh(struct request *waiting)
{
	struct request **list = refresh.running ? &refresh.next_waiting : &refresh.waiting;

	if (waiting != NULL) {
		waiting->away = true;
		waiting->next = *list;
		*list = waiting;
	}
	if (!refresh.running)
		refresh_start();
}

/* Writes the remaining visits when the process ends. */
static void
codes_last(struct work *work)
{
	/* A refresh that was queued but never ran still has its visits. */
	if (code_visits_write(work, refresh.visit, refresh.visit_count) != 0 ||
	    code_visits_write(work, codes.visit, codes.visit_count) != 0)
		log_line(LOG_LINE_WARNING, "cannot write the visits: %s", work->error.text);
}

/* The page of a code is its area's page. Counts the visit. */
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

/* Whether the path is that of a code; sets the request's language to the code's. */
static bool
is_code(struct request *x, struct code_way *way)
{
	if (code_look(x->path, x->now, way) != FOUND)
		return false;
	x->language = request_language(x->request, way->language);
	return true;
}

/* Answers a request whose code was unknown, now that the codes have been read again. */
static void
code_again(struct request *x)
{
	struct code_way way;

	const bool known = is_code(x, &way);

	if ((known && x->method != METHOD_GET) || (!page_cache_send(x) && known))
		form_answer(x, way.area, way.code);
	else if (!x->answered)
		page_cache_send_path(x, UNKNOWN_CODE_PATH);
}

/* The area whose form has the path, "/kristinehamn" in any letter case; NULL when none has. */
static const struct config_area *
area_of(const char *path)
{
	for (size_t i = 0; i < site.config.areas_count; i++) {
		const struct config_area *area = &site.config.areas[i];
		const size_t length = strlen(area->slug);

		if (path[0] == '/' && strncasecmp(path + 1, area->slug, length) == 0 &&
		    (path[1 + length] == '\0' ||
		    strncasecmp(path + 1 + length, RECEIPT_PATH, strlen(RECEIPT_PATH)) == 0))
			return area;
	}
	return NULL;
}

/*
 * The form of a reader who wants a language that can be spoken with us, but of which there
 * are no pages, such as Somali: it is chosen there, and not the page's.
 */
static bool
form_apart(struct http_request *request, const char *path)
{
	const struct config_area *area = area_of(path);
	char tag[LANGUAGE_TAG_SIZE];

	return area != NULL && request_wants(request, tag) && spoken_language(tag) != NULL &&
	    intake_closed(area, INT64_MAX) == NULL;
}

/* The language that the address asks for, in its query or in its path; NULL none. */
static const struct language *
language_asked(const struct request *x, const struct carried_address *address)
{
	const char *tag = form_value(&x->query, "lang");

	if (tag == NULL)
		tag = address->language;
	return text_language(tag, strlen(tag));
}

/*
 * Leads a request of an address that nothing answers to the one that is meant, with
 * its code, area and language (rules.h, address_read); a form that was sent there is
 * taken. false: no such address is meant.
 */
static bool
address_lead(struct request *x)
{
	const struct language *language;
	struct buffer to = { 0 };
	struct carried_address address;
	struct code_way way;

	address_read(x->path, &site.config, &address);
	if (address.kind == ADDRESS_NONE)
		return false;
	language = language_asked(x, &address);
	if (address.kind == ADDRESS_CODE)
		buffer_format(&to, "/q/%s", address.code);
	else
		buffer_format(&to, "/%s%s%s", address.area->slug, address.page == NULL ? "" : "/",
		    address.page == NULL ? "" : address.page);
	/* What was sent is not sent again: it is taken as at the clean address. */
	if (x->method == METHOD_POST && address.kind == ADDRESS_AREA && address.page == NULL) {
		form_answer(x, address.area, "");
	} else if (x->method == METHOD_POST && address.kind == ADDRESS_CODE &&
	    code_look(to.data, x->now, &way) == FOUND) {
		x->language = request_language(x->request, way.language);
		form_answer(x, way.area, way.code);
	} else {
		request_redirect(x, "%s%s%s", to.data, language == NULL ? "" : "?lang=",
		    language == NULL ? "" : language->tag);
	}
	buffer_free(&to);
	return true;
}

/* Whether it is as a code's address is written, so that a look at the codes decides. */
static bool
is_clean_code(const char *path)
{
	char code[CODE_SIZE];

	return strncasecmp(path, "/q/", 3) == 0 && code_parse(path + 3, code) == 0;
}

static bool
form_begin(struct request *x)
{
	const struct config_area *area = area_of(x->path);
	struct code_way way;

	if (area != NULL) {
		form_answer(x, area, "");
	} else if (strncasecmp(x->path, "/q/", 3) != 0) {
		return !page_cache_has(x->path) && address_lead(x);
	} else if (is_code(x, &way)) {
		form_answer(x, way.area, way.code);
	} else if (is_clean_code(x->path) || !address_lead(x)) {
		x->resume = code_again;
		codes_refresh(x);
	}
	return true;
}

static void
form_refuse(struct request *x, enum refusal refusal)
{
	switch (refusal) {
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
	default:
		public_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Något gick fel när du skickade. Inget är sparat. Fyll i igen."));
		break;
	}
}

static void
refresh_codes(void)
{
	codes_refresh(NULL);
}

static int64_t
table_version(void)
{
	return codes.table.version;
}

static int
form_start(struct work *work)
{
	page_cache_alias(code_alias, form_apart);
	timer_add(refresh_codes);
	timer_copy_add("codes", table_version);
	return duplicate_submissions_start(&work->error);
}

const struct site_part public_form = {
	.start = form_start,
	.last = codes_last,
	.begin = form_begin,
	.refuse = form_refuse,
};
