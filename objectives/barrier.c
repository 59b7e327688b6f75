/* barrier: f(x) = <c, x> + phi(b_1 - <a_1, x>) + ... + phi(b_m - <a_m, x>), phi(s) = -log s for s >= floor, continued
 * by its parabola below.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What interior point methods minimise for a linear program, made finite everywhere: phi'' is continuous.
 * Self-concordant: the third derivative along h is at most 2 (f''[h, h])^(3/2) where there is one; along the
 * parabolas it is 0. The default is x - log x from 2.
 *
 * Constants: convex, self_concordant = 1, L = sum |a_i|^2/floor^2 (from above); for d = m = 1 with ca < 0 the minimiser
 * b/a + 1/c and f_star. Hessian. Start: `start`.
 *
 *     ratecheck verify newton-damped --objective barrier:c=1/0,a=1/0/-1/0/0/1/0/-1,b=1/1/1/1,start=0.9
 */
#include "common.h"

enum { C, A, B, START, FLOOR };
static const rate_param params[] = {
	[C] = { "c", RATE_REALS, "1", -1e100, 1e100, NULL, "the linear part, d numbers" },
	[A] = { "a", RATE_REALS, "-1", -1e100, 1e100, NULL, "a_1, ..., a_m, d numbers each" },
	[B] = { "b", RATE_REALS, "0", -1e100, 1e100, NULL, "b_1, ..., b_m" },
	[START] = { "start", RATE_REALS, "2", -1e100, 1e100, NULL,
	            "x_0; the last entry for all coordinates that follow" },
	[FLOOR] = { "floor", RATE_REAL, "1e-3", 1e-12, 1, NULL,
	            "slack below which the logarithm is continued by its parabola" },
};

struct barrier {
	struct facts known;
	size_t m;
	double *c, *a, *b, *star, floor;
};

/* b_i - <a_i, x> */
static double slack(const struct barrier *q, size_t i, const double *x)
{
	return q->b[i] - dot(q->known.d, q->a + i * q->known.d, x);
}

/* phi, -phi' and phi'' at the slack s. */
static double phi(const struct barrier *q, double s, double *fall, double *bend)
{
	double at = fmax(s, q->floor), below = (s - at) / at;

	*fall = (1 - below) / at;
	*bend = 1 / at / at;
	return -log(at) - below + below * below / 2;
}

static int value(void *self, const double *x, double *f)
{
	const struct barrier *q = self;
	double fall, bend;

	*f = dot(q->known.d, q->c, x);
	for (size_t i = 0; i < q->m; i++)
		*f += phi(q, slack(q, i, x), &fall, &bend);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct barrier *q = self;
	double fall, bend;

	memcpy(g, q->c, q->known.d * sizeof *g);
	for (size_t i = 0; i < q->m; i++) {
		phi(q, slack(q, i, x), &fall, &bend);
		axpy(q->known.d, fall, q->a + i * q->known.d, g);
	}
	return RATE_OK;
}

static int dense(void *self, const double *x, double *h)
{
	const struct barrier *q = self;
	size_t d = q->known.d;
	double fall, bend;

	memset(h, 0, d * d * sizeof *h);
	for (size_t i = 0; i < q->m; i++) {
		phi(q, slack(q, i, x), &fall, &bend);
		for (size_t j = 0; j < d; j++)
			axpy(d, bend * q->a[i * d + j], q->a + i * d, h + j * d);
	}
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t d = p[C].count, m = p[B].count, starts = p[START].count;
	struct barrier *q;
	double *x0, f, square = 0;

	if (!d || !m || p[A].count != d * m || !starts || starts > d)
		return host->fail(host, "barrier: c has d numbers, b has m, and a has d m = %zu; there are %zu", d * m,
		                  (size_t)p[A].count);
	if (!(q = facts_new(host, sizeof *q, d, 3 * d + m + d * m)))
		return RATE_FAIL;
	q->m = m;
	q->c = facts_take(q, d);
	q->star = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	q->b = facts_take(q, m);
	q->a = facts_take(q, d * m);
	memcpy(q->c, p[C].reals, d * sizeof *q->c);
	memcpy(q->a, p[A].reals, d * m * sizeof *q->a);
	memcpy(q->b, p[B].reals, m * sizeof *q->b);
	for (size_t j = 0; j < d; j++)
		x0[j] = p[START].reals[j < starts ? j : starts - 1];
	q->floor = p[FLOOR].real;
	square = dot(d * m, q->a, q->a);
	know(q, "convex", RATE_EXACT, 1, "-log is convex");
	know(q, "self_concordant", RATE_EXACT, 1, "-log is, and sums are");
	know(q, "L", RATE_UPPER, square / q->floor / q->floor, "sum |a_i|^2/floor^2");
	if (d == 1 && m == 1 && q->c[0] * q->a[0] < 0 && -q->a[0] / q->c[0] >= q->floor) {
		q->star[0] = q->b[0] / q->a[0] + 1 / q->c[0];
		value(q, q->star, &f);
		know(q, "f_star", RATE_EXACT, f, "where f' = 0");
		know_vector(q, "x_star", 1, q->star);
	}
	*self = q;
	return RATE_OK;
}

static const rate_hessian hessian = { sizeof hessian, NULL, dense };
OFFERS({ "hessian/1", &hessian })

static const rate_objective barrier = { OBJECTIVE,
	.id = "barrier",
	.title = "A logarithmic barrier",
	.summary = "<c, x> - sum log(b_i - a_i'x), made finite everywhere: self-concordant",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &barrier };
RATE_PLUGIN("barrier", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
