#include <stdio.h>

#include "cli/doctor.h"
#include "flow/opening.h"

static int
examine_opening(struct service *service, const struct config_area *area)
{
	const struct config_queue *unread = NULL;
	struct opening opening;
	int year, month, day;

	if (opening_read(&opening, service->store, &service->config, area, clock_now(),
	    &service->error) == -1)
		return -1;
	if (opening.open && opening_unread(service->store, &service->config, area, &unread,
	    &service->error) == -1)
		return -1;
	if (unread != NULL)
		(void)printf("warning: the form of %s is open and nobody can open queue %s\n",
		    area->name, unread->id);
	if (opening.held != NULL) {
		day_to_date(opening.turns_day, &year, &month, &day);
		(void)printf("warning: the form of %s was to open on %04d-%02d-%02d and stays "
		    "closed: nobody can open queue %s\n", area->name, year, month, day,
		    opening.held->id);
	}
	return 0;
}

int
examine_openings(struct service *service)
{
	for (size_t i = 0; i < service->config.areas_count; i++) {
		if (examine_opening(service, &service->config.areas[i]) == -1)
			return -1;
	}
	return 0;
}
