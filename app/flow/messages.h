/*
 * Messages that leave the program. A due time that has passed becomes an alert, and alerts
 * become mails to staff (messages_notices.c); a button of a case becomes a text to the
 * person (messages_texts.c); the outbox sends both (messages_outbox.c). Each message is
 * delivered once, or a lead is told that it was not.
 */
#ifndef EGENREMISS_FLOW_MESSAGES_H
#define EGENREMISS_FLOW_MESSAGES_H

#include "base/base.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "notify/notify.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/messages.h"
#include "store/store.h"

struct casefile;
struct level;

/* messages_texts.c */

enum text_fault {
	TEXT_OK,
	TEXT_EMPTY,
	TEXT_LONG,		/* over SMS_SEGMENTS_MAX parts */
	TEXT_CHARACTERS,	/* control or bidi-override characters */
	TEXT_PERSONNUMMER	/* which a text to a phone never names */
};

#define TEXT_MAX	1000	/* of any text that fits into SMS_SEGMENTS_MAX */

/*
 * Reads what is to be sent; *parts is filled for any readable text. text holds
 * TEXT_MAX * 4 + 1 bytes and is "" on a fault but TEXT_LONG.
 */
enum text_fault text_read(const char *written, char *text, struct parts *parts);
/* Whether this service can send texts: by a gateway, or into a demonstration's folder. */
bool	texts_possible(const struct config *config);
/* Whether the reader may send the person of that case a text now. */
bool	text_allowed(const struct config *config, const struct casefile *file);
/* Whether texts can be sealed: the outbox has once run. */
enum answer text_ready(struct work *work);

/* messages_notices.c */

/*
 * Makes mails of alerts whose queue is open now, one a person and kind, and
 * morning digests; the rest wait. A transaction when there is something to do.
 */
int	notices_plan(struct work *work);
/*
 * Writes an alert for each due time that has passed, and for each that is
 * still broken a working day later; each once. Once a minute is often enough.
 */
int	notices_overdue(struct work *work);

/* messages_outbox.c */

#define OUTBOX_META	"outbox"	/* meta: the public half of the outbox's key */

/* Tries, the first included; the pauses between them are in messages_outbox.c. */
#define OUTBOX_TRIES		8
#define OUTBOX_LONGEST_SECONDS	INT64_C(86400)
/* Mails that are sent or dropped are forgotten after this; numbers and times are all they hold. */
#define OUTBOX_KEEP_SECONDS	(30 * INT64_C(86400))

struct outbox {
	struct work *work;
	const struct secret_key *secret;
	struct carrier carrier;
	bool erased;		/* something was: the log file is to be emptied */
};

/*
 * Makes the outbox's public half known to those who seal, and calls every
 * message unknown that was underway when an earlier outbox died. How many, or
 * -1. Again after a failure of outbox_send.
 */
int64_t	outbox_begin(struct outbox *outbox);
/*
 * Sends the one message that is due longest: FOUND when there was one,
 * whatever came of it. In its own transactions: marked before it is handed
 * over, settled after.
 */
enum answer outbox_send(struct outbox *outbox);
/* Forgets what has served its time, and leaves nothing erased in the log file. */
int	outbox_tidy(struct outbox *outbox);

/* messages_texts.c: messages that failed or whose fate is unknown */

#define UNSENT_MAX		50
#define UNSENT_LATE_SECONDS	900	/* no outbox runs that leaves a message so long */

struct unsent {
	struct unsent_message {
		struct message_row row;
		const char *subject;		/* of a mail; NULL of a text */
		char receiver[STORE_NAME];	/* of a mail; "" when the account is gone */
	} *messages; size_t count;		/* oldest first, at most UNSENT_MAX */
	bool more;
	int64_t waiting;	/* queued messages, when the oldest waits longer than it should */
};

/* Those of the queues of the service level, and digests, which are of no queue. Free after a failure too. */
int	unsent_read(struct work *work, const struct level *level, struct unsent *unsent);
void	unsent_free(struct unsent *unsent);
/*
 * A lead queues the message again with all tries, or drops it. ABSENT when there is no
 * such message any more, or it is of a queue in which the reader does not work.
 */
enum answer unsent_resend(struct work *work, int64_t number);
enum answer unsent_drop(struct work *work, int64_t number);

/* messages_notices.c: what an account wants to be told by mail, and where */

/* The reader's wish. Until one is saved it is every kind, and no address. */
int	notice_read(struct work *work, struct notice_row *notice);
/* Saves the wish in the place of the reader's earlier one. */
int	notice_save(struct work *work, const struct notice_row *notice);
/* Whether the reader's role can be told of that kind: some kinds are for leads alone. */
bool	notice_offers(const struct work *work, enum alert_kind kind);

/* The queueing of texts to people, for the act that gives rise to it. Private to flow/. */

/*
 * Seals the text and the person's number to the outbox and queues it, by the
 * ring's reader; the caller owns the transaction. ERROR_REFUSED: the person
 * wants no messages. ERROR_UNAVAILABLE: no outbox has run yet.
 */
int	text_queue(struct keyring *ring, const struct case_row *row, const char *text);

#endif
