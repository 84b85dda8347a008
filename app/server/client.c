/* A client: the digest of its address, and whether its request counts as a visit of a code. */
#include <sys/socket.h>

#include <string.h>

#include <arpa/inet.h>
#include <kore/kore.h>
#include <kore/http.h>
#include <netinet/in.h>

#include "base/words.h"
#include "rules/codes.h"
#include "seal/seal.h"
#include "server/internal.h"
#include "server/server.h"

#define PREFIX	8	/* bytes of an IPv6 address that name a network: /64 */

struct address {
	size_t length;
	unsigned char bytes[PREFIX];
};

static void
take_ipv4(struct address *address, const void *bytes)
{
	address->length = 4;
	memcpy(address->bytes, bytes, 4);
}

static void
take_ipv6(struct address *address, const struct in6_addr *in6)
{
	if (IN6_IS_ADDR_V4MAPPED(in6)) {
		take_ipv4(address, in6->s6_addr + 12);
	} else {
		address->length = PREFIX;
		memcpy(address->bytes, in6->s6_addr, PREFIX);
	}
}

/* Without a valid address in the header the address stays empty, which all such requests share. */
static void
take_header(struct address *address, struct http_request *request)
{
	const char *text;
	struct in_addr in4;
	struct in6_addr in6;

	if (http_request_header(request, "x-real-ip", &text) != KORE_RESULT_OK)
		return;
	if (inet_pton(AF_INET, text, &in4) == 1)
		take_ipv4(address, &in4);
	else if (inet_pton(AF_INET6, text, &in6) == 1)
		take_ipv6(address, &in6);
}

void
client_digest(struct http_request *request, unsigned char source[SEAL_DIGEST_SIZE])
{
	const struct connection *peer = request->owner;
	struct address address = { 0 };

	switch (peer->family) {
	case AF_UNIX:
		take_header(&address, request);
		break;
	case AF_INET:
		take_ipv4(&address, &peer->addr.ipv4.sin_addr);
		break;
	case AF_INET6:
		take_ipv6(&address, &peer->addr.ipv6.sin6_addr);
		break;
	default:
		break;
	}
	keyed_digest_make(source, &address, sizeof(address));
	seal_wipe(&address, sizeof(address));
}

#define COOKIE	SESSION_COOKIE "="

static const char *
header(struct http_request *request, const char *name)
{
	const char *value;

	return http_request_header(request, name, &value) == KORE_RESULT_OK ? value : NULL;
}

/* Reads the header in place: a copy would have to be wiped. */
static bool
has_session(const char *cookies)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const size_t length = SEAL_COOKIE_SIZE - 1;

	while (cookies != NULL) {
		cookies += strspn(cookies, "; ");
		if (strncmp(cookies, COOKIE, strlen(COOKIE)) == 0) {
			const char *value = cookies + strlen(COOKIE);

			return strspn(value, letters) == length && strchr("; ", value[length]) != NULL;
		}
		cookies = strchr(cookies, ';');
	}
	return false;
}

static bool
is_prefetch(const char *purpose)
{
	return purpose != NULL && strstr(purpose, "prefetch") != NULL;
}

bool
client_visits(struct http_request *request, enum visit_kind *kind)
{
	if (request->method != HTTP_METHOD_GET || is_prefetch(header(request, "sec-purpose")) ||
	    is_prefetch(header(request, "purpose")))
		return false;
	if (has_session(header(request, "cookie")))
		*kind = VISIT_STAFF;
	else
		*kind = agent_is_robot(header(request, "user-agent")) ? VISIT_ROBOT : VISIT_PERSON;
	return true;
}
