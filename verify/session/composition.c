/* The step on the model of a term: the outer function of the tangent of the inner one (composition/1).
 *
 * With y = x - gamma p_i and c' = c_i(x) + <a, y - x> the minimiser lies on the line y + R a, and on it only the outer
 * function counts: p = y + a (z - c')/|a|^2 with z = prox of gamma |a|^2 h_i at c'.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/algebra.h"
#include "verify/session/guard.h"

#include <stdio.h>
#include <string.h>

static int model_prox_at(rate_session *s, size_t i, double gamma, const double *x, double *p)
{
	const rate_composition *parts = s->composition;
	double *a = s->work, c, z, a2;
	size_t d = s->run.d;

	memmove(p, x, d * sizeof *p);
	rate_enter(s, "inner function");
	if (rate_check_answer(s, parts->inner(s->f.self, i, x, &c, a), "inner function", x, a, d))
		return RATE_FAIL;
	if (parts->linear) {
		double *linear = s->work + s->run.ld;
		rate_enter(s, "linear part");
		if (rate_check_answer(s, parts->linear(s->f.self, i, linear), "linear part", x, linear, d))
			return RATE_FAIL;
		c -= gamma * rate_dot_n(a, linear, d);
		for (size_t j = 0; j < d; j++)
			p[j] -= gamma * linear[j];
	}
	a2 = rate_dot_n(a, a, d);
	if (!(a2 > 0)) /* the model is constant but for p_i */
		return RATE_OK;
	rate_enter(s, "outer prox");
	if (rate_check_answer(s, parts->outer_prox(s->f.self, i, gamma * a2, c, &z), "outer prox", &c, &z, 1))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		p[j] += (z - c) / a2 * a[j];
	return RATE_OK;
}

int rate_svc_model_prox(rate_run *run, const rate_sample *sample, double gamma, const double *x, double *p)
{
	rate_session *s = run->host;

	if (!s->composition || sample->batch != 1)
		return rate_fail(&s->error, "%s: its terms are no compositions (composition/1)", s->plugin);
	for (size_t r = 0; r < run->nrep; r++)
		if (model_prox_at(s, s->sum ? sample->index[r] : 0, gamma, x + r * run->ld, p + r * run->ld))
			return RATE_FAIL;
	return RATE_OK;
}
