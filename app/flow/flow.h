/*
 * How a case ends and how contact stays: a closing that waits for a second
 * person, contacts planned after work or studies began, a reminder before the
 * twentieth birthday. The acts are callback_do's. Part of flow.h.
 */
#ifndef EGENREMISS_FLOW_FLOW_H
#define EGENREMISS_FLOW_FLOW_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

/* Part of struct casefile. */
struct follow_up {
	struct follow_up_closing {
		int64_t account;	/* who asks for it; 0: nobody does */
		char author[STORE_NAME];
		int64_t at;
		unsigned outcomes;	/* mask, 1 << enum outcome */
		int64_t record;		/* of the note that says why */
	} closing;
	struct follow_up_second { char name[STORE_NAME]; } *seconds;	/* who could confirm the reader's */
	size_t seconds_count;
	struct follow_up_call { int64_t at; bool done; } *plan;	/* by time */
	size_t plan_count;
	bool over;			/* every planned contact is made, or the person declined more */
	int64_t reminder_at;		/* 0: none */
};

/*
 * The planned contact that follows a talk at `now` in a case due at `due_at`:
 * the first after both, since a talk that comes early was the planned one. 0
 * when none is left.
 */
int64_t	follow_up_planned(const struct follow_up *follow_up, int64_t now, int64_t due_at);

/*
 * What somebody pressed a moment ago, and can still take back. Taking it back
 * is ACT_UNDO by callback_do.
 */

struct identity;

/* undo.c */

struct undoable {
	enum act act;			/* what was done */
	int64_t at;			/* when; until UNDO_SECONDS later it can be taken back */
	int64_t due_at;			/* the case's due time since */
	struct retry retry;		/* of an attempt that did not reach: why then */
};

/* ABSENT: the reader did nothing to that case that can be taken back now. */
enum answer undo_offered(struct work *work, int64_t number, struct undoable *undoable);

/*
 * The two sentences, a file each, a transaction each. In: intake.c. Back:
 * door.h, listing.c, casefile.c, callback.c. Set-up: setup.c,
 * accounts.c, leaving.c, symbol.h. Everything here blocks (disk,
 * Argon2id) except intake_prepare and symbol.h; the caller sees to it that no
 * event loop waits.
 *
 * Errors are those of store.h, and ERROR_INPUT where what was asked for is
 * wrong and the text says the remedy.
 */

/* intake.c */

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
/* Stores one within the caller's transaction, as intake_commit does. 0 with the result, or -1. */
int	intake_store(struct work *work, struct intake *intake);
/*
 * Stores all of them in one transaction: case, data key, record, event, alert.
 * Sets each result (and row of a repeated one to the first's). One bad apple
 * costs the others nothing; a full disk or a locked database, which is
 * everybody's, makes all of them INTAKE_UNAVAILABLE.
 */
void	intake_commit(struct work *work, struct intake *const *batch, size_t count);

/* casefile.c: one case as its reader may see it */

struct casefile {
	struct case_row row;
	unsigned actor;			/* mask of enum actor: what the reader is to it */
	char holder[STORE_NAME];	/* "" nobody */
	char code_place[STORE_PLACE];	/* where the code's brochure lay; "" without */
	struct attempts attempts;	/* may_text is known once opened; true before */
	bool opened;			/* submission and notes below are filled */
	struct form submission;		/* the sealed record, decoded; names of the contract */
	struct casefile_note {
		int64_t number;		/* of the record */
		int64_t at;
		enum act act;		/* ACT_NOTE, or what it was written with */
		char author[STORE_NAME];
		struct buffer text;
	} *notes; size_t notes_count;
	struct casefile_event {
		int64_t at, due_at;
		int64_t account;	/* 0 the person or the program */
		enum act act;
		enum state from, to;
		bool undone;		/* taken back by a later one */
		char author[STORE_NAME];
		char instead_of[STORE_NAME];	/* for whom the author stood in; "" nobody */
	} *trail; size_t trail_count;
	struct follow_up follow_up;		/* of an open case */
};

/*
 * ABSENT when there is no such case or the reader is no member of its queue:
 * not told apart. The sealed part is opened for the holder, and for members
 * once it is closed; opening it leaves one ACT_OPEN event a person and day,
 * on disk before anything is shown. Free after FOUND.
 */
enum answer casefile_read(struct work *work, struct casefile *file, int64_t number);
void	casefile_free(struct casefile *file);	/* wipes what was sealed */

/* callback.c: what a coordinator does to a case, each a transaction through lifecycle_judge */

