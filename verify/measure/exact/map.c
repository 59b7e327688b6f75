/* Exact expectations. No recursion is written per method: the affine map of a step is read off the method's own code, the
 * quadratic form of the measured quantity off the theorem's own `measure`, and E z z' is propagated with
 * z = (state - centre, average - centre, 1). An outcome of a step is a term, or a subset of `batch` terms. Where the step is
 * not affine, all paths, outcomes^T, are enumerated if they are few.
 *
 * Where the outcomes are terms, or subsets of them, and a term adds a row to what a step does without it, only the rows are
 * kept (terms.h); that form is taken where it is the cheaper one.
 *
 * A stream whose step is affine in its m normals too, M(xi) = M + sum_k xi_k N_k, needs no more than E xi xi' = I: its
 * outcomes are the 2m points +-sqrt(m) e_k, of which only M and the N_k are kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/measure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"
#include "verify/measure/exact/terms.h"

enum { MAX_DIM = 256, MAX_SQUARE = 1000 }; /* MAX_SQUARE: side of the squared map */
#define MAX_WORK 6e9
#define MAX_PATHS ((uint64_t)1 << 20)
#define MAX_MAPS ((size_t)1 << 27) /* numbers in all maps of a step */

typedef struct affine {
	rate_session *s;
	size_t vars, dim; /* coordinates of the state; dim = vars (+ d of the average) + 1 */
	size_t core;      /* vars + 1: what a map acts on. The average follows x with no draw of its own */
	size_t *block, *column; /* coordinate k lives in state block[k] at column[k] */
	double *map;      /* core x core each, row-major: one for each outcome; streams: M, then the N_k */
	size_t maps;      /* how many of them are kept */
	double share;     /* weight of each of them in the mean */
	double *probe;    /* PROBES x dim: where affinity is tested */
	double *normal;   /* streams: the normals of the two probes */
	double *Z, *Q;    /* dim x dim: E (z,1)(z,1)' with z = (state, average), and the form of the quantity */
	double *K, *next, *half, *mean; /* core x core: E of the core, work, the mean map */
	char point[32];   /* of each block: it holds points */
	double *size;     /* vars: how large the coordinates are at the start, centre and all */
	rate_terms *terms; /* NULL: the maps are kept themselves */
	double *square;   /* the mean of M (x) M on symmetric matrices; NULL: the maps are applied one by one */
} affine;

static int is_scalar(const rate_session *s, size_t k)
{
	const rate_state *st = (const void *)((const char *)s->method->state.row + k * s->method->state.stride);

	return st->scalar != 0;
}

static double centre(const affine *a, size_t k)
{
	return a->point[a->block[k]] && a->s->x_star ? a->s->x_star[a->column[k]] : 0;
}

/* A block that starts where x does, wherever that is, holds points; others hold differences, multiples, ... Points are
 * taken from the minimiser, so that what they have in common does not drown how they differ. */
static int find_points(affine *a)
{
	rate_session *s = a->s;
	size_t d = s->run.d;
	double *x0 = s->x0, *elsewhere = calloc(s->run.ld, sizeof *elsewhere);
	int rc = RATE_FAIL;

	if (!elsewhere)
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		elsewhere[j] = x0[j] + 1;
	s->x0 = elsewhere;
	rc = rate_session_begin(s, 1, 0);
	for (size_t b = 0; b < s->states && b < sizeof a->point; b++)
		a->point[b] = !is_scalar(s, b) && !memcmp(s->state[b], elsewhere, d * sizeof *elsewhere);
	s->x0 = x0;
	free(elsewhere);
	return rc;
}

static void count_outcomes(rate_session *s)
{
	s->outcomes = s->stream ? 2 * s->c.batch * s->normals : rate_subsets(s->run.n, s->c.batch);
	s->purpose = 0;
	s->unforced = 0;
}

/* Points for the tests of affinity and of quadraticity: fixed, of no special form. Two are about as far from the centre as
 * the units of a map, two so far out on either side that no path gets there: what is a parabola only near its minimiser is
 * told by them. */
enum { PROBES = 4 };

static double reach(const affine *a, int which)
{
	return which <= 2 ? 1 : 0x1p20 * (a->s->c.D2 > 1 ? sqrt(a->s->c.D2) : 1);
}

static double probe(const affine *a, size_t k, int which)
{
	return a->probe[(size_t)(which - 1) * a->dim + k];
}

