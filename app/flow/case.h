/*
 * A case as coordinators work with it: its page shows it, and acts change it. Each use case
 * is a transaction of its own and blocks on the disk.
 *
 * Errors are those of store.h, and ERROR_INPUT when the input is wrong; the error's text
 * then gives the remedy.
 */
#ifndef EGENREMISS_FLOW_CASE_H
#define EGENREMISS_FLOW_CASE_H

#include "base/base.h"
#include "base/words.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

/*
 * case_follow_up.c: closings that wait for a second person, planned contacts, the reminder
 */

/* The follow-up of a case; a part of struct casefile. */
struct follow_up {
	struct follow_up_closing {
		int64_t account;	/* the account that asks to close the case; 0: none does */
		char author[STORE_NAME];
		int64_t at;
		unsigned outcomes;	/* mask, 1 << enum outcome */
		int64_t record;		/* the number of the note that gives the reason */
	} closing;
	/* Colleagues who could confirm a closing that the reader asks for. */
	struct follow_up_second { char name[STORE_NAME]; } *seconds;
	size_t seconds_count;
	struct follow_up_call { int64_t at; bool done; } *plan;	/* in the order of time */
	size_t plan_count;
	/* Every planned contact is made, or the person declined more. */
	bool over;
	int64_t reminder_at;		/* 0: no reminder */
};

/*
 * Returns the next planned contact after a talk at `now` in a case that is due at due_at; 0
 * when none is left. A talk that comes early counts as the contact planned for due_at, so
 * the next one is later than both moments.
 */
int64_t	follow_up_planned(const struct follow_up *follow_up, int64_t now, int64_t due_at);

/* case_correct.c: what is known of the person, corrected and added to */

/* Whether somebody answers at the person's number; a part of struct casefile. */
struct telephone {
	bool wrong;			/* an attempt said "wrong number", and no new one has come */
	bool asks;			/* it is wrong, and no other way to reach the person is chosen */
	int64_t wrong_at;		/* the last attempt that said so, and stands; 0: none */
	int64_t new_at;			/* when the number was last replaced; 0: never */
};
/* Whether the number of who helped was found to be wrong, and no other has come. */
bool	helper_wrong(const struct form *known);
/* Fills *telephone; needs no key. Returns 0 or -1. */
int	telephone_read(struct work *work, int64_t number, struct telephone *telephone);

struct correction_answer {
	enum lifecycle_verdict verdict;	/* LIFECYCLE_OK: done, unless `same` or `faulty` */
	bool faulty;			/* some field has a fault */
	enum fault faults[FIELD_COUNT];
	bool same;			/* nothing differs from what is known */
	enum act act;			/* ACT_NEW_NUMBER when the number differs, else ACT_CORRECT */
};
/*
 * Stores those of CORRECTED_FIELDS that the form has and that differ from what is known, as
 * a sealed record; what is plain becomes the present value beside the first one. FOUND when
 * it was judged; nothing has changed unless the verdict is LIFECYCLE_OK and neither
 * `faulty` nor `same` is set. ABSENT as for casefile_read.
 */
enum answer case_correct(struct work *work, int64_t number, const struct form *form,
	    struct correction_answer *answer);
/*
 * Stores how to reach a person whose number is wrong: not MEANS_NUMBER. FOUND and ABSENT
 * likewise. LIFECYCLE_STATE also when the number is not wrong, or no helper has a number.
 */
enum answer case_reach(struct work *work, int64_t number, enum means means,
	    enum lifecycle_verdict *verdict);

/* case_file.c: one case, as the reader may see it */

