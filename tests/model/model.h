/*
 * A plain model of the whole service, beside the real one. What may happen to
 * a case, whose it is then and who can open it is written down here a second
 * time, from DESIGN.md and DOMAIN.md, without a call to the lifecycle, the
 * store or seal/. An event is drawn by chance, foretold by the model, done by
 * the real flow, and both are compared.
 *
 * Accounts are told by their place in model->account, 1 and up (0 is the
 * program, the person, nobody), queues by theirs in the configuration, cases
 * by theirs in model->at: a place is free again once its case is purged.
 */
#ifndef MODEL_H
#define MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"

#define QUEUES		5
#define ACTORS		20	/* at work at the same time */
#define ACCOUNTS_MAX	64	/* as many as a mask has bits */
#define CASES_MAX	4096
#define AUDIT_TRAIL_MAX	160
#define AUDIT_TRAIL_LONG	60	/* then a case is brought to its end */
#define GENERATIONS_MAX 60
#define REASONS_MAX	6
#define NO_QUEUE	(-1)
#define PASSPHRASE	"lusab-babad-gutih-tugad"	/* everybody's */

#define BIT(i)		(UINT64_C(1) << (i))

/* One step of a case's trail. */
struct model_step {
	int64_t at, due_at;
	uint8_t act, from, to, account, holder;
	uint8_t of_step;		/* what an undo takes back */
	bool undone;
	uint8_t instead_of;		/* the holder for whom the account stood in; 0 */
};

struct model_case {
	int64_t number;			/* 0: the place is free */
	uint32_t serial;		/* 1, 2, 3 … : which of the history's cases */
	uint64_t content;		/* what its submission is made of */
	int8_t queue;
	uint8_t state, window, holder;
	bool silent;			/* may not be texted */
	bool young;			/* under 20: KAA ends one day */
	bool again;			/* sent a second time after it was closed */
	int64_t received_at, promised_at, due_at, closed_at;
	uint32_t outcomes;
	int attempts;
	int records;			/* sealed texts */
	uint8_t closing_by;		/* who asks to close it; 0 nobody */
	uint32_t closing_outcomes;
	struct model_offer {
		bool made, stays;
		int8_t queue;
		uint8_t account;
		int generation;
		int64_t lapses_at;
	} offer;
	bool shared[QUEUES];		/* takes part */
	uint64_t recused;		/* mask of accounts */
	int reasons;			/* why it was declined, not among its notes yet */
	struct model_reason { int8_t queue; int generation; } reason[REASONS_MAX];
	int plans;			/* contacts planned, by time */
	struct model_call { int64_t at; int step /* that made it; 0 ahead */; } plan[PLAN_CALLS];
	uint64_t keys[QUEUES];		/* mask of the generations to which its data key is sealed */
	int count;
	struct model_step trail[AUDIT_TRAIL_MAX];
};

struct model_account {
	int64_t number;
	uint8_t role;
	bool active;
	uint64_t keys[QUEUES];		/* mask of the generations that it can open */
	bool away;			/* registered, for now or later */
	uint8_t deputy;			/* 0 nobody */
	int32_t from_day, to_day;	/* both included; to_day 0 without end */
};

/* What is one for all. */
struct model_world {
	int64_t now;
	uint64_t random;
	uint64_t event;			/* how many there have been */
	uint32_t serial;
	int accounts;			/* the last place in use */
	int newest[QUEUES];		/* generation of the queue's key */
	int64_t renewed_at[QUEUES];
	int locks[QUEUES];		/* that the web process seals to */
	struct model_account account[ACCOUNTS_MAX];
};

/* How an event ends. */
enum fate {
	DONE,
	REFUSED,		/* told why; nothing has changed */
	UNSEEN,			/* as if there were no such case */
	WRONG,			/* ERROR_INPUT or ERROR_REFUSED */
	STRUCK,			/* it failed half-way, by our hand */
	FATES
};

/* A kind of event that may be drawn. */
struct event {
	const char *name;	/* NULL: the end of a table */
	unsigned weight;
	void (*happen)(void);	/* calls event_settle, unless there is nothing it could happen to */
	bool in_parts;		/* takes more transactions than one */
};

#define KINDS_MAX	80

