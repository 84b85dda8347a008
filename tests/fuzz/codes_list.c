/* Any bytes as a list of codes: every cell is clean or as it stood, and CR LF reads as LF does. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "rules/codes.h"
#include "rules/rules.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

/* A cell that can be cleaned is clean. */
static void
demand_clean(const char *cell)
{
	struct buffer clean = { 0 };

	if (typed_clean(cell, TYPED_LINE, &clean) == FAULT_NONE)
		demand(strcmp(buffer_string(&clean), cell) == 0);
	buffer_free(&clean);
}

static void
demand_rows(const struct code_list *list)
{
	int last = 0;

	demand(list->count <= CODE_LIST_MAX);
	demand(!list->cut || list->count == CODE_LIST_MAX);
	for (size_t i = 0; i < list->count; i++) {
		const struct code_list_row *row = &list->row[i];
		bool empty = *row->beyond == '\0';

		demand(row->number > last);
		last = row->number;
		for (int column = 0; column < COLUMN_COUNT; column++) {
			demand_clean(row->cell[column]);
			empty = empty && *row->cell[column] == '\0';
		}
		demand(!empty);
	}
}

static void
demand_same(const struct code_list *one, const struct code_list *other)
{
	demand(one->count == other->count && one->separator == other->separator);
	for (size_t i = 0; i < one->count; i++) {
		for (int column = 0; column < COLUMN_COUNT; column++)
			demand(strcmp(one->row[i].cell[column], other->row[i].cell[column]) == 0);
		demand(one->row[i].number == other->row[i].number);
	}
}

/* The text with each LF as CR LF; one that has a CR stays as it is. */
static char *
with_long_ends(const char *text)
{
	char *longer = malloc(2 * strlen(text) + 1), *to = longer;

	demand(longer != NULL);
	for (const char *at = text; *at != '\0'; at++) {
		if (*at == '\n' && strchr(text, '\r') == NULL)
			*to++ = '\r';
		*to++ = *at;
	}
	*to = '\0';
	return longer;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct code_list list, again;
	char *text = malloc(length + 1), *longer;

	demand(text != NULL);
	memcpy(text, bytes, length);
	text[length] = '\0';
	longer = with_long_ends(text);
	code_list_read(&list, text, NULL);
	demand_rows(&list);
	code_list_read(&again, longer, NULL);
	demand_same(&list, &again);
	code_list_free(&list);
	code_list_free(&again);
	free(longer);
	free(text);
	return 0;
}