struct casefile {
	struct case_row row;
	unsigned actor;			/* the reader's parts in the case, a mask of enum actor */
	char holder[STORE_NAME];	/* the holder's name; "" when the case has no holder */
	char code_place[STORE_PLACE];	/* the place of the code's brochure; "" without a code */
	struct attempts attempts;	/* may_text is true until the case is opened */
	bool opened;			/* whether submission and notes are filled */
	/*
	 * What is known of the person: the submission, with age and window, and with the
	 * corrections. Fields by field_name; "means" is the way to reach a person whose
	 * number is wrong.
	 */
	struct form submission;
	struct telephone telephone;
	struct casefile_correction {	/* oldest first, one for each field of each record */
		char field[16];		/* a field_name, or "means" */
		struct buffer before;	/* the value that the correction replaced; "": none */
		int64_t at;
		char author[STORE_NAME];
	} *corrections; size_t corrections_count;
	struct casefile_note {
		int64_t number;		/* of its record */
		int64_t at;
		enum act act;		/* ACT_NOTE, or the act that it was written with */
		bool undone;		/* a later event undid that act */
		char author[STORE_NAME];
		struct buffer text;
	} *notes; size_t notes_count;
	struct casefile_event {
		int64_t at, due_at;
		int64_t account;	/* 0: the person or the program */
		enum act act;
		enum state from, to;
		bool undone;		/* a later event undid it */
		char queue[STORE_QUEUE];	/* to which the offer was that it made or ended; "" */
		char author[STORE_NAME];
		/* The holder for whom the author stood in; otherwise "". */
		char instead_of[STORE_NAME];
	} *trail; size_t trail_count;
	struct follow_up follow_up;		/* filled for an open case */
	/* Text messages to the person, oldest first, at most CASEFILE_TEXTS_MAX. */
	struct casefile_text {
		int64_t changed_at;
		enum message_state state;
		enum message_reason reason;
		char author[STORE_NAME];	/* "" when the account does not exist any more */
	} *texts; size_t texts_count;
};

#define CASEFILE_TEXTS_MAX	50

/*
 * Reads a case. ABSENT when it does not exist, and also when the reader may not see it.
 * Holders may open the sealed part of an open case, members that of a closed one; *file is
 * opened when the reader may. The first opening of a reader and day adds an ACT_OPEN event,
 * and so does the first after an answer to an offer; it is on disk before this returns.
 * After FOUND the caller frees *file with casefile_free.
 */
enum answer casefile_read(struct work *work, struct casefile *file, int64_t number);
void	casefile_free(struct casefile *file);	/* wipes the opened texts */
/*
 * Adds an ACT_PRINT event, at most one a reader and day. ABSENT when the reader may not open
 * the sealed part.
 */
enum answer casefile_print(struct work *work, int64_t number);

/* case_act.c: the acts of a coordinator on a case; lifecycle_judge decides */

struct callback {
	int64_t number;
	enum act act;
	/*
	 * ACT_PARK, ACT_FOLLOW, and acts with ACT_IS_TALK: when to be in touch next, any moment of a
	 * local day. The due time becomes the closing time of the first open day from that
	 * day on. 0: computed.
	 */
	int64_t until_at;
	/*
	 * ACT_CLOSE, ACT_PROPOSE, ACT_BEGIN: mask of 1 << enum outcome, with one outcome or
	 * WORK_AND_STUDIES. ACT_CONFIRM takes the outcomes of the proposal.
	 */
	unsigned outcomes;
	/*
	 * ACT_CONFIRM, ACT_OBJECT: the record number of the proposal that the reader saw.
	 * The act is refused when another proposal has taken its place.
	 */
	int64_t closing;
	/* ACT_BEGIN: the planned contacts, each like until_at; 0: no contact. */
	int64_t plan[PLAN_CALLS];
	/* ACT_REMIND: the moment, by reminder_at(); 0 removes the reminder */
	int64_t remind_at;
	/*
	 * Acts with ACT_IS_ATTEMPT: how many steps the reader's page showed. The act is refused
	 * when a colleague has talked with the person since. 0: not known, and not asked.
	 */
	int seen;
	const char *note;		/* sealed with the act; NULL or "": no note */
	/*
	 * ACT_TEXTED, ACT_ANNOUNCED: the message, cleaned by text_read (messages.h), which is queued with
	 * the act; NULL when the coordinator sent it by other means.
	 */
	const char *text;
};

#define NOTE_MAX	4000

/* The only two outcomes that a case may have together, as a mask. */
#define WORK_AND_STUDIES	(1U << OUTCOME_WORK | 1U << OUTCOME_STUDIES)

