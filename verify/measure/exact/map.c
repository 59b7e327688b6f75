/* Exact expectations by recursion. No recursion is written per method: the maps of a step and the form of the measured
 * quantity are read off (affine.h), and E z z' is propagated with z = (state - centre, average - centre, 1).
 *
 * A method may do something else at every t, and so may a measure. What was read is good for as long as the outcomes
 * of a step from a point of no special form have the same bits as when it was read, and so has the quantity; else it
 * is read again. Where there are many outcomes a part of them is looked at before each step, another one at each, and
 * all now and then. The runner is held against the recursion, two-sidedly, along one of its own paths.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/exact/affine.h"
#include "verify/session/draws.h"
#include "verify/session/rounding.h"
#include "verify/session/guard.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SQUARE = 1000 }; /* side of the squared map */
#define MAX_WORK 6e9

typedef struct moments {
	rate_affine a;
	uint64_t T;
	double most;      /* work */
	double *Z;        /* dim x dim: E (z,1)(z,1)' with z = (state, average) */
	/* core x core: what rounding errors of the recursion have become, in units of 64 eps: +-dZ <= error */
	double *error;
	double *off;      /* dim: its diagonal, that of the average last */
	double *misread;  /* vars: what a step adds to it: products that round, maps that were read with errors */
	double *size;     /* vars: how large the coordinates are at the start, centre and all */
	double polyak;    /* how far the values inside of steps have carried the points, in units of 64 eps */
	double *K, *next, *half, *turned; /* core x core: E of the core, work */
	double *stay;     /* core x core: the weight of the maps that leave both coordinates as they are */
	double *some;     /* core x core: what a few maps add */
	unsigned char *row; /* maps x core: what a map does to a coordinate */
	double *square;   /* the mean of M (x) M on symmetric matrices; NULL: the maps are applied one by one */
	uint64_t *hash;   /* of each part of the outcomes of a step, by the maps that are held; 0: not taken yet */
	size_t parts;
	uint64_t read;    /* the t at which they were read */
	uint64_t known;   /* the last t for which all of them are known to be right */
	double spent;     /* work on reading */
	double *path;     /* dim: the state of one replicate on its way */
	int lost;         /* it left the numbers */
} moments;

/* Why there is no recursion, for the line of the check. 0. */
#define GIVE_UP(m, ...) (snprintf((m)->a.s->note, sizeof (m)->a.s->note, __VA_ARGS__), 0)

static int moments_open(moments *m, rate_session *s, uint64_t T)
{
	size_t cap, D;

	*m = (moments){ .T = T, .most = MAX_WORK * rate_exact_share(s->check) };
	if (rate_affine_open(&m->a, s))
		return RATE_FAIL;
	cap = m->a.core * m->a.core;
	D = m->a.dim;
	m->Z = calloc(D * D + 4 * D, sizeof(double));
	m->K = calloc(7 * cap, sizeof(double));
	if (!m->Z || !m->K)
		return RATE_FAIL;
	m->off = m->Z + D * D;
	m->size = m->off + D;
	m->path = m->size + D;
	m->misread = m->path + D;
	m->next = m->K + cap;
	m->half = m->K + 2 * cap;
	m->error = m->K + 3 * cap;
	m->turned = m->K + 4 * cap;
	m->stay = m->K + 5 * cap;
	m->some = m->K + 6 * cap;
	return RATE_OK;
}

static void moments_close(moments *m)
{
	rate_affine_close(&m->a);
	free(m->Z);
	free(m->K);
	free(m->square);
	free(m->row);
	free(m->hash);
}

/* ---- One step of the moments ---- */

/* Numbers other than 0 in all maps. */
static double filled(const rate_affine *a)
{
	double count = 0;

	for (size_t i = 0; i < a->maps * a->core * a->core; i++)
		count += a->map[i] != 0;
	return count;
}

/* out <- out + A B, in a fixed order; many entries of A are 0. */
static void add_times(const rate_kernels *kernels, size_t rows, size_t inner, size_t columns, const double *A,
                      const double *B, double *out)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t k = 0; k < inner; k++)
			if (A[i * inner + k] != 0)
				kernels->axpy(columns, A[i * inner + k], B + k * columns, out + i * columns);
}

/* A map leaves most coordinates of a method with tables as they are, and the parts of a noise make many 0. */
enum { MOVED, KEPT, VANISHED };

static unsigned char kind_of_row(const double *row, size_t r, size_t S)
{
	for (size_t k = 0; k < S; k++)
		if (row[k] != (k == r ? row[r] : 0))
			return MOVED;
	return row[r] == 1 ? KEPT : row[r] == 0 ? VANISHED : MOVED;
}

