#include <string.h>

#include "notify/transfer.h"

/* To another machine nothing goes in the clear; on this one a certificate would prove nothing. */
static long
demanded_tls(const char *url)
{
	const char *host = strstr(url, "://") + 3;

	return strncmp(host, "localhost", 9) == 0 || strncmp(host, "127.0.0.1", 9) == 0 ?
	    (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL;
}

/*
 * Until the content is handed over the server has nothing. After that its last
 * status is 354 until it answers: only 4xx and 5xx say that it has not taken it.
 */
static enum delivery
judge(CURLcode result, long status, bool begun)
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
	delivery = judge(result, status, handing->begun);
err:
	transfer_end(&transfer);
	curl_slist_free_all(receivers);
	buffer_free(&letter);
	return delivery;
}
