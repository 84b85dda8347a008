#include <stdio.h>
#include <string.h>

#include "web/staff_today.h"

/* An empty choice of the form is none. */
static const char *
chosen(const struct form *query, const char *field)
{
	const char *value = form_value(query, field);

	return value != NULL && *value != '\0' ? value : NULL;
}

/* "1" or nothing. */
static bool
read_switch(const struct form *query, const char *field, bool *on)
{
	const char *value = chosen(query, field);

	*on = value != NULL;
	return value == NULL || strcmp(value, "1") == 0;
}

/* "PART-KEY-NUMBER" of the page before. */
static bool
read_after(const char *after, struct listing_filter *filter)
{
	unsigned part;
	long long key;
	char number[14];
	int end = 0;

	if (after == NULL)
		return true;
	if (sscanf(after, "%2u-%19lld-%13[0-9A-Za-z]%n", &part, &key, number, &end) != 3 ||
	    after[end] != '\0' || part >= LISTING_PART_COUNT || key < 0 ||
	    number_parse(number, &filter->after_number) != 0)
		return false;
	filter->after_part = (enum listing_part)part;
	filter->after_key = key;
	return true;
}

bool
filter_read(const struct exchange *x, struct listing_filter *filter)
{
	const struct form *query = &x->query;
	const char *sort = chosen(query, "sort");

	filter->queue = chosen(query, "queue");
	filter->area = chosen(query, "area");
	filter->who = chosen(query, "who");
	filter->by_arrival = sort != NULL && strcmp(sort, "arrival") == 0;
	return read_switch(query, "mine", &filter->mine) &&
	    read_switch(query, "interpreter", &filter->interpreter) &&
	    (sort == NULL || filter->by_arrival || strcmp(sort, "due") == 0) &&
	    (filter->queue == NULL || config_queue(&site.config, filter->queue) != NULL) &&
	    (filter->area == NULL || config_area(&site.config, filter->area) != NULL) &&
	    (filter->who == NULL || word_value(&words_who, filter->who) != -1) &&
	    read_after(form_value(query, "after"), filter);
}

const struct queue_option_view *
staff_areas(struct exchange *x, const char *chosen)
{
	const struct config *config = &site.config;
	struct queue_option_view *areas = exchange_keep_array(x, config->areas_count + 1,
	    sizeof(*areas));

	for (size_t i = 0; i < config->areas_count; i++)
		areas[i] = (struct queue_option_view){
			config->areas[i].code, config->areas[i].name,
			chosen != NULL && strcmp(chosen, config->areas[i].code) == 0
		};
	return areas;
}

void
filter_show(struct exchange *x, const struct listing_filter *filter,
    struct queue_choice_view *choice)
{
	const struct config *config = &site.config;
	struct queue_option_view *queues = exchange_keep_array(x, config->queues_count + 1,
	    sizeof(*queues));

	for (size_t i = 0; i < config->queues_count; i++)
		queues[i] = (struct queue_option_view){
			config->queues[i].id, config->queues[i].name,
			filter->queue != NULL && strcmp(filter->queue, config->queues[i].id) == 0
		};
	*choice = (struct queue_choice_view){
		.only_mine = filter->mine, .by_arrival = filter->by_arrival,
		.interpreter = filter->interpreter, .who = filter->who,
		.queues = queues, .queues_count = config->queues_count,
		.areas = staff_areas(x, filter->area), .areas_count = config->areas_count,
		.any = filter->queue != NULL || filter->area != NULL || filter->who != NULL ||
		    filter->interpreter || filter->by_arrival,
		.clear_href = filter->mine ? "/staff/queue?mine=1" : "/staff/queue",
	};
}

void
filter_address(const struct listing_filter *filter, struct buffer *out)
{
	const struct { const char *name, *value; } fields[] = {
		{ "mine", filter->mine ? "1" : NULL },
		{ "queue", filter->queue },
		{ "area", filter->area },
		{ "who", filter->who },
		{ "interpreter", filter->interpreter ? "1" : NULL },
		{ "sort", filter->by_arrival ? "arrival" : NULL },
	};

	buffer_text(out, "/staff/queue?");
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (fields[i].value != NULL)
			buffer_format(out, "%s=%s&", fields[i].name, fields[i].value);
	}
}

void
filter_after(const struct listing_row *last, struct buffer *out)
{
	char reference[14];

	number_text(last->row.number, reference);
	buffer_format(out, "after=%u-%lld-%s", (unsigned)last->part, (long long)last->key, reference);
}
