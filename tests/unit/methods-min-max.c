/* The methods of the chapter on min-max, two steps by hand, on f = x^2/2 from 3, whose field is x. */
#include "tests/unit/instance.h"

static double after_two(const char *method, size_t state, double eta)
{
	instance p;
	double x, now[2] = { 0.25, eta };

	open_instance(&p, "quadratic:d=1,L=1,start=3", method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error);
	for (uint64_t t = 0; t < 2; t++) {
		p.s.run.t = t;
		p.s.run.gamma = now[0];
		p.s.run.schedule = now;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error);
	}
	x = p.s.blocks.state[state][0];
	close_instance(&p);
	return fabs(x);
}

int main(void)
{
	char error[1024];

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	/* a step is the factor 1 - gamma (1 - eta) */
	is_double(after_two("extragradient", 0, 0.25), 3 * 0.8125 * 0.8125, 1e-15, "extragradient, both steps 1/4");
	is_double(after_two("extragradient", 0, 0), 3 * 0.75 * 0.75, 1e-15,
	          "without a look ahead it is gradient descent");
	is_double(after_two("extragradient", 0, 1), 3, 1e-15, "a look ahead to the minimum sees no slope");
	/* x_0 = g = 3: z_0 = 9/4, x_1 = 39/16; z_1 = 39/16 - 9/16 = 30/16, x_2 = 39/16 - 30/64 */
	is_double(after_two("optimistic", 0, 0), 126 / 64.0, 1e-15, "past extragradient, by hand");
	is_double(after_two("optimistic", 1, 0), 30 / 16.0, 1e-15, "and its last answer");
	rate_registry_free(registry);
	done_testing();
}
