/* A submission: checked, sealed, committed together with others, and answered by a receipt. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/codes.h"
#include "flow/intake.h"
#include "flow/work.h"
#include "public/public.h"
#include "render/pages.h"
#include "render/view.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "server/server.h"
#include "text/text.h"

static struct form_request *
form_of(const struct request *x)
{
	return x->own;
}

static void
form_request_free(void *own)
{
	struct form_request *form = own;

	intake_free(&form->intake);
}

static void
form_request_begin(struct request *x, const struct config_area *area, const char *code)
{
	struct form_request *form = arena_array(x, 1, sizeof(*form));

	form->area = area;
	(void)snprintf(form->code, sizeof(form->code), "%s", code);
	x->own = form;
	x->own_free = form_request_free;
}

#ifndef BATCH_MAX	/* a benchmark is compiled with 1: a commit for each submission */
#define BATCH_MAX	256
#endif

/*
 * Submissions that wait for a commit. Those that come in while a commit runs, or
 * while another process holds the commit lock, gather in a list; the next commit
 * takes them all. A submission that comes alone is committed at once.
 */
static struct {
	struct job job;
	bool running;
	pthread_mutex_t lock;		/* of the list below, from which WORKER_WRITER takes */
	struct request *first, **end;
	struct request *member[BATCH_MAX];
	struct intake *batch[BATCH_MAX];
	size_t count;
} writer = { .lock = PTHREAD_MUTEX_INITIALIZER, .end = &writer.first };

static void
writer_take(void)
{
	(void)pthread_mutex_lock(&writer.lock);
	for (writer.count = 0; writer.first != NULL && writer.count < BATCH_MAX; writer.count++) {
		struct request *x = writer.first;

		writer.first = x->next;
		writer.member[writer.count] = x;
		writer.batch[writer.count] = &form_of(x)->intake;
	}
	if (writer.first == NULL)
		writer.end = &writer.first;
	(void)pthread_mutex_unlock(&writer.lock);
}

static void
writer_work(struct job *job, struct store *store)
{
	struct work work = { .store = store, .config = &site.config, .now = clock_now() };
	bool mine = commit_lock_take();

	(void)job;
	writer_take();
	intake_commit(&work, writer.batch, writer.count);
	if (mine)
		commit_lock_release();
}

static void writer_start(void);

static void
writer_done(struct job *job)
{
	(void)job;
	writer.running = false;
	for (size_t i = 0; i < writer.count; i++)
		request_return(writer.member[i]);
	if (writer.first != NULL)
		writer_start();
}

static void
writer_start(void)
{
	writer.running = true;
	writer.job = (struct job){ .work = writer_work, .done = writer_done };
	(void)worker_submit(WORKER_WRITER, &writer.job);
}

static void
writer_add(struct request *x)
{
	x->next = NULL;
	(void)pthread_mutex_lock(&writer.lock);
	*writer.end = x;
	writer.end = &x->next;
	(void)pthread_mutex_unlock(&writer.lock);
	if (!writer.running)
		writer_start();
}

static void
render_not_agreed(struct buffer *out, const struct language *language,
    const struct config_area *area, const char *code)
{
	struct buffer address = { 0 }, link = { 0 };
	struct not_agreed_view view = { 0 };
	struct symbol symbol;

	if (code[0] != '\0')
		code_address(&site.config, code, &address);
	else
		buffer_format(&address, "%s/%s", site.config.base_url, area->slug);
	if (symbol_make(&symbol, address.data, SYMBOL_M) == 0) {
		symbol_link(&symbol, &link);
		view.symbol = link.data;
		symbol_free(&symbol);
	}
	view.address = address.data;
	frame_public(&view.frame, language, area, NULL);
	page_not_agreed(out, language, &view);
	buffer_free(&address);
	buffer_free(&link);
}

#define RECEIPT_SECONDS	3600

/*
 * What somebody is told who has sent a form. It has an address of its own, of
 * which the token is the receipt itself, sealed; nothing of it is stored.
 */
struct receipt {
	int64_t sent_ms;		/* as clock_now_ms counts */
	int64_t promised_at;
	const struct config_queue *queue;
	char digits[3];			/* the last two of the number */
	enum who who;
	bool outside;			/* of the age that the service is for */
	enum contact contact;
	enum phone_kind kind;		/* of the number */
};

/*
 * As it is sealed: sent_ms[6] promised_at[5] who[1] outside[1] contact[1]
 * digits[2] queue[7] kind[1]. Of the queue a digest of its id, so that each receipt
 * is as long as any other.
 */
enum {
	AT_SENT = 0, AT_PROMISED = 6, AT_WHO = 11, AT_OUTSIDE = 12, AT_CONTACT = 13, AT_DIGITS = 14,
	AT_QUEUE = 16, AT_KIND = 23, QUEUE_SIZE = 7
};

