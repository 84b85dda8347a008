/*
 * The store speaks the domain: cases, records, queues, accounts, codes. No
 * SQL, statement or handle leaves it; a second backend is a second set of
 * files behind this header and those beside it. A row holds its texts itself.
 * Its only pointer (a box) belongs to the caller when adding, and is valid until
 * the callback returns when reading. A callback stops the verb by returning not 0.
 * It may call other verbs of the same store, but not the verb that called it. A
 * `struct store` serves one thread.
 *
 * Results: enum answer for look-ups; 0 or -1 otherwise. Every failure fills
 * *error: ERROR_UNAVAILABLE when trying again may help (locked, disk full, a
 * transaction lost to either), ERROR_REFUSED when the row is there already or
 * a rule of the schema forbids the change, ERROR_INTERNAL else.
 */
#ifndef EGENREMISS_STORE_STORE_H
#define EGENREMISS_STORE_STORE_H

#include "base/base.h"
#include "base/words.h"
#include "store/auth.h"

struct store;

/* Sizes of texts, terminating NUL included. */
#define STORE_AREA	5	/* SCB municipality code */
#define STORE_QUEUE	64	/* a queue's id in the configuration */
#define STORE_CODE	7	/* QR code */
#define STORE_LANGUAGE	36	/* BCP 47 */
#define STORE_USER	64
#define STORE_NAME	128
#define STORE_PLACE	256

/* Sizes of sealed things; their formats are seal/'s. */
#define STORE_SEALED	81	/* a key sealed to another */
#define STORE_LOCKED	97	/* a secret key under a passphrase */

/* sqlite_engine.c */

#define STORE_FILE	"egenremiss.db"	/* in the data folder */

enum store_mode {
	STORE_CREATE,		/* made or migrated; before any worker opens it */
	STORE_OPEN,		/* must exist and be of this version */
	STORE_AGAIN,		/* the same, for a thread of a process that has checked the schema before */
	STORE_READ		/* the same, never writes */
};

/*
 * path NULL: in memory, created. A new file is readable by its owner alone.
 * A relative path is taken from the working folder, inside a chroot too.
 * NULL on failure; ERROR_INPUT when the database is of another version, or its
 * schema is not what that version should be (see store_schema_check).
 */
struct store *store_open(const char *path, enum store_mode mode, struct error *error);
void	store_close(struct store *store);
/*
 * How long a verb waits for another writer before it fails with ERROR_UNAVAILABLE:
 * 2000 ms unless this says otherwise. An event loop sets 0.
 */
void	store_patience(struct store *store, int milliseconds);

/*
 * Names each difference between the database's schema and the current one, with its
 * remedy; the callback stops by returning not 0. A database with differences is
 * refused by store_open. Returns how many there are, or -1 on failure: the file
 * cannot be read, it is another program's, or its version is another.
 */
typedef int (*difference_fn)(const char *what, const char *remedy, void *);
int	store_schema_check(const char *path, difference_fn, void *, struct error *);

/*
 * A consistent, compact copy of a live database in a new file of mode 0600,
 * on disk when this returns. An existing file is refused; so is a store in a
 * transaction. A copy that is to be used must be opened by STORE_CREATE first, which
 * gives it a write-ahead log.
 */
int	store_backup(struct store *store, const char *path, struct error *error);
/*
 * Moves the write-ahead log into the file and empties it, so that nothing of a purged
 * case stays on the disk. Call it after a purge. ERROR_UNAVAILABLE while others read.
 */
int	store_settle(struct store *store, struct error *error);
/*
 * Moves as much of the log into the file as it can without making another connection
 * wait, so that no commit has to. Call it once a second.
 */
int	store_drain(struct store *store, struct error *error);

/*
 * Transactions are owned by flow/. Writing ones take
 * the write lock at once. A verb outside of one is a transaction of its own.
 * Neither begins, with ERROR_UNAVAILABLE, once the database's file has been
 * removed or replaced.
 */
int	store_begin(struct store *store, struct error *error);
int	store_begin_read(struct store *store, struct error *error);
int	store_commit(struct store *store, struct error *error);	/* failed: rolled back */
void	store_rollback(struct store *store);
/*
 * A part of a transaction that can fail alone. A full disk may end the whole
 * transaction: store_part_begin then fails with ERROR_UNAVAILABLE.
 */
