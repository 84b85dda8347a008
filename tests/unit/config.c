/* Broken settings: each says file, line, what is wrong and what to write. */
#include "config_file.h"

static const struct broken keys[] = {
	{ "zone = ", "zonn = ",
	    "s.conf:3: the service has no key \"zonn\"; the nearest is \"zone\"" },
	{ "colour = ", "color = ",
	    "s.conf:19: area has no key \"color\"; the nearest is \"colour\"" },
	{ "promise_days", "days_promise",
	    "s.conf:27: queue has no key \"days_promise\"; its keys are id, name, phone, "
	    "promise_days, hours, closed, half, message" },
	{ "message = true", "saturday = true",
	    "s.conf:27: queue has no key \"saturday\"; its keys are id, name, phone, "
	    "promise_days, hours, closed, half, message" },
	{ "friday", "sunday",
	    "s.conf:31: hours has no key \"sunday\"; the nearest is \"monday\"" },
	{ "; who =", "; whom =",
	    "s.conf:34: route has no key \"whom\"; the nearest is \"who\"" },
	{ "checked", "chekced",
	    "s.conf:15: crisis line has no key \"chekced\"; the nearest is \"checked\"" },
	{ "{ day =", "{ days =",
	    "s.conf:13: half day has no key \"days\"; the nearest is \"day\"" },
	{ "name = \"Unga\";", "",
	    "s.conf:1: the service has no name; write name = \"Ungdomsvägen\";" },
	{ " name = \"Kristinehamn\";", "",
	    "s.conf:18: area has no name; write name = \"Kristinehamn\";" },
	{ "phone = \"070-174 06 10\";", "",
	    "s.conf:18: area has no phone; write phone = \"070-174 06 10\";" },
	{ "place = \"Torget 1\";", "",
	    "s.conf:18: area has no place; write place = \"Ungdomscentrum, Kungsgatan 30\";" },
	{ "responsible = \"Kommunen\";", "",
	    "s.conf:18: area has no responsible; write responsible = \"Kristinehamns kommun\";" },
	{ "hours = \"08:00-16:30\";", "",
	    "s.conf:26: queue has no hours; write hours = \"08:00-16:30\";" },
	{ " queue = \"kaa\";", "",
	    "s.conf:34: route has no queue; write queue = \"kristinehamn-unga\";" },
	{ "checked = \"2026-11-23\";", "",
	    "s.conf:15: crisis line has no checked; write checked = \"2026-11-23\";" },
	{ "name = \"Unga\";", "name = \"Unga\"; name = \"Nya\";",
	    "s.conf:1: duplicate setting name; write each setting as key = value; with texts "
	    "in quotes, groups in { } and lists of groups in ( )" },
	{ "areas = (\n  {", "areas = (\n  1, {",
	    "s.conf:18: area is not a group; write { code = \"1781\"; ... }" },
	{ "\"2026-12-22\" ]", "]",
	    "s.conf:29: closed is empty; write closed = [ \"2026-12-23\" ];" },
	{ "closed = [ \"2026-12-23\" ]", "closed = \"2026-12-23\"",
	    "s.conf:12: closed is not a list; write closed = [ \"2026-12-23\" ];" }
};

