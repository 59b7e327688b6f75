/*:
# Metropolis-Hastings on finitely many states

A proposal $Q$ and a target $\pi$ are given; moves are accepted or not, so that the target stays. What is lost by a cautious acceptance, and what if the chain is slowed down on purpose?

Let $\pi>0$ be a probability on $m$ states and $Q$ a transition matrix. For $i\ne j$
$$ P_{ij}=Q_{ij}\min\Bigl(1,\frac{\pi_jQ_{ji}}{\pi_iQ_{ij}}\Bigr),\qquad P^B_{ij}=\frac{Q_{ij}\,\pi_jQ_{ji}}{\pi_iQ_{ij}+\pi_jQ_{ji}}\quad\text{(Barker)}, $$
$0$ where $Q_{ij}=0$; the diagonals make rows sum to $1$. $\operatorname{gap}=1-$ the second largest eigenvalue; for $\pi f=0$ and an irreducible $P$ the mean of $f$ over $n$ steps has the variance $\frac{s^2(f)}n$ in the limit, $s^2(f)=2\langle f,(I-P)^{-1}f\rangle_\pi-\|f\|_\pi^2$.

**Theorem.** (mh-balance) $\pi_iP_{ij}=\pi_jP_{ji}$, so $\pi P=\pi$; the same for $P^B$.

(mh-finite) $P^B_{ij}\le P_{ij}\le2P^B_{ij}$ for $i\ne j$. Hence $\operatorname{gap}(P^B)\le\operatorname{gap}(P)\le2\operatorname{gap}(P^B)$, and $s_P^2\le s_{P^B}^2$, $\;s_{P^B}^2+\|f\|_\pi^2\le2\,(s_P^2+\|f\|_\pi^2)$.

(time-change) For any $P$ with $\pi P=\pi$ and $0<\psi_i\le1$ let $P_\psi=I+\operatorname{diag}(\psi)(P-I)$: in state $i$ the chain moves with probability $\psi_i$ only. It has the invariant law $\pi_\psi\propto\pi_i/\psi_i$, and weights undo that:
$$ \frac{\sum\psi_i\,\pi_{\psi,i}\,f_i}{\sum\psi_i\,\pi_{\psi,i}}=\pi(f) . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

#include <string.h>

/*:
## Proof

With $A_{ij}=\pi_iQ_{ij}$: $\pi_iP_{ij}=\min(A_{ij},A_{ji})$ and $\pi_iP^B_{ij}=\frac{A_{ij}A_{ji}}{A_{ij}+A_{ji}}$ are symmetric; and $\frac{ab}{a+b}\le\min(a,b)\le\frac{2ab}{a+b}$ for $a,b\ge0$, not both $0$.

The form $\langle f,(I-P)f\rangle_\pi=\frac12\sum_{i,j}\pi_iP_{ij}(f_i-f_j)^2$ inherits the order of the entries. The gap is its least value over $\pi f=0$, $\|f\|_\pi=1$, so gaps are ordered alike. Inverses reverse the order of positive forms: $\langle f,(I-P)^{-1}f\rangle_\pi$ is at most that of $P^B$, and that at most twice the first. Insert.

$\pi_\psi\operatorname{diag}(\psi)(P-I)$ is a multiple of $\pi(P-I)=0$, and $\psi_i\pi_{\psi,i}$ is a multiple of $\pi_i$. $\square$

## How sharp it is

With $\pi$ uniform and $Q_{ij}=\frac1m$ nothing is ever rejected by Metropolis, and half of all by Barker: the factor $2$ is attained, in both claims that have it. The others are attained where the two are equal: on $m=1$ state, or nearly, with $\pi$ very uneven.

## What is run

Random $\pi$ and $Q$, with zeros in $Q$; the uniform case; and Langevin proposals for a normal law on a grid of $33$ points. Gaps and variances come from eigenvalues, invariant laws from solving $\pi(P-I)=0$; what the chain weighs is compared along one direction.

## What must fail

The Langevin proposals without a correction; acceptance with $\min(1,\frac{\pi_j}{\pi_i})$, which forgets $Q$; the slowed chain without weights; and $0.9$ of the factor $2$.

## Exercises

1. Why is no rule of acceptance with the same $Q$ better than $\min$?
2. Two states, $\pi=(p,1-p)$, and $Q$ always proposes the other one. What is the gap of $P$?
3. How long does $P_\psi$ stay in state $i$ in the mean, when it gets there? May $\psi_i$ exceed $1$?
:*/

