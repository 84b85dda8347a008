/* The receipt: its address, which holds it sealed, and its page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "public/public.h"
#include "render/pages.h"
#include "render/view.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "text/text.h"

/*
 * As it is sealed: sent_at[5] promised_at[5] who[1] outside[1] contact[1]
 * digits[2] queue[8] 00. Of the queue a digest of its id, so that each receipt
 * is as long as any other.
 */
enum {
	AT_SENT = 0, AT_PROMISED = 5, AT_WHO = 10, AT_OUTSIDE = 11, AT_CONTACT = 12, AT_DIGITS = 13,
	AT_QUEUE = 15, MOMENT_SIZE = 5, QUEUE_SIZE = 8
};

static void
moment_write(unsigned char *bytes, int64_t moment)
{
	for (int i = 0; i < MOMENT_SIZE; i++)
		bytes[i] = (unsigned char)(moment >> (8 * (MOMENT_SIZE - 1 - i)));
}

static int64_t
moment_read(const unsigned char *bytes)
{
	int64_t moment = 0;

	for (int i = 0; i < MOMENT_SIZE; i++)
		moment = moment << 8 | bytes[i];
	return moment;
}

static void
queue_write(unsigned char *bytes, const struct config_queue *queue)
{
	char digest[17];

	digest_etag(queue->id, strlen(queue->id), digest);
	memcpy(bytes, digest, QUEUE_SIZE);
}

/* NULL: service.conf has it no longer. */
static const struct config_queue *
queue_read(const unsigned char *bytes)
{
	unsigned char other[QUEUE_SIZE];

	for (size_t i = 0; i < site.config.queues_count; i++) {
		queue_write(other, &site.config.queues[i]);
		if (memcmp(other, bytes, QUEUE_SIZE) == 0)
			return &site.config.queues[i];
	}
	return NULL;
}

static int64_t
area_number(const struct config_area *area)
{
	return strtoll(area->code, NULL, 10);
}

void
receipt_redirect(struct request *x, const struct receipt *receipt, const struct config_area *area)
{
	unsigned char plain[SEAL_RECEIPT_SIZE] = { 0 };
	char token[SEAL_RECEIPT_TEXT_SIZE];

	moment_write(plain + AT_SENT, receipt->sent_at);
	moment_write(plain + AT_PROMISED, receipt->promised_at);
	plain[AT_WHO] = (unsigned char)receipt->who;
	plain[AT_OUTSIDE] = receipt->outside;
	plain[AT_CONTACT] = (unsigned char)receipt->contact;
	memcpy(plain + AT_DIGITS, receipt->digits, 2);
	queue_write(plain + AT_QUEUE, receipt->queue);
	receipt_seal(token, area_number(area), plain);
	seal_wipe(plain, sizeof(plain));
	request_redirect(x, "/%s/tack/%s?lang=%s", area->slug, token, x->language->tag);
}

/* ABSENT: never given, or longer ago than it may be seen. */
static enum answer
receipt_read(struct receipt *receipt, const struct config_area *area, const char *token, int64_t now)
{
	unsigned char plain[SEAL_RECEIPT_SIZE];

	if (receipt_open(plain, area_number(area), token) != 0)
		return ABSENT;
	*receipt = (struct receipt){
		.sent_at = moment_read(plain + AT_SENT),
		.promised_at = moment_read(plain + AT_PROMISED),
		.queue = queue_read(plain + AT_QUEUE),
		.digits = { (char)plain[AT_DIGITS], (char)plain[AT_DIGITS + 1] },
		.who = plain[AT_WHO],
		.outside = plain[AT_OUTSIDE] != 0,
		.contact = plain[AT_CONTACT],
	};
	return receipt->queue != NULL && receipt->sent_at <= now + RECEIPT_SECONDS &&
	    now < receipt->sent_at + RECEIPT_SECONDS ? FOUND : ABSENT;
}

static void
render_receipt(struct request *x, const struct receipt *receipt, const struct config_area *area)
{
	struct buffer day = { 0 };
	char tel[PHONE_TEL], card[128];
	struct tm local;
	struct receipt_view view = {
		.who = word_of(&words_who, receipt->who),
		.outside = receipt->outside,
		.digits = receipt->digits,
		.rings = receipt->queue->phone,
		.rings_tel = tel,
		.contact = word_of(&words_contact, receipt->contact),
		.card_href = card,
	};

	clock_local(receipt->promised_at, &local);
	text_day(&day, x->language, &local);
	view.day = day.data;
	phone_tel(receipt->queue->phone, tel);
	(void)snprintf(card, sizeof(card), "/nummer/%s.vcf", receipt->queue->id);
	frame_public(&view.frame, x->language, area, NULL);
	view.frame.receipt = true;
	page_receipt(&x->body, x->language, &view);
	buffer_free(&day);
}

static void
render_thanks(struct request *x, const struct config_area *area)
{
	char tel[PHONE_TEL];
	struct thanks_view view = { .phone = area->phone, .tel = tel };

	phone_tel(area->phone, tel);
	frame_public(&view.frame, x->language, area, NULL);
	page_thanks(&x->body, x->language, &view);
}

/* The token in "/kristinehamn/tack/TOKEN", and the area; NULL when it is no such path. */
static const char *
token_of(const char *path, const struct config_area **area)
{
	static const char between[] = "/tack/";

	for (size_t i = 0; i < site.config.areas_count && path[0] == '/'; i++) {
		const size_t length = strlen(site.config.areas[i].slug);

		if (strncasecmp(path + 1, site.config.areas[i].slug, length) != 0 ||
		    strncasecmp(path + 1 + length, between, sizeof(between) - 1) != 0)
			continue;
		*area = &site.config.areas[i];
		return path + length + sizeof(between);
	}
	return NULL;
}

bool
receipt_answer(struct request *x)
{
	const struct config_area *area;
	const char *token = token_of(x->path, &area);
	struct receipt receipt;

	if (token == NULL)
		return false;
	if (x->method != METHOD_GET) {
		x->allow = "GET, HEAD";
		public_problem(x, 405, N_("Det går inte så"), N_("Gå tillbaka och försök igen."));
		return true;
	}
	x->status = 200;
	x->packed = true;
	if (receipt_read(&receipt, area, token, x->now) == FOUND)
		render_receipt(x, &receipt, area);
	else
		render_thanks(x, area);
	return true;
}
