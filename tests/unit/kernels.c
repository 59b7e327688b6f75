/* The kernels of every instruction set that this processor has: the same bits as each other, the words of Random123,
 * sums that do not depend on how many replicates share a call, elementary functions near those of libm. */
#include "kernels/kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "tests/tap.h"

static const char *const names[] = { "x86-64", "x86-64-v3", "x86-64-v4" };
static const rate_kernels *level[3];
static size_t levels;

static double uniform(uint64_t i)
{
	uint64_t w[2];

	rate_philox(99, 0, 0, 0, i, w);
	return 2 * rate_uniform(w[0]) - 1;
}

/* Fills with numbers in (-size, size). */
static void scatter(double *x, size_t count, double size, uint64_t from)
{
	for (size_t i = 0; i < count; i++)
		x[i] = size * uniform(from + i);
}

static void random_words(const rate_kernels *k)
{
	static const uint64_t starts[] = { 0, 7, 0xfffffff0u, UINT64_MAX - 100 };
	uint64_t w[2], words[2 * 70], index[3 * 70];
	size_t wrong = 0, off = 0;

	for (size_t s = 0; s < 4; s++)
		for (size_t count = 1; count <= 70; count += 23) {
			const uint64_t n = s == 3 ? (uint64_t)1 << 40 : 569;
			k->philox(0x123456789abcdefu, 17, 3, 5, starts[s], count, words);
			k->indices(0x123456789abcdefu, 17, 3, 5, starts[s], count, n, 3, index);
			for (size_t r = 0; r < count; r++) {
				rate_philox(0x123456789abcdefu, 17, 3, 5, starts[s] + r, w);
				wrong += w[0] != words[2 * r] || w[1] != words[2 * r + 1];
				off += rate_index(w[0], n) != index[3 * r];
			}
		}
	ok(!wrong, "%s: words are Random123's, also beyond 2^32 replicates", k->isa);
	ok(!off, "%s: indices are those of the words", k->isa);
}

typedef void map(size_t count, const double *x, double *y);
typedef long double exact(long double x);

static long double exact_softplus(long double x)
{
	return fmaxl(x, 0) + log1pl(expl(-fabsl(x)));
}

static long double exact_sigmoid(long double x)
{
	return 1 / (1 + expl(-x));
}

static void accurate(const char *name, map *const *f, exact *of, double low, double high, double ulps)
{
	enum { COUNT = 20001 };
	static double x[COUNT], y[COUNT], z[COUNT];
	long double worst = 0;

	for (size_t i = 0; i < COUNT; i++)
		x[i] = low + (high - low) * (double)i / (COUNT - 1);
	f[0](COUNT, x, y);
	for (size_t i = 0; i < COUNT; i++)
		worst = fmaxl(worst, fabsl(y[i] - of(x[i])) / (of(x[i]) * 0x1p-52L));
	ok(worst <= ulps, "%s on [%g, %g]: off by at most %.2Lf units in the last place", name, low, high, worst);
	for (size_t k = 1; k < levels; k++) {
		f[k](COUNT - k, x, z);
		ok(!memcmp(y, z, (COUNT - k) * sizeof *y), "%s: %s gives the same bits", name, level[k]->isa);
	}
}

static void elementary(void)
{
	map *f[3], *s[3], *g[3];
	double nan = NAN, out;

	for (size_t k = 0; k < levels; k++) {
		f[k] = level[k]->exp_negative;
		s[k] = level[k]->softplus;
		g[k] = level[k]->sigmoid;
	}
	accurate("exp", f, expl, -700, 0, 3);
	accurate("exp", f, expl, -1, 0, 3);
	accurate("softplus", s, exact_softplus, -600, 600, 6);
	accurate("softplus", s, exact_softplus, -2, 2, 6);
	accurate("sigmoid", g, exact_sigmoid, -600, 600, 6);
	accurate("sigmoid", g, exact_sigmoid, -2, 2, 6);
	for (size_t k = 0; k < levels; k++) {
		s[k](1, &nan, &out);
		ok(isnan(out), "%s: softplus keeps a NaN", level[k]->isa);
	}
}