static void
number_write(unsigned char *bytes, int size, int64_t number)
{
	for (int i = 0; i < size; i++)
		bytes[i] = (unsigned char)(number >> (8 * (size - 1 - i)));
}

static int64_t
number_read(const unsigned char *bytes, int size)
{
	int64_t number = 0;

	for (int i = 0; i < size; i++)
		number = number << 8 | bytes[i];
	return number;
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

/* Answers 303 with the receipt's address. */
static void
receipt_redirect(struct request *x, const struct receipt *receipt, const struct config_area *area)
{
	unsigned char plain[SEAL_RECEIPT_SIZE] = { 0 };
	char token[SEAL_RECEIPT_TEXT_SIZE];

	number_write(plain + AT_SENT, AT_PROMISED - AT_SENT, receipt->sent_ms);
	number_write(plain + AT_PROMISED, AT_WHO - AT_PROMISED, receipt->promised_at);
	plain[AT_WHO] = (unsigned char)receipt->who;
	plain[AT_OUTSIDE] = receipt->outside;
	plain[AT_CONTACT] = (unsigned char)receipt->contact;
	plain[AT_KIND] = (unsigned char)receipt->kind;
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
		.sent_ms = number_read(plain + AT_SENT, AT_PROMISED - AT_SENT),
		.promised_at = number_read(plain + AT_PROMISED, AT_WHO - AT_PROMISED),
		.queue = queue_read(plain + AT_QUEUE),
		.digits = { (char)plain[AT_DIGITS], (char)plain[AT_DIGITS + 1] },
		.who = plain[AT_WHO],
		.outside = plain[AT_OUTSIDE] != 0,
		.contact = plain[AT_CONTACT],
		.kind = plain[AT_KIND],
	};
	return receipt->queue != NULL && receipt->sent_ms / 1000 <= now + RECEIPT_SECONDS &&
	    now < receipt->sent_ms / 1000 + RECEIPT_SECONDS ? FOUND : ABSENT;
}

/* The number from which text messages come, as people write it; NULL when there is none. */
static const char *
texts_from(char shown[PHONE_SHOWN])
{
	char e164[PHONE_MAX];

	if (site.config.sms.url == NULL || phone_parse(site.config.sms.from, e164) != 0)
		return NULL;
	phone_show(e164, shown);
	return shown;
}

