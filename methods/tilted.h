/* Means under the density ~ exp(-alpha f(z)) N(z; m, s^2 I) in one or two dimensions, for convex f.
 *
 * It is log-concave with one mode p, which is found by bisection on derivatives, coordinate by coordinate. About p the
 * integral is taken along rays: two of them on the line; in the plane as many as it takes for the mean to stay where it
 * is when they are doubled. Each ray ends at R, where the density is e^-45 of its largest value or less, and is cut at
 * R/2, R/4, ..., with 16 nodes of Gauss and Legendre to a piece; a piece whose halves say something else is cut again.
 * So narrow densities do no harm, nor do kinks and bends anywhere on the ray.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RATECHECK_METHODS_TILTED_H
#define RATECHECK_METHODS_TILTED_H

#include <math.h>

#include "ratecheck/ratecheck.h"

enum { PIECES = 4, MOST_PIECES = 2048, NODES = 16, FEW_RAYS = 32, MOST_RAYS = 2048 };
#define TAIL 45 /* e^-45 of the largest density is nothing */

static const double tilted_node[NODES / 2] = {
	0.095012509837637441, 0.28160355077925892, 0.45801677765722737, 0.61787624440264377,
	0.755404408355003, 0.86563120238783176, 0.9445750230732326, 0.98940093499164994,};
static const double tilted_weight[NODES / 2] = {
	0.1894506104550685, 0.18260341504492358, 0.16915651939500254, 0.14959598881657674,
	0.12462897125553388, 0.095158511682492786, 0.062253523938647894, 0.027152459411754096,};

struct tilted {
	rate_run *run;
	double alpha, s;
	const double *m;                   /* d numbers */
	double *at, *work;                 /* two blocks to spoil */
	int gradients;                     /* wanted: slope */
	double mode[2], mean[2], slope[2]; /* p, E z, E grad f(z) */
	double variance, f_mode;           /* of z, on the line; f(p) */
	double steep;                      /* with slope, on the line: E |f'(z)| */
	double doubt;                      /* the share of the integrals on which no piece and its halves agreed */
	double close;                      /* the share that is rounding */
};

/* The point z in every row of a block. */
RATE_INLINE void tilted_put(struct tilted *q, const double *z)
{
	for (size_t r = 0; r < q->run->nrep; r++)
		for (size_t j = 0; j < q->run->d; j++)
			q->at[r * q->run->ld + j] = z[j];
}

RATE_INLINE int tilted_value(struct tilted *q, const double *z, double *f)
{
	tilted_put(q, z);
	if (rate_value_at(q->run, q->at, q->work))
		return RATE_FAIL;
	*f = *q->work;
	return RATE_OK;
}

/* grad f(z) in row 0 of q->work */
RATE_INLINE int tilted_gradient(struct tilted *q, const double *z)
{
	tilted_put(q, z);
	return rate_gradient(q->run, q->at, q->work);
}

/* p_j <- where V = alpha f + |. - m|^2/(2 s^2) is least along coordinate j: within s^2 |V'| of where we are. */
RATE_INLINE int tilted_bisect(struct tilted *q, size_t j, double *moved)
{
	double s2 = q->s * q->s, from = q->mode[j], low = from, high = from, slope;

	if (tilted_gradient(q, q->mode))
		return RATE_FAIL;
	slope = s2 * q->alpha * q->work[j] + from - q->m[j];
	if (slope > 0)
		low -= slope * (1 + 0x1p-40);
	else
		high -= slope * (1 + 0x1p-40);
	for (int k = 0; k < 200 && low < high; k++) {
		double middle = q->mode[j] = low + (high - low) / 2;
		if (tilted_gradient(q, q->mode))
			return RATE_FAIL;
		slope = s2 * q->alpha * q->work[j] + middle - q->m[j];
		if (middle <= low || middle >= high || slope == 0)
			break;
		if (slope > 0)
			high = middle;
		else
			low = middle;
	}
	*moved = fmax(*moved, fabs(q->mode[j] - from));
	return RATE_OK;
}

RATE_INLINE int tilted_find_mode(struct tilted *q)
{
	double moved = INFINITY;

	for (size_t j = 0; j < q->run->d; j++)
		q->mode[j] = q->m[j];
	for (int sweep = 0; sweep < (q->run->d > 1 ? 60 : 1) && moved > 1e-14 * q->s; sweep++) {
		moved = 0;
		for (size_t j = 0; j < q->run->d; j++)
			if (tilted_bisect(q, j, &moved))
				return RATE_FAIL;
	}
	return RATE_OK;
}

enum { MASS, FIRST, SECOND = FIRST + 2, SLOPES, SUMS = SLOPES + 2 };

/* Sums over nodes, and of the sizes of what is added there; f' at the nodes of a piece, on the line. */
struct tilted_sums { double sum[SUMS], size[SUMS], slope[NODES]; };

