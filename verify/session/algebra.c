/* Services of second order and of sets: Hessians, the minimiser of a cubic model, linear minimisation. Their own
 * linear algebra sums in a fixed order, as what a method computes has the same bits on every machine; d is small.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/algebra.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"
#include "verify/session/guard.h"

#define SESSION(run) ((rate_session *)(run)->host)

static int lacks(rate_session *s, const char *what)
{
	return rate_fail(&s->error, "%s: it has no %s", s->plugin, what);
}

/* ---- Eigenvectors by Jacobi's rotations ---- */

/* One rotation in the plane of p and q that makes a_pq zero; the rows of v turn along. */
static void rotate(size_t d, double *a, double *v, size_t p, size_t q)
{
	double apq = a[p * d + q], theta, t, c, s;

	if (apq == 0)
		return;
	theta = (a[q * d + q] - a[p * d + p]) / (2 * apq);
	t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1));
	c = 1 / sqrt(t * t + 1);
	s = t * c;
	for (size_t k = 0; k < d; k++) {
		double x = a[k * d + p], y = a[k * d + q];
		a[k * d + p] = c * x - s * y;
		a[k * d + q] = s * x + c * y;
	}
	for (size_t k = 0; k < d; k++) {
		double x = a[p * d + k], y = a[q * d + k];
		a[p * d + k] = c * x - s * y;
		a[q * d + k] = s * x + c * y;
		x = v[p * d + k], y = v[q * d + k];
		v[p * d + k] = c * x - s * y;
		v[q * d + k] = s * x + c * y;
	}
	a[p * d + q] = a[q * d + p] = 0;
}

static double off_diagonal(size_t d, const double *a)
{
	double sum = 0;

	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			sum += i == j ? 0 : fabs(a[i * d + j]);
	return sum;
}

static void swap_rows(size_t d, double *values, double *v, size_t i, size_t j)
{
	double t = values[i];

	values[i] = values[j];
	values[j] = t;
	for (size_t k = 0; k < d; k++) {
		t = v[i * d + k];
		v[i * d + k] = v[j * d + k];
		v[j * d + k] = t;
	}
}

void rate_jacobi(size_t d, double *a, double *values, double *vectors)
{
	memset(vectors, 0, d * d * sizeof *vectors);
	for (size_t i = 0; i < d; i++)
		vectors[i * d + i] = 1;
	for (int sweep = 0; sweep < 60 && off_diagonal(d, a) > 0; sweep++)
		for (size_t p = 0; p + 1 < d; p++)
			for (size_t q = p + 1; q < d; q++)
				/* What no longer counts beside the diagonal is dropped, so that the sweeps end. */
				if (sweep > 3 &&
				    fabs(a[p * d + q]) <= 0x1p-60 * fmin(fabs(a[p * d + p]), fabs(a[q * d + q])))
					a[p * d + q] = a[q * d + p] = 0;
				else
					rotate(d, a, vectors, p, q);
	for (size_t i = 0; i < d; i++)
		values[i] = a[i * d + i];
	for (size_t i = 0; i + 1 < d; i++) {
		size_t least = i;
		for (size_t j = i + 1; j < d; j++)
			if (values[j] < values[least])
				least = j;
		if (least != i)
			swap_rows(d, values, vectors, i, least);
	}
}

/* ---- Hessians ---- */

static int hessian_product_at(rate_session *s, const double *x, const double *v, double *out)
{
	rate_enter(s, "Hessian product");
	return rate_check_answer(s, s->hessian->product(s->f.self, x, v, out), "Hessian product", x, out, s->run.d);
}

int rate_hessian_at(rate_session *s, const double *x, double *h)
{
	size_t d = s->run.d;

	if (!s->hessian)
		return lacks(s, "Hessian (hessian/1)");
	if (s->hessian->dense) {
		rate_enter(s, "Hessian");
		return rate_check_answer(s, s->hessian->dense(s->f.self, x, h), "Hessian", x, h, d * d);
	}
	for (size_t j = 0; j < d; j++) {
		memset(s->work, 0, d * sizeof *s->work);
		s->work[j] = 1;
		if (hessian_product_at(s, x, s->work, h + j * d))
			return RATE_FAIL;
	}
	return RATE_OK;
}

/* Room for `count` matrices and three vectors, kept by the session. */
static double *room(rate_session *s, size_t count)
{
	size_t d = s->run.d, want = count * d * d + 3 * d;

	if (s->algebra_room < want) {
		free(s->algebra);
		s->algebra = malloc(want * sizeof *s->algebra);
		s->algebra_room = s->algebra ? want : 0;
		if (!s->algebra)
			rate_fail(&s->error, "out of memory for matrices of %zu x %zu", d, d);
	}
	return s->algebra;
}

