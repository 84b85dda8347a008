/*
 * The store: cases, records, queues, accounts, codes. No SQL, statement or handle leaves
 * this folder; another engine is another set of files behind this header and those
 * beside it.
 *
 * A function of the store is a verb. A row holds its texts itself. Its only pointer, a
 * box, belongs to the caller of a verb that adds; a verb that reads gives it to a
 * callback, until the callback returns. A callback ends the verb by returning not 0; the
 * verb then returns 0 all the same. A callback may call other verbs of the same store,
 * but not the verb that called it. The caller makes the numbers of rows. A `struct store`
 * serves one thread.
 *
 * A look-up returns an enum answer. Other verbs return 0, or -1 on failure. Every failure
 * fills *error:
 *   ERROR_UNAVAILABLE  another try may help: the database is locked, the disk is full, or
 *                      one of these has ended the transaction
 *   ERROR_REFUSED      the row is there already, a row that it names does not exist, or a
 *                      rule of the schema forbids the change
 *   ERROR_INTERNAL     anything else; also a row to change that does not exist
 * A verb that removes, ends or forgets returns 0 when there was nothing to remove, unless
 * its comment says that the row must exist.
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

/* Sizes of sealed values; seal/seal.h has their formats. */
#define STORE_LOCKED	97	/* a secret key locked with a passphrase */

/* sqlite_engine.c */

#define STORE_FILE	"egenremiss.db"	/* in the data folder */

enum store_mode {
	STORE_CREATE,		/* makes or migrates the database, before any worker opens it */
	STORE_OPEN,		/* the database must exist, of this version and with its schema */
	STORE_AGAIN,		/* like STORE_OPEN, without the check of the schema */
	STORE_READ		/* like STORE_OPEN; verbs that write fail */
};

/*
 * Opens a database file; path NULL makes a database in memory. A new file has mode 0600.
 * NULL on failure: ERROR_INPUT when the file cannot be opened, is another program's or of
 * another version, or its schema is not that of its version (see store_schema_check). The
 * caller ends the store with store_close. A thread uses STORE_AGAIN when its process has
 * checked the schema before.
 */
struct store *store_open(const char *path, enum store_mode mode, struct error *error);
/* NULL is fine. */
void	store_close(struct store *store);
/*
 * Sets how long a verb waits for another writer before it fails with ERROR_UNAVAILABLE.
 * A new store waits 2000 ms; an event loop sets 0.
 */
void	store_patience(struct store *store, int milliseconds);

/*
 * Gives each difference between the schema of a database and the current one to the
 * callback, with its remedy; store_open refuses a database with differences. The words of
 * acts and outcomes are compared when there is no other difference. Returns the number of
 * differences, or -1 on failure: the file cannot be read, is another program's or of
 * another version. The number is too low when the callback has stopped.
 */
typedef int (*difference_fn)(const char *what, const char *remedy, void *);
int	store_schema_check(const char *path, difference_fn, void *, struct error *);

/*
 * Writes a consistent, compact copy of the live database into a new file of mode 0600,
 * which is on disk when this returns. Fails when the file exists or the store is in a
 * transaction; a failure leaves no new file. To use a copy, open it with STORE_CREATE first,
 * which gives it a write-ahead log.
 */
int	store_backup(struct store *store, const char *path, struct error *error);
/*
 * Moves the write-ahead log into the file and empties it. Call it after a purge, so that
 * nothing of the purged case stays on the disk. ERROR_UNAVAILABLE while others read.
 */
int	store_settle(struct store *store, struct error *error);
/*
 * Moves as much of the write-ahead log into the file as is possible without making
 * another connection wait, so that no commit needs to. Call it once a second. Returns 0
 * also when other connections keep it from moving anything.
 */
int	store_drain(struct store *store, struct error *error);

/*
 * flow/ begins and ends transactions. A statement outside of a transaction is a
 * transaction of its own. Both begin functions fail with ERROR_UNAVAILABLE when somebody
 * has removed or replaced the database file.
 */

