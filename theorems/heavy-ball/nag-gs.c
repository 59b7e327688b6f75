/*:
# NAG-GS on quadratics

The accelerated gradient flow for $\mu$-strongly convex functions, discretised by a Gauss-Seidel sweep with step $a$, is the method
$$ x_{t+1}=\frac{x_t+a\,v_t}{1+a},\qquad v_{t+1}=\frac{v_t+a\,x_{t+1}-\frac a\mu\nabla f(x_{t+1})}{1+a},\qquad v_0=x_0 . $$

**Theorem.** Let $f(x)=f_\star+\frac12\langle x-x_\star,A(x-x_\star)\rangle$ with $\mu I\preceq A\preceq LI$, $\kappa=L/\mu>1$. On an eigenvector of $\lambda$ a step has a spectral radius that depends on $\lambda$ and $a>0$. It is $\frac1{1+a}$ for
every $\lambda\in[\mu,L]$ if and only if
$$ 0<a\le\frac2{\sqrt\kappa-1}, $$
and then for every $t\ge1$
$$ \|x_t-x_\star\|\;\le\;\frac{(2+a)\,t-1}{(1+a)^t}\,\|x_0-x_\star\| . $$

At the end of the range $\frac1{1+a}=\frac{\sqrt\kappa-1}{\sqrt\kappa+1}$, the rate of the best heavy ball.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "quadratics.h"

enum { A, MU };

static double bound(const rate_case *c, double t)
{
	const double D2 = c->D2;
	double a = c->param[A], r = ((2 + a) * t - 1) * exp(-t * log1p(a));

	return r * r * D2;
}

/*:
(The square, as squared distances are measured. The parameter `mu` of the method may be anything in $(0,\mu]$; then $\kappa=L/$`mu`.)

## Proof

Take $x_\star=0$ and one eigenvalue $\lambda=\ell\mu$, $1\le\ell\le\kappa$. A step is linear in $(x,v)$ with
$$ \text{trace}=\frac2{1+a}-\frac{a^2(\ell-1)}{(1+a)^2},\qquad\det=\frac1{(1+a)^2}. $$
So $y_t=(1+a)^tx_t$ satisfies $y_{t+1}=2c\,y_t-y_{t-1}$ with $2c=2-\frac{a^2(\ell-1)}{1+a}\le2$. The two roots are on the unit circle if and only if $c\ge-1$, that is
$a^2(\ell-1)\le4(1+a)$. This is hardest for $\ell=\kappa$, and its positive root in $a$ is $\frac{2+2\sqrt\kappa}{\kappa-1}=\frac2{\sqrt\kappa-1}$.

As $v_0=x_0$ gives $x_1=x_0$, we have $y_0=1$, $y_1=1+a$ and $y_t=(1+a)\,U_{t-1}(c)-U_{t-2}(c)$ with the Chebyshev polynomials $U$ of the second kind, $|U_k|\le k+1$ on
$[-1,1]$. Hence $|y_t|\le(1+a)t+t-1$. $\square$

# It is the heavy ball

**Theorem.** For every differentiable $f$ and $a,\mu>0$ the points of NAG-GS satisfy $x_1=x_0$ and, for $t\ge1$,
$$ x_{t+1}=x_t-\gamma\nabla f(x_t)+\beta\,(x_t-x_{t-1}),\qquad\beta=\frac1{(1+a)^2},\quad\gamma=\frac{a^2}{\mu\,(1+a)^2} . $$

So it is the heavy ball, one step late; at the end of the range of $a$ with the very step and momentum that Polyak chose for quadratics. What is proved about the one is true of the other, and on the function of `hb-lrp-cycle` NAG-GS goes
round for ever, too.

**Proof.** The first line of the method says $a\,v_t=(1+a)x_{t+1}-x_t$. Put this for $v_t$ and $v_{t-1}$ into the second line, times $a$, $(1+a)\,a\,v_t=a\,v_{t-1}+a^2x_t-\frac{a^2}\mu\nabla f(x_t)$:
$(1+a)^2x_{t+1}=(1+a)x_t+(1+a)x_t-x_{t-1}+a^2x_t-\frac{a^2}\mu\nabla f(x_t)$, and $2(1+a)+a^2=(1+a)^2+1$. $\square$
:*/

