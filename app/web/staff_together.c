#include "referral/referral.h"
#include "web/handover.h"

void
staff_share(struct exchange *x, struct store *store)
{
	const struct yes yes = staff_yes(x, "what");
	struct handover_answer answer;
	struct error error;
	enum answer found = together_share(store, &site.config, &x->identity, x->number,
	    form_value(&x->form, "queue"), &yes, x->now, &answer, &error);

	staff_handover_answer(x, store, found, &answer, "share", &error);
}

void
staff_unshare(struct exchange *x, struct store *store)
{
	struct handover_answer answer;
	struct error error;
	enum answer found = together_end(store, &site.config, &x->identity, x->number,
	    form_value(&x->form, "queue"), x->now, &answer, &error);

	staff_handover_answer(x, store, found, &answer, "unshare", &error);
}

/* What the person said yes to: a note of the case; NULL when the reader cannot open it. */
static const char *
find_what(const struct casefile *file, int64_t record)
{
	for (size_t i = 0; i < file->notes_count; i++) {
		if (file->notes[i].number == record)
			return buffer_string(&file->notes[i].text);
	}
	return NULL;
}

static void
fill_one(struct exchange *x, struct participant_view *view, const struct casefile *file,
    const struct participant *participant)
{
	const struct share_row *share = &participant->share;
	bool ends = lifecycle_offers(file->row.state, ACT_UNSHARE, file->actor);

	view->id = exchange_keep(x, "%s", share->queue);
	view->queue = staff_queue_name(x, share->queue);
	view->by = participant->by[0] != '\0' ? exchange_keep(x, "%s", participant->by) : NULL;
	view->since = staff_day(x, day_of(share->at));
	view->agreed = staff_day(x, share->agreed_day);
	view->what = find_what(file, share->record);
	if (share->withdrawn_at == 0) {
		view->can_end = ends && (participant->own || (file->actor & ACTOR_MEMBER) != 0);
		return;
	}
	view->until = staff_day(x, day_of(share->withdrawn_at));
	if (participant->withdrawn_by[0] != '\0')
		view->ended_by = exchange_keep(x, "%s", participant->withdrawn_by);
}

int
staff_together_fill(struct exchange *x, struct store *store, struct case_view *page,
    const struct casefile *file, struct error *error)
{
	struct participant_view *participants;
	struct together together;

	if (together_read(&together, store, &x->identity, file->row.number, error) == -1)
		return -1;
	participants = exchange_keep_array(x, together.count + 1, sizeof(*participants));
	for (size_t i = 0; i < together.count; i++)
		fill_one(x, &participants[i], file, &together.participants[i]);
	page->together.participants = participants;
	page->together.participants_count = together.count;
	if ((file->actor & (ACTOR_PARTNER | ACTOR_MEMBER)) == ACTOR_PARTNER)
		page->together.owner = staff_queue_name(x, file->row.queue);
	together_free(&together);
	return 0;
}
