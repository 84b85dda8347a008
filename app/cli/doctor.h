/* Inside `egenremiss doctor`: a part in a file of its own. */
#ifndef EGENREMISS_DOCTOR_H
#define EGENREMISS_DOCTOR_H

#include "cli/service.h"

/*
 * doctor_messages.c: what was not told to people and to staff. Warnings: a
 * lead decides about them in the browser. 0, or -1 with service->error.
 */
int	examine_messages(struct service *service);

/*
 * doctor_absences.c: warns of cases that are late while whoever holds them is
 * away and nobody stands in. 0, or -1 with the service's error.
 */
int	examine_absences(struct service *service);

/*
 * doctor_openings.c: warns of a form that is open, or was to open, while nobody
 * can open what would come in. 0, or -1 with the service's error.
 */
int	examine_openings(struct service *service);

#endif
