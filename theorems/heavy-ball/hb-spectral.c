/*:
# The spectral radius of the heavy ball

Polyak's heavy ball $x_{t+1}=x_t-\eta\nabla f(x_t)+\beta(x_t-x_{t-1})$ on a quadratic acts on each eigenvector of the Hessian alone. With eigenvalue $\lambda$ and $h=\eta\lambda$ the pair
$(x_{t+1},x_t)$ is $M\,(x_t,x_{t-1})$ with
$$ M=\begin{pmatrix}1+\beta-h&-\beta\\1&0\end{pmatrix}. $$

**Theorem.** For $0\le\beta<1$ and $h>0$ the spectral radius of $M$ is
$$ \rho(M)=\begin{cases}\sqrt\beta&\text{if }(1-\sqrt\beta)^2\le h\le(1+\sqrt\beta)^2,\\[2pt]
 \tfrac12\Bigl(|1+\beta-h|+\sqrt{(1+\beta-h)^2-4\beta}\Bigr)&\text{otherwise,}\end{cases} $$
and $\rho(M)<1$ if and only if $h<2(1+\beta)$.

Inside the interval the rate does not depend on $h$: all eigenvalues of the Hessian that fit into it decay alike.
:*/
#define PARAMETERS(P) P(beta) P(h) P(kappa) P(d)
#include "../common.h"

static double radius(double beta, double h)
{
	double low = (1 - sqrt(beta)) * (1 - sqrt(beta)), high = (1 + sqrt(beta)) * (1 + sqrt(beta));

	if (low <= h && h <= high)
		return sqrt(beta);
	return (fabs(1 + beta - h) + sqrt((h - low) * (h - high))) / 2;
}

/*:
(The code writes the root as $(1+\beta-h)^2-4\beta=(h-(1-\sqrt\beta)^2)(h-(1+\sqrt\beta)^2)$, which does not cancel at the ends.)

## Proof

$M$ has trace $\tau=1+\beta-h$ and determinant $\beta$; its eigenvalues are $z=\frac12(\tau\pm\sqrt{\tau^2-4\beta})$. If $\tau^2\le4\beta$, that is
$|1+\beta-h|\le2\sqrt\beta$, which is the interval of the theorem, they are conjugate, and $|z|^2=\beta$ is their product. Otherwise they are real, and the larger modulus takes the sign that adds. In
the real case both lie in $(-1,1)$ if and only if $(1-z_1)(1-z_2)=h>0$, $(1+z_1)(1+z_2)=2(1+\beta)-h>0$ and $|z_1z_2|=\beta<1$. $\square$

## How sharp it is

It is an identity. The other side is computed with nothing of the proof in it: LAPACK's eigenvalues of the matrix of a whole step on $\mathbb R^d$,
$$ \begin{pmatrix}(1+\beta)I-\eta A&-\beta I\\I&0\end{pmatrix}, $$
for a full symmetric $A$; the right side is the largest of the formula over the eigenvalues of $A$.
:*/

enum { DIM = 4, SIDE = 2 * DIM };

/* eta A = Q diag(h) Q' with a random reflection Q = I - 2uu'. */
static void rotate(size_t d, const double *h, double *u, double *A)
{
	double square = 0;

	for (size_t j = 0; j < d; j++)
		square += u[j] * u[j];
	for (size_t j = 0; j < d; j++)
		u[j] /= sqrt(square);
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++) {
			A[i * d + j] = 0;
			for (size_t k = 0; k < d; k++)
				A[i * d + j] += ((i == k) - 2 * u[i] * u[k]) * h[k] * ((k == j) - 2 * u[k] * u[j]);
		}
}

static int largest_modulus(const rate_host *host, size_t d, double beta, const double *A, double *out)
{
	double M[SIDE * SIDE] = { 0 }, re[SIDE], im[SIDE];

	for (size_t i = 0; i < d; i++) {
		for (size_t j = 0; j < d; j++)
			M[i * 2 * d + j] = (i == j) * (1 + beta) - A[i * d + j];
		M[i * 2 * d + d + i] = -beta;
		M[(d + i) * 2 * d + i] = 1;
	}
	if (host->spectrum(host, 2 * d, M, re, im))
		return RATE_FAIL;
	*out = 0;
	for (size_t i = 0; i < 2 * d; i++)
		*out = fmax(*out, hypot(re[i], im[i]));
	return RATE_OK;
}

