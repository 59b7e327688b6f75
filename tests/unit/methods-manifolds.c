/* Riemannian AdaGrad, two steps by hand. */
#include <math.h>

#include "tests/unit/instance.h"

int main(void)
{
	rate_error error;
	instance p;
	double x1 = tanh(0.25), move = 0.5 / sqrt(2);

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* Towards 0.9 along the axis, 2 atanh(0.9) = 2.94 away: distances from 0 add up there, x = tanh(d/2). */
	open_instance(&p, "poincare:points=0.9/0/0/0,start=0/0/0/0", "radagrad:eta=0.5");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s",
		   p.s.error.text);
	is_double(p.s.blocks.state[0][0], x1, 1e-15, "the first step has the length eta");
	ok(p.s.method->step(&p.s.run) == RATE_OK, "another: %s", p.s.error.text);
	is_double(p.s.blocks.state[0][0], tanh((0.5 + move) / 2), 1e-15, "the second eta/sqrt 2");
	is_double(p.s.blocks.state[1][0], 2, 1e-15, "two gradients of length 1");
	is_double(p.s.blocks.state[0][2], 0, 0, "the other plane is where it should be");
	close_instance(&p);
	/* At 0.5i, p = -0.5i: straight down, past 0 if the step is longer than log 3. */
	open_instance(&p, "poincare:points=0/-0.5,start=0/0.5", "radagrad:eta=2");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK && p.s.method->step(&p.s.run) == RATE_OK, "a step: %s",
		   p.s.error.text);
	is_double(p.s.blocks.state[0][1], tanh((log(3) - 2) / 2), 1e-14, "through the centre");
	close_instance(&p);
	rate_registry_free(registry);
	done_testing();
}