/* Begins a transaction that may write; takes the write lock at once. */
int	store_begin(struct store *store, struct error *error);
/* Begins a transaction that reads one state of the database. */
int	store_begin_read(struct store *store, struct error *error);
/* Commits; a failure rolls back. */
int	store_commit(struct store *store, struct error *error);
/* Rolls back; does nothing outside of a transaction. */
void	store_rollback(struct store *store);
/*
 * Begins a part (a savepoint) of a transaction, which can fail alone. ERROR_UNAVAILABLE
 * when no transaction is open: a full disk may have ended it.
 */
int	store_part_begin(struct store *store, struct error *error);
/* Ends the part; keep false undoes its writes. Does nothing outside of a transaction. */
void	store_part_end(struct store *store, bool keep);
/*
 * sqlite_guard.c: between these two calls, verbs may write queue keys, memberships,
 * accounts, invitations, absences, meta and everything in auth.h. Elsewhere such a verb
 * fails with ERROR_INTERNAL, because the program has a fault. The sealed data keys of
 * cases need no unlocking, because intake writes them. Calls do not nest.
 */
void	store_unlock_keys(struct store *store);
void	store_lock_keys(struct store *store);

/* case.c */

struct case_row {
	int64_t number;
	char area[STORE_AREA];		/* municipality code */
	char queue[STORE_QUEUE];	/* the owning queue */
	char code[STORE_CODE];		/* the QR code that the person scanned; "" without */
	CASE_CHOICES(CHOICE_MEMBER)	/* as they are known now */
	struct case_first {		/* as they came in; store_case_add does not read it */
		enum age age;
		enum window when;
		enum speak speak;
	} first;
	enum state state;
	int64_t received_at;
	int64_t promised_at;		/* the promise on the receipt; never changes */
	int64_t due_at;			/* 0 only when closed or purged */
	int64_t holder;			/* account; 0 nobody */
	int64_t closed_at;		/* 0 while open */
	unsigned outcomes;		/* mask, 1 << enum outcome */
	int attempts;			/* since the person was last reached */
};

int	store_case_add(struct store *, const struct case_row *, struct error *);
enum answer store_case_get(struct store *, int64_t number, struct case_row *row,
	    struct error *);
/*
 * Writes queue, state, due_at, holder, closed_at, outcomes and attempts of the case
 * row->number, which must exist. The state `purged` removes every sealed value of a closed
 * case, whose row, outcomes and events stay for statistics; ERROR_REFUSED when it is open.
 */
int	store_case_change(struct store *, const struct case_row *, struct error *);

/* Writes the choices of CORRECTED_CHOICES of the case row->number, which must exist. */
int	store_case_correct(struct store *, const struct case_row *, struct error *);

/* The last steps that stand of three acts, 0 without: whether the telephone number is right. */
struct number_row {
	int wrong_step, new_step, other_step;	/* ACT_WRONG_NUMBER, ACT_NEW_NUMBER, ACT_OTHER_WAY */
	int64_t wrong_at, new_at;
};
int	store_case_number(struct store *, int64_t number, struct number_row *, struct error *);

typedef int (*case_fn)(const struct case_row *, void *);

/* How an account is related to a case. */
struct case_access {
	bool member;			/* the account is a member of the owning queue */
	bool partner;			/* ... of a queue that takes part */
	bool receiver;			/* ... of the queue to which the case is offered */
	bool recused;			/* the account has a conflict of interest */
	int64_t closing_by;		/* the account that asks to close the case; 0 nobody */
	bool stands_in;			/* the account stands in for the absent holder */
	bool unattended;		/* the holder is absent, and nobody stands in */
};
/* Absences are those of the local day `day`; with 0 nobody counts as absent. */
enum answer store_case_standing(struct store *, int64_t number, int64_t account, int32_t day,
	    struct case_access *, struct error *);

/* Gives the cases that were closed before `closed_before` and are not purged. */
typedef int (*number_fn)(int64_t number, void *);
int	store_case_each_closed(struct store *, int64_t closed_before, number_fn, void *,
	    struct error *);

struct record_row {
	int64_t number, case_number, account /* the author; 0 the person */, at;
	int kind;			/* enum record_kind of seal/ */
	const unsigned char *box; size_t box_size;
};
int	store_record_add(struct store *, const struct record_row *, struct error *);
typedef int (*record_fn)(const struct record_row *, void *);
/*
 * The records of one case, oldest first; of the kinds in a mask of 1 << enum record_kind, or
 * with 0 of every kind.
 */
