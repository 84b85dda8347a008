/* Campaigns: the list, and the page of each. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/outreach.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_outreach.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

static void
fill_figures(struct request *x, struct campaign_view *view, const struct campaign *campaign)
{
	const struct outreach_figures *during = &campaign->during.whole;
	const struct outreach_figures *before = &campaign->before.whole;
	const struct campaign_side_view figures[] = {
		{ N_("Besök"), { during->visits[VISIT_PERSON] }, { before->visits[VISIT_PERSON] } },
		{ N_("Hörde av sig"), { during->came }, { before->came } },
		{ N_("Nådda"), { during->reached }, { before->reached } },
		{ N_("Arbete eller studier"), { during->well }, { before->well } },
		{ N_("varav arbete"), { during->work }, { before->work } },
		{ N_("varav studier"), { during->studies }, { before->studies } },
		{ N_("Annat utfall"), { during->other }, { before->other } },
	};
	struct campaign_side_view *kept =
	    arena_array(x, COUNT_OF(figures), sizeof(*kept));

	for (size_t i = 0; i < COUNT_OF(figures); i++)
		kept[i] = figures[i];
	view->figures = kept;
	view->figures_count = COUNT_OF(figures);
}

static void
fill(struct request *x, struct campaign_view *view, const struct campaign *campaign)
{
	const struct campaign_row *row = &campaign->row;
	const struct visit_steps *during = &campaign->during_steps, *before = &campaign->before_steps;
	const int64_t scale = during->most > before->most ? during->most : before->most;
	char reference[14];

	number_text(row->number, reference);
	view->name = row->name;
	view->from = staff_day(x, row->from_day);
	view->to = staff_day(x, row->to_day);
	view->remove_href = arena_format(x, "/staff/campaigns/%s/remove", reference);
	view->begun = campaign->begun;
	if (!campaign->begun)
		return;
	if (campaign->to_day < row->to_day)
		view->counted_to = staff_day(x, campaign->to_day);
	view->before_from = staff_day(x, campaign->before_from_day);
	view->before_to = staff_day(x, row->from_day - 1);
	fill_figures(x, view, campaign);
	chart_fill(x, &view->during, "during", text(x->language, N_("Besök under kampanjen.")),
	    during, scale);
	chart_fill(x, &view->before, "before", text(x->language, N_("Besök under tiden före.")),
	    before, scale);
	outreach_fill(x, &view->table, &campaign->during);
}

static void
show_campaign(struct request *x, struct work *work, enum campaign_fault fault)
{
	struct campaign_view view = { .changing = fault != CAMPAIGN_RIGHT };
	struct campaign campaign;
	enum answer answer = campaign_read(work, &campaign, x->number);

	if (answer == FOUND && campaign_form_fill(x, work, &view.form, &campaign.row,
	    fault) == -1)
		answer = FAILED;
	if (answer == FAILED) {
		staff_failed(x, &work->error);
	} else if (answer == ABSENT) {
		campaign_absent(x);
	} else {
		fill(x, &view, &campaign);
		staff_frame(x, &view.frame, N_("En kampanj"), "codes");
		x->status = view.changing ? 422 : 200;
		page_campaign(&x->body, x->language, &view);
	}
	campaign_free(&campaign);
}

static void
staff_campaign(struct request *x, struct work *work)
{
	show_campaign(x, work, CAMPAIGN_RIGHT);
}

static void
staff_campaign_change(struct request *x, struct work *work)
{
	enum campaign_fault fault = campaign_post(x, work, x->number);

	if (fault != CAMPAIGN_RIGHT)
		show_campaign(x, work, fault);
}

static void
staff_campaign_remove(struct request *x, struct work *work)
{
	const enum answer answer = campaign_remove(work, x->number);

	if (answer == FAILED)
		staff_failed(x, &work->error);
	else if (answer == ABSENT)
		campaign_absent(x);
	else
		request_redirect(x, "/staff/campaigns?notice=campaign-removed");
}

#define CODE_FIELD	"code-"		/* the code follows; one field for each ticked code */

void
campaign_absent(struct request *x)
{
	staff_problem(x, 404, N_("Kampanjen finns inte"), N_("Någon kan ha tagit bort den."));
}

static void
fill_fault(struct request *x, struct campaign_form_view *form, enum campaign_fault fault)
{
	switch (fault) {
	case CAMPAIGN_NAME:
		form->fault = staff_unusable(x, form->name,
		    N_("Skriv ett namn på kampanjen, högst 80 tecken."));
		form->fault_field = "campaign-name";
		break;
	case CAMPAIGN_DAYS:
		form->fault = staff_odd_day(x,
		    N_("Välj en första och en sista dag. Den sista får inte vara före den första, "
		    "och en kampanj är högst två år."));
		form->fault_field = "campaign-from";
		break;
	case CAMPAIGN_CODES:
		form->fault = N_("Välj minst en kod.");
		form->fault_field = "campaign-codes";
		break;
	case CAMPAIGN_RIGHT:
		break;
	}
}

static bool
is_ticked(const struct request *x, const char *code)
{
	char name[sizeof(CODE_FIELD) + STORE_CODE];

	(void)snprintf(name, sizeof(name), CODE_FIELD "%s", code);
	return form_value(&x->form, name) != NULL;
}

struct filling {
	struct request *x;
	struct buffer codes;		/* of struct campaign_code_view */
	bool posted;
};

