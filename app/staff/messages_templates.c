/* Templates of notes and text messages: a lead's page, and how one is put into a form. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/messages.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_case.h"
#include "render/view_messages.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

/* Why a template was not saved: a notice, the word in it, and the template it is about. */
struct refusal_told {
	const char *notice;		/* msgid; NULL: nothing was refused */
	const char *named;		/* a word of ours in a text message, which is asked about */
	int64_t number;			/* 0: a new one */
};

static const char *
notice_of(enum template_verdict verdict)
{
	switch (verdict) {
	case TEMPLATES_QUEUE:
		return N_("Välj en kö som du leder.");
	case TEMPLATES_GONE:
		return N_("Mallen finns inte längre.");
	case TEMPLATES_FULL:
		return N_("Kön har redan 30 mallar. Ta bort en först.");
	case TEMPLATES_SAME:
		return N_("Det finns redan en mall som heter så.");
	case TEMPLATES_TITLE:
		return N_("Skriv ett namn på mallen, högst 60 tecken.");
	case TEMPLATES_EMPTY:
		return N_("Skriv mallens text.");
	case TEMPLATES_LONG:
		return N_("Mallens text är för lång. Korta ner den.");
	case TEMPLATES_PERSONNUMMER:
		return N_("Det ser ut som ett personnummer. Ta bort det.");
	case TEMPLATES_CHARACTERS:
	default:
		return N_("I mallen står ett tecken som inte går att spara. Skriv om det.");
	}
}

static const struct template_view *
fill_rows(struct request *x, const struct templates *templates, const struct refusal_told *told)
{
	struct template_view *rows = arena_array(x, templates->count + 1, sizeof(*rows));

	for (size_t i = 0; i < templates->count; i++) {
		const struct template_row *row = &templates->rows[i];

		rows[i] = (struct template_view){
			.number = staff_reference(x, row->number),
			.token = staff_form_token(x),
			.title = arena_format(x, "%s", row->title),
			.words = arena_format(x, "%s", row->words),
			.kind = word_of(&words_template_kind, (int)row->kind),
			.named = told->named != NULL && told->number == row->number,
		};
	}
	return rows;
}

static void
fill_queue(struct request *x, struct template_queue_view *view,
    const struct template_queue *queue, const struct refusal_told *told)
{
	struct template_told_view *changes = arena_array(x, queue->told_count + 1,
	    sizeof(*changes));

	view->name = staff_queue_name(x, queue->queue);
	view->id = arena_format(x, "%s", queue->queue);
	view->templates = fill_rows(x, &queue->templates, told);
	view->templates_count = queue->templates.count;
	for (size_t i = 0; i < queue->told_count; i++)
		changes[i] = (struct template_told_view){
			.when = staff_when(x, queue->told[i].row.at),
			.by = arena_format(x, "%s", queue->told[i].by),
			.act = word_of(&words_template_act, (int)queue->told[i].row.act),
			.title = arena_format(x, "%s", queue->told[i].row.title),
		};
	view->told = changes;
	view->told_count = queue->told_count;
}

static void
show(struct request *x, struct work *work, int status, const struct refusal_told *told)
{
	struct templates_view view = { .named = told->named != NULL && told->number == 0 };
	struct template_queue_view *views;
	struct template_queues queues;

	if (template_queues_read(work, &queues) == -1) {
		staff_failed(x, &work->error);
		template_queues_free(&queues);
		return;
	}
	views = arena_array(x, queues.count + 1, sizeof(*views));
	for (size_t i = 0; i < queues.count; i++)
		fill_queue(x, &views[i], &queues.queues[i], told);
	view.queues = views;
	view.queues_count = queues.count;
	template_queues_free(&queues);
	staff_frame(x, &view.frame, N_("Mallar"), "");
	if (told->notice != NULL) {
		view.frame.notice = told->notice;
		view.frame.notice_who = told->named;
		view.frame.notice_bad = true;
	}
	x->status = status;
	page_templates(&x->body, x->language, &view);
}

static void
staff_templates(struct request *x, struct work *work)
{
	show(x, work, 200, &(struct refusal_told){ .notice = NULL });
}

/* Returns a field, "" when it is missing. */
static const char *
field(const struct request *x, const char *name)
{
	const char *value = form_value(&x->form, name);

	return value == NULL ? "" : value;
}

static int64_t
read_number(const struct request *x)
{
	int64_t number;

	return number_parse(field(x, "template"), &number) == 0 ? number : 0;
}

