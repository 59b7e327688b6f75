/*:
# Stability is a spectral radius

Near a minimum at which every term has the gradient 0, SGD is a product of random matrices. Full gradient descent is stable there if $\eta\lambda_1\le2$. And SGD?

**Setting.** $x_{k+1}=(I-\eta H_B)x_k$, where $H_B$ is the mean of the matrices $H_i\succeq0$, $i\le n$, over a uniform subset $B$ of $b$ of them, drawn afresh each time; $H$ is the mean of all, $J=I-\eta H$. With $c=\frac{n-b}{b(n-1)}$ let
$$ \mathcal T(M)=JMJ+\eta^2c\Bigl(\frac1n\sum_iH_iMH_i-HMH\Bigr) $$
on symmetric matrices $M$, $\rho$ its spectral radius, and $N\succeq0$ an eigenvector for $\rho$.

**Theorem.** $\mathbb Ex_kx_k^\top=\mathcal T^k(x_0x_0^\top)$, and for every $k$ in $d$ dimensions
$$ \frac{\langle x_0,Nx_0\rangle}{\lambda_1(N)}\,\rho^k\;\le\;\mathbb E\|x_k\|^2\;\le\;\sqrt d\,\rho^k\,\|x_0\|^2 . $$

The lower end is sgd-stability-lower. So SGD is stable in mean square if and only if $\rho<1$: and $\rho$, unlike $\|J\|^2$, knows how much the terms disagree.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(batch)
#include "../common.h"

/*:
## Proof

$\mathcal T(M)$ is the mean of $(I-\eta H_B)M(I-\eta H_B)$: the mean of $H_BMH_B$ is $HMH$ plus the covariance, and the covariance of a mean of $b$ out of $n$ without replacement is $c$ times that of one term. Second moments follow.

$\mathcal T$ maps positive semidefinite matrices to such matrices, and it is self-adjoint for $\langle M,M'\rangle=\operatorname{tr}MM'$. So its norm is its spectral radius $\rho$, which is an eigenvalue with an eigenvector $N\succeq0$ (Krein and Rutman; for a self-adjoint positive map, take $\lim\rho^{-2k}\mathcal T^{2k}(I)$ and add $\rho^{-1}\mathcal T$ of it). Then
$$ \mathbb E\|x_k\|^2=\langle I,\mathcal T^k(x_0x_0^\top)\rangle\le\|I\|\,\rho^k\,\|x_0x_0^\top\|=\sqrt d\,\rho^k\|x_0\|^2, $$
and $\rho^k\langle x_0,Nx_0\rangle=\langle\mathcal T^kN,x_0x_0^\top\rangle=\mathbb E\langle x_k,Nx_k\rangle\le\lambda_1(N)\,\mathbb E\|x_k\|^2$. $\square$

**Two rows.** $f_i(x)=\frac12(x_1\pm sx_2)^2$ has $H_i=\begin{pmatrix}1&\pm s\\\pm s&s^2\end{pmatrix}$, $H=\operatorname{diag}(1,s^2)$. $\mathcal T$ maps diagonal matrices to diagonal ones by
$$ \begin{pmatrix}(1-\eta)^2&c\,\eta^2s^2\\c\,\eta^2s^2&(1-\eta s^2)^2\end{pmatrix}, $$
and multiplies the other entry by $(1-\eta)(1-\eta s^2)+c\,\eta^2s^2$. That is not larger in size than the top eigenvalue of the matrix, which is at least $\frac12\bigl((1-\eta)^2+(1-\eta s^2)^2\bigr)+c\,\eta^2s^2$ (try the vector $(1,1)$). So $\rho$ is this eigenvalue, and $N$ is diagonal.
:*/

struct mode {
	double rho, n[2]; /* N, its larger entry being 1 */
};

static struct mode top(const rate_case *c)
{
	LETTERS(c);
	double s = c->need[0], share = batch >= 2 ? 0 : 1, a = pow(1 - gamma, 2), b = pow(1 - gamma * s * s, 2),
	       off = share * gamma * gamma * s * s, half = (a - b) / 2, root = hypot(half, off);
	struct mode m = { (a + b) / 2 + root, { 1, 1 } };

	/* (root + half, off) or (off, root - half) */
	if (half >= 0)
		m.n[1] = off / (root + half > 0 ? root + half : 1);
	else
		m.n[0] = off / (root - half);
	return m;
}

static double bound(const rate_case *c, double k)
{
	return sqrt(2) * pow(top(c).rho, k) * c->D2;
}

static double bound_lower(const rate_case *c, double k)
{
	struct mode m = top(c);

	return pow(m.rho, k) * (m.n[0] * c->x0[0] * c->x0[0] + m.n[1] * c->x0[1] * c->x0[1]);
}

