/*:
# Long chains at the price of short ones

Samples come from a Markov chain, one after the other, and at first they are biased by where the chain started. A mean over $T$ of them is less biased, at the price of $T$ samples. Multilevel Monte Carlo has the bias of the long mean and pays, on average, for a short one.

Let $Y_1,Y_2,\dots$ be the chain, $g^j$ the mean of the first $2^j$ states, $\ell\ge0$ the number of levels, and $J\ge1$ independent of the chain with $P(J=j)=2^{-j}$:
$$ G=Y_1+\mathbb 1\{J\le\ell\}\,2^J\,(g^J-g^{J-1}) . $$

**Theorem (mlmc-moments).** (i) $\mathbb E G=\mathbb E g^\ell$. (ii) On average $G$ uses $\ell+2^{-\ell}$ samples. (iii) If the chain is stationary with mean $\mu$ and $\operatorname{Cov}(Y_a,Y_b)=\sigma^2\rho^{|a-b|}$, $0\le\rho<1$, then with $T=2^\ell$, $\tau=\frac{1+\rho}{1-\rho}$ and $n=2^{j-1}$
$$ \mathbb E(G-\mu)^2=\sigma^2\Bigl(2\,\frac{1-\rho^T}{T(1-\rho)}-1+\sum_{j=1}^\ell2^jD_j\Bigr),\qquad D_j=\frac1{2n}\Bigl(\tau-\frac{2\rho(1-\rho^n)}{n(1-\rho)^2}-\frac{\rho(1-\rho^n)^2}{n(1-\rho)^2}\Bigr). $$

**Theorem (mlmc-variance).** In the case (iii) $\;\mathbb E(G-\mu)^2\le\sigma^2(1+\ell\tau)$.

So bias is cheap and variance is not: a plain mean of $\ell+1$ stationary samples has a variance of about $\sigma^2\tau/(\ell+1)$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

/* (1 - rho^n)/(1 - rho) */
static double geometric(double rho, double n)
{
	return rho > 0 ? -expm1(n * log(rho)) / (1 - rho) : 1;
}

/* E (G - mu)^2/sigma^2 of the stationary chain. */
static double second_moment(double rho, int levels)
{
	double T = ldexp(1, levels), sum = 2 * geometric(rho, T) / T - 1;

	for (int j = 1; j <= levels; j++) {
		double n = ldexp(1, j - 1), s = geometric(rho, n);

		/* 2^j D_j */
		sum += (1 + rho) / (1 - rho) - 2 * rho * s / (n * (1 - rho)) - rho * s * s / n;
	}
	return sum;
}

/*:
## Proof

(i) $\sum_{j\le\ell}2^{-j}2^j(\mathbb E g^j-\mathbb E g^{j-1})$ telescopes to $\mathbb E g^\ell-\mathbb E Y_1$. (ii) $2^J$ samples if $J\le\ell$, else one: $\sum_{j\le\ell}2^{-j}2^j+2^{-\ell}$.

(iii) Let $a=Y_1-\mu$ and $b_j=g^j-g^{j-1}$. Then $\mathbb E(G-\mu)^2=\mathbb E a^2+2\sum_j\mathbb E ab_j+\sum_j2^j\mathbb E b_j^2$. The middle sum telescopes to $\mathbb E a(g^\ell-\mu)-\sigma^2$, where $\mathbb E a(g^\ell-\mu)=\frac{\sigma^2}T\sum_{k<T}\rho^k$. And $b_j=\frac12(A''-A')$ is half the difference of the means of two blocks of $n$ states, so $\mathbb E b_j^2=\frac12(\operatorname{Var}A'-\operatorname{Cov}(A',A''))$, with
$$ \operatorname{Var}A'=\frac{\sigma^2}n\Bigl(\tau-\frac{2\rho(1-\rho^n)}{n(1-\rho)^2}\Bigr),\qquad\operatorname{Cov}(A',A'')=\frac{\sigma^2\rho(1-\rho^n)^2}{n^2(1-\rho)^2} . $$

*The bound.* The first term is at most $\sigma^2$ ($\rho^k\le1$); the covariance is not negative and $\operatorname{Var}A'\le\sigma^2\tau/n$, so $2^jD_j\le\tau$. $\square$

# SGD on such estimates

**Theorem (mlmc-sgd).** SGD on $\frac12(x-G)^2$ with a fresh chain at each step and $0<\gamma\le1$ has, with $r_t=x_t-\mu$, $S=\mathbb E(G-\mu)^2$ and $b=\mathbb E G-\mu$, exactly
$$ \mathbb E r_{t+1}^2=(1-\gamma)^2\,\mathbb E r_t^2+2\gamma(1-\gamma)b\,\mathbb E r_t+\gamma^2S,\qquad\mathbb E r_{t+1}=(1-\gamma)\,\mathbb E r_t+\gamma b . $$
If all chains start at $y_0$ and $\mathbb E(Y_k-\mu)=\rho^{k-1}(y_0-\mu)$, then $b=(y_0-\mu)\frac{1-\rho^T}{T(1-\rho)}$.

**Proof.** $r_{t+1}=(1-\gamma)r_t+\gamma(G-\mu)$, with $G$ independent of $r_t$. The bias is (i) and a geometric sum. $\square$

The point that SGD comes to is $\mu+b$: what the chain remembers of its start is not averaged away by small steps.
:*/

