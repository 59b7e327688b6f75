/* Agents on a network (network/1), as methods and theorems see them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/algebra.h"
#include "verify/session/guard.h"

#include <stdio.h>

size_t rate_svc_agents(rate_run *run)
{
	return ((const rate_session *)run->host)->agents;
}

int rate_svc_mix(rate_run *run, const double *x, double *out)
{
	rate_session *s = run->host;

	if (!s->network)
		return rate_fail(&s->error, "%s: it is no network of agents (network/1)", s->plugin);
	for (size_t r = 0; r < run->nrep; r++) {
		const double *at = x + r * run->ld;
		double *mixed = out + r * run->ld;

		rate_enter(s, "mix");
		if (rate_check_answer(s, s->network->mix(s->f.self, at, mixed), "mix", at, mixed, run->d))
			return RATE_FAIL;
	}
	return RATE_OK;
}
