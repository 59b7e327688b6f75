/* Exact arithmetic on a certificate: rationals only, no solver, no floating point. */
#ifndef VERIFY_WORST_PROOF_H
#define VERIFY_WORST_PROOF_H

#include <stdio.h> /* before gmp.h, which then declares gmp_fprintf */

#include <gmp.h>
#include <jansson.h>

#include "plugins/error.h"
#include "verify/worst/worst.h"

/* The class and the points in rationals, as the certificate has them. */
typedef struct rate_proof_group {
	mpq_t mu, L, shift, G2, floor, pl; /* of rate_group; G2 = G^2 */
	int smooth, lipschitz;             /* L and G are finite */
	int star;
	rate_operator kind;
	size_t count;
	mpq_t *x, *g; /* count x n */
	int *value;
} rate_proof_group;

typedef struct rate_proof {
	size_t n, m;  /* leaves; values, the least piece not counted */
	size_t groups, pieces, sizes;
	rate_proof_group *group;
	const json_t *piece, *size; /* lists of scalars, which are read where they are used */
} rate_proof;

/* What a set of rows with multipliers adds up to. */
typedef struct rate_sum {
	size_t n, m; /* m: with the least piece */
	mpq_t *S;    /* n x n: sum of multiplier x matrix, less the objective's */
	mpq_t *b;    /* m: sum of multiplier x weights of the values, less the objective's */
	mpq_t bound; /* what follows for the objective */
} rate_sum;

/* A model as JSON: the certificate's own words, made from a trace, and read back for every check. */
json_t *rate_proof_model(const rate_worst *w);
int rate_proof_read(rate_proof *p, const json_t *model, rate_error *error);
void rate_proof_clear(rate_proof *p);

int rate_sum_begin(rate_sum *s, const rate_proof *p, rate_error *error);
/* Adds multiplier x row. RATE_FAIL: there is no such row. */
int rate_sum_add(rate_sum *s, const rate_proof *p, const rate_row_id *id, const mpq_t multiplier,
                 rate_error *error);
/* Are all values cancelled and is S positive semidefinite? Then the objective is at most s->bound. */
int rate_sum_proves(const rate_sum *s, rate_error *error);
void rate_sum_clear(rate_sum *s);

/* certificate.c */
int rate_certify(const rate_worst *w, const rate_solve_options *o, json_t *about, json_t **out,
                 rate_error *error);
/* Is it a proof? *bound: of the quantity, a new text; *square: of its square. */
int rate_certificate_check(const json_t *certificate, char **bound, int *square, size_t *rows, size_t *n,
                           rate_error *error);

#endif
