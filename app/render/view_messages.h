/* The views of messages: texts to a person, unsent messages, mails to staff. See view.h. */
#ifndef EGENREMISS_RENDER_VIEW_MESSAGES_H
#define EGENREMISS_RENDER_VIEW_MESSAGES_H

#include "render/view.h"

/* word_message.html: the state of a message and the reason for it; both words of base/words.h */
struct word_message_view { const char *state, *reason; };

/* case_texts.html: the texts sent to the person's phone, newest first */
struct case_texts_view {
	const struct case_text_sent_view {
		const char *when, *when_iso;
		const char *author;	/* "" when the account is gone */
		struct word_message_view fate;
	} *sent; size_t sent_count;
};

/* template_choice.html: the templates that a form offers */
struct template_choice_view {
	const char *id;			/* of the choice, unique on the page */
	const struct template_option_view {
		const char *number, *title, *words;
	} *templates; size_t templates_count;
	bool inserted;			/* one was just put into the form's field */
	bool replaces;			/* the field has our own proposal, which a template replaces */
};

/* case_text.html: a text to the person before it is sent */
struct case_text_view {
	struct staff_frame_view frame;
	const char *back_href;		/* the case */
	const char *action;
	const char *name, *phone;
	const char *rings;		/* the telephone number in the text */
	const char *fault;		/* msgid; NULL when right */
	const char *named;		/* a word of ours in the text, which is asked about; NULL none */
	/* A proposal's word and name, which may take the place of what is written; NULL: none. */
	const char *instead, *instead_named;
	bool soon;			/* the text says that the call comes at once */
	const char *text;
	const char *tag, *dir;		/* of the proposal's language */
	/* its own name; NULL when the program lacks the person's language */
	const char *language;
	const struct case_text_proposal_view {
		const char *word, *text;	/* text: msgid, the purpose of the proposal */
		bool current;
	} *proposals; size_t proposals_count;
	struct template_choice_view templates;
	int units, parts, most;		/* most: the largest number of parts */
	bool unicode;
};

/* templates.html: for the lead */
struct templates_view {
	struct staff_frame_view frame;
	bool named;			/* the new one is asked about, and may be saved all the same */
	const struct template_queue_view {
		const char *id, *name;
		const struct template_view {
			const char *number;	/* 13 characters */
			const char *token;	/* the form token again */
			const char *kind;	/* a word of words_template_kind */
			const char *title, *words;
			bool named;		/* likewise */
		} *templates; size_t templates_count;
		const struct template_told_view {
			const char *when, *by;	/* by: "" when the account is gone */
			const char *act;	/* a word of words_template_act */
			const char *title;
		} *told; size_t told_count;
	} *queues; size_t queues_count;
};

/* overview_messages.html: for the lead */
struct overview_messages_view {
	const char *token;
	bool may_decide;
	/* messages that wait so long that the outbox must have stopped */
	int64_t waiting;
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

/* notices.html: the reader's e-mail address, and the kinds of mail that the reader wants */
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
