/*
 * A case, from the coordinator's side: what its page shows, and what is done
 * to it. Each use case is a transaction of its own, and blocks on the disk.
 *
 * Errors are those of store.h, and ERROR_INPUT where what is asked for is
 * wrong and the text says the remedy.
 */
#ifndef EGENREMISS_FLOW_CASE_H
#define EGENREMISS_FLOW_CASE_H

#include "base/base.h"
#include "base/words.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "store/store.h"

/* case_follow_up.c: how a case ends and how contact stays */

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

/* case_file.c: one case as its reader may see it */

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
	/* Texts to the person's phone, oldest first, at most CASEFILE_TEXTS_MAX. */
	struct casefile_text {
		int64_t changed_at;
		enum message_state state;
		enum message_reason reason;
		char author[STORE_NAME];	/* "" when the account is gone */
	} *texts; size_t texts_count;
};

#define CASEFILE_TEXTS_MAX	50

/*
 * ABSENT when there is no such case or the reader is no member of its queue:
 * not told apart. The sealed part is opened for the holder, and for members
 * once it is closed; opening it leaves one ACT_OPEN event a person and day,
 * on disk before anything is shown. Free after FOUND.
 */
enum answer casefile_read(struct work *work, struct casefile *file, int64_t number);
void	casefile_free(struct casefile *file);	/* wipes what was sealed */

/* case_act.c: what a coordinator does to a case, judged by lifecycle_judge */

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

/* The only outcomes that go together, as a mask. */
#define WORK_AND_STUDIES	(1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES)

struct callback_answer {
	enum lifecycle_verdict verdict;	/* LIFECYCLE_OK: done */
	int64_t due_at;			/* the case's due time afterwards */
	char holder[STORE_NAME];	/* who has it, for "the other is told"; "" nobody */
	bool mine;			/* the reader has it, or stands in for who does */
	bool was_closed;		/* before the act */
	enum fault note;		/* what is wrong with the note */
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

/* What somebody pressed a moment ago, and can still take back by ACT_UNDO. */

struct undoable {
	enum act act;			/* what was done */
	int64_t at;			/* when; until UNDO_SECONDS later it can be taken back */
	int64_t due_at;			/* the case's due time since */
	struct retry retry;		/* of an attempt that did not reach: why then */
};

/* ABSENT: the reader did nothing to that case that can be taken back now. */
enum answer undo_offered(struct work *work, int64_t number, struct undoable *undoable);

/*
 * case_duplicates.c: cases that are likely the same person's, since their telephone
 * number is the same. Each who opens a case looks once, among what they may
 * open; what is found is sealed with the case, and never merged by itself.
 */

#define DUPLICATES_MAX	10

struct repeats {
	struct repeat {
		struct case_row row;	/* of the other */
		bool linked;		/* somebody has said that it is the same person's */
	} others[2 * DUPLICATES_MAX];
	size_t count;
};

/* FOUND: the reader may open the case, and has not looked yet. */
enum answer duplicates_due(struct work *work, int64_t number);
/* Looks, as worklist_search.c does; slow. ABSENT: the reader may not open the case. */
enum answer duplicates_look(struct work *work, int64_t number);
/*
 * What is linked to a case of the reader's; when `opened`, what was found and
 * is neither linked nor said to be another's, too. Only such others as the
 * reader may look for. Within a transaction or without.
 */
int	duplicates_read(struct work *work, struct repeats *repeats, int64_t number, bool opened);
enum duplicates_press {
	DUPLICATES_LINK,			/* the same person's, by ACT_LINK */
	DUPLICATES_PART,			/* another's, and not shown again */
	DUPLICATES_UNLINK			/* linked by mistake, by ACT_UNLINK: as it was found */
};

/*
 * By the holder, of what duplicates_read found. FOUND with *verdict; ABSENT as
 * casefile_read. LIFECYCLE_STATE: it is not among that, or so already.
 */
enum answer duplicates_press(struct work *work, enum duplicates_press press, int64_t number,
	    int64_t other, enum lifecycle_verdict *verdict);

/* case_follow_up.c: retention */

/*
 * Purges cases that closed longer ago than the configuration's
 * retention_months: everything sealed goes, from the log file too; row and
 * events stay for statistics. How many, or -1 (what was purged until then
 * stays purged; ERROR_UNAVAILABLE when only the log file is still to empty).
 */
int64_t	retention_run(struct work *work);

#endif
