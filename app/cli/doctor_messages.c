#include <stdio.h>

#include "cli/doctor.h"
#include "store/messages.h"

#define LATE_SECONDS	900	/* a message that has waited so long has nobody who sends it */

/* Texts are named one by one, for a person waits; mails are counted by what befell them. */
struct unsent {
	int64_t mails[MESSAGE_STATE_COUNT][REASON_COUNT];
};

static int
print_text(const struct message_row *row, void *argument)
{
	struct unsent *unsent = argument;
	char reference[14];

	if (row->way == MESSAGE_MAIL) {
		unsent->mails[row->state][row->reason]++;
		return 0;
	}
	number_text(row->case_number, reference);
	(void)printf("warning: text of case %s: %s, %s\n", reference,
	    word_of(&words_message_state, (int)row->state),
	    word_of(&words_message_reason, (int)row->reason));
	return 0;
}

static void
print_mails(const struct unsent *unsent)
{
	for (int state = 0; state < MESSAGE_STATE_COUNT; state++)
		for (int reason = 0; reason < REASON_COUNT; reason++) {
			int64_t count = unsent->mails[state][reason];

			if (count > 0)
				(void)printf("warning: %lld mail%s: %s, %s\n", (long long)count,
				    count == 1 ? "" : "s", word_of(&words_message_state, state),
				    word_of(&words_message_reason, reason));
		}
}

int
examine_messages(struct service *service)
{
	struct unsent unsent = { 0 };
	int64_t waiting = 0, oldest_at = 0;

	if (store_message_each_unsent(service->store, print_text, &unsent,
	    &service->error) == -1 || store_message_waiting(service->store, &waiting, &oldest_at,
	    &service->error) == -1)
		return -1;
	print_mails(&unsent);
	if (waiting > 0 && oldest_at < clock_now() - LATE_SECONDS)
		(void)printf("warning: %lld messages wait for more than %d minutes; start egenremiss "
		    "outbox\n", (long long)waiting, LATE_SECONDS / 60);
	return 0;
}
