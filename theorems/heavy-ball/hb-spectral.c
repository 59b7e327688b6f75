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
#include <complex.h>

#include "../common.h"

enum { BETA, H };

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

It is an identity. The other side of it is computed with nothing of the theorem in it: trace and determinant from the entries of $M$, the two eigenvalues by complex arithmetic, the larger modulus.
:*/

static double largest_modulus(double a, double b, double c, double d, double *discriminant)
{
	double trace = a + d, determinant = a * d - b * c;
	double complex root = csqrt(trace * trace - 4 * determinant);

	*discriminant = fabs(trace * trace - 4 * determinant);
	return fmax(cabs((trace + root) / 2), cabs((trace - root) / 2));
}

/* A relative error e in the entries moves a root by about e/|z_1 - z_2|, and never by more than sqrt(e). */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double beta = p->c->param[BETA], h = p->c->param[H], discriminant;

	*left = largest_modulus(1 + beta - h, -beta, 1, 0, &discriminant);
	*right = radius(beta, h);
	*s = 1 + 8 / fmax(sqrt(discriminant), 1e-8);
	return RATE_OK;
}

/*:
## What is run

Points $(\beta,h)$ drawn from $[0,0.999]\times[0.001,3.9]$, the corners first; both sides are compared.

## What must fail

$0.9$ times the right side.

## Exercises

1. Choose $\eta$ and $\beta$ so that $[\mu,L]$ fits the interval exactly. *Answer:* $\eta=4/(\sqrt L+\sqrt\mu)^2$, $\sqrt\beta=(\sqrt\kappa-1)/(\sqrt\kappa+1)$.
2. At the ends of the interval $M$ has a double eigenvalue and is not diagonalisable. What does that add to $\|x_t\|$? *Answer:* a factor of order $t$.
3. Take $\beta=0$ and recognise gradient descent.
:*/

static const struct instance sharp_table[] = {
	{ .parameters = "beta=0.25,h=1", .note = "inside the interval: sqrt beta", .ratio = 1 },
	{ .parameters = "beta=0.25,h=0.1", .note = "below it: real eigenvalues", .ratio = 1 },
	{ .parameters = "beta=0.25,h=3", .note = "above it: a negative real eigenvalue leads", .ratio = 1 },
};
static const struct instance control_table[] = {
	{ .parameters = "beta=0.25,h=1", .note = "0.9 times the right side", .factor = 0.9 },
	{ .parameters = "beta=0.25,h=0.1", .note = "0.9 times the right side, real eigenvalues", .factor = 0.9 },
};

/*: {.plumbing} :*/
static const rate_param params[] = {
	[BETA] = { "beta", RATE_REAL, "0.9", 0, 0.999, NULL, "momentum" },
	[H] = { "h", RATE_REAL, "1", 1e-3, 3.9, NULL, "step times eigenvalue, eta lambda" },
};

INSTANCES(sharp, sharp_table)
INSTANCES(control, control_table)

const rate_theorem hb_spectral = { THEOREM,
	.id = "hb-spectral",
	.chapter = "heavy-ball",
	.title = "Spectral radius of the heavy ball",
	.statement = "0 ≤ β < 1, h > 0: the spectral radius of [[1+β−h, −β], [1, 0]] is √β if (1−√β)² ≤ h ≤ (1+√β)², "
	             "else (|1+β−h| + √((1+β−h)² − 4β))/2",
	.quantity = "ρ(M)",
	.formula = "√β or (|1+β−h| + √((1+β−h)² − 4β))/2",
	.source = "Polyak, Some methods of speeding up the convergence of iteration methods, 1964; proved in this file",
	.kind = RATE_IDENTITY,
	.params = RATE_ROWS(params),
	.evaluate = evaluate,
	.sharp = sharp,
	.control = control };
