/* A metric B with mu_metric B <= Hess f <= L_metric B: the objective's own (metric/1); of rows (glm/1), A'A/n times the
 * largest slope of the link, plus the ridge; or the Hessian itself where it is constant (hessian/1 and L_2 = 0).
 *
 * B never changes: it is made and taken apart once, in the session that asks for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/metric.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"
#include "verify/session/algebra.h"
#include "verify/session/guard.h"

#define SESSION(run) ((rate_session *)(run)->host)

/* Work and eigenvectors of larger matrices take too long. */
enum { MOST = 256 };
/* Eigenvalues below this share of the largest are zeros of B, or rounding. */
#define ZERO 0x1p-40

static int lacks(rate_session *s)
{
	return rate_fail(&s->error,
	                 "%s: it has no metric (metric/1, rows, or a constant Hessian) in at most %d dimensions",
	                 s->plugin, MOST);
}

/* Of the mean loss of rows: loss'' is 1 for squares, between 0 and 1/4 for the logistic one. */
static void of_rows(const rate_design *m, rate_eigenmetric *e, double *b)
{
	double slope = m->link == RATE_SQUARE ? 1 : 0.25;

	for (size_t i = 0; i < m->n; i++) {
		const uint32_t *column;
		const double *a;
		size_t n = rate_design_row(m, i, &column, &a);
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				b[(column ? column[j] : j) * m->d + (column ? column[k] : k)] +=
				    slope * a[j] * a[k] / (double)m->n;
	}
	for (size_t j = 0; j < m->d; j++)
		b[j * m->d + j] += m->ridge;
	e->L = 1;
	e->mu = m->link == RATE_SQUARE ? 1 : NAN;
}

/* B of the session into e->b: RATE_OK if there is one. */
static int make(rate_session *s, rate_eigenmetric *e)
{
	size_t d = s->run.d;

	if (s->metric) {
		if (!s->metric->dense)
			return RATE_FAIL;
		rate_enter(s, "metric");
		return rate_check_answer(s, s->metric->dense(s->f.self, e->b), "metric", e->b, e->b, d * d);
	}
	if (s->has_model) {
		of_rows(&s->model, e, e->b);
		return RATE_OK;
	}
	if (!s->hessian || rate_known(s, "L_2") != 0 || !s->x0)
		return RATE_FAIL;
	e->L = e->mu = 1;
	return rate_hessian_at(s, s->x0, e->b);
}

const rate_eigenmetric *rate_metric_of(rate_session *s)
{
	rate_eigenmetric *e = s->eigenmetric;
	size_t d = s->run.d;
	double *spoilt;

	if (e)
		return e->state == RATE_METRIC_THERE ? e : NULL;
	if (d > MOST || !(e = calloc(1, sizeof *e)))
		return NULL;
	s->eigenmetric = e;
	e->L = e->mu = NAN;
	e->state = RATE_METRIC_NONE;
	if (!(e->b = calloc((2 * d + 3) * d, sizeof *e->b)) || make(s, e) || !(spoilt = malloc(d * d * sizeof *spoilt)))
		return NULL;
	e->vectors = e->b + d * d;
	e->values = e->vectors + d * d;
	e->work = e->values + d;
	for (size_t i = 0; i < d; i++) /* what is almost symmetric is made so */
		for (size_t j = 0; j < d; j++)
			spoilt[i * d + j] = (e->b[i * d + j] + e->b[j * d + i]) / 2;
	rate_jacobi(d, spoilt, e->values, e->vectors);
	free(spoilt);
	if (!(e->values[d - 1] > 0))
		return NULL;
	/* Of rows with a logistic loss only the ridge bends everywhere: Hess f >= ridge I >= (ridge/most) B. */
	if (s->has_model && !s->metric && s->model.ridge > 0)
		e->mu = s->model.link == RATE_SQUARE ? 1 : s->model.ridge / (e->values[d - 1] * (1 + 1e-12));
	e->state = RATE_METRIC_THERE;
	return e;
}

void rate_metric_free(rate_session *s)
{
	if (s->eigenmetric)
		free(s->eigenmetric->b);
	free(s->eigenmetric);
	s->eigenmetric = NULL;
}

