/* Douglas-Rachford splitting on a Huber function and an absolute value, beside the same steps written out with the
 * closed forms of both proxes. */
#include "tests/unit/instance.h"

#include <math.h>

enum { STEPS = 6 };
static const double start = 4, lambda = 0.3;

/* f = x^2/2 within [-1, 1], |x| - 1/2 beyond */
static double prox_f(double gamma, double u)
{
	return fabs(u) <= 1 + gamma ? u / (1 + gamma) : u - copysign(gamma, u);
}

static double prox_h(double gamma, double v)
{
	return copysign(fmax(fabs(v) - gamma * lambda, 0), v);
}

static void beside(double gamma, double theta, double beta)
{
	instance p;
	double u = start, w = start, y = start, off = 0, now[3] = { gamma, theta, beta };

	open_instance(&p, "huber:start=4,tau=1+l1:lambda=0.3", "douglas-rachford");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	for (uint64_t t = 0; t < STEPS; t++) {
		double x = prox_f(gamma, u), next;
		y = prox_h(gamma, 2 * x - u);
		next = u + theta * (y - x);
		u = next + beta * (next - w);
		w = next;
		p.s.run.t = t;
		p.s.run.gamma = gamma;
		p.s.run.schedule = now;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error.text);
		off = fmax(off, fabs(p.s.blocks.state[0][0] - y) + fabs(p.s.blocks.state[1][0] - u) +
		           fabs(p.s.blocks.state[3][0] - x));
	}
	ok(off < 1e-14, "gamma = %g, theta = %g, beta = %g: y, u and x are off by at most %g", gamma, theta, beta, off);
	close_instance(&p);
}

int main(void)
{
	rate_error error;
	instance p;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	beside(1, 1, 0);
	beside(0.7, 1.5, 0);
	beside(2, 0.5, 0.25);
	open_instance(&p, "pair", "douglas-rachford");
	ok(rate_session_begin(&p.s, 1, 0) != RATE_OK && strstr(p.s.error.text, "a sum of 2 terms"),
	   "a sum of terms is refused: %s", p.s.error.text);
	close_instance(&p);
	rate_registry_free(registry);
	return done_testing();
}