/* What the maps that are held do to each coordinate. RATE_FAIL: out of memory. */
static int sort_rows(moments *m)
{
	const rate_affine *a = &m->a;
	size_t S = a->core;

	free(m->row);
	if (!(m->row = calloc(a->maps * S, sizeof *m->row)))
		return RATE_FAIL;
	memset(m->stay, 0, S * S * sizeof *m->stay);
	for (size_t i = 0; i < a->maps; i++) {
		unsigned char *row = m->row + i * S;
		double share = a->share * rate_affine_weight(a, i);

		for (size_t r = 0; r < S; r++)
			row[r] = kind_of_row(a->map + (i * S + r) * S, r, S);
		for (size_t r = 0; r < S; r++)
			for (size_t c = 0; row[r] == KEPT && c < S; c++)
				m->stay[r * S + c] += row[c] == KEPT ? share : 0;
	}
	return RATE_OK;
}

/* next <- next + share M K M' in the rows and columns that M moves. */
static void apply_map(moments *m, const double *M, const unsigned char *row, double share, double *next)
{
	const rate_kernels *kernels = m->a.s->kernels;
	size_t S = m->a.core, moved[RATE_MAX_DIM + 1], count = 0;

	for (size_t r = 0; r < S; r++)
		if (row[r] == MOVED)
			moved[count++] = r;
	memset(m->half, 0, count * S * sizeof *m->half);
	for (size_t k = 0; k < count; k++)
		add_times(kernels, 1, S, S, M + moved[k] * S, m->K, m->half + k * S);
	for (size_t k = 0; k < count; k++)
		for (size_t c = 0; c < S; c++) {
			double along = share * m->half[k * S + c];
			m->turned[c * count + k] = along;
			if (row[c] == KEPT) {
				next[moved[k] * S + c] += along;
				next[c * S + moved[k]] += along;
			}
		}
	for (size_t k = 0; k < count; k++) { /* one half; the other is the same */
		const double *of = M + moved[k] * S;

		memset(m->half, 0, (k + 1) * sizeof *m->half);
		for (size_t c = 0; c < S; c++)
			if (of[c] != 0)
				kernels->axpy(k + 1, of[c], m->turned + c * count, m->half);
		for (size_t j = 0; j <= k; j++)
			next[moved[k] * S + moved[j]] += m->half[j];
		for (size_t j = 0; j < k; j++)
			next[moved[j] * S + moved[k]] += m->half[j];
	}
}

/* next <- mean_i M_i K M_i', map by map. A map moves few coordinates: what it keeps is counted once for all. Sums of
 * many are made of sums of few, whose rounding errors are as few. */
static void apply_maps(moments *m)
{
	const rate_affine *a = &m->a;
	size_t S = a->core;

	for (size_t e = 0; e < S * S; e++)
		m->next[e] = m->stay[e] > 0 ? m->stay[e] * m->K[e] : 0;
	if (a->maps <= RATE_IN_A_ROW) {
		for (size_t i = 0; i < a->maps; i++)
			apply_map(m, a->map + i * S * S, m->row + i * S, a->share * rate_affine_weight(a, i), m->next);
		return;
	}
	for (size_t i = 0; i < a->maps; i++) {
		if (i % RATE_IN_A_ROW == 0)
			memset(m->some, 0, S * S * sizeof *m->some);
		apply_map(m, a->map + i * S * S, m->row + i * S, a->share * rate_affine_weight(a, i), m->some);
		if (i % RATE_IN_A_ROW == RATE_IN_A_ROW - 1 || i + 1 == a->maps)
			a->s->kernels->axpy(S * S, 1, m->some, m->next);
	}
}

/* The same linear map on the upper triangle of K, as one matrix: worth its making when the maps stay the same. */
static void square_maps(moments *m)
{
	const rate_affine *a = &m->a;
	size_t S = a->core, h = S * (S + 1) / 2, row = 0;
	double some[MAX_SQUARE];

	if (h > MAX_SQUARE || !(m->square = calloc(h * h, sizeof *m->square)))
		return;
	for (size_t r = 0; r < S; r++)
		for (size_t c = r; c < S; c++, row++) {
			memset(some, 0, h * sizeof *some);
			for (size_t i = 0; i < a->maps; i++) {
				const double *x = a->map + i * S * S + r * S, *y = a->map + i * S * S + c * S;
				double *at = some, share = a->share * rate_affine_weight(a, i);
				for (size_t p = 0; p < S; p++) {
					double xp = x[p] * share, yp = y[p] * share;
					if (xp != 0 || yp != 0)
						for (size_t q = p; q < S; q++)
							at[q - p] += q == p ? xp * y[p] : xp * y[q] + yp * x[q];
					at += S - p;
				}
				if (i % RATE_IN_A_ROW == RATE_IN_A_ROW - 1 || i + 1 == a->maps) {
					a->s->kernels->axpy(h, 1, some, m->square + row * h);
					memset(some, 0, h * sizeof *some);
				}
			}
		}
}