static void make_probes(affine *a)
{
	for (int which = 1; which <= PROBES; which++)
		for (size_t k = 0; k < a->dim; k++) {
			double p = sin(1.7 * (double)(k + 1) + 2.3 * which) + 0.3 * which;
			a->probe[(size_t)(which - 1) * a->dim + k] =
			    which <= 2 ? p : (which == 3 ? 1 : -1) * reach(a, which) * fabs(p);
		}
	for (size_t e = 0; e < 2 * (a->maps - 1) && a->s->stream; e++)
		a->normal[e] = rate_probe_normal(e / (a->maps - 1), e % (a->maps - 1));
}

static int affine_new(affine *a, rate_session *s)
{
	size_t k = 0, cap;

	*a = (affine){ .s = s };
	for (size_t b = 0; b < s->states; b++)
		a->vars += is_scalar(s, b) ? 1 : s->run.d;
	a->dim = a->vars + (s->theorem->weight ? s->run.d : 0) + 1;
	if (a->dim > MAX_DIM)
		return RATE_FAIL;
	a->core = a->vars + 1;
	cap = a->core * a->core;
	a->maps = s->stream ? s->outcomes / 2 + 1 : 0;
	a->block = calloc(a->vars, sizeof(size_t));
	a->column = calloc(a->vars, sizeof(size_t));
	a->size = calloc(a->vars, sizeof(double));
	a->Z = calloc(2 * a->dim * a->dim, sizeof(double));
	a->K = calloc(4 * cap, sizeof(double));
	a->probe = calloc(PROBES * a->dim + 2 * a->maps, sizeof(double));
	if (!a->block || !a->column || !a->size || !a->Z || !a->K || !a->probe)
		return RATE_FAIL;
	a->normal = a->probe + PROBES * a->dim;
	a->Q = a->Z + a->dim * a->dim;
	a->next = a->K + cap;
	a->half = a->K + 2 * cap;
	a->mean = a->K + 3 * cap;
	for (size_t b = 0; b < s->states; b++)
		for (size_t j = 0; j < (is_scalar(s, b) ? 1 : s->run.d); j++, k++) {
			a->block[k] = b;
			a->column[k] = j;
		}
	make_probes(a);
	return find_points(a);
}

static void affine_free(affine *a)
{
	free(a->block);
	free(a->column);
	free(a->size);
	free(a->map);
	free(a->Z);
	free(a->K);
	free(a->square);
	rate_terms_free(a->terms);
	free(a->probe);
}

/* Row r of the blocks <- centre + z (dim - 1 coordinates, the average's last). */
static void put(affine *a, size_t r, const double *z)
{
	rate_session *s = a->s;

	for (size_t k = 0; k < a->vars; k++)
		s->state[a->block[k]][r * s->run.ld + a->column[k]] = centre(a, k) + z[k];
	for (size_t j = 0; s->theorem->weight && j < s->run.d; j++)
		s->average[r * s->run.ld + j] = (s->x_star ? s->x_star[j] : 0) + z[a->vars + j];
}

static double got(const affine *a, size_t r, size_t k)
{
	return a->s->state[a->block[k]][r * a->s->run.ld + a->column[k]] - centre(a, k);
}

/* A power of two no smaller than 1 nor than what the step makes of the centre: a coefficient that is read off a shorter
 * vector drowns in the constant part (noise that is large against the curvature). 0: the step failed. */
static double unit_of_step(affine *a, uint64_t t)
{
	double z[MAX_DIM] = { 0 }, largest = 1;

	a->s->run.nrep = 1;
	put(a, 0, z);
	if (rate_session_step(a->s, t))
		return 0;
	for (size_t k = 0; k < a->vars; k++)
		largest = fmax(largest, fabs(got(a, 0, k)));
	return isfinite(largest) ? exp2(ceil(log2(largest))) : 1;
}

