/* The panel under a curve: measured/bound on a linear axis. On a logarithmic axis a control that is a tenth too small
 * looks like the theorem; here it crosses the line at 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"

#include <math.h>

#define FORBIDDEN "#f7dccd"
static const double CEILING = 3; /* where larger ratios would press all others on the axis */

/* The side of 1 where the claim is false. */
static void shade(FILE *out, rate_side side, double top)
{
	static const char band[] =
	    "set object rectangle from graph 0, first %.4g to graph 1, first %.4g behind fillcolor rgb '" FORBIDDEN
	                           "' fillstyle solid noborder\n";

	if (side == RATE_AT_MOST)
		fprintf(out, band, 1.0, top);
	if (side == RATE_AT_LEAST)
		fprintf(out, band, 0.0, 1.0);
	fputs("set arrow from graph 0, first 1 to graph 1, first 1 nohead dt 2 lw 1.5 lc rgb '" VERMILION "'\n", out);
}

/* What is drawn of the claim's own ratio, which for lower bounds is bound/measured. */
static double largest(const json_t *o, rate_side side)
{
	double r = rate_field_real(o, "max_ratio");

	return side == RATE_AT_LEAST ? 1 / r : r;
}

static void words(FILE *out, const json_t *o, const rate_extent *x, rate_side side)
{
	const char *extreme = side == RATE_AT_LEAST ? "least" : "largest";
	double r = largest(o, side), t = rate_field_real(o, "at_step");

	fputs("set label \"", out);
	if (side == RATE_EQUAL) {
		if (x->over > 0)
			fprintf(out, "first apart at t = %.0f", x->over);
		else
			fputs("equal at every step", out);
	} else {
		if (x->over > 0)
			fprintf(out, side == RATE_AT_LEAST ? "first below the bound at t = %.0f; "
			        : "first exceeded at t = %.0f; ", x->over);
		if (isfinite(r) && t > 0)
			/* Of a curve that leaves the panel it is seen; both would not fit. */
			fprintf(out, "%s %.4g at t = %.0f%s", extreme, r, t,
			        r > CEILING && !(x->over > 0) ? ", above the panel" : "");
		else
			fprintf(out, isfinite(r) ? "%s %.4g" : "%s: beyond all numbers", extreme, r);
	}
	fputs("\" at graph 1, graph 1 right offset 0, 0.6 noenhanced tc rgb '#333333'\n", out);
}

void rate_ratio_panel(FILE *out, const json_t *o, const rate_extent *x)
{
	rate_side side = rate_side_of(o);
	double worst = largest(o, side), at = rate_field_real(o, "at_step"), top, keep;

	/* A lower bound's own curve may be anywhere above 1; what matters is next to it. */
	top = side == RATE_AT_LEAST ? CEILING : fmin(CEILING, fmax(1.25, 1.15 * worst));
	if (isnan(top) || side == RATE_EQUAL)
		top = 2;
	/* A step that is not judged is no part of the worst one: there rounding may be above the bound. */
	keep = side == RATE_AT_MOST && isfinite(worst) ? worst * (1 + 1e-6) : 1e300;
	shade(out, side, top);
	words(out, o, x, side);
	if (at >= x->first && at <= x->last && worst > 0 && worst <= top)
		fprintf(out, "set label '' at %.0f, %.6g point pt 6 ps 1.4 lw 2 lc rgb 'black' front\n", at, worst);
	fprintf(out, "unset logscale y\nset yrange [0:%.4g]\nset ytics %s\nset format y '%%g'\n"
	             "set ylabel 'measured/bound'\n", top,
	        top > 1.6 ? "1" : "0.5");
	fprintf(out, "ratio(q, b) = b > 0 && q / b <= %.17g ? q / b : NaN\n", keep);
	/* Of a claim on a few steps no point is left out. */
	fprintf(out, "plot data using 1:(%s) with %s notitle\n",
	        x->bounds > RATE_DRAWN ? "seen($1, ratio($2, $5))" : "ratio($2, $5)",
	        x->bounds > RATE_DOTS ? "lines lw 2.5 lc rgb '" BLUE "'"
	        : x->bounds > 1       ? "linespoints lw 2 pt 7 ps 0.3 lc rgb '" BLUE "'"
	                              : "points pt 7 ps 0.8 lc rgb '" BLUE "'");
}
