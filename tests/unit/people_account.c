/* Who may sign in, and what becomes of the queues when somebody cannot. */
#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/case.h"
#include "flow/people.h"
#include "flow/work.h"
#include "flow_service.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define BO	"who=self&age=15-17&name=Bo&phone=0701740605&contact=call"

static const char *const kaa[] = { KAA };
static const char *const young[] = { YOUNG };

/* From a browser and a place that nobody has seen. */
static enum answer
try_in(const char *user, const char *passphrase, char cookie[SEAL_COOKIE_SIZE], int64_t *wait)
{
	const struct signin_try try = {
		.user = user, .passphrase = passphrase
	};
	struct signin_answer answer;
	enum answer result = signin(&service.work, &try, &answer);

	memcpy(cookie, answer.cookie, SEAL_COOKIE_SIZE);
	*wait = answer.wait_seconds;
	return result;
}

static enum answer
who_is(const char *cookie, struct identity *identity)
{
	return identity_of(&service.work, cookie, true, identity);
}

static void
account_signs_in_and_out(void **state)
{
	char cookie[SEAL_COOKIE_SIZE], other[SEAL_COOKIE_SIZE];
	struct identity identity;
	int64_t wait;

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	assert_int_equal(try_in("anna", "lusab-babad-gutix", cookie, &wait), ABSENT);
	assert_int_equal(wait, 0);
	assert_string_equal(cookie, "");
	assert_int_equal(try_in("nobody", PASSPHRASE, cookie, &wait), ABSENT);
	assert_int_equal(try_in("ANNA", PASSPHRASE, cookie, &wait), FOUND);
	assert_int_equal(who_is(cookie, &identity), FOUND);
	assert_string_equal(identity.user, "anna");
	assert_int_equal(identity.role, ROLE_COORDINATOR);
	assert_int_equal(try_in("anna", PASSPHRASE, other, &wait), FOUND);
	assert_done(signout(service_as(&identity)));
	identity_free(&identity);
	assert_int_equal(who_is(cookie, &identity), ABSENT);
	assert_int_equal(who_is(other, &identity), FOUND);
	identity_free(&identity);
	other[0] = other[0] == 'A' ? 'B' : 'A';
	assert_int_equal(who_is(other, &identity), ABSENT);
	assert_int_equal(who_is("", &identity), ABSENT);
	assert_int_equal(who_is(NULL, &identity), ABSENT);
}

static void
sessions_end(void **state)
{
	char cookie[SEAL_COOKIE_SIZE];
	struct identity identity;
	int64_t wait, start = service.work.now;

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	assert_int_equal(try_in("anna", PASSPHRASE, cookie, &wait), FOUND);
	/* Busy every twenty minutes, until the working day is over. */
	while (service.work.now + 1200 <= start + SIGNIN_LONGEST_SECONDS) {
		service.work.now += 1200;
		assert_int_equal(who_is(cookie, &identity), FOUND);
		identity_free(&identity);
	}
	service.work.now += 1200;
	assert_int_equal(who_is(cookie, &identity), ABSENT);
	assert_int_equal(try_in("anna", PASSPHRASE, cookie, &wait), FOUND);
	service.work.now += 1801;
	assert_int_equal(who_is(cookie, &identity), ABSENT);
}

static int
make(const char *user, enum role role, const char *passphrase, size_t queues)
{
	const struct account_wish wish = {
		.user = user, .name = "N", .role = role, .passphrase = passphrase,
		.queues = kaa, .queues_count = queues
	};

	service.work.error.kind = ERROR_NONE;
	return account_make(&service.work, &wish, service.recovery);
}

