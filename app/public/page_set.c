/*
 * The pages of the page cache, the script files, and the intake of each area, on
 * which the pages depend. They are made before the processes fork. They are made
 * again within a second of a change in the database, or when a day begins on which
 * an intake opens or closes: WORKER_STAFF reads and renders, and the event loop
 * then replaces the old pages, so that a reader never gets half a change.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "public/public.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/render.h"
#include "render/view.h"
#include "rules/rules.h"
#include "server/server.h"
#include "text/text.h"

struct intakes {
	int64_t version;		/* of the database */
	int32_t look_day;		/* next local day on which a page changes by itself */
	int32_t expires_day;		/* of security.txt */
	struct intake_state state[];	/* in the order of site.config.areas */
};

#define SECURITY_PATH	"/.well-known/security.txt"
#define SECURITY_DAYS	180	/* for which security.txt is valid when it is made */
#define SECURITY_RENEWED	30	/* days after which it is made again */

static void
render_privacy(struct buffer *out, const struct language *language,
    const struct config_area *area)
{
	const char *const heading = N_("Så hanterar vi dina uppgifter");
	struct prose_view view = { .heading = text(language, heading) };
	struct buffer prose = { 0 };
	const char *tag;

	buffer_text(&prose, config_text(&area->privacy, language->tag, &tag));
	frame_public(&view.frame, language, area, heading);
	prose_render(out, language, &view, &prose, tag);
}

static void
render_accessibility(struct buffer *out, const struct language *language,
    const struct config_area *area)
{
	const char *const heading = N_("Tillgänglighetsredogörelse");
	struct prose_view view = {
		.heading = text(language, heading),
		.accessibility = true,
		.supervision_url = site.config.supervision_url,
		.accessibility_contact = site.config.accessibility_contact,
	};
	struct buffer prose = { 0 };
	const char *tag;

	buffer_text(&prose, config_text(&area->accessibility, language->tag, &tag));
	buffer_text(&prose, "\n\n");
	buffer_text(&prose, config_text(&site.config.conformance, language->tag, &tag));
	frame_public(&view.frame, language, area, heading);
	prose_render(out, language, &view, &prose, tag);
}

/* By name as Swedish sorts it; the area for people of elsewhere is the last. */
static int
compare_areas(const void *a, const void *b)
{
	const struct root_area_view *one = a, *other = b;

	if (one->elsewhere != other->elsewhere)
		return one->elsewhere ? 1 : -1;
	return swedish_order(one->name, other->name);
}

static void
render_root(struct buffer *out, const struct language *language, const struct intakes *intakes,
    bool unknown_code, bool not_found)
{
	const struct config *config = &site.config;
	struct root_area_view areas[CONFIG_AREAS_MAX];
	struct frame_view frame;
	struct root_view view = {
		.unknown_code = unknown_code,
		.not_found = not_found,
		.areas = areas,
		.areas_count = config->areas_count,
	};

	for (size_t i = 0; i < config->areas_count; i++) {
		frame_public(&frame, language, &config->areas[i], "");
		areas[i] = (struct root_area_view){
			.name = config->areas[i].name,
			.href = frame.home,
			.open = intakes->state[i].open,
			.elsewhere = config->areas[i].elsewhere,
		};
	}
	qsort(areas, config->areas_count, sizeof(areas[0]), compare_areas);
	frame_public(&view.frame, language, NULL, unknown_code ?
	    N_("Vi känner inte igen koden") : not_found ? N_("Sidan finns inte") :
	    N_("Välj kommun"));
	page_root(out, language, &view);
}

/* A contact card that says where, and not what for: telephones are shared. */
static void
render_card(struct buffer *out, const struct config_queue *queue)
{
	const char *name = card_name(queue);
	struct buffer text = { 0 };
	char e164[PHONE_MAX], sms[PHONE_MAX];

	if (phone_parse(queue->phone, e164) != 0)
		(void)snprintf(e164, sizeof(e164), "%s", queue->phone);
	escape_card(&text, name);
	buffer_format(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:%s\r\nN:%s;;;;\r\n"
	    "TEL;TYPE=WORK,VOICE:%s\r\n", buffer_string(&text), buffer_string(&text), e164);
	buffer_free(&text);
	if (site.config.sms.url != NULL && phone_parse(site.config.sms.from, sms) == 0 &&
	    strcmp(sms, e164) != 0)
		buffer_format(out, "TEL;TYPE=CELL,TEXT:%s\r\n", sms);
	buffer_text(out, "END:VCARD\r\n");
}

