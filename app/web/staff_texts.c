#include "flow/messages.h"
#include "web/messages.h"
#include "web/staff_case.h"

#define SENT_MOST	50

struct sent {
	struct exchange *x;
	struct store *store;
	struct case_text_sent_view *list;
	size_t count;
	struct error *error;
	bool failed;
};

static int
add_sent(const struct message_row *row, void *argument)
{
	struct sent *sent = argument;
	struct case_text_sent_view *view = &sent->list[sent->count++];
	struct account_row account;

	view->when = staff_when(sent->x, row->changed_at);
	view->when_iso = staff_iso(sent->x, row->changed_at);
	view->fate.state = word_of(&words_message_state, (int)row->state);
	view->fate.reason = word_of(&words_message_reason, (int)row->reason);
	switch (store_account_get(sent->store, row->account, &account, sent->error)) {
	case FOUND:
		view->author = exchange_keep(sent->x, "%s", account.name);
		break;
	case FAILED:
		sent->failed = true;
		break;
	case ABSENT:
		break;
	}
	return sent->failed || sent->count == SENT_MOST;
}

int
staff_case_texts(struct exchange *x, struct store *store, const struct casefile *file,
    struct case_view *view, struct error *error)
{
	struct sent sent = {
		.x = x, .store = store, .error = error,
		.list = exchange_keep_array(x, SENT_MOST, sizeof(*sent.list))
	};

	if (store_message_each_of_case(store, file->row.number, add_sent, &sent, error) == -1 ||
	    sent.failed)
		return -1;
	view->texts.sent = sent.list;
	view->texts.sent_count = sent.count;
	if (staff_may_text(file))
		view->text_href = exchange_keep(x, "%s/text", view->base);
	return 0;
}
