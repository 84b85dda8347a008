#include <pthread.h>
#include <string.h>

#include "web/intakes.h"
#include "web/web.h"

#ifndef BATCH_MAX	/* the bench builds one that commits one by one */
#define BATCH_MAX	256
#endif

/*
 * Submissions on their way to the disk. While one commit runs, or another
 * worker has its turn, what comes in gathers; then all of it goes into the
 * next. A lone one waits for nobody.
 */
static struct {
	struct job job;
	bool running;
	pthread_mutex_t lock;		/* of what gathers, which the lane takes */
	struct exchange *first, **end;
	struct exchange *member[BATCH_MAX];
	struct intake *batch[BATCH_MAX];
	size_t count;
} writer = { .lock = PTHREAD_MUTEX_INITIALIZER, .end = &writer.first };

static void
writer_take(void)
{
	(void)pthread_mutex_lock(&writer.lock);
	for (writer.count = 0; writer.first != NULL && writer.count < BATCH_MAX; writer.count++) {
		struct exchange *x = writer.first;

		writer.first = x->next;
		writer.member[writer.count] = x;
		writer.batch[writer.count] = &x->intake;
	}
	if (writer.first == NULL)
		writer.end = &writer.first;
	(void)pthread_mutex_unlock(&writer.lock);
}

static void
writer_work(struct job *job, struct store *store)
{
	bool mine = turn_take();

	(void)job;
	writer_take();
	intake_commit(store, writer.batch, writer.count);
	if (mine)
		turn_give();
}

static void writer_start(void);

static void
writer_done(struct job *job)
{
	(void)job;
	writer.running = false;
	for (size_t i = 0; i < writer.count; i++)
		exchange_return(writer.member[i]);
	if (writer.first != NULL)
		writer_start();
}

static void
writer_start(void)
{
	writer.running = true;
	writer.job = (struct job){ .work = writer_work, .done = writer_done };
	(void)lane_submit(LANE_WRITER, &writer.job);
}

static void
writer_add(struct exchange *x)
{
	x->next = NULL;
	(void)pthread_mutex_lock(&writer.lock);
	*writer.end = x;
	writer.end = &x->next;
	(void)pthread_mutex_unlock(&writer.lock);
	if (!writer.running)
		writer_start();
}

/* Not stored: the form comes back with everything in it, to be sent again. */
static void
answer_unavailable(struct exchange *x)
{
	x->status = 503;
	render_form(&x->body, x->language, x->area, &(struct form_state){
		.posted = &x->form,
		.unavailable = true,
	});
}

static void
answer_stored(struct exchange *x)
{
	if (x->intake.result == INTAKE_UNAVAILABLE) {
		answer_unavailable(x);
		return;
	}
	x->status = 200;
	render_receipt(x);
}

static void
store_submission(struct exchange *x, const struct submission *submission)
{
	struct error error;
	size_t digits = strlen(submission->phone);

	if (intake_prepare(&x->intake, &site.config, site.locks, submission,
	    x->code[0] == '\0' ? NULL : x->code, x->now, &error) != 0) {
		log_line(LOG_LINE_ERROR, "intake: %s", error.text);
		answer_unavailable(x);
		return;
	}
	memcpy(x->digits, submission->phone + digits - 2, sizeof(x->digits));
	x->who = submission->who;
	x->age = submission->age;
	x->contact = submission->contact;
	x->away = true;
	x->resume = answer_stored;
	writer_add(x);
}

void
submit(struct exchange *x)
{
	enum fault faults[FIELD_COUNT] = { FAULT_NONE };
	struct submission submission;

	/* Not shown again: it could not be sent from there, and others may use the telephone. */
	if (!intake_open(x->area, x->now)) {
		x->status = 403;
		render_closed(&x->body, x->language, x->area, intake_state(x->area), true);
		return;
	}
	switch (submission_check(&x->form, x->area, x->language->tag, &submission, faults)) {
	case SUBMISSION_OK:
		store_submission(x, &submission);
		break;
	case SUBMISSION_FAULTY:
		x->status = 422;
		render_form(&x->body, x->language, x->area, &(struct form_state){
			.posted = &x->form,
			.faults = faults,
		});
		break;
	case SUBMISSION_NOT_AGREED:
		x->status = 200;
		render_not_agreed(&x->body, x->language, x->area, x->code);
		break;
	case SUBMISSION_UNKNOWN:
	default:
		exchange_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Det kom ett svar på en fråga som inte finns här. Fyll i igen."));
		break;
	}
	seal_wipe(&submission, sizeof(submission));
}
