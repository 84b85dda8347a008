/* "egenremiss route": tells the queue that a submission would go to. */
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "cli/cli.h"
#include "config/config.h"
#include "rules/rules.h"

/* Reads a condition such as age=15-17. 0, or CLI_USAGE after a complaint. */
static enum cli_status
condition_set(struct cli *cli, const struct words *words, const char *value, int *chosen)
{
	char list[200];

	*chosen = word_value(words, value);
	if (*chosen != -1)
		return CLI_DONE;
	words_list(words, list, sizeof(list));
	return cli_usage(cli, "unknown %s \"%s\"; use one of: %s", words->name, value,
	    list);
}

static enum cli_status
area_set(struct cli *cli, const struct config *config, const char *value,
    const struct config_area **chosen)
{
	struct buffer list = { 0 };

	*chosen = config_area(config, value);
	if (*chosen != NULL)
		return CLI_DONE;
	for (size_t i = 0; i < config->areas_count; i++)
		buffer_format(&list, "%s%s %s", i == 0 ? "" : ", ", config->areas[i].code,
		    config->areas[i].name);
	(void)cli_usage(cli, "there is no area \"%s\"; write one of %s", value,
	    buffer_string(&list));
	buffer_free(&list);
	return CLI_USAGE;
}

/* The conditions of the command line; -1 where it has none. */
struct question {
	const struct config_area *area;
	int age, who, speak;
};

static enum cli_status
word_take(struct cli *cli, const struct config *config, const char *word,
    struct question *question)
{
	const char *equals = strchr(word, '=');
	const char *value = equals == NULL ? "" : equals + 1;
	size_t length = strcspn(word, "=");

	if (equals != NULL && length == 4 && memcmp(word, "area", 4) == 0)
		return area_set(cli, config, value, &question->area);
	if (equals != NULL && length == 3 && memcmp(word, "age", 3) == 0)
		return condition_set(cli, &words_age, value, &question->age);
	if (equals != NULL && length == 3 && memcmp(word, "who", 3) == 0)
		return condition_set(cli, &words_who, value, &question->who);
	if (equals != NULL && length == 5 && memcmp(word, "speak", 5) == 0)
		return condition_set(cli, &words_speak, value, &question->speak);
	return cli_usage(cli, "\"%s\" is no condition; write area=, age=, who= or speak= "
	    "and a value", word);
}

/* The chosen value, or the default `otherwise`, which it adds to the notes. */
static int
value_or(const struct words *words, int chosen, int otherwise, struct buffer *notes)
{
	if (chosen != -1)
		return chosen;
	buffer_format(notes, "%s was left out: taken as %s\n", words->name,
	    word_of(words, otherwise));
	return otherwise;
}

static enum cli_status
answer_print(struct cli *cli, const struct config *config, const struct question *question)
{
	struct buffer notes = { 0 };
	struct routing_key key = {
		question->area->code,
		(enum age)value_or(&words_age, question->age, AGE_UNSAID, &notes),
		(enum who)value_or(&words_who, question->who, WHO_SELF, &notes),
		(enum speak)value_or(&words_speak, question->speak, SPEAK_SV, &notes)
	};
	const struct config_route *route = routing_find(config, &key);

	if (route == NULL) {
		cli_complain(cli, "no route takes it; end routes with one without condition");
		buffer_free(&notes);
		return CLI_NO;
	}
	if (!question->area->open)
		buffer_format(&notes, "%s:%d: the form of %s is closed\n", config->file,
		    question->area->line, question->area->name);
	(void)printf("%s\n%s:%d\n%s", config->queues[route->queue].id, config->file, route->line,
	    buffer_string(&notes));
	buffer_free(&notes);
	return CLI_DONE;
}

static enum cli_status
question_answer(struct cli *cli, const struct config *config)
{
	struct question question = { NULL, -1, -1, -1 };

	for (int i = 0; i < cli->words_count; i++) {
		enum cli_status status = word_take(cli, config, cli->words[i], &question);

		if (status != CLI_DONE)
			return status;
	}
	if (question.area == NULL)
		return cli_usage(cli, "area is missing; write such as area=%s",
		    config->areas[0].code);
	return answer_print(cli, config, &question);
}

static enum cli_status
run(struct cli *cli)
{
	struct config config;
	enum cli_status status;

	while (cli_option(cli) != CLI_LAST)
		;
	if (cli_config_load(cli, &config) == -1)
		return CLI_FAILED;
	status = question_answer(cli, &config);
	config_free(&config);
	return status;
}

const struct subcommand subcommand_route = {
	.name = "route",
	.words = "area=AREA [age=AGE] [who=WHO] [speak=sv|other]",
	.summary = "Say which queue a submission lands in, and by which line.",
	.help =
	    "AREA is a municipality's code, address or name. AGE is under15, 15-17, 18-19,\n"
	    "20-24, 25-29, 30plus or unsaid; WHO is self, relative or professional. What is\n"
	    "left out is taken as age=unsaid, who=self, speak=sv, and said so.\n"
	    "Prints the queue, then the file and line that decided.\n",
	.run = run
};