struct model {
	struct model_world world;
	size_t kinds;
	struct kind {
		const struct event *event;
		unsigned long ends[FATES];
	} kind[KINDS_MAX];
	struct kind *happening;
	bool settled;
	unsigned long struck_back, struck_forth;
	int live;			/* places in use are 0 to live - 1 */
	struct model_case at[CASES_MAX];
};

/* In memory that a child shares, so that what it knew outlives it. */
extern struct model *model;

/* chance.c: the same history on every machine for the same seed. */

unsigned chance_below(unsigned bound);
/* Whether what happens `part` times in `whole` happens. */
bool	chance(unsigned part, unsigned whole);
/* A bit of the mask, -1 of none. */
int	chance_bit(uint64_t mask);

/* calendar.c: when the n-th event of a history happens. */

void	calendar_start(uint64_t events);
int64_t	calendar_at(uint64_t event);
/* How much of the history is over, in thousandths. */
unsigned calendar_progress(void);

/* journal.c: what an event changes, as it was before. */

void	journal_begin(void);
/* The case, to be changed; kept as it was. */
struct model_case *journal_touch(int place);
/* A free place, to become a case. */
int	journal_add(void);
/* The i-th touched place; -1 after the last. */
int	journal_place(size_t i);
const struct model_case *journal_before(size_t i);
const struct model_world *journal_world(void);
/* As it was: all of it, or one case. The random numbers go on. */
void	journal_restore(void);
void	journal_restore_case(size_t i);
void	journal_restore_world(void);
int	journal_start(void);

/* rules.c: what a coordinator may do to a case, and what becomes of it. */

struct model_act {
	enum act act;
	int account;
	int64_t until_at;
	unsigned outcomes;
	int64_t plan[PLAN_CALLS];
	bool stale;			/* it means a closing that is no longer asked for */
	bool remind;			/* a reminder is set, not taken away */
	bool note;
};
enum fate rules_act(int place, const struct model_act *act);
/* A step of the trail, after the case has been changed. */
void	rules_step(struct model_case *c, enum act act, int account, enum state from, int of_step);
/* Given back to its queue by the program. */
void	rules_release(int place);
bool	rules_open(const struct model_case *c);		/* not closed, not purged */

/* ending.c: how a case ends, and how contact stays. Parts of rules_act; REFUSED changes nothing. */

enum fate ending_close(struct model_case *c, const struct model_act *act);
enum fate ending_add(struct model_case *c, const struct model_act *act);
enum fate ending_propose(struct model_case *c, const struct model_act *act);
enum fate ending_confirm(struct model_case *c, const struct model_act *act);
enum fate ending_object(struct model_case *c, const struct model_act *act);
enum fate ending_reopen(struct model_case *c, const struct model_act *act);
enum fate ending_begin(struct model_case *c, const struct model_act *act);
/* The next planned contact that a talk now does not make; 0 none. */
int64_t	ending_next_call(const struct model_case *c, int64_t due_before);
/* What an act that was done changes beside; step is its own, of_step what it takes back. */
void	ending_settle(struct model_case *c, enum act act, int64_t due_before, int of_step);

/* among.c: a case among queues. Each touches the case, and leaves its step when it is DONE. */

enum fate among_offer(int place, int account, int queue, bool note, bool stays);
enum fate among_accept(int place, int account);
enum fate among_return(int place, int account);
enum fate among_withdraw(int place, int account);
void	among_lapse(int place);
enum fate among_share(int place, int account, int queue);
enum fate among_end_share(int place, int account, int queue);
enum fate among_recuse(int place, int account);
/* Where only those who keep away are left, they get the cases back. */
void	among_lift(void);
/* Opened by a page: the trace of today, and reasons that become notes. */
enum fate among_open(int place, int account);

/* rules.c again, for ending.c and among.c. */

bool	rules_held(const struct model_case *c);

struct tries { int count, days; bool morning, afternoon, texted; };
/* Looking and writing change nothing of the case. */
bool	rules_changes(enum act act);
struct tries rules_tries(const struct model_case *c, int count);
/* A day within a year ahead, as its closing time; 0 when it is none. */
int64_t	rules_until(const struct model_case *c, int64_t wish_at);

/* access.c: who is what to a case, and who can open it. */

