/* Links used, too old or taken back, and who can open what around a queue's new key. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/intake.h"
#include "flow/people.h"
#include "flow_service.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/people.h"
#include "store/store.h"

#define BODY		"who=self&age=15-17&name=%s&phone=0701740605&contact=call&speak=x-%d"
#define HOUR		INT64_C(3600)
#define CASES		150	/* more than two batches */

static const char *const kaa[] = { KAA };

static struct identity leo, anna;

/* A lead and a coordinator of the same queue, signed in. */
static int
set_up(void **state)
{
	if (service_open(state) == -1)
		return -1;
	service_hire("leo", ROLE_LEAD, kaa, 1);
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	service_sign_in("leo", &leo);
	service_sign_in("anna", &anna);
	return 0;
}

static int
tear_down(void **state)
{
	identity_free(&leo);
	identity_free(&anna);
	return service_close(state);
}

static int64_t
receive(int nth)
{
	char body[128];

	(void)snprintf(body, sizeof(body), BODY, "Bo", nth);
	return service_receive(body);
}

/* The case's data key opens what the person wrote. */
static enum answer
opens(const struct identity *who, int64_t number)
{
	struct casefile file;
	enum answer answer = casefile_read(service_as(who), &file, number);

	if (answer == FOUND)
		casefile_free(&file);
	return answer;
}

static int
generation_of(int64_t number)
{
	struct case_key_row row;

	assert_int_equal(store_case_key_get(service.work.store, number, leo.account, &row,
	    &service.work.error), FOUND);
	return row.generation;
}

static void
rotate(int generation)
{
	enum colleague_verdict verdict;

	assert_done(rotation_begin(service_as(&leo), KAA, generation, &verdict));
	assert_int_equal(verdict, COLLEAGUE_OK);
}

/* One batch as the lead; how many it moved. */
static int
move(struct rotation *rotation)
{
	int moved = rotation_move(rotation);

	assert_done(moved);
	return moved;
}

static void
move_all(void)
{
	struct rotation rotation = { .work = service_as(&leo), .queue = KAA };

	while (move(&rotation) > 0)
		;
}

static void
cases_open_before_during_and_after_rotation(void **state)
{
	struct rotation rotation = { .work = service_as(&leo), .queue = KAA };
	int64_t number[CASES];
	int batches = 0, moved = 0;

	(void)state;
	for (int i = 0; i < CASES; i++)
		number[i] = receive(i);
	rotate(1);
	for (int batch = 1; batch > 0; batches += batch > 0) {
		for (int i = 0; i < CASES; i++) {
			assert_int_equal(opens(&leo, number[i]), FOUND);
			assert_int_equal(opens(&anna, number[i]), FOUND);
		}
		service_examine();
		batch = move(&rotation);
		moved += batch;
	}
	assert_int_equal(moved, CASES);
	assert_true(batches > 2);
	for (int i = 0; i < CASES; i++) {
		assert_int_equal(generation_of(number[i]), 2);
		assert_int_equal(opens(&anna, number[i]), FOUND);
	}
}

/* Prepared under the old key by a process that had not noticed, stored after the change. */
static void
case_sealed_to_the_old_key_is_migrated(void **state)
{
	struct intake intake, *batch[] = { &intake };
	int64_t late;
	char body[128], queue[STORE_QUEUE];

	(void)state;
	(void)snprintf(body, sizeof(body), BODY, "Sen", 0);
	service_prepare(&intake, body, NULL);
	rotate(1);
	move_all();
	intake_commit(&service.work, batch, 1);
	assert_int_equal(intake.result, INTAKE_STORED);
	late = intake.row.number;
	intake_free(&intake);
	assert_int_equal(generation_of(late), 1);
	assert_int_equal(opens(&anna, late), FOUND);
	assert_int_equal(rotation_due(&service.work, anna.account, queue), FOUND);
	assert_string_equal(queue, KAA);
	move_all();
	assert_int_equal(generation_of(late), 2);
	assert_int_equal(opens(&anna, late), FOUND);
	assert_int_equal(rotation_due(&service.work, anna.account, queue), ABSENT);
}

