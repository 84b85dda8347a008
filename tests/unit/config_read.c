/* What a right configuration is read into, and that no file ends the process. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "config_file.h"

static struct config config;

static void
read_with(const char *find, const char *replace)
{
	struct error error = { 0 };

	config_write(find, replace);
	if (config_load(&config, config_path, &error) == -1)
		fail_msg("%s", error.text);
}

static void
reads_the_settings_of_the_service(void **context)
{
	(void)context;
	read_with("Unga", "Unga");
	assert_string_equal(config.file, config_path);
	assert_string_equal(config.service_name, "Unga");
	assert_string_equal(config.base_url, "https://unga.example.se");
	assert_int_equal(config.base_url_line, 2);
	assert_false(config.demonstration);
	assert_int_equal(config.demonstration_line, 1);
	assert_int_equal(config.session_minutes, 30);
	assert_int_equal(config.follow_days, 10);
	assert_int_equal(config.offer_days, 2);
	assert_int_equal(config.retention_months, 24);
	assert_int_equal(config.crisis_count, 1);
	assert_int_equal(config.crisis[0].checked_day, day_from_date(2026, 11, 23));
	assert_int_equal(config.crisis[0].line, 15);
	config_free(&config);
	assert_null(config.areas);
	read_with("follow_days = 10;", "follow_days = 10; offer_days = 5;");
	assert_int_equal(config.offer_days, 5);
	config_free(&config);
}

static void
reads_areas(void **context)
{
	(void)context;
	read_with("Unga", "Unga");
	assert_int_equal(config.areas_count, 2);
	assert_true(config.areas[0].open);
	assert_int_equal(config.areas[0].line, 18);
	assert_null(config.areas[0].logo);
	assert_false(config.areas[1].open);
	assert_int_equal(config.areas[1].opens_day, day_from_date(2027, 8, 16));
	assert_ptr_equal(config_area(&config, "1765"), &config.areas[1]);
	assert_ptr_equal(config_area(&config, "ARJANG"), &config.areas[1]);
	assert_ptr_equal(config_area(&config, "åRJÄNG"), &config.areas[1]);
	assert_null(config_area(&config, "årjän"));
	assert_null(config_area(&config, ""));
	assert_null(config_queue(&config, "Unga"));
	assert_ptr_equal(config_queue(&config, "kaa"), &config.queues[1]);
	config_free(&config);
}

static void
assert_hours(const struct config_hours *hours, int opens, int closes)
{
	assert_int_equal(hours->opens, opens);
	assert_int_equal(hours->closes, closes);
}

static void
reads_opening_hours(void **context)
{
	(void)context;
	read_with("Unga", "Unga");
	for (int day = 1; day <= 5; day++)
		assert_hours(&config.queues[0].week[day], 480, 990);
	assert_hours(&config.queues[0].week[0], 0, 0);
	assert_hours(&config.queues[0].week[6], 0, 0);
	assert_hours(&config.queues[1].week[1], 540, 720);
	assert_hours(&config.queues[1].week[2], 0, 0);
	assert_hours(&config.queues[1].week[5], 780, 900);
	config_free(&config);
}

/* The service's days come to each queue, sorted; the queue's own go before them. */
static void
special_days_of_the_service_reach_each_queue(void **context)
{
	const struct config_special_day *day;

	(void)context;
	read_with("Unga", "Unga");
	assert_int_equal(config.queues[0].special_count, 2);
	day = config.queues[0].special;
	assert_int_equal(day[0].day, day_from_date(2026, 12, 23));
	assert_hours(&day[0].hours, 0, 0);
	assert_int_equal(day[1].day, day_from_date(2027, 4, 30));
	assert_hours(&day[1].hours, 480, 720);
	assert_int_equal(config.queues[1].special_count, 3);
	day = config.queues[1].special;
	assert_int_equal(day[0].day, day_from_date(2026, 12, 22));
	assert_int_equal(day[1].day, day_from_date(2026, 12, 23));
	assert_hours(&day[1].hours, 540, 660);
	assert_int_equal(day[2].day, day_from_date(2027, 4, 30));
	config_free(&config);
}

static void
reads_routes(void **context)
{
	(void)context;
	read_with("Unga", "Unga");
	assert_int_equal(config.routes_count, 2);
	assert_string_equal(config.routes[0].area, "1781");
	assert_int_equal(config.routes[0].ages, 1 << AGE_15_17 | 1 << AGE_18_19);
	assert_int_equal(config.routes[0].kinds, 1 << WHO_SELF);
	assert_int_equal(config.routes[0].speaks, 1 << SPEAK_SV | 1 << SPEAK_OTHER);
	assert_int_equal(config.routes[0].queue, 1);
	assert_int_equal(config.routes[0].line, 34);
	assert_null(config.routes[1].area);
	assert_int_equal(config.routes[1].ages, (1 << AGE_COUNT) - 1);
	assert_int_equal(config.routes[1].line, 35);
	/* One of the two queues of 1781 takes no message; 1765 has the other alone. */
	assert_false(config.areas[0].message);
	assert_true(config.areas[1].message);
	config_free(&config);
	read_with("age = [ \"15-17\", \"18-19\" ]; who = \"self\"; queue = \"kaa\"; },",
	    "queue = \"unga\"; }, { area = \"1781\"; queue = \"kaa\"; },");
	assert_true(config.areas[0].message);
	config_free(&config);
}

