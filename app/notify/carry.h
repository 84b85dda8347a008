/* A transfer by libcurl, which the carriers of mail and of texts share. Internal to notify/. */
#ifndef EGENREMISS_NOTIFY_CARRY_H
#define EGENREMISS_NOTIFY_CARRY_H

#include <curl/curl.h>

#include "base/base.h"
#include "notify/notify.h"

#define CONNECT_MS	10000L

struct transfer {
	CURL *curl;
	struct handing *handing;
	const char *bytes;		/* the next byte to hand over */
	size_t left;			/* how many bytes are left */
	const volatile sig_atomic_t *stop;
	int answer_ms;			/* the longest time that the whole transfer may take */
	struct buffer password;
	char fault[CURL_ERROR_SIZE];
};

/*
 * Prepares a transfer on a new connection, without a proxy and without redirects. No
 * connection is used twice, because libcurl repeats by itself a transfer that failed on a
 * used one. -1 with *why when there is no memory or the password cannot be read. The
 * caller ends the transfer with transfer_end, after -1 too.
 */
int	transfer_begin(struct transfer *transfer, const char *url, const char *user,
	    const char *password_file, struct error *why);
/*
 * Runs the transfer. *status becomes the last status of the other side, 0 without one;
 * *why is always filled. Returns libcurl's result.
 */
CURLcode transfer_run(struct transfer *transfer, long *status, struct error *why);
/* Frees everything and wipes the password. */
void	transfer_end(struct transfer *transfer);

#endif
