/* A run in which the method makes no steps: the points come from a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/session.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const double *rate_trajectory_at(const rate_trajectory *j, uint64_t t)
{
	size_t low = 0, high = j->rows;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (j->t[middle] < t)
			low = middle + 1;
		else
			high = middle;
	}
	return low < j->rows && j->t[low] == t ? j->v + low * j->d : NULL;
}

static int whole(const rate_trajectory *j, uint64_t T)
{
	return j->rows == T + 1 && j->t[0] == 0;
}

/* In words: why the theorem cannot be judged on this table; or NULL. */
static const char *unfit(const rate_session *s)
{
	const rate_trajectory *j = s->check->trajectory;
	const rate_theorem *th = s->theorem;
	int remembers = th->weight || th->observe || th->flags & (RATE_MIN_OF_MEANS | RATE_MEAN_OF_MEANS);

	if (!j->values && j->d != s->run.d)
		return "its rows have another number of coordinates than the objective";
	if (j->values && remembers)
		return "the claim is about more than F(x_t), so that the table has to hold every x_t";
	if (remembers && !whole(j, s->check->T))
		return "the claim is about the whole path, and the table leaves out steps";
	return NULL;
}

/* Values alone are enough for what is F(x) - F_star and nothing else: wherever x lies, the theorem finds the value
 * less F_star. */
static int is_about_values(rate_session *s)
{
	double q[2], scale = 0, b = 0, *x = s->blocks.state[0];
	int rc = RATE_OK;
	rate_view v;

	for (int k = 0; k < 2 && rc == RATE_OK; k++) {
		s->value = s->c.f_star + 1 + k;
		for (size_t i = 0; i < s->run.d; i++)
			x[i] = s->x0[i] + k;
		rate_session_view(s, 1, &v);
		rc = s->theorem->measure(&v, &q[k], &scale, &b);
	}
	memcpy(x, s->x0, s->run.d * sizeof *x);
	return rc == RATE_OK && q[0] == s->c.f_star + 1 - s->c.f_star && q[1] == s->c.f_star + 2 - s->c.f_star;
}

int rate_follow_begin(rate_session *s)
{
	const rate_trajectory *j = s->check->trajectory;
	const char *why = unfit(s);
	const double *first;

	for (size_t k = 1; k < s->blocks.states; k++)
		for (size_t i = 0; i < s->run.d; i++)
			s->blocks.state[k][i] = NAN; /* what the table does not say */
	if (!why && j->values && !is_about_values(s))
		why = "the claim is about more than F(x_t) - F*, so that the table has to hold x_t";
	if (why) {
		snprintf(s->declined, sizeof s->declined, "%.100s: %s", j->file, why);
		return RATE_FAIL;
	}
	if (j->values)
		s->value = (first = rate_trajectory_at(j, 0)) ? *first : NAN;
	return RATE_OK;
}

int rate_follow_step(rate_session *s, uint64_t t)
{
	const rate_trajectory *j = s->check->trajectory;
	const double *row = rate_trajectory_at(j, t + 1);

	if (row && j->values)
		s->value = *row;
	else if (row)
		memcpy(s->blocks.state[0], row, j->d * sizeof *row);
	return RATE_OK;
}
