/* Opens and closes the form of an area, and changes the text on its closed page. */
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "render/pages.h"
#include "render/phrases.h"
#include "render/view_outreach.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/outreach.h"
#include "staff/staff.h"
#include "text/text.h"

#define LANGUAGES_MAX	16	/* the most languages that there may be */

/* Returns 0, or -1 after it has answered the request. */
static int
read_opening(struct request *x, struct work *work, const struct config_area *area,
    struct intake_status *opening)
{
	if (intake_status_read(work, opening, area) == 0)
		return 0;
	staff_failed(x, &work->error);
	return -1;
}

static void
stands_fill(struct request *x, struct intake_stands_view *view, const struct intake_status *opening)
{
	view->open = opening->open;
	view->since = staff_when(x, opening->since_at);
	view->turns = staff_day(x, opening->turns_day);
	view->back = staff_day(x, opening->back_day);
	if (opening->held != NULL)
		view->held = opening->held->name;
}

/*
 * Fills in the numbers of the queues that the reader is a member of. `fault` is that of the
 * form that was sent. Returns their number, or -1.
 */
static int
numbers_fill(struct request *x, struct work *work, struct intake_number_view *numbers,
    const char *fault)
{
	const char *sent = form_value(&x->form, "queue");
	int count = 0;

	for (size_t i = 0; i < site.config.queues_count; i++) {
		const struct config_queue *queue = &site.config.queues[i];
		struct intake_number_view *view = &numbers[count];
		int32_t day;

		switch (shown_number_of_mine(work, queue, &day)) {
		case FAILED:
			return -1;
		case ABSENT:
			continue;
		case FOUND:
			break;
		}
		*view = (struct intake_number_view){
			.id = queue->id, .name = queue->name, .phone = queue->phone,
			.seen = staff_day(x, day), .token = staff_form_token(x),
			.today = staff_date(x, day_of(x->now)),
			.earliest = staff_date(x, day_of(x->now) - 366)
		};
		view->day = view->today;
		if (fault != NULL && sent != NULL && strcmp(sent, queue->id) == 0) {
			view->fault = fault;
			view->day = form_value(&x->form, "day");
		}
		count++;
	}
	return count;
}

static void
intakes_show(struct request *x, struct work *work, const char *fault)
{
	const struct config *config = &site.config;
	struct intake_row_view *rows = arena_array(x, config->areas_count, sizeof(*rows));
	struct intake_number_view *numbers = arena_array(x, config->queues_count, sizeof(*numbers));
	struct intakes_view view = { .areas = rows, .areas_count = config->areas_count };
	struct intake_status opening;
	int count = numbers_fill(x, work, numbers, fault);

	if (count == -1) {
		staff_failed(x, &work->error);
		return;
	}
	view.numbers = numbers;
	view.numbers_count = (size_t)count;
	for (size_t i = 0; i < config->areas_count; i++) {
		if (read_opening(x, work, &config->areas[i], &opening) == -1)
			return;
		rows[i].name = config->areas[i].name;
		rows[i].code = config->areas[i].code;
		stands_fill(x, &rows[i].stands, &opening);
	}
	staff_frame(x, &view.frame, N_("Formuläret"), "codes");
	x->status = fault != NULL ? 422 : 200;
	page_intakes(&x->body, x->language, &view);
}

static void
staff_intake_number(struct request *x, struct work *work)
{
	const char *id = form_value(&x->form, "queue"), *day = form_value(&x->form, "day");
	const struct config_queue *queue = id == NULL ? NULL : config_queue(&site.config, id);
	int32_t seen = INT32_MAX;
	enum answer answer = ABSENT;

	if (day != NULL && text_input_day(day, &seen) != 0)
		seen = INT32_MAX;
	if (queue != NULL)
		answer = shown_number_confirm(work, queue, seen);
	if (answer == FOUND)
		request_redirect(x, "/staff/intake?notice=number");
	else if (answer == ABSENT)
		staff_problem(x, 404, N_("Kön är inte din"),
		    N_("Bara den som är med i kön kan bekräfta dess nummer."));
	else if (work->error.kind == ERROR_INPUT)
		intakes_show(x, work, N_("Välj en dag som har varit, högst ett år bakåt."));
	else
		staff_failed(x, &work->error);
}

