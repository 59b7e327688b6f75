/* The small curve in the row of a check: measured, solid, and bound, dashed, on the axes of its figure. It stands in
 * the page itself, some 200 bytes, so that a run of thousands of checks needs no file for each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>
#include <stdlib.h>

enum { WIDTH = 120, HEIGHT = 36, EDGE = 2 }; /* pixels */

typedef struct spark {
	rate_extent x;
	int geometric;
	rate_pixel line[2][WIDTH + 1]; /* measured, bound: the last point of each column of pixels */
	size_t count[2];
} spark;

static double across(const spark *s, double t)
{
	double part = s->geometric ? (t - s->x.first) / (s->x.last - s->x.first)
	                           : log(t / s->x.first) / log(s->x.last / s->x.first);

	return EDGE + part * (WIDTH - 2 * EDGE);
}

static double down(const spark *s, double y)
{
	double decades = log(s->x.high / s->x.low);

	return decades > 0 ? EDGE + (HEIGHT - 2 * EDGE) * log(s->x.high / y) / decades : HEIGHT / 2.0;
}

static void add(spark *s, int k, double t, double y)
{
	rate_pixel p = { .x = across(s, t) }, *last = s->count[k] ? &s->line[k][s->count[k] - 1] : NULL;

	/* The first point stays where it is. */
	if (!rate_can_be_drawn(y) || y < s->x.low || y > s->x.high || s->count[k] > WIDTH)
		return;
	p.y = down(s, y);
	if (last && s->count[k] > 1 && floor(last->x) == floor(p.x))
		*last = p;
	else
		s->line[k][s->count[k]++] = p;
}

/* Whole pixels, relative as SVG has them: shorter by half. A point alone is a dot, by its round ends. */
static void path(FILE *out, spark *s, int k, const char *attribute)
{
	long x = 0, y = 0, x1, y1;
	size_t n = s->count[k];

	if (!n)
		return;
	rate_simplify(s->line[k], n, 0.5);
	fprintf(out, "<path%s d=\"", attribute);
	for (size_t i = 0; i < n; i++) {
		if (i && i + 1 < n && !s->line[k][i].keep)
			continue;
		x1 = lround(s->line[k][i].x);
		y1 = lround(s->line[k][i].y);
		fprintf(out, y1 < y ? "%s%ld%ld" : "%s%ld,%ld", !i ? "M" : "l", x1 - x, y1 - y);
		x = x1;
		y = y1;
	}
	fputs(n == 1 ? "h0\"/>" : "\"/>", out);
}

void rate_html_sparkline(const rate_drawing *d, FILE *out, const json_t *o)
{
	spark s = { .geometric = rate_field_is(o, "order", "geometric") };
	double v[RATE_COLUMNS];
	char *row = NULL;
	size_t capacity = 0;
	FILE *in;

	if (!rate_extent_of(d, o, &s.x) || !(s.x.last > s.x.first) || !(in = rate_curve_open(d, o)))
		return;
	while (getline(&row, &capacity, in) > 0)
		if (rate_curve_row(row, v)) {
			add(&s, 0, v[0], v[RATE_COL_MEAN]);
			add(&s, 1, v[0], v[RATE_COL_BOUND]);
		}
	free(row);
	fclose(in);
	fprintf(out, "<svg class=s viewBox=\"0 0 %d %d\" aria-hidden=true>", WIDTH, HEIGHT);
	path(out, &s, 0, "");
	path(out, &s, 1, " class=b");
	fputs("</svg>", out);
}
