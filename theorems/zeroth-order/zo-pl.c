/*:
# Random directions on smooth functions

Two values of $f$ tell the slope along one direction. A step back along a random direction costs two values where a gradient costs $d+1$; how much does it bring?

**Theorem.** Let $f$ be $L$-smooth on $\mathbb R^d$, bounded below, with $\|\nabla f(x)\|^2\ge2\mu\,(f(x)-f_\star)$, $\mu>0$ ($f$ need not be convex). Let $u$ be random, drawn afresh at every step, with $\mathbb Euu^\top=I$ and $\|u\|^2=d$: a coordinate, $\sqrt d\,e_i$ with $i$ uniform; random signs; or uniform on the sphere of radius $\sqrt d$. With a radius $\rho\ge0$ and $0<\gamma\le\frac1{Ld}$ let
$$ s=\frac{f(x+\rho u)-f(x-\rho u)}{2\rho}\quad(\rho=0:\ s=\langle\nabla f(x),u\rangle),\qquad x\leftarrow x-\gamma s\,u . $$
Then for every $t\ge1$
$$ \mathbb Ef(x_t)-f_\star\;\le\;(1-\gamma\mu)^t\,(f(x_0)-f_\star)+\frac{(L\rho d)^2}{8\mu}\bigl(1-(1-\gamma\mu)^t\bigr) . $$

With $\gamma=\frac1{Ld}$ the factor is $1-\frac\mu{Ld}$: $d$ steps of this kind for one of gradient descent. With random signs the method is SPSA.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(law) P(gamma) P(rho)
#include "../common.h"

/* E f(x_t) - f*; `rho` of the kit's constants is another letter: the radius is read by its place. */
static double bound(const rate_case *c, double t)
{
	double gamma = c->param[gamma_], d = (double)c->d, kept = decay(gamma * c->pl, t);
	double error = c->L * c->param[rho_] * d;

	return kept * c->d0 + (error > 0 ? error * error / (8 * c->pl) * (1 - kept) : 0);
}

/*:
## Proof

Let $a=\langle\nabla f(x),u\rangle$ and $s=a+e$. The two Taylor remainders are at most $\frac{L\rho^2d}2$ each, so $|e|\le\frac{L\rho d}2$. By smoothness and $\|u\|^2=d$
$$ f(x_+)\le f(x)-\gamma sa+\tfrac{L\gamma^2d}2s^2\le f(x)-\tfrac\gamma2a^2+\tfrac\gamma2e^2 : $$
the difference of the two right sides is $\frac\gamma2(a+e)^2(1-L\gamma d)\ge0$. In the mean over $u$, $\mathbb Ea^2=\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, so
$$ \mathbb Ef(x_+)-f_\star\le(1-\gamma\mu)(f(x)-f_\star)+\tfrac\gamma8(L\rho d)^2 , $$
and the sum of the geometric series is $\frac{1-(1-\gamma\mu)^t}{\gamma\mu}$. $\square$

## How sharp it is

Attained at every $t$, for each of the three laws, by $\frac L2\|x\|^2$ with $\gamma=\frac1{Ld}$: there $\mathbb E(f(x_t)-f_\star)=(1-\frac1d)^t(f(x_0)-f_\star)$. And the end of the range is sharp: with $\gamma$ beyond $\frac1{Ld}$ the factor on it is worse than $1-\gamma\mu$.

## What is run

Parabolas, where the mean is exact over all coordinates or all $2^d$ sign patterns; other smooth functions by sampling, with derivatives and with differences.

## What must fail

0.9 of the bound. A step of $\frac{1.5}{Ld}$. Normal directions, whose length varies, with the step that is allowed for the others.

## Exercises

1. Show that on $\frac L2\|x\|^2$ no step does better than $1-\frac1d$.
2. How many values of $f$ does it take to bring $f-f_\star$ from $d_0$ to $\varepsilon$, for small $\rho$? Compare with gradients by $d+1$ values.
3. *Compute.* How sharp is the end of the range? Run `ratecheck verify zo-pl:law=signs,gamma=0.25,rho=0 --objective quadratic:d=4,spectrum=one --steps 64 --beyond` with steps a little longer.
4. ★ For convex $f$ the $8$ may be replaced by $32$. Why?
:*/