enum { STATES = 33, FEW = 6 };
enum { HOW_MANY, WORLD, WHICH };        /* mh-finite */
enum { RULE = 2, STEP };                /* mh-balance */
enum { SLOWEST = 2, WEIGHTED };         /* time-change */
enum { EVEN, ANY, LANGEVIN };
enum { GAPS, HALF, VARIANCE, DOUBLE };
enum { METROPOLIS, BARKER, HASTY, NONE };

typedef struct world {
	size_t m;
	double pi[STATES], Q[STATES * STATES], P[STATES * STATES];
} world;

static void normalise(size_t m, double *row)
{
	double sum = 0;

	for (size_t i = 0; i < m; i++)
		sum += row[i];
	for (size_t i = 0; i < m; i++)
		row[i] /= sum;
}

static void make_world(const rate_point *p, int kind, size_t m, double h, world *w)
{
	double u[FEW * (FEW + 1)];

	p->host->uniforms(p->host, 1, p->number, sizeof u / sizeof *u, u);
	w->m = m = kind == LANGEVIN ? STATES : m;
	for (size_t i = 0; i < m; i++) {
		double at = -4 + (double)i / 4;
		w->pi[i] = kind == EVEN ? 1 : kind == ANY ? pow(u[i], 3) + 1e-3 : exp(-at * at / 2);
		for (size_t j = 0; j < m; j++) {
			double v = kind == ANY ? u[FEW * (i + 1) + j] : 0, jump = -4 + (double)j / 4 - at + h * at;
			int open = i == j || i + 1 == j || j + 1 == i || v > 0.3;
			w->Q[i * m + j] = kind == EVEN ? 1 : kind == ANY ? (open ? v * v + 1e-3 : 0)
			                                                 : exp(-jump * jump / (4 * h));
		}
		normalise(m, w->Q + i * m);
	}
	normalise(m, w->pi);
}

static double accepted(const world *w, int rule, size_t i, size_t j)
{
	double there = w->pi[i] * w->Q[i * w->m + j], back = w->pi[j] * w->Q[j * w->m + i];

	switch (rule) {
	case METROPOLIS:
		return fmin(there, back) / w->pi[i];
	case BARKER:
		return there + back > 0 ? there * back / (there + back) / w->pi[i] : 0;
	case HASTY:
		return w->Q[i * w->m + j] * fmin(1, w->pi[j] / w->pi[i]);
	default:
		return w->Q[i * w->m + j];
	}
}

static void correct(world *w, int rule)
{
	for (size_t i = 0; i < w->m; i++) {
		double left = 1;

		for (size_t j = 0; j < w->m; j++)
			if (j != i)
				left -= w->P[i * w->m + j] = accepted(w, rule, i, j);
		w->P[i * w->m + i] = left;
	}
}

