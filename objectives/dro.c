/* dro (wrapper): the losses of a sum under the worst weights, with a penalty on their distance from equal ones:
 *
 *     F(x) = max over q of sum_i q_i l_i(x) - nu n |q - 1/n|^2, plus mu/2 |x|^2,
 *     0 <= q_i <= cap = 1/(n (1 - beta)), sum_i q_i = 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A spectral risk: beta -> 1 lets one loss take all (the chi-square penalty of distributionally robust optimisation),
 * beta = 0 leaves the mean. The best weights are q_i = 1/n + (l_i - tau)/(2 nu n), cut off at 0 and cap; tau is found
 * by bisection and then from the weights between. It is no finite sum: a batch sees another risk. Losses and weights
 * are offered as they are (risk/1), and the gradient is sum_i q_i grad l_i + mu x.
 *
 * Constants: convex for convex losses, and then mu; for these with known slopes G_i (the mean of whose squares is
 * risk.G2) L = L_max + risk.G2/(2 nu) + mu. Besides risk.nu, risk.mu, risk.cap, risk.n, risk.L = L_max, risk.G = max
 * G_i; risk.pair = G for the two losses G x and -G x on the simplex. x_star is 0 for that pair, else the host looks for
 * it. Start: the inner one.
 *
 *     ratecheck verify gd-strongly-convex --objective affine-losses:a=-1/1/2,b=0/0.5/-1+dro:nu=0.5,mu=0.5
 */
#include "wrapper.h"

#include <float.h>

enum { NU, MU, BETA };
static const rate_param params[] = {
	[NU] = { "nu", RATE_REAL, "1", 1e-12, 1e12, NULL, "weight of the penalty" },
	[MU] = { "mu", RATE_REAL, "0.5", 0, 1e12, NULL, "weight of |x|^2/2" },
	[BETA] = { "beta", RATE_REAL, "0.999999", 0, 0.999999, NULL, "no weight exceeds 1/(n (1 - beta))" },
};

struct dro {
	struct facts known;
	rate_risk risk; /* with its own ridge */
	rate_function inner;
	const rate_finite_sum *sum; /* NULL: one loss, the objective */
	size_t n, d;
	double nu, mu, cap, *loss, *above, *tilt, *slope, *mean, *zero; /* tilt: weights less 1/n */
};

static int loss_of(void *self, size_t i, const double *x, double *l)
{
	const struct dro *q = self;

	return q->sum ? q->sum->value(q->inner.self, i, x, l) : q->inner.cls->value(q->inner.self, x, l);
}

static int slope_of(void *self, size_t i, const double *x, double *g)
{
	const struct dro *q = self;

	return q->sum ? q->sum->gradient(q->inner.self, i, x, g) : q->inner.cls->gradient(q->inner.self, x, g);
}

static size_t count(void *self)
{
	return ((const struct dro *)self)->n;
}

/* 1/n + (l - tau)/(2 nu n), not cut off */
static double share(const struct dro *q, double l, double tau)
{
	return (1 + (l - tau) / (2 * q->nu)) / (double)q->n;
}

static double cut(double share, double cap)
{
	return fmin(fmax(share, 0), cap);
}

/* The tau at which the weights add up to 1 if those between 0 and cap at `tau` are those that are there at the end:
 * between/n + (sum - between tau)/(2 nu n) + capped = 1. NaN: there are none between. */
static double settle(const struct dro *q, const double *l, double tau)
{
	double sum = 0, capped = 0, between = 0;

	for (size_t i = 0; i < q->n; i++) {
		double s = share(q, l[i], tau);
		if (s > 0 && s < q->cap) {
			between++;
			sum += l[i];
		} else if (s >= q->cap)
			capped += q->cap;
	}
	return between > 0 ? (sum - 2 * q->nu * ((double)q->n * (1 - capped) - between)) / between : NAN;
}

/* The sum of the weights falls as tau grows, piece by piece along lines: Newton's steps, which `settle` gives, between
 * brackets. */
static double bisect(const struct dro *q, const double *l, double low, double high)
{
	double tau = low + (high - low) / 2, sum, next;

	for (int k = 0; k < 200 && low < tau && tau < high; k++, tau = next) {
		sum = 0;
		for (size_t i = 0; i < q->n; i++)
			sum += cut(share(q, l[i], tau), q->cap);
		if (fabs(sum - 1) <= 4 * DBL_EPSILON)
			return tau;
		*(sum > 1 ? &low : &high) = tau;
		next = settle(q, l, tau);
		if (!(next > low && next < high))
			next = low + (high - low) / 2;
	}
	return tau;
}

