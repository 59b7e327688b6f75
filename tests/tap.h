/* A TAP producer in one header, for the unit tests.
 *
 *	#include "tests/tap.h"
 *
 *	int main(void)
 *	{
 *		ok(1 + 1 == 2, "sums");
 *		is_double(sqrt(2.0) * sqrt(2.0), 2.0, 1e-15, "root of %d", 2);
 *		return done_testing();
 *	}
 *
 * Points are flat and no version line is printed: prove of Debian bookworm
 * rejects version 14, and both prove and automake's driver ignore what is
 * indented. Each point is flushed before the next line runs, so a test that
 * crashes shows where, and a child that forks inherits an empty buffer.
 */
#ifndef RATE_TESTS_TAP_H
#define RATE_TESTS_TAP_H

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAP_FN __attribute__((unused)) static
#define TAP_PRINTF(f, a) __attribute__((unused, format(printf, f, a))) static

static int tap_points, tap_failed, tap_done;

/* Every function returns whether its point passed, so that a test can stop
 * asking about an object that is not there. */
#define ok(cond, ...)        tap_ok(!!(cond), __FILE__, __LINE__, #cond, __VA_ARGS__)
#define pass(...)            tap_ok(1, __FILE__, __LINE__, "pass", __VA_ARGS__)
#define fail(...)            tap_ok(0, __FILE__, __LINE__, "fail", __VA_ARGS__)
#define is_int(got, want, ...) \
	tap_is_int((intmax_t)(got), (intmax_t)(want), __FILE__, __LINE__, __VA_ARGS__)
#define is_uint(got, want, ...) \
	tap_is_uint((uintmax_t)(got), (uintmax_t)(want), __FILE__, __LINE__, __VA_ARGS__)
#define is_str(got, want, ...) tap_is_str((got), (want), __FILE__, __LINE__, __VA_ARGS__)
/* contains(text, part): part occurs in text. */
#define contains(got, part, ...) tap_contains((got), (part), __FILE__, __LINE__, __VA_ARGS__)
/* |got - want| <= rel |want|; for want = 0 use is_near. NaN equals NaN and
 * infinities equal themselves. rel = 0 asks for the same value, bit for bit
 * but for the sign of zero. */
#define is_double(got, want, rel, ...) \
	tap_is_double((got), (want), (rel), 0.0, __FILE__, __LINE__, __VA_ARGS__)
#define is_double_rel is_double
/* |got - want| <= tol. */
#define is_near(got, want, tol, ...) \
	tap_is_double((got), (want), 0.0, (tol), __FILE__, __LINE__, __VA_ARGS__)
/* got <= bound; a NaN fails. */
#define is_at_most(got, bound, ...) tap_order((got), (bound), "<=", __FILE__, __LINE__, __VA_ARGS__)
#define is_at_least(got, bound, ...) tap_order((got), (bound), ">=", __FILE__, __LINE__, __VA_ARGS__)

TAP_PRINTF(1, 2) void diag(const char *fmt, ...)
{
	char text[4096], *line, *save = NULL;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		printf("# %s\n", line);
	fflush(stdout);
}

/* A description may not hold a line end, and an unescaped '#' would start a
 * directive. */
TAP_PRINTF(1, 0) void tap_describe(const char *fmt, va_list ap)
{
	char text[1024];
	const char *p;

	vsnprintf(text, sizeof text, fmt, ap);
	for (p = text; *p; p++)
		if (*p == '#')
			fputs("\\#", stdout);
		else
			putchar(*p == '\n' ? ' ' : *p);
}

TAP_PRINTF(4, 0) int tap_point(int good, const char *file, int line, const char *fmt, va_list ap)
{
	tap_points++;
	printf("%s %d - ", good ? "ok" : "not ok", tap_points);
	tap_describe(fmt, ap);
	putchar('\n');
	fflush(stdout);
	if (!good) {
		tap_failed++;
		diag("failed at %s:%d", file, line);
	}
	return good;
}

TAP_PRINTF(5, 6) int tap_ok(int good, const char *file, int line, const char *cond, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_point(good, file, line, fmt, ap);
	va_end(ap);
	if (!good)
		diag("  %s", cond);
	return good;
}