/* The gap of a reversible P, and s^2 of f, from the symmetric matrix that is similar to P. */
static int spectrum(const rate_point *p, const world *w, const double *f, double *gap, double *s2)
{
	double a[FEW * FEW], values[FEW], vectors[FEW * FEW];
	size_t m = w->m;

	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < m; j++)
			a[i * m + j] = (sqrt(w->pi[i] / w->pi[j]) * w->P[i * m + j] +
			                sqrt(w->pi[j] / w->pi[i]) * w->P[j * m + i]) / 2;
	if (p->host->eigen(p->host, m, a, values, vectors))
		return RATE_FAIL;
	*gap = 1 - values[m - 2];
	*s2 = 0;
	for (size_t k = 0; k + 1 < m; k++) {
		double along_k = 0;
		for (size_t i = 0; i < m; i++)
			along_k += sqrt(w->pi[i]) * f[i] * vectors[k * m + i];
		*s2 += along_k * along_k * (2 / (1 - values[k]) - 1);
	}
	return RATE_OK;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double f[FEW], gap[2], s2[2], mean = 0, norm2 = 0;
	world w;

	make_world(p, (int)v[WORLD], (size_t)v[HOW_MANY], 0.5, &w);
	p->host->normals(p->host, 2, p->number, w.m, f);
	for (size_t i = 0; i < w.m; i++)
		mean += w.pi[i] * f[i];
	for (size_t i = 0; i < w.m; i++) {
		f[i] -= mean;
		norm2 += w.pi[i] * f[i] * f[i];
	}
	for (int rule = METROPOLIS; rule <= BARKER; rule++) {
		correct(&w, rule);
		if (spectrum(p, &w, f, &gap[rule], &s2[rule]))
			return RATE_FAIL;
	}
	*left = v[WHICH] == GAPS ? gap[1] : v[WHICH] == HALF ? gap[0] : v[WHICH] == VARIANCE ? s2[0] : s2[1] + norm2;
	*right = v[WHICH] == GAPS ? gap[0] : v[WHICH] == HALF ? 2 * gap[1] : v[WHICH] == VARIANCE ? s2[1]
	                                                                          : 2 * (s2[0] + norm2);
	*s = v[WHICH] <= HALF ? 1 : norm2 / (gap[1] * gap[1]);
	return RATE_OK;
}

/* pi P and pi along one direction. */
static int evaluate_balance(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double next[STATES] = { 0 };
	world w;

	make_world(p, (int)v[WORLD], (size_t)v[HOW_MANY], v[STEP], &w);
	correct(&w, (int)v[RULE]);
	for (size_t i = 0; i < w.m; i++)
		for (size_t j = 0; j < w.m; j++)
			next[j] += w.pi[i] * w.P[i * w.m + j];
	*left = along(w.m, next);
	*right = along(w.m, w.pi);
	*s = 1;
	return RATE_OK;
}

/* The invariant law of P, from the normal equations of law (P - I) = 0 and sum law = 1. */
static int invariant(const rate_point *p, size_t m, const double *P, double *law)
{
	double a[FEW * FEW], b[FEW];

	for (size_t i = 0; i < m; i++) {
		b[i] = 1;
		for (size_t j = 0; j < m; j++) {
			a[i * m + j] = 1;
			for (size_t k = 0; k < m; k++)
				a[i * m + j] += (P[i * m + k] - (i == k)) * (P[j * m + k] - (j == k));
		}
	}
	return p->host->solve(p->host, m, a, b, law);
}

static int evaluate_time(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	size_t m = (size_t)v[HOW_MANY];
	double pi[FEW], slow[FEW], psi[FEW], f[FEW], slowed[FEW * FEW], sum = 0, weight = 0;
	world w;

	make_world(p, (int)v[WORLD], m, 0.5, &w);
	p->host->normals(p->host, 2, p->number, m, f);
	p->host->uniforms(p->host, 3, p->number, m, psi);
	for (size_t i = 0; i < m; i++) {
		psi[i] = v[SLOWEST] + (1 - v[SLOWEST]) * psi[i];
		for (size_t j = 0; j < m; j++)
			slowed[i * m + j] = (i == j) + psi[i] * (w.Q[i * m + j] - (i == j));
	}
	if (invariant(p, m, w.Q, pi) || invariant(p, m, slowed, slow))
		return RATE_FAIL;
	*left = *right = *s = 0;
	for (size_t i = 0; i < m; i++) {
		double share = (v[WEIGHTED] > 0 ? psi[i] : 1) * slow[i];
		sum += share * f[i];
		weight += share;
		*right += pi[i] * f[i];
		*s += 1e4 * fabs(f[i]); /* the normal equations square the condition of P - I, at most about 100 */
	}
	*left = sum / weight;
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "m=2,world=even,which=half", .note = "two states, every move accepted or half of them",
	  .ratio = 1 },
	{ .parameters = "m=6,world=even,which=double", .note = "six states, variances", .ratio = 1 },
	{ .parameters = "m=4,world=any,which=gaps", .note = "random chains" },
	{ .parameters = "m=4,world=any,which=variance", .note = "random chains, variances" })
