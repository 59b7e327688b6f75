/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/quantities.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW(name) &rate_quantity_##name,
const rate_quantity *const rate_quantities_known[] = { RATE_QUANTITIES(ROW) NULL };

const rate_quantity *rate_quantity_named(const char *name)
{
	const rate_quantity *const *row = rate_quantities_known;

	while (*row && strcmp((*row)->name, name))
		row++;
	return *row;
}

int rate_quantity_at(rate_session *s, const rate_quantity *row, const double *x, double *q, double *scale)
{
	if (row->one(s, x, q, scale))
		return RATE_FAIL;
	*scale += row->drifted(s, *q);
	return RATE_OK;
}

static int rows(rate_session *s, const rate_quantity *row, const double *x, double *q, double *scale)
{
	if (row->rows)
		return row->rows(s, x, q, scale);
	for (size_t r = 0; r < s->run.nrep; r++)
		if (row->one(s, x + r * s->run.ld, q + r, scale + r))
			return RATE_FAIL;
	return RATE_OK;
}

/* 0 times what has overflowed: nothing is known of the rounding error, so nothing is judged on it. */
static double known_scale(double scale)
{
	return isnan(scale) ? INFINITY : scale;
}

int rate_quantity_on_path(rate_session *s, const rate_quantity *row, const double *x, double *q, double *scale)
{
	const char *why = row->missing(s);
	double curvature = row->curvature(s);

	if (!rate_family_has(s->family->quantities, row->name)) {
		snprintf(s->declined, sizeof s->declined, "measures %s, which a %s does not have", row->text,
		         s->family->name);
		return RATE_FAIL;
	}
	if (why) {
		snprintf(s->declined, sizeof s->declined, "measures %s, and %s", row->text, why);
		return RATE_FAIL;
	}
	if (rows(s, row, x, q, scale))
		return RATE_FAIL;
	for (size_t r = 0; r < s->run.nrep; r++) {
		scale[r] += row->drifted(s, q[r]);
		/* A step is made of the gap where the path is, however it came there. */
		if (row == &rate_quantity_gap)
			rate_polyak_gap(s, r, q[r], known_scale(scale[r]));
		if (isfinite(curvature))
			scale[r] += rate_inherited(s, r, row->slope(s, q[r]), curvature);
		scale[r] = known_scale(scale[r]);
	}
	return RATE_OK;
}