static void apply_square(moments *m)
{
	size_t S = m->a.core, h = S * (S + 1) / 2, e = 0;
	double K[MAX_SQUARE + 8] = { 0 };

	for (size_t p = 0; p < S; p++)
		for (size_t q = p; q < S; q++)
			K[e++] = m->K[p * S + q];
	e = 0;
	for (size_t r = 0; r < S; r++)
		for (size_t c = r; c < S; c++, e++)
			m->next[r * S + c] = m->next[c * S + r] = m->a.s->kernels->dot(h, m->square + e * h, K);
}

/* next <- E of the core after a step, K being that before it. */
static void apply(moments *m)
{
	if (m->a.terms)
		rate_terms_apply(m->a.terms, m->a.s->kernels, m->K, m->next);
	else if (m->square)
		apply_square(m);
	else
		apply_maps(m);
}

/* Coordinate k of the core among those of Z. */
static size_t place(const rate_affine *a, size_t k)
{
	return k < a->vars ? k : a->dim - 1;
}

/* What a step adds to the errors, from the moments before it: what its products round, as large as the terms that may
 * cancel in them, such as a sum of points over its weight and the minimiser; and the errors in the maps that were read
 * beyond that. */
static void count_products(moments *m)
{
	const rate_affine *a = &m->a;
	size_t S = a->core;

	for (size_t k = 0; k < a->vars; k++) {
		double sum = 0, share = a->reading[k] > 0 ? a->misread[k] / a->reading[k] : 0;
		for (size_t c = 0; c < S; c++)
			sum += fabs(a->mean[k * S + c]) * sqrt(fabs(m->K[c * S + c]));
		m->misread[k] = (1 + (share > 16 * 0x1p-52 ? 4 * share / (64 * 0x1p-52) : 0)) * sum * sum;
	}
}

/* The errors one step on, by the same maps: those of a mode that dies slowly outlive a start that has nothing of it.
 * Each step adds what rounds in it, as large as the moments that it is made of and those that it makes; the constant
 * is 1. */
static void advance_errors(moments *m, double share)
{
	const rate_affine *a = &m->a;
	size_t S = a->core, D = a->dim, V = a->vars;

	for (size_t j = V; j + 1 < D; j++) {
		double off = (1 - share) * sqrt(m->off[j]) + share * sqrt(m->error[(j - V) * S + j - V]);
		m->off[j] = off * off;
	}
	memcpy(m->K, m->error, S * S * sizeof *m->K);
	apply(m);
	/* Where they leave the numbers nothing is known of them. */
	for (size_t e = 0; e < S * S; e++)
		m->error[e] = isfinite(m->next[e]) ? m->next[e] : INFINITY;
	m->error[S * S - 1] = 1;
	for (size_t k = 0; k < V; k++)
		m->error[k * S + k] += m->misread[k];
	for (size_t k = 0; k < V; k++)
		m->off[k] = fabs(m->error[k * S + k]) + fabs(m->Z[k * D + k]);
}

/* Z one step on. The core moves by the maps; the average moves by share (x - average), x being the point before the
 * step: its products with the core take the mean map only, since the draw of a step is independent of the past. */
