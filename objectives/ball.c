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
#include "norm-ball.h"

enum { RADIUS };
static const rate_param params[] = { [RADIUS] = { "radius", RATE_REAL, "1", 1e-100, 1e100, NULL,
	                                          "of the ball about 0" } };

static int project(void *self, const double *x, double *p)
{
	const struct norm_ball *b = self;
	size_t d = b->w.known.d;
	double norm = sqrt(dot(d, x, x)), scale = norm > b->radius ? b->radius / norm : 1;

	for (size_t j = 0; j < d; j++)
		p[j] = scale * x[j];
	return RATE_OK;
}

static int minimise(void *self, const double *c, double *s)
{
	const struct norm_ball *b = self;
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
	struct norm_ball *b = norm_ball_new(host, args, "ball", args->value[RADIUS].real, &projection);
	double d;

	if (!b)
		return RATE_FAIL;
	d = (double)b->w.known.d;
	know(b, "log_volume", RATE_EXACT, log_ball(b->w.known.d) + d * log(b->radius), "of the ball");
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
