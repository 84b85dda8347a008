/*
 * Accounts and their keys: what one signed-in account does to another (one-time links,
 * access to queues, the new key of a queue) and what the command does. The staff policy in
 * people.c decides what an account may do to another.
 *
 * A function with a `verdict` returns 0 whatever the verdict is, and nothing has changed
 * unless it is COLLEAGUE_OK; or -1 on failure.
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
	/* The link or account is not usable: used, withdrawn, expired, unknown, inactive. */
	COLLEAGUE_GONE,
	/*
	 * the staff policy forbids it: by the roles, or because it is the reader's own
	 * account
	 */
	COLLEAGUE_ROLE,
	COLLEAGUE_QUEUE,	/* no queue, or the reader does not hold its newest key */
	COLLEAGUE_LAST,		/* nobody would be left who can open some queue */
	COLLEAGUE_ONLY,		/* it is the colleague's only queue */
	COLLEAGUE_USER,		/* not a valid user name */
	COLLEAGUE_TAKEN,	/* another account has the user name */
	COLLEAGUE_NAME,		/* not a valid name */
	COLLEAGUE_PASSPHRASE	/* passphrase_check refuses the passphrase */
};

/* Ids of queues, each once, in the order of the ids. */
struct queue_list {
	size_t count;
	char (*queue)[STORE_QUEUE];
};
bool	queue_list_has(const struct queue_list *list, const char *queue);

/* people_invitation.c: makes one-time links */

#define INVITATION_SECONDS	INT64_C(259200)	/* 72 hours */

struct invitation_wish {
	enum role role;
	const char *const *queues; size_t queues_count;
};
/*
 * Makes a link for a new account: a lead for a coordinator or a lead and for queues that
 * the lead can open, an administrator for an administrator. The token is the secret part of
 * the link; it is stored nowhere. The caller wipes it after every result.
 */
int	invitation_issue(struct work *work, const struct invitation_wish *wish,
	    char token[SEAL_TOKEN_SIZE], enum colleague_verdict *verdict);
/*
 * Makes a link for the owner of an account who has lost the passphrase. Any colleague who
 * shares a queue may, but for a lead's account only a lead, and for an administrator's only
 * an administrator. The link opens the queues that both share; an earlier link for the
 * account ends. COLLEAGUE_LAST: the account is the only one that can open a queue that the
 * two do not share. The caller wipes the token.
 */
int	restoration_issue(struct work *work, const char *user, char token[SEAL_TOKEN_SIZE],
	    enum colleague_verdict *verdict);
/*
 * Removes a link: its maker may, every lead who can open all its queues, and every
 * administrator an administrator's. COLLEAGUE_GONE: there is no such link any more.
 */
int	invitation_withdraw(struct work *work, int64_t number, enum colleague_verdict *verdict);
/* Removes expired links. Returns 0 or -1. */
int	invitation_forget(struct work *work);

/* people_accept.c: opens and accepts a link */

struct invitation {
	enum role role;
	char inviter[STORE_NAME];
	char user[STORE_USER], name[STORE_NAME];	/* that it restores; "" for a new account */
	struct queue_list queues;
	int64_t expires_at;
};
/*
 * Reads what a link gives. ABSENT when it cannot be used, for whatever reason. After FOUND
 * the caller frees *invitation with invitation_free.
 */
enum answer invitation_look(struct work *work, struct invitation *invitation, const char *token);
void	invitation_free(struct invitation *invitation);

struct acceptance {
	const char *user, *name;	/* of a new account; otherwise not read */
	const char *passphrase;
};
/*
 * Accepts a link: makes a new account, or gives the account that it restores a new key
 * pair. An account that is restored keeps only the queues that the link opens; its
 * sessions, second factor and trusted devices are removed, and the leads of these queues
 * get an alert. The link is removed. Takes about 100 ms (Argon2id) if the link can be used.
 */
int	invitation_accept(struct work *work, const char *token,
	    const struct acceptance *acceptance, enum colleague_verdict *verdict);

/* people_membership.c: access to queues */

