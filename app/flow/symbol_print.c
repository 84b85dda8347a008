#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "flow/flow.h"

#define REACH_WIDTHS	10
#define MM_PER_CM	10

static const struct { const char *word, *type; } formats[SYMBOL_FORMATS] = {
	[SYMBOL_SVG] = { "svg", "image/svg+xml" },
	[SYMBOL_PNG] = { "png", "image/png" },
	[SYMBOL_EPS] = { "eps", "application/postscript" }
};

const struct symbol_print symbol_print_usual = {
	.format = SYMBOL_SVG, .level = SYMBOL_Q, .mm = 30, .dpi = 300
};

int
symbol_read_format(const char *text, enum symbol_format *format)
{
	for (int i = 0; i < SYMBOL_FORMATS; i++) {
		if (strcasecmp(text, formats[i].word) == 0) {
			*format = (enum symbol_format)i;
			return 0;
		}
	}
	return -1;
}

int
symbol_read_level(const char *text, enum symbol_level *level)
{
	static const char *const letters[] = {
		[SYMBOL_L] = "L", [SYMBOL_M] = "M", [SYMBOL_Q] = "Q", [SYMBOL_H] = "H"
	};

	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		if (strcasecmp(text, letters[i]) == 0) {
			*level = (enum symbol_level)i;
			return 0;
		}
	}
	return -1;
}

int
symbol_read_mm(const char *text, double *mm)
{
	static const char digits[] = "0123456789";
	size_t whole = strspn(text, digits), part;
	int hundredths = 0;

	if (whole == 0 || whole > 4)
		return -1;
	if (text[whole] == '.' || text[whole] == ',') {
		const char *written = text + whole + 1;

		part = strspn(written, digits);
		if (part == 0 || part > 2 || written[part] != '\0')
			return -1;
		hundredths = 10 * (written[0] - '0') + (part == 2 ? written[1] - '0' : 0);
	} else if (text[whole] != '\0') {
		return -1;
	}
	hundredths += 100 * atoi(text);
	if (hundredths < 100 * SYMBOL_MM_LEAST || hundredths > 100 * SYMBOL_MM_MOST)
		return -1;
	*mm = hundredths / 100.0;
	return 0;
}

int
symbol_read_dpi(const char *text, int *dpi)
{
	if (strcmp(text, "300") != 0 && strcmp(text, "600") != 0)
		return -1;
	*dpi = atoi(text);
	return 0;
}

const char *
symbol_format_word(enum symbol_format format)
{
	return formats[format].word;
}

const char *
symbol_format_type(enum symbol_format format)
{
	return formats[format].type;
}

void
symbol_link(const struct symbol *symbol, struct buffer *out)
{
	struct buffer svg = { 0 };

	symbol_svg(symbol, symbol_print_usual.mm, &svg);
	buffer_text(out, "data:image/svg+xml;base64,");
	buffer_reserve(out, 2 * svg.length);
	base64_encode(out, svg.data, svg.length);
	/* It may be a factor's secret. */
	buffer_wipe(&svg);
}

void
symbol_print(const struct symbol *symbol, const struct symbol_print *print, struct buffer *out)
{
	switch (print->format) {
	case SYMBOL_PNG:
		symbol_png(symbol, print->mm, print->dpi, out);
		break;
	case SYMBOL_EPS:
		symbol_eps(symbol, print->mm, out);
		break;
	case SYMBOL_SVG:
	default:
		symbol_svg(symbol, print->mm, out);
		break;
	}
}

int
symbol_reach(const struct symbol *symbol, double mm)
{
	return (int)(REACH_WIDTHS * mm * symbol->size / symbol_width(symbol) / MM_PER_CM);
}
