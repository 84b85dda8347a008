/* QR symbols as SVG, PNG, EPS and text for a terminal. */
#include <math.h>
#include <png.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "flow/codes.h"
#include "seal/seal.h"

#define MM_PER_INCH		25.4
#define INCHES_PER_METRE	(1000 / MM_PER_INCH)

static const QRecLevel levels[] = {
	[SYMBOL_L] = QR_ECLEVEL_L, [SYMBOL_M] = QR_ECLEVEL_M,
	[SYMBOL_Q] = QR_ECLEVEL_Q, [SYMBOL_H] = QR_ECLEVEL_H
};

int
symbol_make(struct symbol *symbol, const char *text, enum symbol_level level)
{
	QRcode *code = QRcode_encodeString(text, 0, levels[level], QR_MODE_8, 1);
	size_t count;

	*symbol = (struct symbol){ 0 };
	if (code == NULL)
		return -1;
	symbol->size = code->width;
	count = (size_t)code->width * (size_t)code->width;
	symbol->modules = malloc(count);
	if (symbol->modules == NULL)
		abort();
	/* The lowest bit is the colour; the other bits tell the purpose of the module. */
	for (size_t i = 0; i < count; i++)
		symbol->modules[i] = code->data[i] & 1;
	QRcode_free(code);
	return 0;
}

void
symbol_free(struct symbol *symbol)
{
	if (symbol->modules != NULL)
		seal_wipe(symbol->modules, (size_t)symbol->size * (size_t)symbol->size);
	free(symbol->modules);
	*symbol = (struct symbol){ 0 };
}

int
symbol_width(const struct symbol *symbol)
{
	return symbol->size + 2 * SYMBOL_QUIET;
}

bool
symbol_dark(const struct symbol *symbol, int x, int y)
{
	x -= SYMBOL_QUIET;
	y -= SYMBOL_QUIET;
	return x >= 0 && y >= 0 && x < symbol->size && y < symbol->size &&
	    symbol->modules[y * symbol->size + x] != 0;
}

static void
png_append(png_structp png, png_bytep bytes, png_size_t length)
{
	buffer_add(png_get_io_ptr(png), bytes, length);
}

static void
png_nothing(png_structp png)
{
	(void)png;
}

/* Writing to memory fails only when memory runs out. */
_Noreturn static void
png_fail(png_structp png, png_const_charp text)
{
	(void)png;
	log_line(LOG_LINE_ERROR, "png: %s", text);
	abort();
}

/* The division of a PNG into pixels. */
struct raster {
	int pixels;		/* a side */
	int scale;		/* pixels a module */
	int margin;		/* pixels before the quiet zone */
	size_t row_size;	/* bytes, eight pixels each */
};

static struct raster
raster_of(const struct symbol *symbol, double mm, int dpi)
{
	struct raster raster;
	int width = symbol_width(symbol);

	/* Rounds up, but not for an error of floating point. */
	raster.pixels = (int)ceil(mm / MM_PER_INCH * dpi - 1e-6);
	if (raster.pixels < width)
		raster.pixels = width;
	raster.scale = raster.pixels / width;
	raster.margin = (raster.pixels - raster.scale * width) / 2;
	raster.row_size = ((size_t)raster.pixels + 7) / 8;
	return raster;
}

/* Draws one row of pixels, through row y of the modules. */
static void
draw_row(const struct symbol *symbol, const struct raster *raster, int y, unsigned char *row)
{
	memset(row, 0xff, raster->row_size);
	for (int x = 0; x < symbol_width(symbol); x++) {
		int at = raster->margin + x * raster->scale;

		for (int end = at + raster->scale; symbol_dark(symbol, x, y) && at < end; at++)
			row[at / 8] &= (unsigned char)~(0x80U >> (at % 8));
	}
}

static void
png_rows(png_structp png, const struct symbol *symbol, const struct raster *raster)
{
	unsigned char *row = malloc(raster->row_size);
	int drawn = -1;

	if (row == NULL)
		abort();
	/* Row 0 is in the quiet zone, which stands for everything outside it. */
	for (int i = 0; i < raster->pixels; i++) {
		int y = i < raster->margin ? 0 : (i - raster->margin) / raster->scale;

		if (y != drawn)
			draw_row(symbol, raster, y, row);
		drawn = y;
		png_write_row(png, row);
	}
	free(row);
}

void
symbol_png(const struct symbol *symbol, double mm, int dpi, struct buffer *out)
{
	const struct raster raster = raster_of(symbol, mm, dpi);
	const png_uint_32 per_metre = (png_uint_32)lround(dpi * INCHES_PER_METRE);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, png_fail, NULL);
	png_infop info = png == NULL ? NULL : png_create_info_struct(png);

	if (info == NULL)
		abort();
	png_set_write_fn(png, out, png_append, png_nothing);
	png_set_IHDR(png, info, (png_uint_32)raster.pixels, (png_uint_32)raster.pixels, 1,
	    PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
	    PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	png_rows(png, symbol, &raster);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
}

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
	if (hundredths < 100 * SYMBOL_MM_MIN || hundredths > 100 * SYMBOL_MM_MAX)
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
	/* The symbol may hold the secret of a second factor. */
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

#define POINTS_PER_MM	(72 / 25.4)
#define RUN_MAX		sizeof("M999 999.5h999")

/*
 * Finds the next run of dark modules in a row, at or after *x. Returns its length; 0 when
 * there is none.
 */
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

/*
 * Writes a number below 1000. A symbol has about 250 runs, and printf would take as long as
 * the encoding.
 */
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

/* Writes the runs of dark modules of one row, as strokes of one module's width. */
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

/*
 * Writes "x y n d" for each run: n dark modules from x to the right; y counts from below.
 */
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

	/*
	 * One path is filled at once, because single rectangles may show seams between
	 * rows.
	 */
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

/* A line of text shows two rows of modules: the character's colour and its background. */
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
