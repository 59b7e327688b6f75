/* E-values for nonnegative samples: a betting martingale over whole replicates, averaged over a fixed grid of stakes.
 * (manual, "Sampled claims in expectation") */
#include "verify/judge/evalue.h"
#include "verify/judge/judge.h"

#include <float.h>
#include <math.h>

enum { STAKES = 25, LANES = 8, FACTORS = 8 };

#define LARGEST 1e300

/* 2^-16, ..., 2^-1, then 1 - 2^-2, ..., 1 - 2^-10. All below 1: a replicate at 0 never ruins the product. */
static double stake(int k)
{
	return k < 16 ? ldexp(1, k - 16) : 1 - ldexp(1, 14 - k);
}

static double largest(const double *x, size_t n)
{
	double max = 0;

	for (size_t i = 0; i < n; i++)
		if (x[i] > max)
			max = x[i];
	return max;
}

/* sum_r log1p(lambda (y - 1)), y = min(x scale, 1e300), for data of any size. */
static double slow_sum(const double *x, size_t n, double scale, double lambda)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += log1p(lambda * (fmin(x[i] * scale, LARGEST) - 1));
	return sum;
}

/* The same for y <= 1e30. Each factor lies in [2^-10, 1e30], so eight of them fit into a double: the exponent is taken
 * out after every eighth, and one logarithm per lane is left. */
static double fast_sum(const double *x, size_t n, double scale, double lambda)
{
	double lane[LANES], a = 1 - lambda, b = lambda * scale, sum = 0;
	long power = 0;
	size_t i = 0;
	int e;

	for (int j = 0; j < LANES; j++)
		lane[j] = 1;
	for (; i + LANES * FACTORS <= n; i += LANES * FACTORS) {
		for (int k = 0; k < FACTORS; k++)
			for (int j = 0; j < LANES; j++)
				lane[j] *= a + b * x[i + (size_t)(k * LANES + j)];
		for (int j = 0; j < LANES; j++) {
			lane[j] = frexp(lane[j], &e);
			power += e;
		}
	}
	for (int j = 0; j < LANES; j++)
		sum += log(lane[j]);
	return sum + (double)power * M_LN2 + slow_sum(x + i, n - i, scale, lambda);
}

static double log_add(double a, double b)
{
	double high = fmax(a, b), low = fmin(a, b);

	return high == -HUGE_VAL || high == HUGE_VAL ? high : high + log1p(exp(low - high));
}

/* log of the mean over the stakes, of one row; of some of them, as soon as that is `enough`. */
static double row_log_e(const double *x, size_t n, double scale, double enough)
{
	double total = -HUGE_VAL;
	int small = largest(x, n) * scale <= 1e30;

	for (int k = 0; k < STAKES && total - log(STAKES) < enough; k++)
		total = log_add(total, (small ? fast_sum : slow_sum)(x, n, scale, stake(k)));
	return total - log(STAKES);
}

static double nth_log_e(const rate_rows_e *d, size_t i, double c, double enough)
{
	size_t k = d->row ? d->row[i] : i;

	return row_log_e(d->x + k * d->replicates, d->replicates, fmin(1 / (c * (d->bound ? d->bound[k] : 1)), DBL_MAX),
	                 enough);
}

double rate_log_e_average(const void *rows_e, double c)
{
	const rate_rows_e *d = rows_e;
	double total = -HUGE_VAL;

	for (size_t i = 0; i < d->rows; i++)
		total = log_add(total, nth_log_e(d, i, c, HUGE_VAL));
	return total - d->log_s;
}

double rate_log_e_least(const void *rows_e, double c)
{
	const rate_rows_e *d = rows_e;
	double least = HUGE_VAL, enough = d->need > 0 ? d->need : HUGE_VAL;

	if (d->need > 0 && d->weakest && d->rows && (least = nth_log_e(d, *d->weakest, c, enough)) < d->need)
		return least;
	for (size_t i = 0; i < d->rows && !(d->need > 0 && least < d->need); i++) {
		double e = nth_log_e(d, i, c, enough);
		if (e < least && d->weakest)
			*d->weakest = i;
		least = fmin(least, e);
	}
	return d->rows ? least : -HUGE_VAL;
}

double rate_log_e_value(const double *x, const double *bound, size_t checkpoints, size_t replicates, double c)
{
	rate_rows_e d = { .x = x, .bound = bound, .rows = checkpoints, .replicates = replicates,
		              .log_s = log((double)checkpoints) };

	return rate_log_e_average(&d, c);
}

double rate_largest_refuted(double (*log_e)(const void *data, double c), const void *data, double top, double need)
{
	double high, low, step = 1.0 / 64;

	if (!(top > 0))
		return 0;
	high = log(fmin(top, DBL_MAX));
	/* c is near `top` on large samples and far below it on small ones: strides that double find either soon. */
	for (low = high - step; log_e(data, exp(low)) < need; low = high - step) {
		if (low < -690)
			return 0;
		high = low;
		step *= 2;
	}
	while (high - low > 1e-3) {
		double mid = low + (high - low) / 2;
		if (log_e(data, exp(mid)) >= need)
			low = mid;
		else
			high = mid;
	}
	return exp(low);
}
