/*:
# The worst share of the losses: SPL+ for CVaR

Who trains for the worst $10\%$ of the cases minimises the conditional value at risk. It is the least value over a level $a$ of
$$ F(x,a)=a+\frac1{1-\beta}\cdot\frac1n\sum_i(\ell_i(x)-a)_+ , $$
and this has a kink at the level of every loss. A subgradient step knows one side of it only; the model step keeps it.

**Theorem.** Let $0\le\beta<1$, let every $\ell_i$ be convex with slopes of length at most $G_i$, let $\lambda,\nu>0$, and let $(x_\star,a_\star)$ minimise $F$ with value $F_\star$. Draw $i$ uniformly, $g\in\partial\ell_i(x_t)$, and let
$$ \hat a=a_t-\nu,\qquad e=\operatorname{clip}\Bigl(\frac{\ell_i(x_t)-\hat a}{\lambda\|g\|^2+\nu},\,0,\,\frac1{1-\beta}\Bigr),\qquad x_{t+1}=x_t-\lambda e\,g,\qquad a_{t+1}=\hat a+\nu e . $$
Then the averages of $x_0,\dots,x_{T-1}$ and $a_0,\dots,a_{T-1}$ obey for every $T\ge1$
$$ \mathbb E F(\bar x_T,\bar a_T)-F_\star\;\le\;\frac1{2T}\Bigl(\frac{\|x_0-x_\star\|^2}\lambda+\frac{(a_0-a_\star)^2}\nu\Bigr)+\frac1{2n}\sum_i\max\Bigl(\nu,\frac{\lambda G_i^2+\nu\beta^2}{(1-\beta)^2}\Bigr) . $$

**Hypotheses.** Any $\lambda$ and $\nu$. In the program $F$ is `OBJECTIVE+cvar`, a function of $(x,u)$ with $a=\text{scale}\cdot u$, and the step is that of the method `prox-linear` with $\gamma=\lambda$, $\nu=\gamma\,\text{scale}^2$; then the bound is $\frac{D^2}{2\gamma T}+\frac{\gamma G^2}2$ with $D$ and $G$ in the variables $(x,u)$.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

/* Of the second claim: lambda, nu, beta, and which step. */
enum { LAMBDA, NU, BETA, STEP };

FORMULA(bound, t, D2 / (2 * gamma * t) + gamma * G * G / 2)

