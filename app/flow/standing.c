#include <stdlib.h>
#include <string.h>

#include "flow/keys.h"
#include "flow/standing.h"

bool
queue_list_has(const struct queue_list *list, const char *queue)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->queue[i], queue) == 0)
			return true;
	}
	return false;
}

void
queue_list_add(struct queue_list *list, const char *queue)
{
	if (queue_list_has(list, queue))
		return;
	list->queue = reallocarray(list->queue, list->count + 1, sizeof(*list->queue));
	if (list->queue == NULL)
		abort();
	(void)strncpy(list->queue[list->count], queue, sizeof(*list->queue) - 1);
	list->queue[list->count++][sizeof(*list->queue) - 1] = '\0';
}

void
queue_list_free(struct queue_list *list)
{
	free(list->queue);
	*list = (struct queue_list){ 0 };
}

static int
add_membership(const struct membership_row *row, void *argument)
{
	queue_list_add(argument, row->queue);
	return 0;
}

int
queue_list_read(struct queue_list *list, struct store *store, int64_t account,
    struct error *error)
{
	*list = (struct queue_list){ 0 };
	return store_membership_each(store, account, add_membership, list, error);
}

bool
queue_list_share(const struct queue_list *one, const struct queue_list *other)
{
	for (size_t i = 0; i < one->count; i++) {
		if (queue_list_has(other, one->queue[i]))
			return true;
	}
	return false;
}

enum answer
standing_read(struct standing *standing, struct store *store, const struct identity *reader,
    const char *user, struct error *error)
{
	enum answer answer;

	*standing = (struct standing){ .reader = reader };
	answer = store_account_by_user(store, user, &standing->account, error);
	if (answer == FOUND && !standing->account.active)
		return ABSENT;
	if (answer == FOUND &&
	    (queue_list_read(&standing->queues, store, standing->account.number, error) == -1 ||
	    queue_list_read(&standing->own, store, reader->account, error) == -1))
		answer = FAILED;
	if (answer != FOUND)
		standing_free(standing);
	return answer;
}

void
standing_free(struct standing *standing)
{
	queue_list_free(&standing->queues);
	queue_list_free(&standing->own);
}

static bool
is_another(const struct standing *standing)
{
	return standing->account.active && standing->account.number != standing->reader->account;
}

bool
standing_may_restore(const struct standing *standing)
{
	if (standing->reader->role == ROLE_ADMINISTRATOR ||
	    standing->account.role == ROLE_ADMINISTRATOR)
		return is_another(standing) && standing->reader->role == standing->account.role;
	if (standing->account.role == ROLE_LEAD && standing->reader->role != ROLE_LEAD)
		return false;
	return is_another(standing) && queue_list_share(&standing->own, &standing->queues);
}

bool
standing_may_deactivate(const struct standing *standing)
{
	if (standing->reader->role == ROLE_ADMINISTRATOR)
		return is_another(standing);
	return is_another(standing) && standing->reader->role == ROLE_LEAD &&
	    queue_list_share(&standing->own, &standing->queues);
}

bool
standing_may_be_away(const struct standing *standing)
{
	if (!standing->account.active || standing->account.role == ROLE_ADMINISTRATOR)
		return false;
	return standing->account.number == standing->reader->account ||
	    (standing->reader->role == ROLE_LEAD &&
	    queue_list_share(&standing->own, &standing->queues));
}

bool
standing_may_give(const struct standing *standing)
{
	return standing->account.active && standing->reader->role == ROLE_LEAD &&
	    standing->account.role != ROLE_ADMINISTRATOR;
}

bool
invitation_may_withdraw(const struct identity *reader, const struct invitation_row *row,
    const struct queue_list *own, const struct queue_list *opens)
{
	if (row->inviter == reader->account)
		return true;
	if (reader->role == ROLE_ADMINISTRATOR || row->role == ROLE_ADMINISTRATOR)
		return reader->role == row->role;
	for (size_t i = 0; i < opens->count; i++) {
		if (!queue_list_has(own, opens->queue[i]))
			return false;
	}
	return reader->role == ROLE_LEAD;
}

static int
add_key(const struct invitation_key_row *row, void *argument)
{
	queue_list_add(argument, row->queue);
	return 0;
}

int
invitation_queues(struct queue_list *list, struct store *store, int64_t invitation,
    struct error *error)
{
	*list = (struct queue_list){ 0 };
	return store_invitation_key_each(store, invitation, add_key, list, error);
}

int
standing_end(struct store *store, int result, enum colleague_verdict verdict,
    struct error *error)
{
	if (result == 0 && verdict == COLLEAGUE_OK)
		return keys_end(store, 0, error);
	(void)keys_end(store, -1, NULL);
	return result;
}
