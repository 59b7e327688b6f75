/*:
# A step of random length

For a smooth $F$ a short step along $\Delta$ changes $F$ by $\langle\nabla F(x),\Delta\rangle$, nearly. For a function with kinks that is nowhere near: on a fine triangle wave a method may meet slope $+1$ at each point that it visits and never descend. One random number per step repairs it, exactly.

**Theorem.** Let $s\mapsto F(x+s\Delta)$ be Lipschitz with derivative $\langle g(x+s\Delta),\Delta\rangle$ for almost every $s>0$, and let $s$ be exponential with mean $1$. Then
$$ \mathbb E\,F(x+s\Delta)-F(x)\;=\;\mathbb E\,\langle g(x+s\Delta),\Delta\rangle . $$

**Hypotheses.** No convexity, no smoothness; any choice of slopes at kinks. It is enough that $e^{-s}F(x+s\Delta)\to0$.

## Proof

Let $\varphi(s)=F(x+s\Delta)$ and integrate by parts; what stands at infinity vanishes:
$$ \int_0^\infty e^{-s}(\varphi(s)-\varphi(0))\,ds=\int_0^\infty e^{-s}\varphi'(s)\,ds . \qquad\square $$

## How sharp it is

An identity. On $|y|$ with $x>0>\Delta$ both sides are $|\Delta|\bigl(2e^{-x/|\Delta|}-1\bigr)$.

## What is run

$F(y)=\frac c2y^2+a|y-k|+b|y-l|$ on the line, with random numbers in all places: between kinks both integrals are elementary.

## What must fail

Another law of the same mean: $s$ uniform on $(0,2)$.

## Exercises

1. ★ Show that the density of $s$ must be $e^{-s}$ if the identity is to hold for all $F$.
2. Compute both sides for $|y|$, $x=1$, $\Delta=-1.5$, with $s$ exponential and with $s$ uniform on $(0,2)$.
:*/
#define PARAMETERS(P) P(law)
#include "../common.h"

enum { EXPONENTIAL, UNIFORM };

/* Integral of s^j over (p, q) under the law of s; q may be infinite. */
static double moment(int law, int j, double p, double q)
{
	double n = j + 1;

	if (law == UNIFORM)
		return p >= 2 ? 0 : (pow(fmin(q, 2), n) - pow(p, n)) / (2 * n);
	double at_q = !isfinite(q) ? 0 : exp(-q) * (j == 0 ? 1 : j == 1 ? q + 1 : q * q + 2 * q + 2);
	return exp(-p) * (j == 0 ? 1 : j == 1 ? p + 1 : p * p + 2 * p + 2) - at_q;
}

/* F and the line through x along delta. */
typedef struct ray {
	double x, delta, c, slope[2], kink[2];
} ray;

/* Adds what the piece (p, q) without a kink inside gives to both sides, and its size. */
static void add_piece(const ray *f, int law, double p, double q, double *left, double *right, double *size)
{
	double middle = isfinite(q) ? (p + q) / 2 : p + 1, E[3], rise, bend = f->c / 2 * f->delta * f->delta;
	/* F(x + s delta) - F(x) = base + rise s + bend s^2 */
	double base = 0;

	rise = f->c * f->x * f->delta;
	for (int k = 0; k < 2; k++) {
		double side = f->x + middle * f->delta > f->kink[k] ? 1 : -1;
		base += f->slope[k] * (side * (f->x - f->kink[k]) - fabs(f->x - f->kink[k]));
		rise += side * f->slope[k] * f->delta;
	}
	for (int j = 0; j < 3; j++)
		E[j] = moment(law, j, p, q);
	*left += base * E[0] + rise * E[1] + bend * E[2];
	*right += rise * E[0] + 2 * bend * E[1];
	*size += fabs(base) + 2 * fabs(rise) + 4 * fabs(bend);
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	int law = (int)p->c->param[law_];
	double z[7], at[2];
	ray f;

	p->host->normals(p->host, 1, p->number, 7, z);
	f = (ray){ z[0], z[1], z[2], { z[3], z[4] }, { z[5], z[6] } };
	for (int k = 0; k < 2; k++)
		at[k] = fmax((f.kink[k] - f.x) / f.delta, 0);
	*left = *right = *s = 0;
	add_piece(&f, law, 0, fmin(at[0], at[1]), left, right, s);
	add_piece(&f, law, fmin(at[0], at[1]), fmax(at[0], at[1]), left, right, s);
	add_piece(&f, law, fmax(at[0], at[1]), INFINITY, left, right, s);
	return RATE_OK;
}

SHARP(sharp, { .parameters = "law=0", .note = "two kinks and a parabola", .ratio = 1 })
CONTROL(control, { .parameters = "law=1", .note = "s uniform on (0, 2)" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[law_] = { "law", RATE_INTEGER, "0", EXPONENTIAL, EXPONENTIAL, NULL,
	           "of s: 0 exponential, 1 uniform on (0, 2)" },
};

MUST(admissible, law == EXPONENTIAL, "s is exponential: law=0")

CLAIM(exp_scaling,
	.id = "exp-scaling", .chapter = "weakly-convex", .title = "A step of random length",
	.statement = "F Lipschitz along the ray, s exponential with mean 1: E F(x + sΔ) − F(x) = E⟨g(x + sΔ), Δ⟩",
	.quantity = "E F(x + sΔ) − F(x)", .formula = "E⟨g(x + sΔ), Δ⟩",
	.source = "after Zhang and Cutkosky, Random scaling and momentum for non-smooth non-convex optimization, "
	          "ICML 2024; proved "
	          "in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
