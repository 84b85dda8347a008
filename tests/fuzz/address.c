/* Any path: where it leads is an address that is read as itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "rules/codes.h"
#include "rules/rules.h"

int	LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
demand(bool holds)
{
	if (!holds)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct config_area areas[] = {
		{ .code = "1765", .slug = "arjang", .name = "Årjäng" },
		{ .code = "1781", .slug = "kristinehamn", .name = "Kristinehamn" },
	};
	struct config config = { .areas = areas, .areas_count = COUNT_OF(areas) };
	struct carried_address address, again;
	char path[300] = "", clean[64];

	memcpy(path, bytes, length < sizeof(path) - 1 ? length : sizeof(path) - 1);
	address_read(path, &config, &address);
	if (address.kind == ADDRESS_NONE)
		return 0;
	if (address.kind == ADDRESS_CODE)
		(void)snprintf(clean, sizeof(clean), "/q/%s", address.code);
	else
		(void)snprintf(clean, sizeof(clean), "/%s%s%s", address.area->slug,
		    address.page == NULL ? "" : "/", address.page == NULL ? "" : address.page);
	address_read(clean, &config, &again);
	demand(again.kind == address.kind && again.area == address.area &&
	    strcmp(again.code, address.code) == 0 && again.page == address.page);
	return 0;
}
