#include <string.h>

#include "base/base.h"

#define LONGEST		254
#define LOCAL_LONGEST	64

bool
address_right(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at - address > LOCAL_LONGEST ||
	    strlen(address) > LONGEST)
		return false;
	for (const char *c = address; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~' || strchr("()<>[]\\,;:\"", *c) != NULL)
			return false;
	at++;
	return at[strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")]
	    == '\0' && at[0] != '\0' && at[0] != '.' && at[0] != '-' &&
	    at[strlen(at) - 1] != '.' && strstr(at, "..") == NULL;
}
