/*
 * Shared by the use cases of a case: reading it, judging and applying one act, notes, the
 * access log.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/case_internal.h"
#include "flow/keys.h"
#include "flow/work.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/handover.h"
#include "store/store.h"

enum fault
note_read(const char *written, bool required, struct buffer *note)
{
	enum fault fault = FAULT_MISSING;

	buffer_reserve(note, (size_t)NOTE_MAX * 4);
	note->data[0] = '\0';
	if (written != NULL)
		fault = text_input_text(written, NOTE_MAX, note->data);
	note->length = strlen(note->data);
	return fault == FAULT_MISSING && !required ? FAULT_NONE : fault;
}

static void
encode_text(struct buffer *plain, const struct sealed_text *text)
{
	/*
	 * Escaping makes up to three bytes of each. Reserving room for all leaves no copy
	 * behind.
	 */
	buffer_reserve(plain, 3 * (strlen(text->text) + strlen(text->value)) + 64);
	form_encode(plain, text->name, text->value);
	form_encode(plain, "text", text->text);
}

int
text_envelope(struct buffer *box, unsigned char sealed[STORE_SEALED],
    const struct record_place *place, const unsigned char public[SEAL_KEY_SIZE],
    const struct sealed_text *text)
{
	struct buffer plain = { 0 };
	int result;

	encode_text(&plain, text);
	result = envelope_seal(box, sealed, place, public, plain.data, plain.length);
	buffer_wipe(&plain);
	return result;
}

int
note_write(struct keyring *ring, int64_t case_number, enum act act, const struct buffer *note,
    int64_t *record_number)
{
	enum record_kind kind = act == ACT_NOTE ? RECORD_NOTE : RECORD_ATTEMPT;
	struct buffer plain = { 0 };
	int result = -1;

	encode_text(&plain, &(struct sealed_text){
	    "act", word_of(&words_act, (int)act), buffer_string(note) });
	if (keyring_turn(ring, case_number) == FOUND)
		result = keyring_write(ring, case_number, kind, &plain, record_number);
	buffer_wipe(&plain);
	return result;
}

struct looking {
	enum act act;
	int64_t account;
	int32_t today;
	bool left;
};

static int
look_at(const struct event_row *event, void *argument)
{
	struct looking *looking = argument;

	if (event->act == looking->act && event->account == looking->account &&
	    day_of(event->at) == looking->today)
		looking->left = true;
	/* The answer to an offer is news, and is opened anew. */
	else if (looking->act == ACT_OPEN &&
	    (event->act == ACT_RETURN || event->act == ACT_LAPSE))
		looking->left = false;
	return 0;
}

enum answer
access_log_add(struct work *work, enum act act, struct case_row *row)
{
	struct looking looking = {
		.act = act, .account = work->actor->account, .today = day_of(work->now)
	};
	struct case_act looked = { .act = act, .account = work->actor->account,
	    .now = work->now };
	enum lifecycle_verdict verdict = LIFECYCLE_STATE;
	enum answer answer = case_read(work, row->number, row, &looked.actor);

	if (answer != FOUND)
		return answer;
	if (!lifecycle_offers(row->state, act, looked.actor))
		return ABSENT;
	if (store_event_each(work->store, row->number, look_at, &looking, &work->error) == -1 ||
	    (!looking.left && case_do(work, row, &looked, &verdict) == -1))
		return FAILED;
	return looking.left || verdict == LIFECYCLE_OK ? FOUND : ABSENT;
}

