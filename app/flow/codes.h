/*
 * codes.c: the codes on brochures. What a code opens may change after it is
 * printed; its address never does, and is never another's.
 */
#ifndef EGENREMISS_FLOW_CODES_H
#define EGENREMISS_FLOW_CODES_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "flow/work.h"
#include "rules/codes.h"
#include "rules/rules.h"
#include "store/store.h"

#define PLACE_MAX	60	/* characters of a place: one line of a list */

/* What somebody wants of a code, as it was written; NULL as "". */
struct code_wish {
	const char *area;		/* by code, address or name */
	const char *channel;		/* a word of words_channel */
	const char *place;		/* the very place, one line */
	const char *language;		/* a BCP 47 tag; "" the reader's own */
	const char *first, *last;	/* "2027-01-31", both included; "" without */
};

enum code_fault {
	CODE_RIGHT, CODE_AREA, CODE_CHANNEL, CODE_PLACE, CODE_LANGUAGE, CODE_FIRST, CODE_LAST,
	CODE_TAKEN			/* in a list: such a one is there already */
};

/* Writes the wish into *row and leaves the rest of it. The first fault, or CODE_RIGHT. */
enum code_fault code_wish_read(const struct code_wish *wish, const struct config *config,
	    struct code_row *row);
/* Makes a code of what code_wish_read has written, and fills in which it is. A transaction. */
int	code_issue(struct work *work, struct code_row *row);
/*
 * Makes a code of each, in one transaction, but for those whose like (same area,
 * channel and place) is not retired: a list that is sent twice makes nothing
 * twice. Each that was made has its code filled in, the others have "".
 */
int	code_issue_all(struct work *work, struct code_row *rows, size_t count);
/* From now on the code is what code_wish_read has written into *wanted. ABSENT: no such code. */
enum answer code_change(struct work *work, const char *code, const struct code_row *wanted);
/* Its address still leads to its area's way in, and counts for nobody. Twice is once. */
enum answer code_retire(struct work *work, const char *code);
enum answer code_revive(struct work *work, const char *code);
/* Staff have seen it at its place just now, with no other symbol pasted over it. */
enum answer code_see(struct work *work, const char *code);
/* The code as somebody typed it. ABSENT: the text is NULL, is no code, or names none that was made. */
enum answer code_read(struct work *work, const char *typed, struct code_row *row);
/* Neither retired, nor before its first day or after its last. */
bool	code_in_use(const struct code_row *row, int32_t today);
/* "https://HOST/Q/ABC123": but for the scheme upper case, for QR's alphanumeric mode. Appends. */
void	code_address(const struct config *config, const char *code, struct buffer *address);

/*
 * QR codes (ISO/IEC 18004) and how they come to paper. Nothing here blocks,
 * and only a PNG of a poster's size takes longer than a few milliseconds.
 */

/* codes_symbol.c; the only file that includes <qrencode.h> and <png.h> */

#define SYMBOL_QUIET	4	/* modules of white around, as ISO/IEC 18004 asks */

/* How much of it may be worn off: 7, 15, 25, 30 of a hundred. */
enum symbol_level { SYMBOL_L, SYMBOL_M, SYMBOL_Q, SYMBOL_H };

struct symbol {
	int size;			/* modules a side, quiet zone not counted */
	unsigned char *modules;		/* owned; size * size, 1 is dark */
};

/*
 * The smallest that holds the text. Upper case, digits and " $%*+-./:" alone
 * take alphanumeric mode, which makes it smaller. -1 when the text does not fit
 * into any. Release with symbol_free.
 */
int	symbol_make(struct symbol *symbol, const char *text, enum symbol_level level);
void	symbol_free(struct symbol *symbol);
/* Modules a side with the quiet zone. */
int	symbol_width(const struct symbol *symbol);
/* Whether a module is dark, counted from the corner of the quiet zone; none outside is. */
bool	symbol_dark(const struct symbol *symbol, int x, int y);
/*
 * Appends one bit a pixel, as many a side as mm (the width with the quiet zone)
 * has at that many dots an inch, which the file says too. Each module is
 * equally many whole dots, so that edges are sharp; the white around takes what
 * is left over. Wider than mm only when a module would have no dot.
 */
