/*:
# The evidence and its bound

A latent $z$ makes an observation $x$, and what one would like to maximise is the evidence $\log p(x)$, an integral over all $z$. Variational methods maximise a lower bound of it instead, a mean over a law $q$ of one's choice. What is lost, exactly?

**Theorem.** Let $z\sim\mathcal N(0,I_k)$, $x|z\sim\mathcal N(Wz,\sigma^2I_n)$ with $\sigma^2>0$, and $q=\mathcal N(m,S)$ with $S$ positive definite. Let $\Lambda=I+W^\top W/\sigma^2$ and $\mu=\Lambda^{-1}W^\top x/\sigma^2$. Then
$$ \log p(x)-\mathrm{ELBO}(m,S)=\tfrac12\bigl[\operatorname{tr}\Lambda S+\langle m-\mu,\Lambda(m-\mu)\rangle-k-\log\det S-\log\det\Lambda\bigr]\;\ge\;0, $$
where $\log p(x)=\log\mathcal N(x;0,WW^\top+\sigma^2I)$ and
$$ \mathrm{ELBO}=-\tfrac n2\log2\pi\sigma^2-\frac{\|x-Wm\|^2+\operatorname{tr}WSW^\top}{2\sigma^2}-\tfrac12\bigl(\|m\|^2+\operatorname{tr}S\bigr)+\tfrac k2+\tfrac12\log\det S . $$
Among the laws with diagonal $S$ (mean field) the least gap is $\frac12\bigl(\sum_i\log\Lambda_{ii}-\log\det\Lambda\bigr)$, at $m=\mu$ and $S_{ii}=1/\Lambda_{ii}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

/*:
## Proof

For every $z$, $\log p(x)=\log p(x,z)-\log p(z|x)$. Average over $q$, and add and subtract $\log q$:
$$ \log p(x)=\mathbb E_q\log\frac{p(x,z)}{q(z)}+\mathbb E_q\log\frac{q(z)}{p(z|x)}=\mathrm{ELBO}+\mathrm{KL}\bigl(q\,\|\,p(\cdot|x)\bigr). $$
The posterior is $\mathcal N(\mu,\Lambda^{-1})$: the exponent $-\frac1{2\sigma^2}\|x-Wz\|^2-\frac12\|z\|^2$ has the second derivative $-\Lambda$ and its maximum at $\mu$. The bracket is the divergence of two normal laws, and the ELBO is the mean of $\log p(x|z)+\log p(z)$ under $q$ and the entropy $\frac k2\log2\pi e+\frac12\log\det S$ of $q$.

For diagonal $S$ the gap is $\frac12\sum_i(\Lambda_{ii}S_{ii}-\log S_{ii})$ and terms without $S$, each least at $S_{ii}=1/\Lambda_{ii}$. $\square$

## How sharp it is

It is an identity. The gap vanishes if and only if $q$ is the posterior.

## What is run

Random $W$, $x$, $m$, $S$ with $k\le4$, $n\le5$: the evidence from the $n\times n$ covariance, the ELBO as written, the right side from $\Lambda$; the least gap of mean field in the same way.

## What must fail

The ELBO without $\operatorname{tr}WSW^\top$, as if $z$ were known to be $m$.

## Exercises

1. What is the mean-field gap for $\Lambda=\begin{pmatrix}1+a&a\\a&1+a\end{pmatrix}$?
2. Why can it not be negative? (*Hint:* Hadamard.)
3. Let $q$ be the prior. What is the gap for $W=0$, and for large $W$?
:*/

enum { LATENT = 4, OBSERVED = 5 };
enum { k_, n_, sigma2_, law_, frozen_ };
enum { ANY, MEAN_FIELD };

/* log det of a positive definite matrix, by its eigenvalues. */
static int log_det(const rate_host *host, size_t n, const double *a, double *out)
{
	double l[OBSERVED];

	if (host->eigen(host, n, a, l, NULL))
		return RATE_FAIL;
	*out = 0;
	for (size_t i = 0; i < n; i++)
		*out += log(l[i]);
	return RATE_OK;
}

static double form(size_t n, const double *a, const double *x)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			sum += x[i] * a[i * n + j] * x[j];
	return sum;
}

/* The sum of a_ij b_ij: tr ab for symmetric matrices. */
static double trace(size_t n, const double *a, const double *b)
{
	double sum = 0;

	for (size_t i = 0; i < n * n; i++)
		sum += a[i] * b[i];
	return sum;
}

struct model {
	size_t k, n;
	double sigma2;
	const double *W, *x; /* n x k, n */
	double gram[LATENT * LATENT], Lambda[LATENT * LATENT], mu[LATENT];
};

static int posterior(const rate_host *host, struct model *q)
{
	double right[LATENT] = { 0 };

	for (size_t i = 0; i < q->k; i++) {
		for (size_t j = 0; j < q->k; j++) {
			double sum = 0;

			for (size_t l = 0; l < q->n; l++)
				sum += q->W[l * q->k + i] * q->W[l * q->k + j];
			q->gram[i * q->k + j] = sum;
			q->Lambda[i * q->k + j] = sum / q->sigma2 + (i == j);
		}
		for (size_t l = 0; l < q->n; l++)
			right[i] += q->W[l * q->k + i] * q->x[l] / q->sigma2;
	}
	return host->solve(host, q->k, q->Lambda, right, q->mu);
}