int	store_part_begin(struct store *store, struct error *error);
void	store_part_end(struct store *store, bool keep);
/*
 * sqlite_guard.c: queue keys, memberships, accounts, invitations, absences, everything
 * in auth.h and meta can be written only between these two. Elsewhere the authorizer
 * refuses with ERROR_INTERNAL, because the program has a fault. The sealed data keys
 * of cases are not among them: intake writes them.
 */
void	store_unlock_keys(struct store *store);
void	store_lock_keys(struct store *store);

/* case.c */

struct case_row {
	int64_t number;
	char area[STORE_AREA];		/* municipality code */
	char queue[STORE_QUEUE];	/* the owning queue */
	char code[STORE_CODE];		/* the QR code by which the person came; "" without */
	CASE_CHOICES(CHOICE_MEMBER)
	enum state state;
	int64_t received_at;
	int64_t promised_at;		/* the promise on the receipt; never changes */
	int64_t due_at;			/* 0 only when closed or purged */
	int64_t holder;			/* account; 0 nobody */
	int64_t closed_at;		/* 0 while open */
	unsigned outcomes;		/* mask, 1 << enum outcome */
	int attempts;
};

int	store_case_add(struct store *, const struct case_row *, struct error *);
enum answer store_case_get(struct store *, int64_t number, struct case_row *row,
	    struct error *);
/*
 * Writes queue, state, due_at, holder, closed_at, outcomes, attempts of row->number. The state
 * `purged` removes every sealed thing of a closed case; row and events stay for statistics.
 */
int	store_case_change(struct store *, const struct case_row *, struct error *);

typedef int (*case_fn)(const struct case_row *, void *);	/* not 0 stops */

/* How an account is related to a case; all false when it is not. */
struct case_standing {
	bool member;			/* of the owning queue */
	bool partner;			/* of a queue that takes part */
	bool receiver;			/* of the queue to which it is offered */
	bool recused;			/* has a conflict of interest */
	int64_t closing_by;		/* the account that asks to close it; 0 nobody */
	bool stands_in;			/* for the holder, who is away; see people.h */
	bool unattended;		/* the holder is away, and nobody stands in */
};
/*
 * Absences are those of the local day `day`; with 0 nobody counts as absent. ABSENT:
 * there is no such case.
 */
enum answer store_case_standing(struct store *, int64_t number, int64_t account, int32_t day,
	    struct case_standing *, struct error *);

/* Cases that were closed before `closed_before` and are not yet purged. */
typedef int (*number_fn)(int64_t number, void *);
int	store_case_each_closed(struct store *, int64_t closed_before, number_fn, void *,
	    struct error *);

struct record_row {
	int64_t number, case_number, account /* author; 0 the person */, at;
	int kind;			/* enum record_kind of seal/ */
	const unsigned char *box; size_t box_size;
};
int	store_record_add(struct store *, const struct record_row *, struct error *);
typedef int (*record_fn)(const struct record_row *, void *);
/* Of one case, oldest first; kind 0 for all kinds. */
int	store_record_each(struct store *, int64_t case_number, int kind, record_fn, void *,
	    struct error *);

struct case_key_row {
	int64_t case_number;
	char queue[STORE_QUEUE]; int generation;
	unsigned char sealed[STORE_SEALED];
};
int	store_case_key_add(struct store *, const struct case_key_row *, struct error *);
/* The data key, sealed to a queue of which the account is a member. */
enum answer store_case_key_get(struct store *, int64_t case_number, int64_t account,
	    struct case_key_row *, struct error *);

struct event_row {
	int64_t case_number, account /* 0 the program or the person */, at;
	enum act act;
	enum state from, to;
	int64_t due_at, holder;		/* after the act */
	int of_step;			/* of ACT_UNDO: what it takes back; else 0 */
	int64_t instead_of;		/* the holder for whom the account stood in; 0 */
	int step;			/* 1, 2, 3 ... within the case; given by the store */
};
int	store_event_add(struct store *, const struct event_row *, struct error *);
typedef int (*event_fn)(const struct event_row *, void *);
int	store_event_each(struct store *, int64_t case_number, event_fn, void *, struct error *);

/* messages.c: alerts; the timer turns them into messages (messages.h) */

