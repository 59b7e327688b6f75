/*:
# Sums that nobody sees, and SGD on them

In the shuffle model users send randomised messages, a shuffler mixes them, and only their sum is read. What the optimiser gets is an unbiased gradient with a little more noise. How much more, and what does it cost?

**Theorem (the sum).** User $i=1,\dots,n$ holds $x_i\in[0,1]$ and sends $\lfloor x_ig\rfloor$ ones, one more with probability $f_i=x_ig-\lfloor x_ig\rfloor$, and a binomial number of ones, $b$ trials with probability $p$. With $S$ the number of ones that arrive, $\hat s=(S-nbp)/g$ has
$$ \mathbb E\hat s=\sum_ix_i,\qquad \operatorname{Var}\hat s=\frac1{g^2}\Bigl(\sum_if_i(1-f_i)+nbp(1-p)\Bigr) . $$

**Proof.** Everything is independent; means and variances of the summands add. The rounding of user $i$ has mean $x_ig$ and variance $f_i(1-f_i)$, the binomial number has mean $bp$ and variance $bp(1-p)$. $\square$

**Hypotheses.** That the messages are private is another theorem, and not this book's.

# Subgradients with private noise

**Theorem.** Let $f$ be convex with slopes at most $G$, $x_{t+1}=x_t-\gamma(g_t+\xi_t)$ with $g_t\in\partial f(x_t)$ and noise $\xi_t$ independent of the past, $\mathbb E\xi_t=0$, $\mathbb E\|\xi_t\|^2\le\sigma^2$. Then for every $T\ge1$ and $\gamma>0$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma T}+\frac{\gamma(G^2+\sigma^2)}2 . $$
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

#include <string.h>

static const char *const needs[] = { "convex", "G_mean", "noise2",      "noise_additive",
	                             "x_star", "f_star", "no composite" };
enum { G_MEAN = 1 };

FORMULA(bound, t, D2 / (2 * gamma * t) + gamma * (c->need[G_MEAN] * c->need[G_MEAN] + noise2) / 2)

/*:
## Proof

Given the past the cross term with $\xi_t$ has mean zero, so
$$ \mathbb E\|x_{t+1}-x_\star\|^2\le\|x_t-x_\star\|^2-2\gamma(f(x_t)-f_\star)+\gamma^2(G^2+\sigma^2) . $$
Sum, divide by $2\gamma T$, and use Jensen's inequality for the average. $\square$

## How sharp it is

Noise of the size of the slopes costs the bound a factor $2$, and the truth nearly as much: ${{private-sgd#1.max_ratio:2}}$ on $|x|$ for twelve steps, all $2^{12}$ paths counted. Without noise the bound is attained.

## What is run

The sum: laws by convolution, for at most five users. The method: convex objectives with noise that does not depend on $x$.

## What must fail

Rounding to the nearest instead of at random, which is biased. The noise left out of the bound, as if privacy were for free.

## Exercises

1. Coordinates are scaled from $[-G,G]$ to $[0,1]$, $n$ users send per round, $p=\frac12$. Which $g$ makes the variance of the mean gradient at most $G^2$?
2. Which theorem of the book is this without noise?
3. Choose $\gamma$ for given $T$. What does the noise multiply the error by?
4. *Compute.* For which steps is the bound within ten percent of what is measured? Run `ratecheck verify private-sgd:gamma=0.1 --objective abs:start=2.04+sign-noise:sigma=1 --steps 12 --bound-factor 0.9` with longer steps.
:*/

enum { USERS = 5, FINEST = 7, TRIALS = 8, LENGTH = USERS * (FINEST + 1 + TRIALS) + 1 };
enum { users_, grid_, trials_, chance_, nearest_ };

/* law <- law of the sum with one more independent number, `more` of `count` values. */
static void convolve(double *law, size_t count, const double *more)
{
	double sum[LENGTH] = { 0 };

	for (size_t i = 0; i < LENGTH; i++)
		for (size_t j = 0; j < count && i + j < LENGTH && law[i] > 0; j++)
			sum[i + j] += law[i] * more[j];
	memcpy(law, sum, sizeof sum);
}

/* The law of the number of ones that arrive. */
static void law_of_ones(const double *param, const double *x, double *law)
{
	double one[2] = { 1 - param[chance_], param[chance_] };

	memset(law, 0, LENGTH * sizeof *law);
	law[0] = 1;
	for (int i = 0; i < (int)param[users_]; i++) {
		double at = x[i] * param[grid_], user[FINEST + 2] = { 0 };
		size_t whole = (size_t)at;
		double up = param[nearest_] != 0 ? at - (double)whole >= 0.5 : at - (double)whole;
		user[whole] = 1 - up;
		user[whole + 1] = up;
		convolve(law, FINEST + 2, user);
		for (int k = 0; k < (int)param[trials_]; k++)
			convolve(law, 2, one);
	}
}