enum { MOST = 37 };

/* What all kernels of a model give for the first `nrep` points. */
static void run(const rate_kernels *k, const rate_design *g, size_t nrep, const double *x,
                const uint64_t *index, double *out)
{
	size_t most = MOST * g->ld;

	memset(out, 0, (3 * most + MOST) * sizeof *out);
	k->term_gradients(g, nrep, x, index, 3, out);
	memcpy(out + 2 * most + MOST, x, nrep * g->ld * sizeof *x);
	k->term_steps(g, nrep, index, index[0], -0.3, out + 2 * most + MOST);
	k->gradients(g, nrep, x, g->ld, out + MOST * g->ld);
	k->values(g, nrep, x, g->ld, out + 2 * MOST * g->ld);
}

static long double plain_margin(const rate_glm *m, size_t i, const double *x)
{
	long double s = 0;

	for (size_t j = 0; j < m->d; j++)
		s += (long double)m->a[i * m->d + j] * x[j];
	return s;
}

static long double plain_slope(const rate_glm *m, size_t i, const double *x)
{
	long double u = plain_margin(m, i, x);

	return m->link == RATE_SQUARE ? u - m->b[i] : -m->b[i] * exact_sigmoid(-m->b[i] * u);
}

static void near_plain(const rate_glm *m, size_t ld, const double *x, const uint64_t *index, const double *out)
{
	long double worst = 0;

	for (size_t r = 0; r < MOST; r++) {
		const double *at = x + r * ld;
		long double f = 0, norm = 0;
		for (size_t i = 0; i < m->n; i++) {
			long double u = plain_margin(m, i, at);
			f += m->link == RATE_SQUARE ? (u - m->b[i]) * (u - m->b[i]) / 2 : exact_softplus(-m->b[i] * u);
		}
		for (size_t j = 0; j < m->d; j++) {
			long double mean = m->ridge * at[j], all = mean;
			norm += (long double)at[j] * at[j];
			for (size_t k = 0; k < 3; k++)
				mean += plain_slope(m, index[3 * r + k], at) * m->a[index[3 * r + k] * m->d + j] / 3;
			for (size_t i = 0; i < m->n; i++)
				all += plain_slope(m, i, at) * m->a[i * m->d + j] / m->n;
			worst = fmaxl(worst, fabsl(mean - out[r * ld + j]));
			worst = fmaxl(worst, fabsl(all - out[(MOST + r) * ld + j]));
		}
		worst = fmaxl(worst, fabsl(f / m->n + m->ridge / 2 * norm - out[2 * MOST * ld + r]));
	}
	ok(worst < 1e-13, "link %d, n = %zu, d = %zu: off by %.2Lg", m->link, m->n, m->d, worst);
}

/* A third of the entries stay, of every fifth row none. */
static void sparsify(rate_glm *m, double *a, uint64_t *start, uint32_t *column, double *value)
{
	size_t at = 0;

	for (size_t i = 0; i < m->n; i++) {
		for (size_t j = 0; j < m->d; j++)
			if (i % 5 == 4 || (7 * i + 3 * j) % 3)
				a[i * m->d + j] = 0;
			else {
				column[at] = (uint32_t)j;
				value[at++] = a[i * m->d + j];
			}
		start[i + 1] = at;
	}
	m->a = NULL;
	m->start = start;
	m->column = column;
	m->value = value;
}