static void
save(struct request *x, struct work *work, const struct template_wish *wish)
{
	struct refusal_told told = { .number = wish->number };
	char *word = arena_array(x, strlen(wish->words) + 1, 1);
	enum template_verdict verdict;

	/* The same question as before such a text is sent. */
	if (wish->kind == TEMPLATE_TEXT && strcmp(field(x, "step"), "save-named") != 0 &&
	    text_names_service(&site.config, wish->words, word)) {
		told.named = word;
		told.notice = N_("I mallen står ”{who}”. Någon annan kan läsa den på telefonen. "
		    "Ska den ändå sparas så?");
		show(x, work, 422, &told);
		return;
	}
	if (template_save(work, wish, &verdict) == -1) {
		staff_failed(x, &work->error);
	} else if (verdict != TEMPLATES_DONE) {
		told.notice = notice_of(verdict);
		show(x, work, 422, &told);
	} else {
		request_redirect(x, "/staff/templates?notice=template");
	}
}

static void
staff_template_add(struct request *x, struct work *work)
{
	const int kind = word_value(&words_template_kind, field(x, "kind"));

	if (kind == -1) {
		show(x, work, 422, &(struct refusal_told){
		    .notice = N_("Välj om mallen är för anteckningar eller sms.") });
		return;
	}
	save(x, work, &(struct template_wish){ .queue = field(x, "queue"),
	    .kind = (enum template_kind)kind, .title = field(x, "title"),
	    .words = field(x, "words") });
}

/* The number of the form's template; 0, and the answer, when the form has none. */
static int64_t
asked_template(struct request *x, struct work *work)
{
	const int64_t number = read_number(x);

	if (number == 0)
		show(x, work, 422, &(struct refusal_told){ .notice = notice_of(TEMPLATES_GONE) });
	return number;
}

static void
staff_template_change(struct request *x, struct work *work)
{
	const int64_t number = asked_template(x, work);
	const int kind = word_value(&words_template_kind, field(x, "kind"));

	if (number != 0)
		save(x, work, &(struct template_wish){ .number = number,
		    /* A form without its kind is asked about as a text message. */
		    .kind = kind == TEMPLATE_NOTE ? TEMPLATE_NOTE : TEMPLATE_TEXT,
		    .title = field(x, "title"), .words = field(x, "words") });
}

static void
staff_template_remove(struct request *x, struct work *work)
{
	const int64_t number = asked_template(x, work);
	enum template_verdict verdict;

	if (number == 0)
		return;
	if (template_remove(work, number, &verdict) == -1)
		staff_failed(x, &work->error);
	else if (verdict != TEMPLATES_DONE)
		show(x, work, 422, &(struct refusal_told){ .notice = notice_of(verdict) });
	else
		request_redirect(x, "/staff/templates?notice=template-removed");
}

int
template_choice_fill(struct request *x, struct work *work, struct template_choice_view *view,
    const char *queue, enum template_kind kind)
{
	struct template_option_view *options;
	struct templates templates;
	int result = templates_read(work, queue, &templates);

	options = arena_array(x, templates.count + 1, sizeof(*options));
	for (size_t i = 0; i < templates.count; i++) {
		const struct template_row *row = &templates.rows[i];

		if (row->kind != kind)
			continue;
		options[view->templates_count++] = (struct template_option_view){
			.number = staff_reference(x, row->number),
			.title = arena_format(x, "%s", row->title),
			.words = arena_format(x, "%s", row->words),
		};
	}
	view->templates = options;
	templates_free(&templates);
	return result;
}

enum answer
staff_template_words(struct request *x, struct work *work, enum template_kind kind,
    const char **words)
{
	struct template_row row;
	const enum answer answer = template_for_case(work, x->number, read_number(x), kind, &row);

	if (answer == FOUND)
		*words = arena_format(x, "%s", row.words);
	return answer;
}

const struct route staff_messages_templates_routes[] = {
	{ METHOD_GET, "/staff/templates", LEAD, WORKER_STAFF, staff_templates, { NULL } },
	{ METHOD_POST, "/staff/templates", LEAD, WORKER_STAFF, staff_template_add,
	    { "queue", "kind", "title", "words", "step" } },
	{ METHOD_POST, "/staff/templates/change", LEAD, WORKER_STAFF, staff_template_change,
	    { "template", "kind", "title", "words", "step" } },
	{ METHOD_POST, "/staff/templates/remove", LEAD, WORKER_STAFF, staff_template_remove,
	    { "template" } },
	{ .path = NULL }
};
