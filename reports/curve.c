/* The numbers behind a figure, as CSV: t,mean,low,high,bound,exact. Empty cells: not known. */
#include "reports/report.h"

#include <inttypes.h>
#include <math.h>

typedef struct row {
	double mean, low, high, bound, exact;
} row;

static double mean_of(const double *x, size_t n)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += x[i];
	return sum / (double)n;
}

/* The normal band is for the eye alone; no verdict reads it. */
static void band(row *w, const double *q, size_t n)
{
	double squares = 0, half;
	size_t i;

	for (i = 0; i < n; i++)
		squares += (q[i] - w->mean) * (q[i] - w->mean);
	half = 1.959963984540054 * sqrt(squares / (double)(n - 1) / (double)n);
	w->low = w->mean - half;
	w->high = w->mean + half;
}

static row row_of(const rate_check *c, const rate_measured *m, size_t k)
{
	row w = { NAN, NAN, NAN, NAN, NAN };
	size_t R = m->replicates;

	w.mean = mean_of(m->q + k * R, R);
	if (m->statistic == RATE_SAMPLED && R > 1)
		band(&w, m->q + k * R, R);
	if (m->b)
		/* A bound that read the path is the theorem's own; a control claims a part of it. */
		w.bound = mean_of(m->b + k * R, R) * c->factor * (c->power != 0 ? pow((double)c->at[k], -c->power) : 1);
	else if (c->bound)
		w.bound = c->bound[k];
	if (m->exact)
		w.exact = m->exact[k];
	else if (m->statistic == RATE_EXACT_MEAN)
		w.exact = w.mean;
	return w;
}

static void cell(FILE *out, double x)
{
	if (isfinite(x))
		fprintf(out, ",%.17g", x);
	else
		putc(',', out);
}

static void print_row(FILE *out, uint64_t t, row w)
{
	fprintf(out, "%" PRIu64, t);
	cell(out, w.mean);
	cell(out, w.low);
	cell(out, w.high);
	cell(out, w.bound);
	cell(out, w.exact);
	putc('\n', out);
}

int rate_curve_csv(FILE *out, const rate_result *r)
{
	const rate_measured *m = r->measured;
	row least = { 0 };
	size_t k, n;
	int running;

	if (!m || !m->q || !m->replicates || m->statistic == RATE_POINTS)
		return RATE_FAIL;
	fprintf(out, "# %s\n# statistic %s, replicates %zu; low, high: 95 %% normal band of the mean\n", r->check->id,
	        rate_statistic_name(m->statistic), m->replicates);
	fputs("# t,mean,low,high,bound,exact\n", out);
	running = (r->check->theorem->flags & RATE_MIN_OF_MEANS) != 0;
	n = m->checkpoints < r->check->checkpoints ? m->checkpoints : r->check->checkpoints;
	for (k = 0; k < n; k++) {
		row w = row_of(r->check, m, k);
		/* What the claim is about is the least mean so far. */
		if (running && k && least.mean < w.mean) {
			least.bound = w.bound;
			w = least;
		}
		print_row(out, r->check->at[k], least = w);
	}
	return ferror(out) ? RATE_FAIL : RATE_OK;
}
