/* Queues of service.conf, their opening hours and closed days. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "config/read.h"

int
clock_parse(const char *text)
{
	int hour, minute;

	if (!isdigit((unsigned char)text[0]) || !isdigit((unsigned char)text[1]) ||
	    text[2] != ':' || !isdigit((unsigned char)text[3]) || !isdigit((unsigned char)text[4]))
		return -1;
	hour = (text[0] - '0') * 10 + text[1] - '0';
	minute = (text[3] - '0') * 10 + text[4] - '0';
	return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static int
key_hours(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config_hours *hours = into;
	const char *text = setting_text(reader, setting, key, false);
	int opens, closes;

	if (text == NULL)
		return -1;
	if (strlen(text) != 11 || text[5] != '-' || (opens = clock_parse(text)) == -1 ||
	    (closes = clock_parse(text + 6)) == -1)
		return key_fault(reader, setting, key, "\"%s\" is not a span of two times",
		    text);
	if (opens >= closes)
		return key_fault(reader, setting, key, "\"%s\" ends before it begins", text);
	hours->opens = (int16_t)opens;
	hours->closes = (int16_t)closes;
	return 0;
}

#define WEEKDAY(name, number)						\
	{ name, "\"08:00-16:30\"", key_hours, (number) * sizeof(struct config_hours),	\
	    .most = 20 }

static const struct key weekdays[] = {
	WEEKDAY("monday", 1), WEEKDAY("tuesday", 2), WEEKDAY("wednesday", 3),
	WEEKDAY("thursday", 4), WEEKDAY("friday", 5)
};

int
key_week(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config_hours *week = into;

	if (config_setting_is_group(setting)) {
		if (config_setting_length(setting) == 0)
			return key_fault(reader, setting, key, "%s has no day, so the queue is never "
			    "open", key->name);
		return keys_read(reader, setting, "hours", weekdays, COUNT_OF(weekdays), week);
	}
	for (int day = 1; day <= 5; day++)
		if (key_hours(reader, setting, key, &week[day]) == -1)
			return -1;
	return 0;
}

static bool
special_has(const struct config_queue *queue, int32_t day)
{
	for (size_t i = 0; i < queue->special_count; i++)
		if (queue->special[i].day == day)
			return true;
	return false;
}

static void
special_extend(struct reader *reader, struct config_queue *queue, size_t more)
{
	struct config_special_day *longer = memory_take(reader, queue->special_count + more,
	    sizeof(*longer));

	if (queue->special_count > 0)
		memcpy(longer, queue->special, queue->special_count * sizeof(*longer));
	queue->special = longer;
}

static int
special_add(struct reader *reader, config_setting_t *setting, struct config_queue *queue,
    const struct config_special_day *special)
{
	int year, month, date;

	if (special_has(queue, special->day)) {
		day_to_date(special->day, &year, &month, &date);
		return setting_fault(reader, setting, "%04d-%02d-%02d stands twice; remove one",
		    year, month, date);
	}
	queue->special[queue->special_count++] = *special;
	return 0;
}

int
key_closed(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config_queue *queue = into;
	struct config_special_day special = { 0 };
	int length = list_length(reader, setting, key, CONFIG_SPECIAL_DAYS_MAX);

	if (length == -1)
		return -1;
	special_extend(reader, queue, (size_t)length);
	for (int i = 0; i < length; i++) {
		config_setting_t *entry = config_setting_get_elem(setting, (unsigned)i);

		if (key_day(reader, entry, key, &special.day) == -1 ||
		    special_add(reader, entry, queue, &special) == -1)
			return -1;
	}
	return 0;
}

static const struct key half_keys[] = {
	{ "day", "\"2026-04-30\"", key_day, offsetof(struct config_special_day, day),
	    .required = true, .most = 20 },
	{ "hours", "\"08:00-12:00\"", key_hours, offsetof(struct config_special_day, hours),
	    .required = true, .most = 20 }
};

int
key_half(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config_queue *queue = into;
	int length = list_length(reader, setting, key, CONFIG_SPECIAL_DAYS_MAX);

	if (length == -1)
		return -1;
	special_extend(reader, queue, (size_t)length);
	for (int i = 0; i < length; i++) {
		config_setting_t *entry = config_setting_get_elem(setting, (unsigned)i);
		struct config_special_day special = { 0 };

		if (keys_read(reader, entry, "half day", half_keys, COUNT_OF(half_keys),
		    &special) == -1 || special_add(reader, entry, queue, &special) == -1)
			return -1;
	}
	return 0;
}

static int
by_day(const void *a, const void *b)
{
	const struct config_special_day *first = a, *second = b;

	return (first->day > second->day) - (first->day < second->day);
}

void
special_settle(struct reader *reader, struct config_queue *queue)
{
	const struct config_queue *every = &reader->every;

	if (queue->special_count + every->special_count == 0)
		return;
	special_extend(reader, queue, every->special_count);
	for (size_t i = 0; i < every->special_count; i++)
		if (!special_has(queue, every->special[i].day))
			queue->special[queue->special_count++] = every->special[i];
	qsort(queue->special, queue->special_count, sizeof(*queue->special), by_day);
}

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
