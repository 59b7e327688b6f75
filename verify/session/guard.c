/* The guard around the oracles of a plugin: promises of the ABI, and what an answer must be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/guard.h"

#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plugins/load.h"

/* ---- Promises of the ABI ---- */

void rate_fault(rate_session *s, const char *format, ...)
{
	va_list ap;

	if (*s->mark->fault || s->watch.lenient)
		return;
	va_start(ap, format);
	vsnprintf(s->mark->fault, sizeof s->mark->fault, format, ap);
	va_end(ap);
}

/* "method gd: step", "objective bowl: gradient". */
static void runner(const rate_session *s, char *out, size_t size)
{
	static const char *const kind[] = { "the program", "objective", "method", "theorem" };
	const rate_mark *m = s->mark;

	if (*m->oracle)
		snprintf(out, size, "objective %s: %s", m->plugin, m->oracle);
	else
		snprintf(out, size, "%s %s: %s", kind[m->caller],
		         m->caller == RATE_BY_OBJECTIVE ? m->plugin : m->outer[m->caller], m->call);
}

static const char *machine_words(unsigned changed)
{
#if defined(__SSE2__)
	if (changed & 0x8040)
		return "has subnormal numbers flushed to zero";
	if (changed & 0x1f80)
		return "changed the traps of floating-point exceptions";
#else
	(void)changed;
#endif
	return "changed the rounding mode";
}

void rate_machine_changed(rate_session *s)
{
	unsigned changed = rate_machine() ^ s->watch.machine;
	char who[200];

	if (s->watch.lenient)
		return;
	fesetenv(FE_DFL_ENV);
#if defined(__SSE2__)
	__builtin_ia32_ldmxcsr(s->watch.machine);
#endif
	runner(s, who, sizeof who);
	rate_fault(s, "%s at step %llu %s", who, (unsigned long long)s->mark->step, machine_words(changed));
}

static struct world {
	pid_t process; /* a child has other signal actions than its parent */
	char locale[256], folder[4096];
	struct sigaction action[16];
} world;

/* Those by which the program is stopped and crashes are told. */
static const int signals[] = { SIGINT, SIGTERM, SIGXCPU, SIGXFSZ, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGCHLD };
enum { SIGNALS = sizeof signals / sizeof *signals };

void rate_world_begin(void)
{
	const char *locale = setlocale(LC_ALL, NULL);

	if (world.process == getpid())
		return;
	world.process = getpid();
	snprintf(world.locale, sizeof world.locale, "%s", locale ? locale : "C");
	if (!getcwd(world.folder, sizeof world.folder))
		*world.folder = '\0';
	for (int k = 0; k < SIGNALS; k++)
		sigaction(signals[k], NULL, &world.action[k]);
}

void rate_world_look(rate_session *s, const char *who)
{
	const char *locale = setlocale(LC_ALL, NULL);
	char folder[4096];

	if (locale && strcmp(locale, world.locale)) {
		rate_fault(s, "%s changed the locale (to %.80s)", who, locale);
		setlocale(LC_ALL, world.locale);
	}
	if (uselocale((locale_t)0) != LC_GLOBAL_LOCALE) {
		rate_fault(s, "%s changed the locale (of its thread)", who);
		uselocale(LC_GLOBAL_LOCALE);
	}
	if (*world.folder && getcwd(folder, sizeof folder) && strcmp(folder, world.folder)) {
		rate_fault(s, "%s changed the working folder (to %.120s)", who, folder);
		if (chdir(world.folder))
			*world.folder = '\0';
	}
	for (int k = 0; k < SIGNALS; k++) {
		struct sigaction now;
		if (sigaction(signals[k], NULL, &now) || now.sa_handler == world.action[k].sa_handler)
			continue;
		rate_fault(s, "%s changed what is done on signal %d (%s)", who, signals[k], strsignal(signals[k]));
		sigaction(signals[k], &world.action[k], NULL);
	}
}

void rate_unwritten(double *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		memcpy(v + i, &rate_unwritten_bits, sizeof *v);
}

/* A method in the place of the theorem's own may remember other things than what is looked for. */
void rate_say_unmeasured(rate_session *s, const char *what, uint64_t t)
{
	if (s->no_state && s->method)
		rate_fail(&s->error, "%s: the method %s has no state %s, which is measured here", s->theorem->id,
		          s->method->id, s->no_state);
	else if (!*s->error.text)
		rate_fail(&s->error, "%s: %s at step %llu failed", s->theorem->id, what, (unsigned long long)t);
}

