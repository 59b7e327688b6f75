/*:
# Gradient descent without convexity: the Polyak–Łojasiewicz inequality

**Theorem.** Let $f$ be $L$-smooth and bounded below, $f_\star=\inf f$, and let $\|\nabla f(x)\|^2 \ge 2\mu(f(x)-f_\star)$ for all $x$
with a $\mu>0$. If $x_{t+1}=x_t-\gamma\nabla f(x_t)$ with $0<\gamma\le 1/L$, then for every $t\ge0$
$$ f(x_t)-f_\star \;\le\; (1-\gamma\mu)^t\,(f(x_0)-f_\star). $$

Convexity is not assumed, and the minimiser need not be unique: rank-deficient least squares is an example, with $\mu$ the
smallest *nonzero* eigenvalue, and so is $x^2+3\sin^2x$.
:*/
#include "../common.h"

enum { GAMMA };

FORMULA(bound, t, decay(c->param[GAMMA] * pl, t) * d0)

/*:
## Proof

The descent lemma (lem-descent) gives $f(x^+) \le f(x) - \gamma(1-\frac{\gamma L}{2})\|\nabla f(x)\|^2$. Insert the inequality:
$f(x^+)-f_\star \le \bigl(1-\gamma\mu(2-\gamma L)\bigr)(f(x)-f_\star)$, and $2-\gamma L \ge 1$. $\square$

## How sharp it is

The last step of the proof gives away a factor.

**Theorem** (the tight companion). Under the same hypotheses, but for every step $0<\gamma<2/L$,
$$ f(x_t)-f_\star \;\le\; \bigl(1-\gamma\mu(2-\gamma L)\bigr)^t\,(f(x_0)-f_\star) , $$
with equality at every $t$ and every $\gamma$ on $\frac L2\|x\|^2$.
:*/

static double bound_tight(const rate_case *c, double t)
{
	LETTERS(c);
	double gamma = c->param[GAMMA];

	return decay(gamma * pl * (2 - gamma * L), t) * d0;
}

/*:
# The gradient at both ends of a step

The companion is attained, but by a bowl, where $\mu=L$. For $\mu<L$ and steps up to $1/L$ it is not the last word: its proof uses
the inequality at the beginning of a step and forgets that the gradient is not zero at the end either.

**Theorem.** Under the hypotheses of the first theorem
$$ f(x_t)-f_\star\;\le\;\Bigl(\frac{2-\gamma\mu(3-\gamma L)}{2+\gamma\mu}\Bigr)^t\,(f(x_0)-f_\star) . $$
:*/

/* 1 - the factor */
static double loss_both(const rate_case *c)
{
	LETTERS(c);
	double u = c->param[GAMMA] * pl;

	return u * (4 - c->param[GAMMA] * L) / (2 + u);
}

FORMULA(bound_both, t, decay(loss_both(c), t) * d0)

/*:
**Proof.** Write $\delta=f(x)-f_\star$, $a=\|\nabla f(x)\|^2$ and $\delta^+$, $b$ for the same at $x^+$. The proof of gd-nonconvex-tight shows for
$\gamma\le1/L$, from smoothness alone,
$$ \delta-\delta^+\;\ge\;a\Bigl(\frac{3\gamma}4-\frac{\gamma^2L}4\Bigr)+b\,\frac\gamma4 . $$
Both coefficients are positive, so $a\ge2\mu\delta$ and $b\ge2\mu\delta^+$ may be put in:
$$ \delta-\delta^+\;\ge\;\frac{\gamma\mu}2(3-\gamma L)\,\delta+\frac{\gamma\mu}2\,\delta^+ . $$
Collect: $\bigl(1+\frac{\gamma\mu}2\bigr)\delta^+\le\bigl(1-\frac{\gamma\mu}2(3-\gamma L)\bigr)\delta$, where the right bracket is not negative: with
$u=\gamma\mu\le\gamma L\le1$ it is at least $1-\frac u2(3-u)=\frac12(1-u)(2-u)$. Repeat. $\square$

With $u=\gamma\mu$ and $v=\gamma L$ the companion's factor less this one is $\frac{u\,(v(1+u)-2u)}{2+u}$: this one is the smaller at $\gamma=1/L$, where it is
$\frac{2L-2\mu}{2L+\mu}$, and for every step if $L\ge2\mu$. For $\mu$ near $L$ and short steps the companion wins, as it must: there it is attained.

**How sharp is it?** On $x^2+3\sin^2x$ one step of $1/L$ from $x_0=2.248$ leaves $0.95533$ of the gap, and the three factors are $0.97806$,
$0.97806$ and $0.96745$. No function is known that attains the last one for $\mu<L$. On the bowl with $\gamma=0.01/L$ the ratio is still
${{gd-pl-both-ends#2.deep_ratio:3}}$ when nine tenths of the gap are gone.

## What is run

Gradient descent on every objective that declares $\mu$, at the end of the range and inside it.

## What must fail

$0.95$ of the first bound and $0.97$ of the third after one step of the largest size on $x^2+3\sin^2x$. Ten percent off the second,
at every $t$ on the bowl. And a step $1.95/L$: an eigenvector of $L$ loses a factor $0.9025$ of its gap each time, while with $\kappa=10$ the
first bound has $0.805$ and the third $0.818$. The quotients grow for ever.

## Exercises

1. Show that strong convexity implies the inequality with the same $\mu$.
2. Why is the companion with $\gamma=1/L$ the same as the theorem?
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

MUST(admissible_tight, c->param[GAMMA] > 0 && c->param[GAMMA] < 2 / L, "0 < gamma < 2/L")

NUMBER(factor, 1 - c->param[GAMMA] * pl)

static double factor_both(const rate_case *c)
{
	return 1 - loss_both(c);
}

NUMBER(factor_tight, 1 - c->param[GAMMA] * pl * (2 - c->param[GAMMA] * L))

static int bowl(rate_instance *out, const char *gamma, uint64_t T)
{
	say(out->objective, "quadratic:d=3,L=1,kappa=1,rotation=0,x0=ones");
	say(out->parameters, "gamma=%s", gamma);
	out->steps = T;
	return RATE_OK;
}

/* One step of the largest size from where the gap shrinks least. */
static int sine(rate_instance *out)
{
	say(out->objective, "pl-sine:start=2.248");
	say(out->parameters, "gamma=0.125");
	out->steps = 1;
	return RATE_OK;
}

