/*
 * symbols FILE ROUNDS: makes 500 QR codes as SVG and writes them to FILE. Then encodes the
 * same texts with libqrencode alone and writes the same bytes. Alternates for ROUNDS rounds,
 * and prints the milliseconds of each as JSON.
 */
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/base.h"
#include "flow/codes.h"
#include "rules/rules.h"

#define COUNT		500
#define ROUNDS_MAX	100
#define TEXT_SIZE	64

static char texts[COUNT][TEXT_SIZE];
static struct buffer drawn[COUNT];

static double
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static _Noreturn void
fail(const char *what)
{
	(void)fprintf(stderr, "symbols: %s\n", what);
	exit(EXIT_FAILURE);
}

static void
draw(const char *text, struct buffer *svg)
{
	struct symbol symbol;

	if (symbol_make(&symbol, text, SYMBOL_Q) == -1)
		fail("a text is too long");
	symbol_svg(&symbol, 30, svg);
	symbol_free(&symbol);
}

static void
write_svg(FILE *file, const struct buffer *svg)
{
	if (fwrite(svg->data, 1, svg->length, file) != svg->length)
		fail("cannot write");
}

static void
ours(FILE *file)
{
	for (int i = 0; i < COUNT; i++) {
		struct buffer svg = { 0 };

		draw(texts[i], &svg);
		write_svg(file, &svg);
		buffer_free(&svg);
	}
}

static void
theirs(FILE *file)
{
	for (int i = 0; i < COUNT; i++) {
		QRcode *code = QRcode_encodeString(texts[i], 0, QR_ECLEVEL_Q, QR_MODE_8, 1);

		if (code == NULL)
			fail("libqrencode refuses a text");
		QRcode_free(code);
		write_svg(file, &drawn[i]);
	}
}

static double
measure(const char *path, void (*work)(FILE *))
{
	double began = now_ms();
	FILE *file = fopen(path, "we");

	if (file == NULL)
		fail("cannot open the file");
	work(file);
	if (fclose(file) != 0)
		fail("cannot write");
	return now_ms() - began;
}

static void
print_times(const char *name, const double *times, int count)
{
	(void)printf("\"%s\":[", name);
	for (int i = 0; i < count; i++)
		(void)printf("%s%.3f", i == 0 ? "" : ",", times[i]);
	(void)printf("]");
}

int
main(int argc, char **argv)
{
	static double our_times[ROUNDS_MAX], their_times[ROUNDS_MAX];
	int rounds = argc == 3 ? atoi(argv[2]) : 0;

	if (rounds < 1 || rounds > ROUNDS_MAX)
		fail("usage: symbols FILE ROUNDS");
	for (unsigned i = 0; i < COUNT; i++) {
		char code[CODE_SIZE];

		code_make(i * 67108859 % (1U << 25), code);
		(void)snprintf(texts[i], TEXT_SIZE, "https://VAGEN.EXAMPLE.SE/Q/%s", code);
		draw(texts[i], &drawn[i]);
	}
	for (int i = 0; i < rounds; i++) {
		our_times[i] = measure(argv[1], ours);
		their_times[i] = measure(argv[1], theirs);
	}
	(void)printf("{");
	print_times("ours", our_times, rounds);
	(void)printf(",");
	print_times("theirs", their_times, rounds);
	(void)printf("}\n");
	for (int i = 0; i < COUNT; i++)
		buffer_free(&drawn[i]);
	return EXIT_SUCCESS;
}
