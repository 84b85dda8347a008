/* embed NAME FILE: writes FILE as the C array NAME and its NAME_size. */
#include <stdio.h>

int
main(int argc, char **argv)
{
	FILE *file;
	size_t size = 0;
	int c;

	if (argc != 3) {
		fputs("usage: embed NAME FILE\n", stderr);
		return 2;
	}
	file = fopen(argv[2], "rb");
	if (file == NULL) {
		perror(argv[2]);
		return 1;
	}
	printf("/* Made by app/tools/embed.c from %s. */\n#include <stddef.h>\n\n"
	    "extern const unsigned char %s[];\nextern const size_t %s_size;\n\n"
	    "const unsigned char %s[] = {", argv[2], argv[1], argv[1], argv[1]);
	for (; (c = getc(file)) != EOF; size++)
		printf("%s%d,", size % 16 == 0 ? "\n\t" : " ", c);
	/* The NUL is outside the size, so that a text can be used as one. */
	printf("\n\t0\n};\nconst size_t %s_size = %zu;\n", argv[1], size);
	if (ferror(file) || fclose(file) != 0 || fflush(stdout) != 0) {
		perror(argv[2]);
		return 1;
	}
	return 0;
}
