/*:
# The stochastic subgradient method, any steps

**Theorem.** Let $f=\frac1n\sum_if_i$ with every $f_i$ convex, $C$ closed and convex, $x_0\in C$, and let $x_\star$ minimise $f$ over $C$.
Let $x_{t+1}=P_C(x_t-\gamma_tg_t)$ with steps $\gamma_t>0$, where $g_t$ is a subgradient of $f_{i_t}$ at $x_t$, $i_t$ is
uniform and independent of the past, and $\mathbb E\|g_t\|^2\le G^2$. Then for every $T\ge1$ the average
$\bar x_T=\sum_{t<T}\gamma_tx_t\big/\sum_{t<T}\gamma_t$ obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2+G^2\sum_{t<T}\gamma_t^2}{2\sum_{t<T}\gamma_t} . $$

**Hypotheses.** Any subgradient of the convex $f_{i_t}$ will do, at kinks too; the mean of the subgradients is then one of $f$. $C=\mathbb R^d$ is allowed. Steps may depend on $t$, not on the path.
The program runs $\gamma_t=\gamma/(t+1)^p$.
:*/
#define PARAMETERS(P) P(gamma) P(power)
#include "../common.h"

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double sum = 0, squares = 0;

	for (size_t s = 0; s < (size_t)t; s++) {
		sum += c->step[s];
		squares += c->step[s] * c->step[s];
	}
	return (D2 + G * G * squares) / (2 * sum);
}

/*:
## Proof

A projection brings points no farther from $x_\star\in C$ (lem-prox-nonexpansive), so
$$ \|x_{t+1}-x_\star\|^2\le\|x_t-x_\star\|^2-2\gamma_t\langle g_t,x_t-x_\star\rangle+\gamma_t^2\|g_t\|^2 . $$
Given the past, the mean of $g_t$ is a subgradient of $f$ at $x_t$, so the mean of $\langle g_t,x_t-x_\star\rangle$ is at least
$f(x_t)-f_\star$. Take means, sum over $t<T$, and leave out $\|x_T-x_\star\|^2\ge0$:
$$ 2\sum_t\gamma_t\,\mathbb E(f(x_t)-f_\star)\le\|x_0-x_\star\|^2+G^2\sum_t\gamma_t^2 . $$
Divide by $2\sum\gamma_t$; by Jensen's inequality $f(\bar x_T)$ is at most the same average of the $f(x_t)$. $\square$

## How sharp it is

Exactly, for every $T$ and every choice of steps: $f=G|x|$ started at $x_0=S=G\sum_{t<T}\gamma_t$. The method walks down the
slope and arrives at $0$ after $T$ steps. With $\Sigma=\sum\gamma_t$ the point $x_t=G\sum_{s\ge t}\gamma_s$, and
$$ \bar x_T=\frac G\Sigma\sum_{s\ge t}\gamma_t\gamma_s=\frac{G}{2\Sigma}\Bigl(\Sigma^2+\sum_t\gamma_t^2\Bigr), \qquad
   f(\bar x_T)=\frac{S^2+G^2\sum\gamma_t^2}{2\Sigma} . $$
Here $f$ is known far too well: a method that looks at values would do better. The function of Drori and Teboulle (ssd-convex-horizon) is as bad for every method.

# The same with steps $\gamma/\sqrt{t+1}$

**Theorem.** With $\gamma_t=\gamma/\sqrt{t+1}$, $\gamma>0$, for every $T\ge1$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2+\gamma^2G^2(1+\ln T)}{4\gamma(\sqrt{T+1}-1)} . $$
:*/

FORMULA(bound_decreasing, t, (D2 + gamma * gamma * G * G * (1 + log(t))) / (4 * gamma * (sqrt(t + 1) - 1)))

/*:
**Proof.** Compare the sums with integrals: $\sum_{t<T}(t+1)^{-1/2}\ge\int_1^{T+1}u^{-1/2}du=2(\sqrt{T+1}-1)$ and
$\sum_{t<T}(t+1)^{-1}\le1+\ln T$. $\square$

**How sharp is it?** On the same $G|x|$ only the two integrals are lost: ${{ssd-convex-decreasing#1.max_ratio:4}}$ at $T=1000$, ${{ssd-convex-decreasing#2.max_ratio:4}}$ at $T=10^4$, and $1$
in the limit.

## What is run

The method on every convex objective with a known $G$, with or without a feasible set, judged at all $t$ (sampled runs: at
the checkpoints). Sharp: $G|x|$ from the start that fits $T$, and for constant steps the function of Drori and Teboulle.

## What must fail

$0.9$ of each bound on $G|x|$, and the rate $T^{-1}$ in the place of $T^{-1/2}$. No control by step: every step is admissible.

## Exercises

1. Which constant step is best for given $T$? Which $p$ in $\gamma_t=\gamma/(t+1)^p$ gives the best rate if $T$ is not known?
2. ★ Drop the assumption that steps are independent of the path. Where does the proof break, and which steps may look at $x_t$?
3. On $G|x|$ with $x_0=S$, where does the *last* iterate end up, and what does that say about averaging?
:*/