TAP_PRINTF(5, 6) int tap_is_int(intmax_t got, intmax_t want, const char *file, int line, const char *fmt, ...)
{
	int good = got == want;
	va_list ap;

	va_start(ap, fmt);
	tap_point(good, file, line, fmt, ap);
	va_end(ap);
	if (!good)
		diag("  got  %" PRIdMAX "\n  want %" PRIdMAX, got, want);
	return good;
}

TAP_PRINTF(5, 6) int tap_is_uint(uintmax_t got, uintmax_t want, const char *file, int line, const char *fmt, ...)
{
	int good = got == want;
	va_list ap;

	va_start(ap, fmt);
	tap_point(good, file, line, fmt, ap);
	va_end(ap);
	if (!good)
		diag("  got  %" PRIuMAX " (0x%" PRIxMAX ")\n  want %" PRIuMAX " (0x%" PRIxMAX ")",
		     got, got, want, want);
	return good;
}

TAP_PRINTF(5, 6) int tap_is_str(const char *got, const char *want, const char *file, int line, const char *fmt, ...)
{
	int good = got && want ? !strcmp(got, want) : got == want;
	va_list ap;

	va_start(ap, fmt);
	tap_point(good, file, line, fmt, ap);
	va_end(ap);
	if (!good)
		diag("  got  %s%s%s\n  want %s%s%s", got ? "\"" : "", got ? got : "NULL", got ? "\"" : "",
		     want ? "\"" : "", want ? want : "NULL", want ? "\"" : "");
	return good;
}

TAP_PRINTF(5, 6) int tap_contains(const char *got, const char *part, const char *file, int line, const char *fmt, ...)
{
	int good = got && strstr(got, part);
	va_list ap;

	va_start(ap, fmt);
	tap_point(good, file, line, fmt, ap);
	va_end(ap);
	if (!good)
		diag("  got           %s\n  does not hold %s", got ? got : "NULL", part);
	return good;
}

TAP_PRINTF(7, 8) int tap_is_double(double got, double want, double rel, double tol,
                                   const char *file, int line, const char *fmt, ...)
{
	double slack = tol + rel * fabs(want);
	int good = got == want || (isnan(got) && isnan(want)) ||
	           (isfinite(want) && fabs(got - want) <= slack);
	va_list ap;

	va_start(ap, fmt);
	tap_point(good, file, line, fmt, ap);
	va_end(ap);
	if (!good)
		diag("  got     %.17g (%a)\n  want    %.17g (%a)\n  differ  %.3g, relative %.3g, allowed %.3g",
		     got, got, want, want, got - want, (got - want) / fabs(want), slack);
	return good;
}

TAP_PRINTF(6, 7) int tap_order(double got, double bound, const char *order, const char *file, int line,
                               const char *fmt, ...)
{
	int good = order[0] == '<' ? got <= bound : got >= bound;
	va_list ap;

	va_start(ap, fmt);
	tap_point(good, file, line, fmt, ap);
	va_end(ap);
	if (!good)
		diag("  %.17g %s %.17g does not hold", got, order, bound);
	return good;
}

/* n points that cannot be tried here. */
TAP_PRINTF(2, 3) void skip(int n, const char *fmt, ...)
{
	va_list ap;

	while (n-- > 0) {
		printf("ok %d # SKIP ", ++tap_points);
		va_start(ap, fmt);
		tap_describe(fmt, ap);
		va_end(ap);
		putchar('\n');
	}
	fflush(stdout);
}

/* The whole program cannot be tried here; ends it. */
TAP_PRINTF(1, 2) _Noreturn void skip_all(const char *fmt, ...)
{
	va_list ap;

	fputs("1..0 # SKIP ", stdout);
	va_start(ap, fmt);
	tap_describe(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
	tap_done = 1;
	exit(0);
}

/* No further test makes sense; prove stops the whole run. */
TAP_PRINTF(1, 2) _Noreturn void bail_out(const char *fmt, ...)
{
	va_list ap;

	fputs("Bail out! ", stdout);
	va_start(ap, fmt);
	tap_describe(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
	exit(255);
}

/* Prints the plan, which is how the harness knows that the program came to its
 * end, and gives the exit status. */
TAP_FN int done_testing(void)
{
	if (!tap_done)
		printf("1..%d\n", tap_points);
	tap_done = 1;
	if (tap_failed)
		diag("%d of %d failed", tap_failed, tap_points);
	fflush(stdout);
	return tap_failed != 0 || tap_points == 0;
}

#endif
