/* The probe of operators: prox, projection, linear minimisation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

#define EPS 0x1p-52

/* ---- Prox: no point near p is better, by the margin that strong convexity of the problem demands ---- */

typedef struct proxed {
	int of_h; /* else of term i */
	size_t i;
	double gamma;
} proxed;

static int prox_of(rate_prober *p, const proxed *q, const double *x, double *out)
{
	rate_session *s = p->s;

	if (q->of_h)
		return rate_prox_at(s, q->gamma, x, out);
	return s->sum->prox(s->f.self, q->i, q->gamma, x, out) == RATE_OK && isfinite(rate_norm_n(out, p->d))
	    ? RATE_OK : RATE_FAIL;
}

static int model(rate_prober *p, const proxed *q, const double *at, double *v, double *scale)
{
	rate_session *s = p->s;
	double g, r2 = 0;

	if (q->of_h ? s->composite->value(s->f.self, at, &g) != RATE_OK : s->sum->value(s->f.self, q->i, at,
	    &g) != RATE_OK)
		return RATE_FAIL;
	for (size_t j = 0; j < p->d; j++)
		r2 += (at[j] - p->x[j]) * (at[j] - p->x[j]);
	*v = g + r2 / (2 * q->gamma);
	*scale = fabs(g) + r2 / (2 * q->gamma);
	if (!q->of_h && isfinite(s->c.L_max))
		*scale += s->c.L_max * rate_dot_n(at, at, p->d);
	return RATE_OK;
}

/* Of a field: the resolvent, p + gamma V_i(p) = x. */
static int probe_resolvent(rate_prober *p)
{
	rate_session *s = p->s;
	char why[160];

	for (size_t k = 0; k < p->points; k++) {
		proxed q = { .gamma = pow(10, (double)(k % 5) - 2) / (isfinite(s->c.L) && s->c.L > 0 ? s->c.L : 1) };
		double off = 0, size;
		rate_draw_pair(p);
		q.i = p->draw % (s->run.n ? s->run.n : 1);
		if (prox_of(p, &q, p->x, p->y) || rate_g_i(s, q.i, p->y, p->gy))
			return RATE_FAIL;
		for (size_t j = 0; j < p->d; j++)
			off += (p->y[j] + q.gamma * p->gy[j] - p->x[j]) * (p->y[j] + q.gamma * p->gy[j] - p->x[j]);
		off = sqrt(off);
		size = rate_norm_n(p->x, p->d) + rate_norm_n(p->y, p->d) + q.gamma * rate_norm_n(p->gy, p->d) +
		    p->reach;
		snprintf(why, sizeof why, "resolvent with gamma=%.3g: p + gamma V(p) is off x by %.6g", q.gamma, off);
		rate_note_oracle(p, "term prox", off / size, off > 1e-11 * size ? why : NULL);
	}
	return RATE_OK;
}

int rate_probe_prox(rate_prober *p, int of_h)
{
	rate_session *s = p->s;
	proxed q = { .of_h = of_h };
	int convex = rate_constant_of(s, "convex", NULL) == 1;
	char why[160];

	if (!of_h && !rate_family_has(s->family->tests, "prox"))
		return probe_resolvent(p);
	for (size_t k = 0; k < p->points; k++) {
		double best, scale, size;
		q.gamma = pow(10, (double)(k % 5) - 2) / (isfinite(s->c.L) && s->c.L > 0 ? s->c.L : 1);
		rate_draw_pair(p);
		q.i = p->draw % (s->run.n ? s->run.n : 1);
		if (prox_of(p, &q, p->x, p->y) || model(p, &q, p->y, &best, &scale))
			return RATE_FAIL;
		size = rate_norm_n(p->x, p->d) + rate_norm_n(p->y, p->d);
		for (int w = 0; w < 8; w++) {
			double v, other, margin = 0, h = size * pow(10, -w);
			rate_draw_direction(p, w < 6 ? 0 : 1 + 2 * k);
			for (size_t j = 0; j < p->d; j++) {
				p->a[j] = p->y[j] + h * p->e[j];
				margin += (p->a[j] - p->y[j]) * (p->a[j] - p->y[j]) / (2 * q.gamma);
			}
			if (model(p, &q, p->a, &v, &other))
				return RATE_FAIL;
			if (!convex)
				margin = 0;
			snprintf(why, sizeof why, "prox with gamma=%.3g: a point nearby has %.12g, the prox %.12g",
			         q.gamma, v, best);
			rate_note_oracle(p, of_h ? "prox" : "term prox", fmax(best + margin - v, 0) / (scale + 1e-300),
			                 v < best + margin -
			                 64 * EPS * (scale + other + size * size / q.gamma) ? why : NULL);
		}
	}
	return RATE_OK;
}

