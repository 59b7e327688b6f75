/* The methods of the chapter on sampling, steps by hand. */
#include <math.h>

#include "tests/unit/instance.h"

/* Entry j of a state after some steps with gamma. */
static double after(const char *method, const char *objective, double gamma, uint64_t steps, size_t state, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "%s starts: %s", method, p.s.error);
	p.s.run.gamma = gamma;
	for (p.s.run.t = 0; p.s.run.t < steps; p.s.run.t++)
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error);
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

int main(void)
{
	char error[1024];
	const char *data = "gaussian-data:s=1/1,m=3/0,start=4/-2";

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	/* two turns of pi/4: the noise is multiplied by cos^2(pi/4), the mean by cos(pi/4), then by 1 */
	is_double(after("ddim:N=2", data, 1, 1, 0, 0), 3 * sqrt(0.5) + 4 * sqrt(0.5), 1e-14, "ddim: half way");
	is_double(after("ddim:N=2", data, 1, 2, 0, 0), 3 + 4 / 2.0, 1e-14, "ddim: two steps");
	is_double(after("ddim:N=2", data, 1, 5, 0, 1), -1, 1e-14, "ddim: nothing moves after N steps");
	/* tan theta_1 = 3: each step multiplies by cos(pi/4) in (s cos, sin) */
	is_double(after("ddim:N=2,s=3", "gaussian-data:s=3,m=1,start=2", 1, 2, 0, 0), 1 + 3 * 2 / 2.0, 1e-14,
	          "ddim: matched to the data");
	is_double(after("ddim:N=1", data, 1, 1, 0, 0), 3, 1e-14, "ddim: one step ends at the mean");
	rate_registry_free(registry);
	done_testing();
}
