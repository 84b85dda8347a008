/* Whether a message that is about to leave is still of use. Private to flow/. */
#ifndef EGENREMISS_PAST_H
#define EGENREMISS_PAST_H

#include "flow/messages.h"

/*
 * Both: *past is left alone when it is, else says why not.
 *
 * A text is not when the person was reached after the press, the press was
 * taken back, or the case is closed. A mail is not when none of its cases is
 * as it tells, or neither the receiver wants it any more nor anybody for whom
 * the receiver stands in; *notice has where to.
 */
int	past_text(struct store *store, const struct message_row *text,
	    enum message_reason *past, struct error *error);
int	past_mail(struct store *store, const struct message_row *mail, int64_t now,
	    struct notice_row *notice, enum message_reason *past, struct error *error);

#endif
