#include <stdio.h>

#include "flow/finding.h"

bool
numbers_have(const struct numbers *numbers, int64_t number)
{
	for (size_t i = 0; i < numbers->count; i++) {
		if (numbers->number[i] == number)
			return true;
	}
	return false;
}

void
numbers_add(struct numbers *numbers, int64_t number)
{
	if (!numbers_have(numbers, number) && numbers->count < COUNT_OF(numbers->number))
		numbers->number[numbers->count++] = number;
}

static void
numbers_read(struct numbers *numbers, const char *text)
{
	char reference[14];
	int64_t number;
	int length;

	while (text != NULL && sscanf(text, " %13s%n", reference, &length) == 1) {
		if (number_parse(reference, &number) == 0)
			numbers_add(numbers, number);
		text += length;
	}
}

static void
numbers_write(const struct numbers *numbers, const char *field, struct buffer *plain)
{
	char text[REPEATS_MOST * 14 + 1] = "";

	for (size_t i = 0; i < numbers->count; i++) {
		number_text(numbers->number[i], text + 14 * i);
		text[14 * i + 13] = ' ';
	}
	form_encode(plain, field, text);
}

static int
open_finding(const struct repeats_row *row, void *argument)
{
	struct finding *finding = argument;
	const struct record_row record = {
		.number = row->number, .case_number = row->case_number, .kind = RECORD_REPEATS,
		.box = row->box, .box_size = row->box_size
	};
	struct form form;

	finding->result = keyring_read(finding->ring, &record, &form, finding->error);
	if (finding->result == -1)
		return -1;
	numbers_read(&finding->all_apart, form_value(&form, "apart"));
	if (row->account == finding->ring->reader->account) {
		finding->looked = true;
		numbers_read(&finding->same, form_value(&form, "same"));
		numbers_read(&finding->apart, form_value(&form, "apart"));
	}
	form_wipe(&form);
	return 0;
}

enum answer
finding_read(struct finding *finding, int64_t number, struct error *error)
{
	enum answer answer = keyring_turn(finding->ring, number, error);

	finding->error = error;
	if (answer == FOUND && (store_repeats_each(finding->ring->store, number, open_finding,
	    finding, error) == -1 || finding->result == -1))
		answer = FAILED;
	return answer;
}

int
finding_write(const struct finding *finding, int64_t number, int64_t now, struct error *error)
{
	const struct record_place place = { RECORD_REPEATS, number, number_next() };
	struct repeats_row row = {
		.number = place.record_number, .case_number = number,
		.account = finding->ring->reader->account, .at = now
	};
	struct buffer plain = { 0 }, box = { 0 };
	int result;

	buffer_reserve(&plain, SEAL_PAD_BLOCK);
	numbers_write(&finding->same, "same", &plain);
	numbers_write(&finding->apart, "apart", &plain);
	result = record_seal(&box, &place, finding->ring->data_key, plain.data, plain.length);
	row.box = (const unsigned char *)box.data;
	row.box_size = box.length;
	result = result == -1 ? error_set(error, ERROR_INTERNAL, "a finding cannot be sealed") :
	    store_repeats_put(finding->ring->store, &row, error);
	buffer_wipe(&plain);
	buffer_free(&box);
	return result;
}