/* Means and variances in turn. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double x[USERS], law[LENGTH], mean = 0, square = 0, sum = 0, fractions = 0,
				      noise = v[users_] * v[trials_] * v[chance_];

	p->host->uniforms(p->host, 1, p->number, USERS, x);
	law_of_ones(v, x, law);
	for (size_t k = 0; k < LENGTH; k++)
		mean += (double)k * law[k];
	for (size_t k = 0; k < LENGTH; k++)
		square += ((double)k - mean) * ((double)k - mean) * law[k];
	for (int i = 0; i < (int)v[users_]; i++) {
		double f = x[i] * v[grid_] - floor(x[i] * v[grid_]);
		sum += x[i];
		fractions += f * (1 - f);
	}
	*left = p->number % 2 ? square / (v[grid_] * v[grid_]) : (mean - noise) / v[grid_];
	*right = p->number % 2 ? (fractions + noise * (1 - v[chance_])) / (v[grid_] * v[grid_]) : sum;
	*s = 16 * (1 + (mean + square) / v[grid_]);
	return RATE_OK;
}

#define NOISY "abs:start=2.04+sign-noise:sigma=1"
SHARP(sharp,
	{ .objective = NOISY, .parameters = "gamma=0.204124145231931", .note = "noise as large as the slope",
	  .steps = 12,
	  .ratio = 0.971 },
	{ .objective = "abs:start=3.257+sign-noise:sigma=0.3", .parameters = "gamma=0.276501", .note = "less noise",
	  .steps = 12,
	  .ratio = 0.994 })
CONTROL(control,
	{ .objective = NOISY, .parameters = "gamma=0.204124145231931",
	  .note = "the noise left out: D^2/(2 gamma T) + gamma G^2/2",
	  .steps = 12, .factor = 0.9032 })
SHARP(sharp_sum, { .parameters = "users=3,g=5,b=4,p=0.3,nearest=0", .note = "three users", .ratio = 1 })
CONTROL(control_sum, { .parameters = "users=3,g=5,b=4,p=0.3,nearest=1", .note = "rounding to the nearest" })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };
static const rate_param params_sum[] = {
	[users_] = { "users", RATE_INTEGER, "3", 1, USERS, NULL, "users" },
	[grid_] = { "g", RATE_INTEGER, "5", 1, FINEST, NULL, "points of the grid" },
	[trials_] = { "b", RATE_INTEGER, "4", 0, TRIALS, NULL, "trials of each user's noise" },
	[chance_] = { "p", RATE_REAL, "0.3", 0.01, 0.99, NULL, "probability of a one" },
	[nearest_] = { "nearest", RATE_INTEGER, "0", 0, 0, NULL, "1: rounding to the nearest" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	double slope2 = c->need[G_MEAN] * c->need[G_MEAN] + c->noise2;

	param[gamma_] = fraction * sqrt((c->D2 > 0 ? c->D2 : 1) / ((slope2 > 0 ? slope2 : 1) * (double)c->T));
}

MUST(admissible, gamma > 0, "gamma > 0")

static const char *exact_sum(const rate_case *c)
{
	return c->param[nearest_] == 0 ? NULL : "nearest = 0";
}

#define PAPER "Cheu, Joseph, Mao and Peng, Shuffle private stochastic convex optimization, ICLR 2022"

CLAIM(shuffle_sum,
	.id = "shuffle-sum", .chapter = "robust", .title = "A sum in the shuffle model",
	.statement = "messages rounded at random on a grid of g, with binomial ones: mean Σ x_i, "
	             "variance (Σ f_i(1 − f_i) + n b p(1 − p))/g²",
	.quantity = "mean and variance of the sum", .formula = "Σ x_i; (Σ f_i(1 − f_i) + n b p(1 − p))/g²",
	.source = "the protocol of " PAPER ", as recalled; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_sum), .admissible = exact_sum, .evaluate = evaluate,
	.sharp = sharp_sum,
	.control = control_sum)

CLAIM(private_sgd,
	.id = "private-sgd", .chapter = "robust", .title = "Subgradients with private noise",
	.statement = "f convex, slopes ≤ G, independent noise with E‖ξ‖² ≤ σ², γ > 0: "
	             "E f(x̄_T) − f* ≤ ‖x_0 − x*‖²/(2γT) + γ(G² + σ²)/2",
	.quantity = "E f(x̄_t) − f*", .formula = "D²/(2γt) + γ(G² + σ²)/2",
	.source = "the optimisation part of " PAPER "; proved in this file",
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), RANGE, .power = 0.5,
	GAP_OF_AVERAGE,
	.bound = bound, SHARP_AND_CONTROL)