static void
texts_are_tidied_and_filled_in(void **context)
{
	const char *language;

	(void)context;
	read_with("\"Ring {phone}.\"", "\"\n\n  Ett \t\r\n\ttvå {months}.\n \n\n  {name}\n\n\"");
	assert_string_equal(config_text(&config.areas[0].privacy, "sv", &language),
	    "Ett två 24.\n\nKristinehamn");
	assert_string_equal(language, "sv");
	assert_string_equal(config_text(&config.areas[0].privacy, "EN", &language),
	    "Ring \u2068070-174 06 10\u2069 now.");
	assert_string_equal(language, "en");
	assert_string_equal(config_text(&config.areas[1].privacy, "en", NULL),
	    "Ring \u2068070-174 06 11\u2069 now.");
	assert_string_equal(config_text(&config.areas[1].accessibility, "ar", &language),
	    "Kom till Torget 2.");
	assert_string_equal(language, "sv");
	config_free(&config);
}

static void
the_environment_replaces_base_url(void **context)
{
	static const char *const wrong[] = {
		"ftp://x", "http://", "http://x/", "http://x/y", "http://x:", "http://x:999999",
		"http://x y", "http://.x", "https://x?y", "http://u@x"
	};

	(void)context;
	assert_int_equal(setenv("EGENREMISS_URL", "http://localhost:8888", 1), 0);
	read_with("Unga", "Unga");
	assert_string_equal(config.base_url, "http://localhost:8888");
	config_free(&config);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		char expected[200];

		assert_int_equal(setenv("EGENREMISS_URL", wrong[i], 1), 0);
		(void)snprintf(expected, sizeof(expected), "EGENREMISS_URL: \"%s\" is not "
		    "http(s)://host[:port] without a slash at the end; write "
		    "EGENREMISS_URL=https://ungdom.example.se", wrong[i]);
		assert_string_equal(config_complaint(), expected);
	}
	assert_int_equal(unsetenv("EGENREMISS_URL"), 0);
}

/* Only a demonstration heeds what tests ask for, and never waits longer for it. */
static void
the_environment_shortens_waits_of_a_demonstration(void **context)
{
	static const char *const wrong[] = { "9", "1001", "-50", "x", "50x", "1e2", "99999999999999999999" };

	(void)context;
	assert_int_equal(setenv("EGENREMISS_TEST_LOOK_MS", "50", 1), 0);
	assert_int_equal(setenv("EGENREMISS_TEST_ANSWER_MS", "1500", 1), 0);
	read_with("session_minutes = 30;", "session_minutes = 30;");
	assert_int_equal(config.waits.look, 1000);
	assert_int_equal(config.waits.answer, 60000);
	config_free(&config);
	read_with("session_minutes = 30;", "session_minutes = 30; demonstration = true;");
	assert_int_equal(config.waits.look, 50);
	assert_int_equal(config.waits.answer, 1500);
	config_free(&config);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		char expected[200];

		assert_int_equal(setenv("EGENREMISS_TEST_LOOK_MS", wrong[i], 1), 0);
		(void)snprintf(expected, sizeof(expected), "EGENREMISS_TEST_LOOK_MS: \"%s\" is not "
		    "a number from 10 to 1000; only tests set it", wrong[i]);
		config_write("session_minutes = 30;", "session_minutes = 30; demonstration = true;");
		assert_string_equal(config_complaint(), expected);
	}
	assert_int_equal(unsetenv("EGENREMISS_TEST_LOOK_MS"), 0);
	assert_int_equal(unsetenv("EGENREMISS_TEST_ANSWER_MS"), 0);
}

/* A fixed sequence, so that a failure comes again. */
static uint32_t
next_random(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* Bytes changed, cut and doubled: read or refused, never a crash. */
static void
damaged_files_never_crash_it(void **context)
{
	static const char bytes[] = "\"{}()[];=,\\@#\n\0\xff/*x0";
	uint32_t random = 1;
	int refused = 0;

	(void)context;
	for (int round = 0; round < 3000; round++) {
		char text[2 * sizeof(config_right)];
		size_t length = sizeof(config_right) - 1, from, to;

		memcpy(text, config_right, length);
		for (int change = 0; change < 3; change++)
			text[next_random(&random) % length] =
			    bytes[next_random(&random) % (sizeof(bytes) - 1)];
		from = next_random(&random) % length;
		to = next_random(&random) % length;
		if (round % 3 == 0 && from < to) {
			memmove(text + to, text + from, length - from);
			length += to - from;
		} else if (round % 3 == 1)
			length = from;
		file_write(config_path, text, length);
		refused += config_complaint()[0] != '\0';
	}
	assert_true(refused > 1000);
}

static void
deep_nesting_never_crashes_it(void **context)
{
	struct buffer text = { 0 };

	(void)context;
	buffer_text(&text, "areas = ");
	for (int i = 0; i < 100000; i++)
		buffer_text(&text, "({ a = ");
	file_write(config_path, text.data, text.length);
	assert_string_not_equal(config_complaint(), "");
	buffer_clear(&text);
	for (int i = 0; i < 200000; i++)
		buffer_text(&text, "# long\n");
	file_write(config_path, text.data, text.length);
	assert_string_equal(config_complaint(), "s.conf: larger than 1048576 bytes");
	buffer_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_settings_of_the_service),
		cmocka_unit_test(reads_areas),
		cmocka_unit_test(reads_opening_hours),
		cmocka_unit_test(special_days_of_the_service_reach_each_queue),
		cmocka_unit_test(reads_routes),
		cmocka_unit_test(texts_are_tidied_and_filled_in),
		cmocka_unit_test(the_environment_replaces_base_url),
		cmocka_unit_test(the_environment_shortens_waits_of_a_demonstration),
		cmocka_unit_test(damaged_files_never_crash_it),
		cmocka_unit_test(deep_nesting_never_crashes_it)
	};

	return cmocka_run_group_tests(tests, config_folder_make, config_folder_remove);
}
