/*
 * Part of store.h: how an area's intake stands where a lead has decided it, and
 * what its closed page says. An area without a row stands as service.conf has it.
 */
#ifndef EGENREMISS_STORE_INTAKE_H
#define EGENREMISS_STORE_INTAKE_H

#include "store/store.h"

/* sqlite_intake.c */

struct intake_row {
	char area[STORE_AREA];
	bool open;			/* until it turns */
	int64_t changed_at;		/* since when; 0 from the beginning */
	int32_t turns_day;		/* local, since 1970-01-01: turns as that day begins; 0 stays */
	int32_t back_day;		/* later: turns back as that day begins; 0 stays */
};
/* Adds or replaces the area's. */
int	store_intake_put(struct store *, const struct intake_row *, struct error *);
enum answer store_intake_get(struct store *, const char *area, struct intake_row *,
	    struct error *);
/* Of 1 to 500 characters; "" gives the catalogue's back. language is a tag of it. */
int	store_intake_words_put(struct store *, const char *area, const char *language,
	    const char *words, struct error *);
/* Those of an area that a lead has written, by language. */
typedef int (*intake_words_fn)(const char *language, const char *words, void *);
int	store_intake_words_each(struct store *, const char *area, intake_words_fn, void *,
	    struct error *);
/* A number that grows with every change to either, so that a reader may keep a copy. */
int	store_intake_version(struct store *, int64_t *version, struct error *);

#endif