static void model(rate_link link, size_t n, size_t d, double ridge, int sparse)
{
	double *a = calloc(n * d, sizeof *a), *b = calloc(n, sizeof *b), *value = calloc(n * d, sizeof *value);
	double *x, *out[3], *few;
	uint64_t *start = calloc(n + 1, sizeof *start);
	uint32_t *column = calloc(n * d, sizeof *column);
	rate_glm m = { .size = sizeof m, .link = link, .n = n, .d = d, .a = a, .b = b, .ridge = ridge }, plain = m;
	rate_design g;
	uint64_t index[3 * MOST];
	size_t ld = (d + 7) / 8 * 8, most = MOST * ld, bytes = (3 * most + MOST) * sizeof *x, differ = 0;

	scatter(a, n * d, 1, 1);
	scatter(b, n, 1, n * d);
	for (size_t i = 0; link == RATE_LOGISTIC && i < n; i++)
		b[i] = b[i] > 0 ? 1 : -1;
	for (size_t i = 0; i < 3 * MOST; i++)
		index[i] = i * 7919 % n;
	x = aligned_alloc(64, MOST * ld * sizeof *x);
	memset(x, 0, MOST * ld * sizeof *x);
	for (size_t r = 0; r < MOST; r++)
		scatter(x + r * ld, d, 2 / sqrt((double)d), 1000 * r);
	few = malloc(bytes);
	if (sparse)
		sparsify(&m, a, start, column, value);
	ok(rate_design_make(&g, &m) == RATE_OK, "%s design of %zu x %zu", sparse ? "sparse" : "dense", n, d);
	for (size_t k = 0; k < levels; k++) {
		out[k] = malloc(bytes);
		run(level[k], &g, MOST, x, index, out[k]);
		if (k)
			ok(!memcmp(out[0], out[k], bytes), "%s gives the same bits", level[k]->isa);
		for (size_t nrep = 1; nrep < MOST; nrep++) {
			run(level[k], &g, nrep, x, index, few);
			differ += memcmp(few, out[k], nrep * ld * sizeof *x) != 0;
			differ += memcmp(few + MOST * ld, out[k] + MOST * ld, nrep * ld * sizeof *x) != 0;
			differ += memcmp(few + 2 * MOST * ld, out[k] + 2 * MOST * ld, nrep * sizeof *x) != 0;
			differ += memcmp(few + 2 * most + MOST, out[k] + 2 * most + MOST, nrep * ld * sizeof *x) != 0;
		}
		for (size_t r = 0; r < MOST && sparse; r++) {
			level[k]->sparse_both(&g, x + r * ld, &few[d], few);
			differ += memcmp(few, out[k] + (MOST + r) * ld, d * sizeof *x) != 0 ||
			    few[d] != out[k][2 * most + r];
		}
		level[k]->term_gradients(&g, MOST, x, index, 1, few);
		memcpy(few + most, x, most * sizeof *x);
		level[k]->axpy(most, -0.3, few, few + most);
		ok(!memcmp(few + most, out[k] + 2 * most + MOST, most * sizeof *x), "%s: a step is a gradient and axpy",
		   level[k]->isa);
	}
	ok(!differ, "they do not depend on the number of replicates");
	near_plain(&plain, ld, x, index, out[0]);
	rate_design_free(&g);
	a[n * d - 1] = value[0] = NAN;
	ok(rate_design_make(&g, &m) != RATE_OK, "a model with a NaN is refused");
	for (size_t k = 0; k < levels; k++)
		free(out[k]);
	free(a);
	free(b);
	free(value);
	free(start);
	free(column);
	free(x);
	free(few);
}

