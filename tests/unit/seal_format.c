/*
 * Opens a backup with the recovery words and nothing of app/: linked with
 * libsodium and SQLite alone. Without arguments it tests itself on what the
 * first version wrote; as `seal_format DATABASE WORDS...` it prints every
 * record of a real one as "case record kind text".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "seal_reader.h"
#include "seal_vectors.h"

static const char every_record[] =
    "SELECT r.case_number, r.number, r.kind, r.box, c.sealed, q.recovery_sealed, q.public"
    " FROM records r LEFT JOIN case_keys c ON c.case_number = r.case_number"
    " LEFT JOIN queue_keys q ON q.queue = c.queue AND q.generation = c.generation"
    " ORDER BY r.number, c.queue, c.generation";

/* The data key of the row's case, by way of the queue's secret key. */
static int
row_data_key(unsigned char data_key[32], sqlite3_stmt *row, const unsigned char recovery[32])
{
	unsigned char queue[32], public[32];

	if (reader_sealed_key(queue, sqlite3_column_blob(row, 5),
	    (size_t)sqlite3_column_bytes(row, 5), recovery) != 0 ||
	    crypto_scalarmult_base(public, queue) != 0)
		return -1;
	if (sqlite3_column_bytes(row, 6) != 32 ||
	    memcmp(public, sqlite3_column_blob(row, 6), 32) != 0)
		return -1;
	return reader_sealed_key(data_key, sqlite3_column_blob(row, 4),
	    (size_t)sqlite3_column_bytes(row, 4), queue);
}

static int
row_print(sqlite3_stmt *row, const unsigned char recovery[32], FILE *out)
{
	int64_t case_number = sqlite3_column_int64(row, 0), number = sqlite3_column_int64(row, 1);
	unsigned kind = (unsigned)sqlite3_column_int(row, 2);
	const unsigned char *box = sqlite3_column_blob(row, 3);
	size_t size = (size_t)sqlite3_column_bytes(row, 3), length = 0;
	unsigned char data_key[32];
	char *plain = calloc(1, size + 1);
	int result;

	result = plain == NULL ? -1 : row_data_key(data_key, row, recovery);
	if (result == 0)
		result = reader_record(plain, &length, box, size, kind, case_number, number,
		    data_key);
	if (result == 0)
		fprintf(out, "%lld %lld %u %.*s\n", (long long)case_number, (long long)number,
		    kind, (int)length, plain);
	free(plain);
	return result;
}

/* Prints each record once for each queue that may read it. The number printed, or -1. */
static int
backup_print(sqlite3 *db, const char *words, FILE *out)
{
	unsigned char recovery[32];
	sqlite3_stmt *row = NULL;
	int step, printed = 0, refused = 0;

	if (reader_recovery(recovery, words) != 0) {
		fprintf(stderr, "these are not recovery words\n");
		return -1;
	}
	if (sqlite3_prepare_v2(db, every_record, -1, &row, NULL) != SQLITE_OK) {
		fprintf(stderr, "%s\n", sqlite3_errmsg(db));
		return -1;
	}
	while ((step = sqlite3_step(row)) == SQLITE_ROW) {
		if (row_print(row, recovery, out) == 0) {
			printed++;
			continue;
		}
		fprintf(stderr, "record %lld does not open\n",
		    (long long)sqlite3_column_int64(row, 1));
		refused++;
	}
	sqlite3_finalize(row);
	return step == SQLITE_DONE && refused == 0 ? printed : -1;
}

