/* Colleagues who are away: who may say so, what a deputy does, and what nobody minds. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/handover.h"
#include "flow/people.h"
#include "flow/worklist.h"
#include "handover_service.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"
#include "store/people.h"
#include "store/store.h"

#define DAY	INT64_C(86400)
#define TODAY	day_of(service.work.now)

static enum absence_verdict
away(const struct identity *reader, const char *user, const char *deputy, int32_t from_day,
    int32_t to_day)
{
	const struct absence_wish wish = {
		.user = user, .from_day = from_day, .to_day = to_day, .deputy = deputy
	};
	enum absence_verdict verdict;

	assert_done(absence_begin(service_as(reader), &wish, &verdict));
	return verdict;
}

static enum absence_verdict
back(const struct identity *reader, const char *user)
{
	enum absence_verdict verdict;

	assert_done(absence_end(service_as(reader), user, &verdict));
	return verdict;
}

static struct event_row
last_event(int64_t number)
{
	struct event_row event = { 0 };

	assert_done(store_event_each(service.work.store, number, see_last, &event,
	    &service.work.error));
	return event;
}

static unsigned
actor_on(const struct identity *reader, int64_t number)
{
	struct casefile file;
	unsigned actor;

	if (casefile_read(service_as(reader), &file, number) != FOUND)
		return 0;
	actor = file.actor;
	casefile_free(&file);
	return actor;
}

static int
begin(void **state)
{
	struct identity *all[] = { &anna, &olle, &leo, &una, &ulf };

	for (size_t i = 0; i < COUNT_OF(all); i++) {
		enum absence_verdict verdict;

		assert_done(absence_end(service_as(all[i]), NULL, &verdict));
	}
	return colleagues_begin(state);
}

static void
the_account_or_a_lead_registers_an_absence(void **state)
{
	(void)state;
	assert_int_equal(back(&anna, NULL), ABSENCE_GONE);
	assert_int_equal(away(&anna, NULL, "olle", TODAY, TODAY), ABSENCE_OK);
	assert_int_equal(back(&anna, NULL), ABSENCE_OK);
	assert_int_equal(away(&leo, "anna", "olle", TODAY, 0), ABSENCE_OK);
	assert_int_equal(back(&olle, "anna"), ABSENCE_ROLE);
	assert_int_equal(back(&leo, "anna"), ABSENCE_OK);
	assert_int_equal(away(&olle, "anna", "leo", TODAY, 0), ABSENCE_ROLE);
	/* Leo leads no queue of Una's. */
	assert_int_equal(away(&leo, "una", "ulf", TODAY, 0), ABSENCE_ROLE);
	assert_int_equal(away(&leo, "nobody", "ulf", TODAY, 0), ABSENCE_GONE);
	/* Without a deputy by a lead alone. */
	assert_int_equal(away(&anna, NULL, NULL, TODAY, 0), ABSENCE_NOBODY);
	assert_int_equal(away(&anna, NULL, "", TODAY, 0), ABSENCE_NOBODY);
	assert_int_equal(away(&leo, "anna", NULL, TODAY, 0), ABSENCE_OK);
}

static void
days_must_be_in_order(void **state)
{
	(void)state;
	assert_int_equal(away(&anna, NULL, "olle", TODAY, TODAY - 1), ABSENCE_DAYS);
	assert_int_equal(away(&anna, NULL, "olle", TODAY - 9, TODAY - 1), ABSENCE_DAYS);
	assert_int_equal(away(&anna, NULL, "olle", TODAY + 367, 0), ABSENCE_DAYS);
	assert_int_equal(away(&anna, NULL, "olle", TODAY - 367, 0), ABSENCE_DAYS);
	assert_int_equal(away(&anna, NULL, "olle", TODAY, TODAY + 1099), ABSENCE_DAYS);
	assert_int_equal(back(&anna, NULL), ABSENCE_GONE);
	assert_int_equal(away(&anna, NULL, "olle", TODAY - 3, TODAY), ABSENCE_OK);
}

