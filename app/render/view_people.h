/* Who is away, and who stands in. */
#ifndef EGENREMISS_RENDER_VIEW_PEOPLE_H
#define EGENREMISS_RENDER_VIEW_PEOPLE_H

#include "render/view.h"

/* absence.html: one of them, in words */
struct absence_view {
	const char *from, *to;		/* localized; to NULL: nobody knows yet */
	const char *deputy;		/* NULL nobody */
	bool deputy_away;
	int64_t unattended, overdue;	/* cases that nobody minds, and of them the late ones */
};

/* absence_form.html: to register one, or change it */
struct absence_form_view {
	const char *token;
	const char *user;		/* whose; NULL the reader's own */
	const char *id;			/* unique on the page, for labels */
	const char *from, *to;		/* YYYY-MM-DD, or as they were typed */
	const struct absence_choice_view {
		const char *user, *name;
		bool chosen;
	} *choices; size_t choices_count;
	bool may_be_nobody;		/* who stands in may be left open */
};

/* absence_own.html: the part of one's own page; not for an administrator */
struct absence_own_view {
	bool shown;
	const char *token;
	const char *fault;		/* msgid; NULL without */
	const struct absence_view *own;	/* one, or NULL: at work */
	size_t own_count;
	struct absence_form_view form;
	const struct absence_other_view {
		const char *name;	/* for whom the reader stands in */
		const char *from, *to;
	} *others; size_t others_count;
};

/* overview_absences.html: of the lead's colleagues */
struct overview_absences_view {
	const struct absence_row_view {
		const char *name;
		struct absence_view absence;
	} *rows; size_t rows_count;
};

/* Colleagues, the links that they are given, and queues' keys. */

struct word_role_view { const char *word; };

struct queue_name_view { const char *id, *name; };

/* colleague.html: one of them, and what the reader may do about it */
struct colleague_view {
	const char *token;		/* the form token again */
	const char *user, *name;
	struct word_role_view role;
	bool active, me;
	const struct queue_name_view *queues; size_t queues_count;
	const struct queue_name_view *lost; size_t lost_count;	/* if the reader restores */
	const struct queue_name_view *gifts; size_t gifts_count;	/* that the reader can give */
	const struct queue_name_view *partings; size_t partings_count;	/* that can be taken */
	bool may_restore, may_deactivate;
	const struct absence_view *away; size_t away_count;	/* one, or none: at work */
	bool may_be_away;		/* a lead may register it, and end it */
	bool away_typed;		/* the form came back */
	struct absence_form_view absence_form;
};

/* invite.html: for a lead, or an administrator */
struct invite_view {
	const char *token;
	bool administrator;		/* invites one, and nobody else */
	const struct queue_name_view *queues; size_t queues_count;
};

/* queue_key.html: a queue, who can open it, and its key */
struct queue_key_view {
	const char *token;
	const char *id, *name;
	int readers, generation;
	const char *since;		/* localized */
	int64_t old;			/* cases still to be moved to the newest key */
	int replaces;			/* the generation that a press replaces; an old one: goes on */
	bool may_rotate;
};

/* colleagues.html */
struct colleagues_view {
	struct staff_frame_view frame;
	const char *link;		/* just made, shown once; NULL without */
	const char *link_for;		/* whom it restores; NULL somebody new */
	const char *link_until;		/* localized */
	const struct colleague_view *colleagues; size_t colleagues_count;
	bool may_invite;
	struct invite_view invite;
	const struct open_link_view {
		const char *number;
		struct word_role_view role;
		const char *restores;	/* whom; NULL somebody new */
		const char *inviter, *until;
		bool may_withdraw;
		const struct queue_name_view *queues; size_t queues_count;
	} *links; size_t links_count;
	const struct queue_key_view *keys; size_t keys_count;
};

/* invitation.html: what a link leads to */
struct invitation_view {
	struct staff_frame_view frame;
	const char *inviter;
	const char *restores, *restores_user;	/* whom; NULL somebody new */
	struct word_role_view role;
	const struct queue_name_view *queues; size_t queues_count;
	const char *until;		/* localized */
	struct field_view user, name, passphrase;	/* the passphrase never comes back */
};

/* What the door's templates read; see view.h. */

/* code.html: the second step of signing in */
struct code_view {
	struct staff_frame_view frame;
	const char *token;
	const char *fault;		/* msgid */
	int64_t wait;			/* seconds until it may be tried again; then instead of fault */
};

/* me.html: one's own sign-in */
struct me_view {
	struct staff_frame_view frame;
	const char *part;		/* "passphrase", "codes", "drop", "absence": of the fault; "" */
	const char *fault;		/* msgid */
	bool factor, required;		/* a second factor is on; must be on */
	const char *factor_since;	/* localized */
	int64_t codes_left, wrong;
	const struct session_view {
		const char *reference;	/* 13 characters */
		const char *created, *seen;	/* localized */
		bool this_one;
	} *sessions; size_t sessions_count;
	struct absence_own_view absence;
};

/* factor.html: making a second factor */
struct factor_view {
	struct staff_frame_view frame;
	bool required;			/* nothing else can be done before it */
	const char *fault;		/* msgid */
	const char *symbol;		/* the QR code as SVG data: URL; NULL until begun */
	const char *address;		/* "otpauth://totp/…" */
	const char *secret;		/* base 32 in groups of four */
};

/* codes.html: recovery codes, shown once */
struct codes_view {
	struct staff_frame_view frame;
	const struct recovery_code_view { const char *text; } *codes; size_t codes_count;
};

#endif
