#include <string.h>

#include "notify/delivery.h"

#define LINE_MOST	76	/* of quoted-printable, its "=" included (RFC 2045, 6.7) */

/* An encoded word when it is not ASCII (RFC 2047); our subjects are short. */
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

/* Quoted-printable, so that it survives every server and can still be read. */
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
		if (column + (plain ? 1 : 3) >= LINE_MOST) {
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
	/* Nobody reads answers, and an absence shall not answer us. */
	buffer_text(letter, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	write_body(letter, parcel->text);
}
