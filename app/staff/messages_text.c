/* A text message to the person: proposes, counts and sends it. */
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/case.h"
#include "flow/messages.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/view_messages.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

#define SOON	"soon"

/*
 * The proposed texts. None names the service, the reason or the person: anybody else who
 * holds the telephone learns a first name, a time and a number, and no more.
 */
static const struct proposal {
	const char *word;
	const char *purpose;
	const char *text;
} proposals[] = {
	{ "first", N_("Vi ringer snart"),
	    N_("Hej! Jag heter {first}. Jag ringer dig {when} från {number}. "
	    "Passar det inte? Ring mig på det numret.") },
	{ "tried", N_("Vi försökte nå dig"),
	    N_("Hej! Jag heter {first}. Jag försökte ringa dig. "
	    "Ring gärna {number}. Det går inte att svara på det här sms:et.") },
	{ "again", N_("Vi ringer igen"),
	    N_("Hej! Jag heter {first}. Jag försökte ringa dig. Jag ringer igen {when} från {number}.") },
	/* ACT_ANNOUNCED: its author keeps the case, and calls. */
	{ SOON, N_("Jag ringer om tio minuter"),
	    N_("Hej! Jag heter {first}. Jag ringer dig om tio minuter från {number}. "
	    "Passar det inte? Ring mig på det numret.") },
};

/* NULL for an unknown word. */
static const struct proposal *
find_proposal(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(proposals); i++) {
		if (strcmp(proposals[i].word, word) == 0)
			return &proposals[i];
	}
	return NULL;
}

/*
 * Returns the proposal that the query names, otherwise the one that fits the number of
 * attempts; NULL for an unknown name.
 */
static const struct proposal *
asked_proposal(const struct request *x, const struct casefile *file)
{
	const char *word = form_value(&x->query, "about");

	return word != NULL ? find_proposal(word) : &proposals[file->attempts.count == 0 ? 0 : 2];
}

/* Returns the person's language if the program has it, otherwise Swedish. */
static const struct language *
person_language(const struct casefile *file, bool *known)
{
	const char *tag = form_value(&file->submission, "speak");
	const struct language *language = tag == NULL ? text_languages[0] :
	    text_language(tag, strlen(tag));

	*known = language != NULL;
	return *known ? language : text_languages[0];
}

/* Whether the text announces a call: by the proposal, or by the form that was sent. */
static bool
is_soon(const struct request *x, const struct proposal *proposal)
{
	const char *about = proposal != NULL ? proposal->word : form_value(&x->form, "about");

	return about != NULL && strcmp(about, SOON) == 0;
}

static const char *
propose(struct request *x, const struct casefile *file, const struct proposal *proposal,
    const struct language *language, const struct config_queue *queue)
{
	const struct retry retry = duetime_retry_why(queue, file->row.when, x->now);
	struct buffer when = { 0 }, out = { 0 };
	struct tm local, now;

	clock_local(retry.at, &local);
	clock_local(x->now, &now);
	text_half(&when, language, &local, &now, retry.half);
	text_fill(&out, language, text(language, proposal->text), (const struct text_argument[]){
	    { "first", staff_first_name(x) }, { "when", buffer_string(&when) },
	    { "number", queue->phone } }, 3);
	buffer_free(&when);
	return arena_take(x, &out);
}

static void
fill_proposals(struct request *x, struct case_text_view *view, const struct proposal *current)
{
	struct case_text_proposal_view *buttons =
	    arena_array(x, COUNT_OF(proposals), sizeof(*buttons));

	for (size_t i = 0; i < COUNT_OF(proposals); i++) {
		buttons[i].word = proposals[i].word;
		buttons[i].text = proposals[i].purpose;
		buttons[i].current = &proposals[i] == current;
	}
	view->proposals = buttons;
	view->proposals_count = COUNT_OF(proposals);
}

/*
 * Why a text is refused, or what the page asks: whether a word of ours may stand, and whether
 * a proposal takes the place of what somebody has written. Empty otherwise.
 */
struct remark {
	const char *fault;		/* msgid */
	const char *named;
	const struct proposal *instead;
};

/*
 * Like text_read. In a text of a right-to-left script, the numbers get direction marks
 * again, because editing may have removed those of the proposal.
 */