int	store_record_each(struct store *, int64_t case_number, unsigned kinds, record_fn, void *,
	    struct error *);

struct case_key_row {
	int64_t case_number;
	char queue[STORE_QUEUE]; int generation;
	unsigned char sealed[STORE_SEALED];
};
int	store_case_key_add(struct store *, const struct case_key_row *, struct error *);
/*
 * A data key of the case that the account can open: sealed to a generation of a queue's key
 * that the account has. When there are several, any of them.
 */
enum answer store_case_key_get(struct store *, int64_t case_number, int64_t account,
	    struct case_key_row *, struct error *);

struct event_row {
	int64_t case_number, account /* 0 the program or the person */, at;
	enum act act;
	enum state from, to;
	int64_t due_at, holder;		/* after the act */
	int of_step;			/* of ACT_UNDO: the step that it undoes; else 0 */
	int64_t instead_of;		/* the holder for whom the account stood in; else 0 */
	int step;			/* 1, 2, 3 ... within the case */
};
/* Adds the case's next step; `step` of the row does not count. */
int	store_event_add(struct store *, const struct event_row *, struct error *);
typedef int (*event_fn)(const struct event_row *, void *);
/* The events of a case, in the order of their steps. */
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
typedef int (*alert_fn)(const struct alert_row *, void *);
/* Oldest first; each stays until store_alert_done. */
int	store_alert_each(struct store *, alert_fn, void *, struct error *);
/* Removes an alert. */
int	store_alert_done(struct store *, int64_t id, struct error *);

/* keys.c */

struct queue_key_row {
	char queue[STORE_QUEUE]; int generation;
	unsigned char public[STORE_KEY];
	unsigned char recovery_sealed[STORE_SEALED];	/* the secret key, to the recovery key */
	int64_t created_at;
};
/* Adds a generation of a queue's key. */
int	store_queue_key_add(struct store *, const struct queue_key_row *, struct error *);
/* The newest generation. */
enum answer store_queue_key_get(struct store *, const char *queue, struct queue_key_row *,
	    struct error *);
typedef int (*queue_key_fn)(const struct queue_key_row *, void *);
/* Every generation of every queue, by queue and generation. */
int	store_queue_key_each(struct store *, queue_key_fn, void *, struct error *);

struct membership_row {
	int64_t account;
	char queue[STORE_QUEUE]; int generation;
	unsigned char sealed[STORE_SEALED];	/* the queue's secret key */
};
/* Adds or replaces. */
int	store_membership_put(struct store *, const struct membership_row *, struct error *);
typedef int (*membership_fn)(const struct membership_row *, void *);
/* All that one account has, by queue and generation. */
int	store_membership_each(struct store *, int64_t account, membership_fn, void *, struct error *);
enum answer store_membership_get(struct store *, int64_t account, const char *queue,
	    int generation, struct membership_row *, struct error *);
/* Removes the account's keys to the queue, of every generation. */
int	store_membership_remove(struct store *, int64_t account, const char *queue,
	    struct error *);
/* The number of active coordinators and leads that have the queue's newest key; -1 on failure. */
int	store_queue_readers(struct store *, const char *queue, struct error *);

/* people.c; the rest of it stands in people.h */

struct account_row {
	int64_t number;
	char user[STORE_USER];		/* unique, when letter case does not count */
	char name[STORE_NAME];
	enum role role;
	bool active, demonstration;
	unsigned char public[STORE_KEY];
	unsigned char locked[STORE_LOCKED];
	int64_t created_at;
};
/* ERROR_REFUSED when another account has the user name. */
int	store_account_add(struct store *, const struct account_row *, struct error *);
/* Finds an account by its user name, in any letter case. */
enum answer store_account_by_user(struct store *, const char *user, struct account_row *,
	    struct error *);
enum answer store_account_get(struct store *, int64_t number, struct account_row *,
	    struct error *);
