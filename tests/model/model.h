/*
 * A simple model of the whole service. It decides a second time what may happen to a
 * case, which queue and account have it, and which accounts can open it, by the rules
 * in app/rules/README.md and without a call to the lifecycle, the store or seal/. A
 * random event is predicted by the model and done by the real flow/; then both are
 * compared.
 *
 * An account is named by its place in model->account, from 1 (0 is the program, the
 * person, or no account), a queue by its place in the configuration, and a case by its
 * place in model->at, which is free again when the case has been purged.
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
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"

#define QUEUES		5
#define ACTORS		20	/* at work at the same time */
#define ACCOUNTS_MAX	64	/* the number of bits of a mask */
#define CASES_MAX	4096
#define AUDIT_TRAIL_MAX	160
#define AUDIT_TRAIL_LONG	60	/* then the case is ended */
#define GENERATIONS_MAX 60
#define REASONS_MAX	6
#define NO_QUEUE	(-1)
#define PASSPHRASE	"lusab-babad-gutih-tugad"	/* of all accounts */

#define BIT(i)		(UINT64_C(1) << (i))

/* A step of a case's audit trail. */
struct model_step {
	int64_t at, due_at;
	uint8_t act, from, to, account, holder;
	uint8_t of_step;		/* the step that an undo undoes */
	bool undone;
	uint8_t instead_of;		/* the holder whose deputy the account was; 0 without */
};

struct model_case {
	int64_t number;			/* 0: the place is free */
	uint32_t serial;		/* 1, 2, 3 …: its number in the history */
	uint64_t content;		/* the number from which its submission is made */
	int8_t queue;
	uint8_t state, window, holder;
	bool silent;			/* the person allows no text messages */
	bool young;			/* under 20, so that the KAA duty will end */
	bool again;			/* the same form was sent again after the closing */
	int64_t received_at, promised_at, due_at, closed_at;
	uint32_t outcomes;
	int attempts;
	int records;			/* sealed texts */
	int corrections;		/* those of them that correct the person */
	uint8_t closing_by;		/* the account that proposes to close it; 0 none */
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
	int reasons;			/* the reason of a refusal, not among the notes yet */
	struct model_reason { int8_t queue; int generation; } reason[REASONS_MAX];
	int plans;			/* planned contacts, by time */
	struct model_call { int64_t at; int step /* the step that made the contact; 0 not yet */; } plan[PLAN_CALLS];
	uint64_t keys[QUEUES];		/* mask of the generations to which its data key is sealed */
	int count;
	struct model_step trail[AUDIT_TRAIL_MAX];
};

struct model_account {
	int64_t number;
	uint8_t role;
	bool active;
	uint64_t keys[QUEUES];		/* mask of the generations that it can open */
	bool away;			/* an absence is registered, for now or later */
	uint8_t deputy;			/* 0 nobody */
	int32_t from_day, to_day;	/* both included; to_day 0 without end */
};

/* The whole model. */
struct model_world {
	int64_t now;
	uint64_t random;
	uint64_t event;			/* number of cases so far */
	uint32_t serial;
	int accounts;			/* the last place in use */
	int newest[QUEUES];		/* generation of the queue's key */
	int64_t renewed_at[QUEUES];
	int locks[QUEUES];		/* the generation that the web process seals to */
	struct model_account account[ACCOUNTS_MAX];
};

/* The result of an event. */
enum fate {
	DONE,
	REFUSED,		/* refused with a reason; nothing has changed */
	UNSEEN,			/* answered as for an unknown case */
	WRONG,			/* ERROR_INPUT or ERROR_REFUSED */
	STRUCK,			/* the test made it fail half-way */
	FATES
};

/* A kind of event. */
struct event {
	const char *name;	/* NULL: the end of a table */
	unsigned weight;
	void (*happen)(void);	/* calls event_settle, unless no case or account suits the event */
	bool in_parts;		/* needs several transactions */
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
	int live;			/* the places 0 to live - 1 are in use */
	struct model_case at[CASES_MAX];
};

/* In memory that a child process shares, so that the parent has it when the child is killed. */
extern struct model *model;

/* chance.c: the same history on every machine for the same seed. */

