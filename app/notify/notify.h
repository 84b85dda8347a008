/*
 * Alerts to staff, and how messages leave the program. An alert is a row that an act
 * writes in its own transaction (store_alert_add): a queue, a case number, a kind, a
 * time, and no personal data. The outbox turns alerts into mails.
 */
#ifndef EGENREMISS_NOTIFY_NOTIFY_H
#define EGENREMISS_NOTIFY_NOTIFY_H

#include <signal.h>

#include "base/base.h"
#include "config/config.h"

/*
 * The kinds of alerts. The database holds these numbers, and each account's mask of wanted
 * kinds has a bit for each: never renumber them.
 */
enum alert_kind {
	ALERT_NEW_CASE = 1,	/* to the queue's members: a case came in */
	ALERT_OFFERED = 2,	/* to the queue's members: a case is offered to the queue */
	ALERT_RETURNED = 3,	/* to the queue's members: an offer of theirs came back */
	ALERT_LAPSED = 4,	/* to the leads of both queues, a row each: an offer lapsed */
	ALERT_CONFIRM = 5,	/* to the queue's members: a closing awaits a second person */
	ALERT_RESTORED = 6,	/* to the queue's leads: a member has a new passphrase; case 0 */
	/* The outbox itself finds these. */
	ALERT_OVERDUE = 7,	/* to the queue's members: a due time has passed */
	ALERT_STILL_OVERDUE = 8,	/* to the queue's leads: the same, a working day later */
	ALERT_DIGEST = 9,	/* to each account every morning: its own figures */
	ALERT_COUNT
};

/* The mask of all kinds. */
#define ALERT_ALL	((1U << ALERT_COUNT) - 2)

/* letter.c: the text of mails, in Swedish. It holds figures and addresses of the service only. */

struct wording {
	enum alert_kind kind;
	int64_t cases;			/* the mail tells of so many; 0 or 1 gives the singular */
	int64_t overdue, today, open, mine;	/* of a digest */
	const char *base_url;
};

/* The subject, a static text. */
const char *wording_subject(enum alert_kind kind);
/* Appends the text. */
void	wording_text(const struct wording *wording, struct buffer *text);

/* Whether only leads get alerts of that kind. */
bool	alert_for_leads(int kind);

/*
 * A carrier delivers one message: by SMTP, by the text gateway, or, in a demonstration
 * that has neither, into a folder. Only the outbox's process uses carriers. carry.c, with
 * the first two, is the only file that opens connections to other machines.
 */

enum delivery {
	DELIVERY_SENT,
	DELIVERY_LATER,		/* certainly not accepted; another try may succeed */
	DELIVERY_REFUSED,	/* certainly not accepted, and another try would not be either */
	DELIVERY_UNKNOWN	/* handed over, but no reliable answer came: perhaps sent */
};

/* A message to deliver. A carrier keeps no pointer of it. */
struct parcel {
	int64_t number;		/* of the message */
	int64_t at;		/* the date of a mail */
	const char *to;		/* an e-mail address, or a number in E.164 */
	const char *subject;	/* of a mail; NULL: a text message */
	const char *text;	/* UTF-8 */
};

/*
 * A carrier calls `begin` once, before it hands the first byte of the message to the
 * network. When it returns -1, the carrier hands nothing over and returns DELIVERY_LATER.
 * From then on only the answer of the other side tells whether the message arrived.
 */
struct handing {
	int (*begin)(void *context);
	void *context;
	bool begun;		/* `begin` has returned 0 */
};

/* Facts about the process that a carrier runs in. */
struct carriage {
	const volatile sig_atomic_t *stop;	/* not 0: give up, if `begin` was not called yet */
	const char *folder;			/* of folder_carry */
};

/*
 * Delivers a message. *why describes the last answer or failure for the log, without
 * personal data; it counts unless the result is DELIVERY_SENT.
 */
typedef enum delivery (*carry_fn)(const struct parcel *, struct handing *,
	    const struct config *, const struct carriage *, struct error *why);

/* The carriers of a process. A member that is NULL is not set up. */
struct carrier {
	carry_fn mail, text;
	struct carriage carriage;
};

/* carry.c: starts libcurl; call it once, before any carrier. -1 when libcurl does not start. */
int	carriers_start(void);
void	carriers_stop(void);

/* carry.c: mail by SMTP, to config->mail */
enum delivery smtp_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);
/*
 * carry.c: a text message by the gateway of config->sms, as a form by POST: from, to,
 * message. Status 2xx: sent. 400, 406, 410, 413, 414, 415, 422: refused. 502, 504: unknown,
 * because a proxy answers that does not know. Other statuses from 300: later. No status:
 * unknown once the message was handed over, else later.
 */
enum delivery gateway_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);
/* letter.c: writes a file for each message, NUMBER.eml or NUMBER.txt, of mode 0600 */
enum delivery folder_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);

/* letter.c: appends a mail as SMTP transmits it (RFC 5322), with CRLF at line ends */
void	letter_write(const struct parcel *parcel, const char *from, struct buffer *letter);

#endif