static void advance(moments *m, double share)
{
	const rate_affine *a = &m->a;
	size_t S = a->core, D = a->dim, V = a->vars, d = a->s->theorem->weight ? a->s->run.d : 0;
	/* core x d: E of the core before the step with the new average */
	double keep = 1 - share, *Z = m->Z, *cross = m->half;

	for (size_t r = 0; r < S; r++) {
		m->error[r * S + r] += fabs(Z[place(a, r) * D + place(a, r)]);
		for (size_t c = 0; c < S; c++)
			m->K[r * S + c] = Z[place(a, r) * D + place(a, c)];
	}
	count_products(m);
	apply(m);
	for (size_t r = 0; r < d; r++)
		for (size_t c = 0; c < d; c++)
			Z[(V + r) * D + V + c] = keep * keep * Z[(V + r) * D + V + c] +
			    share * share * m->K[r * S + c] +
			                         share * keep * (Z[r * D + V + c] + Z[c * D + V + r]);
	for (size_t r = 0; d && r < S; r++)
		for (size_t c = 0; c < d; c++)
			cross[r * d + c] = keep * Z[place(a, r) * D + V + c] + share * m->K[r * S + c];
	/* The mean of the core itself is done with: its room takes the product. */
	memset(m->K, 0, S * d * sizeof *m->K);
	add_times(a->s->kernels, S, S, d, a->mean, cross, m->K);
	for (size_t r = 0; d && r < S; r++)
		for (size_t c = 0; c < d; c++)
			Z[place(a, r) * D + V + c] = Z[(V + c) * D + place(a, r)] = m->K[r * d + c];
	/* Each product is symmetric up to rounding; Z is made exactly so. */
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c <= r; c++)
			Z[place(a, r) * D + place(a, c)] = Z[place(a, c) * D + place(a, r)] =
			    (m->next[r * S + c] + m->next[c * S + r]) / 2;
	advance_errors(m, share);
}

/* ---- The mean, and what rounding does to it ---- */

static double mean_of(const moments *m)
{
	double sum = 0;

	for (size_t i = 0; i < m->a.dim * m->a.dim; i++)
		sum += m->a.Q[i] * m->Z[i];
	return sum;
}

/* How far rounding may carry coordinate k of the state, which is as large as `size`: a step that lands on the
 * minimiser lands that near to it. */
static double blur(const rate_affine *a, size_t k, double size)
{
	return 64 * 0x1p-52 * size + (a->point[a->block[k]] ? 8 * a->s->drift : 0);
}

/* What the quantity makes of that: squares, and products with what is there. An average is as blurred as its points. */
static double blur_of_form(const moments *m)
{
	const rate_affine *a = &m->a;
	size_t D = a->dim;
	double sum = 0, off[RATE_MAX_DIM], size[RATE_MAX_DIM];

	for (size_t i = 0; i + 1 < D; i++) {
		size_t k = i < a->vars ? i : i - a->vars; /* x comes first */
		off[i] = blur(a, k, m->size[k]) + 64 * 0x1p-52 * m->polyak;
		size[i] = sqrt(fabs(m->Z[i * D + i]));
	}
	/* Off the minimiser of f, as where a set keeps the method from it, the quantity has a slope. */
	off[D - 1] = 0;
	size[D - 1] = 1;
	/* A slope is a difference of what was measured one unit to either side: where it is none, close to the
	 * minimiser, the rounding of that is more than that of the points. */
	for (size_t i = 0; i + 1 < D; i++)
		sum += 64 * 0x1p-52 * a->slope[i] * size[i];
	for (size_t i = 0; i + 1 < D; i++)
		for (size_t j = 0; j < D; j++)
			sum += fabs(a->Q[i * D + j]) * off[i] * (off[j] + 2 * size[j]);
	return sum;
}

/* Polyak steps are read off with values that round, about one unit from the minimiser, and made with such values at
 * E |x - x_star|^2: by how many 64 eps they may be off together. */
static double blur_of_values(const moments *m)
{
	const rate_session *s = m->a.s;
	double d2 = 0, mu = s->c.mu > 0 ? s->c.mu : s->c.L, reach = s->x_star ? rate_norm_n(s->x_star, s->run.d) : 0,
	    scale;

	if (!s->blocks.polyak.blur)
		return 0;
	for (size_t k = 0; k < m->a.vars; k++)
		d2 += m->a.block[k] == 0 ? fabs(m->Z[k * m->a.dim + k]) : 0;
	scale = fabs(s->c.f_star) + s->c.L * (reach * reach + RATE_LOST);
	return d2 > 0 && mu > 0 && isfinite(d2) ? sqrt(d2) * scale / (mu / 2) * (1 / d2 + 1) : 0;
}

/* What the errors of the moments make of the mean of the quantity, in units of 64 eps. */
static double error_of_form(const moments *m)
{
	const rate_affine *a = &m->a;
	size_t D = a->dim;
	double sum = 0;

	for (size_t i = 0; i + 1 < D; i++)
		for (size_t j = 0; j < D; j++)
			if (a->Q[i * D + j] != 0)
				sum += fabs(a->Q[i * D + j]) *
				    (j + 1 < D ? sqrt(m->off[i]) * sqrt(m->off[j]) : 2 * sqrt(m->off[i]));
	return isnan(sum) ? INFINITY : sum;
}

