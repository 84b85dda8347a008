/* "egenremiss outbox": the process that sends mails and text messages, and its key. */
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "cli/cli.h"
#include "config/config.h"
#include "flow/messages.h"
#include "notify/notify.h"
#include "seal/seal.h"
#include "store/store.h"

static int
write_whole(const char *path, const unsigned char *bytes, size_t size)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), result = 0;

	if (file == -1)
		return -1;
	if (write(file, bytes, size) != (ssize_t)size || fsync(file) == -1)
		result = -1;
	return close(file) == -1 ? -1 : result;
}

/* Writes a file beside it and renames that, so that the file is complete or absent. */
static int
make(const struct cli *cli, const char *path, struct secret_key *key)
{
	unsigned char bytes[SEAL_KEY_FILE_SIZE], public[SEAL_KEY_SIZE];
	struct buffer beside = { 0 };
	int result;

	keypair_make(key, public);
	key_write(key, bytes);
	buffer_format(&beside, "%s.new", path);
	result = write_whole(buffer_string(&beside), bytes, sizeof(bytes));
	if (result == 0)
		result = rename(buffer_string(&beside), path);
	if (result == -1)
		cli_complain(cli, "%s: %s; give the outbox's user the folder, or name another "
		    "file with --key", path, strerror(errno));
	seal_wipe(bytes, sizeof(bytes));
	buffer_free(&beside);
	return result;
}

static int
read_or_make(const struct cli *cli, const char *path, struct secret_key *key)
{
	struct buffer bytes = { 0 };
	struct error error = { 0 };
	int result = -1;

	switch (buffer_read_secret(&bytes, path, SEAL_KEY_FILE_SIZE, &error)) {
	case FOUND:
		result = key_read(key, bytes.data, bytes.length);
		if (result == -1)
			cli_complain(cli, "%s is no key of ours; move it away and a new one is "
			    "made: what waits for the old one is reported as not sent", path);
		break;
	case ABSENT:
		log_line(LOG_LINE_INFO, "outbox: there is no key yet; a new one is made");
		result = make(cli, path, key);
		break;
	case FAILED:
	default:
		cli_complain(cli, "%s", error.text);
		break;
	}
	buffer_wipe(&bytes);
	return result;
}

struct secret_key *
outbox_key(const struct cli *cli, const char *path)
{
	struct secret_key *key = secret_key_new();

	if (key == NULL)
		cli_complain(cli, "no memory for a key");
	else if (read_or_make(cli, path, key) == -1) {
		secret_key_free(key);
		key = NULL;
	}
	return key;
}

#define LOCK_FILE	"outbox.lock"	/* in the data folder */
#define MESSAGES_FOLDER	"outbox"	/* for a demonstration without mail or sms */
#define MINUTE		INT64_C(60)
#define SLOT		15		/* for number_start; Kore's workers have 1, 2, 3 ... */

enum { OPTION_KEY, OPTION_ONCE };

static const struct cli_choice options[] = {
	[OPTION_KEY] = { "key", "FILE", "its key (DIR/" OUTBOX_KEY "); made when missing" },
	[OPTION_ONCE] = { "once", NULL, "send what is due, then end" }
};

static volatile sig_atomic_t stop;

static void
note_stop(int number)
{
	(void)number;
	stop = 1;
}

static void
catch_signals(void)
{
	const struct sigaction note = { .sa_handler = note_stop };
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)sigaction(SIGTERM, &note, NULL);
	(void)sigaction(SIGINT, &note, NULL);
	(void)sigaction(SIGHUP, &note, NULL);
	(void)sigaction(SIGPIPE, &ignore, NULL);
}

