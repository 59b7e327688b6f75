/*:
# One perturbation for each pixel

Perturb a million parameters at once by normals, look at the loss twice, and step along the perturbation: the step must be a million times shorter than that of gradient descent. A rasteriser can do better: each pixel sees a few parameters only, and its part of the loss may be compared with its part of the perturbation. What does that bring?

**Theorem (es-joint).** Let $f$ be $L$-smooth on $\mathbb R^d$ with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, $\mu>0$, and let $u$ have independent entries with the mean $0$, the variance $1$, the third moment $0$ and the fourth moment $3$, such as normals, drawn afresh at every step. The steps $x\leftarrow x-\gamma\langle\nabla f(x),u\rangle u$ with $0<\gamma\le\frac2{L(d+2)}$ have for every $t\ge1$
$$ \mathbb E f(x_t)-f_\star\;\le\;\bigl(1-2\gamma\mu+\gamma^2\mu L(d+2)\bigr)^t(f(x_0)-f_\star) . $$

**Theorem (es-locality).** If $f=\sum_jf_j(x^j)$ is a sum over blocks of at most $k$ coordinates, every $f_j$ is $L$-smooth, and block $j$ moves by $-\gamma\langle\nabla f_j(x^j),u^j\rangle u^j$, then the same holds with $k$ in the place of $d$, for $0<\gamma\le\frac2{L(k+2)}$.

With the best step, $\frac1{L(k+2)}$, the factor is $1-\frac\mu{L(k+2)}$: what counts is the size of a pixel's part and not how many pixels there are. The first theorem is what a memory-saving fine-tuning of a large model does, with one seed for all weights.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(law) P(gamma) P(blocks)
#include "../common.h"

enum { SIZE }; /* the first of the needs of es-locality */

/* (1 - 2 gamma mu + gamma^2 mu L (k + 2))^t d_0 */
static double after(const rate_case *c, double k, double t)
{
	double gamma = c->param[gamma_];

	return decay(gamma * c->pl * (2 - gamma * c->L * (k + 2)), t) * c->d0;
}

FORMULA(bound_joint, t, after(c, (double)c->d, t))
FORMULA(bound, t, after(c, c->need[SIZE], t))

/*:
## Proof

Let $g=\nabla f_j(x^j)$, $a=\langle g,u^j\rangle$ and $k$ the size of the block. $\mathbb Ea\,u^j=g$, and
$$ \mathbb Ea^2\|u^j\|^2=\sum_ig_i^2\Bigl(\mathbb Eu_i^4+\sum_{l\ne i}\mathbb Eu_i^2u_l^2\Bigr)=(3+k-1)\|g\|^2=(k+2)\|g\|^2, $$
the products of different entries having the mean $0$. So $\mathbb Ef_j(x^j_+)\le f_j(x^j)-\gamma\|g\|^2+\frac L2\gamma^2(k+2)\|g\|^2$. Add up the blocks: $\sum_j\|\nabla f_j\|^2=\|\nabla f\|^2\ge2\mu(f-f_\star)$, and the factor of it, $-\gamma+\frac L2\gamma^2(k+2)$, is not above $0$ in the range. The first theorem is one block. $\square$

## How sharp they are

Equalities at every $t$, for every step, on $\frac L2\|x\|^2$ in blocks of equal size.

## What is run

Three-valued entries, $0$ with probability $\frac23$ and $\pm\sqrt3$ with $\frac16$, have the four moments: where the step is linear the mean over all of them is exact. Normals are sampled. The first theorem runs on all smooth functions of few variables, the second on tiles.

## What must fail

0.9 of the bounds. One slope for all tiles, with the step that is right for one of them: in six dimensions the gap grows by $1.22$ a step where the theorem promises $0.67$.

## Exercises

1. Which step is the best, and what is the factor?
2. With directions on a sphere in each block, of length $\sqrt k$, what takes the place of $k+2$?
3. *Compute.* Run `ratecheck verify es-joint:law=ternary,gamma=0.6 --objective tiles:m=2 --steps 16 --beyond`. Why does it hold, and what does the bound say there?
:*/

#define LOCAL "law=ternary,gamma=0.333333333333333333,blocks=6"
SHARP(sharp_joint,
	{ .objective = "quadratic:d=3,spectrum=one", .parameters = "law=ternary,gamma=0.2", .note = "the best step",
	  .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=1,L=1", .parameters = "law=ternary,gamma=0.6", .note = "nearly the longest step",
	  .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=4,spectrum=one", .parameters = "law=normal,gamma=0.16", .note = "normals",
	  .steps = 8 })
CONTROL(control_joint, { .objective = "quadratic:d=3,spectrum=one", .parameters = "law=ternary,gamma=0.2",
	.note = "0.9 of the bound", .steps = 64, .factor = 0.9 })
