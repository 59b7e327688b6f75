/*:
# Shampoo

AdaGrad with a full matrix divides by the root of the sum of all $\mathrm{vec}(G_t)\mathrm{vec}(G_t)^\top$: for a layer of $1000\times1000$ weights that is a matrix of $10^{12}$ entries. Shampoo keeps two small ones, of $10^6$ each, one for the rows and one for the columns. What is lost?

Let $G_1,G_2,\dots$ be $m\times n$ matrices of rank at most $r$, $\varepsilon\ge0$, and
$$ L_t=\varepsilon I+\sum_{s\le t}G_sG_s^\top,\qquad R_t=\varepsilon I+\sum_{s\le t}G_s^\top G_s . $$
Powers of a positive semidefinite matrix are taken on its range. $A\preceq B$ says that $B-A$ is positive semidefinite, $A\otimes B$ is the Kronecker product, and $\mathrm{vec}(G)$ is the rows of $G$, one after the other.

**Theorem (the Kronecker bound).** For every $t$
$$ \varepsilon I+\frac1r\sum_{s\le t}\mathrm{vec}(G_s)\,\mathrm{vec}(G_s)^\top\;\preceq\;L_t^{1/2}\otimes R_t^{1/2} . $$

**Theorem (regret).** Let $G_t$ be the gradient of the convex loss of round $t$ at $W_t$, and
$$ W_{t+1}=W_t-\eta\,L_t^{-1/4}\,G_t\,R_t^{-1/4},\qquad\eta>0 . $$
Then for every matrix $U$ and every $t$, with $D_t=\max_{s\le t}\|W_s-U\|_F$,
$$ \sum_{s\le t}\langle G_s,W_s-U\rangle\;\le\;\Bigl(\frac{D_t^2}{2\eta}+\eta\,r\Bigr)\operatorname{tr}\bigl(L_t^{1/4}\bigr)\operatorname{tr}\bigl(R_t^{1/4}\bigr). $$
The left side is at least the regret against $U$. With $D$ known, $\eta=\frac D{\sqrt{2r}}$ makes the bracket $\sqrt{2r}\,D$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(rows) P(eta) P(eps) P(offset)
#include "../linear-regret.h"
#include "../../methods/jacobi.h"

/* r the largest rank so far, D the largest distance, and the two traces. */
static double bound_path(const rate_case *c, double r, double D, double trace_left, double trace_right)
{
	LETTERS(c);
	return (D * D / (2 * eta) + eta * r) * trace_left * trace_right;
}