/* f(p + r u), and by how much -log of the density is larger there than at p. */
RATE_INLINE int tilted_above(struct tilted *q, const double *u, double r, double *z, double *above)
{
	double f, along = 0;

	for (size_t j = 0; j < q->run->d; j++) {
		z[j] = q->mode[j] + r * u[j];
		along += (2 * (q->mode[j] - q->m[j]) + r * u[j]) * r * u[j];
	}
	if (tilted_value(q, z, &f))
		return RATE_FAIL;
	/* not below 0: p is the mode. Differences of large values carry an error of alpha |f| eps. */
	*above = fmax(q->alpha * (f - q->f_mode) + along / (2 * q->s * q->s), 0);
	return RATE_OK;
}

RATE_INLINE void tilted_term(struct tilted_sums *to, size_t k, double term)
{
	to->sum[k] += term;
	to->size[k] += fabs(term);
}

/* Adds a node at p + r u with the weight `area`. */
RATE_INLINE int tilted_add(struct tilted *q, const double *u, double r, double area, struct tilted_sums *to)
{
	size_t d = q->run->d;
	double z[2], above, weight;

	if (tilted_above(q, u, r, z, &above))
		return RATE_FAIL;
	weight = area * exp(-above);
	tilted_term(to, MASS, weight);
	tilted_term(to, SECOND, weight * r * r);
	for (size_t j = 0; j < d; j++)
		tilted_term(to, FIRST + j, weight * r * u[j]);
	if (!q->gradients)
		return RATE_OK;
	if (tilted_gradient(q, z))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		tilted_term(to, SLOPES + j, weight * q->work[j]);
	return RATE_OK;
}

RATE_INLINE int tilted_piece(struct tilted *q, const double *u, double low, double high, struct tilted_sums *to)
{
	double half = (high - low) / 2;

	*to = (struct tilted_sums){ .sum = { 0 } };
	for (int i = 0; i < NODES; i++) {
		double r = low + half * (1 + (i % 2 ? 1 : -1) * tilted_node[i / 2]);
		if (tilted_add(q, u, r, half * tilted_weight[i / 2] * (q->run->d > 1 ? r : 1), to))
			return RATE_FAIL;
		if (q->gradients)
			to->slope[i] = *q->work;
	}
	return RATE_OK;
}

RATE_INLINE void tilted_join(struct tilted_sums *to, const struct tilted_sums *more)
{
	for (size_t k = 0; k < SUMS; k++) {
		to->sum[k] += more->sum[k];
		to->size[k] += more->size[k];
	}
}

/* By which share of what is on the ray a piece and its halves differ. */
RATE_INLINE double tilted_differ(const struct tilted_sums *whole, const struct tilted_sums *halves,
                                 const struct tilted_sums *ray)
{
	double most = 0;

	for (size_t k = 0; k < SUMS; k++)
		if (ray->size[k] > 0)
			most = fmax(most, fabs(whole->sum[k] - halves[0].sum[k] - halves[1].sum[k]) / ray->size[k]);
	return most;
}

/* The polynomial through f' at all nodes, at an end of the piece. */
RATE_INLINE double tilted_extend(const struct tilted_sums *on, int end)
{
	double above = 0, below = 0;

	for (int i = 0; i < NODES; i++) {
		double x = i % 2 ? tilted_node[i / 2] : -tilted_node[i / 2];
		double share = sqrt((1 - x * x) * tilted_weight[i / 2]) / (end ? 1 - x : 1 + x);
		if ((i % 2 ? i / 2 : i / 2 + 1) % 2)
			share = -share;
		above += share * on->slope[i];
		below += share;
	}
	return above / below;
}

/* What a bend between an end of the piece and the next node hides: f', which is monotone, is not there what the nodes
 * tell. On the line. */
RATE_INLINE int tilted_hidden(struct tilted *q, const double *u, double low, double high, const struct tilted_sums *on,
                              double *hidden)
{
	double gap = (high - low) / 2 * (1 - tilted_node[NODES / 2 - 1]);

	*hidden = 0;
	for (int end = 0; end < 2 && q->gradients && q->run->d == 1; end++) {
		double z, above;
		if (tilted_above(q, u, end ? high : low, &z, &above) || tilted_gradient(q, &z))
			return RATE_FAIL;
		*hidden = fmax(*hidden, fabs(*q->work - tilted_extend(on, end)) * gap * exp(-above));
	}
	return RATE_OK;
}

/* One piece of a ray and what is on it, kept on a stack of those that are to be cut. */
struct tilted_cut { double low, high; struct tilted_sums on; };

