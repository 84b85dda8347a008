/* Moments, days, numbers and periods as the staff pages show them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "render/phrases.h"
#include "render/view.h"
#include "rules/rules.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

#define MINUTE	INT64_C(60)
#define HOUR	(60 * MINUTE)
#define DAY	(24 * HOUR)

const char *
staff_when(struct request *x, int64_t at)
{
	struct buffer out = { 0 };
	struct tm local, now;

	if (at == 0)
		return NULL;
	if (x->on_paper)
		return period_moment(x, at);
	clock_local(at, &local);
	clock_local(x->now, &now);
	text_when(&out, x->language, &local, &now);
	return arena_take(x, &out);
}

const char *
staff_clock(struct request *x, int64_t at)
{
	struct buffer out = { 0 };
	struct tm local;

	clock_local(at, &local);
	text_clock(&out, &local);
	return arena_take(x, &out);
}

const char *
staff_day(struct request *x, int32_t day)
{
	struct buffer out = { 0 };
	struct tm local;

	if (day == 0)
		return NULL;
	clock_local(day_at(day, 12 * 60), &local);
	text_date(&out, x->language, &local);
	return arena_take(x, &out);
}

const char *
staff_date(struct request *x, int32_t day)
{
	int year, month, date;

	day_to_date(day, &year, &month, &date);
	return arena_format(x, "%04d-%02d-%02d", year, month, date);
}

const char *
staff_reference(struct request *x, int64_t number)
{
	char reference[14];

	number_text(number, reference);
	return arena_format(x, "%s", reference);
}

const char *
staff_queue_name(struct request *x, const char *id)
{
	const struct config_queue *queue = config_queue(&site.config, id);

	return queue != NULL ? queue->name : arena_format(x, "%s", id);
}

const char *
staff_phone(struct request *x, const char *e164)
{
	char shown[PHONE_SHOWN];

	if (e164 == NULL)
		return NULL;
	phone_show(e164, shown);
	return arena_format(x, "%s", shown);
}

const char *
staff_language(struct request *x, const char *tag)
{
	const struct speak_view *spoken = spoken_language(tag);

	if (tag == NULL || *tag == '\0')
		return NULL;
	if (strcmp(tag, "sv") == 0)
		return text(x->language, spoken->called);
	if (strcmp(tag, SPOKEN_OTHER) == 0)
		return text(x->language, N_("Annat språk"));
	return spoken == NULL ? arena_format(x, "%s", tag) : arena_format(x, "%s (\u2068%s\u2069)",
	    text(x->language, spoken->called), spoken->name);
}

const char *
staff_iso(struct request *x, int64_t at)
{
	time_t seconds = (time_t)at;
	struct tm utc;
	char stamp[32];

	(void)gmtime_r(&seconds, &utc);
	(void)strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
	return arena_format(x, "%s", stamp);
}

const char *
staff_left(struct request *x, int64_t at)
{
	int64_t left = at - x->now, size = left < 0 ? -left : left, n;
	const char *message;
	struct buffer out = { 0 };
	char number[24];
	struct text_argument argument = { "n", number };

	if (at == 0)
		return NULL;
	if (size < HOUR) {
		n = size / MINUTE;
		message = left < 0 ?
		    text_plural(x->language, "{n} minut för sent", "{n} minuter för sent", n) :
		    text_plural(x->language, "{n} minut kvar", "{n} minuter kvar", n);
	} else if (size < 2 * DAY) {
		n = size / HOUR;
		message = left < 0 ?
		    text_plural(x->language, "{n} timme för sent", "{n} timmar för sent", n) :
		    text_plural(x->language, "{n} timme kvar", "{n} timmar kvar", n);
	} else {
		n = size / DAY;
		message = left < 0 ?
		    text_plural(x->language, "{n} dag för sent", "{n} dagar för sent", n) :
		    text_plural(x->language, "{n} dag kvar", "{n} dagar kvar", n);
	}
	(void)snprintf(number, sizeof(number), "%lld", (long long)n);
	text_fill(&out, x->language, message, &argument, 1);
	return arena_take(x, &out);
}

const char *
staff_first_name(struct request *x)
{
	return arena_format(x, "%.*s", (int)strcspn(x->identity.name, " "), x->identity.name);
}

const char *
staff_act_text(enum act act)
{
	static const char *const texts[] = {
#define ACT(id, word, traits, text)	text,
#include "base/acts.def"
#undef ACT
	};

	return texts[act];
}

const char *
staff_unusable(struct request *x, const char *written, const char *otherwise)
{
	struct buffer told = { 0 };

	return written != NULL && unusable_character(&told, x->language, written) ?
	    arena_take(x, &told) : otherwise;
}

const char *
staff_text_fault(struct request *x, const char *written, enum fault fault, const char *empty)
{
	struct buffer told = { 0 };
	size_t count = 0;

	if (fault == FAULT_PERSONNUMMER)
		return N_("Det ser ut som ett personnummer. Ta bort det.");
	if (fault == FAULT_CHARACTERS)
		return staff_unusable(x, written, NULL);
	if (fault != FAULT_LONG || written == NULL)
		return empty;
	/* A browser sends two characters for a line end. */
	for (const char *at = written; *at != '\0'; at++)
		count += *at != '\r' && (*at & 0xC0) != 0x80;
	text_fill(&told, x->language, text(x->language, N_("Texten är för lång: högst 4000 tecken "
	    "får plats. Det är {more} för mycket.")),
	    &(const struct text_argument){ "more", arena_format(x, "%zu", count - NOTE_MAX) }, 1);
	return arena_take(x, &told);
}

