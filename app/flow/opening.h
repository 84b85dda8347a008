/*
 * The intake's door, an area each: as service.conf has it until a lead says
 * otherwise, and from then on as the lead said. The days on which it turns need
 * nobody: whoever asks is told by the clock. Part of flow/, beside flow.h.
 */
#ifndef EGENREMISS_OPENING_H
#define EGENREMISS_OPENING_H

#include "flow/flow.h"

#define OPENING_WORDS_POINTS	500
/* How long after a closing a form is still taken that was open before it. */
#define OPENING_GRACE_SECONDS	3600

/* opening.c */

struct opening {
	bool open;
	int64_t since_at;		/* 0 from the beginning, as service.conf has it */
	int32_t turns_day;		/* turns as that local day begins; 0 it stays */
	int32_t back_day;		/* and back as this later one begins; 0 it stays then */
	bool turned;			/* such a day has come, and is to be written down */
	/*
	 * The day on which it was to open has come, and it stays closed, since
	 * nobody active can open what would come in to that queue. NULL otherwise.
	 */
	const struct config_queue *held;
};

/*
 * How it stands now. A time of being open that is over before anybody could
 * have opened it has not been.
 */
int	opening_read(struct opening *opening, struct store *store, const struct config *config,
	    const struct config_area *area, int64_t now, struct error *error);
/*
 * Writes down what the days have turned, so that what was open does not close
 * again when somebody loses a queue's key. Days of service.conf stay there.
 */
int	opening_settle(struct store *store, const struct config *config,
	    const struct config_area *area, int64_t now, struct error *error);
/*
 * A queue to which something from the area can come, and that nobody active
 * can open: *queue, NULL when each has somebody. 0, or -1.
 */
int	opening_unread(struct store *store, const struct config *config,
	    const struct config_area *area, const struct config_queue **queue,
	    struct error *error);

enum opening_act {
	OPENING_OPEN,
	OPENING_CLOSE,
	OPENING_STAY			/* as it is, without days */
};

struct opening_wish {
	const struct config_area *area;
	enum opening_act act;
	int32_t day;			/* of OPENING_OPEN and _CLOSE: as it begins; 0 now */
	int32_t back_day;		/* and then turns back as that later day begins; 0 stays */
};

enum opening_verdict {
	OPENING_OK,
	OPENING_UNREAD,			/* not opened: nobody active can open a queue */
	OPENING_DAY,			/* has begun, or is over two years off */
	OPENING_BACK_DAY,		/* likewise, or is not after the day */
	OPENING_SO_ALREADY		/* what was to come on that day is so now */
};

struct opening_answer {
	enum opening_verdict verdict;
	const struct config_queue *unread;	/* of OPENING_UNREAD */
};

/*
 * In one transaction. Closing is never refused for want of readers, nor is the
 * day on which it is to end: whether somebody can open by then is asked then.
 * To open or close what is so already keeps since when. 0 whatever the verdict.
 */
int	opening_change(struct store *store, const struct config *config,
	    const struct opening_wish *wish, int64_t now, struct opening_answer *answer,
	    struct error *error);
/*
 * What the closed page of the area says in that language, a tag of the
 * catalogue; nothing gives the catalogue's words back. ERROR_INPUT: what
 * written_text refuses.
 */
int	opening_say(struct store *store, const struct config_area *area, const char *language,
	    const char *words, struct error *error);

#endif
