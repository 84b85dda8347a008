/* The life of an exchange, for serve.c, which ties it to Kore's request. */
#ifndef EGENREMISS_EXCHANGE_H
#define EGENREMISS_EXCHANGE_H

#include <stdbool.h>

struct exchange;
struct http_request;

/* Reads everything but the body; hangs itself on the request. */
struct exchange *exchange_new(struct http_request *request);
/* Overwrites and frees everything that came and went. */
void	exchange_free(struct exchange *x);
/* Hands status, headers and body to Kore; does nothing once the client is gone. */
void	exchange_send(struct exchange *x);

/* body.c: what a POST brings */

/* Decodes it as its route takes it, then overwrites it. false: it cannot be read, which is answered. */
bool	body_read(struct exchange *x);
void	body_wipe(struct http_request *request);

#endif