unsigned chance_below(unsigned bound);
/* True `part` times in `whole`. */
bool	chance(unsigned part, unsigned whole);
/* A random bit of the mask; -1 for an empty mask. */
int	chance_bit(uint64_t mask);

/* calendar.c: the time of the n-th event of a history. */

void	calendar_start(uint64_t events);
int64_t	calendar_at(uint64_t event);
/* The past part of the history, in thousandths. */
unsigned calendar_progress(void);

/* journal.c: the cases that an event changes, as they were before. */

void	journal_begin(void);
/* Returns the case for a change, and keeps a copy of it. */
struct model_case *journal_touch(int place);
/* Returns a free place for a new case. */
int	journal_add(void);
/* The i-th changed place; -1 after the last. */
int	journal_place(size_t i);
const struct model_case *journal_before(size_t i);
const struct model_world *journal_world(void);
/* Undoes the changes of all cases, or of one. Random numbers are not repeated. */
void	journal_restore(void);
void	journal_restore_case(size_t i);
void	journal_restore_world(void);
int	journal_start(void);

/* rules.c: the acts that a coordinator may do to a case, and their results. */

struct model_act {
	enum act act;
	int account;
	int64_t until_at;
	unsigned outcomes;
	int64_t plan[PLAN_CALLS];
	bool stale;			/* refers to a closing that is no longer proposed */
	bool remind;			/* sets a reminder; false: removes it */
	bool note;
};
enum fate rules_act(int place, const struct model_act *act);
/* A correction: of the name, with a new window unless -1; a new number; another way. */
enum fate rules_correct(int place, int account, enum act act, int window);
bool	rules_number_wrong(const struct model_case *c);
/* Adds a step to the trail, after the case has been changed. */
void	rules_step(struct model_case *c, enum act act, int account, enum state from, int of_step);
/* The program returns the case to its queue. */
void	rules_release(int place);
bool	rules_open(const struct model_case *c);		/* not closed, not purged */

/* close.c: closing and follow-up. Parts of rules_act; REFUSED changes nothing. */

enum fate ending_close(struct model_case *c, const struct model_act *act);
enum fate ending_add(struct model_case *c, const struct model_act *act);
enum fate ending_propose(struct model_case *c, const struct model_act *act);
enum fate ending_confirm(struct model_case *c, const struct model_act *act);
enum fate ending_object(struct model_case *c, const struct model_act *act);
enum fate ending_reopen(struct model_case *c, const struct model_act *act);
enum fate ending_begin(struct model_case *c, const struct model_act *act);
/* The next planned contact after the one that a talk now counts as; 0 none. */
int64_t	ending_next_call(const struct model_case *c, int64_t due_before);
/* The further changes of an act; `step` is its own, `of_step` the one that it undoes. */
void	ending_settle(struct model_case *c, enum act act, int64_t due_before, int of_step);

/* handover.c: a case among queues. Each function changes the case, and adds a step when DONE. */

enum fate among_offer(int place, int account, int queue, bool note, bool stays);
enum fate among_accept(int place, int account);
enum fate among_return(int place, int account);
enum fate among_withdraw(int place, int account);
void	among_lapse(int place);
enum fate among_share(int place, int account, int queue);
enum fate among_end_share(int place, int account, int queue);
enum fate among_recuse(int place, int account);
/* Accounts with a conflict of interest get a case back when no other account can open it. */
void	among_lift(void);
/* A page opens the case: the entry in the access log, and reasons that become notes. */
enum fate among_open(int place, int account);
enum fate among_print(int place, int account);

/* rules.c, for close.c and handover.c. */

bool	rules_held(const struct model_case *c);

struct tries { int count, rings, days; bool morning, afternoon, texted, wrong; };
/* Looks and notes do not change the case. */
bool	rules_changes(enum act act);
struct tries rules_tries(const struct model_case *c, int count);
/* The closing time of a day within the coming year; 0 for any other day. */
int64_t	rules_until(const struct model_case *c, int64_t wish_at);

/* access.c: the rights of accounts to a case. */

