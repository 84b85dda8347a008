/* Routes of service.conf: which submissions go to which queue. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "config/read.h"

#define ROUTES_MAX	5000

#define MASK_ALL(count)	((1U << (count)) - 1)

static int
key_route_area(struct reader *reader, config_setting_t *setting, const struct key *key,
    void *into)
{
	const char **field = into;
	const struct config *config = &reader->config;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	for (size_t i = 0; i < config->areas_count; i++)
		if (strcmp(config->areas[i].code, *field) == 0)
			return 0;
	return setting_fault(reader, setting, "no area has the code \"%s\"; write one of those "
	    "under areas, such as area = \"%s\";", *field,
	    config->areas_count > 0 ? config->areas[0].code : "1781");
}

static int
key_route_queue(struct reader *reader, config_setting_t *setting, const struct key *key,
    void *into)
{
	size_t *field = into;
	const char *id = setting_text(reader, setting, key, false);
	const struct config_queue *queue;

	if (id == NULL)
		return -1;
	queue = config_queue(&reader->config, id);
	if (queue == NULL)
		return setting_fault(reader, setting, "no queue has the id \"%s\"; write one of "
		    "those under queues, such as queue = \"%s\";", id,
		    reader->config.queues[0].id);
	*field = (size_t)(queue - reader->config.queues);
	return 0;
}

#define FIELD(field)	offsetof(struct config_route, field)

static const struct key route_keys[] = {
	{ "area", "\"1781\"", key_route_area, FIELD(area), .most = 20 },
	{ "age", "[ \"15-17\", \"18-19\" ]", key_mask, FIELD(ages), .most = 20,
	    .words = &words_age },
	{ "who", "\"self\"", key_mask, FIELD(kinds), .most = 20, .words = &words_who },
	{ "speak", "\"sv\"", key_mask, FIELD(speaks), .most = 20, .words = &words_speak },
	{ "queue", "\"kristinehamn-unga\"", key_route_queue, FIELD(queue), .required = true,
	    .most = 60 }
};

/*
 * Whether every queue that a submission of the area can reach takes a message. A
 * combination of age, kind and language that one route takes does not reach later routes.
 */
static bool
area_takes_message(const struct config *config, const struct config_area *area)
{
	bool taken[AGE_COUNT][WHO_COUNT][SPEAK_COUNT] = { 0 }, message = true;

	for (size_t i = 0; i < config->routes_count; i++) {
		const struct config_route *route = &config->routes[i];

		if (route->area != NULL && strcmp(route->area, area->code) != 0)
			continue;
		for (unsigned bit = 0; bit < AGE_COUNT * WHO_COUNT * SPEAK_COUNT; bit++) {
			unsigned speak = bit % SPEAK_COUNT, who = bit / SPEAK_COUNT % WHO_COUNT,
			    age = bit / SPEAK_COUNT / WHO_COUNT;

			if (taken[age][who][speak] || !(route->ages >> age & 1) ||
			    !(route->kinds >> who & 1) || !(route->speaks >> speak & 1))
				continue;
			taken[age][who][speak] = true;
			message = message && config->queues[route->queue].message;
		}
	}
	return message;
}

int
key_routes(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config *config = into;
	int length = list_length(reader, setting, key, ROUTES_MAX);

	if (length == -1)
		return -1;
	config->routes = memory_take(reader, (size_t)length, sizeof(*config->routes));
	for (int i = 0; i < length; i++) {
		config_setting_t *group = config_setting_get_elem(setting, (unsigned)i);
		struct config_route *route = &config->routes[i];

		route->ages = MASK_ALL(AGE_COUNT);
		route->kinds = MASK_ALL(WHO_COUNT);
		route->speaks = MASK_ALL(SPEAK_COUNT);
		if (keys_read(reader, group, "route", route_keys, COUNT_OF(route_keys),
		    route) == -1)
			return -1;
		route->line = (int)config_setting_source_line(group);
		config->routes_count++;
	}
	for (size_t i = 0; i < config->areas_count; i++)
		config->areas[i].message = area_takes_message(config, &config->areas[i]);
	return 0;
}
