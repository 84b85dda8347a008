#include "notify/transfer.h"

/* A status that was read is an answer, also when the rest of it was cut off. */
static enum delivery
judge(long status, bool begun)
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
	/* Without it libcurl may ask first whether it may send, and send again. */
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
	delivery = judge(status, handing->begun);
err:
	transfer_end(&transfer);
	curl_slist_free_all(headers);
	buffer_wipe(&form);
	return delivery;
}
