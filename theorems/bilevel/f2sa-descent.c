/*:
# A first-order method for two levels

Let $y$ follow the minimiser $y_\lambda(x)$ of $f+\lambda g$ by gradient steps, $z$ that of $g$, and let $x$ step along what would be $\nabla L_\lambda(x)$ if both had arrived. They never have. How long may the steps of $x$ be?

**Theorem.** Let $g(x,\cdot)$ be $\mu$-strongly convex and $L_g$-smooth, $f(x,\cdot)+\lambda g(x,\cdot)$ $\mu'$-strongly convex and $L'$-smooth, for every $x$. Let $\nabla_xf(x,\cdot)$ and $\nabla_yf(\cdot,y)$ be $\ell_x$-Lipschitz, $\nabla_xg(x,\cdot)$ and $\nabla_yg(\cdot,y)$ $M$-Lipschitz, and let the penalty $L_\lambda$ be
$\Lambda$-smooth and bounded below. One step of the method is: $J$ times
$$ y\leftarrow y-\tfrac2{\mu'+L'}\nabla_y(f+\lambda g)(x,y),\qquad z\leftarrow z-\tfrac2{\mu+L_g}\nabla_yg(x,z), $$
and then $x\leftarrow x-\gamma h$ with $h=\nabla_xf(x,y)+\lambda(\nabla_xg(x,y)-\nabla_xg(x,z))$. Let
$$ r=\max\Bigl\{\tfrac{L'-\mu'}{L'+\mu'},\tfrac{L_g-\mu}{L_g+\mu}\Bigr\}^J,\qquad C=\frac{(\ell_x+\lambda M)^2}{\mu'}+\frac{\lambda M^2}\mu,\qquad c=2\Bigl(\frac{rC}{1-r}\Bigr)^2, $$
$W_0=r\,[(\ell_x+\lambda M)\|y_0-y_\lambda(x_0)\|+\lambda M\|z_0-y_\star(x_0)\|]$, and $0<\gamma\le\frac2{\Lambda+\sqrt{\Lambda^2+4c}}$. Then for every $t\ge1$
$$ \frac1t\sum_{k<t}\|\nabla L_\lambda(x_k)\|^2\;\le\;\frac1t\Bigl[\frac2\gamma\bigl(L_\lambda(x_0)-\inf L_\lambda\bigr)+\frac{2W_0^2}{1-r^2}\Bigr]. $$

The range of $\gamma$ is that of $\gamma\Lambda+c\gamma^2\le1$. With penalty-gradient, the points are stationary for $F$ up to its bias. Since $C$ grows like $\lambda$, about $\kappa\log\lambda$ inner steps make $c$ harmless, and then $\gamma$ does not depend on $\lambda$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(inner)
#include "two-levels.h"

enum { MU_G = OTHER_NEEDS, L_G, M_Y, L_Y, L_X, M_G, SMOOTH };
#define NEEDED \
	NEEDS("field", [WEIGHT] = "bilevel.lambda", [MU_G] = "bilevel.mu_g", [L_G] = "bilevel.L_g", \
	      [M_Y] = "bilevel.m", [L_Y] = "bilevel.l_y", [L_X] = "bilevel.l_x", [M_G] = "bilevel.M", \
	      [SMOOTH] = "bilevel.Lambda", "bilevel.unique", "one term", "quantities/1")

/*: As code, with $\mu'=\lambda\mu+m$ and $L'=\lambda L_g+\ell_y$: :*/
NUMBER(convexity, c->need[WEIGHT] * c->need[MU_G] + c->need[M_Y])
NUMBER(steepness, c->need[WEIGHT] * c->need[L_G] + c->need[L_Y])
NUMBER(slowest, fmax((steepness(c) - convexity(c)) / (steepness(c) + convexity(c)),
                     (c->need[L_G] - c->need[MU_G]) / (c->need[L_G] + c->need[MU_G])))
NUMBER(inherited, pow(slowest(c), inner)) /* r */
NUMBER(pull, pow(c->need[L_X] + c->need[WEIGHT] * c->need[M_G], 2) / convexity(c) +
             c->need[WEIGHT] * c->need[M_G] * c->need[M_G] / c->need[MU_G]) /* C */
