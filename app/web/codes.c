#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flow/codes.h"
#include "web/web.h"

#define VISITS_MAX	256

struct known_code {
	const struct config_area *area;	/* NULL: service.conf has it no longer */
	const struct language *language;	/* NULL the reader's own */
	struct code_row row;
};

struct code_table {
	struct known_code *code;	/* sorted */
	size_t count, room;
	int64_t version;
};

struct visit {
	char code[CODE_SIZE];
	int32_t day;
	enum visit_kind kind;
	int64_t visits;
};

static struct {
	struct code_table table;
	struct visit visit[VISITS_MAX];
	size_t visit_count;
} codes = { .table.version = -1 };

/* A refresh on its way: what the lane reads and writes, apart from the above. */
static struct {
	struct job job;
	bool running;
	bool changed;
	struct code_table table;
	struct visit visit[VISITS_MAX];
	size_t visit_count;
	struct exchange *waiting, *next_waiting;
} refresh;

static int
compare_codes(const void *a, const void *b)
{
	return strcmp(((const struct known_code *)a)->row.code,
	    ((const struct known_code *)b)->row.code);
}

enum answer
code_look(const char *path, int64_t now, struct code_way *way)
{
	struct known_code key, *found;

	if (strncasecmp(path, "/q/", 3) != 0 || code_parse(path + 3, key.row.code) != 0 ||
	    codes.table.count == 0)
		return ABSENT;
	found = bsearch(&key, codes.table.code, codes.table.count, sizeof(key), compare_codes);
	if (found == NULL || found->area == NULL)
		return ABSENT;
	way->area = found->area;
	way->language = found->language;
	/* A code that is not in use is its area's way in, and counts for nobody. */
	(void)snprintf(way->code, CODE_SIZE, "%s",
	    code_in_use(&found->row, day_of(now)) ? found->row.code : "");
	return FOUND;
}

void
code_visit(const char *code, enum visit_kind kind, int64_t now)
{
	int32_t day = day_of(now);
	size_t i;

	if (code[0] == '\0')
		return;
	for (i = 0; i < codes.visit_count; i++) {
		if (codes.visit[i].day == day && codes.visit[i].kind == kind &&
		    strcmp(codes.visit[i].code, code) == 0)
			break;
	}
	if (i == VISITS_MAX)
		return;			/* more different codes in a second than are counted */
	if (i == codes.visit_count) {
		codes.visit_count++;
		codes.visit[i] = (struct visit){ .day = day, .kind = kind };
		memcpy(codes.visit[i].code, code, strlen(code) + 1);
	}
	codes.visit[i].visits++;
}

static int
table_add(const struct code_row *row, int64_t visits, int64_t cases, void *argument)
{
	struct code_table *table = argument;
	struct known_code *known;

	(void)visits;
	(void)cases;
	if (table->count == table->room) {
		table->room = table->room == 0 ? 64 : table->room * 2;
		table->code = realloc(table->code, table->room * sizeof(*table->code));
		if (table->code == NULL)
			abort();
	}
	known = &table->code[table->count++];
	known->row = *row;
	known->area = config_area(&site.config, row->area);
	known->language = text_language(row->language, strlen(row->language));
	return 0;
}

static int
read_table(struct store *store, struct error *error)
{
	int64_t version;

	refresh.changed = false;
	if (store_code_version(store, &version, error) != 0)
		return -1;
	if (version == refresh.table.version)
		return 0;
	refresh.table = (struct code_table){ .version = version };
	if (store_code_each(store, table_add, &refresh.table, error) != 0) {
		free(refresh.table.code);
		return -1;
	}
	if (refresh.table.count > 0)
		qsort(refresh.table.code, refresh.table.count, sizeof(*refresh.table.code),
		    compare_codes);
	refresh.changed = true;
	return 0;
}

static int
write_visits(struct store *store, const struct visit *visit, size_t count, struct error *error)
{
	if (count == 0)
		return 0;
	if (store_begin(store, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (store_code_visits_add(store, visit[i].code, visit[i].day, visit[i].kind,
		    visit[i].visits, error) != 0) {
			store_rollback(store);
			return -1;
		}
	}
	return store_commit(store, error);
}

static void
refresh_work(struct job *job, struct store *store)
{
	struct error error;

	(void)job;
	if (read_table(store, &error) != 0)
		log_line(LOG_LINE_ERROR, "codes: %s", error.text);
	/* Visits are figures: when they cannot be written they are let go. */
	if (write_visits(store, refresh.visit, refresh.visit_count, &error) != 0)
		log_line(LOG_LINE_WARNING, "visits: %s", error.text);
	refresh.visit_count = 0;
}

int64_t
codes_version(void)
{
	return codes.table.version;
}

static void refresh_start(void);

static void
refresh_done(struct job *job)
{
	struct exchange *x, *next;

	(void)job;
	if (refresh.changed) {
		free(codes.table.code);
		codes.table = refresh.table;
	}
	refresh.running = false;
	for (x = refresh.waiting; x != NULL; x = next) {
		next = x->next;
		exchange_return(x);
	}
	refresh.waiting = refresh.next_waiting;
	refresh.next_waiting = NULL;
	if (refresh.waiting != NULL)
		refresh_start();
}

static void
refresh_start(void)
{
	refresh.table.version = codes.table.version;
	memcpy(refresh.visit, codes.visit, sizeof(codes.visit));
	refresh.visit_count = codes.visit_count;
	codes.visit_count = 0;
	refresh.running = true;
	refresh.job = (struct job){ .work = refresh_work, .done = refresh_done };
	(void)lane_submit(LANE_STAFF, &refresh.job);
}

void
codes_refresh(struct exchange *waiting)
{
	struct exchange **list = refresh.running ? &refresh.next_waiting : &refresh.waiting;

	if (waiting != NULL) {
		waiting->away = true;
		waiting->next = *list;
		*list = waiting;
	}
	if (!refresh.running)
		refresh_start();
}

void
codes_stop(struct store *store)
{
	struct error error;

	/* Those of a refresh that never came to its turn stand where it left them. */
	if (write_visits(store, refresh.visit, refresh.visit_count, &error) != 0 ||
	    write_visits(store, codes.visit, codes.visit_count, &error) != 0)
		log_line(LOG_LINE_WARNING, "visits: %s", error.text);
}
