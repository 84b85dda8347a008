/* Who waits before a sign-in, by a clock that is told; and that nobody keeps a colleague out. */
#include "base/base.h"
#include "base/words.h"
#include "flow/auth.h"
#include "flow_service.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define DAY	86400
#define HOUR	3600

static const char *const kaa[] = { KAA };

/* A browser somewhere. */
struct place {
	char browser[SEAL_COOKIE_SIZE];
	unsigned char source[SEAL_DIGEST_SIZE];
};

static struct place
place(unsigned char number)
{
	struct place made = { .source = { number, 1 } };

	return made;
}

static int64_t waited;

static enum answer
try_in(struct place *from, const char *user, const char *passphrase)
{
	struct signin_try try = {
		.user = user, .passphrase = passphrase, .browser = from->browser
	};
	struct signin_answer answer;
	enum answer result;

	memcpy(try.source, from->source, sizeof(try.source));
	result = signin(&service.work, &try, &answer);
	waited = answer.wait_seconds;
	if (result == FOUND)
		memcpy(from->browser, answer.browser, SEAL_COOKIE_SIZE);
	return result;
}

/* Argon2id is slow: where only waiting is asked about, the gate alone is. */
static int64_t
knock(const char *user, unsigned char where)
{
	unsigned char source[SEAL_DIGEST_SIZE] = { where, 1 };

	return throttle_ask(user, source, service.work.now);
}

/* From a place of its own, since another's would wait. */
static void
fail_often(const char *user, int times)
{
	const unsigned char source[SEAL_DIGEST_SIZE] = { 99, 99 };

	throttle_count(user, source, times, service.work.now);
}

static void
throttle_waits_by_the_rule(void **state)
{
	(void)state;
	assert_int_equal(throttle_wait(0, 5, 30), 0);
	assert_int_equal(throttle_wait(4, 5, 30), 0);
	assert_int_equal(throttle_wait(5, 5, 30), 1);
	assert_int_equal(throttle_wait(9, 5, 30), 16);
	assert_int_equal(throttle_wait(10, 5, 30), 30);
	assert_int_equal(throttle_wait(1000, 5, 30), 30);
	assert_int_equal(throttle_wait(12, 5, 300), 128);
	assert_int_equal(throttle_wait(14, 5, 300), 300);
	/* What is left of it, and with a clock that was set back. */
	assert_int_equal(throttle_left(6, 1000, 5, 30, 1000), 2);
	assert_int_equal(throttle_left(6, 1000, 5, 30, 1001), 1);
	assert_int_equal(throttle_left(6, 1000, 5, 30, 1002), 0);
	assert_int_equal(throttle_left(6, 1000, 5, 30, 10), 2);
}

/* Whether the account exists or not: the same waits, in the same order. */
static void
throttle_slows_unknown_names_alike(void **state)
{
	static const char *const names[] = { "anna", "nobody", "ANNA", "Nobody" };
	int64_t waits[2][8];
	struct place from = place(1);

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	for (size_t n = 0; n < 2; n++) {
		for (size_t i = 0; i < COUNT_OF(waits[n]); i++) {
			assert_int_equal(try_in(&from, names[n + 2 * (i % 2)], "wrong"), ABSENT);
			waits[n][i] = waited;
		}
	}
	assert_memory_equal(waits[0], waits[1], sizeof(waits[0]));
	assert_int_equal(waits[0][4], 0);
	assert_int_equal(waits[0][5], 1);
	/* Trying on while waiting makes the wait no longer. */
	assert_int_equal(waits[0][7], 1);
	assert_int_equal(try_in(&from, "anna", PASSPHRASE), ABSENT);
	service.work.now += 1;
	assert_int_equal(try_in(&from, "anna", PASSPHRASE), FOUND);
}

/* A thousand sources that never rest, for a day. */
static void
right_passphrase_signs_in_after_the_wait(void **state)
{
	struct place phone = place(200), laptop = place(201);
	int64_t checked = 0, before;

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	assert_int_equal(try_in(&laptop, "anna", PASSPHRASE), FOUND);
	assert_string_not_equal(laptop.browser, "");
	for (int64_t second = 0; second < DAY; second++) {
		for (unsigned char where = 1; where <= 20; where++)
			checked += knock("anna", where) == 0;
		service.work.now++;
		/* The browser that she has used before never waits. */
		if (second % 10800 == 5000) {
			assert_int_equal(try_in(&laptop, "anna", PASSPHRASE), FOUND);
			assert_int_equal(waited, 0);
		}
	}
	print_message("20 sources made %lld guesses in a day\n", (long long)checked);
	assert_true(checked <= 20 * (DAY / 30 + 40));
	/* A new telephone waits once, and not for long, whatever the others do meanwhile. */
	assert_int_equal(try_in(&phone, "anna", PASSPHRASE), ABSENT);
	assert_true(waited > 0 && waited <= THROTTLE_MAX);
	before = service.work.now;
	while (service.work.now < before + THROTTLE_MAX) {
		for (unsigned char where = 1; where <= 20; where++)
			(void)knock("anna", where);
		service.work.now++;
	}
	assert_int_equal(try_in(&phone, "anna", PASSPHRASE), FOUND);
	/* And is known from then on. */
	assert_int_equal(try_in(&phone, "anna", PASSPHRASE), FOUND);
}