/*:
## Proof of the Kronecker bound

*One matrix.* Let $G=\sum_{k\le r}s_ku_kv_k^\top$ be its singular value decomposition. Then $\mathrm{vec}(G)=\sum_ks_k\,u_k\otimes v_k$ is a sum of $r$ orthogonal vectors $a_k$, and $(\sum a_k)(\sum a_k)^\top\preceq r\sum a_ka_k^\top$, because $\langle x,\sum a_k\rangle^2\le r\sum\langle x,a_k\rangle^2$. So
$$ \mathrm{vec}(G)\,\mathrm{vec}(G)^\top\preceq r\sum_ks_k^2\,u_ku_k^\top\otimes v_kv_k^\top\preceq r\,GG^\top\otimes I, $$
the last because $v_kv_k^\top\preceq I$; likewise it is $\preceq r\,I\otimes G^\top G$. Sum over $s$, divide by $r$ and add $\varepsilon I$: the left side $S$ of the theorem has $S\preceq A=L_t\otimes I$ and $S\preceq B=I\otimes R_t$. These two commute.

*Two bounds that commute.* If $S\preceq A$, $S\preceq B$ and $AB=BA$, then $S\preceq(AB)^{1/2}$. Let $A,B$ be invertible (else add a small multiple of $I$ and let it go to 0). $S\preceq A$ says that $A^{-1/2}S^{1/2}$ has norm at most 1, and $S\preceq B$ says the same of $S^{1/2}B^{-1/2}$. So their product
$A^{-1/2}SB^{-1/2}$ has no eigenvalue beyond 1. It is similar, by $A^{1/4}B^{-1/4}$, to the symmetric matrix $(AB)^{-1/4}S\,(AB)^{-1/4}$, which therefore is $\preceq I$. And $(AB)^{1/2}=L_t^{1/2}\otimes R_t^{1/2}$. $\square$

## Proof of the regret bound

In the vectors $w=\mathrm{vec}(W)$, $g=\mathrm{vec}(G)$ the step is $w_{t+1}=w_t-\eta H_t^{-1}g_t$ with $H_t=L_t^{1/4}\otimes R_t^{1/4}$, since rows one after the other turn $AGB$ into $(A\otimes B^\top)\,g$. $H_t$ grows with $t$ (the fourth root keeps the order of matrices), and $g_t$ is in its range. Multiply out, in the norm $\|v\|_H^2=\langle v,Hv\rangle$:
$$ \langle g_t,w_t-u\rangle=\frac{\|w_t-u\|_{H_t}^2-\|w_{t+1}-u\|_{H_t}^2}{2\eta}+\frac\eta2\,\langle g_t,H_t^{-1}g_t\rangle . $$
*The first terms.* Summed by parts they are at most $\frac1{2\eta}\bigl[\|w_1-u\|_{H_1}^2+\sum_{s\ge2}\|w_s-u\|^2_{H_s-H_{s-1}}\bigr]$. Each square is at most $D_t^2$ times the trace of its matrix, and the traces telescope to $\operatorname{tr}H_t=\operatorname{tr}L_t^{1/4}\operatorname{tr}R_t^{1/4}$.

*The last terms.* Let $F_t=\bigl(r\varepsilon I+\sum_{s\le t}g_sg_s^\top\bigr)^{1/2}$, the matrix of full AdaGrad. The Kronecker bound, after a root, says $F_t\preceq\sqrt r\,H_t$; the inverse turns the order round, and $\langle g_t,H_t^{-1}g_t\rangle\le\sqrt r\,\langle g_t,F_t^{-1}g_t\rangle$.
As the trace of a root is concave, $\operatorname{tr}F_t-\operatorname{tr}F_{t-1}\ge\frac12\operatorname{tr}(F_t^{-1}g_tg_t^\top)$. So the sum is at most $2\sqrt r\operatorname{tr}F_t\le2r\operatorname{tr}H_t$, and half of it, times $\eta$, is the second part of the bound. $\square$

*Letters.* $r$ a rank, $L_t$ and $R_t$ matrices here (not a smoothness constant), $D_t$ a distance, $u=\mathrm{vec}(U)$; the program writes `rows` for $m$.

## How sharp it is

The Kronecker bound exactly, at both ends: one orthogonal matrix ($r=n$), and the $n$ matrices $e_ie_i^\top$ ($r=1$). The regret bound to ${{shampoo-regret#1.max_ratio:3}}$ on losses $\pm\langle uv^\top,W\rangle$ in turn with $\eta=1$, $U=W_1-\frac12uv^\top$: the path stays on a line, where Shampoo is AdaGrad in one dimension, and the
ratio tends to $\frac89$. For full rank it is loose: on $\pm\langle O,W\rangle$ with $O$ orthogonal, by a factor of up to $n^2$.

## What is run

Random $G_t$ of all shapes up to $4\times4$. Shampoo on linear losses and on every convex function whose dimension makes a matrix; $r$ is the largest rank seen, $U=W_1-\rho\,G_1/\|G_1\|_F$ with the parameter `offset` for $\rho$, and the traces are those of the run.

## What must fail

The Kronecker bound without $\frac1r$ on an orthogonal matrix, by the factor $n$; $0.8$ of the regret bound.

## Exercises

1. What is Shampoo for $m=n=1$?
2. ★ Show $\operatorname{tr}(L^{1/4})\operatorname{tr}(R^{1/4})\ge\frac1{\sqrt r}\operatorname{tr}\bigl((\sum\mathrm{vec}(G_s)\mathrm{vec}(G_s)^\top)^{1/2}\bigr)$: the bound is never better than that of full AdaGrad.
3. How many numbers do full AdaGrad, Shampoo and diagonal AdaGrad keep for a matrix of $1000\times1000$?
:*/

