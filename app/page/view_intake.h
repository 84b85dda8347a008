/* Part of view.h: the intake's door, an area each. */
#ifndef EGENREMISS_VIEW_INTAKE_H
#define EGENREMISS_VIEW_INTAKE_H

/* intake_stands.html: how one stands, in words */
struct intake_stands_view {
	bool open;
	const char *since;		/* localized; NULL from the beginning */
	const char *turns;		/* localized day; NULL: it stays */
	const char *back;		/* and turns back, likewise */
	const char *held;		/* that day has come, and nobody can open this queue; NULL */
};

/* intakes.html: all of them */
struct intakes_view {
	struct staff_frame_view frame;
	const struct intake_row_view {
		const char *name, *code;
		struct intake_stands_view stands;
	} *areas; size_t areas_count;
};

/* intake_back.html: the day on which it turns back, for whoever knows it */
struct intake_back_view {
	bool open;			/* it is, and would open again */
	const char *id;
	const char *value;		/* YYYY-MM-DD, or as it was typed */
	const char *earliest;		/* YYYY-MM-DD */
	const char *fault;		/* msgid; NULL when right */
};

/* intake.html: one */
struct intake_view {
	struct staff_frame_view frame;
	const char *name, *code;
	const char *page_href;		/* what everybody sees */
	struct intake_stands_view stands;
	const char *unread;		/* a queue into which something would come, and nobody can open */
	const char *day;		/* YYYY-MM-DD, or as it was typed */
	const char *earliest;		/* YYYY-MM-DD */
	const char *day_fault;		/* msgid; NULL when right */
	struct intake_back_view back;	/* of closing now */
	struct intake_back_view day_back;	/* of the day */
	const struct intake_words_view {
		const char *token, *code;
		const char *tag, *dir, *name;	/* the language */
		const char *words;	/* as a lead wrote them; "" the catalogue's */
		const char *fault;	/* msgid; NULL when right */
		bool typed;		/* looked at, and not saved */
		/* What the closed page says, in that language. */
		const char *heading, *says, *ring, *place, *opens;
	} *languages; size_t languages_count;
};

#endif
