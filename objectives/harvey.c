/* harvey: f(x) = max_i <h_i, x>, i = 1, ..., T + 1, over the unit ball of R^T: steps 1/sqrt t lose a logarithm on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With a_j = 1/(8 (T - j + 1)) and b_j = sqrt(j)/(2 sqrt T), h_i has the entries a_j for j < i, -b_i at j = i (if i
 * <= T), and 0 after. From 0 the oracle answers h_1, h_2, ... in turn. After T steps 1/sqrt t of the subgradient method
 * f = sum_j a_j x_j >= log T/(32 sqrt T), while f(0) = 0.
 *
 * The oracle: the smallest i with <h_i, x> within rounding, 2^-46 |x|, of the largest. Constants: convex as a maximum;
 * |h_i|^2 is at most 1/4 + pi^2/384, so G = 0.5251 is an upper bound; diameter 2. The minimum over the ball is not
 * known in closed form. Its own constant `harvey` = T. Start: 0.
 *
 *     ratecheck verify li-harvey-lb --objective harvey:T=64 --steps 64
 */
#include "common.h"

enum { T };
#define TIE 0x1p-46
static const rate_param params[] = {
	[T] = { "T", RATE_INTEGER, "64", 1, 1e6, NULL, "number of steps it is built for; the dimension" },
};

struct harvey {
	struct facts known;
	double *a, *b; /* entry j - 1 is a_j, b_j */
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t d = (size_t)args->value[T].integer;
	struct harvey *h = facts_new(host, sizeof *h, d, 3 * d);

	if (!h)
		return RATE_FAIL;
	h->a = facts_take(h, d);
	h->b = facts_take(h, d);
	h->known.start = facts_take(h, d);
	for (size_t j = 0; j < d; j++) {
		h->a[j] = 1 / (8 * (double)(d - j));
		h->b[j] = sqrt((double)(j + 1) / (double)d) / 2;
	}
	know(h, "convex", RATE_EXACT, 1, "a maximum of linear functions");
	know(h, "G", RATE_UPPER, 0.5251, "|h_i|^2 <= 1/4 + pi^2/384");
	know(h, "diameter", RATE_EXACT, 2, "the unit ball");
	know(h, "harvey", RATE_EXACT, (double)d, "what it is built for");
	*self = h;
	return RATE_OK;
}

/* <h_{i+1}, x> when `sum` is a_1 x_1 + ... + a_i x_i. */
static double piece(const struct harvey *h, const double *x, size_t i, double sum)
{
	return i < h->known.d ? sum - h->b[i] * x[i] : sum;
}

static double largest(const struct harvey *h, const double *x)
{
	double most = -HUGE_VAL, sum = 0;

	for (size_t i = 0; i <= h->known.d; i++) {
		most = fmax(most, piece(h, x, i, sum));
		sum += i < h->known.d ? h->a[i] * x[i] : 0;
	}
	return most;
}

static int value(void *self, const double *x, double *f)
{
	*f = largest(self, x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct harvey *h = self;
	size_t d = h->known.d, i = 0;
	double most = largest(h, x), tie = TIE * sqrt(dot(d, x, x)), sum = 0;

	for (; i < d && piece(h, x, i, sum) < most - tie; i++)
		sum += h->a[i] * x[i];
	memset(g, 0, d * sizeof *g);
	memcpy(g, h->a, i * sizeof *g);
	if (i < d)
		g[i] = -h->b[i];
	return RATE_OK;
}

static int project(void *self, const double *x, double *p)
{
	size_t d = facts_dim(self);
	double norm = sqrt(dot(d, x, x));

	for (size_t j = 0; j < d; j++)
		p[j] = norm > 1 ? x[j] / norm : x[j];
	return RATE_OK;
}

static const rate_projection projection = { sizeof projection, project };
OFFERS({ "projection/1", &projection })

static const rate_objective harvey = { OBJECTIVE,
	.id = "harvey",
	.title = "Where steps 1/sqrt t lose a logarithm",
	.summary = "a maximum of T + 1 linear functions over the unit ball",
	.source = "Harvey, Liaw, Plan and Randhawa, COLT 2019",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &harvey };
RATE_PLUGIN("harvey", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
