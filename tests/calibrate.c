/* The judge on synthetic checks: how often it refutes a claim that holds with equality, and how many replicates it
 * needs to refute one that is false. Writes Markdown.
 *
 *     ./run tests/calibrate boundary 4000 1     checks a row, seed
 *     ./run tests/calibrate power 21 1          runs a cell, seed
 *
 * Exit: 0; 1 if a rate is beyond what was promised.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernels/philox.h"
#include "verify/judge/evalue.h"
#include "verify/judge/judge.h"

enum { ROWS = 6, FIRST_LOOK = 4, LAST_LOOK = 1024, EVEN = 0, EQUAL, INDEPENDENT, MARTINGALE };

/* ---- Random numbers: number k of check i is a function of both ---- */

typedef struct source {
	uint64_t seed, check, next;
} source;

static double uniform(source *s)
{
	uint64_t word[2];

	rate_philox(s->seed, (uint32_t)(s->check >> 32), 17, (uint32_t)s->check, s->next++, word);
	return rate_uniform(word[0]);
}

static double normal(source *s)
{
	double radius = sqrt(-2 * log(uniform(s)));

	return radius * cos(2 * M_PI * uniform(s));
}

/* ---- Laws of mean 1 on [0, inf) ---- */

static double constant(source *s) { (void)s; return 1; }
static double exponential(source *s) { return -log(uniform(s)); }
static double chi_square(source *s) { double z = normal(s); return z * z; }
static double lognormal_1(source *s) { return exp(normal(s) - 0.5); }
static double lognormal_2(source *s) { return exp(2 * normal(s) - 2); }
static double pareto(source *s) { return pow(uniform(s), -1 / 1.5) / 3; } /* P(X > x) = (3 x)^-1.5 */
static double two_point(source *s) { return uniform(s) < 1e-3 ? 1e3 : 0; }
static double even(source *s) { return 2 * uniform(s); }

typedef double (*law)(source *s);

static const struct named_law {
	const char *name;
	law draw;
} laws[] = {
	{ "constant", constant },           { "uniform on [0, 2]", even },
	{ "exponential", exponential },     { "chi-square, 1 degree", chi_square },
	{ "lognormal, s = 1", lognormal_1 }, { "lognormal, s = 2", lognormal_2 },
	{ "Pareto, index 1.5", pareto },    { "1000 with probability 0.001, else 0", two_point },
};

/* ---- Checks ---- */

typedef struct experiment {
	const char *name;
	law draw;
	int dependence; /* of the checkpoints of a replicate */
	size_t rows;
	double delta;   /* > 0: a claim with high probability, whose indicator is 1 with probability `delta` */
	double excess;  /* the mean over what is claimed: 1 at the boundary */
} experiment;

/* Replicate r of all rows; x: [row][stride]. */
static void draw_replicate(const experiment *e, source *s, double *x, size_t stride)
{
	double first = e->draw(s), product = first;

	for (size_t k = 0; k < e->rows; k++) {
		double v = e->dependence == INDEPENDENT && k ? e->draw(s) : first;
		if (e->dependence == MARTINGALE) {
			v = product;
			product *= e->draw(s);
		}
		x[k * stride] = v * e->excess;
	}
}