static double tau_of(const struct dro *q, const double *l)
{
	double low = l[0], high = l[0], tau = 0, settled;

	for (size_t i = 0; i < q->n; i++) {
		low = fmin(low, l[i]);
		high = fmax(high, l[i]);
		tau += l[i] / (double)q->n;
	}
	if ((double)q->n * q->cap <= 1)
		return low; /* they all have the weight 1/n */
	if (!(share(q, low, tau) > 0 && share(q, high, tau) < q->cap)) {
		tau = bisect(q, l, low - 2 * q->nu * ((double)q->n * q->cap - 1), high + 2 * q->nu);
		settled = settle(q, l, tau);
		tau = settled == settled ? settled : tau;
	}
	return tau;
}

/* Losses less the one that is nearest to tau, and their tau: weights depend on differences alone, which keep their
 * digits there, however small nu is beside the losses. */
static double shift(struct dro *q, const double *l)
{
	double tau = tau_of(q, l), near = l[0];

	for (size_t i = 0; i < q->n; i++)
		near = fabs(l[i] - tau) < fabs(near - tau) ? l[i] : near;
	for (size_t i = 0; i < q->n; i++)
		q->above[i] = l[i] - near;
	return tau_of(q, q->above);
}

static int weights(void *self, const double *l, double *w)
{
	struct dro *q = self;
	double tau = shift(q, l);

	for (size_t i = 0; i < q->n; i++)
		w[i] = cut(share(q, q->above[i], tau), q->cap);
	return RATE_OK;
}

/* Losses at x, and by how much the best weights differ from equal ones: with the digits of the losses, which 1/n would
 * take near a minimiser. */
static int look(struct dro *q, const double *x)
{
	double n = (double)q->n, tau;

	for (size_t i = 0; i < q->n; i++)
		if (loss_of(q, i, x, q->loss + i))
			return RATE_FAIL;
	tau = shift(q, q->loss);
	for (size_t i = 0; i < q->n; i++) {
		double s = share(q, q->above[i], tau);
		q->tilt[i] = s <= 0 || s >= q->cap ? cut(s, q->cap) - 1 / n : (q->above[i] - tau) / (2 * q->nu * n);
	}
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	struct dro *q = self;
	double n = (double)q->n, mean = 0;

	if (look(q, x))
		return RATE_FAIL;
	*f = q->mu / 2 * dot(q->d, x, x);
	for (size_t i = 0; i < q->n; i++)
		mean += q->loss[i] / n;
	*f += mean;
	for (size_t i = 0; i < q->n; i++)
		*f += q->tilt[i] * (q->loss[i] - mean - q->nu * n * q->tilt[i]);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	struct dro *q = self;

	if (look(q, x))
		return RATE_FAIL;
	memset(g, 0, q->d * sizeof *g);
	memset(q->mean, 0, q->d * sizeof *q->mean);
	for (size_t i = 0; i < q->n; i++) {
		if (slope_of(q, i, x, q->slope))
			return RATE_FAIL;
		axpy(q->d, q->tilt[i], q->slope, g);
		axpy(q->d, 1 / (double)q->n, q->slope, q->mean);
	}
	for (size_t j = 0; j < q->d; j++)
		g[j] += q->mean[j] + q->mu * x[j];
	return RATE_OK;
}

/* G where the losses are G x and -G x and one of them may take all; else 0. */
static double is_pair(struct dro *q, double L_max)
{
	double l[2], g[2], at_zero = 0;

	if (q->n != 2 || q->d != 1 || L_max != 0 || q->cap < 1)
		return 0;
	for (size_t i = 0; i < 2; i++)
		if (loss_of(q, i, &at_zero, l + i) || slope_of(q, i, &at_zero, g + i))
			return 0;
	return l[0] == 0 && l[1] == 0 && g[0] == -g[1] ? fabs(g[0]) : 0;
}

/* The slopes of the losses: their largest, and the mean of their squares; 0 where they are not known. */
static int slopes(struct dro *q, const rate_constants *c, double *G_i, double *G, double *G2)
{
	rate_constant one = { .size = sizeof one };

	if (c->vector && c->vector(q->inner.self, "G_i", q->n, G_i) == RATE_OK)
		;
	else if (q->n == 1 && c->scalar(q->inner.self, "G", &one) == RATE_OK)
		G_i[0] = one.value;
	else
		return 0;
	for (size_t i = 0; i < q->n; i++) {
		*G = fmax(*G, G_i[i]);
		*G2 += G_i[i] * G_i[i] / (double)q->n;
	}
	return 1;
}

