/* The probe: are the declared properties of an objective true? Looks at random segments about the minimiser, at several
 * scales; a false constant is found with a witness, a true one is never flagged (rounding is allowed for). */
#ifndef VERIFY_PROBE_H
#define VERIFY_PROBE_H

#include "verify/session.h"

enum { RATE_FINDINGS = 16 };

typedef struct rate_finding {
	char property[24];
	double declared, measured; /* NaN: not declared, or nothing to measure */
	int false_;                /* the declaration is contradicted */
	char why[96];
	double distance;           /* of the witness pair */
	uint64_t pair;             /* its number, from 0 */
} rate_finding;

typedef struct rate_probing {
	size_t d, n, count;
	rate_finding finding[RATE_FINDINGS];
} rate_probing;

/* Fills `out`; `pairs` segments, drawn by `seed`. RATE_FAIL with s->error when an oracle fails. */
int rate_probe(rate_session *s, uint64_t pairs, uint64_t seed, rate_probing *out);

#endif
