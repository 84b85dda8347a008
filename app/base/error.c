/* The one error type, and lines of the log. */
#include <stdarg.h>
#include <stdio.h>

#include "base/base.h"

int
error_set(struct error *error, enum error_kind kind, const char *format, ...)
{
	va_list args;

	if (error == NULL)
		return -1;
	error->kind = kind;
	va_start(args, format);
	(void)vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	return -1;
}

void
log_line(enum log_level level, const char *format, ...)
{
	static const char *const names[] = { "info", "warning", "error" };
	char text[1024], stamp[32];
	time_t now = (time_t)clock_now();
	struct tm utc;
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	(void)gmtime_r(&now, &utc);
	(void)strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
	/* One write a line, so that lines of several processes do not mix. */
	(void)fprintf(stderr, "%s %s %s\n", stamp, names[level], text);
}
