/* The search among codes, and the page on which staff say that they saw a code at its place. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/codes.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_outreach.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

/* NULL: anything will do. */
static const char *
asked(const struct request *x, const char *field)
{
	const char *value = form_value(&x->query, field);

	return value == NULL || *value == '\0' ? NULL : value;
}

bool
code_wanted(const struct request *x, const struct code_row *row)
{
	const struct config_area *area = config_area(&site.config, row->area);
	const char *find = asked(x, "find"), *channel = asked(x, "channel"), *in = asked(x, "area");
	struct buffer text = { 0 };
	char code[CODE_SIZE];
	bool found = true;

	/* A code is typed as people carry it: in small letters, or with an O for a zero. */
	if (find != NULL && (code_parse(find, code) != 0 || strcmp(code, row->code) != 0)) {
		buffer_format(&text, "%s %s %s", row->place, row->code,
		    area != NULL ? area->name : row->area);
		found = search_query_finds(find, text.data);
		buffer_free(&text);
	}
	return found && (in == NULL || strcmp(in, row->area) == 0) &&
	    (channel == NULL || word_value(&words_channel, channel) == (int)row->channel);
}

void
code_filter_fill(struct request *x, struct code_filter_view *filter, const char *action)
{
	*filter = (struct code_filter_view){
		.action = action, .find = asked(x, "find"),
		.areas = staff_areas(x, asked(x, "area")), .areas_count = site.config.areas_count,
		.narrowed = asked(x, "channel") != NULL || asked(x, "area") != NULL
	};
	filter->any = filter->narrowed || filter->find != NULL;
	filter->channels = code_channels(x, asked(x, "channel"), &filter->channels_count);
}

struct places {
	struct request *x;
	struct buffer list;		/* of struct code_place_view */
	int32_t today;
};

static int
add_place(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct places *places = argument;
	struct request *x = places->x;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct code_place_view view = {
		.code = arena_format(x, "%s", row->code),
		.place = arena_format(x, "%s", row->place),
		.area = area != NULL ? area->name : arena_format(x, "%s", row->area),
		.channel = code_channel_text(row->channel),
		.seen = row->seen_at == 0 ? NULL : staff_day(x, day_of(row->seen_at)),
		.today = row->seen_at != 0 && day_of(row->seen_at) == places->today
	};

	(void)visits;
	(void)cases;
	if (code_in_use(row, places->today) && code_wanted(x, row))
		buffer_add(&places->list, &view, sizeof(view));
	return 0;
}

static void
staff_places(struct request *x, struct work *work)
{
	struct places places = { .x = x, .today = day_of(x->now) };
	struct code_places_view view = { .codes_count = 0 };
	const int result = codes_each(work, add_place, &places);

	view.codes = arena_take_list(x, &places.list, sizeof(*view.codes), &view.codes_count);
	if (result == -1) {
		staff_failed(x, &work->error);
		return;
	}
	code_filter_fill(x, &view.filter, "/staff/places");
	staff_frame(x, &view.frame, N_("Koder på plats"), "codes");
	x->status = 200;
	page_code_places(&x->body, x->language, &view);
}

static void
staff_place_see(struct request *x, struct work *work)
{
	const char *written = form_value(&x->form, "code");
	enum answer answer = ABSENT;
	char code[CODE_SIZE];

	if (written != NULL && code_parse(written, code) == 0)
		answer = code_see(work, code);
	if (answer == FAILED)
		staff_failed(x, &work->error);
	else if (answer == ABSENT)
		staff_problem(x, 404, N_("Koden finns inte"), N_("Välj bland alla koder."));
	else
		staff_lead_to(x, x->page, "code-seen");
}

const struct route staff_codes_places_routes[] = {
	{ METHOD_GET, "/staff/places", CALLERS, WORKER_STAFF, staff_places,
	    { CODE_FILTER_FIELDS } },
	{ METHOD_POST, "/staff/places", CALLERS, WORKER_STAFF, staff_place_see, { "code" } },
	{ .path = NULL }
};
