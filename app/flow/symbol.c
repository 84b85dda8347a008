#include <png.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"

#define MM_PER_INCH		25.4
#define DOTS_PER_INCH		300
#define DOTS_PER_METRE		11811	/* the same, as a PNG says it */

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
	/* The lowest bit is the colour; the others tell what the module is for. */
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

/* Counted from the corner of the quiet zone. */
static bool
is_dark(const struct symbol *symbol, int x, int y)
{
	x -= SYMBOL_QUIET;
	y -= SYMBOL_QUIET;
	return x >= 0 && y >= 0 && x < symbol->size && y < symbol->size &&
	    symbol->modules[y * symbol->size + x] != 0;
}

static int
full_size(const struct symbol *symbol)
{
	return symbol->size + 2 * SYMBOL_QUIET;
}

/* One row's runs of dark modules, as strokes one module wide. */
static void
svg_row(const struct symbol *symbol, int y, struct buffer *out)
{
	int full = full_size(symbol), at = 0;
	bool begun = false;

	for (int x = 0; x < full; x++) {
		int end = x;

		while (is_dark(symbol, end, y))
			end++;
		if (end == x)
			continue;
		if (begun)
			buffer_format(out, "m%d 0h%d", x - at, end - x);
		else
			buffer_format(out, "M%d %d.5h%d", x, y, end - x);
		begun = true;
		at = end;
		x = end;
	}
}

void
symbol_svg(const struct symbol *symbol, double mm, struct buffer *out)
{
	int full = full_size(symbol);

	buffer_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%gmm\" "
	    "height=\"%gmm\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
	    "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path stroke=\"#000\" d=\"",
	    mm, mm, full, full, full, full);
	for (int y = 0; y < full; y++)
		svg_row(symbol, y, out);
	buffer_text(out, "\"/></svg>\n");
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

/* Writing to memory fails only for want of it. */
_Noreturn static void
png_fail(png_structp png, png_const_charp text)
{
	(void)png;
	log_line(LOG_LINE_ERROR, "png: %s", text);
	abort();
}

static void
png_rows(png_structp png, const struct symbol *symbol, int scale)
{
	int pixels = full_size(symbol) * scale;
	size_t size = ((size_t)pixels + 7) / 8;
	unsigned char *row = malloc(size);

	if (row == NULL)
		abort();
	for (int y = 0; y < pixels; y++) {
		memset(row, 0xff, size);
		for (int x = 0; x < pixels; x++) {
			if (is_dark(symbol, x / scale, y / scale))
				row[x / 8] &= (unsigned char)~(0x80U >> (x % 8));
		}
		png_write_row(png, row);
	}
	free(row);
}

/* Pixels a module, so many that the symbol is not narrower than asked for. */
static int
png_scale(const struct symbol *symbol, double mm)
{
	double dots = mm / MM_PER_INCH * DOTS_PER_INCH;
	int scale = 1;

	while (scale * full_size(symbol) < dots)
		scale++;
	return scale;
}

void
symbol_png(const struct symbol *symbol, double mm, struct buffer *out)
{
	int scale = png_scale(symbol, mm);
	png_uint_32 pixels = (png_uint_32)(full_size(symbol) * scale);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, png_fail, NULL);
	png_infop info = png == NULL ? NULL : png_create_info_struct(png);

	if (info == NULL)
		abort();
	png_set_write_fn(png, out, png_append, png_nothing);
	png_set_IHDR(png, info, pixels, pixels, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
	    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_pHYs(png, info, DOTS_PER_METRE, DOTS_PER_METRE, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	png_rows(png, symbol, scale);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
}

/* Two rows of modules a line: the upper is the block's colour, the lower the ground's. */
void
symbol_terminal(const struct symbol *symbol, struct buffer *out)
{
	static const char *const blocks[2][2] = { { " ", "▄" }, { "▀", "█" } };
	int full = full_size(symbol);

	for (int y = 0; y < full; y += 2) {
		buffer_text(out, "\033[38;5;16;48;5;231m");
		for (int x = 0; x < full; x++)
			buffer_text(out,
			    blocks[is_dark(symbol, x, y)][is_dark(symbol, x, y + 1)]);
		buffer_text(out, "\033[0m\n");
	}
}
