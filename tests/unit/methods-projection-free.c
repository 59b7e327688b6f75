/* Frank-Wolfe and mirror descent, a step by hand. */
#include <math.h>
#include <string.h>

#include "tests/unit/instance.h"

static void after_one(const char *method, const char *objective, double gamma, const double *want)
{
	instance p;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
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
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "bisection starts: %s", p.s.error.text);
	for (uint64_t t = 0; t < 3; t++) {
		is_double(p.s.blocks.state[0][0], want[t], 0, "bisection: point %d", (int)t);
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	}
	close_instance(&p);
}

/* x_1 on the unit disc: the half axes are multiplied by 2/3 along and 2/sqrt 3 across, the centre moves by a third of
 * the first. */
static void ellipse(void)
{
	instance p;

	open_instance(&p, "slope:c=2/0", "ellipsoid");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "the ellipsoid method starts: %s", p.s.error.text);
	for (uint64_t t = 0; t < 2; t++)
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	is_double(p.s.blocks.state[0][0], -1 / 3.0 - 2 / 9.0, 1e-15, "the centre");
	is_double(p.s.blocks.state[0][1], 0, 0, "on the axis");
	is_double(p.s.blocks.state[2][0], 4 / 9.0, 1e-15, "half axis along");
	is_double(p.s.blocks.state[3][1], 4 / 3.0, 1e-15, "and across");
	is_double(p.s.blocks.state[1][0], 2, 0, "two cuts");
	close_instance(&p);
}

/* The steps of all mirror maps on (x_1^2 + 4 x_2^2)/2 from (2, 1), where g = (2, 4). */
static void mirrors(void)
{
#define BOWL "diagonal:lambda=1/4,start=2/1"
	double e = exp(1.5), p = 1.5, norm = pow(pow(2, p) + 1, 1 / p), y[2], z;

	after_one("mirror-descent:map=euclidean", BOWL, 0.25, (double[]){ 1.5, 0 });
	after_one("mirror-descent:map=euclidean", BOWL "+box:low=0.25,high=1.75", 0.25, (double[]){ 1.3125, 0.25 });
	after_one("mirror-descent:map=orthant", BOWL, 0.5, (double[]){ 2 * exp(-1), exp(-2) });
	after_one("mirror-descent:map=burg", BOWL, 0.5, (double[]){ 2 / 3.0, 1 / 3.0 }); /* 1/2 + 1 and 1 + 2 */
	after_one("mirror-descent:map=hypentropy,beta=0.5", BOWL, 0.5,
	          (double[]){ 0.5 * sinh(asinh(4) - 1), 0.5 * sinh(asinh(2) - 2) });
	/* |x|_p^(2-p) x^(p-1), minus the step; back with q = 3 */
	y[0] = sqrt(2) * sqrt(norm) - 0.1 * 2;
	y[1] = sqrt(norm) - 0.1 * 4;
	z = cbrt(pow(y[0], 3) + pow(y[1], 3));
	after_one("mirror-descent:map=p-norm,p=1.5", BOWL, 0.1, (double[]){ y[0] * y[0] / z, y[1] * y[1] / z });
	after_one("mirror-descent:map=p-norm,p=2", BOWL, 0.25, (double[]){ 1.5, 0 });
	after_one("mirror-descent", "simplex-linear:n=2,costs=3/0", 0.5, (double[]){ 1 / (1 + e), e / (1 + e) });
	after_one("stochastic-mirror-descent:map=entropy", "experts", 0.5,
	          (double[]){ 1 / (1 + exp(0.5)), exp(0.5) / (1 + exp(0.5)) });
	/* the vertex of an l1 ball, and the nearest point of it */
	after_one("frank-wolfe", BOWL "+l1-ball:radius=3", 0.25, (double[]){ 1.5, 0 });
	after_one("gd", BOWL "+l1-ball:radius=2", 0, (double[]){ 1.5, 0.5 });
}

/* A step that cannot be made says why. */
static void refused(const char *method, const char *objective, double gamma, const char *why)
{
	instance p;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) != RATE_OK && strstr(p.s.error.text, why), "%s on %s: %s", method,
	   objective, p.s.error.text);
	close_instance(&p);
}

int main(void)
{
	rate_error error;
	double e = exp(-0.5);

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* From the first vertex the gradient is that vertex, and the second is the first of the least. */
	after_one("frank-wolfe", "simplex-square:n=3", 0.25, (double[]){ 0.75, 0.25, 0 });
	after_one("mirror-entropy", "simplex-linear:n=2,costs=0/1", 0.5, (double[]){ 1 / (1 + e), e / (1 + e) });
	after_one("mirror-entropy", "simplex-square:n=3", 0.5, (double[]){ 1, 0, 0 });
	/* Round 0: the first expert loses. */
	after_one("hedge", "experts", 0.5, (double[]){ e / (1 + e), 1 / (1 + e) });
	mirrors();
	refused("mirror-descent:map=orthant", "diagonal:lambda=1/4,start=2/0", 1, "positive entries");
	refused("mirror-descent:map=burg", "diagonal:lambda=1/4,start=2/-1", 1, "positive entries");
	refused("mirror-descent:map=burg", "centres:b=3,start=1", 1, "shorter steps");
	refused("mirror-descent:map=hypentropy", "diagonal:lambda=1/4,start=1/1+box:low=0.75", 1, "feasible set");
	bisect();
	ellipse();
	rate_registry_free(registry);
	done_testing();
}
