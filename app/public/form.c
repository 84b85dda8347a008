#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/flow.h"
#include "public/public.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/view.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "text/text.h"

static struct form_request *
form_of(const struct request *x)
{
	return x->own;
}

static void
form_request_free(void *own)
{
	struct form_request *form = own;

	intake_free(&form->intake);
}

void
form_request_begin(struct request *x, const struct config_area *area, const char *code)
{
	struct form_request *form = arena_array(x, 1, sizeof(*form));

	form->area = area;
	(void)snprintf(form->code, sizeof(form->code), "%s", code);
	x->own = form;
	x->own_free = form_request_free;
}

static size_t
fill_fields(struct form_view *view, const struct form_state *state,
    struct fault_view faults[FIELD_COUNT])
{
	static const char *const hrefs[FIELD_COUNT] = {
		"#who", "/", "#agreed", "#workplace", "#age", "#name", "#phone", "#contact",
		"#when", "#speak", "#knows", "#helper_name", "#helper_phone", "#message",
	};
	struct field_view area, *const fields[FIELD_COUNT] = {
		&view->who, &area, &view->agreed, &view->workplace, &view->age, &view->name,
		&view->phone, &view->contact, &view->when, &view->speak, &view->knows,
		&view->helper_name, &view->helper_phone, &view->message,
	};
	size_t count = 0;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		fields[i]->value = form_value(state->posted, field_names[i]);
		if (state->faults == NULL || state->faults[i] == FAULT_NONE)
			continue;
		fields[i]->fault = field_fault((enum field)i, state->faults[i]);
		faults[count++] = (struct fault_view){ hrefs[i], fields[i]->fault };
	}
	return count;
}

void
render_form(struct buffer *out, const struct language *language,
    const struct config_area *area, const struct form_state *state)
{
	struct fault_view faults[FIELD_COUNT];
	struct speak_view languages[SPOKEN_COUNT];
	const char *speak = language->tag;
	char tel[40];
	struct form_view view = {
		.area_code = area->code,
		.faults = faults,
		.offers_message = area->message,
		.languages = languages,
		.languages_count = SPOKEN_COUNT,
		.service_phone = area->phone,
		.service_tel = tel,
	};

	tel_address(area->phone, tel);
	if (state != NULL) {
		view.faults_count = fill_fields(&view, state, faults);
		view.unavailable = state->unavailable;
		if (view.speak.value != NULL)
			speak = view.speak.value;
	}
	spoken_fill(languages, speak);
	frame_public(&view.frame, language, area, N_("Vill du att någon ringer dig?"));
	view.frame.form = true;
	view.frame.faulty = view.faults_count > 0 || view.unavailable;
	page_form(out, language, &view);
}

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
	struct request *first, **end;
	struct request *member[BATCH_MAX];
	struct intake *batch[BATCH_MAX];
	size_t count;
} writer = { .lock = PTHREAD_MUTEX_INITIALIZER, .end = &writer.first };

static void
writer_take(void)
{
	(void)pthread_mutex_lock(&writer.lock);
	for (writer.count = 0; writer.first != NULL && writer.count < BATCH_MAX; writer.count++) {
		struct request *x = writer.first;

		writer.first = x->next;
		writer.member[writer.count] = x;
		writer.batch[writer.count] = &form_of(x)->intake;
	}
	if (writer.first == NULL)
		writer.end = &writer.first;
	(void)pthread_mutex_unlock(&writer.lock);
}

static void
writer_work(struct job *job, struct store *store)
{
	bool mine = commit_lock_take();

	(void)job;
	writer_take();
	intake_commit(store, writer.batch, writer.count);
	if (mine)
		commit_lock_release();
}

static void writer_start(void);

static void
writer_done(struct job *job)
{
	(void)job;
	writer.running = false;
	for (size_t i = 0; i < writer.count; i++)
		request_return(writer.member[i]);
	if (writer.first != NULL)
		writer_start();
}

static void
writer_start(void)
{
	writer.running = true;
	writer.job = (struct job){ .work = writer_work, .done = writer_done };
	(void)worker_submit(WORKER_WRITER, &writer.job);
}

static void
writer_add(struct request *x)
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
answer_unavailable(struct request *x)
{
	x->status = 503;
	render_form(&x->body, x->language, form_of(x)->area, &(struct form_state){
		.posted = &x->form,
		.unavailable = true,
	});
}

static void
answer_stored(struct request *x)
{
	if (form_of(x)->intake.result == INTAKE_UNAVAILABLE) {
		answer_unavailable(x);
		return;
	}
	x->status = 200;
	render_receipt(x);
}

static void
store_submission(struct request *x, const struct submission *submission)
{
	struct form_request *form = form_of(x);
	struct error error;
	size_t digits = strlen(submission->phone);

	if (intake_prepare(&form->intake, &site.config, site.locks, submission,
	    form->code[0] == '\0' ? NULL : form->code, x->now, &error) != 0) {
		log_line(LOG_LINE_ERROR, "intake: %s", error.text);
		answer_unavailable(x);
		return;
	}
	memcpy(form->digits, submission->phone + digits - 2, sizeof(form->digits));
	form->who = submission->who;
	form->age = submission->age;
	form->contact = submission->contact;
	x->away = true;
	x->resume = answer_stored;
	writer_add(x);
}

/* Checks what was sent, and stores it or says what is wrong with it. */
static void
submit(struct request *x)
{
	const struct form_request *form = form_of(x);
	enum fault faults[FIELD_COUNT] = { FAULT_NONE };
	struct submission submission;

	/* Not shown again: it could not be sent from there, and others may use the telephone. */
	if (!intake_open(form->area, x->now)) {
		x->status = 403;
		render_closed(&x->body, x->language, form->area, intake_state(form->area), true);
		return;
	}
	switch (submission_check(&x->form, form->area, x->language->tag, &submission, faults)) {
	case SUBMISSION_OK:
		store_submission(x, &submission);
		break;
	case SUBMISSION_FAULTY:
		x->status = 422;
		render_form(&x->body, x->language, form->area, &(struct form_state){
			.posted = &x->form,
			.faults = faults,
		});
		break;
	case SUBMISSION_NOT_AGREED:
		x->status = 200;
		render_not_agreed(&x->body, x->language, form->area, form->code);
		break;
	case SUBMISSION_UNKNOWN:
	default:
		public_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Det kom ett svar på en fråga som inte finns här. Fyll i igen."));
		break;
	}
	seal_wipe(&submission, sizeof(submission));
}

void
form_submit(struct request *x)
{
	if (x->method == METHOD_POST) {
		if (request_body(x))
			submit(x);
	} else {
		x->allow = "GET, HEAD, POST";
		public_problem(x, 405, N_("Det går inte så"), N_("Öppna formuläret och fyll i det."));
	}
}
