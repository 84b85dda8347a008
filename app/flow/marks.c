#include <stdatomic.h>
#include <string.h>

#include "base/shared.h"
#include "flow/marks.h"

#define SETS		4096
#define WAYS		8
#define DAY		(24 * INT64_C(3600))

static struct marks {
	struct mark {
		unsigned char mark[SEAL_MARK_SIZE];
		int64_t at;
		_Atomic int64_t case_number;	/* 0: free, or being written */
	} of[SETS][WAYS];
} *marks;				/* shared by the workers */

int
marks_start(struct error *error)
{
	if (marks != NULL) {
		memset(marks, 0, sizeof(*marks));
		return 0;
	}
	marks = shared_new(sizeof(*marks), error);
	return marks == NULL ? -1 : 0;
}

/* A mark is random: any of its bytes tell the sets apart. */
static struct mark *
set_of(const unsigned char mark[SEAL_MARK_SIZE])
{
	return marks->of[(mark[0] << 8 | mark[1]) % SETS];
}

int64_t
marks_find(const unsigned char mark[SEAL_MARK_SIZE], int64_t now)
{
	const struct mark *set = set_of(mark);

	for (int i = 0; i < WAYS; i++) {
		if (set[i].at >= now - DAY && memcmp(set[i].mark, mark, SEAL_MARK_SIZE) == 0)
			return set[i].case_number;
	}
	return 0;
}

/* A worker that is killed in here leaves an entry that stands for nothing. */
void
marks_keep(const unsigned char mark[SEAL_MARK_SIZE], int64_t case_number, int64_t now)
{
	struct mark *set = set_of(mark), *chosen = set;

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
