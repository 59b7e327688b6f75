/* Second order and sets: what stands behind the services of those names. */
#ifndef VERIFY_ALGEBRA_H
#define VERIFY_ALGEBRA_H

#include "verify/session/session.h"

/* Eigenvalues (ascending) and orthonormal eigenvectors (rows) of the symmetric d x d matrix a, which is spoilt. The
 * same bits everywhere. */
void rate_jacobi(size_t d, double *a, double *values, double *vectors);
/* The d x d Hessian at x. */
int rate_hessian_at(rate_session *s, const double *x, double *h);
/* 1: all terms are quadratic, as far as their gradients tell; and what of them is behind "L_var_coord", or NaN. */
int rate_quadratic_terms(rate_session *s);
double rate_spread_of_coordinates(rate_session *s);

int rate_svc_hessian_product(rate_run *run, const double *x, const double *v, double *out);
int rate_svc_model_step(rate_run *run, const double *x, const double *g, double M, double shift, double *step);
int rate_svc_model_prox(rate_run *run, const rate_sample *sample, double gamma, const double *x, double *p);
size_t rate_svc_risk_size(rate_run *run, double *ridge);
int rate_svc_risk_loss(rate_run *run, const uint64_t *index, const double *x, double *l, double *g);
int rate_svc_risk_weights(rate_run *run, const double *l, double *q);
size_t rate_svc_agents(rate_run *run);
int rate_svc_mix(rate_run *run, const double *x, double *out);
int rate_svc_smoothed(rate_run *run, int law, double r, const double *x, double *f, double *g);
int rate_svc_lmo(rate_run *run, const double *c, double *out);

#endif
