/* The minimiser: the objective's own, or found here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

#define EPS 0x1p-52

/* The Hessian at x, from the plugin or by central differences of gradients (columns), symmetrised. */
static int hessian_at(rate_session *s, const double *x, double *h)
{
	size_t d = s->run.d;
	double *p, *gp, *gm;
	int rc = RATE_OK;

	if (s->hessian && s->hessian->dense)
		return s->hessian->dense(s->f.self, x, h);
	if (!(p = malloc(3 * d * sizeof *p)))
		return RATE_FAIL;
	gp = p + d;
	gm = p + 2 * d;
	memcpy(p, x, d * sizeof *p);
	for (size_t j = 0; j < d && !rc; j++) {
		double step = 6e-6 * fmax(1, fabs(x[j]));
		p[j] = x[j] + step;
		rc = rate_g(s, p, gp);
		p[j] = x[j] - step;
		rc = rc ? rc : rate_g(s, p, gm);
		p[j] = x[j];
		for (size_t i = 0; i < d; i++)
			h[i * d + j] = (gp[i] - gm[i]) / (2 * step);
	}
	for (size_t i = 0; i < d; i++)
		for (size_t j = 0; j < i; j++)
			h[i * d + j] = h[j * d + i] = (h[i * d + j] + h[j * d + i]) / 2;
	free(p);
	return rc;
}

/* Damped Newton steps; stops when the gradient no longer shrinks. *norm: the gradient norm reached. */
static int newton(rate_session *s, double *x, double *norm)
{
	size_t d = s->run.d;
	double *h = malloc(d * d * sizeof *h), *g = malloc(4 * d * sizeof *g), *step = g + d, *y = g + 2 * d, *gy = g + 3 * d;
	const rate_host *host = rate_host_services();
	int rc = RATE_FAIL;

	if (!h || !g || rate_g(s, x, g))
		goto out;
	*norm = rate_norm_n(g, d);
	for (int k = 0; k < 100 && *norm > 0; k++) {
		double t = 1, better = INFINITY;
		if (hessian_at(s, x, h) || host->solve(host, d, h, g, step))
			goto out;
		for (; t > 1e-10; t /= 2) {
			for (size_t j = 0; j < d; j++)
				y[j] = x[j] - t * step[j];
			if (rate_g(s, y, gy))
				goto out;
			if ((better = rate_norm_n(gy, d)) < *norm)
				break;
		}
		if (!(better < *norm))
			break;
		memcpy(x, y, d * sizeof *x);
		memcpy(g, gy, d * sizeof *g);
		*norm = better;
	}
	rc = RATE_OK;
out:
	free(h);
	free(g);
	return rc;
}

/* out <- y - grad f(y)/L, then the prox of h/L and the projection (at most one of the two is there); *move = |y - out|. */
static int forward_backward(rate_session *s, const double *y, double *g, double *out, double *move)
{
	size_t d = s->run.d;
	double L = s->c.L, *point = s->work + s->run.ld;

	if (rate_g(s, y, g))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		point[j] = y[j] - g[j] / L;
	if (rate_prox_at(s, 1 / L, point, out) || rate_project_at(s, out))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		point[j] = y[j] - out[j];
	*move = rate_norm_n(point, d);
	return RATE_OK;
}

/* Minimises F = f + h, or f over the feasible set: accelerated proximal gradient, restarted when the momentum points
 * uphill, until the steps are down to rounding. *norm bounds a subgradient of F at x, the step's own:
 * v = L (y - p) + grad f(p) - grad f(y) at p = prox(y - grad f(y)/L). */
static int proximal_gradient(rate_session *s, double *x, double *norm)
{
	enum { STEPS = 20000 };
	size_t d = s->run.d;
	double *y = malloc(4 * d * sizeof *y), *p = y + d, *gy = y + 2 * d, *gp = y + 3 * d, move = INFINITY, theta = 1;
	int rc = RATE_FAIL;

	if (!y)
		return RATE_FAIL;
	memcpy(y, x, d * sizeof *y);
	for (int k = 0; k < STEPS; k++) {
		double uphill = 0, next = (1 + sqrt(1 + 4 * theta * theta)) / 2;
		if (forward_backward(s, y, gy, p, &move))
			goto out;
		if (move <= 2 * EPS * rate_norm_n(p, d))
			break;
		for (size_t j = 0; j < d; j++)
			uphill += (y[j] - p[j]) * (p[j] - x[j]);
		if (uphill > 0)
			theta = next = 1;
		for (size_t j = 0; j < d; j++)
			y[j] = p[j] + (theta - 1) / next * (p[j] - x[j]);
		memcpy(x, p, d * sizeof *x);
		theta = next;
	}
	/* The last step starts from x itself. */
	memcpy(y, x, d * sizeof *y);
	if (forward_backward(s, y, gy, x, &move) || rate_g(s, x, gp))
		goto out;
	for (size_t j = 0; j < d; j++)
		p[j] = s->c.L * (y[j] - x[j]) + gp[j] - gy[j];
	*norm = rate_norm_n(p, d) + 4 * EPS * s->c.L * rate_norm_n(x, d);
	rc = isfinite(*norm) ? RATE_OK : RATE_FAIL;
out:
	free(y);
	return rc;
}

int rate_find_minimiser(rate_session *s)
{
	size_t d = s->run.d;
	double *x = calloc(s->run.ld, sizeof *x), norm, mu = fmax(s->c.mu, 0) + fmax(s->c.mu_h, 0);

	if (!x)
		return RATE_FAIL;
	s->x_star = x;
	s->x_star_certified = 1;
	if (rate_vector_of(s, "x_star", d, x) == RATE_OK)
		return RATE_OK;
	s->x_star = NULL;
	/* Only a smooth convex f can be minimised here: a subgradient v of F at x and mu prove |x - x_star| <= |v|/mu. */
	if (!(s->c.L > 0) || rate_constant_of(s, "convex", NULL) == 0 || d > 500)
		goto none;
	memcpy(x, s->x0, d * sizeof *x);
	if (s->composite || s->projection ? proximal_gradient(s, x, &norm) : newton(s, x, &norm))
		goto none;
	s->x_star = x;
	if (mu > 0) {
		s->x_star_error = norm / mu;
		return RATE_OK;
	}
	/* A comparator that the method could pass by is none. */
	if (rate_g(s, s->x0, s->work))
		goto none;
	if (norm > (s->composite || s->projection ? 1e-12 * s->c.L * rate_norm_n(x, d) : 1e-10 * rate_norm_n(s->work, d))) {
		s->x_star = NULL;
		goto none;
	}
	s->x_star_certified = 0;
	return RATE_OK;
none:
	*s->error = '\0';
	free(x);
	return RATE_OK;
}
