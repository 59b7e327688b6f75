/* The probe of conduct: oracles have no memory, write nothing but their answer, leave the machine as it was, give the
 * same bits in blocks, and answer at huge and tiny points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rounding to nearest, and where there is such a register no flush to zero and no trap: as the program starts. */
static int machine_as_it_was(void)
{
#if defined(__SSE2__)
	if ((__builtin_ia32_stmxcsr() & ~0x3fu) != 0x1f80)
		return 0;
#endif
	return fegetround() == FE_TONEAREST;
}

/* One oracle, twice, with other calls between: the same bits, the input kept, nothing written behind the answer. */
static int check_conduct(rate_prober *p, const char *name, rate_oracle oracle, size_t width)
{
	size_t d = p->d;
	double canary[8];
	char why[160];
	int same;

	for (size_t k = 0; k < 8; k++) {
		rate_draw_pair(p);
		memcpy(p->b, p->x, d * sizeof *p->x);
		for (size_t j = 0; j < 8; j++)
			p->a[width + j] = canary[j] = 0x1.23456789abcdp+77;
		if (oracle(p, p->draw % p->terms, p->x, p->a))
			return RATE_FAIL;
		snprintf(why, sizeof why, "%s: it changes its input", name);
		rate_note_oracle(p, "purity", 0, memcmp(p->b, p->x, d * sizeof *p->x) ? why : NULL);
		snprintf(why, sizeof why, "%s: it writes more than %zu numbers", name, width);
		rate_note_oracle(p, "purity", 0, memcmp(p->a + width, canary, sizeof canary) ? why : NULL);
		snprintf(why, sizeof why, "%s: it (or what ran before) changes the rounding mode or the control of the "
		                          "floating-point unit", name);
		rate_note_oracle(p, "purity", 0, machine_as_it_was() ? NULL : why);
		/* Elsewhere, then here again. */
		if (oracle(p, (p->draw + 1) % p->terms, p->y, p->turn) || rate_f(p->s, p->y, p->turn) ||
		    rate_g(p->s, p->y, p->turn) || oracle(p, p->draw % p->terms, p->x, p->turn))
			return RATE_FAIL;
		same = !memcmp(p->a, p->turn, width * sizeof *p->a);
		snprintf(why, sizeof why, "%s: two calls at the same point give different answers", name);
		rate_note_oracle(p, "purity", 0, same ? NULL : why);
	}
	return RATE_OK;
}

static int check_block(rate_prober *p)
{
	enum { ROWS = 7 };
	const rate_block_oracles *b = p->s->block;
	size_t d = p->d, ld = p->s->run.ld;
	double *x, *g, *one, f[ROWS], alone;
	int rc = RATE_OK, same = 1;

	if (!b)
		return RATE_OK;
	if (!(x = aligned_alloc(64, (2 * ROWS + 1) * ld * sizeof *x)))
		return RATE_FAIL;
	memset(x, 0, (2 * ROWS + 1) * ld * sizeof *x);
	g = x + ROWS * ld;
	one = x + 2 * ROWS * ld;
	for (size_t r = 0; r < ROWS; r++) {
		rate_draw_pair(p);
		memcpy(x + r * ld, p->x, d * sizeof *x);
	}
	if (b->value(p->s->f.self, ROWS, ld, x, f) || b->gradient(p->s->f.self, ROWS, ld, x, NULL, 0, g))
		rc = RATE_FAIL;
	for (size_t r = 0; r < ROWS && rc == RATE_OK; r++) {
		rc = b->value(p->s->f.self, 1, ld, x + r * ld, &alone) ||
		             b->gradient(p->s->f.self, 1, ld, x + r * ld, NULL, 0, one)
		         ? RATE_FAIL
		         : RATE_OK;
		same = same && alone == f[r] && !memcmp(one, g + r * ld, d * sizeof *one);
	}
	if (rc == RATE_OK)
		rate_note_oracle(p, "block size", 0, same ? NULL : "a block of 7 gives other bits than its rows alone");
	free(x);
	return rc;
}

