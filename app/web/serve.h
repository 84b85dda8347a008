/* The one handler that kore.conf names. */
#ifndef EGENREMISS_SERVE_H
#define EGENREMISS_SERVE_H

struct http_request;

int	web_request(struct http_request *request)
	    __attribute__((visibility("default")));

#endif