int	store_alert_add(struct store *, const char *queue, int64_t case_number, int kind,
	    int64_t at, struct error *);
struct alert_row {
	int64_t id;
	char queue[STORE_QUEUE];
	int64_t case_number;
	int kind;			/* enum alert_kind of notify/ */
};
typedef int (*alert_fn)(const struct alert_row *, void *);	/* not 0 stops */
/* Oldest first; each stays until store_alert_done. */
int	store_alert_each(struct store *, alert_fn, void *, struct error *);
int	store_alert_done(struct store *, int64_t id, struct error *);

/* keys.c */

struct queue_key_row {
	char queue[STORE_QUEUE]; int generation;
	unsigned char public[STORE_KEY];
	unsigned char recovery_sealed[STORE_SEALED];	/* the secret key, to the recovery key */
	int64_t created_at;
};
int	store_queue_key_add(struct store *, const struct queue_key_row *, struct error *);
/* The newest generation. */
enum answer store_queue_key_get(struct store *, const char *queue, struct queue_key_row *,
	    struct error *);
typedef int (*queue_key_fn)(const struct queue_key_row *, void *);
int	store_queue_key_each(struct store *, queue_key_fn, void *, struct error *);

struct membership_row {
	int64_t account;
	char queue[STORE_QUEUE]; int generation;
	unsigned char sealed[STORE_SEALED];	/* the queue's secret key */
};
/* Adds or replaces. */
int	store_membership_put(struct store *, const struct membership_row *, struct error *);
typedef int (*membership_fn)(const struct membership_row *, void *);
int	store_membership_each(struct store *, int64_t account, membership_fn, void *, struct error *);
enum answer store_membership_get(struct store *, int64_t account, const char *queue,
	    int generation, struct membership_row *, struct error *);
/* Every generation of it; none is fine. */
int	store_membership_remove(struct store *, int64_t account, const char *queue,
	    struct error *);
/* Active coordinators and leads who hold the queue's newest key. -1 on failure. */
int	store_queue_readers(struct store *, const char *queue, struct error *);

/* people.c; the rest of it stands in people.h */

struct account_row {
	int64_t number;
	char user[STORE_USER];		/* unique, whatever the letter case */
	char name[STORE_NAME];
	enum role role;
	bool active, demonstration;
	unsigned char public[STORE_KEY];
	unsigned char locked[STORE_LOCKED];
	int64_t created_at;
};
int	store_account_add(struct store *, const struct account_row *, struct error *);
enum answer store_account_by_user(struct store *, const char *user, struct account_row *,
	    struct error *);
enum answer store_account_get(struct store *, int64_t number, struct account_row *,
	    struct error *);
typedef int (*account_fn)(const struct account_row *, void *);
int	store_account_each(struct store *, account_fn, void *, struct error *);
/* Writes everything but number, demonstration and created_at. */
int	store_account_change(struct store *, const struct account_row *, struct error *);
/*
 * Deletes an account, its memberships and sessions; its events keep the
 * number. ERROR_REFUSED while it holds a case: release those first.
 */
int	store_account_remove(struct store *, int64_t number, struct error *);

/* codes.c */

struct code_row {
	char code[STORE_CODE];
	char area[STORE_AREA];
	enum channel channel;
	char place[STORE_PLACE];
	char language[STORE_LANGUAGE];		/* of its form; "" the reader's own */
	int32_t first_day, last_day;		/* local, both included; 0 without */
	int64_t created_at, retired_at;		/* 0 while not retired */
};
int	store_code_add(struct store *, const struct code_row *, struct error *);
enum answer store_code_get(struct store *, const char *code, struct code_row *, struct error *);
/* Oldest first; visits of people and cases of all time. */
typedef int (*code_fn)(const struct code_row *, int64_t visits, int64_t cases, void *);
int	store_code_each(struct store *, code_fn, void *, struct error *);
/* FOUND: one with its area, channel and place is not retired. */
enum answer store_code_like(struct store *, const struct code_row *, struct error *);
/* Everything but the code and when it was made. */
int	store_code_change(struct store *, const struct code_row *, struct error *);
int	store_code_visits_add(struct store *, const char *code, int32_t day,
	    enum visit_kind, int64_t visits, struct error *);
/* A number that grows with every change to codes, so that a reader may keep a copy. */
int	store_code_version(struct store *, int64_t *version, struct error *);

