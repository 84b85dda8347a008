/* Broken hours, areas, queues and routes, and files that libconfig would stumble over. */
#include "config_file.h"

static const struct broken hours[] = {
	{ "\"08:00-16:30\"", "\"8-16\"",
	    "s.conf:27: \"8-16\" is not a span of two times; write hours = "
	    "\"08:00-16:30\";" },
	{ "\"08:00-16:30\"", "\"08:00-24:00\"",
	    "s.conf:27: \"08:00-24:00\" is not a span of two times; write hours = "
	    "\"08:00-16:30\";" },
	{ "\"08:00-16:30\"", "\"08:60-16:30\"",
	    "s.conf:27: \"08:60-16:30\" is not a span of two times; write hours = "
	    "\"08:00-16:30\";" },
	{ "\"08:00-16:30\"", "\"16:30-08:00\"",
	    "s.conf:27: \"16:30-08:00\" ends before it begins; write hours = \"08:00-16:30\";" },
	{ "\"13:00-15:00\"", "\"13:00-13:00\"",
	    "s.conf:31: \"13:00-13:00\" ends before it begins; write friday = \"08:00-16:30\";" },
	{ "\"08:00-16:30\"", "{}",
	    "s.conf:27: hours has no day, so the queue is never open; write hours = "
	    "\"08:00-16:30\";" },
	{ "\"2026-12-22\"", "\"2026-12-22\", \"2026-12-22\"",
	    "s.conf:29: 2026-12-22 stands twice; remove one" },
	{ "day = \"2026-12-23\"", "day = \"2026-12-22\"",
	    "s.conf:30: 2026-12-22 stands twice; remove one" }
};

static const struct broken places[] = {
	{ "\"1781\"", "\"17811\"",
	    "s.conf:18: code \"17811\" is not a municipality's four digits; write code = "
	    "\"1781\";" },
	{ "\"1765\"", "\"1781\"",
	    "s.conf:21: area code 1781 is taken by line 18; write another code" },
	{ "\"arjang\"", "\"kristinehamn\"",
	    "s.conf:21: slug \"kristinehamn\" is taken by line 18; write another slug" },
	{ "\"arjang\"", "\"Årjäng\"",
	    "s.conf:21: slug \"Årjäng\" has other characters than a-z, 0-9 and - between them; "
	    "write slug = \"kristinehamn\";" },
	{ "\"arjang\"", "\"robots.txt\"",
	    "s.conf:21: slug \"robots.txt\" has other characters than a-z, 0-9 and - between "
	    "them; write slug = \"kristinehamn\";" },
	{ "\"arjang\"", "\"-arjang\"",
	    "s.conf:21: slug \"-arjang\" has other characters than a-z, 0-9 and - between "
	    "them; write slug = \"kristinehamn\";" },
	{ "\"arjang\"", "\"staff\"",
	    "s.conf:21: slug \"staff\" is the address of another page; write slug = "
	    "\"kristinehamn\";" },
	{ "\"arjang\"", "\"q\"",
	    "s.conf:21: slug \"q\" is the address of another page; write slug = "
	    "\"kristinehamn\";" },
	{ "\"arjang\"", "\"nummer\"",
	    "s.conf:21: slug \"nummer\" is the address of another page; write slug = "
	    "\"kristinehamn\";" },
	{ "open = false; ", "",
	    "s.conf:21: area Årjäng is open and opens later; write open = false; or remove "
	    "opens" },
	{ "open = false; ", "open = false; elsewhere = 1; ",
	    "s.conf:23: elsewhere is neither true nor false; write elsewhere = true;" },
	{ "id = \"kaa\"", "id = \"unga\"",
	    "s.conf:28: queue id \"unga\" is taken by line 26; write another id" },
	{ "id = \"kaa\"", "id = \"KAA\"",
	    "s.conf:28: id \"KAA\" has other characters than a-z, 0-9 and - between them; "
	    "write id = \"kristinehamn-unga\";" },
	{ "area = \"1781\"", "area = \"1780\"",
	    "s.conf:34: no area has the code \"1780\"; write one of those under areas, such as "
	    "area = \"1781\";" },
	{ "queue = \"kaa\"", "queue = \"kaaa\"",
	    "s.conf:34: no queue has the id \"kaaa\"; write one of those under queues, such as "
	    "queue = \"unga\";" },
	{ "\"15-17\"", "\"15-18\"",
	    "s.conf:34: unknown age \"15-18\"; use one of: under15, 15-17, 18-19, "
	    "20-24, 25-29, 30plus, unsaid" },
	{ "\"15-17\"", "\"18-19\"", "s.conf:34: age \"18-19\" stands twice; remove one" },
	{ "[ \"15-17\", \"18-19\" ]", "[]",
	    "s.conf:34: age is empty; write age = [ \"15-17\", \"18-19\" ];" },
	{ "who = \"self\"", "who = \"me\"",
	    "s.conf:34: unknown who \"me\"; use one of: self, relative, "
	    "professional" }
};

/* What libconfig would stumble over, or end the process for. */
static const struct broken files[] = {
	{ "areas = (", "@include \"/tmp\"\nareas = (",
	    "s.conf:17: @include is not allowed; write all in one file" },
	{ "areas = (", " \t@include \"/dev/stdin\"\nareas = (",
	    "s.conf:17: @include is not allowed; write all in one file" },
	{ "Torget 1", "Torget \xc3", "s.conf:19: the line is not UTF-8; save the file as UTF-8" },
	{ "place = \"Torget 1\"", "place \"Torget 1\"",
	    "s.conf:19: syntax error; write each setting as key = value; with texts in quotes, "
	    "groups in { } and lists of groups in ( )" },
	{ "half = ( { day = \"2027-04-30\"; hours = \"08:00-12:00\"; } )",
	    "half = [ { day = 1; } ]",
	    "s.conf:13: syntax error; write each setting as key = value; with texts in quotes, "
	    "groups in { } and lists of groups in ( )" }
};

TABLE_TEST(hours)
TABLE_TEST(places)
TABLE_TEST(files)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_wrong_hours),
		cmocka_unit_test(refuses_wrong_places),
		cmocka_unit_test(refuses_wrong_files)
	};

	return cmocka_run_group_tests(tests, config_folder_make, config_folder_remove);
}