/* RFC 9116. Expires is renewed each month; the file is trusted for less than a year. */
static void
render_security(struct buffer *out, const struct intakes *intakes)
{
	int year, month, day;

	day_to_date(intakes->expires_day, &year, &month, &day);
	buffer_format(out, "Contact: %s\nExpires: %04d-%02d-%02dT00:00:00Z\n"
	    "Preferred-Languages: sv, en\nCanonical: %s" SECURITY_PATH "\n",
	    site.config.security_contact, year, month, day, site.config.base_url);
}

enum place {
	PLACE_ROOT, PLACE_UNKNOWN_CODE, PLACE_AREA, PLACE_PRIVACY, PLACE_ACCESSIBILITY,
	PLACE_SECURITY, PLACE_FIXED
};

/* The page in each entry of the cache, by the entry's number. */
static struct page {
	enum place place;
	const struct config_area *area;
} *pages;

static size_t pages_count;

static const char page_type[] = "text/html; charset=utf-8";
static const char text_type[] = "text/plain; charset=utf-8";

/*
 * The script files, embedded from assets/script/. They are in the page cache because
 * it answers without a session: a new script needs two lines here and a row below.
 */
extern const unsigned char script_today[], script_fits[], script_session[], script_print[],
    script_insert[], script_copy[], script_keys[], script_door[];
extern const size_t script_today_size, script_fits_size, script_session_size, script_print_size,
    script_insert_size, script_copy_size, script_keys_size, script_door_size;

static const struct {
	const char *path;
	const unsigned char *text;
	const size_t *size;
} scripts[] = {
	{ "/staff/today.js", script_today, &script_today_size },
	{ "/staff/session.js", script_session, &script_session_size },
	{ "/staff/insert.js", script_insert, &script_insert_size },
	{ "/staff/print.js", script_print, &script_print_size },
	{ "/staff/fits.js", script_fits, &script_fits_size },
	{ "/staff/copy.js", script_copy, &script_copy_size },
	{ "/staff/keys.js", script_keys, &script_keys_size },
	{ "/staff/door.js", script_door, &script_door_size },
};

static void
render_area(struct buffer *out, const struct config_area *area, const struct language *language,
    const struct intake_state *state)
{
	if (state->open)
		render_form(out, language, area, NULL);
	else
		render_closed(out, language, area, state, false);
}

static void
render(struct buffer *out, const struct page *page, const struct language *language,
    const struct intakes *intakes)
{
	switch (page->place) {
	case PLACE_ROOT:
		render_root(out, language, intakes, false, false);
		break;
	case PLACE_UNKNOWN_CODE:
		render_root(out, language, intakes, true, false);
		break;
	case PLACE_AREA:
		render_area(out, page->area, language,
		    &intakes->state[page->area - site.config.areas]);
		break;
	case PLACE_PRIVACY:
		render_privacy(out, language, page->area);
		break;
	case PLACE_SECURITY:
		render_security(out, intakes);
		break;
	case PLACE_ACCESSIBILITY:
	default:
		render_accessibility(out, language, page->area);
		break;
	}
}

static size_t
page_add(enum place place, const struct config_area *area, const char *path, const char *type)
{
	const size_t entry = page_cache_add(path, place == PLACE_UNKNOWN_CODE ? 404 : 200, type);

	pages[entry] = (struct page){ .place = place, .area = area };
	pages_count = entry + 1;
	return entry;
}

static void
add_rendered(enum place place, const struct config_area *area, const char *path,
    const char *type, const struct intakes *intakes)
{
	const size_t entry = page_add(place, area, path, type);
	struct buffer plain = { 0 };

	for (size_t i = 0; i < text_languages_count; i++) {
		buffer_clear(&plain);
		render(&plain, &pages[entry], text_languages[i], intakes);
		page_cache_put(entry, i, &plain, text_languages[i]->tag);
	}
	buffer_free(&plain);
}

/* Adds a file that is the same in each language. */
static void
add_fixed(const char *path, const char *type, const struct buffer *plain)
{
	const size_t entry = page_add(PLACE_FIXED, NULL, path, type);

	for (size_t i = 0; i < text_languages_count; i++)
		page_cache_put(entry, i, plain, NULL);
}

static void
add_area(const struct config_area *area, const struct intakes *intakes)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "/%s", area->slug);
	add_rendered(PLACE_AREA, area, path, page_type, intakes);
	(void)snprintf(path, sizeof(path), "/%s/personuppgifter", area->slug);
	add_rendered(PLACE_PRIVACY, area, path, page_type, intakes);
	(void)snprintf(path, sizeof(path), "/%s/tillganglighet", area->slug);
	add_rendered(PLACE_ACCESSIBILITY, area, path, page_type, intakes);
}

