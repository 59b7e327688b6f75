/* The affine map of a step and the quadratic form of what is measured, both read off the plugins' own code, at any t.
 *
 * A step is M (z, 1) with z = (state - centre), one M for each outcome of its draw: a term, or a subset of `batch`
 * terms, or, where a term adds a row to what a step does without it, the rows alone (terms.h). Where a step is affine
 * in m normals too, those of a stream or the method's own, M(xi) = M + sum_k xi_k N_k, it needs no more than
 * E xi xi' = I: its outcomes are the 2m points +-sqrt(m) e_k, of which only M and the N_k are kept; for each
 * subset of terms, where terms are drawn too. */
#ifndef VERIFY_AFFINE_H
#define VERIFY_AFFINE_H

#include "verify/measure/exact/terms.h"
#include "verify/measure/measure.h"

enum { RATE_MAX_DIM = 256, RATE_IN_A_ROW = 64 /* maps that are added up one by one */ };
#define RATE_MAX_MAPS ((size_t)1 << 27) /* numbers in all maps of a step */

typedef struct rate_affine {
	rate_session *s;
	size_t vars, dim; /* coordinates of the state; dim = vars (+ d of the average) + 1 */
	size_t core;      /* vars + 1: what a map acts on. The average follows x with no draw of its own */
	size_t *block, *column; /* coordinate k lives in state block[k] at column[k] */
	char point[RATE_MAX_DIM]; /* of each block: it holds points, which are taken from the minimiser */
	double *map;      /* core x core each, row-major: one for each outcome; streams: M, then the N_k */
	size_t maps;      /* how many of them are kept */
	size_t normals, sets; /* m; and subsets of terms that are drawn beside them, each with its M and N_k */
	double share;     /* of each of them in the mean, times its weight */
	rate_terms *terms; /* NULL: the maps are kept themselves */
	double *mean;     /* core x core: the mean map */
	double *Q;        /* dim x dim: q = (z,1)' Q (z,1), z = (state, average) */
	double *probe;    /* RATE_PROBES x dim: where affinity is tested */
	double *normal;   /* streams: the normals of the two probes */
	double seen[2];   /* what the quantity was at two of the probes when Q was read */
	double *unit;     /* dim: how large the coordinates are, powers of two */
	double *wide;     /* dim: the same for Q, which is read as far out as the moments are by now */
	/* vars: by how much a coordinate after a step near the centre was off from what the map says, at most */
	double *misread;
	double *reading;  /* vars: and how much was added up in it */
	double *slope;    /* dim: scale of the rounding error of Q's linear part; 0: it has none */
	double constant;  /* that of the quantity at the centre */
	int has_form;
} rate_affine;

/* s has blocks for rate_affine_rows(s) rows. RATE_FAIL: too large, or out of memory. */
int rate_affine_open(rate_affine *a, rate_session *s);
void rate_affine_close(rate_affine *a);
size_t rate_affine_rows(const rate_session *s);

double rate_affine_centre(const rate_affine *a, size_t k);
/* Row r of the blocks <- centre + z (dim - 1 coordinates, the average's last); and coordinate k of it. */
void rate_affine_put(rate_affine *a, size_t r, const double *z);
double rate_affine_got(const rate_affine *a, size_t r, size_t k);

/* The maps of step t, or its terms. 1; 0: the step is not affine, or draws something else. */
int rate_affine_read_maps(rate_affine *a, uint64_t t);
int rate_affine_read_terms(rate_affine *a, uint64_t t);
/* Q at t. 1; 0: the quantity is not quadratic, or draws. */
int rate_affine_read_form(rate_affine *a, uint64_t t);
/* Coordinate k has become as large as `size`: 1 if Q was read so near by that its small products drown, and is
 * to be read again. */
int rate_affine_widen(rate_affine *a, size_t k, double size);
/* Is the quantity at t what it was when Q was read? */
int rate_affine_same_form(rate_affine *a, uint64_t t);

/* One step at t of a part of the outcomes (of the terms, if there are terms) from points of no special form, and a
 * hash of all that comes out: equal for equal maps. What is tied to all outcomes is in every part. 0: the step failed
 * or drew something else. */
size_t rate_affine_parts(const rate_affine *a);
int rate_affine_hash(rate_affine *a, uint64_t t, size_t part, uint64_t *hash);
/* From the point z: `see` is called with the point after each outcome (of each term: *by_term) in turn, and its weight.
 * RATE_FAIL: the step failed. */
int rate_affine_outcomes(rate_affine *a, uint64_t t, const double *z,
                         void (*see)(void *user, double weight, const double *after),
                         void *user, size_t *count, int *by_term);
/* 1, or how much more often outcome i comes than one in `maps`. */
double rate_affine_weight(const rate_affine *a, uint64_t i);

#endif
