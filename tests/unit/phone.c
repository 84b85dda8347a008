/* Phone numbers as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

#include <cmocka.h>

struct row {
	const char *written, *e164;
};

static void
expect_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char e164[PHONE_MAX] = "";

		if (phone_parse(rows[i].written, e164) != 0)
			fail_msg("\"%s\" is refused", rows[i].written);
		if (strcmp(e164, rows[i].e164) != 0)
			fail_msg("\"%s\" is read as %s", rows[i].written, e164);
	}
}

static void
reads_swedish_mobiles(void **state)
{
	static const struct row rows[] = {
		{ "0701740605", "+46701740605" },
		{ "070-1740605", "+46701740605" },
		{ "070-174 06 05", "+46701740605" },
		{ "070 - 174 06 05", "+46701740605" },
		{ "070/174 06 05", "+46701740605" },
		{ "(070) 174 06 05", "+46701740605" },
		{ "(0)70 174 06 05", "+46701740605" },
		{ "070.174.06.05", "+46701740605" },
		{ "0 7 0 1 7 4 0 6 0 5", "+46701740605" },
		{ "  0701740605  ", "+46701740605" },
		{ "\t0701740605", "+46701740605" },
		{ "+46701740605", "+46701740605" },
		{ "+46 70 174 06 05", "+46701740605" },
		{ "+46 (0)70-174 06 05", "+46701740605" },
		{ "+46 0701740605", "+46701740605" },
		{ "(+46) 70 174 06 05", "+46701740605" },
		{ "+ 46 70 174 06 05", "+46701740605" },
		{ "0046701740605", "+46701740605" },
		{ "00 46 (0)70 174 06 05", "+46701740605" },
		{ "+0046701740605", "+46701740605" },
		{ "46701740605", "+46701740605" },
		{ "(46) 070-174 06 05", "+46701740605" },
		{ "701740605", "+46701740605" },
		{ "70-174 06 05", "+46701740605" },
		{ "0721740605", "+46721740605" },
		{ "0731740605", "+46731740605" },
		{ "0761740605", "+46761740605" },
		{ "0791740605", "+46791740605" },
		{ "0786-71 14 67", "+46786711467" },
	};

	(void)state;
	expect_rows(rows, COUNT_OF(rows));
}

static void
reads_what_phones_and_scripts_add(void **state)
{
	static const struct row rows[] = {
		{ "070\u00a0174\u00a006\u00a005", "+46701740605" },
		{ "070\u2013174 06 05", "+46701740605" },
		{ "070\u2011174\u202f06\u202f05", "+46701740605" },
		{ "070\u2212174 06 05", "+46701740605" },
		{ "\u202a070-174 06 05\u202c", "+46701740605" },
		{ "\u200e+46 70 174 06 05", "+46701740605" },
		{ "\ufeff070\u200b174\ufeff0605", "+46701740605" },
		{ "\uff0b\uff14\uff16701740605", "+46701740605" },
		{ "tel:+46701740605", "+46701740605" },
		{ "Mobil: 070-174 06 05", "+46701740605" },
		{ "📞 070-174 06 05", "+46701740605" },
		{ "هاتف: 070-1740605", "+46701740605" },
		{ "O70-174 06 05", "+46701740605" },
		{ "٠٧٠١٧٤٠٦٠٥", "+46701740605" },
		{ "+٤٦ ٧٠ ١٧٤ ٠٦ ٠٥", "+46701740605" },
		{ "۰۷۰۱۷۴۰۶۰۵", "+46701740605" },
		{ "๐๗๐๑๗๔๐๖๐๕", "+46701740605" },
	};

	(void)state;
	expect_rows(rows, COUNT_OF(rows));
}

static void
reads_landlines_and_offices(void **state)
{
	static const struct row rows[] = {
		{ "08-123 456 78", "+46812345678" },
		{ "08-12 34 56", "+468123456" },
		{ "0550-880 00", "+4655088000" },
		{ "0550-88 00 00", "+46550880000" },
		{ "054-540 00 00", "+46545400000" },
		{ "+46 (0)54 540 00 00", "+46545400000" },
		{ "010-123 45 67", "+46101234567" },
		{ "020-85 20 00", "+4620852000" },
		{ "0771-41 64 16", "+46771416416" },
	};

	(void)state;
	expect_rows(rows, COUNT_OF(rows));
}

static void
reads_other_countries(void **state)
{
	static const struct row rows[] = {
		{ "+47 22 33 44 55", "+4722334455" },
		{ "0047 412 34 567", "+4741234567" },
		{ "+45 12 34 56 78", "+4512345678" },
		{ "+358 40 123 4567", "+358401234567" },
		{ "+358 (0)40 123 4567", "+358401234567" },
		{ "+358 040 1234567", "+358401234567" },
		{ "+358 9 1234", "+35891234" },
		{ "+354 612 3456", "+3546123456" },
		{ "+354 381 234 567", "+354381234567" },
		{ "+44 (0)20 7946 0958", "+442079460958" },
		{ "+1 (212) 555-0123", "+12125550123" },
		{ "+7 912 345 67 89", "+79123456789" },
		{ "+39 06 1234 5678", "+390612345678" },
		{ "+225 07 12 34 56 78", "+2250712345678" },
		{ "+252 61 2345678", "+252612345678" },
		{ "+380 67 123 4567", "+380671234567" },
		{ "+291 7 123 456", "+2917123456" },
	};

	(void)state;
	expect_rows(rows, COUNT_OF(rows));
}

static void
refuses_what_cannot_be_rung(void **state)
{
	static const char *const rows[] = {
		"", " ", "-", "+", "00", "0", "112", "90101", "abc", "070", "070-174060",
		"070-17406055", "+4670174060", "+467017406055", "0046", "+46",
		"+0701740605", "+00046701740605", "++46701740605", "+46+701740605",
		"46+701740605", "0701740605+", "070-1740605 x12", "070-174O605",
		"070-174 06 O5", "070-1740605 eller 070-1740606", "070-1740605/070-1740606",
		"070-1740605,", "tel", "070-1740605 hem", "<b>070-1740605", "0701740605\n",
		"070\n1740605", "0711740605", "0741740605", "0751740605", "078-17406",
		"4608-123 456", "0771-41 64", "0900-123 45 67", "0939-123 45 67",
		"0944-123 45 67", "099-123 45 67", "00 00 701740605", "08-123 45",
		"08-123 456 789", "123456789", "81234567", "+45 1234567", "+45 123456789",
		"+47 1234567", "+47 123456789", "+47 01234567", "+358 1234",
		"+358 1234567890123", "+354 12345678", "+354 123456", "+1 23456",
		"+44 12345678901234", "+44 0020 7946 0958", "12345678901234567890123456789",
		"0\377701740605", "0\xc3", "٠٧٠", "①⑦⓪①⑦④⓪⑥⓪⑤",
		"0️⃣7️⃣0️⃣1️⃣7️⃣4️⃣0️⃣6️⃣0️⃣5️⃣", "198001011234", "19800101-1234", "tel:",
		"Bo 17 år 070-1740605",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char e164[PHONE_MAX];

		if (phone_parse(rows[i], e164) != -1)
			fail_msg("\"%s\" is read as %s", rows[i], e164);
	}
}

static void
shows_numbers_as_one_reads_them(void **state)
{
	static const struct row rows[] = {
		{ "+46701740605", "070-174 06 05" },
		{ "+46812345678", "08-123 456 78" },
		{ "+468123456", "08-12 34 56" },
		{ "+46545400000", "054-540 00 00" },
		{ "+4655088000", "0550-880 00" },
		{ "+46550880000", "0550-88 00 00" },
		{ "+4620852000", "020-85 20 00" },
		{ "+46771416416", "0771-41 64 16" },
		{ "+4722334455", "+47 22 33 44 55" },
		{ "+12125550123", "+1 21 25 55 01 23" },
		{ "+3546123456", "+354 612 34 56" },
		{ "+442079460958", "+44 20 79 46 09 58" },
		{ "+123456789012345", "+1 23 45 67 89 01 23 45" },
		{ "", "" },
		{ "112", "112" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char shown[32];

		phone_show(rows[i].written, shown);
		assert_string_equal(shown, rows[i].e164);
	}
}

static void
reads_what_it_shows(void **state)
{
	static const char *const rows[] = {
		"+46701740605", "+46812345678", "+4655088000", "+4722334455", "+3546123456",
		"+390612345678", "+999123456789012",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char shown[32], again[PHONE_MAX];

		phone_show(rows[i], shown);
		assert_int_equal(phone_parse(shown, again), 0);
		assert_string_equal(again, rows[i]);
	}
}

static void
says_why_it_is_none(void **state)
{
	static const struct {
		const char *written;
		enum fault fault;
	} rows[] = {
		{ "4740612345", FAULT_PHONE_ABROAD }, { "47 40 61 23 45", FAULT_PHONE_ABROAD },
		{ "358 40 123 4567", FAULT_PHONE_ABROAD }, { "4915112345678", FAULT_PHONE_ABROAD },
		{ "963 944 123 456", FAULT_PHONE_ABROAD }, { "٩٦٣٩٤٤١٢٣٤٥٦", FAULT_PHONE_ABROAD },
		{ "0550-880 00 ankn 123", FAULT_PHONE_EXTENSION },
		{ "0550-880 00, ankn. 123", FAULT_PHONE_EXTENSION },
		{ "0550-880 00 anknytning 12", FAULT_PHONE_EXTENSION },
		{ "0550-880 00 ext. 12", FAULT_PHONE_EXTENSION },
		{ "0550-88000 x12", FAULT_PHONE_EXTENSION }, { "0550-88000#12", FAULT_PHONE_EXTENSION },
		{ "+46 550 880 00;ext=12", FAULT_PHONE_EXTENSION },
		{ "0550-880 00 slå 2", FAULT_PHONE_EXTENSION }, { "0550-880 00 ANKN 1", FAULT_PHONE_EXTENSION },
		{ "070-174 06 05 eller 070-174 06 06", FAULT_PHONE_TWO },
		{ "070-1740605/070-1740606", FAULT_PHONE_TWO },
		{ "070-174 06 05, 070-174 06 06", FAULT_PHONE_TWO },
		{ "070-174 06 05 och 0550-880 00", FAULT_PHONE_TWO },
		{ "640823-3234", FAULT_PERSONNUMMER }, { "6408233234", FAULT_PERSONNUMMER },
		{ "19640823-3234", FAULT_PERSONNUMMER }, { "640883-3231", FAULT_PERSONNUMMER },
		{ "12345", FAULT_PHONE }, { "vet inte", FAULT_PHONE }, { "070-174 06", FAULT_PHONE },
		{ "0900-123 45 67", FAULT_PHONE }, { "", FAULT_PHONE }, { "070 174 06 05 eller 06", FAULT_PHONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (phone_fault(rows[i].written) != rows[i].fault)
			fail_msg("\"%s\" is %d, not %d", rows[i].written, phone_fault(rows[i].written),
			    rows[i].fault);
	}
}

static void
knows_mobiles(void **state)
{
	(void)state;
	assert_int_equal(phone_kind("+46701740605"), PHONE_MOBILE);
	assert_int_equal(phone_kind("+46791740605"), PHONE_MOBILE);
	assert_int_equal(phone_kind("+46501234567"), PHONE_LANDLINE);
	assert_int_equal(phone_kind("+46812345678"), PHONE_LANDLINE);
	assert_int_equal(phone_kind("+46771416416"), PHONE_LANDLINE);
	assert_int_equal(phone_kind("+4740612345"), PHONE_NORWAY);
	assert_int_equal(phone_kind("+4532123456"), PHONE_ABROAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_swedish_mobiles),
		cmocka_unit_test(reads_what_phones_and_scripts_add),
		cmocka_unit_test(reads_landlines_and_offices),
		cmocka_unit_test(reads_other_countries),
		cmocka_unit_test(refuses_what_cannot_be_rung),
		cmocka_unit_test(shows_numbers_as_one_reads_them),
		cmocka_unit_test(reads_what_it_shows),
		cmocka_unit_test(says_why_it_is_none),
		cmocka_unit_test(knows_mobiles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
