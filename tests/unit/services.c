/* The services of second order and the draws beside samples, against what defines them. */
#include <math.h>
#include <string.h>

#include "tests/unit/instance.h"
#include "verify/session/algebra.h"

static void test_jacobi(void)
{
	enum { D = 9 };
	double a[D * D], copy[D * D], l[D], v[D * D], worst = 0, apart = 0;

	for (size_t i = 0; i < D; i++)
		for (size_t j = 0; j < D; j++)
			a[i * D + j] = 1 / (double)(i + j + 1);
	memcpy(copy, a, sizeof a);
	rate_jacobi(D, copy, l, v);
	for (size_t i = 0; i < D; i++)
		for (size_t j = 0; j < D; j++) {
			double av = 0, dot = 0;
			for (size_t k = 0; k < D; k++) {
				av += a[j * D + k] * v[i * D + k];
				dot += v[i * D + k] * v[j * D + k];
			}
			worst = fmax(worst, fabs(av - l[i] * v[i * D + j]));
			apart = fmax(apart, fabs(dot - (i == j)));
		}
	is_at_most(worst, 1e-14, "Hilbert's matrix: A v = l v");
	is_at_most(apart, 1e-14, "the eigenvectors are orthonormal");
	ok(l[0] > 0 && l[0] < l[1] && fabs(l[D - 1] - 1.7258826609018474) < 1e-14,
	   "ascending, the largest as tabulated");
}

/* The model at a step, and the least of it on many points around. */
static double model_at(size_t d, const double *h, const double *g, double M, double shift, const double *s)
{
	double m = 0, r2 = 0;

	for (size_t i = 0; i < d; i++) {
		double hs = 0;
		for (size_t j = 0; j < d; j++)
			hs += h[i * d + j] * s[j];
		m += g[i] * s[i] + (hs + shift * s[i]) * s[i] / 2;
		r2 += s[i] * s[i];
	}
	return m + M / 6 * r2 * sqrt(r2);
}

/* Stationary, and H + shift + M|s|/2 has no negative eigenvalue: that is the global minimum (Nesterov and Polyak
 * 2006). */
static void minimises(instance *p, const double *x, const double *g, double M, double shift, const char *what)
{
	size_t d = p->s.run.d;
	double h[64], step[ROWS * 8] = { 0 }, l[8], v[64], r = 0, left = 0, size = 1e-300, least, best;

	ok(p->s.run.call->model_step(&p->s.run, x, g, M, shift, step) == RATE_OK, "%s: %s", what, p->s.error.text);
	ok(rate_hessian_at(&p->s, x, h) == RATE_OK, "the Hessian");
	for (size_t i = 0; i < d; i++)
		r += step[i] * step[i];
	r = sqrt(r);
	for (size_t i = 0; i < d; i++) {
		double sum = g[i] + (shift + M * r / 2) * step[i];
		for (size_t j = 0; j < d; j++)
			sum += h[i * d + j] * step[j];
		left = fmax(left, fabs(sum));
		size = fmax(size, fabs(g[i]) + M * r * r);
	}
	is_at_most(left / size, 1e-12, "%s: the gradient of the model vanishes", what);
	best = model_at(d, h, g, M, shift, step);
	rate_jacobi(d, h, l, v);
	least = l[0] + shift + M * r / 2;
	is_at_least(least, -1e-12 * (fabs(l[0]) + 1), "%s: it is the global minimiser, model %.6g", what, best);
}

static void test_model_step(void)
{
	instance p;
	double x[8] = { 0.3, -1, 2 }, g[8] = { 1, 2, -0.5 }, zero[8] = { 0 }, step[8 * ROWS];

	open_instance(&p, "quadratic:d=3,kappa=10", "gd");
	minimises(&p, x, g, 0, 0, "Newton");
	minimises(&p, x, g, 2, 0, "cubic");
	minimises(&p, x, g, 2, -0.8, "cubic, indefinite");
	minimises(&p, x, g, 1e-3, -0.8, "cubic, hardly regularised");
	minimises(&p, x, zero, 2, -0.8, "cubic, no gradient: the hard case");
	close_instance(&p);
	open_instance(&p, "quadratic:d=1,L=1", "gd");
	minimises(&p, x, g, 6, 0, "one dimension");
	/* 1 + s + 3 s|s| = 0: s = -(sqrt 13 - 1)/6 */
	ok(p.s.run.call->model_step(&p.s.run, x, g, 6, 0, step) == RATE_OK, "by hand");
	is_double(step[0], -(sqrt(13) - 1) / 6, 1e-14, "the root of a parabola");
	ok(p.s.run.call->model_step(&p.s.run, x, g, 0, -1, step) != RATE_OK, "a singular Newton step is an error");
	contains(p.s.error.text, "singular", "which says so");
	close_instance(&p);
}

