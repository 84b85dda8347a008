/* What the two carriers share that open connections. Private to notify/. */
#ifndef EGENREMISS_NOTIFY_CARRY_H
#define EGENREMISS_NOTIFY_CARRY_H

#include <curl/curl.h>

#include "base/base.h"
#include "notify/notify.h"

#define CONNECT_MS	10000L

struct transfer {
	CURL *curl;
	struct handing *handing;
	const char *bytes;		/* what is handed over */
	size_t left;
	const volatile sig_atomic_t *stop;
	int answer_ms;			/* until it is given up, whole */
	struct buffer password;
	char fault[CURL_ERROR_SIZE];
};

/*
 * A handle on a connection of its own: no connection is used twice, since
 * libcurl sends again by itself what failed on a used one; no proxy of the
 * environment; no redirect. -1 with *why when it cannot be had or the
 * password cannot be read. transfer_end afterwards, then too.
 */
int	transfer_begin(struct transfer *transfer, const char *url, const char *user,
	    const char *password_file, struct error *why);
/* Runs it; *status is the other side's last. */
CURLcode transfer_run(struct transfer *transfer, long *status, struct error *why);
void	transfer_end(struct transfer *transfer);

#endif
