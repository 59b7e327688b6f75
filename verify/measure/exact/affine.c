/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/exact/affine.h"
#include "verify/session/draws.h"
#include "verify/session/guard.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points for the tests of affinity and of quadraticity: fixed, of no special form. Two are about as far from the
 * centre as the units of a map, two so far out on either side that no path gets there: what is a parabola only near
 * its minimiser is told by them. */
enum { PROBES = 4 };
enum { CHUNK = 256 }; /* rows of a step that takes many outcomes */
enum { PART = 32 };   /* outcomes that are hashed together */

static int is_scalar(const rate_session *s, size_t k)
{
	return rate_state_of(s, k)->scalar == 1;
}

double rate_affine_centre(const rate_affine *a, size_t k)
{
	return a->point[a->block[k]] && a->s->x_star ? a->s->x_star[a->column[k]] : 0;
}

/* A block that starts where x does, wherever that is, holds points; others hold differences, multiples, ... Points are
 * taken from the minimiser, so that what they have in common does not drown how they differ. */
static int find_points(rate_affine *a)
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
	for (size_t b = 0; b < s->blocks.states && b < sizeof a->point; b++)
		a->point[b] = !is_scalar(s, b) && !memcmp(s->blocks.state[b], elsewhere, d * sizeof *elsewhere);
	s->x0 = x0;
	free(elsewhere);
	return rc;
}

void rate_count_outcomes(rate_session *s)
{
	s->draws.outcomes = s->stream ? 2 * s->c.batch * s->normals : rate_subsets(s->run.n, s->c.batch);
	s->draws.purpose = 0;
	s->draws.unforced = 0;
	s->draws.own.purposes = s->draws.own.samples = 0;
	rate_look_for_choice(s);
	rate_look_for_normals(s);
}

/* Numbers in a state. */
static size_t variables(const rate_session *s)
{
	size_t vars = 0;

	for (size_t b = 0; b < rate_state_count(s); b++)
		vars += is_scalar(s, b) ? 1 : s->run.d;
	return vars;
}

/* Those of more than RATE_MAX_DIM variables are never opened. */
size_t rate_affine_rows(const rate_session *s)
{
	size_t vars = variables(s), rows = (vars > RATE_MAX_DIM ? 0 : vars) + 8;

	return rows > CHUNK || s->draws.outcomes < rows ? rows : s->draws.outcomes < CHUNK
	    ? (size_t)s->draws.outcomes : CHUNK;
}

/* No path need come to where the host asks for a step: one that fails there is no map, and no fault. */
static int try_step(rate_affine *a, uint64_t t)
{
	if (rate_session_step(a->s, t) == RATE_OK)
		return RATE_OK;
	rate_no_error(&a->s->error);
	return RATE_FAIL;
}

enum { USUAL = 200 };

/* A power of two no smaller than v, up to 2^most: its square and what it is multiplied by are to be numbers. */
static double power_above(double v, double most)
{
	return v > 0 && isfinite(v) ? exp2(fmin(fmax(ceil(log2(v)), -200), most)) : 1;
}

/* How far out probe `which` lies in the units of the coordinates. */
static double reach(int which)
{
	return which <= 2 ? 1 : 0x1p20;
}

static const double *probe(const rate_affine *a, int which)
{
	return a->probe + (size_t)(which - 1) * a->dim;
}

static void make_probes(rate_affine *a)
{
	for (int which = 1; which <= PROBES; which++)
		for (size_t k = 0; k < a->dim; k++) {
			double p = sin(1.7 * (double)(k + 1) + 2.3 * which) + 0.3 * which;
			a->probe[(size_t)(which - 1) * a->dim + k] =
			    a->unit[k] * (which <= 2 ? p : (which == 3 ? 1 : -1) * reach(which) * fabs(p));
		}
	for (size_t e = 0; e < 2 * a->normals; e++)
		a->normal[e] = rate_probe_normal(e / a->normals, e % a->normals);
}

/* Steps and quantities are read off at distances that are like those of the path: farther out what is read off drowns
 * in rounding errors, near by in those of the centre. Points are as large as the minimiser and as far from it as the
 * start is; others as large as a step from the start makes them. A form is read as near by as a path that starts in the
 * minimiser goes in a step: its products with what is as small drown in the squares of longer ones. */