/* Reads the map of step t with outcome (or term) i: vars + 1 unit rows and the test rows. 0 if the step is not affine. */
static int read_map(affine *a, uint64_t t, rate_sampler sampler, uint64_t i, double *M)
{
	rate_session *s = a->s;
	size_t S = a->core, V = a->vars, rows = V + 1 + PROBES;
	double z[MAX_DIM], largest = 1, unit;

	s->sampler = sampler;
	s->forced = i;
	if (!(unit = unit_of_step(a, t)))
		return RATE_FAIL;
	s->run.nrep = rows;
	for (size_t r = 0; r < rows; r++) {
		memset(z, 0, sizeof z);
		for (size_t k = 0; k < V; k++)
			z[k] = r > V ? probe(a, k, (int)(r - V)) : r == k + 1 ? unit : 0;
		put(a, r, z);
	}
	if (rate_session_step(s, t))
		return RATE_FAIL;
	if (s->unforced)
		return 0;
	memset(M, 0, S * S * sizeof *M);
	/* What cancels in a step leaves rounding errors of the size of what went in and of what came out elsewhere. */
	for (size_t row = 0; row < V; row++)
		largest = fmax(largest, fmax(fabs(centre(a, row)), fmax(fabs(got(a, V + 1, row)), fabs(got(a, V + 2, row)))));
	for (size_t row = 0; row < V; row++) {
		double base = got(a, 0, row);
		M[row * S + V] = base;
		for (size_t k = 0; k < V; k++)
			M[row * S + k] = (got(a, k + 1, row) - base) / unit;
	}
	for (int w = 1; w <= PROBES; w++)
		for (size_t row = 0; row < V; row++) {
			double sum = M[row * S + V], size = fabs(sum), seen = got(a, V + (size_t)w, row);
			for (size_t k = 0; k < V; k++) {
				sum += M[row * S + k] * probe(a, k, w);
				size += fabs(M[row * S + k] * probe(a, k, w));
			}
			if (!(fabs(sum - seen) <= 1e-10 * (size + fabs(seen)) + 1e-14 * fmax(largest, reach(a, w))))
				return 0;
		}
	M[S * S - 1] = 1;
	return 1;
}

/* Numbers other than 0 in all maps. */
static double filled(const affine *a)
{
	double count = 0;

	for (size_t i = 0; i < a->maps * a->core * a->core; i++)
		count += a->map[i] != 0;
	return count;
}

static void average_map(affine *a)
{
	size_t size = a->core * a->core;

	memcpy(a->mean, a->map, size * sizeof *a->mean);
	if (a->s->stream)
		return; /* the normals have mean 0 */
	for (size_t i = 1; i < a->maps; i++)
		for (size_t e = 0; e < size; e++)
			a->mean[e] += a->map[i * size + e];
	for (size_t e = 0; e < size; e++)
		a->mean[e] *= a->share;
}

/* out <- A B, in a fixed order; many entries of A are 0. */
static void times(size_t rows, size_t inner, size_t columns, const double *A, const double *B, double *out)
{
	for (size_t i = 0; i < rows; i++) {
		double *row = out + i * columns;
		memset(row, 0, columns * sizeof *row);
		for (size_t k = 0; k < inner; k++) {
			double c = A[i * inner + k];
			for (size_t j = 0; c != 0 && j < columns; j++)
				row[j] += c * B[k * columns + j];
		}
	}
}

/* next <- mean_i M_i K M_i', map by map. */
static void apply_maps(affine *a)
{
	size_t S = a->core;
	double MT[MAX_DIM * MAX_DIM];
	char used[MAX_DIM];

	memset(a->next, 0, S * S * sizeof *a->next);
	for (size_t i = 0; i < a->maps; i++) {
		const double *M = a->map + i * S * S;
		times(S, S, S, M, a->K, a->half);
		memset(used, 0, sizeof used);
		for (size_t r = 0; r < S; r++)
			for (size_t c = 0; c < S; c++) {
				MT[c * S + r] = M[r * S + c];
				used[c] |= M[r * S + c] != 0;
			}
		for (size_t r = 0; r < S; r++)
			for (size_t k = 0; k < S; k++) {
				double v = used[k] ? a->half[r * S + k] * a->share : 0;
				for (size_t c = 0; v != 0 && c < S; c++)
					a->next[r * S + c] += v * MT[k * S + c];
			}
	}
}