/*
 * Gives a colleague access to a queue of which the signed-in lead is a member, old cases
 * included.
 */
int	colleague_join(struct work *work, const char *user, const char *queue,
	    enum colleague_verdict *verdict);
/*
 * Ends a colleague's access to a queue of which the signed-in lead is a member. The
 * colleague's cases in it are released at once.
 */
int	colleague_part(struct work *work, const char *user, const char *queue,
	    enum colleague_verdict *verdict);
/* Like account_deactivate, by a lead who shares a queue or by an administrator. */
int	colleague_deactivate(struct work *work, const char *user,
	    enum colleague_verdict *verdict);

/* keys_rotation.c: key rotation, that is, a queue gets a new key */

#define ROTATION_KEPT_SECONDS	INT64_C(3600)	/* a replaced key is kept at least so long */

/*
 * Makes the next generation of a queue's key. It is sealed to the recovery key, to every
 * active member and to every link that opens the queue; from then on new cases are sealed
 * to it. rotation_move then moves the data keys of earlier cases. Only a lead who holds the
 * newest key may. `generation` is the one to replace; when it is not the newest any more,
 * nothing changes and the verdict is COLLEAGUE_OK.
 */
int	rotation_begin(struct work *work, const char *queue, int generation,
	    enum colleague_verdict *verdict);
/* The same by the command, without a check of the account. ABSENT: the queue has no key. */
enum answer rotation_begin_recovery(struct work *work, const char *queue);
/*
 * FOUND with the id of a queue that has data keys to move, and of which the account holds
 * the old generation. ABSENT when there is none.
 */
enum answer rotation_due(struct work *work, int64_t account, char queue[STORE_QUEUE]);
/*
 * Removes old generations of keys that nothing needs any more from their members, at the
 * earliest an hour after they were replaced, because a slow machine may still be storing a
 * case that is sealed to one. Returns the number of generations, or -1.
 */
int	rotation_retire(struct work *work);

/*
 * keys_rotation.c: key migration, that is, the data keys of cases move to the newest
 * generation
 */

/*
 * Moves one batch of data keys from older generations to the newest, open cases first, in a
 * short transaction. Returns how many it moved; 0 when no key is left that it can move; or
 * -1. A rotation begins as { .work, .queue }. Old generations are opened with the reader's
 * keys, or with `recovery` when nobody is signed in. A migration may end at any time; the
 * next one continues.
 */
struct rotation {
	struct work *work;
	const char *queue;
	const struct secret_key *recovery;
	int64_t after;			/* the last case of the batch before */
	bool closed;			/* the open cases are done */
};
int	rotation_move(struct rotation *rotation);

/* people.c: the reader's colleagues, links and queues */

struct colleagues {
	struct colleague {
		struct account_row account;
		struct queue_list queues;
		/* Those of its queues that the reader is not a member of. */
		struct queue_list lost;
		bool may_restore, may_deactivate;
		/* The reader is a lead and may register an absence. */
		bool may_be_away;
	} *colleague; size_t count;
	struct open_invitation {
		struct invitation_row row;
		char inviter[STORE_NAME];
		char name[STORE_NAME];		/* that it restores; "" for a new account */
		struct queue_list queues;
		bool may_withdraw;
	} *invitation; size_t invitations_count;
	struct queue_state {
		char queue[STORE_QUEUE];
		int generation;
		int64_t since_at;
		int readers;
		int64_t old;			/* data keys under older generations */
		bool mine;			/* the reader is a member */
	} *queue; size_t queues_count;
};

/*
 * Reads every account for a lead or an administrator; for a coordinator, the accounts that
 * share a queue and the links that the coordinator made. Only leads and administrators get
 * the queues. The caller frees *all with colleagues_free, after a failure, too.
 */
int	colleagues_read(struct work *work, struct colleagues *all);
void	colleagues_free(struct colleagues *all);

