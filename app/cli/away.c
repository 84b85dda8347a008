/* "egenremiss away": the page that nginx shows while the program does not answer. */
#include <stdio.h>

#include "base/base.h"
#include "cli/cli.h"
#include "config/config.h"

static const char head[] =
    "<!doctype html>\n<html lang=\"sv\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>Försök igen</title>\n"
    "<h1>Det går inte just nu</h1>\n"
    "<p>Vänta en minut och försök igen. Eller ring:\n"
    "<p lang=\"en\">Please wait a minute and try again. Or call:\n"
    "<p lang=\"ar\" dir=\"rtl\">انتظر دقيقة ثم حاول مرة أخرى، أو اتصل بالرقم:\n<ul>\n";

/* The command is not linked with the pages' renderer, which escapes more. */
static void
add_text(struct buffer *page, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '<')
			buffer_text(page, "&lt;");
		else if (*text == '&')
			buffer_text(page, "&amp;");
		else
			buffer_add(page, text, 1);
	}
}

static enum cli_status
run(struct cli *cli)
{
	struct buffer page = { 0 };
	struct config config;

	while (cli_option(cli) != CLI_LAST)
		;
	if (cli->words_count > 0)
		return cli_usage(cli, "unexpected argument \"%s\"", cli->words[0]);
	if (cli_config_load(cli, &config) == -1)
		return CLI_NO;
	buffer_text(&page, head);
	for (size_t i = 0; i < config.areas_count; i++) {
		buffer_text(&page, "<li>");
		add_text(&page, config.areas[i].name);
		buffer_text(&page, ": <bdi>");
		add_text(&page, config.areas[i].phone);
		buffer_text(&page, "</bdi>\n");
	}
	buffer_text(&page, "</ul>\n");
	(void)fputs(buffer_string(&page), stdout);
	buffer_free(&page);
	config_free(&config);
	return CLI_DONE;
}

const struct subcommand subcommand_away = {
	.name = "away",
	.words = "",
	.summary = "Print the page that nginx shows while the program does not answer.",
	.help =
	    "The page names each area's telephone number, from the configuration. nginx reads\n"
	    "it from /etc/egenremiss/away.html: write it again when a number changes.\n",
	.run = run
};
