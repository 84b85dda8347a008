/* Services of subcommands: opening, questions at the terminal, the recovery sheet. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/base.h"
#include "cli/cli.h"
#include "config/config.h"
#include "flow/codes.h"
#include "seal/seal.h"
#include "store/store.h"

#define WORDS_A_LINE	5

static void
print_words(const char *words)
{
	int count = 0;

	while (*words != '\0') {
		size_t length = strcspn(words, "-");

		(void)printf("%s%.*s", count % WORDS_A_LINE == 0 ? "\n    " : " ", (int)length,
		    words);
		count++;
		words += length + (words[length] == '-');
	}
	(void)printf("\n");
}

void
recovery_sheet_print(const char *service_name, const char *words)
{
	struct buffer drawn = { 0 };
	struct symbol symbol;

	(void)printf("The recovery key of %s:\n", service_name);
	print_words(words);
	(void)printf("\n");
	if (symbol_make(&symbol, words, SYMBOL_M) == 0) {
		symbol_terminal(&symbol, &drawn);
		symbol_free(&symbol);
		(void)printf("%s", buffer_string(&drawn));
		buffer_wipe(&drawn);
	}
	(void)printf("\nWrite it down now and put it in the safe. It is shown this once and kept\n"
	    "nowhere. With it a lost passphrase loses nothing. Without it, and without\n"
	    "anybody who can sign in, everything that has come in is lost.\n");
}

#define LINE_MAX	1024
#define RECOVERY_LETTERS	85	/* 17 words of five */

static volatile sig_atomic_t caught;

static void
catch_signal(int number)
{
	caught = number;
}

/* The settings of the terminal before its echo was turned off. */
struct silence {
	bool is_terminal;
	struct termios before;
	struct sigaction interrupt, terminate;
};

/* Without SA_RESTART Ctrl-C ends the read, and the terminal gets its echo back. */
static void
silence_begin(struct silence *silence, const char *prompt)
{
	struct sigaction catch = { .sa_handler = catch_signal };
	struct termios silent;

	silence->is_terminal = tcgetattr(STDIN_FILENO, &silence->before) == 0;
	if (!silence->is_terminal)
		return;
	caught = 0;
	(void)sigaction(SIGINT, &catch, &silence->interrupt);
	(void)sigaction(SIGTERM, &catch, &silence->terminate);
	silent = silence->before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	(void)dprintf(STDERR_FILENO, "%s: ", prompt);
}

static void
silence_end(struct silence *silence)
{
	if (!silence->is_terminal)
		return;
	(void)dprintf(STDERR_FILENO, "\n");
	(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &silence->before);
	(void)sigaction(SIGINT, &silence->interrupt, NULL);
	(void)sigaction(SIGTERM, &silence->terminate, NULL);
	if (caught != 0)
		(void)raise(caught);
}

/* Reads without stdio, which would keep a copy. True: a line was read, perhaps the last. */
static bool
read_line(struct buffer *line)
{
	size_t start = line->length;
	ssize_t got;
	char c;

	while ((got = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n') {
		if (line->length - start == LINE_MAX)
			return false;
		buffer_add(line, &c, 1);
	}
	if (got != 1 && line->length == start)
		return false;
	if (line->length > start && line->data[line->length - 1] == '\r')
		line->data[--line->length] = '\0';
	return true;
}

int
ask_line(const struct cli *cli, const char *prompt, struct buffer *line)
{
	struct silence silence;
	bool whole;

	buffer_reserve(line, LINE_MAX);
	silence_begin(&silence, prompt);
	whole = read_line(line);
	silence_end(&silence);
	if (whole)
		return 0;
	cli_complain(cli, "%s is missing or too long; write it as a line on standard input",
	    prompt);
	return -1;
}

static size_t
count_letters(const struct buffer *text)
{
	size_t letters = 0;

	for (size_t i = 0; i < text->length; i++)
		letters += isalpha((unsigned char)text->data[i]) != 0;
	return letters;
}

struct secret_key *
ask_recovery(const struct cli *cli)
{
	struct secret_key *key = secret_key_new();
	struct buffer words = { 0 };

	/* Reserves room for all lines, because a buffer that grows leaves a copy. */
	buffer_reserve(&words, (size_t)LINE_MAX * 20);
	do {
		if (ask_line(cli, words.length == 0 ? "recovery key" :
		    "the rest of the recovery key", &words) == -1)
			goto err;
		buffer_text(&words, " ");
	} while (count_letters(&words) < RECOVERY_LETTERS &&
	    words.length < (size_t)LINE_MAX * 18);
	if (key != NULL && recovery_read(key, buffer_string(&words)) == 0) {
		buffer_wipe(&words);
		return key;
	}
	cli_complain(cli, "this is not a recovery key: a letter or a word is wrong; compare it "
	    "with the sheet");
err:
	buffer_wipe(&words);
	secret_key_free(key);
	return NULL;
}

int
service_open(const struct cli *cli, enum store_mode mode, struct service *service)
{
	*service = (struct service){ 0 };
	if (seal_start() == -1) {
		cli_complain(cli, "libsodium does not start: is the package whole?");
		return -1;
	}
	if (cli_config_load(cli, &service->config) == -1)
		return -1;
	switch (cli_store_open(cli, mode, &service->work.store)) {
	case FOUND:
		service->work.config = &service->config;
		service->work.now = clock_now();
		return 0;
	case ABSENT:
		cli_complain(cli, "there is no service in %s; make it: egenremiss init --data %s",
		    cli->data, cli->data);
		break;
	case FAILED:
		break;
	}
	config_free(&service->config);
	return -1;
}

void
service_close(struct service *service)
{
	store_close(service->work.store);
	config_free(&service->config);
}

enum cli_status
service_complain(const struct cli *cli, const struct service *service)
{
	cli_complain(cli, "%s", service->work.error.text);
	return service->work.error.kind == ERROR_INPUT ||
	    service->work.error.kind == ERROR_REFUSED ? CLI_NO : CLI_FAILED;
}
