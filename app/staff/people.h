/* What the pages of colleagues, of their absences, links and queues' keys share. */
#ifndef EGENREMISS_STAFF_PEOPLE_H
#define EGENREMISS_STAFF_PEOPLE_H

#include "flow/people.h"
#include "render/view_people.h"
#include "server/server.h"

/* people.c */

/* A link that has just been made: shown here, and nowhere again. */
struct fresh_link {
	const char *token;
	const char *restores;		/* user name of whom it restores; NULL somebody new */
};
/* The page, with a notice of what went wrong or a link; either is NULL without. */
void	staff_colleagues_show(struct request *x, struct work *work, int status,
	    const char *notice, const struct fresh_link *link);
/* Queues by their names in the configuration, kept in the arena. */
const struct queue_name_view *queue_names(struct request *x, const struct queue_list *list,
	    size_t *count);

/* keys.c */

/*
 * Once the answer is sent, the reader's keys move the data keys that are left under the
 * queue's earlier keys, a batch at a time on the slow worker. queue NULL: those of any
 * queue of the reader's that has some left.
 */
void	key_migration_after(struct request *x, struct work *work, const char *queue);
/* Every second, on the event loop. */
void	key_migration_tick(void);

/* people_absence.c */

/* A colleague's absence, and the form by which a lead registers one. */
void	absence_colleague_fill(struct request *x, struct colleague_view *view,
	    const struct colleague *colleague, const struct colleagues *all,
	    const struct absences *away);
/* The reader's own absence; fault is a msgid. 0, or -1. */
int	absence_own_fill(struct request *x, struct work *work, struct absence_own_view *view,
	    const char *fault);
int	overview_absences(struct request *x, struct work *work,
	    struct overview_absences_view *view);

#endif
