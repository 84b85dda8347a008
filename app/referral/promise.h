/*
 * How well promises are kept: the rules by which a figure is counted, so that
 * the command, the browser and a report count alike.
 */
#ifndef EGENREMISS_PROMISE_H
#define EGENREMISS_PROMISE_H

#include "base/base.h"

/* Fewer persons than this could be recognised in a figure (DOMAIN.md, "Channels and outcomes"). */
#define FIGURE_LEAST	5

enum promise { PROMISE_KEPT, PROMISE_BROKEN, PROMISE_RUNNING };

/*
 * A promise is answered by the first attempt to reach the person, or by
 * closing; answered_at is 0 while it is not. Answered at the very moment that
 * was promised is kept. Unanswered it runs until that moment has passed.
 */
enum promise promise_judge(int64_t promised_at, int64_t answered_at, int64_t now);
/*
 * The nearest-rank quantile (type 1 of Hyndman and Fan, The American
 * Statistician 50, 1996): the least of the values that at least so many
 * hundredths of them do not exceed. It is always one of the values: of an even
 * number the median is the lower of the middle two. Orders the values; 0 of none.
 */
int64_t	promise_quantile(int64_t *values, size_t count, int hundredths);
/*
 * Whether a whole of so many persons, of whom so many are in one part and the
 * others in the other, can be told: not when it, or a part that is not empty, is
 * below FIGURE_LEAST. Both parts are hidden then, since either follows from the
 * other and the whole.
 */
bool	promise_parts_shown(int64_t one, int64_t other);
/* The same of a whole in any number of parts. */
bool	parts_shown(const int64_t *parts, size_t count);

#endif
