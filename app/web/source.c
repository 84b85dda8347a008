#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "web/web.h"

#define PREFIX	8	/* bytes of an IPv6 address that are a site's own: /64 */

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

/* A proxy that says nothing, or nonsense, is one source: no address at all. */
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
source_of(struct http_request *request, unsigned char source[SEAL_MARK_SIZE])
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
	mark_make(source, &address, sizeof(address));
	seal_wipe(&address, sizeof(address));
}
