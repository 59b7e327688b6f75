/*:
# A cheap proxy

The loss $F$ is expensive, but there is a cheap one that looks like it: the loss on a tenth of the data, on smaller images, of a simulated world. How many expensive gradients are needed if the proxy may be minimised at will? As many as the *difference* of the two is
hard; the smoothness of $F$ itself does not matter.

Let $F=\varphi+r$, where $\varphi$ is the proxy and $r=F-\varphi$ is differentiable with $\|\nabla r(x)-\nabla r(y)\|\le\delta\|x-y\|$ (it may bend up or down), $\delta>0$; $\varphi$ closed and proper, $F_\star=\inf F$ finite, $x_0\in\operatorname{dom}\varphi$. One gradient of the difference a
step, and a minimisation that sees the proxy only:
$$ x_{t+1}\in\arg\min_y\;\varphi(y)+\langle\nabla r(x_t),y\rangle+\frac1{2\gamma}\|y-x_t\|^2 . $$
At its end $v_{t+1}=\nabla r(x_{t+1})-\nabla r(x_t)-\frac1\gamma(x_{t+1}-x_t)$ is a subgradient of $F$ at $x_{t+1}$, its gradient if $\varphi$ has one. Write $c=\frac1{\gamma\delta}$.

**Theorem (proxy-convex).** If $\varphi$ is convex and $0<\gamma\le\frac{\sqrt3}\delta$, then for every $T\ge1$
$$ \min_{1\le t\le T}\|v_t\|^2\;\le\;\frac{K\,(F(x_0)-F_\star)}T,\qquad K=\delta\,\frac{(1+c)^2}{c+\frac12}; $$
$K=\frac83\delta$ for $\gamma=\frac1\delta$, and $K=\frac4{\sqrt3}\delta$ for the longest step, which is the best.

**Theorem (proxy-nonconvex).** If $\varphi$ is any function and $0<\gamma\le\frac1\delta$, the same holds with $K=2\bigl(\delta+\frac1\gamma\bigr)$; $K=4\delta$ for $\gamma=\frac1\delta$.

**Theorem (proxy-pl).** If moreover $\|v\|^2\ge2\mu(F(x)-F_\star)$ for all $x$ and $v\in\partial F(x)$, then with the $K$ of the case
$$ F(x_t)-F_\star\;\le\;\Bigl(1+\frac{2\mu}K\Bigr)^{-t}(F(x_0)-F_\star)\qquad\text{for every }t. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include <stdlib.h>

#include "../common.h"

/* L is the delta of the page. */
NUMBER(K_convex, L * (1 + 1 / (gamma * L)) * (1 + 1 / (gamma * L)) / (1 / (gamma * L) + 0.5))

NUMBER(K_any, 2 * (L + 1 / gamma))

FORMULA(bound, T, K_convex(c) * d0 / T)

FORMULA(bound_nonconvex, T, K_any(c) * d0 / T)

enum { PL_F };
FORMULA(bound_pl, t, exp(-t * log1p(2 * c->need[PL_F] / K_convex(c))) * d0)

