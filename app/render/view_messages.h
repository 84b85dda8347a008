/* Texts to the person, messages that were not sent, what staff want to be told. */
#ifndef EGENREMISS_RENDER_VIEW_MESSAGES_H
#define EGENREMISS_RENDER_VIEW_MESSAGES_H

#include "render/view.h"

/* word_message.html: what became of a message, both words of base/words.h. */
struct word_message_view { const char *state, *reason; };

/* case_texts.html: what was sent to the person's phone, newest first */
struct case_texts_view {
	const struct case_text_sent_view {
		const char *when, *when_iso;
		const char *author;	/* "" when the account is gone */
		struct word_message_view fate;
	} *sent; size_t sent_count;
};

/* case_text.html: a text to the person before it is sent */
struct case_text_view {
	struct staff_frame_view frame;
	const char *back_href;		/* the case */
	const char *action;
	const char *name, *phone;
	const char *rings;		/* the number that the text names */
	const char *fault;		/* msgid; NULL when right */
	const char *named;		/* a word of ours in the text, which is asked about; NULL none */
	const char *text;
	const char *tag, *dir;		/* of the proposal's language */
	const char *language;		/* its own name; NULL when the person speaks one we lack */
	const struct case_text_proposal_view {
		const char *href, *text;	/* msgid of what it is for */
		bool current;
	} *proposals; size_t proposals_count;
	int units, parts, most;		/* most: parts that a text may have */
	bool unicode;
};

/* overview_messages.html: for the lead */
struct overview_messages_view {
	const char *token;
	bool may_decide;
	int64_t waiting;		/* queued since so long that the outbox must have stopped */
	const struct unsent_view {
		const char *number;	/* 13 characters */
		bool text;		/* to a person; else a mail to staff */
		const char *token;	/* the form token again */
		bool may_decide;	/* likewise */
		const char *subject;	/* of a mail */
		const char *receiver;	/* of a mail: the colleague's name */
		const char *reference, *href;	/* of a text: the case; href NULL: opens none */
		const char *when, *when_iso;
		struct word_message_view fate;
	} *unsent; size_t unsent_count;
	bool more;
};

/* notices.html: what one wants to be told, and where */
struct notices_view {
	struct staff_frame_view frame;
	const char *address, *fault;	/* fault: msgid */
	bool no_mail;			/* the service sends none yet */
	const struct notice_kind_view {
		const char *name;	/* of the field */
		const char *text;	/* msgid */
		bool wanted;
	} *kinds; size_t kinds_count;
	const char *digest;		/* "08:00" */
};

#endif
