#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/service.h"
#include "flow/codes.h"

#define MM_LEAST	10
#define MM_MOST		1000

enum { OPTION_OUT, OPTION_LEVEL, OPTION_MM };

static const struct cli_choice options[] = {
	[OPTION_OUT] = { "o", "FILE", "FILE.svg, FILE.png or - for the terminal (-)" },
	[OPTION_LEVEL] = { "level", "L|M|Q|H", "how much wear it stands (Q)" },
	[OPTION_MM] = { "mm", "WIDTH", "with the white around it (30)" }
};

struct wish {
	const char *out;
	enum symbol_level level;
	double mm;
};

static bool
ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length > tail && strcasecmp(text + length - tail, end) == 0;
}

static enum cli_status
take_level(struct cli *cli, struct wish *wish)
{
	static const char letters[] = "LMQH";
	const char *place = strchr(letters, cli->value[0]);

	if (strlen(cli->value) != 1 || place == NULL)
		return cli_usage(cli, "level \"%s\" is not one of L, M, Q, H", cli->value);
	wish->level = (enum symbol_level)(place - letters);
	return CLI_DONE;
}

static enum cli_status
take_mm(struct cli *cli, struct wish *wish)
{
	char *end;

	wish->mm = strtod(cli->value, &end);
	if (*end != '\0' || !(wish->mm >= MM_LEAST && wish->mm <= MM_MOST))
		return cli_usage(cli, "width \"%s\" is not a number of millimetres from %d to %d",
		    cli->value, MM_LEAST, MM_MOST);
	return CLI_DONE;
}

static enum cli_status
take_options(struct cli *cli, struct wish *wish)
{
	enum cli_status status = CLI_DONE;
	int option;

	while (status == CLI_DONE && (option = cli_option(cli)) != CLI_LAST) {
		if (option == OPTION_OUT)
			wish->out = cli->value;
		else if (option == OPTION_LEVEL)
			status = take_level(cli, wish);
		else
			status = take_mm(cli, wish);
	}
	if (status != CLI_DONE)
		return status;
	if (cli->words_count != 1)
		return cli_usage(cli, "name one code; \"egenremiss code list\" shows them");
	if (strcmp(wish->out, "-") != 0 && !ends_with(wish->out, ".svg") &&
	    !ends_with(wish->out, ".png"))
		return cli_usage(cli, "%s ends neither in .svg nor in .png", wish->out);
	return CLI_DONE;
}

/* A code that is in use, as it is written. */
static enum cli_status
find_code(struct cli *cli, struct service *service, char code[CODE_SIZE])
{
	struct code_row row;

	if (code_parse(cli->words[0], code) == -1) {
		cli_complain(cli, "%s is no code: a character is mistyped; \"egenremiss code "
		    "list\" shows them", cli->words[0]);
		return CLI_NO;
	}
	switch (store_code_get(service->store, code, &row, &service->error)) {
	case FAILED:
		return service_complain(cli, service);
	case ABSENT:
		cli_complain(cli, "there is no code %s; make one: egenremiss code add", code);
		return CLI_NO;
	case FOUND:
		break;
	}
	if (row.retired_at == 0)
		return CLI_DONE;
	cli_complain(cli, "code %s is retired; make another: egenremiss code add", code);
	return CLI_NO;
}

static enum cli_status
write_out(struct cli *cli, const struct wish *wish, const struct buffer *drawn)
{
	FILE *file = strcmp(wish->out, "-") == 0 ? stdout : fopen(wish->out, "we");
	bool written;

	if (file == NULL) {
		cli_complain(cli, "%s: %s", wish->out, strerror(errno));
		return CLI_FAILED;
	}
	written = fwrite(drawn->data, 1, drawn->length, file) == drawn->length;
	if (file != stdout && fclose(file) != 0)
		written = false;
	if (!written)
		cli_complain(cli, "%s: %s", wish->out, strerror(errno));
	return written ? CLI_DONE : CLI_FAILED;
}

static enum cli_status
draw(struct cli *cli, const struct wish *wish, const char *address)
{
	struct buffer drawn = { 0 };
	struct symbol symbol;
	enum cli_status status;

	if (symbol_make(&symbol, address, wish->level) == -1) {
		cli_complain(cli, "%s is too long for a QR code; shorten base_url", address);
		return CLI_FAILED;
	}
	if (strcmp(wish->out, "-") == 0)
		symbol_terminal(&symbol, &drawn);
	else if (ends_with(wish->out, ".svg"))
		symbol_svg(&symbol, wish->mm, &drawn);
	else
		symbol_png(&symbol, wish->mm, &drawn);
	status = write_out(cli, wish, &drawn);
	symbol_free(&symbol);
	buffer_free(&drawn);
	return status;
}

static enum cli_status
run(struct cli *cli)
{
	struct wish wish = { .out = "-", .level = SYMBOL_Q, .mm = 30 };
	struct buffer address = { 0 };
	struct service service;
	char code[CODE_SIZE];
	enum cli_status status = take_options(cli, &wish);

	if (status != CLI_DONE)
		return status;
	if (service_open(cli, STORE_READ, &service) == -1)
		return CLI_FAILED;
	status = find_code(cli, &service, code);
	if (status == CLI_DONE) {
		code_address(&service.config, code, &address);
		status = draw(cli, &wish, buffer_string(&address));
	}
	buffer_free(&address);
	service_close(&service);
	return status;
}

const struct subcommand subcommand_qr = {
	.name = "qr",
	.words = "CODE",
	.summary = "Draw the QR code of a code in use.",
	.help =
	    "An SVG scales to any size; a PNG has 300 dots an inch and whole dots a module, so\n"
	    "it may be a little wider than asked for. Both have the white around them that a\n"
	    "reader needs: do not crop it. At least 20 mm for a brochure held in the hand.\n",
	.options = options,
	.options_count = COUNT_OF(options),
	.run = run
};
