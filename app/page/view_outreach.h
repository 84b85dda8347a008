/* What codes brought: outreach.html, code_figures.html, campaigns.html. Included by view.h. */
#ifndef EGENREMISS_VIEW_OUTREACH_H
#define EGENREMISS_VIEW_OUTREACH_H

struct word_channel_view { const char *word; };

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
	struct word_channel_view channel;
	bool retired;
	int64_t people, robots, staff;
	int bar, bar_x;				/* people, of 100 for the most; mirrored likewise */
	struct figure_view came, reached, well, work, studies, other;
};

struct outreach_view {
	struct staff_frame_view frame;
	struct period_view period;
	const char *now;			/* "torsdag 14 januari 13:05" */
	const char *csv_href;
	struct chart_view chart;
	const struct outreach_row_view *rows; size_t rows_count;
};

#endif
