#include <sys/mman.h>

#include <errno.h>
#include <stdatomic.h>
#include <string.h>

#include "flow/repeats.h"

#define SETS		4096
#define WAYS		8
#define DAY		(24 * INT64_C(3600))

static struct repeats {
	struct repeat {
		unsigned char mark[SEAL_MARK_SIZE];
		int64_t at;
		_Atomic int64_t case_number;	/* 0: free, or being written */
	} of[SETS][WAYS];
} *repeats;				/* shared by the workers */

int
repeats_start(struct error *error)
{
	if (repeats != NULL) {
		memset(repeats, 0, sizeof(*repeats));
		return 0;
	}
	repeats = mmap(NULL, sizeof(*repeats), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
	    -1, 0);
	if (repeats != MAP_FAILED)
		return 0;
	repeats = NULL;
	return error_set(error, ERROR_INTERNAL, "shared memory: %s", strerror(errno));
}

/* A mark is random: any of its bytes tell the sets apart. */
static struct repeat *
set_of(const unsigned char mark[SEAL_MARK_SIZE])
{
	return repeats->of[(mark[0] << 8 | mark[1]) % SETS];
}

int64_t
repeats_find(const unsigned char mark[SEAL_MARK_SIZE], int64_t now)
{
	const struct repeat *set = set_of(mark);

	for (int i = 0; i < WAYS; i++) {
		if (set[i].at >= now - DAY && memcmp(set[i].mark, mark, SEAL_MARK_SIZE) == 0)
			return set[i].case_number;
	}
	return 0;
}

/* A worker that is killed in here leaves an entry that stands for nothing. */
void
repeats_keep(const unsigned char mark[SEAL_MARK_SIZE], int64_t case_number, int64_t now)
{
	struct repeat *set = set_of(mark), *chosen = set;

	for (int i = 0; i < WAYS; i++) {
		if (memcmp(set[i].mark, mark, SEAL_MARK_SIZE) == 0) {
			chosen = &set[i];
			break;
		}
		if (set[i].at < chosen->at)
			chosen = &set[i];
	}
	chosen->case_number = 0;
	memcpy(chosen->mark, mark, SEAL_MARK_SIZE);
	chosen->at = now;
	chosen->case_number = case_number;
}
