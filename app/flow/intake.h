/*
 * Intake: a submission on its way to the disk, the duplicate submissions of the last day,
 * and whether the form of an area is open.
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

/*
 * intake.c: a submission on its way to the disk. Only intake_prepare does not block on the
 * disk.
 */

/* The public halves of the queues' newest keys, in the order of config->queues. */
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
	INTAKE_STORED,		/* committed: the page may show a receipt */
	INTAKE_REPEATED,	/* the same submission is stored already: the same receipt */
	INTAKE_UNAVAILABLE	/* not stored: no receipt */
};

/* A sealed submission on its way to the disk. It holds no readable text of the person. */
struct intake {
	struct case_row row;
	const struct config_queue *queue;
	int generation;
	int64_t record_number;
	/* The coordinator who wrote it down; 0, as intake_prepare sets it: the person. */
	int64_t account;
	int64_t written_at;		/* row.received_at may be earlier */
	unsigned char sealed[SEAL_SEALED_KEY_SIZE];
	struct buffer record;
	unsigned char mark[SEAL_DIGEST_SIZE];
	enum intake_result result;	/* set by intake_commit */
};

/*
 * Fills *intake from a checked submission: routes it, computes the promise, encodes and
 * seals it. Does no I/O and leaves no readable copy in memory. The mark for duplicates
 * covers every field, the area and the code. code is NULL or "" without one. Returns 0; or
 * -1 when the queue has no key, or an unusable one. The caller frees *intake with
 * intake_free after both.
 */
int	intake_prepare(struct work *work, struct intake *intake, const struct queue_keys *locks,
	    const struct submission *submission, const char *code);
void	intake_free(struct intake *intake);
/*
 * Stores all of them in one transaction: case, data key, record, event and alert. Sets each
 * result, and for a repeated submission also row, to that of the first one. A submission
 * that cannot be stored becomes INTAKE_UNAVAILABLE alone; when the disk is full or the
 * database locked, all of them do.
 */
void	intake_commit(struct work *work, struct intake *const *batch, size_t count);

/*
 * Duplicate submissions: a submission that is sent twice within a day, such as by a double
 * tap, makes one case. Its mark is a keyed digest (keyed_digest_make). Marks and key are in
 * memory that the workers share and that survives a restart of the service (shared_kept); a
 * restart of the machine forgets both. Nothing that is derived from a person's text is on
 * disk. There is room for about ten thousand marks a day; beyond that, a new mark replaces
 * the oldest of the eight in its set.
 *
 * Finds or allocates this memory; call it once before the workers fork. A second call in a
 * process forgets all marks. Returns 0, or -1 with *error.
 */
int	duplicate_submissions_start(struct error *error);
/*
 * Call both within a writing transaction, because its lock keeps the other workers out.
 * Entries survive a rollback and the death of the process; they then refer to a case that
 * does not exist.
 */
/* Returns the case of the mark that was added within the last day; 0 when there is none. */
int64_t	duplicate_submission_find(const unsigned char mark[SEAL_DIGEST_SIZE], int64_t now);
void	duplicate_submission_add(const unsigned char mark[SEAL_DIGEST_SIZE], int64_t case_number,
	    int64_t now);

/*
 * intake.c: entry by hand. A coordinator writes down that somebody has been in touch, and it
 * becomes a case like any other. Its promise counts from then, its audit trail from now.
 */

enum entry_verdict {
	ENTRY_STORED,		/* it waits in its queue, or did before */
	ENTRY_TAKEN,		/* the reader holds it */
	ENTRY_STRANGE,		/* stored, not taken: the reader cannot take a case of that queue */
	ENTRY_UNREAD		/* nothing is stored: nobody can open cases of that queue */
};

/*
 * Stores a submission whose `way` the caller has set; its first event names the reader.
 * `take` also claims it for the reader, in the same transaction. The same submission within
 * a day makes no second case. Returns 0 with *verdict and the case number, or -1.
 */
int	entry_make(struct work *work, const struct queue_keys *locks,
	    const struct submission *submission, bool take, enum entry_verdict *verdict,
	    int64_t *number);

/*
 * The intake status of an area: whether its form is open. It is that of service.conf until
 * a lead changes it, and the lead's from then on. A change on a later day happens by the
 * clock: every read computes the status of the moment.
 */

#define INTAKE_STATUS_WORDS_MAX	500
/* A form that was open before a closing can be sent for so long after it. */
#define INTAKE_STATUS_GRACE_SECONDS	3600

