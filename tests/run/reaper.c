/*
 * Runs a program and everything that it starts: `reaper program argument…`. What
 * outlives its parent becomes the reaper's child, so that its time is counted
 * (half of a browser's would be lost), and is ended when the program has ended.
 * Exits as the program did, with 128 and the signal's number if one ended it.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE	5	/* seconds that the rest has to end by itself */

static pid_t program;
static volatile sig_atomic_t late;

static void
pass_on(int number)
{
	if (number == SIGALRM)
		late = 1;
	else
		(void)kill(program, number);
}

/* Ends the reaper's children; theirs then become its own, and are ended at the next turn. */
static void
end_children(void)
{
	FILE *file = fopen("/proc/thread-self/children", "re");
	int pid;

	if (file == NULL)
		return;
	while (fscanf(file, "%d", &pid) == 1)
		(void)kill(pid, SIGKILL);
	(void)fclose(file);
}

/* Until there is no child left; how the program ended, as wait() has it. */
static int
wait_for_all(void)
{
	int ended = 0, status;

	for (;;) {
		pid_t pid = wait(&status);

		if (pid == -1 && errno == ECHILD)
			return ended;
		if (pid == program) {
			ended = status;
			(void)alarm(PATIENCE);
		}
		if (late)
			end_children();
	}
}

int
main(int argc, char **argv)
{
	const int numbers[] = { SIGALRM, SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = pass_on };
	int status;

	if (argc < 2 || prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
		return EXIT_FAILURE;
	program = fork();
	if (program == 0) {
		(void)execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		(void)sigaction(numbers[i], &action, NULL);
	status = wait_for_all();
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
