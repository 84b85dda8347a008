/* Part of view.h: who is away, and who stands in. */
#ifndef EGENREMISS_VIEW_ABSENCE_H
#define EGENREMISS_VIEW_ABSENCE_H

/* absence.html: one of them, in words */
struct absence_view {
	const char *from, *to;		/* localized; to NULL: nobody knows yet */
	const char *deputy;		/* NULL nobody */
	bool deputy_away;
	int64_t unattended, overdue;	/* cases that nobody minds, and of them the late ones */
};

/* absence_form.html: to register one, or change it */
struct absence_form_view {
	const char *token;
	const char *user;		/* whose; NULL the reader's own */
	const char *id;			/* unique on the page, for labels */
	const char *from, *to;		/* YYYY-MM-DD, or as they were typed */
	const struct absence_choice_view {
		const char *user, *name;
		bool chosen;
	} *choices; size_t choices_count;
	bool may_be_nobody;		/* who stands in may be left open */
};

/* absence_own.html: the part of one's own page; not for an administrator */
struct absence_own_view {
	bool shown;
	const char *token;
	const char *fault;		/* msgid; NULL without */
	const struct absence_view *own;	/* one, or NULL: at work */
	size_t own_count;
	struct absence_form_view form;
	const struct absence_other_view {
		const char *name;	/* for whom the reader stands in */
		const char *from, *to;
	} *others; size_t others_count;
};

/* overview_absences.html: of the lead's colleagues */
struct overview_absences_view {
	const struct absence_row_view {
		const char *name;
		struct absence_view absence;
	} *rows; size_t rows_count;
};

#endif
