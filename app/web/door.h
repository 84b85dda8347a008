/* The door's handlers, each run on a lane (web.h), and where a request comes from. */
#ifndef EGENREMISS_WEB_DOOR_H
#define EGENREMISS_WEB_DOOR_H

#include "seal/seal.h"

struct exchange;
struct http_request;
struct store;

/* staff_sign_in.c */

void	staff_door(struct exchange *, struct store *);
void	staff_sign_in(struct exchange *, struct store *);
void	staff_sign_out(struct exchange *, struct store *);

/* staff_code.c: the second step of signing in */

void	staff_code(struct exchange *, struct store *);
void	staff_code_check(struct exchange *, struct store *);

/* staff_me.c: one's own passphrase and sessions */

void	staff_me(struct exchange *, struct store *);
void	staff_me_passphrase(struct exchange *, struct store *);
void	staff_me_session(struct exchange *, struct store *);
void	staff_me_sessions(struct exchange *, struct store *);
/* The page again; fault is a msgid, and part the name of the part that it is about. */
void	staff_me_show(struct exchange *, struct store *, int status, const char *part,
	    const char *fault);

/* staff_factor.c: one's own second factor */

void	staff_factor(struct exchange *, struct store *);
void	staff_factor_begin(struct exchange *, struct store *);
void	staff_factor_confirm(struct exchange *, struct store *);
void	staff_factor_codes(struct exchange *, struct store *);
void	staff_factor_drop(struct exchange *, struct store *);

/*
 * source.c: a keyed digest of the address that a request comes from, an IPv6
 * one by its /64. On the Unix socket it is what our own nginx says in
 * X-Real-IP; on TCP, where anybody can send that header, it is the peer's.
 */
void	source_of(struct http_request *request, unsigned char source[SEAL_MARK_SIZE]);

#endif