static int
fill_code(const struct code_figures *code, bool taken, void *context)
{
	struct filling *filling = context;
	struct request *x = filling->x;
	const struct config_area *area = config_area(&site.config, code->area);
	const struct campaign_code_view view = {
		.code = arena_format(x, "%s", code->code),
		.place = arena_format(x, "%s", code->place),
		.area = area != NULL ? area->name : arena_format(x, "%s", code->area),
		.channel = code_channel_text(code->channel),
		.ticked = filling->posted ? is_ticked(x, code->code) : taken,
		.retired = code->retired
	};

	buffer_add(&filling->codes, &view, sizeof(view));
	return 0;
}

static const char *
posted_or(const struct request *x, const char *name, const char *else_value)
{
	const char *value = form_value(&x->form, name);

	return value != NULL ? value : else_value;
}

int
campaign_form_fill(struct request *x, struct work *work, struct campaign_form_view *form,
    const struct campaign_row *row, enum campaign_fault fault)
{
	struct filling filling = { .x = x, .posted = fault != CAMPAIGN_RIGHT };
	char reference[14];
	int result;

	number_text(row->number, reference);
	form->token = staff_form_token(x);
	form->action = row->number == 0 ? "/staff/campaigns" :
	    arena_format(x, "/staff/campaigns/%s", reference);
	form->name = posted_or(x, "name", arena_format(x, "%s", row->name));
	form->from = posted_or(x, "from", row->number == 0 ? "" : staff_date(x, row->from_day));
	form->to = posted_or(x, "to", row->number == 0 ? "" : staff_date(x, row->to_day));
	fill_fault(x, form, fault);
	result = campaign_codes_each(work, row->number, fill_code, &filling);
	form->codes = arena_take_list(x, &filling.codes, sizeof(*form->codes),
	    &form->codes_count);
	return result;
}

struct listed {
	struct request *x;
	struct buffer rows;		/* of struct campaign_row_view */
};

static int
fill_row(const struct campaign_row *row, void *context)
{
	struct listed *listed = context;
	struct request *x = listed->x;
	const int32_t today = day_of(x->now);
	struct campaign_row_view view;
	char reference[14];

	number_text(row->number, reference);
	view = (struct campaign_row_view){
		.href = arena_format(x, "/staff/campaigns/%s", reference),
		.name = arena_format(x, "%s", row->name),
		.from = staff_day(x, row->from_day),
		.to = staff_day(x, row->to_day),
		.state = today < row->from_day ? N_("kommer") :
		    today > row->to_day ? N_("är slut") : N_("pågår")
	};
	buffer_add(&listed->rows, &view, sizeof(view));
	return 0;
}

static int
fill_list(struct request *x, struct work *work, struct campaigns_view *view)
{
	struct listed listed = { .x = x };
	int result = campaigns_each(work, fill_row, &listed);

	view->rows = arena_take_list(x, &listed.rows, sizeof(*view->rows), &view->rows_count);
	return result;
}

static void
show_campaigns(struct request *x, struct work *work, enum campaign_fault fault)
{
	const struct campaign_row fresh = { 0 };
	struct campaigns_view view = { .adding = fault != CAMPAIGN_RIGHT };

	if (fill_list(x, work, &view) == -1 ||
	    campaign_form_fill(x, work, &view.form, &fresh, fault) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	staff_frame(x, &view.frame, N_("Kampanjer"), "codes");
	x->status = view.adding ? 422 : 200;
	page_campaigns(&x->body, x->language, &view);
}

static void
staff_campaigns(struct request *x, struct work *work)
{
	show_campaigns(x, work, CAMPAIGN_RIGHT);
}

enum campaign_fault
campaign_post(struct request *x, struct work *work, int64_t number)
{
	const char *codes[FORM_FIELDS_MAX];
	struct campaign_wish wish = {
		.name = form_value(&x->form, "name"), .from = form_value(&x->form, "from"),
		.to = form_value(&x->form, "to"), .codes = codes
	};
	enum campaign_fault fault;
	char reference[14];

	for (size_t i = 0; i < x->form.count; i++) {
		if (strncmp(x->form.fields[i].name, CODE_FIELD, strlen(CODE_FIELD)) == 0)
			codes[wish.codes_count++] = x->form.fields[i].name + strlen(CODE_FIELD);
	}
	switch (campaign_save(work, &wish, &number, &fault)) {
	case FOUND:
		number_text(number, reference);
		request_redirect(x, "/staff/campaigns/%s?notice=campaign", reference);
		break;
	case FAILED:
		staff_failed(x, &work->error);
		return CAMPAIGN_RIGHT;
	case ABSENT:
		if (fault == CAMPAIGN_RIGHT)
			campaign_absent(x);
		break;
	}
	return fault;
}

static void
staff_campaign_add(struct request *x, struct work *work)
{
	enum campaign_fault fault = campaign_post(x, work, 0);

	if (fault != CAMPAIGN_RIGHT)
		show_campaigns(x, work, fault);
}

const struct route staff_outreach_campaigns_routes[] = {
	{ METHOD_GET, "/staff/campaigns", LEAD, WORKER_STAFF, staff_campaigns, { NULL } },
	{ METHOD_POST, "/staff/campaigns", LEAD, WORKER_STAFF, staff_campaign_add,
	    { "name", "from", "to", "code-*" } },
	{ METHOD_GET, "/staff/campaigns/#", LEAD, WORKER_SLOW, staff_campaign, { NULL } },
	{ METHOD_POST, "/staff/campaigns/#", LEAD, WORKER_SLOW, staff_campaign_change,
	    { "name", "from", "to", "code-*" } },
	{ METHOD_POST, "/staff/campaigns/#/remove", LEAD, WORKER_STAFF, staff_campaign_remove,
	    { NULL } },
	{ .path = NULL }
};
