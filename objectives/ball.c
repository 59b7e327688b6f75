/* ball (wrapper): any objective f over the ball of a given radius about 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The projection scales x to the radius if it is outside. diameter = 2 radius, set_center = 0, log_volume. Over the
 * ball a smooth f has bounded gradients: G^2 = mean of (|g_i(0)| + L_i radius)^2, so a strongly convex f is Lipschitz
 * too. Everything that depends on the minimiser is handed on if the minimiser of f is known to lie in the ball; else
 * the host looks for it. The start is projected. An objective with an h or a feasible set is refused.
 *
 *     ratecheck verify pssd-sc-constant --objective least-squares+ball:radius=0.5
 */
#include "wrapper.h"

enum { RADIUS };
static const rate_param params[] = { [RADIUS] = { "radius", RATE_REAL, "1", 1e-100, 1e100, NULL,
	                                          "of the ball about 0" } };

struct ball {
	struct wrapped w;
	double radius;
};

static int project(void *self, const double *x, double *p)
{
	const struct ball *b = self;
	size_t d = b->w.known.d;
	double norm = sqrt(dot(d, x, x)), scale = norm > b->radius ? b->radius / norm : 1;

	for (size_t j = 0; j < d; j++)
		p[j] = scale * x[j];
	return RATE_OK;
}

static int minimise(void *self, const double *c, double *s)
{
	const struct ball *b = self;
	size_t d = b->w.known.d;
	double norm = sqrt(dot(d, c, c));

	for (size_t j = 0; j < d; j++)
		s[j] = norm > 0 ? -b->radius / norm * c[j] : 0;
	return RATE_OK;
}

static const rate_projection projection = { sizeof projection, project };
static const rate_lmo lmo = { sizeof lmo, minimise };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_finite_sum *sum = args->inner ? inner_interface(args->inner, "finite-sum/1") : NULL;
	size_t d = args->inner ? args->inner->cls->dim(args->inner->self) : 0,
	       n = sum ? sum->count(args->inner->self) : 1;
	struct ball *b = wrap(host, args, "ball", sizeof *b, 4 * d + n);
	double *x0, *centre;

	if (!b)
		return RATE_FAIL;
	b->radius = args->value[RADIUS].real;
	x0 = facts_take(b, d);
	centre = facts_take(b, d); /* 0 */
	project(b, b->w.known.start, x0);
	b->w.known.start = x0;
	know(b, "set_center", RATE_EXACT, 0, "each coordinate of the centre");
	know(b, "log_volume", RATE_EXACT, log_ball(d) + (double)d * log(b->radius), "of the ball");
	know_set(&b->w, &projection, 2 * b->radius, b->radius, centre, facts_take(b, 2 * d + n));
	*self = b;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	static const struct offer own[] = { { "projection/1", &projection }, { "lmo/1", &lmo } };

	return wrapped_interface(self, name, own, 2);
}

static const rate_objective ball = { OBJECTIVE,
	.id = "ball",
	.title = "Over a ball",
	.summary = "restricts f to the ball of a given radius about 0",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &ball };
RATE_PLUGIN("ball", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
