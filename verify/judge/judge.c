/* The judge: measurements in, verdict out. (manual, "How a check decides") */
#include "verify/judge/judge.h"
#include "verify/judge/evalue.h"

#include <float.h>
#include <gsl/gsl_fit.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EPS 0x1p-52
#define RELATIVE 1e-9
#define LARGEST 1e300

/* One measured number beside its bound. */
typedef struct cell {
	double q, floor, scale, B; /* floor = 64 eps s (and underflow), the rounding error that q may carry */
	int skip;                  /* not judged */
} cell;

__attribute__((format(printf, 3, 4)))
static void decide(rate_verdict *v, rate_verdict_code code, const char *format, ...)
{
	va_list ap;

	v->code = code;
	va_start(ap, format);
	vsnprintf(v->reason, sizeof v->reason, format, ap);
	va_end(ap);
}

/* Regrets and the sides of lemmas may be negative; everything else that is measured may not. */
static int may_be_negative(const rate_check *c, const rate_measured *m)
{
	return rate_kind_of(c->theorem->claim)->may_be_negative || m->statistic == RATE_POINTS;
}

/* The runner scales the right side of a point theorem itself; a bound that read the path comes as the theorem made
 * it. */
static double bound_of(const rate_check *c, const rate_measured *m, size_t k, size_t r)
{
	if (!m->b)
		return c->bound[k];
	if (m->statistic == RATE_POINTS)
		return m->b[k * m->replicates + r];
	return m->b[k * m->replicates + r] * c->factor * (c->power != 0 ? pow((double)c->at[k], -c->power) : 1);
}

/* A path is stopped where it leaves 1e100: it has broken no bound that allows for more. */
static int lost_below(const rate_check *c, const rate_measured *m, const cell *x)
{
	return m->diverged_at && x->q == HUGE_VAL && x->B > 1e100 &&
	    rate_kind_of(c->theorem->claim)->side == RATE_AT_MOST;
}

/* Where the rounding error is a part of both numbers nothing is judged, nor where both are beyond the numbers; a q
 * far beyond its bound is known well. */
static void classify(const rate_check *c, const rate_measured *m, size_t k, cell *x)
{
	int refuted_by_sign = x->B < 0 && !may_be_negative(c, m);

	x->skip = m->statistic == RATE_POINTS ? x->B == HUGE_VAL && x->q == HUGE_VAL :
	          (c->at[k] == 0 || x->B == HUGE_VAL || lost_below(c, m, x) ||
	           (x->q != HUGE_VAL && x->B != 0 && !refuted_by_sign &&
	            x->floor > 1e-4 * fmax(fabs(x->B), fabs(x->q))));
}

/* The first quantity, or 1: the larger. */
static double start_of(const rate_measured *m, size_t r)
{
	return isfinite(m->q[r]) ? fmax(m->q[r], 1) : 1;
}

static cell cell_of(const rate_check *c, const rate_measured *m, size_t k, size_t r)
{
	size_t i = k * m->replicates + r;
	cell x = { .q = m->q[i], .scale = m->s ? m->s[i] : 0, .B = bound_of(c, m, k, r) };

	if (m->diverged_at && !isfinite(x.q)) {
		x.q = HUGE_VAL;
		if (!isfinite(x.scale))
			x.scale = 0;
	}
	/* What is smaller than the smallest normal number has lost digits, whatever its scale, and so has the length
	 * of a vector whose square is; point theorems measure lengths. So has a factor that is as small beside the
	 * start. */
	x.floor = 64 * EPS * x.scale + (m->statistic == RATE_POINTS ? sqrt(DBL_MIN) : DBL_MIN * start_of(m, r));
	classify(c, m, k, &x);
	return x;
}

/* Numbers that no claim can be judged on. */
static int insane(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	for (size_t k = 0; k < m->checkpoints; k++)
		for (size_t r = 0; r < m->replicates; r++) {
			cell x = cell_of(c, m, k, r);
			unsigned long long t = c->at[k];
			if (isnan(x.q))
				decide(v, RATE_BROKEN, "at step %llu: the measured quantity is not a number", t);
			else if (isnan(x.B) && t)
				decide(v, RATE_BROKEN, "at step %llu: the bound is not a number", t);
			else if (!(x.scale >= 0))
				decide(v, RATE_BROKEN, "at step %llu: the scale of the rounding error is %g", t,
				       x.scale);
			else if (x.q < -x.floor && !may_be_negative(c, m))
				decide(v, RATE_HYPOTHESIS_FALSE,
				       "f_star is wrong: at step %llu the measured quantity is %.17g, "
				       "below its rounding error %.3g", t,
				       x.q, -x.floor);
			else
				continue;
			v->at_step = t;
			return 1;
		}
	return 0;
}

