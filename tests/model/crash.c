/*
 * The same events on a database on disk, by processes that are killed: in the middle
 * of a transaction, right before or after a commit, or with the database open. The
 * next process must find every earlier event, and the last event whole or not at all.
 */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "model.h"
#include "store/store.h"

#define LIFE		120	/* events of one process, if it is not killed */

static char folder[32], path[64];

/* In memory where possible: only the process is killed, not the machine. */
static void
make_folder(void)
{
	(void)snprintf(folder, sizeof(folder), "%s/model-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/" STORE_FILE, folder);
}

static void
remove_folder(void)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char file[80];

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		(void)snprintf(file, sizeof(file), "%s%s", path, endings[i]);
		(void)unlink(file);
	}
	assert_int_equal(rmdir(folder), 0);
}

static void
live(uint64_t events)
{
	uint64_t last = model->world.event + LIFE;

	service_reopen(path);
	event_kills = true;
	while (model->world.event < last && model->world.event < events)
		event_happen();
	/* Ends without closing the database. */
	_exit(0);
}

/* Whether the process was killed. */
static bool
one_life(uint64_t events)
{
	pid_t pid;
	int status;

	service_close();
	pid = fork();
	assert_int_not_equal(pid, -1);
	if (pid == 0)
		live(events);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	service_reopen(path);
	if (WIFSIGNALED(status)) {
		event_adopt();
		return true;
	}
	assert_int_equal(status, 0);
	return false;
}

void
crash_run(uint64_t events, uint64_t seed)
{
	unsigned lives = 0, killed = 0;

	make_folder();
	calendar_start(events);
	service_begin(path, seed);
	event_start();
	while (model->world.event < events) {
		lives++;
		if (one_life(events))
			killed++;
	}
	access_sweep();
	event_report();
	print_message("%u processes, %u of them killed half-way\n", lives, killed);
	service_end();
	remove_folder();
	assert_true(model->struck_back > 0 && model->struck_forth > 0);
}
