#include "flow/absences.h"
#include "flow/keys.h"
#include "flow/standing.h"

#define AHEAD_DAYS	366		/* it begins within a year, before or after today */
#define LONGEST_DAYS	(3 * 366)

static bool
days_fit(const struct absence_wish *wish, int32_t today)
{
	if (wish->from_day < today - AHEAD_DAYS || wish->from_day > today + AHEAD_DAYS)
		return false;
	return wish->to_day == 0 || (wish->to_day >= wish->from_day && wish->to_day >= today &&
	    wish->to_day <= wish->from_day + LONGEST_DAYS);
}

static bool
overlap(const struct absence_row *one, const struct absence_row *other)
{
	return (one->to_day == 0 || other->from_day <= one->to_day) &&
	    (other->to_day == 0 || one->from_day <= other->to_day);
}

static bool
is_caller(const struct account_row *account)
{
	return account->active && account->role != ROLE_ADMINISTRATOR;
}

bool
absence_may_deputise(const struct colleague *deputy, const struct colleague *absent)
{
	return is_caller(&deputy->account) && deputy->account.number != absent->account.number &&
	    queue_list_share(&deputy->queues, &absent->queues);
}

/* Whether an account can stand in for the colleague on those days. */
static int
judge_deputy(struct store *store, const struct standing *standing,
    const struct account_row *deputy, const struct absence_row *row,
    enum absence_verdict *verdict, struct error *error)
{
	struct queue_list queues;
	struct absence_row own;
	enum answer away;
	int result = queue_list_read(&queues, store, deputy->number, error);
	const bool apart = !queue_list_share(&queues, &standing->queues);

	queue_list_free(&queues);
	if (result == -1)
		return -1;
	away = store_absence_get(store, deputy->number, &own, error);
	if (!is_caller(deputy) || deputy->number == row->account)
		*verdict = ABSENCE_DEPUTY;
	else if (apart)
		*verdict = ABSENCE_APART;
	else if (away == FOUND && overlap(&own, row))
		*verdict = ABSENCE_AWAY;
	return away == FAILED ? -1 : 0;
}

static int
find_deputy(struct store *store, const struct standing *standing,
    const struct absence_wish *wish, struct absence_row *row, enum absence_verdict *verdict,
    struct error *error)
{
	struct account_row deputy;

	if (wish->deputy == NULL || wish->deputy[0] == '\0') {
		if (standing->reader->role != ROLE_LEAD)
			*verdict = ABSENCE_NOBODY;
		return 0;
	}
	switch (store_account_by_user(store, wish->deputy, &deputy, error)) {
	case FOUND:
		row->deputy = deputy.number;
		return judge_deputy(store, standing, &deputy, row, verdict, error);
	case ABSENT:
		*verdict = ABSENCE_DEPUTY;
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

static int
begin(struct store *store, const struct standing *standing, const struct absence_wish *wish,
    int64_t now, enum absence_verdict *verdict, struct error *error)
{
	struct absence_row row = {
		.account = standing->account.number,
		.from_day = wish->from_day, .to_day = wish->to_day
	};

	if (!standing_may_be_away(standing))
		*verdict = ABSENCE_ROLE;
	else if (!days_fit(wish, day_of(now)))
		*verdict = ABSENCE_DAYS;
	else if (find_deputy(store, standing, wish, &row, verdict, error) == -1)
		return -1;
	return *verdict == ABSENCE_OK ? store_absence_put(store, &row, error) : 0;
}

static int
end(struct store *store, const struct standing *standing, enum absence_verdict *verdict,
    struct error *error)
{
	struct absence_row row;

	if (!standing_may_be_away(standing)) {
		*verdict = ABSENCE_ROLE;
		return 0;
	}
	switch (store_absence_get(store, standing->account.number, &row, error)) {
	case FOUND:
		return store_absence_remove(store, row.account, error);
	case ABSENT:
		*verdict = ABSENCE_GONE;
		return 0;
	case FAILED:
	default:
		return -1;
	}
}

/* Begins one by the wish; wish NULL: ends it. */
static int
change(struct store *store, const struct identity *reader, const char *user,
    const struct absence_wish *wish, int64_t now, enum absence_verdict *verdict,
    struct error *error)
{
	struct standing standing;
	int result = -1;

	*verdict = ABSENCE_OK;
	if (keys_begin(store, error) == -1)
		return -1;
	switch (standing_read(&standing, store, reader, user != NULL ? user : reader->user,
	    error)) {
	case FOUND:
		result = wish != NULL ? begin(store, &standing, wish, now, verdict, error) :
		    end(store, &standing, verdict, error);
		standing_free(&standing);
		break;
	case ABSENT:
		*verdict = ABSENCE_GONE;
		result = 0;
		break;
	case FAILED:
		break;
	}
	/* A refusal has changed nothing. */
	return keys_end(store, result, error);
}

int
absence_begin(struct store *store, const struct identity *reader,
    const struct absence_wish *wish, int64_t now, enum absence_verdict *verdict,
    struct error *error)
{
	return change(store, reader, wish->user, wish, now, verdict, error);
}

int
absence_end(struct store *store, const struct identity *reader, const char *user,
    enum absence_verdict *verdict, struct error *error)
{
	return change(store, reader, user, NULL, 0, verdict, error);
}

int
absence_forget(struct store *store, int64_t now, struct error *error)
{
	if (keys_begin(store, error) == -1)
		return -1;
	return keys_end(store, store_absence_forget(store, day_of(now), error), error);
}
