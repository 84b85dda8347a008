/*
 * Messages that leave the program. A due time that passes causes an alert, and alerts
 * become mails to staff (messages_notices.c). A coordinator sends a text message to the
 * person from the case's page (messages_texts.c). The outbox sends both
 * (messages_outbox.c). Each message is sent once, or a lead is told that it was not.
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

#define TEXT_MAX	1000	/* characters; no text that fits into SMS_SEGMENTS_MAX is longer */

/*
 * Cleans a text message and counts its segments. `text` has room for TEXT_MAX * 4 + 1
 * bytes. On TEXT_OK, and on TEXT_LONG for its segments, text and *parts are filled;
 * otherwise both are empty.
 */
enum text_fault text_read(const char *written, char *text, struct sms_segments *parts);
/*
 * Whether a word of the text begins like a word of the service's, a queue's or a
 * municipality's name, because that would tell anybody else who holds the telephone about the
 * service. `word`, with room for the text, becomes the first such word.
 */
bool	text_names_service(const struct config *config, const char *text, char *word);
/*
 * Whether this service can send text messages: it has a gateway, or is a demonstration,
 * which writes them to a folder.
 */
bool	texts_possible(const struct config *config);
/*
 * Whether the reader may send the person of that case a text message now. The case must be
 * opened.
 */
bool	text_allowed(const struct config *config, const struct casefile *file);
/*
 * FOUND when text messages can be sealed. ABSENT while no outbox has ever run, because it
 * makes the key.
 */
enum answer text_ready(struct work *work);

/* messages_notices.c */

/*
 * Turns the alerts of queues that are open now into mails, one a receiver and kind, and
 * makes the morning digests that are due; the other alerts wait. Writes in one transaction,
 * if there is something to write. Returns 0 or -1.
 */
int	notices_plan(struct work *work);
/*
 * Adds an alert for each case whose due time has passed, and a second one when it is still
 * overdue a working day later. Each is added once. Call it about once a minute. Returns 0
 * or -1.
 */
int	notices_overdue(struct work *work);

/* messages_outbox.c */

/* the name in meta of the public half of the outbox's key */
#define OUTBOX_META	"outbox"

/* Tries of a message, the first included; messages_outbox.c has the pauses between them. */
#define OUTBOX_TRIES		8
#define OUTBOX_LONGEST_SECONDS	INT64_C(86400)
/*
 * Mails that are neither queued nor being sent are deleted after this time. They hold only
 * numbers and times.
 */
#define OUTBOX_KEEP_SECONDS	(30 * INT64_C(86400))

struct outbox {
	struct work *work;
	const struct secret_key *secret;
	struct carrier carrier;
	bool erased;		/* a text was erased, so the write-ahead log must be emptied */
};

/*
 * Stores the public half of the outbox's key, to which messages are sealed. Then gives the
 * state `unknown` to each message that an earlier outbox was sending when it ended. Returns
 * their number, or -1. Call it again after outbox_send fails.
 */
int64_t	outbox_begin(struct outbox *outbox);
/*
 * Tries to send the message that has been due for the longest time. FOUND when there was
 * one, whatever its result; ABSENT when none is due. Uses its own transactions: one marks
 * the message before it is handed over, one stores the result.
 */
enum answer outbox_send(struct outbox *outbox);
/*
 * Deletes old mails, drops the failed and unknown text messages of closed cases, and
 * empties the write-ahead log after texts were erased. Returns 0 or -1.
 */
int	outbox_tidy(struct outbox *outbox);

/*
 * messages_texts.c: messages that failed, or of which it is unknown whether they were sent
 */

#define UNSENT_MAX		50
#define UNSENT_LATE_SECONDS	900	/* a running outbox leaves no message for so long */

struct unsent {
	struct unsent_message {
		struct message_row row;
		const char *subject;		/* of a mail; NULL for a text message */
		/* Of a mail; "" when the account does not exist any more. */
		char receiver[STORE_NAME];
	} *messages; size_t count;		/* oldest first, at most UNSENT_MAX */
	bool more;
	/* Queued messages, if the oldest waits over UNSENT_LATE_SECONDS; else 0. */
	int64_t waiting;
};

/*
 * Reads the unsent messages of the queues in `level`, and digests, which belong to no
 * queue. Returns 0 or -1. The caller frees *unsent with unsent_free after both.
 */
