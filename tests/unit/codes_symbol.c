/* QR codes for paper: as small as the text allows, of the size asked for, the same modules in each format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "flow/codes.h"

#define ADDRESS		"https://HOST.EXAMPLE.SE/Q/4M0Z6A"	/* 29 modules at Q and H */

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./:-";

/* Modules a side of so many characters of that alphabet, taken from everywhere in it. */
static int
size_of(const char *alphabet, size_t length, unsigned seed, enum symbol_level level)
{
	struct symbol symbol;
	char text[128] = "";
	int size;

	for (size_t i = 0; i < length; i++) {
		seed = seed * 1103515245 + 12345;
		text[i] = alphabet[(seed >> 16) % strlen(alphabet)];
	}
	assert_int_equal(symbol_make(&symbol, text, level), 0);
	size = symbol.size;
	symbol_free(&symbol);
	return size;
}

/* ISO/IEC 18004, table 7: the most characters of alphanumeric mode in versions 2 to 5. */
static void
symbol_is_as_small_as_alphanumeric_mode_allows(void **state)
{
	static const struct { enum symbol_level level; size_t most; int size; } table[] = {
		{ SYMBOL_M, 38, 25 }, { SYMBOL_M, 61, 29 }, { SYMBOL_Q, 29, 25 }, { SYMBOL_Q, 47, 29 },
		{ SYMBOL_Q, 67, 33 }, { SYMBOL_H, 20, 25 }, { SYMBOL_H, 35, 29 }, { SYMBOL_H, 50, 33 },
		{ SYMBOL_H, 64, 37 }
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		for (unsigned seed = 0; seed < 200; seed++)
			assert_int_equal(size_of(capitals, table[i].most, seed, table[i].level),
			    table[i].size);
		assert_int_equal(size_of(capitals, table[i].most + 1, 1, table[i].level),
		    table[i].size + 4);
		/* Small letters take eight bits each. */
		assert_true(size_of("abcdefgh", table[i].most, 1, table[i].level) > table[i].size);
	}
}

static void
make(struct symbol *symbol)
{
	assert_int_equal(symbol_make(symbol, ADDRESS, SYMBOL_Q), 0);
	assert_int_equal(symbol->size, 29);
	assert_int_equal(symbol_width(symbol), 37);
}

static void
symbol_has_four_modules_of_white_around(void **state)
{
	struct symbol symbol;

	(void)state;
	make(&symbol);
	for (int y = -1; y <= 37; y++) {
		for (int x = -1; x <= 37; x++) {
			if (x < 4 || y < 4 || x >= 33 || y >= 33)
				assert_false(symbol_dark(&symbol, x, y));
		}
	}
	/* Within it, corner by corner, the three finder patterns. */
	assert_true(symbol_dark(&symbol, 4, 4) && symbol_dark(&symbol, 32, 4));
	assert_true(symbol_dark(&symbol, 4, 32));
	symbol_free(&symbol);
}

static void
svg_says_its_size(void **state)
{
	struct buffer svg = { 0 };
	struct symbol symbol;

	(void)state;
	make(&symbol);
	symbol_svg(&symbol, 25.5, &svg);
	assert_non_null(strstr(svg.data, " width=\"25.5mm\" height=\"25.5mm\" viewBox=\"0 0 37 37\""));
	/* The finder pattern's first row, and what is white before it. */
	assert_non_null(strstr(svg.data, "d=\"M4 4.5h7m"));
	assert_string_equal(svg.data + svg.length - 10, "\"/></svg>\n");
	buffer_free(&svg);
	symbol_free(&symbol);
}

