#include <stdio.h>
#include <string.h>

#include "cli/service.h"

#define WORDS_A_LINE	5

static void
print_words(const char *words)
{
	int count = 0;

	while (*words != '\0') {
		size_t length = strcspn(words, "-");

		(void)printf("%s%.*s", count % WORDS_A_LINE == 0 ? "\n    " : " ", (int)length,
		    words);
		count++;
		words += length + (words[length] == '-');
	}
	(void)printf("\n");
}

void
recovery_sheet_print(const char *service_name, const char *words)
{
	struct buffer drawn = { 0 };
	struct symbol symbol;

	(void)printf("The recovery key of %s:\n", service_name);
	print_words(words);
	(void)printf("\n");
	if (symbol_make(&symbol, words, SYMBOL_M) == 0) {
		symbol_terminal(&symbol, &drawn);
		symbol_free(&symbol);
		(void)printf("%s", buffer_string(&drawn));
		buffer_wipe(&drawn);
	}
	(void)printf("\nWrite it down now and put it in the safe. It is shown this once and kept\n"
	    "nowhere. With it a lost passphrase loses nothing. Without it, and without\n"
	    "anybody who can sign in, everything that has come in is lost.\n");
}