/* What loops of block/1 are made of. */
static void rows(size_t d)
{
	enum { N = 11 };
	size_t ld = (d + 7) / 8 * 8, differ = 0, off = 0;
	double *a = calloc(N * ld, sizeof *a), *x = calloc(MOST * ld, sizeof *x),
	    *g = malloc(4 * MOST * ld * sizeof *g);
	double m[3][MOST], all[N * MOST], few[N * MOST];
	uint64_t index[2 * MOST];
	long double worst = 0;

	for (size_t i = 0; i < N; i++)
		scatter(a + i * ld, d, 1, 7 * i);
	for (size_t r = 0; r < MOST; r++)
		scatter(x + r * ld, d, 1, 1000 * r);
	for (size_t r = 0; r < 2 * MOST; r++)
		index[r] = r * 7919 % N;
	for (size_t k = 0; k < levels; k++) {
		double *set = g + (k > 0 ? 2 * MOST * ld : 0), *sum = set + MOST * ld;
		level[k]->row_products(MOST, ld, x, a, index, 2, m[k]);
		differ += memcmp(m[k], m[0], sizeof m[0]) != 0;
		level[k]->row_multiples(MOST, ld, m[k], a, index, 2, 0, set);
		memcpy(sum, x, MOST * ld * sizeof *x);
		level[k]->row_multiples(MOST, ld, m[k], a, index + 1, 2, 1, sum);
		differ += k && memcmp(set, g, 2 * MOST * ld * sizeof *g);
		level[k]->all_products(MOST, d, ld, x, N, a, all);
		for (size_t nrep = 1; nrep < MOST; nrep += 5) {
			double alone[MOST];
			level[k]->row_products(nrep, ld, x, a, index, 2, alone);
			differ += memcmp(alone, m[k], nrep * sizeof *alone) != 0;
			level[k]->all_products(nrep, d, ld, x, N - 1, a, few);
			for (size_t i = 0; i < N - 1; i++)
				differ += memcmp(few + i * nrep, all + i * MOST, nrep * sizeof *few) != 0;
		}
		for (size_t r = 0; r < MOST; r++)
			for (size_t i = 0; i < N; i++) {
				double s = 0;
				long double exactly = 0;
				for (size_t j = 0; j < d; j++) {
					double product = a[i * ld + j] * x[r * ld + j];
					s += product;
					exactly += (long double)a[i * ld + j] * x[r * ld + j];
				}
				off += all[i * MOST + r] != s;
				if (index[2 * r] == i)
					worst = fmaxl(worst, fabsl(m[k][r] - exactly));
			}
		for (size_t r = 0; r < MOST; r++)
			for (size_t j = 0; j < ld; j++) {
				double t = m[k][r] * a[index[2 * r] * ld + j],
				    u = m[k][r] * a[index[2 * r + 1] * ld + j];
				off += set[r * ld + j] != t || sum[r * ld + j] != x[r * ld + j] + u;
			}
	}
	ok(!differ, "rows of d = %zu: the same bits at every level and for every number of replicates", d);
	ok(!off, "rows of d = %zu: products are summed in order, multiples are what a plain loop gives", d);
	ok(worst < 1e-15L * (long double)d, "rows of d = %zu: products off by %.2Lg", d, worst);
	free(a);
	free(x);
	free(g);
}

/* Steps stop before what is not finite, and not long before. */
static void steps_that_stop(void)
{
	enum { MOST_LD = 40, ROWS = 21, BAD = 17 };
	double g[ROWS * MOST_LD], x[ROWS * MOST_LD], want[ROWS * MOST_LD], start[ROWS * MOST_LD];

	scatter(start, ROWS * MOST_LD, 1, 3000);
	for (size_t k = 0; k < levels; k++)
		for (size_t ld = 8; ld <= MOST_LD; ld += 8) {
			const double bad[] = { -INFINITY, NAN };
			size_t size = ROWS * ld * sizeof *x, done;
			scatter(g, ROWS * ld, 1, 3);
			memcpy(x, start, size);
			memcpy(want, start, size);
			level[k]->axpy(ROWS * ld, -0.3, g, want);
			ok(level[k]->finite_steps(ROWS, ld, -0.3, g, x) == ROWS && !memcmp(x, want, size),
			   "%s, ld = %zu: steps are those of axpy", level[k]->isa, ld);
			for (size_t i = 0; i < 2; i++) {
				g[BAD * ld + 5] = bad[i];
				memcpy(x, start, size);
				done = level[k]->finite_steps(ROWS, ld, -0.3, g, x);
				ok(done <= BAD && BAD < done + RATE_STEPS && !memcmp(x, want, done * ld * sizeof *x) &&
				   !memcmp(x + done * ld, start + done * ld, size - done * ld * sizeof *x),
				   "%s, ld = %zu: none is made from %g on", level[k]->isa, ld, bad[i]);
			}
		}
}