static int is_deep(const rate_check *c, size_t k)
{
	return c->transient && c->transient[k] <= 0.1;
}

static void note_ratio(const rate_check *c, rate_verdict *v, size_t k, double ratio)
{
	if (!(ratio <= v->max_ratio)) {
		v->max_ratio = ratio;
		v->at_step = c->at[k];
		/* Trivial: a ratio reached only before the transient is over, where any bound that starts tight is
		 * tight. */
		v->trivial = c->transient && !is_deep(c, k);
	}
	if (is_deep(c, k) && !(ratio <= v->deep_ratio))
		v->deep_ratio = ratio;
}

static void note_sharpness(rate_verdict *v, double sharpness)
{
	if (!(sharpness <= v->sharpness))
		v->sharpness = fmax(sharpness, 0);
}

static void count_step(rate_verdict *v, uint64_t t, int judged)
{
	if (judged)
		v->judged_steps++;
	else if (t)
		v->unjudged_steps++;
}

/* Above 1, and yet no more than rounding. */
static void excuse(const rate_check *c, rate_verdict *v, size_t k, const cell *x, double ratio, double slack)
{
	if (ratio > 1 + RELATIVE && ratio >= v->max_ratio && v->code == RATE_HOLDS)
		snprintf(v->reason, sizeof v->reason,
		         "the ratio is above 1 by rounding: at step %llu the two differ by %.3g, "
		         "within the tolerance %.3g",
		         (unsigned long long)c->at[k], fabs(x->q - x->B), slack);
}

static void refute(rate_verdict *v, uint64_t t, const cell *x, const char *sign, double ratio)
{
	if (v->code != RATE_REFUTED)
		decide(v, RATE_REFUTED, "at step %llu: measured %.9g %s bound %.9g (ratio %.6g)",
		       (unsigned long long)t, x->q, sign, x->B, ratio);
}

/* ---- q <= B ---- */

static void upper_cell(const rate_check *c, const rate_measured *m, rate_verdict *v, size_t k, const cell *x)
{
	double slack = RELATIVE * fabs(x->B) + x->floor;
	int over = x->q > x->B + slack || (x->B < 0 && !may_be_negative(c, m));
	/* Two sides of a lemma that both vanish say nothing about how tight it is. */
	int comparable = x->B > (m->statistic == RATE_POINTS ? x->floor : 0);
	double ratio = comparable ? x->q / x->B : over ? HUGE_VAL : 0;

	note_ratio(c, v, k, ratio);
	note_sharpness(v, comparable ? (x->q - slack) / x->B : ratio);
	excuse(c, v, k, x, ratio, slack);
	if (over)
		refute(v, c->at[k], x, ">", ratio);
}

static void judge_upper(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	for (size_t k = 0; k < m->checkpoints; k++) {
		int judged = 0;
		for (size_t r = 0; r < m->replicates; r++) {
			cell x = cell_of(c, m, k, r);
			if (x.skip)
				continue;
			upper_cell(c, m, v, k, &x);
			judged++;
		}
		count_step(v, c->at[k], judged);
	}
}

/* Is the claim at t on the min over t' < t, with t' = 0 among the measurements? */
static int before_only(const rate_check *c, const rate_measured *m)
{
	return (c->theorem->flags & RATE_MEASURE_FROM_ZERO) && m->checkpoints > 1 && c->at[0] == 0;
}

/* min over t' of E q_t' <= B_t, on exact means. A mean of which only the rounding error is left settles the claim, so
 * the least q - 64 eps s is what counts. */
static void judge_running_min(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	cell least = { .q = HUGE_VAL };
	int before = before_only(c, m);

	for (size_t k = 0; k < m->checkpoints; k++) {
		cell x = cell_of(c, m, k, 0), now = least;
		if (x.q - x.floor < least.q - least.floor)
			least = x;
		if (!before)
			now = least;
		now.B = x.B;
		classify(c, m, k, &now);
		if (!now.skip)
			upper_cell(c, m, v, k, &now);
		count_step(v, c->at[k], !now.skip);
	}
}

/* ---- q >= B ---- */