struct callback {
	int64_t number;
	enum act act;
	/*
	 * ACT_PARK, ACT_REACHED, ACT_FOLLOW: any moment of the local day; becomes
	 * closing time of the first open day on or after it. 0: computed.
	 */
	int64_t until_at;
	/*
	 * ACT_CLOSE, ACT_PROPOSE, ACT_BEGIN: mask of 1 << enum outcome; one, or work
	 * and studies. Those of ACT_CONFIRM are the proposal's.
	 */
	unsigned outcomes;
	/* ACT_CONFIRM, ACT_OBJECT: the record of the proposal that is meant, lest it be another by now. */
	int64_t closing;
	/* ACT_BEGIN: when to be in touch, each as until_at; 0 not. */
	int64_t plan[PLAN_CALLS];
	int64_t remind_at;		/* ACT_REMIND: by reminder_at; 0 takes the reminder away */
	const char *note;		/* sealed with the act; NULL or "" without */
	/*
	 * ACT_TEXTED: what goes to the person's phone, as text_read (messages.h)
	 * gave it, queued with the act; NULL when it was sent by other means.
	 */
	const char *text;
};

#define NOTE_MAX	4000

struct callback_answer {
	enum lifecycle_verdict verdict;	/* LIFECYCLE_OK: done */
	int64_t due_at;			/* the case's due time afterwards */
	char holder[STORE_NAME];	/* who has it, for "the other is told"; "" nobody */
	bool mine;			/* the reader has it, or stands in for who does */
	bool was_closed;		/* before the act */
};

/*
 * FOUND when judged (see verdict); ABSENT as casefile_read; FAILED: nothing
 * changed. ERROR_INPUT: a note that is too long, holds control characters or,
 * for ACT_NOTE, ACT_PROPOSE and a second person's ACT_OBJECT, nothing; or
 * outcomes that do not go together. ERROR_REFUSED: the person wants
 * no message on their phone.
 */
enum answer callback_do(struct work *work, const struct callback *callback,
	    struct callback_answer *answer);

/* setup.c */

/*
 * Makes what is missing for the configuration: the recovery key (only the
 * first time; *recovery_text is then filled, else ""), a key for each queue.
 * The number of queues that got a key, or -1.
 */
int	setup_service(struct work *work, char recovery_text[SEAL_RECOVERY_TEXT_SIZE]);
/* Whether it is this service's recovery key: 0, or -1 with what to do. */
int	setup_recovery_check(struct work *work, const struct secret_key *recovery);
/*
 * What must hold before anything is served: init has run, each queue has a
 * key, and a service that is no demonstration has no demonstration account.
 * 0, or -1 with what to do.
 */
int	setup_check(struct work *work);

/* accounts.c */

struct account_wish {
	const char *user;	/* a-z, 0-9, "." and "-", beginning with a letter */
	const char *name;	/* as colleagues see it */
	enum role role;
	bool demonstration;
	const char *passphrase;
	const char *const *queues; size_t queues_count;	/* none: an administrator */
};
/*
 * The recovery key opens the queues' keys, every generation of which is sealed
 * to the new account. recovery may be NULL when no queue is named.
 */
int	account_make(struct work *work, const struct account_wish *wish,
	    const struct secret_key *recovery);
/* Seals queues' keys to an account that exists. */
int	account_join(struct work *work, const char *user, const char *const *queues,
	    size_t count, const struct secret_key *recovery);
/*
 * A new passphrase and key pair for somebody who lost theirs; memberships are
 * kept, sessions end. The second factor goes too, since it can no longer be
 * opened: a new one is made at the next sign-in. recovery may be NULL for
 * somebody without queues.
 */
int	account_restore(struct work *work, const char *user, const char *passphrase,
	    const struct secret_key *recovery);

/*
 * leaving.c: both release the cases that are held, and are ERROR_REFUSED when
 * a queue would be left without anybody who can open it.
 */

/* Inactive: cannot sign in, key memberships and sessions gone, held cases released. */
int	account_deactivate(struct work *work, const char *user);
/* Removes every demonstration account. How many, or -1. */
int	accounts_remove_demonstration(struct work *work);

/* retention.c */

/*
 * Purges cases that closed longer ago than the configuration's
 * retention_months: everything sealed goes, from the log file too; row and
 * events stay for statistics. How many, or -1 (what was purged until then
 * stays purged; ERROR_UNAVAILABLE when only the log file is still to empty).
 */
int64_t	retention_run(struct work *work);

#endif
