/*:
# Gradient descent on smooth strongly convex functions

**Theorem.** Let $f$ be $\mu$-strongly convex, $\mu>0$, and $L$-smooth, $x_\star$ its minimiser, and let
$x_{t+1}=x_t-\gamma\nabla f(x_t)$ with a step $0 < \gamma \le 1/L$. Then for every $t\ge0$
$$ \|x_t - x_\star\|^2 \;\le\; (1-\gamma\mu)^t\,\|x_0 - x_\star\|^2 . $$
:*/
#include "../common.h"

enum { GAMMA };

FORMULA(bound, t, decay(c->param[GAMMA] * mu, t) * D2)

/*:
**Corollary.** $\|x_t-x_\star\|^2 \le \varepsilon\|x_0-x_\star\|^2$ as soon as $t \ge \frac{1}{\gamma\mu}\log\frac1\varepsilon$; with
$\gamma = 1/L$ that is $\kappa\log\frac1\varepsilon$ steps, $\kappa = L/\mu$.

## Proof

Expand $\|x^+-x_\star\|^2 = \|x-x_\star\|^2 - 2\gamma\langle g, x-x_\star\rangle + \gamma^2\|g\|^2$. Strong convexity (lem-sc-lower) gives
$\langle g, x-x_\star\rangle \ge f(x)-f_\star + \frac\mu2\|x-x_\star\|^2$ and smoothness (lem-gradient-bound) gives $\|g\|^2 \le 2L(f(x)-f_\star)$. The terms in
$f(x)-f_\star$ add up to $-2\gamma(1-\gamma L)(f(x)-f_\star) \le 0$; what is left is $(1-\gamma\mu)\|x-x_\star\|^2$. $\square$

## How sharp it is

At the first step, hardly loose at all when $\gamma\mu$ is small; later the truth decays like the *square* of the factor.

**Theorem** (the tight companion). Under the same hypotheses, but for every step $\gamma>0$,
$$ \|x_t-x_\star\|^2 \;\le\; \max(1-\gamma\mu,\ |1-\gamma L|)^{2t}\,\|x_0-x_\star\|^2 . $$

There is equality at every $t$ on an eigenvector of the quadratic. The proof replaces the two inequalities by one,
$\langle g,x-x_\star\rangle \ge \frac{\mu L}{\mu+L}\|x-x_\star\|^2 + \frac{1}{\mu+L}\|g\|^2$: for $\gamma \le \frac{2}{\mu+L}$ the
coefficient of $\|g\|^2$ is not positive and $\|g\|\ge\mu\|x-x_\star\|$ finishes; beyond, use $\|g\|\le L\|x-x_\star\|$. No step is
too long for this proof; from $2/L$ on the factor is at least 1 and promises nothing.
:*/

static double bound_tight(const rate_case *c, double t)
{
	LETTERS(c);
	double gamma = c->param[GAMMA];

	return decay(1 - fmax(1 - gamma * mu, fabs(1 - gamma * L)), 2 * t) * D2;
}

/*:
## What must fail

With the largest step $\gamma=1/L$ and $\kappa=10$ the first step leaves $0.81$ of the squared distance and the bound is $0.9$: so
$0.85$ of the bound is false. With $1.95/L$ an eigenvector of $L$ is multiplied by $0.9025$ each time, the bound by $0.805$, and
the quotient grows for ever. (A step of $1.01/L$ would pass: by the companion the bound holds up to $\gamma=\frac2L-\frac\mu{L^2}$.)
Of the companion $0.9$ is false at every $t$; it has no control by step.

## Exercises

1. Which step minimises the companion's factor? What rate does it give?
2. ★ Show equality in the companion for $f=\frac\mu2x_1^2+\frac L2x_2^2$, started on an axis.
3. *Compute.* Find the $\gamma$ at which the check first fails on a quadratic with $\mu=\frac1{10}$, $L=1$, from `ratecheck verify gd-strongly-convex:gamma=1.5 --beyond --objective quadratic:d=2,kappa=10,spectrum=two-point --steps 64` on. What does the companion say?
:*/

/*: {.plumbing} :*/

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[GAMMA] = fraction / L;
}