/* Farther out than any path is followed no form is read: nothing is known there. */
static int is_beyond(const moments *m)
{
	const rate_affine *a = &m->a;
	size_t D = a->dim;

	for (size_t i = 0; i + 1 < D; i++)
		for (size_t j = 0; j < D && sqrt(fabs(m->Z[i * D + i])) > 32 * a->wide[i]; j++)
			if (a->Q[i * D + j] != 0)
				return 1;
	return 0;
}

/* E z z' of the start: one point. 0: it draws. */
static int first_moment(moments *m)
{
	const rate_affine *a = &m->a;
	rate_session *s = a->s;
	size_t D = a->dim;
	double z[RATE_MAX_DIM] = { 0 };

	s->draws.sampler = RATE_FORCED;
	s->draws.forced = 0;
	if (rate_session_begin(s, 1, s->tie.replicate))
		return RATE_FAIL;
	if (s->draws.purpose || s->draws.choice.drawn || s->draws.own.drawn || s->draws.unforced)
		return 0;
	for (size_t k = 0; k < a->vars; k++) {
		m->path[k] = z[k] = rate_affine_got(a, 0, k);
		m->size[k] = fabs(rate_affine_centre(a, k)) + fabs(z[k]);
	}
	for (size_t j = 0; s->theorem->weight && j < s->run.d; j++)
		z[a->vars + j] = s->x0[j] - (s->x_star ? s->x_star[j] : 0);
	z[D - 1] = 1;
	for (size_t i = 0; i < D; i++)
		for (size_t j = 0; j < D; j++)
			m->Z[i * D + j] = z[i] * z[j];
	return 1;
}

/* ---- What it costs, and which form is taken ---- */

/* Does a step of the schedules differ from the one before it? */
static int steps_change(const rate_session *s, uint64_t t)
{
	uint32_t k, schedules = s->theorem->schedules ? s->theorem->schedules : 1;

	for (k = 0; k < schedules; k++)
		if (t == 0 || s->schedule[k][t] != s->schedule[k][t - 1])
			return 1;
	return 0;
}

static int constant_steps(const rate_session *s, uint64_t T)
{
	for (uint64_t t = 1; t < T; t++)
		if (steps_change(s, t))
			return 0;
	return 1;
}

/* Reading the maps of a step takes vars + 3 gradients for each outcome (or term), d^2 operations each. */
static double work_of_reading_once(const rate_affine *a, double outcomes)
{
	double d = (double)a->s->run.d;

	return outcomes * (double)(a->vars + 3) * d * d;
}

static double work_of_reading(const moments *m, double outcomes)
{
	double count = 0;

	for (uint64_t t = 0; t < m->T; t++)
		count += steps_change(m->a.s, t);
	return count * work_of_reading_once(&m->a, outcomes);
}

/* What is still open: whether the maps, if they are not square, have zeros. */
static double most_work_of_maps(const moments *m)
{
	double S = (double)m->a.core, half = S * (S + 1) / 2, n = (double)m->a.s->draws.outcomes;

	if (half <= MAX_SQUARE && constant_steps(m->a.s, m->T) && n * S * S * S * S / 4 <= m->most)
		return n * S * S * S * S / 4 + (double)m->T * half * half;
	return (double)m->T * 4 * S * n * S * S;
}

/* The kernels multiply four times as fast as the loops for maps. */
static double work_of_terms(const moments *m)
{
	return (double)m->T * rate_terms_work(m->a.core, m->a.s->run.n) / 4;
}

/* Known once the maps of the first step have been read. */
static double work_of_steps(const moments *m)
{
	double core = (double)m->a.core, half = core * (core + 1) / 2;

	return (double)m->T * (m->square ? half * half : 4 * core * filled(&m->a));
}

/* Each subset with all normals beside it is much to hold for what sampling does as well. */
static int choose_maps(const moments *m)
{
	size_t most = m->a.sets > 1 ? RATE_MAX_MAPS / 8 : RATE_MAX_MAPS;

	return m->a.s->draws.outcomes <= most / (m->a.core * m->a.core) &&
	       work_of_reading(m, (double)m->a.s->draws.outcomes) <= m->most;
}

/* Opens the terms if they are to be tried. 0: neither form can be had. */
static int choose_form(moments *m)
{
	rate_session *s = m->a.s;
	int terms = s->sum && !rate_draws_normals(s) && s->run.n > 1 && work_of_terms(m) <= m->most &&
	            work_of_reading(m, (double)s->run.n) <= m->most;
	int maps = choose_maps(m);

	if (terms && (s->recursion == RATE_TERMS || (s->recursion == RATE_CHEAPEST &&
	                                             (!maps || work_of_terms(m) < most_work_of_maps(m)))))
		m->a.terms = rate_terms_new(m->a.core, s->run.n, s->c.batch);
	return m->a.terms || (maps && s->recursion != RATE_TERMS);
}

