/* The moment to ring: by what set the due time, and by the person's part of the day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"
#include "rules/rules.h"

#include <cmocka.h>

static struct config_queue queue;

/* "12 10:00" of January 2027, whose 11th is a Monday; "" is 0. */
static int64_t
january(const char *text)
{
	int day, hour, minute;

	if (*text == '\0')
		return 0;
	assert_int_equal(sscanf(text, "%d %d:%d", &day, &hour, &minute), 3);
	return clock_at(2027, 1, day, hour, minute);
}

static int
set_up(void **state)
{
	(void)state;
	for (int i = 1; i <= 5; i++)
		queue.week[i] = (struct config_hours){ 8 * 60, 16 * 60 + 30 };
	return 0;
}

static const struct {
	enum act cause;
	enum window window;
	const char *cause_at, *due_at, *now;
	enum moment_fit fit;
} moments[] = {
	/* A promise fits at once, in the part of the day that suits the person. */
	{ ACT_RECEIVE, WINDOW_ANY, "8 9:00", "12 16:30", "11 9:00", MOMENT_FITS },
	{ ACT_RECEIVE, WINDOW_MORNING, "8 9:00", "12 16:30", "11 11:59", MOMENT_FITS },
	{ ACT_RECEIVE, WINDOW_MORNING, "8 9:00", "12 16:30", "11 12:00", MOMENT_NOT },
	{ ACT_RECEIVE, WINDOW_AFTERNOON, "8 9:00", "12 16:30", "11 11:59", MOMENT_NOT },
	{ ACT_RECEIVE, WINDOW_AFTERNOON, "8 9:00", "12 16:30", "11 12:00", MOMENT_FITS },
	/* That part does not come again before the promise is broken. */
	{ ACT_RECEIVE, WINDOW_MORNING, "8 9:00", "12 16:30", "12 13:00", MOMENT_LAST },
	{ ACT_RECEIVE, WINDOW_AFTERNOON, "8 9:00", "12 16:30", "12 9:00", MOMENT_NOT },
	{ ACT_RECEIVE, WINDOW_AFTERNOON, "8 9:00", "12 16:30", "13 9:00", MOMENT_LAST },
	{ ACT_RELEASE, WINDOW_ANY, "11 9:00", "12 16:30", "11 9:01", MOMENT_FITS },
	/* Tried before noon: again after noon, and an hour later at the earliest. */
	{ ACT_NO_ANSWER, WINDOW_ANY, "11 9:00", "11 16:30", "11 10:30", MOMENT_NOT },
	{ ACT_NO_ANSWER, WINDOW_ANY, "11 9:00", "11 16:30", "11 12:00", MOMENT_FITS },
	{ ACT_NO_ANSWER, WINDOW_ANY, "11 11:45", "11 16:30", "11 12:30", MOMENT_NOT },
	{ ACT_NO_ANSWER, WINDOW_ANY, "11 11:45", "11 16:30", "11 12:45", MOMENT_FITS },
	/* Tried after noon: the next morning. */
	{ ACT_LEFT_MESSAGE, WINDOW_ANY, "11 14:00", "12 12:00", "11 16:00", MOMENT_NOT },
	{ ACT_LEFT_MESSAGE, WINDOW_ANY, "11 14:00", "12 12:00", "12 8:00", MOMENT_FITS },
	{ ACT_WRONG_NUMBER, WINDOW_AFTERNOON, "11 14:00", "12 16:30", "12 9:00", MOMENT_NOT },
	{ ACT_WRONG_NUMBER, WINDOW_AFTERNOON, "11 14:00", "12 16:30", "12 13:00", MOMENT_FITS },
	{ ACT_NO_ANSWER, WINDOW_ANY, "8 14:00", "11 12:00", "11 12:01", MOMENT_FITS },
	/* Due sooner than the next try would be: from then on. */
	{ ACT_TEXTED, WINDOW_ANY, "11 9:00", "11 9:10", "11 9:09", MOMENT_NOT },
	{ ACT_TEXTED, WINDOW_ANY, "11 9:00", "11 9:10", "11 9:10", MOMENT_FITS },
	/* A planned contact fits on its day. */
	{ ACT_REACHED, WINDOW_ANY, "8 9:00", "14 16:30", "13 16:00", MOMENT_NOT },
	{ ACT_REACHED, WINDOW_ANY, "8 9:00", "14 16:30", "14 8:00", MOMENT_FITS },
	{ ACT_RANG_BACK, WINDOW_ANY, "8 9:00", "14 16:30", "13 16:00", MOMENT_NOT },
	{ ACT_FOLLOW, WINDOW_ANY, "8 9:00", "14 16:30", "13 16:00", MOMENT_NOT },
	{ ACT_BEGIN, WINDOW_ANY, "8 9:00", "14 16:30", "13 16:00", MOMENT_NOT },
	{ ACT_PARK, WINDOW_ANY, "8 9:00", "14 16:30", "13 16:00", MOMENT_NOT },
	{ ACT_PARK, WINDOW_MORNING, "8 9:00", "14 16:30", "14 9:00", MOMENT_FITS },
};

static void
each_moment(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(moments); i++) {
		const struct moment moment = {
			.cause = moments[i].cause, .cause_at = january(moments[i].cause_at),
			.due_at = january(moments[i].due_at), .window = moments[i].window
		};
		enum moment_fit fit = moment_fits(&queue, &moment, january(moments[i].now));

		if (fit != moments[i].fit)
			fail_msg("row %zu, %s at %s: %d, not %d", i,
			    word_of(&words_act, moments[i].cause), moments[i].now, (int)fit,
			    (int)moments[i].fit);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(each_moment) };

	return cmocka_run_group_tests(tests, set_up, NULL);
}
