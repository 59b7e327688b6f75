/* sampled-arms: f(theta) = -gap p, p = sigmoid(theta): two arms, of which the better one pays `gap` and the other one
 * nothing, with the score estimate of the gradient from one draw.
 *
 * With u uniform (the normal distribution function of one normal) the better arm is drawn if u < p. The sample
 *
 *     f_u(theta) = -gap log(p/u) if u < p, else 0
 *
 * has the mean -gap p over u, and its derivative is the estimate of REINFORCE, minus reward times score: -gap (1 - p)
 * if the better arm is drawn, else 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constants, exact: f_star = -gap (a limit: there is no x_star); L = gap/(6 sqrt 3), L_2 = gap/8; noise2 = 27
 * gap^2/256, the largest gap^2 p (1 - p)^3. The gap gap (1 - p) is free of cancellation. Hessian. Start: start.
 *
 *     ratecheck verify nigt --objective sampled-arms:start=-2
 */
#include "common.h"

enum { GAP, START };
static const rate_param params[] = {
	[GAP] = { "gap", RATE_REAL, "1", 1e-50, 1e50, NULL, "what the better arm pays" },
	[START] = { "start", RATE_REAL, "0", -300, 300, NULL, "theta_0" },
};

struct arms {
	struct facts known;
	double gap, start;
};

static double sigmoid(double theta)
{
	return theta < 0 ? exp(theta) / (1 + exp(theta)) : 1 / (1 + exp(-theta));
}

static int value(void *self, const double *x, double *f)
{
	*f = -((const struct arms *)self)->gap * sigmoid(*x);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	*gap = ((const struct arms *)self)->gap * sigmoid(-*x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = -((const struct arms *)self)->gap * sigmoid(*x) * sigmoid(-*x);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	gradient(self, x, out);
	*out *= (sigmoid(-*x) - sigmoid(*x)) * *v;
	return RATE_OK;
}

static size_t normals(void *self)
{
	(void)self;
	return 1;
}

static double uniform_of(double z)
{
	return erfc(-z / sqrt(2)) / 2;
}

static int sample_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	double u = uniform_of(*s->normal), p = sigmoid(*x);

	*f = u < p ? -((const struct arms *)self)->gap * (log(p) - log(u)) : 0;
	return RATE_OK;
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	*g = uniform_of(*s->normal) < sigmoid(*x) ? -((const struct arms *)self)->gap * sigmoid(-*x) : 0;
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct arms *q = facts_new(host, sizeof *q, 1, 0);
	double gap = args->value[GAP].real;

	if (!q)
		return RATE_FAIL;
	q->gap = gap;
	q->start = args->value[START].real;
	q->known.start = &q->start;
	know(q, "f_star", RATE_EXACT, -gap, "theta -> infinity");
	know(q, "L", RATE_EXACT, gap / (6 * sqrt(3)), "max |p''| = 1/(6 sqrt 3)");
	know(q, "L_2", RATE_EXACT, gap / 8, "max |p'''| = 1/8");
	know(q, "noise2", RATE_EXACT, 27 * gap * gap / 256, "max p (1 - p)^3, at p = 1/4");
	*self = q;
	return RATE_OK;
}

static const rate_stream stream = { sizeof stream, 0, normals, sample_value, sample_gradient, NULL };
static const rate_gap gap = { sizeof gap, gap_at };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "stream/1", &stream }, { "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective sampled_arms = { OBJECTIVE,
	.id = "sampled-arms",
	.title = "Two arms, one logit, sampled actions",
	.summary = "-gap sigmoid(theta), with the score estimate of the gradient from one draw",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &sampled_arms };
RATE_PLUGIN("sampled-arms", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