/* The same linear map on the upper triangle of K, as one matrix: worth its making when the maps stay the same. */
static void square_maps(affine *a)
{
	size_t S = a->core, h = S * (S + 1) / 2, row = 0;

	if (h > MAX_SQUARE || !(a->square = calloc(h * h, sizeof *a->square)))
		return;
	for (size_t r = 0; r < S; r++)
		for (size_t c = r; c < S; c++, row++) {
			double *out = a->square + row * h;
			for (size_t i = 0; i < a->maps; i++) {
				const double *x = a->map + i * S * S + r * S, *y = a->map + i * S * S + c * S;
				double *at = out;
				for (size_t p = 0; p < S; p++) {
					double xp = x[p] * a->share, yp = y[p] * a->share;
					if (xp != 0 || yp != 0)
						for (size_t q = p; q < S; q++)
							at[q - p] += q == p ? xp * y[p] : xp * y[q] + yp * x[q];
					at += S - p;
				}
			}
		}
}

static void apply_square(affine *a)
{
	size_t S = a->core, h = S * (S + 1) / 2, e = 0;
	double K[MAX_SQUARE + 8] = { 0 };

	for (size_t p = 0; p < S; p++)
		for (size_t q = p; q < S; q++)
			K[e++] = a->K[p * S + q];
	e = 0;
	for (size_t r = 0; r < S; r++)
		for (size_t c = r; c < S; c++, e++)
			a->next[r * S + c] = a->next[c * S + r] = a->s->kernels->dot(h, a->square + e * h, K);
}

/* Coordinate k of the core among those of Z. */
static size_t place(const affine *a, size_t k)
{
	return k < a->vars ? k : a->dim - 1;
}

/* Z one step on. The core moves by the maps; the average moves by share (x - average), x being the point before the step:
 * its products with the core take the mean map only, since the draw of a step is independent of the past. */
static void advance(affine *a, double share)
{
	size_t S = a->core, D = a->dim, V = a->vars, d = a->s->theorem->weight ? a->s->run.d : 0;
	double keep = 1 - share, *cross = a->half; /* core x d: E of the core before the step with the new average */

	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c < S; c++)
			a->K[r * S + c] = a->Z[place(a, r) * D + place(a, c)];
	if (a->terms)
		rate_terms_apply(a->terms, a->s->kernels, a->K, a->next);
	else if (a->square)
		apply_square(a);
	else
		apply_maps(a);
	for (size_t r = 0; r < d; r++)
		for (size_t c = 0; c < d; c++)
			a->Z[(V + r) * D + V + c] = keep * keep * a->Z[(V + r) * D + V + c] + share * share * a->K[r * S + c] +
			                            share * keep * (a->Z[r * D + V + c] + a->Z[c * D + V + r]);
	for (size_t r = 0; d && r < S; r++)
		for (size_t c = 0; c < d; c++)
			cross[r * d + c] = keep * a->Z[place(a, r) * D + V + c] + share * a->K[r * S + c];
	/* The mean of the core itself is done with: its room takes the product. */
	if (d)
		times(S, S, d, a->mean, cross, a->K);
	for (size_t r = 0; d && r < S; r++)
		for (size_t c = 0; c < d; c++)
			a->Z[place(a, r) * D + V + c] = a->Z[(V + c) * D + place(a, r)] = a->K[r * d + c];
	/* Each product is symmetric up to rounding; Z is made exactly so. */
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c <= r; c++)
			a->Z[place(a, r) * D + place(a, c)] = a->Z[place(a, c) * D + place(a, r)] =
			    (a->next[r * S + c] + a->next[c * S + r]) / 2;
}

static int measure_at(affine *a, uint64_t t, const double *z, double *q, double *scale)
{
	rate_view v;

	a->s->run.nrep = 1;
	put(a, 0, z);
	rate_session_view(a->s, t, &v);
	return a->s->theorem->measure(&v, q, scale, NULL);
}

