/*
 * Answers questions of the oracle tests, one line for each line of standard input:
 *	phone TEXT		the number as E.164, or "no"
 *	day YYYY-MM-DD		"off" or "work", and the name of the holiday if any
 */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "rules/rules.h"

static int
answer_phone(const char *written)
{
	char e164[PHONE_MAX];

	return puts(phone_parse(written, e164) == 0 ? e164 : "no");
}

static int
answer_day(const char *text)
{
	const char *name;
	int32_t day;

	if (day_parse(text, &day) == -1)
		return puts("no");
	name = workdays_holiday(day);
	return printf("%s%s%s\n", workdays_is_off(day) ? "off" : "work",
	    name == NULL ? "" : " ", name == NULL ? "" : name);
}

int
main(void)
{
	char line[1024];
	int written = 0;

	while (written != EOF && fgets(line, sizeof(line), stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "phone ", 6) == 0)
			written = answer_phone(line + 6);
		else if (strncmp(line, "day ", 4) == 0)
			written = answer_day(line + 4);
		else
			written = puts("what?");
	}
	return written == EOF;
}
