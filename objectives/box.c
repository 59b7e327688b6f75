/* box (wrapper): any objective f over the box low <= x_j <= high.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The projection clips. diameter = (high - low) sqrt d; box = high - low; set_center = (low + high)/2; log_volume.
 * Over the box a smooth f has bounded gradients, G^2 = mean of (|g_i(c)| + L_i diameter/2)^2 with c the centre.
 * Everything that depends on the minimiser is handed on if the minimiser of f is known to lie in the box; else the
 * host looks for it. The start is clipped. An objective with an h or a feasible set is refused.
 *
 *     ratecheck verify pssd-bounded --objective abs+box:low=0,high=1
 */
#include "wrapper.h"

enum { LOW, HIGH };
static const rate_param params[] = {
	[LOW] = { "low", RATE_REAL, "-1", -1e100, 1e100, NULL, "least value of a coordinate" },
	[HIGH] = { "high", RATE_REAL, "1", -1e100, 1e100, NULL, "largest value of a coordinate" },
};

struct box {
	struct wrapped w;
	double low, high;
};

static int project(void *self, const double *x, double *p)
{
	const struct box *b = self;

	for (size_t j = 0; j < b->w.known.d; j++)
		p[j] = fmax(b->low, fmin(x[j], b->high));
	return RATE_OK;
}

static int minimise(void *self, const double *c, double *s)
{
	const struct box *b = self;

	for (size_t j = 0; j < b->w.known.d; j++)
		s[j] = c[j] > 0 ? b->low : b->high;
	return RATE_OK;
}

static const rate_projection projection = { sizeof projection, project };
static const rate_lmo lmo = { sizeof lmo, minimise };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_finite_sum *sum = args->inner ? inner_interface(args->inner, "finite-sum/1") : NULL;
	size_t d = args->inner ? args->inner->cls->dim(args->inner->self) : 0,
	       n = sum ? sum->count(args->inner->self) : 1;
	double low = args->value[LOW].real, high = args->value[HIGH].real, *x0, *centre;
	struct box *b;

	if (!(low <= high))
		return host->fail(host, "box: low is above high");
	if (!(b = wrap(host, args, "box", sizeof *b, 4 * d + n)))
		return RATE_FAIL;
	b->low = low;
	b->high = high;
	x0 = facts_take(b, d);
	centre = facts_take(b, d);
	for (size_t j = 0; j < d; j++)
		centre[j] = low / 2 + high / 2;
	project(b, b->w.known.start, x0);
	b->w.known.start = x0;
	know(b, "box", RATE_EXACT, high - low, "side");
	know(b, "set_center", RATE_EXACT, low / 2 + high / 2, "each coordinate of the centre");
	if (high > low)
		know(b, "log_volume", RATE_EXACT, (double)d * log(high - low), "of the box");
	know_set(&b->w, &projection, (high - low) * sqrt((double)d), (high - low) / 2 * sqrt((double)d), centre,
	         facts_take(b, 2 * d + n));
	*self = b;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	static const struct offer own[] = { { "projection/1", &projection }, { "lmo/1", &lmo } };

	return wrapped_interface(self, name, own, 2);
}

static const rate_objective box = { OBJECTIVE,
	.id = "box",
	.title = "Over a box",
	.summary = "restricts f to the box low <= x_j <= high",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &box };
RATE_PLUGIN("box", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