static void judge_lower(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	for (size_t k = 0; k < m->checkpoints; k++) {
		int judged = 0;
		for (size_t r = 0; r < m->replicates; r++) {
			cell x = cell_of(c, m, k, r);
			double slack = RELATIVE * fabs(x.B) + x.floor;
			int under = x.q < x.B - slack;
			double ratio = x.q > 0 && x.B > 0 ? x.B / x.q : under ? HUGE_VAL : 0;
			if (x.skip)
				continue;
			judged++;
			note_ratio(c, v, k, ratio);
			excuse(c, v, k, &x, ratio, slack);
			if (under)
				refute(v, c->at[k], &x, "<", ratio);
		}
		count_step(v, c->at[k], judged);
	}
	v->sharpness = v->max_ratio;
	/* The bound is on methods of a class: one that beats it and does not belong to the class is no
	 * counterexample. */
	if (v->code == RATE_REFUTED && m->span.found)
		decide(v, RATE_HYPOTHESIS_FALSE, "the bound is beaten, but %s", m->span.detail);
}

/* ---- q > B somewhere ---- */

static void judge_divergence(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	int exceeded = 0;

	for (size_t k = 0; k < m->checkpoints; k++) {
		int judged = 0;
		for (size_t r = 0; r < m->replicates; r++) {
			cell x = cell_of(c, m, k, r);
			int over = x.q > x.B + RELATIVE * fabs(x.B) + x.floor;
			if (x.skip)
				continue;
			judged++;
			exceeded |= over;
			note_ratio(c, v, k, x.B > 0 ? x.q / x.B : over ? HUGE_VAL : 0);
		}
		count_step(v, c->at[k], judged);
	}
	if (!exceeded && v->judged_steps)
		decide(v, RATE_REFUTED, "no step exceeds the bound (largest ratio %.6g, at step %llu)", v->max_ratio,
		       (unsigned long long)v->at_step);
}

/* ---- left = right ---- */

static void judge_identity(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	for (size_t k = 0; k < m->checkpoints; k++) {
		int judged = 0;
		for (size_t r = 0; r < m->replicates; r++) {
			cell x = cell_of(c, m, k, r);
			double apart = fabs(x.q - x.B);
			double error = apart / (1e-300 + fmax(fmax(fabs(x.q), fabs(x.B)), x.scale));
			/* Nothing is measured where the path has left the numbers. */
			if (x.skip || (m->diverged_at && c->at[k] >= m->diverged_at))
				continue;
			judged++;
			/* Infinite on either side is not equal to anything that was meant. */
			if (isnan(error) || isinf(apart))
				error = HUGE_VAL;
			if (!(error <= v->max_error)) {
				v->max_error = error;
				v->at_step = c->at[k];
			}
			if (!(apart <= RELATIVE * fabs(x.B) + x.floor))
				refute(v, c->at[k], &x, "differs from", x.q / x.B);
		}
		count_step(v, c->at[k], judged);
	}
	if (v->judged_steps)
		v->sharpness = v->code == RATE_REFUTED ? 0 : 1;
}

/* ---- samples ---- */

/* The samples over their widened bounds, and the checkpoints that are judged. */
typedef struct sample {
	double *y, *mean, *work; /* [checkpoint][replicate]; [checkpoint]: sample mean / B; one row */
	size_t *row, rows;
	size_t planned;          /* checkpoints with a finite bound: |S|, known before the data */
	size_t R;
	double delta;
	uint64_t zero_at;        /* a step where a bound of 0 is exceeded */
	int zero;
} sample;

static void free_sample(sample *a)
{
	free(a->y);
	free(a->mean);
	free(a->work);
	free(a->row);
}

static int new_sample(sample *a, const rate_measured *m, double delta)
{
	size_t n = m->checkpoints, R = m->replicates;

	memset(a, 0, sizeof *a);
	a->R = R;
	a->delta = delta;
	a->y = n <= SIZE_MAX / sizeof(double) / (R + 1) ? malloc((n * R + 1) * sizeof *a->y) : NULL;
	a->mean = malloc((n + 1) * sizeof *a->mean);
	a->work = malloc((R + 1) * sizeof *a->work);
	a->row = malloc((n + 1) * sizeof *a->row);
	return a->y && a->mean && a->work && a->row ? RATE_OK : RATE_FAIL;
}

