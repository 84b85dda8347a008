/* A calendar as RFC 5545 has it. Times are in UTC, so that it needs no time zone. */
#include <time.h>

#include "base/base.h"
#include "render/render.h"

#define LINE_MAX_BYTES	75	/* RFC 5545, 3.1, without the line end */

/* The bytes of the character at `at`. */
static size_t
character_size(const char *at)
{
	size_t size = 1;

	while ((at[size] & 0xC0) == 0x80)
		size++;
	return size;
}

/* Appends a line, folded between characters. */
static void
add_line(struct buffer *out, const char *line)
{
	size_t room = LINE_MAX_BYTES;

	for (; *line != '\0'; line += character_size(line)) {
		const size_t size = character_size(line);

		if (size > room) {
			buffer_text(out, "\r\n ");
			room = LINE_MAX_BYTES - 1;	/* the space counts */
		}
		buffer_add(out, line, size);
		room -= size;
	}
	buffer_text(out, "\r\n");
}

static void
add_value(struct buffer *out, const char *name, const char *value)
{
	struct buffer line = { 0 };

	buffer_format(&line, "%s:%s", name, value);
	add_line(out, buffer_string(&line));
	buffer_free(&line);
}

static void
add_text(struct buffer *out, const char *name, const char *words)
{
	struct buffer escaped = { 0 };

	escape_card(&escaped, words);
	add_value(out, name, buffer_string(&escaped));
	buffer_free(&escaped);
}

static void
add_moment(struct buffer *out, const char *name, int64_t at)
{
	const time_t seconds = (time_t)at;
	struct tm utc;
	char stamp[32];

	(void)gmtime_r(&seconds, &utc);
	(void)strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &utc);
	add_value(out, name, stamp);
}

void
ical_begin(struct buffer *out, const char *name)
{
	buffer_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//egenremiss//calendar//SV\r\n"
	    "CALSCALE:GREGORIAN\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
	    "X-PUBLISHED-TTL:PT1H\r\n");
	add_text(out, "NAME", name);
	add_text(out, "X-WR-CALNAME", name);
}

void
ical_event(struct buffer *out, const struct ical_event *event)
{
	buffer_text(out, "BEGIN:VEVENT\r\n");
	add_text(out, "UID", event->uid);
	/* In a calendar without METHOD, both are the time of the last change (3.8.7.2). */
	add_moment(out, "DTSTAMP", event->changed_at);
	add_moment(out, "LAST-MODIFIED", event->changed_at);
	buffer_format(out, "SEQUENCE:%d\r\n", event->changes);
	add_moment(out, "DTSTART", event->from_at);
	add_moment(out, "DTEND", event->to_at);
	add_text(out, "SUMMARY", event->summary);
	add_text(out, "DESCRIPTION", event->description);
	add_value(out, "URL", event->url);
	/* The time is a limit, and no booking. */
	buffer_text(out, "CLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

void
ical_end(struct buffer *out, size_t count)
{
	/* A calendar has at least one component (3.6). */
	if (count == 0)
		buffer_text(out, "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\n"
		    "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\n"
		    "END:STANDARD\r\nEND:VTIMEZONE\r\n");
	buffer_text(out, "END:VCALENDAR\r\n");
}