/* Slopes of several rows at once, against the gradients of their terms. */
static int check_slopes(rate_prober *p)
{
	enum { ROWS = 7 };
	rate_session *s = p->s;
	double m[ROWS], off = 0, most = 0;
	uint64_t index[ROWS];

	if (!s->block_rows)
		return RATE_OK;
	rate_draw_pair(p);
	for (size_t r = 0; r < ROWS; r++) {
		index[r] = (p->draw * ROWS + r) * 2654435761u % s->run.n;
		m[r] = rate_dot_n(s->block_rows + index[r] * s->run.ld, p->x, p->d);
	}
	if (s->block->slopes(s->f.self, ROWS, index, m))
		return RATE_FAIL;
	for (size_t r = 0; r < ROWS; r++) {
		if (rate_term_gradient(p, index[r], p->x, p->a))
			return RATE_FAIL;
		for (size_t j = 0; j < p->d; j++) {
			double apart = fabs(m[r] * s->block_rows[index[r] * s->run.ld + j] - p->a[j]);
			most = fmax(most, fabs(p->a[j]));
			off = isfinite(apart) ? fmax(off, apart) : INFINITY;
		}
	}
	rate_note_oracle(p, "slopes", 0, off <=
	                 1e-9 * most ? NULL : "slopes of 7 rows times the rows are not the gradients of their terms");
	return RATE_OK;
}

/* Norms from 0 to 1e90: answers are finite and no larger than L or G allows. What neither bounds may overflow. */
static int check_extremes(rate_prober *p)
{
	static const double norm[] = { 0, 1e-300, 1e-160, 1e-30, 1e30, 1e90 };
	rate_session *s = p->s;
	double f, size = 0, most = isfinite(s->c.G) ? s->c.G : INFINITY;
	char why[160];

	for (size_t k = 0; k < sizeof norm / sizeof *norm; k++) {
		rate_draw_direction(p, 0);
		for (size_t j = 0; j < p->d; j++)
			p->x[j] = norm[k] * p->e[j];
		if (rate_project_at(s, p->x))
			return RATE_FAIL;
		*why = '\0';
		if (rate_f(s, p->x, &f) || rate_g(s, p->x, p->gx) || rate_term_gradient(p, 0, p->x, p->a) ||
		    rate_term_value(p, 0, p->x, &f)) {
			if (isfinite(s->c.L) || isfinite(s->c.G) || norm[k] < 1)
				snprintf(why, sizeof why, "%.150s", s->error.text);
			rate_no_error(&s->error);
		} else {
			size = rate_norm_n(p->gx, p->d);
			if (!k && isfinite(s->c.L) && !isfinite(s->c.G))
				most = size;
			/* Squares of the tiny have lost their digits. */
			if ((!k || norm[k] > 1e-140) &&
			    size > (most + (isfinite(s->c.L) ? s->c.L : 0) * rate_norm_n(p->x, p->d)) * (1 + 1e-9))
				snprintf(why, sizeof why, "|g| = %.6g at |x| = %.6g is more than L or G allows", size,
				         rate_norm_n(p->x, p->d));
		}
		rate_note_oracle(p, "huge and tiny", 0, *why ? why : NULL);
	}
	return RATE_OK;
}

int rate_probe_conduct(rate_prober *p)
{
	if (check_conduct(p, "value", rate_whole_value, 1) || check_conduct(p, "gradient", rate_whole_gradient, p->d))
		return RATE_FAIL;
	if ((p->s->sum || p->s->stream) && (check_conduct(p, "term value", rate_term_value, 1) ||
	                                    check_conduct(p, "term gradient", rate_term_gradient, p->d)))
		return RATE_FAIL;
	return check_block(p) || check_slopes(p) || check_extremes(p) ? RATE_FAIL : RATE_OK;
}