/* Today. */
bool	access_away(int account);
/* The account holds the case, or is the holder's deputy. */
bool	access_holds(const struct model_case *c, int account);
/* The holder is away without a deputy. */
bool	access_unattended(const struct model_case *c);

bool	access_member(const struct model_case *c, int account);
bool	access_sees(const struct model_case *c, int account);
/* The account is of a queue that takes part; of the queue to which the case is offered. */
bool	access_partner(const struct model_case *c, int account);
bool	access_receiver(const struct model_case *c, int account);
/* Active coordinators and leads of its queue with its key and without a conflict of interest. */
uint64_t access_able(const struct model_case *c);
/* Accounts with a key to it. */
uint64_t access_keys(const struct model_case *c);
/* Accounts to whom the pages show the sealed texts. */
bool	access_shown(const struct model_case *c, int account);
/* Active coordinators and leads with the queue's newest key. */
uint64_t access_readers(int queue);
/* Checks that the account, or every account, opens each case that it may open, and no other. */
void	access_open(int place, int account);
void	access_sweep(void);
unsigned long access_opened(void), access_refused(void);

/* service.c: the real service. */

extern struct config model_config;
extern struct real {
	struct work work;
	struct queue_keys locks;
	struct identity identity[ACCOUNTS_MAX];
	struct secret_key *recovery;
} real;
/* The work of an account (NULL: the program) at the model's present time. */
struct work *real_work(const struct identity *actor);

void	service_begin(const char *path, uint64_t seed);
void	service_end(void);
/* Closes the database and forgets everything in memory. */
void	service_close(void);
void	service_reopen(const char *path);
/* Makes an account in the model and in the service; returns its place. */
int	service_hire(enum role role, uint64_t queues);
/* The account signs in with a new key pair. */
void	service_sign_in(int account);
void	service_keys(void);
const char *service_user(int account);
/* DONE, UNSEEN, or the kind of failure. */
enum fate service_fate(enum answer answer);

/* cheap.c: from now on keys are in plain memory. The digest key is made before, in guarded memory. */
extern bool cheap_keys;

/* sqlite_look.c: compares the rows of the database with the model. */

/* NULL, or the difference. */
const char *look_case(int place);
const char *look_world(void);
/* Checks that a purged case has only its row and its trail. */
const char *look_purged(int64_t number);
/* Compares the number of open cases and of all cases. */
void	look_counts(int64_t *open, int64_t *all);
void	look_forget(void);

/* sqlite_strike.c: makes the database fail */

/* SQLite fails once, after so many steps of its virtual machine. */
void	strike_after(int steps, bool kill);
/* Kills the process before the next commit is written, or right after it. */
void	strike_at_commit(bool after);
/* Ends the failures; returns whether one has happened. */
bool	strike_over(void);

/* events.c */

void	event_start(void);
/* Draws an event, predicts it, does it, and compares. */
void	event_happen(void);
void	event_report(void);
/* Called between the prediction and the real act; now and then makes the database fail. */
void	event_arm(void);
/* Called after the real act; compares its result with the prediction. */
void	event_settle(enum fate expected, enum fate got);
/* In the parent of a killed process: compares the event during which it was killed. */
void	event_adopt(void);
int64_t	event_open_cases(void);
/* A random case, mostly an open one; -1 none. */
int	event_case(void);
/* A random account for an act on the case: often the holder, mostly of its queues. */
int	event_actor(int place);
extern bool event_hazards, event_kills;

/* event_case.c, event_act.c, event_handover.c, event_absence.c, …: the kinds of events. */

extern const struct event case_events[], act_events[], among_events[], people_events[],
    away_events[], keys_events[], time_events[];

/* event_people.c, for the other files. */

bool	people_may_leave(void);
enum fate people_foretell_leaving(int account);
/* Checks for some cases that the account opens them or is refused, as the model predicts. */
void	people_open_some(int account);

/* event_keys.c: the process seals to a queue's new key soon after it was made. */
void	keys_see_new(void);

/* crash.c */

void	crash_run(uint64_t events, uint64_t seed);

/* report.c */

/* Fails the test with the case's trail and the model's view of it. */
void	report_case(int place, const char *what);
void	report_trace(int place);
#define report(...)	fail_msg(__VA_ARGS__)

#endif
