/*
 * What somebody should be told, and how it leaves. Staff are told by alerts:
 * rows that are written in the transaction that gives rise to them
 * (store_alert_add) and carry no personal data: a queue, a case number, a
 * kind, a time. The outbox makes mails of them.
 */
#ifndef EGENREMISS_NOTIFY_NOTIFY_H
#define EGENREMISS_NOTIFY_NOTIFY_H

#include <signal.h>

#include "base/base.h"
#include "config/config.h"

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

/*
 * How one message leaves: by SMTP (smtp.c), by the text gateway (gateway.c),
 * or, in a demonstration that has neither, into a folder (folder.c). Only the
 * outbox's process uses this; the first two are the only files that include
 * <curl/curl.h>, and the only ones that open connections to elsewhere.
 */

enum delivery {
	DELIVERY_SENT,
	DELIVERY_LATER,		/* certainly not taken; another try may do */
	DELIVERY_REFUSED,	/* certainly not taken, nor will it be */
	DELIVERY_UNKNOWN	/* handed over, and no answer that can be relied on */
};

/* Borrowed while it is carried. */
struct parcel {
	int64_t number;		/* the message's */
	int64_t at;
	const char *to;		/* an address, or a number in E.164 */
	const char *subject;	/* NULL of a text */
	const char *text;	/* UTF-8 */
};

/*
 * Asked once, before the first byte of what is to be told is handed to the
 * network: -1 and it is not. After that no failure can be told from success
 * but by the other side's answer.
 */
struct handing {
	int (*begin)(void *context);
	void *context;
	bool begun;		/* begin said 0 */
};

/* What the carriers need of the process they run in. */
struct carriage {
	const volatile sig_atomic_t *stop;	/* not 0: give up while nothing is handed over */
	const char *folder;			/* of folder.c */
};

/* *why says for the log what went wrong, without a word about whom. */
typedef enum delivery (*carry_fn)(const struct parcel *, struct handing *,
	    const struct config *, const struct carriage *, struct error *why);

/* A way that is NULL is not set up. */
struct carrier {
	carry_fn mail, text;
	struct carriage carriage;
};

/* transfer.c: once, before anything is carried. -1 when libcurl does not start. */
int	carriers_start(void);
void	carriers_stop(void);

/* smtp.c: config->mail */
enum delivery smtp_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);
/*
 * gateway.c: config->sms. A form by POST: from, to, message. 2xx is taken.
 * 502 and 504 come from somebody between, who does not know: unknown.
 */
enum delivery gateway_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);
/* folder.c: a file a message, NUMBER.eml or NUMBER.txt, for its owner alone */
enum delivery folder_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);

/* letter.c: a mail as it is on the wire (RFC 5322), CRLF at each end of line */
void	letter_write(const struct parcel *parcel, const char *from, struct buffer *letter);

#endif
