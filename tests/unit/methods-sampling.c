/* The methods of the chapter on sampling and averaging, by hand. */
#include "tests/unit/instance.h"

/* Entry j of block `state` after `steps` steps of length gamma. */
static double after(const char *method, const char *objective, double gamma, uint64_t steps, size_t state, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	for (uint64_t t = 0; t < steps; t++) {
		p.s.run.t = t;
		p.s.run.gamma = gamma;
		p.s.run.schedule = &gamma;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error.text);
	}
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

/* Of four coordinates exactly one is halved. */
static void one_coordinate(void)
{
	const char *bowl = "quadratic:d=4,L=2,kappa=1,rotation=0,start=1";
	int kept = 0, halved = 0;

	for (size_t j = 0; j < 4; j++) {
		double before = after("coordinate-descent:theta=0.5", bowl, 1, 0, 0, j);
		double now = after("coordinate-descent:theta=0.5", bowl, 1, 1, 0, j);

		kept += now == before;
		halved += fabs(now - before / 2) <= 1e-15 * fabs(before);
	}
	is_int(kept, 3, "three coordinates stay");
	is_int(halved, 1, "one is halved");
}

/* L = 1, 3 and p = 1/4, 3/4: q/p = 2, 2/3, so that either coordinate, when drawn, is multiplied by 1 - 2 gamma. */
static void by_importance(void)
{
	instance p;
	double gamma = 0.25;

	open_instance(&p, "orthogonal:L=1/3", "reweighted-sgd:draw=L");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	p.s.run.gamma = gamma;
	p.s.run.schedule = &gamma;
	for (int k = 0; k < 8; k++) {
		double before[2] = { p.s.blocks.state[0][0], p.s.blocks.state[0][1] };

		p.s.run.t = (uint64_t)k;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
		ok((p.s.blocks.state[0][0] == before[0] / 2) + (p.s.blocks.state[0][1] == before[1] / 2) == 1 &&
		   p.s.blocks.state[0][0] * p.s.blocks.state[0][1] == before[0] * before[1] / 2,
		   "one coordinate is halved, whichever was drawn");
	}
	close_instance(&p);
	open_instance(&p, "pl-sine", "reweighted-sgd:draw=L");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK && p.s.method->step(&p.s.run) == RATE_FAIL &&
	   strstr(p.s.error.text, "L_i"), "no L_i: %s", p.s.error.text);
	close_instance(&p);
}

int main(void)
{
	rate_error error;
	const char *four = "centres:b=0/1/10/11,start=3", *uneven = "centres:b=0/0/0/8,start=3",
	    *two = "centres:b=0/1,start=3";
	const char *line = "quadratic:d=1,L=1,start=1";
	double side;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	one_coordinate();
	is_near(after("coreset-gd:k=1", two, 1, 1, 0, 0), 0, 1e-12, "one medoid of two: the first centre");
	is_near(after("coreset-gd:k=1", two, 1, 1, 1, 0), 0.5, 1e-12, "eps = 1/2");
	is_near(after("coreset-gd:k=2", uneven, 1, 1, 0, 0), 2, 1e-12, "weights are counts: 3 and 1");
	is_near(after("coreset-gd:k=2", uneven, 1, 1, 1, 0), 0, 1e-12, "eps = 0");
	is_near(after("coreset-gd:k=2", four, 1, 1, 0, 0), 5.5, 1e-12, "medoids 1 and 10: errors that cancel");
	is_near(after("coreset-gd:k=2", four, 1, 1, 1, 0), 0.5, 1e-12, "and eps = 1/2");
	/* x: 1, -2, 4: f rises, fires at t = 1 and goes on averaging. */
	side = after("nt-asgd:n=0", line, 3, 0, 0, 0);
	is_near(after("nt-asgd:n=0", line, 3, 1, 2, 0), 1, 0, "n = 0: the trigger fires at t = 1");
	is_near(after("nt-asgd:n=0", line, 3, 2, 1, 0), side * (-2 + 4) / 2, 1e-14,
	        "and the mean is that of x_1 and x_2");
	is_near(after("nt-asgd:n=1", line, 3, 1, 2, 0), 0, 0, "n = 1: not yet");
	is_near(after("nt-asgd:n=1", line, 3, 2, 2, 0), 1, 0, "but at t = 2");
	is_near(after("nt-asgd:n=1", line, 0.5, 9, 2, 0), 0, 0, "values that fall keep it silent");
	by_importance();
	rate_registry_free(registry);
	done_testing();
}
