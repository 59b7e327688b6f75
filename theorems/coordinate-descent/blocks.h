/* The matrix of a quadratic in blocks: A = N + D + U, the blocks below, on and above the diagonal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_BLOCKS_H
#define THEOREMS_BLOCKS_H

#define PARAMETERS(P) P(gamma) P(size)
#include "../common.h"

#include <stdlib.h>
#include <string.h>

enum { L_COORD }; /* the first of the needs */

/* A by products with unit vectors. */
RATE_INLINE int read_matrix(rate_view *v, double *A)
{
	rate_run *run = v->run;
	size_t d = run->d, room = run->nrep * run->ld;
	double *e = calloc(2 * room, sizeof *e);
	int rc = e ? RATE_OK : RATE_FAIL;

	for (size_t j = 0; j < d && rc == RATE_OK; j++) {
		e[j] = 1;
		rc = run->call->hessian_product(run, v->state[0], e, e + room);
		e[j] = 0;
		for (size_t i = 0; i < d && rc == RATE_OK; i++)
			A[i * d + j] = e[room + i];
	}
	free(e);
	return rc;
}

/* The spectral norm of M from above: (trace of (M'M)^p)^(1/2p), p = 2^9. It exceeds the norm by d^(1/1024) at most. M
 * is spoilt; `work` holds d x d numbers. */
RATE_INLINE double norm_above(size_t d, double *M, double *work)
{
	double size = 0, trace, p = 1;

	for (int k = 0; k < 10; k++) {
		trace = 0;
		for (size_t i = 0; i < d; i++)
			for (size_t j = 0; j < d; j++) {
				double sum = 0;
				for (size_t l = 0; l < d; l++)
					sum += M[l * d + i] * M[l * d + j]; /* symmetric from the second time on */
				work[i * d + j] = sum;
				trace += i == j ? sum : 0;
			}
		if (!(trace > 0))
			return 0;
		size += log(trace) / (2 * p);
		for (size_t i = 0; i < d * d; i++)
			M[i] = work[i] / trace;
		p *= 2;
	}
	return exp(size) * (1 + 1e-12);
}

/* ---- Plumbing that the pages share ---- */

static const rate_param block_params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/lambda_max(A_jj)"),
	[size_] = { "size", RATE_INTEGER, "1", 1, 1e9, NULL, "coordinates of a block" },
};

/* Blocks of several coordinates are as smooth as f. */
RATE_INLINE double longest(const rate_case *c)
{
	return 1 / (c->param[size_] > 1 ? c->L : c->need[L_COORD]);
}

RATE_INLINE void choose_block(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (param[size_] > 1 ? c->L : c->need[L_COORD]);
}

RATE_INLINE const char *admissible_block(const rate_case *c)
{
	return AT_MOST(c->param[gamma_], longest(c))
	           ? NULL
	           : "0 < gamma <= 1/lambda_max(A_jj) (blocks of several coordinates: 1/L)";
}

RATE_INLINE const char *small_quadratic(const rate_case *c)
{
	return c->d > 64 ? "computed for at most 64 coordinates" : c->L_2 == 0 ? NULL : "stated for quadratics";
}

#endif