/*:
## Proof

*One step*, with $d=x_{t+1}-x_t$ and $u=\nabla r(x_{t+1})-\nabla r(x_t)$, so that $v_{t+1}=u-d/\gamma$. The function $r+\frac\delta2\|\cdot\|^2$ is convex and $2\delta$-smooth. For such functions the tangent at $x_{t+1}$ leaves room for the difference of the gradients (lem-smooth-convex-lower);
written out for $r$ this is
$$ r(x_{t+1})\le r(x_t)+\langle\nabla r(x_t),d\rangle+\tfrac12\langle u,d\rangle+\tfrac\delta4\|d\|^2-\tfrac1{4\delta}\|u\|^2 . \tag{1} $$
The model that $x_{t+1}$ minimises is not larger there than at $x_t$: $\varphi(x_{t+1})+\langle\nabla r(x_t),d\rangle+\frac1{2\gamma}\|d\|^2\le\varphi(x_t)$. If $\varphi$ is convex the model is $\frac1\gamma$-strongly convex, and $\frac1{2\gamma}$ becomes $\frac1\gamma$. Add (1), and measure in units in which $\delta=\|d\|=1$. There are two
numbers left: $a=\langle u,d\rangle\in[-1,1]$, and $w=\|u\|^2\in[a^2,1]$. With $c'=c$ for convex $\varphi$, else $c'=\frac c2$,
$$ F(x_t)-F(x_{t+1})\;\ge\;D:=c'-\tfrac a2-\tfrac14+\tfrac w4,\qquad\|v_{t+1}\|^2=w-2ac+c^2 . $$
*The claim for one step is $KD\ge\|v_{t+1}\|^2$ with $K=\frac{(1+c)^2}{c'+1/2}$*, which is $2(1+c)$ in the second case. Both sides are linear in $w$, so only $w=1$ and $w=a^2$ have to be looked at.

$w=1$: the difference $K(c'-\frac a2)-(1+c^2-2ac)$ is linear in $a$. It is 0 at $a=-1$, and at $a=1$ it is $K(c'-\frac12)-(1-c)^2$: this is $2(c-1)\ge0$ for $c'=\frac c2$, and for $c'=c$ it is nonnegative if and only if $3c^2\ge1$.

$w=a^2$, $c'=\frac c2$: the difference is $K\bigl(\frac{(1-a)^2}4+\frac{c-1}2\bigr)-(c-a)^2=\frac{c-1}2(1+a)^2\ge0$.

$w=a^2$, $c'=c$: the difference $Q(a)=K\bigl(\frac{(1-a)^2}4+c-\frac12\bigr)-(c-a)^2$ is a parabola with $Q(-1)=0$, $Q(1)\ge0$ as before, and $Q'(-1)=\frac{c(1+c)}{c+1/2}>0$. If it is concave, $Q\ge0$ between its ends; if convex, because it rises at $-1$.

*All steps.* So $\|v_{t+1}\|^2\le K(F(x_t)-F(x_{t+1}))$ in every unit, with $K$ times $\delta$. Sum over $t<T$ and use $F(x_T)\ge F_\star$: the first two theorems. Under the inequality of the third, $2\mu(F(x_{t+1})-F_\star)\le\|v_{t+1}\|^2\le K(F(x_t)-F(x_{t+1}))$, which is
$F(x_{t+1})-F_\star\le(1+\frac{2\mu}K)^{-1}(F(x_t)-F_\star)$. $\square$

*Letters.* $\varphi$ is the composite part $h$ of the objective and $r$ its smooth part, so that $\delta$ is the `L` of the program; $u$, $d$, $a$, $w$, $D$ belong to the proof.

## How sharp it is

Both constants are attained, for every $T$ by a function of its own. The worst step has $a=-1$: the difference bends down as much as it may, the proxy up. `stairs` lines up $T$ such steps. Its difference is $-\frac12x^2$ and its proxy has a slope that grows by one at each whole number:
every step goes down one stair, from $T$ to 0, and arrives with the same subgradient $1+c$. With `convex=0` each stair is bent so far that the model is flat along it; then a step gains only half as much.

proxy-pl is not attained: on parabolas with $c=10$ the ratio is still ${{proxy-pl#1.deep_ratio:3}}$ where the bound has fallen to a tenth.

## What is run

The method on stairs, on quadratics that are split into a proxy and a rest, and on every composite objective, $\varphi$ being its $h$: that is another way to look at the proximal gradient method. For proxy-nonconvex $\varphi$ may be a feasible set too.

## What must fail

The bound with 0.9 of what is attained. The constant $2\delta$ instead of $4\delta$ without convexity, and the convex constant for a proxy that is not convex: $\frac83$ against 4. A longer step: for $\gamma=\frac{1.9}\delta>\frac{\sqrt3}\delta$, on a parabola without any
proxy, the fifth subgradient is still too long by half.

## Exercises

1. ★ Without a proxy, $\varphi=0$, and with $\gamma=\frac1\delta$ the method is gradient descent on $F=r$. Compare the constant with that of gd-nonconvex-tight.
2. How many steps does the method need if $\delta=0$?
3. A least-squares loss on $n$ rows has the Hessian $H$, and that on the first $m$ of them $H_m$. What is $\delta$, and how does it depend on $m$ if the rows are random?
:*/