const char *
staff_odd_day(struct request *x, const char *otherwise)
{
	struct buffer told = { 0 };
	int year = 0;

	for (size_t i = 0; i < x->form.count && year == 0; i++)
		year = text_input_odd_year(x->form.fields[i].value);
	if (year == 0)
		return otherwise;
	text_fill(&told, x->language, text(x->language, N_("Det blev år {year}. Stämmer datumet? "
	    "Skriv året med fyra siffror, till exempel 2027-01-31.")),
	    (struct text_argument[]){ { "year", arena_format(x, "%d", year) } }, 1);
	return arena_take(x, &told);
}

const char *
staff_passphrase_fault(enum passphrase_verdict verdict)
{
	switch (verdict) {
	case PASSPHRASE_WEAK:
		return N_("Lösenfrasen är för lätt att gissa. Lägg till ett ord till.");
	case PASSPHRASE_LONG:
		return N_("Lösenfrasen är för lång. Ta bort några ord.");
	case PASSPHRASE_BROKEN:
		return N_("Något tecken i lösenfrasen är trasigt. Skriv den igen.");
	case PASSPHRASE_GOOD:
	default:
		return NULL;
	}
}

/* The notices, by the word in the address. */
static const struct { const char *word, *notice; } notices[] = {
	{ "in", N_("Logga in för att fortsätta.") },
	{ "kept", N_("Logga in igen. Det du skrev är sparat och står i sitt fält när du har loggat in.") },
	{ "stale", N_("Sidan var för gammal, så det du tryckte på är inte gjort. Det du skrev står kvar.") },
	{ "again", N_("Det var redan gjort.") },
	{ "text-dropped", N_("Texten är kastad.") },
	{ "out", N_("Du är utloggad.") },
	{ "claim", N_("Ärendet är ditt.") },
	{ "reached", N_("Sparat: du nådde personen.") },
	{ "rang-back", N_("Sparat: personen ringde tillbaka.") },
	{ "no-answer", N_("Sparat: inget svar. Ärendet ligger i kön igen.") },
	{ "left-message", N_("Sparat: du lämnade meddelande. Ärendet ligger i kön igen.") },
	{ "other-answered", N_("Sparat: någon annan svarade. Ärendet ligger i kön igen.") },
	{ "texted", N_("Sparat: du skickade sms. Ärendet ligger i kön igen.") },
	{ "announced", N_("Sms:et är på väg. Ring om tio minuter: ärendet ligger överst på I dag.") },
	{ "wrong-number", N_("Sparat: fel nummer. Ärendet är kvar hos dig.") },
	{ "letter", N_("Sparat: du skickade brev. Ärendet är kvar hos dig.") },
	{ "helper", N_("Sparat: du pratade med den som hjälpte till. Ärendet är kvar hos dig.") },
	{ "visit", N_("Sparat: du gjorde besök. Ärendet är kvar hos dig.") },
	{ "correct", N_("Uppgifterna är sparade. Det som stod förut står kvar, överstruket.") },
	{ "new-number", N_("Det nya numret är sparat.") },
	{ "other-way", N_("Sparat: så ska personen nås.") },
	{ "same", N_("Ingenting var ändrat, så ingenting är sparat.") },
	{ "undo", N_("Det är ångrat. Ärendet är som det var.") },
	{ "tried", N_("Sparat: du försökte nå personen.") },
	{ "note", N_("Anteckningen är sparad.") },
	{ "template", N_("Mallen är sparad.") },
	{ "template-removed", N_("Mallen är borttagen.") },
	{ "park", N_("Ärendet är parkerat.") },
	{ "release", N_("Ärendet ligger i kön igen.") },
	{ "follow", N_("Nästa kontakt är bestämd.") },
	{ "close", N_("Ärendet är avslutat.") },
	{ "notices", N_("Sparat: så får du mejl.") },
	{ "resend", N_("Meddelandet skickas igen.") },
	{ "drop", N_("Meddelandet är borttaget.") },
	{ "welcome", N_("Klart. Logga in med ditt användarnamn och din nya lösenfras.") },
	{ "withdrawn", N_("Länken är tagen tillbaka och fungerar inte längre.") },
	{ "joined", N_("Kön är given.") },
	{ "parted", N_("Kön är ifråntagen.") },
	{ "deactivated", N_("Kontot är avaktiverat. Ärendena ligger i sina köer igen.") },
	{ "away", N_("Frånvaron är sparad.") },
	{ "back", N_("Frånvaron är borttagen.") },
	{ "rotated", N_("Kön har en ny nyckel. Ärendena får den medan ni arbetar.") },
	{ "passphrase", N_("Du har en ny lösenfras. Du är utloggad på alla andra ställen.") },
	{ "ended", N_("Du är utloggad där.") },
	{ "calendar-ended", N_("Kalenderadressen fungerar inte längre.") },
	{ "others", N_("Du är utloggad på alla andra ställen.") },
	{ "dropped", N_("Koden från appen är borttagen.") },
	{ "added", N_("Utfallet är sparat.") },
	{ "propose", N_("En kollega ska bekräfta. Till dess är ärendet ditt.") },
	{ "confirm", N_("Ärendet är avslutat.") },
	{ "object", N_("Avslutet är inte bekräftat. Ärendet är öppet.") },
	{ "reopen", N_("Ärendet är öppet igen, och ditt.") },
	{ "begin", N_("Planen är sparad.") },
	{ "decline", N_("Sparat: personen vill inte att vi ringer mer.") },
	{ "offer", N_("Erbjudandet är skickat. Till dess att de tar över är ärendet ditt.") },
	{ "accept", N_("Du har tagit över ärendet.") },
	{ "return", N_("Sparat: ni tackade nej.") },
	{ "withdraw", N_("Erbjudandet är tillbakataget.") },
	{ "recuse", N_("Du ser inte ärendet längre. En kollega tar hand om det.") },
	{ "share", N_("Kön deltar nu.") },
	{ "unshare", N_("Kön deltar inte längre och kan inte öppna ärendet.") },
	{ "entered", N_("Sparat. Ärendet ligger i kön.") },
	{ "entered-elsewhere", N_("Sparat, men inte hos dig: ärendet hör till en kö som inte är din. "
	    "De som arbetar i den kön ser det nu.") },
	{ "taken", N_("Sparat. Ärendet är ditt.") },
	{ "link", N_("Ärendena hör ihop nu.") },
	{ "unlink", N_("Ärendena är isär igen.") },
	{ "apart", N_("Sparat: ärendena hör inte ihop.") },
	{ "worded", N_("Sparat: så står det på broschyren.") },
	{ "usual", N_("Nu står våra förslag på broschyren igen.") },
	{ "remind", N_("Påminnelsen är ändrad.") },
	{ "intake-open", N_("Formuläret är öppet.") },
	{ "intake-close", N_("Formuläret är stängt. Den som redan har öppnat det kan "
	    "skicka det i en timme till.") },
	{ "intake-day", N_("Sparat. Det sker av sig självt.") },
	{ "intake-stay", N_("Borttaget. Formuläret blir som det är.") },
	{ "number", N_("Sparat: numret är bekräftat.") },
	{ "intake-say", N_("Orden är sparade.") },
	{ "code-made", N_("Koden är gjord. Här är allt som behövs för att trycka den.") },
	{ "codes-made", N_("Koderna är gjorda.") },
	{ "code-changed", N_("Ändringen är sparad och gäller redan.") },
	{ "code-retired", N_("Koden är tagen ur bruk. Den som skannar den kommer ändå rätt.") },
	{ "code-removed", N_("Koden är borttagen.") },
	{ "code-revived", N_("Koden räknas igen.") },
	{ "code-seen", N_("Det är antecknat att koden sitter där den ska.") },
	{ "campaign", N_("Kampanjen är sparad.") },
	{ "campaign-removed", N_("Kampanjen är borttagen. Koderna finns kvar.") },
};