/*:
## Proof

*The step minimises a model exactly.* Let
$$ m(y,c)=c+\frac{(\ell_i(x_t)+\langle g,y-x_t\rangle-c)_+}{1-\beta}+\frac{\|y-x_t\|^2}{2\lambda}+\frac{(c-a_t)^2}{2\nu} . $$
With a number $e$ in the place of the slope of $(\cdot)_+/(1-\beta)$, the minimiser of $c+e(\ell_i+\langle g,y-x_t\rangle-c)$ plus the squares is $(x_t-\lambda eg,\;\hat a+\nu e)$, and there $\ell_i+\langle g,y-x_t\rangle-c=\ell_i-\hat a-e(\lambda\|g\|^2+\nu)$. The clip makes this $0$ if $0<e<\frac1{1-\beta}$, not negative at the upper end and not positive at $e=0$: $e$ is a subgradient of $(\cdot)_+/(1-\beta)$ there, so the point minimises $m$.

*One step.* Write $z=(x,a)$ and $\|z\|_W^2=\frac{\|x\|^2}\lambda+\frac{a^2}\nu$. The model $m$ is $1$-strongly convex in this norm. With $p$ for the piecewise linear part of $m$,
$$ p(z_{t+1})+\tfrac12\|z_{t+1}-z_t\|_W^2+\tfrac12\|z_{t+1}-z_\star\|_W^2\;\le\;p(z_\star)+\tfrac12\|z_\star-z_t\|_W^2 . $$
Since $\ell_i$ is convex and $(\cdot)_+$ does not fall, $p(z_\star)\le F_i(z_\star)$. Slopes of $p$ have the form $(eg,1-e)$ with $0\le e\le\frac1{1-\beta}$, so in the dual norm their square is at most the largest of $\lambda e^2G_i^2+\nu(1-e)^2$, which is convex in $e$ and largest at an end:
$$ W_i^2=\max\Bigl(\nu,\frac{\lambda G_i^2+\nu\beta^2}{(1-\beta)^2}\Bigr),\qquad p(z_{t+1})\ge F_i(z_t)-W_i\|z_{t+1}-z_t\|_W\ge F_i(z_t)-\tfrac12W_i^2-\tfrac12\|z_{t+1}-z_t\|_W^2 . $$
Together, in the mean over $i$: $\;\mathbb E\|z_{t+1}-z_\star\|_W^2\le\|z_t-z_\star\|_W^2-2(F(z_t)-F_\star)+\frac1n\sum W_i^2$. Sum, divide by $2T$, and use Jensen's inequality. $\square$

**Theorem (cvar-spl-step).** The first paragraph alone, for one step and every $(y,c)$: the step minimises $m$, and
$$ \frac{\|y-x_{t+1}\|^2}{2\lambda}+\frac{(c-a_{t+1})^2}{2\nu}\;\le\;m(y,c)-m(x_{t+1},a_{t+1}) . $$

## How sharp it is

Attained. One loss $G|x|$ with $x_0$ and $a_0$ chosen so that both coordinates reach the kink at step $T$: on the way $F$ is linear and nothing is lost. And one constant loss, where $F$ is the pinball function of $a$ alone.

The subgradient method has the same bound. The difference is what happens at the kink: there the model stops, and the subgradient cycles with radius $\gamma G$.

## What is run

One loss $2|x|$, and three affine losses, whose risk has its least value where two of them cross. cvar-spl-step at random models in the plane.

## What must fail

$0.9$ of the bound. The bound that takes the level for granted, $G$ without the share of $a$, on a constant loss. For cvar-spl-step the point of the subgradient method.

## Exercises

1. Compute the CVaR at $\beta$ of an exponential loss with mean $1$.
2. All losses are multiplied by $s$. How must $\lambda$ and $\nu$ change for the same path of $x$?
3. Why is $F_\star$ the mean of the worst share $1-\beta$ of the losses at the best $x$?
:*/

#define ONE "abs:G=2,start=5+cvar:beta=0.9,scale=2.23606797749979,level=-11.25"
#define FLAT "abs:G=1e-9,start=0+cvar:beta=0.9,scale=2.23606797749979,level=-0.45"
SHARP(sharp,
	{ .objective = ONE, .parameters = "gamma=0.01", .note = "both coordinates reach the kink at T", .steps = 25,
	  .ratio = 1 },
	{ .objective = "affine-losses+cvar:beta=0.4", .note = "three lines" },
	{ .objective = "affine-losses:a=-1/1/2/-3/0.5,b=0/0.5/-1/2/0+cvar:beta=0.7,scale=0.3", .note = "five lines" })
CONTROL(control,
	{ .objective = ONE, .parameters = "gamma=0.01", .note = "0.9 of the bound", .steps = 25, .factor = 0.9 },
	{ .objective = FLAT, .parameters = "gamma=0.01", .note = "a constant loss, the share of the level left out",
	  .steps = 1,
	  .factor = 0.506 })

SHARP(sharp_step, { .parameters = "lambda=0.5,nu=0.3,beta=0.5,subgradient=0", .note = "random models", .ratio = 1 })
CONTROL(control_step, { .parameters = "lambda=0.5,nu=0.3,beta=0.5,subgradient=1", .note = "the subgradient step" })

/*: {.plumbing} :*/
static const rate_param params_step[] = {
	[LAMBDA] = { "lambda", RATE_REAL, "1", 0.01, 10, NULL, "step of x" },
	[NU] = { "nu", RATE_REAL, "1", 0.01, 10, NULL, "step of the level" },
	[BETA] = { "beta", RATE_REAL, "0.5", 0, 0.95, NULL, "the worst share 1 - beta" },
	[STEP] = { "subgradient", RATE_INTEGER, "0", 0, 0, NULL, "1: the step of the subgradient method" },
};

static const char *model_step_only(const rate_case *c)
{
	return c->param[STEP] == 0 ? NULL : "subgradient = 0";
}

