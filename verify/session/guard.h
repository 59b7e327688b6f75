/* The guard: every call of a plugin's oracle is marked, counted and looked at. */
#ifndef VERIFY_GUARD_H
#define VERIFY_GUARD_H

#include <fenv.h>
#include <string.h>

#include "verify/session/rounding.h"

static inline void rate_count(rate_session *s, size_t calls)
{
	if (s->watch.counting)
		s->watch.oracle_calls += calls;
}

/* The control of the floating-point unit: rounding, flush to zero, traps. */
static inline unsigned rate_machine(void)
{
#if defined(__SSE2__)
	return __builtin_ia32_stmxcsr() & ~0x3fu;
#else
	return (unsigned)fegetround();
#endif
}

/* Who runs has changed it: it is set back and the change is noted. */
void rate_machine_changed(rate_session *s);

/* `oracle` is a constant, so that its copy is one or two instructions. One call for all rows counts as one for each.
 * What the method or the theorem that calls has done is not the oracle's deed. */
static inline __attribute__((always_inline)) void rate_enter_block(rate_session *s, const char *oracle, size_t calls)
{
	if (__builtin_expect(rate_machine() != s->watch.machine, 0))
		rate_machine_changed(s);
	memcpy(s->mark->oracle, oracle, strlen(oracle) + 1);
	rate_count(s, calls);
}

static inline __attribute__((always_inline)) void rate_enter(rate_session *s, const char *oracle)
{
	rate_enter_block(s, oracle, 1);
}

/* The oracle has come back. */
static inline __attribute__((always_inline)) void rate_leave(rate_session *s)
{
	if (__builtin_expect(rate_machine() != s->watch.machine, 0))
		rate_machine_changed(s);
	*s->mark->oracle = '\0';
}

/* A callback of the method or the theorem, a constant, and its end. */
static inline __attribute__((always_inline)) void rate_call(rate_session *s, rate_caller who, const char *call)
{
	s->mark->caller = who;
	memcpy(s->mark->call, call, strlen(call) + 1);
}

static inline __attribute__((always_inline)) void rate_back(rate_session *s)
{
	if (__builtin_expect(rate_machine() != s->watch.machine, 0))
		rate_machine_changed(s);
	s->mark->caller = RATE_BY_NOBODY;
}

/* A promise of the ABI is broken by who runs, "gradient of mine" or "mine: step": the first is kept. */
void rate_fault(rate_session *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What is the process's own: locale, folder, signals. `begin` once, before any plugin is loaded; `look` sets back
 * what `who` has changed and notes it. */
void rate_world_begin(void);
void rate_world_look(rate_session *s, const char *who);

/* measure of the theorem, which has to write all that it is given. */
void rate_say_unmeasured(rate_session *s, const char *what, uint64_t t); /* in s->error: why `what` failed at step t */
int rate_measure(rate_session *s, rate_view *v, double *q, double *scale, double *b);
/* Bits of a number that nobody has written: a NaN of no arithmetic. */
static const uint64_t rate_unwritten_bits = 0x7ff8c0ffee15bad1;
void rate_unwritten(double *v, size_t n);
static inline int rate_is_unwritten(double v)
{
	return !memcmp(&v, &rate_unwritten_bits, sizeof v);
}

/* conduct.c: the objective's oracles at x, twice in guarded memory: the same bits, the input kept, nothing written
 * beyond. */
void rate_test_conduct(rate_session *s, const double *x);

/* Turns the return code and the n numbers of an answer at x into one verdict on the call. */
int rate_check_answer(rate_session *s, int rc, const char *oracle, const double *x, const double *answer, size_t n);
/* The same of nrep answers, `stride` apart, at the rows of x. */
int rate_check_rows(rate_session *s, int rc, size_t nrep, const char *oracle, const double *x,
                    const double *answer, size_t width, size_t stride);

#endif