void	symbol_png(const struct symbol *symbol, double mm, int dpi, struct buffer *out);

/* codes_symbol.c: drawn by characters; each appends, mm is the width with the quiet zone */

void	symbol_svg(const struct symbol *symbol, double mm, struct buffer *out);
/* Encapsulated PostScript, level 2: one filled path, for print shops. */
void	symbol_eps(const struct symbol *symbol, double mm, struct buffer *out);
/* Half blocks, black on white whatever the terminal's colours. */
void	symbol_terminal(const struct symbol *symbol, struct buffer *out);

/* codes_symbol.c: the size, the format and the sharpness of a printed symbol */

#define SYMBOL_MM_MIN		10
#define SYMBOL_MM_MAX		1000
#define SYMBOL_MM_SMALL		25	/* below it old phones and shaking hands fail */

enum symbol_format { SYMBOL_SVG, SYMBOL_PNG, SYMBOL_EPS, SYMBOL_FORMATS };

struct symbol_print {
	enum symbol_format format;
	enum symbol_level level;
	double mm;			/* with the quiet zone */
	int dpi;			/* of a PNG: 300, or 600 for fine paper */
};

/* SVG, Q, 30 mm, 300 dpi: what nobody wishes otherwise. */
extern const struct symbol_print symbol_print_usual;

/*
 * Each reads a word as people write it, in any letter case: "svg", "Q",
 * "25,5" or "25.5", "300". 0, or -1 when it is none of them, or not within
 * limits; then nothing is changed.
 */
int	symbol_read_format(const char *text, enum symbol_format *format);
int	symbol_read_level(const char *text, enum symbol_level *level);
int	symbol_read_mm(const char *text, double *mm);
int	symbol_read_dpi(const char *text, int *dpi);
/* "svg", also the end of a file's name; and what a browser is told that it is. */
const char *symbol_format_word(enum symbol_format format);
const char *symbol_format_type(enum symbol_format format);
/* Appends it as the address of an image on a page: "data:image/svg+xml;base64,…". */
void	symbol_link(const struct symbol *symbol, struct buffer *out);
/* Appends the file. */
void	symbol_print(const struct symbol *symbol, const struct symbol_print *print,
	    struct buffer *out);
/*
 * From how many centimetres it can be read: ten times its own width, the quiet
 * zone not counted, which is the trade's rule of thumb. It holds by arithmetic:
 * a phone films 1920 pixels over some 65 degrees, at ten widths 151 of them over
 * the symbol, and so four to five a module of the 29 to 37 that an address of
 * ours needs; a decoder needs two, and the rest is for shaking hands and dim light.
 */
int	symbol_reach(const struct symbol *symbol, double mm);

/*
 * brochures.c: the words on an area's brochures in one language, as its lead
 * has written them. They are for print and for everybody: nothing of a person.
 */

struct brochure_words {
	char of[BROCHURE_PART_COUNT][BROCHURE_SIZE];	/* "": the catalogue's */
};

int	brochure_words_read(struct work *work, struct brochure_words *words, const char *area,
	    const char *language);
/* Keeps those of the parts in the mask, as brochure_read gave them; the others stay. All or none. */
int	brochure_words_save(struct work *work, const struct brochure_words *words,
	    unsigned parts, const char *area, const char *language);

/* codes.c: what the public side keeps of the codes in memory, and the visits that it counts */

/* A number that grows with every change to a code, so that a reader may keep a copy. */
int	codes_version(struct work *work, int64_t *version);
/* Every code, oldest first, with its visits and cases of all time. 0, or -1 with *error. */
int	codes_each(struct work *work, code_fn each, void *argument);

/* So many visits of a kind that a code had on a local day. */
struct code_visits {
	char code[CODE_SIZE];
	int32_t day;
	enum visit_kind kind;
	int64_t visits;
};
/* Adds them in one transaction; none does nothing. 0, or -1 with *error: none is added. */
int	code_visits_write(struct work *work, const struct code_visits *visits, size_t count);

#endif
