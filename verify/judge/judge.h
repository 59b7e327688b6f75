/* The judge: measurements in, verdict out. Pure: same input, same verdict, no I/O. (manual, "How a check decides") */
#ifndef VERIFY_JUDGE_H
#define VERIFY_JUDGE_H

#include "verify/record/check.h"

/* `previous`: the verdict at the look before (NULL at the first), for the stopping rule and the maximum over looks. */
void rate_judge(const rate_check *check, const rate_measured *m, const rate_verdict *previous, rate_verdict *out);

/* log of the e-value of the claim E X_t <= c B_t on data x [checkpoint][replicate]; B_t > 0 are tolerance-widened. */
double rate_log_e_value(const double *x, const double *bound, size_t checkpoints, size_t replicates, double c);

/* What the reference's own verdict on the same instance (NULL: it was not run) says of a method that took its place;
 * `found` is what the two showed side by side. Fills v->blame and v->conduct. */
void rate_conclude(const char *reference, const char *found, const rate_verdict *own, rate_verdict *v);

#endif