static bool
holds(int64_t account, int generation)
{
	struct membership_row row;
	enum answer answer = store_membership_get(service.work.store, account, KAA, generation,
	    &row, &service.work.error);

	assert_int_not_equal(answer, FAILED);
	return answer == FOUND;
}

static void
unneeded_generation_is_retired_after_an_hour(void **state)
{
	int64_t number = receive(0), replaced_at = service.work.now;

	(void)state;
	assert_int_equal(rotation_retire(service_at(service.work.now + 24 * HOUR)), 0);
	rotate(1);
	service.work.now = replaced_at + 2 * HOUR;
	assert_int_equal(rotation_retire(&service.work), 0);
	assert_true(holds(anna.account, 1));
	move_all();
	assert_int_equal(rotation_retire(service_at(replaced_at + HOUR - 1)), 0);
	assert_true(holds(anna.account, 1));
	assert_int_equal(rotation_retire(service_at(replaced_at + HOUR)), 1);
	assert_false(holds(anna.account, 1));
	assert_false(holds(leo.account, 1));
	assert_true(holds(anna.account, 2));
	assert_int_equal(opens(&anna, number), FOUND);
	service_examine();
}

/* What Anna copied before she left opens nothing that comes in afterwards. */
static void
rotation_keeps_out_a_former_member(void **state)
{
	struct secret_key *queue = secret_key_new(), *data = secret_key_new();
	struct membership_row kept;
	struct case_key_row row;
	int64_t before = receive(0), after;
	enum colleague_verdict verdict;

	(void)state;
	assert_int_equal(store_membership_get(service.work.store, anna.account, KAA, 1, &kept,
	    &service.work.error), FOUND);
	assert_int_equal(key_open(queue, kept.sealed, sizeof(kept.sealed), anna.secret), 0);
	assert_done(colleague_deactivate(service_as(&leo), "anna", &verdict));
	assert_int_equal(verdict, COLLEAGUE_OK);
	rotate(1);
	move_all();
	queue_keys_free(&service.locks);
	assert_done(queue_keys_read(&service.work, &service.locks));
	after = receive(1);
	assert_false(holds(anna.account, 2));
	for (int i = 0; i < 2; i++) {
		int64_t number = i == 0 ? before : after;

		assert_int_equal(store_case_key_get(service.work.store, number, leo.account,
		    &row, &service.work.error), FOUND);
		assert_int_equal(row.generation, 2);
		assert_int_equal(key_open(data, row.sealed, sizeof(row.sealed), queue), -1);
		assert_int_equal(opens(&leo, number), FOUND);
	}
	assert_int_equal(opens(&anna, after), ABSENT);
	secret_key_free(queue);
	secret_key_free(data);
}

static enum colleague_verdict
accept(const char *token, const char *user)
{
	const struct acceptance acceptance = {
		.user = user, .name = "Ny", .passphrase = PASSPHRASE
	};
	enum colleague_verdict verdict;

	assert_done(invitation_accept(&service.work, token, &acceptance, &verdict));
	return verdict;
}

static void
invite(char token[SEAL_TOKEN_SIZE])
{
	const struct invitation_wish wish = {
		.role = ROLE_COORDINATOR, .queues = kaa, .queues_count = 1
	};
	enum colleague_verdict verdict;

	assert_done(invitation_issue(service_as(&leo), &wish, token, &verdict));
	assert_int_equal(verdict, COLLEAGUE_OK);
}

static int
keep_number(const struct invitation_row *row, void *argument)
{
	*(int64_t *)argument = row->number;
	return 1;
}