/* Row k against the bounds in x->B; `all`: rounding floors do not drop it (a min needs every term). */
static int fill_row(sample *a, const rate_check *c, const rate_measured *m, size_t k, double B, int all)
{
	double *y = a->y + k * a->R, sum = 0;
	int keep = 1;

	for (size_t r = 0; r < a->R; r++) {
		cell x = cell_of(c, m, k, r);
		double q = fmax(x.q, 0);
		x.B = B;
		if (c->at[k])
			classify(c, m, k, &x);
		keep &= all || !x.skip;
		if (B <= 0 && (B < 0 || x.q > x.floor)) {
			a->zero = 1;
			a->zero_at = c->at[k];
		}
		y[r] = B > 0 ? fmin(q / (B * (1 + RELATIVE) + x.floor), LARGEST) : 0;
		sum += B > 0 ? fmin(q / B, LARGEST) : 0;
	}
	a->mean[k] = sum / (double)a->R;
	return keep;
}

/* `planned` counts what has a finite bound, so dropping a row at the rounding floor leaves its term out and keeps its
 * share of the weight: e gets smaller, never larger, whatever the data had to do with the choice. */
static void fill_sample(sample *a, const rate_check *c, const rate_measured *m, const double *bound, rate_verdict *v)
{
	for (size_t k = 0; k < m->checkpoints; k++) {
		double B = bound[k];
		int keep = 0;
		if (c->at[k] && B < HUGE_VAL) {
			a->planned++;
			keep = fill_row(a, c, m, k, B, 0);
		}
		if (keep)
			a->row[a->rows++] = k;
		if (v) {
			count_step(v, c->at[k], keep);
			if (keep)
				note_ratio(c, v, k, B > 0 ? a->mean[k] : a->zero ? HUGE_VAL : 0);
		}
	}
}

/* Moves the (at most) eight rows with the largest sample ratio to the front: leaving the others out of the search for
 * c is conservative. */
static size_t lead(sample *a)
{
	size_t n = a->rows < 8 ? a->rows : 8;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < a->rows; j++)
			if (a->mean[a->row[j]] > a->mean[a->row[i]]) {
				size_t k = a->row[i];
				a->row[i] = a->row[j];
				a->row[j] = k;
			}
	return n;
}

/* What all sampled claims share once log e and this look's c are known. */
static void settle(const rate_check *c, const rate_measured *m, const rate_verdict *previous, rate_verdict *v,
                   double now)
{
	double before = previous && previous->sharpness > 0 ? previous->sharpness : 0, need = -log(c->alpha);

	/* c is found to 1e-3, rounded down, on eight rows; the e-value itself decides at c = 1. */
	if (v->log_e_value >= need)
		now = fmax(now, 1);
	v->sharpness = fmax(now, before);
	if (v->sharpness >= 1)
		decide(v, RATE_REFUTED,
		       "by step %llu: the sample ratio is %.6g, log e-value %.4g >= %.4g after %zu replicates",
		       (unsigned long long)v->at_step, v->max_ratio, v->log_e_value, need, m->replicates);
	/* A sample that lies above the bound is not left at that while the budget lasts. */
	v->settled = v->code == RATE_REFUTED || c->exact_replicates || m->replicates >= c->budget ||
	             (previous && v->sharpness <= 1.05 * before && !(v->max_ratio > 1));
	v->undetectable = v->sharpness < 0.1 && (c->exact_replicates || m->replicates >= c->budget);
}

static void refute_zero(const sample *a, rate_verdict *v)
{
	v->sharpness = v->log_e_value = v->max_ratio = HUGE_VAL;
	v->at_step = a->zero_at;
	decide(v, RATE_REFUTED, "at step %llu: a measured quantity is positive, the bound is not",
	       (unsigned long long)a->zero_at);
}

/* One-sided: the runner may not exceed the exact expectation. */
static void compare_exact(sample *a, const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	rate_rows_e d = { .x = a->y, .row = a->row, .replicates = m->replicates };
	double log_e;

	a->rows = a->planned = 0;
	a->zero = 0;
	for (size_t k = 0; k < m->checkpoints; k++)
		if (c->at[k] && isfinite(m->exact[k])) {
			fill_row(a, c, m, k, fmax(m->exact[k], 0), 1);
			a->row[a->rows++] = k;
		}
	d.rows = a->rows;
	d.log_s = log((double)a->rows);
	log_e = a->zero ? HUGE_VAL : a->rows ? rate_log_e_average(&d, 1) : -HUGE_VAL;
	if (log_e >= -log(c->alpha))
		decide(v, RATE_BROKEN,
		       "the runner exceeds the exact expectation (log e-value %.4g >= %.4g, %zu replicates)",
		       log_e, -log(c->alpha), m->replicates);
}