/* ---- Feasible sets ---- */

int rate_probe_projection(rate_prober *p)
{
	rate_session *s = p->s;
	size_t d = p->d;
	char why[160];

	for (size_t k = 0; s->projection && k < 4 * p->points; k++) {
		double inner = 0, moved = 0, size;
		rate_draw_pair(p);
		rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, d, p->a);
		for (size_t j = 0; j < d; j++)
			p->a[j] = p->x[j] + p->reach * exp2((double)(k % 12) - 6) * p->a[j];
		memcpy(p->b, p->a, d * sizeof *p->a);
		if (rate_project_at(s, p->b))
			return RATE_FAIL;
		memcpy(p->turn, p->b, d * sizeof *p->b);
		if (rate_project_at(s, p->turn))
			return RATE_FAIL;
		for (size_t j = 0; j < d; j++) {
			inner += (p->a[j] - p->b[j]) * (p->y[j] - p->b[j]);
			moved += (p->turn[j] - p->b[j]) * (p->turn[j] - p->b[j]);
		}
		moved = sqrt(moved);
		size = rate_norm_n(p->a, d) + rate_norm_n(p->b, d) + rate_norm_n(p->y, d);
		snprintf(why, sizeof why, "a second projection moves the point by %.6g", moved);
		rate_note_oracle(p, "projection", moved / size, moved > 64 * EPS * size ? why : NULL);
		snprintf(why, sizeof why, "<x-Px, z-Px> = %.6g > 0 for a feasible z", inner);
		rate_note_oracle(p, "projection", moved / size, inner > 64 * EPS * size * size ? why : NULL);
	}
	return RATE_OK;
}

int rate_probe_lmo(rate_prober *p)
{
	rate_session *s = p->s;
	const rate_lmo *lmo = rate_capability(s, "lmo/1");
	char why[160];

	for (size_t k = 0; lmo && s->projection && k < p->points; k++) {
		double best, other, size;
		rate_draw_pair(p);
		rate_draw_direction(p, k);
		if (lmo->minimise(s->f.self, p->e, p->a) != RATE_OK)
			return RATE_FAIL;
		best = rate_dot_n(p->e, p->a, p->d);
		other = rate_dot_n(p->e, p->y, p->d);
		size = rate_norm_n(p->a, p->d) + rate_norm_n(p->y, p->d);
		memcpy(p->b, p->a, p->d * sizeof *p->a);
		if (rate_project_at(s, p->b))
			return RATE_FAIL;
		for (size_t j = 0; j < p->d; j++)
			p->b[j] -= p->a[j];
		snprintf(why, sizeof why, "<c,s> = %.9g, a feasible point has %.9g; s is off the set by %.3g", best,
		         other, rate_norm_n(p->b, p->d));
		rate_note_oracle(p, "lmo", fmax(best - other, 0) / (size + 1e-300),
		                 best > other + 64 * EPS * size || rate_norm_n(p->b, p->d) >
		                 64 * EPS * size ? why : NULL);
	}
	return RATE_OK;
}

static int inner_gradient(rate_prober *p, size_t i, const double *x, double *g)
{
	double c;

	return p->s->composition->inner(p->s->f.self, i, x, &c, g);
}

/* The parts of a term make up its value, the tangent of the inner one is one, and a prox of the outer one has no better
 * neighbour. Without terms it is the whole function. */