/* Reads Q with q(z) = (z,1)' Q (z,1) at t. 0 if the quantity is not quadratic. */
static int read_form(affine *a, uint64_t t)
{
	size_t D = a->dim, V = D - 1;
	double z[MAX_DIM] = { 0 }, q0, plus[MAX_DIM], minus, q, sc;

	if (measure_at(a, t, z, &q0, &sc))
		return RATE_FAIL;
	a->Q[D * D - 1] = q0;
	for (size_t i = 0; i < V; i++) {
		z[i] = 1;
		if (measure_at(a, t, z, &plus[i], &sc))
			return RATE_FAIL;
		z[i] = -1;
		if (measure_at(a, t, z, &minus, &sc))
			return RATE_FAIL;
		z[i] = 0;
		a->Q[i * D + i] = (plus[i] + minus) / 2 - q0;
		a->Q[i * D + V] = a->Q[V * D + i] = (plus[i] - minus) / 4;
	}
	for (size_t i = 0; i < V; i++)
		for (size_t j = 0; j < i; j++) {
			z[i] = z[j] = 1;
			if (measure_at(a, t, z, &q, &sc))
				return RATE_FAIL;
			z[i] = z[j] = 0;
			a->Q[i * D + j] = a->Q[j * D + i] = (q - plus[i] - plus[j] + q0) / 2;
		}
	for (int w = 1; w <= PROBES; w++) {
		double sum = 0, size = 0;
		for (size_t i = 0; i < V; i++)
			z[i] = probe(a, i, w);
		z[V] = 1;
		if (measure_at(a, t, z, &q, &sc))
			return RATE_FAIL;
		for (size_t i = 0; i < D; i++)
			for (size_t j = 0; j < D; j++) {
				sum += a->Q[i * D + j] * z[i] * z[j];
				size += fabs(a->Q[i * D + j] * z[i] * z[j]);
			}
		if (!(fabs(sum - q) <= 1e-9 * (size + fabs(q) + 1e-300)))
			return 0;
	}
	return 1;
}

static double mean_of(const affine *a)
{
	double sum = 0;

	for (size_t i = 0; i < a->dim * a->dim; i++)
		sum += a->Q[i] * a->Z[i];
	return sum;
}

/* How far rounding may carry coordinate k of the state: a step that lands on the minimiser lands that near to it. */
static double blur(const affine *a, size_t k)
{
	return 64 * 0x1p-52 * a->size[k] + (a->point[a->block[k]] ? 8 * a->s->drift : 0);
}

/* What the quantity makes of that. */
static double blur_of_form(const affine *a)
{
	double sum = 0;

	for (size_t i = 0; i < a->vars; i++)
		for (size_t j = 0; j < a->vars; j++)
			sum += fabs(a->Q[i * a->dim + j]) * blur(a, i) * blur(a, j);
	return sum;
}

/* The size of what is added up in the mean of the quantity, no signs: the step that makes it small leaves rounding errors of
 * the moments before it. */
static double size_of_form(const affine *a)
{
	double sum = 0;

	for (size_t i = 0; i + 1 < a->dim; i++)
		for (size_t j = 0; j + 1 < a->dim; j++)
			if (a->Q[i * a->dim + j] != 0)
				sum += fabs(a->Q[i * a->dim + j]) * sqrt(fabs(a->Z[i * a->dim + i] * a->Z[j * a->dim + j]));
	return sum;
}

/* E z z' of the start: one point. */
static int first_moment(affine *a)
{
	rate_session *s = a->s;
	size_t D = a->dim;
	double z[MAX_DIM] = { 0 };

	if (rate_session_begin(s, 1, 0))
		return RATE_FAIL;
	for (size_t k = 0; k < a->vars; k++) {
		z[k] = got(a, 0, k);
		a->size[k] = fabs(centre(a, k)) + fabs(z[k]);
	}
	for (size_t j = 0; s->theorem->weight && j < s->run.d; j++)
		z[a->vars + j] = s->x0[j] - (s->x_star ? s->x_star[j] : 0);
	z[D - 1] = 1;
	for (size_t i = 0; i < D; i++)
		for (size_t j = 0; j < D; j++)
			a->Z[i * D + j] = z[i] * z[j];
	return RATE_OK;
}

/* The largest of the numbers that have the same unit as entry e of a map: the constant column has that of the state. */
static double largest_like(const affine *a, const double *M, size_t e)
{
	size_t S = a->core;
	double most = 0;

	for (size_t r = 0; r + 1 < S; r++)
		for (size_t c = 0; c < S; c++)
			if ((c + 1 == S) == ((e + 1) % S == 0))
				most = fmax(most, fabs(M[r * S + c]));
	return most;
}

/* M(xi) of a probe against M + sum xi_k N_k. 0 if the step is not affine in the normals. */
static int probe_agrees(const affine *a, uint64_t w, const double *seen)
{
	size_t S = a->core, size = S * S, m = a->maps - 1;
	double like[2] = { largest_like(a, seen, 0), largest_like(a, seen, S - 1) };

	for (size_t e = 0; e < size; e++) {
		double sum = a->map[e], scale = fabs(sum) + like[(e + 1) % S == 0];
		for (size_t k = 0; k < m; k++) {
			double term = a->normal[w * m + k] * a->map[(k + 1) * size + e];
			sum += term;
			scale += fabs(term);
		}
		if (!(fabs(sum - seen[e]) <= 1e-10 * scale))
			return 0;
	}
	return 1;
}

