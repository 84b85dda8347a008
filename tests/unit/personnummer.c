/* A personnummer among what people write, told apart from a telephone number. */
#include <setjmp.h>
#include <stdarg.h>

#include "base/base.h"
#include "rules/rules.h"

#include <cmocka.h>

static void
finds_one(void **state)
{
	/* Numbers of Skatteverket's for tests and of its examples, and made ones. */
	static const char *const rows[] = {
		"811228-9874", "640823-3234", "6408233234", "19640823-3234", "196408233234",
		"640823+3234", "640823\u20133234", "640823\u20113234", "640823\u22123234",
		"640823 - 3234", "640823 3234", "1964-08-23-3234", "64 08 23 3234",
		"64-08-23-3234", "1964 0823 3234x 640823-3234",
		"701063-2391", "19701063-2391",			/* samordningsnummer: the day + 60 */
		"000229-0005", "20000229-0005",			/* a leap day */
		"Bo 640823-3234", "640823-3234 Bo", "pnr:640823-3234.", "(640823-3234)",
		"17 640823-3234", "mitt nummer är 640823-3234, ring", "６４０８２３-３２３４",
		"٦٤٠٨٢٣-٣٢٣٤", "Tel 070-174 06 05, född 640823-3234", "a\n640823-3234",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (!personnummer_in(rows[i]))
			fail_msg("\"%s\" is not seen", rows[i]);
	}
}

static void
passes_over_others(void **state)
{
	static const char *const rows[] = {
		"", "Bo", "070-174 06 05", "0701740605", "070-1740605", "070174 06 05",
		"+46 70 174 06 05", "+46701740605", "08-123 456 78", "0550-880 00", "054-540 00 00",
		"640823-3235",			/* the check digit */
		"641323-3237", "640832-3233", "640800-3231", "640230-3231",	/* no date */
		"010229-0004", "19000229-0005",
		"+640823-3234", "+64 0823 3234", "640823-32345", "1640823-3234x",
		"64082-33234", "640823-323", "17640823-3234", "21640823-3234",
		"0701740605 0701740606", "123456789012345", "1781", "2026-11-30",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (personnummer_in(rows[i]))
			fail_msg("\"%s\" is taken for one", rows[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_one),
		cmocka_unit_test(passes_over_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
