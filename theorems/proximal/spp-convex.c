/*:
# The stochastic proximal point method on convex functions

SGD looks at the slope of $f_i$ where it stands. This method looks at $f_i$ itself, and goes where the prox of $f_i$ leads: with $i_t$ uniform and independent
of the past
$$ x_{t+1}=\operatorname{prox}_{\gamma_tf_{i_t}}(x_t)=\arg\min_u\;f_{i_t}(u)+\frac1{2\gamma_t}\|u-x_t\|^2 . $$
It is an *implicit* gradient step: $x_{t+1}=x_t-\gamma_tg$, where $g$ is a subgradient of $f_{i_t}$ at $x_{t+1}$, at the place of arrival.

Throughout, $f=\frac1n\sum_if_i$ with convex $f_i$, and $x_\star$ is a minimiser of $f$. One inequality does all the work (lem-prox-inequality): if
$x^+=\operatorname{prox}_{\gamma f_i}(x)$, then for every $y$
$$ 2\gamma(f_i(x^+)-f_i(y))\;\le\;\|x-y\|^2-\|x^+-y\|^2-\|x^+-x\|^2 . \tag{1} $$
With $y=x_\star$ it bounds the value at $x^+$, which depends on $i$ and has no useful mean. The value at $x$ has: its mean is $f(x)$. Each of the three theorems below pays for
going back from $x^+$ to $x$ in its own way.

## Lipschitz functions

**Theorem.** If $f_i$ is $G_i$-Lipschitz and $G^2=\frac1n\sum G_i^2$, then for any steps $\gamma_t>0$ and every $T\ge1$ the average
$\bar x_T$ of $x_0,\dots,x_{T-1}$ with weights $\gamma_t$ obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2+G^2\sum_{t<T}\gamma_t^2}{2\sum_{t<T}\gamma_t} . $$
(The program runs $\gamma_t=\gamma/(t+1)^p$.)
:*/
#define PARAMETERS(P) P(gamma) P(power)
#include "../common.h"

static double bound_lipschitz(const rate_case *c, double t)
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
**Proof.** Going back costs at most $f_i(x)-f_i(x^+)\le G_i\|x^+-x\|$. Put this and $y=x_\star$ into (1):
$$ 2\gamma(f_i(x)-f_i(x_\star))\le\|x-x_\star\|^2-\|x^+-x_\star\|^2+2\gamma G_i\,\|x^+-x\|-\|x^+-x\|^2 . $$
The last two terms are at most $\gamma^2G_i^2$, however long the step was. Take means ($x_t$ does not depend on $i_t$), sum over $t<T$, divide by $2\sum\gamma_t$, and
use Jensen's inequality. $\square$

It is the bound of the subgradient method, to the letter. *Sharp* for all $T$ and all steps, as there: $G|x|$ from
$x_0=G\sum\gamma_t$, where both methods do the same.

## Smooth functions

**Theorem.** If every $f_i$ is $L_{\max}$-smooth, $\sigma_\star^2=\frac1n\sum_i\|\nabla f_i(x_\star)\|^2$ and $0<\gamma\le\frac1{4L_{\max}}$, then with a constant step
$\gamma$ and $\bar x_T=\frac1T\sum_{t<T}x_t$, for every $T\ge1$,
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{\gamma T}+2\gamma\sigma_\star^2 . $$
:*/

FORMULA(bound_smooth, t, D2 / (gamma * t) + 2 * gamma * sigma_star2)

/*:
**Proof.** Going back costs, by convexity at $x$, at most $f_i(x)-f_i(x^+)\le-\langle\nabla f_i(x),x^+-x\rangle$. Put this into (1); as
$-2\gamma\langle\nabla f_i(x),x^+-x\rangle-\|x^+-x\|^2\le\gamma^2\|\nabla f_i(x)\|^2$,
$$ 2\gamma(f_i(x)-f_i(x_\star))\le\|x-x_\star\|^2-\|x^+-x_\star\|^2+\gamma^2\|\nabla f_i(x)\|^2 . $$
SGD satisfies the same, and the rest of its proof (sgd-convex-smooth) goes through, with $\mathbb E\|\nabla f_i(x)\|^2\le4L_{\max}(f(x)-f_\star)+2\sigma_\star^2$. $\square$

*Sharp* up to a factor of 2, as for SGD: a Huber function with $n=1$, $\gamma L=\frac14$, and the kink at $R/(\gamma L(T-1)+1)$
has the ratio $\frac{\gamma LT}{2(\gamma L(T-1)+1)}$, which is ${{spp-convex-smooth#1.max_ratio:4}}$ at $T=1000$. Long steps do break this bound: at $T=1$ it says $f(x_0)-f_\star\le R^2/\gamma$, and on a parabola, with
$\frac L2R^2$, that is false from $\gamma=2/L$ on. The method is not to blame: $\bar x_1$ is the start itself, which no step has moved yet.

## Interpolation

**Theorem.** If every $f_i$ is $L_{\max}$-smooth and $x_\star$ minimises all of them, then for *every* constant step $\gamma>0$ and $T\ge1$
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{(1+\gamma L_{\max})\,\|x_0-x_\star\|^2}{2\gamma T} , $$
in the limit of long steps $\frac{L_{\max}\|x_0-x_\star\|^2}{2T}$.
:*/

