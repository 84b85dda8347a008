/* The text of mails, their form on the wire, and messages as files in a demonstration. */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "config/config.h"
#include "notify/notify.h"

#define LINE_MAX	76	/* of quoted-printable, its "=" included (RFC 2045, 6.7) */

/* A subject that is not ASCII becomes one encoded word (RFC 2047), because it is short. */
static void
write_subject(struct buffer *letter, const char *subject)
{
	bool plain = true;

	for (const char *c = subject; *c != '\0'; c++)
		plain = plain && *c >= ' ' && *c <= '~';
	if (plain) {
		buffer_format(letter, "Subject: %s\r\n", subject);
		return;
	}
	buffer_text(letter, "Subject: =?utf-8?B?");
	base64_encode(letter, subject, strlen(subject));
	buffer_text(letter, "?=\r\n");
}

static void
write_date(struct buffer *letter, int64_t at)
{
	time_t seconds = (time_t)at;
	struct tm utc;
	char date[64];

	(void)gmtime_r(&seconds, &utc);
	(void)strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S +0000", &utc);
	buffer_format(letter, "Date: %s\r\n", date);
}

/* Quoted-printable passes every server unchanged, and people can read it. */
static void
write_body(struct buffer *letter, const char *text)
{
	size_t column = 0;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		bool plain = c >= ' ' && c <= '~' && c != '=' && !(c == ' ' && text[1] == '\n') &&
		    !(c == '.' && column == 0);

		if (c == '\n') {
			buffer_text(letter, "\r\n");
			column = 0;
			continue;
		}
		if (column + (plain ? 1 : 3) >= LINE_MAX) {
			buffer_text(letter, "=\r\n");
			column = 0;
		}
		if (plain)
			buffer_add(letter, text, 1);
		else
			buffer_format(letter, "=%02X", c);
		column += plain ? 1 : 3;
	}
	if (column > 0)
		buffer_text(letter, "\r\n");
}

void
letter_write(const struct parcel *parcel, const char *from, struct buffer *letter)
{
	char number[14];

	number_text(parcel->number, number);
	write_date(letter, parcel->at);
	buffer_format(letter, "From: %s\r\nTo: %s\r\nMessage-ID: <%s%s>\r\n", from, parcel->to,
	    number, strchr(from, '@'));
	write_subject(letter, parcel->subject);
	/* Keeps automatic answers, such as notes of absence, from coming back. */
	buffer_text(letter, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	write_body(letter, parcel->text);
}

/* Texts about one case, and about several, where # stands for their number. */
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
	    "Ett ärende som erbjöds en annan kö har gått tillbaka, eftersom ingen svarade i tid.",
	    "# ärenden som erbjöds en annan kö har gått tillbaka, eftersom ingen svarade i tid." },
	[ALERT_CONFIRM] = { "Ett avslut väntar på en kollega",
	    "Ett avslut behöver bekräftas av en kollega.",
	    "# avslut behöver bekräftas av en kollega." },
	[ALERT_RESTORED] = { "En ny lösenfras",
	    "En kollega har fått en ny lösenfras. Stämmer det inte: säg till administratören.",
	    "Kollegor har fått nya lösenfraser. Stämmer det inte: säg till administratören." },
	[ALERT_OVERDUE] = { "Försenat i kön", "En person har inte fått sitt samtal i tid.",
	    "# personer har inte fått sitt samtal i tid." },
	[ALERT_STILL_OVERDUE] = { "Fortfarande försenat",
	    "En persons samtal är sent i minst en arbetsdag.",
	    "# personers samtal är sena i minst en arbetsdag." },
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

static int
write_file(const char *path, const struct buffer *content, struct error *why)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t written;

	if (file == -1)
		return error_set(why, ERROR_UNAVAILABLE, "%s: %s", path, strerror(errno));
	written = write(file, content->data, content->length);
	if (close(file) == -1 || written != (ssize_t)content->length)
		return error_set(why, ERROR_UNAVAILABLE, "%s cannot be written", path);
	return 0;
}

enum delivery
folder_carry(const struct parcel *parcel, struct handing *handing, const struct config *config,
    const struct carriage *carriage, struct error *why)
{
	bool mail = parcel->subject != NULL;
	struct buffer path = { 0 }, content = { 0 };
	enum delivery delivery = DELIVERY_LATER;
	char number[14];

	(void)config;
	number_text(parcel->number, number);
	buffer_format(&path, "%s/%s.%s", carriage->folder, number, mail ? "eml" : "txt");
	if (mail)
		letter_write(parcel, "demonstration@example.org", &content);
	else
		buffer_format(&content, "To: %s\n\n%s\n", parcel->to, parcel->text);
	if (mkdir(carriage->folder, 0700) == -1 && errno != EEXIST)
		(void)error_set(why, ERROR_UNAVAILABLE, "%s: %s", carriage->folder,
		    strerror(errno));
	else if (handing->begin(handing->context) == 0) {
		handing->begun = true;
		if (write_file(buffer_string(&path), &content, why) == 0)
			delivery = DELIVERY_SENT;
	}
	buffer_free(&path);
	buffer_wipe(&content);
	return delivery;
}
