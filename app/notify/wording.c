#include <string.h>

#include "notify/notify.h"

/* Of one case, and of several, whose number stands for #. */
static const struct {
	const char *subject, *one, *many;
} wordings[ALERT_COUNT] = {
	[ALERT_NEW_CASE] = { "Nytt i kön", "Det finns en ny att ringa.",
	    "Det finns # nya att ringa." },
	[ALERT_OFFERED] = { "Någon vill lämna över", "Ett ärende erbjuds er kö.",
	    "# ärenden erbjuds er kö." },
	[ALERT_RETURNED] = { "Ett erbjudande kom tillbaka",
	    "Ett ärende som ni erbjöd en annan kö har kommit tillbaka.",
	    "# ärenden som ni erbjöd en annan kö har kommit tillbaka." },
	[ALERT_LAPSED] = { "Ett erbjudande blev inte besvarat",
	    "Ett ärende som erbjöds en annan kö har gått tillbaka, för ingen svarade i tid.",
	    "# ärenden som erbjöds en annan kö har gått tillbaka, för ingen svarade i tid." },
	[ALERT_CONFIRM] = { "Ett avslut väntar på en till",
	    "Ett avslut behöver bekräftas av en kollega.",
	    "# avslut behöver bekräftas av en kollega." },
	[ALERT_RESTORED] = { "En ny lösenfras",
	    "En kollega har fått en ny lösenfras. Stämmer det inte: säg till administratören.",
	    "Kollegor har fått nya lösenfraser. Stämmer det inte: säg till administratören." },
	[ALERT_OVERDUE] = { "Försenat i kön", "En som skulle ha ringts är försenad.",
	    "# som skulle ha ringts är försenade." },
	[ALERT_STILL_OVERDUE] = { "Fortfarande försenat",
	    "En som skulle ha ringts är försenad sedan en arbetsdag eller mer.",
	    "# som skulle ha ringts är försenade sedan en arbetsdag eller mer." },
	[ALERT_DIGEST] = { "Dagens läge", "", "" },
};

const char *
wording_subject(enum alert_kind kind)
{
	return wordings[kind].subject;
}

static void
sentence(const struct wording *wording, struct buffer *text)
{
	const char *many = wordings[wording->kind].many, *hole = strchr(many, '#');

	if (wording->cases <= 1)
		buffer_text(text, wordings[wording->kind].one);
	else if (hole == NULL)
		buffer_text(text, many);
	else
		buffer_format(text, "%.*s%lld%s", (int)(hole - many), many,
		    (long long)wording->cases, hole + 1);
}

void
wording_text(const struct wording *wording, struct buffer *text)
{
	if (wording->kind == ALERT_DIGEST)
		buffer_format(text, "Försenade: %lld\nI dag: %lld\nAlla öppna: %lld\n"
		    "Du har: %lld", (long long)wording->overdue, (long long)wording->today,
		    (long long)wording->open, (long long)wording->mine);
	else
		sentence(wording, text);
	buffer_format(text, "\n\n%s/staff/queue\n\nDet här mejlet går inte att svara på. "
	    "Vad du får mejl om väljer du själv:\n%s/staff/notices\n", wording->base_url,
	    wording->base_url);
}

bool
alert_for_leads(int kind)
{
	return kind == ALERT_LAPSED || kind == ALERT_RESTORED || kind == ALERT_STILL_OVERDUE;
}
