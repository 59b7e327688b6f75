/*:
# Inference learning is implicit SGD

A network that learns without back-propagation: its hidden units first settle on values that agree with what is below and above them, and then each layer learns, by itself, to produce those values. It looks like another algorithm. For one layer under a fixed readout it is an old one exactly: the implicit step of the previous page.

**Setting.** Input $x\ne0$, hidden values $h=W_1x$, output $W_2z$ for hidden values $z$, target $y$. *Inference* minimises the energy
$$ E(z)=\frac1{2\tau}\|z-h\|^2+\frac12\|y-W_2z\|^2 , $$
*learning* then sets $W_1^+=W_1+(z-h)x^\top/\|x\|^2$. Let $e=y-W_2h$ be the error before.

**Theorem (inference-equilibrium).** $z-h=\tau W_2^\top(I+\tau W_2W_2^\top)^{-1}e$: the back-propagated error, with $e$ filtered.

**Theorem (inference-implicit).** $W_1^+$ is the implicit SGD step
$$ \arg\min_V\;\frac12\|y-W_2Vx\|^2+\frac1{2\eta}\|V-W_1\|_F^2\qquad\text{with }\eta=\frac\tau{\|x\|^2}. $$

**Theorem (inference-loss).** Afterwards the error on this sample is $(I+\tau W_2W_2^\top)^{-1}e$. So its square is multiplied by at most $(1+\tau s^2)^{-2}$, where $s^2$ is the least eigenvalue of $W_2W_2^\top$: it never rises, for any $\tau>0$.

Back-propagation with the same $\eta$ multiplies $e$ by $I-\tau W_2W_2^\top$, which is longer than $e$ can bear as soon as $\tau\|W_2\|^2>2$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../common.h"

/*:
## Proof

*Equilibrium.* The energy is least where $\frac{z-h}\tau=W_2^\top(y-W_2z)$, that is $(\frac1\tau I+W_2^\top W_2)(z-h)=W_2^\top e$. And $(\frac1\tau I+W_2^\top W_2)W_2^\top=W_2^\top(\frac1\tau I+W_2W_2^\top)$, so $z-h=W_2^\top(\frac1\tau I+W_2W_2^\top)^{-1}e$ solves it. Then $y-W_2z=e-W_2(z-h)=(I+\tau W_2W_2^\top)^{-1}e$.

*Implicit step.* A change of $V$ in directions orthogonal to $x$ costs and brings nothing: the minimiser is $V=W_1+cx^\top$, with $Vx=h+c\|x\|^2=:z$ and $\frac1{2\eta}\|V-W_1\|_F^2=\frac{\|c\|^2\|x\|^2}{2\eta}=\frac{\|z-h\|^2}{2\eta\|x\|^2}=\frac1{2\tau}\|z-h\|^2$. So $z$ minimises $E$, and $V=W_1+(z-h)x^\top/\|x\|^2$.

*Loss.* After learning $W_1^+x=z$, and the eigenvalues of $(I+\tau W_2W_2^\top)^{-1}$ are at most $(1+\tau s^2)^{-1}$. $\square$

*Letters.* $\tau$ is the ratio of two precisions, $e$ an error, $s$ a singular value; $E$ is an energy, no expectation.

## How sharp it is

Two identities, and an inequality that is attained with one output.

## What is run

Random layers of up to three units, $\tau$ from $0.05$ to $400$. The energy is minimised, and the implicit step made, by solving their linear systems; no formula of the theorem is used there.

## What must fail

One percent off. With $\|x\|\ne1$ the learning step without the division by $\|x\|^2$ is another step; the comparison would show it.

## Exercises

1. Write $z$ for one hidden unit and one output.
2. Let $\tau\to\infty$ with $W_2$ of full row rank. What is the step, and which method is it?
3. Why is the square of the error multiplied by $(1-\tau s^2)^2$ by back-propagation for one output, and which $\tau$ is safe?
:*/

SHARP(sharp, { .parameters = "inputs=2,hidden=3,outputs=2,tau=1", .note = "a layer of three units", .ratio = 1 })
CONTROL(control, { .parameters = "inputs=2,hidden=3,outputs=2,tau=1", .note = "one percent off", .factor = 1.01 })
SHARP(sharp_loss,
	{ .parameters = "inputs=2,hidden=3,outputs=1,tau=5", .note = "one output", .ratio = 1 },
	{ .parameters = "inputs=2,hidden=3,outputs=3,tau=400", .note = "three outputs, a long step" })
CONTROL(control_loss, { .parameters = "inputs=2,hidden=3,outputs=1,tau=5", .note = "one percent better",
	.factor = 0.99 })

/*: {.plumbing} :*/
enum { INPUTS, HIDDEN, OUTPUTS, TAU };
enum { MOST = 3 };