enum { LEVELS, RHO, SIGMA, OFFSET, FIXED, MEAN }; /* the needs */

/* E (Y_a - mu)(Y_b - mu), a and b from 1. */
static double correlation(const rate_case *c, double a, double b)
{
	double rho = c->need[RHO], s2 = c->need[SIGMA] * c->need[SIGMA], o = c->need[OFFSET];
	double memory = c->need[FIXED] != 0 ? pow(rho, a + b - 2) : 0;

	return s2 * (pow(rho, fabs(a - b)) - memory) + o * o * memory;
}

/* E (G - mu)^2: M(1, 1) + 2 sum_j E a b_j + sum_j 2^j E b_j^2, by the sums over the states themselves. */
static double mean_square(const rate_case *c)
{
	int T = 1 << (int)c->need[LEVELS];
	double sum = -correlation(c, 1, 1);

	for (int k = 1; k <= T; k++)
		sum += 2 * correlation(c, 1, k) / T;
	for (int size = 2; size <= T; size *= 2)
		for (int a = 1; a <= size; a++)
			for (int k = 1; k <= size; k++)
				sum += ((2 * a <= size) == (2 * k <= size) ? 1 : -1) * correlation(c, a, k) / size;
	return sum;
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double T = ldexp(1, (int)c->need[LEVELS]), S = mean_square(c), first = c->x0[0] - c->need[MEAN],
	       second = first * first, b = c->need[OFFSET] * geometric(c->need[RHO], T) / T;

	for (double k = 0; k < t; k++) {
		second = (1 - gamma) * ((1 - gamma) * second + 2 * gamma * b * first) + gamma * gamma * S;
		first = (1 - gamma) * first + gamma * b;
	}
	return second;
}

/*:
## How sharp it is

All but mlmc-variance are equalities. Its ratio at $\rho=0$ is $0.625$, $0.818$, ${{mlmc-variance#1.max_ratio:3}}$ with $4$, $10$, $40$ levels, and it tends to $1$ with the number of levels for every $\rho$.

## What is run

mlmc-moments: the chain on $\{-1,1\}$ that keeps its sign with the probability $\frac{1+\rho}2$, with all of its paths and all levels, from its stationary law and from $Y_1=1$. mlmc-variance: the formula of (iii) for up to forty levels. mlmc-sgd: `markov-mean`, whose $2T^2$ terms have the first two moments of $G$, so that the mean is exact.

## What must fail

The weight $2^{J-1}$ in the place of $2^J$: the mean is then half-way between the short and the long one. $\tau$ left out of the bound. The second moment of independent samples in mlmc-sgd.

## Exercises

1. What is the mean cost of the bias of a mean over $1024$ samples?
2. Where is the stationary floor of mlmc-sgd?
3. Compare the bias at equal cost for $\rho=0.9$, $y_0-\mu=1$: six levels, and a plain mean over six samples.
4. *Compute.* Where does SGD end if all chains start at $y_0=3$? Run `ratecheck verify mlmc-sgd:gamma=0.2 --objective markov-mean:rho=0.9,start=fixed,y0=3,x0=0 --steps 64` and look up `x_star`, which is known.
:*/