static void
render_receipt(struct request *x, const struct receipt *receipt, const struct config_area *area)
{
	struct buffer day = { 0 };
	char tel[PHONE_TEL], shown[PHONE_SHOWN], card[128];
	struct tm local;
	struct receipt_view view = {
		.who = word_of(&words_who, receipt->who),
		.outside = receipt->outside,
		.digits = receipt->digits,
		.kind = phone_kind_word(receipt->kind),
		.rings = receipt->queue->phone,
		.rings_tel = tel,
		.texts_from = texts_from(shown),
		.contact = word_of(&words_contact, receipt->contact),
		.card_href = card,
		.card_name = card_name(receipt->queue),
	};

	clock_local(receipt->promised_at, &local);
	text_day(&day, x->language, &local);
	view.day = day.data;
	phone_tel(receipt->queue->phone, tel);
	(void)snprintf(card, sizeof(card), "/nummer/%s.vcf", receipt->queue->id);
	frame_public(&view.frame, x->language, area, NULL);
	view.frame.receipt = true;
	view.frame.at = receipt->sent_ms;
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

/* The token in "/kristinehamn/tack/TOKEN"; NULL when the path is not that of a receipt. */
static const char *
token_of(const char *path, const struct config_area *area)
{
	const size_t slug = strlen(area->slug), between = strlen(RECEIPT_PATH);

	return path[0] == '/' && strncasecmp(path + 1, area->slug, slug) == 0 &&
	    strncasecmp(path + 1 + slug, RECEIPT_PATH, between) == 0 ?
	    path + 1 + slug + between : NULL;
}

/* A receipt that is over, or was never given, is a thanks and a number to ring. */
static void
receipt_answer(struct request *x, const char *token)
{
	const struct config_area *area = form_of(x)->area;
	struct receipt receipt;

	if (x->method != METHOD_GET) {
		x->allow = "GET, HEAD";
		public_problem(x, 405, N_("Så går det inte att göra"), N_("Gå tillbaka och försök igen."));
		return;
	}
	x->status = 200;
	x->packed = true;
	if (receipt_read(&receipt, area, token, x->now) == FOUND)
		render_receipt(x, &receipt, area);
	else
		render_thanks(x, area);
}

/* The form as it came, to be shown again. */
static struct form_state
form_came_back(const struct request *x)
{
	return (struct form_state){
		.posted = &x->form,
		.at = clock_now_ms(),
		.again = form_value(&x->query, FORM_AGAIN) == NULL,
	};
}

/* Not stored: the form comes back with everything in it, to be sent again. */
static void
answer_unavailable(struct request *x)
{
	struct form_state state = form_came_back(x);

	x->status = 503;
	x->revisited = true;
	state.unavailable = true;
	render_form(&x->body, x->language, form_of(x)->area, &state);
}

static void
answer_stored(struct request *x)
{
	if (form_of(x)->intake.result == INTAKE_UNAVAILABLE) {
		answer_unavailable(x);
		return;
	}
	receipt_redirect(x, &(struct receipt){
		.sent_ms = clock_now_ms(),
		.promised_at = form_of(x)->intake.row.promised_at,
		.queue = form_of(x)->intake.queue,
		.digits = { form_of(x)->digits[0], form_of(x)->digits[1] },
		.kind = form_of(x)->kind,
		.who = form_of(x)->who,
		.outside = submission_outside(form_of(x)->age),
		.contact = form_of(x)->contact,
	}, form_of(x)->area);
}

static void
store_submission(struct request *x, const struct submission *submission)
{
	struct form_request *form = form_of(x);
	struct work work = { .config = &site.config, .now = x->now };
	size_t digits = strlen(submission->phone);

	if (intake_prepare(&work, &form->intake, site.queue_keys, submission,
	    form->code[0] == '\0' ? NULL : form->code) != 0) {
		log_line(LOG_LINE_ERROR, "cannot seal a submission: %s", work.error.text);
		answer_unavailable(x);
		return;
	}
	memcpy(form->digits, submission->phone + digits - 2, sizeof(form->digits));
	form->kind = phone_kind(submission->phone);
	form->who = submission->who;
	form->age = submission->age;
	form->contact = submission->contact;
	x->away = true;
	x->resume = answer_stored;
	writer_add(x);
}

/* Checks the form that was sent, and stores it or shows the faults. */
static void
submit(struct request *x)
{
	const struct form_request *form = form_of(x);
	const struct intake_state *closed;
	enum fault faults[FIELD_COUNT] = { FAULT_NONE };
	struct form_state state = form_came_back(x);
	struct submission submission;

	/* Does not show the answers again: they cannot be sent, and others may use the telephone. */
	closed = intake_closed(form->area, x->now);
	if (closed != NULL) {
		x->status = 403;
		x->revisited = true;
		render_closed(&x->body, x->language, form->area, closed, true);
		return;
	}
	switch (submission_check(&x->form, form->area, x->language->tag, &submission, faults)) {
	case SUBMISSION_OK:
		store_submission(x, &submission);
		break;
	case SUBMISSION_FAULTY:
		x->status = 422;
		x->revisited = true;
		state.faults = faults;
		render_form(&x->body, x->language, form->area, &state);
		break;
	case SUBMISSION_NOT_AGREED:
		x->status = 200;
		x->revisited = true;
		render_not_agreed(&x->body, x->language, form->area, form->code);
		break;
	case SUBMISSION_UNKNOWN:
	default:
		public_problem(x, 400, N_("Det gick inte att läsa svaret"),
		    N_("Det kom ett svar på en fråga som inte finns här. Fyll i igen."));
		break;
	}
	seal_wipe(&submission, sizeof(submission));
}

/*
 * The form as it was filled in, in the language that was asked for: nothing is
 * sent. Of one that had come back with faults, it says them again.
 */
static void
translate(struct request *x)
{
	const struct form_request *form = form_of(x);
	enum fault faults[FIELD_COUNT] = { FAULT_NONE };
	struct submission submission;
	struct form_state state = form_came_back(x);

	state.kept = true;
	state.from = form_value(&x->query, FORM_KEEPS);
	if (form_value(&x->query, FORM_FAULTY) != NULL &&
	    submission_check(&x->form, form->area, x->language->tag, &submission, faults) ==
	    SUBMISSION_FAULTY)
		state.faults = faults;
	seal_wipe(&submission, sizeof(submission));
	x->status = 200;
	x->revisited = true;
	render_form(&x->body, x->language, form->area, &state);
}

/* The empty form, for a reader whose own language is chosen in it (codes.c, form_apart). */
static void
form_open(struct request *x)
{
	char tag[LANGUAGE_TAG_SIZE];
	struct form_state state = {
		.posted = &x->form,
		.speak = request_wants(x->request, tag) ? tag : NULL,
	};

	x->status = 200;
	x->revisited = true;
	x->packed = true;
	render_form(&x->body, x->language, form_of(x)->area, &state);
}

void
form_answer(struct request *x, const struct config_area *area, const char *code)
{
	const char *token = token_of(x->path, area);

	form_request_begin(x, area, code);
	if (token != NULL) {
		receipt_answer(x, token);
	} else if (x->method == METHOD_POST) {
		if (!request_body(x))
			return;
		if (form_value(&x->query, FORM_KEEPS) != NULL)
			translate(x);
		else
			submit(x);
	} else if (x->method == METHOD_GET) {
		form_open(x);
	} else {
		x->allow = "GET, HEAD, POST";
		public_problem(x, 405, N_("Så går det inte att göra"),
		    N_("Öppna formuläret och fyll i det."));
	}
}