/* keys.c: values that were decided once, such as the public recovery key */

int	store_meta_put(struct store *, const char *key, const void *value, size_t size,
	    struct error *);
/* *value loses what it had. */
enum answer store_meta_get(struct store *, const char *key, struct buffer *value,
	    struct error *);

/* overview.c: the invariant, examined in a live database */

enum breach {
	BREACH_NO_DUE,			/* an open case without a due time */
	BREACH_NO_READER,		/* an open case that no active coordinator can open */
	BREACH_NO_RECORD,		/* an open case without its sealed submission */
	BREACH_NO_EVENT,		/* a case whose state is not that of its last event */
	BREACH_HOLDER,			/* held by somebody who is not an active member */
	BREACH_OFFER,			/* a closed case that is still offered */
	BREACH_KEY,			/* a key for a queue that neither owns the case nor takes part */
	BREACH_SHARE,			/* a queue that takes part and has no key */
	BREACH_INTEGRITY,		/* the database's own check; number 0 */
	BREACH_COUNT
};
typedef int (*breach_fn)(enum breach, int64_t case_number, const char *detail, void *);
/* Examines the file, then every case. 0 whatever was found, or -1 when it could not be read. */
int	store_doctor(struct store *, breach_fn, void *, struct error *);
/* Examines the cases alone, for a page: checking the file takes too long. */
int	store_doctor_cases(struct store *, breach_fn, void *, struct error *);

/* worklist.c */

/* What a case is due for, by the act that set its due time (store_case_cause). */
enum due_kind {
	DUE_ANY,
	DUE_ORDINARY,			/* neither of those that follow */
	DUE_FOLLOW_UP,			/* of a person who was reached; held as in `mine` */
	DUE_PARKED			/* put off until now */
};

/*
 * Which cases a page has, and where it begins. It has only cases of queues of which
 * the account is a member, and none in which it has a conflict of interest.
 */
struct case_filter {
	int64_t account;		/* whose queues */
	bool mine;			/* only cases held by the account or by one for whom it stands in */
	int32_t day;			/* the current local day, which decides who is away */
	bool by_arrival;		/* oldest arrival first; else earliest due time first */
	enum due_kind kind;
	const char *queue, *area, *who;	/* who: a word of words_who; NULL: any */
	bool interpreter;		/* only those who may need one */
	int64_t due_before;		/* 0: any */
	int64_t after_key, after_number;	/* after this due time and number; 0 0 first page */
	int limit;
};
int	store_queue_page(struct store *, const struct case_filter *, case_fn, void *,
	    struct error *);
/* The last event that set the case's due time and still stands. */
enum answer store_case_cause(struct store *, int64_t number, struct event_row *, struct error *);
/*
 * Open cases in the account's queues, without those from which the account keeps
 * away: due before `now`, due from then until `today_end`, all, and those that it
 * holds or stands in for. Counting stops at STORE_COUNT_MAX a queue, so that a
 * page costs the same however many cases wait.
 */
#define STORE_COUNT_MAX	1000
struct queue_counts { int64_t overdue, today, open, mine; };
int	store_queue_count(struct store *, int64_t account, int64_t now, int64_t today_end,
	    struct queue_counts *, struct error *);

/* Sections: what is asked of the account beside the due times of its queues. */

enum section {
	SECTION_OFFERED,			/* to one of its queues; by when it lapses */
	SECTION_CONFIRM,			/* closings that somebody else asks for; by when */
	SECTION_REMIND,			/* reminders of what it or nobody holds; by when */
	SECTION_SHARED			/* a queue of its takes part, and does not own; by due time */
};
struct section_row {
	struct case_row row;
	int64_t key;			/* by which they are ordered */
	int64_t account;		/* who offered or asks; 0 else */
};
typedef int (*section_fn)(const struct section_row *, void *);
/* due_before is of the key; kind, mine and by_arrival mean nothing here. */
int	store_section_page(struct store *, enum section, const struct case_filter *, section_fn, void *,
	    struct error *);

/* case_follow_up.c */

/* A closing that waits until a second person confirms it; at most one a case. */
struct closing_row {
	int64_t case_number, account /* that asks */, at;
	unsigned outcomes;		/* mask, 1 << enum outcome; at least one */
	int64_t record;			/* the record that gives the grounds */
};
/* Adds or replaces the case's. */
int	store_closing_put(struct store *, const struct closing_row *, struct error *);
enum answer store_closing_get(struct store *, int64_t case_number, struct closing_row *,
	    struct error *);
