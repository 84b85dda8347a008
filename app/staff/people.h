/* Shared by the pages of colleagues, absences, one-time links and queue keys. */
#ifndef EGENREMISS_STAFF_PEOPLE_H
#define EGENREMISS_STAFF_PEOPLE_H

#include "flow/people.h"
#include "render/view_people.h"
#include "server/server.h"

/* people.c */

/* A link that was just made. Only this page ever shows it. */
struct fresh_link {
	const char *token;
	/* User name of the account that it restores; NULL for a new account. */
	const char *restores;
};
/*
 * Answers with the page of colleagues, with an error notice (a msgid) or a new link; either
 * may be NULL. The notice of an invitation's queues stands at that field.
 */
void	staff_colleagues_show(struct request *x, struct work *work, int status,
	    const char *notice, const struct fresh_link *link);
/*
 * Returns the queues with their names from the configuration, `count` of them, in the
 * arena.
 */
const struct queue_name_view *queue_names(struct request *x, const struct queue_list *list,
	    size_t *count);

/* keys.c */

/*
 * Starts a key migration once the answer is sent: on the slow worker, the reader's keys
 * move the queue's remaining data keys to its newest key, in batches. queue NULL: one of
 * the reader's queues that has keys to move, if any.
 */
void	key_migration_after(struct request *x, struct work *work, const char *queue);
/* Continues the migrations; the timer calls it every second on the event loop. */
void	key_migration_tick(void);

/* people_absence.c */

/* Fills a colleague's absence. */
void	absence_colleague_fill(struct request *x, struct colleague_view *view,
	    const struct colleague *colleague, const struct absences *away);
/* Fills the part of the overview with the absences. Returns 0 or -1. */
int	overview_absences(struct request *x, struct work *work,
	    struct overview_absences_view *view);

#endif
