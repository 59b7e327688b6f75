/* The methods of the chapter on solvable models, by hand. */
#include "tests/unit/instance.h"

/* Entry j of a state after some steps. */
static double after(const char *objective, const char *method, uint64_t steps, size_t state, size_t j, double gamma)
{
	instance p;
	double x, now[2] = { gamma, 0 };

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error);
	for (uint64_t t = 0; t < steps; t++) {
		p.s.run.t = t;
		p.s.run.gamma = gamma;
		p.s.run.schedule = now;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error);
	}
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

int main(void)
{
	const char *bowl = "diagonal:lambda=1,start=3";
	char error[1024];

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
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
	rate_registry_free(registry);
	done_testing();
}
