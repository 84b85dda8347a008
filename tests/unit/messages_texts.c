/* A coordinator's press for a text: what may be written, to whom, and that it is an attempt. */
#include "base/base.h"
#include "base/words.h"
#include "flow/case.h"
#include "flow/messages.h"
#include "messages_outbox_service.h"
#include "rules/rules.h"
#include "store/messages.h"
#include "store/store.h"

#define SILENT	"who=self&age=15-17&name=Li&phone=0701740606&contact=call-silent"

static void
text_counts_as_an_attempt_at_once(void **state)
{
	int64_t bo = texted();
	struct case_row row;

	(void)state;
	assert_int_equal(store_case_get(service.work.store, bo, &row, &service.work.error),
	    FOUND);
	assert_int_equal(row.attempts, 1);
	assert_int_equal(row.state, STATE_WAITING);
}

static void
silent_contact_gets_no_text(void **state)
{
	struct callback_answer answer;
	int64_t li = service_receive(SILENT);
	struct case_row row;
	struct found found = { .count = 0 };

	(void)state;
	assert_int_equal(press(li, NULL, &answer), FOUND);
	assert_int_equal(press(li, TEXT, &answer), FAILED);
	assert_int_equal(service.work.error.kind, ERROR_REFUSED);
	/* Nothing of it has happened. */
	assert_int_equal(store_case_get(service.work.store, li, &row, &service.work.error),
	    FOUND);
	assert_int_equal(row.state, STATE_CLAIMED);
	assert_int_equal(row.attempts, 0);
	assert_done(store_message_each_of_case(service.work.store, li, keep, &found,
	    &service.work.error));
	assert_int_equal(found.count, 0);
}

static void
reads_what_is_to_be_sent(void **state)
{
	static const struct { const char *written, *text; enum text_fault fault; int parts; } rows[] = {
		{ "  Hej! \r\nVi ringer. ", "Hej! \nVi ringer.", TEXT_OK, 1 },
		{ "", "", TEXT_EMPTY, 0 },
		{ " \n ", "", TEXT_EMPTY, 0 },
		{ "Hej\a", "", TEXT_CHARACTERS, 0 },
		{ "Hej \x1b!", "", TEXT_CHARACTERS, 0 },
		{ "Hej \u202e!", "Hej !", TEXT_OK, 1 },
	};
	char text[TEXT_MAX * 4 + 1], longest[2000];
	struct sms_segments parts;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_int_equal(text_read(rows[i].written, text, &parts), rows[i].fault);
		assert_string_equal(text, rows[i].text);
		assert_int_equal(parts.count, rows[i].parts);
	}
	for (size_t length = 917; length <= 1001; length++) {
		memset(longest, 'a', length);
		longest[length] = '\0';
		assert_int_equal(text_read(longest, text, &parts),
		    length <= 918 ? TEXT_OK : TEXT_LONG);
		assert_int_equal(parts.count, length <= 918 ? 6 : length <= 1000 ? 7 : 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STAFF(text_counts_as_an_attempt_at_once),
		WITH_STAFF(silent_contact_gets_no_text),
		cmocka_unit_test(reads_what_is_to_be_sent),
	};

	return cmocka_run_group_tests(tests, staff_begin, staff_end);
}