typedef int (*account_fn)(const struct account_row *, void *);
/* Every account, inactive ones too, by user name. */
int	store_account_each(struct store *, account_fn, void *, struct error *);
/* Writes every member but demonstration and created_at of an account, which must exist. */
int	store_account_change(struct store *, const struct account_row *, struct error *);
/*
 * Deletes an account, which must exist, with its memberships and sessions. Its events
 * keep its number. ERROR_REFUSED while it holds a case; release its cases first.
 */
int	store_account_remove(struct store *, int64_t number, struct error *);

/* codes.c */

struct code_row {
	char code[STORE_CODE];
	char area[STORE_AREA];
	enum channel channel;
	char place[STORE_PLACE];
	char language[STORE_LANGUAGE];		/* in which its form opens; "" the reader's */
	int32_t first_day, last_day;		/* local, both included; 0 without */
	int64_t created_at, retired_at;		/* 0 while not retired */
	int64_t seen_at;			/* by staff, at its place; 0 never */
};
int	store_code_add(struct store *, const struct code_row *, struct error *);
enum answer store_code_get(struct store *, const char *code, struct code_row *, struct error *);
/* Every code, oldest first, with its visits by people and its cases of all time. */
typedef int (*code_fn)(const struct code_row *, int64_t visits, int64_t cases, void *);
int	store_code_each(struct store *, code_fn, void *, struct error *);
/* FOUND when a code with the row's area, channel and place exists that is not retired. */
enum answer store_code_like(struct store *, const struct code_row *, struct error *);
/* Writes every member but created_at of a code, which must exist. */
int	store_code_change(struct store *, const struct code_row *, struct error *);
/* Keeps when a code was first printed; does nothing when it is known or there is no such code. */
int	store_code_printed(struct store *, const char *code, int64_t at, struct error *);
/* FOUND when the code exists and was never printed or opened. May read every case. */
enum answer store_code_unused(struct store *, const char *code, struct error *);
/* Deletes a code, also from campaigns. ERROR_REFUSED when it was printed or opened. */
int	store_code_remove(struct store *, const char *code, struct error *);
/* Adds to the number of visits of a day. Visits of a code that was deleted are dropped. */
int	store_code_visits_add(struct store *, const char *code, int32_t day,
	    enum visit_kind, int64_t visits, struct error *);
/* A number that grows with every change to codes. A reader keeps a copy until it grows. */
int	store_code_version(struct store *, int64_t *version, struct error *);

/* keys.c: values of the whole service, such as the public recovery key */

/* Adds or replaces. */
int	store_meta_put(struct store *, const char *key, const void *value, size_t size,
	    struct error *);
/* Replaces the content of *value by the value of the key. */
enum answer store_meta_get(struct store *, const char *key, struct buffer *value,
	    struct error *);

/* overview.c: the invariant, examined in a live database */

enum breach {
	BREACH_NO_DUE,			/* an open case without a due time */
	BREACH_NO_READER,		/* an open case that no active coordinator can open */
	BREACH_NO_RECORD,		/* an open case without its sealed submission */
	BREACH_NO_EVENT,		/* a case whose state is not that of its last event */
	BREACH_HOLDER,			/* a case whose holder is not an active member */
	BREACH_OFFER,			/* a closed case that is still offered */
	BREACH_KEY,			/* a queue with a key and no part in the case */
	BREACH_SHARE,			/* a queue that takes part and has no key */
	BREACH_INTEGRITY,		/* SQLite's own check of the file; case number 0 */
	BREACH_COUNT
};
typedef int (*breach_fn)(enum breach, int64_t case_number, const char *detail, void *);
/*
 * Examines the file, then every case, and gives each breach to the callback. Returns 0
 * with breaches or without; -1 when the database cannot be read.
 */
int	store_doctor(struct store *, breach_fn, void *, struct error *);
/* Examines the cases only, for a page, because checking the file takes too long. */
int	store_doctor_cases(struct store *, breach_fn, void *, struct error *);

/* worklist.c */