static void test_draws(void)
{
	enum { N = 20000 };
	instance p;
	double weight[3] = { 1, 0, 3 }, u[2 * ROWS], z[8 * ROWS], sum = 0, product = 0;
	uint64_t out[ROWS], other[ROWS], seen[3] = { 0 };
	int failed = 0;

	open_instance(&p, "quadratic:d=2,kappa=10", "gd");
	ok(p.s.run.call->choose(&p.s.run, 0, 3, weight, out) && p.s.run.call->uniforms(&p.s.run, 0, 2, u) &&
	       p.s.run.call->signs(&p.s.run, 0, z) && p.s.run.call->normals(&p.s.run, 0, z),
	   "a method that does not say that it makes draws makes none");
	close_instance(&p);
	open_instance(&p, "quadratic:d=2,kappa=10", "coordinate-descent");
	p.s.run.nrep = ROWS;
	for (uint64_t t = 0; t < N / ROWS; t++) {
		p.s.run.t = t;
		failed |= p.s.run.call->choose(&p.s.run, 0, 3, weight, out);
		for (size_t r = 0; r < ROWS; r++)
			seen[out[r]]++;
		p.s.run.call->uniforms(&p.s.run, 0, 2, u);
		p.s.run.call->signs(&p.s.run, 0, z);
		for (size_t r = 0; r < ROWS; r++) {
			sum += u[2 * r] - 0.5;
			product += z[r * p.s.run.ld] * z[r * p.s.run.ld + 1];
		}
	}
	is_int(failed, 0, "choose");
	is_uint(seen[1], 0, "what has no weight is never chosen");
	is_at_most(fabs((double)seen[0] / N - 0.25), 0.02, "the others as often as they weigh: %llu",
	           (unsigned long long)seen[0]);
	is_at_most(fabs(sum / N), 0.02, "uniforms are centred");
	is_at_most(fabs(product / N), 0.05, "two signs are independent");
	p.s.run.nrep = 3;
	p.s.draws.replicate0 = 0;
	p.s.run.call->choose(&p.s.run, 1, 1000, NULL, out);
	p.s.run.nrep = 1;
	p.s.draws.replicate0 = 2;
	p.s.run.call->choose(&p.s.run, 1, 1000, NULL, other);
	is_uint(other[0], out[2], "a replicate draws the same in any block");
	weight[0] = -1;
	ok(p.s.run.call->choose(&p.s.run, 0, 3, weight, out) != RATE_OK, "a negative weight is an error");
	close_instance(&p);
}

/* A list that the objective knows, by name and length; anything else is an error that names it. */
static void test_vector(void)
{
	instance p;
	double L[3] = { 0 };

	open_instance(&p, "orthogonal:L=3/1/2", "sgd");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK && p.s.run.call->vector(&p.s.run, "L_i", 3, L) == RATE_OK,
	   "L_i: %s", p.s.error.text);
	ok(L[0] == 3 && L[1] == 1 && L[2] == 2, "as declared: %g %g %g", L[0], L[1], L[2]);
	ok(p.s.run.call->vector(&p.s.run, "L_i", 2, L) != RATE_OK && strstr(p.s.error.text, "L_i"),
	   "a length of 2: %s", p.s.error.text);
	close_instance(&p);
	open_instance(&p, "abs", "gd");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK && p.s.run.call->vector(&p.s.run, "groups", 1, L) != RATE_OK &&
	   strstr(p.s.error.text, "groups"), "no such list: %s", p.s.error.text);
	close_instance(&p);
}

/* Block after block, of which other rows stay each time: the bits of a row alone, and as many calls. */
static void test_snapshots(void)
{
	instance p;
	size_t ld, apart = 0;
	double *x, *g, alone[8];

	open_instance(&p, "least-squares:n=12,d=3,noise=1", "l-svrg");
	p.s.run.nrep = ROWS;
	p.s.watch.counting = 1;
	p.s.watch.oracle_calls = 0;
	ld = p.s.run.ld;
	x = p.s.blocks.state[0];
	g = p.s.blocks.state[1];
	for (int call = 0; call < 12; call++) {
		for (size_t r = 0; r < ROWS; r++)
			for (size_t j = 0; j < 3 && (call == 0 || (r * 5 + (size_t)call) % 4 == 0 || call == 7); j++)
				x[r * ld + j] = call % 3 == 2 && r % 4 == 3 ? x[(r - 1) * ld + j]
				    : sin((double)(100 * call + 10 * (int)r + (int)j));
		memset(g, 0, ROWS * ld * sizeof *g); /* what the method has made of the answers is its own */
		ok(p.s.run.call->gradient(&p.s.run, x, g) == RATE_OK, "call %d: %s", call, p.s.error.text);
		for (size_t r = 0; r < ROWS; r++) {
			memset(alone, 0, sizeof alone);
			p.s.kernels->gradients(&p.s.model, 1, x + r * ld, ld, alone);
			apart += memcmp(alone, g + r * ld, 3 * sizeof *g) != 0;
		}
	}
	is_uint(apart, 0, "every row has its own gradient");
	is_uint(p.s.watch.oracle_calls, 12 * ROWS, "each counts");
	close_instance(&p);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	test_jacobi();
	test_model_step();
	test_draws();
	test_vector();
	test_snapshots();
	rate_registry_free(registry);
	done_testing();
}