static void find_units(rate_affine *a)
{
	rate_session *s = a->s;
	double size[RATE_MAX_DIM] = { 0 }, points[2] = { 0 }, far = s->x_star ? rate_norm_n(s->x_star, s->run.d) : 0;
	int unforced = s->draws.unforced;

	s->draws.sampler = RATE_FORCED;
	s->draws.forced = 0;
	for (int made = 0; made < 2; made++) {
		if (made ? try_step(a, 0) : rate_session_begin(s, 1, 0))
			break;
		for (size_t k = 0; k < a->vars; k++) {
			double got = fabs(rate_affine_got(a, 0, k));
			if (a->point[a->block[k]])
				points[made] = fmax(points[made], got);
			if (!made || !a->point[a->block[k]])
				size[a->block[k]] = fmax(size[a->block[k]], got);
		}
	}
	rate_no_error(&s->error);
	s->draws.unforced = unforced;
	for (size_t k = 0; k < a->dim; k++) {
		size_t b = k < a->vars ? a->block[k] : 0; /* an average is one of points */
		a->unit[k] = power_above(a->point[b] ? fmax(far, size[b]) : size[b], USUAL);
		a->wide[k] = a->point[b] && far == 0 && points[0] == 0 ? fmin(power_above(points[1], USUAL), 1)
		                                                       : a->unit[k];
	}
}

int rate_affine_open(rate_affine *a, rate_session *s)
{
	size_t k = 0;

	*a = (rate_affine){ .s = s, .vars = variables(s) };
	a->dim = a->vars + (s->theorem->weight ? s->run.d : 0) + 1;
	if (a->dim > RATE_MAX_DIM)
		return RATE_FAIL;
	a->core = a->vars + 1;
	a->normals = rate_draws_normals(s) ? rate_normals_of(&s->draws) : 0;
	a->sets = rate_sets_of(&s->draws);
	a->block = calloc(a->vars, sizeof(size_t));
	a->column = calloc(a->vars, sizeof(size_t));
	a->Q = calloc(a->dim * a->dim, sizeof(double));
	a->mean = calloc(a->core * a->core, sizeof(double));
	a->probe = calloc((PROBES + 5) * a->dim + 2 * a->normals, sizeof(double));
	if (!a->block || !a->column || !a->Q || !a->mean || !a->probe)
		return RATE_FAIL;
	a->unit = a->probe + PROBES * a->dim;
	a->slope = a->unit + a->dim;
	a->misread = a->slope + a->dim;
	a->reading = a->misread + a->dim;
	a->wide = a->reading + a->dim;
	a->normal = a->wide + a->dim;
	for (size_t b = 0; b < s->blocks.states; b++)
		for (size_t j = 0; j < (is_scalar(s, b) ? 1 : s->run.d); j++, k++) {
			a->block[k] = b;
			a->column[k] = j;
		}
	if (find_points(a))
		return RATE_FAIL;
	find_units(a);
	make_probes(a);
	return RATE_OK;
}

void rate_affine_close(rate_affine *a)
{
	free(a->block);
	free(a->column);
	free(a->map);
	free(a->Q);
	free(a->mean);
	free(a->probe);
	rate_terms_free(a->terms);
}

void rate_affine_put(rate_affine *a, size_t r, const double *z)
{
	rate_session *s = a->s;

	for (size_t k = 0; k < a->vars; k++)
		s->blocks.state[a->block[k]][r * s->run.ld + a->column[k]] = rate_affine_centre(a, k) + z[k];
	for (size_t j = 0; s->theorem->weight && j < s->run.d; j++)
		s->blocks.average[r * s->run.ld + j] = (s->x_star ? s->x_star[j] : 0) + z[a->vars + j];
}

double rate_affine_got(const rate_affine *a, size_t r, size_t k)
{
	return a->s->blocks.state[a->block[k]][r * a->s->run.ld + a->column[k]] - rate_affine_centre(a, k);
}

/* ---- The map of a step ---- */

/* A power of two no smaller than what the step makes of the centre: a coefficient that is read off a shorter vector
 * drowns in the constant part (noise that is large against the curvature). 0: the step failed. */
static double size_of_step(rate_affine *a, uint64_t t)
{
	double z[RATE_MAX_DIM] = { 0 }, largest = 0;

	a->s->run.nrep = 1;
	rate_affine_put(a, 0, z);
	if (try_step(a, t))
		return 0;
	for (size_t k = 0; k < a->vars; k++)
		largest = fmax(largest, fabs(rate_affine_got(a, 0, k)));
	return largest > 0 ? power_above(largest, USUAL) : DBL_MIN;
}

