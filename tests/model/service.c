/* The real service: five queues with different hours, and their accounts. */

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/auth.h"
#include "flow/intake.h"
#include "flow/people.h"
#include "flow/work.h"
#include "model.h"
#include "seal/seal.h"
#include "store/store.h"

#define LONG_WEEK	{ { 0, 0 }, { 480, 990 }, { 480, 990 }, { 480, 990 }, { 480, 990 }, \
			{ 480, 900 }, { 0, 0 } }
#define SHORT_WEEK	{ { 0, 0 }, { 540, 720 }, { 0, 0 }, { 540, 720 }, { 780, 960 }, \
			{ 540, 690 }, { 0, 0 } }

static struct config_area areas[] = {
	{ .code = "1781", .slug = "kristinehamn", .name = "Kristinehamn", .open = true }
};
static struct config_queue queues[QUEUES] = {
	{ .id = "kaa", .name = "KAA", .phone = "070-174 06 06", .promise_days = 2, .week = LONG_WEEK },
	{ .id = "unga", .name = "Unga", .phone = "070-174 06 07", .promise_days = 3, .week = LONG_WEEK },
	{ .id = "vuxna", .name = "Vuxna", .phone = "070-174 06 08", .promise_days = 5,
	    .week = SHORT_WEEK },
	{ .id = "grannen", .name = "Grannen", .phone = "070-174 06 09", .promise_days = 1,
	    .week = SHORT_WEEK },
	{ .id = "halsa", .name = "Hälsa", .phone = "070-174 06 10", .promise_days = 10,
	    .week = LONG_WEEK }
};
static struct config_route routes[] = {
	{ .ages = 1U << AGE_15_17 | 1U << AGE_18_19, .kinds = 7, .speaks = 3, .queue = 0 },
	{ .ages = 1U << AGE_20_24, .kinds = 7, .speaks = 3, .queue = 1 },
	{ .ages = 1U << AGE_25_29, .kinds = 7, .speaks = 3, .queue = 2 },
	{ .ages = 1U << AGE_UNDER15, .kinds = 7, .speaks = 3, .queue = 3 },
	{ .ages = ~0U, .kinds = 7, .speaks = 3, .queue = 4 }
};

struct config model_config = {
	.file = "service.conf", .base_url = "http://localhost:8888",
	.zone = "Europe/Stockholm", .service_name = "Ungdomsvägen",
	.areas = areas, .areas_count = COUNT_OF(areas),
	.queues = queues, .queues_count = QUEUES,
	.routes = routes, .routes_count = COUNT_OF(routes),
	.session_minutes = 30, .follow_days = 10, .offer_days = 2, .retention_months = 1
};

struct real real;

const char *
service_user(int account)
{
	static char user[STORE_USER];

	(void)snprintf(user, sizeof(user), "kollega%d", account);
	return user;
}

static void
must(int result)
{
	if (result == -1)
		fail_msg("%s", real.work.error.text);
}

struct work *
real_work(const struct identity *actor)
{
	real.work.config = &model_config;
	real.work.actor = actor;
	real.work.now = model->world.now;
	return &real.work;
}

enum fate
service_fate(enum answer answer)
{
	if (answer == FOUND)
		return DONE;
	if (answer == ABSENT)
		return UNSEEN;
	return real.work.error.kind == ERROR_INPUT ||
	    real.work.error.kind == ERROR_REFUSED ? WRONG : STRUCK;
}

void
service_keys(void)
{
	queue_keys_free(&real.locks);
	must(queue_keys_read(real_work(NULL), &real.locks));
	for (int q = 0; q < QUEUES; q++)
		model->world.locks[q] = real.locks.lock[q].generation;
}

void
service_sign_in(int account)
{
	struct identity *identity = &real.identity[account];
	struct account_row row;

	secret_key_free(identity->secret);
	if (store_account_get(real.work.store, model->world.account[account].number, &row,
	    &real.work.error) != FOUND)
		fail_msg("account %d is not there", account);
	identity->account = row.number;
	identity->role = row.role;
	memcpy(identity->user, row.user, sizeof(identity->user));
	memcpy(identity->name, row.name, sizeof(identity->name));
	identity->secret = secret_key_new();
	assert_non_null(identity->secret);
	assert_int_equal(secret_unlock(identity->secret, row.locked, sizeof(row.locked),
	    row.number, PASSPHRASE), 0);
}

int
service_hire(enum role role, uint64_t mask)
{
	int place = ++model->world.accounts;
	struct model_account *account = &model->world.account[place];
	const char *names[QUEUES];
	const struct account_wish wish = {
		.user = service_user(place), .name = "Kollega", .role = role,
		.passphrase = PASSPHRASE, .queues = names,
		.queues_count = (size_t)__builtin_popcountll(mask)
	};
	struct account_row row;
	size_t count = 0;

	assert_true(place < ACCOUNTS_MAX);
	*account = (struct model_account){ .role = (uint8_t)role, .active = true };
	for (int q = 0; q < QUEUES; q++) {
		if ((mask & BIT(q)) == 0)
			continue;
		names[count++] = queues[q].id;
		account->keys[q] = BIT(model->world.newest[q] + 1) - 2;
	}
	must(account_make(real_work(NULL), &wish, real.recovery));
	assert_int_equal(store_account_by_user(real.work.store, wish.user, &row,
	    &real.work.error), FOUND);
	account->number = row.number;
	service_sign_in(place);
	return place;
}

/* Each account is in two or three queues; each queue has a lead and at least five colleagues. */
static void
hire_everybody(void)
{
	for (int i = 0; i < ACTORS; i++) {
		bool lead = i % 4 == 0;
		uint64_t mask = BIT(i % QUEUES) | BIT((i * 2 + 1) % QUEUES);

		if (i == ACTORS - 1)
			(void)service_hire(ROLE_ADMINISTRATOR, 0);
		else
			(void)service_hire(lead ? ROLE_LEAD : ROLE_COORDINATOR,
			    i % 7 == 0 ? mask | BIT((i + 3) % QUEUES) : mask);
	}
}

void
service_begin(const char *path, uint64_t seed)
{
	char words[SEAL_RECOVERY_TEXT_SIZE];

	memset(model, 0, sizeof(*model));
	model->world.random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
	model->world.now = calendar_at(0);
	real.work.store = store_open(path, STORE_CREATE, &real.work.error);
	if (real.work.store == NULL)
		fail_msg("%s", real.work.error.text);
	assert_int_equal(setup_service(real_work(NULL), words), QUEUES);
	for (int q = 0; q < QUEUES; q++)
		model->world.newest[q] = 1;
	real.recovery = secret_key_new();
	assert_int_equal(recovery_read(real.recovery, words), 0);
	service_keys();
	hire_everybody();
}

void
service_close(void)
{
	look_forget();
	store_close(real.work.store);
	real.work.store = NULL;
}

void
service_reopen(const char *path)
{
	real.work.store = store_open(path, STORE_CREATE, &real.work.error);
	if (real.work.store == NULL)
		fail_msg("%s", real.work.error.text);
	for (int i = 1; i <= model->world.accounts; i++)
		service_sign_in(i);
	service_keys();
}

void
service_end(void)
{
	service_close();
	secret_key_free(real.recovery);
	queue_keys_free(&real.locks);
	for (int i = 1; i < ACCOUNTS_MAX; i++)
		secret_key_free(real.identity[i].secret);
	real = (struct real){ 0 };
}
