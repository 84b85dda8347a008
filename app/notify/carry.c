/* Mail by SMTP and texts by an HTTP gateway, with libcurl. */
#include <string.h>

#include <curl/curl.h>

#include "base/base.h"
#include "config/config.h"
#include "notify/notify.h"

#define CONNECT_MS	10000L
#define PASSWORD_MAX	512

struct transfer {
	CURL *curl;
	struct handing *handing;
	const char *bytes;		/* the next byte to hand over */
	size_t left;			/* how many bytes are left */
	const volatile sig_atomic_t *stop;
	int answer_ms;			/* the longest time that the whole transfer may take */
	struct buffer password;
	char fault[CURL_ERROR_SIZE];
};

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

/* Drops the text that the other side sends beside its status. */
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

/* Reads the first line of the file, without its line end. */
static int
read_password(struct transfer *transfer, const char *path, struct error *why)
{
	struct buffer *password = &transfer->password;

	switch (buffer_read_secret(password, path, PASSWORD_MAX, why)) {
	case FOUND:
		password->data[strcspn(password->data, "\r\n")] = '\0';
		return 0;
	case ABSENT:
		return error_set(why, ERROR_INPUT, "%s does not exist; write the password into it",
		    path);
	case FAILED:
	default:
		return -1;
	}
}

/* An option can fail for lack of memory alone, because this version knows all of them. */
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

/*
 * Prepares a transfer on a new connection, without a proxy and without redirects. No
 * connection is used twice, because libcurl repeats by itself a transfer that failed on a
 * used one. -1 with *why when there is no memory or the password cannot be read. The
 * caller ends the transfer with transfer_end, after -1 too.
 */
static int
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

/*
 * Runs the transfer. *status becomes the last status of the other side, 0 without one;
 * *why is always filled. Returns libcurl's result.
 */
static CURLcode
transfer_run(struct transfer *transfer, long *status, struct error *why)
{
	CURLcode result = curl_easy_perform(transfer->curl);

	*status = 0;
	(void)curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, status);
	(void)error_set(why, ERROR_UNAVAILABLE, "status %ld, %s", *status,
	    transfer->fault[0] != '\0' ? transfer->fault : curl_easy_strerror(result));
	return result;
}

/* Frees everything and wipes the password. */
static void
transfer_end(struct transfer *transfer)
{
	curl_easy_cleanup(transfer->curl);
	buffer_wipe(&transfer->password);
}

/* The status alone is an answer, also when the connection breaks after it. */
static enum delivery
gateway_judge(long status, bool begun)
{
	switch (status) {
	case 400:
	case 406:
	case 410:
	case 413:
	case 414:
	case 415:
	case 422:
		return DELIVERY_REFUSED;
	case 502:
	case 504:
		return begun ? DELIVERY_UNKNOWN : DELIVERY_LATER;
	default:
		break;
	}
	if (status >= 200 && status < 300)
		return DELIVERY_SENT;
	return !begun || status >= 300 ? DELIVERY_LATER : DELIVERY_UNKNOWN;
}

enum delivery
gateway_carry(const struct parcel *parcel, struct handing *handing, const struct config *config,
    const struct carriage *carriage, struct error *why)
{
	const struct config_sms *sms = &config->sms;
	struct transfer transfer = {
		.handing = handing, .stop = carriage->stop, .answer_ms = config->waits.answer
	};
	/* Without this header libcurl may ask for leave to send, and then send twice. */
	struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
	enum delivery delivery = DELIVERY_LATER;
	struct buffer form = { 0 };
	long status;

	buffer_reserve(&form, 8192);
	form_encode(&form, "from", sms->from);
	form_encode(&form, "to", parcel->to);
	form_encode(&form, "message", parcel->text);
	if (transfer_begin(&transfer, sms->url, sms->user, sms->password_file, why) == -1)
		goto err;
	transfer.bytes = form.data;
	transfer.left = form.length;
	(void)curl_easy_setopt(transfer.curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	(void)curl_easy_setopt(transfer.curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	(void)curl_easy_setopt(transfer.curl, CURLOPT_HTTPHEADER, headers);
	(void)curl_easy_setopt(transfer.curl, CURLOPT_POST, 1L);
	(void)curl_easy_setopt(transfer.curl, CURLOPT_POSTFIELDSIZE, (long)form.length);
	(void)transfer_run(&transfer, &status, why);
	delivery = gateway_judge(status, handing->begun);
err:
	transfer_end(&transfer);
	curl_slist_free_all(headers);
	buffer_wipe(&form);
	return delivery;
}

/* Demands TLS unless the server is this machine, where a certificate proves nothing. */
static long
demanded_tls(const char *url)
{
	const char *host = strstr(url, "://") + 3;

	return strncmp(host, "localhost", 9) == 0 || strncmp(host, "127.0.0.1", 9) == 0 ?
	    (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL;
}

/*
 * Before the content is handed over the server has no message. After that its last
 * status is 354 until it answers; only 4xx and 5xx say that it has not accepted it.
 */
static enum delivery
smtp_judge(CURLcode result, long status, bool begun)
{
	if (result == CURLE_OK)
		return DELIVERY_SENT;
	if (result == CURLE_LOGIN_DENIED)
		return DELIVERY_LATER;
	if (status >= 500 && status < 600)
		return DELIVERY_REFUSED;
	return !begun || (status >= 400 && status < 500) ? DELIVERY_LATER : DELIVERY_UNKNOWN;
}

enum delivery
smtp_carry(const struct parcel *parcel, struct handing *handing, const struct config *config,
    const struct carriage *carriage, struct error *why)
{
	const struct config_mail *mail = &config->mail;
	struct transfer transfer = {
		.handing = handing, .stop = carriage->stop, .answer_ms = config->waits.answer
	};
	struct curl_slist *receivers = curl_slist_append(NULL, parcel->to);
	enum delivery delivery = DELIVERY_LATER;
	struct buffer letter = { 0 };
	CURLcode result;
	long status;

	letter_write(parcel, mail->from, &letter);
	if (transfer_begin(&transfer, mail->url, mail->user, mail->password_file, why) == -1)
		goto err;
	transfer.bytes = letter.data;
	transfer.left = letter.length;
	(void)curl_easy_setopt(transfer.curl, CURLOPT_USE_SSL, demanded_tls(mail->url));
	(void)curl_easy_setopt(transfer.curl, CURLOPT_MAIL_FROM, mail->from);
	(void)curl_easy_setopt(transfer.curl, CURLOPT_MAIL_RCPT, receivers);
	(void)curl_easy_setopt(transfer.curl, CURLOPT_UPLOAD, 1L);
	(void)curl_easy_setopt(transfer.curl, CURLOPT_INFILESIZE, (long)letter.length);
	result = transfer_run(&transfer, &status, why);
	delivery = smtp_judge(result, status, handing->begun);
err:
	transfer_end(&transfer);
	curl_slist_free_all(receivers);
	buffer_free(&letter);
	return delivery;
}

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
