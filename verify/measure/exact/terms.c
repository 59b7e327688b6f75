/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/measure/exact/terms.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of what rounding leaves in a map that was read off a step. */
#define CLOSE 1e-11

struct rate_terms {
	size_t side, ld, n, high, batch; /* ld, high: side and n rounded up, for the kernels */
	double *u, *w, *scaled;          /* n x ld: u_i, w_i, and u_i times its share */
	double *across;                  /* ld x high: the w_i as columns */
	double *product;                 /* high x ld: w_i'K */
	double *mean, *part;             /* ld x ld, transposed: the mean map, and the mean of the u_i w_i' in it */
	double *K, *half, *whole;        /* ld x ld: work */
};

static size_t up(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

double rate_terms_apart(size_t n, size_t batch)
{
	return n > 1 ? (double)(n - batch) / ((double)batch * (double)(n - 1)) : 0;
}

double rate_terms_work(size_t side, size_t n)
{
	double ld = (double)up(side, 16);

	return ld * ld * (2 * (double)n + 4 * ld);
}

rate_terms *rate_terms_new(size_t side, size_t n, size_t batch)
{
	rate_terms *t = calloc(1, sizeof *t);
	size_t ld = up(side, 16), high = up(n, 8), size = ld * ld;
	double *room;

	if (!t)
		return NULL;
	*t = (rate_terms){ .side = side, .ld = ld, .n = n, .high = high, .batch = batch };
	t->u = room = calloc(3 * n * ld + 2 * high * ld + 5 * size, sizeof *room);
	if (!room) {
		free(t);
		return NULL;
	}
	t->w = room + n * ld;
	t->scaled = room + 2 * n * ld;
	t->across = room += 3 * n * ld;
	t->product = room += high * ld;
	t->mean = room += high * ld;
	t->part = room + size;
	t->K = room + 2 * size;
	t->half = room + 3 * size;
	t->whole = room + 4 * size;
	return t;
}

void rate_terms_free(rate_terms *t)
{
	if (t)
		free(t->u);
	free(t);
}

/* The last column has the unit of the state, the others have none: the largest of either kind. */
static void sizes(size_t S, const double *B, const double *M, double most[2])
{
	double high = 0, last = 0;

	for (size_t r = 0; r + 1 < S; r++) {
		const double *b = B + r * S, *m = M + r * S;

		for (size_t c = 0; c + 1 < S; c++) {
			high = fabs(b[c]) > high ? fabs(b[c]) : high;
			high = fabs(m[c]) > high ? fabs(m[c]) : high;
		}
		last = fmax(last, fmax(fabs(b[S - 1]), fabs(m[S - 1])));
	}
	most[0] = high;
	most[1] = last;
}

int rate_terms_set(rate_terms *t, size_t i, const double *B, const double *M)
{
	size_t S = t->side, row = 0, column = 0;
	double *u = t->u + i * t->ld, *w = t->w + i * t->ld, most[2], best = 0;

	sizes(S, B, M, most);
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c < S; c++) {
			double like = most[c + 1 == S], apart = fabs(M[r * S + c] - B[r * S + c]);
			if (like > 0 && apart > best * like) {
				best = apart / like;
				row = r;
				column = c;
			}
		}
	memset(u, 0, t->ld * sizeof *u);
	memset(w, 0, t->ld * sizeof *w);
	if (best == 0)
		return 1;
	for (size_t r = 0; r < S; r++)
		u[r] = M[r * S + column] - B[r * S + column];
	for (size_t c = 0; c < S; c++)
		w[c] = (M[row * S + c] - B[row * S + c]) / u[row];
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c < S; c++)
			if (!(fabs(M[r * S + c] - B[r * S + c] - u[r] * w[c]) <= CLOSE * most[c + 1 == S]))
				return 0;
	return 1;
}

void rate_terms_close(rate_terms *t, const double *B, double *mean)
{
	size_t S = t->side, ld = t->ld;

	memset(t->part, 0, ld * ld * sizeof *t->part);
	for (size_t i = 0; i < t->n; i++)
		for (size_t c = 0; c < S; c++) {
			double v = t->w[i * ld + c];
			t->across[c * t->high + i] = v;
			for (size_t r = 0; r < S; r++)
				t->part[c * ld + r] += t->u[i * ld + r] * v;
		}
	for (size_t c = 0; c < S; c++)
		for (size_t r = 0; r < S; r++) {
			t->part[c * ld + r] /= (double)t->n;
			mean[r * S + c] = t->mean[c * ld + r] = B[r * S + c] + t->part[c * ld + r];
		}
}

int rate_terms_agree(const rate_terms *t, size_t first, const double *B, const double *M)
{
	size_t S = t->side;
	double most[2];

	sizes(S, B, M, most);
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c < S; c++) {
			double sum = 0;
			for (size_t i = first; i < first + t->batch; i++)
				sum += t->u[i * t->ld + r] * t->w[i * t->ld + c] / (double)t->batch;
			if (!(fabs(M[r * S + c] - B[r * S + c] - sum) <= CLOSE * most[c + 1 == S]))
				return 0;
		}
	return 1;
}

/* whole <- A K A', A' being given. */
static void around(rate_terms *t, const rate_kernels *k, const double *A)
{
	k->across(t->side, t->ld, t->ld, t->K, A, t->half);
	k->across(t->side, t->ld, t->ld, A, t->half, t->whole);
}

/* With g the mean of the rows' part D_i over a batch, E M K M' = E(M) K E(M)' + apart (mean of D_i K D_i' - E(D) K
 * E(D)'). */
void rate_terms_apply(rate_terms *t, const rate_kernels *k, const double *K, double *next)
{
	size_t S = t->side, ld = t->ld;
	double apart = rate_terms_apart(t->n, t->batch);

	for (size_t r = 0; r < S; r++)
		memcpy(t->K + r * ld, K + r * S, S * sizeof *K);
	k->across(S, t->high, ld, t->across, t->K, t->product);
	for (size_t i = 0; i < t->n; i++) {
		double share = apart / (double)t->n * k->dot(S, t->product + i * ld, t->w + i * ld);
		for (size_t r = 0; r < ld; r++)
			t->scaled[i * ld + r] = share * t->u[i * ld + r];
	}
	around(t, k, t->part);
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c < S; c++)
			next[r * S + c] = -apart * t->whole[r * ld + c];
	k->across(t->n, ld, ld, t->scaled, t->u, t->whole);
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c < S; c++)
			next[r * S + c] += t->whole[r * ld + c];
	around(t, k, t->mean);
	for (size_t r = 0; r < S; r++)
		for (size_t c = 0; c < S; c++)
			next[r * S + c] += t->whole[r * ld + c];
}
