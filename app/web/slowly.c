#include <stddef.h>

#include "web/web.h"

static struct exchange *
exchange_of(struct job *job)
{
	return (struct exchange *)((char *)job - offsetof(struct exchange, job));
}

static void
slow_work(struct job *job, struct store *store)
{
	struct exchange *x = exchange_of(job);

	x->then(x, store);
}

static void
slow_done(struct job *job)
{
	exchange_return(exchange_of(job));
}

/* On the event loop, in place of the answer. */
static void
begin_slowly(struct exchange *x)
{
	x->job = (struct job){ .work = slow_work, .done = slow_done };
	x->away = true;
	if (lane_submit(LANE_SLOW, &x->job) == 0)
		return;
	x->then = x->otherwise;
	if (lane_submit(LANE_STAFF, &x->job) == 0)
		return;
	x->away = false;
	staff_problem(x, 503, N_("Det gick inte just nu"),
	    N_("Ingenting har ändrats. Försök igen om en stund."));
}

void
exchange_slowly(struct exchange *x, void (*then)(struct exchange *, struct store *),
    void (*otherwise)(struct exchange *, struct store *))
{
	x->then = then;
	x->otherwise = otherwise;
	x->resume = begin_slowly;
}
