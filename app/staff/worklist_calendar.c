/*
 * Planned calls in the reader's own calendar program: a secret address that it reads, and a
 * file for one call. They say when, and which case, and nothing about the person. The form is
 * that of RFC 5545; times are in UTC, so that it needs no time zone.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/pages.h"
#include "render/render.h"
#include "render/view_people.h"
#include "seal/seal.h"
#include "server/server.h"
#include "staff/staff.h"
#include "text/text.h"

#define CALL_SECONDS	1800	/* an event ends when the call is due */
#define SUFFIX		".ics"
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

struct event {
	const char *uid;		/* stays the same when the event moves */
	int64_t from_at, to_at;
	int64_t changed_at;		/* when it was last changed, and how often */
	int changes;
	const char *summary, *description, *url;
};

static void
calendar_begin(struct buffer *out, const char *name)
{
	buffer_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//egenremiss//calendar//SV\r\n"
	    "CALSCALE:GREGORIAN\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"
	    "X-PUBLISHED-TTL:PT1H\r\n");
	add_text(out, "NAME", name);
	add_text(out, "X-WR-CALNAME", name);
}

static void
add_event(struct buffer *out, const struct event *event)
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

static void
calendar_end(struct buffer *out, size_t count)
{
	/* A calendar has at least one component (3.6). */
	if (count == 0)
		buffer_text(out, "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\n"
		    "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\n"
		    "END:STANDARD\r\nEND:VTIMEZONE\r\n");
	buffer_text(out, "END:VCALENDAR\r\n");
}

static void
add_call(struct request *x, const struct planned_call *call)
{
	const char *const host = strstr(site.config.base_url, "://");
	const char *const reference = staff_reference(x, call->number);
	const char *const url = arena_format(x, "%s/staff/case/%s", site.config.base_url, reference);

	add_event(&x->body, &(struct event){
		/* The next call of a case is one event, which moves. */
		.uid = call->later ? arena_format(x, "%s-%lld@%s", reference, (long long)call->at,
		    host != NULL ? host + 3 : "localhost") :
		    arena_format(x, "%s@%s", reference, host != NULL ? host + 3 : "localhost"),
		.from_at = call->at - CALL_SECONDS,
		.to_at = call->at,
		.changed_at = call->changed_at,
		.changes = call->changes,
		.summary = call->follow_up ? text(x->language, N_("Planerad uppföljning")) :
		    text(x->language, N_("Planerat samtal")),
		.description = arena_format(x, "%s\n%s",
		    text(x->language, N_("Ring senast när tiden är slut. Logga in för att se ärendet:")),
		    url),
		.url = url,
	});
}

static void
answer_calendar(struct request *x, const struct calendar *calendar)
{
	calendar_begin(&x->body, text(x->language, N_("Planerade samtal")));
	for (size_t i = 0; i < calendar->count; i++)
		add_call(x, &calendar->calls[i]);
	calendar_end(&x->body, calendar->count);
	x->type = "text/calendar; charset=utf-8";
	x->status = 200;
}

/* On the event loop: answers as the service does where it has no page. */
static void
answer_nowhere(struct request *x)
{
	site.parts[0].part->refuse(x, REFUSAL_PATH);
}

static void
staff_calendar(struct request *x, struct work *work)
{
	const char *name = strrchr(x->path, '/') + 1;
	const size_t length = strlen(name);
	const char *token = length < strlen(SUFFIX) ? NULL :
	    arena_format(x, "%.*s", (int)(length - strlen(SUFFIX)), name);
	struct calendar calendar = { 0 };
	enum answer answer = ABSENT;

	/* A calendar program keeps no language. */
	x->set_cookie[0] = '\0';
	if (token != NULL && strcmp(name + strlen(token), SUFFIX) == 0)
		answer = calendar_read(work, &calendar, token);
	switch (answer) {
	case FOUND:
		answer_calendar(x, &calendar);
		break;
	case ABSENT:
		x->resume = answer_nowhere;
		break;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		break;
	}
	calendar_free(&calendar);
}

static void
staff_calendar_renew(struct request *x, struct work *work)
{
	struct calendar_address_view view = { 0 };
	char token[SEAL_TOKEN_SIZE];

	if (calendar_renew(work, token) == -1) {
		staff_failed(x, &work->error);
		return;
	}
	view.address = arena_format(x, "%s/staff/calendar/%s" SUFFIX "?lang=%s",
	    site.config.base_url, token, x->language->tag);
	seal_wipe(token, sizeof(token));
	staff_frame(x, &view.frame, N_("Din kalenderadress"), "me");
	x->status = 200;
	page_calendar_address(&x->body, x->language, &view);
}

static void
staff_calendar_end(struct request *x, struct work *work)
{
	if (calendar_remove(work) == -1)
		staff_failed(x, &work->error);
	else
		request_redirect(x, "/staff/me?notice=calendar-ended#calendar");
}

static void
staff_case_event(struct request *x, struct work *work)
{
	struct calendar calendar;

	switch (calendar_of_case(work, &calendar, x->number)) {
	case FOUND:
		break;
	case ABSENT:
		staff_absent(x);
		return;
	case FAILED:
	default:
		staff_failed(x, &work->error);
		return;
	}
	if (calendar.count == 0) {
		staff_problem(x, 404, N_("Inget samtal är planerat"),
		    N_("Ärendet är avslutat."));
	} else {
		answer_calendar(x, &calendar);
		(void)snprintf(x->file, sizeof(x->file), "%s" SUFFIX,
		    staff_reference(x, x->number));
	}
	calendar_free(&calendar);
}

int
calendar_own_fill(struct request *x, struct work *work, struct calendar_own_view *view)
{
	int64_t made_at;

	if (x->identity.role == ROLE_ADMINISTRATOR)
		return 0;
	if (calendar_state(work, &made_at) == FAILED)
		return -1;
	view->shown = true;
	view->token = staff_form_token(x);
	view->since = staff_when(x, made_at);
	return 0;
}

const struct route staff_worklist_calendar_routes[] = {
	{ METHOD_GET, "/staff/calendar/*", 0, WORKER_STAFF, staff_calendar, { NULL } },
	{ METHOD_POST, "/staff/me/calendar", CALLERS, WORKER_STAFF, staff_calendar_renew, { NULL } },
	{ METHOD_POST, "/staff/me/calendar/end", CALLERS, WORKER_STAFF, staff_calendar_end,
	    { NULL } },
	{ METHOD_GET, "/staff/case/#/event", CALLERS, WORKER_STAFF, staff_case_event, { NULL } },
	{ .path = NULL }
};
