/* What stands behind the services uniforms, signs and choose. */
#ifndef VERIFY_DRAWS_H
#define VERIFY_DRAWS_H

#include "verify/session/session.h"

/* Where outcomes are enumerated: what a step draws by `choose` is found out by making one, a replicate at the start.
 * Sets `choice` and multiplies `outcomes`; those of the terms are left out where the step draws none. */
void rate_look_for_choice(rate_session *s);
/* The same for the normals that a method draws for itself, and for the samples of a stream, which come first. */
void rate_look_for_normals(rate_session *s);
/* Normals of the stream in all samples of a step. */
size_t rate_streamed(const rate_session *s);
/* Outcomes are normals: of a stream, or of the method's own. */
int rate_draws_normals(const rate_session *s);
/* Outcomes of the terms alone. */
uint64_t rate_choice_below(const rate_session *s);
/* The probability of one outcome among all, times how many there are: 1 where they are alike. */
double rate_outcome_weight(const rate_session *s, uint64_t outcome);

/* A run that was taken for one without chance would be judged on its one path. 0: the method lacks the flag, and the
 * error says so. */
int rate_says_that_it_draws(rate_session *s);
int rate_svc_uniforms(rate_run *run, uint32_t purpose, size_t count, double *u);
int rate_svc_signs(rate_run *run, uint32_t purpose, double *z);
int rate_svc_choose(rate_run *run, uint32_t purpose, uint64_t count, const double *weight, uint64_t *out);

#endif