static void
deputy_must_be_a_present_member(void **state)
{
	(void)state;
	assert_int_equal(away(&anna, NULL, "anna", TODAY, 0), ABSENCE_DEPUTY);
	assert_int_equal(away(&anna, NULL, "nobody", TODAY, 0), ABSENCE_DEPUTY);
	assert_int_equal(away(&anna, NULL, "una", TODAY, 0), ABSENCE_APART);
	assert_int_equal(away(&olle, NULL, "leo", TODAY + 5, TODAY + 9), ABSENCE_OK);
	assert_int_equal(away(&anna, NULL, "olle", TODAY, 0), ABSENCE_AWAY);
	assert_int_equal(away(&anna, NULL, "olle", TODAY + 9, TODAY + 20), ABSENCE_AWAY);
	assert_int_equal(away(&anna, NULL, "olle", TODAY, TODAY + 4), ABSENCE_OK);
	assert_int_equal(away(&anna, NULL, "olle", TODAY + 10, 0), ABSENCE_OK);
}

/* The deputy does what the holder may, who stays the holder; the trail says for whom. */
static void
a_deputy_can_act_for_the_holder(void **state)
{
	int64_t bo = annas_case();
	struct event_row event;

	(void)state;
	assert_int_equal(actor_on(&olle, bo), ACTOR_MEMBER);
	assert_int_equal(away(&anna, NULL, "olle", TODAY, TODAY), ABSENCE_OK);
	assert_int_equal(actor_on(&olle, bo), ACTOR_MEMBER | ACTOR_HOLDER);
	event = last_event(bo);
	assert_int_equal(event.act, ACT_OPEN);
	assert_int_equal(event.account, olle.account);
	assert_int_equal(event.instead_of, anna.account);
	assert_int_equal(actor_on(&leo, bo), ACTOR_MEMBER | ACTOR_LEAD);
	assert_int_equal(acts(&olle, bo, ACT_REACHED), LIFECYCLE_OK);
	assert_int_equal(row_of(bo).holder, anna.account);
	assert_int_equal(last_event(bo).instead_of, anna.account);
	/* She may come in, and does it for herself. */
	assert_int_equal(acts(&anna, bo, ACT_NO_ANSWER), LIFECYCLE_OK);
	assert_int_equal(last_event(bo).instead_of, 0);
	assert_int_equal(acts(&olle, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	/* Over at midnight, in Sweden. */
	service.work.now = clock_at(2026, 11, 23, 23, 59);
	assert_int_equal(actor_on(&olle, bo), ACTOR_MEMBER | ACTOR_HOLDER);
	service.work.now = clock_at(2026, 11, 24, 0, 0);
	assert_int_equal(actor_on(&olle, bo), ACTOR_MEMBER);
	assert_int_equal(acts(&olle, bo, ACT_NO_ANSWER), LIFECYCLE_ACTOR);
	service_examine();
}

/* An attempt that did not reach gives a claimed case back, whoever made it; undo gives it to her. */
static void
undo_gives_the_case_back_to_the_holder(void **state)
{
	int64_t bo = annas_case();

	(void)state;
	assert_int_equal(away(&anna, NULL, "olle", TODAY, 0), ABSENCE_OK);
	assert_int_equal(acts(&olle, bo, ACT_NO_ANSWER), LIFECYCLE_OK);
	assert_int_equal(row_of(bo).holder, 0);
	assert_int_equal(last_event(bo).instead_of, anna.account);
	assert_int_equal(acts(&olle, bo, ACT_UNDO), LIFECYCLE_OK);
	assert_int_equal(row_of(bo).holder, anna.account);
	assert_int_equal(actor_on(&olle, bo), ACTOR_MEMBER | ACTOR_HOLDER);
}

/* Whoever takes it goes on where she was; one wins. */
static void
any_member_can_take_an_unattended_case(void **state)
{
	int64_t bo = annas_case();

	(void)state;
	assert_int_equal(acts(&anna, bo, ACT_REACHED), LIFECYCLE_OK);
	assert_int_equal(acts(&olle, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	assert_int_equal(away(&leo, "anna", NULL, TODAY, 0), ABSENCE_OK);
	assert_int_equal(actor_on(&olle, bo), ACTOR_MEMBER | ACTOR_RELIEF);
	assert_int_equal(acts(&olle, bo, ACT_REACHED), LIFECYCLE_ACTOR);
	assert_int_equal(acts(&una, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	assert_int_equal(acts(&olle, bo, ACT_CLAIM), LIFECYCLE_OK);
	assert_int_equal(row_of(bo).state, STATE_REACHED);
	assert_int_equal(row_of(bo).holder, olle.account);
	assert_int_equal(acts(&leo, bo, ACT_CLAIM), LIFECYCLE_ACTOR);
	assert_int_equal(actor_on(&anna, bo), ACTOR_MEMBER);
	service_examine();
}

static void
deputy_with_a_conflict_does_not_stand_in(void **state)
{
	int64_t bo = annas_case(), li = annas_case();

	(void)state;
	assert_int_equal(acts(&anna, bo, ACT_RELEASE), LIFECYCLE_OK);
	assert_int_equal(recuses(&olle, bo).verdict, HANDOVER_DONE);
	assert_int_equal(acts(&anna, bo, ACT_CLAIM), LIFECYCLE_OK);
	assert_int_equal(away(&anna, NULL, "olle", TODAY, 0), ABSENCE_OK);
	assert_int_equal(actor_on(&olle, bo), 0);
	assert_int_equal(acts(&olle, bo, ACT_REACHED), LIFECYCLE_ACTOR);
	/* So nobody stands in for that one. */
	assert_int_equal(actor_on(&leo, bo), ACTOR_MEMBER | ACTOR_LEAD | ACTOR_RELIEF);
	assert_int_equal(actor_on(&leo, li), ACTOR_MEMBER | ACTOR_LEAD);
	/* One that he comes to know of while he stands in waits for another. */
	assert_int_equal(recuses(&olle, li).verdict, HANDOVER_DONE);
	assert_int_equal(row_of(li).state, STATE_WAITING);
}

/* Who stands in is shown; a deputy who is away or has left stands in for nobody. */
static void
absences_show_their_deputies(void **state)
{
	struct absences all;

	(void)state;
	(void)annas_case();
	assert_int_equal(away(&anna, NULL, "olle", TODAY, 0), ABSENCE_OK);
	assert_int_equal(away(&una, NULL, "ulf", TODAY, 0), ABSENCE_OK);
	assert_done(absences_read(service_as(&leo), &all));
	assert_int_equal(all.count, 1);
	assert_string_equal(all.absence[0].name, "anna");
	assert_string_equal(all.absence[0].deputy, "olle");
	assert_false(all.absence[0].deputy_away);
	assert_true(all.absence[0].load.held > 0);
	assert_int_equal(all.choices_count, 2);
	absences_free(&all);
	/* No chain: the deputy's deputy has nothing to do with it. */
	assert_int_equal(away(&leo, "olle", "leo", TODAY, TODAY), ABSENCE_OK);
	assert_done(absences_read(service_as(&anna), &all));
	assert_int_equal(all.count, 2);
	for (size_t i = 0; i < all.count; i++) {
		bool hers = strcmp(all.absence[i].name, "anna") == 0;

		assert_int_equal(all.absence[i].deputy_away, hers);
		if (hers)
			assert_int_equal(all.absence[i].load.unattended,
			    all.absence[i].load.held);
	}
	absences_free(&all);
	service.work.now += DAY;
	assert_done(absence_forget(&service.work));
	assert_done(absences_read(service_as(&leo), &all));
	assert_int_equal(all.count, 1);
	/* But for the one whose person he knows. */
	assert_int_equal(all.absence[0].load.unattended, 1);
	absences_free(&all);
}

static struct worklist_row
row_for(const struct identity *reader, int64_t number)
{
	const struct worklist_filter filter = { .limit = 100 };
	struct worklist_row row = { .part = WORKLIST_PART_COUNT };
	struct worklist worklist;

	assert_done(worklist_read(service_as(reader), &worklist, &filter));
	for (size_t i = 0; i < worklist.count; i++) {
		if (worklist.rows[i].row.number == number)
			row = worklist.rows[i];
	}
	worklist_free(&worklist);
	return row;
}

/* The deputy's Today: her follow-ups are his, with name and number. */
static void
cases_stand_in_the_deputys_list(void **state)
{
	int64_t bo = annas_case();
	struct worklist_row row;

	(void)state;
	assert_int_equal(acts(&anna, bo, ACT_REACHED), LIFECYCLE_OK);
	service.work.now = row_of(bo).due_at - 60;
	assert_int_equal(row_for(&olle, bo).part, WORKLIST_NOW);
	assert_int_equal(away(&anna, NULL, "olle", TODAY, 0), ABSENCE_OK);
	row = row_for(&olle, bo);
	assert_int_equal(row.part, WORKLIST_FOLLOW);
	assert_true(row.mine && row.stands_in && !row.unattended);
	assert_string_equal(row.name, "Bo Å");
	assert_string_equal(row.holder, "anna");
	row = row_for(&leo, bo);
	assert_false(row.mine || row.stands_in || row.unattended);
	assert_string_equal(row.name, "");
	assert_int_equal(away(&leo, "anna", NULL, TODAY, 0), ABSENCE_OK);
	row = row_for(&olle, bo);
	assert_true(row.unattended && !row.mine);
	assert_string_equal(row.name, "");
	assert_false(row_for(&anna, bo).unattended);
}

/* Last, since it cannot be undone: who leaves stands in for nobody, and is away no more. */
static void
absence_ends_when_an_account_leaves(void **state)
{
	int64_t bo = annas_case();
	struct absence_row row;

	(void)state;
	assert_int_equal(away(&anna, NULL, "olle", TODAY, 0), ABSENCE_OK);
	assert_done(account_deactivate(&service.work, "olle"));
	assert_int_equal(store_absence_get(service.work.store, anna.account, &row,
	    &service.work.error), FOUND);
	assert_int_equal(row.deputy, 0);
	assert_int_equal(actor_on(&leo, bo), ACTOR_MEMBER | ACTOR_LEAD | ACTOR_RELIEF);
	assert_int_equal(away(&leo, "anna", "olle", TODAY, 0), ABSENCE_DEPUTY);
	assert_done(account_deactivate(&service.work, "anna"));
	assert_int_equal(store_absence_get(service.work.store, anna.account, &row,
	    &service.work.error), ABSENT);
	assert_int_equal(row_of(bo).state, STATE_WAITING);
	service_examine();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_account_or_a_lead_registers_an_absence, begin),
		cmocka_unit_test_setup(days_must_be_in_order, begin),
		cmocka_unit_test_setup(deputy_must_be_a_present_member, begin),
		cmocka_unit_test_setup(a_deputy_can_act_for_the_holder, begin),
		cmocka_unit_test_setup(undo_gives_the_case_back_to_the_holder, begin),
		cmocka_unit_test_setup(any_member_can_take_an_unattended_case, begin),
		cmocka_unit_test_setup(deputy_with_a_conflict_does_not_stand_in, begin),
		cmocka_unit_test_setup(absences_show_their_deputies, begin),
		cmocka_unit_test_setup(cases_stand_in_the_deputys_list, begin),
		cmocka_unit_test_setup(absence_ends_when_an_account_leaves, begin),
	};

	if (service_start() == -1)
		return 1;
	return cmocka_run_group_tests(tests, colleagues_open, colleagues_close);
}