/* Adds what is on a piece, cut for as long as that makes a difference above `close`. */
RATE_INLINE int tilted_refine(struct tilted *q, const double *u, const struct tilted_cut *piece, double close,
                              const struct tilted_sums *ray, int *left, struct tilted_sums *to)
{
	struct tilted_cut stack[64] = { *piece };

	for (size_t depth = 1; depth-- > 0;) {
		struct tilted_cut now = stack[depth];
		double middle = now.low + (now.high - now.low) / 2, differ, hidden;
		struct tilted_sums half[2];
		if (tilted_piece(q, u, now.low, middle, &half[0]) || tilted_piece(q, u, middle, now.high, &half[1]) ||
		    tilted_hidden(q, u, now.low, now.high, &now.on, &hidden))
			return RATE_FAIL;
		differ = tilted_differ(&now.on, half, ray);
		if (ray->size[SLOPES] > 0)
			differ = fmax(differ, hidden / ray->size[SLOPES]);
		if (differ > close && depth + 2 <= sizeof stack / sizeof *stack && (*left -= 2) > 0) {
			stack[depth++] = (struct tilted_cut){ now.low, middle, half[0] };
			stack[depth++] = (struct tilted_cut){ middle, now.high, half[1] };
			continue;
		}
		q->doubt += differ > close ? differ : 0;
		tilted_join(to, &half[0]);
		tilted_join(to, &half[1]);
	}
	return RATE_OK;
}

RATE_INLINE int tilted_ray(struct tilted *q, const double *u, struct tilted_sums *to)
{
	double high = 9 * q->s, above, z[2], close;
	struct tilted_cut piece[PIECES];
	struct tilted_sums ray = { .sum = { 0 } };
	int left = MOST_PIECES;

	/* -log of the density is convex: beyond it all but vanishes, and within it is not narrow. */
	while (tilted_above(q, u, high / 2, z, &above) == RATE_OK && above >= TAIL && high > 0x1p-900)
		high /= 2;
	/* Values, points and their sums are rounded: what differs by less is equal. */
	close = 0x1p-50 * (1 + q->alpha * fabs(q->f_mode) +
	                   TAIL * hypot(q->mode[0], q->run->d > 1 ? q->mode[1] : 0) / high);
	q->close = fmax(q->close, close);
	for (int k = 0; k < PIECES; k++, high /= 2) {
		piece[k] = (struct tilted_cut){ .low = k + 1 < PIECES ? high / 2 : 0, .high = high };
		if (tilted_piece(q, u, piece[k].low, high, &piece[k].on))
			return RATE_FAIL;
		tilted_join(&ray, &piece[k].on);
	}
	for (int k = 0; k < PIECES; k++)
		if (tilted_refine(q, u, &piece[k], close, &ray, &left, to))
			return RATE_FAIL;
	return RATE_OK;
}

/* Mean, variance and slope from what was added up. */
RATE_INLINE void tilted_means(struct tilted *q, const struct tilted_sums *of)
{
	const double *sum = of->sum;

	q->steep = of->size[SLOPES] / sum[MASS];
	q->variance = sum[SECOND] / sum[MASS];
	for (size_t j = 0; j < q->run->d; j++) {
		double off = sum[FIRST + j] / sum[MASS];
		q->mean[j] = q->mode[j] + off;
		q->slope[j] = sum[SLOPES + j] / sum[MASS];
		if (q->run->d == 1)
			q->variance -= off * off;
	}
}

/* Fills in mode, mean and variance, and slope if it is wanted. */
RATE_INLINE int tilted(struct tilted *q)
{
	size_t d = q->run->d, rays = d > 1 ? FEW_RAYS : 2;
	double before[2] = { INFINITY, INFINITY };
	struct tilted_sums sums = { .sum = { 0 } };

	if (d > 2)
		return q->run->call->fail(q->run, "the quadrature is in at most two dimensions, not in %zu", d);
	q->doubt = q->close = 0;
	if (tilted_find_mode(q) || tilted_value(q, q->mode, &q->f_mode))
		return RATE_FAIL;
	for (; rays <= MOST_RAYS; rays *= 2) {
		/* after the first time those between the rays that are there */
		for (size_t i = isinf(*before) ? 0 : 1; i < rays; i += isinf(*before) ? 1 : 2) {
			double turn = 2 * acos(-1) * (double)i / (double)rays;
			double u[2] = { d > 1 ? cos(turn) : i ? -1 : 1, sin(turn) };
			if (tilted_ray(q, u, &sums))
				return RATE_FAIL;
		}
		tilted_means(q, &sums);
		if (d == 1 || hypot(q->mean[0] - before[0], q->mean[1] - before[1]) < fmax(1e-12, q->close) * q->s)
			return RATE_OK;
		before[0] = q->mean[0];
		before[1] = q->mean[1];
	}
	return q->run->call->fail(q->run, "the density is too thin, or f not smooth enough, for %d rays", MOST_RAYS);
}

#endif
