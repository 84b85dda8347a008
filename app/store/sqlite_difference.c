/*
 * Compares the schema of a database with the current one, object by object. Both are
 * read from sqlite_schema, the second from a database in memory that schema.sql makes.
 * Comments, white space and the order of columns do not count, because a column that
 * a migration adds stands last.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "store/sqlite.h"
#include "store/store.h"

#define REMEDY_TABLE							\
    "restore a backup that has it; a database of an unreleased version must be made anew"
#define REMEDY_REST							\
    "stop the service and run its CREATE statement of app/store/schema.sql in sqlite3, " \
    "after DROP if it is there"
#define REMEDY_UNKNOWN	"find out what made it; stop the service and remove it with sqlite3"
#define REMEDY_WORD	"run egenremiss init"
#define REMEDY_NEWER	"install the newer program"

struct comparison {
	struct store *is, *should;	/* the database; one that schema.sql has made */
	difference_fn give;
	void *context;
	int count;			/* of differences so far */
	bool stop;			/* the callback has returned not 0 */
};

/* A part of a normalized text. */
struct item {
	const char *text;
	size_t length;
};

static void
differ(struct comparison *comparison, const char *what, const char *remedy)
{
	comparison->count++;
	if (!comparison->stop)
		comparison->stop = comparison->give(what, remedy, comparison->context) != 0;
}

/* Returns the end of the comment that begins at `at`; `at` when none begins there. */
static const char *
skip_comment(const char *at, const char *end)
{
	const char *last;

	if (end - at < 2)
		return at;
	if (at[0] == '-' && at[1] == '-') {
		last = memchr(at, '\n', (size_t)(end - at));
		return last == NULL ? end : last + 1;
	}
	if (at[0] != '/' || at[1] != '*')
		return at;
	last = memmem(at + 2, (size_t)(end - at) - 2, "*/", 2);
	return last == NULL ? end : last + 2;
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80) != 0;
}

/* A quoted string is copied as it is; returns what follows it. */
static const char *
copy_string(const char *at, const char *end, struct buffer *out)
{
	const char *last = memchr(at + 1, '\'', (size_t)(end - at) - 1);
	const char *after = last == NULL ? end : last + 1;

	buffer_add(out, at, (size_t)(after - at));
	return after;
}

/*
 * Copies SQL without comments, without quotes around names (ALTER TABLE adds them), and
 * with one space between words only.
 */
static void
normalize(const char *sql, size_t length, struct buffer *out)
{
	const char *at = sql, *end = sql + length;
	bool space = false;

	buffer_clear(out);
	while (at < end) {
		const char *after = skip_comment(at, end);

		if (after != at || isspace((unsigned char)*at) || *at == '"') {
			space = space || *at != '"';
			at = after != at ? after : at + 1;
			continue;
		}
		if (space && out->length > 0 && is_word(*at) && is_word(out->data[out->length - 1]))
			buffer_add(out, " ", 1);
		space = false;
		if (*at == '\'')
			at = copy_string(at, end, out);
		else
			buffer_add(out, at++, 1);
	}
}

/* The next column or rule of a table: up to a comma or the end of its parenthesis. */
static bool
item_next(const char **rest, struct item *item)
{
	const char *at = *rest;
	bool quoted = false;
	int depth = 0;

	if (*at == ')' || *at == '\0')
		return false;
	for (; *at != '\0'; at++) {
		if (*at == '\'')
			quoted = !quoted;
		if (quoted)
			continue;
		if (depth == 0 && (*at == ',' || *at == ')'))
			break;
		depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
	}
	*item = (struct item){ *rest, (size_t)(at - *rest) };
	*rest = *at == ',' ? at + 1 : at;
	return true;
}

/* The items of a table's text, which begins behind its first parenthesis. */
static const char *
items_of(const char *table)
{
	const char *open = strchr(table, '(');

	return open == NULL ? "" : open + 1;
}

