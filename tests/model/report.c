
#include "base/base.h"
#include "base/words.h"
#include "model.h"
#include "store/store.h"

static const char *
moment(int64_t at)
{
	static char text[4][24];
	static int turn;
	struct tm local;

	turn = (turn + 1) % 4;
	if (at == 0)
		return "-";
	clock_local(at, &local);
	(void)strftime(text[turn], sizeof(text[turn]), "%F %T", &local);
	return text[turn];
}

static void
print_step(int i, enum act act, enum state from, enum state to, int64_t at, int64_t due_at,
    long long account, long long holder, int of_step)
{
	print_message("%4d %s %-13s %-9s %-9s due %s by %lld holder %lld of %d\n", i, moment(at),
	    word_of(&words_act, (int)act), word_of(&words_state, (int)from),
	    word_of(&words_state, (int)to), moment(due_at), account, holder, of_step);
}

static int
print_real(const struct event_row *row, void *argument)
{
	(void)argument;
	print_step(row->step, row->act, row->from, row->to, row->at, row->due_at,
	    (long long)row->account, (long long)row->holder, row->of_step);
	return 0;
}

static void
print_model(const struct model_case *c)
{
	print_message("case %u, %lld, queue %d, %s, due %s, holder %d, attempts %d, records %d, "
	    "keys", c->serial, (long long)c->number, c->queue, word_of(&words_state, c->state),
	    moment(c->due_at), c->holder, c->attempts, c->records);
	for (int q = 0; q < QUEUES; q++)
		print_message(" %llx", (unsigned long long)c->keys[q]);
	print_message("\nas the model has it:\n");
	for (int i = 0; i < c->count; i++) {
		const struct model_step *step = &c->trail[i];

		print_step(i + 1, step->act, step->from, step->to, step->at, step->due_at,
		    step->account, step->holder, step->of_step);
	}
}

void
report_trace(int place)
{
	const struct model_case *c = &model->at[place];

	print_model(c);
	print_message("as the trail has it:\n");
	(void)store_event_each(real.work.store, c->number, print_real, NULL, NULL);
}

void
report_case(int place, const char *what)
{
	if (place != -1)
		report_trace(place);
	for (int i = 1; i <= model->world.accounts; i++) {
		const struct model_account *account = &model->world.account[i];

		print_message("account %d: %lld, %s%s, keys", i, (long long)account->number,
		    word_of(&words_role, account->role), account->active ? "" : ", has left");
		for (int q = 0; q < QUEUES; q++)
			print_message(" %llx", (unsigned long long)account->keys[q]);
		print_message("\n");
	}
	fail_msg("event %llu, %s, at %s: %s", (unsigned long long)model->world.event,
	    model->happening->event->name, moment(model->world.now), what);
}
