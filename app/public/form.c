#include <pthread.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "public/intake.h"
#include "render/pages.h"
#include "render/view.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/staff.h"
#include "store/auth.h"
#include "text/text.h"

/* Languages that people may want to talk in, each by its own name. */
static const struct speak_view spoken[] = {
	{ "sv", "Svenska", "ltr", false }, { "en", "English", "ltr", false },
	{ "ar", "العربية", "rtl", false }, { "so", "Soomaali", "ltr", false },
	{ "ti", "ትግርኛ", "ltr", false }, { "fa", "فارسی / دری", "rtl", false },
	{ "uk", "Українська", "ltr", false }, { "ckb", "کوردی", "rtl", false },
	{ "th", "ไทย", "ltr", false },
};

/* What to do about a choice that is missing or wrong, by field. */
static const char *const choose[FIELD_COUNT] = {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	choose,
#include "base/fields.def"
#undef FIELD
};

const char *
field_fault(enum field field, enum fault fault)
{
	if (choose[field] != NULL)
		return choose[field];
	switch (fault) {
	case FAULT_PHONE:
		return N_("Vi förstår inte telefonnumret. Skriv det som du brukar, "
		    "till exempel 070-174 06 05.");
	case FAULT_MISSING:
		return field == FIELD_PHONE ? N_("Skriv ett telefonnummer.") :
		    N_("Skriv ett namn. Förnamnet räcker.");
	case FAULT_LONG:
		return field == FIELD_MESSAGE ?
		    N_("Meddelandet är för långt. Skriv högst 500 tecken.") :
		    N_("Namnet är för långt. Skriv högst 80 tecken.");
	default:
		return field == FIELD_MESSAGE ?
		    N_("Meddelandet har ett tecken som inte går att använda.") :
		    N_("Namnet har ett tecken som inte går att använda. Skriv det igen.");
	}
}

/* A form for another area is mended by choosing the area anew, on the first page. */
static size_t
fill_fields(struct form_view *view, const struct form_state *state,
    struct fault_view faults[FIELD_COUNT])
{
	static const char *const hrefs[FIELD_COUNT] = {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	"#" #name,
#include "base/fields.def"
#undef FIELD
	};
	struct field_view *const fields[FIELD_COUNT] = {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	&view->name,
#include "base/fields.def"
#undef FIELD
	};
	size_t count = 0;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		fields[i]->value = form_value(state->posted, field_name((enum field)i));
		if (state->faults == NULL || state->faults[i] == FAULT_NONE)
			continue;
		fields[i]->fault = field_fault((enum field)i, state->faults[i]);
		faults[count++] = (struct fault_view){ i == FIELD_AREA ? "/" : hrefs[i],
		    fields[i]->fault };
	}
	return count;
}

void
render_form(struct buffer *out, const struct language *language,
    const struct config_area *area, const struct form_state *state)
{
	struct fault_view faults[FIELD_COUNT];
	struct speak_view languages[COUNT_OF(spoken)];
	const char *speak = language->tag;
	char tel[40];
	struct form_view view = {
		.area_code = area->code,
		.faults = faults,
		.offers_message = area->message,
		.languages = languages,
		.languages_count = COUNT_OF(languages),
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
	for (size_t i = 0; i < COUNT_OF(spoken); i++) {
		languages[i] = spoken[i];
		languages[i].chosen = strcmp(spoken[i].tag, speak) == 0;
	}
	frame_public(&view.frame, language, area, N_("Vill du att någon ringer dig?"));
	view.frame.form = true;
	view.frame.faulty = view.faults_count > 0 || view.unavailable;
	page_form(out, language, &view);
}

const struct speak_view *
spoken_languages(struct request *x, const char *tag, size_t *count)
{
	struct speak_view *languages = arena_array(x, COUNT_OF(spoken), sizeof(*languages));

	for (size_t i = 0; i < COUNT_OF(spoken); i++) {
		languages[i] = spoken[i];
		languages[i].chosen = tag != NULL && strcmp(spoken[i].tag, tag) == 0;
	}
	*count = COUNT_OF(spoken);
	return languages;
}

const struct speak_view *
spoken_language(const char *tag)
{
	for (size_t i = 0; i < COUNT_OF(spoken); i++) {
		if (tag != NULL && strcmp(spoken[i].tag, tag) == 0)
			return &spoken[i];
	}
	return NULL;
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
		writer.batch[writer.count] = &x->intake;
	}
	if (writer.first == NULL)
		writer.end = &writer.first;
	(void)pthread_mutex_unlock(&writer.lock);
}

static void
writer_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };
	bool mine = commit_lock_take();

	(void)job;
	writer_take();
	intake_commit(&work, writer.batch, writer.count);
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
	render_form(&x->body, x->language, x->area, &(struct form_state){
		.posted = &x->form,
		.unavailable = true,
	});
}

static void
answer_stored(struct request *x)
{
	if (x->intake.result == INTAKE_UNAVAILABLE) {
		answer_unavailable(x);
		return;
	}
	x->status = 200;
	render_receipt(x);
}

static void
store_submission(struct request *x, const struct submission *submission)
{
	struct work work = { .config = &site.config, .now = x->now };
	size_t digits = strlen(submission->phone);

	if (intake_prepare(&work, &x->intake, site.locks, submission,
	    x->code[0] == '\0' ? NULL : x->code) != 0) {
		log_line(LOG_LINE_ERROR, "intake: %s", work.error.text);
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
submit(struct request *x)
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
		request_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Det kom ett svar på en fråga som inte finns här. Fyll i igen."));
		break;
	}
	seal_wipe(&submission, sizeof(submission));
}