/* Is what came out of the probes what M makes of them? What cancels in a step leaves rounding errors of the size of
 * what went in and of what came out elsewhere. */
static int is_affine(rate_affine *a, const double *M)
{
	size_t S = a->core, V = a->vars;
	double largest = 0, unit = 0;

	for (size_t row = 0; row < V; row++) {
		unit = fmax(unit, a->unit[row]);
		largest = fmax(largest, fmax(fabs(rate_affine_centre(a, row)),
		                             fmax(fabs(rate_affine_got(a, V + 1, row)),
		                                  fabs(rate_affine_got(a, V + 2, row)))));
	}
	for (int w = 1; w <= PROBES; w++)
		for (size_t row = 0; row < V; row++) {
			double sum = M[row * S + V], size = fabs(sum), seen = rate_affine_got(a, V + (size_t)w, row);
			for (size_t k = 0; k < V; k++) {
				sum += M[row * S + k] * probe(a, w)[k];
				size += fabs(M[row * S + k] * probe(a, w)[k]);
			}
			if (!(fabs(sum - seen) <= 1e-10 * (size + fabs(seen)) + 1e-14 * fmax(largest, unit * reach(w))))
				return 0;
			if (w <= 2) {
				a->misread[row] = fmax(a->misread[row], fabs(sum - seen));
				a->reading[row] = fmax(a->reading[row], size);
			}
		}
	return 1;
}

/* Reads the map of step t with outcome (or term) i: vars + 1 unit rows and the test rows. 0 if the step is not
 * affine. */
static int read_map(rate_affine *a, uint64_t t, rate_sampler sampler, uint64_t i, double *M)
{
	rate_session *s = a->s;
	size_t S = a->core, V = a->vars, rows = V + 1 + PROBES;
	double z[RATE_MAX_DIM], size;

	s->draws.sampler = sampler;
	s->draws.forced = i;
	if ((size = size_of_step(a, t)) == 0)
		return 0;
	s->run.nrep = rows;
	for (size_t r = 0; r < rows; r++) {
		memset(z, 0, a->dim * sizeof *z);
		if (r >= 1 && r <= V)
			z[r - 1] = fmax(a->unit[r - 1], size);
		rate_affine_put(a, r, r > V ? probe(a, (int)(r - V)) : z);
	}
	if (try_step(a, t) || s->draws.unforced)
		return 0;
	memset(M, 0, S * S * sizeof *M);
	for (size_t row = 0; row < V; row++) {
		double base = rate_affine_got(a, 0, row);
		M[row * S + V] = base;
		for (size_t k = 0; k < V; k++)
			M[row * S + k] = (rate_affine_got(a, k + 1, row) - base) / fmax(a->unit[k], size);
	}
	M[S * S - 1] = 1;
	return is_affine(a, M);
}

double rate_affine_weight(const rate_affine *a, uint64_t i)
{
	return rate_draws_normals(a->s) ? 1 : rate_outcome_weight(a->s, i);
}

static int average_map(rate_affine *a)
{
	size_t size = a->core * a->core, added = 0;
	double *some = calloc(size, sizeof *some);

	if (!some)
		return 0;
	memset(a->mean, 0, size * sizeof *a->mean);
	/* The normals have mean 0. */
	for (size_t i = 0; i < a->maps; i += a->normals + 1) {
		a->s->kernels->axpy(size, a->share * rate_affine_weight(a, i), a->map + i * size, some);
		if (++added % RATE_IN_A_ROW == 0 || i + a->normals + 1 >= a->maps) {
			a->s->kernels->axpy(size, 1, some, a->mean);
			memset(some, 0, size * sizeof *some);
		}
	}
	free(some);
	return 1;
}

/* The largest of the numbers that have the same unit as entry e of a map: the constant column has that of the state. */
static double largest_like(const rate_affine *a, const double *M, size_t e)
{
	size_t S = a->core;
	double most = 0;

	for (size_t r = 0; r + 1 < S; r++)
		for (size_t c = 0; c < S; c++)
			if ((c + 1 == S) == ((e + 1) % S == 0))
				most = fmax(most, fabs(M[r * S + c]));
	return most;
}