int rate_probe_composition(rate_prober *p)
{
	rate_session *s = p->s;
	const rate_composition *c = s->composition;
	size_t n = s->sum ? s->run.n : 1;
	char why[200];

	for (size_t k = 0; c && k < 2 * p->points; k++) {
		size_t i = k % n;
		int off;
		double whole, inner, outer, ahead, behind, z, best, other, linear = 0, h, slope,
		    tau = exp2((double)(k % 9) - 4);
		rate_draw_pair(p);
		rate_draw_direction(p, k);
		h = 1e-6 * (rate_norm_n(p->x, p->d) + 1e-3 * p->reach);
		for (size_t j = 0; j < p->d; j++)
			p->b[j] = p->x[j] + h * p->e[j];
		if (c->inner(s->f.self, i, p->b, &ahead, p->a) != RATE_OK)
			return RATE_FAIL;
		for (size_t j = 0; j < p->d; j++)
			p->b[j] = p->x[j] - h * p->e[j];
		if (c->inner(s->f.self, i, p->b, &behind, p->a) != RATE_OK ||
		    c->inner(s->f.self, i, p->x, &inner, p->a) != RATE_OK)
			return RATE_FAIL;
		slope = rate_dot_n(p->a, p->e, p->d);
		if (c->linear && c->linear(s->f.self, i, p->b) == RATE_OK)
			linear = rate_dot_n(p->b, p->x, p->d);
		if ((s->sum ? s->sum->value(s->f.self, i, p->x, &whole) : s->f.cls->value(s->f.self, p->x,
		    &whole)) != RATE_OK ||
		    c->outer(s->f.self, i, inner, &outer) != RATE_OK ||
		    c->outer_prox(s->f.self, i, tau, inner, &z) != RATE_OK ||
		    c->outer(s->f.self, i, z, &best) != RATE_OK)
			return RATE_FAIL;
		best += (z - inner) * (z - inner) / (2 * tau);
		snprintf(why, sizeof why, "term %zu is %.9g, its parts make %.9g", i, whole, linear + outer);
		rate_note_oracle(p, "composition",
		                 fabs(whole - linear - outer) / (fabs(whole) + fabs(linear) + fabs(outer) + 1e-300),
		                 fabs(whole - linear - outer) >
		                 1e-9 * (fabs(whole) + fabs(linear) + fabs(outer) + fabs(inner)) ? why : NULL);
		/* Between the one-sided slopes, at a kink too; second order in h away from it. */
		snprintf(why, sizeof why, "inner function of term %zu: slope %.9g, differences %.9g and %.9g", i, slope,
		         (ahead - inner) / h, (inner - behind) / h);
		other = 1e-4 * (fabs(slope) + fabs(ahead - behind) / h + fabs(inner) * 1e-6 / h);
		off = slope > fmax(ahead - inner, inner - behind) / h + other ||
		    slope < fmin(ahead - inner, inner - behind) / h - other;
		off = off && !rate_slopes_around(p, inner_gradient, i, h, (ahead - behind) / (2 * h), slope);
		rate_note_oracle(p, "composition", 0, off ? why : NULL);
		for (int side = -1; side <= 1; side += 2)
			for (double step = 1; step > 1e-6; step /= 16) {
				double there = z + side * step * (fabs(z) + fabs(inner - z) + 1e-3), v;
				if (c->outer(s->f.self, i, there, &v) != RATE_OK)
					return RATE_FAIL;
				v += (there - inner) * (there - inner) / (2 * tau);
				snprintf(why, sizeof why, "outer prox of term %zu with tau=%.3g at %.9g: "
				                          "%.9g beside it is better", i, tau, inner,
				         there);
				rate_note_oracle(p, "composition", 0, v < best -
				                 64 * EPS * (fabs(v) + fabs(best) + inner * inner / tau) ? why : NULL);
			}
	}
	return RATE_OK;
}

/* The nu of the penalty nu n |q - 1/n|^2: where no weight is cut off, l_i - l_j = 2 nu n (q_i - q_j). NaN: none shows,
 * as where the losses are fewer than two. */
static double penalty_of(rate_prober *p, double *l, double *q, double cap)
{
	rate_session *s = p->s;
	size_t n = s->losses;

	rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, n, l);
	for (int k = 0; k < 60 && n > 1; k++) {
		size_t high = 0, low = 0;

		for (size_t i = 0; i < n; i++) {
			l[i] *= k ? 0.25 : 1;
			high = l[i] > l[high] ? i : high;
			low = l[i] < l[low] ? i : low;
		}
		if (s->risk->weights(s->f.self, l, q) != RATE_OK)
			return NAN;
		if (q[low] > 0 && q[high] > q[low] && q[high] < fmin(cap, 1) * (1 - 1e-9))
			return (l[high] - l[low]) / (2 * (double)n * (q[high] - q[low]));
	}
	return NAN;
}

