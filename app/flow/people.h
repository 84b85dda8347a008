/*
 * Colleagues and their keys, as one signed-in colleague gives them to another:
 * one-time links, queues given and taken, a queue's new key. The staff policy, which
 * says what one account may do to another, is in people.c.
 *
 * Each verb that takes a verdict: 0 whatever it is, and nothing has changed
 * unless it is COLLEAGUE_OK; -1 with *error.
 */
#ifndef EGENREMISS_FLOW_PEOPLE_H
#define EGENREMISS_FLOW_PEOPLE_H

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/people.h"
#include "store/store.h"

enum colleague_verdict {
	COLLEAGUE_OK,
	COLLEAGUE_GONE,		/* the link is used, taken back, too old or never was; the account is shut */
	COLLEAGUE_ROLE,		/* not by somebody of this role, not to somebody of that, or to oneself */
	COLLEAGUE_QUEUE,	/* no queue, or one whose key the reader does not hold */
	COLLEAGUE_LAST,		/* a queue would be left without anybody who can open it */
	COLLEAGUE_ONLY,		/* it is the colleague's only queue */
	COLLEAGUE_USER,		/* not a user name */
	COLLEAGUE_TAKEN,	/* somebody's user name already */
	COLLEAGUE_NAME,		/* not a name */
	COLLEAGUE_PASSPHRASE	/* not a passphrase that is taken */
};

/* Ids of queues, each once, sorted. */
struct queue_list {
	size_t count;
	char (*queue)[STORE_QUEUE];
};
bool	queue_list_has(const struct queue_list *list, const char *queue);

/* people_invitation.c: one-time links */

#define INVITATION_SECONDS	INT64_C(259200)	/* 72 hours */

struct invitation_wish {
	enum role role;
	const char *const *queues; size_t queues_count;
};
/*
 * A lead invites a coordinator or a lead to queues that the lead can open, an
 * administrator an administrator. The token is the link's secret part: it is
 * stored nowhere, and the caller wipes it.
 */
int	invitation_issue(struct work *work, const struct invitation_wish *wish,
	    char token[SEAL_TOKEN_SIZE], enum colleague_verdict *verdict);
/*
 * A link for somebody who lost their passphrase, by a colleague who shares a
 * queue, a lead's by a lead; it opens the queues that they share. An earlier
 * one ends. Among administrators there is nothing to open.
 */
int	restoration_issue(struct work *work, const char *user, char token[SEAL_TOKEN_SIZE],
	    enum colleague_verdict *verdict);
/*
 * By who made it; by any lead who can open all that it opens; an
 * administrator's by any administrator. COLLEAGUE_GONE: it was used.
 */
int	invitation_withdraw(struct work *work, int64_t number, enum colleague_verdict *verdict);
/* Removes links that are too old. */
int	invitation_forget(struct work *work);

/* people_accept.c: a link is opened and accepted */

struct invitation {
	enum role role;
	char inviter[STORE_NAME];
	char user[STORE_USER], name[STORE_NAME];	/* whom it restores; "" when somebody new */
	struct queue_list queues;
	int64_t expires_at;
};
/* ABSENT for a link that is worth nothing, whatever the reason. Free after FOUND. */
enum answer invitation_look(struct work *work, struct invitation *invitation, const char *token);
void	invitation_free(struct invitation *invitation);

struct acceptance {
	const char *user, *name;	/* of somebody new; else not read */
	const char *passphrase;
};
/*
 * Makes the account, or gives it a new key pair: then its sessions end, it
 * keeps what the link opens and loses its other queues, and the queues' leads
 * are told. The link is gone. Slow (Argon2id), but not for a link that is worth
 * nothing.
 */
int	invitation_accept(struct work *work, const char *token,
	    const struct acceptance *acceptance, enum colleague_verdict *verdict);

/* people_membership.c: queues given and taken */

/* A lead opens one of the lead's queues to a colleague, old cases included. */
int	colleague_join(struct work *work, const char *user, const char *queue,
	    enum colleague_verdict *verdict);
/* A lead of the queue closes it to a colleague, whose cases of it go back at once. */
int	colleague_part(struct work *work, const char *user, const char *queue,
	    enum colleague_verdict *verdict);
