#include <string.h>

#include "tools/template.h"

static bool
listed(const char *const list[], const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

bool
attribute_is_address(const char *name)
{
	static const char *const addresses[] = {
		"href", "src", "action", "formaction", "poster", "cite", "data",
		"background", "manifest", "ping", "longdesc", "xlink:href", NULL
	};

	return listed(addresses, name);
}

const char *
attribute_refused(const char *name)
{
	if (strcmp(name, "style") == 0)
		return "value in a style attribute; use a class";
	if (strcmp(name, "srcset") == 0 || strcmp(name, "imagesrcset") == 0)
		return "value in a list of addresses; use src";
	if (strcmp(name, "srcdoc") == 0)
		return "value in srcdoc, which is HTML; use src";
	if (strcmp(name, "http-equiv") == 0)
		return "value in http-equiv; send the header instead";
	return NULL;
}

bool
tag_loads_code(const char *tag)
{
	static const char *const tags[] = {
		"script", "iframe", "object", "embed", "base", "link", NULL
	};

	return listed(tags, tag);
}

bool
scheme_is_allowed(const char *scheme)
{
	static const char *const schemes[] = {
		"http", "https", "tel", "mailto", "sms", "otpauth", "data", NULL
	};

	return listed(schemes, scheme);
}
