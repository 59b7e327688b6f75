/* The methods in a metric, a step by hand: on a diagonal quadratic with the eigenvalues 100, 10, 1 the metric is the
 * Hessian. */
#include "tests/unit/instance.h"

#define THREE "quadratic:d=3,L=100,kappa=100,rotation=0,start=3"

/* The factors by which one step with gamma = 1/2 multiplies the three coordinates. */
static void factors(const char *method, const double want[3], const char *what)
{
	instance p;
	double x0[3], gamma = 0.5;

	open_instance(&p, THREE, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	for (size_t j = 0; j < 3; j++)
		x0[j] = p.s.blocks.state[0][j];
	p.s.run.gamma = gamma;
	p.s.run.schedule = &gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	for (size_t j = 0; j < 3; j++)
		is_double(p.s.blocks.state[0][j], want[j] * x0[j], 1e-14, "%s: coordinate %zu", what, j);
	close_instance(&p);
}

/* F = x^2/2 with the proxy 3x^2/2, so that r' = -2x: (x + 2 gamma x)/(1 + 3 gamma). */
static void proxy(void)
{
	instance p;
	double gamma = 0.5;

	open_instance(&p, "split:lambda=1,proxy=3,start=5", "proxy");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	p.s.run.gamma = gamma;
	p.s.run.schedule = &gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	is_double(p.s.blocks.state[0][0], 4, 1e-15, "proxy: (5 + 5)/(1 + 1.5)");
	is_double(p.s.blocks.state[1][0], 5, 0, "and the point before");
	close_instance(&p);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	factors("metric-gd", (double[]){ 0.5, 0.5, 0.5 }, "B^-1 grad f = x");
	factors("target-inner:m=1,alpha=0.01,eta=1", (double[]){ 0, 0.9, 0.99 }, "one inner step: gradient descent");
	factors("target-inner:m=2,alpha=0.005,eta=0.5", (double[]){ 0.5, 1 - 0.5 * 0.19, 1 - 0.5 * (1 - 0.99 * 0.99) },
	        "two");
	factors("poly-gd:t=0", (double[]){ 0.5, 0.95, 0.995 }, "P_0 = I/100");
	/* l_i e_1(l_-i) = 1100, 1010, 110 */
	factors("poly-gd:t=1", (double[]){ 0.5, 1 - 505 / 1100.0, 0.95 }, "P_1 = (tr B I - B)/1100");
	factors("poly-gd:t=2", (double[]){ 0.5, 0.5, 0.5 }, "the adjugate");
	proxy();
	rate_registry_free(registry);
	done_testing();
}
