/* "egenremiss qr": writes the QR symbol of a code to a file or the terminal. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "cli/cli.h"
#include "flow/codes.h"
#include "rules/rules.h"
#include "store/store.h"

enum { OPTION_OUT, OPTION_LEVEL, OPTION_MM, OPTION_DPI };

static const struct cli_choice options[] = {
	[OPTION_OUT] = { "o", "FILE", "FILE.svg, FILE.png, FILE.eps or - for the terminal (-)" },
	[OPTION_LEVEL] = { "level", "L|M|Q|H", "how much wear it stands (Q)" },
	[OPTION_MM] = { "mm", "WIDTH", "with the white around it (30)" },
	[OPTION_DPI] = { "dpi", "300|600", "dots an inch of a PNG (300)" }
};

struct wish {
	const char *out;
	bool terminal;
	struct symbol_print print;
};

static enum cli_status
take_option(struct cli *cli, int option, struct wish *wish)
{
	switch (option) {
	case OPTION_LEVEL:
		if (symbol_read_level(cli->value, &wish->print.level) == 0)
			return CLI_DONE;
		return cli_usage(cli, "level \"%s\" is not one of L, M, Q, H", cli->value);
	case OPTION_MM:
		if (symbol_read_mm(cli->value, &wish->print.mm) == 0)
			return CLI_DONE;
		return cli_usage(cli, "width \"%s\" is not a number of millimetres from %d to %d",
		    cli->value, SYMBOL_MM_MIN, SYMBOL_MM_MAX);
	case OPTION_DPI:
		if (symbol_read_dpi(cli->value, &wish->print.dpi) == 0)
			return CLI_DONE;
		return cli_usage(cli, "\"%s\" dots an inch are neither 300 nor 600", cli->value);
	default:
		wish->out = cli->value;
		return CLI_DONE;
	}
}

/* Tells the format by the end of the file's name. */
static enum cli_status
take_format(struct cli *cli, struct wish *wish)
{
	const char *dot = strrchr(wish->out, '.');

	wish->terminal = strcmp(wish->out, "-") == 0;
	if (wish->terminal || (dot != NULL && dot != wish->out &&
	    symbol_read_format(dot + 1, &wish->print.format) == 0))
		return CLI_DONE;
	return cli_usage(cli, "%s ends neither in .svg nor in .png nor in .eps", wish->out);
}

static enum cli_status
take_options(struct cli *cli, struct wish *wish)
{
	enum cli_status status = CLI_DONE;
	int option;

	while (status == CLI_DONE && (option = cli_option(cli)) != CLI_LAST)
		status = take_option(cli, option, wish);
	if (status != CLI_DONE)
		return status;
	if (cli->words_count != 1)
		return cli_usage(cli, "name one code; \"egenremiss code list\" shows them");
	return take_format(cli, wish);
}

/* Reads a code, which must exist and not be retired. */
static enum cli_status
find_code(struct cli *cli, struct service *service, char code[CODE_SIZE])
{
	struct code_row row;

	if (code_parse(cli->words[0], code) == -1) {
		cli_complain(cli, "%s is no code: a character is mistyped; \"egenremiss code "
		    "list\" shows them", cli->words[0]);
		return CLI_NO;
	}
	switch (store_code_get(service->work.store, code, &row, &service->work.error)) {
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
	FILE *file = wish->terminal ? stdout : fopen(wish->out, "we");
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

	if (symbol_make(&symbol, address, wish->print.level) == -1) {
		cli_complain(cli, "%s is too long for a QR code; shorten base_url", address);
		return CLI_FAILED;
	}
	if (wish->terminal)
		symbol_terminal(&symbol, &drawn);
	else
		symbol_print(&symbol, &wish->print, &drawn);
	status = write_out(cli, wish, &drawn);
	symbol_free(&symbol);
	buffer_free(&drawn);
	return status;
}

static enum cli_status
run(struct cli *cli)
{
	struct wish wish = { .out = "-", .print = symbol_print_usual };
	struct buffer address = { 0 };
	struct service service;
	char code[CODE_SIZE];
	enum cli_status status = take_options(cli, &wish);

	if (status != CLI_DONE)
		return status;
	if (service_open(cli, STORE_OPEN, &service) == -1)
		return CLI_FAILED;
	status = find_code(cli, &service, code);
	if (status == CLI_DONE) {
		code_address(&service.config, code, &address);
		status = code_printed(&service.work, code) == -1 ?
		    service_complain(cli, &service) :
		    draw(cli, &wish, buffer_string(&address));
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
	    "An SVG, or an EPS for a print shop, scales to any size; a PNG has whole dots a module,\n"
	    "and what is left over is white. All have the white around them that a reader needs:\n"
	    "do not crop it. At least 25 mm for a brochure held in the hand.\n",
	.options = options,
	.options_count = COUNT_OF(options),
	.run = run
};
