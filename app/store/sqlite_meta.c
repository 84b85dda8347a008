#include "store/sqlite.h"

int
store_meta_put(struct store *store, const char *key, const void *value, size_t size,
    struct error *error)
{
	struct query query = query_start(store, META_PUT, error);

	put_text(&query, key);
	put_bytes(&query, value, size);
	return query_run(&query);
}

enum answer
store_meta_get(struct store *store, const char *key, struct buffer *value, struct error *error)
{
	struct query query = query_start(store, META_GET, error);
	bool found;

	put_text(&query, key);
	found = query_next(&query);
	if (found) {
		size_t size;
		const void *bytes = take_bytes(&query, &size);

		buffer_clear(value);
		buffer_add(value, bytes, size);
	}
	return query_answer(&query, found);
}
