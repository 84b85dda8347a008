/* Part of view.h: a code's QR code for paper. */
#ifndef EGENREMISS_VIEW_SYMBOL_H
#define EGENREMISS_VIEW_SYMBOL_H

/* code_symbol.html: a section of a code's page, with what is chosen for print */
struct code_symbol_view {
	const char *code;
	const char *symbol;		/* as SVG data: URL; NULL: base_url is too long for any */
	const char *address;		/* "host/q/ABC123", for who cannot scan */
	bool retired;			/* nothing to print any more */
	const char *format;		/* "svg", "png", "eps" */
	const char *level;		/* "Q", "H" */
	const char *mm, *dpi;		/* as they were typed */
	const char *fault;		/* msgid of what is wrong with it; NULL when right */
	int reach;			/* centimetres; from how far that size can be read */
	bool small;			/* below SYMBOL_MM_SMALL */
};

#endif