/*
 * Absences. During an absence, the deputy may do to the absent colleague's cases what the
 * holder may, with keys that the deputy has already. The holder remains the holder, and the
 * audit trail names the account that stood in. A case for which nobody stands in may be
 * claimed by every member of its queue; that is so when there is no deputy, or the deputy
 * is also absent, has no key to the queue or has a conflict of interest. The deputy of a
 * deputy does not stand in.
 */

/* people_absence.c */

enum absence_verdict {
	ABSENCE_OK,
	ABSENCE_GONE,		/* no such active account, or it has no absence */
	ABSENCE_ROLE,		/* the reader may not, or the account is an administrator's */
	ABSENCE_DAYS,		/* in the wrong order, in the past, or too far away */
	ABSENCE_NOBODY,		/* a deputy is required; only a lead may leave it out */
	ABSENCE_DEPUTY,		/* the deputy is not another active coordinator or lead */
	ABSENCE_APART,		/* the two share no queue */
	ABSENCE_AWAY		/* the deputy is absent on one of the days */
};

struct absence_wish {
	const char *user;		/* the absent account; NULL: the reader */
	int32_t from_day, to_day;	/* local days, both included; to_day 0: no end */
	const char *deputy;		/* a user name; NULL or "": no deputy */
};
/*
 * Registers an absence in place of an earlier one: each account for itself, a lead for a
 * colleague who shares a queue. Returns 0 whatever the verdict is, or -1.
 */
int	absence_begin(struct work *work, const struct absence_wish *wish,
	    enum absence_verdict *verdict);
/* Ends an absence; the same accounts may. user NULL: the reader's. */
int	absence_end(struct work *work, const char *user, enum absence_verdict *verdict);
/* Gives the colleagues for whom the reader stands in today; see store_absence_standing. 0 or -1. */
int	absence_standing(struct work *work, standing_fn each, void *argument);
/* Removes absences that are over. Returns 0 or -1. */
int	absence_forget(struct work *work);
/*
 * Whether `deputy` could be the deputy of `absent`: another active coordinator or lead, and
 * they share a queue.
 */
bool	absence_may_deputise(const struct colleague *deputy, const struct colleague *absent);

/* people_absence.c: present and future absences, with their deputies */

struct absences {
	struct absence {
		struct absence_row row;
		char user[STORE_USER], name[STORE_NAME];
		char deputy_user[STORE_USER], deputy[STORE_NAME];	/* "" without a deputy */
		bool deputy_away;		/* today */
		struct absence_load load;	/* zero before the absence begins */
	} *absence; size_t count;
	/* The accounts that could stand in for the reader. */
	struct absence_choice { char user[STORE_USER], name[STORE_NAME]; } *choice;
	size_t choices_count;
};
/*
 * Reads the present and future absences of the reader and of colleagues who share a queue;
 * for an administrator, all. The caller frees *all with absences_free, after a failure,
 * too.
 */
int	absences_read(struct work *work, struct absences *all);
void	absences_free(struct absences *all);

/* The staff policy: what the reader may do to another account. Private to flow/. */

void	queue_list_free(struct queue_list *list);
/*
 * Reads the queues that an account is a member of. The caller frees *list with
 * queue_list_free, after a failure, too.
 */
int	queue_list_read(struct work *work, struct queue_list *list, int64_t account);
bool	queue_list_share(const struct queue_list *one, const struct queue_list *other);

/*
 * The facts by which the policy decides: an active account, the reader, and the queues of
 * both.
 */
struct policy {
	const struct identity *reader;
	struct account_row account;
	struct queue_list queues;		/* the account's */
	struct queue_list own;			/* the reader's */
};
/*
 * Reads these facts. ABSENT when there is no active account with that user name. After
 * FOUND the caller frees *policy with staff_policy_free.
 */
enum answer staff_policy_read(struct work *work, struct policy *policy, const char *user);
void	staff_policy_free(struct policy *policy);

