/* Adaptive methods, a few steps by hand. */
#include <math.h>

#include "tests/unit/instance.h"

static void after(int steps, const char *method, const char *objective, double gamma, const double *want)
{
	instance p;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error);
	for (int t = 0; t < steps; t++) {
		p.s.run.gamma = gamma;
		p.s.run.t = (uint64_t)t;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error);
	}
	for (size_t j = 0; j < p.s.run.d; j++)
		is_near(p.s.state[0][j], want[j], 1e-14, "%s on %s after %d: entry %zu", method, objective, steps, j);
	close_instance(&p);
}

#define UNEVEN "diagonal:lambda=1/1/1/1,start=1/0/0/0.01"

static void madgrad(void)
{
	double h = sqrt(2), s = 0.125 * (1 + 0.875 * h), v = 0.125 * (1 + 0.875 * 0.875 * h);

	/* lambda = 1/8: s = v = 1/8 and z = 1 - (1/8)/(1/2) */
	after(1, "madgrad:lambda=0.125,c=0.5", "diagonal:lambda=1", 0, (double[]){ 0.875 });
	after(1, "madgrad:lambda=0.125", "diagonal:lambda=1", 0, (double[]){ 1 - 0.25 * h / (1 + h) });
	after(2, "madgrad:lambda=0.125,c=0.5", "diagonal:lambda=1", 0, (double[]){ (0.875 + 1 - s / cbrt(v)) / 2 });
	/* the divisor: v + sqrt 2/8 cap^2 = 1 for cap^2 = 7/sqrt 2; eps = 1 doubles it */
	after(1, "madgrad:lambda=0.125,c=1,cap=2.2248139946126", "diagonal:lambda=1", 0,
	      (double[]){ 1 - 0.125 / cbrt(0.125 * (1 + h * pow(2.2248139946126, 2))) });
	after(1, "madgrad:lambda=0.125,c=1,eps=0.5", "diagonal:lambda=1/1,start=1/0", 0, (double[]){ 1 - 0.125, 0 });
	after(1, "stochastic-madgrad:lambda=0.125,c=0.5", "diagonal:lambda=1", 0, (double[]){ 0.875 });
}

static void adafactor(void)
{
	double e = 0.01, u = sqrt(1 + e * e), rms = (1 + e * e) / (2 * e), b = pow(2, -0.8), x = 0.9;

	after(1, "adafactor:rows=2,clip=0", UNEVEN, 0.1, (double[]){ 1 - 0.1 * u, 0, 0, e - 0.1 * u / e });
	after(1, "adafactor:rows=2", UNEVEN, 0.1, (double[]){ 1 - 0.1 * u / rms, 0, 0, e - 0.1 * u / e / rms });
	after(1, "adafactor:rows=2,delta=2", UNEVEN, 0.1, (double[]){ 1 - 0.2 * u / rms, 0, 0, e - 0.2 * u / e / rms });
	/* squares of rank one: signs; relative to RMS(x) = sqrt((1 + 1 + 4 + 4)/4) */
	after(1, "adafactor:rows=2", "diagonal:lambda=1/1/1/1,start=1/-1/2/-2", 0.1, (double[]){ 0.9, -0.9, 1.9, -1.9 });
	after(1, "adafactor:rows=2,relative=1", "diagonal:lambda=1/1/1/1,start=1/-1/2/-2", 0.1,
	      (double[]){ 1 - 0.1 * sqrt(2.5), -1 + 0.1 * sqrt(2.5), 2 - 0.1 * sqrt(2.5), -2 + 0.1 * sqrt(2.5) });
	after(1, "adafactor-vector", "diagonal:lambda=1/1,start=3/-2", 0.5, (double[]){ 2.5, -1.5 });
	after(2, "adafactor-vector", "diagonal:lambda=1", 0.1, (double[]){ x - 0.1 * x / sqrt(1 - b + b * x * x) });
	after(1, "adafactor-vector:eps1=3", "diagonal:lambda=1", 1, (double[]){ 0.5 });
}

int main(void)
{
	char error[1024];

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	madgrad();
	adafactor();
	rate_registry_free(registry);
	done_testing();
}
