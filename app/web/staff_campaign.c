#include "page/pages.h"
#include "web/outreach.h"

static void
fill_figures(struct exchange *x, struct campaign_view *view, const struct campaign *campaign)
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
	    exchange_keep_array(x, COUNT_OF(figures), sizeof(*kept));

	for (size_t i = 0; i < COUNT_OF(figures); i++)
		kept[i] = figures[i];
	view->figures = kept;
	view->figures_count = COUNT_OF(figures);
}

static void
fill(struct exchange *x, struct campaign_view *view, const struct campaign *campaign)
{
	const struct campaign_row *row = &campaign->row;
	const struct visit_steps *during = &campaign->during_steps, *before = &campaign->before_steps;
	const int64_t scale = during->most > before->most ? during->most : before->most;
	char reference[14];

	number_text(row->number, reference);
	view->name = row->name;
	view->from = staff_day(x, row->from_day);
	view->to = staff_day(x, row->to_day);
	view->remove_href = exchange_keep(x, "/staff/campaigns/%s/remove", reference);
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
show(struct exchange *x, struct store *store, enum campaign_fault fault)
{
	struct campaign_view view = { .changing = fault != CAMPAIGN_RIGHT };
	struct campaign campaign;
	struct error error;
	enum answer answer = campaign_read(&campaign, store, x->number, x->now, &error);

	if (answer == FOUND && campaign_form_fill(x, store, &view.form, &campaign.row, fault,
	    &error) == -1)
		answer = FAILED;
	if (answer == FAILED) {
		staff_failed(x, &error);
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

void
staff_campaign(struct exchange *x, struct store *store)
{
	show(x, store, CAMPAIGN_RIGHT);
}

void
staff_campaign_change(struct exchange *x, struct store *store)
{
	enum campaign_fault fault = campaign_post(x, store, x->number);

	if (fault != CAMPAIGN_RIGHT)
		show(x, store, fault);
}

void
staff_campaign_remove(struct exchange *x, struct store *store)
{
	struct campaign_row row;
	struct error error;
	enum answer answer = store_campaign_get(store, x->number, &row, &error);

	if (answer == FOUND && store_campaign_remove(store, x->number, &error) == -1)
		answer = FAILED;
	if (answer == FAILED)
		staff_failed(x, &error);
	else if (answer == ABSENT)
		campaign_absent(x);
	else
		exchange_redirect(x, "/staff/campaigns?notice=campaign-removed");
}
