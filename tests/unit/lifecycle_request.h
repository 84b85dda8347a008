/* What tests of the lifecycle ask it. Included once a program. */
#ifndef LIFECYCLE_REQUEST_H
#define LIFECYCLE_REQUEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/words.h"
#include "rules/lifecycle.h"
#include "rules/rules.h"

#include <cmocka.h>

#define NOW	INT64_C(1800000000)
#define DAY	INT64_C(86400)

/* A request against which no guard has anything. */
static inline struct lifecycle_request
request_of(enum state from, enum act act, unsigned actor)
{
	struct lifecycle_request request = {
		.from = from, .act = act, .actor = actor, .outcome = OUTCOME_WORK, .now = NOW,
		.last = { ACT_NO_ANSWER, STATE_CLAIMED, NOW - UNDO_SECONDS, true },
	};

	if (act == ACT_PROPOSE || act == ACT_CONFIRM)
		request.outcome = OUTCOME_MOVED;
	if (act == ACT_PARK || act == ACT_BEGIN)
		request.until_at = NOW + DAY;
	return request;
}

#endif