int	unsent_read(struct work *work, const struct level *level, struct unsent *unsent);
void	unsent_free(struct unsent *unsent);
/*
 * Queues the message again with all its tries, or drops it. The caller lets only leads do
 * it. ABSENT when the message does not exist or does not wait for a decision, and when it
 * belongs to a queue that the reader is not a member of.
 */
enum answer unsent_resend(struct work *work, int64_t number);
enum answer unsent_drop(struct work *work, int64_t number);

/* messages_notices.c: about which events an account wants mails, and its address */

/*
 * Reads the reader's choice. Until it is saved, it is every kind and no address. Returns 0
 * or -1.
 */
int	notice_read(struct work *work, struct notice_row *notice);
/* Saves the choice of the account notice->account. Returns 0 or -1. */
int	notice_save(struct work *work, const struct notice_row *notice);
/*
 * Whether accounts with the reader's role can get mails of that kind; some kinds are for
 * leads only.
 */
bool	notice_offers(const struct work *work, enum alert_kind kind);

/*
 * messages_templates.c: templates, texts about no person with which a note or a text message
 * begins. A lead changes those of the queues of which the lead is a member.
 */

#define TEMPLATES_MAX		30	/* of a queue */
#define TEMPLATES_TOLD		10	/* changes that are shown */
#define TEMPLATE_TITLE_MAX	60	/* characters */
#define TEMPLATE_WORDS_MAX	1000

struct templates {
	struct template_row *rows;
	size_t count;
};

/* Reads the templates of a queue. The caller frees them, after a failure, too. */
int	templates_read(struct work *work, const char *queue, struct templates *templates);
void	templates_free(struct templates *templates);
/*
 * The template of that number, when it is of that kind and of the case's queue, and the
 * reader has a part in the case; else ABSENT.
 */
enum answer template_for_case(struct work *work, int64_t case_number, int64_t number,
	    enum template_kind kind, struct template_row *row);

/* The reader's queues, with their templates and the last changes of these, newest first. */
struct template_queues {
	struct template_queue {
		char queue[STORE_QUEUE];
		struct templates templates;
		struct template_told {
			struct template_change_row row;
			char by[STORE_NAME];	/* "" when the account does not exist any more */
		} told[TEMPLATES_TOLD]; size_t told_count;
	} *queues; size_t count;
};
/* The caller frees them, after a failure, too. */
int	template_queues_read(struct work *work, struct template_queues *queues);
void	template_queues_free(struct template_queues *queues);

enum template_verdict {
	TEMPLATES_DONE,
	TEMPLATES_QUEUE,	/* the reader does not lead the queue */
	TEMPLATES_GONE,		/* the template does not exist any more */
	TEMPLATES_FULL,		/* the queue has TEMPLATES_MAX */
	TEMPLATES_SAME,		/* the queue has one of that kind and title */
	TEMPLATES_TITLE,	/* no title, or a longer one than TEMPLATE_TITLE_MAX */
	TEMPLATES_EMPTY,
	TEMPLATES_LONG,		/* TEMPLATE_WORDS_MAX, or as text_read says */
	TEMPLATES_CHARACTERS,
	TEMPLATES_PERSONNUMMER
};

struct template_wish {
	int64_t number;			/* of the template to change; 0: a new one */
	const char *queue;		/* of a new one */
	enum template_kind kind;	/* of a new one */
	const char *title, *words;	/* as they were typed */
};

/*
 * Adds or changes a template, and deletes one; both write down who did it. Return 0 with
 * *verdict, and nothing has changed unless it is TEMPLATES_DONE; or -1.
 */
int	template_save(struct work *work, const struct template_wish *wish,
	    enum template_verdict *verdict);
int	template_remove(struct work *work, int64_t number, enum template_verdict *verdict);

/* Queues a text message for the act that causes it. Private to flow/. */

/*
 * Seals the text and the person's telephone number to the outbox and queues the message in
 * the name of the reader. The caller owns the transaction. Returns 0 or -1; ERROR_REFUSED:
 * the person wants no text messages; ERROR_UNAVAILABLE: no outbox has run yet.
 */
int	text_queue(struct keyring *ring, const struct case_row *row, const char *text);

#endif