#define STAIRS(T, c) "stairs:T=" T ",c=" c
SHARP(sharp,
	{ .objective = STAIRS("64", "1"), .parameters = "gamma=1", .note = "64 stairs", .steps = 64, .ratio = 1 },
	{ .objective = STAIRS("16", "0.625"), .parameters = "gamma=1.6", .note = "longer steps, 16 stairs",
	  .steps = 16, .ratio = 1 },
	{ .objective = STAIRS("4", "4"), .parameters = "gamma=0.25", .note = "short steps, four stairs", .steps = 4,
	  .ratio = 1 },
	{ .objective = "split:lambda=1/0.3/0.1,proxy=0.2/0.9/0.1,start=1/-1/2", .note = "a quadratic, split",
	  .steps = 64 })
CONTROL(control,
	{ .objective = STAIRS("64", "1"), .parameters = "gamma=1", .note = "0.9 of the bound, which is attained",
	  .steps = 64,
	  .factor = 0.9 },
	{ .objective = "split:lambda=1,proxy=0,start=1", .parameters = "gamma=1.9", .note = "a step of 1.9/delta",
	  .steps = 5 },
	{ .objective = STAIRS("64", "1"), .parameters = "gamma=1", .note = "rate T^-3/2 instead of T^-1", .steps = 64,
	  .power = 0.5 })

#define BENT(T, c) STAIRS(T, c) ",convex=0"
SHARP(sharp_nonconvex,
	{ .objective = BENT("16", "1"), .parameters = "gamma=1", .note = "16 bent stairs", .steps = 16,
	  .ratio = 0.999999 },
	{ .objective = BENT("4", "4"), .parameters = "gamma=0.25", .note = "short steps, four stairs", .steps = 4,
	  .ratio = 0.999999 },
	{ .objective = "split:lambda=1/0.3/0.1,proxy=0.2/0.9/0.1,start=1/-1/2", .note = "a quadratic, split",
	  .steps = 64 })
CONTROL(control_nonconvex,
	{ .objective = BENT("16", "1"), .parameters = "gamma=1", .note = "2 delta instead of 4 delta", .steps = 16,
	  .factor = 0.5 },
	{ .objective = BENT("16", "1"), .parameters = "gamma=1", .note = "the constant of convex proxies", .steps = 16,
	  .factor = 2.0 / 3 })

#define PARABOLA "split:lambda=0.1,proxy=1.1,start=1"
SHARP(sharp_pl,
	{ .objective = PARABOLA, .parameters = "gamma=0.1", .note = "a parabola with a proxy that bends more, c = 10",
	  .steps = 256, .deep_ratio = 0.887 },
	{ .objective = "split:lambda=1/0.3/0.1,proxy=0.2/0.9/0.1,start=1/-1/2", .note = "a quadratic, split",
	  .steps = 64 })
CONTROL(control_pl,
	{ .objective = PARABOLA, .parameters = "gamma=0.1", .note = "0.9 of the bound", .steps = 64, .factor = 0.9 },
	{ .objective = "split:lambda=0.1,proxy=0,start=1", .parameters = "gamma=0.01",
	  .note = "another rate: 1/t too much",
	  .steps = 64, .power = 1 })

/*: {.plumbing} :*/
enum { LENGTH, LENGTH_SCALE, KEPT };