double rate_metric_fact(rate_session *s, rate_metric_name which)
{
	const rate_eigenmetric *e = rate_metric_of(s);
	size_t d = s->run.d, low = 0;
	double sum = 0, said;

	if (!e)
		return NAN;
	switch (which) {
	case RATE_L_METRIC:
	case RATE_MU_METRIC:
		said = rate_known(s, which == RATE_L_METRIC ? "L_metric" : "mu_metric");
		said = said == said || s->metric ? said : which == RATE_L_METRIC ? e->L : e->mu;
		return said > 0 ? said : NAN;
	case RATE_METRIC_MOST:
		return e->values[d - 1] * (1 + 1e-12);
	case RATE_METRIC_LEAST:
		while (e->values[low] <= ZERO * e->values[d - 1])
			if (e->values[low++] > 1e-14 * (double)d * e->values[d - 1])
				return NAN; /* neither clearly 0 nor clearly not */
		return e->values[low] - 1e-14 * (double)d * e->values[d - 1];
	case RATE_METRIC_RANK:
		while (e->values[low] <= ZERO * e->values[d - 1])
			low++;
		return (double)(d - low);
	case RATE_D2_METRIC:
		for (size_t i = 0; i < d && s->x_star; i++) {
			double along = 0;
			for (size_t j = 0; j < d; j++)
				along += e->vectors[i * d + j] * (s->x0[j] - s->x_star[j]);
			sum += fmax(e->values[i], 0) * along * along;
		}
		return s->x_star ? sum : NAN;
	}
	return NAN;
}

/* ---- Services ---- */

/* out <- sum of phi_i v_i <v_i, v> over the eigenvectors v_i. */
static void function_of(const rate_eigenmetric *e, size_t d, const double *phi, const double *v, double *out)
{
	for (size_t i = 0; i < d; i++)
		e->work[i] = phi[i] * rate_dot_n(e->vectors + i * d, v, d);
	memset(out, 0, d * sizeof *out);
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < d; j++)
			out[j] += e->work[i] * e->vectors[i * d + j];
}

static int own_products(rate_session *s, rate_run *run, const double *v, double *out)
{
	for (size_t r = 0; r < run->nrep; r++) {
		const double *row = v + r * run->ld;
		double *to = out + r * run->ld;
		rate_enter(s, "metric");
		if (rate_check_answer(s, s->metric->product(s->f.self, row, to), "metric", row, to, run->d))
			return RATE_FAIL;
	}
	return RATE_OK;
}

int rate_svc_metric(rate_run *run, int inverse, const double *v, double *out)
{
	rate_session *s = SESSION(run);
	const rate_eigenmetric *e;
	size_t d = run->d;

	if (s->metric && !inverse)
		return own_products(s, run, v, out);
	if (!(e = rate_metric_of(s)))
		return *s->error.text ? RATE_FAIL : lacks(s);
	for (size_t r = 0; r < run->nrep; r++) {
		const double *row = v + r * run->ld;
		double *to = out + r * run->ld;
		for (size_t i = 0; i < d && !inverse; i++)
			to[i] = rate_dot_n(e->b + i * d, row, d);
		if (!inverse)
			continue;
		for (size_t i = 0; i < d; i++)
			e->work[d + i] = e->values[i] > ZERO * e->values[d - 1] ? 1 / e->values[i] : 0;
		function_of(e, d, e->work + d, row, to);
	}
	return RATE_OK;
}

int rate_svc_metric_spectrum(rate_run *run, double *values)
{
	const rate_eigenmetric *e = rate_metric_of(SESSION(run));

	if (!e)
		return *SESSION(run)->error.text ? RATE_FAIL : lacks(SESSION(run));
	memcpy(values, e->values, run->d * sizeof *values);
	return RATE_OK;
}

int rate_svc_metric_function(rate_run *run, const double *phi, const double *v, double *out)
{
	const rate_eigenmetric *e = rate_metric_of(SESSION(run));

	if (!e)
		return *SESSION(run)->error.text ? RATE_FAIL : lacks(SESSION(run));
	for (size_t r = 0; r < run->nrep; r++)
		function_of(e, run->d, phi, v + r * run->ld, out + r * run->ld);
	return RATE_OK;
}