enum { BEFORE, SIZE, KEPT };

/* Remembers x_{t-1} for the measurement at t, in one direction. */
static int observe(rate_view *v)
{
	for (size_t r = 0; r < v->run->nrep; r++) {
		rate_acc(v, KEPT, r)[BEFORE] = along(v->run->d, v->state[0] + r * v->run->ld);
		rate_acc(v, KEPT, r)[SIZE] = size_along(v->run->d, v->state[0] + r * v->run->ld);
	}
	return RATE_OK;
}

/* x_{t+1} by the first line of the method, and by the heavy ball. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	double a = v->c->param[A], beta = 1 / ((1 + a) * (1 + a)), gamma = a * a * beta / v->c->param[MU];
	double *g = aligned_alloc(64, run->nrep * run->ld * sizeof *g);
	const double *z;
	int failed = !g || rate_gradient(run, v->state[0], g);

	if (!failed && v->find(v, "v", &z))
		failed = run->call->fail(run, "the method has no state v");
	for (size_t r = 0; r < run->nrep && !failed; r++) {
		const double *x = v->state[0] + r * run->ld, *zr = z + r * run->ld, *gr = g + r * run->ld;
		const double *kept = rate_acc(v, KEPT, r);
		double now = along(run->d, x);

		q[r] = (now + a * along(run->d, zr)) / (1 + a);
		b[r] = now - gamma * along(run->d, gr) + beta * (now - kept[BEFORE]);
		s[r] = size_along(run->d, x) + size_along(run->d, zr) + gamma * size_along(run->d, gr) + kept[SIZE];
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

/*:
# Its spectrum

**Theorem.** For $a>0$, $\ell\ge1$ and $w=\frac{a^2(\ell-1)}{2(1+a)}$ the spectral radius of a step along the eigenvalue $\ell\mu$ is $\frac1{1+a}$ if $w\le2$, and otherwise $\frac{w-1+\sqrt{w(w-2)}}{1+a}$. And $w\le2$ if and only if $a(\sqrt\ell-1)\le2$.

This is in the first proof, where $c=1-w$: the roots of $y_{t+1}=2cy_t-y_{t-1}$ are $c\pm\sqrt{c^2-1}$.
:*/

static double radius(double a, double ell)
{
	double w = a * a * (ell - 1) / (2 * (1 + a));

	return w <= 2 ? 1 / (1 + a) : (w - 1 + sqrt(w * (w - 2))) / (1 + a);
}

enum { STEP, ELL };

