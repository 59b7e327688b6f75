/*:
# Without clipping, Chebyshev is attained

SGD with noise of finite variance: how likely is a large error? Chebyshev's inequality gives a failure probability $\delta$ at a radius of order $\delta^{-1/2}$, and one hopes for $\sqrt{\ln(1/\delta)}$. The hope is in vain, whatever the function: rare large noise is enough.

**Theorem.** Let $f=\frac\mu2x^2$, $x_0=x_\star=0$, $x_{t+1}=x_t-\gamma(\mu x_t+\xi_t)$ with $h=\gamma\mu\in[0,1)$ and independent $\xi_t=\pm\sigma\sqrt{n/2}$ with probability $\frac1n$ each, else $0$, $n\ge3$; so $\mathbb E\xi_t^2=\sigma^2$. Then for every $T\ge1$
$$ \mathbb P\Bigl(|x_T|\ge\gamma\sigma\sqrt{\tfrac n2}\,(1-h)^{T-1}\Bigr)\;\ge\;\frac{2T}n\Bigl(1-\frac2n\Bigr)^{T-1} . $$

**Hypotheses.** With $\delta=\frac{2T}n$ and $hT$ small the radius is about $\gamma\sigma\sqrt{T/\delta}$: the failure probability enters as $\delta^{-1/2}$.

## Proof

With probability $\frac{2T}n(1-\frac2n)^{T-1}$ exactly one $\xi_t$ is not zero, say at step $k$. Then $|x_T|=\gamma\sigma\sqrt{n/2}\,(1-h)^{T-1-k}$, which is at least the radius. $\square$

## How sharp it is

At $T=1$ an equality. For $h=0$ Chebyshev's inequality bounds the same probability by $\frac{2T}n$ from above.

## What is run

All $3^T$ paths with their weights, $T\le7$. The event is compared with a radius less by $10^{-9}$ of itself: the path whose jump comes first meets the radius exactly, and rounding would drop it.

## What must fail

$1.1$ times the bound.

## Exercises

1. ★ Let $h=0$. Show that for $n\to\infty$ this bound and Chebyshev's inequality leave no room between them.
2. Run SGD $k$ times and take the median of the ends. How does the failure probability depend on $k$?
3. Why does clipping help?
:*/
#define PARAMETERS(P) P(n) P(T) P(h)
#include "../common.h"

enum { LONGEST = 7 };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double n = p->c->param[n_], h = p->c->param[h_], radius;
	int T = (int)p->c->param[T_], paths = 1;

	for (int t = 0; t < T; t++)
		paths *= 3;
	radius = pow(1 - h, T - 1) * (1 - 1e-9); /* in units of gamma sigma sqrt(n/2) */
	*left = 0;
	for (int path = 0; path < paths; path++) {
		double x = 0, weight = 1;
		for (int t = 0, code = path; t < T; t++, code /= 3) {
			int jump = code % 3 - 1;
			x = (1 - h) * x + jump;
			weight *= jump ? 1 / n : 1 - 2 / n;
		}
		if (fabs(x) >= radius)
			*left += weight;
	}
	*right = 2 * T / n * pow(1 - 2 / n, T - 1);
	*s = 4 * *left;
	return RATE_OK;
}

SHARP(sharp, { .parameters = "n=10000,T=1,h=0.01", .note = "one step", .ratio = 1 },
	{ .parameters = "n=10000,T=7,h=0.01", .note = "seven steps", .ratio = 0.9997 })
CONTROL(control, { .parameters = "n=10000,T=7,h=0.01", .note = "1.1 of the bound", .factor = 1.1 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[n_] = { "n", RATE_INTEGER, "100", 3, 1e6, NULL, "noise in one of n/2 steps" },
	[T_] = { "T", RATE_INTEGER, "5", 1, LONGEST, NULL, "steps" },
	[h_] = { "h", RATE_REAL, "0.01", 0, 0.99, NULL, "gamma mu" },
};

CLAIM(sgd_chebyshev,
	.id = "sgd-chebyshev", .chapter = "robust", .title = "Without clipping, Chebyshev is attained",
	.statement = "f = μx²/2, x_0 = 0, noise ±σ√(n/2) with probability 1/n each, h = γμ < 1: "
	             "P(|x_T| ≥ γσ√(n/2) (1 − h)^(T−1)) ≥ (2T/n)(1 − 2/n)^(T−1)",
	.quantity = "P(|x_T| ≥ r)", .formula = "(2T/n)(1 − 2/n)^(T−1)",
	.source = "the negative example of the literature on clipping, after Sadiev et al., "
	          "High-probability bounds for stochastic "
	          "optimization and variational inequalities: the case of unbounded variance, ICML 2023; "
	          "proved in this file",
	.kind = RATE_LOWER_BOUND, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
