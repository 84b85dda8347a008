/* The transaction of a work. */
#include "base/base.h"
#include "flow/work.h"
#include "store/store.h"

/* Within the transaction: marks the work's form as taken. */
static int
mark_form(struct work *work)
{
	switch (store_form_take(work->store, work->form, work->now, &work->error)) {
	case FOUND:
		work->form_marked = true;
		return 0;
	case ABSENT:
		(void)error_set(&work->error, ERROR_REPEATED, "the form has been taken already");
		break;
	case FAILED:
	default:
		break;
	}
	store_rollback(work->store);
	return -1;
}

int
work_begin(struct work *work)
{
	if (store_begin(work->store, &work->error) == -1)
		return -1;
	return work->form == NULL ? 0 : mark_form(work);
}

int
work_begin_keys(struct work *work)
{
	if (work_begin(work) == -1)
		return -1;
	store_unlock_keys(work->store);
	return 0;
}

int
work_begin_read(struct work *work)
{
	return store_begin_read(work->store, &work->error);
}

void
work_undo(struct work *work)
{
	store_lock_keys(work->store);
	store_rollback(work->store);
	if (work->form != NULL)
		work->form_marked = false;
}

int
work_end(struct work *work, int result)
{
	if (result < 0) {
		work_undo(work);
		return -1;
	}
	store_lock_keys(work->store);
	if (store_commit(work->store, &work->error) == -1)
		return -1;
	if (work->form_marked)
		work->form = NULL;
	return result;
}

enum answer
work_settle(struct work *work, bool done, enum answer answer)
{
	if (done)
		return work_end(work, 0) == 0 ? answer : FAILED;
	work_undo(work);
	return answer;
}

int
work_probe(struct work *work)
{
	int64_t version;
	int result;

	if (work_begin_read(work) == -1)
		return -1;
	result = store_code_version(work->store, &version, &work->error);
	work_undo(work);
	return result;
}