/* Turns the maps of +-sqrt(m) e_k into M and the N_k, and tests on two more samples that they are all there is. */
static int read_noise(affine *a, uint64_t t)
{
	size_t m = a->maps - 1, size = a->core * a->core;
	double root = sqrt((double)m), *last = a->map + 2 * m * size; /* room for one more */

	memset(last, 0, size * sizeof *last);
	for (size_t k = 0; k < 2 * m; k++)
		for (size_t e = 0; e < size; e++)
			last[e] += a->map[k * size + e] / (double)(2 * m);
	for (size_t k = 0; k < m; k++)
		for (size_t e = 0; e < size; e++)
			a->map[k * size + e] = (a->map[2 * k * size + e] - a->map[(2 * k + 1) * size + e]) / (2 * root);
	memmove(a->map + size, a->map, m * size * sizeof *a->map);
	memcpy(a->map, last, size * sizeof *a->map);
	/* Differences of equal numbers are no noise; without them additive noise fills one column only. */
	for (size_t e = size; e < (m + 1) * size; e++)
		if ((e + 1) % a->core && fabs(a->map[e]) < 1e-14)
			a->map[e] = 0;
	for (uint64_t w = 0; w < 2; w++) {
		int rc = read_map(a, t, RATE_FORCED, 2 * m + w, last);
		if (rc != 1)
			return rc;
		if (!probe_agrees(a, w, last))
			return 0;
	}
	return 1;
}

static int read_maps(affine *a, uint64_t t)
{
	size_t n = a->s->outcomes, cap = a->core * a->core;
	int rc = 1;

	if (!a->map) {
		a->maps = a->s->stream ? n / 2 + 1 : n;
		a->share = a->s->stream ? 1 : 1 / (double)n;
		a->map = calloc((n + 1) * cap, sizeof(double));
	}
	if (!a->map)
		return 0;
	for (uint64_t i = 0; rc == 1 && i < a->s->outcomes; i++)
		rc = read_map(a, t, RATE_FORCED, i, a->map + i * a->core * a->core);
	if (rc == 1 && a->s->stream)
		rc = read_noise(a, t);
	if (rc == 1)
		average_map(a);
	return rc;
}

/* The same by terms. The map of a batch must be the mean of theirs. 0: terms do not add rows. */
static int read_terms(affine *a, uint64_t t)
{
	size_t n = a->s->run.n, batch = a->s->c.batch, cap = a->core * a->core;
	double *B = calloc(2 * cap, sizeof *B), *M = B + cap;
	int rc = B ? read_map(a, t, RATE_BY_TERM, n, B) : 0;

	for (uint64_t i = 0; rc == 1 && i < n; i++)
		if ((rc = read_map(a, t, RATE_BY_TERM, i, M)) == 1)
			rc = rate_terms_set(a->terms, i, B, M);
	for (int last = 0; rc == 1 && batch > 1 && last < 2; last++)
		if ((rc = read_map(a, t, last ? RATE_BY_TERM : RATE_FORCED, last ? n + 1 : 0, M)) == 1)
			rc = rate_terms_agree(a->terms, last ? n - batch : 0, B, M);
	if (rc == 1)
		rate_terms_close(a->terms, B, a->mean);
	free(B);
	return rc;
}

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
static double work_of_reading(const affine *a, uint64_t T, double outcomes)
{
	double times = 0, d = (double)a->s->run.d;

	for (uint64_t t = 0; t < T; t++)
		times += steps_change(a->s, t);
	return times * outcomes * (double)(a->vars + 3) * d * d;
}

/* What is still open: whether the maps, if they are not square, have zeros. */
static double most_work_of_maps(const affine *a, uint64_t T)
{
	double S = (double)a->core, half = S * (S + 1) / 2, n = (double)a->s->outcomes;

	if (half <= MAX_SQUARE && constant_steps(a->s, T) && n * S * S * S * S / 4 <= MAX_WORK)
		return n * S * S * S * S / 4 + (double)T * half * half;
	return (double)T * 4 * S * n * S * S;
}