static const struct broken values[] = {
	{ "name = \"Unga\"", "name = 3",
	    "s.conf:1: name is not a text in quotes; write name = \"Ungdomsvägen\";" },
	{ "name = \"Unga\"", "name = \" \"",
	    "s.conf:1: name is empty; write name = \"Ungdomsvägen\";" },
	{ "name = \"Unga\"", "name = \"\\xff\"",
	    "s.conf:1: name is not UTF-8; write name = \"Ungdomsvägen\";" },
	{ "name = \"Unga\"", "name = \"U\\nnga\"",
	    "s.conf:1: name holds a control character or line break; write name = "
	    "\"Ungdomsvägen\";" },
	{ "\"Unga\"",
	    "\"UngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUngaUnga+\"",
	    "s.conf:1: name is 81 bytes long, the most is 80; write name = \"Ungdomsvägen\";" },
	{ "https://unga.example.se", "https://unga.example.se/",
	    "s.conf:2: base_url \"https://unga.example.se/\" is not http(s)://host[:port] "
	    "without a slash at the end; write base_url = \"https://ungdom.example.se\";" },
	{ "https://unga.example.se", "unga.example.se",
	    "s.conf:2: base_url \"unga.example.se\" is not http(s)://host[:port] without a "
	    "slash at the end; write base_url = \"https://ungdom.example.se\";" },
	{ "Europe/Stockholm", "Europe/Stockhlm",
	    "s.conf:3: this machine has no time zone \"Europe/Stockhlm\"; write zone = "
	    "\"Europe/Stockholm\";" },
	{ "Europe/Stockholm", "../../../etc/passwd",
	    "s.conf:3: this machine has no time zone \"../../../etc/passwd\"; write zone = "
	    "\"Europe/Stockholm\";" },
	{ "minutes = 30", "minutes = 4",
	    "s.conf:4: session_minutes is 4, outside 5-720; write session_minutes = 30;" },
	{ "minutes = 30", "minutes = 30.5",
	    "s.conf:4: session_minutes is not a whole number; write session_minutes = 30;" },
	{ "follow_days = 10;", "follow_days = 10; offer_days = 0;",
	    "s.conf:5: offer_days is 0, outside 1-30; write offer_days = 2;" },
	{ "months = 24", "months = 0",
	    "s.conf:6: retention_months is 0, outside 1-120; write retention_months = 24;" },
	{ "promise_days = 3", "promise_days = 31",
	    "s.conf:27: promise_days is 31, outside 1-30; write promise_days = 3;" },
	{ "promise_days = 3", "promise_days = \"3\"",
	    "s.conf:27: promise_days is not a whole number; write promise_days = 3;" },
	{ "https://www.digg.se/x", "http://www.digg.se/x",
	    "s.conf:7: supervision_url \"http://www.digg.se/x\" is not an https address; write "
	    "supervision_url = \"https://www.digg.se/tdosanmalan\";" },
	{ "name = \"Unga\";", "name = \"Unga\"; security_contact = \"me@example.se\";",
	    "s.conf:1: security_contact \"me@example.se\" does not begin with mailto:, https:// "
	    "or tel:+, or has a space; write security_contact = \"mailto:sakerhet@example.se\";" },
	{ "message = true", "message = 1",
	    "s.conf:27: message is neither true nor false; write message = true;" },
	{ "#0b4a5e", "0b4a5e7",
	    "s.conf:19: colour \"0b4a5e7\" is not # and six hex digits; write colour = "
	    "\"#0b4f6c\";" },
	{ "#0b4a5e", "#0b4a5g",
	    "s.conf:19: colour \"#0b4a5g\" is not # and six hex digits; write colour = "
	    "\"#0b4f6c\";" },
	{ "#0b4a5e", "#fff",
	    "s.conf:19: colour \"#fff\" is not # and six hex digits; write colour = "
	    "\"#0b4f6c\";" },
	{ "#0b4a5e", "#0099cc",
	    "s.conf:19: colour \"#0099cc\" is too light for white text; write colour = "
	    "\"#0b4f6c\";" },
	{ "070-174 06 10", "ring oss",
	    "s.conf:19: phone \"ring oss\" is not a telephone number; write phone = \"070-174 "
	    "06 10\";" },
	{ "070-174 06 12", "070-17",
	    "s.conf:26: phone \"070-17\" is not a telephone number; write phone = \"070-174 06 "
	    "11\";" },
	{ "number = \"112\"", "number = \"SOS\"",
	    "s.conf:15: number \"SOS\" is not a telephone number; write number = \"90101\";" },
	{ "\"2026-11-23\"", "\"2026-02-29\"",
	    "s.conf:15: \"2026-02-29\" is not a day that exists; write checked = "
	    "\"2026-11-23\";" },
	{ "\"2026-12-23\"", "\"23 december\"",
	    "s.conf:12: \"23 december\" is not a day that exists; write closed = [ "
	    "\"2026-12-23\" ];" }
};

static const struct broken texts[] = {
	{ "{ sv = \"Ring {phone}.\";", "{",
	    "s.conf:10: privacy has no Swedish; write privacy = { sv = \"...\"; }" },
	{ "{phone} now", "{fone} now",
	    "s.conf:10: privacy in en: \"{fone} now.\" cannot be filled in; write "
	    "{responsible}, {name}, {phone}, {place} or {months}" },
	{ "{place}.", "{place",
	    "s.conf:11: accessibility in sv: \"{place\" cannot be filled in; write "
	    "{responsible}, {name}, {phone}, {place} or {months}" },
	{ "en = ", "engelska = ",
	    "s.conf:10: \"engelska\" is not the tag of a language; write such as sv, en or ar" },
	{ "accessibility = \"Kom till {place}.\";", "",
	    "s.conf:18: area Kristinehamn has no accessibility; write it here, or once for all "
	    "areas" }
};

TABLE_TEST(keys)
TABLE_TEST(values)
TABLE_TEST(texts)

static void
accepts_a_right_file(void **context)
{
	(void)context;
	config_write("Unga", "Unga");
	assert_string_equal(config_complaint(), "");
}

static void
names_a_file_that_is_missing(void **context)
{
	(void)context;
	(void)unlink(config_path);
	assert_string_equal(config_complaint(), "s.conf: No such file or directory");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_a_right_file),
		cmocka_unit_test(refuses_wrong_keys),
		cmocka_unit_test(refuses_wrong_values),
		cmocka_unit_test(refuses_wrong_texts),
		cmocka_unit_test(names_a_file_that_is_missing)
	};

	return cmocka_run_group_tests(tests, config_folder_make, config_folder_remove);
}