/* ---- The maps of every t ---- */

static double outcomes_read(const moments *m)
{
	return (double)(m->a.terms ? m->a.s->run.n : m->a.s->draws.outcomes);
}

/* Reads the maps of step t in the form that was chosen; at t = 0 the form can still be changed. */
static int read_step(moments *m, uint64_t t)
{
	rate_affine *a = &m->a;
	double core = (double)a->core;
	int rc;

	m->spent += work_of_reading_once(a, outcomes_read(m));
	if (a->terms) {
		if ((rc = rate_affine_read_terms(a, t)) || t || a->s->recursion == RATE_TERMS)
			return rc;
		/* Then the maps themselves, if they can be had. */
		rate_terms_free(a->terms);
		a->terms = NULL;
		rate_count_outcomes(a->s);
		if (!choose_maps(m))
			return 0;
	}
	if ((rc = rate_affine_read_maps(a, t)) != 1)
		return rc;
	if (sort_rows(m))
		return RATE_FAIL;
	if (t)
		return 1;
	/* Worth its making, and made in time. */
	if (constant_steps(a->s, m->T) && filled(a) > core * (core + 1) * (core + 1) / 8 &&
	    (double)a->maps * core * core * core * core / 4 <= m->most)
		square_maps(m);
	return work_of_steps(m) <= m->most;
}

static int impure(moments *m)
{
	return GIVE_UP(m, "sampled: a step from the same state does not always lead to the same point");
}

/* Has part p of the outcomes of step t the bits that the maps give which are held? 1, 0, or RATE_FAIL: there is no
 * telling. */
static int same_part(moments *m, uint64_t t, size_t p)
{
	uint64_t hash, again;

	if (!m->hash[p] && !rate_affine_hash(&m->a, m->read, p, &m->hash[p]))
		return RATE_FAIL;
	if (!rate_affine_hash(&m->a, t, p, &hash))
		return RATE_FAIL;
	if (hash == m->hash[p])
		return 1;
	return rate_affine_hash(&m->a, t, p, &again) && hash == again ? 0 : (impure(m), RATE_FAIL);
}

/* Does step t lead from the same state to the same points twice? */
static int is_pure(moments *m, uint64_t t)
{
	uint64_t hash[2];

	for (size_t p = 0; p < m->parts; p++)
		if (!rate_affine_hash(&m->a, t, p, &hash[0]) || !rate_affine_hash(&m->a, t, p, &hash[1]) ||
		    hash[0] != hash[1])
			return 0;
	return 1;
}

static int same_parts(moments *m, uint64_t t)
{
	int rc = 1;

	for (size_t p = 0; rc == 1 && p < m->parts; p++)
		rc = same_part(m, t, p);
	return rc;
}

/* At which t are all outcomes looked at? */
static int is_milestone(const moments *m, uint64_t t)
{
	return m->parts == 1 || t < 3 || !(t & (t - 1)) || t + 1 == m->T;
}

/* Are the maps that are held those of step t, where the schedules have not changed? 1; 0: no recursion; 2: others. */
static int still_good(moments *m, uint64_t t)
{
	int all = is_milestone(m, t), rc = all ? same_parts(m, t) : same_part(m, t, t % m->parts);

	if (rc == RATE_FAIL)
		return 0;
	if (rc == 1) {
		m->known = all ? t : m->known;
		return 1;
	}
	/* Were they those of the steps before it? */
	if (t > m->known + 1 && (rc = same_parts(m, t - 1)) != 1)
		return rc == RATE_FAIL ? 0 : GIVE_UP(m, "sampled: the method's step changes between t = %llu and %llu",
		                                     (unsigned long long)m->known, (unsigned long long)t);
	return 2;
}

/* Reads the maps of step t; what was known of those before it is void. */
static int read_again(moments *m, uint64_t t)
{
	int rc = read_step(m, t);

	if (rc != 1)
		return rc;
	m->read = m->known = t;
	m->parts = rate_affine_parts(&m->a);
	free(m->hash);
	m->hash = calloc(m->parts, sizeof *m->hash);
	return m->hash ? 1 : RATE_FAIL;
}

