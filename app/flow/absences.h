/*
 * Colleagues who are away. While it lasts the deputy may do to the absent one's
 * cases what the holder may, with keys that are the deputy's own already; the
 * holder stays the holder, and the trail says who stood in. A case for which
 * nobody stands in (no deputy, or one who is away, has no key to its queue or
 * keeps away from it) may be taken by any member of its queue. A deputy's own
 * deputy does not stand in. Part of flow/, beside flow.h.
 */
#ifndef EGENREMISS_ABSENCES_H
#define EGENREMISS_ABSENCES_H

#include "flow/colleagues.h"

/* absences.c */

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
int	absence_begin(struct store *store, const struct identity *reader,
	    const struct absence_wish *wish, int64_t now, enum absence_verdict *verdict,
	    struct error *error);
/* By the same. user NULL: the reader. */
int	absence_end(struct store *store, const struct identity *reader, const char *user,
	    enum absence_verdict *verdict, struct error *error);
/* Removes those that are over. */
int	absence_forget(struct store *store, int64_t now, struct error *error);
/* Whether the one could be the other's deputy. */
bool	absence_may_deputise(const struct colleague *deputy, const struct colleague *absent);

/* away.c: who is away, and who stands in */

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
int	absences_read(struct absences *all, struct store *store, const struct identity *reader,
	    int64_t now, struct error *error);
void	absences_free(struct absences *all);

#endif