SHARP(sharp,
	{ .objective = "online-matrix:rows=2,cols=3", .parameters = "eta=1,offset=0.5",
	  .note = "to and fro along one matrix of rank 1",
	  .steps = 1000, .ratio = 0.877 },
	{ .objective = "online-matrix:rows=3,cols=3,rank=3,mode=random", .parameters = "eta=0.3,offset=1",
	  .note = "random matrices of full rank", .steps = 64 })
CONTROL(control,
	{ .objective = "online-matrix:rows=2,cols=3", .parameters = "eta=1,offset=0.5", .note = "0.8 of the bound",
	  .steps = 1000,
	  .factor = 0.8 })
SHARP(sharp_kron,
	{ .parameters = "m=3,n=3,r=3,T=1,kind=orthogonal", .note = "one orthogonal matrix", .ratio = 1 },
	{ .parameters = "m=4,n=4,r=1,T=4,kind=units", .note = "the matrices e_i e_i'", .ratio = 1 })
CONTROL(control_kron,
	{ .parameters = "m=3,n=3,r=3,T=1,kind=orthogonal", .note = "without 1/r: three times too much",
	  .factor = 1.0 / 3 })

/*: {.plumbing} :*/
enum { RANK = LINEAR_KEPT, KEPT };

static int observe(rate_view *v)
{
	rate_run *run = v->run;
	size_t d = run->d, m = (size_t)v->c->param[rows_], n = d / m;
	double *g = observe_linear(v, v->c->param[offset_], KEPT), work[JACOBI_MOST * JACOBI_MOST];
	double vectors[JACOBI_MOST * JACOBI_MOST], s[JACOBI_MOST];

	for (size_t r = 0; g && r < run->nrep; r++) {
		double *kept = rate_acc(v, KEPT, r), rank = 0;
		double largest = jacobi_singular(m, n, g + r * run->ld, work, vectors, s);

		for (size_t k = 0; k < (m < n ? m : n); k++)
			rank += s[k] > RANGE_FLOOR * largest;
		kept[RANK] = fmax(kept[RANK], rank);
	}
	free(g);
	return g ? RATE_OK : RATE_FAIL;
}

/* The trace of the fourth root of a k x k matrix that lies in four blocks. */
static int trace_of_root(rate_view *v, const char *const *name, size_t r, size_t k, double *trace)
{
	double a[JACOBI_MOST * JACOBI_MOST], vectors[JACOBI_MOST * JACOBI_MOST], root[JACOBI_MOST * JACOBI_MOST];
	const double *block;

	for (size_t e = 0; e < k * k; e++) {
		if (v->find(v, name[e / v->run->d], &block))
			return RATE_FAIL;
		a[e] = block[r * v->run->ld + e % v->run->d];
	}
	*trace = jacobi_power(k, a, 0.25, vectors, root);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	static const char *const left[] = { "L", "L-2", "L-3", "L-4" }, *const right[] = { "R", "R-2", "R-3", "R-4" };
	size_t m = (size_t)v->c->param[rows_], n = v->run->d / m;

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);
		double of_left, of_right;

		if (trace_of_root(v, left, r, m, &of_left) || trace_of_root(v, right, r, n, &of_right))
			return (v->run->call->fail)(v->run, "the method has no matrices L and R of Shampoo");
		q[r] = kept[INNER];
		s[r] = kept[INNER_SCALE];
		b[r] = bound_path(v->c, kept[RANK], kept[FAR], of_left, of_right);
	}
	return RATE_OK;
}