struct callback_answer {
	enum lifecycle_verdict verdict;	/* LIFECYCLE_OK: done */
	int64_t due_at;			/* the case's due time afterwards */
	char holder[STORE_NAME];	/* who has it, for "the other is told"; "" nobody */
	bool mine;			/* the reader has it, or stands in for who does */
	bool was_closed;		/* before the act */
	enum fault note;		/* what is wrong with the note */
	/* The colleague's talk for which the act was refused; at 0: none. */
	struct { int64_t at; char by[STORE_NAME]; } talk;
};

/*
 * Does one act. FOUND when it was judged: it is done when answer->verdict is LIFECYCLE_OK,
 * and nothing has changed otherwise. ABSENT as for casefile_read. FAILED: nothing has
 * changed; with ERROR_INPUT: the outcomes do not go together, or the note is too long, has
 * control characters, or is empty for an act that needs one (ACT_NOTE, ACT_PROPOSE, a
 * second person's ACT_OBJECT); with ERROR_REFUSED: the person wants no text messages.
 */
enum answer callback_do(struct work *work, const struct callback *callback,
	    struct callback_answer *answer);

/* The reader's last act, which ACT_UNDO can still undo. */

struct undoable {
	enum act act;			/* the act */
	int64_t at;			/* its time; it can be undone until UNDO_SECONDS later */
	int64_t due_at;			/* the due time that it set */
	/* Why that due time, after an attempt that did not reach the person. */
	struct retry retry;
};

/*
 * FOUND with *undoable. ABSENT: the reader has no act on that case that can be undone now.
 * A reader with a conflict of interest may undo that act alone.
 */
enum answer undo_offered(struct work *work, int64_t number, struct undoable *undoable);

/*
 * case_duplicates.c: duplicates, that is, cases that are likely about the same person,
 * because they have the same telephone number. For each reader who opens a case, the
 * program searches once among the cases that this reader may open. The result is sealed
 * with the case. Nothing is merged automatically.
 */

#define DUPLICATES_MAX	10

struct duplicates {
	struct duplicate {
		struct case_row row;	/* of the other case */
		bool linked;		/* a colleague has linked it: it is the same person's */
	} others[2 * DUPLICATES_MAX];
	size_t count;
};

/*
 * FOUND: the reader may open the case, and no search for duplicates was made for this
 * reader yet. ABSENT: the reader may not, or it was made.
 */
enum answer duplicates_due(struct work *work, int64_t number);
/*
 * Searches for duplicates of the case and stores the result. Slow: it opens every case that
 * the reader may open. ABSENT: the reader may not open the case.
 */
enum answer duplicates_look(struct work *work, int64_t number);
/*
 * Fills *repeats with the cases that are linked to this case. When `opened`, the duplicates
 * that were found for the reader are added, except those that a colleague has marked as
 * another person's. Only cases that the reader may search are included. Works within the
 * caller's transaction or without one. Returns 0 or -1.
 */
int	duplicates_read(struct work *work, struct duplicates *repeats, int64_t number, bool opened);
enum duplicates_press {
	DUPLICATES_LINK,			/* links: the same person's; an ACT_LINK event */
	/* Marks it as another person's; it is not shown again. */
	DUPLICATES_PART,
	DUPLICATES_UNLINK			/* removes the link; an ACT_UNLINK event */
};

/*
 * Decides about one of the cases that duplicates_read gives; only the holder may. FOUND
 * with *verdict, and nothing has changed unless it is LIFECYCLE_OK. ABSENT as for
 * casefile_read. LIFECYCLE_STATE: `other` is not among these cases, or the decision is made
 * already.
 */
enum answer duplicates_press(struct work *work, enum duplicates_press press, int64_t number,
	    int64_t other, enum lifecycle_verdict *verdict);

/* case_follow_up.c: retention, the purge of old cases */

/*
 * Purges cases that were closed longer ago than the configuration's retention_months.
 * Everything sealed is deleted, from the write-ahead log, too; row and events remain for
 * statistics. Returns the number of cases, or -1; what was purged before the failure
 * remains purged. With ERROR_UNAVAILABLE all may be purged and only the log not emptied.
 */
int64_t	retention_run(struct work *work);

#endif