/* Against LAPACK's eigenvalues of a step in (x, v). Where the two roots meet they are known to half of the digits. The
 * claim on when the radius is 1/(1 + a) makes a left side that is not a number where it fails. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double a = p->c->param[STEP], ell = p->c->param[ELL], r = 1 / (1 + a), drop = a * (1 - ell) * r, w, norm;
	double M[4] = { r, a * r, drop * r, r + drop * a * r }, re[2], im[2];

	if (p->host->spectrum(p->host, 2, M, re, im))
		return RATE_FAIL;
	*left = fmax(hypot(re[0], im[0]), hypot(re[1], im[1]));
	*right = radius(a, ell);
	w = a * a * (ell - 1) * r / 2;
	norm = hypot(hypot(M[0], M[1]), hypot(M[2], M[3]));
	*s = norm * norm / fmax(2 * r * sqrt(fabs(w * (w - 2))), 1e-7 * norm);
	if (fabs(w - 2) > 1e-6 && (*left > r * (1 + 1e-6)) != (a * (sqrt(ell) - 1) > 2))
		*left = NAN;
	return RATE_OK;
}

/*:
## How sharp it is

The bound of the first theorem is attained at every $t\ge1$ at $\lambda=L$ and the largest $a$: there $c=-1$, $U_{t-1}$ and $U_{t-2}$ have opposite signs and are as large as they can be.

## What is run

NAG-GS on every quadratic, with the largest $a$ and with smaller ones. Sharp: a single eigenvalue $\lambda=L$, the method being told a smaller $\mu$. The heavy ball beside NAG-GS on every smooth function, in one direction. The spectral radius against LAPACK's: $\frac1{100}\le a\le10$, $1\le\ell\le10^4$.

## What must fail

$0.9$ of the bound, of the radius and of the heavy ball's next point; the bound without the factor that grows with $t$; and an $a$ five percent too large, where the larger root is real.

## Exercises

1. Why is $x_1=x_0$? Which other start would make use of the first step?
2. Show that for $\ell=1$ the bound is off by a factor of about $1+\frac2a$ for large $t$.
3. Put $\sqrt\beta=\frac1{1+a}$ into `hb-quadratic-finite` for $t-1$ steps and compare.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1", .parameters = "mu=0.1111111111111111",
	  .note = "lambda = L, kappa = 9, a = 1: equality at every t", .steps = 256, .ratio = 1 },
	{ .objective = "quadratic:d=1", .parameters = "mu=0.01", .note = "lambda = L, kappa = 100", .steps = 256,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "quadratic:d=1", .parameters = "mu=0.01", .note = "0.9 of the bound, which is attained",
	  .steps = 256, .factor = 0.9 },
	{ .objective = "quadratic:d=1", .parameters = "mu=0.01", .note = "without the factor that grows with t",
	  .steps = 256, .power = 2 },
	{ .objective = "quadratic:d=1", .parameters = "a=1.05,mu=0.1111111111111111",
	  .note = "a 1.05 times the largest",
	  .steps = 256 })

SHARP(sharp_spectral,
	{ .parameters = "a=0.2,ell=100", .note = "a = 2/(sqrt kappa - 1) is 0.222: complex roots", .ratio = 1 },
	{ .parameters = "a=1,ell=9", .note = "the largest a: a double root", .ratio = 1 },
	{ .parameters = "a=1,ell=10", .note = "a too large: real roots", .ratio = 1 })
CONTROL(control_spectral,
	{ .parameters = "a=0.2,ell=100", .note = "0.9 of the radius", .factor = 0.9 })
SHARP(sharp_ball,
	{ .objective = "logistic:n=60,d=5,ridge=0.05", .note = "a function that is no quadratic", .steps = 256,
	  .ratio = 1 },
	{ .objective = "lrp:start=3.3", .parameters = "a=0.5,mu=1", .note = "on its way into the cycle", .steps = 256,
	  .ratio = 1 })
CONTROL(control_ball,
	{ .objective = "lrp:start=3.3", .parameters = "a=0.5,mu=1", .note = "0.9 of the right side", .steps = 256,
	  .factor = 0.9 },
	{ .objective = "logistic:n=60,d=5,ridge=0.05", .note = "0.99 of the right side", .steps = 16, .factor = 0.99 })

/*: {.plumbing} :*/
static const rate_param params_spectral[] = {
	[STEP] = { "a", RATE_REAL, "1", 0.01, 10, NULL, "step of the flow" },
	[ELL] = { "ell", RATE_REAL, "10", 1, 1e4, NULL, "lambda/mu" },
};
static const rate_param params[] = {
	[A] = { "a", RATE_REAL, "auto", 0, 0, NULL, "step of the flow, 0 < a <= 2/(sqrt kappa - 1)" },
	[MU] = { "mu", RATE_REAL, "auto", 0, 0, NULL, "what the method takes for mu, 0 < mu <= the constant mu" },
};

NUMBER(largest, 2 * sqrt(c->param[MU]) / (sqrt(L) - sqrt(c->param[MU])))

