#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "flow/flow.h"

#define CODE_BITS	25
#define TRIES		16	/* of a million codes in use, one in 2^80 fails them all */

/* A code that is not taken, retired ones included: a brochure outlives its code. */
static int
draw_code(struct store *store, char code[CODE_SIZE], struct error *error)
{
	struct code_row taken;

	for (int i = 0; i < TRIES; i++) {
		code_make(seal_random_below(1U << CODE_BITS), code);
		switch (store_code_get(store, code, &taken, error)) {
		case ABSENT:
			return 0;
		case FAILED:
			return -1;
		case FOUND:
			break;
		}
	}
	return error_set(error, ERROR_INTERNAL, "no code is free");
}

static int
fill_place(struct code_row *row, const char *place, struct error *error)
{
	char text[STORE_PLACE];

	if (written_text(place, (sizeof(text) - 1) / 4, text) != FAULT_NONE ||
	    strchr(text, '\n') != NULL)
		return error_set(error, ERROR_INPUT, "the place is to be one line of 1 to %zu "
		    "characters", (sizeof(text) - 1) / 4);
	memcpy(row->place, text, sizeof(row->place));
	return 0;
}

int
code_issue(struct store *store, const struct config *config, const char *area,
    enum channel channel, const char *place, int64_t now, char code[CODE_SIZE],
    struct error *error)
{
	const struct config_area *known = config_area(config, area);
	struct code_row row = { .channel = channel, .created_at = now };

	if (known == NULL)
		return error_set(error, ERROR_INPUT, "%s is no area of %s: write its code, "
		    "address or name", area, config->file);
	if (fill_place(&row, place, error) == -1)
		return -1;
	(void)snprintf(row.area, sizeof(row.area), "%s", known->code);
	if (store_begin(store, error) == -1)
		return -1;
	if (draw_code(store, row.code, error) == -1 ||
	    store_code_add(store, &row, error) == -1) {
		store_rollback(store);
		return -1;
	}
	memcpy(code, row.code, CODE_SIZE);
	return store_commit(store, error);
}

void
code_address(const struct config *config, const char *code, struct buffer *address)
{
	size_t start = address->length;

	buffer_format(address, "%s/q/%s", config->base_url, code);
	for (size_t i = start; i < address->length; i++)
		address->data[i] = (char)toupper((unsigned char)address->data[i]);
}
