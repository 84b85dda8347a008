/* A small service in memory: two queues, a clock that is told. Included once a program. */
#ifndef FLOW_SERVICE_H
#define FLOW_SERVICE_H

#include <unistd.h>
#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "flow/people.h"
#include "flow/work.h"
#include "rules/rules.h"
#include "seal/seal.h"
#include "store/auth.h"
#include "store/store.h"

#define KAA		"kristinehamn-kaa"
#define YOUNG		"kristinehamn-unga"
#define PASSPHRASE	"lusab-babad-gutih"
#define WEEK	{ { 0, 0 }, { 480, 990 }, { 480, 990 }, { 480, 990 }, { 480, 990 }, \
		{ 480, 900 }, { 0, 0 } }

static struct config_area service_areas[] = {
	{ .code = "1781", .slug = "kristinehamn", .name = "Kristinehamn", .open = true }
};
static struct config_queue service_queues[] = {
	{ .id = KAA, .name = "KAA", .phone = "070-174 06 06", .promise_days = 2, .week = WEEK },
	{ .id = YOUNG, .name = "Unga", .phone = "070-174 06 05", .promise_days = 3, .week = WEEK }
};
static struct config_route service_routes[] = {
	{ .ages = 1U << AGE_15_17 | 1U << AGE_18_19, .kinds = 7, .speaks = 3, .queue = 0 },
	{ .ages = ~0U, .kinds = 7, .speaks = 3, .queue = 1 }
};
static struct config service_config = {
	.file = "service.conf", .base_url = "http://localhost:8888",
	.zone = "Europe/Stockholm", .service_name = "Ungdomsvägen", .demonstration = true,
	.areas = service_areas, .areas_count = COUNT_OF(service_areas),
	.queues = service_queues, .queues_count = COUNT_OF(service_queues),
	.routes = service_routes, .routes_count = COUNT_OF(service_routes),
	.session_minutes = 30, .follow_days = 10, .offer_days = 2
};

static struct service {
	struct work work;
	struct secret_key *recovery;
	struct queue_keys locks;
} service;

#define assert_done(result) do {					\
	if ((result) == -1)						\
		fail_msg("%s: %s", #result, service.work.error.text);	\
} while (0)

/* The work of that actor, NULL the program, at the service's present moment. */
static inline struct work *
service_as(const struct identity *actor)
{
	service.work.actor = actor;
	return &service.work;
}

/* The same work at another moment; what fails leaves its error in it. */
static inline struct work *
service_at(int64_t now)
{
	static struct work other;

	other = service.work;
	other.now = now;
	return &other;
}

/* Monday 23 November 2026, 10:00. */
static inline int
service_open(void **state)
{
	char words[SEAL_RECOVERY_TEXT_SIZE];

	(void)state;
	service.work.config = &service_config;
	service.work.now = clock_at(2026, 11, 23, 10, 0);
	if (throttle_start(&service.work.error) == -1 ||
	    duplicate_submissions_start(&service.work.error) == -1)
		return -1;
	service.work.store = store_open(NULL, STORE_CREATE, &service.work.error);
	if (service.work.store == NULL || setup_service(&service.work, words) != 2)
		return -1;
	service.recovery = secret_key_new();
	if (recovery_read(service.recovery, words) == -1)
		return -1;
	return queue_keys_read(&service.work, &service.locks);
}

static inline int
service_close(void **state)
{
	(void)state;
	store_close(service.work.store);
	secret_key_free(service.recovery);
	queue_keys_free(&service.locks);
	return 0;
}

static inline int
service_start(void)
{
	clock_start("Europe/Stockholm");
	return seal_start() == 0 && keyed_digest_start(NULL) == 0 ? 0 : -1;
}

static inline void
service_hire(const char *user, enum role role, const char *const *queues, size_t count)
{
	const struct account_wish wish = {
		.user = user, .name = user, .role = role, .passphrase = PASSPHRASE,
		.queues = queues, .queues_count = count
	};

	assert_done(account_make(&service.work, &wish, service.recovery));
}

static inline void
service_sign_in(const char *user, struct identity *identity)
{
	const struct signin_try try = {
		.user = user, .passphrase = PASSPHRASE
	};
	struct signin_answer answer;

	assert_int_equal(signin(&service.work, &try, &answer), FOUND);
	assert_int_equal(identity_of(&service.work, answer.cookie, true, identity), FOUND);
}

static inline void
service_prepare(struct intake *intake, const char *body, const char *code)
{
	enum fault faults[FIELD_COUNT];
	struct submission submission;
	struct form form;

	assert_int_equal(form_decode(&form, body, strlen(body)), FORM_OK);
	assert_int_equal(submission_check(&form, service_areas, "sv", &submission, faults),
	    SUBMISSION_OK);
	assert_done(intake_prepare(&service.work, intake, &service.locks, &submission, code));
	form_wipe(&form);
}

/* Takes one submission in; its case number. */
static inline int64_t
service_receive(const char *body)
{
	struct intake intake, *batch[] = { &intake };

	service_prepare(&intake, body, NULL);
	intake_commit(&service.work, batch, 1);
	assert_int_equal(intake.result, INTAKE_STORED);
	intake_free(&intake);
	return intake.row.number;
}

static inline int
service_breach(enum breach breach, int64_t number, const char *detail, void *argument)
{
	(void)argument;
	fail_msg("breach %d of case %lld: %s", (int)breach, (long long)number, detail);
	return 1;
}

/* The invariant holds. */
static inline void
service_examine(void)
{
	assert_done(store_doctor(service.work.store, service_breach, NULL, &service.work.error));
}

/* Appends each file to *letters and removes it; nothing when there is no such folder. */
static inline void
letters_take(const char *folder, struct buffer *letters)
{
	DIR *dir = opendir(folder);
	char path[512];

	if (dir == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		assert_done(buffer_read_file(letters, path, 65536, &service.work.error));
		assert_int_equal(unlink(path), 0);
	}
	(void)closedir(dir);
}

#endif
