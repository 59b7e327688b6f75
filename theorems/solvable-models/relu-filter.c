/*:
# When a filter is easy to learn

One filter $w$ with a kink, $z\mapsto\max(\langle w,z\rangle,0)$, learns another one, $w^\star$, from random inputs. The loss is not convex. Gradient descent finds $w^\star$ all the same, slowly at first.

**Theorem.** Let $Z\in\mathbb R^d$ be a standard normal vector, $d\ge2$, and
$$ f(w)=\tfrac12\mathbb E\bigl(\max(\langle w,Z\rangle,0)-\max(\langle w^\star,Z\rangle,0)\bigr)^2,\qquad w^\star\ne0. $$
Let $w_0\ne0$ have an angle $\varphi_0<\pi$ with $w^\star$. Gradient descent with $0<\eta\le2$ never increases the angle $\varphi_t$ of $w_t$ and $w^\star$, and for every $t$, with $g(\varphi)=\frac{\pi-\varphi-\sin\varphi}{2\pi}$,
$$ \|w_t-w^\star\|^2\;\le\;\|w_0-w^\star\|^2\prod_{s<t}\Bigl(1-\eta\bigl(2-\tfrac\eta2\bigr)g(\varphi_s)\Bigr)\;\le\;\Bigl(1-\eta\bigl(2-\tfrac\eta2\bigr)g(\varphi_0)\Bigr)^t\|w_0-w^\star\|^2 . $$

**Theorem (relu-antipode).** From $w_0=-cw^\star$, $c>0$, with $0<\eta<2$: $f(w_t)\ge\frac14\|w^\star\|^2$ for ever.

At $\varphi=0$ the factor is $(1-\frac\eta2)^2$, at $\varphi=\pi$ it is 1: a slow beginning and a fast end.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(told)
#include "../common.h"

enum { LENGTH };

/* (pi - phi - sin phi)/(2 pi), without cancellation near pi: with u = pi - phi it is (u - sin u)/(2 pi). */
static double least(double across, double ahead)
{
	double u = atan2(across, -ahead), sum = 0, power = u * u * u / 6;

	if (u > 0.5)
		return (u - sin(u)) / (2 * M_PI);
	for (int n = 1; n < 12; n++) {
		sum += n % 2 ? power : -power;
		power *= u * u / (double)((2 * n + 2) * (2 * n + 3));
	}
	return sum / (2 * M_PI);
}

