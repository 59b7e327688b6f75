/* Risks of losses (risk/1) and smoothed functions (smoothing/1), as methods and theorems see them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/algebra.h"
#include "verify/session/guard.h"

#include <stdio.h>

static int none(rate_session *s, const char *what)
{
	return rate_fail(&s->error, "%s: %s", s->plugin, what);
}

/* One answer of the objective about row `x`, n numbers. */
#define ASK(call, name, x, answer, n) (rate_enter(s, name), rate_check_answer(s, call, name, x, answer, n))

size_t rate_svc_risk_size(rate_run *run, double *ridge)
{
	rate_session *s = run->host;

	*ridge = s->risk ? s->risk->ridge : 0;
	return s->losses;
}

int rate_svc_risk_loss(rate_run *run, const uint64_t *index, const double *x, double *l, double *g)
{
	rate_session *s = run->host;

	if (!s->risk)
		return none(s, "it is no risk of losses (risk/1)");
	for (size_t r = 0; r < run->nrep; r++) {
		const double *at = x + r * run->ld;
		double *slope = g ? g + r * run->ld : NULL;
		size_t i = (size_t)index[r];

		if (i >= s->losses)
			return none(s, "a loss was asked for that is not there");
		if ((l && ASK(s->risk->loss(s->f.self, i, at, l + r), "loss", at, l + r, 1)) ||
		    (g && ASK(s->risk->slope(s->f.self, i, at, slope), "slope of a loss", at, slope, run->d)))
			return RATE_FAIL;
	}
	return RATE_OK;
}

int rate_svc_risk_weights(rate_run *run, const double *l, double *q)
{
	rate_session *s = run->host;
	size_t n = s->losses;

	if (!s->risk)
		return none(s, "it is no risk of losses (risk/1)");
	for (size_t r = 0; r < run->nrep; r++)
		if (ASK(s->risk->weights(s->f.self, l + r * n, q + r * n), "weights", s->x0, q + r * n, n))
			return RATE_FAIL;
	return RATE_OK;
}

int rate_svc_smoothed(rate_run *run, int law, double radius, const double *x, double *f, double *g)
{
	rate_session *s = run->host;

	if (!s->smoothing)
		return none(s, "it cannot be smoothed exactly (smoothing/1)");
	for (size_t r = 0; r < run->nrep; r++) {
		const double *at = x + r * run->ld;
		double *slope = g ? g + r * run->ld : NULL;

		if (f && ASK(s->smoothing->value(s->f.self, law, radius, at, f + r), "smoothed value", at, f + r, 1))
			return RATE_FAIL;
		if (g && ASK(s->smoothing->gradient(s->f.self, law, radius, at, slope), "smoothed gradient", at,
		             slope, run->d))
			return RATE_FAIL;
	}
	return RATE_OK;
}
