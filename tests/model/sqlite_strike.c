/* The hand that makes the database fail. */
#include <signal.h>
#include <unistd.h>

#include "model.h"
#include "store/sqlite.h"
#include "store/store.h"

static struct hand { int left; bool kill, struck; } hand;

/* Every step of SQLite's machine that jumps. */
static int
count_down(void *argument)
{
	(void)argument;
	if (hand.struck || --hand.left > 0)
		return 0;
	hand.struck = true;
	if (hand.kill)
		(void)kill(getpid(), SIGKILL);
	return 1;
}

void
strike_after(int steps, bool kill_it)
{
	hand = (struct hand){ .left = steps, .kill = kill_it };
	sqlite3_progress_handler(real.work.store->db, 1, count_down, NULL);
}

static int
kill_before(void *argument)
{
	(void)argument;
	return kill(getpid(), SIGKILL);
}

static int
kill_after(void *argument, sqlite3 *db, const char *name, int pages)
{
	(void)argument;
	(void)db;
	(void)name;
	(void)pages;
	return kill(getpid(), SIGKILL);
}

void
strike_at_commit(bool after)
{
	if (after)
		(void)sqlite3_wal_hook(real.work.store->db, kill_after, NULL);
	else
		(void)sqlite3_commit_hook(real.work.store->db, kill_before, NULL);
}

/* A commit that did not come is let go, too: the next may be of what cannot be adopted. */
bool
strike_over(void)
{
	sqlite3_progress_handler(real.work.store->db, 0, NULL, NULL);
	(void)sqlite3_commit_hook(real.work.store->db, NULL, NULL);
	(void)sqlite3_wal_hook(real.work.store->db, NULL, NULL);
	/* It may have hit the rollback of what was refused, which nothing but this hand makes fail. */
	if (hand.struck)
		store_rollback(real.work.store);
	return hand.struck;
}
