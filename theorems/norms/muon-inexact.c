/*:
# Orthogonalising by polynomials

Muon's step is $UV^\top$ for the gradient $G=U\Sigma V^\top$. No singular values are computed: an odd polynomial of the matrix, $X\mapsto aX+b(XX^\top)X+c(XX^\top)^2X$, acts on each singular value as $s\mapsto as+bs^3+cs^5$ and leaves $U$ and $V$ alone. A few of these bring every singular value near 1. How near, and what does it cost?

**Theorem (Newton-Schulz).** Let $X_0$ have full column rank and singular values in $(0,1]$, $X_{k+1}=\frac12X_k(3I-X_k^\top X_k)$. Then
$$ \|I-X_k^\top X_k\|_{op}=\varphi^{(k)}(1-s_{\min}^2),\qquad\varphi(e)=\frac{3e^2+e^3}4\le e^2 . $$

**Theorem (Muon's quintic).** Let $\psi(s)=3.4445\,s-4.7750\,s^3+2.0315\,s^5$. For all $s\in[\tau_5,1]$ with $\tau_5=0.0015051231$
$$ 0.681831462\le\psi(s_2)\;\le\;\psi^{(5)}(s)\;\le\;\psi(s_1)\le1.2023686052, $$
where $s_1=0.554528791$ and $s_2=1.050136079$ are the positive zeros of $\psi'$.

**Theorem (Muon).** Let $f$ be $L_{sp}$-smooth in the spectral norm, $r=\min(m,n)\le600$, $G_t=\nabla f(X_t)$ and $X_{t+1}=X_t-\eta\,\psi^{(5)}(G_t/\|G_t\|_F)$, five steps of the polynomial. With $lo=\psi(s_2)$, $hi=\psi(s_1)$, $\kappa=lo\,(1-(r-1)\tau_5)$
$$ \frac1T\sum_{t<T}\|\nabla f(X_t)\|_{nuc}\;\le\;\frac1\kappa\Bigl(\frac{f(X_0)-f_\star}{\eta T}+\frac{hi^2L_{sp}\eta}2\Bigr). $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(rows) P(gamma)
#include "norms.h"

#define LO 0.681831462
#define HI 1.2023686052 /* rounded up, LO down */
#define TAU5 0.0015051231

static double rank_of(const rate_case *c)
{
	return norm_width(NORM_SPECTRAL, c->d, (size_t)c->param[rows_]);
}

FORMULA(bound, T, (d0 / (gamma * T) + HI * HI * rank_of(c) * L * gamma / 2) / (LO * (1 - (rank_of(c) - 1) * TAU5)))

/*:
## Proofs

*Newton-Schulz.* $X_k=U\,\mathrm{diag}(s^{(k)})V^\top$ with $s\mapsto\frac12s(3-s^2)$, which maps $(0,1]$ into itself and increases there. With $e=1-s^2$ the map is $e\mapsto1-(1-e)(1+\frac e2)^2=\varphi(e)$, increasing on $[0,1]$, so the smallest singular value rules. It is the case $p=2$ of coupled-newton-root.

*The quintic.* $\psi$ increases on $[0,s_1]$, decreases on $[s_1,s_2]$ and increases beyond, and $s_1<lo<s_2<hi$. So on $J=[lo,hi]$ its least value is $\psi(s_2)=lo$ and its largest is $\max\{\psi(lo),\psi(hi)\}=\max\{1.1344,0.9465\}<hi$: $\psi(J)\subset J$. Further $\psi([0,hi])\subset[0,hi]$. Let $\tau_0=lo$ and $\tau_k$ be the smallest
root of $\psi(\tau_k)=\tau_{k-1}$. If $\tau_k\le s\le hi$ then either $\psi(s)\ge\tau_{k-1}$ because $\psi$ has increased from $\tau_k$ up to $s\le s_1$, or $s>s_1$ and $\psi(s)\ge lo=\tau_0\ge\tau_{k-1}$. After $k$ steps every $s\in[\tau_k,1]$ is in $J$. The roots are
$\tau_1,\dots,\tau_5=0.2107,\ 0.0615,\ 0.0179,\ 0.00518,\ 0.00151$.

*Muon.* Let $\sigma_i$ be the singular values of $G$, and $D=\psi^{(5)}(G/\|G\|_F)$. Those with $\sigma_i\ge\tau_5\|G\|_F$ contribute $\langle G,D\rangle_i\ge lo\,\sigma_i$, the others at least 0. The others are at most $r-1$, so they sum to at most $(r-1)\tau_5\|G\|_F\le(r-1)\tau_5\|G\|_{nuc}$. Hence $\langle G,D\rangle\ge\kappa\|G\|_{nuc}$, and $\|D\|_{op}\le hi$. Smoothness
in the spectral norm gives $f(X-\eta D)\le f(X)-\eta\kappa\|G\|_{nuc}+\frac{L_{sp}}2\eta^2hi^2$. Sum. $\square$

*It does not converge.* The fixed point of $\psi$ in $J$ is $0.868$, with slope $-1.58$: repelling. From 1 the values are $0.701,1.114,0.721,\dots$: more steps do not orthogonalise better. Nobody who trains networks minds.

## How sharp it is

Newton-Schulz is an identity. The enclosure is attained: $\psi^{(4)}(0.00927265457)=s_2$. The bound of Muon is attained to ${{muon-inexact#1.max_ratio:2}}$ on $\frac12x^2$ with $T=256$ steps that end at the minimiser.

## What is run

Newton-Schulz on random matrices with $s_{\min}\ge0.01$, up to 15 steps; the quintic on all scales; Muon on every smooth function, as the squarest matrix, with $L_{sp}\le rL$.

## What must fail

$0.9$ of the enclosure and of the bound, $0.9$ and $1.1$ of the identity; an $s$ below $\tau_5$; and for Muon the bound of an exactly orthogonal step.

## Exercises

1. $\tau_k$ shrinks by the factor $3.4$ a step. Why?
2. ★ Which coefficients make the convergence to 1 cubic: $\psi(1)=1$, $\psi'(1)=0$ and $\psi''(1)=0$? What do they pay?
3. Show that $\psi^{(k)}(1)$ cannot converge to 1.
:*/

