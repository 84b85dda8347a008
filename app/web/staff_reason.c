#include "referral/referral.h"
#include "web/staff_today.h"

/* An attempt that did not reach, with what to do now, in the morning and in the afternoon. */
static const char *
attempt_text(enum act act, bool morning)
{
	switch (act) {
	case ACT_NO_ANSWER:
		return morning ? N_("Inget svar {when}: prova på förmiddagen") :
		    N_("Inget svar {when}: prova på eftermiddagen");
	case ACT_LEFT_MESSAGE:
		return morning ? N_("Meddelande lämnat {when}: prova på förmiddagen") :
		    N_("Meddelande lämnat {when}: prova på eftermiddagen");
	case ACT_TEXTED:
		return morning ? N_("Sms skickat {when}: ring på förmiddagen") :
		    N_("Sms skickat {when}: ring på eftermiddagen");
	default:
		return N_("Fel nummer {when}: leta efter ett annat");
	}
}

static const char *
follow_text(unsigned outcomes, const char *else_text)
{
	const unsigned work = 1U << OUTCOME_WORK, studies = 1U << OUTCOME_STUDIES;

	switch (outcomes & (work | studies)) {
	case 1U << OUTCOME_WORK:
		return N_("Uppföljning efter jobb");
	case 1U << OUTCOME_STUDIES:
		return N_("Uppföljning efter studier");
	case 0:
		return else_text;
	default:
		return N_("Uppföljning efter jobb och studier");
	}
}

/* {when} is when the due time was set, {due} the due time itself. */
static const char *
due_text(const struct exchange *x, const struct listing_row *row)
{
	struct tm due;

	clock_local(row->row.due_at, &due);
	switch (row->cause) {
	case ACT_NO_ANSWER:
	case ACT_LEFT_MESSAGE:
	case ACT_TEXTED:
	case ACT_WRONG_NUMBER:
		return attempt_text(row->cause, due.tm_hour <= 12);
	case ACT_REACHED:
		return follow_text(row->row.outcomes, N_("Ni hördes {when}: dags att höras igen"));
	case ACT_FOLLOW:
	case ACT_BEGIN:
		return follow_text(row->row.outcomes, N_("Nästa kontakt, bestämd {when}"));
	case ACT_PARK:
		return day_of(row->row.due_at) == day_of(x->now) ? N_("Parkerad till i dag") :
		    N_("Parkerad till {due}");
	case ACT_REOPEN:
		return N_("Öppnat igen {when}");
	default:
		return N_("Vi lovade att ringa senast {due}");
	}
}

static const char *
text_of(const struct exchange *x, const struct listing_row *row)
{
	switch (row->part) {
	case LISTING_OFFERED:
		return N_("Erbjuden av {queue} till {until}");
	case LISTING_CONFIRM:
		return N_("{who} vill avsluta: väntar på ett ja från en kollega");
	case LISTING_REMIND:
		return N_("Fyller snart 20: vem tar över efter KAA?");
	case LISTING_SHARED:
		return N_("Ni deltar tillsammans med {queue}");
	default:
		return due_text(x, row);
	}
}

/* With that it is done for somebody who is away. */
static const char *
away_text(struct exchange *x, const struct listing_row *row, const char *reason)
{
	const struct text_argument arguments[] = { { "reason", reason }, { "who", row->holder } };
	const char *message = row->stands_in ? N_("{reason} – i stället för {who}") :
	    N_("{reason} – {who} är borta, och ingen ersätter");
	struct buffer out = { 0 };

	if (!row->stands_in && !row->unattended)
		return reason;
	text_fill(&out, text(x->language, message), arguments, COUNT_OF(arguments));
	return exchange_keep_buffer(x, &out);
}

const char *
staff_reason(struct exchange *x, const struct listing_row *row)
{
	const struct config_queue *queue = config_queue(&site.config, row->row.queue);
	const struct text_argument arguments[] = {
		{ "when", staff_when(x, row->cause_at) },
		{ "due", staff_when(x, row->row.due_at) },
		{ "until", staff_when(x, row->key) },
		{ "queue", queue != NULL ? queue->name : row->row.queue },
		{ "who", row->asker },
	};
	struct buffer out = { 0 };

	text_fill(&out, text(x->language, text_of(x, row)), arguments, COUNT_OF(arguments));
	return away_text(x, row, exchange_keep_buffer(x, &out));
}