struct layer {
	size_t d, h, m;
	double tau, x[MOST], W1[MOST][MOST], W2[MOST][MOST], y[MOST], hidden[MOST], e[MOST], xx;
};

static void draw(const rate_point *p, struct layer *l)
{
	double z[2 * MOST * MOST + 2 * MOST];

	*l = (struct layer){ .d = (size_t)p->c->param[INPUTS], .h = (size_t)p->c->param[HIDDEN],
		                 .m = (size_t)p->c->param[OUTPUTS], .tau = p->c->param[TAU] };
	p->host->normals(p->host, p->number, 0, 2 * MOST * MOST + 2 * MOST, z);
	memcpy(l->W1, z, sizeof l->W1);
	memcpy(l->W2, z + MOST * MOST, sizeof l->W2);
	memcpy(l->x, z + 2 * MOST * MOST, sizeof l->x);
	memcpy(l->y, z + 2 * MOST * MOST + MOST, sizeof l->y);
	for (size_t j = 0; j < l->d; j++)
		l->xx += l->x[j] * l->x[j];
	for (size_t i = 0; i < l->h; i++)
		for (size_t j = 0; j < l->d; j++)
			l->hidden[i] += l->W1[i][j] * l->x[j];
	for (size_t k = 0; k < l->m; k++) {
		l->e[k] = l->y[k];
		for (size_t i = 0; i < l->h; i++)
			l->e[k] -= l->W2[k][i] * l->hidden[i];
	}
}

/* z, by the stationarity of the energy: (I/tau + W_2'W_2) z = h/tau + W_2'y. */
static int settle(const rate_point *p, const struct layer *l, double *z)
{
	double a[MOST * MOST], b[MOST];

	for (size_t i = 0; i < l->h; i++) {
		b[i] = l->hidden[i] / l->tau;
		for (size_t k = 0; k < l->m; k++)
			b[i] += l->W2[k][i] * l->y[k];
		for (size_t j = 0; j < l->h; j++) {
			a[i * l->h + j] = i == j ? 1 / l->tau : 0;
			for (size_t k = 0; k < l->m; k++)
				a[i * l->h + j] += l->W2[k][i] * l->W2[k][j];
		}
	}
	return p->host->solve(p->host, l->h, a, b, z);
}

/* W_2 W_2' */
static void gram(const struct layer *l, double *a)
{
	for (size_t k = 0; k < l->m; k++)
		for (size_t j = 0; j < l->m; j++) {
			a[k * l->m + j] = 0;
			for (size_t i = 0; i < l->h; i++)
				a[k * l->m + j] += l->W2[k][i] * l->W2[j][i];
		}
}

/* What a condition number of 1 + tau |W_2|^2 leaves of the digits, for values of the size of `size`. */
static double scale(const struct layer *l, double size)
{
	double w2 = 0;

	for (size_t k = 0; k < l->m; k++)
		for (size_t i = 0; i < l->h; i++)
			w2 += l->W2[k][i] * l->W2[k][i];
	return 100 * size * (1 + l->tau * w2);
}

static int evaluate_equilibrium(const rate_point *p, double *left, double *right, double *s)
{
	struct layer l;
	double z[MOST], a[MOST * MOST], f[MOST], change[MOST], formula[MOST] = { 0 };

	draw(p, &l);
	gram(&l, a);
	for (size_t k = 0; k < l.m * l.m; k++)
		a[k] = l.tau * a[k] + (k % (l.m + 1) == 0);
	if (settle(p, &l, z) || p->host->solve(p->host, l.m, a, l.e, f))
		return RATE_FAIL;
	for (size_t i = 0; i < l.h; i++) {
		change[i] = z[i] - l.hidden[i];
		for (size_t k = 0; k < l.m; k++)
			formula[i] += l.tau * l.W2[k][i] * f[k];
	}
	*left = along(l.h, change);
	*right = along(l.h, formula);
	*s = scale(&l, size_along(l.h, z) + size_along(l.h, l.hidden));
	return RATE_OK;
}