static int too_long(rate_instance *out)
{
	say(out->objective, "quadratic:d=2,L=1,kappa=10,rotation=0,spectrum=two-point,along=L");
	say(out->parameters, "gamma=1.95");
	say(out->note, "1.95 times the step: the gap falls by 0.9025 each time");
	out->steps = 16;
	return RATE_OK;
}

static int sharp(uint32_t k, rate_instance *out)
{
	if (k == 0) {
		out->ratio = 0.97675;
		say(out->note, "x^2 + 3 sin^2 x, one step 1/L");
		return sine(out);
	}
	out->ratio = 1;
	say(out->note, "near 1 only while the bound is near its start");
	return k == 1 ? bowl(out, "0.0001", 64) : RATE_FAIL;
}

static int control(uint32_t k, rate_instance *out)
{
	if (k == 0) {
		out->factor = 0.95;
		say(out->note, "0.95 of the bound after a step 1/L; 0.977 is attained");
		return sine(out);
	}
	return k == 1 ? too_long(out) : RATE_FAIL;
}

static int sharp_both(uint32_t k, rate_instance *out)
{
	if (k == 0) {
		out->ratio = 0.98747;
		say(out->note, "x^2 + 3 sin^2 x, one step 1/L");
		return sine(out);
	}
	out->deep_ratio = 0.9939;
	say(out->note, "a bowl and short steps: 0.994 when nine tenths of the gap are gone");
	return k == 1 ? bowl(out, "0.01", 120) : RATE_FAIL;
}

static int control_both(uint32_t k, rate_instance *out)
{
	if (k == 0) {
		out->factor = 0.97;
		say(out->note, "0.97 of the bound after a step 1/L; 0.987 is attained");
		return sine(out);
	}
	return k == 1 ? too_long(out) : RATE_FAIL;
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
	.kind = RATE_DETERMINISTIC, .method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params),
	.choose = choose,
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
	.transient = bound_tight, .factor = factor_tight, .measure = rate_measure_gap, .sharp = sharp_tight,
	.control = control_tight,
};

const rate_theorem gd_pl_both_ends = {
	.size = sizeof(rate_theorem), .abi = RATE_ABI, .id = "gd-pl-both-ends", .chapter = "gradient-descent",
	.title = "Gradient descent under the Polyak–Łojasiewicz inequality, used at both ends of a step",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*); 0 < γ ≤ 1/L: f(x_t) − f* ≤ ((2 − γμ(3 − γL))/(2 + γμ))^t "
	             "(f(x_0) − f*)",
	.quantity = "f(x_t) − f*", .formula = "((2 − γμ(3 − γL))/(2 + γμ))^t (f(x_0) − f*)",
	.source = "compare Abbaszadehpeivasti, de Klerk and Zamani, Conditions for linear convergence of the "
	          "gradient method for "
	          "non-convex optimization, 2023",
	.kind = RATE_DETERMINISTIC, .method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params),
	.choose = choose,
	.admissible = admissible, .bound = bound_both, .transient = bound_both, .factor = factor_both,
	.measure = rate_measure_gap, .sharp = sharp_both, .control = control_both,
};
