/* The minimiser: found where there is one, with or without a Hessian; said to be missing where there is none. Each
 * function is known on paper. */
#include "tests/tap.h"
#include "verify/session/sources.h"

enum { MOST = 2000 };

static size_t d;
static double parameter, L, mu;
static unsigned calls;

/* sum of phi(x_j - 1) with weights that fall from 1 to 1/parameter. */
static double weight(size_t j)
{
	return d > 1 ? pow(parameter, -(double)j / (double)(d - 1)) : 1;
}

static void quadratic(double r, double *f, double *g)
{
	*f = r * r / 2;
	*g = r;
}

static void log_cosh(double r, double *f, double *g)
{
	*f = fabs(r) + log1p(exp(-2 * fabs(r))) - log(2);
	*g = tanh(r);
}

static void quartic(double r, double *f, double *g)
{
	*f = r * r * r * r;
	*g = 4 * r * r * r;
}

static void eighth(double r, double *f, double *g)
{
	*f = pow(r, 8);
	*g = 8 * pow(r, 7);
}

/* Flat from -1 to 1. */
static void flat(double r, double *f, double *g)
{
	double out = fabs(r) > 1 ? fabs(r) - 1 : 0;

	*f = out * out / 2;
	*g = copysign(out, r);
}

/* No minimiser: the value falls to 0 for ever. */
static void logistic(double r, double *f, double *g)
{
	*f = r > 0 ? log1p(exp(-r)) : log1p(exp(r)) - r;
	*g = -1 / (1 + exp(r));
}

static void straight(double r, double *f, double *g)
{
	*f = r;
	*g = 1;
}

static void hyperbola(double r, double *f, double *g)
{
	*f = sqrt(1 + r * r) - r;
	*g = r / sqrt(1 + r * r) - 1;
}

static void (*phi)(double r, double *f, double *g);

static int value(void *self, const double *x, double *f)
{
	double one, slope;

	(void)self;
	*f = 0;
	for (size_t j = 0; j < d; j++) {
		phi(x[j] - 1, &one, &slope);
		*f += weight(j) * one;
	}
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	double one;

	(void)self;
	calls++;
	for (size_t j = 0; j < d; j++) {
		phi(x[j] - 1, &one, &g[j]);
		g[j] *= weight(j);
	}
	return RATE_OK;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->value = 1;
	return !strcmp(name, "convex") ? RATE_OK : RATE_FAIL;
}

static const rate_constants constants = { .size = sizeof constants, .scalar = scalar };
static const rate_objective objective = { .size = sizeof objective, .value = value, .gradient = gradient };
static rate_session s;
static rate_check check;
static rate_mark mark;
static double x0[MOST + 8], work[2 * (MOST + 8)];

static void search(void (*f)(double, double *, double *), size_t dimension, double kappa, double start)
{
	free(s.x_star);
	phi = f;
	d = dimension;
	parameter = kappa;
	s = (rate_session){ .watch.machine = rate_machine(), .check = &check, .mark = &mark, .plugin = "test",
	                    .family = &rate_family_minimise, .constants = &constants, .x0 = x0, .work = work };
	s.f.cls = &objective;
	s.run.d = d;
	s.run.ld = (d + 7) / 8 * 8;
	s.run.n = 1;
	rate_choose_sources(&s);
	s.c.L = L;
	s.c.mu = mu;
	for (size_t j = 0; j < d; j++)
		x0[j] = start;
	calls = 0;
	rate_find_minimiser(&s);
}

static double error(void)
{
	double most = 0;

	for (size_t j = 0; s.x_star && j < d; j++)
		most = fmax(most, fabs(s.x_star[j] - 1));
	return s.x_star ? most : INFINITY;
}

static void found(const char *what, double within)
{
	is_at_most(error(), within, "%s: found", what);
	is_at_most(calls, 25000, "%s: within the gradients that are allowed", what);
	is_int(s.x_star_certified, mu > 0, "%s: certified with mu alone", what);
	if (mu > 0)
		is_at_most(error(), s.x_star_error * (1 + 1e-9) + 1e-15 * sqrt((double)d),
		           "%s: by an error that it keeps", what);
	is_str(s.error.text, "", "%s: no error is left", what);
}

static void missing(const char *what, const char *why)
{
	ok(!s.x_star, "%s: none is found", what);
	contains(s.no_minimiser, why, "%s: and it is said why", what);
}

int main(void)
{
	char what[64];

	check = (rate_check){ 0 };
	for (size_t n = 1; n <= 2000; n = n == 1 ? 40 : n == 40 ? 501 : 4 * n) {
		if (n > MOST)
			break;
		L = 1;
		for (mu = 0; mu < 2; mu++) {
			snprintf(what, sizeof what, "quadratic, d = %zu, mu %s", n, mu > 0 ? "known" : "unknown");
			search(quadratic, n, 1, 0);
			found(what, 1e-9);
		}
		mu = 0;
		snprintf(what, sizeof what, "log cosh, d = %zu", n);
		search(log_cosh, n, 1, 0);
		found(what, 1e-9);
		snprintf(what, sizeof what, "log cosh from afar, d = %zu", n);
		search(log_cosh, n, 1, 1e4);
		found(what, 1e-6);
		snprintf(what, sizeof what, "log cosh of condition 1000, d = %zu", n);
		search(log_cosh, n, 1000, -1);
		found(what, 1e-5);
		snprintf(what, sizeof what, "logistic, d = %zu", n);
		search(logistic, n, 1, 0);
		missing(what, "no minimiser");
		snprintf(what, sizeof what, "straight, d = %zu", n);
		search(straight, n, 1, 0);
		missing(what, "no minimiser was found: after ");
		snprintf(what, sizeof what, "hyperbola, d = %zu", n);
		search(hyperbola, n, 1, 0);
		missing(what, "no minimiser");
		L = 12;
		snprintf(what, sizeof what, "quartic, d = %zu", n);
		search(quartic, n, 1, 0);
		found(what, 1e-3);
		L = 56;
		snprintf(what, sizeof what, "eighth power, d = %zu", n);
		search(eighth, n, 1, 0);
		found(what, 0.1);
		L = 1;
		snprintf(what, sizeof what, "flat, d = %zu", n);
		search(flat, n, 1, 5);
		found(what, 1);
		search(log_cosh, n, 1, 1);
		found("started at the minimiser", 0);
	}
	L = 1;
	mu = 1e-6;
	search(quadratic, 600, 1e6, 0);
	found("quadratic of condition 1e6, d = 600", 1e-3);
	mu = 0;
	search(quadratic, 600, 1e6, 0);
	found("the same, mu not known", 1e-3);
	L = NAN;
	search(quadratic, 3, 1, 0);
	missing("L not known", "no known L");
	free(s.x_star);
	return done_testing();
}
