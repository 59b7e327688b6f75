/* An opponent of `make bench`: the program that one writes at first for sparse rows. One replicate at a time, scalar
 * loops over the entries of a row, GSL's Mersenne twister, the whole objective at the checkpoints.
 *
 *     naive_sparse FILE.bin GAMMA REPLICATES STEPS SHARE     (sparse_bench.py makes the file)
 *
 * Prints the processor seconds of all replicates, of which SHARE is run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <gsl/gsl_rng.h>

typedef struct rows {
	uint64_t n, d, numbers, *start;
	uint32_t *column;
	double *value, *b;
} rows;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *all(FILE *in, size_t count, size_t each)
{
	void *p = malloc(count * each);

	if (!p || fread(p, each, count, in) != count)
		exit(3);
	return p;
}

static double margin(const rows *o, size_t i, const double *x)
{
	double z = 0;

	for (uint64_t k = o->start[i]; k < o->start[i + 1]; k++)
		z += o->value[k] * x[o->column[k]];
	return o->b[i] * z;
}

static void step(const rows *o, size_t i, double gamma, double *x)
{
	double c = gamma * o->b[i] / (1 + exp(margin(o, i, x)));

	for (uint64_t k = o->start[i]; k < o->start[i + 1]; k++)
		x[o->column[k]] += c * o->value[k];
}

static double whole(const rows *o, const double *x)
{
	double s = 0;

	for (size_t i = 0; i < o->n; i++) {
		double z = margin(o, i, x);
		s += (z < 0 ? -z : 0) + log1p(exp(-fabs(z)));
	}
	return s / (double)o->n;
}

int main(int argc, char **argv)
{
	FILE *in = argc == 6 ? fopen(argv[1], "rb") : NULL;

	if (!in) {
		fprintf(stderr, "usage: naive_sparse FILE.bin GAMMA REPLICATES STEPS SHARE\n");
		return 2;
	}
	rows o;
	if (fread(&o, sizeof(uint64_t), 3, in) != 3)
		return 3;
	o.start = all(in, o.n + 1, sizeof *o.start);
	o.column = all(in, o.numbers, sizeof *o.column);
	o.value = all(in, o.numbers, sizeof *o.value);
	o.b = all(in, o.n, sizeof *o.b);
	fclose(in);

	double gamma = atof(argv[2]), *x = malloc(o.d * sizeof *x), start;
	size_t R = (size_t)atol(argv[3]), T = (size_t)atol(argv[4]), run = (size_t)((double)R * atof(argv[5]));
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
	volatile double sink = 0;
	if (!x || !r)
		return 3;
	run = run < 1 ? 1 : run;
	start = now();
	for (size_t q = 0; q < run; q++) {
		size_t next = 1;
		int k = 1;
		memset(x, 0, o.d * sizeof *x);
		for (size_t t = 1; t <= T; t++) {
			step(&o, gsl_rng_uniform_int(r, o.n), gamma, x);
			if (t < next && t < T)
				continue;
			sink += whole(&o, x);
			while (next <= t)
				next = (size_t)(pow(2, k++ * 0.5) + 0.5);
		}
	}
	printf("%.6f\n", (now() - start) * (double)R / (double)run);
	return 0;
}
