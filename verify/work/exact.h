/* Exact means, where a claim on means has them, tied to the runner. */
#ifndef VERIFY_WORK_EXACT_H
#define VERIFY_WORK_EXACT_H

#include "verify/session/session.h"

/* 1: m holds them; 0: there are none, and s->note may say why; RATE_FAIL: with s->error. */
int rate_exact_means(rate_session *s, const rate_check *check, rate_measured *m);

#endif