static void
each_wait_allows_one_try(void **state)
{
	(void)state;
	fail_often("anna", 10);
	assert_int_equal(knock("anna", 1), 30);
	service.work.now += 20;
	assert_int_equal(knock("anna", 1), 10);
	service.work.now += 10;
	assert_int_equal(knock("anna", 1), 0);	/* taken */
	assert_int_equal(knock("anna", 1), 30);
	/* Who does not come when it is their turn waits anew, ten minutes later. */
	service.work.now += 30 + THROTTLE_TURN_SECONDS + 1;
	assert_int_equal(knock("anna", 1), 30);
	/* A clock that is set back makes nobody wait longer. */
	service.work.now -= DAY;
	assert_true(knock("anna", 1) <= 30);
	/* An hour after the last failure it is forgotten. */
	service.work.now += DAY + HOUR + 100;
	assert_int_equal(knock("anna", 1), 0);
}

/* One source that tries name after name. */
static void
throttle_slows_one_client_with_many_names(void **state)
{
	char name[24];
	int passed = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		(void)snprintf(name, sizeof(name), "name%d", i);
		passed += knock(name, 7) == 0;
	}
	assert_int_equal(passed, THROTTLE_SOURCE_FREE);
	for (int i = 0; i < HOUR; i++, service.work.now++) {
		(void)snprintf(name, sizeof(name), "more%d", i);
		passed += knock(name, 7) == 0;
	}
	assert_in_range(passed, 100, THROTTLE_SOURCE_FREE + 10 + HOUR / 30);
	assert_int_equal(knock("anna", 8), 0);	/* elsewhere nobody notices */
}

/* The count of a name that is being guessed is not pushed out by a flood of others. */
static void
throttle_remembers_a_name_through_a_flood(void **state)
{
	char name[24];

	(void)state;
	fail_often("anna", 10);
	for (int i = 0; i < 40000; i++) {
		unsigned char source[SEAL_DIGEST_SIZE] = { 1, (unsigned char)i, (unsigned char)(i >> 8) };

		(void)snprintf(name, sizeof(name), "flood%d", i);
		(void)throttle_ask(name, source, service.work.now);
	}
	assert_int_equal(knock("anna", 1), 30);
}

static void
trusted_device_has_a_count_of_its_own(void **state)
{
	struct place laptop = place(1), thief = place(2);

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	service_hire("bo", ROLE_COORDINATOR, kaa, 1);
	assert_int_equal(try_in(&laptop, "anna", PASSPHRASE), FOUND);
	for (int i = 0; i < THROTTLE_BROWSER_FREE; i++) {
		assert_int_equal(try_in(&laptop, "anna", "wrong"), ABSENT);
		assert_int_equal(waited, 0);
	}
	assert_int_equal(try_in(&laptop, "anna", PASSPHRASE), ABSENT);
	assert_int_equal(waited, 1);
	/* Its failures are its own: elsewhere she waits for nothing. */
	assert_int_equal(knock("anna", 9), 0);
	service.work.now += 1;
	assert_int_equal(try_in(&laptop, "anna", PASSPHRASE), FOUND);
	assert_int_equal(try_in(&laptop, "anna", "wrong"), ABSENT);
	assert_int_equal(waited, 0);
	/* Bo's account does not know it, though the cookie is the same; then it does. */
	fail_often("bo", 5);
	assert_int_equal(try_in(&laptop, "bo", PASSPHRASE), ABSENT);
	assert_int_equal(waited, 1);
	service.work.now += 1;
	assert_int_equal(try_in(&laptop, "bo", PASSPHRASE), FOUND);
	assert_int_equal(try_in(&laptop, "anna", PASSPHRASE), FOUND);
	/* A cookie that is not ours is nobody's. */
	(void)snprintf(thief.browser, sizeof(thief.browser), "%s", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	fail_often("anna", 5);
	assert_int_equal(try_in(&thief, "anna", PASSPHRASE), ABSENT);
	assert_true(waited > 0);
	/* After half a year it is a stranger again. */
	service.work.now += INT64_C(180) * DAY + 1;
	fail_often("anna", 5);
	assert_int_equal(try_in(&laptop, "anna", PASSPHRASE), ABSENT);
	assert_int_equal(waited, 1);
}

static void
account_keeps_ten_trusted_devices(void **state)
{
	struct place first = place(1), other;
	struct device_row row;
	unsigned char digest[SEAL_KEY_SIZE];
	struct account_row anna;

	(void)state;
	service_hire("anna", ROLE_COORDINATOR, kaa, 1);
	assert_int_equal(try_in(&first, "anna", PASSPHRASE), FOUND);
	for (unsigned char i = 0; i < 10; i++) {
		service.work.now++;
		other = place((unsigned char)(i + 10));
		assert_int_equal(try_in(&other, "anna", PASSPHRASE), FOUND);
	}
	assert_int_equal(store_account_by_user(service.work.store, "anna", &anna,
	    &service.work.error), FOUND);
	assert_int_equal(browser_digest(digest, first.browser, anna.number), 0);
	assert_int_equal(store_device_get(service.work.store, digest, &row,
	    &service.work.error), ABSENT);
	assert_int_equal(browser_digest(digest, other.browser, anna.number), 0);
	assert_int_equal(store_device_get(service.work.store, digest, &row,
	    &service.work.error), FOUND);
}

#define WITH_SERVICE(test)	cmocka_unit_test_setup_teardown(test, service_open, service_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVICE(throttle_waits_by_the_rule),
		WITH_SERVICE(throttle_slows_unknown_names_alike),
		WITH_SERVICE(right_passphrase_signs_in_after_the_wait),
		WITH_SERVICE(each_wait_allows_one_try),
		WITH_SERVICE(throttle_slows_one_client_with_many_names),
		WITH_SERVICE(throttle_remembers_a_name_through_a_flood),
		WITH_SERVICE(trusted_device_has_a_count_of_its_own),
		WITH_SERVICE(account_keeps_ten_trusted_devices),
	};

	return service_start() == -1 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
