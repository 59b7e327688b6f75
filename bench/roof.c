/* What this processor can do, for `make bench`: one core, medians, one JSON object. Multiplications and additions in
 * registers, a triad in each level of memory, the kernels' random indices and softplus. Compiled for this processor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "kernels/kernels.h"

enum { RUNS = 5, CHAINS = 12 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Median seconds of a job. */
static double seconds(void (*job)(void *), void *data)
{
	double s[RUNS];

	job(data);
	for (int r = 0; r < RUNS; r++) {
		double start = now();
		job(data);
		s[r] = now() - start;
	}
	qsort(s, RUNS, sizeof *s, by_size);
	return s[RUNS / 2];
}

static volatile double sink;
enum { TURNS = 2000000 };

#if defined(__AVX512F__)
enum { LANES = 8 };
#elif defined(__AVX2__)
enum { LANES = 4 };
#else
enum { LANES = 2 };
#endif
typedef double V __attribute__((vector_size(8 * LANES)));

/* Chains of x <- x b + c, which this file's flags contract: as many as hide the latency. */
static void run_fma(void *data)
{
	V a[CHAINS], b = { 0 }, c = { 0 };

	(void)data;
	b += 0.999999;
	c += 1e-9;
	for (int i = 0; i < CHAINS; i++)
		a[i] = c + i;
	for (long k = 0; k < TURNS; k++)
#pragma GCC unroll 12
		for (int i = 0; i < CHAINS; i++)
			a[i] = a[i] * b + c;
	for (int i = 1; i < CHAINS; i++)
		a[0] += a[i];
	sink += a[0][0];
}

typedef struct triad {
	size_t n, times;
	double *a, *b, *c;
} triad;

static void run_triad(void *data)
{
	triad *t = data;

	for (size_t k = 0; k < t->times; k++) {
		t->a[0] += 1e-9; /* no pass is like the one before */
		t->b[k % t->n] = t->a[0];
		for (size_t i = 0; i < t->n; i++)
			t->a[i] = t->b[i] + 3 * t->c[i];
		__asm__ volatile("" ::"r"(t->a) : "memory");
	}
}

/* GB/s of three arrays of n numbers each. */
static double triad_rate(size_t n)
{
	triad t = { n, 20000000 / n + 1, NULL, NULL, NULL };
	double rate = 0;

	t.a = aligned_alloc(64, n * sizeof *t.a);
	t.b = aligned_alloc(64, n * sizeof *t.b);
	t.c = aligned_alloc(64, n * sizeof *t.c);
	if (t.a && t.b && t.c) {
		for (size_t i = 0; i < n; i++)
			t.a[i] = t.b[i] = t.c[i] = 1;
		rate = 24e-9 * (double)n * (double)t.times / seconds(run_triad, &t);
	}
	free(t.a);
	free(t.b);
	free(t.c);
	return rate;
}

enum { COUNT = 2048, TIMES = 500 };

typedef struct job {
	const rate_kernels *k;
	double x[COUNT], y[COUNT];
	uint64_t w[2 * COUNT];
} job;

static void run_words(void *data)
{
	job *j = data;

	for (uint32_t t = 0; t < TIMES; t++)
		j->k->philox(1, t, 0, 0, 0, COUNT, j->w);
}

static void run_indices(void *data)
{
	job *j = data;

	for (uint32_t t = 0; t < TIMES; t++)
		j->k->indices(1, t, 0, 0, 0, COUNT, 200, 1, j->w);
}

static void run_softplus(void *data)
{
	job *j = data;

	for (int t = 0; t < TIMES; t++)
		j->k->softplus(COUNT, j->x, j->y);
}

static void run_exp(void *data)
{
	job *j = data;

	for (int t = 0; t < TIMES; t++)
		j->k->exp_negative(COUNT, j->x, j->y);
}

int main(void)
{
	static job j;
	double each = 1e9 / ((double)COUNT * TIMES);

	if (!(j.k = rate_kernels_chosen()))
		return 2;
	for (size_t i = 0; i < COUNT; i++)
		j.x[i] = -(double)i / 256;
	printf("{\"kernels\":\"%s\",\"lanes\":%d,\"fma_gflops\":%.2f,\"triad_l1\":%.1f,\"triad_l2\":%.1f,"
	       "\"triad_l3\":%.1f,"
	       "\"philox_gb\":%.2f,\"index_ns\":%.3f,\"exp_ns\":%.3f,\"softplus_ns\":%.3f}\n",
	       j.k->isa, LANES, 2e-9 * TURNS * CHAINS * LANES / seconds(run_fma, NULL), triad_rate(2000),
	       triad_rate(30000), triad_rate(1000000), 16 / (seconds(run_words, &j) * each),
	       seconds(run_indices, &j) * each, seconds(run_exp, &j) * each, seconds(run_softplus, &j) * each);
	return 0;
}
