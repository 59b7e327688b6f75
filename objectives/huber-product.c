/* huber-product: f(x) = huber(<a, x>), the Huber function of one product: huber(z) = L/2 z^2 for |z| <= tau, else
 * L tau |z| - L tau^2/2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A generalized linear model with one row. In the metric B = aa' (metric/1) its constant is L, whatever a is; in the
 * plain metric it is L |a|^2. It is flat across a, so B is singular for d > 1.
 *
 * Constants: L = L |a|^2, L_metric = L, G = L tau |a|, convex, f_star = 0 at x_star = 0, the minimiser nearest to the
 * start, which is a multiple of a with <a, x_0> = start. The gap is f.
 *
 *     ratecheck verify metric-gd --objective huber-product:a=1/10,tau=0.01
 */
#include "common.h"

enum { A, SMOOTH, TAU, START };
static const rate_param params[] = {
	[A] = { "a", RATE_REALS, "1/10", -1e50, 1e50, NULL, "the row a_1/a_2/..." },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-50, 1e50, NULL, "curvature of the Huber function near 0" },
	[TAU] = { "tau", RATE_REAL, "0.01", 1e-50, 1e50, NULL, "where it becomes linear" },
	[START] = { "start", RATE_REAL, "1", -1e50, 1e50, NULL, "<a, x_0>" },
};

struct product {
	struct facts known;
	double *a, L, tau;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = p[A].count;
	double norm2 = dot(d, p[A].reals, p[A].reals), *x0;
	struct product *q;

	if (!(norm2 > 1e-100))
		return host->fail(host, "a: give at least one number that is not 0");
	if (!(q = facts_new(host, sizeof *q, d, 3 * d)))
		return RATE_FAIL;
	q->a = facts_take(q, d);
	x0 = facts_take(q, d);
	memcpy(q->a, p[A].reals, d * sizeof *q->a);
	axpy(d, p[START].real / norm2, q->a, x0);
	q->L = p[SMOOTH].real;
	q->tau = p[TAU].real;
	q->known.start = x0;
	know(q, "convex", RATE_EXACT, 1, "a convex function of a product");
	know(q, "L", RATE_UPPER, q->L * norm2 * (1 + 1e-14), "L |a|^2");
	know(q, "L_metric", RATE_EXACT, q->L, "slope of huber' near 0");
	know(q, "G", RATE_UPPER, q->L * q->tau * sqrt(norm2) * (1 + 1e-14), "L tau |a|");
	know(q, "f_star", RATE_EXACT, 0, "f(0)");
	know_vector(q, "x_star", d, facts_take(q, d));
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct product *q = self;
	double z = fabs(dot(q->known.d, q->a, x));

	*f = z <= q->tau ? q->L * z * z / 2 : q->L * q->tau * (z - q->tau / 2);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct product *q = self;
	double z = dot(q->known.d, q->a, x), slope = q->L * fmax(-q->tau, fmin(z, q->tau));

	for (size_t j = 0; j < q->known.d; j++)
		g[j] = slope * q->a[j];
	return RATE_OK;
}

static int product(void *self, const double *v, double *out)
{
	const struct product *q = self;
	double z = dot(q->known.d, q->a, v);

	for (size_t j = 0; j < q->known.d; j++)
		out[j] = z * q->a[j];
	return RATE_OK;
}

static int dense(void *self, double *out)
{
	const struct product *q = self;
	size_t d = q->known.d;

	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			out[i * d + j] = q->a[i] * q->a[j];
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_metric metric = { sizeof metric, product, dense };
OFFERS({ "gap/1", &gap }, { "metric/1", &metric })

static const rate_objective huber_product = { OBJECTIVE,
	.id = "huber-product",
	.title = "Huber function of a product",
	.summary = "huber(<a, x>), with the metric aa'",
	.source = "Drori and Teboulle 2014, in the metric of one row",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &huber_product };
RATE_PLUGIN("huber-product", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