/* The text after the items: STRICT, WITHOUT ROWID. */
static const char *
options_of(const char *table)
{
	const char *rest = items_of(table);
	struct item item;

	while (item_next(&rest, &item))
		continue;
	return rest;
}

static bool
is_rule(const struct item *item)
{
	static const char *const rules[] = {
		"CONSTRAINT ", "CHECK(", "PRIMARY KEY(", "FOREIGN KEY(", "UNIQUE("
	};

	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		size_t length = strlen(rules[i]);

		if (item->length >= length && strncmp(item->text, rules[i], length) == 0)
			return true;
	}
	return false;
}

/* The name of a column; a rule is named by the whole of its text. */
static struct item
name_of(const struct item *item)
{
	size_t length = 0;

	if (is_rule(item))
		return *item;
	while (length < item->length && is_word(item->text[length]))
		length++;
	return (struct item){ item->text, length };
}

static bool
same(const struct item *one, const struct item *other)
{
	return one->length == other->length && memcmp(one->text, other->text, one->length) == 0;
}

/* Finds the item of that name in the text of a table. */
static bool
item_find(const char *table, const struct item *name, struct item *item)
{
	const char *rest = items_of(table);

	while (item_next(&rest, item)) {
		struct item found = name_of(item);

		if (same(&found, name))
			return true;
	}
	return false;
}

static void
differ_item(struct comparison *comparison, const char *table, const struct item *name,
    const char *how)
{
	const char *kind = is_rule(name) ? "rule" : "column";
	char what[160];

	(void)snprintf(what, sizeof(what), "%s %.*s of table %s %s", kind,
	    (int)(name->length > 60 ? 60 : name->length), name->text, table, how);
	differ(comparison, what, REMEDY_TABLE);
}

static void
compare_table(struct comparison *comparison, const char *name, const char *should,
    const char *is)
{
	const char *rest = items_of(should);
	struct item item, other;
	char what[160];

	while (item_next(&rest, &item)) {
		struct item named = name_of(&item);

		if (!item_find(is, &named, &other))
			differ_item(comparison, name, &named, "is missing");
		else if (!same(&item, &other))
			differ_item(comparison, name, &named, "is not as it should be");
	}
	rest = items_of(is);
	while (item_next(&rest, &item)) {
		struct item named = name_of(&item);

		if (!item_find(should, &named, &other))
			differ_item(comparison, name, &named, "is unknown");
	}
	if (strcmp(options_of(should), options_of(is)) == 0)
		return;
	(void)snprintf(what, sizeof(what), "table %s is not made with the right options", name);
	differ(comparison, what, REMEDY_TABLE);
}

/* An object of sqlite_schema, and the query that gives the next one. */
struct object {
	struct query query;
	bool there;			/* false after the last object */
	char type[16], name[64];
	struct buffer sql;		/* normalized */
};

static void
object_next(struct object *object)
{
	const void *sql;
	size_t size;

	object->there = query_next(&object->query);
	if (!object->there)
		return;
	take_text(&object->query, object->type, sizeof(object->type));
	take_text(&object->query, object->name, sizeof(object->name));
	sql = take_bytes(&object->query, &size);
	normalize(sql, size, &object->sql);
}

static void
differ_object(struct comparison *comparison, const struct object *object, const char *how,
    const char *remedy)
{
	char what[128];

	(void)snprintf(what, sizeof(what), "%s %s %s", object->type, object->name, how);
	differ(comparison, what, remedy);
}

/* Compares by the order of OBJECT_EACH; the end of the objects comes last. */
static int
object_order(const struct object *one, const struct object *other)
{
	int order;

	if (!one->there || !other->there)
		return other->there - one->there;
	order = strcmp(other->type, one->type);
	return order != 0 ? order : strcmp(one->name, other->name);
}

