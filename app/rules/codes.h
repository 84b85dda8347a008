/*
 * Codes and the addresses that carry them, visits of a code's page, the texts of brochures, and
 * lists of codes. The kind of a visitor is counted; the User-Agent that it is told from is forgotten at once.
 */
#ifndef EGENREMISS_RULES_CODES_H
#define EGENREMISS_RULES_CODES_H

#include "base/words.h"
#include "rules/rules.h"

/* codes.c: a code is five characters of Crockford base 32 and a check character. */

#define CODE_SIZE	7	/* six characters and NUL */

/*
 * Writes the code of 25 random bits, most significant first. With c_1 ... c_5 the values
 * of its characters, the check character is the sum of a^i * c_i over GF(32) = GF(2)[x] /
 * (x^5 + x^2 + 1), a = x. All weights differ and none is zero, so that the check finds
 * every single wrong character and every swap of two.
 */
void	code_make(uint32_t random25, char code[CODE_SIZE]);
/*
 * Reads a code in any letter case; I and L count as 1, O as 0; spaces and hyphens are
 * skipped. Writes it as code_make does. 0, or -1 when it has not six characters or its
 * check fails; code is then unchanged.
 */
int	code_parse(const char *written, char code[CODE_SIZE]);

/*
 * address.c: reads an address that people have copied by hand or sent in messages. It may
 * be percent-encoded once or twice, also in Latin-1, in any letter case, with punctuation,
 * spaces and invisible characters around its parts, and with doubled slashes. An area is
 * found by its slug, name or code; a QR code only when its check character is right.
 */
struct carried_address {
	enum address_kind { ADDRESS_NONE, ADDRESS_CODE, ADDRESS_AREA } kind;
	char code[CODE_SIZE];			/* ADDRESS_CODE: as code_make writes it */
	const struct config_area *area;		/* ADDRESS_AREA */
	/* a page of the area ("personuppgifter"); NULL: its form */
	const char *page;
	/* from a query that had become part of the path; or "" */
	char language[LANGUAGE_SIZE];
};
void	address_read(const char *path, const struct config *config, struct carried_address *address);

/*
 * Whether a User-Agent (RFC 9110, 10.1.5) names a program and no person: a search
 * engine, a messenger that fetches a preview of a link, a tool. A robot that calls
 * itself a browser counts as a person, and so does a visitor without a User-Agent
 * (NULL): the figures tell which brochure is read, and keep nobody out.
 */
bool	agent_is_robot(const char *agent);

/*
 * The texts of printed brochures: which parts each kind has, and how many characters
 * of a part fit in print, in any language. The styles under assets/style/ are made for
 * these limits, and tests/browser/brochures.mjs prints texts that reach them.
 */

#define BROCHURE_MAX	220	/* characters of the longest part */
#define BROCHURE_SIZE	(BROCHURE_MAX * 4 + 1)

/* The parts of a kind, as a mask of 1 << enum brochure_part. */
unsigned brochure_parts(enum brochure kind);
/* The number of copies on a sheet. On a sheet of several no colour runs over an edge. */
int	brochure_copies(enum brochure kind);
/* The largest number of characters that a part may have. */
int	brochure_most(enum brochure_part part);
/* The largest number that fits at the usual size; see brochure_long. */
int	brochure_plain(enum brochure_part part);
/*
 * Whether a text must be set smaller than usual to fit: when it has more characters
 * than brochure_plain, where each three capitals count as one more. assets/script/fits.js
 * computes the same while the text is typed.
 */
bool	brochure_long(enum brochure_part part, const char *words);
/*
 * Reads a text as text_input_text does, with at most brochure_most characters, and
 * turns line breaks into spaces. FAULT_MISSING: the lead wants the catalogue's text.
 */
enum fault brochure_read(enum brochure_part part, const char *written, char words[BROCHURE_SIZE]);

/*
 * codes_list.c: a list of codes, as spreadsheets, mails and people write it. Lines end with
 * LF, CR or CR LF, also mixed. Cells may stand in quotes (RFC 4180). The separator is the one
 * of Excel's first line "sep=;"; else it is the tab, semicolon, comma or bar that makes the rows
 * even, outside quotes. A first row with nothing but words of columns names the columns, in any
 * order. Cells are cleaned by typed_clean.
 */

#define CODE_LIST_MAX	500	/* rows */

enum code_column {
	COLUMN_PLACE, COLUMN_CHANNEL, COLUMN_AREA, COLUMN_LANGUAGE, COLUMN_FIRST, COLUMN_LAST,
	COLUMN_COUNT
};

struct code_list_row {
	int number;			/* in the file, from 1; empty rows count */
	const char *cell[COLUMN_COUNT];	/* "" empty */
	const char *beyond;		/* the first text beyond the last column, or "" */
	const char *written;		/* the whole row as it stood */
	bool unclosed;			/* a quote opens in it that takes in all that follows */
};

struct code_list {
	struct code_list_row row[CODE_LIST_MAX];	/* without heading and empty rows */
	size_t count;
	char separator;			/* '\0': the rows have one column */
	bool cut;			/* there were more rows than CODE_LIST_MAX */
	struct buffer text;		/* the texts of the rows */
};

/*
 * Reads any text into *list, which may be uninitialized; release with code_list_free. `words`
 * are further words of the columns, in the reader's language; NULL without.
 */
void	code_list_read(struct code_list *list, const char *text,
	    const char *const words[COLUMN_COUNT]);
void	code_list_free(struct code_list *list);

/* Whether a spreadsheet reads the code as a number or a day: "000144", "0001E3", "12MAR5". */
bool	code_reads_as_number(const char *code);

#endif