int rate_measure(rate_session *s, rate_view *v, double *q, double *scale, double *b)
{
	double *const out[] = { q, scale, b };
	static const char *const name[] = { "quantity", "scale of its rounding error", "bound" };
	int rc;

	for (int k = 0; k < 3; k++)
		if (out[k])
			rate_unwritten(out[k], v->run->nrep);
	rate_call(s, RATE_BY_THEOREM, "measure");
	s->draws.components = 0;
	s->draws.measuring = 1;
	s->no_state = NULL;
	rc = s->theorem->measure(v, q, scale, b);
	s->draws.measuring = 0;
	rate_back(s);
	for (size_t r = 0; s->no_state && rc == RATE_OK && r < v->run->nrep; r++)
		rc = q[r] == q[r] ? RATE_OK : RATE_FAIL;
	if (rc != RATE_OK)
		rate_say_unmeasured(s, "measure", v->t);
	for (int k = 0; k < 3 && rc == RATE_OK; k++)
		for (size_t r = 0; out[k] && r < v->run->nrep; r++)
			if (rate_is_unwritten(out[k][r]))
				return rate_fail(&s->error,
				                 "%s: measure at step %llu does not write the %s of every replicate",
				                 s->theorem->id, (unsigned long long)v->t, name[k]);
	return rc == RATE_OK ? RATE_OK : RATE_FAIL;
}

/* ---- Oracles ---- */

double rate_dot_n(const double *x, const double *y, size_t d)
{
	double lane[8] = { 0 };
	size_t j = 0;

	for (; j + 8 <= d; j += 8)
		for (size_t k = 0; k < 8; k++)
			lane[k] += x[j + k] * y[j + k];
	for (; j < d; j++)
		lane[j & 7] += x[j] * y[j];
	return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/* The length of a vector whose square is no number, or has lost digits. */
static double norm_far_out(const double *x, size_t d)
{
	double most = 0, sum = 0, unit;

	for (size_t j = 0; j < d; j++)
		most = fmax(most, fabs(x[j]));
	if (!(most > 0) || !isfinite(most))
		return most;
	unit = exp2(floor(log2(most)));
	for (size_t j = 0; j < d; j++)
		sum += x[j] / unit * (x[j] / unit);
	return unit * sqrt(sum);
}

double rate_norm_n(const double *x, size_t d)
{
	double square = rate_dot_n(x, x, d);

	return (square > 1e-280 && square < 1e300) || isnan(square) ? sqrt(square) : norm_far_out(x, d);
}

static int finite_all(const double *v, size_t n)
{
	double lane[4] = { 0 }; /* 0, or NaN as soon as one is not finite */
	size_t i = 0;

	for (; i + 4 <= n; i += 4)
		for (int j = 0; j < 4; j++)
			lane[j] += v[i + (size_t)j] * 0;
	for (; i < n; i++)
		lane[0] += v[i] * 0;
	return (lane[0] + lane[1]) + (lane[2] + lane[3]) == 0;
}

/* Turns the return code and the answer of an oracle into one verdict on the call. */
int rate_check_answer(rate_session *s, int rc, const char *oracle, const double *x, const double *answer, size_t n)
{
	rate_leave(s);
	if (rc != RATE_OK) {
		const char *said = rate_host_error();
		return rate_fail(&s->error, "%s: %s at step %llu: %s", s->plugin, oracle,
		                 (unsigned long long)s->mark->step, said && *said ? said : "returned an error");
	}
	if (finite_all(answer, n) || !finite_all(x, s->run.d) || !(rate_norm_n(x, s->run.d) <= 1e100))
		return RATE_OK;
	return rate_fail(&s->error, "%s: %s at step %llu: not finite at a point of norm %.3g", s->plugin, oracle,
	                 (unsigned long long)s->mark->step, rate_norm_n(x, s->run.d));
}

int rate_check_rows(rate_session *s, int rc, size_t nrep, const char *oracle, const double *x,
                    const double *answer, size_t width, size_t stride)
{
	rate_leave(s);
	/* If the sum of all squares is finite, each number is. */
	if (rc == RATE_OK && isfinite(s->kernels->about_squares((nrep - 1) * stride + width, answer)))
		return RATE_OK;
	for (size_t r = 0; r < nrep; r++)
		if (rate_check_answer(s, rc, oracle, x + r * s->run.ld, answer + r * stride, width))
			return RATE_FAIL;
	return RATE_OK;
}

int rate_prox_at(rate_session *s, double gamma, const double *x, double *p)
{
	if (!s->composite) {
		memmove(p, x, s->run.d * sizeof *p);
		return RATE_OK;
	}
	rate_enter(s, "prox");
	return rate_check_answer(s, s->composite->prox(s->f.self, gamma, x, p), "prox", x, p, s->run.d);
}

int rate_project_at(rate_session *s, double *x)
{
	double *p = s->work;

	if (!s->projection)
		return RATE_OK;
	rate_enter(s, "projection");
	if (rate_check_answer(s, s->projection->project(s->f.self, x, p), "projection", x, p, s->run.d))
		return RATE_FAIL;
	memcpy(x, p, s->run.d * sizeof *p);
	return RATE_OK;
}
