/* Which queue a submission goes to, and the proof that it always goes to one. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

#include <cmocka.h>

#define EVERY	0xffU
#define UNDER_20	(1U << AGE_UNDER15 | 1U << AGE_15_17 | 1U << AGE_18_19)

enum { KAA, YOUTH, ARABIC, KARLSTAD, OTHERS, QUEUES };

static struct config_area areas[] = {
	{ .code = "1781" }, { .code = "1780" }, { .code = "1784" },
};
static struct config_queue queues[QUEUES];
static const struct config_route demonstration[] = {
	{ "1781", UNDER_20, EVERY, EVERY, KAA, 10 },
	{ "1781", EVERY, 1U << WHO_SELF, 1U << SPEAK_OTHER, ARABIC, 11 },
	{ "1781", EVERY, EVERY, EVERY, YOUTH, 12 },
	{ "1780", EVERY, EVERY, EVERY, KARLSTAD, 13 },
	{ NULL, EVERY, EVERY, EVERY, OTHERS, 14 },
};
static struct config_route routes[COUNT_OF(demonstration) + 1];
static struct config config;

static int
set_up(void **state)
{
	(void)state;
	memcpy(routes, demonstration, sizeof(demonstration));
	config = (struct config){
		.file = "service.conf", .areas = areas, .areas_count = COUNT_OF(areas),
		.queues = queues, .queues_count = QUEUES,
		.routes = routes, .routes_count = COUNT_OF(demonstration),
	};
	return 0;
}

static void
the_first_match_wins(void **state)
{
	static const struct {
		struct routing_key key;
		size_t queue;
		int line;
	} rows[] = {
		{ { "1781", AGE_UNDER15, WHO_SELF, SPEAK_SV }, KAA, 10 },
		{ { "1781", AGE_15_17, WHO_SELF, SPEAK_OTHER }, KAA, 10 },
		{ { "1781", AGE_18_19, WHO_PROFESSIONAL, SPEAK_SV }, KAA, 10 },
		{ { "1781", AGE_20_24, WHO_SELF, SPEAK_OTHER }, ARABIC, 11 },
		{ { "1781", AGE_20_24, WHO_RELATIVE, SPEAK_OTHER }, YOUTH, 12 },
		{ { "1781", AGE_UNSAID, WHO_SELF, SPEAK_SV }, YOUTH, 12 },
		{ { "1781", AGE_30PLUS, WHO_SELF, SPEAK_SV }, YOUTH, 12 },
		{ { "1780", AGE_15_17, WHO_SELF, SPEAK_SV }, KARLSTAD, 13 },
		{ { "1784", AGE_15_17, WHO_SELF, SPEAK_SV }, OTHERS, 14 },
		{ { "9999", AGE_25_29, WHO_RELATIVE, SPEAK_OTHER }, OTHERS, 14 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct config_route *route = routing_find(&config, &rows[i].key);

		assert_non_null(route);
		assert_int_equal(route->queue, rows[i].queue);
		assert_int_equal(route->line, rows[i].line);
	}
}

static void
nothing_matches_without_a_route(void **state)
{
	const struct routing_key key = { "1784", AGE_15_17, WHO_SELF, SPEAK_SV };

	(void)state;
	config.routes_count = 4;
	assert_null(routing_find(&config, &key));
}

static void
expect_breach(const char *expected)
{
	struct error error = { 0 };

	assert_int_equal(routing_check(&config, &error), -1);
	assert_int_equal(error.kind, ERROR_INPUT);
	if (strstr(error.text, expected) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", error.text, expected);
}

static void
a_whole_configuration_passes(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_int_equal(routing_check(&config, &error), 0);
	/* A last route that nothing is left for is a safety net, and no fault. */
	routes[4].area = "1784";
	routes[5] = (struct config_route){ NULL, EVERY, EVERY, EVERY, OTHERS, 15 };
	config.routes_count = 6;
	assert_int_equal(routing_check(&config, &error), 0);
}

static void
the_last_route_has_no_condition(void **state)
{
	(void)state;
	config.routes_count = 0;
	expect_breach("there is no route");
	config.routes_count = 4;
	expect_breach("service.conf:13: the last route has a condition");
	config.routes_count = 5;
	routes[4].ages = UNDER_20;
	expect_breach("service.conf:14: the last route has a condition");
	routes[4].ages = EVERY;
	routes[4].kinds = 1U << WHO_SELF;
	expect_breach("service.conf:14:");
	routes[4].kinds = EVERY;
	routes[4].speaks = 1U << SPEAK_SV;
	expect_breach("service.conf:14:");
}

static void
a_route_leads_to_a_queue(void **state)
{
	(void)state;
	routes[2].queue = QUEUES;
	expect_breach("service.conf:12: the route leads to no queue");
}

static void
a_route_that_is_never_first_is_named(void **state)
{
	(void)state;
	routes[2] = (struct config_route){ "1781", 1U << AGE_15_17, EVERY, EVERY, YOUTH, 12 };
	expect_breach("service.conf:12: the route is never used");
	routes[2] = (struct config_route){ "1799", EVERY, EVERY, EVERY, YOUTH, 12 };
	expect_breach("service.conf:12: the route is never used");
	/* Only together do the two before it take everything. */
	routes[0] = (struct config_route){ "1781", EVERY, EVERY, 1U << SPEAK_SV, KAA, 10 };
	routes[1] = (struct config_route){ "1781", EVERY, EVERY, 1U << SPEAK_OTHER, KAA, 11 };
	routes[2] = (struct config_route){ "1781", EVERY, EVERY, EVERY, YOUTH, 12 };
	expect_breach("service.conf:12: the route is never used");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_first_match_wins, set_up),
		cmocka_unit_test_setup(nothing_matches_without_a_route, set_up),
		cmocka_unit_test_setup(a_whole_configuration_passes, set_up),
		cmocka_unit_test_setup(the_last_route_has_no_condition, set_up),
		cmocka_unit_test_setup(a_route_leads_to_a_queue, set_up),
		cmocka_unit_test_setup(a_route_that_is_never_first_is_named, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
