/* What objectives of one variable with their minimiser at 0 share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RATECHECK_OBJECTIVES_LINE_H
#define RATECHECK_OBJECTIVES_LINE_H

#include "common.h"

/* The state of every objective that includes this starts with it. */
struct line {
	struct facts known;
	double start, zero;
};

/* A zeroed state of `size` bytes, with room for `doubles` numbers, x_0 and x_star = 0 known; NULL after host->fail. */
RATE_INLINE void *line_new(const rate_host *host, size_t size, double start, size_t doubles)
{
	struct line *k = facts_new(host, size, 1, doubles);

	if (k) {
		k->start = start;
		k->known.start = &k->start;
		know_vector(k, "x_star", 1, &k->zero);
	}
	return k;
}

#endif
