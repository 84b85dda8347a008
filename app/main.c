/*
 * Kore's hooks: the start of the service before the processes fork, the start and
 * stop of each process, and the system calls that a process may make. Lists the
 * parts of the service and their tables of routes.
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include <kore/kore.h>
/* All other symbols are hidden; Kore finds these by name. */
#pragma GCC visibility push(default)
#include <kore/hooks.h>
#pragma GCC visibility pop
#include <kore/http.h>
#include <kore/seccomp.h>

#include "base/base.h"
#include "public/public.h"
#include "server/server.h"
#include "staff/staff.h"

#define MAY(name)	KORE_SYSCALL_ALLOW(name)

/*
 * The system calls of a worker process after its start. Any other call ends the
 * process. Kore appends a list of its own, which is never reached: the last line
 * decides before it.
 */
static struct sock_filter sandbox[] = {
#ifdef SANDBOX_OPEN	/* sanitizers and valgrind bring system calls of their own */
	KORE_BPF_RET(SECCOMP_RET_ALLOW),
#endif
	/* Memory that can be written cannot be executed. */
	KORE_SYSCALL_DENY_WITH_FLAG(mmap, 2, PROT_EXEC, EACCES),
	KORE_SYSCALL_DENY_WITH_FLAG(mprotect, 2, PROT_EXEC, EACCES),

	MAY(epoll_wait), MAY(epoll_ctl),	/* the event loop */
	MAY(accept),				/* connections: Kore's net.c */
	MAY(read), MAY(write), MAY(close),
	MAY(recvfrom), MAY(sendto), MAY(shutdown),
	MAY(setsockopt), MAY(fcntl),		/* no delay, non-blocking */
	MAY(eventfd2),				/* a worker thread wakes the event loop */
	MAY(futex),				/* locks and conditions of threads */
	MAY(clone3), MAY(set_robust_list),	/* new threads */
	MAY(rseq), MAY(gettid), MAY(madvise),
	MAY(setpriority),			/* Argon2id at a low priority */

	MAY(openat), MAY(newfstatat),		/* SQLite opens its files */
	MAY(fstat), MAY(lseek), MAY(access),
	MAY(unlink),				/* the last connection removes the WAL */
	MAY(pread64), MAY(pwrite64),		/* pages */
	MAY(fdatasync), MAY(fsync),		/* a receipt is sent only after the commit is on disk */
	MAY(ftruncate),				/* WAL index and reset */
	MAY(fchmod), MAY(fchown),		/* WAL as private as the database */
	MAY(geteuid), MAY(getpid),

	MAY(brk), MAY(mmap), MAY(munmap),	/* memory */
	MAY(mremap), MAY(mprotect),		/* large reallocs; sodium_malloc's guard pages */
	MAY(mlock), MAY(munlock),		/* secrets stay out of swap */
	MAY(getrandom),				/* keys, nonces, numbers */

	MAY(clock_gettime), MAY(clock_nanosleep),	/* time; SQLite's busy handler */
	MAY(nanosleep),
	MAY(rt_sigaction), MAY(rt_sigprocmask),	/* Kore's signals */
	MAY(rt_sigreturn), MAY(sigaltstack),
	MAY(restart_syscall),
	MAY(kill), MAY(tgkill),			/* to the parent; abort() */
	MAY(exit), MAY(exit_group),
	KORE_BPF_RET(SECCOMP_RET_KILL_PROCESS),
};

void
kore_seccomp_hook(void)
{
	(void)kore_seccomp_filter("egenremiss", sandbox, KORE_FILTER_LEN(sandbox));
}

/* The parts and routes of the server. The first part refuses paths that no part has. */
static const struct route *const staff_tables[] = {
	staff_auth_routes, staff_auth_drafts_routes, staff_auth_factor_routes, staff_brochures_routes,
	staff_case_routes, staff_case_act_routes,
	staff_codes_list_routes, staff_codes_page_routes,
	staff_handover_routes, staff_intake_routes, staff_intake_entry_routes,
	staff_messages_routes, staff_messages_text_routes, staff_outreach_routes,
	staff_outreach_campaigns_routes, staff_overview_routes, staff_people_routes,
	staff_people_absence_routes, staff_people_invitation_routes, staff_worklist_routes,
	staff_worklist_search_routes, NULL
};

static const struct served parts[] = {
	{ &public_pages, NULL }, { &public_form, NULL }, { &staff_site, staff_tables }, { NULL, NULL }
};

static const char *
setting(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : otherwise;
}

static void
refuse_to_start(const struct error *error)
{
	log_line(LOG_LINE_ERROR, "%s", error->text);
	exit(EXIT_FAILURE);
}

/* This process may be root, which can open any file; the workers run as another user. */
static int
check_owner(struct error *error)
{
	const struct passwd *user = skip_runas ? NULL : getpwnam(kore_runas_user);
	struct stat database;

	if (user == NULL || stat(site_database(false), &database) != 0 || database.st_uid == user->pw_uid)
		return 0;
	return error_set(error, ERROR_INPUT, "%s does not belong to %s, the user of the workers: "
	    "chown -R %s the folder", site_database(false), user->pw_name, user->pw_name);
}

void
kore_parent_configure(int argc, char **argv)
{
	const struct rlimit none = { 0, 0 };
	struct error error;

	(void)argc;
	(void)argv;
	/* A core file would hold what people wrote. */
	(void)setrlimit(RLIMIT_CORE, &none);
	http_server_version("egenremiss");
	if (site_start(setting("EGENREMISS_DATA", "var"),
	    setting("EGENREMISS_CONFIG", "conf/service.conf"), parts, &error) != 0 ||
	    check_owner(&error) != 0)
		refuse_to_start(&error);
	log_line(LOG_LINE_INFO, "serving %s: %zu areas, %zu queues",
	    site.config.base_url, site.config.areas_count, site.config.queues_count);
}

void
kore_parent_teardown(void)
{
	site_stop();
}

/* Kore does not enforce its own timeouts while idle unless a timer runs. */
static void
tick(void *argument, u_int64_t now)
{
	(void)argument;
	(void)now;
	timer_tick();
}

void
kore_worker_configure(void)
{
	struct error error;

	number_start(worker->id);
	timer_start_process(worker->id);
	if (workers_start(site_database(!skip_chroot), &error) != 0) {
		/* Kore would start it again at once, and again. */
		(void)sleep(1);
		refuse_to_start(&error);
	}
	(void)kore_timer_add(tick, (u_int64_t)site.config.waits.look, NULL, 0);
	timer_tick();
}

void
kore_worker_teardown(void)
{
	workers_stop(site_last);
}
