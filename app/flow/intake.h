/*
 * Submissions of the last day by their marks, so that a double tap makes one
 * case. They lie in memory that the workers share and that a restart of the
 * service keeps (shared_kept), as the key that makes them does
 * (keyed_digest_make): a restart of the machine forgets both, and nothing
 * derived from what a person wrote is on a disk.
 *
 * There is room for some ten thousand a day. Where more come, each one pushes
 * out the oldest of the eight with which it shares a set.
 */
#ifndef EGENREMISS_FLOW_INTAKE_H
#define EGENREMISS_FLOW_INTAKE_H

#include "base/base.h"
#include "config/config.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/outreach.h"
#include "store/store.h"

/* intake.c: a submission on its way to the disk. All but intake_prepare block. */

/* The public halves of the queues' keys, in the order of config->queues. */
struct queue_keys {
	size_t count;
	struct queue_public_key {
		int generation;		/* 0: the queue has no key yet */
		unsigned char public[SEAL_KEY_SIZE];
	} *lock;
};

int	queue_keys_read(struct work *work, struct queue_keys *locks);
void	queue_keys_free(struct queue_keys *locks);

enum intake_result {
	INTAKE_STORED,		/* committed: a receipt may be given */
	INTAKE_REPEATED,	/* the same submission is stored already: the same receipt */
	INTAKE_UNAVAILABLE	/* no receipt: "try again, or ring" */
};

/* One sealed submission on its way to the disk. Holds nothing that can be read. */
struct intake {
	struct case_row row;
	const struct config_queue *queue;
	int generation;
	int64_t record_number;
	int64_t account;		/* who wrote it down; 0 the person, as intake_prepare has it */
	unsigned char sealed[SEAL_SEALED_KEY_SIZE];
	struct buffer record;
	unsigned char mark[SEAL_DIGEST_SIZE];
	enum intake_result result;	/* set by intake_commit */
};

/*
 * Routes, computes the promise, encodes, seals and wipes what it made; does
 * no I/O. The mark covers every field of the submission, the area and the
 * code. code is NULL or "" without. -1 when the routed queue has no key.
 * Release with intake_free, after a failure too.
 */
int	intake_prepare(struct work *work, struct intake *intake, const struct queue_keys *locks,
	    const struct submission *submission, const char *code);
void	intake_free(struct intake *intake);
/*
 * Stores all of them in one transaction: case, data key, record, event, alert.
 * Sets each result (and row of a repeated one to the first's). One bad apple
 * costs the others nothing; a full disk or a locked database, which is
 * everybody's, makes all of them INTAKE_UNAVAILABLE.
 */
void	intake_commit(struct work *work, struct intake *const *batch, size_t count);

/* Once before the workers fork; a second start in a process forgets. */
int	duplicate_submissions_start(struct error *error);
/*
 * Both within a transaction that writes: its lock keeps the other workers out.
 * What was kept stays though the transaction fails, or its process dies: then
 * it is the number of no case.
 */
/* The case for which the mark was kept last, within a day; 0 none. */
int64_t	duplicate_submission_find(const unsigned char mark[SEAL_DIGEST_SIZE], int64_t now);
void	duplicate_submission_add(const unsigned char mark[SEAL_DIGEST_SIZE], int64_t case_number,
	    int64_t now);

/*
 * intake.c: people who come another way. A coordinator writes down a telephone
 * call or a visit, and it becomes a case like any other.
 */

enum entry_verdict {
	ENTRY_STORED,		/* it waits in its queue, or did already */
	ENTRY_TAKEN,		/* it is the reader's */
	ENTRY_STRANGE,		/* nothing done: its queue is none of the reader's, who cannot take it */
	ENTRY_UNREAD		/* nothing done: nobody could open it */
};

/*
 * Stores the submission, whose way is set, with the reader named on its first
 * event; `take` claims it in the same transaction. The same again within a day
 * makes no second case. 0 with *verdict and the case's number, or -1.
 */
int	entry_make(struct work *work, const struct queue_keys *locks,
	    const struct submission *submission, bool take, enum entry_verdict *verdict,
	    int64_t *number);

/*
 * The intake's door, an area each: as service.conf has it until a lead says
 * otherwise, and from then on as the lead said. The days on which it turns need
 * nobody: each question is answered by the clock.
 */

#define INTAKE_STATUS_WORDS_MAX	500
/* How long after a closing a form is still taken that was open before it. */
#define INTAKE_STATUS_GRACE_SECONDS	3600

/* intake_status.c */

struct opening {
	bool open;
	int64_t since_at;		/* 0 from the beginning, as service.conf has it */
	int32_t turns_day;		/* turns as that local day begins; 0 it stays */
	int32_t back_day;		/* and back as this later one begins; 0 it stays then */
	bool turned;			/* such a day has come, and is to be written down */
	/*
	 * The day on which it was to open has come, and it stays closed, since
	 * nobody active can open what would come in to that queue. NULL otherwise.
	 */
	const struct config_queue *held;
};

/*
 * How it stands now. A time of being open that is over before anybody could
 * have opened it has not been.
 */
int	intake_status_read(struct work *work, struct opening *opening,
	    const struct config_area *area);
/*
 * Writes down what the days have turned, so that what was open does not close
 * again when somebody loses a queue's key. Days of service.conf stay there.
 */
int	intake_status_settle(struct work *work, const struct config_area *area);
/*
 * A queue to which something from the area can come, and that nobody active
 * can open: *queue, NULL when each has somebody. 0, or -1.
 */
int	intake_status_unread(struct work *work, const struct config_area *area,
	    const struct config_queue **queue);

enum intake_status_act {
	INTAKE_STATUS_OPEN,
	INTAKE_STATUS_CLOSE,
	INTAKE_STATUS_STAY			/* as it is, without days */
};

struct intake_status_wish {
	const struct config_area *area;
	enum intake_status_act act;
	int32_t day;			/* of INTAKE_STATUS_OPEN and _CLOSE: as it begins; 0 now */
	int32_t back_day;		/* and then turns back as that later day begins; 0 stays */
};

enum intake_status_verdict {
	INTAKE_STATUS_OK,
	INTAKE_STATUS_UNREAD,			/* not opened: nobody active can open a queue */
	INTAKE_STATUS_DAY,			/* has begun, or is over two years off */
	INTAKE_STATUS_BACK_DAY,		/* likewise, or is not after the day */
	INTAKE_STATUS_UNCHANGED		/* what was to come on that day is so now */
};

struct intake_status_answer {
	enum intake_status_verdict verdict;
	const struct config_queue *unread;	/* of INTAKE_STATUS_UNREAD */
};

/*
 * In one transaction. Closing is never refused for want of readers, nor is the
 * day on which it is to end: whether somebody can open by then is asked then.
 * To open or close what is so already keeps since when. 0 whatever the verdict.
 */
int	intake_status_change(struct work *work, const struct intake_status_wish *wish,
	    struct intake_status_answer *answer);
/*
 * What the closed page of the area says in that language, a tag of the
 * catalogue; nothing gives the catalogue's words back. ERROR_INPUT: what
 * text_input_text refuses.
 */
int	intake_status_say(struct work *work, const struct config_area *area,
	    const char *language, const char *words);

/* intake_status.c: what pages keep in memory of it */

/* A number that grows with every change of a status or of its words, so that a reader may keep a copy. */
int	intake_status_version(struct work *work, int64_t *version);
/* The words that a lead has written for the area's closed page, a language each. 0, or -1 with *error. */
int	intake_status_words(struct work *work, const struct config_area *area,
	    intake_words_fn each, void *argument);

#endif