/* With mu = L every a is allowed; the preset keeps kappa at 1.1 or more. */
static void choose(const rate_case *c, double fraction, double *param)
{
	const double L = c->L;
	/* What was given is there already. */
	double mu = param[MU] > 0 ? param[MU] : fmin(c->mu, L / 1.1);

	param[MU] = mu;
	param[A] = fraction * 2 * sqrt(mu) / (sqrt(L) - sqrt(mu));
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (!AT_MOST(c->param[MU], mu) || !(c->param[MU] < L))
		return "0 < mu <= the constant mu, mu < L";
	return AT_MOST(c->param[A], largest(c)) ? NULL : "0 < a <= 2/(sqrt kappa - 1)";
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = c->param[A] / c->param[MU];
		out[1][t] = c->param[A];
	}
}

static const rate_param params_ball[] = {
	[A] = { "a", RATE_REAL, "auto", 0, 0, NULL, "step of the flow, a > 0" },
	[MU] = { "mu", RATE_REAL, "auto", 0, 0, NULL, "what the method takes for mu, mu > 0; L/100 if not given" },
};

static void choose_ball(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[MU] = L / 100;
	param[A] = fraction * 2 / 9;
}

static const char *admissible_ball(const rate_case *c)
{
	return c->param[A] > 0 && c->param[MU] > 0 ? NULL : "a > 0, mu > 0";
}

CLAIM(nag_gs_ball,
	.id = "nag-gs-heavy-ball", .chapter = "heavy-ball", .title = "NAG-GS is the heavy ball, one step late",
	.statement = "f differentiable, v_0 = x_0: x_1 = x_0 and x_{t+1} = x_t − γ∇f(x_t) + β(x_t − x_{t−1}) for "
	             "every t ≥ 1, "
	             "β = 1/(1+a)², γ = a²/(μ(1+a)²)",
	.quantity = "⟨e, x_{t+1}⟩", .formula = "⟨e, x_t − γ∇f(x_t) + β(x_t − x_{t−1})⟩",
	.source = OWN,
	.kind = RATE_IDENTITY, .flags = RATE_PATH_BOUND, .method = "nag-gs", NEEDS("L"),
	.params = RATE_ROWS(params_ball),
	.schedules = 2, .accumulators = KEPT, .choose = choose_ball, .admissible = admissible_ball, .steps = steps,
	.observe = observe, .measure = measure, .sharp = sharp_ball, .control = control_ball)

CLAIM(nag_gs_spectral,
	.id = "nag-gs-spectral", .chapter = "heavy-ball", .title = "Spectral radius of NAG-GS",
	.statement = "a > 0, λ = ℓμ, ℓ ≥ 1, w = a²(ℓ−1)/(2(1+a)): the spectral radius of a step is 1/(1+a) if w ≤ "
	             "2, else "
	             "(w − 1 + √(w(w−2)))/(1+a); w ≤ 2 if and only if a(√ℓ − 1) ≤ 2",
	.quantity = "spectral radius", .formula = "1/(1+a) or (w − 1 + √(w(w−2)))/(1+a)",
	.source = "method: Leplat et al., arXiv:2209.14937",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_spectral), .evaluate = evaluate, .sharp = sharp_spectral,
	.control = control_spectral)

CLAIM(nag_gs,
	.id = "nag-gs", .chapter = "heavy-ball", .title = "NAG-GS on quadratics",
	.statement = "f quadratic, 0 < a ≤ 2/(√κ − 1): ‖x_t − x*‖ ≤ (1+a)^(−t) ((2+a)t − 1) ‖x_0 − x*‖ for every t ≥ 1",
	.quantity = "‖x_t − x*‖²", .formula = "((2+a)t − 1)²/(1+a)^(2t) D²",
	.source = "method: Leplat et al., arXiv:2209.14937",
	.kind = RATE_DETERMINISTIC, .method = "nag-gs", NEEDS(NEEDS_OF_QUADRATICS), RANGE, .schedules = 2,
	.applies = quadratic_only, .steps = steps, .bound = bound, .transient = bound, .measure = rate_measure_dist2,
	SHARP_AND_CONTROL)