/* The kinds of due time, by the act that set it (store_case_cause). */
enum due_kind {			/* bits of a mask */
	DUE_ANY = 0,			/* every kind */
	DUE_ORDINARY = 1,		/* every kind but the next three */
	DUE_FOLLOW_UP = 2,		/* the next contact with a reached person, held as in `mine` */
	DUE_PARKED = 4,			/* the end of a parking */
	DUE_ANNOUNCED = 8,		/* a call that a text message announced, held as in `mine` */
	DUE_UNANNOUNCED = 7		/* every kind but that one */
};

/*
 * The cases of a page, and where it begins. A page has only cases of the account's queues,
 * and none in which the account has a conflict of interest.
 */
struct case_filter {
	int64_t account;		/* its queues are those that it is a member of */
	bool mine;			/* only cases held by it or by one that it stands in for */
	int32_t day;			/* the current local day, for absences */
	bool by_arrival;		/* oldest arrival first; else earliest due time first */
	enum due_kind kind;
	const char *queue, *area, *who;	/* who: a word of words_who; NULL: any */
	bool interpreter;		/* only cases that may need one */
	int64_t holder;			/* an account, or STORE_NOBODY; 0: any */
	/* only cases in which the account has done that, unless it was undone */
	enum { DID_ANYTHING, DID_TRY, DID_REACH } did;
	bool workable;			/* no cases of another holder who is present */
	int64_t due_before;		/* 0: any */
	int64_t after_key, after_number;	/* the last row of the page before; 0 0: first page */
	int limit;
};
#define STORE_NOBODY	(-1)
/* Gives the next `limit` cases that the filter wants. By arrival, after_key does not count. */
int	store_queue_page(struct store *, const struct case_filter *, case_fn, void *,
	    struct error *);
/* The active coordinators and leads who share a queue with the account, itself too, by name. */
typedef int (*colleague_fn)(int64_t account, const char *name, void *);
int	store_colleague_each(struct store *, int64_t account, colleague_fn, void *, struct error *);
/*
 * Closed cases of the account's queues, last closed first, except those in which it has a
 * conflict of interest. Continues after the case with that time of closing and number; INT64_MAX:
 * from the first.
 */
int	store_closed_page(struct store *, int64_t account, int64_t closed_at, int64_t number,
	    int limit, case_fn, void *, struct error *);
/*
 * The account's own events, except those of mere reading, newest first, in cases of its
 * queues without a conflict of interest.
 */
int	store_event_own(struct store *, int64_t account, int limit, event_fn, void *,
	    struct error *);
/* The last event that set the case's due time and that no undo has taken back. */
enum answer store_case_cause(struct store *, int64_t number, struct event_row *, struct error *);
#define STORE_COUNT_MAX	1000
struct queue_counts {
	int64_t overdue;		/* due before `now` */
	int64_t today;			/* due from `now` until before `today_end` */
	int64_t open;			/* all */
	int64_t mine;			/* held by the account, or by one that it stands in for */
};
/*
 * Counts the open cases of the account's queues, without those in which it has a conflict
 * of interest. The first three stop at STORE_COUNT_MAX a queue, so that a page takes the
 * same time however many cases wait.
 */
int	store_queue_count(struct store *, int64_t account, int64_t now, int64_t today_end,
	    struct queue_counts *, struct error *);

/* Sections: cases that ask something of the account beside the due times of its queues. */

enum section {
	/* the account's offer was declined or lapsed, and not seen since; key: when */
	SECTION_DECLINED,
	SECTION_OFFERED,		/* offered to a queue of the account; key: its lapse */
	SECTION_CONFIRM,		/* another account asks to close it; key: when it asked */
	SECTION_REMIND,			/* has a reminder and no other holder; key: its time */
	SECTION_SHARED			/* a queue of the account takes part; key: due time */
};
struct section_row {
	struct case_row row;
	int64_t key;			/* the rows are in the order of this moment */
	int64_t account;		/* the account that offered or asks; else 0 */
};
typedef int (*section_fn)(const struct section_row *, void *);
/*
 * Gives the next rows of a section. due_before and after_key compare with the key; kind,
 * mine and by_arrival do not count.
 */
int	store_section_page(struct store *, enum section, const struct case_filter *, section_fn, void *,
	    struct error *);

/* case_follow_up.c */