/*
 * Returns the message in that language. Its value stands between U+2068 and U+2069, which
 * isolate its direction like <bdi>. NULL without a value.
 */
static const char *
say_in(struct request *x, const struct language *language, const char *message,
    const char *name, const char *value)
{
	struct text_argument argument = { .name = name };
	struct buffer out = { 0 };

	if (value == NULL || value[0] == '\0')
		return NULL;
	argument.value = arena_format(x, "\u2068%s\u2069", value);
	text_fill(&out, language, text(language, message), &argument, 1);
	return arena_take(x, &out);
}

/* Fills in a preview of the closed page (assets/page/public/closed.html). */
static void
preview_fill(struct request *x, struct intake_words_view *view, const struct language *language,
    const struct config_area *area, const struct intake_status *opening)
{
	struct buffer day = { 0 };

	if (!opening->open && opening->turns_day != 0 && opening->held == NULL)
		closed_opens(&day, language, opening->turns_day);
	view->heading = text(language, N_("Just nu är formuläret stängt"));
	view->says = closed_words(language, view->words);
	view->ring = say_in(x, language, N_("Ring {number}"), "number", area->phone);
	view->place = say_in(x, language, N_("Eller kom till {place}."), "place", area->place);
	view->opens = say_in(x, language, N_("Formuläret öppnar {day}."), "day",
	    buffer_string(&day));
	buffer_free(&day);
}

static void
words_fill(struct request *x, struct intake_words_view *view, const struct language *language,
    const char *saved, const struct intake_fault *fault)
{
	const char *tag = form_value(&x->form, "language");

	view->token = staff_form_token(x);
	view->tag = language->tag;
	view->dir = language->dir;
	view->name = language->name;
	view->words = saved == NULL ? "" : saved;
	if ((fault->words == NULL && !fault->look) || tag == NULL || strcmp(tag, language->tag) != 0)
		return;
	view->words = form_value(&x->form, "words");
	view->fault = fault->words;
	view->typed = fault->words == NULL;
}

/*
 * The texts that a lead has written, in the order of text_languages; NULL: the catalogue's.
 */
struct saved_words {
	struct request *request;
	const char *words[LANGUAGES_MAX];
};

static int
take_words(const char *language, const char *words, void *argument)
{
	struct saved_words *saved = argument;

	for (size_t i = 0; i < text_languages_count && i < LANGUAGES_MAX; i++) {
		if (strcmp(text_languages[i]->tag, language) == 0)
			saved->words[i] = arena_format(saved->request, "%s", words);
	}
	return 0;
}

static int
languages_fill(struct request *x, struct work *work, struct intake_view *view,
    const struct config_area *area, const struct intake_status *opening,
    const struct intake_fault *fault)
{
	struct intake_words_view *languages = arena_array(x, text_languages_count,
	    sizeof(*languages));
	struct saved_words saved = { .request = x };

	if (intake_status_words(work, area, take_words, &saved) == -1)
		return -1;
	for (size_t i = 0; i < text_languages_count; i++) {
		words_fill(x, &languages[i], text_languages[i], saved.words[i], fault);
		languages[i].code = area->code;
		preview_fill(x, &languages[i], text_languages[i], area, opening);
	}
	view->languages = languages;
	view->languages_count = text_languages_count;
	return 0;
}

/* Returns what was typed when the form of days comes back, otherwise "". */
static const char *
typed(const struct request *x, const char *field, const struct intake_fault *fault)
{
	const char *value = form_value(&x->form, field);

	return (fault->day != NULL || fault->back != NULL || fault->ask) && value != NULL ?
	    value : "";
}

/* Fills in the fields for days, as they were typed if they were sent. */
static void
days_fill(struct request *x, struct intake_view *view, const struct intake_fault *fault)
{
	struct intake_back_view *sent =
	    form_value(&x->form, "day") != NULL ? &view->day_back : &view->back;

	view->day = typed(x, "day", fault);
	view->day_fault = fault->day;
	view->earliest = staff_date(x, day_of(x->now) + 1);
	view->back = (struct intake_back_view){
		.open = view->stands.open, .id = "back", .value = "", .earliest = view->earliest
	};
	view->day_back = view->back;
	view->day_back.id = "day-back";
	view->day_back.earliest = staff_date(x, day_of(x->now) + 2);
	sent->value = typed(x, "back", fault);
	sent->fault = fault->back;
}

