/* Frank-Wolfe and mirror descent, a step by hand. */
#include <math.h>

#include "tests/unit/instance.h"

static void after_one(const char *method, const char *objective, double gamma, const double *want)
{
	instance p;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error);
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error);
	for (size_t j = 0; j < p.s.run.d; j++)
		is_near(p.s.blocks.state[0][j], want[j], 1e-15, "%s on %s: entry %zu", method, objective, j);
	close_instance(&p);
}

/* -x on [-1, 1]: 0, 1/2, 3/4. */
static void bisect(void)
{
	static const double want[] = { 0, 0.5, 0.75 };
	instance p;

	open_instance(&p, "slope:c=-1,start=0.7", "bisection");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "bisection starts: %s", p.s.error);
	for (uint64_t t = 0; t < 3; t++) {
		is_double(p.s.blocks.state[0][0], want[t], 0, "bisection: point %d", (int)t);
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error);
	}
	close_instance(&p);
}

/* x_1 on the unit disc: the half axes are multiplied by 2/3 along and 2/sqrt 3 across, the centre moves by a third of the first. */
static void ellipse(void)
{
	instance p;

	open_instance(&p, "slope:c=2/0", "ellipsoid");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "the ellipsoid method starts: %s", p.s.error);
	for (uint64_t t = 0; t < 2; t++)
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error);
	is_double(p.s.blocks.state[0][0], -1 / 3.0 - 2 / 9.0, 1e-15, "the centre");
	is_double(p.s.blocks.state[0][1], 0, 0, "on the axis");
	is_double(p.s.blocks.state[2][0], 4 / 9.0, 1e-15, "half axis along");
	is_double(p.s.blocks.state[3][1], 4 / 3.0, 1e-15, "and across");
	is_double(p.s.blocks.state[1][0], 2, 0, "two cuts");
	close_instance(&p);
}

int main(void)
{
	char error[1024];
	double e = exp(-0.5);

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	/* From the first vertex the gradient is that vertex, and the second is the first of the least. */
	after_one("frank-wolfe", "simplex-square:n=3", 0.25, (double[]){ 0.75, 0.25, 0 });
	after_one("mirror-entropy", "simplex-linear:n=2,costs=0/1", 0.5, (double[]){ 1 / (1 + e), e / (1 + e) });
	after_one("mirror-entropy", "simplex-square:n=3", 0.5, (double[]){ 1, 0, 0 });
	/* Round 0: the first expert loses. */
	after_one("hedge", "experts", 0.5, (double[]){ e / (1 + e), 1 / (1 + e) });
	bisect();
	ellipse();
	rate_registry_free(registry);
	done_testing();
}
