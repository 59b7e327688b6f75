/* domains: f = sum_i q_i (L/2)(x - c_i)^2, a mixture with the target weights q of domains from which data comes with
 * other frequencies p; both are given as whole numbers, "9/1" being 0.9 and 0.1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is a finite sum from which a term is drawn uniformly, in one of two ways. draw=target: as many copies of domain
 * i as `target` says. draw=data: as many copies as `data` says, each multiplied by its weight w_i = q_i/p_i. Both
 * have the mean f.
 *
 * Constants, all exact: L = mu = L; L_i = w_i L; x_star = sum q_i c_i; f_i_star = 0; f_star;
 * sigma_star2 = L^2 mean w^2 (c - x_star)^2;
 * weight2 = mean w^2 and weight2_shift = mean w^2 (c - x_star), means over the draws (1 and 0 with draw=target). The
 * gap is L/2 (x - x_star)^2. Prox of a term: (x + gamma w L c)/(1 + gamma w L). Start: x_0 = start.
 *
 *     ratecheck verify upweight-law --objective domains:data=9/1,target=1/1,c=-1/1
 */
#include "common.h"

enum { DATA, TARGET, CENTRES, SMOOTH, DRAW, START };
static const rate_param params[] = {
	[DATA] = { "data", RATE_REALS, "9/1", 1, 10000, NULL, "how often the domains occur, whole numbers" },
	[TARGET] = { "target", RATE_REALS, "1/1", 0, 10000, NULL, "their weights in f, whole numbers" },
	[CENTRES] = { "c", RATE_REALS, "-1/1", -1e50, 1e50, NULL, "the minimisers of the domains" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-50, 1e50, NULL, "curvature of all domains" },
	[DRAW] = { "draw", RATE_CHOICE, "data", 0, 0, "data|target", "data: by p, with weights q/p; target: by q" },
	[START] = { "start", RATE_REAL, "3", 0, 0, NULL, "x_0" },
};

struct domains {
	struct facts known;
	size_t n;
	double L, middle, start, *c, *w; /* of each term; middle = x_star */
};

static double total(const rate_value *v)
{
	double sum = 0;

	for (size_t i = 0; i < v->count; i++)
		sum += v->reals[i] == floor(v->reals[i]) ? v->reals[i] : NAN;
	return sum;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value, *by = &v[v[DRAW].integer ? TARGET : DATA];
	size_t k = v[CENTRES].count, n, at = 0;
	double P = total(&v[DATA]), Q = total(&v[TARGET]), L = v[SMOOTH].real, *L_i, *zeros;
	double A = 0, C = 0, N = 0, low = 0, most = 0;
	struct domains *s;

	if (k != v[DATA].count || k != v[TARGET].count)
		return host->fail(host, "domains: data, target and c have different lengths");
	if (!(P > 0 && Q > 0 && P + Q <= 1e5))
		return host->fail(host,
		                  "domains: data and target are whole numbers, not all 0, with a sum of at most 1e5");
	n = (size_t)(v[DRAW].integer ? Q : P);
	if (!(s = facts_new(host, sizeof *s, 1, 4 * n)))
		return RATE_FAIL;
	s->n = n;
	s->L = L;
	s->start = v[START].real;
	s->known.start = &s->start;
	s->c = facts_take(s, n);
	s->w = facts_take(s, n);
	L_i = facts_take(s, n);
	zeros = facts_take(s, n);
	for (size_t i = 0; i < k; i++)
		s->middle += v[TARGET].reals[i] / Q * v[CENTRES].reals[i];
	for (size_t i = 0; i < k; i++)
		for (size_t copy = 0; copy < (size_t)by->reals[i]; copy++, at++) {
			double w = v[DRAW].integer ? 1 : v[TARGET].reals[i] / Q / (v[DATA].reals[i] / P);
			double c = v[CENTRES].reals[i] - s->middle;

			s->c[at] = v[CENTRES].reals[i];
			s->w[at] = w;
			L_i[at] = w * L;
			most = fmax(most, w * L);
			A += w * w / (double)n;
			C += w * w * c / (double)n;
			N += w * w * c * c / (double)n;
			low += L / 2 * w * c * c / (double)n;
		}
	know(s, "convex", RATE_EXACT, 1, "parabolas");
	know(s, "L", RATE_EXACT, L, "f'' = L");
	know(s, "mu", RATE_EXACT, L, "f'' = L");
	know(s, "pl", RATE_EXACT, L, "f'' = L");
	know(s, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(s, "L_max", RATE_EXACT, most, "L max w");
	know(s, "f_star", RATE_EXACT, low, "f(x_star)");
	know(s, "Delta_star", RATE_EXACT, low, "f_i_star = 0");
	know(s, "sigma_star2", RATE_EXACT, L * L * N, "L^2 mean w^2 (c - x_star)^2");
	know(s, "interpolation", RATE_EXACT, !(N > 0), "one centre");
	know(s, "weight2", RATE_EXACT, A, "mean w^2");
	know(s, "weight2_shift", RATE_EXACT, C, "mean w^2 (c - x_star)");
	know_vector(s, "x_star", 1, &s->middle);
	know_vector(s, "L_i", n, L_i);
	know_vector(s, "f_i_star", n, zeros);
	*self = s;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct domains *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct domains *s = self;

	*f = s->w[i] * s->L / 2 * (*x - s->c[i]) * (*x - s->c[i]);
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct domains *s = self;

	*g = s->w[i] * s->L * (*x - s->c[i]);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct domains *s = self;

	*p = (*x + gamma * s->w[i] * s->L * s->c[i]) / (1 + gamma * s->w[i] * s->L);
	return RATE_OK;
}

static int gap(void *self, const double *x, double *out)
{
	const struct domains *s = self;

	*out = s->L / 2 * (*x - s->middle) * (*x - s->middle);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct domains *s = self;
	double one;

	*f = 0;
	for (size_t i = 0; i < s->n; i++) {
		term_value(self, i, x, &one);
		*f += one / (double)s->n;
	}
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct domains *s = self;

	*g = s->L * (*x - s->middle);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	*out = ((const struct domains *)self)->L * *v;
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	(void)x;
	*out = ((const struct domains *)self)->L;
	return RATE_OK;
}

static const rate_gap gap_offer = { sizeof gap_offer, gap };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap_offer }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective domains = { OBJECTIVE,
	.id = "domains",
	.title = "A mixture of domains, drawn or weighted",
	.summary = "sum q_i (L/2)(x - c_i)^2, its terms drawn by q or drawn by p and weighted by q/p",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &domains };
RATE_PLUGIN("domains", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