/* Takes a lock that lasts as long as the process. 0, or -1 after a complaint. */
static int
take_lock(const struct cli *cli)
{
	struct buffer path = { 0 };
	int file;

	buffer_format(&path, "%s/" LOCK_FILE, cli->data);
	file = open(buffer_string(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (file == -1)
		cli_complain(cli, "%s: %s", buffer_string(&path), strerror(errno));
	else if (flock(file, LOCK_EX | LOCK_NB) == -1) {
		cli_complain(cli, "another outbox has %s; one is enough", cli->data);
		(void)close(file);
		file = -1;
	}
	buffer_free(&path);
	return file;
}

static void
choose_ways(struct outbox *outbox, const char *folder)
{
	const struct config *config = outbox->work->config;
	carry_fn otherwise = config->demonstration ? folder_carry : NULL;

	outbox->carrier = (struct carrier){
		.mail = config->mail.url != NULL ? smtp_carry : otherwise,
		.text = config->sms.url != NULL ? gateway_carry : otherwise,
		.carriage = { .stop = &stop, .folder = folder }
	};
	if (otherwise != NULL && (config->mail.url == NULL || config->sms.url == NULL))
		log_line(LOG_LINE_INFO, "outbox: a demonstration: what would be sent stands in %s",
		    folder);
}

static int
look_at_the_clock(struct outbox *outbox)
{
	const int64_t now = outbox->work->now;
	static int64_t next_at;

	if (now < next_at && !outbox->erased)
		return 0;
	if (now >= next_at && notices_overdue(outbox->work) == -1)
		return -1;
	next_at = now >= next_at ? now + MINUTE : next_at;
	/* Fails while others read; the next round tries again. */
	if (outbox_tidy(outbox) == -1 && outbox->work->error.kind != ERROR_UNAVAILABLE)
		return -1;
	return 0;
}

static int
do_round(struct outbox *outbox)
{
	enum answer answer = ABSENT;

	outbox->work->now = clock_now();
	if (look_at_the_clock(outbox) == -1 || notices_plan(outbox->work) == -1)
		return -1;
	do {
		outbox->work->now = clock_now();
		answer = outbox_send(outbox);
	} while (answer == FOUND && stop == 0);
	return answer == FAILED ? -1 : 0;
}

static void
pause_for(int seconds)
{
	const struct timespec pause = { .tv_sec = seconds };

	if (stop == 0)
		(void)nanosleep(&pause, NULL);
}

/* After a failure the outbox starts anew: messages in state sending become unknown. */
static void
work(struct outbox *outbox, bool once)
{
	bool begun = false;

	do {
		int64_t lost;

		outbox->work->now = clock_now();
		lost = begun ? 0 : outbox_begin(outbox);
		if (lost > 0)
			log_line(LOG_LINE_WARNING, "outbox: %lld messages were underway; whether "
			    "they arrived is unknown", (long long)lost);
		begun = lost != -1 && do_round(outbox) == 0;
		if (!begun)
			log_line(LOG_LINE_ERROR, "outbox: %s", outbox->work->error.text);
		if (!once)
			pause_for(begun ? 1 : 5);
	} while (stop == 0 && !once);
}

static enum cli_status
serve(const struct cli *cli, struct service *service, const char *key_path, bool once)
{
	struct outbox outbox = { .work = &service->work };
	struct secret_key *key = outbox_key(cli, key_path);
	struct buffer folder = { 0 };

	if (key == NULL)
		return CLI_FAILED;
	if (carriers_start() == -1) {
		cli_complain(cli, "libcurl does not start: is the package whole?");
		secret_key_free(key);
		return CLI_FAILED;
	}
	outbox.secret = key;
	buffer_format(&folder, "%s/" MESSAGES_FOLDER, cli->data);
	choose_ways(&outbox, buffer_string(&folder));
	work(&outbox, once);
	carriers_stop();
	secret_key_free(key);
	buffer_free(&folder);
	return CLI_DONE;
}

static enum cli_status
run(struct cli *cli)
{
	const struct rlimit none = { 0 };
	struct buffer key = { 0 };
	enum cli_status status = CLI_FAILED;
	const char *given = NULL;
	struct service service;
	bool once = false;
	int option, lock;

	while ((option = cli_option(cli)) != CLI_LAST) {
		if (option == OPTION_KEY)
			given = cli->value;
		once = once || option == OPTION_ONCE;
	}
	if (cli->words_count > 0)
		return cli_usage(cli, "unexpected argument \"%s\"", cli->words[0]);
	(void)umask(077);
	(void)setrlimit(RLIMIT_CORE, &none);
	catch_signals();
	number_start(SLOT);
	if (service_open(cli, STORE_OPEN, &service) == -1)
		return CLI_FAILED;
	buffer_format(&key, "%s%s%s", given == NULL ? cli->data : "", given == NULL ? "/" : "",
	    given == NULL ? OUTBOX_KEY : given);
	lock = take_lock(cli);
	if (lock != -1) {
		status = serve(cli, &service, buffer_string(&key), once);
		(void)close(lock);
	}
	buffer_free(&key);
	service_close(&service);
	return status;
}

const struct subcommand subcommand_outbox = {
	.name = "outbox",
	.words = "",
	.summary = "Send what waits to be told, until it is stopped.",
	.help =
	    "The only part that opens connections: mail to staff by `mail` of the\n"
	    "configuration, texts to people by `sms`. Without them nothing is lost: leads see\n"
	    "what was not sent. A demonstration without them writes each message as a file in\n"
	    "DIR/outbox/. One at a time. SIGTERM ends it after the message that is underway,\n"
	    "within a minute; whatever ends it, each message is sent once or reported.\n",
	.options = options,
	.options_count = COUNT_OF(options),
	.run = run
};
