/* minimax: f(x) = max{ G max_i x_i, G |x| - G R (1 + 1/sqrt T) } in R^T: the subgradient method is slowest on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From 0 with steps R/(G sqrt T), T steps of the subgradient method find only f = 0, whatever is averaged, while
 * f_star = -G R/sqrt T at distance R: the bound G R/sqrt T is attained.
 *
 * The oracle: G e_i for the smallest i whose x_i is within rounding, 2^-46 |x|_inf, of the largest; of the branches
 * the first, unless the second is larger by G times 2^-46 (|x| + R + R/sqrt T).
 * Constants: subgradients have norm G, exactly; convex as a maximum of convex functions;
 * x_star = -(R/sqrt T)(1, ..., 1). Its own constant `minimax` = T. The gap,
 * max{ G (max_i x_i + R/sqrt T), G (|x| - R) }, has no cancellation in the constants. Start: 0.
 *
 *     ratecheck verify ssd-convex-horizon --objective minimax:T=20
 */
#include "common.h"

enum { T, LIPSCHITZ, RADIUS };
static const rate_param params[] = {
	[T] = { "T", RATE_INTEGER, "20", 1, 1e6, NULL, "number of steps it is built for; the dimension" },
	[LIPSCHITZ] = { "G", RATE_REAL, "1", 1e-100, 1e100, NULL, "norm of the subgradients" },
	[RADIUS] = { "R", RATE_REAL, "1", 1e-100, 1e100, NULL, "distance of 0 from the minimiser" },
};

#define TIE 0x1p-46

struct minimax {
	struct facts known;
	double G, R, low; /* low = R/sqrt T */
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = (size_t)p[T].integer;
	struct minimax *m = facts_new(host, sizeof *m, d, 2 * d);
	double *x_star;

	if (!m)
		return RATE_FAIL;
	m->G = p[LIPSCHITZ].real;
	m->R = p[RADIUS].real;
	m->low = m->R / sqrt((double)d);
	m->known.start = facts_take(m, d);
	x_star = facts_take(m, d);
	for (size_t i = 0; i < d; i++)
		x_star[i] = -m->low;
	know(m, "convex", RATE_EXACT, 1, "a maximum of convex functions");
	know(m, "G", RATE_EXACT, m->G, "subgradients G e_i and G x/|x|");
	know(m, "f_star", RATE_EXACT, -m->G * m->low, "-G R/sqrt T");
	know(m, "minimax", RATE_EXACT, (double)d, "T: what it is built for");
	know_vector(m, "x_star", d, x_star);
	*self = m;
	return RATE_OK;
}

static double largest(size_t d, const double *x)
{
	double most = x[0];

	for (size_t i = 1; i < d; i++)
		most = fmax(most, x[i]);
	return most;
}

static int value(void *self, const double *x, double *f)
{
	const struct minimax *m = self;
	size_t d = m->known.d;

	*f = m->G * fmax(largest(d, x), sqrt(dot(d, x, x)) - (m->R + m->low));
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct minimax *m = self;
	size_t d = m->known.d;

	*gap = m->G * fmax(largest(d, x) + m->low, sqrt(dot(d, x, x)) - m->R);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct minimax *m = self;
	size_t d = m->known.d, first = 0;
	double most = largest(d, x), norm = sqrt(dot(d, x, x)), tie = 0;

	for (size_t i = 0; i < d; i++)
		tie = fmax(tie, fabs(x[i]));
	tie *= TIE;
	if (norm - (m->R + m->low) > most + TIE * (norm + m->R + m->low)) {
		for (size_t i = 0; i < d; i++)
			g[i] = m->G * x[i] / norm;
		return RATE_OK;
	}
	while (x[first] < most - tie)
		first++;
	memset(g, 0, d * sizeof(double));
	g[first] = m->G;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
OFFERS({ "gap/1", &gap })

static const rate_objective minimax = { OBJECTIVE,
	.id = "minimax",
	.title = "Worst case of the subgradient method",
	.summary = "max{G max_i x_i, G |x| - G R (1 + 1/sqrt T)} in R^T",
	.source = "Drori & Teboulle, Math. Program. 160 (2016), 321-351",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &minimax };
RATE_PLUGIN("minimax", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
