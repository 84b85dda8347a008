/* The header lines of an answer, and the lists in a request's headers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base.h"
#include "seal/seal.h"
#include "server/internal.h"

/* A style or script of our templates: a style an area and one for staff, each hashed once. */
struct inlined {
	struct inlined *next;
	size_t length;
	char hash[45];
	char text[];
};

static const char *
inlined_hash(const char *text, size_t length)
{
	static struct inlined *first;
	struct inlined *inlined;

	for (inlined = first; inlined != NULL; inlined = inlined->next) {
		if (inlined->length == length && memcmp(inlined->text, text, length) == 0)
			return inlined->hash;
	}
	inlined = malloc(sizeof(*inlined) + length);
	if (inlined == NULL)
		abort();
	inlined->length = length;
	memcpy(inlined->text, text, length);
	digest_sha256_base64(text, length, inlined->hash);
	inlined->next = first;
	first = inlined;
	return inlined->hash;
}

/* Appends the directive with the hash of each such element of the page; none without one. */
static void
policy_hashes(struct buffer *out, const char *page, const char *directive, const char *open,
    const char *close)
{
	const char *start, *end;

	for (bool first = true; (start = strstr(page, open)) != NULL &&
	    (end = strstr(start += strlen(open), close)) != NULL; page = end, first = false) {
		if (first)
			buffer_format(out, "; %s", directive);
		buffer_format(out, " 'sha256-%s'", inlined_hash(start, (size_t)(end - start)));
	}
}

/*
 * The policy names the hash of each <style> of the page, so that a browser uses
 * no other style. It allows script files of our own where the page has one, and
 * no other script. Markup that an attacker got into a page would do nothing.
 * A page may ask the service itself, because Lighthouse reads /robots.txt as the
 * page would, and counts a refusal as a fault of the page.
 */
static void
content_security_policy(struct buffer *out, const char *page, bool scripted)
{
	buffer_text(out, "content-security-policy: default-src 'none'; img-src 'self' data:; "
	    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
	if (scripted)
		buffer_text(out, "; script-src 'self'");
	else
		policy_hashes(out, page, "script-src", "<script>", "</script>");
	policy_hashes(out, page, "style-src", "<style>", "</style>");
	buffer_text(out, "\r\n");
}

void
headers_add(struct buffer *out, const struct headers *headers)
{
	buffer_format(out, "%s\r\n"
	    "x-content-type-options: nosniff\r\n"
	    "referrer-policy: no-referrer\r\n"
	    "cross-origin-opener-policy: same-origin\r\n", headers->type);
	if (headers->language != NULL)
		buffer_format(out, "content-language: %s\r\n", headers->language);
	if (headers->etag != NULL)
		buffer_format(out, "etag: \"%s\"\r\nvary: accept-encoding, accept-language\r\n",
		    headers->etag);
	if (headers->gzip)
		buffer_text(out, "content-encoding: gzip\r\n");
	content_security_policy(out, headers->page, headers->scripted);
	buffer_format(out, "cache-control: %s", headers->etag != NULL ? "no-cache" :
	    headers->revisited ? "private, max-age=0" : "no-store");
}

/* The weight (q) after a coding's name: 1 when there is none, 0 when it cannot be read. */
static double
weight_of(const char *parameters)
{
	double weight;

	parameters += strspn(parameters, " \t");
	if (*parameters != ';')
		return 1;
	return sscanf(parameters, "; q=%lf", &weight) == 1 ? weight : 0;
}

bool
header_accepts(const char *list, const char *coding)
{
	size_t length = strlen(coding);

	for (;;) {
		list += strspn(list, ", \t");
		if (*list == '\0')
			return false;
		if (strcspn(list, ",; \t") == length && strncasecmp(list, coding, length) == 0)
			return weight_of(list + length) > 0;
		list += strcspn(list, ",");
	}
}