CONTROL(control,
	{ .parameters = "m=2,world=even,which=half", .note = "0.9 of the factor 2", .factor = 0.9 },
	{ .parameters = "m=6,world=even,which=double", .note = "0.9 of the factor 2", .factor = 0.9 })
SHARP(sharp_balance,
	{ .parameters = "m=6,world=any,rule=metropolis", .note = "random chains", .ratio = 1 },
	{ .parameters = "m=6,world=any,rule=barker", .note = "Barker's rule", .ratio = 1 },
	{ .parameters = "m=2,world=langevin,rule=metropolis,h=0.5", .note = "Langevin proposals on a grid",
	  .ratio = 1 })
CONTROL(control_balance,
	{ .parameters = "m=2,world=langevin,rule=none,h=0.1", .note = "Langevin proposals, all accepted" },
	{ .parameters = "m=3,world=any,rule=hasty", .note = "the rule forgets Q" })
SHARP(sharp_time, { .parameters = "m=5,world=any,slowest=0.1", .note = "random chains", .ratio = 1 })
CONTROL(control_time, { .parameters = "m=5,world=any,slowest=0.1,weighted=0", .note = "the unweighted mean" })

/*: {.plumbing} :*/
#define WORLD_OF(list) \
	[HOW_MANY] = { "m", RATE_INTEGER, "4", 2, FEW, NULL, "number of states" }, \
	[WORLD] = { "world", RATE_CHOICE, "any", 0, 0, list, "pi and Q" }
static const rate_param params[] = {
	WORLD_OF("even|any"),
	[WHICH] = { "which", RATE_CHOICE, "half", 0, 0, "gaps|half|variance|double", "inequality, in their order" },
};
static const rate_param params_balance[] = {
	WORLD_OF("even|any|langevin"),
	[RULE] = { "rule", RATE_CHOICE, "metropolis", 0, 0, "metropolis|barker|hasty|none", "of acceptance" },
	[STEP] = { "h", RATE_REAL, "0.5", 0.05, 2, NULL, "step of Langevin proposals" },
};
static const rate_param params_time[] = {
	WORLD_OF("even|any"),
	[SLOWEST] = { "slowest", RATE_REAL, "0.1", 0.05, 1, NULL, "the least psi" },
	[WEIGHTED] = { "weighted", RATE_INTEGER, "1", 1, 1, NULL, "0: weights are left out" },
};

CLAIM(mh_finite,
	.id = "mh-finite", .chapter = "sampling", .title = "Metropolis against Barker",
	.statement = "P by min(1, π_jQ_ji/π_iQ_ij), P^B by Barker's rule: gap(P^B) ≤ gap(P) ≤ 2 gap(P^B), "
	             "s²_P ≤ s²_B, s²_B + ‖f‖² ≤ 2(s²_P + ‖f‖²)",
	.quantity = "gaps, asymptotic variances", .formula = "those of the other rule, or twice",
	.source = "Peskun 1973, the order; proved in this file", .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(mh_balance,
	.id = "mh-balance", .chapter = "sampling", .title = "Metropolis-Hastings keeps its target",
	.statement = "P_ij = Q_ij min(1, π_jQ_ji/(π_iQ_ij)), or Barker's rule: πP = "
	             "π", .quantity = "πP along a direction",
	.formula = "π along it", .source = "Metropolis et al. 1953, Hastings 1970", .kind = RATE_IDENTITY,
	.params = RATE_ROWS(params_balance), .evaluate = evaluate_balance, .sharp = sharp_balance,
	.control = control_balance)

CLAIM(time_change,
	.id = "time-change", .chapter = "sampling", .title = "A chain slowed down, and weighted",
	.statement = "πP = π, 0 < ψ ≤ 1, P_ψ = I + diag(ψ)(P − I), π_ψP_ψ = π_ψ: Σ ψ_iπ_ψ,i f_i / Σ ψ_iπ_ψ,i "
	             "= π(f)",
	.quantity = "the weighted mean of f", .formula = "π(f)",
	.source = "classical; what adaptive steps do in Rajpal, Leimkuhler and Jiang, Adaptive stepsizing "
	          "for stochastic "
	          "gradient Langevin dynamics in Bayesian neural networks; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_time), .evaluate = evaluate_time, .sharp = sharp_time,
	.control = control_time)
