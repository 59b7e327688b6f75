/*:
# A minibatch sees another risk

Sort the losses of a batch and weight them: the mean, the maximum, the mean of the worst tenth are such *spectral* risks. Their minibatch gradients are biased. Biased towards what? Towards the same kind of risk, with other weights.

**Theorem.** Let $z_{(1)}\le\dots\le z_{(n)}$ be sorted losses, $w_1,\dots,w_b$ any weights, and $B$ a uniformly drawn subset of $b$ of the losses, sorted $z_{(1:B)}\le\dots\le z_{(b:B)}$. Then
$$ \mathbb E\sum_{j\le b}w_jz_{(j:B)}\;=\;\sum_{i\le n}s_iz_{(i)},\qquad s_i=\sum_{j\le b}w_j\binom{i-1}{j-1}\binom{n-i}{b-j}\Big/\binom nb . $$

**Hypotheses.** None; equal losses are put in any fixed order. Gradients of a spectral risk on minibatches are thus unbiased for the risk with the weights $s$.
:*/
#define PARAMETERS(P) P(n) P(naive)
#include "../common.h"

#include <string.h>

/*:
## Proof

The $j$-th smallest of $B$ is $z_{(i)}$ if and only if $B$ holds $i$, $j-1$ of the $i-1$ smaller ones and $b-j$ of the $n-i$ larger ones: $\binom{i-1}{j-1}\binom{n-i}{b-j}$ of all $\binom nb$ subsets. $\square$

# The worst share of a minibatch is milder

**Theorem.** For $0\le\beta<1$ the conditional value at risk, $\operatorname{CVaR}(z)=\min_a a+\frac1{1-\beta}\operatorname{mean}(z-a)_+$, obeys
$$ \mathbb E\operatorname{CVaR}(B)\;\le\;\operatorname{CVaR}(z_1,\dots,z_n) . $$

**Proof.** The mean of the minima over $a$ is at most the minimum of the means, and the mean of $(z-a)_+$ over a uniform subset is that over all losses. $\square$

## How sharp it is

The first is an identity; the second an equality at $b=n$. For the losses $1,\dots,10$ at $\beta=0.8$ batches of $2$, $5$, $10$ see $7.33$, $9.17$, $9.5$.

## What is run

All subsets of $n\le8$ random losses, for every $b$ in turn, with random weights; $\beta$ at random.

## What must fail

The belief that a batch sees the risk that it is given: $w$ stretched over all losses. And for the second $0.98$ of the right side.

## Exercises

1. What is $s$ for $b=1$ and for $b=n$?
2. What is $s$ for the maximum, $w=(0,\dots,0,1)$?
3. Which $w$ on batches of $2$ makes $s_i$ proportional to $i-1$?
:*/

enum { MOST = 8 };

static void sort(size_t n, double *z)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j && z[j - 1] > z[j]; j--) {
			double held = z[j];
			z[j] = z[j - 1];
			z[j - 1] = held;
		}
}

static double choices(size_t n, size_t k)
{
	double product = k <= n ? 1 : 0;

	for (size_t i = 0; i < k && k <= n; i++)
		product *= (double)(n - i) / (double)(i + 1);
	return product;
}

/* The members of subset number `bits`, in their order; how many. */
static size_t subset(size_t n, const double *z, unsigned bits, double *out)
{
	size_t size = 0;

	for (size_t i = 0; i < n; i++)
		if (bits >> i & 1)
			out[size++] = z[i];
	return size;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[n_], b = 1 + (size_t)(p->number % n);
	double z[2 * MOST], batch[MOST], *w = z + MOST;

	p->host->normals(p->host, 1, p->number, 2 * MOST, z);
	sort(n, z);
	*left = *right = *s = 0;
	for (unsigned bits = 0; bits < 1u << n; bits++)
		if (subset(n, z, bits, batch) == b)
			for (size_t j = 0; j < b; j++)
				*left += w[j] * batch[j] / choices(n, b);
	for (size_t i = 1; i <= n; i++) {
		double weight = 0;
		for (size_t j = 1; j <= b; j++)
			weight += w[j - 1] * choices(i - 1, j - 1) * choices(n - i, b - j) / choices(n, b);
		if (p->c->param[naive_] != 0)
			weight = w[(i * b + n - 1) / n - 1] * (double)b / (double)n;
		*right += weight * z[i - 1];
		*s += (double)b * fabs(z[i - 1]);
	}
	return RATE_OK;
}

/* z sorted. The best level is the least that a share beta of the losses does not exceed. */
static double cvar(size_t n, const double *z, double beta)
{
	size_t k = (size_t)ceil(beta * (double)n);
	double a = z[k ? k - 1 : 0], sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += fmax(z[i] - a, 0);
	return a + sum / ((1 - beta) * (double)n);
}

enum { size_, beta_ };

static int evaluate_cvar(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[size_], b = n - (size_t)(p->number % n);
	double z[MOST], batch[MOST], beta = p->c->param[beta_];

	p->host->uniforms(p->host, 1, p->number, MOST, z);
	sort(n, z);
	*left = 0;
	for (unsigned bits = 0; bits < 1u << n; bits++)
		if (subset(n, z, bits, batch) == b)
			*left += cvar(b, batch, beta) / choices(n, b);
	*right = cvar(n, z, beta);
	*s = *right / (1 - beta);
	return RATE_OK;
}

SHARP(sharp, { .parameters = "n=6,naive=0", .note = "six losses", .ratio = 1 })
CONTROL(control, { .parameters = "n=6,naive=1", .note = "the weights of the batch, stretched" })
SHARP(sharp_cvar, { .parameters = "n=5,beta=0.5", .note = "five losses, all of them among the batches", .ratio = 1 })
CONTROL(control_cvar, { .parameters = "n=5,beta=0.5", .note = "0.98 of the right side", .factor = 0.98 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[n_] = { "n", RATE_INTEGER, "6", 1, MOST, NULL, "losses" },
	[naive_] = { "naive", RATE_INTEGER, "0", 0, 0, NULL, "1: the weights that one would think of" },
};
static const rate_param params_cvar[] = {
	[size_] = { "n", RATE_INTEGER, "6", 1, MOST, NULL, "losses" },
	[beta_] = { "beta", RATE_REAL, "0.5", 0, 0.95, NULL, "the worst share 1 - beta is averaged" },
};

MUST(admissible, naive == 0, "naive = 0")

#define PAPER \
	"Mehta, Roulet, Pillutla and Harchaoui, Distributionally robust optimization with bias and variance " \
	"reduction, ICLR 2024"

CLAIM(spectral_minibatch,
	.id = "spectral-minibatch", .chapter = "robust", .title = "A minibatch sees another risk",
	.statement = "B a uniform subset of b of n losses: E Σ_j w_j z_(j:B) = Σ_i s_i z_(i), "
	             "s_i = Σ_j w_j C(i−1, j−1) C(n−i, b−j)/C(n, b)",
	.quantity = "E Σ_j w_j z_(j:B)", .formula = "Σ_i s_i z_(i)",
	.source = "what " PAPER ", avoid; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(cvar_minibatch,
	.id = "cvar-minibatch", .chapter = "robust", .title = "The worst share of a minibatch is milder",
	.statement = "B a uniform subset of the losses: E CVaR(B) ≤ CVaR of all losses",
	.quantity = "E CVaR(B)", .formula = "CVaR(z_1, ..., z_n)",
	.source = "what " PAPER ", avoid; proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_cvar), .evaluate = evaluate_cvar, .sharp = sharp_cvar,
	.control = control_cvar)
