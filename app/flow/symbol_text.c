#include <math.h>

#include "flow/flow.h"

#define POINTS_PER_MM	(72 / 25.4)

/* A symbol has some 250 runs of dark modules, and printf would take longer than encoding it. */
static void
put_number(struct buffer *out, int number)
{
	char digits[12];
	size_t start = sizeof(digits);

	do {
		digits[--start] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	buffer_add(out, digits + start, sizeof(digits) - start);
}

/* The next dark module of a row at or after *x, and how many there are; 0 when none. */
static int
next_run(const struct symbol *symbol, int y, int *x)
{
	int width = symbol_width(symbol), end;

	while (*x < width && !symbol_dark(symbol, *x, y))
		++*x;
	for (end = *x; symbol_dark(symbol, end, y); end++)
		continue;
	return end - *x;
}

/* One row's runs of dark modules, as strokes one module wide. */
static void
svg_row(const struct symbol *symbol, int y, struct buffer *out)
{
	int at = 0, length;

	for (int x = 0; (length = next_run(symbol, y, &x)) > 0; x = at) {
		if (at == 0) {
			buffer_add(out, "M", 1);
			put_number(out, x);
			buffer_add(out, " ", 1);
			put_number(out, y);
			buffer_add(out, ".5h", 3);
		} else {
			buffer_add(out, "m", 1);
			put_number(out, x - at);
			buffer_add(out, " 0h", 3);
		}
		put_number(out, length);
		at = x + length;
	}
}

void
symbol_svg(const struct symbol *symbol, double mm, struct buffer *out)
{
	int width = symbol_width(symbol);

	buffer_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%gmm\" "
	    "height=\"%gmm\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
	    "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path stroke=\"#000\" d=\"",
	    mm, mm, width, width, width, width);
	for (int y = 0; y < width; y++)
		svg_row(symbol, y, out);
	buffer_text(out, "\"/></svg>\n");
}

/* "x y n d" each: n dark modules from x rightwards; y counts from below. */
static void
eps_rows(const struct symbol *symbol, struct buffer *out)
{
	int width = symbol_width(symbol), length;

	for (int y = 0; y < width; y++) {
		for (int x = 0; (length = next_run(symbol, y, &x)) > 0; x += length)
			buffer_format(out, "%d %d %d d\n", x, width - 1 - y, length);
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