/* A rounding error e in the entries moves two roots by about e/|z_1 - z_2|, and no more than sqrt(e). The claim on when
 * the radius is less than 1 makes a left side that is not a number where it fails. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double beta = p->c->param[beta_], h[DIM], u[DIM], A[DIM * DIM], top = p->c->param[h_], apart = INFINITY;
	size_t d = (size_t)p->c->param[d_];

	*right = 0;
	for (size_t k = 0; k < d; k++) {
		h[k] = top * pow(p->c->param[kappa_], -(double)k / DIM);
		*right = fmax(*right, radius(beta, h[k]));
		apart = fmin(apart, sqrt(fabs((1 + beta - h[k]) * (1 + beta - h[k]) - 4 * beta)));
	}
	p->host->normals(p->host, p->number, 0, d, u);
	rotate(d, h, u, A);
	if (largest_modulus(p->host, d, beta, A, left))
		return RATE_FAIL;
	*s = (2 + top) * (2 + top) / fmax(apart, 1e-7);
	if (fabs(*left - 1) > 1e-6 && (*left < 1) != (top < 2 * (1 + beta)))
		*left = NAN;
	return RATE_OK;
}

/*:
## What is run

Points $(\beta,\eta L)$ drawn from $[0,0.999]\times[0.001,8]$, which is twice the stable range, the corners first, with matrices of up to 4 eigenvalues over up to four decades; both sides are compared, and whether the left one is less than 1 with $\eta L<2(1+\beta)$. At the ends of
the interval, where the two roots meet, no program finds them better than to $10^{-7}$.

## What must fail

$0.9$ times the right side.

## Exercises

1. Choose $\eta$ and $\beta$ so that $[\mu,L]$ fits the interval exactly.
2. At the ends of the interval $M$ has a double eigenvalue and is not diagonalisable. What does that add to $\|x_t\|$?
3. Take $\beta=0$ and recognise gradient descent.
:*/

SHARP(sharp,
	{ .parameters = "beta=0.25,h=1,d=1", .note = "inside the interval: sqrt beta", .ratio = 1 },
	{ .parameters = "beta=0.25,h=0.1,d=1", .note = "below it: real eigenvalues", .ratio = 1 },
	{ .parameters = "beta=0.25,h=3", .note = "above it: a negative real eigenvalue leads", .ratio = 1 },
	{ .parameters = "beta=0.25,h=2.25,d=1", .note = "its upper end: a double root", .ratio = 1 },
	{ .parameters = "beta=0.81,h=3.61,kappa=361,d=4", .note = "four eigenvalues, one at the end", .ratio = 1 })
CONTROL(control,
	{ .parameters = "beta=0.25,h=1,d=1", .note = "0.9 times the right side", .factor = 0.9 },
	{ .parameters = "beta=0.25,h=0.1,d=1", .note = "0.9 times the right side, real eigenvalues", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[beta_] = { "beta", RATE_REAL, "0.9", 0, 0.999, NULL, "momentum" },
	[h_] = { "h", RATE_REAL, "1", 1e-3, 8, NULL, "step times largest eigenvalue, eta L" },
	[kappa_] = { "kappa", RATE_REAL, "10", 1, 1e4, NULL, "spread of the eigenvalues, h kappa^(-k/4), k < d" },
	[d_] = { "d", RATE_INTEGER, "2", 1, DIM, NULL, "dimension" },
};

CLAIM(hb_spectral,
	.id = "hb-spectral", .chapter = "heavy-ball", .title = "Spectral radius of the heavy ball",
	.statement = "0 ≤ β < 1, h > 0: the spectral radius of [[1+β−h, −β], [1, 0]] is √β if (1−√β)² ≤ h ≤ (1+√β)², "
	             "else (|1+β−h| + √((1+β−h)² − 4β))/2",
	.quantity = "ρ(M)", .formula = "√β or (|1+β−h| + √((1+β−h)² − 4β))/2",
	.source = "Polyak, Some methods of speeding up the convergence of iteration methods, 1964",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
