/* The views of absences, colleagues, queue keys and sign-in. See view.h. */
#ifndef EGENREMISS_RENDER_VIEW_PEOPLE_H
#define EGENREMISS_RENDER_VIEW_PEOPLE_H

#include "render/view.h"

/* absence.html: an absence, in words */
struct absence_view {
	const char *from, *to;		/* localized; to NULL: no last day is set */
	const char *deputy;		/* name; NULL: no deputy */
	bool deputy_away;
	int64_t unattended, overdue;	/* cases without a deputy, and the overdue ones among them */
};

/* absence_form.html: registers an absence, or changes it */
struct absence_form_view {
	const char *token;
	const char *user;		/* the absent colleague; NULL: the reader */
	const char *id;			/* prefix of ids, unique on the page */
	const char *from, *to;		/* YYYY-MM-DD, or as they were typed */
	const struct absence_choice_view {
		const char *user, *name;
		bool chosen;
	} *choices; size_t choices_count;
	bool may_be_nobody;		/* the reader may register an absence without a deputy */
};

/* absence_own.html: the reader's own absence */
struct absence_own_view {
	const char *token;
	const char *fault;		/* msgid; NULL without */
	const struct absence_view *own;	/* NULL: the reader is at work */
	size_t own_count;
	struct absence_form_view form;
	const struct absence_other_view {
		const char *name;	/* an absent colleague whose deputy the reader is */
		const char *from, *to;
	} *others; size_t others_count;
};

/* overview_absences.html: the absences of the lead's colleagues */
struct overview_absences_view {
	const struct absence_row_view {
		const char *name;
		struct absence_view absence;
	} *rows; size_t rows_count;
};

/* calendar_own.html: the address of the reader's calendar, on me.html */
struct calendar_own_view {
	bool shown;
	const char *token;
	const char *since;		/* when it was made, localized; NULL: there is none */
};

/* calendar_address.html */
struct calendar_address_view {
	struct staff_frame_view frame;
	const char *address;
};

/* Colleagues, invitations and queue keys. */

struct word_role_view { const char *word; };

struct queue_name_view { const char *id, *name; };

/* colleague.html: a colleague, and the changes that the reader may make */
struct colleague_view {
	const char *token;		/* the form token again */
	const char *user, *name;
	struct word_role_view role;
	bool active, me;
	const struct queue_name_view *queues; size_t queues_count;
	/* queues that a restoration by the reader would lose */
	const struct queue_name_view *lost; size_t lost_count;
	/* queues that the reader can give */
	const struct queue_name_view *gifts; size_t gifts_count;
	/* queues that the reader can take away */
	const struct queue_name_view *partings; size_t partings_count;
	bool may_restore, may_deactivate;
	const struct absence_view *away; size_t away_count;	/* one, or none when at work */
	bool may_be_away;		/* the reader, a lead, may register and end an absence */
	bool away_typed;		/* the form was refused and is shown again */
	struct absence_form_view absence_form;
};

/* invite.html: the form of a lead, or an administrator, for a new invitation */
struct invite_view {
	const char *token;
	bool administrator;		/* the reader is one, and can invite only administrators */
	const char *fault;		/* of the queues; NULL without */
	const struct queue_name_view *queues; size_t queues_count;
};

/* queue_key.html: a queue, its key, and the number of accounts that can open it */
struct queue_key_view {
	const char *token;
	const char *id, *name;
	int readers, generation;
	const char *since;		/* localized */
	/* cases whose data keys are still sealed to an older generation */
	int64_t old;
	/* the generation that the button replaces; an older one: it continues the move */
	int replaces;
	bool may_rotate;
};

/* colleagues.html */
struct colleagues_view {
	struct staff_frame_view frame;
	const char *link;		/* of an invitation just made, shown once; NULL without */
	const char *link_for;		/* the colleague whom it restores; NULL: a new account */
	const char *link_until;		/* localized */
	const struct colleague_view *colleagues; size_t colleagues_count;
	bool may_invite;
	struct invite_view invite;
	const struct open_link_view {
		const char *number;
		struct word_role_view role;
		const char *restores;	/* the colleague whom it restores; NULL: a new account */
		const char *inviter, *until;
		bool may_withdraw;
		const struct queue_name_view *queues; size_t queues_count;
	} *links; size_t links_count;
	const struct queue_key_view *keys; size_t keys_count;
	bool keys_folded;		/* they are many, and none needs anybody */
	const char *absence_href;	/* NULL: an administrator has none */
};

/* absences.html: the reader's own absence, and those of colleagues who share a queue */
struct absences_view {
	struct staff_frame_view frame;
	struct absence_own_view own;
	/* who is away, or whose absence the reader may register */
	const struct colleague_view *colleagues; size_t colleagues_count;
};

/* invitation.html: the page of an invitation's link */
struct invitation_view {
	struct staff_frame_view frame;
	const char *inviter;
	const char *restores, *restores_user;	/* the colleague whom it restores; NULL: a new account */
	struct word_role_view role;
	const struct queue_name_view *queues; size_t queues_count;
	const char *until;		/* localized */
	struct field_view user, name, passphrase;	/* the passphrase has no value */
	bool refused;			/* one of them has a fault */
};

/* Sign-in, beside sign_in_view of view.h. */

/* code.html: the second step of signing in */
struct code_view {
	struct staff_frame_view frame;
	const char *token;
	const char *next;		/* the page to which it leads; NULL: the first one */
	const char *fault;		/* msgid */
	/* seconds until the next try; above 0 it is shown instead of fault */
	int64_t wait;
};

/* me.html: the reader's own account */
struct me_view {
	struct staff_frame_view frame;
	/* the section with the fault: "passphrase", "codes", "drop" or "" */
	const char *part;
	const char *fault;		/* msgid */
	bool factor, required;		/* the account has a second factor; it must have one */
	const char *factor_since;	/* localized */
	int64_t codes_left, wrong;
	const struct session_view {
		const char *reference;	/* 13 characters */
		const char *created, *seen;	/* localized */
		bool this_one;
	} *sessions; size_t sessions_count;
	struct calendar_own_view calendar;
	const char *absence_href;	/* NULL: an administrator has none */
};

/* factor.html: the enrolment of a second factor */
struct factor_view {
	struct staff_frame_view frame;
	bool required;			/* the reader must enrol before any other page */
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