/* account_deactivate by a lead who shares a queue, or by an administrator. */
int	colleague_deactivate(struct work *work, const char *user,
	    enum colleague_verdict *verdict);

/* keys_rotation.c: a queue's new key */

#define ROTATION_KEPT_SECONDS	INT64_C(3600)	/* a replaced key is held at least so long */

/*
 * Makes the next generation of a queue's key, sealed to the recovery key, to
 * everybody who has the queue and to the links that open it. What comes in is
 * sealed to it from then on; what came before is moved by rotation_move. A
 * lead who holds the key. `generation` is the one that is to be replaced: when
 * it has been already, nothing more happens.
 */
int	rotation_begin(struct work *work, const char *queue, int generation,
	    enum colleague_verdict *verdict);
/* The same with the recovery key, without asking who. ABSENT: the queue has no key. */
enum answer rotation_begin_recovery(struct work *work, const char *queue);
/* FOUND when the account is in a queue that has data keys left to move; its id. */
enum answer rotation_due(struct work *work, int64_t account, char queue[STORE_QUEUE]);
/*
 * Takes generations that nothing needs any more from those who hold them: an
 * hour after they were replaced, since what came in on a slow machine may still
 * be on its way under them. How many, or -1.
 */
int	rotation_retire(struct work *work);

/* keys_rotation.c: the data keys of cases, from older generations to the newest */

/*
 * Seals data keys that stand under an older generation to the newest, open
 * cases first: some, in a short transaction. How many it moved, 0 when none
 * is left that can be moved, or -1. Begins as { .store, .queue }; opens old
 * generations with the reader's keys, or with the recovery key when there is no
 * reader. Whenever it ends, the next that begins goes on. Free afterwards.
 */
struct rotation {
	struct work *work;
	const char *queue;
	const struct secret_key *recovery;
	int64_t after;			/* the last case looked at */
	bool closed;			/* open cases are done */
};
int	rotation_move(struct rotation *rotation);

/* people.c: the colleagues of the reader */

struct colleagues {
	struct colleague {
		struct account_row account;
		struct queue_list queues;
		struct queue_list lost;		/* what the reader could not give back */
		bool may_restore, may_deactivate;
		bool may_be_away;		/* the reader, a lead, may register it */
	} *colleague; size_t count;
	struct open_invitation {
		struct invitation_row row;
		char inviter[STORE_NAME];
		char name[STORE_NAME];		/* whom it restores; "" when somebody new */
		struct queue_list queues;
		bool may_withdraw;
	} *invitation; size_t invitations_count;
	struct queue_state {
		char queue[STORE_QUEUE];
		int generation;
		int64_t since_at;
		int readers;
		int64_t old;			/* data keys under older generations */
		bool mine;			/* the reader can open it */
	} *queue; size_t queues_count;
};

/*
 * Everybody, for a lead or an administrator; for a coordinator those who share
 * a queue. Links and queues' keys are only of the former. Free after a failure
 * too.
 */
int	colleagues_read(struct work *work, struct colleagues *all);
void	colleagues_free(struct colleagues *all);

/*
 * Colleagues who are away. While it lasts the deputy may do to the absent one's
 * cases what the holder may, with keys that are the deputy's own already; the
 * holder stays the holder, and the trail says who stood in. A case for which
 * nobody stands in (no deputy, or one who is away, has no key to its queue or
 * keeps away from it) may be taken by any member of its queue. A deputy's own
 * deputy does not stand in.
 */

/* people_absence.c */

enum absence_verdict {
	ABSENCE_OK,
	ABSENCE_GONE,		/* no such colleague, or one who is not away */
	ABSENCE_ROLE,		/* not by this reader, or not of an administrator */
	ABSENCE_DAYS,		/* not in their order, over already, or too far off */
	ABSENCE_NOBODY,		/* who stands in must be said; a lead alone may leave it open */
	ABSENCE_DEPUTY,		/* not an active coordinator or lead, or the absent one */
	ABSENCE_APART,		/* the deputy shares no queue with the absent one */
	ABSENCE_AWAY		/* the deputy is away on one of those days */
};