FORMULA(bound_interp, t, (1 + gamma * L_max) * D2 / (2 * gamma * t))

/*:
**Proof.** Here the last term of (1) is kept. Let $g=(x-x^+)/\gamma$, which is $\nabla f_i(x^+)$, and write
$$ a=f_i(x^+)-\inf f_i,\qquad b=\tfrac1{2\gamma}\|x^+-x\|^2=\tfrac\gamma2\|g\|^2 . $$
As $f_i(x_\star)=\inf f_i$, (1) with $y=x_\star$ says $2\gamma(a+b)\le\|x-x_\star\|^2-\|x^+-x_\star\|^2$. Two facts about smooth functions:

- going back costs, by the descent lemma (lem-descent) at $x^+$, at most $f_i(x)-f_i(x^+)\le\langle g,\gamma g\rangle+\frac{L_{\max}}2\|\gamma g\|^2=(2+\gamma L_{\max})\,b$;
- $\|g\|^2\le2L_{\max}(f_i(x^+)-\inf f_i)$, that is $b\le\gamma L_{\max}\,a$.

So $f_i(x)-\inf f_i\le a+(2+\gamma L_{\max})\,b\le(1+\gamma L_{\max})(a+b)$, where the last step is the second fact. Hence
$$ 2\gamma\,(f_i(x)-f_i(x_\star))\;\le\;(1+\gamma L_{\max})\bigl(\|x-x_\star\|^2-\|x^+-x_\star\|^2\bigr) . $$
Take means, sum over $t<T$, divide by $2\gamma T$, and use Jensen's inequality. $\square$

*Sharp* at both ends. With long steps at $T=1$: a parabola has $f(x_0)-f_\star=\frac L2R^2$, and the bound with $\gamma L=1000$ is $1.001$ times
that. With short ones in long runs: the Huber function has $\frac{\gamma LT}{(1+\gamma L)(\gamma L(T-1)+1)}$ of it, ${{spp-convex-interp#2.max_ratio:4}}$ at $\gamma L=0.01$ and $T=3000$.

## What is run

The method on every sum whose terms can be proxed. Sharp: the instances above.

## What must fail

$0.9$ of the first and the third bound where they are attained, and $0.45$ of the second; the second halved is true for Huber
functions. Faster rates. And the step $2.2/L$ for the second, which has $1.1$ of the bound at $T=1$. The first and the third hold for every step.

## Exercises

1. Compute the prox of $\frac L2x^2$, of $G|x|$ and of the Huber function. When do implicit and explicit steps agree?
2. Why does the third theorem allow any step while SGD stops at $2/L_{\max}$?
3. Let $\gamma\to\infty$ on least squares that interpolates: which old method results?
:*/

static int slope(rate_instance *out, double power, uint64_t T)
{
	double sum = 0;

	for (uint64_t t = 0; t < T; t++)
		sum += pow((double)(t + 1), -power);
	say(out->objective, "abs:G=1,start=%.17g", sum);
	say(out->parameters, "gamma=1,power=%g", power);
	out->steps = T;
	return RATE_OK;
}

static int sharp_lipschitz(uint32_t k, rate_instance *out)
{
	static const double power[] = { 0.5, 0 };
	static const uint64_t T[] = { 64, 512 };

	say(out->note, "|x| from the sum of the T steps");
	out->ratio = 1;
	return k < 2 ? slope(out, power[k], T[k]) : RATE_FAIL;
}

static int control_lipschitz(uint32_t k, rate_instance *out)
{
	say(out->note, k == 0 ? "0.9 of the bound, which is attained" : "rate T^-1 instead of T^-1/2");
	out->factor = k == 0 ? 0.9 : 1;
	out->power = k == 0 ? 0 : 0.5;
	return k < 2 ? slope(out, 0.5, 64) : RATE_FAIL;
}

static int huber(rate_instance *out)
{
	say(out->objective, "huber:L=1,tau=%.17g,start=1", 1 / (0.25 * 999 + 1));
	say(out->parameters, "gamma=0.25");
	out->steps = 1000;
	return RATE_OK;
}

static int sharp_smooth(uint32_t k, rate_instance *out)
{
	say(out->note, "a Huber function whose kink the average just reaches");
	out->ratio = 0.25 * 1000 / (2 * (0.25 * 999 + 1));
	return k == 0 ? huber(out) : RATE_FAIL;
}

