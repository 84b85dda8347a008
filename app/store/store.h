/*
 * The store speaks the domain: cases, records, queues, accounts, codes. No
 * SQL, statement or handle leaks out; a second backend is a second set of
 * files behind this header. Rows hold their texts themselves; the one pointer
 * (a record's box) is the caller's when adding, and lives until the callback
 * returns when reading. A callback may call other verbs of the same store, but
 * not the verb that called it. A `struct store` serves one thread.
 *
 * Results: enum answer for look-ups; 0 or -1 otherwise. Every failure fills
 * *error: ERROR_UNAVAILABLE when trying again may help (locked, disk full, a
 * transaction lost to either), ERROR_REFUSED when the row is there already or
 * a rule of the schema forbids the change, ERROR_INTERNAL else.
 */
#ifndef EGENREMISS_STORE_H
#define EGENREMISS_STORE_H

#include "base/base.h"
#include "base/words.h"
#include "store/door.h"

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

/* sqlite_open.c */

#define STORE_FILE	"egenremiss.db"	/* in the data folder */

enum store_mode {
	STORE_CREATE,		/* create and migrate; before any worker opens it */
	STORE_OPEN,		/* must exist and be of this version */
	STORE_READ		/* the same, never writes */
};

/*
 * path NULL: in memory, created. A new file is readable by its owner alone.
 * A relative path is taken from the working folder, inside a chroot too.
 * NULL on failure.
 */
struct store *store_open(const char *path, enum store_mode mode, struct error *error);
void	store_close(struct store *store);
/*
 * How long a verb waits for another writer before ERROR_UNAVAILABLE; 2000 ms
 * at first. What runs on an event loop asks for 0.
 */
void	store_patience(struct store *store, int milliseconds);

/* sqlite_backup.c */

/*
 * A consistent, compact copy of a live database in a new file of mode 0600,
 * on disk when this returns. An existing file is refused; so is a store in a
 * transaction. A copy that is put to use is opened by STORE_CREATE first, as
 * at every start: that turns it to a write-ahead log.
 */
int	store_backup(struct store *store, const char *path, struct error *error);
/*
 * Moves the write-ahead log into the file and empties it, so that what was
 * purged is on no disk: after a purge. ERROR_UNAVAILABLE while others read.
 */
int	store_settle(struct store *store, struct error *error);
/*
 * Moves what can be moved of the log without holding anybody up, so that no
 * commit has to: once a second is often enough.
 */
int	store_drain(struct store *store, struct error *error);

/*
 * sqlite_transaction.c: transactions are owned by flow/. Writing ones take
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
 * sqlite_guard.c: queue keys, memberships, accounts, invitations, absences, what door.h
 * has and what init decided (meta) can be written only between these two; otherwise an
 * authorizer refuses with ERROR_INTERNAL, since it is a fault of the program.
 * The sealed data keys of cases are no such keys: intake writes them.
 */
void	store_unlock_keys(struct store *store);
void	store_lock_keys(struct store *store);

/* sqlite_case.c */

struct case_row {
	int64_t number;
	char area[STORE_AREA];		/* municipality code */
	char queue[STORE_QUEUE];	/* the owning queue */
	char code[STORE_CODE];		/* QR code it came by; "" without */
	enum who who;
	enum age age;
	enum window when;
	enum speak speak;
	enum workplace workplace;	/* WORKPLACE_COUNT: none */
	enum inflow inflow;
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
/* Writes queue, state, due_at, holder, closed_at, outcomes, attempts of row->number. */
int	store_case_change(struct store *, const struct case_row *, struct error *);

typedef int (*case_fn)(const struct case_row *, void *);	/* not 0 stops */

/* What an account is to a case; all false for a stranger. */
struct case_standing {
	bool member;			/* of the owning queue */
	bool partner;			/* of a queue that takes part */
	bool receiver;			/* of the queue to which it is offered */
	bool recused;			/* knows the person, and keeps away */
	int64_t closing_by;		/* who asks to close it; 0 nobody */
	bool stands_in;			/* for the holder, who is away; see absence.h */
	bool unattended;		/* the holder is away, and nobody stands in */
};
/* On that local day; 0: whoever is away. */
enum answer store_case_standing(struct store *, int64_t number, int64_t account, int32_t day,
	    struct case_standing *, struct error *);

/* sqlite_case.c again: what the law says must go */

/* Closed cases that closed before `closed_before` and are not yet purged. */
typedef int (*number_fn)(int64_t number, void *);
int	store_case_each_closed(struct store *, int64_t closed_before, number_fn, void *,
	    struct error *);
/*
 * Makes a closed case purged, and with that removes every sealed thing of it;
 * its row and events stay for statistics. An open case: ERROR_REFUSED.
 */
int	store_case_purge(struct store *, int64_t number, struct error *);

/* sqlite_record.c: sealed records and sealed data keys */

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
/* The data key as sealed to a queue of which the account is a member. */
enum answer store_case_key_get(struct store *, int64_t case_number, int64_t account,
	    struct case_key_row *, struct error *);

/* sqlite_event.c */

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

/* sqlite_alert.c: the outbox; who empties it is notify/'s */

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

/* sqlite_queue.c: queues and their keys */

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

/* sqlite_account.c */

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

/* sqlite_invitation.c, sqlite_rotation.c: store/colleagues.h */

/* sqlite_code.c */

struct code_row {
	char code[STORE_CODE];
	char area[STORE_AREA];
	enum channel channel;
	char place[STORE_PLACE];
	char language[STORE_LANGUAGE];		/* in which its form opens; "" the reader's own */
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

/* sqlite_meta.c: what init decided */

int	store_meta_put(struct store *, const char *key, const void *value, size_t size,
	    struct error *);
/* Replaces *value. */
enum answer store_meta_get(struct store *, const char *key, struct buffer *value,
	    struct error *);

/* sqlite_doctor.c: the invariant on a live database */

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
int	store_doctor(struct store *, breach_fn, void *, struct error *);
/* The same but for the file's own check, which reads all of it: for a page. */
int	store_doctor_cases(struct store *, breach_fn, void *, struct error *);

/* What each area of the trade adds; each names its own file. */
#include "store/figures.h"
#include "store/finding.h"
#include "store/staying.h"
#include "store/today.h"
#include "store/colleagues.h"
#include "store/handover.h"
#include "store/absence.h"
#include "store/outreach.h"
#include "store/intake.h"
#include "store/brochure.h"

#endif
