/*
 * codes.c: the QR codes on brochures. A code's area, place and days may change after it is
 * printed; its address never changes, and no other code ever gets it.
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

#define PLACE_MAX	60	/* characters of a place, which is one line */

/* The form of a code as it was typed; NULL means "". */
struct code_wish {
	const char *area;		/* its code, slug or name */
	const char *channel;		/* a word of words_channel */
	const char *place;		/* where the brochure lies; one line */
	const char *language;		/* a BCP 47 tag; "": the visitor's own language */
	const char *first, *last;	/* such as "2027-01-31", both included; "": no limit */
};

enum code_fault {
	CODE_RIGHT, CODE_AREA, CODE_CHANNEL, CODE_PLACE, CODE_LANGUAGE, CODE_FIRST, CODE_LAST,
	CODE_BEYOND,			/* in a list: a text stands beyond the last column */
	CODE_QUOTE			/* in a list: a quote opens that never closes */
};

/*
 * Writes the values of the form into *row and leaves its other members unchanged. Returns
 * the first fault, after which *row may be partly written, or CODE_RIGHT.
 */
enum code_fault code_wish_read(const struct code_wish *wish, const struct config *config,
	    struct code_row *row);
/*
 * Makes a code with the values of *row and fills in row->code and created_at. One
 * transaction. Returns 0 or -1.
 */
int	code_issue(struct work *work, struct code_row *row);
/*
 * Makes a code of each row in one transaction, except where a code with the same area,
 * channel and place exists that is not retired; so a list that is sent twice makes no code
 * twice. row->code is filled in where a code was made, and "" elsewhere. Returns 0, or -1
 * with nothing made.
 */
enum answer code_issue_all(struct work *work, struct code_row *rows, size_t count, bool keep);
/* From now on the code is what code_wish_read has written into *wanted. ABSENT: no such code. */
enum answer code_change(struct work *work, const char *code, const struct code_row *wanted);
/*
 * Retire or revive a code; doing so twice changes nothing more. The address of a retired
 * code still opens the form of its area, but its visits do not count. ABSENT: no such code.
 */
enum answer code_retire(struct work *work, const char *code);
enum answer code_revive(struct work *work, const char *code);
/* A code was fetched for print: from now on it can be retired, and no longer be removed. */
int	code_printed(struct work *work, const char *code);
/* FOUND when the code was never printed or opened, so that it can be removed. */
enum answer code_unused(struct work *work, const char *code);
/* Removes such a code for good. ABSENT: there is no such code, or it was printed or opened. */
enum answer code_remove(struct work *work, const char *code);
/* Staff have seen it at its place just now, with no other symbol pasted over it. */
enum answer code_see(struct work *work, const char *code);
/* The code as somebody typed it. ABSENT: the text is NULL, is no code, or names none that was made. */
enum answer code_read(struct work *work, const char *typed, struct code_row *row);
/* Whether the code is not retired, and today is within its first and last day. */
bool	code_in_use(const struct code_row *row, int32_t today);
/*
 * Appends the address, "https://HOST/Q/ABC123". All but the scheme is in upper case, because
 * QR codes then use the smaller alphanumeric mode.
 */
void	code_address(const struct config *config, const char *code, struct buffer *address);

/*
 * QR codes (ISO/IEC 18004) and their files for print. Nothing here blocks; only a PNG of a
 * poster's size takes longer than a few milliseconds.
 */

/* codes_symbol.c; the only file that includes <qrencode.h> and <png.h> */

#define SYMBOL_QUIET	4	/* white modules on each side, by ISO/IEC 18004 */

/* Error correction: readable when 7, 15, 25 or 30 % of it are damaged. */
enum symbol_level { SYMBOL_L, SYMBOL_M, SYMBOL_Q, SYMBOL_H };

struct symbol {
	int size;			/* modules a side, without the quiet zone */
	unsigned char *modules;		/* owned; size * size, 1 is dark */
};

/*
 * Makes the smallest symbol that holds the text. A text of upper-case letters, digits and "
 * $%*+-./:" alone takes the smaller alphanumeric mode. -1 when the text does not fit into
 * any symbol. The caller frees *symbol with symbol_free, which wipes it.
 */