/* 0..2: at how many of the levels 0.1, 0.01 the judge refuted at some look. Looks at every doubling. */
static int refuted(const experiment *e, uint64_t seed, uint64_t number)
{
	static double all[ROWS * LAST_LOOK], q[ROWS * LAST_LOOK], zero[ROWS * LAST_LOOK], bound[ROWS];
	static uint64_t at[ROWS];
	rate_class_info theorem = { .claim = e->delta > 0 ? RATE_HIGH_PROBABILITY : RATE_EXPECTATION };
	rate_check c = { .theorem = &theorem, .applicable = 1, .factor = 1, .alpha = 0.1, .delta = e->delta, .at = at,
		             .bound = bound, .checkpoints = e->rows, .budget = LAST_LOOK, .T = ROWS,
		             .proven_power = NAN, .proven_factor = NAN };
	rate_verdict v, before;
	source s = { seed, number, 0 };
	int levels = 0;

	for (size_t k = 0; k < e->rows; k++) {
		at[k] = k + 1;
		bound[k] = e->delta > 0 ? 1 - e->delta : 1;
	}
	for (size_t r = 0; r < LAST_LOOK; r++)
		draw_replicate(e, &s, all + r, LAST_LOOK);
	for (size_t R = FIRST_LOOK; R <= LAST_LOOK && levels < 2; R *= 2) {
		rate_measured m = { .statistic = RATE_SAMPLED, .checkpoints = e->rows, .replicates = R,
		                    .q = q, .s = zero };
		for (size_t k = 0; k < e->rows; k++)
			memcpy(q + k * R, all + k * LAST_LOOK, R * sizeof *q);
		rate_judge(&c, &m, R > FIRST_LOOK ? &before : NULL, &v);
		before = v;
		/* The second level by the number that decides, the first by the verdict. */
		if (v.log_e_value >= log(100))
			levels = 2;
		else if (v.code == RATE_REFUTED)
			levels = levels ? levels : 1;
	}
	return levels;
}

/* Clopper-Pearson, 95 %. */
static void interval(size_t k, size_t n, double *low, double *high)
{
	*low = k ? gsl_cdf_beta_Pinv(0.025, (double)k, (double)(n - k + 1)) : 0;
	*high = k < n ? gsl_cdf_beta_Qinv(0.025, (double)(k + 1), (double)(n - k)) : 1;
}

/* One line of the table. 1 if the rate is above alpha beyond chance (or, where the claim is false, below a half). */
static int print_row(const experiment *e, size_t checks, uint64_t seed)
{
	static const double alpha[] = { 0.1, 0.01 };
	size_t count[2] = { 0, 0 };
	int bad = 0;

	for (size_t i = 0; i < checks; i++) {
		int levels = refuted(e, seed, i);
		count[0] += levels > 0;
		count[1] += levels > 1;
	}
	printf("| %s | %zu |", e->name, e->rows);
	for (int a = 0; a < 2; a++) {
		double low, high, rate = (double)count[a] / (double)checks;
		interval(count[a], checks, &low, &high);
		printf(" %.4f [%.4f, %.4f] |", rate, low, high);
		bad |= e->excess > 1 ? rate < 0.5 : low > alpha[a];
	}
	puts(bad ? " not as promised" : "");
	fflush(stdout);
	return bad;
}

static void print_head(const char *title, uint64_t seed)
{
	char date[32];
	time_t now = time(NULL);

	strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
	printf("# %s\n\nMade by `make %s` on %s with seed %llu.\n\n", title, title[0] == 'C' ? "calibrate" : "power",
	       date, (unsigned long long)seed);
}

