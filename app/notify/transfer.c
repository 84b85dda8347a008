#include <string.h>

#include "notify/transfer.h"

#define PASSWORD_MOST	512

int
carriers_start(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -1;
}

void
carriers_stop(void)
{
	curl_global_cleanup();
}

static size_t
give(char *to, size_t size, size_t count, void *argument)
{
	struct transfer *transfer = argument;
	size_t given = size * count < transfer->left ? size * count : transfer->left;

	if (!transfer->handing->begun) {
		if (transfer->handing->begin(transfer->handing->context) == -1)
			return CURL_READFUNC_ABORT;
		transfer->handing->begun = true;
	}
	memcpy(to, transfer->bytes, given);
	transfer->bytes += given;
	transfer->left -= given;
	return given;
}

/* What the other side says beside its status is of no use to us. */
static size_t
ignore(char *bytes, size_t size, size_t count, void *argument)
{
	(void)bytes;
	(void)argument;
	return size * count;
}

static int
watch(void *argument, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct transfer *transfer = argument;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return !transfer->handing->begun && *transfer->stop != 0;
}

/* The first line, without its end. */
static int
read_password(struct transfer *transfer, const char *path, struct error *why)
{
	struct buffer *password = &transfer->password;

	switch (buffer_read_secret(password, path, PASSWORD_MOST, why)) {
	case FOUND:
		password->data[strcspn(password->data, "\r\n")] = '\0';
		return 0;
	case ABSENT:
		return error_set(why, ERROR_INPUT, "%s is not there; write the password in it",
		    path);
	case FAILED:
	default:
		return -1;
	}
}

/* Only memory can be lacking: the options are all known to this version. */
static void
set_up(struct transfer *transfer, const char *url)
{
	CURL *curl = transfer->curl;

	(void)curl_easy_setopt(curl, CURLOPT_URL, url);
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps,http,https");
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)transfer->answer_ms);
	(void)curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	    (long)(transfer->answer_ms + 999) / 1000);
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	(void)curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->fault);
	(void)curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	(void)curl_easy_setopt(curl, CURLOPT_READDATA, transfer);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
	(void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, transfer);
}

int
transfer_begin(struct transfer *transfer, const char *url, const char *user,
    const char *password_file, struct error *why)
{
	transfer->curl = curl_easy_init();
	if (transfer->curl == NULL)
		return error_set(why, ERROR_UNAVAILABLE, "no memory for a connection");
	set_up(transfer, url);
	if (user == NULL)
		return 0;
	if (read_password(transfer, password_file, why) == -1)
		return -1;
	(void)curl_easy_setopt(transfer->curl, CURLOPT_USERNAME, user);
	(void)curl_easy_setopt(transfer->curl, CURLOPT_PASSWORD,
	    buffer_string(&transfer->password));
	return 0;
}

CURLcode
transfer_run(struct transfer *transfer, long *status, struct error *why)
{
	CURLcode result = curl_easy_perform(transfer->curl);

	*status = 0;
	(void)curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, status);
	(void)error_set(why, ERROR_UNAVAILABLE, "status %ld, %s", *status,
	    transfer->fault[0] != '\0' ? transfer->fault : curl_easy_strerror(result));
	return result;
}

void
transfer_end(struct transfer *transfer)
{
	curl_easy_cleanup(transfer->curl);
	buffer_wipe(&transfer->password);
}
