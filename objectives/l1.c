/* l1 (wrapper): F(x) = f(x) + lambda |x|_1.    elastic-net (wrapper): F(x) = f(x) + l1 |x|_1 + ridge/2 |x|^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * h is the new part (composite/1); f stays the inner objective's. The lasso is least-squares+l1.
 * Prox of gamma h: each coordinate moves by gamma l1 towards 0, not beyond it, then is divided by 1 + gamma ridge.
 *
 * Constants: mu_h = ridge, exact; pl_F = mu + ridge for convex f, if that is above 0 (|v|^2 >= 2 pl_F (F - F_star)
 * for every subgradient v of F). If 0 minimises f it minimises h too, and with l1 = ridge = 0 there is no h: then
 * x_star, F_star, the gap and all that depends on the minimiser are the inner objective's. Else the host looks for
 * x_star. The start is the inner one. An objective with an h or a feasible set is refused.
 *
 *     ratecheck verify pgd-convex --objective least-squares+l1:lambda=0.05
 */
#include "wrapper.h"

enum { L1, RIDGE };
static const rate_param params_l1[] = { [L1] = { "lambda", RATE_REAL, "0.1", 0, 1e100, NULL, "weight of |x|_1" } };
static const rate_param params_net[] = {
	[L1] = { "l1", RATE_REAL, "0.1", 0, 1e100, NULL, "weight of |x|_1" },
	[RIDGE] = { "ridge", RATE_REAL, "0.1", 0, 1e100, NULL, "weight of |x|^2/2" },
};

struct net {
	struct wrapped w;
	double l1, ridge;
};

static int h_value(void *self, const double *x, double *h)
{
	const struct net *q = self;
	double sum = 0;

	for (size_t j = 0; j < q->w.known.d; j++)
		sum += q->l1 * fabs(x[j]) + q->ridge / 2 * x[j] * x[j];
	*h = sum;
	return RATE_OK;
}

static int prox(void *self, double gamma, const double *x, double *p)
{
	const struct net *q = self;

	for (size_t j = 0; j < q->w.known.d; j++)
		p[j] = sign(x[j]) * fmax(fabs(x[j]) - gamma * q->l1, 0) / (1 + gamma * q->ridge);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	double h;

	if (wrapped_gap(self, x, gap) || h_value(self, x, &h))
		return RATE_FAIL;
	*gap += h;
	return RATE_OK;
}

static int is_zero(size_t d, const double *x)
{
	while (d && x[d - 1] == 0)
		d--;
	return d == 0;
}

static int make(const rate_host *host, const rate_args *args, const char *id, double l1, double ridge, void **self)
{
	size_t d = args->inner ? args->inner->cls->dim(args->inner->self) : 0;
	struct net *q = wrap(host, args, id, sizeof *q, d);
	double *x_star, f_star, mu = 0, convex = 0;

	if (!q)
		return RATE_FAIL;
	q->l1 = l1;
	q->ridge = ridge;
	x_star = facts_take(q, d);
	know(q, "mu_h", RATE_EXACT, ridge, "ridge");
	inner_scalar(&q->w, "mu", &mu);
	if ((inner_scalar(&q->w, "convex", &convex) == RATE_OK && convex > 0) || mu > 0)
		if (mu + ridge > 0)
			know(q, "pl_F", RATE_LOWER, mu + ridge, "F is strongly convex");
	q->w.keeps_minimiser =
	    inner_vector(&q->w, "x_star", d, x_star) == RATE_OK && (is_zero(d, x_star) || (!(l1 > 0) && !(ridge > 0)));
	if (q->w.keeps_minimiser && inner_scalar(&q->w, "f_star", &f_star) == RATE_OK)
		know(q, "F_star", RATE_EXACT, f_star, "h is 0 at the minimiser of f");
	*self = q;
	return RATE_OK;
}

static int create_l1(const rate_host *host, const rate_args *args, void **self)
{
	return make(host, args, "l1", args->value[L1].real, 0, self);
}

static int create_net(const rate_host *host, const rate_args *args, void **self)
{
	return make(host, args, "elastic-net", args->value[L1].real, args->value[RIDGE].real, self);
}

static const void *interface(void *self, const char *name)
{
	static const rate_composite composite = { sizeof composite, h_value, prox };
	static const rate_gap gap = { sizeof gap, gap_at };
	const struct wrapped *w = self;
	const struct offer own[] = { { "composite/1", &composite },
		                     { "gap/1", w->gap && w->keeps_minimiser ? &gap : NULL } };

	return wrapped_interface(self, name, own, 2);
}

static const rate_objective l1 = { OBJECTIVE,
	.id = "l1",
	.title = "Plus an l1 norm",
	.summary = "adds h = lambda |x|_1",
	.source = "Tibshirani 1996",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params_l1),
	.create = create_l1,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective elastic_net = { OBJECTIVE,
	.id = "elastic-net",
	.title = "Plus an l1 norm and a ridge",
	.summary = "adds h = l1 |x|_1 + ridge/2 |x|^2",
	.source = "Zou and Hastie 2005",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params_net),
	.create = create_net,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &l1, &elastic_net };
RATE_PLUGIN("l1", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
