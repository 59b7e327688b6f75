/* What stands behind the services uniforms, signs and choose. */
#ifndef VERIFY_DRAWS_H
#define VERIFY_DRAWS_H

#include "verify/session/session.h"

int rate_svc_uniforms(rate_run *run, uint32_t purpose, size_t count, double *u);
int rate_svc_signs(rate_run *run, uint32_t purpose, double *z);
int rate_svc_choose(rate_run *run, uint32_t purpose, uint64_t count, const double *weight, uint64_t *out);

#endif