static int boundary(size_t checks, uint64_t seed)
{
	experiment more[] = {
		{ "exponential, six equal checkpoints", exponential, EQUAL, ROWS, 0, 1 },
		{ "exponential, six independent checkpoints", exponential, INDEPENDENT, ROWS, 0, 1 },
		{ "exponential, six checkpoints of a martingale", exponential, MARTINGALE, ROWS, 0, 1 },
		{ "lognormal, s = 1, six checkpoints of a martingale", lognormal_1, MARTINGALE, ROWS, 0, 1 },
		{ "Pareto, six independent checkpoints", pareto, INDEPENDENT, ROWS, 0, 1 },
		{ "indicator, delta = 0.1", even, EVEN, 1, 0.1, 1 },
		{ "indicator, delta = 0.01", even, EVEN, 1, 0.01, 1 },
		{ "indicator, delta = 0.1, six independent checkpoints", even, INDEPENDENT, ROWS, 0.1, 1 },
		{ "*false*: exponential, mean 1.5", exponential, EVEN, 1, 0, 1.5 },
	};
	int bad = 0;

	print_head("Calibration", seed);
	printf("Data exactly at the boundary, E X = B (or a failure rate of exactly delta), %zu checks a row, "
	       "up to %d replicates,\n"
	       "a look after every doubling from %d on. The share of checks that the judge ever refuted, "
	         "with the 95 %% interval of\n"
	       "Clopper and Pearson. Promised: at most alpha. The last row is a false claim, "
	         "to show that the table can fail.\n\n"
	       "| law of X | checkpoints | refuted at alpha = 0.1 | at alpha = 0.01 |\n| --- | --- | --- | --- |\n",
	       checks, LAST_LOOK, FIRST_LOOK);
	for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
		experiment e = { laws[i].name, laws[i].draw, EVEN, 1, 0, 1 };
		bad |= print_row(&e, checks, seed + i);
	}
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		/* even() draws from [0, 2]: half of it exceeds 1 - delta with probability delta. */
		if (more[i].delta > 0)
			more[i].excess = 0.5;
		bad |= print_row(&more[i], checks, seed + 1000 + i);
	}
	return bad;
}

/* ---- Power ---- */

enum { CHECKPOINTS = 24, POWER_LIMIT = 1 << 20, MOST_RUNS = 101 };

/* The first look of 256, 512, ... at which the bound share * E X is refuted at 1e-9, one of 24 checkpoints being at its
 * mean and the others at 0; 2 POWER_LIMIT if none does. */
static double replicates_needed(law draw, double share, source *s, double *x)
{
	const double need = -log(1e-9);
	size_t have = 0;

	for (size_t R = 256; R <= POWER_LIMIT; R *= 2) {
		rate_rows_e d = { .x = x, .bound = &share, .rows = 1, .replicates = R, .log_s = log(CHECKPOINTS) };
		while (have < R)
			x[have++] = draw(s);
		if (rate_log_e_average(&d, 1) >= need)
			return (double)R;
	}
	return 2.0 * POWER_LIMIT;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int power(size_t runs, uint64_t seed)
{
	static const double missing[] = { 0.05, 0.1, 0.2, 0.5 };
	double *x = malloc(POWER_LIMIT * sizeof *x), needed[MOST_RUNS];

	if (!x || runs > MOST_RUNS || !runs)
		return 1;
	print_head("Power", seed);
	printf("Replicates until a bound that is too small is refuted at alpha = 1e-9, with 24 checkpoints of "
	       "which one shows it and\n"
	       "the others are at 0: the median of %zu runs, looks at 256, 512, 1024, ...\n\n"
	       "| law of X | 5 %% too small | 10 %% | 20 %% | 50 %% |\n| --- | --- | --- | --- | --- |\n", runs);
	for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
		printf("| %s |", laws[i].name);
		for (size_t k = 0; k < sizeof missing / sizeof *missing; k++) {
			for (size_t j = 0; j < runs; j++) {
				source s = { seed, (uint64_t)i << 20 | k << 10 | j, 0 };
				needed[j] = replicates_needed(laws[i].draw, 1 - missing[k], &s, x);
			}
			qsort(needed, runs, sizeof *needed, ascending);
			if (needed[runs / 2] > POWER_LIMIT)
				printf(" more than %d |", POWER_LIMIT);
			else
				printf(" %.0f |", needed[runs / 2]);
		}
		puts("");
		fflush(stdout);
	}
	free(x);
	return 0;
}

int main(int argc, char **argv)
{
	size_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;

	if (argc > 1 && !strcmp(argv[1], "boundary"))
		return boundary(count ? count : 4000, seed);
	if (argc > 1 && !strcmp(argv[1], "power"))
		return power(count ? count : 21, seed);
	fprintf(stderr, "usage: calibrate boundary|power [COUNT [SEED]]\n");
	return 2;
}