/* The squarest shape. */
static size_t rows_of(size_t d)
{
	size_t m = 1;

	for (size_t k = 1; k * k <= d; k++)
		if (d % k == 0)
			m = k;
	return m;
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[rows_] = (double)rows_of(c->d);
	param[eta_] = fraction;
}

static int fits(size_t d, size_t m)
{
	return m > 0 && d % m == 0 && m <= JACOBI_MOST && d / m <= JACOBI_MOST && m <= 4 * (d / m) && d / m <= 4 * m;
}

MUST(applies, fits(c->d, rows_of(c->d)), "d numbers make no matrix with sides in a ratio of at most 4")
MUST(admissible, fits(c->d, (size_t)rows) && eta > 0 && eps >= 0,
     "rows divides d, sides of at most 64 in a ratio of at most 4; eta > 0, eps >= 0")
static const rate_param params[] = {
	[rows_] = { "rows", RATE_INTEGER, "auto", 1, JACOBI_MOST, NULL, "rows of the matrix" },
	[eta_] = { "eta", RATE_REAL, "auto", 1e-100, 1e100, NULL, "length of the steps" },
	[eps_] = { "eps", RATE_REAL, "0", 0, 1e100, NULL, "L_0 and R_0 are eps I" },
	[offset_] = { "offset", RATE_REAL, "0.5", 0, 1e100, NULL, "U = W_1 - offset G_1/|G_1|" },
};

enum { SIDE_M, SIDE_N, OF_RANK, COUNT, KIND };
enum { OF_NORMALS, ORTHOGONAL, UNITS };
enum { SIDE = 4, MOST = SIDE * SIDE, ROUNDS = 5 };

/* G_t as factors u, v of its rank: normal, or signed so that they are orthogonal (a Hadamard-like turn), or e_t
 * e_t'. */
static void matrix_of(const rate_point *p, size_t m, size_t n, size_t rank, size_t t, double *g)
{
	double z[2 * SIDE * SIDE];
	int kind = (int)p->c->param[KIND];

	memset(g, 0, m * n * sizeof *g);
	if (kind == UNITS) {
		g[t % m * n + t % n] = 1;
		return;
	}
	if (kind == ORTHOGONAL) { /* I - 2 ww'/|w|^2, or its corner */
		double square = 0, w[SIDE];
		size_t k = m > n ? m : n;

		p->host->normals(p->host, p->number, t, k, w);
		for (size_t i = 0; i < k; i++)
			square += w[i] * w[i];
		for (size_t i = 0; i < m; i++)
			for (size_t j = 0; j < n; j++)
				g[i * n + j] = (i == j) - 2 * w[i] * w[j] / square;
		return;
	}
	p->host->normals(p->host, p->number, t, rank * (m + n), z);
	for (size_t k = 0; k < rank; k++)
		for (size_t i = 0; i < m; i++)
			for (size_t j = 0; j < n; j++)
				g[i * n + j] += z[k * m + i] * z[rank * m + k * n + j];
}

