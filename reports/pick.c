/* Which figures are drawn and looked at, and as what.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"

#include <math.h>

const json_t *rate_lines_of(const rate_drawing *d, const char *theorem)
{
	return json_object_get(d->theorems, theorem);
}

const json_t *rate_next_theorem(const rate_drawing *d, size_t *i, int ran)
{
	while (*i < json_array_size(d->all)) {
		const json_t *o = json_array_get(d->all, (*i)++);
		const char *theorem = rate_field(o, "theorem");
		if (json_array_get(rate_lines_of(d, theorem), 0) == o &&
		    ran == (json_object_get(d->ran, theorem) != NULL))
			return o;
	}
	return NULL;
}

const json_t *rate_best_figure(const rate_drawing *d, const char *theorem, int control)
{
	const json_t *best = NULL;
	double most = -INFINITY, score;
	rate_extent x;
	size_t i;
	json_t *o;

	json_array_foreach(rate_lines_of(d, theorem), i, o) {
		if (rate_is_control(o) != control)
			continue;
		score = rate_field_real(o, "max_ratio");
		/* An instance made to be sharp explains itself best. */
		score = (isnan(score) ? 0 : fmin(score, 1e6)) + (rate_field_is(o, "role", "sharp") ? 1e7 : 0);
		if (score > most && rate_extent_of(d, o, &x)) {
			most = score;
			best = o;
		}
	}
	return best;
}

/* Of the instances that were not made for the theorem the one that comes nearest to the bound. */
const json_t *rate_nearest_other(const rate_drawing *d, const char *theorem)
{
	const json_t *best = NULL;
	rate_extent x;
	size_t i;
	json_t *o;

	json_array_foreach(rate_lines_of(d, theorem), i, o)
		if (rate_field_is(o, "role", "instance") && rate_extent_of(d, o, &x) &&
		    (!best || rate_field_real(o, "max_ratio") > rate_field_real(best, "max_ratio")))
			best = o;
	return best;
}

int rate_is_best(const rate_drawing *d, const json_t *o)
{
	return json_is_true(json_object_get(d->shown, rate_field(o, "check")));
}

int rate_is_shown(const rate_drawing *d, const json_t *o)
{
	return (d->o.all && !d->o.best) || json_object_get(d->shown, rate_field(o, "check"));
}

unsigned rate_kinds_of(const rate_drawing *d, int looked_at)
{
	int few = looked_at || d->o.all;

	return (d->o.svg ? RATE_SVG : 0) | (few && d->o.png ? RATE_PNG : 0) | (few && d->pdf ? RATE_PDF : 0) |
	       (few ? RATE_SCRIPT : 0);
}

unsigned rate_drawn_as(const rate_drawing *d, const char *name)
{
	/* What gnuplot turned out to be unable to draw is no longer among them. */
	return (unsigned)json_integer_value(json_object_get(d->kinds, name)) & rate_kinds_of(d, 1);
}