void
staff_notice(struct staff_frame_view *frame, const char *word)
{
	if (word == NULL)
		return;
	for (size_t i = 0; i < COUNT_OF(notices); i++) {
		if (strcmp(notices[i].word, word) == 0)
			frame->notice = notices[i].notice;
	}
}

/* A period, in months counted from the present one. */
struct period {
	const char *word, *text;
	bool whole;			/* all time */
	int from_month, before_month;	/* before_month 1: the end is in the future */
};

static const struct period periods[] = {
	{ "month", N_("Den här månaden"), false, 0, 1 },
	{ "last-month", N_("Förra månaden"), false, -1, 0 },
	{ "year", N_("Sedan samma månad förra året"), false, -12, 1 },
	{ "all", N_("All tid"), true, 0, 1 },
};

#define PERIOD_DEFAULT	2	/* in a small municipality few come in one month */

const struct period *
period_asked(const struct request *x)
{
	const char *word = form_value(&x->query, "period");

	if (word == NULL)
		return &periods[PERIOD_DEFAULT];
	for (size_t i = 0; i < COUNT_OF(periods); i++) {
		if (strcmp(periods[i].word, word) == 0)
			return &periods[i];
	}
	return NULL;
}

const char *
period_word(const struct period *period)
{
	return period->word;
}

