/* markov-mean: f(x) = (x - c)^2/2 + const, whose terms are (x - G)^2/2 with multilevel Monte Carlo estimates G of the
 * mean mu of a Markov chain. Y_{k+1} = mu + rho (Y_k - mu) + sqrt(1 - rho^2) sigma z_{k+1}; with g^j the mean of the
 * first 2^j states and P(J = j) = 2^-j,
 *
 *     G = Y_1 + 1{J <= levels} 2^J (g^J - g^(J-1)).
 *
 * Each estimate is from a chain of its own that starts with its stationary law (start=stationary) or at y0
 * (start=fixed). Then c, the mean of G, is not mu: it is the mean of the first 2^levels states, which still know y0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * J has 2^levels equally likely values (one of them is J > levels), and the noise is uncorrelated of variance one: with
 * T = 2^levels it is one of the 2T vectors +-sqrt(T) e_k, equally likely. First and second moments of G are then those
 * of every such chain, normal ones among them, and f is a sum of 2T^2 terms.
 *
 * Constants, exact: L = mu = pl = L_i = 1; L_2 = 0; x_star = c; f_star = Delta_star = Var(G)/2, f_i_star = 0;
 * noise2 = sigma_star2 = Var(G), noise_additive. Of its own: chain.mean = mu, chain.rho, chain.sigma,
 * chain.levels, chain.fixed (1 with start=fixed) and
 * chain.offset = y0 - mu (0 if not fixed). Start: x_0 = x0.
 *
 *     ratecheck verify mlmc-sgd --objective markov-mean:rho=0.9,levels=4
 */
#include "common.h"

enum { RHO, SIGMA, MEAN, LEVELS, START, Y0, X0 };
static const rate_param params[] = {
	[RHO] = { "rho", RATE_REAL, "0.8", 0, 0.999999, NULL, "correlation of neighbours" },
	[SIGMA] = { "sigma", RATE_REAL, "1", 0, 1e20, NULL, "stationary standard deviation" },
	[MEAN] = { "mu", RATE_REAL, "0", -1e20, 1e20, NULL, "stationary mean" },
	[LEVELS] = { "levels", RATE_INTEGER, "4", 0, 6, NULL, "at most 2^levels states are used" },
	[START] = { "start", RATE_CHOICE, "stationary", 0, 0, "stationary|fixed", "of the chain" },
	[Y0] = { "y0", RATE_REAL, "0", -1e20, 1e20, NULL, "Y_1, with start=fixed" },
	[X0] = { "x0", RATE_REAL, "1", -1e20, 1e20, NULL, "x_0" },
};

struct chain {
	struct facts known;
	size_t n;
	double middle, low, x0, *G; /* middle = x_star, low = f_star */
};

/* G - mu with the level of outcome `which` of T, on the states y - mu. */
static double estimate(size_t T, size_t which, const double *y)
{
	size_t J = 1, left = T - which; /* T/2 outcomes have J = 1, T/4 have J = 2, ..., the last none */
	double long_sum = 0, short_sum = 0, size;

	if (left == 1)
		return y[0];
	while (left <= T >> J)
		J++;
	size = ldexp(1, (int)J);
	for (size_t k = 0; k < (size_t)size; k++) {
		long_sum += y[k];
		short_sum += k < (size_t)size / 2 ? y[k] : 0;
	}
	return y[0] + size * (long_sum / size - short_sum / (size / 2));
}

static void fill(struct chain *q, const rate_value *v, size_t T, double *y)
{
	double rho = v[RHO].real, sigma = v[SIGMA].real, mean = v[MEAN].real;
	double fresh = sqrt(1 - rho * rho) * sigma * sqrt((double)T), variance = 0, lost = 0;

	for (size_t which = 0, i = 0; which < T; which++)
		for (size_t k = 0; k < 2 * T; k++, i++) {
			double z = k % 2 ? -1 : 1;

			y[0] = v[START].integer ? v[Y0].real - mean : k / 2 == 0 ? z * sigma * sqrt((double)T) : 0;
			for (size_t s = 1; s < T; s++)
				y[s] = rho * y[s - 1] + (k / 2 == s ? z * fresh : 0);
			q->G[i] = estimate(T, which, y);
			add_fully(&q->middle, &lost, q->G[i] / (double)q->n);
		}
	q->middle = added(q->middle, lost);
	lost = 0;
	for (size_t i = 0; i < q->n; i++)
		add_fully(&variance, &lost, (q->G[i] - q->middle) * (q->G[i] - q->middle) / (double)q->n);
	variance = added(variance, lost);
	for (size_t i = 0; i < q->n; i++)
		q->G[i] += mean;
	q->middle += mean;
	q->low = variance / 2;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	static const char *const one[] = { "convex", "L", "mu", "pl", "L_max", "mu_min", "noise_additive" };
	const rate_value *v = args->value;
	size_t T = (size_t)1 << v[LEVELS].integer, n = 2 * T * T;
	struct chain *q = facts_new(host, sizeof *q, 1, 3 * n + T);
	double *L_i, *zeros;

	if (!q)
		return RATE_FAIL;
	q->n = n;
	q->G = facts_take(q, n);
	L_i = facts_take(q, n);
	zeros = facts_take(q, n);
	for (size_t i = 0; i < n; i++)
		L_i[i] = 1;
	fill(q, v, T, facts_take(q, T));
	q->x0 = v[X0].real;
	q->known.start = &q->x0;
	for (size_t k = 0; k < sizeof one / sizeof *one; k++)
		know(q, one[k], RATE_EXACT, 1, "f_i'' = 1");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "f_star", RATE_EXACT, q->low, "Var(G)/2");
	know(q, "Delta_star", RATE_EXACT, q->low, "f_i_star = 0");
	know(q, "noise2", RATE_EXACT, 2 * q->low, "Var(G)");
	know(q, "sigma_star2", RATE_EXACT, 2 * q->low, "Var(G)");
	know(q, "interpolation", RATE_EXACT, !(q->low > 0), "all G the same");
	know(q, "chain.mean", RATE_EXACT, v[MEAN].real, "given");
	know(q, "chain.rho", RATE_EXACT, v[RHO].real, "given");
	know(q, "chain.sigma", RATE_EXACT, v[SIGMA].real, "given");
	know(q, "chain.levels", RATE_EXACT, (double)v[LEVELS].integer, "given");
	know(q, "chain.fixed", RATE_EXACT, (double)v[START].integer, "given");
	know(q, "chain.offset", RATE_EXACT, v[START].integer ? v[Y0].real - v[MEAN].real : 0, "given");
	know_vector(q, "x_star", 1, &q->middle);
	know_vector(q, "L_i", n, L_i);
	know_vector(q, "f_i_star", n, zeros);
	*self = q;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct chain *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct chain *q = self;

	*f = (*x - q->G[i]) * (*x - q->G[i]) / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	*g = *x - ((const struct chain *)self)->G[i];
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	*p = (*x + gamma * ((const struct chain *)self)->G[i]) / (1 + gamma);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct chain *q = self;

	*gap = (*x - q->middle) * (*x - q->middle) / 2;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	gap_at(self, x, f);
	*f += ((const struct chain *)self)->low;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = *x - ((const struct chain *)self)->middle;
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)self, (void)x;
	*out = *v;
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_gap gap = { sizeof gap, gap_at };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "finite-sum/1", &sum }, { "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective markov_mean = { OBJECTIVE,
	.id = "markov-mean",
	.title = "The mean of a Markov chain by multilevel Monte Carlo",
	.summary = "(x - G)^2/2, G an estimate from a chain of random length",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &markov_mean };
RATE_PLUGIN("markov-mean", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