static void
rotation_ends_links(void **state)
{
	char token[SEAL_TOKEN_SIZE];
	struct invitation invitation;
	struct identity nils;
	int64_t number = receive(0), link;
	enum colleague_verdict verdict;

	(void)state;
	invite(token);
	assert_int_equal(accept(token, "nils"), COLLEAGUE_OK);
	assert_int_equal(accept(token, "olle"), COLLEAGUE_GONE);
	service_sign_in("nils", &nils);
	assert_int_equal(opens(&nils, number), FOUND);
	identity_free(&nils);

	invite(token);
	assert_done(store_invitation_each(service.work.store, keep_number, &link,
	    &service.work.error));
	assert_done(invitation_withdraw(service_as(&anna), link, &verdict));
	assert_int_equal(verdict, COLLEAGUE_ROLE);
	assert_done(invitation_withdraw(service_as(&leo), link, &verdict));
	assert_int_equal(verdict, COLLEAGUE_OK);
	assert_int_equal(accept(token, "olle"), COLLEAGUE_GONE);

	invite(token);
	service.work.now += INVITATION_SECONDS - 1;
	assert_int_equal(invitation_look(&service.work, &invitation, token), FOUND);
	invitation_free(&invitation);
	service.work.now++;
	assert_int_equal(invitation_look(&service.work, &invitation, token), ABSENT);
	assert_int_equal(accept(token, "olle"), COLLEAGUE_GONE);
}

/* Who makes the link could use it. */
static void
only_a_lead_restores_a_lead(void **state)
{
	static const struct {
		const char *by, *user;
		enum colleague_verdict verdict;
	} rows[] = {
		{ "anna", "leo", COLLEAGUE_ROLE }, { "anna", "anna", COLLEAGUE_ROLE },
		{ "anna", "nils", COLLEAGUE_OK }, { "leo", "anna", COLLEAGUE_OK },
		{ "leo", "lova", COLLEAGUE_OK }, { "leo", "leo", COLLEAGUE_ROLE },
		{ "leo", "nobody", COLLEAGUE_GONE }
	};

	(void)state;
	service_hire("nils", ROLE_COORDINATOR, kaa, 1);
	service_hire("lova", ROLE_LEAD, kaa, 1);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct identity *by = strcmp(rows[i].by, "leo") == 0 ? &leo : &anna;
		char token[SEAL_TOKEN_SIZE];
		enum colleague_verdict verdict;

		assert_done(restoration_issue(service_as(by), rows[i].user, token, &verdict));
		if (verdict != rows[i].verdict)
			fail_msg("%s for %s: %d", rows[i].by, rows[i].user, (int)verdict);
	}
}

/*
 * A second factor is sealed to the key that went with the passphrase, so it
 * goes with it, as do sessions and known browsers: who has the link begins anew.
 */
static void
leaves_nothing_of_the_old_door(void **state)
{
	struct device_row browser = { .digest = { 7 }, .until_at = INT64_MAX }, known;
	char token[SEAL_TOKEN_SIZE];
	enum colleague_verdict verdict;
	struct session_row session;
	struct factor_row factor;
	int64_t number = receive(0);
	struct identity again;

	(void)state;
	assert_int_equal(factor_begin(service_as(&anna)), FOUND);
	browser.account = anna.account;
	store_unlock_keys(service.work.store);
	assert_done(store_device_put(service.work.store, &browser, &service.work.error));
	store_lock_keys(service.work.store);
	assert_done(restoration_issue(service_as(&leo), "anna", token, &verdict));
	assert_int_equal(store_factor_get(service.work.store, anna.account, &factor,
	    &service.work.error), FOUND);
	assert_int_equal(accept(token, NULL), COLLEAGUE_OK);
	assert_int_equal(store_factor_get(service.work.store, anna.account, &factor,
	    &service.work.error), ABSENT);
	assert_int_equal(store_device_get(service.work.store, browser.digest, &known,
	    &service.work.error), ABSENT);
	assert_int_equal(store_session_get(service.work.store, anna.session.identity, &session,
	    &service.work.error), ABSENT);
	service_sign_in("anna", &again);
	assert_int_equal(opens(&again, number), FOUND);
	identity_free(&again);
}

#define IN_SERVICE(test)	cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SERVICE(cases_open_before_during_and_after_rotation),
		IN_SERVICE(case_sealed_to_the_old_key_is_migrated),
		IN_SERVICE(unneeded_generation_is_retired_after_an_hour),
		IN_SERVICE(rotation_keeps_out_a_former_member),
		IN_SERVICE(rotation_ends_links),
		IN_SERVICE(only_a_lead_restores_a_lead),
		IN_SERVICE(leaves_nothing_of_the_old_door),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