static void judge_means(sample *a, const rate_check *c, const rate_measured *m, const rate_verdict *p, rate_verdict *v)
{
	rate_rows_e d = { .x = a->y, .row = a->row, .replicates = m->replicates };

	fill_sample(a, c, m, c->bound, v);
	if (a->zero)
		refute_zero(a, v);
	if (a->zero || !a->rows)
		return;
	d.rows = a->rows;
	d.log_s = log((double)a->planned);
	v->log_e_value = rate_log_e_average(&d, 1);
	d.rows = lead(a);
	settle(c, m, p, v, rate_largest_refuted(rate_log_e_average, &d, a->mean[a->row[0]], -log(c->alpha)));
}

/* min over t of E X_t <= B_T: refuted only if every single t refutes it, so no weight is paid for looking at many, and
 * no t may be left out. */
static void judge_sampled_min(sample *a, const rate_check *c, const rate_measured *m, const rate_verdict *p,
                              rate_verdict *v)
{
	rate_rows_e d = { .x = a->y, .row = a->row, .replicates = m->replicates };
	size_t last = m->checkpoints - 1, n = before_only(c, m) ? last : last + 1, weakest = 0;
	double B = c->bound[last], least = HUGE_VAL;
	int zero = 1;

	if (!(B < HUGE_VAL)) {
		count_step(v, c->at[last], 0);
		return;
	}
	for (size_t k = 0; k < n; k++) {
		a->zero = 0;
		fill_row(a, c, m, k, B, 1);
		zero &= a->zero;
		a->row[a->rows++] = k;
		least = fmin(least, a->mean[k]);
	}
	count_step(v, c->at[last], 1);
	if (B <= 0) {
		note_ratio(c, v, last, 0);
		v->sharpness = 0;
		v->settled = !zero && (c->exact_replicates || m->replicates >= c->budget);
		a->zero_at = c->at[last];
		if (zero)
			refute_zero(a, v);
		return;
	}
	note_ratio(c, v, last, least);
	d.rows = n;
	v->log_e_value = rate_log_e_least(&d, 1);
	d.need = -log(c->alpha);
	d.weakest = &weakest;
	settle(c, m, p, v, rate_largest_refuted(rate_log_e_least, &d, least, -log(c->alpha)));
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* log e of "the share of judged steps with X > c B is at most delta in the mean". */
static double log_e_of_failures(const void *data, double c)
{
	const sample *a = data;
	rate_rows_e d = { .x = a->work, .bound = &a->delta, .rows = 1, .replicates = a->R };

	memset(a->work, 0, a->R * sizeof *a->work);
	for (size_t i = 0; i < a->rows; i++)
		for (size_t r = 0; r < a->R; r++)
			a->work[r] += a->y[a->row[i] * a->R + r] > c;
	/* Rows that the rounding floor took count as no failure. */
	for (size_t r = 0; r < a->R; r++)
		a->work[r] /= (double)a->planned;
	return rate_log_e_average(&d, 1);
}

static void judge_quantile(sample *a, const rate_check *c, const rate_measured *m, const rate_verdict *p,
                           rate_verdict *v)
{
	double top = 0, now;

	fill_sample(a, c, m, c->bound, NULL);
	for (size_t k = 0; k < m->checkpoints; k++)
		if (c->at[k] && c->bound[k] <= 0)
			for (size_t r = 0; r < a->R; r++) {
				cell x = cell_of(c, m, k, r);
				a->y[k * a->R + r] = x.q > x.floor || x.B < 0 ? LARGEST : 0;
			}
	for (size_t i = 0, k = 0; k < m->checkpoints; k++) {
		int judged = i < a->rows && a->row[i] == k;
		size_t place = (size_t)fmax(ceil((1 - c->delta) * (double)a->R - 1e-9), 1) - 1;
		count_step(v, c->at[k], judged);
		if (!judged)
			continue;
		i++;
		memcpy(a->work, a->y + k * a->R, a->R * sizeof *a->work);
		qsort(a->work, a->R, sizeof *a->work, ascending);
		note_ratio(c, v, k, a->work[place]);
		top = fmax(top, a->work[a->R - 1]);
	}
	if (!a->rows)
		return;
	v->log_e_value = log_e_of_failures(a, 1);
	now = rate_largest_refuted(log_e_of_failures, a, top, -log(c->alpha));
	settle(c, m, p, v, now);
}

static void judge_sampled(const rate_check *c, const rate_measured *m, const rate_verdict *p, rate_verdict *v)
{
	sample a;

	v->settled = 0;
	if (new_sample(&a, m, c->delta))
		decide(v, RATE_BROKEN, "out of memory");
	else if (rate_kind_of(c->theorem->claim)->about == RATE_ABOUT_TAIL)
		judge_quantile(&a, c, m, p, v);
	else if (c->theorem->flags & RATE_MIN_OF_MEANS)
		judge_sampled_min(&a, c, m, p, v);
	else
		judge_means(&a, c, m, p, v);
	if (v->code != RATE_BROKEN && m->exact)
		compare_exact(&a, c, m, v);
	if (v->code != RATE_HOLDS)
		v->settled = 1;
	free_sample(&a);
}

/* ---- the whole ---- */

/* Least squares over the last half of the checkpoints, for the eyes only. */
static void fit_order(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	size_t from = m->checkpoints / 2, n = 0;
	double *x = malloc((2 * m->checkpoints + 2) * sizeof *x), *y = x + m->checkpoints + 1;
	double c0, slope, cov00, cov01, cov11, sumsq;

	for (size_t k = from; x && k < m->checkpoints; k++) {
		double q = 0, floor = 0;
		for (size_t r = 0; r < m->replicates; r++) {
			cell z = cell_of(c, m, k, r);
			q += z.q / (double)m->replicates;
			floor = fmax(floor, z.floor);
		}
		/* Where only the rounding error is left there is no order to see. */
		if (!c->at[k] || !(q > floor) || !isfinite(q))
			continue;
		x[n] = v->order_geometric ? (double)c->at[k] : log((double)c->at[k]);
		y[n++] = log(q);
	}
	if (n >= 3 && !gsl_fit_linear(x, 1, y, 1, n, &c0, &slope, &cov00, &cov01, &cov11, &sumsq))
		v->empirical_order = v->order_geometric ? exp(slope) : -slope;
	free(x);
}

static void order(const rate_check *c, const rate_measured *m, rate_verdict *v)
{
	if (isfinite(c->proven_power) && c->proven_power > 0)
		v->proven_order = c->proven_power;
	else if (isfinite(c->proven_factor)) {
		v->proven_order = c->proven_factor;
		v->order_geometric = 1;
	}
	if (isfinite(v->proven_order) && m->q && m->replicates && m->statistic != RATE_POINTS)
		fit_order(c, m, v);
}

static void judge_claim(const rate_check *c, const rate_measured *m, const rate_verdict *previous, rate_verdict *v)
{
	const rate_kind_row *kind = rate_kind_of(c->theorem->claim);
	int sampled = m->statistic == RATE_SAMPLED && kind->about != RATE_ABOUT_PATHS;

	if (sampled && kind->about == RATE_ABOUT_EXACT)
		decide(v, RATE_BROKEN, "a claim of kind %s is not judged on samples", kind->name);
	else if (sampled && m->b)
		decide(v, RATE_BROKEN, "a bound that reads the path is not judged on samples");
	else if (sampled)
		judge_sampled(c, m, previous, v);
	else if (kind->side == RATE_AT_LEAST)
		judge_lower(c, m, v);
	else if (kind->side == RATE_EXCEEDED)
		judge_divergence(c, m, v);
	else if (kind->side == RATE_EQUAL)
		judge_identity(c, m, v);
	else if (kind->about == RATE_ABOUT_MEANS && (c->theorem->flags & RATE_MIN_OF_MEANS) && m->replicates == 1)
		judge_running_min(c, m, v);
	else
		judge_upper(c, m, v);
	if (v->code == RATE_HOLDS && !v->judged_steps) {
		v->settled = 1;
		if (m->b && m->diverged_at)
			decide(v, RATE_NOT_APPLICABLE,
			       "no step can be judged: the bound is read from the path, "
			       "which leaves 1e100 at step %llu",
			       (unsigned long long)m->diverged_at);
		else
			decide(v, RATE_NOT_APPLICABLE,
			       "no step can be judged: the bound is infinite or below the rounding error");
	}
}

static void clear(const rate_measured *m, rate_verdict *v)
{
	memset(v, 0, sizeof *v);
	v->settled = 1;
	v->statistic = m->statistic;
	v->replicates = m->replicates;
	v->sharpness = v->max_ratio = v->deep_ratio = v->max_error = v->log_e_value = NAN;
	v->empirical_order = v->proven_order = NAN;
}

/* The parameters were run although the theorem does not claim anything of them: what fails there is not its. Controls
 * are made of that. */
static int is_unclaimed(const rate_check *c)
{
	return *c->range && c->role != RATE_ROLE_CONTROL;
}

static void take_back(const rate_check *c, rate_verdict *v)
{
	char found[sizeof v->reason];

	snprintf(found, sizeof found, "%s", v->reason);
	decide(v, RATE_HYPOTHESIS_FALSE, "outside the theorem's range: %s; there the bound fails: %.280s", c->range,
	       found);
}

/* Whose fault it is as far as one run can tell: where a user's method stood in for the theorem's own, the engine asks
 * that one too. */
static rate_culprit culprit(const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	if (v->code == RATE_HYPOTHESIS_FALSE && !m->witness.found && is_unclaimed(c))
		return RATE_NOBODY;
	if (v->code == RATE_HYPOTHESIS_FALSE)
		return m->span.found && !m->witness.found ? RATE_THE_METHOD : RATE_THE_OBJECTIVE;
	return v->code == RATE_REFUTED && c->role != RATE_ROLE_CONTROL && !c->reference
	    ? RATE_THE_THEOREM : RATE_NOBODY;
}

/* "L is", "term gradients are". */
static const char *is_or_are(const char *property)
{
	const char *last = strrchr(property, ' ');

	return last && property[strlen(property) - 1] == 's' && !strstr(property, " of ") ? "are" : "is";
}

void rate_judge(const rate_check *c, const rate_measured *m, const rate_verdict *previous, rate_verdict *v)
{
	clear(m, v);
	if (*m->broken)
		decide(v, RATE_BROKEN, "%s", m->broken);
	else if (!c->applicable)
		decide(v, RATE_NOT_APPLICABLE, "%s", c->reason);
	else if (m->witness.found)
		decide(v, RATE_HYPOTHESIS_FALSE, "%s %s false: %s", m->witness.property, is_or_are(m->witness.property),
		       m->witness.detail);
	else if (!m->q || !m->checkpoints || !m->replicates)
		decide(v, RATE_BROKEN, "nothing was measured");
	else if (!insane(c, m, v)) {
		judge_claim(c, m, previous, v);
		v->trivial = v->trivial && v->max_ratio >= 0.5 && !(v->deep_ratio >= 0.5 * v->max_ratio);
		order(c, m, v);
		if (is_unclaimed(c) && v->code == RATE_REFUTED)
			take_back(c, v);
		else if (is_unclaimed(c) && v->code == RATE_HOLDS)
			decide(v, RATE_HOLDS, "outside the theorem's range: %s", c->range);
	}
	v->blame = culprit(c, m, v);
	v->ok = c->role == RATE_ROLE_CONTROL ? v->code == RATE_REFUTED
	                                     : v->code == RATE_HOLDS || v->code == RATE_NOT_APPLICABLE;
	if (c->role == RATE_ROLE_CONTROL && v->code == RATE_HOLDS)
		snprintf(v->reason, sizeof v->reason, "the control was not refuted");
}

void rate_conclude(const char *reference, const char *found, const rate_verdict *own, rate_verdict *v)
{
	const char *and = *found ? "; " : "";

	if (!own) {
		snprintf(v->conduct, sizeof v->conduct, "%s", found);
		return;
	}
	v->blame = own->code == RATE_HOLDS ? RATE_THE_METHOD : own->code == RATE_REFUTED
	    ? RATE_THE_THEOREM : RATE_NOBODY;
	if (v->blame == RATE_THE_METHOD)
		snprintf(v->conduct, sizeof v->conduct,
		         "the method left its contract: %s%s%s obeys the bound here (ratio %.6g)", found, and,
		         reference, own->max_ratio);
	else if (v->blame == RATE_THE_THEOREM)
		snprintf(v->conduct, sizeof v->conduct, "%s breaks the bound too (ratio %.6g)%s%s", reference,
		         own->max_ratio, and, found);
	else
		snprintf(v->conduct, sizeof v->conduct, "%s is %s here%s%s", reference,
		         rate_verdict_name(own->code), and, found);
}