int rate_svc_hessian_product(rate_run *run, const double *x, const double *v, double *out)
{
	rate_session *s = SESSION(run);
	size_t d = run->d;
	double *h;

	if (!s->hessian)
		return lacks(s, "Hessian (hessian/1)");
	for (size_t r = 0; r < run->nrep; r++) {
		const double *at = x + r * run->ld, *by = v + r * run->ld;
		double *to = out + r * run->ld;
		if (s->hessian->product) {
			if (hessian_product_at(s, at, by, to))
				return RATE_FAIL;
			continue;
		}
		if (!(h = room(s, 1)) || rate_hessian_at(s, at, h))
			return RATE_FAIL;
		for (size_t i = 0; i < d; i++)
			to[i] = rate_dot_n(h + i * d, by, d);
	}
	return RATE_OK;
}

/* ---- The minimiser of <g, s> + <(H + shift I) s, s>/2 + (M/6)|s|^3 ----
 * In the eigenbasis, with c = V g: s_i = -c_i/(l_i + shift + M r/2) where r = |s| and no denominator is negative. */

typedef struct model {
	size_t d;
	const double *l, *c;
	double shift, M;
} model;

static double length_at(const model *m, double r)
{
	double sum = 0;

	for (size_t i = 0; i < m->d; i++) {
		double below = m->l[i] + m->shift + m->M * r / 2;
		double s = m->c[i] == 0 ? 0 : m->c[i] / below;
		sum += s * s;
	}
	return sqrt(sum);
}

/* The r at which |s(r)| = r; from `low` on, |s(r)| falls. */
static double solve_length(const model *m, double low)
{
	double high = fmax(low, 1);

	while (length_at(m, high) > high)
		high *= 2;
	for (;;) {
		double mid = low + (high - low) / 2;
		if (!(mid > low && mid < high))
			return high;
		if (length_at(m, mid) > mid)
			low = mid;
		else
			high = mid;
	}
}

/* Coordinates of the step in the eigenbasis; RATE_FAIL if M = 0 and the matrix is singular. */
static int solve_model(const model *m, double *step)
{
	double least = m->l[0] + m->shift, low = m->M > 0 ? fmax(0, -2 * least / m->M) : 0, r = 0, size = 0;
	int hard = 0;

	for (size_t i = 0; i < m->d; i++)
		size = fmax(size, fabs(m->l[i] + m->shift));
	if (m->M > 0) {
		/* In the hard case g has no part along the lowest eigenvectors, and what is missing of |s| = low lies
		 * there. */
		hard = low > 0 && length_at(m, low * (1 + 0x1p-50)) <= low;
		r = hard ? low : solve_length(m, low);
	}
	for (size_t i = 0; i < m->d; i++) {
		double below = m->l[i] + m->shift + m->M * r / 2;
		if (m->M <= 0 && fabs(below) <= 0x1p-50 * size)
			return RATE_FAIL;
		step[i] = m->c[i] == 0 || (hard && fabs(below) <= 0x1p-50 * size) ? 0 : -m->c[i] / below;
	}
	if (hard) {
		double sum = 0;
		for (size_t i = 0; i < m->d; i++)
			sum += step[i] * step[i];
		step[0] += sqrt(fmax(0, low * low - sum));
	}
	return RATE_OK;
}

int rate_svc_model_step(rate_run *run, const double *x, const double *g, double M, double shift, double *step)
{
	rate_session *s = SESSION(run);
	size_t d = run->d;
	double *h = room(s, 2);

	for (size_t r = 0; h && r < run->nrep; r++) {
		double *v = h + d * d, *l = v + d * d, *c = l + d, *z = c + d, *out = step + r * run->ld;
		if (rate_hessian_at(s, x + r * run->ld, h))
			return RATE_FAIL;
		rate_jacobi(d, h, l, v);
		for (size_t i = 0; i < d; i++)
			c[i] = rate_dot_n(v + i * d, g + r * run->ld, d);
		if (solve_model(&(model){ d, l, c, shift, M }, z))
			return rate_fail(&s->error, "the Hessian of the Newton step is singular");
		for (size_t j = 0; j < d; j++)
			out[j] = 0;
		for (size_t i = 0; i < d; i++)
			for (size_t j = 0; j < d; j++)
				out[j] += z[i] * v[i * d + j];
	}
	return h ? RATE_OK : RATE_FAIL;
}

/* ---- Linear minimisation over the feasible set ---- */

int rate_svc_lmo(rate_run *run, const double *c, double *out)
{
	rate_session *s = SESSION(run);

	if (!s->lmo)
		return lacks(s, "linear minimisation over its feasible set (lmo/1)");
	for (size_t r = 0; r < run->nrep; r++) {
		const double *row = c + r * run->ld;
		double *to = out + r * run->ld;
		rate_enter(s, "linear minimisation");
		if (rate_check_answer(s, s->lmo->minimise(s->f.self, row, to), "linear minimisation", row, to, run->d))
			return RATE_FAIL;
	}
	return RATE_OK;
}
