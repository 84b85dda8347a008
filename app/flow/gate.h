/*
 * Who must wait before a sign-in is tried. What it shall hold against is
 * guessing, and being used to keep a colleague out. n failures in a row cost
 *
 *	wait(n, free, most) = 0 while n < free, then 2^(n - free) s, at most `most`
 *
 *   a browser that the account knows	wait(n, 5, 300) from its last try, where n is
 *					its own failures alone (table browsers). What
 *					strangers do is never felt there.
 *   a stranger, by the name		wait(n, 5, 30), where n is all strangers'
 *					failures on that name, from wherever. Each
 *					source waits from when it first asked, and its
 *					turn is kept for ten minutes: a colleague with
 *					a new phone is let try after 30 s at most,
 *					though a thousand others keep on.
 *   a stranger, by the source		wait(n, 20, 30) from the source's last try, where
 *					n is its failures on all names: an office behind
 *					one address mistypes more than one person does.
 *
 * A stranger waits for the longer of the two. A try that comes too early is
 * neither checked nor counted, so that trying on makes nobody's wait longer; a
 * try is counted before it is checked, and the count taken back when it was
 * right, so that a hundred at once are not a hundred free ones. An hour after
 * the last failure it is forgotten.
 *
 * What that leaves: a source makes two guesses a minute on a name, 2 880 a
 * day; 2^40 of them (PASSPHRASE_LEAST_BITS) from a thousand sources take a
 * thousand years. A name that nobody has waits as all others do. A stranger
 * behind the very address of a colleague's *new* browser can take its turns
 * there; a known one is not concerned, nor is any other address.
 *
 * Private to flow/. Counts are in memory that the workers share, under keyed
 * digests (mark_make); a restart forgets them.
 */
#ifndef EGENREMISS_GATE_H
#define EGENREMISS_GATE_H

#include "flow/flow.h"

#define GATE_NAME_FREE		5
#define GATE_SOURCE_FREE	20
#define GATE_MOST		INT64_C(30)
#define GATE_BROWSER_FREE	5
#define GATE_BROWSER_MOST	INT64_C(300)
#define GATE_FORGET_SECONDS	INT64_C(3600)
#define GATE_TURN_SECONDS	INT64_C(600)

int64_t	gate_wait(int failures, int free, int64_t most);
/* What is left of that wait. */
int64_t	gate_left(int failures, int64_t failed_at, int free, int64_t most, int64_t now);
/* A stranger's try: 0, and it is counted; else how long it must wait, and it is not. */
int64_t	gate_ask(const char *user, const unsigned char source[SEAL_MARK_SIZE], int64_t now);
/* Counts one more, or takes one back (-1). */
void	gate_count(const char *user, const unsigned char source[SEAL_MARK_SIZE], int by,
	    int64_t now);

#endif