NUMBER(curb, 2 * pow(inherited(c) * pull(c) / (1 - inherited(c)), 2)) /* c */
NUMBER(longest, 2 / (c->need[SMOOTH] + sqrt(c->need[SMOOTH] * c->need[SMOOTH] + 4 * curb(c))))

/* What is behind: r times `lag` is W_0. */
static double bound(const rate_case *c, double t, double gap, double lag)
{
	double r = inherited(c), W = r * lag;

	return (2 * gap / c->param[gamma_] + 2 * W * W / ((1 - r) * (1 + r))) / t;
}

/*:
## Proof

*What the inner steps leave.* Let $w_k=(\ell_x+\lambda M)\|y_{k+1}-y_\lambda(x_k)\|+\lambda M\|z_{k+1}-y_\star(x_k)\|$, the two errors as $h_k$ feels them: $\|h_k-\nabla L_\lambda(x_k)\|\le w_k$. A gradient step with $2/(\mu'+L')$ contracts by $\frac{L'-\mu'}{L'+\mu'}$, and the targets move with $x$: $y_\lambda$ is $(\ell_x+\lambda M)/\mu'$-Lipschitz and $y_\star$
$M/\mu$-Lipschitz. So $w_{k+1}\le r(w_k+C\gamma\|h_k\|)$, and $w_0\le W_0$.

*Summed up.* $w_k\le r^kW_0+C\gamma\sum_{j<k}r^{k-j}\|h_j\|$: a geometric sequence, and a convolution with the weights $r,r^2,\dots$, whose sum is $\frac r{1-r}$. Young's inequality for convolutions and $(p+q)^2\le2p^2+2q^2$ give
$$ \sum_{k<t}w_k^2\le\frac{2W_0^2}{1-r^2}+c\gamma^2\sum_{k<t}\|h_k\|^2. $$

*Descent.* From smoothness and $-\langle p,q\rangle=-\frac12(\|p\|^2+\|q\|^2-\|p-q\|^2)$,
$$ L_\lambda(x_{k+1})\le L_\lambda(x_k)-\tfrac\gamma2\|\nabla L_\lambda(x_k)\|^2-\tfrac\gamma2(1-\gamma\Lambda)\|h_k\|^2+\tfrac\gamma2w_k^2. $$
Sum; the terms in $\|h_k\|^2$ have the factor $-\frac\gamma2(1-\gamma\Lambda-c\gamma^2)\le0$. $\square$

## How sharp it is

If one inner step solves both levels, $r=0$ and the bound is that of gradient descent on $L_\lambda$, attained at $\gamma=1/\Lambda$. With a lower level of condition number 15 the ratio is $0.69$ at $J=60$ and $0.99$ at $J=100$; with $J=1$ it is $0.016$, as the range of $\gamma$ is far too short.

## What is run

The method on two quadratic levels.

## What must fail

$0.9$ of the bound; and $\gamma=1/\Lambda$ with one inner step, on the lower level of condition number 15: the players chase each other out of sight.

## Exercises

1. Let $f=\frac12\|x\|^2+\frac12\|y-a\|^2$. Where does the method come to rest, for fixed $\lambda$?
2. Why can one not simply take $\lambda$ infinite?
3. *Compute.* One inner step and the longest step that the theorem allows: how loose is the bound on the lower level of condition number 15? Run `ratecheck verify f2sa-descent:inner=1 --objective bilevel-quadratic:size=2,Q=0.2/3,B=1/1/0/1,a=1/-1,lambda=100,start=1 --steps 400`, and $J=30$.
:*/

#define FIFTEEN "bilevel-quadratic:size=2,Q=0.2/3,B=1/1/0/1,a=1/-1,lambda=100,start=1"
SHARP(sharp,
	{ .objective = "bilevel-quadratic:lambda=50", .parameters = "inner=1", .note = "one step solves both levels",
	  .steps = 64, .ratio = 1 },
	{ .objective = FIFTEEN, .parameters = "inner=60", .note = "condition number 15, 60 inner steps", .steps = 400,
	  .ratio = 0.69 },
	{ .objective = FIFTEEN, .parameters = "inner=100", .note = "condition number 15, 100 inner steps", .steps = 400,
	  .ratio = 0.993 })
