/*:
# The last number and the averages of the last few

**Theorem** (Orabona 2020). For all real $a_1,\dots,a_T$, $T\ge1$,
$$ a_T\;=\;\frac1T\sum_{t=1}^Ta_t+\sum_{k=1}^{T-1}\frac1{k(k+1)}\sum_{t=T-k+1}^T(a_t-a_{T-k}) . $$

There is no objective and no method in it. It is the older way to last iterates: let $a_t=\gamma_t(f(x_t)-f_\star)$; the first term is what the theorems on averages bound, and the inner sums
are what the same theorems bound with $x_{T-k}$ in the role of $x_\star$ and $T-k$ as start.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { LENGTH, LONGEST = 256 };

/* a[0] = a_1, ... */
static double right_side(size_t T, const double *a)
{
	double sum = 0, all = 0, last = 0; /* last = a_{T-k+1} + ... + a_T */

	for (size_t t = 0; t < T; t++)
		all += a[t];
	for (size_t k = 1; k < T; k++) {
		last += a[T - k];
		sum += (last - (double)k * a[T - k - 1]) / ((double)k * (double)(k + 1));
	}
	return all / (double)T + sum;
}

/*:
**Proof.** Let $S_k=\frac1k\sum_{t=T-k+1}^Ta_t$ be the average of the last $k$ numbers. From $(k+1)S_{k+1}=kS_k+a_{T-k}$ one gets
$S_k-S_{k+1}=\frac1{k+1}(S_k-a_{T-k})=\frac1{k(k+1)}\sum_{t=T-k+1}^T(a_t-a_{T-k})$. Add up for $k=1,\dots,T-1$: on the left $S_1-S_T$ remains, and $S_1=a_T$. $\square$

**What is run.** Both sides for random numbers, $T$ from 1 to 256; they agree to rounding ($10^{-15}$).

**What must fail.** The right side times $1.01$.

**Exercises.**

1. Write the identity for $T=2$ and $T=3$.
2. With constant steps $\gamma$ the theorem on averages says $\frac1k\sum(f(x_t)-f(x_{T-k}))\le\frac{\gamma G^2}2\cdot\frac{k+1}k$ for the last $k$ points. What does the identity make of it?
   Compare with the exact bound for constant steps.
:*/

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double a[LONGEST];
	size_t T = (size_t)p->c->param[LENGTH];

	p->host->normals(p->host, p->number, 0, T, a);
	*left = a[T - 1];
	*right = right_side(T, a);
	*s = 1;
	return RATE_OK;
}

CONTROL(control,
	{ .note = "the right side times 1.01", .factor = 1.01 })

/*: {.plumbing} :*/
static const rate_param params[] = { [LENGTH] = { "T", RATE_INTEGER, "8", 1, LONGEST, NULL, "how many numbers" } };

CLAIM(li_orabona_identity,
	.id = "li-orabona-identity", .chapter = "last-iterate",
	.title = "The last number and the averages of the last few",
	.statement = "a_T = (1/T) Σ a_t + Σ_{k<T} (1/(k(k+1))) Σ_{t>T−k} (a_t − a_{T−k}) for all real a_1 … a_T",
	.quantity = "a_T", .formula = "(1/T) Σ a_t + Σ_k (1/(k(k+1))) Σ_{t>T−k} (a_t − a_{T−k})",
	.source = "Orabona, Last iterate of SGD converges (even in unbounded domains), blog, 2020",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, .control = control)
