/* l1-ball (wrapper): any objective f over {|x|_1 <= radius}, whose vertices are +-radius e_j.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The set of sparse solutions: Frank-Wolfe adds one coordinate a step. lmo/1 answers with the vertex -radius sign(c_j)
 * e_j, j the first of the largest |c_j|. The projection shrinks all |x_j| by one number, found by sorting.
 *
 * diameter = 2 radius, set_center = 0, log_volume. Over the ball a smooth f has bounded gradients, as over the
 * Euclidean ball around it. Everything that depends on the minimiser is handed on if the minimiser of f is known to
 * lie in the ball; else the host looks for it. The start is projected. An objective with an h or a feasible set is
 * refused.
 *
 *     ratecheck verify fw-convex --objective least-squares:n=50,d=20+l1-ball:radius=2
 */
#include "norm-ball.h"

enum { RADIUS };
static const rate_param params[] = {
	[RADIUS] = { "radius", RATE_REAL, "1", 1e-100, 1e100, NULL, "of the ball about 0, in the l1 norm" },
};

static int descending(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* p_j = sign(x_j) max(|x_j| - theta, 0), theta so that they sum to the radius. */
static int project(void *self, const double *x, double *p)
{
	const struct norm_ball *b = self;
	size_t d = b->w.known.d;
	double sum = 0, theta = 0, top = 0, before = 0;

	for (size_t j = 0; j < d; j++) {
		before += fabs(x[j]);
		top = fmax(top, fabs(x[j]));
	}
	/* A point of the set, rounding of the sum included, stays where it is. */
	if (before <= b->radius * (1 + 4e-16 * (double)d)) {
		memmove(p, x, d * sizeof *p);
		return RATE_OK;
	}
	for (size_t j = 0; j < d; j++)
		p[j] = fabs(x[j]);
	qsort(p, d, sizeof *p, descending);
	/* What counts is how far entries lie below the largest, which a point far away keeps in its digits. */
	for (size_t k = 0; k < d; k++) {
		sum += p[k] - top;
		if (p[k] - top - (sum - b->radius) / (double)(k + 1) > 0)
			theta = (sum - b->radius) / (double)(k + 1);
	}
	sum = 0;
	for (size_t j = 0; j < d; j++) {
		p[j] = fmax(fabs(x[j]) - top - theta, 0);
		sum += p[j];
	}
	for (size_t j = 0; j < d; j++)
		p[j] = copysign(p[j] * (b->radius / sum), x[j]);
	return RATE_OK;
}

static int minimise(void *self, const double *c, double *s)
{
	const struct norm_ball *b = self;
	size_t d = b->w.known.d, best = 0;

	for (size_t j = 1; j < d; j++)
		if (fabs(c[j]) > fabs(c[best]))
			best = j;
	memset(s, 0, d * sizeof *s);
	s[best] = c[best] > 0 ? -b->radius : b->radius;
	return RATE_OK;
}

static const rate_projection projection = { sizeof projection, project };
static const rate_lmo lmo = { sizeof lmo, minimise };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct norm_ball *b = norm_ball_new(host, args, "l1-ball", args->value[RADIUS].real, &projection);
	double d;

	if (!b)
		return RATE_FAIL;
	d = (double)b->w.known.d;
	know(b, "log_volume", RATE_EXACT, d * log(2 * b->radius) - lgamma(d + 1), "of the ball");
	*self = b;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	static const struct offer own[] = { { "projection/1", &projection }, { "lmo/1", &lmo } };

	return wrapped_interface(self, name, own, 2);
}

static const rate_objective l1_ball = { OBJECTIVE,
	.id = "l1-ball",
	.title = "Over an l1 ball",
	.summary = "restricts f to |x|_1 <= radius",
	.source = "Duchi, Shalev-Shwartz, Singer and Chandra, ICML 2008",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &l1_ball };
RATE_PLUGIN("l1-ball", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
