/*
 * What an account sent and the service could not take. The fields of a form wait for their
 * owner to sign in again; the page that says what is wrong has an address of its own, so
 * that Back and Forward do not send the form again. Both are sealed to the account's key.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "flow/auth.h"
#include "flow/work.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define PAGE_SECONDS	INT64_C(3600)
#define FORM_SECONDS	INT64_C(86400)
#define DRAFTS_MAX	200	/* of an account: a script cannot fill the disk with them */

static int
keep(struct work *work, struct draft_row *row, const unsigned char public[SEAL_KEY_SIZE],
    const struct buffer *plain)
{
	const struct record_place place = { RECORD_DRAFT, row->account, row->number };
	struct buffer box = { 0 };
	int result;

	row->kept_at = work->now;
	if (envelope_seal(&box, row->sealed, &place, public, plain->data, plain->length) == -1)
		return error_set(&work->error, ERROR_INTERNAL, "cannot seal a draft");
	row->box = (const unsigned char *)box.data;
	row->box_size = box.length;
	result = store_draft_put(work->store, row, &work->error);
	buffer_free(&box);
	return result == -1 ? -1 :
	    store_draft_trim(work->store, row->account, DRAFTS_MAX, &work->error);
}

/* Opens it with the reader's key. A draft that does not open is no draft. */
static bool
open_draft(const struct work *work, const struct draft_row *row, struct buffer *plain)
{
	const struct record_place place = { RECORD_DRAFT, row->account, row->number };
	struct secret_key *key = secret_key_new();
	const bool opened = key != NULL &&
	    key_open(key, row->sealed, sizeof(row->sealed), work->actor->secret) == 0 &&
	    record_open(plain, &place, key, row->box, row->box_size) == 0;

	secret_key_free(key);
	return opened;
}

/*
 * A passphrase and a code of an authenticator app are typed again. A printed code is no
 * secret: it says to which code's form, and to which municipality's, the text belongs.
 */
static bool
is_secret(const char *address, const char *name)
{
	static const char *const secrets[] = { "token", "passphrase", "present", "fresh", "again" };

	if (strcmp(name, "code") == 0)
		return strcmp(address, "/staff/code") == 0 || strncmp(address, "/staff/me/", 10) == 0;
	for (size_t i = 0; i < COUNT_OF(secrets); i++) {
		if (strcmp(name, secrets[i]) == 0)
			return true;
	}
	return false;
}

enum answer
draft_keep(struct work *work, int64_t account, const char *address, const char *page,
    const struct form *form)
{
	struct draft_row row = { .number = number_next(), .account = account };
	struct account_row owner;
	struct buffer plain = { 0 };
	enum answer answer = store_account_get(work->store, account, &owner, &work->error);

	if (answer != FOUND || !owner.active || strlen(address) >= sizeof(row.address))
		return answer == FAILED ? FAILED : ABSENT;
	(void)snprintf(row.address, sizeof(row.address), "%s", address);
	buffer_reserve(&plain, 3 * (form->text_size + strlen(page)) + (size_t)16 * FORM_FIELDS_MAX);
	for (size_t i = 0; i < form->count; i++) {
		if (!is_secret(address, form->fields[i].name))
			form_encode(&plain, form->fields[i].name, form->fields[i].value);
	}
	if (plain.length == 0) {
		answer = ABSENT;
	} else {
		form_encode(&plain, "token", page);
		if (keep(work, &row, owner.public, &plain) == -1)
			answer = FAILED;
	}
	buffer_wipe(&plain);
	return answer;
}

struct showing {
	struct work *work;
	draft_show *show;
	void *context;
};

static int
show_form(const struct draft_row *row, void *argument)
{
	const struct showing *showing = argument;
	struct buffer plain = { 0 };
	struct form form = { 0 };

	if (open_draft(showing->work, row, &plain) &&
	    form_decode(&form, plain.data, plain.length) == FORM_OK) {
		showing->show(row->address, &form, showing->context);
		form_wipe(&form);
	}
	buffer_wipe(&plain);
	return 0;
}

int
drafts_each(struct work *work, draft_show *show, void *context)
{
	struct showing showing = { work, show, context };

	return store_draft_each(work->store, work->actor->account, show_form, &showing,
	    &work->error);
}

static int
stop_at_first(const struct draft_row *row, void *argument)
{
	(void)row;
	*(bool *)argument = true;
	return 1;
}

int
draft_drop(struct work *work, const char *address)
{
	bool any = false;

	/* Most accounts have none: a page costs no write. */
	if (store_draft_each(work->store, work->actor->account, stop_at_first, &any,
	    &work->error) == -1)
		return -1;
	return any && store_draft_remove(work->store, work->actor->account, address,
	    &work->error) == FAILED ? -1 : 0;
}

int
draft_page_keep(struct work *work, int status, const struct buffer *page, int64_t *number)
{
	struct draft_row row = {
		.number = number_next(),
		.account = work->actor->account,
		.session = work->actor->session_number
	};
	unsigned char public[SEAL_KEY_SIZE];
	struct buffer plain = { 0 };
	int result;

	keypair_public(work->actor->secret, public);
	buffer_reserve(&plain, page->length + 16);
	buffer_format(&plain, "%d ", status);
	buffer_add(&plain, page->data, page->length);
	result = keep(work, &row, public, &plain);
	buffer_wipe(&plain);
	*number = row.number;
	return result;
}

struct page_reading {
	struct work *work;
	int status;			/* 0: not opened */
	struct buffer *page;
};

static int
read_page(const struct draft_row *row, void *argument)
{
	struct page_reading *reading = argument;
	struct buffer plain = { 0 };
	char *end;

	if (reading->work->now - row->kept_at < PAGE_SECONDS &&
	    open_draft(reading->work, row, &plain)) {
		reading->status = (int)strtol(buffer_string(&plain), &end, 10);
		buffer_reserve(reading->page, plain.length);
		buffer_text(reading->page, end + 1);
	}
	buffer_wipe(&plain);
	return 0;
}

enum answer
draft_page_read(struct work *work, int64_t number, int *status, struct buffer *page)
{
	struct page_reading reading = { .work = work, .page = page };

	if (store_draft_page(work->store, number, work->actor->account,
	    work->actor->session_number, read_page, &reading, &work->error) == -1)
		return FAILED;
	*status = reading.status;
	return reading.status == 0 ? ABSENT : FOUND;
}

int
form_refused(struct work *work, const unsigned char digest[SEAL_DIGEST_SIZE])
{
	return work->form_marked ? store_form_give_back(work->store, digest, &work->error) : 0;
}

int
drafts_forget(struct work *work)
{
	if (store_drafts_forget(work->store, work->now - PAGE_SECONDS, work->now - FORM_SECONDS,
	    &work->error) == -1)
		return -1;
	return store_forms_forget(work->store, work->now - FORM_SECONDS, &work->error);
}