/* On the day that it is now. */
bool	access_away(int account);
/* The account holds it, or stands in for who does. */
bool	access_holds(const struct model_case *c, int account);
/* Who holds it is away, and nobody stands in. */
bool	access_unattended(const struct model_case *c);

bool	access_member(const struct model_case *c, int account);
bool	access_sees(const struct model_case *c, int account);
/* Of a queue that takes part; of the one to which it is offered. */
bool	access_partner(const struct model_case *c, int account);
bool	access_receiver(const struct model_case *c, int account);
/* Active coordinators and leads of its queue who can open it and do not keep away. */
uint64_t access_able(const struct model_case *c);
/* Those who have a key to it. */
uint64_t access_keys(const struct model_case *c);
/* Those to whom the pages show what was written. */
bool	access_shown(const struct model_case *c, int account);
/* Active coordinators and leads with the queue's newest key. */
uint64_t access_readers(int queue);
/* Every case that the account can open is opened, every other refuses; the same for all accounts. */
void	access_open(int place, int account);
void	access_sweep(void);
unsigned long access_opened(void), access_refused(void);

/* service.c: the real one. */

extern struct config model_config;
extern struct real {
	struct work work;
	struct queue_keys locks;
	struct identity identity[ACCOUNTS_MAX];
	struct secret_key *recovery;
} real;
/* The work of that account, NULL the program, at the model's present moment. */
struct work *real_work(const struct identity *actor);

void	service_begin(const char *path, uint64_t seed);
void	service_end(void);
/* Leaves the database; whoever opens it next has nothing in memory. */
void	service_close(void);
void	service_reopen(const char *path);
/* A new account in the model and for real; its place. */
int	service_hire(enum role role, uint64_t queues);
/* The account signs in with a new key pair. */
void	service_sign_in(int account);
void	service_keys(void);
const char *service_user(int account);
/* DONE, UNSEEN, or why it failed. */
enum fate service_fate(enum answer answer);

/* cheap.c: from then on keys lie in plain memory. The key of marks is made before, and locked. */
extern bool cheap_keys;

/* sqlite_look.c: the rows, against the model. */

/* NULL, or what differs. */
const char *look_case(int place);
const char *look_world(void);
/* Nothing is left of it but its row and its trail. */
const char *look_purged(int64_t number);
/* Number of open cases and of cases in all. */
void	look_counts(int64_t *open, int64_t *all);
void	look_forget(void);

/* sqlite_strike.c: the hand that makes the database fail */

/* Fails once, that many steps of the database's machine from now. */
void	strike_after(int steps, bool kill);
/* Kills the process before the next commit is written, or right after. */
void	strike_at_commit(bool after);
/* Nothing strikes any more; whether it has. */
bool	strike_over(void);

/* events.c */

void	event_start(void);
/* Draws one, foretells it, does it, compares. */
void	event_happen(void);
void	event_report(void);
/* Between the model's word and the real act: now and then the hand that makes it fail. */
void	event_arm(void);
/* After the real act: the model's word against what came of it. */
void	event_settle(enum fate expected, enum fate got);
/* What the parent of a child that was killed makes of the event it was killed in. */
void	event_adopt(void);
int64_t	event_open_cases(void);
/* Any case in use; open ones most of the time. -1 none. */
int	event_case(void);
/* Who does something to it: often the holder, mostly somebody near. */
int	event_actor(int place);
extern bool event_hazards, event_kills;

/* event_case.c, event_act.c, event_among.c, event_away.c, …: what may be drawn. */

extern const struct event case_events[], act_events[], among_events[], people_events[],
    away_events[], keys_events[], time_events[];

/* event_people.c: what the others use of it. */

bool	people_may_leave(void);
enum fate people_foretell_leaving(int account);
/* Some cases are opened by the account, or not, as the model says. */
void	people_open_some(int account);

/* event_keys.c: a worker seals to a queue's new key soon after it was made. */
void	keys_see_new(void);

/* crash.c */

void	crash_run(uint64_t events, uint64_t seed);

/* report.c */

/* Fails the test with the case's trail and the model's view of it. */
void	report_case(int place, const char *what);
void	report_trace(int place);
#define report(...)	fail_msg(__VA_ARGS__)

#endif