/*:
## Proof

Let $A_S=\mathbb EZZ^\top1\{\langle w,Z\rangle\ge0,\langle w^\star,Z\rangle\ge0\}$ and $A_-=\mathbb EZZ^\top1\{\langle w,Z\rangle\ge0>\langle w^\star,Z\rangle\}$. Differentiate: $\nabla f(w)=\mathbb E\,Z1\{\langle w,Z\rangle\ge0\}\bigl(\langle w,Z\rangle-\max(\langle w^\star,Z\rangle,0)\bigr)$, that is
$$ \nabla f(w)=A_S(w-w^\star)+A_-w=\tfrac12w-A_Sw^\star, $$
as $A_S+A_-=\frac12I$: the half space $\langle w,Z\rangle\ge0$ and its mirror image have the same $\mathbb EZZ^\top$, and together $I$.

*The gradient points the right way.* $\langle A_-w,w-w^\star\rangle=\mathbb E\langle w,Z\rangle(\langle w,Z\rangle-\langle w^\star,Z\rangle)1_-\ge0$, since $1_-$ means $\langle w,Z\rangle\ge0>\langle w^\star,Z\rangle$. So
$$ \langle\nabla f(w),w-w^\star\rangle\ge\lambda_{\min}(A_S)\,\|w-w^\star\|^2. \tag{1} $$

*It is not too long.* $w-w^\star-2\nabla f(w)=2A_Sw^\star-w^\star=-2A_-w^\star$, so
$$ \langle\nabla f,\,w-w^\star-2\nabla f\rangle=-\langle w,A_-w^\star\rangle+2\langle w^\star,A_SA_-w^\star\rangle\ge0 : $$
the first product is $-\mathbb E\langle w,Z\rangle\langle w^\star,Z\rangle1_-\ge0$; in the second $A_S$ and $A_-=\frac12I-A_S$ commute and are positive semidefinite. Hence $\|\nabla f\|^2\le\frac12\langle\nabla f,w-w^\star\rangle$. With (1), for $\eta\le4$,
$$ \|w_{t+1}-w^\star\|^2\le\|w_t-w^\star\|^2-\bigl(2\eta-\tfrac{\eta^2}2\bigr)\langle\nabla f,w_t-w^\star\rangle\le\Bigl(1-\eta\bigl(2-\tfrac\eta2\bigr)\lambda_{\min}(A_S)\Bigr)\|w_t-w^\star\|^2. $$

*The numbers.* Only the plane of $w$ and $w^\star$ matters. In polar coordinates there, $A_S$ is $\frac1{2\pi}\int(\cos\theta,\sin\theta)(\cos\theta,\sin\theta)^\top\,d\theta\cdot2$ over a sector of the width $\pi-\varphi$ ($\mathbb Er^2=2$): eigenvalues $\frac{\pi-\varphi\pm\sin\varphi}{2\pi}$ in the plane, and $\frac{\pi-\varphi}{2\pi}$ across it. The least is $g(\varphi)$. And $A_Sw^\star=\frac1{2\pi}\bigl((\pi-\varphi)w^\star+\|w^\star\|\sin\varphi\,\frac w{\|w\|}\bigr)$.

*The angle.* $w_{t+1}=\bigl(1-\frac\eta2+\frac{\eta\|w^\star\|\sin\varphi}{2\pi\|w\|}\bigr)w_t+\frac{\eta(\pi-\varphi)}{2\pi}w^\star$ is for $\eta\le2$ a combination of $w_t$ and $w^\star$ with coefficients that are not negative and not both 0; so its angle with $w^\star$ is not larger. $g$ falls with $\varphi$.

*The antipode.* At $\varphi=\pi$ the gradient is $\frac w2$, so $w_t=(1-\frac\eta2)^tw_0$, and $f(w_t)=\frac14(\|w_t\|^2+\|w^\star\|^2)$. $\square$

The two inequalities hold for every symmetric $Z$ with $\mathbb EZZ^\top=I$ and $\mathbb P(\langle w,Z\rangle=0)=0$.

## How sharp it is

On the ray of $w^\star$ all is equality: ratio 1 at every $t$. From an angle of 1 at the distance of $w^\star$, with $\eta=\frac12$, the distance is ${{relu-filter#2.max_ratio:2}}$ of the bound at $t=1$, and less later. The antipode: equality in the limit.

## What is run

Gradient descent on `relu-teacher`, from several angles, in up to 50 dimensions. The bound reads the angles off the path.

## What must fail

Twice the rate, $2g$: on the ray one step keeps $0.5625$ of the distance, not $0.125$. Steps beyond 4: $\eta=4.2$ moves away from $w^\star$ on its ray. The antipode with $1.1$ of the bound.

## Exercises

1. How likely is it that a random direction begins with $\varphi_0<\frac\pi2$?
2. For which $\eta$ is the factor at $\varphi=0$ least, and what happens then on the ray?
3. Let $Z$ be uniform on $\pm z_1,\dots,\pm z_N$ with $\mathbb EZZ^\top=I$. What is left of the theorem?
:*/

#define RAY "relu-teacher:d=4,angle=0,radius=3"
SHARP(sharp, { .objective = RAY, .parameters = "gamma=0.5", .note = "on the ray of w*", .steps = 20, .ratio = 1 },
	{ .objective = "relu-teacher:d=4,angle=1", .parameters = "gamma=0.5", .note = "an angle of 1", .steps = 20,
	  .ratio = 0.828 },
	{ .objective = "relu-teacher:d=50,angle=2.8,radius=0.1,length=2", .parameters = "gamma=1",
	  .note = "a start that is small and points away", .steps = 64 },
	{ .objective = "relu-teacher:d=3,angle=3.1,radius=5", .parameters = "gamma=2", .note = "the longest step",
	  .steps = 64 })
CONTROL(control,
	{ .objective = RAY, .parameters = "gamma=0.5,told=2", .note = "twice the rate", .steps = 8 },
	{ .objective = RAY, .parameters = "gamma=4.2,told=0", .note = "a step of 4.2: not to move away", .steps = 1 })
