/* The views of Today, search, and the entry of a call or a visit. See view.h. */
#ifndef EGENREMISS_RENDER_VIEW_WORKLIST_H
#define EGENREMISS_RENDER_VIEW_WORKLIST_H

#include "render/view.h"

/* search_form.html, on Today and on the page of results */
struct search_form_view {
	const char *token;		/* the form token */
	const char *typed;		/* NULL on Today */
};

/* search.html */
struct search_view {
	struct staff_frame_view frame;
	struct search_form_view form;
	const char *told;		/* msgid: the reason why there is no result; NULL */
	const char *most;		/* "20", the number shown, when there are more; NULL */
	const struct search_hit_view {
		const char *href, *reference;
		const char *name;	/* NULL: the reader may not see it */
		struct word_state_view state;
		struct word_age_view age;
		const char *area, *queue, *received;
		const char *why;	/* msgid: the reason why the case matches */
	} *hits; size_t hits_count;
	bool looked;			/* the search went through the cases counted below, to the end */
	int open, closed, damaged;
	bool all_closed;		/* it went through every closed case */
};

/* queue.html: Today, with its parts queue_filter.html and queue_row.html */
struct queue_view {
	struct staff_frame_view frame;
	struct search_form_view search;
	const char *heading;		/* msgid */
	const struct queue_group_view {
		const char *heading;	/* msgid: Försenade, Nu på förmiddagen, … */
		const char *name;	/* for scripts and style: "overdue", "now", … */
		/* The rows by due day or time, or one run of all of them, without a heading. */
		const struct queue_day_view {
			const char *id;		/* unique on the page */
			/* "onsdag 13 januari", of today "16:30"; NULL: rows say it themselves */
			const char *day;
			const char *left;	/* "2 dagar kvar"; NULL: late today */
			bool overdue;
			const struct queue_row_view {
				const char *id;		/* unique on the page */
				const char *href;	/* the case */
				bool next;		/* the case to ring now: at most one */
				const char *token;	/* the form token again */
				const char *claim_href;	/* NULL when it cannot be claimed */
				/* "i dag 16:30"; NULL: the heading says it */
				const char *due;
				const char *due_iso;	/* for <time datetime> */
				const char *left;	/* "2 timmar kvar"; NULL likewise */
				bool overdue;
				/* in the reader's language; NULL: that of the heading */
				const char *reason;
				struct word_age_view age;
				struct word_who_view who;
				struct word_window_view window;
				struct word_state_view state;
				bool talking;		/* the person has been reached */
				/* the person asks for another language than Swedish */
				bool interpreter;
				const char *language;	/* "arabiska (العربية)", when mine; NULL */
				const char *instead;	/* msgid: when the number is wrong; NULL */
				/* names; area NULL: the queue's name has it */
				const char *area, *queue;
				/* a colleague's name; NULL: no coordinator holds the case */
				const char *holder;
				bool mine;
				const char *name;	/* decrypted, when mine; else NULL */
				const char *phone, *tel;	/* likewise */
				const char *text;	/* where to write the text that comes first; NULL */
				const char *contact;	/* a word of words_contact; "call" unless mine */
				int attempts;
			} *rows; size_t rows_count;
		} *days; size_t days_count;
	} *groups; size_t groups_count;
	/* whose cases are counted in `mine`, too, because the reader stands in */
	const struct standing_view { const char *name; int64_t cases; } *standing; size_t standing_count;
	int64_t overdue, today, open, mine;	/* counts of all cases, not only those of the page */
	struct queue_choice_view {
		bool only_mine, by_arrival;
		const char *due, *who, *did;	/* words; NULL any */
		bool interpreter;
		bool nobody;			/* only cases without a holder */
		const struct queue_option_view { const char *id, *name; bool chosen; }
		    *queues, *areas, *holders;
		size_t queues_count, areas_count, holders_count;
		bool any;		/* some filter is set */
		const char *clear_href;	/* the list without filters */
	} choice;
	const char *earlier_href, *next_href;	/* other pages; NULL: none */
	const char *now;		/* "torsdag 14 januari 13:05" */
};
#define queue_filter_view	queue_choice_view

/* worklist_closed.html: closed cases, last closed first */
struct worklist_closed_view {
	struct staff_frame_view frame;
	const struct worklist_closed_row_view {
		const char *href, *reference;
		struct word_age_view age;
		struct word_who_view who;
		const char *queue, *closed;	/* closed: localized */
		const struct word_outcome_view *outcomes; size_t outcomes_count;
	} *rows; size_t rows_count;
	bool first;			/* the first page */
	const char *next_href;		/* NULL on the last */
};

/* worklist_history.html: what the reader did lately */
struct worklist_history_view {
	struct staff_frame_view frame;
	const struct worklist_act_view {
		const char *href, *reference;
		const char *act;		/* msgid, of base/acts.def */
		bool undone;			/* a later act has undone it */
		const char *when, *when_iso;
		struct word_age_view age;
		struct word_state_view state;
		const char *queue;
	} *acts; size_t acts_count;
	const char *most;		/* "100", when there may be more; NULL */
};

/* worklist_keys.html: the keyboard shortcuts */
struct worklist_keys_view {
	struct staff_frame_view frame;
};

/* entry.html: a coordinator writes down that somebody has been in touch */
struct entry_view {
	struct staff_frame_view frame;
	const struct fault_view *faults; size_t faults_count;
	struct field_view way, area, who, knows, age, name, phone, contact, when, speak, message;
	struct field_view day, time, workplace, agreed, helper_name, helper_phone;
	const char *today, *earliest;	/* YYYY-MM-DD: of the day */
	const struct entry_workplace_view { struct word_workplace_view word; bool chosen; } *workplaces;
	size_t workplaces_count;
	const struct queue_option_view *areas; size_t areas_count;
	const struct entry_age_view { struct word_age_view word; bool chosen; } *ages; size_t ages_count;
	const struct speak_view *languages; size_t languages_count;
	bool take;
};
#define entry_professional_view	entry_view

#endif
