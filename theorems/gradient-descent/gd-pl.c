/*:
# Gradient descent without convexity: the Polyak–Łojasiewicz inequality

**Theorem.** Let $f$ be $L$-smooth and satisfy $\|\nabla f(x)\|^2 \ge 2\mu(f(x)-f_\star)$ for all $x$. With
$0<\gamma\le 1/L$, for every $t$
$$ f(x_t)-f_\star \;\le\; (1-\gamma\mu)^t\,(f(x_0)-f_\star). $$

Convexity is not assumed, and the minimiser need not be unique: rank-deficient least squares is an example, with $\mu$ the
smallest *nonzero* eigenvalue, and so is $x^2+3\sin^2x$.
:*/
#include "../common.h"

enum { GAMMA };

static double bound(const rate_case *c, double t)
{
	return decay(c->param[GAMMA] * c->pl, t) * c->d0;
}

/*:
## Proof

The descent lemma gives $f(x^+) \le f(x) - \gamma(1-\frac{\gamma L}{2})\|\nabla f(x)\|^2$. Insert the inequality:
$f(x^+)-f_\star \le \bigl(1-\gamma\mu(2-\gamma L)\bigr)(f(x)-f_\star)$, and $2-\gamma L \ge 1$. $\square$

## How sharp it is

The last step of the proof gives away a factor.

**Theorem** (the tight companion). Under the same hypotheses, but for every step $0<\gamma<2/L$,
$$ f(x_t)-f_\star \;\le\; \bigl(1-\gamma\mu(2-\gamma L)\bigr)^t\,(f(x_0)-f_\star) , $$
with equality at every $t$ and every $\gamma$ on $\frac L2\|x\|^2$.
:*/

static double bound_tight(const rate_case *c, double t)
{
	double gamma = c->param[GAMMA];

	return decay(gamma * c->pl * (2 - gamma * c->L), t) * c->d0;
}

/*:
## What must fail

Ten percent off the bound is seen at $t=1$; a step of $1.01/L$ with $\mu=L$ makes the bound negative at odd $t$.

## Exercises

1. Show that strong convexity implies the inequality with the same $\mu$.
2. Why is the companion with $\gamma=1/L$ the same as the theorem?
:*/

/*: {.plumbing} :*/

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction / c->L;
}

static void choose_tight(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = 2 * fraction / c->L;
}

static const char *admissible(const rate_case *c)
{
	return AT_MOST(c->param[GAMMA], 1 / c->L) ? NULL : "0 < gamma <= 1/L";
}

static const char *admissible_tight(const rate_case *c)
{
	return c->param[GAMMA] > 0 && c->param[GAMMA] < 2 / c->L ? NULL : "0 < gamma < 2/L";
}

static double factor(const rate_case *c)
{
	return 1 - c->param[GAMMA] * c->pl;
}

static double factor_tight(const rate_case *c)
{
	return 1 - c->param[GAMMA] * c->pl * (2 - c->param[GAMMA] * c->L);
}

static int bowl(rate_instance *out, const char *gamma, uint64_t T)
{
	say(out->objective, "quadratic:d=3,L=1,kappa=1,rotation=0,x0=ones");
	say(out->parameters, "gamma=%s", gamma);
	out->steps = T;
	return RATE_OK;
}

static int sharp(uint32_t k, rate_instance *out)
{
	out->ratio = 1;
	say(out->note, "near 1 only while the bound is near its start");
	return k == 0 ? bowl(out, "0.0001", 64) : RATE_FAIL;
}

static int control(uint32_t k, rate_instance *out)
{
	if (k == 0) {
		out->factor = 0.9;
		say(out->note, "ten percent off is seen at t = 1");
		return bowl(out, "0.0001", 64);
	}
	say(out->note, "1.01/L with mu = L: the bound is negative at odd t");
	return k == 1 ? bowl(out, "1.01", 64) : RATE_FAIL;
}

static int sharp_tight(uint32_t k, rate_instance *out)
{
	out->ratio = 1;
	return k == 0 ? bowl(out, "0.05", 64) : k == 1 ? bowl(out, "1.95", 128) : RATE_FAIL;
}

static int control_tight(uint32_t k, rate_instance *out)
{
	out->factor = 0.9;
	say(out->note, "ten percent off");
	return k == 0 ? bowl(out, "0.05", 64) : RATE_FAIL;
}

static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const rate_param params_tight[] = { RATE_STEP_SIZE("0 < gamma < 2/L") };
static const char *const needs[] = { "pl", "L", "f_star" };

const rate_theorem gd_pl = {
	.size = sizeof(rate_theorem), .abi = RATE_ABI, .id = "gd-pl", .chapter = "gradient-descent",
	.title = "Gradient descent under the Polyak–Łojasiewicz inequality",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*); 0 < γ ≤ 1/L: f(x_t) − f* ≤ (1 − γμ)^t (f(x_0) − f*)",
	.quantity = "f(x_t) − f*", .formula = "(1 − γμ)^t (f(x_0) − f*)", .source = HANDBOOK,
	.kind = RATE_DETERMINISTIC, .method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .choose = choose,
	.admissible = admissible, .bound = bound, .transient = bound, .factor = factor, .measure = rate_measure_gap,
	.sharp = sharp, .control = control,
};

const rate_theorem gd_pl_tight = {
	.size = sizeof(rate_theorem), .abi = RATE_ABI, .id = "gd-pl-tight", .chapter = "gradient-descent",
	.title = "Gradient descent under the Polyak–Łojasiewicz inequality, all steps below 2/L",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*); 0 < γ < 2/L: f(x_t) − f* ≤ (1 − γμ(2 − γL))^t (f(x_0) − f*)",
	.quantity = "f(x_t) − f*", .formula = "(1 − γμ(2 − γL))^t (f(x_0) − f*)", .source = OWN,
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "gd", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_tight), .choose = choose_tight, .admissible = admissible_tight, .bound = bound_tight,
	.factor = factor_tight, .measure = rate_measure_gap, .sharp = sharp_tight, .control = control_tight,
};
