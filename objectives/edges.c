/* edges: f(x) = (1/n) sum_j a_j [x_i > c_j], edge j on coordinate i = j mod d. A picture's loss: steps, and no slope.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gradient is 0 wherever there is one. Smoothed with normals it is (1/n) sum a_j Phi((x_i - c_j)/r) (smoothing/1,
 * law 1 only). a = 1 is a staircase; a = -1/1 with c = -w/w is a well of the width 2 w.
 *
 * Constants: f_star; normal.range, the largest value of f less the least, exact. For normals of the standard deviation
 * `sigma`, from the start that the objective comes with: normal.sigma, and normal.gap >= f_r(x_0) - inf f_r, an
 * equality if no a is negative.
 *
 *     ratecheck verify es-bounded --objective edges:c=0.5/1.5/2.5,start=3
 */
#include "common.h"

enum { D, WEIGHTS, PLACES, START, SIGMA };
static const rate_param params[] = {
	[D] = { "d", RATE_INTEGER, "1", 1, 4096, NULL, "dimension" },
	[WEIGHTS] = { "a", RATE_REALS, "1", -1e50, 1e50, NULL, "heights; the last entry for all that follow" },
	[PLACES] = { "c", RATE_REALS, "0", -1e50, 1e50, NULL, "where the edges are" },
	[START] = { "start", RATE_REALS, "0.5", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
	[SIGMA] = { "sigma", RATE_REAL, "1", 1e-50, 1e50, NULL, "of the normals that normal.gap speaks of" },
};

struct edges {
	struct facts known;
	size_t n;
	double *a, *c;
};

static int value(void *self, const double *x, double *f)
{
	const struct edges *q = self;

	*f = 0;
	for (size_t j = 0; j < q->n; j++)
		*f += x[j % q->known.d] > q->c[j] ? q->a[j] / (double)q->n : 0;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)x;
	memset(g, 0, facts_dim(self) * sizeof *g);
	return RATE_OK;
}

static int smoothed_value(void *self, int law, double r, const double *x, double *f)
{
	const struct edges *q = self;

	if (law != 1)
		return RATE_FAIL;
	*f = 0;
	for (size_t j = 0; j < q->n; j++)
		*f += q->a[j] / (double)q->n * erfc((q->c[j] - x[j % q->known.d]) / (r * sqrt(2))) / 2;
	return RATE_OK;
}

static int smoothed_gradient(void *self, int law, double r, const double *x, double *g)
{
	const struct edges *q = self;

	if (law != 1)
		return RATE_FAIL;
	memset(g, 0, q->known.d * sizeof *g);
	for (size_t j = 0; j < q->n; j++) {
		double z = (x[j % q->known.d] - q->c[j]) / r;
		g[j % q->known.d] += q->a[j] / (double)q->n * exp(-z * z / 2) / (r * sqrt(2 * acos(-1)));
	}
	return RATE_OK;
}

/* The least and the largest value along coordinate i, over the pieces between its edges. */
static void range_along(const struct edges *q, size_t i, double *least, double *most)
{
	*least = *most = 0;
	for (size_t k = i; k < q->n; k += q->known.d) { /* just beyond edge k */
		double sum = 0;
		for (size_t j = i; j < q->n; j += q->known.d)
			sum += q->c[j] <= q->c[k] ? q->a[j] / (double)q->n : 0;
		*least = fmin(*least, sum);
		*most = fmax(*most, sum);
	}
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = (size_t)v[D].integer, n = v[PLACES].count;
	double *start, least = 0, most = 0, f_r;
	struct edges *q;

	if (n < 1 || v[WEIGHTS].count > n)
		return host->fail(host, "edges: %zu heights a for %zu places c", v[WEIGHTS].count, n);
	if (!(q = facts_new(host, sizeof *q, d, d + 2 * n)))
		return RATE_FAIL;
	q->n = n;
	start = facts_take(q, d);
	q->a = facts_take(q, n);
	q->c = facts_take(q, n);
	for (size_t i = 0; i < d; i++)
		start[i] = v[START].reals[i < v[START].count ? i : v[START].count - 1];
	q->known.start = start;
	for (size_t j = 0; j < n; j++) {
		q->a[j] = v[WEIGHTS].reals[j < v[WEIGHTS].count ? j : v[WEIGHTS].count - 1];
		q->c[j] = v[PLACES].reals[j];
	}
	for (size_t i = 0; i < d; i++) {
		double low, high;
		range_along(q, i, &low, &high);
		least += low;
		most += high;
	}
	know(q, "f_star", RATE_EXACT, least, "the lowest piece");
	know(q, "normal.range", RATE_EXACT, most - least, "the highest piece less the lowest");
	know(q, "normal.sigma", RATE_EXACT, v[SIGMA].real, "given");
	if (smoothed_value(q, 1, v[SIGMA].real, start, &f_r) == RATE_OK)
		know(q, "normal.gap", RATE_UPPER, f_r - least, "f_r(x_0) less the lowest piece");
	*self = q;
	return RATE_OK;
}

static const rate_smoothing smoothing = { sizeof smoothing, smoothed_value, smoothed_gradient };
OFFERS({ "smoothing/1", &smoothing })

static const rate_objective edges = { OBJECTIVE,
	.id = "edges",
	.title = "Steps without slopes",
	.summary = "the mean of a_j [x > c_j], smoothed with normals in closed form",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &edges };
RATE_PLUGIN("edges", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
