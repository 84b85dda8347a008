/* What the door's templates read; see view.h. */
#ifndef EGENREMISS_VIEW_DOOR_H
#define EGENREMISS_VIEW_DOOR_H

#include "page/view.h"

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
