#include <sys/mman.h>

#include "model.h"

static struct journal {
	struct model_world world;
	size_t count;
	struct kept {
		int place;
		struct model_case before;
	} kept[CASES_MAX];
} *journal;

struct model *model;

static void *
shared(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

int
journal_start(void)
{
	model = shared(sizeof(*model));
	journal = shared(sizeof(*journal));
	return model == NULL || journal == NULL ? -1 : 0;
}

void
journal_begin(void)
{
	journal->count = 0;
	journal->world = model->world;
}

struct model_case *
journal_touch(int place)
{
	for (size_t i = 0; i < journal->count; i++) {
		if (journal->kept[i].place == place)
			return &model->at[place];
	}
	journal->kept[journal->count].place = place;
	journal->kept[journal->count].before = model->at[place];
	journal->count++;
	return &model->at[place];
}

int
journal_add(void)
{
	int place = 0;

	while (place < model->live && model->at[place].number != 0)
		place++;
	if (place == CASES_MAX)
		fail_msg("more than %d cases at once", CASES_MAX);
	if (place == model->live) {
		memset(&model->at[place], 0, sizeof(model->at[place]));
		model->live++;
	}
	memset(journal_touch(place), 0, sizeof(model->at[place]));
	return place;
}

int
journal_place(size_t i)
{
	return i < journal->count ? journal->kept[i].place : -1;
}

const struct model_case *
journal_before(size_t i)
{
	return &journal->kept[i].before;
}

const struct model_world *
journal_world(void)
{
	return &journal->world;
}

void
journal_restore_case(size_t i)
{
	model->at[journal->kept[i].place] = journal->kept[i].before;
}

void
journal_restore_world(void)
{
	uint64_t random = model->world.random, event = model->world.event;

	model->world = journal->world;
	model->world.random = random;
	model->world.event = event;
}

void
journal_restore(void)
{
	for (size_t i = 0; i < journal->count; i++)
		journal_restore_case(i);
	journal_restore_world();
}