static int
area_fill(struct request *x, struct work *work, struct intake_view *view,
    const struct config_area *area, const struct intake_fault *fault)
{
	const struct config_queue *unread = NULL;
	struct intake_status opening;
	int result = intake_status_read(work, &opening, area);

	if (result == 0 && !opening.open)
		result = intake_status_unread(work, area, &unread);
	if (result == -1)
		return -1;
	stands_fill(x, &view->stands, &opening);
	days_fill(x, view, fault);
	view->unread = unread != NULL ? unread->name : NULL;
	view->asks = fault->ask && opening.open;
	return languages_fill(x, work, view, area, &opening, fault);
}

void
staff_intake_show(struct request *x, struct work *work, const struct config_area *area,
    int status, const struct intake_fault *fault)
{
	struct intake_view view = {
		.name = area->name, .code = area->code,
		.page_href = arena_format(x, "/%s", area->slug),
	};

	if (area_fill(x, work, &view, area, fault) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	staff_frame(x, &view.frame, N_("Formuläret"), "codes");
	if (fault->notice != NULL) {
		view.frame.notice = fault->notice;
		view.frame.notice_who = fault->who;
		view.frame.notice_bad = true;
	}
	x->status = status;
	x->scripted = true;
	page_intake(&x->body, x->language, &view);
}

static void
staff_intake(struct request *x, struct work *work)
{
	const char *code = form_value(&x->query, "area");
	const struct config_area *area;

	if (code == NULL) {
		intakes_show(x, work, NULL);
		return;
	}
	area = config_area(&site.config, code);
	if (area == NULL)
		staff_problem(x, 404, N_("Kommunen finns inte"), N_("Välj en kommun i listan."));
	else
		staff_intake_show(x, work, area, 200, &(struct intake_fault){ 0 });
}

static void
done(struct request *x, const struct config_area *area, const char *what)
{
	request_redirect(x, "/staff/intake?area=%s&notice=intake-%s", area->code, what);
}

/* Reads a day; "" is 0. */
static bool
read_day(const char *written, int32_t *day)
{
	*day = 0;
	return written == NULL || written[0] == '\0' || text_input_day(written, day) == 0;
}

static void
refuse(struct request *x, struct work *work, const struct intake_status_wish *wish,
    const struct intake_status_answer *answer)
{
	struct intake_fault fault = { 0 };

	switch (answer->verdict) {
	case INTAKE_STATUS_UNREAD:
		fault.notice = N_("Formuläret är inte öppnat: ingen kan läsa "
		    "det som kommer till {who}. Ge någon den kön först.");
		fault.who = answer->unread->name;
		break;
	case INTAKE_STATUS_UNCHANGED:
		fault.notice = wish->act == INTAKE_STATUS_OPEN ?
		    N_("Formuläret är redan öppet.") : N_("Formuläret är redan stängt.");
		break;
	case INTAKE_STATUS_BACK_DAY:
		fault.back = staff_odd_day(x, wish->day != 0 ?
		    N_("Välj en dag efter den ovanför och inom två år.") :
		    N_("Välj en dag efter i dag och inom två år."));
		break;
	case INTAKE_STATUS_DAY:
	default:
		fault.day = staff_odd_day(x, N_("Välj en dag efter i dag och inom två år."));
		break;
	}
	staff_intake_show(x, work, wish->area, fault.notice != NULL ? 409 : 422, &fault);
}

static void
change(struct request *x, struct work *work, const struct config_area *area,
    enum intake_status_act act)
{
	static const char *const acts[] = { "open", "close", "stay" };
	struct intake_status_wish wish = { .area = area, .act = act };
	struct intake_status_answer answer = { .verdict = INTAKE_STATUS_OK };
	const char *day = form_value(&x->form, "day");

	/*
	 * A form with a field for a day needs a day: a change that is meant for later must
	 * not happen now.
	 */
	if (!read_day(day, &wish.day) || (day != NULL && wish.day == 0)) {
		answer.verdict = INTAKE_STATUS_DAY;
	} else if (!read_day(form_value(&x->form, "back"), &wish.back_day)) {
		answer.verdict = INTAKE_STATUS_BACK_DAY;
	} else if (intake_status_change(work, &wish, &answer) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	if (answer.verdict != INTAKE_STATUS_OK) {
		refuse(x, work, &wish, &answer);
		return;
	}
	log_line(LOG_LINE_INFO, "intake: %s of %s%s", acts[act], area->code,
	    wish.day != 0 ? ", on a day" : "");
	done(x, area, wish.day != 0 ? "day" : acts[act]);
}

/* Returns the language of the form; NULL when there is none. */
static const struct language *
named_language(const struct request *x)
{
	const char *tag = form_value(&x->form, "language");

	for (size_t i = 0; tag != NULL && i < text_languages_count; i++) {
		if (strcmp(text_languages[i]->tag, tag) == 0)
			return text_languages[i];
	}
	return NULL;
}

/* Returns what is wrong with the text, a msgid; NULL when it is right. */
static const char *
words_fault(struct request *x, const char *written)
{
	char text[INTAKE_STATUS_WORDS_MAX * 4 + 1];

	switch (text_input_text(written, INTAKE_STATUS_WORDS_MAX, text)) {
	case FAULT_LONG:
		return N_("Texten är för lång. Skriv högst 500 tecken.");
	case FAULT_PERSONNUMMER:
		return N_("Det ser ut som ett personnummer. Ta bort det.");
	case FAULT_CHARACTERS:
		return staff_unusable(x, written, NULL);
	default:
		return NULL;
	}
}

/* Saves the text, or shows a preview of it. */
static void
say(struct request *x, struct work *work, const struct config_area *area,
    const struct language *language, bool look)
{
	const char *written = form_value(&x->form, "words");
	struct intake_fault fault = { .look = look };

	if (written == NULL)
		written = "";
	fault.words = words_fault(x, written);
	if (fault.words != NULL || look)
		staff_intake_show(x, work, area, fault.words != NULL ? 422 : 200, &fault);
	else if (intake_status_say(work, area, language->tag, written) == -1)
		staff_failed(x, &work->error);
	else
		done(x, area, "say");
}

static void
staff_intake_change(struct request *x, struct work *work)
{
	const char *code = form_value(&x->form, "area"), *what = form_value(&x->form, "do");
	const struct config_area *area = code == NULL ? NULL : config_area(&site.config, code);
	const struct language *language = named_language(x);

	if (area == NULL)
		staff_problem(x, 404, N_("Kommunen finns inte"), N_("Välj en kommun i listan."));
	else if (what != NULL && strcmp(what, "open") == 0)
		change(x, work, area, INTAKE_STATUS_OPEN);
	else if (what != NULL && strcmp(what, "ask") == 0)
		staff_intake_show(x, work, area, 200, &(struct intake_fault){ .ask = true });
	else if (what != NULL && strcmp(what, "close") == 0)
		change(x, work, area, INTAKE_STATUS_CLOSE);
	else if (what != NULL && strcmp(what, "stay") == 0)
		change(x, work, area, INTAKE_STATUS_STAY);
	else if (what != NULL && language != NULL && strcmp(what, "say") == 0)
		say(x, work, area, language, false);
	else if (what != NULL && language != NULL && strcmp(what, "look") == 0)
		say(x, work, area, language, true);
	else
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
}

const struct route staff_intake_routes[] = {
	{ METHOD_GET, "/staff/intake", LEAD, WORKER_STAFF, staff_intake, { "area" } },
	{ METHOD_POST, "/staff/intake/number", LEAD, WORKER_STAFF, staff_intake_number,
	    { "queue", "day" } },
	{ METHOD_POST, "/staff/intake", LEAD, WORKER_STAFF, staff_intake_change,
	    { "area", "do", "day", "back", "language", "words" } },
	{ .path = NULL }
};