static enum text_fault
read_text(const char *written, char *read, struct sms_segments *parts)
{
	enum text_fault fault = text_read(written, read, parts);
	struct buffer marked = { 0 };

	if (fault != TEXT_OK || !text_from_right(read))
		return fault;
	text_numbers(&marked, read, strlen(read));
	if (marked.length <= (size_t)TEXT_MAX * 4) {
		memcpy(read, marked.data, marked.length + 1);
		sms_segments_count(read, parts);
		if (parts->count > SMS_SEGMENTS_MAX)
			fault = TEXT_LONG;
	}
	buffer_wipe(&marked);
	return fault;
}

/* Whether it is one of the proposals, in which nobody has typed. */
static bool
is_proposal(struct request *x, const struct casefile *file, const char *written)
{
	const struct config_queue *queue = config_queue(&site.config, file->row.queue);
	bool known, is = false;
	const struct language *language = person_language(file, &known);

	for (size_t i = 0; i < COUNT_OF(proposals) && queue != NULL && !is; i++)
		is = strcmp(propose(x, file, &proposals[i], language, queue), written) == 0;
	return is;
}

/* Fills in the templates; the page does without them when they cannot be read. */
static void
fill_templates(struct request *x, struct work *work, struct case_text_view *view,
    const struct casefile *file)
{
	if (template_choice_fill(x, work, &view->templates, file->row.queue, TEMPLATE_TEXT) == -1)
		log_line(LOG_LINE_ERROR, "templates: %s", work->error.text);
	view->templates.id = "text-template";
	view->templates.inserted = form_value(&x->form, "insert") != NULL && view->fault == NULL;
	view->templates.replaces = is_proposal(x, file, view->text);
}

/* Shows the page. proposal NULL: with the text as it was typed. */
static void
show(struct request *x, struct work *work, const struct casefile *file,
    const struct proposal *proposal, const char *written, struct remark remark)
{
	const struct config_queue *queue = config_queue(&site.config, file->row.queue);
	struct case_text_view view = { .fault = remark.fault, .named = remark.named,
	    .text = written, .most = SMS_SEGMENTS_MAX };
	const struct language *language;
	struct sms_segments parts;
	char reference[14], *read = arena_array(x, TEXT_MAX * 4 + 1, 1);
	bool known;

	number_text(file->row.number, reference);
	view.back_href = arena_format(x, "/staff/case/%s", reference);
	view.action = arena_format(x, "%s/text", view.back_href);
	view.name = form_value(&file->submission, "name");
	view.phone = staff_phone(x, form_value(&file->submission, "phone"));
	language = person_language(file, &known);
	view.tag = language->tag;
	view.language = known ? language->name : NULL;
	if (proposal != NULL && queue != NULL)
		view.text = propose(x, file, proposal, language, queue);
	view.soon = is_soon(x, proposal);
	fill_proposals(x, &view, proposal);
	if (remark.instead != NULL) {
		view.instead = remark.instead->word;
		view.instead_named = text(x->language, remark.instead->purpose);
	}
	fill_templates(x, work, &view, file);
	(void)read_text(view.text, read, &parts);
	view.units = parts.units;
	view.parts = parts.count;
	view.unicode = parts.unicode;
	staff_frame(x, &view.frame, N_("Skicka sms"), "queue");
	x->status = remark.fault != NULL || remark.named != NULL || remark.instead != NULL ?
	    422 : 200;
	page_case_text(&x->body, x->language, &view);
}

/*
 * Reads the case, if the reader may send a text message now. False: the request has been
 * answered.
 */
static bool
read_case(struct request *x, struct work *work, struct casefile *file)
{
	switch (casefile_read(work, file, x->number)) {
	case FOUND:
		break;
	case FAILED:
		staff_failed(x, &work->error);
		return false;
	case ABSENT:
	default:
		staff_absent(x);
		return false;
	}
	if (text_allowed(&site.config, file))
		return true;
	if (file->opened && !file->attempts.may_text)
		staff_problem(x, 409, N_("Personen vill inte ha meddelanden"),
		    N_("I formuläret står att ni inte ska lämna meddelande. Ring i stället."));
	else if (!texts_possible(&site.config))
		staff_problem(x, 409, N_("Tjänsten kan inte skicka sms än"),
		    N_("Säg till administratören, som kan ordna det."));
	else
		staff_case_show(x, work, 409,
		    N_("Det går inte längre: ärendet har ändrats sedan du öppnade sidan."),
		    NULL);
	casefile_free(file);
	return false;
}