/* Weights are weights, and with them the slopes of the losses make the gradient. The value itself is not known here:
 * the penalty is the objective's own. */
int rate_probe_risk(rate_prober *p)
{
	rate_session *s = p->s;
	const rate_risk *risk = s->risk;
	size_t n = s->losses;
	double *l, *q, cap = rate_known(s, "risk.cap"), mu = rate_known(s, "risk.mu"), count = rate_known(s, "risk.n");
	double nu = rate_known(s, "risk.nu");
	char why[200];
	int rc = RATE_OK;

	if (!risk || !(l = malloc(2 * n * sizeof *l)))
		return risk ? RATE_FAIL : RATE_OK;
	q = l + n;
	snprintf(why, sizeof why, "risk.mu = %.9g and risk.n = %.9g, the ridge is %.9g and there are %zu losses", mu,
	         count, risk->ridge, n);
	rate_note_oracle(p, "risk", 0, (mu == mu && mu != risk->ridge) || (count == count && count != (double)n)
	                 ? why : NULL);
	if (nu == nu) {
		double seen = penalty_of(p, l, q, cap == cap ? cap : 1);

		snprintf(why, sizeof why, "risk.nu = %.9g, and the weights are those of %.9g", nu, seen);
		rate_note_oracle(p, "risk", 0, fabs(seen - nu) > 1e-6 * fabs(nu) ? why : NULL);
	}
	for (size_t k = 0; k < 2 * p->points && rc == RATE_OK; k++) {
		double sum = 0, least = INFINITY, most = 0, off = 0, size = 0;

		rate_draw_pair(p);
		rc = s->f.cls->gradient(s->f.self, p->x, p->a);
		for (size_t i = 0; i < n && rc == RATE_OK; i++)
			rc = risk->loss(s->f.self, i, p->x, l + i);
		rc = rc ? rc : risk->weights(s->f.self, l, q);
		for (size_t j = 0; j < p->d; j++)
			p->a[j] -= risk->ridge * p->x[j];
		for (size_t i = 0; i < n && rc == RATE_OK; i++) {
			rc = risk->slope(s->f.self, i, p->x, p->b);
			sum += q[i];
			least = fmin(least, q[i]);
			most = fmax(most, q[i]);
			for (size_t j = 0; j < p->d; j++)
				p->a[j] -= q[i] * p->b[j];
			size += fabs(q[i]) * rate_norm_n(p->b, p->d);
		}
		off = rate_norm_n(p->a, p->d);
		size += risk->ridge * rate_norm_n(p->x, p->d);
		snprintf(why, sizeof why,
		         "weights from %.9g on that add up to %.9g; the gradient is %.3g off from their mean slope",
		         least, sum, off);
		if (most > cap * (1 + 1e-9)) {
			char above[80];

			snprintf(above, sizeof above, "a weight of %.9g, and risk.cap = %.9g", most, cap);
			rate_note_oracle(p, "risk", 0, above);
		}
		rate_note_oracle(p, "risk", size > 0 ? off / size : 0,
		                 off > 1e-9 * size || fabs(sum - 1) > 1e-9 || least < 0 ? why : NULL);
	}
	free(l);
	return rc == RATE_OK ? RATE_OK : RATE_FAIL;
}

/* ---- Networks ---- */

/* |W(x - mean)| and |x - mean|, the mean over agents, and how far W moves that mean. */
static int spread_of(rate_prober *p, double *before, double *after, double *moved)
{
	const rate_network *network = p->s->network;
	size_t N = p->s->agents, d = p->d / N;

	if (network->mix(p->s->f.self, p->a, p->b) != RATE_OK)
		return RATE_FAIL;
	*before = *after = *moved = 0;
	for (size_t j = 0; j < d; j++) {
		double mean = 0, mixed = 0;

		for (size_t i = 0; i < N; i++) {
			mean += p->a[i * d + j] / (double)N;
			mixed += p->b[i * d + j] / (double)N;
		}
		for (size_t i = 0; i < N; i++) {
			*before += (p->a[i * d + j] - mean) * (p->a[i * d + j] - mean);
			*after += (p->b[i * d + j] - mean) * (p->b[i * d + j] - mean);
		}
		*moved = fmax(*moved, fabs(mixed - mean));
	}
	*before = sqrt(*before);
	*after = sqrt(*after);
	return RATE_OK;
}