/* Compares two objects of one type and name. */
static void
compare_object(struct comparison *comparison, const struct object *should,
    const struct object *is)
{
	const char *texts[] = { buffer_string(&should->sql), buffer_string(&is->sql) };

	if (strcmp(texts[0], texts[1]) == 0)
		return;
	if (strcmp(should->type, "table") == 0)
		compare_table(comparison, should->name, texts[0], texts[1]);
	else
		differ_object(comparison, should, "is not as it should be", REMEDY_REST);
}

/* Walks through the objects of both databases side by side. */
static int
compare_objects(struct comparison *comparison, struct error *error)
{
	struct object should = { .query = query_start(comparison->should, OBJECT_EACH, error) };
	struct object is = { .query = query_start(comparison->is, OBJECT_EACH, error) };
	int result;

	object_next(&should);
	object_next(&is);
	while (!comparison->stop && (should.there || is.there)) {
		int order = object_order(&should, &is);

		if (order == 0)
			compare_object(comparison, &should, &is);
		else if (order < 0)
			differ_object(comparison, &should, "is missing",
			    strcmp(should.type, "table") == 0 ? REMEDY_TABLE : REMEDY_REST);
		else
			differ_object(comparison, &is, "is unknown", REMEDY_UNKNOWN);
		if (order <= 0)
			object_next(&should);
		if (order >= 0)
			object_next(&is);
	}
	result = query_end(&should.query);
	if (query_end(&is.query) == -1)
		result = -1;
	buffer_free(&should.sql);
	buffer_free(&is.sql);
	return result;
}

/* Compares the rows of acts or outcomes with the program's words. */
static int
compare_words(struct comparison *comparison, enum statement each, const struct words *words,
    struct error *error)
{
	struct query query = query_start(comparison->is, each, error);
	bool known[64] = { false };
	char word[64], what[160];

	while (query_next(&query)) {
		int value;

		take_text(&query, word, sizeof(word));
		value = word_value(words, word);
		if (value >= 0) {
			known[value] = true;
			continue;
		}
		(void)snprintf(what, sizeof(what), "%s %.60s is unknown", words->name, word);
		differ(comparison, what, REMEDY_NEWER);
	}
	for (size_t i = 0; i < words->count && !query.failed; i++) {
		if (known[i])
			continue;
		(void)snprintf(what, sizeof(what), "%s %s is missing", words->name, words->word[i]);
		differ(comparison, what, REMEDY_WORD);
	}
	return query_end(&query);
}

_Static_assert(ACT_COUNT <= 64 && OUTCOME_COUNT <= 64, "compare_words knows 64 words");

/* A database in memory with the current schema; NULL on failure. */
static struct store *
reference_open(const char *current, struct error *error)
{
	struct store *store = calloc(1, sizeof(*store));
	int result;

	if (store == NULL) {
		(void)error_set(error, ERROR_INTERNAL, "out of memory");
		return NULL;
	}
	result = sqlite3_open_v2(":memory:", &store->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (result == SQLITE_OK)
		result = sqlite3_exec(store->db, current, NULL, NULL, NULL);
	if (result == SQLITE_OK)
		return store;
	(void)sqlite_fault(store->db, result, "schema.sql", error);
	store_close(store);
	return NULL;
}

int
store_differences(struct store *store, const char *current, difference_fn give, void *context,
    struct error *error)
{
	struct comparison comparison = {
		.is = store, .should = reference_open(current, error), .give = give,
		.context = context
	};
	int result;

	if (comparison.should == NULL)
		return -1;
	result = compare_objects(&comparison, error);
	store_close(comparison.should);
	return result == -1 ? -1 : comparison.count;
}

int
store_word_differences(struct store *store, difference_fn give, void *context,
    struct error *error)
{
	struct comparison comparison = { .is = store, .give = give, .context = context };
	int result = compare_words(&comparison, ACT_EACH, &words_act, error);

	if (result == 0)
		result = compare_words(&comparison, OUTCOME_EACH, &words_outcome, error);
	return result == -1 ? -1 : comparison.count;
}
