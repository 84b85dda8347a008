#include <math.h>
#include <string.h>

#include "flow/flow.h"

#define POINTS_PER_MM	(72 / 25.4)
#define RUN_MAX		sizeof("M999 999.5h999")

/* The next dark module of a row at or after *x, and how many there are; 0 when none. */
static int
next_run(const struct symbol *symbol, int y, int *x)
{
	const unsigned char *row = symbol->modules + (size_t)y * (size_t)symbol->size;
	int at = *x, end;

	while (at < symbol->size && row[at] == 0)
		at++;
	for (end = at; end < symbol->size && row[end] != 0; end++)
		continue;
	*x = at;
	return end - at;
}

/* A symbol has some 250 runs of dark modules: printf would take as long as encoding it. */
static char *
put_number(char *to, int number)
{
	if (number >= 100)
		*to++ = (char)('0' + number / 100);
	if (number >= 10)
		*to++ = (char)('0' + number / 10 % 10);
	*to++ = (char)('0' + number % 10);
	return to;
}

/* One row's runs of dark modules, as strokes one module wide. */
static char *
svg_row(const struct symbol *symbol, int y, char *to)
{
	int at = 0, length;

	for (int x = 0; (length = next_run(symbol, y, &x)) > 0; x = at) {
		if (at == 0) {
			to = put_number(stpcpy(to, "M"), x + SYMBOL_QUIET);
			to = put_number(stpcpy(to, " "), y + SYMBOL_QUIET);
			to = stpcpy(to, ".5h");
		} else {
			to = put_number(stpcpy(to, "m"), x - at);
			to = stpcpy(to, " 0h");
		}
		to = put_number(to, length);
		at = x + length;
	}
	return to;
}

void
symbol_svg(const struct symbol *symbol, double mm, struct buffer *out)
{
	int width = symbol_width(symbol);
	size_t runs = (size_t)symbol->size * ((size_t)symbol->size + 1) / 2;
	char *to;

	buffer_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%gmm\" "
	    "height=\"%gmm\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
	    "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path stroke=\"#000\" d=\"",
	    mm, mm, width, width, width, width);
	buffer_reserve(out, runs * RUN_MAX);
	to = out->data + out->length;
	for (int y = 0; y < symbol->size; y++)
		to = svg_row(symbol, y, to);
	out->length = (size_t)(to - out->data);
	buffer_text(out, "\"/></svg>\n");
}

/* "x y n d" each: n dark modules from x rightwards; y counts from below. */
static void
eps_rows(const struct symbol *symbol, struct buffer *out)
{
	int above = symbol->size + SYMBOL_QUIET - 1, length;

	for (int y = 0; y < symbol->size; y++) {
		for (int x = 0; (length = next_run(symbol, y, &x)) > 0; x += length)
			buffer_format(out, "%d %d %d d\n", x + SYMBOL_QUIET, above - y, length);
	}
}

void
symbol_eps(const struct symbol *symbol, double mm, struct buffer *out)
{
	int width = symbol_width(symbol);
	double points = mm * POINTS_PER_MM;

	/* One path filled at once: rectangles filled one by one may show a seam between rows. */
	buffer_format(out, "%%!PS-Adobe-3.0 EPSF-3.0\n"
	    "%%%%BoundingBox: 0 0 %.0f %.0f\n"
	    "%%%%HiResBoundingBox: 0 0 %.4f %.4f\n"
	    "%%%%LanguageLevel: 2\n"
	    "%%%%EndComments\n"
	    "gsave\n"
	    "/d { 3 1 roll moveto dup 0 rlineto 0 1 rlineto neg 0 rlineto closepath } bind def\n"
	    "%.4f %d div dup scale\n"
	    "1 setgray 0 0 %d %d rectfill\n"
	    "0 setgray newpath\n",
	    ceil(points), ceil(points), points, points, points, width, width, width);
	eps_rows(symbol, out);
	buffer_text(out, "fill\ngrestore\nshowpage\n%%EOF\n");
}

/* Two rows of modules a line: the upper is the block's colour, the lower the ground's. */
void
symbol_terminal(const struct symbol *symbol, struct buffer *out)
{
	static const char *const blocks[2][2] = { { " ", "▄" }, { "▀", "█" } };
	int width = symbol_width(symbol);

	for (int y = 0; y < width; y += 2) {
		buffer_text(out, "\033[38;5;16;48;5;231m");
		for (int x = 0; x < width; x++)
			buffer_text(out,
			    blocks[symbol_dark(symbol, x, y)][symbol_dark(symbol, x, y + 1)]);
		buffer_text(out, "\033[0m\n");
	}
}
