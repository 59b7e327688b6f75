/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/commands/command.h"

int rate_take_real(const char *option, const char *text, double low, double high, double *out)
{
	char *end;

	errno = 0;
	*out = strtod(text, &end);
	if (end == text || *end || errno || !(*out >= low && *out <= high))
		return rate_usage("--%s %s: a number from %.16g to %.16g is wanted", option, text, low, high);
	return 0;
}

int rate_take_whole(const char *option, const char *text, double low, double high, uint64_t *out)
{
	double v;

	if (rate_take_real(option, text, low, high, &v))
		return 2;
	*out = (uint64_t)v;
	return (double)*out == v ? 0 : rate_usage("--%s %s: a whole number is wanted", option, text);
}

int rate_take_one_of(const char *option, const char *text, const char *const *choices, int *out)
{
	char known[120];

	for (*out = 0; choices[*out]; ++*out)
		if (!strcmp(choices[*out], text))
			return 0;
	for (size_t k = 0, n = 0; choices[k] && n < sizeof known; k++)
		n += (size_t)snprintf(known + n, sizeof known - n, "%s%s",
		                      !k ? "" : k > 1 && !choices[k + 1] ? " or " : ", ", choices[k]);
	return rate_usage("--%s %s: choose %s", option, text, known);
}
