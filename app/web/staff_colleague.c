#include <stdlib.h>
#include <string.h>

#include "web/colleagues.h"

#define QUEUE_FIELD	"queue-"	/* and the queue's id: one for each that is ticked */

static const char *
refusal(enum colleague_verdict verdict)
{
	switch (verdict) {
	case COLLEAGUE_GONE:
		return N_("Det går inte längre: kontot eller länken finns inte kvar.");
	case COLLEAGUE_QUEUE:
		return N_("Välj en kö som du själv kan öppna.");
	case COLLEAGUE_LAST:
		return N_("Det går inte än: då skulle ingen kunna öppna en av köerna. "
		    "Ge först kön till någon mer.");
	case COLLEAGUE_ONLY:
		return N_("Det är den enda kön. Avaktivera kontot i stället.");
	default:
		return N_("Det får du inte göra för det kontot.");
	}
}

/* Answers what was refused or failed; true when it was done. */
static bool
is_done(struct exchange *x, struct store *store, int result, enum colleague_verdict verdict,
    const struct error *error)
{
	if (result == -1)
		staff_failed(x, error);
	else if (verdict != COLLEAGUE_OK)
		staff_colleagues_show(x, store, verdict == COLLEAGUE_ROLE ? 403 : 409,
		    refusal(verdict), NULL);
	return result == 0 && verdict == COLLEAGUE_OK;
}

/* A field that must be there, "" when it is not. */
static const char *
field(const struct exchange *x, const char *name)
{
	const char *value = form_value(&x->form, name);

	return value == NULL ? "" : value;
}

static void
show_link(struct exchange *x, struct store *store, char token[SEAL_TOKEN_SIZE],
    const char *restores)
{
	const struct fresh_link link = { token, restores };

	staff_colleagues_show(x, store, 200, NULL, &link);
	seal_wipe(token, SEAL_TOKEN_SIZE);
}

/* The queues whose boxes are ticked; queues holds FORM_FIELDS_MAX. */
static size_t
ticked(const struct exchange *x, const char *queues[])
{
	size_t count = 0;

	for (size_t i = 0; i < x->form.count; i++) {
		if (strncmp(x->form.fields[i].name, QUEUE_FIELD, strlen(QUEUE_FIELD)) == 0)
			queues[count++] = x->form.fields[i].name + strlen(QUEUE_FIELD);
	}
	return count;
}

void
staff_invite(struct exchange *x, struct store *store)
{
	const char *queues[FORM_FIELDS_MAX];
	int role = word_value(&words_role, form_value(&x->form, "role"));
	struct invitation_wish wish = { .queues = queues };
	enum colleague_verdict verdict = COLLEAGUE_ROLE;
	char token[SEAL_TOKEN_SIZE];
	struct error error;
	int result = 0;

	wish.role = (enum role)role;
	wish.queues_count = ticked(x, queues);
	if (role != -1)
		result = invitation_issue(store, &x->identity, &wish, x->now, token, &verdict,
		    &error);
	if (is_done(x, store, result, verdict, &error))
		show_link(x, store, token, NULL);
}

void
staff_restore(struct exchange *x, struct store *store)
{
	const char *user = field(x, "user");
	enum colleague_verdict verdict;
	char token[SEAL_TOKEN_SIZE];
	struct error error;
	int result = restoration_issue(store, &x->identity, user, x->now, token, &verdict, &error);

	if (is_done(x, store, result, verdict, &error))
		show_link(x, store, token, user);
}

void
staff_withdraw(struct exchange *x, struct store *store)
{
	enum colleague_verdict verdict = COLLEAGUE_GONE;
	struct error error;
	int64_t number;
	int result = 0;

	if (number_parse(field(x, "invitation"), &number) == 0)
		result = invitation_withdraw(store, &x->identity, number, &verdict, &error);
	if (is_done(x, store, result, verdict, &error))
		exchange_redirect(x, "/staff/colleagues?notice=withdrawn");
}

void
staff_join(struct exchange *x, struct store *store)
{
	enum colleague_verdict verdict;
	struct error error;
	int result = colleague_join(store, &x->identity, field(x, "user"), field(x, "queue"),
	    &verdict, &error);

	if (is_done(x, store, result, verdict, &error))
		exchange_redirect(x, "/staff/colleagues?notice=joined");
}

void
staff_part(struct exchange *x, struct store *store)
{
	enum colleague_verdict verdict;
	struct error error;
	int result = colleague_part(store, &site.config, &x->identity, field(x, "user"),
	    field(x, "queue"), x->now, &verdict, &error);

	if (is_done(x, store, result, verdict, &error))
		exchange_redirect(x, "/staff/colleagues?notice=parted");
}

void
staff_deactivate(struct exchange *x, struct store *store)
{
	enum colleague_verdict verdict;
	struct error error;
	int result = colleague_deactivate(store, &site.config, &x->identity, field(x, "user"),
	    x->now, &verdict, &error);

	if (is_done(x, store, result, verdict, &error))
		exchange_redirect(x, "/staff/colleagues?notice=deactivated");
}

void
staff_rotate(struct exchange *x, struct store *store)
{
	const char *queue = field(x, "queue");
	enum colleague_verdict verdict;
	struct error error;
	int result = rotation_begin(store, &x->identity, queue, atoi(field(x, "generation")),
	    x->now, &verdict, &error);

	if (!is_done(x, store, result, verdict, &error))
		return;
	moving_after(x, queue);
	exchange_redirect(x, "/staff/colleagues?notice=rotated");
}
