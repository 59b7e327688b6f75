/* The metric of a session, with its eigenvectors. */
#ifndef VERIFY_METRIC_H
#define VERIFY_METRIC_H

#include "verify/session/session.h"

typedef struct rate_eigenmetric {
	enum { RATE_METRIC_NONE, RATE_METRIC_THERE } state;
	double L, mu;                    /* of a derived metric; NaN: not known */
	double *b, *values, *vectors;    /* d x d; ascending; rows */
	double *work;                    /* 2 d */
} rate_eigenmetric;

typedef enum rate_metric_name {
	RATE_L_METRIC, RATE_MU_METRIC,
	RATE_METRIC_MOST, RATE_METRIC_LEAST, /* largest, and least nonzero eigenvalue */
	RATE_METRIC_RANK,
	RATE_D2_METRIC                       /* |x_0 - x_star|_B^2 */
} rate_metric_name;

/* NULL: there is none. Made at the first call. */
const rate_eigenmetric *rate_metric_of(rate_session *s);
void rate_metric_free(rate_session *s);
/* NaN: not known. */
double rate_metric_fact(rate_session *s, rate_metric_name which);

int rate_svc_metric(rate_run *run, int inverse, const double *v, double *out);
int rate_svc_metric_spectrum(rate_run *run, double *values);
int rate_svc_metric_function(rate_run *run, const double *phi, const double *v, double *out);

#endif