static void
wrong_wishes_are_refused(void **state)
{
	static const char *const unknown[] = { "nowhere" };
	struct secret_key *other = secret_key_new();
	struct secret_key *right = service.recovery;
	unsigned char public[SEAL_KEY_SIZE];

	(void)state;
	assert_done(make("anna", ROLE_COORDINATOR, PASSPHRASE, 1));
	assert_int_equal(make("anna", ROLE_COORDINATOR, PASSPHRASE, 1), -1);
	assert_int_equal(service.work.error.kind, ERROR_INPUT);
	assert_int_equal(make("Olle", ROLE_COORDINATOR, PASSPHRASE, 1), -1);
	assert_int_equal(make("", ROLE_COORDINATOR, PASSPHRASE, 1), -1);
	assert_int_equal(make("olle", ROLE_COORDINATOR, "kort", 1), -1);
	assert_int_equal(make("olle", ROLE_COORDINATOR, PASSPHRASE, 0), -1);
	assert_int_equal(make("olle", ROLE_ADMINISTRATOR, PASSPHRASE, 1), -1);
	assert_done(make("olle", ROLE_ADMINISTRATOR, PASSPHRASE, 0));
	assert_int_equal(account_join(&service.work, "olle", kaa, 1, right), -1);
	assert_int_equal(account_join(&service.work, "anna", unknown, 1, right), -1);
	assert_non_null(strstr(service.work.error.text, "nowhere"));
	/* A recovery key, but another service's. */
	keypair_make(other, public);
	service.recovery = other;
	assert_int_equal(make("eva", ROLE_LEAD, PASSPHRASE, 1), -1);
	assert_non_null(strstr(service.work.error.text, "another service"));
	service.recovery = right;
	secret_key_free(other);
}

/* What Anna can see of a case. */
static enum answer
sees(const char *cookie, int64_t number)
{
	struct identity identity;
	struct casefile file;
	enum answer answer;

	assert_int_equal(who_is(cookie, &identity), FOUND);
	answer = casefile_read(service_as(&identity), &file, number);
	if (answer == FOUND)
		casefile_free(&file);
	identity_free(&identity);
	return answer;
}

static void
account_joins_queues_and_is_restored(void **state)
{
	char before[SEAL_COOKIE_SIZE], after[SEAL_COOKIE_SIZE];
	unsigned char session[SEAL_KEY_SIZE];
	struct identity identity;
	struct session_row row;
	int64_t bo = service_receive(BO), wait;

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, young, 1);
	assert_int_equal(try_in("anna", PASSPHRASE, before, &wait), FOUND);
	assert_int_equal(who_is(before, &identity), FOUND);
	memcpy(session, identity.session.identity, sizeof(session));
	identity_free(&identity);
	assert_int_equal(sees(before, bo), ABSENT);
	assert_done(account_join(&service.work, "anna", kaa, 1, service.recovery));
	/* What came in before she joined as well. */
	assert_int_equal(sees(before, bo), FOUND);
	assert_done(account_restore(&service.work, "anna", "a new passphrase",
	    service.recovery));
	assert_int_equal(who_is(before, &identity), ABSENT);
	assert_int_equal(store_session_get(service.work.store, session, &row,
	    &service.work.error), ABSENT);
	assert_int_equal(try_in("anna", PASSPHRASE, after, &wait), ABSENT);
	assert_int_equal(try_in("anna", "a new passphrase", after, &wait), FOUND);
	assert_int_equal(sees(after, bo), FOUND);
	assert_int_equal(who_is(after, &identity), FOUND);
	assert_int_equal(callback_do(service_as(&identity),
	    &(struct callback){ .number = bo, .act = ACT_CLAIM, .note = "x" },
	    &(struct callback_answer){ 0 }), FOUND);
	identity_free(&identity);
}

static int
no_membership(const struct membership_row *row, void *argument)
{
	(void)argument;
	fail_msg("still a member of %s", row->queue);
	return 1;
}

