/*
 * A bare Kore handler, with which make bench compares the service. It answers a GET with
 * bytes from memory. For a POST it seals as many bytes as a submission has, and stores
 * nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include <kore/kore.h>
#include <kore/hooks.h>
#include <kore/http.h>
#include <sodium.h>

#define EXPORTED	__attribute__((visibility("default")))
#define PLAIN_SIZE	512		/* the padded size of a submission: SEAL_PAD_BLOCK */

EXPORTED void kore_parent_configure(int, char **);
EXPORTED int bare_request(struct http_request *);

static struct text {
	char *bytes;
	size_t length;
} headers, page;

static unsigned char queue_public[crypto_box_PUBLICKEYBYTES];

/* Reads the file that the environment variable names, and adds a NUL; empty without one. */
static void
text_read(struct text *text, const char *variable)
{
	const char *path = getenv(variable);
	FILE *file = path == NULL ? NULL : fopen(path, "rb");
	long length;

	text->bytes = calloc(1, 1);
	if (file == NULL)
		return;
	if (fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) < 0)
		abort();
	rewind(file);
	text->length = (size_t)length;
	text->bytes = realloc(text->bytes, text->length + 1);
	if (text->bytes == NULL || fread(text->bytes, 1, text->length, file) != text->length)
		abort();
	text->bytes[text->length] = '\0';
	(void)fclose(file);
}

void
kore_parent_configure(int argc, char **argv)
{
	unsigned char secret[crypto_box_SECRETKEYBYTES];

	(void)argc;
	(void)argv;
	if (sodium_init() < 0)
		abort();
	(void)crypto_box_keypair(queue_public, secret);
	http_server_version("egenremiss");
	text_read(&headers, "BARE_HEADERS");
	text_read(&page, "BARE_PAGE");
}

static void
seal(void)
{
	static const unsigned char plain[PLAIN_SIZE];
	unsigned char sealed[PLAIN_SIZE + crypto_box_SEALBYTES];

	if (crypto_box_seal(sealed, plain, sizeof(plain), queue_public) != 0)
		abort();
}

int
bare_request(struct http_request *request)
{
	if (request->method == HTTP_METHOD_POST) {
		seal();
		http_response(request, 200, "ok\n", 3);
	} else {
		http_response_header(request, "content-type", headers.bytes);
		http_response(request, 200, page.bytes, page.length);
	}
	return KORE_RESULT_OK;
}
