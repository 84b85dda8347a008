/* Colleagues in two queues, and what the tests of hand-overs ask of each. Included once a program. */
#ifndef HANDOVER_SERVICE_H
#define HANDOVER_SERVICE_H

#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/keys.h"
#include "flow_service.h"
#include "notify/notify.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/store.h"

#define MONDAY	clock_at(2026, 11, 23, 10, 0)

/* Anna and Olle work in KAA, Una and Ulf in YOUNG, Leo leads KAA. */
static struct identity anna, olle, leo, una, ulf;

static inline int
colleagues_open(void **state)
{
	static const char *const kaa[] = { KAA }, *const young[] = { YOUNG };

	if (service_open(state) == -1)
		return -1;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	service_hire("olle", ROLE_COORDINATOR, kaa, 1);
	service_hire("leo", ROLE_LEAD, kaa, 1);
	service_hire("una", ROLE_COORDINATOR, young, 1);
	service_hire("ulf", ROLE_COORDINATOR, young, 1);
	service_sign_in("anna", &anna);
	service_sign_in("olle", &olle);
	service_sign_in("leo", &leo);
	service_sign_in("una", &una);
	service_sign_in("ulf", &ulf);
	return 0;
}

/* Each test has cases of its own; the colleagues, whose keys are slow to make, stay. */
static inline int
colleagues_begin(void **state)
{
	(void)state;
	service.work.now = MONDAY;
	return 0;
}

static inline int
colleagues_close(void **state)
{
	struct identity *all[] = { &anna, &olle, &leo, &una, &ulf };

	for (size_t i = 0; i < COUNT_OF(all); i++)
		identity_free(all[i]);
	return service_close(state);
}

static inline enum lifecycle_verdict
acts(const struct identity *reader, int64_t number, enum act act)
{
	const struct callback callback = { .number = number, .act = act };
	struct callback_answer answer;
	enum answer found = callback_do(service_as(reader), &callback, &answer);

	if (found == FAILED)
		fail_msg("%s", service.work.error.text);
	return found == FOUND ? answer.verdict : LIFECYCLE_ACTOR;
}

/* A case of KAA that Anna has. */
static inline int64_t
annas_case(void)
{
	static int calls = 5;
	char body[128];
	int64_t number;

	(void)snprintf(body, sizeof(body), "who=self&age=15-17&name=Bo+%%C3%%85"
	    "&phone=07017406%02d&contact=call", calls++);
	number = service_receive(body);
	assert_int_equal(acts(&anna, number, ACT_CLAIM), LIFECYCLE_OK);
	return number;
}

static inline struct case_row
row_of(int64_t number)
{
	struct case_row row;

	assert_int_equal(store_case_get(service.work.store, number, &row, &service.work.error),
	    FOUND);
	return row;
}

/* Whether that colleague's keys, whatever the program says, open the case. */
static inline bool
opens(const struct identity *reader, int64_t number)
{
	struct keyring ring = { .work = service_as(reader) };
	struct form form;
	enum answer answer = keyring_submission(&ring, number, &form);

	if (answer == FAILED)
		fail_msg("%s", service.work.error.text);
	if (answer == FOUND) {
		assert_string_equal(form_value(&form, "name"), "Bo Å");
		form_wipe(&form);
	}
	keyring_free(&ring);
	return answer == FOUND;
}

/* Exactly KAA's colleagues, exactly YOUNG's, or both. */
static inline void
assert_open_to(int64_t number, bool kaa, bool young)
{
	assert_int_equal(opens(&anna, number), kaa);
	assert_int_equal(opens(&olle, number), kaa);
	assert_int_equal(opens(&leo, number), kaa);
	assert_int_equal(opens(&una, number), young);
	assert_int_equal(opens(&ulf, number), young);
}

static inline struct handover_answer
judged(enum answer found, struct handover_answer answer)
{
	if (found == FAILED)
		fail_msg("%s", service.work.error.text);
	assert_int_equal(found, FOUND);
	return answer;
}

#define VERB(name, reader, ...)						\
	struct handover_answer answer;					\
									\
	return judged(name(service_as(reader), __VA_ARGS__, &answer), answer)

static inline struct handover_answer
offers(const struct identity *reader, int64_t number, const char *note,
    const struct consent *stays)
{
	const struct handover_offer offer = { number, YOUNG, note, stays };
	VERB(handover_offer, reader, &offer);
}

static inline struct handover_answer
accepts(const struct identity *reader, int64_t number)
{
	VERB(handover_accept, reader, number);
}

static inline struct handover_answer
returns(const struct identity *reader, int64_t number, const char *reason)
{
	VERB(handover_return, reader, number, reason);
}

static inline struct handover_answer
withdraws(const struct identity *reader, int64_t number)
{
	VERB(handover_withdraw, reader, number);
}

static inline struct handover_answer
recuses(const struct identity *reader, int64_t number)
{
	VERB(conflict_of_interest_declare, reader, number);
}

static inline struct handover_answer
shares(const struct identity *reader, int64_t number, const char *queue, const char *what)
{
	const struct consent yes = { what, day_of(service.work.now) };
	VERB(participant_add, reader, number, queue, &yes);
}

static inline struct handover_answer
ends(const struct identity *reader, int64_t number, const char *queue)
{
	VERB(participant_end, reader, number, queue);
}

static inline int
see_last(const struct event_row *event, void *argument)
{
	*(struct event_row *)argument = *event;
	return 0;
}

static inline enum act
last_act(int64_t number)
{
	struct event_row event = { 0 };

	assert_done(store_event_each(service.work.store, number, see_last, &event,
	    &service.work.error));
	return event.act;
}

/* The text of the newest note that the reader finds in the case with that act; "" none. */
static inline const char *
note_of(const struct identity *reader, int64_t number, enum act act)
{
	static char text[256];
	struct casefile file;

	text[0] = '\0';
	assert_int_equal(casefile_read(service_as(reader), &file, number), FOUND);
	for (size_t i = 0; i < file.notes_count; i++) {
		if (file.notes[i].act == act)
			(void)snprintf(text, sizeof(text), "%s (%s)",
			    buffer_string(&file.notes[i].text), file.notes[i].author);
	}
	casefile_free(&file);
	return text;
}

struct waiting {
	struct alert_row alert[64];
	size_t count;
};

static inline int
keep_waiting(const struct alert_row *row, void *argument)
{
	struct waiting *waiting = argument;

	assert_true(waiting->count < COUNT_OF(waiting->alert));
	waiting->alert[waiting->count++] = *row;
	return 0;
}

/* How many alerts of that kind wait for each queue; all that waits is taken out. */
static inline struct told { int kaa, young; }
told(enum alert_kind search_query)
{
	struct told told = { 0 };
	struct waiting waiting = { .count = 0 };

	assert_done(store_alert_each(service.work.store, keep_waiting, &waiting,
	    &service.work.error));
	for (size_t i = 0; i < waiting.count; i++) {
		if (waiting.alert[i].kind == (int)search_query)
			*(strcmp(waiting.alert[i].queue, KAA) == 0 ? &told.kaa : &told.young) += 1;
		assert_done(store_alert_done(service.work.store, waiting.alert[i].id,
		    &service.work.error));
	}
	return told;
}

#endif
