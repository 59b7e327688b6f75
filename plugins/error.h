/* What went wrong, in one line: who could not do what, and what to do next. */
#ifndef PLUGINS_ERROR_H
#define PLUGINS_ERROR_H

#include <stdarg.h>
#include <stddef.h>

#include "ratecheck/abi.h"
#include "plugins/error.h"

enum { RATE_ERROR_ROOM = 4096 };

/* "": nothing is wrong. */
typedef struct rate_error {
	char text[RATE_ERROR_ROOM];
} rate_error;

/* Puts the words in the place of those that were there, which may be among the arguments. Returns RATE_FAIL. What
 * does not fit is cut off; control characters and what is not UTF-8 become '?'. */
__attribute__((format(printf, 2, 3))) int rate_fail(rate_error *e, const char *format, ...);
__attribute__((format(printf, 2, 0))) int rate_vfail(rate_error *e, const char *format, va_list ap);
/* The same behind the words that are there. */
__attribute__((format(printf, 2, 3))) int rate_fail_more(rate_error *e, const char *format, ...);
__attribute__((format(printf, 2, 0))) int rate_vfail_more(rate_error *e, const char *format, va_list ap);
/* The words, or these if there are none. */
const char *rate_said(const rate_error *e, const char *otherwise);
static inline void rate_no_error(rate_error *e)
{
	e->text[0] = '\0';
}

/* Ends a text that others wrote: a zero byte at the end of its room, '?' for control characters and for what is not
 * UTF-8. */
void rate_end_text(char *text, size_t size);

#endif