static uint32_t
big_endian(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* ISO/IEC 15948: IHDR comes first; pHYs is pixels a metre, and that unit. */
static void
png_says_its_size(void **state)
{
	static const struct { double mm; int dpi; uint32_t pixels, per_metre; } table[] = {
		{ 25.4, 300, 300, 11811 }, { 25.4, 600, 600, 23622 }, { 30, 300, 355, 11811 },
		{ 10, 300, 119, 11811 }, { 1000, 600, 23623, 23622 }
	};
	struct symbol symbol;

	(void)state;
	make(&symbol);
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct buffer png = { 0 };
		const char *physical;

		symbol_png(&symbol, table[i].mm, table[i].dpi, &png);
		assert_memory_equal(png.data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
		assert_int_equal(big_endian(png.data + 16), table[i].pixels);
		assert_int_equal(big_endian(png.data + 20), table[i].pixels);
		physical = memmem(png.data, png.length, "pHYs", 4);
		assert_non_null(physical);
		assert_int_equal(big_endian(physical + 4), table[i].per_metre);
		assert_int_equal(big_endian(physical + 8), table[i].per_metre);
		assert_int_equal(physical[12], 1);
		buffer_free(&png);
	}
	symbol_free(&symbol);
}

/* A module has a dot, whatever the size asked for. */
static void
symbol_is_not_lost_in_a_small_png(void **state)
{
	struct buffer png = { 0 };
	struct symbol symbol;

	(void)state;
	make(&symbol);
	symbol_png(&symbol, 1, 300, &png);
	assert_int_equal(big_endian(png.data + 16), 37);
	buffer_free(&png);
	symbol_free(&symbol);
}

static void
eps_says_its_size(void **state)
{
	static const struct { double mm; const char *box; } table[] = {
		{ 25.4, "\n%%BoundingBox: 0 0 72 72\n%%HiResBoundingBox: 0 0 72.0000 72.0000\n" },
		{ 30, "\n%%BoundingBox: 0 0 86 86\n%%HiResBoundingBox: 0 0 85.0394 85.0394\n" },
		{ 1000, "\n%%BoundingBox: 0 0 2835 2835\n%%HiResBoundingBox: 0 0 2834.6457 2834.6457\n" }
	};
	struct symbol symbol;

	(void)state;
	make(&symbol);
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct buffer eps = { 0 };

		symbol_eps(&symbol, table[i].mm, &eps);
		assert_int_equal(strncmp(eps.data, "%!PS-Adobe-3.0 EPSF-3.0\n", 24), 0);
		assert_non_null(strstr(eps.data, table[i].box));
		buffer_free(&eps);
	}
	symbol_free(&symbol);
}

/* "x y n d" are n modules from x, y counted from below. */
static void
eps_has_the_same_modules(void **state)
{
	bool drawn[37][37] = { { false } };
	struct buffer eps = { 0 };
	struct symbol symbol;
	int x, y, n;

	(void)state;
	make(&symbol);
	symbol_eps(&symbol, 30, &eps);
	for (const char *line = eps.data; (line = strchr(line, '\n')) != NULL; line++) {
		char d = '\0';

		if (sscanf(line + 1, "%d %d %d %c", &x, &y, &n, &d) != 4 || d != 'd')
			continue;
		for (; n > 0; n--, x++)
			drawn[36 - y][x] = true;
	}
	for (y = 0; y < 37; y++) {
		for (x = 0; x < 37; x++)
			assert_int_equal(drawn[y][x], symbol_dark(&symbol, x, y));
	}
	buffer_free(&eps);
	symbol_free(&symbol);
}

static void
reads_what_is_wished(void **state)
{
	static const struct { const char *text; double mm; } right[] = {
		{ "10", 10 }, { "30", 30 }, { "25,5", 25.5 }, { "25.05", 25.05 }, { "1000", 1000 },
		{ "1000,00", 1000 }
	};
	static const char *const wrong[] = {
		"", "9", "9,99", "1000,01", "1001", "42949683", "99999999999999999999", "-30", "+30",
		" 30", "30 ", "30mm", "3e1", "0x20", "nan", "inf", "30,", ",5", "30,555", "3 0", "٣٠"
	};
	enum symbol_format format;
	enum symbol_level level;
	double mm;
	int dpi;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(right); i++) {
		assert_int_equal(symbol_read_mm(right[i].text, &mm), 0);
		assert_true(mm == right[i].mm);
	}
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_int_equal(symbol_read_mm(wrong[i], &mm), -1);
	assert_int_equal(symbol_read_format("EPS", &format), 0);
	assert_int_equal(format, SYMBOL_EPS);
	assert_int_equal(symbol_read_format("pdf", &format), -1);
	assert_int_equal(symbol_read_level("h", &level), 0);
	assert_int_equal(level, SYMBOL_H);
	assert_int_equal(symbol_read_level("HH", &level), -1);
	assert_int_equal(symbol_read_level("", &level), -1);
	assert_int_equal(symbol_read_dpi("600", &dpi), 0);
	assert_int_equal(dpi, 600);
	assert_int_equal(symbol_read_dpi("1200", &dpi), -1);
	assert_int_equal(symbol_read_dpi("300 ", &dpi), -1);
}

/* 37 mm wide, a module is 1 mm and the symbol itself 29. */
static void
reaches_ten_times_its_own_width(void **state)
{
	struct symbol symbol;

	(void)state;
	make(&symbol);
	assert_int_equal(symbol_reach(&symbol, 37), 29);
	assert_int_equal(symbol_reach(&symbol, 370), 290);
	assert_int_equal(symbol_reach(&symbol, 30), 23);
	symbol_free(&symbol);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbol_is_as_small_as_alphanumeric_mode_allows),
		cmocka_unit_test(symbol_has_four_modules_of_white_around),
		cmocka_unit_test(svg_says_its_size),
		cmocka_unit_test(png_says_its_size),
		cmocka_unit_test(symbol_is_not_lost_in_a_small_png),
		cmocka_unit_test(eps_says_its_size),
		cmocka_unit_test(eps_has_the_same_modules),
		cmocka_unit_test(reads_what_is_wished),
		cmocka_unit_test(reaches_ten_times_its_own_width)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
