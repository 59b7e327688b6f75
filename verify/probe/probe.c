/* The probe of one objective: oracles, operators and the method's conduct, then what is declared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <string.h>

static void keep_only(rate_probing *out, const char *property)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->finding[i].property, property))
			out->finding[kept++] = out->finding[i];
	out->count = kept;
}

int rate_probe(rate_session *s, uint64_t effort, uint64_t seed, const char *only, rate_probing *out)
{
	rate_prober p;
	int rc = RATE_OK;

	if (rate_prober_open(&p, s, out, effort, seed))
		return RATE_FAIL;
	p.only = only;
	if (!only)
		rc = rate_probe_oracles(&p) || rate_probe_operators(&p) || rate_probe_conduct(&p) ? RATE_FAIL : RATE_OK;
	if (rc == RATE_OK)
		rc = rate_probe_constants(&p) || rate_probe_minimiser(&p) || rate_probe_samples(&p)
		    ? RATE_FAIL : RATE_OK;
	if (only)
		keep_only(out, only);
	out->ended = rc == RATE_OK;
	rate_prober_close(&p);
	return rc;
}
