#include <stdio.h>

#include "cli/doctor.h"

static int
print_absence(const struct absence_row *row, void *argument)
{
	struct service *service = argument;
	struct absence_load load;
	struct account_row account;

	if (store_absence_load(service->store, row->account, clock_now(), &load,
	    &service->error) == -1)
		return 1;
	if (load.overdue == 0)
		return 0;
	if (store_account_get(service->store, row->account, &account, &service->error) != FOUND)
		return 1;
	(void)printf("warning: %s is away and nobody stands in for %lld cases that are late; name "
	    "a deputy under Colleagues\n", account.user, (long long)load.overdue);
	return 0;
}

int
examine_absences(struct service *service)
{
	service->error.kind = ERROR_NONE;
	if (store_absence_each(service->store, print_absence, service, &service->error) == -1 ||
	    service->error.kind != ERROR_NONE)
		return -1;
	return 0;
}
