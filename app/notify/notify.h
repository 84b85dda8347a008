/*
 * The outbox: what somebody should be told. Rows are written in the
 * transaction that gives rise to them (store_alert_add) and carry no personal
 * data: a queue, a case number, a kind, a time.
 */
#ifndef EGENREMISS_NOTIFY_H
#define EGENREMISS_NOTIFY_H

/* What staff are told. Stored: never renumber. */
enum alert_kind {
	ALERT_NEW_CASE = 1,	/* came in to the queue: its members */
	ALERT_OFFERED = 2,	/* offered to the queue: its members */
	ALERT_RETURNED = 3,	/* an offer came back to the queue: its members */
	ALERT_LAPSED = 4,	/* an offer that nobody answered: a row for each queue, its leads */
	ALERT_CONFIRM = 5,	/* a closing awaits a second person: the queue's members */
	ALERT_RESTORED = 6	/* somebody of the queue got a new passphrase; case 0: its leads */
};

#endif