/* The maps of step t. 1, 0 or RATE_FAIL. */
static int maps_of(moments *m, uint64_t t)
{
	int rc;

	if (!steps_change(m->a.s, t)) {
		if ((rc = still_good(m, t)) != 2)
			return rc;
		/* A map that is squared for the sake of many steps is no longer worth it. */
		free(m->square);
		m->square = NULL;
		if (m->spent > m->most || (!m->a.terms && work_of_steps(m) > m->most))
			return GIVE_UP(m, "sampled: the method's step changes with t, and reading it at every t takes "
			                  "too long");
	}
	return read_again(m, t);
}

/* The form of the quantity at t. */
static int form_of(moments *m, uint64_t t)
{
	double D = (double)m->a.dim,
	    once = D * D / 2 * (double)(m->a.s->run.n ? m->a.s->run.n : 1) * (double)m->a.s->run.d;
	int widened = 0;

	for (size_t k = 0; k + 1 < m->a.dim; k++)
		widened |= rate_affine_widen(&m->a, k, sqrt(fabs(m->Z[k * m->a.dim + k])));
	if (m->a.has_form && !widened && rate_affine_same_form(&m->a, t))
		return 1;
	if (m->a.has_form && (m->spent += once) > m->most)
		return GIVE_UP(m, "sampled: the quantity changes with t, and reading it at every t takes too long");
	return rate_affine_read_form(&m->a, t);
}

/* ---- The tie between runner and recursion ---- */

typedef struct tally {
	const moments *m;
	double *first, *second; /* sums of z and of z z' */
	double *size;           /* how large the coordinates are, before the step and after it */
} tally;

static void count_outcome(void *user, double weight, const double *z)
{
	tally *sum = user;
	size_t V = sum->m->a.vars;

	for (size_t r = 0; r < V; r++) {
		sum->first[r] += weight * z[r];
		sum->size[r] = fmax(sum->size[r], fabs(z[r]));
		for (size_t c = 0; c < V; c++)
			sum->second[r * V + c] += weight * z[r] * z[c];
	}
}

/* How far the outcomes' moments lie from `next`; 0 if within rounding. */
static double gap_of_moments(const moments *m, const tally *sum, double n, double apart)
{
	const rate_affine *a = &m->a;
	size_t V = a->vars, S = a->core;
	double size = 0, blurred = 0, worst = 0, off[RATE_MAX_DIM];

	for (size_t r = 0; r < V; r++)
		off[r] = blur(a, r, fabs(rate_affine_centre(a, r)) + sum->size[r]);
	for (size_t r = 0; r < V; r++)
		for (size_t c = 0; c < V; c++) {
			/* The point after a batch is the mean of those after its terms. */
			double mean = apart * sum->second[r * V + c] / n + (1 - apart) * sum->first[r] / n *
			    sum->first[c] / n;
			size = fmax(size, fabs(mean));
			blurred = fmax(blurred, off[r] * (2 * sum->size[c] + off[c]));
			worst = fmax(worst, fabs(mean - m->next[r * S + c]));
		}
	return worst <= (1e-12 * (size + 1e-300) + blurred) * (double)(V + 1) || size < 1e-280 ? 0 : worst;
}

/* One step of the engine's own code from the path's point with each outcome in turn must give the second moments that
 * the maps give, to rounding. */
static int step_agrees(moments *m, uint64_t t)
{
	rate_affine *a = &m->a;
	size_t V = a->vars, S = a->core, n;
	double *room = calloc(V * V + 2 * V, sizeof *room), worst = 0;
	tally sum = { m, room, room + V, room + V + V * V };
	int by_term, rc = room ? 1 : 0;

	for (size_t r = 0; rc && r < V; r++)
		sum.size[r] = fabs(m->path[r]);
	if (rc && rate_affine_outcomes(a, t, m->path, count_outcome, &sum, &n, &by_term))
		rc = GIVE_UP(m, "sampled: step %llu cannot be made for every outcome", (unsigned long long)t);
	for (size_t r = 0; rc && r < S; r++)
		for (size_t c = 0; c < S; c++)
			m->K[r * S + c] = (r < V ? m->path[r] : 1) * (c < V ? m->path[c] : 1);
	if (rc) {
		apply(m);
		worst = gap_of_moments(m, &sum, (double)n, by_term ? rate_terms_apart(n, a->s->c.batch) : 1);
	}
	if (!(worst <= 0))
		rc = !is_pure(m, t) ? impure(m)
		                    : GIVE_UP(m, "sampled: step %llu is not affine along the path (its mean square is "
		                                 "off by %.3g)",
		                              (unsigned long long)t, worst);
	free(room);
	return rc;
}