SHARP(sharp_polar,
	{ .parameters = "m=5,n=3,k=6,s_min=0.1", .note = "six steps", .ratio = 1 },
	{ .parameters = "m=4,n=4,k=15,s_min=0.01", .note = "15 steps from 0.01" })
CONTROL(control_polar,
	{ .parameters = "m=5,n=3,k=4,s_min=0.1", .note = "0.9 of the right side", .factor = 0.9 },
	{ .parameters = "m=5,n=3,k=4,s_min=0.1", .note = "1.1 of it", .factor = 1.1 })
SHARP(sharp_quintic,
	{ .parameters = "depth=0.720229509327", .note = "s = 0.0092727, where the lower end is reached", .ratio = 1 })
CONTROL(control_quintic,
	{ .parameters = "depth=0.720229509327", .note = "0.9: a narrower enclosure", .factor = 0.9 },
	{ .parameters = "depth=1.2", .note = "s below tau_5: five steps are not enough" })
SHARP(sharp,
	{ .objective = "diagonal:lambda=1,start=178.2877208242568", .parameters = "rows=1,gamma=1",
	  .note = "steps that end near the minimiser", .steps = 256, .ratio = 0.9715 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5", .note = "a 4 x 5 matrix", .steps = 256 })
CONTROL(control,
	{ .objective = "diagonal:lambda=1,start=178.2877208242568", .parameters = "rows=1,gamma=1",
	  .note = "0.9 of the bound",
	  .steps = 256, .factor = 0.9 },
	{ .objective = "huber:L=100,tau=0.01,start=0.358218", .parameters = "rows=1,gamma=0.001",
	  .note = "the bound of an orthogonal step", .steps = 500, .factor = 0.66 })

/*: {.plumbing} :*/
enum { SIDE_M, SIDE_N, STEPS, S_MIN };
enum { DEPTH };
enum { SIDE = 5 };

/* Orthonormal rows: eigenvectors of a random symmetric matrix. */
static void turn(const rate_point *p, uint64_t stream, size_t n, double *v)
{
	double z[SIDE * SIDE], a[SIDE * SIDE];

	p->host->normals(p->host, p->number, stream, n * n, z);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			a[i * n + j] = z[i * n + j] + z[j * n + i];
	jacobi_eigen(n, a, v);
}

static int evaluate_polar(const rate_point *p, double *left, double *right, double *s)
{
	const double *param = p->c->param;
	size_t m = (size_t)fmax(param[SIDE_M], param[SIDE_N]), n = (size_t)fmin(param[SIDE_M], param[SIDE_N]);
	double U[SIDE * SIDE], V[SIDE * SIDE], X[SIDE * SIDE] = { 0 }, share[SIDE], gram[SIDE * SIDE],
							next[SIDE * SIDE];
	double at = param[S_MIN];

	turn(p, 0, m, U);
	turn(p, 1, n, V);
	p->host->uniforms(p->host, p->number, 2, n, share);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < m; i++)
			for (size_t j = 0; j < n; j++)
				X[i * n + j] += (k == 0 ? param[S_MIN] : pow(param[S_MIN], share[k])) * U[k * m + i] *
				                V[k * n + j];
	for (int step = 0; step <= (int)param[STEPS]; step++) {
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++) {
				gram[i * n + j] = 0;
				for (size_t k = 0; k < m; k++)
					gram[i * n + j] += X[k * n + i] * X[k * n + j];
			}
		if (step == (int)param[STEPS])
			break;
		for (size_t i = 0; i < m; i++)
			for (size_t j = 0; j < n; j++) {
				next[i * n + j] = 1.5 * X[i * n + j];
				for (size_t k = 0; k < n; k++)
					next[i * n + j] -= X[i * n + k] * gram[k * n + j] / 2;
			}
		memcpy(X, next, sizeof X);
		at *= (3 - at * at) / 2;
	}
	for (size_t i = 0; i < n; i++)
		gram[i * n + i] -= 1;
	jacobi_eigen(n, gram, V);
	*left = 0;
	for (size_t i = 0; i < n; i++)
		*left = fmax(*left, fabs(gram[i * n + i]));
	*right = 1 - at * at;
	*s = pow(1.5, 2 * param[STEPS]); /* what a small singular value grows by, and its error */
	return RATE_OK;
}

