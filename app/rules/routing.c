/* Finds the queue of a submission, and proves that each submission reaches one. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

#define ALL(count)	((1U << (count)) - 1)

static bool
takes(const struct config_route *route, const struct routing_key *key)
{
	return (route->ages & 1U << key->age) != 0 && (route->kinds & 1U << key->who) != 0 &&
	    (route->speaks & 1U << key->speak) != 0 &&
	    (route->area == NULL || strcmp(route->area, key->area) == 0);
}

const struct config_route *
routing_find(const struct config *config, const struct routing_key *key)
{
	for (size_t i = 0; i < config->routes_count; i++) {
		if (takes(&config->routes[i], key))
			return &config->routes[i];
	}
	return NULL;
}

/* Writes the i-th combination of age, kind and language, of COMBINATIONS. */
#define COMBINATIONS	(AGE_COUNT * WHO_COUNT * SPEAK_COUNT)

static void
combine(int i, struct routing_key *key)
{
	key->age = (enum age)(i % AGE_COUNT);
	key->who = (enum who)(i / AGE_COUNT % WHO_COUNT);
	key->speak = (enum speak)(i / (AGE_COUNT * WHO_COUNT));
}

void
routing_reach(const struct config *config, const char *area, bool *reached)
{
	struct routing_key key = { .area = area };

	for (int i = 0; i < COMBINATIONS; i++) {
		const struct config_route *route;

		combine(i, &key);
		route = routing_find(config, &key);
		if (route != NULL)
			reached[route->queue] = true;
	}
}

static int
check_last(const struct config *config, struct error *error)
{
	const struct config_route *last;

	if (config->routes_count == 0)
		return error_set(error, ERROR_INPUT, "%s: there is no route; "
		    "add one without a condition, for all submissions that no other route takes",
		    config->file);
	last = &config->routes[config->routes_count - 1];
	if (last->area != NULL || (last->ages & ALL(AGE_COUNT)) != ALL(AGE_COUNT) ||
	    (last->kinds & ALL(WHO_COUNT)) != ALL(WHO_COUNT) ||
	    (last->speaks & ALL(SPEAK_COUNT)) != ALL(SPEAK_COUNT))
		return error_set(error, ERROR_INPUT, "%s:%d: the last route has a condition; "
		    "add one without a condition after it, for all other submissions",
		    config->file, last->line);
	return 0;
}

static int
check_queue(const struct config *config, const struct config_route *route, struct error *error)
{
	if (route->queue < config->queues_count)
		return 0;
	return error_set(error, ERROR_INPUT, "%s:%d: the route leads to no queue; "
	    "name one of the queues", config->file, route->line);
}

/* Whether the route is the first that takes some possible submission. */
static bool
is_alive(const struct config *config, const struct config_route *route)
{
	for (size_t area = 0; area < config->areas_count; area++) {
		struct routing_key key = { .area = config->areas[area].code };

		for (int i = 0; i < COMBINATIONS; i++) {
			combine(i, &key);
			if (takes(route, &key) && routing_find(config, &key) == route)
				return true;
		}
	}
	return false;
}

/*
 * The last route has no condition, so every combination finds a route. It remains to
 * prove that each route leads to a queue and that each before the last is used.
 */
int
routing_check(const struct config *config, struct error *error)
{
	if (check_last(config, error) == -1)
		return -1;
	for (size_t i = 0; i < config->routes_count; i++) {
		const struct config_route *route = &config->routes[i];

		if (check_queue(config, route, error) == -1)
			return -1;
		if (i + 1 < config->routes_count && !is_alive(config, route))
			return error_set(error, ERROR_INPUT, "%s:%d: the route is never used: "
			    "routes before it take every submission that it would take, or its "
			    "area does not exist; move it up or remove it", config->file, route->line);
	}
	return 0;
}
