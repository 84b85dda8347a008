/*
 * Colleagues and their keys, as one signed-in colleague gives them to another:
 * one-time links, queues given and taken, a queue's new key. Who may do what is
 * in standing.c. Part of flow/, beside flow.h.
 *
 * Each verb that takes a verdict: 0 whatever it is, and nothing has changed
 * unless it is COLLEAGUE_OK; -1 with *error.
 */
#ifndef EGENREMISS_COLLEAGUES_H
#define EGENREMISS_COLLEAGUES_H

#include "flow/flow.h"

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

/* invitation.c: one-time links */

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
int	invitation_issue(struct store *store, const struct identity *reader,
	    const struct invitation_wish *wish, int64_t now, char token[SEAL_TOKEN_SIZE],
	    enum colleague_verdict *verdict, struct error *error);
/*
 * A link for somebody who lost their passphrase, by a colleague who shares a
 * queue, a lead's by a lead; it opens the queues that they share. An earlier
 * one ends. Among administrators there is nothing to open.
 */
int	restoration_issue(struct store *store, const struct identity *reader, const char *user,
	    int64_t now, char token[SEAL_TOKEN_SIZE], enum colleague_verdict *verdict,
	    struct error *error);
/*
 * By who made it; by any lead who can open all that it opens; an
 * administrator's by any administrator. COLLEAGUE_GONE: it was used.
 */
int	invitation_withdraw(struct store *store, const struct identity *reader, int64_t number,
	    enum colleague_verdict *verdict, struct error *error);
/* Removes links that are too old. */
int	invitation_forget(struct store *store, int64_t now, struct error *error);

/* acceptance.c: what comes of a link */

struct invitation {
	enum role role;
	char inviter[STORE_NAME];
	char user[STORE_USER], name[STORE_NAME];	/* whom it restores; "" when somebody new */
	struct queue_list queues;
	int64_t expires_at;
};
/* ABSENT for a link that is worth nothing, whatever the reason. Free after FOUND. */
enum answer invitation_look(struct invitation *invitation, struct store *store,
	    const char *token, int64_t now, struct error *error);
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
int	invitation_accept(struct store *store, const struct config *config, const char *token,
	    const struct acceptance *acceptance, int64_t now, enum colleague_verdict *verdict,
	    struct error *error);

/* joining.c: queues given and taken */

/* A lead opens one of the lead's queues to a colleague, old cases included. */
int	colleague_join(struct store *store, const struct identity *reader, const char *user,
	    const char *queue, enum colleague_verdict *verdict, struct error *error);
/* A lead of the queue closes it to a colleague, whose cases of it go back at once. */
int	colleague_part(struct store *store, const struct config *config,
	    const struct identity *reader, const char *user, const char *queue, int64_t now,
	    enum colleague_verdict *verdict, struct error *error);
/* account_deactivate by a lead who shares a queue, or by an administrator. */
int	colleague_deactivate(struct store *store, const struct config *config,
	    const struct identity *reader, const char *user, int64_t now,
	    enum colleague_verdict *verdict, struct error *error);

/* rotation.c: a queue's new key */

#define ROTATION_KEPT_SECONDS	INT64_C(3600)	/* a replaced key is held at least so long */

/*
 * Makes the next generation of a queue's key, sealed to the recovery key, to
 * everybody who has the queue and to the links that open it. What comes in is
 * sealed to it from then on; what came before is moved by rotation_move. A
 * lead who holds the key. `generation` is the one that is to be replaced: when
 * it has been already, nothing more happens.
 */
int	rotation_begin(struct store *store, const struct identity *reader, const char *queue,
	    int generation, int64_t now, enum colleague_verdict *verdict, struct error *error);
/* The same with the recovery key, without asking who. ABSENT: the queue has no key. */
enum answer rotation_begin_recovery(struct store *store, const char *queue, int64_t now,
	    struct error *error);
/* FOUND when the account is in a queue that has data keys left to move; its id. */
enum answer rotation_due(struct store *store, int64_t account, char queue[STORE_QUEUE],
	    struct error *error);
/*
 * Takes generations that nothing needs any more from those who hold them: an
 * hour after they were replaced, since what came in on a slow machine may still
 * be on its way under them. How many, or -1.
 */
int	rotation_retire(struct store *store, int64_t now, struct error *error);

/* resealing.c: the data keys of cases, from older generations to the newest */

/*
 * Seals data keys that stand under an older generation to the newest, open
 * cases first: some, in a short transaction. How many it moved, 0 when none
 * is left that can be moved, or -1. Begins as { .store, .queue }; opens old
 * generations with the reader's keys, or with the recovery key when there is no
 * reader. Whenever it ends, the next that begins goes on. Free afterwards.
 */
struct rotation {
	struct store *store;
	const char *queue;
	const struct identity *reader;
	const struct secret_key *recovery;
	int64_t after;			/* the last case looked at */
	bool closed;			/* open cases are done */
};
int	rotation_move(struct rotation *rotation, struct error *error);

/* colleagues.c: who works here */

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
int	colleagues_read(struct colleagues *all, struct store *store,
	    const struct identity *reader, int64_t now, struct error *error);
void	colleagues_free(struct colleagues *all);

#endif