/* The first moment of a month, which is counted from the present one. */
static int64_t
month_at(int64_t now, int months)
{
	struct tm local;
	int month;

	clock_local(now, &local);
	month = (local.tm_year + 1900) * 12 + local.tm_mon + months;
	return clock_at(month / 12, month % 12 + 1, 1, 0, 0);
}

void
period_bounds(const struct period *period, int64_t now, int64_t *from_at, int64_t *before_at)
{
	*from_at = period->whole ? 0 : month_at(now, period->from_month);
	*before_at = period->before_month <= 0 ? month_at(now, period->before_month) : 0;
}

const char *
period_date(struct request *x, int64_t at)
{
	struct buffer out = { 0 };
	struct tm local;

	clock_local(at, &local);
	text_date(&out, x->language, &local);
	return arena_take(x, &out);
}

const char *
period_moment(struct request *x, int64_t at)
{
	struct buffer clock = { 0 };
	struct tm local;
	const char *moment;

	clock_local(at, &local);
	text_clock(&clock, &local);
	moment = arena_format(x, "%s %s", period_date(x, at), buffer_string(&clock));
	buffer_free(&clock);
	return moment;
}

void
period_fill(struct request *x, struct period_view *view, const char *path,
    const struct period *asked)
{
	struct period_link_view *links =
	    arena_array(x, COUNT_OF(periods), sizeof(*links));
	int64_t from_at, before_at;

	for (size_t i = 0; i < COUNT_OF(periods); i++) {
		links[i].href = arena_format(x, "%s?period=%s", path, periods[i].word);
		links[i].text = periods[i].text;
		links[i].current = &periods[i] == asked;
	}
	view->links = links;
	view->links_count = COUNT_OF(periods);
	period_bounds(asked, x->now, &from_at, &before_at);
	if (from_at != 0)
		view->from = period_date(x, from_at);
	view->to = period_date(x, before_at != 0 ? before_at - 1 : x->now);
}

const struct speak_view *
spoken_languages(struct request *x, const char *tag, size_t *count)
{
	struct speak_view *languages = arena_array(x, SPOKEN_COUNT, sizeof(*languages));

	(void)spoken_fill(languages, tag);
	*count = SPOKEN_COUNT;
	return languages;
}
