/* What the handlers of colleagues, of their links and of queues' keys share. */
#ifndef EGENREMISS_STAFF_PEOPLE_H
#define EGENREMISS_STAFF_PEOPLE_H

#include "flow/people.h"
#include "render/view_people.h"
#include "server/server.h"

/* staff_colleagues.c: who works here */

/* A link that has just been made: shown here, and nowhere again. */
struct fresh_link {
	const char *token;
	const char *restores;		/* user name of whom it restores; NULL somebody new */
};
/* The page, with a notice of what went wrong or a link; either is NULL without. */
void	staff_colleagues_show(struct request *x, struct work *work, int status,
	    const char *notice, const struct fresh_link *link);
/* Queues by their names in the configuration, kept by the exchange. */
const struct queue_name_view *queue_names(struct request *x, const struct queue_list *list,
	    size_t *count);

/* staff_colleague.c: what is done to them */

/* staff_invitation.c: what a link leads to; nobody need be signed in */

/*
 * moving.c: data keys on their way to a queue's new key, a batch at a time on
 * the slow lane, while the key of somebody who can open the old one is at hand.
 */

/* From a handler: once the exchange is back, the reader's keys move what is left of the queue. */
void	key_migration_after(struct request *x, const char *queue);
/* The same with any queue of the reader's that has something left to move. */
void	key_migration_resume(struct request *x, struct work *work);
/* Every second, on the event loop. */
void	key_migration_tick(void);

/* What the handlers of absences share. */

/* staff_absence.c: of the reader, or, named by the form, of a colleague */

/* staff_away.c: who is away, as pages show it; everything is kept by the exchange */

/* The absence of that colleague; NULL at work. */
const struct absence *absence_of(const struct absences *all, const char *user);
void	absence_fill(struct request *x, struct absence_view *view, const struct absence *absence);
/*
 * A form for a colleague, or for the reader when user is NULL: as it was typed,
 * else as it is registered. choices are the caller's.
 */
void	absence_form_fill(struct request *x, struct absence_form_view *view, const char *user,
	    const struct absence *absence);
/* Whether the form that came back is about that colleague's absence. */
bool	absence_was_typed(const struct request *x, const char *user);
/* Marks who is chosen, as in absence_form_fill. */
void	absence_choose(const struct request *x, const struct absence_form_view *form,
	    struct absence_choice_view *choice, const struct absence *absence);
/* fault is a msgid. 0, or -1. */
int	absence_own_fill(struct request *x, struct work *work, struct absence_own_view *view,
	    const char *fault);
int	overview_absences(struct request *x, struct work *work,
	    struct overview_absences_view *view);

#endif
