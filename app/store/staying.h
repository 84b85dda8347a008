/*
 * How a case ends and how contact stays: closings that wait for a second
 * person, planned contacts, reminders. Part of store.h.
 */
#ifndef EGENREMISS_STORE_STAYING_H
#define EGENREMISS_STORE_STAYING_H

/* sqlite_staying.c */

/* A closing that waits for a second person's yes; one a case at most. */
struct closing_row {
	int64_t case_number, account /* who asks */, at;
	unsigned outcomes;		/* mask, 1 << enum outcome */
	int64_t record;			/* that says why */
};
/* Takes the place of one that is there. */
int	store_closing_put(struct store *, const struct closing_row *, struct error *);
enum answer store_closing_get(struct store *, int64_t case_number, struct closing_row *,
	    struct error *);
/* None is fine. */
int	store_closing_remove(struct store *, int64_t case_number, struct error *);
/* Who could be that second person: active members of the case's queue who do not keep away; not `but`. */
int	store_closing_seconds(struct store *, int64_t case_number, int64_t but, number_fn,
	    void *, struct error *);

/* A planned contact; done by the step `step` of the trail, 0 while it is ahead. */
typedef int (*plan_fn)(int64_t at, int step, void *);
/* The moment stays once when it is there already. */
int	store_plan_add(struct store *, int64_t case_number, int64_t at, struct error *);
/* By time. */
int	store_plan_each(struct store *, int64_t case_number, plan_fn, void *, struct error *);
/* Marks those ahead, until `until_at` and that moment too, as done by the case's last step. */
int	store_plan_done(struct store *, int64_t case_number, int64_t until_at, struct error *);
/* Those that the step did are ahead again. */
int	store_plan_undone(struct store *, int64_t case_number, int step, struct error *);
int	store_plan_remove(struct store *, int64_t case_number, struct error *);

/* When to see to who takes over before the twentieth birthday; takes the place of an earlier one. */
int	store_reminder_put(struct store *, int64_t case_number, int64_t at, struct error *);
enum answer store_reminder_get(struct store *, int64_t case_number, int64_t *at, struct error *);
/* None is fine. */
int	store_reminder_remove(struct store *, int64_t case_number, struct error *);
/*
 * Open cases whose reminder has come by `now`, oldest reminder first: those of
 * the account's queues, but for cases from which it keeps away.
 */
int	store_reminder_due(struct store *, int64_t account, int64_t now, case_fn, void *,
	    struct error *);

#endif
