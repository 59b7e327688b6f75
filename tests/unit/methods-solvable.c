/* The methods of the chapter on solvable models, by hand. */
#include "tests/unit/instance.h"

/* Entry j of a state after some steps. */
static double after(const char *objective, const char *method, uint64_t steps, size_t state, size_t j, double gamma)
{
	instance p;
	double x, now[2] = { gamma, 0 };

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	for (uint64_t t = 0; t < steps; t++) {
		p.s.run.t = t;
		p.s.run.gamma = gamma;
		p.s.run.schedule = now;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error.text);
	}
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

/* E (relu <w, Z> - relu <w*, Z>)^2/2 and its gradient along w*, by a sum over directions of the plane: E |Z|^2 = 2. */
static void by_angles(const double w[2], double *f, double *slope)
{
	enum { MANY = 1 << 20 };

	*f = *slope = 0;
	for (int k = 0; k < MANY; k++) {
		double angle = 2 * acos(-1) * (k + 0.5) / MANY, z[2] = { cos(angle), sin(angle) },
		       here = w[0] * z[0] + w[1] * z[1], apart = fmax(here, 0) - fmax(z[0], 0);

		*f += apart * apart / MANY;
		*slope += here > 0 ? 2 * apart * z[0] / MANY : 0;
	}
}

static void test_teacher(void)
{
	static const double points[][2] = { { 0.3, -0.7 }, { -0.9, 0.2 }, { 1.2, 1e-3 }, { -2, 1e-2 } };

	for (size_t k = 0; k < sizeof points / sizeof points[0]; k++) {
		double x[8 * ROWS] = { points[k][0], points[k][1] }, g[8 * ROWS] = { 0 }, f = 0, want, slope;
		instance p;

		open_instance(&p, "relu-teacher:d=3", "rmsprop");
		ok(rate_value_at(&p.s.run, x, &f) == RATE_OK && rate_gradient(&p.s.run, x, g) == RATE_OK, "it answers");
		close_instance(&p);
		by_angles(points[k], &want, &slope);
		is_double(f, want, 1e-9, "the loss of a filter at (%g, %g)", points[k][0], points[k][1]);
		is_double(g[0], slope, 1e-5, "and its slope");
	}
}

int main(void)
{
	const char *bowl = "diagonal:lambda=1,start=3";
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* (1/2)0.2 to (1/2)0.6 is 1 to 3; again heads, 1 to 9 */
	is_double(after("coin-experts:p=0.2/0.6,seq=1", "bayes", 1, 0, 0, 0), 0.25, 1e-15, "the posterior after heads");
	is_double(after("coin-experts:p=0.2/0.6,seq=1", "bayes", 2, 0, 1, 0), 0.9, 1e-15, "and after heads again");
	/* 0.9 0.8 to 0.1 0.4 is 18 to 1 */
	is_double(after("coin-experts:p=0.2/0.6,prior=9/1,seq=0", "bayes", 1, 0, 0, 0), 18 / 19.0, 1e-15,
	          "after tails, with a prior");
	is_double(after(bowl, "rmsprop:beta2=0.5,v0=4", 1, 0, 0, 1), 1.5, 1e-15, "rmsprop: v is used first");
	is_double(after(bowl, "rmsprop:beta2=0.5,v0=4", 1, 1, 0, 1), 6.5, 1e-15, "and learns then");
	is_double(after(bowl, "rmsprop:beta2=0.5,v0=4", 2, 0, 0, 1), 1.5 - 1.5 / sqrt(6.5), 1e-15, "its second step");
	is_double(after(bowl, "rmsprop:beta2=0.5,v0=4,fresh=1", 1, 0, 0, 1), 3 - 3 / sqrt(6.5), 1e-15, "fresh");
	is_double(after(bowl, "rmsprop:beta2=0.5,eps=1", 1, 0, 0, 0.5), 1.5, 1e-15, "eps alone, v = 0");
	test_teacher();
	rate_registry_free(registry);
	done_testing();
}