/* The kernels multiply four times as fast as the loops for maps. */
static double work_of_terms(const affine *a, uint64_t T)
{
	return (double)T * rate_terms_work(a->core, a->s->run.n) / 4;
}

static int choose_maps(const affine *a, uint64_t T)
{
	return a->s->outcomes <= MAX_MAPS / (a->core * a->core) && work_of_reading(a, T, (double)a->s->outcomes) <= MAX_WORK;
}

/* Opens the terms if they are to be tried. 0: neither form can be had. */
static int choose_form(affine *a, uint64_t T)
{
	rate_session *s = a->s;
	int terms = s->sum && !s->stream && s->run.n > 1 && work_of_terms(a, T) <= MAX_WORK &&
	            work_of_reading(a, T, (double)s->run.n) <= MAX_WORK;
	int maps = choose_maps(a, T);

	if (terms && (s->recursion == RATE_TERMS || (s->recursion == RATE_CHEAPEST &&
	                                             (!maps || work_of_terms(a, T) < most_work_of_maps(a, T)))))
		a->terms = rate_terms_new(a->core, s->run.n, s->c.batch);
	return a->terms || (maps && s->recursion != RATE_TERMS);
}

/* Ties the recursion to the runner: one step of the engine's own code from x_0 with each outcome in turn must give the
 * second moments that the maps give, two-sided, to rounding. */
static int first_step_agrees(affine *a)
{
	rate_session *s = a->s;
	size_t D = a->dim, V = a->vars, n = a->terms ? s->run.n : s->outcomes;
	double *mean = calloc(V * V + 1, sizeof *mean), *z = calloc(2 * V + 1, sizeof *z), *first = z + V;
	double size = 0, worst = 0, blurred = 0, apart = a->terms ? rate_terms_apart(n, s->c.batch) : 1;
	int rc = RATE_FAIL;

	for (uint64_t i = 0; mean && z && i < n; i++) {
		s->sampler = a->terms ? RATE_BY_TERM : RATE_FORCED;
		s->forced = i;
		if (rate_session_begin(s, 1, 0) || rate_session_step(s, 0))
			goto out;
		for (size_t k = 0; k < V; k++)
			z[k] = got(a, 0, k);
		for (size_t r = 0; r < V; r++) {
			first[r] += z[r] / (double)n;
			for (size_t c = 0; c < V; c++)
				mean[r * V + c] += apart * z[r] * z[c] / (double)n;
		}
	}
	/* The point after a batch is the mean of those after its terms. */
	for (size_t r = 0; mean && z && apart != 1 && r < V; r++)
		for (size_t c = 0; c < V; c++)
			mean[r * V + c] += (1 - apart) * first[r] * first[c];
	for (size_t r = 0; mean && z && r < V; r++)
		for (size_t c = 0; c < V; c++) {
			size = fmax(size, fabs(mean[r * V + c]));
			blurred = fmax(blurred, blur(a, r) * fmax(a->size[c], 2 * sqrt(fmax(mean[c * V + c], 0)) + blur(a, c)));
			worst = fmax(worst, fabs(mean[r * V + c] - a->Z[r * D + c]));
		}
	rc = worst <= (1e-12 * (size + 1e-300) + blurred) * (double)(V + 1) || size < 1e-280 ? RATE_OK : RATE_FAIL;
	if (rc != RATE_OK)
		snprintf(s->error, sizeof s->error, "%s: one step of the runner and the exact recursion differ by %.3g",
		         s->method->id, worst);
out:
	free(mean);
	free(z);
	return rc;
}

/* Known once the maps of the first step have been read. */
static double work_of_steps(const affine *a, uint64_t T)
{
	double core = (double)a->core, half = core * (core + 1) / 2;

	return (double)T * (a->square ? half * half : 4 * core * filled(a));
}

/* The maps of step t, read again only when something that they depend on has changed. 1, 0 or RATE_FAIL. */
static int maps_of(affine *a, uint64_t t, uint64_t T)
{
	double core = (double)a->core;
	int rc;

	if (!steps_change(a->s, t))
		return 1;
	if (a->terms) {
		if ((rc = read_terms(a, t)) || t || a->s->recursion == RATE_TERMS)
			return rc;
		/* Then the maps themselves, if they can be had. */
		rate_terms_free(a->terms);
		a->terms = NULL;
		count_outcomes(a->s);
		if (!choose_maps(a, T))
			return 0;
	}
	if ((rc = read_maps(a, t)) != 1 || t)
		return rc;
	/* Worth its making, and made in time. */
	if (constant_steps(a->s, T) && filled(a) > core * (core + 1) * (core + 1) / 8 &&
	    (double)a->maps * core * core * core * core / 4 <= MAX_WORK)
		square_maps(a);
	return work_of_steps(a, T) <= MAX_WORK;
}