static void
deactivating_releases_the_cases_of_an_account(void **state)
{
	char cookie[SEAL_COOKIE_SIZE];
	struct identity anna;
	struct case_row row;
	int64_t number[100], wait;

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	assert_int_equal(try_in("anna", PASSPHRASE, cookie, &wait), FOUND);
	assert_int_equal(who_is(cookie, &anna), FOUND);
	for (size_t i = 0; i < COUNT_OF(number); i++) {
		struct callback_answer answer;
		char body[128];

		(void)snprintf(body, sizeof(body), BO "&when=any&speak=x-%zu", i);
		number[i] = service_receive(body);
		assert_int_equal(callback_do(service_as(&anna),
		    &(struct callback){ .number = number[i], .act = ACT_CLAIM }, &answer),
		    FOUND);
	}
	/* The only one who can open the queue. */
	assert_int_equal(account_deactivate(&service.work, "anna"), -1);
	assert_int_equal(service.work.error.kind, ERROR_REFUSED);
	assert_int_equal(store_case_get(service.work.store, number[99], &row,
	    &service.work.error), FOUND);
	assert_int_equal(row.holder, anna.account);
	service_hire("olle", ROLE_COORDINATOR, kaa, 1);
	assert_done(account_deactivate(&service.work, "anna"));
	for (size_t i = 0; i < COUNT_OF(number); i++) {
		assert_int_equal(store_case_get(service.work.store, number[i], &row,
		    &service.work.error), FOUND);
		assert_int_equal(row.state, STATE_WAITING);
		assert_int_equal(row.holder, 0);
	}
	assert_done(store_membership_each(service.work.store, anna.account, no_membership, NULL,
	    &service.work.error));
	identity_free(&anna);
	assert_int_equal(who_is(cookie, &anna), ABSENT);
	assert_int_equal(try_in("anna", PASSPHRASE, cookie, &wait), ABSENT);
	service_examine();
}

static void
demonstration_accounts_stay_apart(void **state)
{
	const struct account_wish wish = {
		.user = "demo", .name = "Demo", .role = ROLE_COORDINATOR, .demonstration = true,
		.passphrase = PASSPHRASE, .queues = kaa, .queues_count = 1
	};

	(void)state;
	service_config.demonstration = false;
	assert_done(setup_check(&service.work));
	assert_int_equal(account_make(&service.work, &wish, service.recovery), -1);
	service_config.demonstration = true;
	assert_done(account_make(&service.work, &wish, service.recovery));
	assert_done(setup_check(&service.work));
	service_config.demonstration = false;
	assert_int_equal(setup_check(&service.work), -1);
	assert_int_equal(accounts_remove_demonstration(&service.work), -1);
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	assert_int_equal(accounts_remove_demonstration(&service.work), 1);
	assert_done(setup_check(&service.work));
	service_config.demonstration = true;
}

static void
setup_makes_keys_of_new_queues(void **state)
{
	struct config smaller = service_config;
	struct work fresh = { .config = &smaller, .now = service.work.now };
	char words[SEAL_RECOVERY_TEXT_SIZE];

	(void)state;
	fresh.store = store_open(NULL, STORE_CREATE, &fresh.error);
	smaller.queues_count = 1;
	assert_int_equal(setup_check(&fresh), -1);
	assert_int_equal(setup_service(&fresh, words), 1);
	assert_string_not_equal(words, "");
	fresh.config = &service_config;
	assert_int_equal(setup_check(&fresh), -1);
	assert_int_equal(setup_service(&fresh, words), 1);
	assert_string_equal(words, "");
	assert_int_equal(setup_service(&fresh, words), 0);
	assert_done(setup_check(&fresh));
	store_close(fresh.store);
}

#define WITH_SERVICE(test)	cmocka_unit_test_setup_teardown(test, service_open, service_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVICE(account_signs_in_and_out),
		WITH_SERVICE(sessions_end),
		WITH_SERVICE(wrong_wishes_are_refused),
		WITH_SERVICE(account_joins_queues_and_is_restored),
		WITH_SERVICE(deactivating_releases_the_cases_of_an_account),
		WITH_SERVICE(demonstration_accounts_stay_apart),
		WITH_SERVICE(setup_makes_keys_of_new_queues),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
