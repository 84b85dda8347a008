/* Which pages the page cache holds, and which of them change when an intake does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "public/public.h"
#include "server/server.h"
#include "text/text.h"

enum place {
	PLACE_ROOT, PLACE_UNKNOWN_CODE, PLACE_AREA, PLACE_PRIVACY, PLACE_ACCESSIBILITY, PLACE_FIXED
};

/* What stands in an entry of the cache, by the entry's number. */
static struct page {
	enum place place;
	const struct config_area *area;
} *pages;

static size_t pages_count;

static const char page_type[] = "text/html; charset=utf-8";

/* Made of assets/script/. */
extern const unsigned char script_today[], script_fits[];
extern const size_t script_today_size, script_fits_size;

static const struct {
	const char *path;
	const unsigned char *text;
	const size_t *size;
} scripts[] = {
	{ "/staff/today.js", script_today, &script_today_size },
	{ "/staff/fits.js", script_fits, &script_fits_size },
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
    const struct intakes *intakes)
{
	const size_t entry = page_add(place, area, path, page_type);
	struct buffer plain = { 0 };

	for (size_t i = 0; i < text_languages_count; i++) {
		buffer_clear(&plain);
		render(&plain, &pages[entry], text_languages[i], intakes);
		page_cache_put(entry, i, &plain, text_languages[i]->tag);
	}
	buffer_free(&plain);
}

/* The same in each language. */
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
	add_rendered(PLACE_AREA, area, path, intakes);
	(void)snprintf(path, sizeof(path), "/%s/personuppgifter", area->slug);
	add_rendered(PLACE_PRIVACY, area, path, intakes);
	(void)snprintf(path, sizeof(path), "/%s/tillganglighet", area->slug);
	add_rendered(PLACE_ACCESSIBILITY, area, path, intakes);
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

int
page_set_start(const struct intakes *intakes, page_alias *alias, struct error *error)
{
	const struct config *config = &site.config;
	size_t count = config->areas_count * 3 + config->queues_count + 2 + COUNT_OF(scripts);

	if (page_cache_start(count, alias, error) != 0)
		return -1;
	pages = calloc(count, sizeof(*pages));
	if (pages == NULL)
		abort();
	page_cache_pack_start();
	add_rendered(PLACE_ROOT, NULL, "/", intakes);
	add_rendered(PLACE_UNKNOWN_CODE, NULL, UNKNOWN_CODE_PATH, intakes);
	for (size_t i = 0; i < config->areas_count; i++)
		add_area(&config->areas[i], intakes);
	for (size_t i = 0; i < config->queues_count; i++)
		add_card(&config->queues[i]);
	add_scripts();
	page_cache_pack_stop();
	return 0;
}

void
page_set_stop(void)
{
	page_cache_stop();
	free(pages);
	pages = NULL;
	pages_count = 0;
}

const struct config_area *
page_set_area(const char *path)
{
	size_t entry;

	return page_cache_find(path, &entry) && pages[entry].place == PLACE_AREA ?
	    pages[entry].area : NULL;
}

/* Whether pages say the same of both. */
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

/* Whether the pages of that address say something else afterwards. */
static bool
is_stale(const struct page *page, const struct intakes *before,
    const struct intakes *after)
{
	if (page->place == PLACE_AREA) {
		const ptrdiff_t i = page->area - site.config.areas;

		return !is_same(&before->state[i], &after->state[i]);
	}
	if (page->place != PLACE_ROOT && page->place != PLACE_UNKNOWN_CODE)
		return false;
	for (size_t i = 0; i < site.config.areas_count; i++) {
		if (before->state[i].open != after->state[i].open)
			return true;
	}
	return false;
}

struct fresh_page *
page_set_render_stale(const struct intakes *before, const struct intakes *after)
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
