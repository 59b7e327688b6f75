/* The minimiser: the objective's own, or found here, or the reason why there is none.
 *
 * A smooth convex f is minimised by Newton steps with a dense Hessian where it is small, else, or where that does not
 * come to the end, without any matrix: NLopt's L-BFGS, then Newton steps whose equations are solved by conjugate
 * gradients with products H v from two gradients. What is found is certified by mu, |x - x_star| <= |grad f(x)|/mu.
 * Without mu the gradient must fall to 1e-10 of its start, and the minimiser is said to be uncertified.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/guard.h"

#include <math.h>
#include <nlopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

#define EPS 0x1p-52
#define SMALL 1e-10 /* of the gradient at the start */

enum { DENSE = 500 }; /* the largest d for which a Hessian is made */

/* Gradients that a search may take: many are cheap in a small problem only. */
static double affordable(const rate_session *s)
{
	double numbers = s->has_model && s->model.start ? rate_design_numbers(&s->model)
	                                                : (double)s->run.d * fmax(1, (double)s->run.n);

	return fmin(fmax(1e10 / numbers, 200), 20000);
}

/* ---- With a dense Hessian ---- */

/* The Hessian at x, from the plugin or by central differences of gradients (columns), symmetrised. */
static int hessian_at(rate_session *s, const double *x, double *h)
{
	size_t d = s->run.d;
	double *p, *gp, *gm;
	int rc = RATE_OK;

	if (s->hessian && s->hessian->dense) {
		rate_enter(s, "hessian");
		return rate_check_answer(s, s->hessian->dense(s->f.self, x, h), "hessian", x, h, d * d);
	}
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

/* Damped Newton steps; stops when the gradient no longer shrinks. *norm: the gradient norm reached; *last: the length
 * of the last step. */
static int newton(rate_session *s, double *x, double *norm, double *last)
{
	size_t d = s->run.d;
	double *h = malloc(d * d * sizeof *h), *g = malloc(4 * d * sizeof *g), *step = g + d, *y = g + 2 * d,
	    *gy = g + 3 * d;
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
		*last = t * rate_norm_n(step, d);
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

/* ---- With a prox or a projection ---- */

/* out <- y - grad f(y)/L, then the prox of h/L and the projection (at most one of the two is there); *move = |y -
 * out|. */
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
	const int steps = (int)affordable(s);
	size_t d = s->run.d;
	double *y = malloc(4 * d * sizeof *y), *p = y + d, *gy = y + 2 * d, *gp = y + 3 * d, move = INFINITY, theta = 1;
	int rc = RATE_FAIL;

	if (!y)
		return RATE_FAIL;
	memcpy(y, x, d * sizeof *y);
	for (int k = 0; k < steps; k++) {
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

/* ---- Without a matrix ---- */

typedef struct search {
	rate_session *s;
	size_t d;
	double *x, *g, norm;             /* where it is */
	double *p, *hp, *r, *v, *y, *gy; /* the step, H times a vector, residual, direction, a trial point */
	double start, left;              /* the gradient's norm at x_0; gradients that are left */
	double last;                     /* the length of the last step */
} search;

static int gradient_at(search *q, const double *x, double *g)
{
	q->left--;
	if (rate_g(q->s, x, g) == RATE_OK)
		return RATE_OK;
	rate_no_error(&q->s->error); /* too far out */
	return RATE_FAIL;
}

static double value_for_nlopt(unsigned n, const double *x, double *g, void *user)
{
	search *q = user;
	double f;

	(void)n;
	/* The gradient first: the value may be had with it. */
	if ((g && gradient_at(q, x, g)) || rate_f(q->s, x, &f)) {
		rate_no_error(&q->s->error);
		return HUGE_VAL;
	}
	return f;
}

/* Goes most of the way; what it reports of itself does not matter, the gradient where it ends does. */
static int quasi_newton(search *q)
{
	enum { VECTORS = 10 };
	nlopt_opt opt = nlopt_create(NLOPT_LD_LBFGS, (unsigned)q->d);
	double f;

	if (!opt)
		return RATE_FAIL;
	memcpy(q->y, q->x, q->d * sizeof *q->y);
	nlopt_set_min_objective(opt, value_for_nlopt, q);
	nlopt_set_vector_storage(opt, VECTORS);
	nlopt_set_maxeval(opt, (int)(q->left / 2));
	nlopt_set_ftol_rel(opt, 1e-15);
	nlopt_optimize(opt, q->y, &f);
	nlopt_destroy(opt);
	if (gradient_at(q, q->y, q->gy) == RATE_OK && rate_norm_n(q->gy, q->d) < q->norm) {
		memcpy(q->x, q->y, q->d * sizeof *q->x);
		memcpy(q->g, q->gy, q->d * sizeof *q->g);
		q->norm = rate_norm_n(q->g, q->d);
	}
	return RATE_OK;
}

/* out <- H(x) v, the plugin's own or by a central difference. */
static int product(search *q, const double *v, double *out)
{
	double size = rate_norm_n(v, q->d), h = 6e-6 * fmax(1, rate_norm_n(q->x, q->d)) / size;

	if (q->s->has_model && q->s->model.start && q->s->hessian && q->s->hessian->product) {
		q->left--;
		rate_enter(q->s, "hessian");
		return rate_check_answer(q->s, q->s->hessian->product(q->s->f.self, q->x, v, out), "Hessian", q->x,
		                         out, q->d);
	}
	for (size_t j = 0; j < q->d; j++)
		q->y[j] = q->x[j] + h * v[j];
	if (!(size > 0) || gradient_at(q, q->y, out))
		return RATE_FAIL;
	for (size_t j = 0; j < q->d; j++)
		q->y[j] = q->x[j] - h * v[j];
	if (gradient_at(q, q->y, q->gy))
		return RATE_FAIL;
	for (size_t j = 0; j < q->d; j++)
		out[j] = (out[j] - q->gy[j]) / (2 * h);
	return RATE_OK;
}

/* p <- about -H^{-1} g by conjugate gradients, the closer the smaller g has become. Where H is singular p stays in
 * the span of the gradient and its products, so that the minimiser found is one near x_0. */
static void newton_equation(search *q)
{
	size_t d = q->d;
	double rr = q->norm * q->norm, enough = fmin(0.1, sqrt(q->norm / q->start)) * q->norm;

	for (size_t j = 0; j < d; j++) {
		q->p[j] = 0;
		q->r[j] = q->v[j] = -q->g[j];
	}
	for (size_t k = 0; k < 2 * d + 10 && sqrt(rr) > enough && q->left > 0; k++) {
		double curvature, a, next;
		if (product(q, q->v, q->hp))
			break;
		curvature = rate_dot_n(q->v, q->hp, d);
		/* Straight as far as rounding shows. */
		if (!(curvature > 1e-9 * q->s->c.L * rate_dot_n(q->v, q->v, d)))
			break;
		a = rr / curvature;
		for (size_t j = 0; j < d; j++) {
			q->p[j] += a * q->v[j];
			q->r[j] -= a * q->hp[j];
		}
		next = rate_dot_n(q->r, q->r, d);
		for (size_t j = 0; j < d; j++)
			q->v[j] = q->r[j] + next / rr * q->v[j];
		rr = next;
	}
	if (rate_norm_n(q->p, d) == 0)
		for (size_t j = 0; j < d; j++)
			q->p[j] = -q->g[j] / q->s->c.L;
}

/* y <- x + t p, where the slope along p has fallen to half or less and has hardly changed its sign: no value is
 * compared, so that it goes on where values are all rounding. */
static int line_search(search *q)
{
	double slope = rate_dot_n(q->g, q->p, q->d), t = 1, low = 0, high = INFINITY;

	for (int k = 0; k < 60 && slope < 0 && q->left > 0; k++) {
		double now = INFINITY;
		for (size_t j = 0; j < q->d; j++)
			q->y[j] = q->x[j] + t * q->p[j];
		if (gradient_at(q, q->y, q->gy) == RATE_OK)
			now = rate_dot_n(q->gy, q->p, q->d);
		if (now >= 0.5 * slope && now <= -0.1 * slope) {
			q->last = t * rate_norm_n(q->p, q->d);
			return RATE_OK;
		}
		*(now < 0 ? &low : &high) = t;
		t = isinf(high) ? 2 * t : (low + high) / 2;
	}
	return RATE_FAIL;
}

/* Ends where the gradient no longer shrinks. */
static void truncated_newton(search *q)
{
	double best = q->norm;

	for (int idle = 0; idle < 3 && q->norm > 0 && q->left > 0; idle++) {
		newton_equation(q);
		if (line_search(q))
			return;
		/* Where values are rounding, a smaller gradient is all that counts. */
		if (rate_norm_n(q->gy, q->d) >= best && best < 1e-7 * q->start)
			continue;
		memcpy(q->x, q->y, q->d * sizeof *q->x);
		memcpy(q->g, q->gy, q->d * sizeof *q->g);
		q->norm = rate_norm_n(q->g, q->d);
		if (q->norm < 0.9 * best)
			idle = -1;
		best = fmin(best, q->norm);
	}
}

/* From x_0 to x with the gradient's norm. *taken: how many gradients it took. */
static int matrix_free(rate_session *s, double *x, double *norm, double *last, double *taken)
{
	size_t ld = s->run.ld;
	double *room = calloc(7 * ld, sizeof *room), most = affordable(s);
	search q = { .s = s, .d = s->run.d, .x = x, .g = room, .p = room + ld, .hp = room + 2 * ld, .r = room + 3 * ld,
		         .v = room + 4 * ld, .y = room + 5 * ld, .gy = room + 6 * ld, .left = most, .last = INFINITY };
	int rc = RATE_FAIL;

	memcpy(x, s->x0, s->run.d * sizeof *x);
	if (room && gradient_at(&q, x, q.g) == RATE_OK) {
		q.start = q.norm = rate_norm_n(q.g, q.d);
		if (q.norm > 0 && (rc = quasi_newton(&q)) == RATE_OK)
			truncated_newton(&q);
		rc = q.norm == 0 ? RATE_OK : rc;
		*norm = q.norm;
		*last = q.last;
		*taken = most - q.left;
	}
	free(room);
	return rc;
}

/* ---- Is there one? ---- */

/* Labels that a plane through 0 separates: along its normal every logistic loss falls for ever. */
static int is_separated(const rate_session *s, const double *x)
{
	const rate_design *m = &s->model;

	if (!s->has_model || m->link != RATE_LOGISTIC || m->ridge != 0 || s->composite || s->projection)
		return 0;
	for (size_t i = 0; i < m->n; i++) {
		const uint32_t *column;
		const double *a;
		size_t count = rate_design_row(m, i, &column, &a);
		double sum = 0, size = 0;
		for (size_t k = 0; k < count; k++) {
			double part = a[k] * x[column ? column[k] : k];
			sum += part;
			size += fabs(part);
		}
		/* Dense rows have their label in them. */
		sum *= column ? m->target[i] : 1;
		if (!(sum > (double)(count + 2) * EPS * size))
			return 0;
	}
	return 1;
}

/* The gradient along the way from x_0 to x, as a part of its start. */
static double gradient_on_the_way(rate_session *s, const double *x, double part, double start)
{
	double *y = s->work, *g = s->work + s->run.ld;

	for (size_t j = 0; j < s->run.d; j++)
		y[j] = s->x0[j] + part * (x[j] - s->x0[j]);
	return rate_g(s, y, g) ? NAN : rate_norm_n(g, s->run.d) / start;
}

/* Where f has a minimiser, even a flat one such as that of x^8, the gradient at 0.6 of the way is a fair part of its
 * start; if that is on the flat, then at 0.6 of this way (powers of 1/2 are where a line search turns). One that is
 * there and yet all but gone fades for ever: the longer the search, the farther it would have gone, for its steps do
 * not get shorter. */
static int runs_off(rate_session *s, const double *x, double norm, double last, double start)
{
	double away = 0, gone = fmax(1e-13, 64 * EPS * s->c.L * rate_norm_n(x, s->run.d) / start), part = 0.6, left;

	for (size_t j = 0; j < s->run.d; j++)
		away = hypot(away, x[j] - s->x0[j]);
	if (norm > 0 && !(last > 1e-4 * away))
		return 0;
	while ((left = gradient_on_the_way(s, x, part, start)) <= gone && part > 1e-6)
		part *= 0.6;
	return left > gone && left < 1e-4;
}

/* Far away, L |x| says more of rounding than there is: where 64 eps |x| along the gradient change it by less than a
 * hundredth, it is a slope, and no rest of one that vanishes. */
static int is_a_slope(rate_session *s, const double *x, double norm)
{
	size_t d = s->run.d;
	double *g = s->work, *y = g + s->run.ld, *gy = y + s->run.ld, away = 0, h = 64 * EPS * rate_norm_n(x, d);

	if (rate_g(s, x, g))
		return 0;
	for (int side = -1; side < 2; side += 2) {
		for (size_t j = 0; j < d; j++)
			y[j] = x[j] + side * h * (g[j] / norm);
		if (rate_g(s, y, gy))
			return 0;
		for (size_t j = 0; j < d; j++)
			away = fmax(away, fabs(gy[j] - g[j]));
	}
	return away < 0.01 * norm;
}

__attribute__((format(printf, 2, 3))) static int none(rate_session *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(s->no_minimiser, sizeof s->no_minimiser, format, ap);
	va_end(ap);
	rate_no_error(&s->error);
	free(s->x_star);
	s->x_star = NULL;
	return RATE_OK;
}

/* A smooth f on the whole space. */
static int find_smooth(rate_session *s, double mu)
{
	size_t d = s->run.d;
	double *x = s->x_star, start, norm = INFINITY, last = INFINITY, taken = 0, enough;

	if (rate_g(s, s->x0, s->work))
		return none(s, "no minimiser was found: the gradient cannot be computed at x_0");
	start = rate_norm_n(s->work, d);
	memcpy(x, s->x0, d * sizeof *x);
	if (d > DENSE || newton(s, x, &norm, &last))
		norm = INFINITY;
	enough = fmax(SMALL * start, 64 * EPS * s->c.L * rate_norm_n(x, d));
	if (!(norm <= enough)) {
		double *other = calloc(s->run.ld, sizeof *other), reached = INFINITY;
		rate_no_error(&s->error);
		if (other && matrix_free(s, other, &reached, &last, &taken) == RATE_OK && reached < norm) {
			memcpy(x, other, d * sizeof *x);
			norm = reached;
		}
		free(other);
		enough = fmax(SMALL * start, 64 * EPS * s->c.L * rate_norm_n(x, d));
	}
	if (mu > 0 && isfinite(norm)) {
		s->x_star_error = norm / mu;
		return RATE_OK;
	}
	if (isfinite(norm) && is_separated(s, x))
		return none(s, "f has no minimiser: a plane separates the labels, and along its normal every loss "
		               "falls for ever");
	if (norm <= enough && norm > SMALL * start && is_a_slope(s, x, norm))
		return none(s, "no minimiser was found: at |x| = %.2g the gradient is small beside L |x|, but the "
		               "same on either side: a slope", rate_norm_n(x, d));
	if (!(norm <= enough))
		return none(s, "no minimiser was found: after %.0f gradients (the limit is %.0f) "
		               "that of f is still %.1e of its start, %.0e is wanted; "
		               "the objective can give its x_star (constants/1)", taken, affordable(s),
		               norm / start, SMALL);
	if (runs_off(s, x, norm, last, start))
		return none(s, "f seems to have no minimiser: its gradient fades while the search runs off (|x| = "
		               "%.2g)", rate_norm_n(x, d));
	s->x_star_certified = 0;
	return RATE_OK;
}

/* F = f + h, or f on a feasible set. */
static int find_composite(rate_session *s, double mu)
{
	double norm, *x = s->x_star;

	memcpy(x, s->x0, s->run.d * sizeof *x);
	if (proximal_gradient(s, x, &norm))
		return none(s, "no minimiser was found: a prox, projection or gradient failed on the way");
	if (mu > 0) {
		s->x_star_error = norm / mu;
		return RATE_OK;
	}
	/* A comparator that the method could pass by is none. */
	if (norm > 1e-12 * s->c.L * rate_norm_n(x, s->run.d))
		return none(s, "no minimiser was found: after %.0f proximal steps a subgradient of norm %.1e is left",
		            affordable(s), norm);
	s->x_star_certified = 0;
	return RATE_OK;
}

int rate_find_minimiser(rate_session *s)
{
	double mu = fmax(s->c.mu, 0) + fmax(s->c.mu_h, 0), convex = rate_constant_of(s, "convex", NULL);

	if (!(s->x_star = calloc(s->run.ld, sizeof *s->x_star)))
		return RATE_FAIL;
	s->x_star_certified = 1;
	if (rate_vector_of(s, "x_star", s->run.d, s->x_star) == RATE_OK)
		return RATE_OK;
	/* A subgradient v of a convex F at x and mu prove |x - x_star| <= |v|/mu. */
	if (convex == 0 || (convex != 1 && !(mu > 0)))
		return none(s, "no minimiser is looked for where f is not known to be convex");
	if (!(s->c.L > 0))
		return none(s, "no minimiser is looked for where f has no known L");
	return s->composite || s->projection ? find_composite(s, mu) : find_smooth(s, mu);
}

const char *rate_why_unknown(const rate_session *s, const char *need)
{
	static const char *const by_minimiser[] = { "x_star", "f_star", "F_star", "sigma_star2", "Delta_star",
		"sigma_F2", "grad_star2", "sigma_by_L", "stationary", "inverse_margin", "inverse_least" };

	for (size_t i = 0; i < sizeof by_minimiser / sizeof *by_minimiser; i++)
		if (!strcmp(by_minimiser[i], need) && *s->no_minimiser)
			return s->no_minimiser;
	return "the objective does not have it, or it is not known";
}
