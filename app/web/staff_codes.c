#include <string.h>

#include "page/pages.h"
#include "web/codes.h"
#include "web/staff_today.h"

struct codes_listed {
	struct exchange *x;
	struct buffer in_use, retired;	/* of struct code_row_view */
	int32_t today;
};

static int
list_one(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct codes_listed *listing = argument;
	struct exchange *x = listing->x;
	const struct config_area *area = config_area(&site.config, row->area);
	const struct code_row_view view = {
		.href = exchange_keep(x, "/staff/codes/%s", row->code),
		.code = exchange_keep(x, "%s", row->code),
		.place = exchange_keep(x, "%s", row->place),
		.area = area != NULL ? area->name : exchange_keep(x, "%s", row->area),
		.channel = code_channel_text(row->channel),
		.from = row->first_day > listing->today ? staff_day(x, row->first_day) : NULL,
		.until = row->last_day != 0 && row->last_day < listing->today ?
		    staff_day(x, row->last_day) : NULL,
		.retired = row->retired_at != 0
	};

	(void)visits;
	(void)cases;
	buffer_add(view.retired ? &listing->retired : &listing->in_use, &view, sizeof(view));
	return 0;
}

/* posted: the form comes back, with what was chosen. */
static void
fill_import(struct exchange *x, struct code_import_view *import, bool posted)
{
	import->token = x->identity.session.form_token;
	import->areas = staff_areas(x, posted ? form_value(&x->form, "area") : NULL);
	import->areas_count = site.config.areas_count;
	import->channels = code_channels(x, posted ? form_value(&x->form, "channel") : NULL,
	    &import->channels_count);
}

void
staff_codes_show(struct exchange *x, struct store *store, int status, enum code_fault fault,
    const struct code_import_view *import)
{
	const struct code_wish wish = import == NULL ? code_posted(x) : (struct code_wish){ 0 };
	struct codes_listed listing = { .x = x, .today = day_of(x->now) };
	struct code_list_view view = { .adding = fault != CODE_RIGHT, .importing = import != NULL };
	struct error error;
	int result = store_code_each(store, list_one, &listing, &error);

	view.codes = exchange_keep_list(x, &listing.in_use, sizeof(*view.codes), &view.codes_count);
	view.retired = exchange_keep_list(x, &listing.retired, sizeof(*view.retired),
	    &view.retired_count);
	if (result == -1) {
		staff_failed(x, &error);
		return;
	}
	if (import != NULL)
		view.import = *import;
	fill_import(x, &view.import, view.importing);
	code_form_fill(x, &view.form, "new", &wish, fault);
	staff_frame(x, &view.frame, N_("Koder"), "codes");
	x->status = status;
	page_code_list(&x->body, x->language, &view);
}

void
staff_codes(struct exchange *x, struct store *store)
{
	staff_codes_show(x, store, 200, CODE_RIGHT, NULL);
}

void
staff_code_make(struct exchange *x, struct store *store)
{
	const struct code_wish wish = code_posted(x);
	struct code_row row = { 0 };
	struct error error;
	enum code_fault fault = code_wish_read(&wish, &site.config, &row);

	if (fault != CODE_RIGHT)
		staff_codes_show(x, store, 422, fault, NULL);
	else if (code_issue(store, &row, x->now, &error) == -1)
		staff_failed(x, &error);
	else
		exchange_redirect(x, "/staff/codes/%s?notice=code-made", row.code);
}
