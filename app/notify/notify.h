/*
 * What somebody should be told, and how it leaves. Staff are told by alerts:
 * rows that are written in the transaction that gives rise to them
 * (store_alert_add) and carry no personal data: a queue, a case number, a
 * kind, a time. The outbox makes mails of them.
 */
#ifndef EGENREMISS_NOTIFY_H
#define EGENREMISS_NOTIFY_H

#include "base/base.h"

/* What staff are told. Stored, and a bit each in what they want: never renumber. */
enum alert_kind {
	ALERT_NEW_CASE = 1,	/* came in to the queue: its members */
	ALERT_OFFERED = 2,	/* offered to the queue: its members */
	ALERT_RETURNED = 3,	/* an offer came back to the queue: its members */
	ALERT_LAPSED = 4,	/* an offer that nobody answered: a row for each queue, its leads */
	ALERT_CONFIRM = 5,	/* a closing awaits a second person: the queue's members */
	ALERT_RESTORED = 6,	/* somebody of the queue got a new passphrase; case 0: its leads */
	/* Found by the outbox itself. */
	ALERT_OVERDUE = 7,	/* a due time has passed: the queue's members */
	ALERT_STILL_OVERDUE = 8,	/* a working day later: its leads */
	ALERT_DIGEST = 9,	/* every morning: each for themselves */
	ALERT_COUNT
};

/* Everything that may be wanted. */
#define ALERT_ALL	((1U << ALERT_COUNT) - 2)

/* wording.c: mails, in Swedish; they hold counts and an address of ours, nothing else. */

struct wording {
	enum alert_kind kind;
	int64_t cases;			/* how many it tells of; 0 when none can be counted */
	int64_t overdue, today, open, mine;	/* of a digest */
	const char *base_url;
};

/* A static text. */
const char *wording_subject(enum alert_kind kind);
void	wording_text(const struct wording *wording, struct buffer *text);

/* Only leads are told of it. */
bool	alert_for_leads(int kind);

#endif