/* intake_status.c */

struct intake_status {
	bool open;
	int64_t since_at;		/* 0: from the beginning, by service.conf */
	/* The status changes when that local day begins; 0: no change is planned. */
	int32_t turns_day;
	/* It changes back when this later day begins; 0: it does not. */
	int32_t back_day;
	/* Such a day has come, and the stored status must be updated. */
	bool turned;
	/*
	 * The day of opening has come, but the form stays closed, because no active account
	 * can open cases of this queue. NULL otherwise.
	 */
	const struct config_queue *held;
};

/*
 * Computes the status at work->now; works within the caller's transaction or without one. A
 * planned opening is left out when its closing day has passed, too. Returns 0 or -1.
 */
int	intake_status_read(struct work *work, struct intake_status *opening,
	    const struct config_area *area);
/*
 * Stores the status when a planned day has changed it, in its own transaction, so that an
 * open form does not close again when an account loses a queue. A status that service.conf
 * alone determines is not stored. Returns 0 or -1.
 */
int	intake_status_settle(struct work *work, const struct config_area *area);
/*
 * Finds a queue that cases of the area can reach and that no active account can open. queue
 * becomes NULL when there is none. Returns 0 or -1.
 */
int	intake_status_unread(struct work *work, const struct config_area *area,
	    const struct config_queue **queue);

enum intake_status_act {
	INTAKE_STATUS_OPEN,
	INTAKE_STATUS_CLOSE,
	INTAKE_STATUS_STAY			/* stays as it is; planned days are removed */
};

struct intake_status_wish {
	const struct config_area *area;
	enum intake_status_act act;
	int32_t day;			/* of OPEN and CLOSE: the day when it happens; 0: now */
	int32_t back_day;		/* the later day when it changes back; 0: it does not */
};

enum intake_status_verdict {
	INTAKE_STATUS_OK,
	/* Not opened: no active account can open one of its queues. */
	INTAKE_STATUS_UNREAD,
	INTAKE_STATUS_DAY,			/* the day has begun, or is over two years away */
	INTAKE_STATUS_BACK_DAY,		/* the same of back_day, or it is not after the first day */
	INTAKE_STATUS_UNCHANGED		/* the status is already what it would become on that day */
};

struct intake_status_answer {
	enum intake_status_verdict verdict;
	const struct config_queue *unread;	/* the queue, for INTAKE_STATUS_UNREAD */
};

/*
 * Changes the status in one transaction. A closing is never refused because nobody can open
 * a queue, nor is the day on which it ends; that is checked when the day comes. Opening an
 * intake that is already open leaves its timestamp unchanged, and so does closing a closed
 * one. Returns 0 whatever the verdict is, or -1.
 */
int	intake_status_change(struct work *work, const struct intake_status_wish *wish,
	    struct intake_status_answer *answer);
/*
 * Sets the text on the area's closed page in a language, by its tag; an empty text restores
 * that of the catalogue. Returns 0 or -1; ERROR_INPUT when text_input_text refuses the
 * text.
 */
int	intake_status_say(struct work *work, const struct config_area *area,
	    const char *language, const char *words);

/*
 * intake_status.c: the number from which a queue's coordinators ring. The receipt promises
 * that the person sees it, so a lead confirms, once, that the switchboard shows it.
 */

/*
 * FOUND with the day of the confirmation of the number that service.conf has now; ABSENT
 * without one.
 */
enum answer shown_number_read(struct store *store, const struct config_queue *queue,
	    int32_t *day, struct error *error);
/* The same for the reader's page. ABSENT: the reader is no member; *day is 0 without a day. */
enum answer shown_number_of_mine(struct work *work, const struct config_queue *queue,
	    int32_t *day);
/*
 * Confirms it in the reader's name. ABSENT when the reader is no member of the queue.
 * FAILED with ERROR_INPUT: the day is to come, or over a year ago.
 */
enum answer shown_number_confirm(struct work *work, const struct config_queue *queue,
	    int32_t day);

/* intake_status.c: for pages that keep copies in memory */

/*
 * A number that grows with every change of a status or of a closed page's text. A reader
 * keeps its copy until it grows.
 */
int	intake_status_version(struct work *work, int64_t *version);
/*
 * Gives the texts that a lead has written for the area's closed page to the callback, one a
 * language. Returns 0, or -1 with the work's error.
 */
int	intake_status_words(struct work *work, const struct config_area *area,
	    intake_words_fn each, void *argument);

#endif
