/* The rows of a curve, and what a figure must know of them before it is drawn: its frame, its bound, what leaves it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/folder.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* t,mean,low,high,bound,exact with empty cells, which become NaN. */
int rate_curve_row(char *line, double v[RATE_COLUMNS])
{
	char *end;
	int k;

	for (k = 0; k < RATE_COLUMNS; k++)
		v[k] = NAN;
	if (*line == '#')
		return 0;
	for (k = 0; k < RATE_COLUMNS && line; k++) {
		char *cell = strsep(&line, ",");

		v[k] = strtod(cell, &end);
		if (end == cell)
			v[k] = NAN;
	}
	return v[0] > 0 && isfinite(v[0]);
}

typedef struct span {
	double low, high;
} span;

int rate_can_be_drawn(double y)
{
	return y >= 1e-300 && y <= 1e290;
}

static void stretch(span *x, double y)
{
	if (!rate_can_be_drawn(y))
		return;
	x->low = fmin(x->low, y);
	x->high = fmax(x->high, y);
}

static int on_the_wrong_side(rate_side side, double q, double b)
{
	static const double rounding = 1e-9;

	return side == RATE_AT_LEAST ? q < b * (1 - rounding)
	    : side == RATE_EQUAL ? fabs(q - b) > 1e-6 * fabs(b) : q > b * (1 + rounding);
}

static void add_row(rate_extent *x, span *data, span *bound, rate_side side, const double v[RATE_COLUMNS])
{
	if (rate_can_be_drawn(v[RATE_COL_MEAN])) {
		x->points++;
		x->first = fmin(x->first, v[0]);
		x->last = fmax(x->last, v[0]);
	}
	if (v[RATE_COL_MEAN] > x->most) {
		x->most = v[RATE_COL_MEAN];
		x->most_at = v[0];
	}
	x->band |= v[RATE_COL_LOW] < v[RATE_COL_HIGH];
	x->exact |= v[RATE_COL_EXACT] > 0;
	stretch(data, v[RATE_COL_MEAN]);
	stretch(data, v[RATE_COL_HIGH]);
	stretch(bound, v[RATE_COL_BOUND]);
	if (rate_can_be_drawn(v[RATE_COL_BOUND]))
		x->bounds++;
	if (!(x->over > 0) && on_the_wrong_side(side, v[RATE_COL_MEAN], v[RATE_COL_BOUND]))
		x->over = v[0];
}

/* The bound is what a figure is about: a curve that diverges leaves the frame, a bound does not. A geometric curve
 * goes on far below all rounding. */
static void frame(rate_extent *x, const span *data, const span *bound)
{
	x->low = fmin(data->low, bound->low);
	x->high = fmax(data->high, bound->high);
	if (bound->high > 0)
		x->high = fmin(x->high, bound->high * 1e8);
	x->low = fmax(x->low, x->high * 1e-24);
}

/* The slope guide starts at the bound's point nearest to a third of the way, in log t. */
static void note_row(rate_extent *x, const double v[RATE_COLUMNS])
{
	double want = pow(x->first, 2.0 / 3) * pow(x->last, 1.0 / 3);

	if (!(x->leaves > 0) && v[RATE_COL_MEAN] > x->high)
		x->leaves = v[0];
	if (rate_can_be_drawn(v[RATE_COL_BOUND]) &&
	    (!(x->bound > 0) || fabs(log(v[0] / want)) < fabs(log(x->bound_at / want)))) {
		x->bound_at = v[0];
		x->bound = v[RATE_COL_BOUND];
	}
}

FILE *rate_curve_open(const rate_drawing *d, const json_t *o)
{
	char name[160];
	int curves = openat(d->dir, "curves", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	FILE *in;

	snprintf(name, sizeof name, "%s.csv", rate_field(o, "check"));
	in = curves < 0 ? NULL : rate_folder_read(curves, name);
	if (curves >= 0)
		close(curves);
	return in;
}

int rate_curve_at(const rate_drawing *d, const json_t *o, double t, double v[RATE_COLUMNS])
{
	char *line = NULL;
	size_t capacity = 0;
	int rc = RATE_FAIL;
	FILE *in = rate_curve_open(d, o);

	while (in && rc && getline(&line, &capacity, in) > 0)
		rc = rate_curve_row(line, v) && v[RATE_COL_T] == t ? RATE_OK : RATE_FAIL;
	free(line);
	if (in)
		fclose(in);
	return rc;
}

static void read_extent(const rate_drawing *d, const json_t *o, rate_extent *x)
{
	char *line = NULL;
	double v[RATE_COLUMNS];
	span data = { INFINITY, 0 }, bound = data;
	size_t capacity = 0;
	FILE *in = rate_curve_open(d, o);

	*x = (rate_extent){ .first = INFINITY };
	if (!in)
		return;
	while (getline(&line, &capacity, in) > 0)
		if (rate_curve_row(line, v))
			add_row(x, &data, &bound, rate_side_of(o), v);
	frame(x, &data, &bound);
	/* What is above the bound within the tolerance of its check, or where nothing is judged, is on no wrong
	 * side. */
	if (rate_side_of(o) != RATE_EXCEEDED && !rate_field_is(o, "verdict", "refuted"))
		x->over = 0;
	rewind(in);
	while (x->points > 1 && getline(&line, &capacity, in) > 0)
		if (rate_curve_row(line, v))
			note_row(x, v);
	free(line);
	fclose(in);
}

int rate_extent_of(const rate_drawing *d, const json_t *o, rate_extent *x)
{
	struct rate_curve *c = &d->curve[json_integer_value(json_object_get(o, RATE_LINE))];

	if (!c->read)
		read_extent(d, o, &c->extent);
	c->read = 1;
	*x = c->extent;
	return x->points > 1;
}