int rate_exact_by_map(rate_session *s, const rate_check *check, rate_measured *m)
{
	affine a;
	double weight = 0, share = 0, before = 0;
	size_t next = 0;
	int rc = 0;

	count_outcomes(s);
	if (rate_session_blocks(s, s->run.d * s->method->state.count + 8))
		return RATE_FAIL;
	if (affine_new(&a, s) || !choose_form(&a, check->T) || first_moment(&a) || (rc = read_form(&a, 1)) != 1)
		goto out;
	for (uint64_t t = 0; t <= check->T; t++) {
		if (next < check->checkpoints && check->at[next] == t) {
			m->q[next] = mean_of(&a);
			/* What rounding the recursion itself adds, relative to the moments, and that of the points it speaks of. */
			m->s[next] = fabs(m->q[next]) + before + blur_of_form(&a) / (64 * 0x1p-52);
			next++;
		}
		if (t == check->T)
			break;
		if (s->theorem->weight) {
			double w = s->theorem->weight(&s->c, t);
			weight += w;
			share = weight > 0 ? w / weight : 0;
		}
		if ((rc = maps_of(&a, t, check->T)) != 1)
			goto out;
		before = size_of_form(&a);
		advance(&a, share);
		if (t == 0 && first_step_agrees(&a)) {
			rc = RATE_FAIL;
			goto out;
		}
	}
	rc = 1;
out:
	if (rc == RATE_FAIL && !*s->error)
		rc = 0;
	affine_free(&a);
	s->sampler = RATE_BY_PHILOX;
	return rc;
}

/* ---- Enumeration of all sequences of outcomes ---- */

int rate_exact_by_paths(rate_session *s, const rate_check *check, rate_measured *m)
{
	uint64_t paths = 1;
	rate_measured all = *m;
	size_t k, cells;
	int rc = RATE_FAIL;

	count_outcomes(s);
	if (s->stream)
		return 0;
	for (uint64_t t = 0; t < check->T; t++)
		if (s->outcomes > MAX_PATHS || (paths *= s->outcomes) > MAX_PATHS)
			return 0;
	if ((double)paths * ((double)check->T + (double)check->checkpoints * (double)s->run.n) * (double)s->run.d > 2e8)
		return 0;
	cells = check->checkpoints * paths;
	all.replicates = paths;
	all.b = NULL;
	all.q = malloc(2 * cells * sizeof *all.q);
	if (!all.q)
		return 0;
	all.s = all.q + cells;
	s->sampler = RATE_BY_DIGITS;
	if (rate_run_paths(s, check, 0, paths, &all))
		goto out;
	if (s->unforced) {
		rc = 0;
		goto out;
	}
	for (k = 0; k < check->checkpoints; k++) {
		double sum = 0, scale = 0;
		for (uint64_t r = 0; r < paths; r++) {
			sum += all.q[k * paths + r];
			scale = fmax(scale, all.s[k * paths + r]);
		}
		m->q[k] = sum / (double)paths;
		m->s[k] = scale;
	}
	m->witness = all.witness;
	m->diverged_at = all.diverged_at;
	rc = 1;
out:
	free(all.q);
	s->sampler = RATE_BY_PHILOX;
	return rc;
}

/* Claims on means: expectations, and what samples cannot show (means from below, divergence). */
static int claims_a_mean(const rate_theorem *th)
{
	return th->kind == RATE_EXPECTATION || (th->kind >= RATE_LOWER_BOUND && th->kind <= RATE_DIVERGENCE);
}

int rate_run_exact(rate_session *s, const rate_check *check, rate_measured *m)
{
	int rc = 0;

	if (!claims_a_mean(s->theorem) || (s->theorem->flags & RATE_PATH_BOUND) || (s->stream && !s->normals))
		return 0;
	if (!s->theorem->accumulators && s->x_star)
		rc = rate_exact_by_map(s, check, m);
	if (rc == 0)
		rc = rate_exact_by_paths(s, check, m);
	return rc;
}
