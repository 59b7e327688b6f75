/* coupled: f(x) = 1/2 x'Ax - b'x with A = (1 - c) I + c 11': every coordinate is coupled to every other by c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model problem of methods that go coordinate by coordinate: A_jj = 1, and c says how much a step in one
 * coordinate spoils the others. For c near 1 and many coordinates Gauss-Seidel in cyclic order is slow.
 *
 * Constants, exact: A has the eigenvalues 1 - c (d - 1 times) and 1 - c + c d, which have to be positive; L and mu = PL
 * constant are the larger and the smaller one; L_2 = 0; x_star = (b - m)/(1 - c) + m/(1 - c + c d), m the mean of b;
 * f_star = -x_star'Ax_star/2. The gap is (x - x_star)'A(x - x_star)/2. `b` and `start`: the last entry is that of all
 * further coordinates.
 *
 *     ratecheck verify bcd-composite --objective coupled:d=5,c=0.5+l1:lambda=0.1
 */
#include "common.h"

enum { D, COUPLING, LINEAR, START };
static const rate_param params[] = {
	[D] = { "d", RATE_INTEGER, "2", 1, 4096, NULL, "dimension" },
	[COUPLING] = { "c", RATE_REAL, "0.5", -1, 0.999999, NULL, "coupling, between -1/(d - 1) and 1" },
	[LINEAR] = { "b", RATE_REALS, "0", -1e50, 1e50, NULL, "the linear term; the last entry for all that follow" },
	[START] = { "start", RATE_REALS, "1", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
};

struct coupled {
	struct facts known;
	double c, all, *b, *x_star; /* all: 1 - c + c d */
};

/* What is left of x beside its mean is divided by 1 - c: the rounding of the sum is taken back once. */
static double mean(size_t d, const double *x)
{
	double sum = 0, rest = 0, m;

	for (size_t j = 0; j < d; j++)
		sum += x[j];
	m = sum / (double)d;
	for (size_t j = 0; j < d; j++)
		rest += x[j] - m;
	return m + rest / (double)d;
}

/* x is its mean, an eigenvector of 1 - c + c d, and what is left, one of 1 - c: no digits cancel. */
static void times_A(const struct coupled *q, const double *x, double *out)
{
	size_t d = q->known.d;
	double m = mean(d, x);

	for (size_t j = 0; j < d; j++)
		out[j] = (1 - q->c) * (x[j] - m) + q->all * m;
}

/* x'Ax/2, with x - y in the place of x */
static double half_square(const struct coupled *q, const double *x, const double *y)
{
	size_t d = q->known.d;
	double m = 0, squares = 0;

	for (size_t j = 0; j < d; j++)
		m += (x[j] - (y ? y[j] : 0)) / (double)d;
	for (size_t j = 0; j < d; j++) {
		double e = x[j] - (y ? y[j] : 0) - m;
		squares += e * e;
	}
	return ((1 - q->c) * squares + q->all * (double)d * m * m) / 2;
}

static void fill(size_t d, const rate_value *list, double *out)
{
	for (size_t j = 0; j < d; j++)
		out[j] = list->reals[j < list->count ? j : list->count - 1];
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = (size_t)p[D].integer;
	double c = p[COUPLING].real, all = 1 + c * ((double)d - 1), m, *x0;
	double L = d > 1 ? fmax(1 - c, all) : 1, mu = d > 1 ? fmin(1 - c, all) : 1;
	struct coupled *q;

	if (!(mu > 0))
		return host->fail(host, "coupled: c = %g, must be more than -1/(d - 1) = %g", c, -1 / ((double)d - 1));
	if (!p[LINEAR].count || !p[START].count || p[LINEAR].count > d || p[START].count > d)
		return host->fail(host, "coupled: b and start: give at least one number, and no more than d");
	if (!(q = facts_new(host, sizeof *q, d, 3 * d)))
		return RATE_FAIL;
	q->c = c;
	q->all = all;
	q->b = facts_take(q, d);
	q->x_star = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	fill(d, &p[LINEAR], q->b);
	fill(d, &p[START], x0);
	m = mean(d, q->b);
	for (size_t j = 0; j < d; j++)
		q->x_star[j] = (q->b[j] - m) / (1 - c) + m / all;
	know(q, "convex", RATE_EXACT, 1, "A is positive definite");
	know(q, "L", RATE_EXACT, L, "larger of 1 - c and 1 - c + c d");
	know(q, "mu", RATE_EXACT, mu, "smaller of 1 - c and 1 - c + c d");
	know(q, "pl", RATE_EXACT, mu, "smaller of 1 - c and 1 - c + c d");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "f_star", RATE_EXACT, -half_square(q, q->x_star, NULL), "f(x_star)");
	know_vector(q, "x_star", d, q->x_star);
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct coupled *q = self;

	*f = half_square(q, x, NULL) - dot(q->known.d, q->b, x);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *out)
{
	const struct coupled *q = self;

	*out = half_square(q, x, q->x_star);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct coupled *q = self;

	times_A(q, x, g);
	axpy(q->known.d, -1, q->b, g);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	times_A(self, v, out);
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	const struct coupled *q = self;
	size_t d = q->known.d;

	(void)x;
	for (size_t i = 0; i < d * d; i++)
		out[i] = i / d == i % d ? 1 : q->c;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective coupled = { OBJECTIVE,
	.id = "coupled",
	.title = "Equally coupled coordinates",
	.summary = "1/2 x'((1 - c) I + c 11')x - b'x: the model problem of coordinate methods",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &coupled };
RATE_PLUGIN("coupled", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
