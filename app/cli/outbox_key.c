#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/outbox.h"

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

/* Written beside, then renamed: the file is whole or not there. */
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