/* The deeds that the policy decides about. */
enum policy_deed {
	POLICY_RESTORE,			/* make a link for a lost passphrase */
	POLICY_DEACTIVATE,
	POLICY_BE_AWAY,			/* register or end its absence */
	POLICY_GIVE			/* give the account a queue, or take one */
};
bool	staff_policy_allows(const struct policy *policy, enum policy_deed deed);
/*
 * Checks the form of a user name. Returns 0, or -1 with ERROR_INPUT, which says the form.
 * error may be NULL.
 */
int	account_user_check(const char *user, struct error *error);
/*
 * Whether the reader may withdraw the link (see invitation_withdraw). `own` are the
 * reader's queues, `opens` the link's.
 */
bool	invitation_may_withdraw(const struct identity *reader, const struct invitation_row *row,
	    const struct queue_list *own, const struct queue_list *opens);
/*
 * Reads the queues that a link opens. The caller frees *list with queue_list_free, after a
 * failure, too.
 */
int	invitation_queues(struct work *work, struct queue_list *list, int64_t invitation);

/*
 * Ends a transaction of work_begin_keys. Commits when result is 0 and the verdict
 * COLLEAGUE_OK, and rolls back otherwise. Returns result, or -1 when the commit fails.
 */
int	staff_policy_end(struct work *work, int result, enum colleague_verdict verdict);

/* Removes an account from a queue. Private to flow/. */

/*
 * Releases the cases of the queue that the account holds, and removes its keys to the queue
 * and the links that would give them to others. The caller owns the transaction. Returns
 * the number of accounts that can then open the queue, or -1.
 */
int	leave_queue(struct work *work, int64_t account, const char *queue);

/* people_account.c: sets up the service, and makes accounts from the command line */

/*
 * Makes the keys that the configuration needs and that do not exist yet: the recovery key
 * and a key for each queue. recovery_text then has the words of the recovery key if this
 * call made it, and is "" otherwise; the caller wipes it. Returns the number of queues that
 * got a key, or -1.
 */
int	setup_service(struct work *work, char recovery_text[SEAL_RECOVERY_TEXT_SIZE]);
/* Checks that the key is this service's recovery key. Returns 0, or -1 with the remedy. */
int	setup_recovery_check(struct work *work, const struct secret_key *recovery);
/*
 * Checks what a service needs before it starts: each queue has a key, and only a
 * demonstration has demonstration accounts. Returns 0, or -1 with the remedy.
 */
int	setup_check(struct work *work);

struct account_wish {
	const char *user;	/* a-z, 0-9, "." and "-"; the first is a letter */
	const char *name;	/* as colleagues see it */
	enum role role;
	bool demonstration;
	const char *passphrase;
	/* None for an administrator, else at least one. */
	const char *const *queues; size_t queues_count;
};
/*
 * Makes an account. Every generation of its queues' keys is opened with the recovery key
 * and sealed to the account; recovery may be NULL for an administrator. Takes about 100 ms
 * (Argon2id). Returns 0, or -1 with the remedy.
 */
int	account_make(struct work *work, const struct account_wish *wish,
	    const struct secret_key *recovery);
/*
 * Gives an active account further queues, with the recovery key. Returns 0, or -1 with the
 * remedy.
 */
int	account_join(struct work *work, const char *user, const char *const *queues,
	    size_t count, const struct secret_key *recovery);
/*
 * Gives an account a new passphrase and a new key pair. Its memberships remain; its
 * sessions and trusted devices are removed, and its second factor too, because the new key
 * pair cannot open it. recovery may be NULL for an administrator only. Takes about 100 ms
 * (Argon2id). Returns 0, or -1 with the remedy.
 */
int	account_restore(struct work *work, const char *user, const char *passphrase,
	    const struct secret_key *recovery);

/*
 * people_membership.c: both release the cases that the accounts hold. ERROR_REFUSED when
 * nobody would be left who can open some queue.
 */

/*
 * Makes an account inactive: nobody can sign in with it, and its memberships, sessions,
 * second factor and absence are removed. Returns 0 or -1.
 */
int	account_deactivate(struct work *work, const char *user);
/* Removes every demonstration account. Returns their number, or -1. */
int	accounts_remove_demonstration(struct work *work);

#endif
