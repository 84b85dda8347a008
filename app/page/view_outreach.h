/* What codes brought: outreach.html, code_figures.html, campaigns.html. Included by view.h. */
#ifndef EGENREMISS_VIEW_OUTREACH_H
#define EGENREMISS_VIEW_OUTREACH_H

/* A figure about persons; below 0 it is not told. */
struct figure_view { int64_t n; };

/*
 * chart.html: bars side by side, drawn to fill what there is of width, and the
 * numbers as a table. Coordinates are mirrored already where the page is.
 */
struct chart_view {
	const char *id;				/* of the page's elements */
	const char *name;			/* what it shows, in the reader's language */
	int width, height;
	const struct chart_bar_view { int x, y, width, height; } *bars; size_t bars_count;
	const char *first, *last;		/* under the first and the last bar */
	int64_t most;				/* the highest of them; 0: no chart is drawn */
	const struct chart_row_view { const char *when; int64_t visits; } *rows;
	size_t rows_count;
};

struct outreach_row_view {
	const char *code, *place, *area;
	const char *channel;			/* msgid */
	bool retired;
	int64_t people, robots, staff;
	int bar, bar_x;				/* people, of 100 for the most; mirrored likewise */
	struct figure_view came, reached, well, work, studies, other;
};

/* code_figures.html: of one code, since it was made */
struct code_figures_view {
	const struct code_figure_view {
		const char *text;		/* msgid */
		struct figure_view figure;
	} *figures; size_t figures_count;
	struct chart_view days, weeks, months;
};

/* outreach_table.html */
struct outreach_table_view {
	const struct outreach_row_view *rows; size_t rows_count;
};

struct outreach_view {
	struct staff_frame_view frame;
	struct period_view period;
	const char *now;			/* "torsdag 14 januari 13:05" */
	const char *csv_href;
	struct chart_view chart;
	struct outreach_table_view table;
};

/* campaign_form.html: one that is new, or that is there */
struct campaign_form_view {
	const char *token, *action;
	const char *name, *from, *to;		/* as typed; days "2027-01-31", or "" */
	const struct campaign_code_view {
		const char *code, *place, *area;
		const char *channel;		/* msgid */
		bool ticked, retired;
	} *codes; size_t codes_count;
	const char *fault, *fault_field;	/* msgid and the field's id; NULL when right */
};

/* campaigns.html */
struct campaigns_view {
	struct staff_frame_view frame;
	const struct campaign_row_view {
		const char *href, *name, *from, *to;
		const char *state;		/* msgid: to come, on, over */
	} *rows; size_t rows_count;
	bool adding;				/* the form came back */
	struct campaign_form_view form;
};

/* campaign.html: one, beside the time before */
struct campaign_view {
	struct staff_frame_view frame;
	const char *name, *from, *to;
	const char *remove_href;
	bool begun;				/* else nothing below but the form */
	const char *counted_to;			/* the last day that is counted, when to lies ahead; NULL */
	const char *before_from, *before_to;
	const struct campaign_side_view {
		const char *text;		/* msgid */
		struct figure_view during, before;
	} *figures; size_t figures_count;
	struct chart_view during, before;
	struct outreach_table_view table;	/* of the campaign's days */
	bool changing;				/* the form came back */
	struct campaign_form_view form;
};

#endif
