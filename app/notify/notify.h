/*
 * The outbox: what somebody should be told. Rows are written in the
 * transaction that gives rise to them and carry no personal data: a queue, a
 * case number, a kind, a time.
 */
#ifndef EGENREMISS_NOTIFY_H
#define EGENREMISS_NOTIFY_H

/* Stored: never renumber. */
enum alert_kind {
	ALERT_NEW_CASE = 1
};

#endif
