/* Makes the database fail. */
#include <signal.h>
#include <unistd.h>

#include "model.h"
#include "store/sqlite.h"
#include "store/store.h"

static struct hand { int left; bool kill, struck; } hand;

/* At every jump of SQLite's virtual machine. */
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

/* Forgets a commit that did not happen: the next may be one that the model cannot take over. */
bool
strike_over(void)
{
	sqlite3_progress_handler(real.work.store->db, 0, NULL, NULL);
	(void)sqlite3_commit_hook(real.work.store->db, NULL, NULL);
	(void)sqlite3_wal_hook(real.work.store->db, NULL, NULL);
	/* The failure may have hit the rollback of a refused act, which fails only in this test. */
	if (hand.struck)
		store_rollback(real.work.store);
	return hand.struck;
}