static void know_constants(struct dro *q, const rate_constants *c, double *G_i)
{
	rate_constant said = { .size = sizeof said }, convex = { .size = sizeof convex };
	double G = 0, G2 = 0, L = 0, pair;
	int smooth = c && (c->scalar(q->inner.self, "L_max", &said) == RATE_OK ||
	                   (q->n == 1 && c->scalar(q->inner.self, "L", &said) == RATE_OK));

	know(q, "risk.nu", RATE_EXACT, q->nu, "given");
	know(q, "risk.mu", RATE_EXACT, q->mu, "given");
	know(q, "risk.cap", RATE_EXACT, fmin(q->cap, 1), "1/(n (1 - beta)), at most 1");
	know(q, "risk.n", RATE_EXACT, (double)q->n, "losses");
	if (c && c->scalar(q->inner.self, "convex", &convex) == RATE_OK && convex.value > 0) {
		know(q, "convex", RATE_EXACT, 1, "a maximum of convex functions");
		know(q, "mu", RATE_LOWER, q->mu, "the ridge");
		if (q->mu > 0)
			know(q, "pl", RATE_LOWER, q->mu, "strongly convex");
	}
	if (smooth) {
		L = said.value;
		know(q, "risk.L", RATE_UPPER, L, "L_max of the losses");
	}
	if (!c || !slopes(q, c, G_i, &G, &G2))
		return;
	know(q, "risk.G", RATE_UPPER, G, "the steepest loss");
	know(q, "risk.G2", RATE_UPPER, G2, "mean square of the slopes");
	if (smooth)
		know(q, "L", RATE_UPPER, L + G2 / (2 * q->nu) + q->mu, "L_max + G2/(2 nu) + mu");
	if (smooth && (pair = is_pair(q, L)) > 0) {
		know(q, "risk.pair", RATE_EXACT, pair, "the losses G x and -G x");
		if (q->mu > 0) {
			know_vector(q, "x_star", 1, q->zero);
			know(q, "f_star", RATE_EXACT, 0, "equal weights at 0");
		}
	}
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	const rate_function *f = args->inner;
	const rate_constants *c;
	const rate_finite_sum *sum;
	const rate_start *at;
	rate_constant field = { .size = sizeof field };
	double *start;
	struct dro *q;
	size_t d, n;

	if (!f)
		return host->fail(host, "dro wraps an objective: write OBJECTIVE+dro");
	if (inner_interface(f, "composite/1") || inner_interface(f, "projection/1") || inner_interface(f,
	    "stream/1") ||
	    inner_interface(f, "risk/1"))
		return host->fail(host,
		    "dro: %s has an h, a feasible set, a stream of samples or is a risk already", f->cls->id);
	c = inner_interface(f, "constants/1");
	sum = inner_interface(f, "finite-sum/1");
	at = inner_interface(f, "start/1");
	if (c && c->scalar(f->self, "field", &field) == RATE_OK && field.value > 0)
		return host->fail(host, "dro: %s is a field, the gradient of no function: it has no losses",
		    f->cls->id);
	d = f->cls->dim(f->self);
	n = sum ? sum->count(f->self) : 1;
	if (!(q = facts_new(host, sizeof *q, d, 4 * n + 4 * d)))
		return RATE_FAIL;
	q->inner = *f;
	q->sum = sum;
	q->n = n;
	q->d = d;
	q->nu = v[NU].real;
	q->mu = v[MU].real;
	q->cap = 1 / ((double)n * (1 - v[BETA].real));
	q->risk = (rate_risk){ sizeof q->risk, count, loss_of, slope_of, weights, q->mu };
	q->loss = facts_take(q, n);
	q->above = facts_take(q, n);
	q->tilt = facts_take(q, n);
	q->slope = facts_take(q, d);
	q->mean = facts_take(q, d);
	q->zero = facts_take(q, d);
	q->known.start = start = facts_take(q, d);
	if (at && at->start(f->self, start)) {
		free(q);
		return RATE_FAIL;
	}
	know_constants(q, c, facts_take(q, n));
	*self = q;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	struct dro *q = self;
	const struct offer own[] = { { "constants/1", &facts_constants },
		                     { "start/1", &facts_start_at },
		                     { "risk/1", &q->risk } };

	return find_offer(own, sizeof own / sizeof *own, name);
}

static const rate_objective dro = { OBJECTIVE,
	.id = "dro",
	.title = "Distributionally robust losses",
	.summary = "the losses of a sum under the worst weights, with a penalty",
	.source = "Namkoong and Duchi 2017",
	.params = RATE_ROWS(params),
	.flags = RATE_WRAPPER,
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &dro };
RATE_PLUGIN("dro", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