/* A closing that waits until a second person confirms it; at most one a case. */
struct closing_row {
	int64_t case_number, account /* that asks */, at;
	unsigned outcomes;		/* mask, 1 << enum outcome; at least one */
	int64_t record;			/* the record that gives the grounds */
};
/* Adds or replaces the closing of the case. */
int	store_closing_put(struct store *, const struct closing_row *, struct error *);
enum answer store_closing_get(struct store *, int64_t case_number, struct closing_row *,
	    struct error *);
int	store_closing_remove(struct store *, int64_t case_number, struct error *);
/*
 * The accounts that may confirm: active coordinators and leads of the case's queue without
 * a conflict of interest, except `but`.
 */
int	store_closing_seconds(struct store *, int64_t case_number, int64_t but, number_fn,
	    void *, struct error *);

/* A planned contact. `step` is the step of the event that made the contact; 0 while it is ahead. */
typedef int (*plan_fn)(int64_t at, int step, void *);
/* Adding the same moment again changes nothing. */
int	store_plan_add(struct store *, int64_t case_number, int64_t at, struct error *);
/* The planned contacts of a case, by time. */
int	store_plan_each(struct store *, int64_t case_number, plan_fn, void *, struct error *);
/* Marks the contacts that are ahead until `until_at` inclusive as made by the case's last step. */
int	store_plan_done(struct store *, int64_t case_number, int64_t until_at, struct error *);
/* Undoes that: the contacts that the step has made are ahead again. */
int	store_plan_undone(struct store *, int64_t case_number, int step, struct error *);
/* Removes all planned contacts of a case. */
int	store_plan_remove(struct store *, int64_t case_number, struct error *);

/*
 * The reminder of a case: when to arrange a hand-over from KAA, before the twentieth
 * birthday. Adds or replaces it.
 */
int	store_reminder_put(struct store *, int64_t case_number, int64_t at, struct error *);
enum answer store_reminder_get(struct store *, int64_t case_number, int64_t *at, struct error *);
int	store_reminder_remove(struct store *, int64_t case_number, struct error *);

/* worklist.c: the cases among which an account may search */

/*
 * The open cases of the account's queues and those in which one of them takes part,
 * earliest due time first, except those in which the account has a conflict of interest.
 */
int	store_reach_open(struct store *, int64_t account, case_fn, void *, struct error *);
/*
 * The closed cases of the account's queues that are not purged, last closed first, at most
 * `limit`; with the same exception.
 */
int	store_reach_closed(struct store *, int64_t account, int limit, case_fn, void *,
	    struct error *);

/* The duplicates that one account found for a case; sealed. */
struct duplicates_row {
	int64_t number, case_number, account, at;
	const unsigned char *box; size_t box_size;
};
/* Adds them, or replaces those that the same account found for the case before. */
int	store_duplicates_put(struct store *, const struct duplicates_row *, struct error *);
typedef int (*duplicates_fn)(const struct duplicates_row *, void *);
/* The duplicates of one case, as every account found them. */
int	store_duplicates_each(struct store *, int64_t case_number, duplicates_fn, void *, struct error *);

/*
 * Links two cases of the same person, which may be named in any order. A link that exists
 * already is not a failure.
 */
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
/* The figures of each queue that has a key, by queue id. */
int	store_queue_figures(struct store *, int64_t now, figures_fn, void *, struct error *);

/* The promise on a receipt and its answer; purged cases have them, too. */
struct promise_row {
	char queue[STORE_QUEUE];	/* the owning queue */
	int64_t received_at, promised_at;
	int64_t tried_at;		/* the first attempt to reach the person; 0 none */
	int64_t answered_at;		/* tried_at, or the closing when it came first; 0 neither */
};
typedef int (*promise_fn)(const struct promise_row *, void *);
/* The promises of all cases received from `from_at` until before `before_at`, in any order. */
int	store_promise_each(struct store *, int64_t from_at, int64_t before_at, promise_fn, void *,
	    struct error *);
/*
 * The open cases whose promise has passed at `now` without an attempt to reach the person,
 * oldest promise first.
 */
int	store_untried_each(struct store *, int64_t now, case_fn, void *, struct error *);

#endif