enum { MOST_LEVELS = 3, LONGEST = 1 << MOST_LEVELS };
enum { rho_, levels_, start_, halved_ };

/* Probability, G and its cost of one path with one level, 1..levels or none (0). */
static double one_estimate(const double *v, const int *y, int J, double *cost)
{
	double long_sum = 0, short_sum = 0, size = ldexp(1, J);

	*cost = size;
	for (int k = 0; J && k < 1 << J; k++) {
		long_sum += y[k];
		short_sum += 2 * k < 1 << J ? y[k] : 0;
	}
	return y[0] + (J ? (v[halved_] != 0 ? size / 2 : size) * (long_sum / size - 2 * short_sum / size) : 0);
}

/* E G, E G^2 and the mean cost, over all paths of the chain of signs. */
static void enumerate(const double *v, double *mean, double *square, double *cost)
{
	int levels = (int)v[levels_], T = 1 << levels, y[LONGEST];

	*mean = *square = *cost = 0;
	for (int path = 0; path < 1 << T; path++) {
		double weight = v[start_] != 0 ? (path & 1 ? 1 : 0) : 0.5;

		for (int k = 0; k < T; k++) {
			y[k] = path >> k & 1 ? 1 : -1;
			if (k)
				weight *= (1 + (y[k] == y[k - 1] ? v[rho_] : -v[rho_])) / 2;
		}
		for (int J = 0; J <= levels; J++) {
			double spent, G = one_estimate(v, y, J, &spent), p = weight * ldexp(1, J ? -J : -levels);

			*mean += p * G;
			*square += p * G * G;
			*cost += p * spent;
		}
	}
}

/* In turn: the mean, the cost, the second moment (of the chain from 1 the mean again). */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	int levels = (int)v[levels_], claim = (int)(p->number % 3);
	double T = ldexp(1, levels), mean, square, cost, bias = v[start_] != 0 ? geometric(v[rho_], T) / T : 0;

	enumerate(v, &mean, &square, &cost);
	*left = mean;
	*right = bias;
	if (claim == 1) {
		*left = cost;
		*right = levels + ldexp(1, -levels);
	} else if (claim == 2 && v[start_] == 0) {
		*left = square;
		*right = second_moment(v[rho_], levels);
	}
	*s = 64 * (1 + T * T);
	return RATE_OK;
}

enum { rho_of_variance_, levels_of_variance_ };
static int evaluate_variance(const rate_point *p, double *left, double *right, double *s)
{
	double rho = p->c->param[rho_of_variance_], levels = p->c->param[levels_of_variance_];

	*left = second_moment(rho, (int)levels);
	*right = 1 + levels * (1 + rho) / (1 - rho);
	*s = *right / (1 - rho);
	return RATE_OK;
}

SHARP(sharp_moments,
	{ .parameters = "start=stationary", .note = "a stationary chain", .ratio = 1 },
	{ .parameters = "start=fixed", .note = "a chain that starts at 1", .ratio = 1 })
CONTROL(control_moments,
	{ .parameters = "start=fixed,rho=0.5,levels=2,halved=1", .note = "2^(J-1) in the place of 2^J" })
SHARP(sharp_variance,
	{ .parameters = "rho=0,levels=40", .note = "forty levels", .ratio = 0.951 },
	{ .parameters = "rho=0.5,levels=40", .note = "with correlation", .ratio = 0.922 })
CONTROL(control_variance, { .parameters = "rho=0.9,levels=10", .note = "tau left out: 11 in the place of 191",
	.factor = 11 / 191.0 })
SHARP(sharp,
	{ .objective = "markov-mean:x0=2", .parameters = "gamma=0.1", .note = "stationary chains", .steps = 64,
	  .ratio = 1 },
	{ .objective = "markov-mean:rho=0.9,mu=1,sigma=2,levels=3,x0=-1,start=fixed,y0=4", .parameters = "gamma=0.2",
	  .note = "chains that start at 4: biased", .steps = 64, .ratio = 1 },
	{ .objective = "markov-mean:rho=0,levels=5", .parameters = "gamma=1", .note = "independent samples",
	  .steps = 16, .ratio = 1 })
