/* The methods of the chapter on second order, a step by hand. */
#include <math.h>

#include "tests/unit/instance.h"

/* f = x^2/2 from x_0: `state` after a step. */
static double after_one(const char *method, const char *objective, double x0, size_t state)
{
	instance p;
	double x = NAN, *start;

	open_instance(&p, objective, method);
	start = p.s.x0;
	start[0] = x0;
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK && rate_session_step(&p.s, 0) == RATE_OK, "a step: %s",
		   p.s.error.text);
	x = p.s.blocks.state[state][0];
	close_instance(&p);
	return x;
}

int main(void)
{
	rate_error error;
	const char *bowl = "quadratic:d=1,L=1", *dip = "broken-curvature:shape=dip,r=0.9,start=0.5";
	double x1, g = 3 / 8.0, lambda = g / sqrt(0.5), c = 6;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	is_near(after_one("newton", bowl, 1, 0), 0, 1e-16, "a parabola is its own model");
	/* f'(1/2) = 3/8, f''(1/2) = 1/2 */
	is_double(after_one("newton", dip, 0.5, 0), 0.5 - g / 0.5, 1e-15, "x - f'/f''");
	is_double(after_one("newton:damped=1", dip, 0.5, 0), 0.5 - g / 0.5 / (1 + lambda), 1e-15, "the damped step");
	/* 1 + s + 3 s|s| = 0 */
	x1 = 1 - (sqrt(13) - 1) / 6;
	is_double(after_one("cubic-newton:M=6", bowl, 1, 0), x1, 1e-14, "the root of a parabola");
	is_double(after_one("cubic-newton:M=6,shift=2", bowl, 1, 0), 1 - (sqrt(21) - 3) / 6, 1e-14,
	          "with 2 added to the Hessian");
	/* M = 2, L2 = 1: C = 6. 1 + s + s|s| = 0; v = x_0 - z/sqrt(C z), z = f'(x_1) = x_1 */
	x1 = 1 - (sqrt(5) - 1) / 2;
	is_double(after_one("cubic-accelerated:M=2,L2=1", bowl, 1, 0), x1, 1e-14, "accelerated: a cubic step from x_0");
	is_double(after_one("cubic-accelerated:M=2,L2=1", bowl, 1, 1), 1 - sqrt(x1 / c), 1e-14, "and v");
	/* The trial leads to -1 and does not help; y = s = -2, M = (2/eta + 8)/4. */
	is_double(after_one("smb:alpha=2,eta=0.5,share=0.5", bowl, 1, 0), 2 / 3.0, 1e-15, "the model's step");
	is_double(after_one("smb:alpha=1.25,eta=0.5,share=0.25", bowl, 1, 0), -0.25, 1e-15,
	          "a trial that helps enough");
	rate_registry_free(registry);
	done_testing();
}