/* M(xi) of a probe against M + sum xi_k N_k, which begin at `map`. 0 if the step is not affine in the normals. */
static int probe_agrees(const rate_affine *a, uint64_t w, const double *map, const double *seen)
{
	size_t S = a->core, size = S * S, m = a->normals;
	double like[2] = { largest_like(a, seen, 0), largest_like(a, seen, S - 1) };

	for (size_t e = 0; e < size; e++) {
		double sum = map[e], scale = fabs(sum) + like[(e + 1) % S == 0];
		for (size_t k = 0; k < m; k++) {
			double term = a->normal[w * m + k] * map[(k + 1) * size + e];
			sum += term;
			scale += fabs(term);
		}
		if (!(fabs(sum - seen[e]) <= 1e-10 * scale))
			return 0;
	}
	return 1;
}

/* Turns the maps of +-sqrt(m) e_k into M and the N_k, for one subset, and tests on two more samples that they are all
 * there is. */
static int read_noise(rate_affine *a, uint64_t t, uint64_t set, double *map)
{
	size_t m = a->normals, size = a->core * a->core;
	double root = sqrt((double)m), *last = map + 2 * m * size; /* room for one more */

	memset(last, 0, size * sizeof *last);
	for (size_t k = 0; k < 2 * m; k++)
		for (size_t e = 0; e < size; e++)
			last[e] += map[k * size + e] / (double)(2 * m);
	for (size_t k = 0; k < m; k++)
		for (size_t e = 0; e < size; e++)
			map[k * size + e] = (map[2 * k * size + e] - map[(2 * k + 1) * size + e]) / (2 * root);
	memmove(map + size, map, m * size * sizeof *map);
	memcpy(map, last, size * sizeof *map);
	/* Differences of equal numbers are no noise; without them additive noise fills one column only. */
	for (size_t e = size; e < (m + 1) * size; e++) {
		size_t column = e % a->core, row = e % size / a->core;
		if (column < a->vars && row < a->vars && fabs(map[e]) * a->unit[column] < 1e-14 * a->unit[row])
			map[e] = 0;
	}
	for (uint64_t w = 0; w < 2; w++) {
		int rc = read_map(a, t, RATE_FORCED, a->s->draws.outcomes + 2 * set + w, last);
		if (rc != 1)
			return rc;
		if (!probe_agrees(a, w, map, last))
			return 0;
	}
	return 1;
}

/* Where outcomes are normals: subset by subset, what is read of one reaching into the room of the next. */
static int read_normals(rate_affine *a, uint64_t t)
{
	size_t cap = a->core * a->core, m = a->normals;
	int rc = 1;

	for (uint64_t set = 0; rc == 1 && set < a->sets; set++) {
		double *map = a->map + set * (m + 1) * cap;
		for (uint64_t k = 0; rc == 1 && k < 2 * m; k++)
			rc = read_map(a, t, RATE_FORCED, set * 2 * m + k, map + k * cap);
		if (rc == 1)
			rc = read_noise(a, t, set, map);
	}
	return rc;
}

int rate_affine_read_maps(rate_affine *a, uint64_t t)
{
	size_t n = a->s->draws.outcomes, cap = a->core * a->core;
	int rc = 1;

	if (!a->map) {
		a->maps = a->normals ? a->sets * (a->normals + 1) : n;
		a->share = 1 / (double)(a->normals ? a->sets : n);
		a->map = calloc((a->normals ? a->maps + a->normals : n + 1) * cap, sizeof(double));
	}
	if (!a->map)
		return 0;
	memset(a->misread, 0, 2 * a->dim * sizeof *a->misread); /* and a->reading */
	for (uint64_t i = 0; rc == 1 && !a->normals && i < n; i++)
		rc = read_map(a, t, RATE_FORCED, i, a->map + i * cap);
	if (rc == 1 && a->normals)
		rc = read_normals(a, t);
	return rc == 1 ? average_map(a) : rc;
}