static int
print_main(int count, char **arguments)
{
	char words[256] = "";
	sqlite3 *db = NULL;
	int printed = -1;

	for (int i = 2; i < count; i++) {
		size_t used = strlen(words);

		snprintf(words + used, sizeof(words) - used, "%s ", arguments[i]);
	}
	if (sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
		printed = backup_print(db, words, stdout);
	else
		fprintf(stderr, "%s: %s\n", arguments[1], sqlite3_errmsg(db));
	sqlite3_close(db);
	return printed < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The tables of app/store/schema.sql, as far as a backup is opened by them. */
static const char tables[] =
    "CREATE TABLE queue_keys (queue, generation, public, recovery_sealed);"
    "CREATE TABLE case_keys (case_number, queue, generation, sealed);"
    "CREATE TABLE records (number, case_number, kind, box)";

/* Runs one INSERT with up to two vectors as ?1 and ?2. */
static void
insert(sqlite3 *db, const char *sql, const char *first, const char *second)
{
	const char *given[] = { first, second };
	unsigned char bytes[600];
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	for (int i = 0; i < 2; i++)
		if (given[i] != NULL)
			sqlite3_bind_blob(statement, i + 1, bytes,
			    (int)vector_read(bytes, given[i]), SQLITE_TRANSIENT);
	assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
	sqlite3_finalize(statement);
}

static sqlite3 *
backup_make(void)
{
	char sql[128];
	sqlite3 *db;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, tables, NULL, NULL, NULL), SQLITE_OK);
	insert(db, "INSERT INTO queue_keys VALUES ('kaa', 1, ?1, ?2)", vectors.queue_public,
	    vectors.recovery_sealed);
	snprintf(sql, sizeof(sql), "INSERT INTO case_keys VALUES (%lld, 'kaa', 1, ?1)",
	    (long long)VECTOR_CASE);
	insert(db, sql, vectors.key_sealed, NULL);
	snprintf(sql, sizeof(sql), "INSERT INTO records VALUES (%lld, %lld, 1, ?1)",
	    (long long)VECTOR_SUBMISSION, (long long)VECTOR_CASE);
	insert(db, sql, vectors.submission, NULL);
	snprintf(sql, sizeof(sql), "INSERT INTO records VALUES (%lld, %lld, 2, ?1)",
	    (long long)VECTOR_NOTE, (long long)VECTOR_CASE);
	insert(db, sql, vectors.note, NULL);
	return db;
}

static void
libsodium_alone_opens_a_backup(void **state)
{
	static char printed[1024], expected[1024];
	sqlite3 *db = backup_make();
	FILE *out = fmemopen(printed, sizeof(printed), "w");

	(void)state;
	assert_int_equal(backup_print(db, vectors.recovery_words, out), 2);
	fclose(out);
	snprintf(expected, sizeof(expected), "%lld %lld 1 %s\n%lld %lld 2 %s\n",
	    (long long)VECTOR_CASE, (long long)VECTOR_SUBMISSION, VECTOR_SUBMISSION_TEXT,
	    (long long)VECTOR_CASE, (long long)VECTOR_NOTE, VECTOR_NOTE_TEXT);
	assert_string_equal(printed, expected);
	sqlite3_close(db);
}

static void
libsodium_alone_refuses_a_tampered_backup(void **state)
{
	static const char *const changes[] = {
		"UPDATE records SET kind = 3 WHERE kind = 2",
		"UPDATE records SET number = number + 10",
		"UPDATE records SET box = substr(box, 1, 552)",
		"UPDATE case_keys SET case_number = case_number + 1",
		"UPDATE queue_keys SET public = zeroblob(32)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		sqlite3 *db = backup_make();
		FILE *out = fopen("/dev/null", "w");

		assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(backup_print(db, vectors.recovery_words, out), -1);
		fclose(out);
		sqlite3_close(db);
	}
}

/* A coordinator's way: passphrase or cookie, own key, the queue's key. */
static void
libsodium_alone_follows_a_coordinator(void **state)
{
	unsigned char bytes[600], secret[32], again[32], queue[32], public[32], subkeys[3][32];

	(void)state;
	assert_int_equal(reader_locked(secret, bytes, vector_read(bytes, vectors.locked),
	    VECTOR_ACCOUNT, VECTOR_PASSPHRASE), 0);
	assert_int_equal(crypto_scalarmult_base(public, secret), 0);
	assert_int_equal(vector_read(bytes, vectors.coordinator_public), 32);
	assert_memory_equal(public, bytes, 32);
	assert_int_equal(reader_sealed_key(queue, bytes, vector_read(bytes,
	    vectors.membership_sealed), secret), 0);
	assert_int_equal(crypto_scalarmult_base(public, queue), 0);
	assert_int_equal(vector_read(bytes, vectors.queue_public), 32);
	assert_memory_equal(public, bytes, 32);

	assert_int_equal(reader_cookie(subkeys, vectors.cookie), 0);
	assert_int_equal(vector_read(bytes, vectors.session_box), 73);
	assert_int_equal(bytes[0], 1);
	assert_int_equal(reader_account_box(again, bytes + 1, "egenremiss session",
	    VECTOR_ACCOUNT, subkeys[1]), 0);
	assert_memory_equal(secret, again, 32);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(libsodium_alone_opens_a_backup),
		cmocka_unit_test(libsodium_alone_refuses_a_tampered_backup),
		cmocka_unit_test(libsodium_alone_follows_a_coordinator),
	};

	if (sodium_init() < 0)
		return EXIT_FAILURE;
	if (argc > 2)
		return print_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
