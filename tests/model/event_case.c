/* Events: submissions. */

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/intake.h"
#include "model.h"
#include "rules/rules.h"
#include "seal/seal.h"

#define OPEN_WANTED	150
#define BATCH_MAX	4

static const int ages[QUEUES] = { AGE_18_19, AGE_20_24, AGE_25_29, AGE_UNDER15, AGE_UNSAID };

int64_t
event_open_cases(void)
{
	int64_t open = 0;

	for (int place = 0; place < model->live; place++)
		open += model->at[place].number != 0 && rules_open(&model->at[place]);
	return open;
}

/* Makes a submission with all its answers from one number. */
static void
prepare(struct intake *intake, uint64_t content)
{
	const struct config_area *area = model_config.areas;
	enum fault faults[FIELD_COUNT];
	struct submission submission;
	struct form form;
	char body[200];

	(void)snprintf(body, sizeof(body),
	    "who=self&age=%s&name=Alex+%llu&phone=07017406%02u&contact=%s&when=%s",
	    word_of(&words_age, ages[content % QUEUES]), (unsigned long long)content,
	    (unsigned)(content % 94 + 5), word_of(&words_contact, (int)(content / 5 % CONTACT_COUNT)),
	    word_of(&words_window, (int)(content / 15 % WINDOW_COUNT)));
	assert_int_equal(form_decode(&form, body, strlen(body)), FORM_OK);
	assert_int_equal(submission_check(&form, area, "sv", &submission, faults), SUBMISSION_OK);
	if (intake_prepare(real_work(NULL), intake, &real.locks, &submission, NULL) == -1)
		fail_msg("%s", real.work.error.text);
	form_wipe(&form);
	seal_wipe(&submission, sizeof(submission));
}

/* The case that the model expects. */
static int
foretell_birth(const struct intake *intake, uint64_t content)
{
	int place = journal_add();
	struct model_case *c = &model->at[place];
	int queue = (int)(content % QUEUES);

	c->number = intake->row.number;
	c->serial = ++model->world.serial;
	c->content = content;
	c->queue = (int8_t)queue;
	c->state = STATE_WAITING;
	c->window = (uint8_t)(content / 15 % WINDOW_COUNT);
	c->young = ages[queue] == AGE_18_19;
	c->silent = content / 5 % CONTACT_COUNT == CONTACT_CALL_SILENT;
	c->received_at = model->world.now;
	c->due_at = c->promised_at = duetime_first(&model_config.queues[queue], model->world.now);
	c->keys[queue] = BIT(model->world.locks[queue]);
	c->records = 1;
	rules_step(c, ACT_RECEIVE, 0, STATE_WAITING, 0);
	return place;
}

static void
take_in(const uint64_t *contents, size_t count)
{
	struct intake intakes[BATCH_MAX], *batch[BATCH_MAX];
	enum fate fate = DONE;

	keys_see_new();
	for (size_t i = 0; i < count; i++) {
		batch[i] = &intakes[i];
		prepare(batch[i], contents[i]);
		(void)foretell_birth(batch[i], contents[i]);
	}
	event_arm();
	intake_commit(real_work(NULL), batch, count);
	for (size_t i = 0; i < count; i++) {
		if (intakes[i].result == INTAKE_UNAVAILABLE)
			fate = STRUCK;
		else if (intakes[i].result == INTAKE_REPEATED)
			fate = REFUSED;
		intake_free(batch[i]);
	}
	event_settle(DONE, fate);
}

static void
come_in(void)
{
	uint64_t contents[BATCH_MAX];
	size_t count = 1;

	if (event_open_cases() >= OPEN_WANTED)
		return;
	while (count < BATCH_MAX && chance(1, 6))
		count++;
	for (size_t i = 0; i < count; i++)
		contents[i] = model->world.serial + i + 1 +
		    UINT64_C(10000000) * chance_below(1000);
	take_in(contents, count);
}

/* The same submission again within an hour: it makes no case while the first is open. */
static void
come_again(void)
{
	struct intake intake, *batch[] = { &intake };
	int place = event_case();
	const struct model_case *c;
	uint64_t content;

	if (place == -1)
		return;
	c = &model->at[place];
	content = c->content;
	if (model->world.now - c->received_at > 3600 || c->again)
		return;
	if (!rules_open(c)) {
		journal_touch(place)->again = true;
		take_in(&content, 1);
		return;
	}
	keys_see_new();
	prepare(&intake, content);
	(void)journal_touch(place);
	event_arm();
	intake_commit(real_work(NULL), batch, 1);
	event_settle(REFUSED, intake.result == INTAKE_REPEATED &&
	    intake.row.number == c->number ? REFUSED :
	    intake.result == INTAKE_UNAVAILABLE ? STRUCK : DONE);
	intake_free(&intake);
}

const struct event case_events[] = {
	{ "comes in", 60, come_in, true },
	{ "comes again", 5, come_again, true },
	{ NULL, 0, NULL, false }
};
