#include <string.h>

#include <kore/kore.h>
#include <kore/http.h>

#include "web/exchange.h"
#include "web/web.h"

void
body_wipe(struct http_request *request)
{
	if (request->http_body != NULL)
		seal_wipe(request->http_body->data, request->http_body->length);
}

static bool
is_type(const char *value, const char *type)
{
	return strncasecmp(value, type, strlen(type)) == 0;
}

static bool
takes_file(const struct exchange *x)
{
	return x->route != NULL && (x->route->roles & ROUTE_UPLOADS) != 0;
}

static void
refuse(struct exchange *x, int status, const char *heading, const char *message)
{
	/* The one form with a file; what it stood on may itself be the answer to one. */
	if (takes_file(x))
		x->back = "/staff/codes#import";
	if (x->route != NULL)
		staff_problem(x, status, heading, message);
	else
		exchange_problem(x, status, heading, message);
}

/* A browser writes its own text in UTF-8: what is not is the file's. */
static void
refuse_fault(struct exchange *x, enum form_fault fault)
{
	if (takes_file(x) && (fault == FORM_BAD_ENCODING || fault == FORM_BAD_CHARACTER))
		refuse(x, 400, N_("Det gick inte att läsa filen"),
		    N_("Spara den som CSV UTF-8 i kalkylbladet och välj den igen. "
		    "Eller kopiera raderna och klistra in dem. Inga koder är gjorda."));
	else
		refuse(x, 400, N_("Det gick inte att läsa svaret"),
		    fault == FORM_REPEATED ? N_("Något svar kom två gånger. Fyll i igen.") :
		    N_("Något i svaret är trasigt. Fyll i igen."));
}

/* As it is said to be written; of another type than the route takes, that is answered. */
static enum form_fault
decode_body(struct exchange *x, struct http_request *request)
{
	const char *bytes = (const char *)request->http_body->data, *type;
	const size_t length = request->http_body_length;

	if (http_request_header(request, "content-type", &type) != KORE_RESULT_OK)
		type = "";
	if (is_type(type, "application/x-www-form-urlencoded"))
		return form_decode(&x->form, bytes, length);
	if (takes_file(x) && is_type(type, "multipart/form-data"))
		return form_decode_parts(&x->form, type, bytes, length);
	refuse(x, 415, N_("Det gick inte att läsa svaret"),
	    N_("Skicka svaren med formuläret på sidan."));
	return FORM_OK;
}

bool
body_read(struct exchange *x)
{
	struct http_request *request = x->request;
	size_t length = request->http_body == NULL ? 0 : request->http_body_length;
	enum form_fault fault = FORM_OK;

	if (length > BODY_MAX)
		refuse(x, 413, N_("Det blev för mycket text"), takes_file(x) ?
		    N_("Dela upp listan och skicka en del i taget. Inga koder är gjorda.") :
		    N_("Skriv lite kortare och skicka igen."));
	else if (length > 0)
		fault = decode_body(x, request);
	if (fault != FORM_OK)
		refuse_fault(x, fault);
	body_wipe(request);
	return x->status == 0;
}
