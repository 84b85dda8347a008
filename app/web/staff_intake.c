#include <string.h>

#include "web/staff_intake.h"

void
staff_intake(struct exchange *x, struct store *store)
{
	const char *code = form_value(&x->query, "area");
	const struct config_area *area;

	if (code == NULL) {
		staff_intakes_show(x, store);
		return;
	}
	area = config_area(&site.config, code);
	if (area == NULL)
		staff_problem(x, 404, N_("Kommunen finns inte"), N_("Välj en kommun i listan."));
	else
		staff_intake_show(x, store, area, 200, &(struct intake_fault){ 0 });
}

static void
done(struct exchange *x, const struct config_area *area, const char *what)
{
	exchange_redirect(x, "/staff/intake?area=%s&notice=intake-%s", area->code, what);
}

/* "" is no day, and left at 0. */
static bool
read_day(const char *written, int32_t *day)
{
	*day = 0;
	return written == NULL || written[0] == '\0' || day_parse(written, day) == 0;
}

static void
refuse(struct exchange *x, struct store *store, const struct opening_wish *wish,
    const struct opening_answer *answer)
{
	struct intake_fault fault = { 0 };

	switch (answer->verdict) {
	case OPENING_UNREAD:
		fault.notice = N_("Det är inte öppnat: ingen kan öppna det som skulle komma in i "
		    "{who}. Ge någon den kön först.");
		fault.who = answer->unread->name;
		break;
	case OPENING_SO_ALREADY:
		fault.notice = wish->act == OPENING_OPEN ?
		    N_("Formuläret är redan öppet.") : N_("Formuläret är redan stängt.");
		break;
	case OPENING_BACK_DAY:
		fault.back = wish->day != 0 ? N_("Välj en dag efter den ovanför och inom två år.") :
		    N_("Välj en dag efter i dag och inom två år.");
		break;
	case OPENING_DAY:
	default:
		fault.day = N_("Välj en dag efter i dag och inom två år.");
		break;
	}
	staff_intake_show(x, store, wish->area, fault.notice != NULL ? 409 : 422, &fault);
}

static void
change(struct exchange *x, struct store *store, const struct config_area *area,
    enum opening_act act)
{
	static const char *const acts[] = { "open", "close", "stay" };
	struct opening_wish wish = { .area = area, .act = act };
	struct opening_answer answer = { .verdict = OPENING_OK };
	const char *day = form_value(&x->form, "day");
	struct error error;

	/* A form with a day must have it: nothing is done now that was meant for later. */
	if (!read_day(day, &wish.day) || (day != NULL && wish.day == 0)) {
		answer.verdict = OPENING_DAY;
	} else if (!read_day(form_value(&x->form, "back"), &wish.back_day)) {
		answer.verdict = OPENING_BACK_DAY;
	} else if (opening_change(store, &site.config, &wish, x->now, &answer, &error) == -1) {
		staff_failed(x, &error);
		return;
	}
	if (answer.verdict != OPENING_OK) {
		refuse(x, store, &wish, &answer);
		return;
	}
	log_line(LOG_LINE_INFO, "intake: %s of %s%s", acts[act], area->code,
	    wish.day != 0 ? ", on a day" : "");
	done(x, area, wish.day != 0 ? "day" : acts[act]);
}

/* The language that the form names; NULL when there is none. */
static const struct language *
named_language(const struct exchange *x)
{
	const char *tag = form_value(&x->form, "language");

	for (size_t i = 0; tag != NULL && i < text_languages_count; i++) {
		if (strcmp(text_languages[i]->tag, tag) == 0)
			return text_languages[i];
	}
	return NULL;
}

/* What is wrong with words as they were typed: a msgid; NULL when nothing is. */
static const char *
words_fault(const char *written)
{
	char text[OPENING_WORDS_POINTS * 4 + 1];

	switch (written_text(written, OPENING_WORDS_POINTS, text)) {
	case FAULT_LONG:
		return N_("Texten är för lång. Skriv högst 500 tecken.");
	case FAULT_CHARACTERS:
		return N_("Texten har ett tecken som inte går att använda.");
	default:
		return NULL;
	}
}

/* Saves the words, or shows what would come of them. */
static void
say(struct exchange *x, struct store *store, const struct config_area *area,
    const struct language *language, bool look)
{
	const char *written = form_value(&x->form, "words");
	struct intake_fault fault = { .look = look };
	struct error error;

	if (written == NULL)
		written = "";
	fault.words = words_fault(written);
	if (fault.words != NULL || look)
		staff_intake_show(x, store, area, fault.words != NULL ? 422 : 200, &fault);
	else if (opening_say(store, area, language->tag, written, &error) == -1)
		staff_failed(x, &error);
	else
		done(x, area, "say");
}

void
staff_intake_change(struct exchange *x, struct store *store)
{
	const char *code = form_value(&x->form, "area"), *what = form_value(&x->form, "do");
	const struct config_area *area = code == NULL ? NULL : config_area(&site.config, code);
	const struct language *language = named_language(x);

	if (area == NULL)
		staff_problem(x, 404, N_("Kommunen finns inte"), N_("Välj en kommun i listan."));
	else if (what != NULL && strcmp(what, "open") == 0)
		change(x, store, area, OPENING_OPEN);
	else if (what != NULL && strcmp(what, "close") == 0)
		change(x, store, area, OPENING_CLOSE);
	else if (what != NULL && strcmp(what, "stay") == 0)
		change(x, store, area, OPENING_STAY);
	else if (what != NULL && language != NULL && strcmp(what, "say") == 0)
		say(x, store, area, language, false);
	else if (what != NULL && language != NULL && strcmp(what, "look") == 0)
		say(x, store, area, language, true);
	else
		staff_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Gå tillbaka och försök igen."));
}