/* The implicit step as one system for the entries of V: (xx' (x) W_2'W_2 + I/eta) V = W_2'y x' + W_1/eta. */
static int evaluate_implicit(const rate_point *p, double *left, double *right, double *s)
{
	enum { ENTRIES = MOST * MOST };
	struct layer l;
	double z[MOST], a[ENTRIES * ENTRIES], b[ENTRIES], V[ENTRIES], learnt[ENTRIES], eta;
	size_t N;

	draw(p, &l);
	N = l.h * l.d;
	eta = l.tau / l.xx;
	if (settle(p, &l, z))
		return RATE_FAIL;
	for (size_t i = 0; i < l.h; i++)
		for (size_t j = 0; j < l.d; j++) {
			b[i * l.d + j] = l.W1[i][j] / eta;
			for (size_t k = 0; k < l.m; k++)
				b[i * l.d + j] += l.W2[k][i] * l.y[k] * l.x[j];
			learnt[i * l.d + j] = l.W1[i][j] + (z[i] - l.hidden[i]) * l.x[j] / l.xx;
			for (size_t f = 0; f < N; f++) {
				double *entry = &a[(i * l.d + j) * N + f];

				*entry = f == i * l.d + j ? 1 / eta : 0;
				for (size_t k = 0; k < l.m; k++)
					*entry += l.x[j] * l.x[f % l.d] * l.W2[k][i] * l.W2[k][f / l.d];
			}
		}
	if (p->host->solve(p->host, N, a, b, V))
		return RATE_FAIL;
	*left = along(N, learnt);
	*right = along(N, V);
	*s = scale(&l, size_along(N, V) + size_along(N, learnt) +
	               (size_along(l.h, z) + size_along(l.h, l.hidden)) / sqrt(l.xx));
	return RATE_OK;
}

static int evaluate_loss(const rate_point *p, double *left, double *right, double *s)
{
	struct layer l;
	double z[MOST], a[MOST * MOST], values[MOST], square = 0, shrunk, size = 0;

	draw(p, &l);
	gram(&l, a);
	if (settle(p, &l, z) || p->host->eigen(p->host, l.m, a, values, NULL))
		return RATE_FAIL;
	*left = 0;
	for (size_t k = 0; k < l.m; k++) {
		double rest = l.y[k];

		for (size_t i = 0; i < l.h; i++) {
			rest -= l.W2[k][i] * z[i];
			size += fabs(l.W2[k][i] * z[i]);
		}
		*left += rest * rest;
		square += l.e[k] * l.e[k];
	}
	shrunk = 1 + l.tau * (l.m <= l.h ? fmax(values[0], 0) : 0);
	*right = square / shrunk / shrunk;
	/* The error left is a small difference of outputs. */
	*s = scale(&l, size + sqrt(square)) * (sqrt(*left) + sqrt(*right)) +
	     0x1p-46 * scale(&l, size) * scale(&l, size);
	return RATE_OK;
}

static const rate_param params[] = {
	[INPUTS] = { "inputs", RATE_INTEGER, "2", 1, MOST, NULL, "entries of x" },
	[HIDDEN] = { "hidden", RATE_INTEGER, "2", 1, MOST, NULL, "entries of h" },
	[OUTPUTS] = { "outputs", RATE_INTEGER, "2", 1, MOST, NULL, "entries of y" },
	[TAU] = { "tau", RATE_REAL, "1", 0.05, 400, NULL, "weight of the output in the energy" },
};

#define PAPER \
	"the claim of Alonso, Millidge, Krichmar and Neftci, A theoretical framework for inference learning, " \
	"arXiv:2206.00164, in the case where it is exact; proved in this file"

CLAIM(inference_equilibrium,
	.id = "inference-equilibrium", .chapter = "sampling-and-averaging", .title = "Where inference settles",
	.statement = "z = argmin ‖z − h‖²/(2τ) + ‖y − W₂z‖²/2: z − h = τW₂ᵀ(I + τW₂W₂ᵀ)⁻¹e, e = y − W₂h",
	.quantity = "z − h, along a fixed direction", .formula = "τW₂ᵀ(I + τW₂W₂ᵀ)⁻¹e", .source = PAPER,
	.kind = RATE_IDENTITY,
	.params = RATE_ROWS(params), .evaluate = evaluate_equilibrium, SHARP_AND_CONTROL)

CLAIM(inference_implicit,
	.id = "inference-implicit", .chapter = "sampling-and-averaging", .title = "Inference learning is implicit SGD",
	.statement = "W₁⁺ = W₁ + (z − h)xᵀ/‖x‖² is argmin_V ‖y − W₂Vx‖²/2 + ‖V − W₁‖²/(2η), η = τ/‖x‖²",
	.quantity = "W₁⁺, along a fixed direction", .formula = "the implicit SGD step", .source = PAPER,
	.kind = RATE_IDENTITY,
	.params = RATE_ROWS(params), .evaluate = evaluate_implicit, SHARP_AND_CONTROL)

CLAIM(inference_loss,
	.id = "inference-loss", .chapter = "sampling-and-averaging",
	.title = "Inference learning never raises the error",
	.statement = "after the step ‖y − W₂W₁⁺x‖² ≤ (1 + τs²)⁻² ‖y − W₂W₁x‖², s² the least eigenvalue of W₂W₂ᵀ",
	.quantity = "‖y − W₂W₁⁺x‖²", .formula = "(1 + τs²)⁻² ‖e‖²", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params), .evaluate = evaluate_loss, .sharp = sharp_loss, .control = control_loss)