static int64_t
due_after(enum lifecycle_due due, const struct case_row *row, const struct case_act *act,
    int64_t until_at, const struct config *config, const struct config_queue *queue)
{
	switch (due) {
	case DUE_KEEP:
		return row->due_at;
	case DUE_FIRST:
		return duetime_first(queue, row->received_at);
	case DUE_RETRY:
		return duetime_retry(queue, row->when, act->now);
	case DUE_UNTIL:
		return until_at;
	case DUE_FOLLOW:
		return act->planned_at != 0 ? act->planned_at :
		    duetime_after(queue, act->now, config->follow_days);
	case DUE_NEXT:
		return duetime_after(queue, act->now, 1);
	case DUE_SOON:
		return act->now + SOON_SECONDS;
	case DUE_BACK:
		return act->back.due_at;
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
	else if (step->holder == HOLDER_BACK)
		row->holder = act->back.holder;
	switch (act->act) {
	case ACT_NO_ANSWER:
	case ACT_LEFT_MESSAGE:
	case ACT_OTHER_ANSWERED:
	case ACT_TEXTED:
	case ACT_WRONG_NUMBER:
	case ACT_LETTER:
	case ACT_VISIT:
	case ACT_HELPER:
		row->attempts++;
		break;
	case ACT_REACHED:
	case ACT_RANG_BACK:
		row->attempts = 0;
		break;
	case ACT_UNDO:
		row->attempts = act->back.attempts;
		break;
	case ACT_CLOSE:
	case ACT_CONFIRM:
		/* An outcome that is added later does not prolong the retention. */
		row->closed_at = row->closed_at != 0 ? row->closed_at : act->now;
		row->outcomes |= act->outcomes;
		break;
	case ACT_REOPEN:
		row->closed_at = 0;
		row->outcomes = 0;
		row->attempts = 0;
		break;
	case ACT_BEGIN:
		row->outcomes = act->outcomes;
		break;
	case ACT_ACCEPT:
		(void)snprintf(row->queue, sizeof(row->queue), "%s", act->queue);
		break;
	default:
		break;
	}
}

/* The next contact; for ACT_BEGIN the first of its planned contacts. 0 without any. */
static int64_t
first_of(const struct case_act *act)
{
	int64_t first = act->act == ACT_BEGIN ? 0 : act->until_at;

	for (int i = 0; i < PLAN_CALLS; i++) {
		if (act->plan[i] != 0 && (first == 0 || act->plan[i] < first))
			first = act->plan[i];
	}
	return first;
}

static int64_t
last_of(const struct case_act *act)
{
	int64_t last = 0;

	for (int i = 0; i < PLAN_CALLS; i++)
		last = act->plan[i] > last ? act->plan[i] : last;
	return last;
}

/*
 * The closing time of the first open day from that day on. A past day is returned
 * unchanged, so that the lifecycle refuses it, although the next open day may be in the
 * future. 0 stays 0.
 */
static int64_t
settle_day(const struct config_queue *queue, int64_t at, int64_t now)
{
	return at == 0 || day_of(at) < day_of(now) ? at : duetime_on(queue, day_of(at));
}

enum lifecycle_verdict
case_judge(struct case_row *row, const struct case_act *act, const struct config *config,
    const struct config_queue *queue)
{
	const int64_t until_at = settle_day(queue, first_of(act), act->now);
	const struct lifecycle_request request = {
		.from = row->state,
		.act = act->act,
		.actor = act->actor,
		/*
		 * ffs counts from 1. No outcome becomes OUTCOME_COUNT, which does not
		 * exist.
		 */
		.outcome = act->outcomes == 0 ? OUTCOME_COUNT :
		    (enum outcome)(ffs((int)act->outcomes) - 1),
		.attempts = act->attempts,
		.now = act->now,
		.has = row->outcomes,
		.until_at = until_at,
		.last_at = last_of(act),
		.last = act->back.last
	};
	struct lifecycle_step step;
	enum lifecycle_verdict verdict = lifecycle_judge(&request, &step);

	if (verdict != LIFECYCLE_OK)
		return verdict;
	row->due_at = due_after(step.due, row, act, until_at, config, queue);
	apply(row, &step, act);
	return LIFECYCLE_OK;
}

int
case_do(struct work *work, struct case_row *row, const struct case_act *act,
    enum lifecycle_verdict *verdict)
{
	const struct config_queue *queue = config_queue(work->config, row->queue);
	const int64_t due_before = row->due_at, held_by = row->holder;
	struct case_act whole = *act;
	struct event_row event = {
		.case_number = row->number,
		.account = act->account,
		.at = act->now,
		.act = act->act,
		.from = row->state
	};

	/*
	 * A closed case needs no due time, and its purge must not wait for a queue to be
	 * put back.
	 */
	if (queue == NULL && (row->closed_at == 0 || act->act == ACT_REOPEN))
		return error_set(&work->error, ERROR_INTERNAL, "queue %s has cases but is not "
		    "in the configuration any more: put it back, without a route to it if "
		    "no new cases are to reach it", row->queue);
	if (act_has(act->act, ACT_IS_TALK) && follow_up_next(work, row->number, due_before,
	    &whole.planned_at) == -1)
		return -1;
	*verdict = case_judge(row, &whole, work->config, queue);
	if (*verdict != LIFECYCLE_OK)
		return 0;
	if ((act->actor & ACTOR_HOLDER) != 0 && act->account != 0 && held_by != act->account)
		event.instead_of = held_by;
	event.to = row->state;
	event.due_at = row->due_at;
	event.holder = row->holder;
	event.of_step = act->act == ACT_UNDO ? act->back.step : 0;
	if (store_case_change(work->store, row, &work->error) == -1 ||
	    store_event_add(work->store, &event, &work->error) == -1)
		return -1;
	if (act->act == ACT_UNDO && act->back.last.act == ACT_RECUSE &&
	    store_conflict_remove(work->store, row->number, act->account, &work->error) == -1)
		return -1;
	return follow_up_settle(work, queue, row->number, act, due_before);
}

int
case_do_surely(struct work *work, int64_t number, const struct case_act *act)
{
	enum lifecycle_verdict verdict = LIFECYCLE_STATE;
	struct case_row row;

	switch (store_case_get(work->store, number, &row, &work->error)) {
	case FOUND:
		break;
	case ABSENT:
		return error_set(&work->error, ERROR_INTERNAL, "case %lld does not exist",
		    (long long)number);
	case FAILED:
	default:
		return -1;
	}
	if (case_do(work, &row, act, &verdict) == -1)
		return -1;
	if (verdict != LIFECYCLE_OK)
		return error_set(&work->error, ERROR_INTERNAL,
		    "case %lld: the lifecycle does not allow %s in the state %s", (long long)number,
		    word_of(&words_act, act->act), word_of(&words_state, row.state));
	return 0;
}

static unsigned
actor_of(const struct case_row *row, const struct case_access *policy,
    const struct identity *reader)
{
	unsigned actor = 0;

	if (policy->recused)
		return 0;
	if (policy->member)
		actor |= ACTOR_MEMBER;
	if (policy->member && (row->holder == reader->account || policy->stands_in))
		actor |= ACTOR_HOLDER;
	else if (policy->member && policy->unattended)
		actor |= ACTOR_RELIEF;
	if (policy->member && reader->role == ROLE_LEAD)
		actor |= ACTOR_LEAD;
	if (policy->member && policy->closing_by != 0 &&
	    policy->closing_by != reader->account)
		actor |= ACTOR_SECOND;
	if (policy->partner)
		actor |= ACTOR_PARTNER;
	if (policy->receiver)
		actor |= ACTOR_RECEIVER;
	return actor;
}

enum answer
case_read(struct work *work, int64_t number, struct case_row *row, unsigned *actor)
{
	struct case_access policy;
	enum answer answer = store_case_get(work->store, number, row, &work->error);

	if (answer == FOUND)
		answer = store_case_standing(work->store, number, work->actor->account,
		    day_of(work->now), &policy, &work->error);
	if (answer != FOUND)
		return answer;
	*actor = actor_of(row, &policy, work->actor);
	return *actor == 0 ? ABSENT : FOUND;
}

enum answer
case_read_recused(struct work *work, int64_t number, struct case_row *row, unsigned *actor)
{
	struct case_access policy;
	enum answer answer = store_case_get(work->store, number, row, &work->error);

	if (answer == FOUND)
		answer = store_case_standing(work->store, number, work->actor->account,
		    day_of(work->now), &policy, &work->error);
	if (answer != FOUND || !policy.recused)
		return answer == FAILED ? FAILED : ABSENT;
	policy.recused = false;
	*actor = actor_of(row, &policy, work->actor);
	return *actor == 0 ? ABSENT : FOUND;
}

bool
contact_allows_text(const struct form *submission)
{
	const char *contact = form_value(submission, field_name(FIELD_CONTACT));

	return word_value(&words_contact, contact) != CONTACT_CALL_SILENT;
}

int
account_name(struct work *work, int64_t account, char name[STORE_NAME])
{
	struct account_row row;

	name[0] = '\0';
	if (account == 0)
		return 0;
	switch (store_account_get(work->store, account, &row, &work->error)) {
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