/*:
## How sharp it is

In one dimension $\sqrt d=1$ and both ends are equalities. In the plane the upper end is attained to ${{sgd-stability#1.max_ratio:3}}$ at $s=0.56$, $\eta=1$ from $e_2$; the lower end there is $0.8$ at $k=1$. With full batches, $\eta=0.3$, it is $N=e_2e_2^\top$, and from $e_2$ the lower end is an equality at every $k$; so it is for $s=1$, where $N=I$.

## What is run

SGD on two rows, with one term and with both. The means are exact, by moments.

## What must fail

The upper end without $\sqrt d$. The factor of gradient descent, $\|J\|^2$ in the place of $\rho$: $0.471$ against $0.628$. Below, $1.3$ of the lower end.

## Exercises

1. What is $\rho$ for $b=n$?
2. Can the mean of $x_k$ converge while its second moment diverges?
3. For which $\eta$ is $\rho=1$ for two rows with one term a step? Show that it is $\frac2{1+s^2}=\frac2{L_{\max}}$.
4. *Compute.* Look at both sides of the edge: `ratecheck verify sgd-stability:gamma=1.45,batch=1 --objective two-rows:s=0.56 --steps 64`, then `gamma=1.6`. Full batches are stable up to 2.
:*/

#define PLANE "two-rows:s=0.56,start=0/1"
SHARP(sharp,
	{ .objective = PLANE, .parameters = "gamma=1,batch=1", .note = "one of two rows", .steps = 8,
	  .ratio = 0.8839 },
	{ .objective = "two-rows:s=0.56,start=1/1", .parameters = "gamma=1.4,batch=1", .note = "near the edge",
	  .steps = 32 },
	{ .objective = PLANE, .parameters = "gamma=1.5,batch=2", .note = "full batches", .steps = 32 })
CONTROL(control,
	{ .objective = PLANE, .parameters = "gamma=1,batch=1", .note = "without sqrt d", .steps = 1,
	  .factor = 0.7071067811865476 },
	{ .objective = PLANE, .parameters = "gamma=1,batch=1", .note = "|J|^2 for rho", .steps = 1,
	  .factor = 0.750366 })
SHARP(sharp_lower,
	{ .objective = "two-rows:s=0.56,start=0/1", .parameters = "gamma=0.3,batch=2", .steps = 32,
	  .note = "full batches, along N: equality", .ratio = 1 },
	{ .objective = "two-rows:s=1,start=1/1", .parameters = "gamma=0.7,batch=1", .steps = 32,
	  .note = "s = 1: N is the identity, equality", .ratio = 1 },
	{ .objective = PLANE, .parameters = "gamma=1.6,batch=1", .note = "beyond the edge: it grows", .steps = 32 })
CONTROL(control_lower,
	{ .objective = PLANE, .parameters = "gamma=1,batch=1", .note = "1.3 of the lower end", .steps = 8,
	  .factor = 1.3 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = { "gamma", RATE_REAL, "auto", 0, 0, NULL, "step size, gamma > 0 (eta on the page)" },
	[batch_] = { "batch", RATE_INTEGER, "1", 1, 2, NULL, "terms drawn at each step" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * 2 / c->L_max;
}

MUST(admissible, gamma > 0, "gamma > 0")

#define PAPER \
	"after Dexter, Ocejo, Keerthi, Gupta, Acharya and Khanna, A precise characterization of SGD stability " \
	"using loss surface geometry, 2024; operator and bounds proved in this file"
#define ON_TWO_ROWS \
	.chapter = "solvable-models", .source = PAPER, .method = "sgd", .flags = RATE_OWN_INSTANCES, \
	NEEDS("two-rows.s", "x_star", "L_max"), RANGE, .measure = rate_measure_dist2

CLAIM(sgd_stability, ON_TWO_ROWS,
	.id = "sgd-stability", .title = "Stability of SGD is a spectral radius",
	.statement = "x_{k+1} = (I − ηH_B)x_k, ρ the radius of M ↦ E (I − ηH_B)M(I − ηH_B): "
	             "E‖x_k‖² ≤ √d ρ^k ‖x_0‖²",
	.quantity = "E‖x_k‖²", .formula = "√d ρ^k ‖x_0‖²", .kind = RATE_EXPECTATION, .bound = bound,
	.transient = bound, SHARP_AND_CONTROL)

CLAIM(sgd_stability_lower, ON_TWO_ROWS,
	.id = "sgd-stability-lower", .title = "Stability of SGD is a spectral radius, from below",
	.statement = "as for sgd-stability, N ≥ 0 the eigenmatrix for ρ: E‖x_k‖² ≥ ρ^k ⟨x_0, Nx_0⟩/λ_1(N)",
	.quantity = "E‖x_k‖²", .formula = "ρ^k ⟨x_0, Nx_0⟩/λ_1(N)", .kind = RATE_LOWER_BOUND,
	.bound = bound_lower, .sharp = sharp_lower, .control = control_lower)
