/* The distance is that of Damerau and Levenshtein: letters changed, left out, put in, and neighbours swapped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 64 };

static char plain(char c)
{
	return c == '_' ? '-' : (char)tolower((unsigned char)c);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
	size_t row[3][LONGEST + 1], n = strlen(a), m = strlen(b), *before = row[0], *last = row[1],
	    *now = row[2], *spare;

	if (n > LONGEST || m > LONGEST)
		return n + m;
	for (size_t k = 0; k <= m; k++)
		last[k] = k;
	for (size_t i = 1; i <= n; i++) {
		now[0] = i;
		for (size_t k = 1; k <= m; k++) {
			now[k] = least(least(last[k], now[k - 1]) + 1,
			               last[k - 1] + (plain(a[i - 1]) != plain(b[k - 1])));
			if (i > 1 && k > 1 && plain(a[i - 1]) == plain(b[k - 2]) && plain(a[i - 2]) == plain(b[k - 1]))
				now[k] = least(now[k], before[k - 2] + 1);
		}
		spare = before, before = last, last = now, now = spare;
	}
	return last[m];
}

/* A third of the letters may be wrong; a beginning of at least three letters is near, too, but less so. */
void rate_nearest_try(rate_nearest *n, const char *name)
{
	size_t typed = strlen(n->typed), d = distance(n->typed, name), most = typed < 3 ? 1 : (typed + 2) / 3;

	if (d > most && typed >= 3 && !strncmp(n->typed, name, typed))
		d = most;
	if (d <= most && d < typed && (!n->best || d < n->distance)) {
		n->best = name;
		n->distance = d;
	}
}

const char *rate_nearest_words(const rate_nearest *n, char *out, size_t size)
{
	snprintf(out, size, "%s%s%s", n->best ? " (did you mean " : "", n->best ? n->best : "", n->best ? "?)" : "");
	return out;
}