/* The largest eigenvalue of K^-1/2 S K^-1/2, K the right side and S the left one: at most 1. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t m = (size_t)p->c->param[SIDE_M], n = (size_t)p->c->param[SIDE_N], T = (size_t)p->c->param[COUNT],
	       N = m * n;
	size_t least = m < n ? m : n, rank = (size_t)p->c->param[OF_RANK];
	double L[MOST] = { 0 }, R[MOST] = { 0 }, S[MOST * MOST] = { 0 }, KS[MOST * MOST] = { 0 },
	       M[MOST * MOST] = { 0 };
	double g[MOST], v[MOST * MOST], a[MOST], b[MOST], K[MOST * MOST], trace = 0, to_left = 0, to_right = 0;

	if (rank > least || p->c->param[KIND] == ORTHOGONAL)
		rank = least;
	for (size_t t = 0; t < T; t++) {
		matrix_of(p, m, n, rank, t, g);
		for (size_t i = 0; i < m; i++)
			for (size_t k = 0; k < m; k++)
				for (size_t j = 0; j < n; j++)
					L[i * m + k] += g[i * n + j] * g[k * n + j];
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				for (size_t i = 0; i < m; i++)
					R[j * n + k] += g[i * n + j] * g[i * n + k];
		for (size_t e = 0; e < N; e++)
			for (size_t f = 0; f < N; f++)
				S[e * N + f] += g[e] * g[f] / (double)rank;
	}
	to_left = jacobi_power(m, L, -0.25, v, a);
	to_right = jacobi_power(n, R, -0.25, v, b);
	for (size_t e = 0; e < N; e++) {
		trace += S[e * N + e];
		for (size_t f = 0; f < N; f++)
			K[e * N + f] = a[e / n * m + f / n] * b[e % n * n + f % n];
	}
	for (size_t e = 0; e < N; e++)
		for (size_t f = 0; f < N; f++)
			for (size_t k = 0; k < N; k++)
				KS[e * N + f] += K[e * N + k] * S[k * N + f];
	for (size_t e = 0; e < N; e++)
		for (size_t f = 0; f < N; f++)
			for (size_t k = 0; k < N; k++)
				M[e * N + f] += KS[e * N + k] * K[k * N + f];
	jacobi_eigen(N, M, v);
	*left = 0;
	for (size_t e = 0; e < N; e++)
		*left = fmax(*left, M[e * N + e]);
	*right = 1;
	/* An error of S is multiplied by K^-1. */
	*s = 1 + trace * to_left * to_left * to_right * to_right;
	return RATE_OK;
}

static const rate_param params_kron[] = {
	[SIDE_M] = { "m", RATE_INTEGER, "3", 1, SIDE, NULL, "rows" },
	[SIDE_N] = { "n", RATE_INTEGER, "3", 1, SIDE, NULL, "columns" },
	[OF_RANK] = { "r", RATE_INTEGER, "2", 1, SIDE, NULL, "rank, or the shorter side if that is less" },
	[COUNT] = { "T", RATE_INTEGER, "3", 1, ROUNDS, NULL, "how many matrices" },
	[KIND] = { "kind", RATE_CHOICE, "normal", 0, 0, "normal|orthogonal|units", "what the matrices are" },
};

#define GKS "Gupta, Koren and Singer, Shampoo: Preconditioned Stochastic Tensor Optimization, 2018; proved in this file"

CLAIM(shampoo_kron,
	.id = "shampoo-kron", .chapter = "matrix-preconditioning", .title = "The Kronecker bound of Shampoo",
	.statement = "G_s of rank at most r: (1/r) Σ vec(G_s)vec(G_s)ᵀ ≼ (Σ G_sG_sᵀ)^½ ⊗ (Σ G_sᵀG_s)^½",
	.quantity = "λ_max(K^-½ S K^-½)", .formula = "1", .source = GKS,
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_kron), .evaluate = evaluate, .sharp = sharp_kron,
	.control = control_kron)

CLAIM(shampoo_regret,
	.id = "shampoo-regret", .chapter = "matrix-preconditioning", .title = "The regret of Shampoo",
	.statement = "convex losses of a matrix, gradients of rank at most r, any η > 0 and U: Σ_{s≤t} ⟨G_s, "
	             "W_s − U⟩ ≤ "
	             "(D_t²/(2η) + ηr) tr(L_t^¼) tr(R_t^¼), D_t = max_{s≤t} ‖W_s − U‖",
	.quantity = "Σ_{s≤t} ⟨G_s, W_s − U⟩", .formula = "(D_t²/(2η) + ηr) tr(L_t^¼) tr(R_t^¼)", .source = GKS,
	.kind = RATE_REGRET, .flags = RATE_PATH_BOUND, .method = "shampoo", NEEDS("convex", "rounds", "no composite"),
	RANGE,
	.applies = applies, .accumulators = KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