/* W is symmetric, keeps the mean of the copies, brings them together by the declared network.rho at least, and mixes no
 * coordinate of a copy with another. */
int rate_probe_network(rate_prober *p)
{
	rate_session *s = p->s;
	size_t d = s->network ? p->d / s->agents : 1;
	double rho = s->network ? rate_known(s, "network.rho") : NAN, before, after, moved;
	double said = s->network ? rate_known(s, "network.agents") : NAN;
	double high = s->network ? rate_known(s, "network.lambda_2") : NAN;
	double low = s->network ? rate_known(s, "network.lambda_n") : NAN;
	rate_knowledge kind = 0;
	double g2 = s->network ? rate_constant_of(s, "network.g2", &kind) : NAN;
	char why[200];

	if (!(rho <= 1))
		rho = 1;
	if (s->network && said == said && said != (double)s->agents) {
		snprintf(why, sizeof why, "network.agents = %.9g, and there are %zu", said, s->agents);
		rate_note_oracle(p, "network", 0, why);
	}
	/* What is said to be exact is not too large either. */
	if (s->network && g2 == g2 && kind == RATE_EXACT && s->x_star && isfinite(s->c.L)) {
		double seen = NAN, size = s->c.L * (rate_norm_n(s->x_star, p->d) + p->reach);

		if (rate_score_g2(p, &seen))
			return RATE_FAIL;
		snprintf(why, sizeof why, "network.g2 = %.9g, the slopes at x_star make %.9g", g2, seen);
		rate_note_oracle(p, "network", 0, g2 > seen * (1 + 1e-6) + 1e-18 * size * size && !(s->x_star_error > 0)
		                 ? why : NULL);
	}
	if (high >= 1 || low <= -1) {
		snprintf(why, sizeof why, "network.lambda_2 = %.9g, network.lambda_n = %.9g: agents never agree",
		         high, low);
		rate_note_oracle(p, "network", 0, why);
	}
	for (size_t k = 0; s->network && k < 2 * p->points; k++) {
		double one, other, size, most = 0;

		/* Every second time only one coordinate of the copies is not 0. */
		rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, p->d, p->a);
		rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, p->d, p->turn);
		for (size_t j = 0; j < p->d && k % 2; j++)
			if (j % d != k / 2 % d)
				p->a[j] = 0;
		if (spread_of(p, &before, &after, &moved))
			return RATE_FAIL;
		size = rate_norm_n(p->a, p->d);
		for (size_t j = 0; j < p->d && k % 2; j++)
			if (j % d != k / 2 % d)
				most = fmax(most, fabs(p->b[j]));
		one = rate_dot_n(p->b, p->turn, p->d);
		if (s->network->mix(s->f.self, p->turn, p->b) != RATE_OK)
			return RATE_FAIL;
		other = rate_dot_n(p->a, p->b, p->d);
		snprintf(why, sizeof why, "<Wx, y> - <x, Wy> = %.3g, the mean moves by %.3g, the distance from it "
		         "shrinks to %.9g of it (network.rho = %.9g)%s", one - other, moved, after / before, rho,
		         most > 0 ? ", and coordinates are mixed" : "");
		rate_note_oracle(p, "network", before > 0 ? after / before : 0,
		                 fabs(one - other) > 1e-12 * size * rate_norm_n(p->turn, p->d) ||
		                 moved > 1e-12 * size || most > 0 ||
		                 after > rho * before * (1 + 1e-9) + 64 * EPS * size ? why : NULL);
	}
	return RATE_OK;
}

int rate_probe_operators(rate_prober *p)
{
	if ((p->s->composite && rate_probe_prox(p, 1)) || (p->s->sum && p->s->sum->prox && rate_probe_prox(p, 0)))
		return RATE_FAIL;
	if (rate_probe_projection(p) || rate_probe_lmo(p) || rate_probe_composition(p) || rate_probe_risk(p) ||
	    rate_probe_network(p))
		return RATE_FAIL;
	return RATE_OK;
}