/* The map of a batch must be the mean of those of its terms. 0: terms do not add rows. */
int rate_affine_read_terms(rate_affine *a, uint64_t t)
{
	size_t n = a->s->run.n, batch = a->s->c.batch, cap = a->core * a->core;
	double *B = calloc(2 * cap, sizeof *B), *M = B + cap;
	int rc;

	memset(a->misread, 0, 2 * a->dim * sizeof *a->misread); /* and a->reading */
	rc = B ? read_map(a, t, RATE_BY_TERM, n, B) : 0;

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

/* ---- All outcomes at once ---- */

/* Rows 1, 2, ... like row 0. */
static void repeat_row(rate_session *s)
{
	size_t ld = s->run.ld;

	for (size_t b = 0; b < s->blocks.states; b++)
		for (size_t r = 1; r < s->run.nrep; r++)
			memcpy(s->blocks.state[b] + r * ld, s->blocks.state[b], ld * sizeof(double));
	for (size_t r = 1; s->theorem->weight && r < s->run.nrep; r++)
		memcpy(s->blocks.average + r * ld, s->blocks.average, ld * sizeof(double));
}

/* One step from z of the outcomes `first` and those that follow, a row each, as many as there is room for: how many,
 * or 0. */
static size_t step_outcomes(rate_affine *a, uint64_t t, const double *z, rate_sampler sampler,
                            uint64_t first, size_t count)
{
	rate_session *s = a->s;
	int rc;

	s->draws.sampler = sampler;
	s->draws.forced = first;
	s->draws.spread = 1;
	s->run.nrep = count < s->blocks.capacity ? count : s->blocks.capacity;
	rate_affine_put(a, 0, z);
	repeat_row(s);
	rc = try_step(a, t);
	s->draws.spread = 0;
	return rc || s->draws.unforced ? 0 : s->run.nrep;
}

static uint64_t turned(uint64_t h, double v)
{
	uint64_t word;

	memcpy(&word, &v, sizeof word);
	return (h << 7 | h >> 57) + word;
}

/* Not for those who want two blocks to have the same. n: a multiple of eight, as blocks are. */
static uint64_t hash_words(const double *v, size_t n, uint64_t h)
{
	uint64_t a = h, b = h + 1, c = h + 2, d = h + 3;

	for (const double *end = v + n; v < end; v += 4) {
		a = turned(a, v[0]);
		b = turned(b, v[1]);
		c = turned(c, v[2]);
		d = turned(d, v[3]);
	}
	for (int k = 0; k < 4; k++)
		h = ((h ^ h >> 31) + (k == 0 ? a : k == 1 ? b : k == 2 ? c : d)) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 33;
}

static int hash_from(rate_affine *a, uint64_t t, const double *z, rate_sampler sampler, uint64_t first, size_t count,
                     uint64_t *hash)
{
	rate_session *s = a->s;

	for (size_t done = 0, rows; done < count; done += rows) {
		if (!(rows = step_outcomes(a, t, z, sampler, first + done, count - done)))
			return 0;
		for (size_t b = 0; b < s->blocks.states; b++)
			*hash = hash_words(s->blocks.state[b], rows * s->run.ld, *hash);
	}
	return 1;
}

static size_t outcomes_of(const rate_affine *a)
{
	return a->terms ? a->s->run.n : a->s->draws.outcomes;
}

size_t rate_affine_parts(const rate_affine *a)
{
	return (outcomes_of(a) + PART - 1) / PART;
}

/* The centre shows the constant part of a map bare, a probe all the rest. */
int rate_affine_hash(rate_affine *a, uint64_t t, size_t part, uint64_t *hash)
{
	rate_session *s = a->s;
	const double zero[RATE_MAX_DIM] = { 0 };
	rate_sampler sampler = a->terms ? RATE_BY_TERM : RATE_FORCED;
	size_t first = part * PART, count = outcomes_of(a) - first < PART ? outcomes_of(a) - first : PART;

	*hash = 1;
	for (int centre = 0; centre < 2; centre++) {
		const double *z = centre ? zero : probe(a, 1);
		if (!hash_from(a, t, z, sampler, first, count, hash))
			return 0;
		/* In every part: samples that have all normals in them, the batches that tie terms to batches. */
		if (a->normals &&
		    !hash_from(a, t, z, sampler, s->draws.outcomes + 2 * (part % a->sets), 2, hash))
			return 0;
		if (a->terms && s->c.batch > 1 && (!hash_from(a, t, z, RATE_FORCED, 0, 1, hash) ||
		                                   !hash_from(a, t, z, RATE_BY_TERM, s->run.n + 1, 1, hash)))
			return 0;
	}
	return 1;
}

int rate_affine_outcomes(rate_affine *a, uint64_t t, const double *z,
                         void (*see)(void *user, double weight, const double *after),
                         void *user, size_t *count, int *by_term)
{
	enum { FEW = 4096 };
	rate_session *s = a->s;
	double after[RATE_MAX_DIM];

	*by_term = a->terms && s->c.batch > 1 && s->draws.outcomes > FEW;
	*count = *by_term ? s->run.n : s->draws.outcomes;
	for (size_t done = 0, rows; done < *count; done += rows) {
		if (!(rows = step_outcomes(a, t, z, *by_term ? RATE_BY_TERM : RATE_FORCED, done, *count - done)))
			return RATE_FAIL;
		for (size_t r = 0; r < rows; r++) {
			for (size_t k = 0; k < a->vars; k++)
				after[k] = rate_affine_got(a, r, k);
			see(user, *by_term ? 1 : rate_affine_weight(a, done + r), after);
		}
	}
	return RATE_OK;
}

/* ---- The form of the quantity ---- */

/* As far out as Q is read. */
static void wide_probe(const rate_affine *a, int which, double *z)
{
	for (size_t k = 0; k < a->dim; k++)
		z[k] = probe(a, which)[k] / a->unit[k] * a->wide[k];
}

/* Point e of those that tell a form: the centre, +-e_i, e_i + e_j with j < i (e_i: a unit of coordinate i), and the
 * probes. */
static void form_point(const rate_affine *a, size_t e, double *z)
{
	size_t V = a->dim - 1, i = 1;

	memset(z, 0, a->dim * sizeof *z);
	if (e == 0)
		return;
	if (e <= V)
		z[e - 1] = a->wide[e - 1];
	else if (e <= 2 * V)
		z[e - V - 1] = -a->wide[e - V - 1];
	else if ((e -= 2 * V + 1) >= V * (V - 1) / 2)
		wide_probe(a, (int)(e - V * (V - 1) / 2) + 1, z);
	else {
		for (; e >= i; i++)
			e -= i;
		z[i] = a->wide[i];
		z[e] = a->wide[e];
	}
}

/* The quantity at points `first`..., a row each, and the scales of its rounding errors unless that is NULL. */
static int measure_points(rate_affine *a, uint64_t t, size_t first, size_t count, double *q, double *rounding)
{
	rate_session *s = a->s;
	double z[RATE_MAX_DIM], *scale = calloc(s->blocks.capacity, sizeof *scale),
	    *out = calloc(s->blocks.capacity, sizeof *out);
	int rc = scale && out ? 1 : 0;
	rate_view v;

	s->draws.sampler = RATE_FORCED;
	s->draws.forced = 0;
	for (size_t done = 0, rows; rc == 1 && done < count; done += rows) {
		s->run.nrep = rows = count - done < s->blocks.capacity ? count - done : s->blocks.capacity;
		for (size_t r = 0; r < rows; r++) {
			form_point(a, first + done + r, z);
			rate_affine_put(a, r, z);
		}
		rate_session_view(s, t, &v);
		rc = rate_measure(s, &v, out, scale, NULL) == RATE_OK && !s->draws.unforced;
		memcpy(q + done, out, rows * sizeof *q);
		if (rounding)
			memcpy(rounding + done, scale, rows * sizeof *rounding);
	}
	if (rc != 1)
		rate_no_error(&s->error);
	free(scale);
	free(out);
	return rc;
}

/* The slope along coordinate i at the centre, from the values on either side. A quantity that vanishes at the centre
 * and is nowhere negative has none: what is left is rounding. Else the scale of its rounding error is kept. */
static double slope_of_form(rate_affine *a, size_t i, const double *q, const double *scale)
{
	size_t V = a->dim - 1;
	double plus = q[1 + i], minus = q[1 + V + i], slope = (plus - minus) / a->wide[i] / 2;

	a->slope[i] = 0;
	if (q[0] == 0 && fabs(plus - minus) <= 16 * 0x1p-52 * (fabs(plus) + fabs(minus)))
		return 0;
	a->slope[i] = (scale[1 + i] + scale[1 + V + i]) / a->wide[i] / 2;
	return slope;
}

/* Is q what Q makes of z? */
static int form_agrees(const rate_affine *a, const double *z, double q)
{
	size_t D = a->dim;
	double sum = 0, size = 0;

	for (size_t i = 0; i < D; i++)
		for (size_t j = 0; j < D; j++) {
			double part = a->Q[i * D + j] * (i + 1 < D ? z[i] : 1) * (j + 1 < D ? z[j] : 1);

			sum += part;
			size += fabs(part);
		}
	return fabs(sum - q) <= 1e-9 * (size + fabs(q) + 1e-300);
}

/* Noise may throw a path far beyond the units, where an indicator that looked constant is none: is the quantity what Q
 * makes of points that are as far away as the constant parts of the maps? */
static int wide_agrees(rate_affine *a, uint64_t t)
{
	rate_session *s = a->s;
	double z[RATE_MAX_DIM] = { 0 }, kick[RATE_MAX_DIM] = { 0 }, q, scale;
	int beyond = 0;
	rate_view v;

	if (a->terms)
		return 1;
	for (size_t m = 0; m < a->maps; m++)
		for (size_t k = 0; k < a->vars; k++)
			kick[k] = fmax(kick[k], fabs(a->map[(m * a->core + k) * a->core + a->vars]));
	for (size_t k = 0; k < a->vars; k++)
		beyond |= kick[k] > a->wide[k];
	for (int w = 0; w < 4 && beyond; w++) {
		double farthest = 0;

		for (size_t k = 0; k < a->vars; k++) {
			z[k] = probe(a, w % 2 + 1)[k] * fmax(kick[k] / a->unit[k], 1) * (w < 2 ? 1 : 8);
			farthest = fmax(farthest, fabs(z[k]));
		}
		if (!(farthest < 1e100))
			continue;
		s->draws.sampler = RATE_FORCED;
		s->draws.forced = 0;
		s->run.nrep = 1;
		rate_affine_put(a, 0, z);
		rate_session_view(s, t, &v);
		if (rate_measure(s, &v, &q, &scale, NULL) != RATE_OK) {
			rate_no_error(&s->error);
			return 0;
		}
		if (isfinite(q) && !form_agrees(a, z, q))
			return 0;
	}
	return 1;
}

/* Q with q(z) = (z,1)' Q (z,1) from the values at all points. */
static int form_from(rate_affine *a, const double *q, const double *scale)
{
	size_t D = a->dim, V = D - 1;
	const double *plus = q + 1, *minus = plus + V, *pair = minus + V, *last = pair + V * (V - 1) / 2, *u = a->wide;
	double z[RATE_MAX_DIM];

	/* A quantity that does not vanish at the centre is a difference there, or has noise in it. */
	a->constant = q[0] != 0 ? scale[0] : 0;
	a->Q[D * D - 1] = q[0];
	for (size_t i = 0; i < V; i++) {
		a->Q[i * D + i] = ((plus[i] + minus[i]) / 2 - q[0]) / u[i] / u[i];
		a->Q[i * D + V] = a->Q[V * D + i] = slope_of_form(a, i, q, scale) / 2;
		for (size_t j = 0; j < i; j++)
			a->Q[i * D + j] = a->Q[j * D + i] = (*pair++ - plus[i] - plus[j] + q[0]) / u[i] / u[j] / 2;
	}
	for (int w = 0; w < PROBES; w++) {
		wide_probe(a, w + 1, z);
		if (!form_agrees(a, z, last[w]))
			return 0;
	}
	return 1;
}

static size_t first_probe(const rate_affine *a)
{
	size_t V = a->dim - 1;

	return 1 + 2 * V + V * (V - 1) / 2;
}

int rate_affine_read_form(rate_affine *a, uint64_t t)
{
	size_t first = first_probe(a);
	double *q = calloc(2 * (first + PROBES), sizeof *q), *scale = q + first + PROBES;
	int rc = q ? measure_points(a, t, 0, first + PROBES, q, scale) : 0;

	if (rc == 1 && (rc = form_from(a, q, scale)) == 1 && (rc = wide_agrees(a, t)) == 1) {
		memcpy(a->seen, q + first, sizeof a->seen);
		a->has_form = 1;
	}
	free(q);
	return rc;
}

int rate_affine_widen(rate_affine *a, size_t k, double size)
{
	/* Beside the square of 16 eps is still small. Paths go as far as 2^332: where one coordinate is read nearer
	 * than it is beside others that are not, its products drown. */
	enum { FAR = 16, FARTHEST = 332 };
	double wide = power_above(size, FARTHEST);

	if (!(size > FAR * a->wide[k]) || !(wide > a->wide[k]))
		return 0;
	a->wide[k] = wide;
	return 1;
}

int rate_affine_same_form(rate_affine *a, uint64_t t)
{
	double q[2];

	return measure_points(a, t, first_probe(a), 2, q, NULL) && !memcmp(q, a->seen, sizeof q);
}
