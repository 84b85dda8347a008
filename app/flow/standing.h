/*
 * Who may do what to a colleague, in one place. Private to flow/.
 */
#ifndef EGENREMISS_STANDING_H
#define EGENREMISS_STANDING_H

#include "flow/colleagues.h"

void	queue_list_add(struct queue_list *list, const char *queue);
void	queue_list_free(struct queue_list *list);
/* The queues that an account is in. Free after a failure too. */
int	queue_list_read(struct queue_list *list, struct store *store, int64_t account,
	    struct error *error);
bool	queue_list_share(const struct queue_list *one, const struct queue_list *other);

/* An active colleague and the reader, as they stand to each other. */
struct standing {
	const struct identity *reader;
	struct account_row account;
	struct queue_list queues;		/* the colleague's */
	struct queue_list own;			/* the reader's */
};
/* ABSENT when there is no such active account. Free after FOUND. */
enum answer standing_read(struct standing *standing, struct store *store,
	    const struct identity *reader, const char *user, struct error *error);
void	standing_free(struct standing *standing);

/*
 * A colleague who shares a queue, and who is a lead when the account is: who
 * makes the link could use it, so it must give them nothing that they may not
 * do already. An administrator for another administrator.
 */
bool	standing_may_restore(const struct standing *standing);
/* A lead who shares a queue; an administrator for anybody else. */
bool	standing_may_deactivate(const struct standing *standing);
/* Anybody's own absence; a lead's colleagues'. */
bool	standing_may_be_away(const struct standing *standing);
/* A lead, for a coordinator or a lead. */
bool	standing_may_give(const struct standing *standing);
/* See invitation_withdraw; `own` are the reader's queues, `opens` the link's. */
bool	invitation_may_withdraw(const struct identity *reader, const struct invitation_row *row,
	    const struct queue_list *own, const struct queue_list *opens);
/* The queues that a link opens. Free after a failure too. */
int	invitation_queues(struct queue_list *list, struct store *store, int64_t invitation,
	    struct error *error);

/*
 * Ends a transaction of keys_begin: commits when result is 0 and the verdict
 * COLLEAGUE_OK. A refusal rolls back and is 0 all the same.
 */
int	standing_end(struct store *store, int result, enum colleague_verdict verdict,
	    struct error *error);

#endif