/* z: the loss at x = 0, its slope (2 numbers), the level a, the other point (y, c). */
static double model(const rate_case *c, const double *z, const double *y, double level)
{
	const double *p = c->param;
	double line = z[0] + z[1] * y[0] + z[2] * y[1] - level, moved = level - z[3];

	return level + fmax(line, 0) / (1 - p[BETA]) + (y[0] * y[0] + y[1] * y[1]) / (2 * p[LAMBDA]) +
	       moved * moved / (2 * p[NU]);
}

static int evaluate_step(const rate_point *at, double *left, double *right, double *s)
{
	const double *p = at->c->param;
	double z[7], x[2], y[2], g2, e, a, most = 1 / (1 - p[BETA]), there, here;

	at->host->normals(at->host, 1, at->number, 7, z);
	g2 = z[1] * z[1] + z[2] * z[2];
	e = fmin(fmax((z[0] - (z[3] - p[NU])) / (p[LAMBDA] * g2 + p[NU]), 0), most);
	if (p[STEP] != 0)
		e = z[0] > z[3] ? most : 0;
	x[0] = -p[LAMBDA] * e * z[1];
	x[1] = -p[LAMBDA] * e * z[2];
	a = z[3] - p[NU] + p[NU] * e;
	y[0] = x[0] + z[4];
	y[1] = x[1] + z[5];
	here = model(at->c, z, x, a);
	there = model(at->c, z, y, a + z[6]);
	*left = (z[4] * z[4] + z[5] * z[5]) / (2 * p[LAMBDA]) + z[6] * z[6] / (2 * p[NU]);
	*right = there - here;
	*s = fabs(there) + fabs(here) + *left + g2 * p[LAMBDA] * most * most + fabs(z[0]) * most;
	return RATE_OK;
}

static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * (c->D2 > 0 ? sqrt(c->D2 / (double)c->T) : 1) / c->G;
}

MUST(admissible, gamma > 0, "gamma > 0")

enum { RHO_MODEL };
MUST(applies, c->need[RHO_MODEL] == 0, "the models must lie below f: rho_model = 0")

CLAIM(cvar_spl,
	.id = "cvar-spl", .chapter = "weakly-convex", .title = "SPL+ for the conditional value at risk",
	.statement = "ℓ_i convex, slopes ≤ G_i, any γ > 0, model steps on F(x, a) = a + mean (ℓ_i − a)₊/(1 − β): "
	             "E F(average) − F* ≤ D²/(2γT) + γG²/2, D and G in the variables (x, a/scale)",
	.quantity = "E F(x̄_t, ā_t) − F*", .formula = "D²/(2γt) + γG²/2",
	.source = "after Meng and Gower, A model-based method for minimizing CVaR and beyond, ICML 2023; "
	          "proved in this file",
	.kind = RATE_EXPECTATION, .method = "prox-linear",
	NEEDS([RHO_MODEL] = "rho_model", "convex", "G", "x_star", "f_star", "no composite", "whole space",
	      "composition/1"), RANGE, .applies = applies, .power = 0.5, GAP_OF_AVERAGE, .bound = bound,
	SHARP_AND_CONTROL)

CLAIM(cvar_spl_step,
	.id = "cvar-spl-step", .chapter = "weakly-convex", .title = "The step of SPL+ minimises its model",
	.statement = "m(y, c) = c + (ℓ + ⟨g, y − x⟩ − c)₊/(1 − β) + ‖y − x‖²/(2λ) + (c − a)²/(2ν), (x₊, a₊) the step: "
	             "‖y − x₊‖²/(2λ) + (c − a₊)²/(2ν) ≤ m(y, c) − m(x₊, a₊)",
	.quantity = "‖y − x₊‖²/(2λ) + (c − a₊)²/(2ν)", .formula = "m(y, c) − m(x₊, a₊)",
	.source = "after Meng and Gower, A model-based method for minimizing CVaR and beyond, ICML 2023; "
	          "proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_step), .admissible = model_step_only,
	.evaluate = evaluate_step, .sharp = sharp_step, .control = control_step)