static int is_tied(const moments *m, uint64_t t)
{
	if (t && !(outcomes_read(m) * (double)(m->a.vars * m->a.vars) <= 5e7))
		return 0;
	return !m->lost && (m->a.s->tie.everywhere || t < 3 || !(t & (t - 1)) || t + 1 == m->T);
}

/* One replicate's path, one step on. */
static void follow(moments *m, uint64_t t)
{
	rate_affine *a = &m->a;
	rate_session *s = a->s;
	double largest = 0;

	if (m->lost)
		return;
	s->draws.sampler = RATE_BY_PHILOX;
	s->draws.replicate0 = s->tie.replicate;
	s->run.nrep = 1;
	rate_affine_put(a, 0, m->path);
	m->lost = rate_session_step(s, t) != RATE_OK;
	rate_no_error(&s->error);
	for (size_t k = 0; k < a->vars; k++) {
		m->path[k] = rate_affine_got(a, 0, k);
		largest = fmax(largest, fabs(m->path[k]));
		m->lost |= isnan(m->path[k]);
	}
	m->lost |= !(largest <= 1e100);
}

/* ---- The whole ---- */

/* A mean over the path: sums of q and its scale, and of the weights. */
typedef struct path_mean {
	double q, scale, weight;
} path_mean;

static void add_weighted(path_mean *sum, double weight, double q, double scale)
{
	sum->q += weight * q;
	sum->scale += weight * scale;
	sum->weight += weight;
}

static int recursion(moments *m, const rate_check *check, rate_measured *out)
{
	rate_session *s = m->a.s;
	int means = s->theorem->flags & RATE_MEAN_OF_MEANS, last = s->theorem->flags & RATE_MEAN_THROUGH_END;
	path_mean sum = { 0 };
	double weight = 0, share = 0, q, scale;
	size_t next = 0;
	int rc, known = 1; /* q is more than its rounding error */

	for (uint64_t t = 0; t <= m->T; t++) {
		int due = next < check->checkpoints && check->at[next] == t;
		if (due || means) {
			if ((rc = form_of(m, t)) != 1)
				return rc;
			q = mean_of(m);
			/* What rounding the recursion itself adds, relative to the moments, and that of the points it
			 * speaks of. */
			scale = error_of_form(m) + m->a.constant + blur_of_form(m) / (64 * 0x1p-52);
			if (is_beyond(m))
				scale = INFINITY;
			else if (isfinite(q) && isfinite(scale))
				known = fabs(q) > 64 * 0x1p-52 * scale;
			scale += fabs(q);
		}
		if (due) {
			path_mean here = sum;
			if (!means || last || t == 0)
				add_weighted(&here, 1, q, scale);
			out->q[next] = here.q / here.weight;
			out->s[next] = here.scale / here.weight;
			/* As a path that leaves the numbers: the mean of any form that grows is infinite. Of one that
			 * cancels to the last digit nothing is known. */
			if (!isfinite(out->q[next]) && !known) {
				out->q[next] = 0;
				out->s[next] = INFINITY;
			} else if (!isfinite(out->q[next]) && !out->diverged_at)
				out->diverged_at = t;
			if (out->diverged_at)
				out->q[next] = INFINITY;
			next++;
		}
		if (t == m->T)
			break;
		if (means)
			add_weighted(&sum, s->theorem->weight ? s->theorem->weight(&s->c, t) : 1, q, scale);
		m->polyak = fmin(m->polyak + blur_of_values(m), 1e100);
		if (s->theorem->weight) {
			rate_call(s, RATE_BY_THEOREM, "weight");
			double w = s->theorem->weight(&s->c, t);
			rate_back(s);
			weight += w;
			share = weight > 0 ? w / weight : 0;
		}
		if ((rc = maps_of(m, t)) != 1 || (is_tied(m, t) && (rc = step_agrees(m, t)) != 1))
			return rc;
		advance(m, share);
		follow(m, t);
	}
	return 1;
}

int rate_exact_by_map(rate_session *s, const rate_check *check, rate_measured *out)
{
	moments m;
	int rc = 0;

	*s->note = '\0';
	rate_count_outcomes(s);
	if (rate_session_blocks(s, rate_affine_rows(s)))
		return RATE_FAIL;
	if (moments_open(&m, s, check->T) == RATE_OK && choose_form(&m) && (rc = first_moment(&m)) == 1)
		rc = recursion(&m, check, out);
	if (rc == RATE_FAIL && !*s->error.text)
		rc = 0;
	moments_close(&m);
	s->draws.sampler = RATE_BY_PHILOX;
	return rc;
}