static void choose_tight(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[GAMMA] = 2 * fraction / L;
}

MUST(admissible, AT_MOST(c->param[GAMMA], 1 / L), "0 < gamma <= 1/L")

static const char *admissible_tight(const rate_case *c)
{
	return c->param[GAMMA] > 0 ? NULL : "gamma > 0";
}

static double transient(const rate_case *c, double t)
{
	return bound(c, t);
}

NUMBER(factor, 1 - c->param[GAMMA] * mu)

NUMBER(factor_tight, bound_tight(c, 1) / D2)

static int sharp(uint32_t k, rate_instance *out)
{
	if (k > 0)
		return RATE_FAIL;
	say(out->objective, "quadratic:d=2,L=1,kappa=1000,rotation=0,spectrum=two-point,x0=ones");
	say(out->parameters, "gamma=0.001");
	out->ratio = 1;
	out->steps = 64;
	say(out->note, "near 1 only while the bound is near its start");
	return RATE_OK;
}

static int control(uint32_t k, rate_instance *out)
{
	static const struct instance table[] = {
		{ .objective = "quadratic:d=2,L=1,kappa=10,rotation=0,spectrum=two-point,along=mu",
		    .parameters = "gamma=1",
		    .note = "0.85 of the bound, with the largest step; 0.9 is attained",
		    .steps = 16,
		    .factor = 0.85 },
		{ .objective = "quadratic:d=2,L=1,kappa=10,rotation=0,spectrum=two-point,along=L",
		    .parameters = "gamma=1.95",
		    .note = "1.95 times the step: 0.9025^t against 0.805^t",
		    .steps = 16 },
	};

	return instance_row(table, 2, k, out);
}

static int sharp_tight(uint32_t k, rate_instance *out)
{
	if (k > 2)
		return RATE_FAIL;
	out->ratio = 1;
	say(out->objective, "quadratic:d=1,L=1,kappa=1,rotation=0,x0=ones");
	say(out->parameters, "gamma=%s", k == 0 ? "0.05" : k == 1 ? "1.9" : "2.5");
	out->steps = 64;
	return RATE_OK;
}

static int control_tight(uint32_t k, rate_instance *out)
{
	if (k > 0)
		return RATE_FAIL;
	out->factor = 0.9;
	say(out->note, "ten percent off");
	return sharp_tight(0, out);
}

static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const rate_param params_tight[] = { RATE_STEP_SIZE("gamma > 0; presets stay below 2/L") };
static const char *const needs[] = { "mu", "L", "x_star" };

const rate_theorem gd_strongly_convex = {
	.size = sizeof(rate_theorem), .abi = RATE_ABI, .id = "gd-strongly-convex", .chapter = "gradient-descent",
	.title = "Gradient descent on smooth strongly convex functions",
	.statement = "f μ-strongly convex, L-smooth; 0 < γ ≤ 1/L: ‖x_t − x*‖² ≤ (1 − γμ)^t ‖x_0 − x*‖²",
	.quantity = "‖x_t − x*‖²", .formula = "(1 − γμ)^t D²", .source = HANDBOOK,
	.kind = RATE_DETERMINISTIC, .method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params),
	.choose = choose,
	.admissible = admissible, .bound = bound, .transient = transient, .factor = factor,
	.measure = rate_measure_dist2,
	.sharp = sharp, .control = control,
};

const rate_theorem gd_strongly_convex_tight = {
	.size = sizeof(rate_theorem), .abi = RATE_ABI, .id = "gd-strongly-convex-tight", .chapter = "gradient-descent",
	.title = "Gradient descent on smooth strongly convex functions, the exact factor",
	.statement = "f μ-strongly convex, L-smooth; γ > 0: ‖x_t − x*‖² ≤ max(1 − γμ, |1 − γL|)^(2t) ‖x_0 − x*‖²",
	.quantity = "‖x_t − x*‖²", .formula = "max(1 − γμ, |1 − γL|)^(2t) D²", .source = "folklore",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "gd", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_tight), .choose = choose_tight, .admissible = admissible_tight, .bound = bound_tight,
	.factor = factor_tight, .measure = rate_measure_dist2, .sharp = sharp_tight, .control = control_tight,
};
