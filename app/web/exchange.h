/* The life of an exchange, for serve.c, which ties it to Kore's request. */
#ifndef EGENREMISS_EXCHANGE_H
#define EGENREMISS_EXCHANGE_H

struct exchange;
struct http_request;

/* Reads everything but the body; hangs itself on the request. */
struct exchange *exchange_new(struct http_request *request);
/* Overwrites and frees everything that came and went. */
void	exchange_free(struct exchange *x);
/* Hands status, headers and body to Kore; does nothing once the client is gone. */
void	exchange_send(struct exchange *x);

#endif
