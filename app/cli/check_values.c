#include <stdio.h>
#include <string.h>

#include "cli/check.h"
#include "referral/referral.h"

/* Reserved by the Swedish Post and Telecom Authority for books, films and examples. */
#define EXAMPLE_FIRST	"+46701740605"
#define EXAMPLE_LAST	"+46701740699"

/* 1 when the number can be rung, with faults counted and named. */
static size_t
check_phone(struct check *check, const char *phone, int line)
{
	char e164[PHONE_MAX];

	if (phone_parse(phone, e164) == -1) {
		check_fault(check, line, "\"%s\" is no number that can be rung; write such as "
		    "phone = \"070-174 06 05\";", phone);
		return 0;
	}
	if (!check->config->demonstration && strlen(e164) == strlen(EXAMPLE_FIRST) &&
	    strcmp(e164, EXAMPLE_FIRST) >= 0 && strcmp(e164, EXAMPLE_LAST) <= 0) {
		check_fault(check, line, "%s is reserved for examples; write a number that rings "
		    "at the service", phone);
		return 0;
	}
	return 1;
}

void
check_phones(struct check *check)
{
	const struct config *config = check->config;
	size_t right = 0, all = config->areas_count + config->queues_count;

	for (size_t i = 0; i < config->areas_count; i++)
		right += check_phone(check, config->areas[i].phone, config->areas[i].line);
	for (size_t i = 0; i < config->queues_count; i++)
		right += check_phone(check, config->queues[i].phone, config->queues[i].line);
	if (right == all)
		(void)printf("%zu telephone numbers of areas and queues, each can be rung\n", all);
}

void
check_crisis(struct check *check, int32_t today)
{
	const struct config *config = check->config;
	size_t fresh = 0;

	for (size_t i = 0; i < config->crisis_count; i++) {
		const struct config_crisis_line *crisis = &config->crisis[i];

		if (crisis->checked_day > today)
			check_fault(check, crisis->line, "%s was checked on a day that has not "
			    "come; write the day on which somebody checked it", crisis->name);
		else if (today - crisis->checked_day > 365)
			check_warn(check, crisis->line, "%s was checked more than a year ago; "
			    "compare %s with what its owner publishes and write the day",
			    crisis->name, crisis->number);
		else
			fresh++;
	}
	if (fresh == config->crisis_count)
		(void)printf("%zu crisis lines, each checked within a year\n", fresh);
}

void
check_areas(struct check *check, int32_t today)
{
	for (size_t i = 0; i < check->config->areas_count; i++) {
		const struct config_area *area = &check->config->areas[i];

		if (!area->open && area->opens_day != 0 && area->opens_day <= today)
			check_warn(check, area->line, "%s is closed though the day on which it "
			    "opens has come; write open = true; and remove opens", area->name);
	}
}

void
check_real(struct check *check)
{
	if (!check->config->demonstration &&
	    strncmp(check->config->base_url, "https://", 8) != 0)
		check_fault(check, check->config->base_url_line, "a real service is reached by "
		    "https, since sign-in needs it; write base_url = \"https://...\";");
}
