/* Part of view.h: colleagues, the links that they are given, and queues' keys. */
#ifndef EGENREMISS_VIEW_COLLEAGUES_H
#define EGENREMISS_VIEW_COLLEAGUES_H

#include "page/view.h"

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

#endif
