/* Gradients of rows that have not moved, or are the row before them. A method whose replicates renew a snapshot by a
 * coin asks for the gradients of all snapshots as soon as one is renewed: the others are those of the last time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/snapshots.h"
#include "verify/session/sources.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 4 }; /* calls without such a row, after which none is expected */

struct rate_snapshots {
	size_t capacity, rows; /* how many are known */
	int in_vain;
	double *x, *g;         /* what was asked last, and the answers */
	double *at, *answer;   /* the rows that have moved, without gaps */
	size_t *moved;
	unsigned char *repeats; /* is row r the one before it? */
};

void rate_snapshots_free(rate_session *s)
{
	if (s->snapshots) {
		free(s->snapshots->x);
		free(s->snapshots->moved);
		free(s->snapshots->repeats);
	}
	free(s->snapshots);
	s->snapshots = NULL;
}

static struct rate_snapshots *open_for(rate_session *s)
{
	struct rate_snapshots *k = s->snapshots;
	size_t rows = s->blocks.capacity, block = rows * s->run.ld;

	if (k && k->capacity == rows)
		return k;
	rate_snapshots_free(s);
	if (!(k = s->snapshots = calloc(1, sizeof *k)))
		return NULL;
	k->x = aligned_alloc(64, 4 * block * sizeof *k->x);
	k->moved = malloc(rows * sizeof *k->moved);
	k->repeats = malloc(rows);
	if (!k->x || !k->moved || !k->repeats) {
		rate_snapshots_free(s);
		return NULL;
	}
	memset(k->x, 0, 4 * block * sizeof *k->x);
	k->g = k->x + block;
	k->at = k->g + block;
	k->answer = k->at + block;
	k->capacity = rows;
	return k;
}

/* Terms are many where the whole is dear, and only on paths is nothing asked twice to see whether it is the same. */
static int is_worth_it(const rate_session *s)
{
	return s->sum && s->run.n > 4 && s->run.nrep > 1 && s->draws.sampler == RATE_BY_PHILOX && s->blocks.capacity &&
	       !(s->snapshots && s->snapshots->in_vain >= PATIENCE);
}

/* The gradients of the first `count` rows of `at`. */
static int ask(rate_session *s, size_t count, const double *at, double *answer)
{
	size_t all = s->run.nrep;
	int rc;

	s->run.nrep = count;
	rc = count ? s->source->gradients(s, at, answer) : RATE_OK;
	s->run.nrep = all;
	return rc;
}

int rate_gradients_of_block(rate_session *s, const double *x, double *g)
{
	size_t nrep = s->run.nrep, ld = s->run.ld, size = ld * sizeof *x, known, count = 0;
	struct rate_snapshots *k = is_worth_it(s) ? open_for(s) : NULL;

	if (!k)
		return s->source->gradients(s, x, g);
	known = k->rows;
	k->rows = 0;
	for (size_t r = 0; r < nrep; r++) {
		k->repeats[r] = r && !memcmp(x + (r - 1) * ld, x + r * ld, size);
		if (!k->repeats[r] && (r >= known || memcmp(k->x + r * ld, x + r * ld, size)))
			k->moved[count++] = r;
	}
	k->in_vain = count < nrep ? 0 : k->in_vain + 1;
	if (count == nrep) {
		memcpy(k->x, x, nrep * size);
		if (s->source->gradients(s, x, g))
			return RATE_FAIL;
		memcpy(k->g, g, nrep * size);
		k->rows = nrep;
		return RATE_OK;
	}
	for (size_t i = 0; i < count; i++)
		memcpy(k->at + i * ld, x + k->moved[i] * ld, size);
	rate_count(s, nrep - count);
	if (ask(s, count, k->at, k->answer))
		return RATE_FAIL;
	memcpy(k->x, x, nrep * size);
	for (size_t i = 0; i < count; i++)
		memcpy(k->g + k->moved[i] * ld, k->answer + i * ld, size);
	for (size_t r = 1; r < nrep; r++)
		if (k->repeats[r])
			memcpy(k->g + r * ld, k->g + (r - 1) * ld, size);
	memcpy(g, k->g, nrep * size);
	k->rows = nrep;
	return RATE_OK;
}
