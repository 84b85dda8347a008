/*
 * What was pressed a moment ago, with the press that takes it back:
 * case_undo.html, on the list and on the case. Part of view.h.
 */
#ifndef EGENREMISS_VIEW_UNDO_H
#define EGENREMISS_VIEW_UNDO_H

struct case_undo_view {
	const char *href;		/* NULL: there is nothing to take back */
	const char *token;		/* the form token */
	struct word_act_view act;
	const char *until;		/* "i dag 10:12" */
	const char *next;		/* what comes of it and why, in the reader's language */
};

#endif