#define ROUND "quadratic:d=4,spectrum=one"
SHARP(sharp,
	{ .objective = ROUND, .parameters = "law=signs,gamma=0.25,rho=0", .note = "random signs", .steps = 64,
	  .ratio = 1 },
	{ .objective = ROUND, .parameters = "law=coordinate,gamma=0.25,rho=0", .note = "random coordinates",
	  .steps = 64, .ratio = 1 },
	{ .objective = "pl-sine:start=2.2", .parameters = "law=signs",
	  .note = "differences on a function that is not convex",
	  .steps = 64 },
	{ .objective = "logistic:n=30,d=4,ridge=0.05", .parameters = "law=sphere",
	  .note = "differences on the sphere",
	  .steps = 64 })
CONTROL(control,
	{ .objective = ROUND, .parameters = "law=signs,gamma=0.25,rho=0", .note = "0.9 of the bound", .steps = 64,
	  .factor = 0.9 },
	{ .objective = ROUND, .parameters = "law=signs,gamma=0.375,rho=0", .note = "a step of 1.5/(Ld)",
	  .steps = 16 },
	{ .objective = "quadratic:d=1,L=1", .parameters = "law=normal,gamma=1,rho=0", .note = "normal directions",
	  .steps = 16 })

/*: {.plumbing} :*/
enum { COORDINATE, SIGNS, SPHERE, NORMAL };
static const rate_param params[] = {
	[law_] = { "law", RATE_CHOICE, "coordinate", 0, 0, "coordinate|signs|sphere|normal", "of the direction" },
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/(L d)"),
	[rho_] = { "rho", RATE_REAL, "auto", 0, 0, NULL, "radius; 0: the derivative along u" },
};

/* With the radius the last term is 1e-3 of the first. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double d = (double)c->d;

	param[gamma_] = fraction / (c->L * d);
	param[rho_] = c->L_2 == 0 ? 0 : sqrt(8e-3 * c->pl * c->d0) / (c->L * d);
}

static const char *admissible(const rate_case *c)
{
	if (!AT_MOST(c->param[gamma_], 1 / (c->L * (double)c->d)) || !(c->param[rho_] >= 0))
		return "0 < gamma <= 1/(L d) and rho >= 0";
	return c->param[law_] == NORMAL ? "law: coordinate, signs or sphere, of the length sqrt(d)" : NULL;
}

static const char *small(const rate_case *c)
{
	return c->d <= 12 && c->n * c->d <= 200 ? NULL : "run for at most 12 dimensions and 200 numbers of data";
}

/* A difference of two values is wrong by their rounding errors over 2 rho, and that moves each step; the last
 * 1/(gamma mu) of them count. The judge takes 64 eps of s. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	const rate_case *c = v->c;
	double rho = c->param[rho_], gamma = c->param[gamma_], steps = fmin((double)v->t, 1 / (gamma * c->pl)), moved;

	if (rate_measure_gap(v, q, s, b))
		return RATE_FAIL;
	for (size_t r = 0; rho > 0 && r < v->run->nrep; r++) {
		moved = gamma * (double)c->d * (fabs(c->f_star) + fmax(c->d0, fabs(q[r]))) / rho;
		s[r] += steps * (sqrt(2 * c->L * fmax(c->d0, fabs(q[r]))) * moved + c->L * moved * moved * 0x1p-52);
	}
	return RATE_OK;
}

CLAIM(zo_pl,
	.id = "zo-pl", .chapter = "zeroth-order", .title = "Random directions on smooth functions",
	.statement = "f L-smooth, μ-PL, E uuᵀ = I, ‖u‖² = d, 0 < γ ≤ 1/(Ld), s = (f(x + ρu) − f(x − ρu))/(2ρ), "
	             "x₊ = x − γsu: E f(x_t) − f* ≤ (1 − γμ)^t d₀ + (Lρd)²/(8μ) (1 − (1 − γμ)^t)",
	.quantity = "E f(x_t) − f*", .formula = "(1 − γμ)^t d₀ + (Lρd)²/(8μ) (1 − (1 − γμ)^t)",
	.source = "after Nesterov and Spokoiny, Random gradient-free minimization of convex functions, Found. Comput. "
	          "Math. 2017; constants proved in this file",
	.kind = RATE_EXPECTATION, .method = "two-point:terms=0",
	NEEDS("L", "pl", "f_star", "no composite"), RANGE, .applies = small, .bound = bound,
	    .measure = measure,
	SHARP_AND_CONTROL)
