#include <math.h>
#include <png.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flow.h"

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

/* Writing to memory fails only for want of it. */
_Noreturn static void
png_fail(png_structp png, png_const_charp text)
{
	(void)png;
	log_line(LOG_LINE_ERROR, "png: %s", text);
	abort();
}

/* How a PNG's pixels are divided. */
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

	/* A dot that is begun counts, and one that only rounding begins does not. */
	raster.pixels = (int)ceil(mm / MM_PER_INCH * dpi - 1e-6);
	if (raster.pixels < width)
		raster.pixels = width;
	raster.scale = raster.pixels / width;
	raster.margin = (raster.pixels - raster.scale * width) / 2;
	raster.row_size = ((size_t)raster.pixels + 7) / 8;
	return raster;
}

/* One row of pixels through row y of the modules. */
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
	/* The first is within the quiet zone, and so is whatever lies outside it. */
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
