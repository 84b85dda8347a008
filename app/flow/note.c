#include <string.h>

#include "flow/flow.h"
#include "flow/keyring.h"

int
note_read(const char *written, bool required, struct buffer *note, struct error *error)
{
	enum fault fault = FAULT_MISSING;

	buffer_reserve(note, (size_t)NOTE_MAX_POINTS * 4);
	note->data[0] = '\0';
	if (written != NULL)
		fault = written_text(written, NOTE_MAX_POINTS, note->data);
	note->length = strlen(note->data);
	if (fault == FAULT_NONE || (fault == FAULT_MISSING && !required))
		return 0;
	if (fault == FAULT_MISSING)
		return error_set(error, ERROR_INPUT, "the note is empty: write something");
	if (fault == FAULT_LONG)
		return error_set(error, ERROR_INPUT,
		    "the note is longer than %d characters: split it", NOTE_MAX_POINTS);
	return error_set(error, ERROR_INPUT,
	    "the note holds control characters: take them out");
}

int
note_write(struct keyring *ring, int64_t case_number, enum act act, const struct buffer *note,
    int64_t now, int64_t *record_number, struct error *error)
{
	enum record_kind kind = act == ACT_NOTE ? RECORD_NOTE : RECORD_ATTEMPT;
	struct buffer plain = { 0 };
	int result = -1;

	/* Three bytes for each when escaped, and the names: growing leaves no copy. */
	buffer_reserve(&plain, 3 * note->length + 64);
	form_encode(&plain, "act", word_of(&words_act, (int)act));
	form_encode(&plain, "text", buffer_string(note));
	if (keyring_turn(ring, case_number, error) == FOUND)
		result = keyring_write(ring, case_number, kind, &plain, now, record_number, error);
	buffer_wipe(&plain);
	return result;
}