static void
add_card(const struct config_queue *queue)
{
	struct buffer plain = { 0 };
	char path[128];

	(void)snprintf(path, sizeof(path), "/nummer/%s.vcf", queue->id);
	render_card(&plain, queue);
	add_fixed(path, "text/vcard; charset=utf-8", &plain);
	buffer_free(&plain);
}

static void
add_scripts(void)
{
	for (size_t i = 0; i < COUNT_OF(scripts); i++) {
		struct buffer plain = { 0 };

		buffer_add(&plain, scripts[i].text, *scripts[i].size);
		add_fixed(scripts[i].path, "text/javascript; charset=utf-8", &plain);
		buffer_free(&plain);
	}
}

static const char robots[] = "User-agent: *\nDisallow: /staff\nDisallow: /q/\nDisallow: /Q/\n";
static const char icon[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"999\" fill=\"#0b4a5e\"/></svg>";

/* What browsers and search engines ask for by themselves. */
static void
add_well_known(const struct intakes *intakes)
{
	struct buffer plain = { 0 };

	buffer_text(&plain, robots);
	add_fixed("/robots.txt", text_type, &plain);
	buffer_clear(&plain);
	buffer_text(&plain, icon);
	add_fixed("/favicon.ico", "image/svg+xml", &plain);
	buffer_free(&plain);
	if (site.config.security_contact != NULL)
		add_rendered(PLACE_SECURITY, NULL, SECURITY_PATH, text_type, intakes);
}

/* Fills the page cache. 0, or -1 with *error. */
static int
pages_start(const struct intakes *intakes, struct error *error)
{
	const struct config *config = &site.config;
	size_t count = config->areas_count * 3 + config->queues_count + 2 + COUNT_OF(scripts) + 3;

	if (page_cache_start(count, error) != 0)
		return -1;
	pages = calloc(count, sizeof(*pages));
	if (pages == NULL)
		abort();
	page_cache_pack_start();
	add_rendered(PLACE_ROOT, NULL, "/", page_type, intakes);
	add_rendered(PLACE_UNKNOWN_CODE, NULL, UNKNOWN_CODE_PATH, page_type, intakes);
	for (size_t i = 0; i < config->areas_count; i++)
		add_area(&config->areas[i], intakes);
	for (size_t i = 0; i < config->queues_count; i++)
		add_card(&config->queues[i]);
	add_scripts();
	add_well_known(intakes);
	page_cache_pack_stop();
	return 0;
}

/* Whether both states give the same pages. */
static bool
is_same(const struct intake_state *a, const struct intake_state *b)
{
	for (size_t i = 0; i < INTAKE_LANGUAGES; i++) {
		if ((a->words[i] == NULL) != (b->words[i] == NULL) ||
		    (a->words[i] != NULL && strcmp(a->words[i], b->words[i]) != 0))
			return false;
	}
	return a->open == b->open && a->closed_at == b->closed_at &&
	    a->turns_day == b->turns_day && a->held == b->held;
}

/* Whether the change makes another page of that address. */
static bool
is_stale(const struct page *page, const struct intakes *before,
    const struct intakes *after)
{
	if (page->place == PLACE_AREA) {
		const ptrdiff_t i = page->area - site.config.areas;

		return !is_same(&before->state[i], &after->state[i]);
	}
	if (page->place == PLACE_SECURITY)
		return before->expires_day != after->expires_day;
	if (page->place != PLACE_ROOT && page->place != PLACE_UNKNOWN_CODE)
		return false;
	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (before->state[i].open != after->state[i].open)
			return true;
	}
	return false;
}

/* On the worker thread: renders the pages that the change makes different. */
static struct fresh_page *
render_stale(const struct intakes *before, const struct intakes *after)
{
	struct fresh_page *list = NULL;

	page_cache_pack_start();
	for (size_t i = 0; i < pages_count; i++) {
		if (!is_stale(&pages[i], before, after))
			continue;
		for (size_t j = 0; j < text_languages_count; j++) {
			struct buffer plain = { 0 };

			render(&plain, &pages[i], text_languages[j], after);
			list = page_cache_renew(list, i, j, &plain);
		}
	}
	page_cache_pack_stop();
	return list;
}

static struct intakes *present;

/* What the worker thread reads and renders, apart from `present`. */
static struct {
	struct intakes *fresh;		/* NULL: nothing has changed */
	struct fresh_page *pages;
} refresh;

static int
take_words(const char *language, const char *words, void *argument)
{
	struct intake_state *state = argument;

	for (size_t i = 0; i < text_languages_count && i < INTAKE_LANGUAGES; i++) {
		if (strcmp(text_languages[i]->tag, language) != 0)
			continue;
		state->words[i] = strdup(words);
		if (state->words[i] == NULL)
			abort();
	}
	return 0;
}