/* None is fine. */
int	store_closing_remove(struct store *, int64_t case_number, struct error *);
/*
 * Accounts that may be that second person: active members of the case's queue without
 * a conflict of interest, except `but`.
 */
int	store_closing_seconds(struct store *, int64_t case_number, int64_t but, number_fn,
	    void *, struct error *);

/* A planned contact. `step` is the step of the audit trail that made it; 0 while it is ahead. */
typedef int (*plan_fn)(int64_t at, int step, void *);
/* Adding the same moment again changes nothing. */
int	store_plan_add(struct store *, int64_t case_number, int64_t at, struct error *);
/* By time. */
int	store_plan_each(struct store *, int64_t case_number, plan_fn, void *, struct error *);
/* Marks contacts that are ahead, up to and including `until_at`, as made by the case's last step. */
int	store_plan_done(struct store *, int64_t case_number, int64_t until_at, struct error *);
/* Contacts that the step made are ahead again. */
int	store_plan_undone(struct store *, int64_t case_number, int step, struct error *);
int	store_plan_remove(struct store *, int64_t case_number, struct error *);

/* When to arrange who takes over before the twentieth birthday. Adds or replaces the case's. */
int	store_reminder_put(struct store *, int64_t case_number, int64_t at, struct error *);
enum answer store_reminder_get(struct store *, int64_t case_number, int64_t *at, struct error *);
/* None is fine. */
int	store_reminder_remove(struct store *, int64_t case_number, struct error *);

/* worklist.c: the cases among which an account may search */

/*
 * Open cases of the account's queues and those in which one of them takes part,
 * earliest due time first, except those in which it has a conflict of interest.
 */
int	store_reach_open(struct store *, int64_t account, case_fn, void *, struct error *);
/*
 * Closed cases of its queues that are not purged, last closed first, at most `limit`;
 * with the same exception.
 */
int	store_reach_closed(struct store *, int64_t account, int limit, case_fn, void *,
	    struct error *);

/* The duplicates that one account found for a case; sealed. */
struct duplicates_row {
	int64_t number, case_number, account, at;
	const unsigned char *box; size_t box_size;
};
/* Adds or replaces the account's of that case. */
int	store_duplicates_put(struct store *, const struct duplicates_row *, struct error *);
typedef int (*duplicates_fn)(const struct duplicates_row *, void *);
/* Those of one case, of every account. */
int	store_duplicates_each(struct store *, int64_t case_number, duplicates_fn, void *, struct error *);

/* Says that two cases are the same person's; in any order. Again changes nothing. */
int	store_link_add(struct store *, int64_t one, int64_t other, struct error *);
int	store_link_remove(struct store *, int64_t one, int64_t other, struct error *);
/* The cases that are linked with one case. */
int	store_link_each(struct store *, int64_t case_number, number_fn, void *, struct error *);

/* overview.c: figures for leads and the doctor, from plain columns alone */

struct queue_figures {
	char queue[STORE_QUEUE];
	int64_t open, overdue;		/* cases; overdue at `now` */
	int readers;			/* as store_queue_readers */
};
typedef int (*figures_fn)(const struct queue_figures *, void *);
/* Of each queue that has a key, by its id. */
int	store_queue_figures(struct store *, int64_t now, figures_fn, void *, struct error *);

/* A promise on a receipt, and what came of it; also of purged cases. */
struct promise_row {
	char queue[STORE_QUEUE];	/* the owning queue */
	int64_t received_at, promised_at;
	int64_t tried_at;		/* the first attempt to reach the person; 0 none */
	int64_t answered_at;		/* tried_at, or the closing when it came first; 0 neither */
};
typedef int (*promise_fn)(const struct promise_row *, void *);
/* Of every case received from `from_at` until before `before_at`, in no order. */
int	store_promise_each(struct store *, int64_t from_at, int64_t before_at, promise_fn, void *,
	    struct error *);
/*
 * Open cases whose promise has passed without an attempt to reach the person, oldest
 * promise first.
 */
int	store_untried_each(struct store *, int64_t now, case_fn, void *, struct error *);

#endif
