#include <string.h>

#include "base/config_read.h"

#define QUEUES_MAX	1000

#define FIELD(field)	offsetof(struct config_queue, field)

static const struct key queue_keys[] = {
	{ "id", "\"kristinehamn-unga\"", key_slug, FIELD(id), .required = true, .most = 60 },
	{ "name", "\"Ungdomscentrum\"", key_text, FIELD(name), .required = true, .most = 80 },
	{ "phone", "\"070-174 06 11\"", key_phone, FIELD(phone), .required = true, .least = 6,
	    .most = 30 },
	{ "promise_days", "3", key_number, FIELD(promise_days), .required = true, .least = 1,
	    .most = 30 },
	{ "hours", "\"08:00-16:30\"", key_week, FIELD(week), .required = true, .most = 20 },
	{ "closed", "[ \"2026-12-23\" ]", key_closed, 0, .most = 20 },
	{ "half", "( { day = \"2026-04-30\"; hours = \"08:00-12:00\"; } )", key_half, 0,
	    .most = 20 },
	{ "message", "true", key_flag, FIELD(message), .required = false }
};

int
key_queues(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config *config = into;
	int length = list_length(reader, setting, key, QUEUES_MAX);

	if (length == -1)
		return -1;
	config->queues = memory_take(reader, (size_t)length, sizeof(*config->queues));
	for (int i = 0; i < length; i++) {
		config_setting_t *group = config_setting_get_elem(setting, (unsigned)i);
		struct config_queue *queue = &config->queues[i];
		const struct config_queue *same;

		if (keys_read(reader, group, "queue", queue_keys, COUNT_OF(queue_keys),
		    queue) == -1)
			return -1;
		queue->line = (int)config_setting_source_line(group);
		same = config_queue(config, queue->id);
		if (same != NULL)
			return setting_fault(reader, group, "queue id \"%s\" is taken by line %d; "
			    "write another id", queue->id, same->line);
		special_settle(reader, queue);
		config->queues_count++;
	}
	return 0;
}

const struct config_queue *
config_queue(const struct config *config, const char *id)
{
	for (size_t i = 0; i < config->queues_count; i++)
		if (strcmp(config->queues[i].id, id) == 0)
			return &config->queues[i];
	return NULL;
}