int	symbol_make(struct symbol *symbol, const char *text, enum symbol_level level);
void	symbol_free(struct symbol *symbol);
/* Returns the modules a side, with the quiet zone. */
int	symbol_width(const struct symbol *symbol);
/*
 * Whether a module is dark. x and y count from the corner of the quiet zone; modules
 * outside the symbol are not dark.
 */
bool	symbol_dark(const struct symbol *symbol, int x, int y);
/*
 * Appends a PNG of one bit a pixel. It is as many pixels wide as mm (with the quiet zone)
 * has at `dpi`, and records that resolution. Each module has the same whole number of
 * pixels, so that edges are sharp; the quiet zone takes the rest. It is wider than mm only
 * when a module would have no pixel.
 */
void	symbol_png(const struct symbol *symbol, double mm, int dpi, struct buffer *out);

/* codes_symbol.c: each appends; mm is the width with the quiet zone */

void	symbol_svg(const struct symbol *symbol, double mm, struct buffer *out);
/* Encapsulated PostScript, level 2: one filled path, for print shops. */
void	symbol_eps(const struct symbol *symbol, double mm, struct buffer *out);
/* Half-block characters, black on white whatever colours the terminal has. */
void	symbol_terminal(const struct symbol *symbol, struct buffer *out);

/* codes_symbol.c: the size, the format and the resolution of a printed symbol */

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

/* The defaults: SVG, Q, 30 mm, 300 dpi. */
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
/*
 * Return the format's word ("svg"), which is also the file name's extension, and its media
 * type.
 */
const char *symbol_format_word(enum symbol_format format);
const char *symbol_format_type(enum symbol_format format);
/*
 * Appends the symbol as a data URL for an image on a page: "data:image/svg+xml;base64,…".
 */
void	symbol_link(const struct symbol *symbol, struct buffer *out);
/* Appends the symbol as a file of the chosen format. */
void	symbol_print(const struct symbol *symbol, const struct symbol_print *print,
	    struct buffer *out);
/*
 * Returns the distance in centimetres from which a phone can read the symbol: ten times its
 * width without the quiet zone, the trade's rule of thumb. A calculation confirms it: a
 * phone camera has 1920 pixels over about 65 degrees, so at ten widths 151 pixels cover the
 * symbol, and four to five a module, because our addresses need 29 to 37 modules. A decoder
 * needs two; the rest allows for shaking hands and dim light.
 */
int	symbol_reach(const struct symbol *symbol, double mm);

/*
 * brochures.c: the texts on an area's brochures in one language, as its lead has written
 * them. They are printed and public; they hold nothing about a person.
 */

struct brochure_words {
	char of[BROCHURE_PART_COUNT][BROCHURE_SIZE];	/* "": the catalogue's text */
};

/* Fills *words with the stored texts, "" for parts without one. Returns 0 or -1. */
int	brochure_words_read(struct work *work, struct brochure_words *words, const char *area,
	    const char *language);
/*
 * Stores the parts in the mask `parts`, as brochure_read gave them; an empty text restores
 * the catalogue's. Other parts stay. One transaction. Returns 0 or -1.
 */
int	brochure_words_save(struct work *work, const struct brochure_words *words,
	    unsigned parts, const char *area, const char *language);

/* codes.c: the public side's copy of the codes in memory, and its counts of visits */

/*
 * A number that grows with every change to a code. A reader keeps its copy until it grows.
 */
int	codes_version(struct work *work, int64_t *version);
/*
 * Gives every code to the callback, oldest first, with its visits and cases of all time.
 * Returns 0, or -1 with the work's error.
 */
int	codes_each(struct work *work, code_fn each, void *argument);

/* The number of visits of one kind that a code had on a local day. */
struct code_visits {
	char code[CODE_SIZE];
	int32_t day;
	enum visit_kind kind;
	int64_t visits;
};
/*
 * Adds these counts in one transaction; does nothing when count is 0. Returns 0, or -1 with
 * the work's error and nothing added.
 */
int	code_visits_write(struct work *work, const struct code_visits *visits, size_t count);

#endif
