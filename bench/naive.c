/* An opponent of `make bench`: the program that one writes at first. One replicate at a time, an oracle for one term
 * loaded by dlopen, GSL's Mersenne twister, the whole objective by scalar loops at the checkpoints.
 *
 *     naive ORACLE.so WORKLOAD SHARE     (0..4; the share of the replicates that is run)
 *
 * Prints the processor seconds of all replicates.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <gsl/gsl_rng.h>

typedef struct rows {
	const double *A, *b;
	size_t n, d;
} rows;
typedef void oracle(const void *, const double *, size_t, double *);

static const struct workload {
	int logistic;
	size_t n, d, R, T;
} workloads[] = { { 0, 200, 20, 4096, 4096 },
	              { 0, 10, 2, 65536, 1024 },
	              { 1, 1000, 100, 1024, 2048 },
	              { 0, 1000, 1000, 256, 2048 },
	              { 1, 10000, 50, 512, 1024 } };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double normal(const gsl_rng *r)
{
	double u = gsl_rng_uniform_pos(r), v = gsl_rng_uniform(r);

	return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static double whole(const rows *o, int logistic, const double *x)
{
	double s = 0;

	for (size_t i = 0; i < o->n; i++) {
		double z = 0;
		for (size_t j = 0; j < o->d; j++)
			z += o->A[i * o->d + j] * x[j];
		if (logistic)
			s += (z < 0 ? -z : 0) + log1p(exp(-fabs(z)));
		else {
			double e = z - o->b[i];
			s += 0.5 * e * e;
		}
	}
	return s;
}

int main(int argc, char **argv)
{
	const struct workload *w = argc == 4 ? &workloads[atoi(argv[2]) % 5] : NULL;
	void *module = w ? dlopen(argv[1], RTLD_NOW) : NULL;
	oracle *gradient = module ? (oracle *)dlsym(module, w->logistic ? "gradient_logistic" : "gradient_square")
	    : NULL;

	if (!gradient) {
		fprintf(stderr, "usage: naive ORACLE.so WORKLOAD SHARE%s%s\n", w ? ": " : "", w ? dlerror() : "");
		return 2;
	}
	size_t n = w->n, d = w->d, R = (size_t)((double)w->R * atof(argv[3])), at[64], ats = 0;
	double *A = malloc(n * d * sizeof *A), *b = malloc(n * sizeof *b), *x = malloc(d * sizeof *x),
	    *g = malloc(d * sizeof *g);
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
	if (!A || !b || !x || !g || !r)
		return 3;
	R = R < 1 ? 1 : R;
	for (size_t i = 0; i < n * d; i++)
		A[i] = normal(r) / sqrt((double)d);
	for (size_t i = 0; i < n; i++)
		b[i] = normal(r);
	for (int k = 0;; k++) {
		size_t t = (size_t)(pow(2, k * 0.5) + 0.5);
		if (t >= w->T)
			break;
		if (!ats || t > at[ats - 1])
			at[ats++] = t;
	}
	at[ats++] = w->T;

	const rows o = { A, b, n, d };
	volatile double sink = 0;
	double eta = w->logistic ? 1 : 0.3, start = now();
	for (size_t q = 0; q < R; q++) {
		size_t next = 0;
		memset(x, 0, d * sizeof *x);
		for (size_t t = 0; t < w->T; t++) {
			gradient(&o, x, gsl_rng_uniform_int(r, n), g);
			for (size_t j = 0; j < d; j++)
				x[j] -= eta * g[j];
			if (t + 1 == at[next]) {
				sink += whole(&o, w->logistic, x);
				next++;
			}
		}
	}
	printf("%.6f\n", (now() - start) * (double)w->R / (double)R);
	gsl_rng_free(r);
	free(A);
	free(b);
	free(x);
	free(g);
	dlclose(module);
	return 0;
}
