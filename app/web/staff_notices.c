#include <stdio.h>
#include <string.h>

#include "flow/messages.h"
#include "page/pages.h"
#include "web/messages.h"

/* In the order of the page. */
static const struct wish {
	enum alert_kind kind;
	const char *name, *text;
} wishes[] = {
	{ ALERT_NEW_CASE, "kind-new", N_("någon ny finns att ringa") },
	{ ALERT_OVERDUE, "kind-overdue", N_("någon inte har fått sitt samtal i tid") },
	{ ALERT_STILL_OVERDUE, "kind-still-overdue",
	    N_("det är en arbetsdag för sent eller mer (ledare)") },
	{ ALERT_OFFERED, "kind-offered", N_("en annan kö vill lämna över till er") },
	{ ALERT_RETURNED, "kind-returned", N_("något ni ville lämna över kommer tillbaka") },
	{ ALERT_LAPSED, "kind-lapsed", N_("ingen har svarat på ett överlämnande (ledare)") },
	{ ALERT_CONFIRM, "kind-confirm", N_("ett avslut behöver en kollegas ja") },
	{ ALERT_RESTORED, "kind-restored", N_("en kollega har fått en ny lösenfras (ledare)") },
	{ ALERT_DIGEST, "kind-digest", N_("en ny dag börjar: hur många det är, {time}") },
};

static bool
is_offered(const struct exchange *x, const struct wish *wish)
{
	return x->identity.role == ROLE_LEAD || !alert_for_leads(wish->kind);
}

/* What the account has said; everything, and nowhere, until it has. -1 after the answer. */
static int
read_notice(struct exchange *x, struct store *store, struct notice_row *row)
{
	struct error error;

	switch (store_notice_get(store, x->identity.account, row, &error)) {
	case FOUND:
		return 0;
	case ABSENT:
		*row = (struct notice_row){ .account = x->identity.account, .kinds = ALERT_ALL };
		return 0;
	case FAILED:
	default:
		staff_failed(x, &error);
		return -1;
	}
}

static void
show(struct exchange *x, const struct notice_row *row, const char *address, int status,
    const char *fault)
{
	struct notice_kind_view *kinds =
	    exchange_keep_array(x, COUNT_OF(wishes), sizeof(*kinds));
	struct notices_view view = {
		.address = address, .fault = fault, .kinds = kinds,
		.no_mail = site.config.mail.url == NULL && !site.config.demonstration,
		.digest = exchange_keep(x, "%02d:%02d", site.config.digest_minute / 60,
		    site.config.digest_minute % 60)
	};

	for (size_t i = 0; i < COUNT_OF(wishes); i++) {
		if (!is_offered(x, &wishes[i]))
			continue;
		kinds[view.kinds_count].name = wishes[i].name;
		kinds[view.kinds_count].text = wishes[i].text;
		kinds[view.kinds_count++].wanted = (row->kinds & 1U << wishes[i].kind) != 0;
	}
	staff_frame(x, &view.frame, N_("Mejl till mig"), "");
	x->status = status;
	page_notices(&x->body, x->language, &view);
}

void
staff_notices(struct exchange *x, struct store *store)
{
	struct notice_row row;

	if (read_notice(x, store, &row) == 0)
		show(x, &row, row.address, 200, NULL);
}

/* What was not on the page stays as it was. */
static void
read_wishes(const struct exchange *x, struct notice_row *row)
{
	for (size_t i = 0; i < COUNT_OF(wishes); i++) {
		unsigned bit = 1U << wishes[i].kind;

		if (!is_offered(x, &wishes[i]))
			continue;
		if (form_value(&x->form, wishes[i].name) != NULL)
			row->kinds |= bit;
		else
			row->kinds &= ~bit;
	}
}

void
staff_notices_set(struct exchange *x, struct store *store)
{
	const char *written = form_value(&x->form, "address");
	struct notice_row row;
	struct error error;

	if (read_notice(x, store, &row) == -1)
		return;
	read_wishes(x, &row);
	written = written != NULL ? written + strspn(written, " ") : "";
	if (written[0] != '\0' && !address_right(written)) {
		show(x, &row, written, 422, N_("Skriv en adress som namn@kommun.se."));
		return;
	}
	(void)snprintf(row.address, sizeof(row.address), "%s", written);
	if (store_notice_put(store, &row, &error) == -1)
		staff_failed(x, &error);
	else
		exchange_redirect(x, "/staff/notices?notice=notices");
}