CONTROL(control,
	{ .objective = "markov-mean:rho=0.9,x0=0", .parameters = "gamma=0.1",
	  .note = "the second moment of independent samples, 3.125 in the place of 3.794", .steps = 64,
	  .factor = 0.824 },
	{ .objective = "markov-mean:rho=0.9,sigma=0,x0=0,start=fixed,y0=3", .parameters = "gamma=0.2",
	  .note = "one percent less", .steps = 64, .factor = 0.99 })

/*: {.plumbing} :*/
static const rate_param params_moments[] = {
	[rho_] = { "rho", RATE_REAL, "0.5", 0, 0.95, NULL, "correlation of neighbours" },
	[levels_] = { "levels", RATE_INTEGER, "2", 0, MOST_LEVELS, NULL, "levels" },
	[start_] = { "start", RATE_CHOICE, "stationary", 0, 1, "stationary|fixed", "of the chain" },
	[halved_] = { "halved", RATE_INTEGER, "0", 0, 0, NULL, "1: the weight 2^(J-1)" },
};
static const rate_param params_variance[] = {
	[rho_of_variance_] = { "rho", RATE_REAL, "0.5", 0, 0.99, NULL, "correlation of neighbours" },
	[levels_of_variance_] = { "levels", RATE_INTEGER, "4", 0, 40, NULL, "levels" },
};
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma <= 1") };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = fraction;
}

MUST(admissible, AT_MOST(gamma, 1), "0 < gamma <= 1")

static const char *whole_weight(const rate_case *c)
{
	return c->param[halved_] == 0 ? NULL : "halved = 0";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double mu = v->c->need[MEAN];

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double x = v->state[0][r * v->run->ld], size = fmax(fabs(x), fabs(mu));

		q[r] = (x - mu) * (x - mu);
		s[r] = size * size;
	}
	return RATE_OK;
}

#define PAPER \
	"the estimator of Suttle et al., Beyond exponentially fast mixing in average-reward reinforcement learning " \
	"via multi-level Monte Carlo actor-critic, ICML 2023, and its forerunners; proved in this file"

CLAIM(mlmc_moments,
	.id = "mlmc-moments", .chapter = "estimators", .title = "Multilevel Monte Carlo along a Markov chain",
	.statement = "G = Y_1 + 1{J ≤ ℓ} 2^J (g^J − g^(J−1)), P(J = j) = 2^(−j): E G = E g^ℓ, cost ℓ + 2^(−ℓ), and the "
	             "second moment of a chain with Cov(Y_a, Y_b) = σ²ρ^|a−b|",
	.quantity = "mean, cost and second moment of G", .formula = "E g^ℓ; ℓ + 2^−ℓ; the formula", .source = PAPER,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_moments), .admissible = whole_weight, .evaluate = evaluate,
	.sharp = sharp_moments, .control = control_moments)

CLAIM(mlmc_variance,
	.id = "mlmc-variance", .chapter = "estimators", .title = "The variance of multilevel Monte Carlo",
	.statement = "a stationary chain with Cov(Y_a, Y_b) = σ²ρ^|a−b|, τ = (1 + ρ)/(1 − ρ): E(G − μ)² ≤ σ²(1 + ℓτ)",
	.quantity = "E(G − μ)²/σ²", .formula = "1 + ℓτ", .source = PAPER,
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_variance), .evaluate = evaluate_variance,
	.sharp = sharp_variance, .control = control_variance)

CLAIM(mlmc_sgd,
	.id = "mlmc-sgd", .chapter = "estimators", .title = "SGD driven by multilevel Monte Carlo",
	.statement = "x_{t+1} = x_t − γ(x_t − G), r = x − μ, 0 < γ ≤ 1: E r_{t+1}² = (1 − γ)²E r_t² + 2γ(1 − γ)b E r_t "
	             "+ γ²S, E r_{t+1} = (1 − γ)E r_t + γb",
	.quantity = "E(x_t − μ)²", .formula = "the recursion", .source = PAPER,
	.kind = RATE_EXPECTATION, .flags = RATE_DIMENSION_ONE, .method = "sgd",
	NEEDS([LEVELS] = "chain.levels", [RHO] = "chain.rho", [SIGMA] = "chain.sigma", [OFFSET] = "chain.offset",
	      [FIXED] = "chain.fixed", [MEAN] = "chain.mean"),
	RANGE, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
