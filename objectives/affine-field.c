/* affine-field: V(x) = A(x - c), A of 2 x 2 blocks a_k I + b_k J, J the quarter turn: a field, the gradient of no
 * function.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model problem of min-max: on plane k it is multiplication by a_k + i b_k. a = 0 is a rotation, the field of the
 * saddle u'Bv with the singular values b_k; a > 0 a spiral inwards. rotate=1 turns the space by a reflection drawn
 * from the data seed, so that no coordinate is special. `a`, `b`: one plane each, d = 2 x their number.
 *
 * Constants, exact: field = 1; L = max |a_k + i b_k|, mu = min a_k if that is positive, monotone if no a_k is negative,
 * skew if all are 0, sigma_min = min |a_k + i b_k|; noise comes by gaussian-noise. x_star = c. As one term, if it is
 * monotone, it has the prox, here the resolvent (I + gamma V)^-1. `start`, `centre`: the last entry is that of all
 * further coordinates.
 *
 *     ratecheck verify eg-regret --objective affine-field:a=0,b=1
 */
#include "common.h"

enum { REAL, TURN, CENTRE, ROTATE, START };
static const rate_param params[] = {
	[REAL] = { "a", RATE_REALS, "0", -1e50, 1e50, NULL, "real parts, one a plane" },
	[TURN] = { "b", RATE_REALS, "1", -1e50, 1e50, NULL, "speeds of rotation, as many" },
	[CENTRE] = { "centre", RATE_REALS, "0", -1e50, 1e50, NULL, "the zero of V" },
	[ROTATE] = { "rotate", RATE_INTEGER, "0", 0, 1, NULL, "1: in a basis drawn from the data seed" },
	[START] = { "start", RATE_REALS, "1/0", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
};

struct affine_field {
	struct facts known;
	const double *a, *b;
	int monotone;
	double *u, *centre; /* u: the normal of the reflection; 0: none */
};

/* x <- x - 2 u <u, x> */
static void reflect(const struct affine_field *f, double *x)
{
	axpy(f->known.d, -2 * dot(f->known.d, f->u, x), f->u, x);
}

static void fill(size_t d, const rate_value *list, double *out)
{
	for (size_t j = 0; j < d; j++)
		out[j] = list->reals[j < list->count ? j : list->count - 1];
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t planes = p[REAL].count, d = 2 * planes;
	double most = 0, least = INFINITY, low = INFINITY, high = 0, *a, *b, *x0;
	struct affine_field *f;

	if (!planes || planes != p[TURN].count)
		return host->fail(host, "affine-field: a has %zu numbers and b %zu: give one each for every plane",
		                  planes, p[TURN].count);
	if (!p[START].count || !p[CENTRE].count || p[START].count > d || p[CENTRE].count > d)
		return host
		    ->fail(host, "affine-field: start and centre: give at least one number, and no more than d = %zu",
		           d);
	if (!(f = facts_new(host, sizeof *f, d, 5 * d)))
		return RATE_FAIL;
	f->a = a = facts_take(f, d);
	f->b = b = facts_take(f, d);
	f->u = facts_take(f, d);
	f->centre = facts_take(f, d);
	f->known.start = x0 = facts_take(f, d);
	fill(d, &p[START], x0);
	fill(d, &p[CENTRE], f->centre);
	for (size_t k = 0; k < planes; k++) {
		double size;

		a[k] = p[REAL].reals[k];
		b[k] = p[TURN].reals[k];
		size = hypot(a[k], b[k]);
		most = fmax(most, size);
		least = fmin(least, size);
		low = fmin(low, a[k]);
		high = fmax(high, fabs(a[k]));
	}
	if (p[ROTATE].integer) {
		host->normals(host, args->seed, 0, d, f->u);
		scale_to(d, f->u, 1);
	}
	know(f, "field", RATE_EXACT, 1, "no gradient: A is not symmetric");
	know(f, "L", RATE_EXACT, most, "max |a_k + i b_k|");
	know(f, "sigma_min", RATE_EXACT, least, "min |a_k + i b_k|");
	if (low > 0)
		know(f, "mu", RATE_EXACT, low, "min a_k");
	f->monotone = low >= 0;
	know(f, "monotone", RATE_EXACT, f->monotone, "min a_k >= 0");
	know(f, "skew", RATE_EXACT, !(high > 0), "all a_k = 0");
	know(f, "L_2", RATE_EXACT, 0, "V is affine");
	know_vector(f, "x_star", d, f->centre);
	*self = f;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self, (void)x;
	*f = 0;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct affine_field *f = self;
	size_t d = f->known.d;

	for (size_t j = 0; j < d; j++)
		g[j] = x[j] - f->centre[j];
	reflect(f, g);
	for (size_t k = 0; 2 * k < d; k++) {
		double s = g[2 * k], t = g[2 * k + 1];

		g[2 * k] = f->a[k] * s - f->b[k] * t;
		g[2 * k + 1] = f->b[k] * s + f->a[k] * t;
	}
	reflect(f, g);
	return RATE_OK;
}

/* The resolvent: division by 1 + gamma (a + i b) on each plane. */
static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct affine_field *f = self;
	size_t d = f->known.d;

	(void)i;
	for (size_t j = 0; j < d; j++)
		p[j] = x[j] - f->centre[j];
	reflect(f, p);
	for (size_t k = 0; 2 * k < d; k++) {
		double s = p[2 * k], t = p[2 * k + 1], re = 1 + gamma * f->a[k], im = gamma * f->b[k],
		       square = re * re + im * im;

		p[2 * k] = (re * s + im * t) / square;
		p[2 * k + 1] = (re * t - im * s) / square;
	}
	reflect(f, p);
	axpy(d, 1, f->centre, p);
	return RATE_OK;
}

SUM_OF_ONE_TERM
OFFERS({ "finite-sum/1", &sum })

/* Where a_k < 0 the resolvent need not exist. */
static const void *offers_of(void *self, const char *name)
{
	return ((const struct affine_field *)self)->monotone || strcmp(name, "finite-sum/1")
	    ? offers(self, name) : NULL;
}

static const rate_objective affine_field = { OBJECTIVE,
	.id = "affine-field",
	.title = "Rotations and spirals",
	.summary = "the field V(x) = A(x - c), on plane k multiplication by a_k + i b_k: the model problem of min-max",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers_of };
static const rate_objective *const objectives[] = { &affine_field };
RATE_PLUGIN("affine-field", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