struct absence_wish {
	const char *user;		/* who is away; NULL the reader */
	int32_t from_day, to_day;	/* local, both included; to_day 0: without end */
	const char *deputy;		/* a user name; NULL or "" nobody */
};
/*
 * By everybody for themselves, by a lead for a colleague who shares a queue. In
 * the place of one that is registered already. 0 whatever the verdict.
 */
int	absence_begin(struct work *work, const struct absence_wish *wish,
	    enum absence_verdict *verdict);
/* By the same. user NULL: the reader. */
int	absence_end(struct work *work, const char *user, enum absence_verdict *verdict);
/* Removes those that are over. */
int	absence_forget(struct work *work);
/* Whether the one could be the other's deputy. */
bool	absence_may_deputise(const struct colleague *deputy, const struct colleague *absent);

/* people_absence.c: absences that last or are to come, with their deputies */

struct absences {
	struct absence {
		struct absence_row row;
		char user[STORE_USER], name[STORE_NAME];
		char deputy_user[STORE_USER], deputy[STORE_NAME];	/* "" nobody */
		bool deputy_away;		/* today */
		struct absence_load load;	/* nothing before it begins */
	} *absence; size_t count;
	/* Who could stand in for the reader. */
	struct absence_choice { char user[STORE_USER], name[STORE_NAME]; } *choice;
	size_t choices_count;
};
/*
 * Those that last or are to come, of the reader and of colleagues who share a
 * queue; for an administrator everybody's. Free after a failure too.
 */
int	absences_read(struct work *work, struct absences *all);
void	absences_free(struct absences *all);

/* The staff policy: what the reader may do to a colleague. Private to flow/. */

void	queue_list_free(struct queue_list *list);
/* The queues that an account is in. Free after a failure too. */
int	queue_list_read(struct work *work, struct queue_list *list, int64_t account);
bool	queue_list_share(const struct queue_list *one, const struct queue_list *other);

/* An active colleague and the reader, as they stand to each other. */
struct policy {
	const struct identity *reader;
	struct account_row account;
	struct queue_list queues;		/* the colleague's */
	struct queue_list own;			/* the reader's */
};
/* ABSENT when there is no such active account. Free after FOUND. */
enum answer staff_policy_read(struct work *work, struct policy *policy, const char *user);
void	staff_policy_free(struct policy *policy);

/* What one account may do to another. */
enum policy_deed {
	POLICY_RESTORE,			/* make a link for a lost passphrase */
	POLICY_DEACTIVATE,
	POLICY_BE_AWAY,			/* register an absence */
	POLICY_GIVE			/* open a queue to the account, or close it */
};
bool	staff_policy_allows(const struct policy *policy, enum policy_deed deed);
/* Whether it can be typed at sign-in. 0, or -1 with what to write. */
int	account_user_check(const char *user, struct error *error);
/* See invitation_withdraw; `own` are the reader's queues, `opens` the link's. */
bool	invitation_may_withdraw(const struct identity *reader, const struct invitation_row *row,
	    const struct queue_list *own, const struct queue_list *opens);
/* The queues that a link opens. Free after a failure too. */
int	invitation_queues(struct work *work, struct queue_list *list, int64_t invitation);

/*
 * Ends a transaction of keys_begin: commits when result is 0 and the verdict
 * COLLEAGUE_OK. A refusal rolls back and is 0 all the same.
 */
int	staff_policy_end(struct work *work, int result, enum colleague_verdict verdict);

/*
 * What ends an account's part in a queue, or in all of them. The caller owns
 * the transaction. Private to flow/.
 */

/*
 * Gives back the cases that the account holds in the queue, takes its keys and
 * the links that would pass them on. How many can then open the queue, or -1.
 */
int	leave_queue(struct work *work, int64_t account, const char *queue);

/* people_account.c: setting the service up, and accounts from the command line */

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
 * people_membership.c: both release the cases that are held, and are ERROR_REFUSED when
 * a queue would be left without anybody who can open it.
 */

/* Inactive: cannot sign in, key memberships and sessions gone, held cases released. */
int	account_deactivate(struct work *work, const char *user);
/* Removes every demonstration account. How many, or -1. */
int	accounts_remove_demonstration(struct work *work);

#endif