static int evaluate_quintic(const rate_point *p, double *left, double *right, double *s)
{
	double at = pow(TAU5, p->c->param[DEPTH]);

	for (int k = 0; k < 5; k++)
		at *= 3.4445 + at * at * (-4.7750 + 2.0315 * at * at);
	*left = fmax(at / HI, LO / at);
	*right = 1;
	*s = 1;
	return RATE_OK;
}

static int observe(rate_view *v)
{
	return observe_dual_norm(v, NORM_SPECTRAL, (size_t)v->c->param[rows_]);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[rows_] = (double)squarest(c->d);
	param[gamma_] = fraction * sqrt(2 * (c->d0 > 0 ? c->d0 : 1) / (HI * HI * param[rows_] * c->L * (double)c->T));
}

MUST(applies, L > 0, "L = 0: f is linear")

static const char *admissible(const rate_case *c)
{
	if (!norm_fits(NORM_SPECTRAL, c->d, (size_t)c->param[rows_]))
		return FITS;
	return c->param[gamma_] > 0 ? NULL : "eta > 0";
}

static const rate_param params_polar[] = {
	[SIDE_M] = { "m", RATE_INTEGER, "4", 1, SIDE, NULL, "the longer side" },
	[SIDE_N] = { "n", RATE_INTEGER, "3", 1, SIDE, NULL, "the shorter side" },
	[STEPS] = { "k", RATE_INTEGER, "5", 0, 15, NULL, "steps" },
	[S_MIN] = { "s_min", RATE_REAL, "0.1", 0.01, 1, NULL, "least singular value" },
};
static const rate_param params_quintic[] = {
	[DEPTH] = { "depth", RATE_REAL, "0.5", 0, 1, NULL, "s = tau_5^depth" },
};
static const rate_param params[] = { [rows_] = OF_ROWS, [gamma_] = RATE_STEP_SIZE("any eta > 0") };

#define MUON "Jordan et al., Muon: an optimizer for hidden layers in neural networks, 2024"

CLAIM(newton_schulz_polar,
	.id = "newton-schulz-polar", .chapter = "norms", .title = "Newton-Schulz orthogonalisation",
	.statement = "singular values of X_0 in (0, 1], X_{k+1} = X_k(3I − X_kᵀX_k)/2: "
	             "‖I − X_kᵀX_k‖ = φ^(k)(1 − s_min²), "
	             "φ(e) = (3e² + e³)/4 ≤ e²",
	.quantity = "‖I − X_kᵀX_k‖", .formula = "φ^(k)(1 − s_min²)", .source = "standard; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_polar), .evaluate = evaluate_polar, .sharp = sharp_polar,
	.control = control_polar)

CLAIM(muon_quintic,
	.id = "muon-quintic", .chapter = "norms", .title = "Five steps of Muon's polynomial",
	.statement = "ψ(s) = 3.4445s − 4.7750s³ + 2.0315s⁵, 0.0015051231 ≤ s ≤ 1: 0.681831462 ≤ ψ⁽⁵⁾(s) ≤ 1.2023686052",
	.quantity = "max(ψ⁽⁵⁾(s)/hi, lo/ψ⁽⁵⁾(s))", .formula = "1",
	.source = "coefficients: " MUON "; the enclosure is proved in this file", .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params_quintic), .evaluate = evaluate_quintic, .sharp = sharp_quintic,
	.control = control_quintic)

CLAIM(muon_inexact,
	.id = "muon-inexact", .chapter = "norms", .title = "Muon with five steps of its polynomial",
	.statement = "f L_sp-smooth in the spectral norm, r = min(m, n) ≤ 600, κ = lo(1 − (r−1)τ₅): "
	             "(1/T) Σ_{t<T} ‖∇f(X_t)‖_nuc ≤ ((f(X_0) − f*)/(ηT) + hi² L_sp η/2)/κ",
	.quantity = "mean of ‖∇f(X_s)‖_nuc, s < t", .formula = "((f(X_0) − f*)/(ηt) + hi² L_sp η/2)/κ",
	.source = "method: " MUON "; the bound is proved in this file", .kind = RATE_DETERMINISTIC, .method = "muon",
	NEEDS("L", "f_star", "no composite"), .params = RATE_ROWS(params), .accumulators = DUAL_KEPT,
	.applies = applies,
	.choose = choose,
	.admissible = admissible, .bound = bound, .observe = observe, .measure = measure_dual_mean, SHARP_AND_CONTROL)