static void
staff_text(struct request *x, struct work *work)
{
	const struct proposal *proposal;
	struct casefile file;

	if (!read_case(x, work, &file))
		return;
	proposal = asked_proposal(x, &file);
	if (proposal == NULL)
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
	else
		show(x, work, &file, proposal, NULL, (struct remark){ 0 });
	casefile_free(&file);
}

static const char *
fault_of(struct request *x, enum text_fault fault, const char *written)
{
	switch (fault) {
	case TEXT_EMPTY:
		return N_("Skriv något att skicka.");
	case TEXT_LONG:
		return N_("Det är för långt. Korta ner det.");
	case TEXT_CHARACTERS:
		return staff_unusable(x, written, NULL);
	case TEXT_PERSONNUMMER:
		return N_("Det ser ut som ett personnummer. Ta bort det.");
	case TEXT_OK:
	default:
		return NULL;
	}
}

static void
send_text(struct request *x, struct work *work, const char *read)
{
	switch (text_ready(work)) {
	case FOUND:
		staff_case_do(x, work, &(struct callback){
			.number = x->number, .text = read,
			.act = is_soon(x, NULL) ? ACT_ANNOUNCED : ACT_TEXTED
		});
		break;
	case FAILED:
		staff_failed(x, &work->error);
		break;
	case ABSENT:
	default:
		staff_problem(x, 503, N_("Sms går inte att skicka än"),
		    N_("Utkorgen har inte startat. Säg till administratören: egenremiss outbox."));
		break;
	}
}

/* A template takes the place of our own proposal, and follows what was typed. */
static void
insert(struct request *x, struct work *work, const struct casefile *file, const char *written)
{
	const char *words;

	switch (staff_template_words(x, work, TEMPLATE_TEXT, &words)) {
	case FOUND:
		if (*written != '\0' && !is_proposal(x, file, written))
			words = arena_format(x, "%s\n%s", written, words);
		show(x, work, file, NULL, words, (struct remark){ 0 });
		break;
	case ABSENT:
		show(x, work, file, NULL, written,
		    (struct remark){ .fault = N_("Välj en mall först.") });
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
}

/*
 * A proposal takes the place of another at once, and of what somebody has written when they
 * have said so.
 */
static void
take_proposal(struct request *x, struct work *work, const struct casefile *file,
    const char *written, const char *word, bool sure)
{
	const struct proposal *proposal = find_proposal(word);

	if (proposal == NULL)
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
	else if (sure || *written == '\0' || is_proposal(x, file, written))
		show(x, work, file, proposal, NULL, (struct remark){ 0 });
	else
		show(x, work, file, NULL, written, (struct remark){ .instead = proposal });
}

static void
staff_text_send(struct request *x, struct work *work)
{
	const char *written = form_value(&x->form, "text"), *step = form_value(&x->form, "step");
	const char *wanted = form_value(&x->form, "propose");
	const char *replacing = form_value(&x->form, "replace");
	char *read = arena_array(x, TEXT_MAX * 4 + 1, 1);
	struct casefile file;
	char *word = arena_array(x, TEXT_MAX * 4 + 1, 1);
	struct sms_segments parts;
	enum text_fault fault;
	bool sure;

	if (!read_case(x, work, &file))
		return;
	sure = step != NULL && strcmp(step, "send-named") == 0;
	written = written != NULL ? written : "";
	fault = read_text(written, read, &parts);
	if (replacing != NULL || wanted != NULL)
		take_proposal(x, work, &file, written,
		    replacing != NULL ? replacing : wanted, replacing != NULL);
	else if (form_value(&x->form, "insert") != NULL)
		insert(x, work, &file, written);
	else if (fault != TEXT_OK)
		show(x, work, &file, NULL, written, (struct remark){ .fault = fault_of(x, fault, written) });
	else if (!sure && (step == NULL || strcmp(step, "send") != 0))
		show(x, work, &file, NULL, written, (struct remark){ 0 });
	else if (!sure && text_names_service(&site.config, read, word))
		show(x, work, &file, NULL, written, (struct remark){ .named = word });
	else
		send_text(x, work, read);
	casefile_free(&file);
}

const struct route staff_messages_text_routes[] = {
	{ METHOD_GET, "/staff/case/#/text", CALLERS, WORKER_STAFF, staff_text, { "about" } },
	{ METHOD_POST, "/staff/case/#/text", CALLERS, WORKER_STAFF, staff_text_send,
	    { "text", "step", "about", "template", "insert", "propose", "replace" } },
	{ .path = NULL }
};