CONTROL(control,
	{ .objective = "bilevel-quadratic:lambda=50", .parameters = "inner=1", .note = "0.9 of the bound", .steps = 64,
	  .factor = 0.9 },
	{ .objective = FIFTEEN, .parameters = "inner=1,gamma=0.3", .note = "a step of about 1/Lambda, one inner step",
	  .steps = 50 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(Lambda + sqrt(Lambda^2 + 4c))"),
	[inner_] = { "inner", RATE_INTEGER, "1", 1, 100000, NULL, "J, steps of y and z for each of x" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * longest(c);
}

MUST(admissible, AT_MOST(gamma, longest(c)), "0 < gamma <= 2/(Lambda + sqrt(Lambda^2 + 4c))")

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = c->param[gamma_];
		out[1][t] = 2 / (convexity(c) + steepness(c));
		/* V_z = lambda grad_y g */
		out[2][t] = 2 / (c->need[WEIGHT] * (c->need[MU_G] + c->need[L_G]));
	}
}

enum { SUM, SIZE, GAP, LAG, ACCUMULATORS };

static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = calloc(4 * nrep, sizeof *q), *s = q + nrep, *gap = s + nrep, *lag = gap + nrep;
	const double *x = v->state[0];
	int rc = q ? rate_quantity_of(v, "bilevel.penalty_grad2", x, q, s) : RATE_FAIL;

	if (rc == RATE_OK && v->t == 0) {
		double *scale = calloc(nrep, sizeof *scale);

		rc = scale && rate_quantity_of(v, "bilevel.penalty_gap", x, gap, scale) == RATE_OK
		    ? rate_quantity_of(v, "bilevel.lag", x, lag, scale) : RATE_FAIL;
		free(scale);
	}
	for (size_t r = 0; rc == RATE_OK && r < nrep; r++) {
		double *acc = rate_acc(v, ACCUMULATORS, r), lost;

		acc[SUM] += q[r];
		lost = cancelled(v, v->c->need[WEIGHT] * v->c->need[M_G], r);
		acc[SIZE] += s[r] + (4 * sqrt(q[r]) + 0x1p-46 * lost) * lost;
		if (v->t == 0) {
			acc[GAP] = gap[r];
			acc[LAG] = lag[r];
		}
	}
	free(q);
	return rc;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double t = fmax((double)v->t, 1);

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *acc = rate_acc(v, ACCUMULATORS, r);

		q[r] = acc[SUM] / t;
		s[r] = acc[SIZE] / t;
		b[r] = v->t ? bound(v->c, t, acc[GAP], acc[LAG]) : INFINITY;
	}
	return RATE_OK;
}

CLAIM(f2sa_descent,
	.id = "f2sa-descent", .chapter = "bilevel", .title = "A first-order method for two levels",
	.statement = "J inner steps of y and z, C = (ℓ_x + λM)²/μ' + λM²/μ, c = 2(rC/(1−r))², γΛ + cγ² ≤ 1: "
	             "(1/t) Σ_{k<t} ‖∇L_λ(x_k)‖² ≤ [2(L_λ(x_0) − inf L_λ)/γ + 2W_0²/(1 − r²)]/t",
	.quantity = "(1/t) Σ_{k<t} ‖∇L_λ(x_k)‖²", .formula = "[2(L_λ(x_0) − inf L_λ)/γ + 2W_0²/(1 − r²)]/t",
	.source = "the method of Kwon, Kwon, Wright and Nowak, A fully first-order method for stochastic bilevel "
	          "optimization, 2023, for a fixed λ; the bound is proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "f2sa", NEEDED, RANGE, .schedules = 3,
	.accumulators = ACCUMULATORS, .power = 1, .steps = steps, .observe = observe, .measure = measure,
	SHARP_AND_CONTROL)