static double steps_to_zero(double power, uint64_t T)
{
	double sum = 0;

	for (uint64_t t = 0; t < T; t++)
		sum += pow((double)(t + 1), -power);
	return sum;
}

/* f = |x| from the sum of the steps (t+1)^-power. */
static void walk_down(rate_instance *out, double power, uint64_t T)
{
	say(out->objective, "abs:G=1,start=%.17g", steps_to_zero(power, T));
	say(out->note, "|x| from the sum of the T steps");
	out->steps = T;
}

static int sharp(uint32_t k, rate_instance *out)
{
	static const double power[] = { 0.5, 0.75 };
	static const uint64_t T[] = { 64, 512 };

	out->ratio = 1;
	if (k < 2) {
		walk_down(out, power[k], T[k]);
		say(out->parameters, "gamma=1,power=%g", power[k]);
		return RATE_OK;
	}
	say(out->objective, "minimax:T=64,G=1,R=1");
	say(out->parameters, "gamma=0.125,power=0");
	say(out->note, "the function of Drori and Teboulle, constant steps R/(G sqrt T)");
	out->steps = 64;
	return k == 2 ? RATE_OK : RATE_FAIL;
}

static int control(uint32_t k, rate_instance *out)
{
	walk_down(out, 0.5, 64);
	say(out->parameters, "gamma=1,power=0.5");
	say(out->note, k == 0 ? "0.9 of the bound, which is attained" : "rate T^-1 instead of T^-1/2");
	out->factor = k == 0 ? 0.9 : 1;
	out->power = k == 0 ? 0 : 0.5;
	return k < 2 ? RATE_OK : RATE_FAIL;
}

static int sharp_decreasing(uint32_t k, rate_instance *out)
{
	static const uint64_t T[] = { 1000, 10000 };
	static const double ratio[] = { 0.99141, 0.99730 };

	if (k > 1)
		return RATE_FAIL;
	walk_down(out, 0.5, T[k]);
	say(out->parameters, "gamma=1");
	out->ratio = ratio[k];
	return RATE_OK;
}

static int control_decreasing(uint32_t k, rate_instance *out)
{
	walk_down(out, 0.5, 1000);
	say(out->parameters, "gamma=1");
	say(out->note, k == 0 ? "0.9 of the bound; 0.991 is attained" : "rate T^-1 instead of T^-1/2");
	out->factor = k == 0 ? 0.9 * 0.999 : 1;
	out->power = k == 0 ? 0 : 0.5;
	return k < 2 ? RATE_OK : RATE_FAIL;
}

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "G", "x_star", "f_star" };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0; the steps are gamma/(t+1)^power"),
	[power_] = { "power", RATE_REAL, "0.5", 0, 1, NULL, "how fast the steps decrease" },
};
static const rate_param params_decreasing[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0; the steps are gamma/sqrt(t+1)") };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);
	double best = sqrt(D2) / G;

	param[gamma_] = fraction * (best > 0 ? best : 1);
}

MUST(admissible, gamma > 0, "gamma > 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * pow((double)(t + 1), -power);
}

static void steps_decreasing(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma / sqrt((double)(t + 1));
}

static double weight(const rate_case *c, uint64_t t)
{
	return c->step[t];
}

CLAIM(ssd_convex_lipschitz,
	.id = "ssd-convex-lipschitz", .chapter = "subgradient", .title = "Stochastic subgradient method, any steps",
	.statement = "f_i convex, E‖g_t‖² ≤ G², γ_t > 0: E f(x̄_T) − f* ≤ (‖x_0 − x*‖² + G² Σγ_t²)/(2Σγ_t), "
	             "sums over t < T, "
	             "x̄_T weighted by γ_t",
	.quantity = "E f(x̄_T) − f*", .formula = "(D² + G²Σγ_t²)/(2Σγ_t)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), RANGE, .steps = steps,
	.weight = weight, .bound = bound, .measure = rate_measure_average_gap, SHARP_AND_CONTROL)

CLAIM(ssd_convex_decreasing,
	.id = "ssd-convex-decreasing", .chapter = "subgradient",
	.title = "Stochastic subgradient method, steps γ/√(t+1)",
	.statement = "f_i convex, E‖g_t‖² ≤ G², γ_t = γ/√(t+1), γ > 0: "
	             "E f(x̄_T) − f* ≤ (‖x_0 − x*‖² + γ²G²(1 + ln T))/(4γ(√(T+1) − 1)), x̄_T weighted by γ_t",
	.quantity = "E f(x̄_T) − f*", .formula = "(D² + γ²G²(1 + ln T))/(4γ(√(T+1) − 1))",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_decreasing), .power = 0.5, .choose = choose, .admissible = admissible,
	.steps = steps_decreasing, .weight = weight, .bound = bound_decreasing, .measure = rate_measure_average_gap,
	.sharp = sharp_decreasing, .control = control_decreasing)