/* Reads the state of an area's intake. Free with state_free after a failure too. 0, or -1. */
static int
state_read(struct work *work, struct intake_state *state, const struct config_area *area)
{
	struct intake_status opening;

	*state = (struct intake_state){ 0 };
	if (intake_status_read(work, &opening, area) == -1)
		return -1;
	state->open = opening.open;
	state->closed_at = opening.open ? 0 : opening.since_at;
	state->turns_day = opening.turns_day;
	state->held = opening.held != NULL;
	state->turned = opening.turned;
	return intake_status_words(work, area, take_words, state);
}

static void
state_free(struct intake_state *state)
{
	for (size_t i = 0; i < INTAKE_LANGUAGES; i++)
		free(state->words[i]);
	*state = (struct intake_state){ 0 };
}

static void
intakes_free(struct intakes *intakes)
{
	for (size_t i = 0; intakes != NULL && i < site.config.areas_count; i++)
		state_free(&intakes->state[i]);
	free(intakes);
}

/* Reads the intakes of all areas. NULL after a failure. */
static struct intakes *
intakes_read(struct work *work, int64_t version)
{
	const struct config *config = &site.config;
	struct intakes *intakes = calloc(1, sizeof(*intakes) +
	    config->areas_count * sizeof(intakes->state[0]));

	if (intakes == NULL)
		abort();
	intakes->version = version;
	intakes->look_day = day_of(work->now) + SECURITY_RENEWED;
	intakes->expires_day = day_of(work->now) + SECURITY_DAYS;
	for (size_t i = 0; i < config->areas_count; i++) {
		struct intake_state *state = &intakes->state[i];
		int32_t day;

		if (state_read(work, state, &config->areas[i]) == -1) {
			intakes_free(intakes);
			return NULL;
		}
		day = state->turned ? day_of(work->now) : state->turns_day;
		if (day != 0 && day < intakes->look_day)
			intakes->look_day = day;
	}
	return intakes;
}

static int
intakes_start(struct work *work)
{
	int64_t version;

	if (intake_status_version(work, &version) == -1)
		return -1;
	present = intakes_read(work, version);
	return present == NULL ? -1 : 0;
}

static void
intakes_stop(void)
{
	intakes_free(present);
	present = NULL;
}

static int
read_again(struct work *work)
{
	int64_t version;

	if (intake_status_version(work, &version) == -1)
		return -1;
	if (version == present->version &&
	    day_of(work->now) < present->look_day)
		return 0;
	refresh.fresh = intakes_read(work, version);
	if (refresh.fresh == NULL)
		return -1;
	refresh.pages = render_stale(present, refresh.fresh);
	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (refresh.fresh->state[i].turned &&
		    intake_status_settle(work, &site.config.areas[i]) == -1)
			return -1;
	}
	return 0;
}

static void
intakes_work(struct work *work)
{
	refresh.fresh = NULL;
	refresh.pages = NULL;
	if (read_again(work) == -1)
		log_line(LOG_LINE_ERROR, "cannot read the intakes: %s", work->error.text);
}

static void
intakes_done(void)
{
	if (refresh.fresh == NULL)
		return;
	page_cache_replace(refresh.pages);
	intakes_free(present);
	present = refresh.fresh;
}

const struct intake_state *
intake_closed(const struct config_area *area, int64_t now)
{
	const struct intake_state *state = &present->state[area - site.config.areas];

	return state->open ||
	    (state->closed_at != 0 && now < state->closed_at + INTAKE_STATUS_GRACE_SECONDS) ?
	    NULL : state;
}

static int64_t
intakes_version(void)
{
	return present->version;
}

static int
page_set_start(struct work *work)
{
	timer_job_add(0, intakes_work, intakes_done);
	timer_copy_add("intakes", intakes_version);
	return intakes_start(work) != 0 ? -1 : pages_start(present, &work->error);
}

static void
page_set_stop(void)
{
	page_cache_stop();
	free(pages);
	pages = NULL;
	pages_count = 0;
	intakes_stop();
}

/* This part has no forms and no routes, so it refuses only an unknown path or method. */
static void
page_set_refuse(struct request *x, enum refusal refusal)
{
	if (refusal == REFUSAL_METHOD) {
		public_problem(x, 405, N_("Så går det inte att göra"), N_("Gå tillbaka och försök igen."));
		return;
	}
	x->status = 404;
	render_root(&x->body, x->language, present, false, true);
}

const struct site_part public_pages = {
	.start = page_set_start,
	.stop = page_set_stop,
	.refuse = page_set_refuse,
};