static int evidence(const rate_host *host, const struct model *q, double *out)
{
	double C[OBSERVED * OBSERVED], y[OBSERVED], det, sum = 0;

	for (size_t i = 0; i < q->n; i++)
		for (size_t j = 0; j < q->n; j++) {
			C[i * q->n + j] = i == j ? q->sigma2 : 0;
			for (size_t l = 0; l < q->k; l++)
				C[i * q->n + j] += q->W[i * q->k + l] * q->W[j * q->k + l];
		}
	if (host->solve(host, q->n, C, q->x, y) || log_det(host, q->n, C, &det))
		return RATE_FAIL;
	for (size_t i = 0; i < q->n; i++)
		sum += q->x[i] * y[i];
	*out = -((double)q->n * log(2 * acos(-1)) + det + sum) / 2;
	return RATE_OK;
}

/* `spread`: tr W S W' counts. */
static double elbo(const struct model *q, const double *m, const double *S, double det, double spread)
{
	double miss = 0, norm2 = 0, n = (double)q->n, k = (double)q->k;

	for (size_t i = 0; i < q->n; i++) {
		double r = q->x[i];

		for (size_t j = 0; j < q->k; j++)
			r -= q->W[i * q->k + j] * m[j];
		miss += r * r;
	}
	for (size_t j = 0; j < q->k; j++)
		norm2 += m[j] * m[j] + S[j * q->k + j];
	miss += spread * trace(q->k, q->gram, S);
	return -n / 2 * log(2 * acos(-1) * q->sigma2) - miss / (2 * q->sigma2) - norm2 / 2 + k / 2 + det / 2;
}

/* m and S: any; or the best with diagonal S. */
static void choose_law(const rate_point *p, const struct model *q, double *m, double *S)
{
	size_t k = q->k;
	double z[LATENT * (LATENT + 1)];

	p->host->normals(p->host, 2, p->number, LATENT * (LATENT + 1), z);
	for (size_t i = 0; i < k; i++) {
		int best = p->c->param[law_] != ANY;

		m[i] = best ? q->mu[i] : z[LATENT * LATENT + i];
		for (size_t j = 0; j < k; j++) {
			S[i * k + j] = i != j ? 0 : best ? 1 / q->Lambda[i * k + i] : 0.1;
			for (size_t l = 0; !best && l < k; l++)
				S[i * k + j] += z[i * LATENT + l] * z[j * LATENT + l];
		}
	}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	struct model q = { .k = (size_t)v[k_], .n = (size_t)v[n_], .sigma2 = v[sigma2_] };
	double W[OBSERVED * LATENT], x[OBSERVED], m[LATENT], S[LATENT * LATENT], apart[LATENT];
	double known, bound, det, det_l, gap = 0;

	p->host->normals(p->host, 1, 2 * p->number, OBSERVED * LATENT, W);
	p->host->normals(p->host, 1, 2 * p->number + 1, OBSERVED, x);
	q.W = W;
	q.x = x;
	if (posterior(p->host, &q) || evidence(p->host, &q, &known))
		return RATE_FAIL;
	choose_law(p, &q, m, S);
	if (log_det(p->host, q.k, S, &det) || log_det(p->host, q.k, q.Lambda, &det_l))
		return RATE_FAIL;
	for (size_t i = 0; i < q.k; i++)
		apart[i] = m[i] - q.mu[i];
	bound = elbo(&q, m, S, det, v[frozen_] != 0 ? 0 : 1);
	if (v[law_] == MEAN_FIELD)
		for (size_t i = 0; i < q.k; i++)
			gap += log(q.Lambda[i * q.k + i]);
	else
		gap = trace(q.k, q.Lambda, S) + form(q.k, q.Lambda, apart) - (double)q.k - det;
	*left = known - bound;
	*right = (gap - det_l) / 2;
	*s = 16 * (fabs(known) + fabs(bound)) / fmin(q.sigma2, 1);
	return RATE_OK;
}

SHARP(sharp, { .parameters = "law=any", .note = "any normal law", .ratio = 1 },
	{ .parameters = "law=mean-field", .note = "the best diagonal one", .ratio = 1 })
CONTROL(control, { .parameters = "law=any,frozen=1", .note = "tr W S W' left out" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[k_] = { "k", RATE_INTEGER, "2", 1, LATENT, NULL, "latent dimensions" },
	[n_] = { "n", RATE_INTEGER, "3", 1, OBSERVED, NULL, "observed dimensions" },
	[sigma2_] = { "sigma2", RATE_REAL, "1", 0.01, 100, NULL, "variance of the noise" },
	[law_] = { "law", RATE_CHOICE, "any", 0, 1, "any|mean-field", "q" },
	[frozen_] = { "frozen", RATE_INTEGER, "0", 0, 0, NULL, "1: without tr W S W'" },
};

static const char *admissible(const rate_case *c)
{
	return c->param[frozen_] == 0 ? NULL : "frozen = 0";
}

CLAIM(elbo_gap,
	.id = "elbo-gap", .chapter = "estimators", .title = "The evidence and its lower bound",
	.statement = "z ~ N(0, I), x|z ~ N(Wz, σ²I), q = N(m, S), Λ = I + W'W/σ², μ = Λ⁻¹W'x/σ²: log p(x) − ELBO = "
	             "[tr ΛS + ⟨m − μ, Λ(m − μ)⟩ − k − log det ΛS]/2",
	.quantity = "log p(x) − ELBO", .formula = "KL(q ‖ p(z|x))",
	.source = "classical; the bound as in Kingma and Welling, Auto-encoding variational Bayes, 2014; proved in "
	          "this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
