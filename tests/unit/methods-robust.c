/* The methods and wrappers of the chapter on robust losses, a step or two by hand. */
#include "tests/unit/instance.h"
#include "verify/measure/exact/affine.h"

/* x after steps with gamma = 1/10 that draw the losses given; `state`: of that block. */
static double after(const char *method, const char *objective, const uint64_t *drawn, size_t steps, size_t state)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	rate_count_outcomes(&p.s);
	rate_session_begin(&p.s, 1, 0);
	p.s.draws.sampler = RATE_FORCED;
	for (uint64_t t = 0; t < steps; t++) {
		double gamma = 0.1;
		p.s.draws.forced = drawn[t];
		p.s.run.t = t;
		p.s.run.gamma = gamma;
		p.s.run.schedule = &gamma;
		p.s.draws.choice.drawn = 0;
		ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "step %d: %s", (int)t, p.s.error.text);
	}
	x = p.s.blocks.state[state][0];
	close_instance(&p);
	return x;
}

/* The slope of f at its start. */
static double slope(const char *objective)
{
	static const uint64_t none[1];

	return -10 * (after("gd", objective, none, 1, 0) - 1);
}

int main(void)
{
	rate_error error;
	uint64_t first[3] = { 0, 0, 0 };
	/* x_0 = 1: losses (1, -1), slopes the same */
	const char *two = "affine-losses:a=1/-1,b=0/0,start=1+dro:nu=1.25,mu=0.5";
	const char *bowl = "huber:L=1,tau=10,start=1+dro:nu=1.25,mu=0.5";

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* q = 1/2 +- 2/(2 x 2 x 1.25 x 2) = (0.7, 0.3) */
	is_double(slope(two), 0.7 - 0.3 + 0.5, 1e-14, "weights inside");
	is_double(slope("affine-losses:a=1/-1,b=0/0,start=1+dro:nu=0.25,mu=0.5"), 1.5, 1e-14, "one loss takes all");
	is_double(slope("affine-losses:a=1/-1,b=0/0,start=1+dro:nu=0.25,mu=0.5,beta=0.25"), 2 / 3.0 - 1 / 3.0 + 0.5,
	          1e-14, "but no more than the cap");
	is_double(slope("affine-losses:a=1/-1,b=0/0,start=1+dro:nu=0.25,mu=0.5,beta=0"), 0.5, 1e-14,
	    "beta = 0: the mean");
	/* losses (-1, 1.5, 1): tau = 3/4, q = (0, 7/12, 5/12), slopes (-1, 1, 2) */
	is_double(slope("affine-losses:a=-1/1/2,b=0/0.5/-1,start=1+dro:nu=0.5,mu=0.5"),
	    7 / 12.0 + 10 / 12.0 + 0.5, 1e-14,
	          "three losses, the least of them without weight");
	/* z = (1, 1): v = 0.4 + 0.5; z the same: v = 0.4 + 0.455; z = (0.91, 1): q = 0.691, v = 0.382 + 0.41225 */
	is_double(after("prospect", two, first, 1, 0), 0.91, 1e-14, "Prospect, one step");
	is_double(after("prospect", two, first, 2, 0), 0.8245, 1e-14, "two");
	is_double(after("prospect", two, first, 2, 1), 0.91, 1e-14, "the table has the point before the step");
	is_double(after("prospect", two, first, 2, 2), 1, 1e-14, "of the loss that was drawn");
	is_double(after("prospect", two, first, 3, 0), 0.8245 - 0.079425, 1e-14, "three");
	/* one loss has the weight 1, and what the table adds it takes away again: gradient descent on 3 x^2/4 */
	is_double(after("prospect", bowl, first, 2, 0), 0.85 * 0.85, 1e-14, "Prospect with one loss");
	rate_registry_free(registry);
	done_testing();
}