SHARP(sharp,
	{ .objective = "tiles:m=6,k=1", .parameters = LOCAL, .note = "six tiles of one coordinate", .steps = 64,
	  .ratio = 1 },
	{ .objective = "tiles:m=2,k=2,start=1/-3/2", .parameters = "law=ternary,gamma=0.1,blocks=2",
	  .note = "two tiles of two coordinates, a short step", .steps = 64, .ratio = 1 },
	{ .objective = "tiles:m=3,k=2,kappa=4,start=1/-1/2", .parameters = "law=ternary",
	  .note = "tiles of two curvatures", .steps = 64 },
	{ .objective = "tiles:m=20,k=3,kappa=2", .parameters = "law=normal", .note = "sixty coordinates, normals",
	  .steps = 16 })
CONTROL(control,
	{ .objective = "tiles:m=6,k=1", .parameters = LOCAL, .note = "0.9 of the bound", .steps = 64, .factor = 0.9 },
	{ .objective = "tiles:m=6,k=1", .parameters = "law=ternary,gamma=0.333333333333333333,blocks=1",
	  .note = "one slope for all tiles", .steps = 16 })

/*: {.plumbing} :*/
#define LAW \
	[law_] = { "law", RATE_CHOICE, "ternary", 0, 0, "coordinate|signs|sphere|normal|ternary", "of the direction" }
enum { NORMAL = 3, TERNARY };

static const rate_param params_joint[] = { LAW, [gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L (d + 2))") };
static const rate_param params[] = {
	LAW,
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L (k + 2))"),
	[blocks_] = { "blocks", RATE_INTEGER, "auto", 1, 4096, NULL, "one for each tile" },
};

/* The best step, or a part of it. */
static void choose_joint(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (c->L * ((double)c->d + 2));
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (c->L * (c->need[SIZE] + 2));
	param[blocks_] = (double)c->d / c->need[SIZE];
}

static const char *admits(const rate_case *c, double k)
{
	if (c->param[law_] != NORMAL && c->param[law_] != TERNARY)
		return "law: normal or ternary, of the fourth moment 3";
	return AT_MOST(c->param[gamma_], 2 / (c->L * (k + 2))) ? NULL
	                                                       : "0 < gamma <= 2/(L (k + 2)), k the size of a block";
}

static const char *admissible_joint(const rate_case *c)
{
	return admits(c, (double)c->d);
}

static const char *admissible(const rate_case *c)
{
	return c->param[blocks_] * c->need[SIZE] == (double)c->d ? admits(c, c->need[SIZE]) : "one block for each "
											      "tile";
}

static const char *small(const rate_case *c)
{
	return c->d <= 6 && c->n * c->d <= 200 ? NULL : "run for at most 6 dimensions and 200 numbers of data";
}

CLAIM(es_joint,
	.id = "es-joint", .chapter = "zeroth-order", .title = "Normal directions on smooth functions",
	.statement = "f L-smooth, μ-PL, u normal, 0 < γ ≤ 2/(L(d + 2)), x₊ = x − γ⟨∇f(x), u⟩u: E f(x_t) − f* ≤ "
	             "(1 − 2γμ + γ²μL(d + 2))^t d₀",
	.quantity = "E f(x_t) − f*", .formula = "(1 − 2γμ + γ²μL(d + 2))^t d₀",
	.source = "after Malladi et al., Fine-tuning language models with just forward passes, NeurIPS 2023; "
	          "constants proved in this file",
	.kind = RATE_EXPECTATION, .method = "two-point:rho=0,terms=0,blocks=1",
	NEEDS("L", "pl", "f_star", "no composite"), .params = RATE_ROWS(params_joint), .choose = choose_joint,
	.admissible = admissible_joint, .applies = small, .bound = bound_joint, .measure = rate_measure_gap,
	.sharp = sharp_joint, .control = control_joint)

CLAIM(es_locality,
	.id = "es-locality", .chapter = "zeroth-order", .title = "One perturbation for each pixel",
	.statement = "f = Σ f_j(x^j), blocks of k coordinates, each f_j L-smooth, f μ-PL, u normal, 0 < γ ≤ "
	             "2/(L(k + 2)), x₊^j = x^j − γ⟨∇f_j(x^j), u^j⟩u^j: E f(x_t) − f* ≤ (1 − 2γμ + γ²μL(k + 2))^t d₀",
	.quantity = "E f(x_t) − f*", .formula = "(1 − 2γμ + γ²μL(k + 2))^t d₀",
	.source = "the idea of Deliot, Heitz and Belcour, Transforming a non-differentiable rasterizer into a "
	          "differentiable one with stochastic gradient estimation, 2024; proved in this file",
	.kind = RATE_EXPECTATION, .method = "two-point:rho=0,terms=0",
	NEEDS([SIZE] = "tiles.size", "L", "pl", "f_star", "no composite"), RANGE, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)
