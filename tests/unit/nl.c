/* Models in .nl files beside the same functions in C: value, gradient and products with the Hessian, where they bend
 * and at random. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/instance.h"

enum { MOST = 3 };

/* f, its gradient and Hessian h, d x d, all added to zeros. */
typedef struct local {
	size_t d;
	double f, g[MOST], h[MOST * MOST];
} local;

/* A function of one product: f += phi(<a, x> + o), with its slope and bend there. */
static void add(local *p, const double *a, double phi, double slope, double bend)
{
	p->f += phi;
	for (size_t j = 0; j < p->d; j++) {
		p->g[j] += slope * a[j];
		for (size_t k = 0; k < p->d; k++)
			p->h[j * p->d + k] += bend * a[j] * a[k];
	}
}

static double product(size_t d, const double *a, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += a[j] * x[j];
	return sum;
}

static void rosenbrock(const double *x, local *p)
{
	double r = x[1] - x[0] * x[0];

	p->f = 100 * r * r + (1 - x[0]) * (1 - x[0]);
	p->g[0] = -400 * r * x[0] - 2 * (1 - x[0]);
	p->g[1] = 200 * r;
	p->h[0] = -400 * r + 800 * x[0] * x[0] + 2;
	p->h[1] = p->h[2] = -400 * x[0];
	p->h[3] = 200;
}

/* (x0 - x1)^2/2 + (x1 - x2)^2/2 + (x0^2 + x2^2)/2 - x0 + 2 x2 */
static void quadratic(const double *x, local *p)
{
	static const double row[][3] = { { 1, -1, 0 }, { 0, 1, -1 }, { 1, 0, 0 }, { 0, 0, 1 }, { -1, 0, 2 } };

	for (size_t i = 0; i < 5; i++) {
		double m = product(3, row[i], x);
		add(p, row[i], i < 4 ? m * m / 2 : m, i < 4 ? m : 1, i < 4);
	}
}

static void logistic(const double *x, local *p)
{
	static const double row[][3] = { { 1, 2, 0.5 }, { -1, 0.5, 1 }, { 0.5, -1, -1 }, { 2, 1, -0.5 } },
	                    label[] = { 1, -1, -1, 1 }, unit[][3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };

	for (size_t i = 0; i < 4; i++) {
		double m = label[i] * product(3, row[i], x), s = 1 / (1 + exp(m));
		add(p, row[i], log(1 + exp(-m)), -label[i] * s, s * (1 - s));
	}
	for (size_t j = 0; j < 3; j++)
		add(p, unit[j], x[j] * x[j] / 20, x[j] / 10, 0.1);
}

static void huber(const double *x, local *p)
{
	static const double row[][2] = { { 1, 0 }, { 0, 1 }, { 1, 1 }, { 1, -1 }, { 2, 1 } },
	                    target[] = { 1, -2, 4, 0.5, -6 };

	for (size_t i = 0; i < 5; i++) {
		double r = product(2, row[i], x) - target[i];
		int inside = fabs(r) <= 1;
		add(p, row[i], inside ? r * r / 2 : fabs(r) - 0.5, inside ? r : copysign(1, r), inside);
	}
}

static void exp_sum(const double *x, local *p)
{
	static const double row[][2] = { { 1, 3 }, { 1, -3 }, { -1, 0 } };

	for (size_t i = 0; i < 3; i++) {
		double e = exp(product(2, row[i], x) - 0.1);
		add(p, row[i], e, e, e);
	}
}

/* The largest relative difference at 200 points, 3 numbers each that a plain loop makes. */
static void twin(const char *name, size_t d, void (*of)(const double *x, local *p), const double *start, double sign)
{
	char spec[4096];
	double off[3] = { 0 }, x[2 * MOST], g[MOST], hv[MOST], f, u = 0.3;
	const double *v = x + MOST;
	instance p;

	snprintf(spec, sizeof spec, "nl:file=%s", name);
	open_instance_of(&p, "gd-nonconvex", spec, "gd");
	is_int((long long)p.s.run.d, (long long)d, "%s: its dimension", name);
	for (size_t j = 0; j < d; j++)
		is_double(p.s.x0[j], start[j], 0, "%s: the initial guess, %zu", name, j);
	for (int i = 0; i < 200; i++) {
		local q = { .d = d };
		double size = 1, bend = 1;
		for (size_t j = 0; j < 2 * MOST; j++)
			x[j] = 4 * (u = fmod(u * 997 + 0.618, 1)) - 2;
		of(x, &q);
		if (rate_f(&p.s, x, &f) || rate_g(&p.s, x, g) || p.s.hessian->product(p.s.f.self, x, v, hv))
			diag("%s", p.s.error.text);
		for (size_t j = 0; j < d; j++)
			size = fmax(size, fabs(q.g[j]));
		for (size_t k = 0; k < d * d; k++)
			bend = fmax(bend, fabs(q.h[k]));
		off[0] = fmax(off[0], fabs(f - sign * q.f) / fmax(1, fabs(q.f)));
		for (size_t j = 0; j < d; j++) {
			off[1] = fmax(off[1], fabs(g[j] - sign * q.g[j]) / size);
			off[2] = fmax(off[2], fabs(hv[j] - sign * product(d, q.h + j * d, v)) / bend);
		}
	}
	is_at_most(off[0], 1e-14, "%s: values", name);
	is_at_most(off[1], 1e-14, "%s: gradients", name);
	is_at_most(off[2], 1e-13, "%s: products with the Hessian", name);
	close_instance(&p);
}

int main(void)
{
	static const double zero[MOST] = { 0 };
	rate_error error;
	rate_bound_spec *spec;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	if (rate_bind(&spec, registry, RATE_OBJECTIVES, "nl:file=examples/nl/huber.nl", 1, &error)) {
		rate_registry_free(registry);
		skip_all("built without the AMPL Solver Library (Debian: libamplsolver-dev)");
	}
	rate_bound_free(spec);
	if (chdir(getenv("top_srcdir")))
		bail_out("no sources");
	twin("examples/nl/rosenbrock.nl", 2, rosenbrock, (double[]){ -1.2, 1 }, 1);
	twin("examples/nl/quadratic.nl", 3, quadratic, (double[]){ 1, 2, -1 }, 1);
	twin("examples/nl/logistic.nl", 3, logistic, zero, 1);
	twin("examples/nl/huber.nl", 2, huber, (double[]){ 3, -3 }, 1);
	twin("examples/nl/exp-sum.nl", 2, exp_sum, (double[]){ -1, 1 }, 1);
	twin("tests/cases/nl/maximum.nl", 2, exp_sum, (double[]){ -1, 1 }, -1);
	rate_registry_free(registry);
	done_testing();
}
