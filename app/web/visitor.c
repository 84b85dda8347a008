#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "referral/visit.h"
#include "seal/seal.h"
#include "web/visitor.h"

#define COOKIE	"__Host-session="

static const char *
header(struct http_request *request, const char *name)
{
	const char *value;

	return http_request_header(request, name, &value) == KORE_RESULT_OK ? value : NULL;
}

/* Read where it stands: a copy would have to be wiped. */
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
visitor_counts(struct http_request *request, enum visit_kind *kind)
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