/* |v|^2 at the last point, v = grad r(x) - grad r(before) - (x - before)/gamma. */
static int subgradient2(rate_view *v, double *q, double *s)
{
	rate_run *run = v->run;
	size_t block = run->nrep * run->ld;
	const double *last;
	double *g = aligned_alloc(64, 2 * block * sizeof *g), gamma = v->c->param[gamma_];
	int failed = !g || v->find(v, "before", &last) || rate_gradient(run, v->state[0], g) ||
	             rate_gradient(run, last, g + block);

	for (size_t r = 0; r < run->nrep && !failed; r++) {
		s[r] = 0;
		for (size_t j = r * run->ld; j < r * run->ld + run->d; j++) {
			double x = v->state[0][j], before = last[j];

			s[r] += fabs(g[j]) + fabs(g[block + j]) + (fabs(x) + fabs(before)) * (1 / gamma + v->c->L);
			g[j] -= g[block + j] + (x - before) / gamma;
		}
	}
	if (!failed)
		rate_dot(run, g, g, q);
	for (size_t r = 0; r < run->nrep && !failed; r++)
		s[r] = 2 * sqrt(q[r]) * s[r] + 64 * 0x1p-52 * s[r] * s[r];
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

static int least(rate_view *v, double *q, double *s)
{
	if (subgradient2(v, q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);

		if (v->t > 1 && kept[LENGTH] < q[r]) {
			q[r] = kept[LENGTH];
			s[r] = kept[LENGTH_SCALE];
		}
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return least(v, q, s);
}

static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(2 * nrep * sizeof *q);
	/* Before the first step there is no v. */
	int failed = !q || (v->t > 0 && least(v, q, q + nrep));

	for (size_t r = 0; r < nrep && !failed && v->t > 0; r++) {
		rate_acc(v, KEPT, r)[LENGTH] = q[r];
		rate_acc(v, KEPT, r)[LENGTH_SCALE] = q[nrep + r];
	}
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= sqrt(3)/delta") };
static const rate_param params_nonconvex[] = { RATE_STEP_SIZE("0 < gamma <= 1/delta") };

static const char *applies(const rate_case *c)
{
	return c->L > 0 ? NULL : "delta = 0: one step is enough";
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * sqrt(3) / c->L;
}

static void choose_nonconvex(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, AT_MOST(gamma, sqrt(3) / L), "0 < gamma <= sqrt(3)/delta")

MUST(admissible_nonconvex, AT_MOST(gamma, 1 / L), "0 < gamma <= 1/delta")

NUMBER(factor_pl, 1 / (1 + 2 * c->need[PL_F] / K_convex(c)))

#define PAPER \
	"method of Woodworth, Mishchenko and Bach, Two losses are better than one: faster optimization " \
	"using a cheaper " \
	"proxy, arXiv:2302.03542; the constant is proved in this file"

CLAIM(proxy_convex,
	.id = "proxy-convex", .chapter = "preconditioning", .title = "Steps on a cheap convex proxy",
	.statement = "F = φ + r, φ convex, ∇r δ-Lipschitz, 0 < γ ≤ √3/δ, x⁺ = argmin φ + ⟨∇r(x), ·⟩ + ‖· − x‖²/(2γ): "
	             "min_{1≤t≤T} ‖v_t‖² ≤ K(F(x_0) − F*)/T, K = δ(1 + c)²/(c + 1/2), c = 1/(γδ)",
	.quantity = "min_{1≤s≤t} ‖v_s‖²", .formula = "δ(1 + c)²/(c + 1/2) · d_0/t", .source = PAPER,
	.kind = RATE_DETERMINISTIC, .method = "proxy", NEEDS("mu_h", "L", "F_star"), RANGE, .applies = applies,
	.power = 1,
	.accumulators = KEPT, .bound = bound, .observe = observe, .measure = measure, SHARP_AND_CONTROL)

CLAIM(proxy_nonconvex,
	.id = "proxy-nonconvex", .chapter = "preconditioning", .title = "Steps on any cheap proxy",
	.statement = "F = φ + r, ∇r δ-Lipschitz, 0 < γ ≤ 1/δ, x⁺ = argmin φ + ⟨∇r(x), ·⟩ + ‖· − x‖²/(2γ): "
	             "min_{1≤t≤T} ‖v_t‖² ≤ 2(δ + 1/γ)(F(x_0) − F*)/T",
	.quantity = "min_{1≤s≤t} ‖v_s‖²", .formula = "2(δ + 1/γ) d_0/t", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.method = "proxy", NEEDS("L", "F_star", "composite"), .params = RATE_ROWS(params_nonconvex),
	.choose = choose_nonconvex,
	.admissible = admissible_nonconvex, .applies = applies, .power = 1, .accumulators = KEPT,
	.bound = bound_nonconvex,
	.observe = observe, .measure = measure, .sharp = sharp_nonconvex, .control = control_nonconvex)

CLAIM(proxy_pl,
	.id = "proxy-pl", .chapter = "preconditioning", .title = "Steps on a cheap proxy under a PL inequality",
	.statement = "F = φ + r, φ convex, ∇r δ-Lipschitz, 0 < γ ≤ √3/δ, ‖v‖² ≥ 2μ(F − F*) for v ∈ ∂F: "
	             "F(x_t) − F* ≤ (1 + 2μ/K)^(−t) (F(x_0) − F*)",
	.quantity = "F(x_t) − F*", .formula = "(1 + 2μ/K)^(−t) d_0", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.method = "proxy", NEEDS("pl_F", "mu_h", "L", "F_star"), RANGE, .applies = applies,
	.bound = bound_pl, .transient = bound_pl, .factor = factor_pl, .measure = rate_measure_gap,
	.sharp = sharp_pl, .control = control_pl)
