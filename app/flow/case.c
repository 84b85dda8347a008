#include <string.h>
#include <strings.h>

#include "flow/case.h"

#define UNREACHED	(1U << ACT_NO_ANSWER | 1U << ACT_LEFT_MESSAGE |	\
			1U << ACT_TEXTED | 1U << ACT_WRONG_NUMBER)

static int64_t
due_after(enum lifecycle_due due, const struct case_row *row, int64_t until_at,
    int64_t now, const struct config *config, const struct config_queue *queue)
{
	switch (due) {
	case DUE_KEEP:
		return row->due_at;
	case DUE_FIRST:
		return duetime_first(queue, row->received_at);
	case DUE_RETRY:
		return duetime_retry(queue, row->when, now);
	case DUE_UNTIL:
		return until_at;
	case DUE_FOLLOW:
		return duetime_after(queue, now, config->follow_days);
	case DUE_NONE:
		break;
	}
	return 0;
}

static void
apply(struct case_row *row, const struct lifecycle_step *step, const struct case_act *act)
{
	row->state = step->to;
	if (step->holder == HOLDER_ACTOR)
		row->holder = act->account;
	else if (step->holder == HOLDER_NOBODY)
		row->holder = 0;
	if ((1U << act->act & UNREACHED) != 0)
		row->attempts++;
	else if (act->act == ACT_REACHED)
		row->attempts = 0;
	if (act->act == ACT_CLOSE) {
		row->closed_at = act->now;
		row->outcomes |= act->outcomes;
	}
}

enum lifecycle_verdict
case_judge(struct case_row *row, const struct case_act *act, const struct config *config,
    const struct config_queue *queue)
{
	/* A past day stays one, for the lifecycle to refuse, though the next open day be ahead. */
	const int64_t until_at = act->until_at == 0 || day_of(act->until_at) < day_of(act->now) ?
	    act->until_at : duetime_on(queue, day_of(act->until_at));
	const struct lifecycle_request request = {
		.from = row->state,
		.act = act->act,
		.actor = act->actor,
		/* ffs counts from 1; of no outcome this makes one that does not exist. */
		.outcome = act->outcomes == 0 ? OUTCOME_COUNT :
		    (enum outcome)(ffs((int)act->outcomes) - 1),
		.attempts = act->attempts,
		.now = act->now,
		.until_at = until_at
	};
	struct lifecycle_step step;
	enum lifecycle_verdict verdict = lifecycle_judge(&request, &step);

	if (verdict != LIFECYCLE_OK)
		return verdict;
	row->due_at = due_after(step.due, row, until_at, act->now, config, queue);
	apply(row, &step, act);
	return LIFECYCLE_OK;
}

int
case_do(struct store *store, const struct config *config, struct case_row *row,
    const struct case_act *act, enum lifecycle_verdict *verdict, struct error *error)
{
	const struct config_queue *queue = config_queue(config, row->queue);
	struct event_row event = {
		.case_number = row->number,
		.account = act->account,
		.at = act->now,
		.act = act->act,
		.from = row->state
	};

	/* A closed case needs no due time, and its purge may not wait for anybody. */
	if (queue == NULL && row->closed_at == 0)
		return error_set(error, ERROR_INTERNAL, "queue %s has cases but is gone "
		    "from the configuration: put it back, without a route to it if "
		    "nothing more is to come in", row->queue);
	*verdict = case_judge(row, act, config, queue);
	if (*verdict != LIFECYCLE_OK)
		return 0;
	event.to = row->state;
	event.due_at = row->due_at;
	if (store_case_change(store, row, error) == -1)
		return -1;
	return store_event_add(store, &event, error);
}

int
case_do_surely(struct store *store, const struct config *config, int64_t number,
    const struct case_act *act, struct error *error)
{
	enum lifecycle_verdict verdict = LIFECYCLE_STATE;
	struct case_row row;

	switch (store_case_get(store, number, &row, error)) {
	case FOUND:
		break;
	case ABSENT:
		return error_set(error, ERROR_INTERNAL, "case %lld is not there",
		    (long long)number);
	case FAILED:
	default:
		return -1;
	}
	if (case_do(store, config, &row, act, &verdict, error) == -1)
		return -1;
	if (verdict != LIFECYCLE_OK)
		return error_set(error, ERROR_INTERNAL, "case %lld: the lifecycle has no %s from %s",
		    (long long)number, word_of(&words_act, act->act),
		    word_of(&words_state, row.state));
	return 0;
}

unsigned
case_actor(const struct case_row *row, const struct identity *reader)
{
	unsigned actor = ACTOR_MEMBER;

	if (row->holder == reader->account)
		actor |= ACTOR_HOLDER;
	if (reader->role == ROLE_LEAD)
		actor |= ACTOR_LEAD;
	return actor;
}

enum answer
case_read(struct store *store, int64_t number, const struct identity *reader,
    struct case_row *row, struct error *error)
{
	struct case_key_row key;
	enum answer answer;

	answer = store_case_key_get(store, number, reader->account, &key, error);
	if (answer != FOUND)
		return answer;
	return store_case_get(store, number, row, error);
}

struct count {
	struct attempts attempts;
	int32_t last_day;
};

static int
count_attempt(const struct event_row *event, void *argument)
{
	struct count *count = argument;
	struct attempts *attempts = &count->attempts;
	struct tm local;
	int32_t day;

	if (event->act == ACT_REACHED)
		*count = (struct count){ 0 };
	if ((1U << event->act & UNREACHED) == 0)
		return 0;
	day = day_of(event->at);
	if (attempts->count == 0 || day != count->last_day)
		attempts->days++;
	count->last_day = day;
	attempts->count++;
	clock_local(event->at, &local);
	if (local.tm_hour < 12)
		attempts->morning = true;
	else
		attempts->afternoon = true;
	if (event->act == ACT_TEXTED)
		attempts->texted = true;
	return 0;
}

int
case_attempts(struct store *store, int64_t number, struct attempts *attempts,
    struct error *error)
{
	struct count count = { 0 };

	if (store_event_each(store, number, count_attempt, &count, error) == -1)
		return -1;
	*attempts = count.attempts;
	attempts->may_text = true;
	return 0;
}

bool
contact_allows_text(const struct form *submission)
{
	const char *contact = form_value(submission, field_names[FIELD_CONTACT]);

	return word_value(&words_contact, contact) != CONTACT_CALL_SILENT;
}

int
account_name(struct store *store, int64_t account, char name[STORE_NAME],
    struct error *error)
{
	struct account_row row;

	name[0] = '\0';
	if (account == 0)
		return 0;
	switch (store_account_get(store, account, &row, error)) {
	case FAILED:
		return -1;
	case FOUND:
		memcpy(name, row.name, STORE_NAME);
		break;
	case ABSENT:
		break;
	}
	return 0;
}