static void vectors(void)
{
	double x[100], y[100], z[100];

	for (size_t d = 1; d <= 48; d++) {
		size_t ld = (d + 7) / 8 * 8, differ = 0;
		double block[3 * 48], star[48] = { 0 }, apart[3], size[3], e[48];
		scatter(block, 3 * ld, 1, 7); /* the padding too */
		scatter(star, d, 1, 900);
		for (size_t r = 0; r < 3; r++)
			scatter(block + r * ld, d, 1, 100 * r + d);
		for (size_t k = 0; k < levels; k++) {
			level[k]->distances(3, d, ld, block, star, apart, size);
			for (size_t r = 0; r < 3; r++) {
				for (size_t j = 0; j < d; j++)
					e[j] = block[r * ld + j] - star[j];
				differ += apart[r] != level[0]->dot(d, e, e);
				differ += size[r] != level[0]->dot(d, block + r * ld, block + r * ld);
			}
		}
		ok(!differ, "distances of d = %zu are dot products, at every level", d);
	}

	scatter(x, 100, 1, 5);
	scatter(y, 100, 1, 500);
	for (size_t d = 1; d <= 100; d += 3)
		for (size_t k = 1; k < levels; k++) {
			double first[100], other[100];
			memcpy(first, y, sizeof y);
			memcpy(other, y, sizeof y);
			level[0]->axpy(d, 0.3, x, first);
			level[k]->axpy(d, 0.3, x, other);
			ok(level[0]->dot(d, x, y) == level[k]->dot(d, x, y) && !memcmp(first, other, sizeof first),
			   "%s: dot and axpy of %zu numbers give the same bits", level[k]->isa, d);
		}
	for (size_t k = 0; k < levels; k++) {
		double scaled[99], near[99], off = 0;
		memcpy(scaled, y, sizeof scaled);
		memcpy(near, y, sizeof near);
		level[k]->scale(99, 0.3, scaled);
		level[k]->approach(99, 0.3, x, near);
		for (size_t j = 0; j < 99; j++) {
			volatile double part = 0.3 * (x[j] - y[j]); /* rounded on its own */
			off += scaled[j] != 0.3 * y[j] || near[j] != y[j] + part;
		}
		ok(off == 0, "%s: 99 numbers are scaled, and go nearer to others, as by a plain loop", level[k]->isa);
	}
	memset(z, 0, sizeof z);
	memcpy(z, x, 20 * sizeof *x);
	ok(level[0]->dot(20, x, x) == level[0]->dot(24, z, z), "padding with zeros changes no sum");
}

int main(void)
{
	for (size_t i = 0; i < 3; i++)
		if ((level[levels] = rate_kernels_named(names[i])))
			levels++;
	if (!levels)
		level[levels++] = rate_kernels_named(NULL);
	diag("%zu levels; the best is %s", levels, rate_kernels_named(NULL)->isa);
	ok(!rate_kernels_named("8086"), "an unknown instruction set is not to be had");
	for (size_t k = 0; k < levels; k++)
		random_words(level[k]);
	elementary();
	vectors();
	for (size_t d = 1; d < 60; d += 6)
		rows(d);
	rows(300);
	steps_that_stop();
	model(RATE_SQUARE, 70, 300, 0, 0);
	model(RATE_SQUARE, 50, 20, 0, 0);
	model(RATE_SQUARE, 3, 1, 0, 0);
	model(RATE_SQUARE, 10, 2, 0, 0);
	model(RATE_SQUARE, 5, 4, 0, 0);
	model(RATE_SQUARE, 5, 6, 0, 0);
	model(RATE_SQUARE, 20, 48, 0, 0);
	model(RATE_SQUARE, 9, 50, 0, 0);
	model(RATE_LOGISTIC, 61, 33, 0.1, 0);
	model(RATE_LOGISTIC, 8, 7, 0, 0);
	model(RATE_SQUARE, 70, 300, 0, 1);
	model(RATE_SQUARE, 3, 1, 0.5, 1);
	model(RATE_LOGISTIC, 131, 61, 0.1, 1);
	model(RATE_LOGISTIC, 9, 24, 0, 1);
	done_testing();
}