#define BEHIND "relu-teacher:d=4,behind=1,radius=2"
SHARP(sharp_antipode,
	{ .objective = BEHIND, .parameters = "gamma=1", .note = "from -2 w*", .steps = 32, .ratio = 1 },
	{ .objective = "relu-teacher:d=9,behind=1,radius=0.3,length=5", .parameters = "gamma=0.1",
	  .note = "a longer teacher", .steps = 256 })
CONTROL(control_antipode,
	{ .objective = BEHIND, .parameters = "gamma=1", .note = "1.1 of the bound", .steps = 32, .factor = 1.1 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2 (eta on the page)"),
	[told_] = { "told", RATE_REAL, "1", 0, 0, NULL, "multiple of g in the claim" },
};
static const rate_param params_antipode[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2 (eta on the page)") };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = 2 * fraction;
}

static void choose_antipode(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = 1.9 * fraction;
}

MUST(admissible, AT_MOST(gamma, 2) && told == 1, "0 < gamma <= 2")

static const char *admissible_antipode(const rate_case *c)
{
	return c->param[gamma_] > 0 && c->param[gamma_] < 2 ? NULL : "0 < gamma < 2";
}

/* The part of w across w*, along the first axis. */
static double across(size_t d, const double *w)
{
	double sum = 0;

	for (size_t j = 1; j < d; j++)
		sum = hypot(sum, w[j]);
	return sum;
}

static const char *not_opposite(const rate_case *c)
{
	return c->x0[0] > 0 || across(c->d, c->x0) > 0 ? NULL : "the start is 0 or points against w*";
}

static const char *opposite(const rate_case *c)
{
	return c->x0[0] < 0 && !(across(c->d, c->x0) > 0) ? NULL : "the start does not point against w*";
}

/* The accumulator is the logarithm of the product. */
static int observe(rate_view *v)
{
	double eta = v->c->param[gamma_];

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *w = v->state[0] + r * v->run->ld;
		double left = eta * (2 - eta / 2) * v->c->param[told_] * least(across(v->run->d, w), w[0]);

		*rate_acc(v, 1, r) += log1p(-fmin(left, 1 - 0x1p-46));
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = v->c->D2 * exp(*rate_acc(v, 1, r));
	return rate_dist2_of(v, v->state[0], q, s);
}

/* No claim once |w_t| = (1 - eta/2)^t |w_0| is below the smallest numbers: what is 0 does not stay there. */
static double quarter(const rate_case *c, double t)
{
	double left = log(-c->x0[0]) + t * log1p(-c->param[gamma_] / 2);

	return left > -690 ? c->need[LENGTH] * c->need[LENGTH] / 4 : 0;
}

#define PAPER \
	"after Du, Lee and Tian, When is a convolutional filter easy to learn?, ICLR 2018; constants proved in " \
	"this file"
#define TEACHER .chapter = "solvable-models", .method = "gd", .source = PAPER

CLAIM(relu_filter, TEACHER,
	.id = "relu-filter", .title = "When a filter is easy to learn",
	.statement = "f(w) = E(relu⟨w,Z⟩ − relu⟨w*,Z⟩)²/2, Z normal, 0 < η ≤ 2, angle φ_0 < π: "
	             "‖w_t − w*‖² ≤ ‖w_0 − w*‖² Π_{s<t} (1 − η(2 − η/2) g(φ_s)), g(φ) = (π − φ − sin φ)/(2π)",
	.quantity = "‖w_t − w*‖²", .formula = "D² Π (1 − η(2 − η/2) g(φ_s))",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND | RATE_OWN_INSTANCES,
	NEEDS("relu-teacher.length", "x_star"), RANGE,
	.applies = not_opposite, .accumulators = 1, .observe = observe, .measure = measure, SHARP_AND_CONTROL)

CLAIM(relu_antipode, TEACHER,
	.id = "relu-antipode", .title = "A filter that is not learnt",
	.statement = "w_0 = −cw*, c > 0, 0 < η < 2: f(w_t) ≥ ‖w*‖²/4 for ever",
	.quantity = "f(w_t)", .formula = "‖w*‖²/4",
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OWN_INSTANCES, NEEDS("relu-teacher.length", "f_star"),
	.params = RATE_ROWS(params_antipode),
	.choose = choose_antipode, .admissible = admissible_antipode, .applies = opposite, .bound = quarter,
	.measure = rate_measure_gap, .sharp = sharp_antipode, .control = control_antipode)
