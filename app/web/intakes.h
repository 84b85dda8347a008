/*
 * How the intake stands in each area, as the public pages show it: read before
 * the workers fork, and again within a second of a change in the database or of
 * a day on which one turns. What the event loop has is whole at all times: a
 * lane reads and renders, and the loop takes the new for the old.
 */
#ifndef EGENREMISS_INTAKES_H
#define EGENREMISS_INTAKES_H

#include "flow/opening.h"
#include "web/web.h"

#define INTAKE_LANGUAGES	16	/* as many as a catalogue may have */

struct intake_state {
	bool open;
	int64_t closed_at;		/* 0 open, or from the beginning */
	int32_t turns_day;		/* 0: nobody has said when */
	bool held;			/* that day has come, and nobody can open what would come in */
	bool turned;			/* such a day has turned it, and is to be written down */
	/* What the closed page says, a text each of text_languages; NULL the catalogue's. */
	char *words[INTAKE_LANGUAGES];
};

struct intakes {
	int64_t version;		/* of the database */
	int32_t look_day;		/* local day from which an area may stand otherwise; 0 none */
	struct intake_state state[];	/* in the order of site.config.areas */
};

/* intakes.c; all of the event loop but where said */

/* Once, before the pages are made and the workers fork. */
int	intakes_start(struct store *store, struct error *error);
void	intakes_stop(void);
/* At every look: brings changes in. */
void	intakes_refresh(void);
/* What the pages show. Live until the event loop goes on. */
const struct intakes *intakes_now(void);
const struct intake_state *intake_state(const struct config_area *area);
/*
 * Whether a form sent to the area now is taken: while it is open, and for an
 * hour after it closed, since nobody who began in time is to have written in vain.
 */
bool	intake_open(const struct config_area *area, int64_t now);
/* On any lane: one area's, as it stands now. Release with intake_state_free. 0, or -1. */
int	intake_state_read(struct intake_state *state, struct store *store,
	    const struct config_area *area, int64_t now, struct error *error);
void	intake_state_free(struct intake_state *state);
bool	intake_state_same(const struct intake_state *a, const struct intake_state *b);

/* public_pages.c: parts of the closed page, in that language */

/* A lead's words; the catalogue's when they are NULL or empty. */
const char *closed_words(const struct language *language, const char *words);
/* Appends the day on which it opens; nothing when nobody has said. */
void	closed_opens(struct buffer *out, const struct language *language,
	    const struct intake_state *state);

/* finishing.c: pages made again */

struct fresh_page;
/* On a lane: the pages of whatever differs. */
struct fresh_page *finished_again(const struct intakes *before, const struct intakes *after);
/* On the event loop: puts them in the place of the old. */
void	finished_replace(struct fresh_page *fresh);

#endif
