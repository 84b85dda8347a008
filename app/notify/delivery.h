/*
 * How one message leaves: by SMTP (smtp.c), by the text gateway (gateway.c),
 * or, in a demonstration that has neither, into a folder (folder.c). Only the
 * outbox's process uses this; the first two are the only files that include
 * <curl/curl.h>, and the only ones that open connections to elsewhere.
 */
#ifndef EGENREMISS_DELIVERY_H
#define EGENREMISS_DELIVERY_H

#include <signal.h>

#include "base/base.h"
#include "base/config.h"

enum delivery {
	DELIVERY_SENT,
	DELIVERY_LATER,		/* certainly not taken; another try may do */
	DELIVERY_REFUSED,	/* certainly not taken, nor will it be */
	DELIVERY_UNKNOWN	/* handed over, and no answer that can be relied on */
};

/* Borrowed while it is carried. */
struct parcel {
	int64_t number;		/* the message's */
	int64_t at;
	const char *to;		/* an address, or a number in E.164 */
	const char *subject;	/* NULL of a text */
	const char *text;	/* UTF-8 */
};

/*
 * Asked once, before the first byte of what is to be told is handed to the
 * network: -1 and it is not. After that no failure can be told from success
 * but by the other side's answer.
 */
struct handing {
	int (*begin)(void *context);
	void *context;
	bool begun;		/* begin said 0 */
};

/* What the carriers need of the process they run in. */
struct carriage {
	const volatile sig_atomic_t *stop;	/* not 0: give up while nothing is handed over */
	const char *folder;			/* of folder.c */
};

/* *why says for the log what went wrong, without a word about whom. */
typedef enum delivery (*carry_fn)(const struct parcel *, struct handing *,
	    const struct config *, const struct carriage *, struct error *why);

/* A way that is NULL is not set up. */
struct carrier {
	carry_fn mail, text;
	struct carriage carriage;
};

/* transfer.c: once, before anything is carried. -1 when libcurl does not start. */
int	carriers_start(void);
void	carriers_stop(void);

/* smtp.c: config->mail */
enum delivery smtp_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);
/*
 * gateway.c: config->sms. A form by POST: from, to, message. 2xx is taken.
 * 502 and 504 come from somebody between, who does not know: unknown.
 */
enum delivery gateway_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);
/* folder.c: a file a message, NUMBER.eml or NUMBER.txt, for its owner alone */
enum delivery folder_carry(const struct parcel *, struct handing *, const struct config *,
	    const struct carriage *, struct error *why);

/* letter.c: a mail as it is on the wire (RFC 5322), CRLF at each end of line */
void	letter_write(const struct parcel *parcel, const char *from, struct buffer *letter);

#endif