static int control_smooth(uint32_t k, rate_instance *out)
{
	say(out->note, k == 0 ? "0.45 of the bound; 0.4985 is attained" : "rate T^-1.2 instead of T^-1");
	out->factor = k == 0 ? 0.45 * 0.998 : 1;
	out->power = k == 0 ? 0 : 0.2;
	if (k < 2)
		return huber(out);
	say(out->objective, "zero-or-L:p=1");
	say(out->parameters, "gamma=2.2");
	say(out->note, "step 2.2/L: 1.1 of the bound at T = 1");
	out->power = 0;
	out->steps = 1;
	return k == 2 ? RATE_OK : RATE_FAIL;
}

SHARP(sharp_interp,
	{ .objective = "zero-or-L:p=1", .parameters = "gamma=1000", .note = "a parabola, one long step", .steps = 1,
	  .ratio = 1000.0 / 1001 },
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01",
	  .note = "Huber function, short steps", .steps = 3000, .ratio = 30 / (30.99 * 1.01) })
CONTROL(control_interp,
	{ .objective = "zero-or-L:p=1", .parameters = "gamma=1000", .note = "0.9 of the bound; 0.999 is attained",
	  .steps = 1, .factor = 0.9 },
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01",
	  .note = "0.86 of the bound; 0.9585 is attained", .steps = 3000, .factor = 0.86 },
	{ .objective = "huber:tau=0.032268473701193935,start=1", .parameters = "gamma=0.01",
	  .note = "rate T^-3/2 instead of T^-1", .steps = 3000, .power = 0.5 })

/*: {.plumbing} :*/
static const rate_param params_lipschitz[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0; the steps are gamma/(t+1)^power"),
	[power_] = { "power", RATE_REAL, "0.5", 0, 1, NULL, "how fast the steps decrease" },
};
static const rate_param params_smooth[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/(4 L_max)") };
static const rate_param params_interp[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose_lipschitz(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);
	double best = sqrt(D2) / G;

	param[gamma_] = fraction * (best > 0 ? best : 1);
}

static void choose_smooth(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction / (4 * L_max);
}

static void choose_interp(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = 10 * fraction / L_max;
}

MUST(admissible, gamma > 0, "gamma > 0")

MUST(admissible_smooth, AT_MOST(gamma, 1 / (4 * L_max)), "0 < gamma <= 1/(4 L_max)")

static void steps_lipschitz(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * pow((double)(t + 1), -power);
}

static double weight(const rate_case *c, uint64_t t)
{
	return c->step[t];
}

CLAIM(spp_convex_lipschitz,
	.id = "spp-convex-lipschitz", .chapter = "proximal",
	.title = "Stochastic proximal point on Lipschitz functions",
	.statement = "f_i convex, G_i-Lipschitz, G² = mean G_i², γ_t > 0: E f(x̄_T) − f* ≤ (‖x_0 − x*‖² + "
	             "G²Σγ_t²)/(2Σγ_t), "
	             "x̄_T weighted by γ_t",
	.quantity = "E f(x̄_T) − f*", .formula = "(D² + G²Σγ_t²)/(2Σγ_t)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-point", NEEDS("convex", "G", "x_star", "f_star"),
	.params = RATE_ROWS(params_lipschitz), .choose = choose_lipschitz, .admissible = admissible,
	.steps = steps_lipschitz, .weight = weight, .bound = bound_lipschitz, .measure = rate_measure_average_gap,
	.sharp = sharp_lipschitz, .control = control_lipschitz)

CLAIM(spp_convex_smooth,
	.id = "spp-convex-smooth", .chapter = "proximal",
	.title = "Stochastic proximal point on smooth convex functions",
	.statement = "f_i convex, L_max-smooth; 0 < γ ≤ 1/(4L_max): E f(x̄_T) − f* ≤ ‖x_0 − x*‖²/(γT) + 2γσ*², "
	             "x̄_T the plain average",
	.quantity = "E f(x̄_T) − f*", .formula = "D²/(γT) + 2γσ*²",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-point",
	NEEDS("convex", "L_max", "sigma_star2", "x_star", "f_star"), .params = RATE_ROWS(params_smooth),
	.choose = choose_smooth, .admissible = admissible_smooth, .weight = weight, .bound = bound_smooth,
	.measure = rate_measure_average_gap, .sharp = sharp_smooth, .control = control_smooth)

CLAIM(spp_convex_interp,
	.id = "spp-convex-interp", .chapter = "proximal", .title = "Stochastic proximal point under interpolation",
	.statement = "f_i convex, L_max-smooth, all minimised at x*; γ > 0: E f(x̄_T) − f* ≤ (1 + γL_max)‖x_0 − "
	             "x*‖²/(2γT)",
	.quantity = "E f(x̄_T) − f*", .formula = "(1 + γL_max)D²/(2γT)",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-point",
	NEEDS("convex", "L_max", "interpolation", "x_star", "f_star"), .params = RATE_ROWS(params_interp), .power = 1,
	.choose = choose_interp, .admissible = admissible, .weight = weight, .bound = bound_interp,
	.measure = rate_measure_average_gap, .sharp = sharp_interp, .control = control_interp)
