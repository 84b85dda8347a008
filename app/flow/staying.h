/*
 * How a case ends and how contact stays: a closing that waits for a second
 * person, contacts planned after work or studies began, a reminder before the
 * twentieth birthday. The acts are callback_do's. Part of flow.h.
 */
#ifndef EGENREMISS_STAYING_H
#define EGENREMISS_STAYING_H

#include "base/base.h"
#include "store/store.h"

/* Part of struct casefile. */
struct staying {
	struct staying_closing {
		int64_t account;	/* who asks for it; 0: nobody does */
		char author[STORE_NAME];
		int64_t at;
		unsigned outcomes;	/* mask, 1 << enum outcome */
		int64_t record;		/* of the note that says why */
	} closing;
	struct staying_second { char name[STORE_NAME]; } *seconds;	/* who could confirm the reader's */
	size_t seconds_count;
	struct staying_call { int64_t at; bool done; } *plan;	/* by time */
	size_t plan_count;
	bool over;			/* every planned contact is made, or the person declined more */
	int64_t reminder_at;		/* 0: none */
};

/*
 * The planned contact that follows a talk at `now` in a case due at `due_at`:
 * the first after both, since a talk that comes early was the planned one. 0
 * when none is left.
 */
int64_t	staying_planned(const struct staying *staying, int64_t now, int64_t due_at);

#endif
