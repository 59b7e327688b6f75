/* The methods of the chapter on variance reduction, a step or two by hand. */
#include "tests/unit/instance.h"
#include "verify/measure/exact/affine.h"

/* `state` after two steps from x_0 = 3 with gamma = 1/4, on centres -1 and 1 with term `first`, then `second` drawn. */
static double after_two(const char *method, const char *objective, size_t state, double beta)
{
	instance p;
	double x = NAN, *step[2] = { NULL, NULL };

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	step[0] = (double[]){ 0.25, 0.25 };
	step[1] = (double[]){ 0, beta };
	for (uint64_t t = 0; t < 2; t++) {
		double now[2] = { step[0][t], step[1][t] };
		p.s.run.t = t;
		p.s.run.gamma = now[0];
		p.s.run.schedule = now;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error.text);
	}
	x = p.s.blocks.state[state][0];
	close_instance(&p);
	return x;
}

/* x after steps of a method on two tilted parabolas, f_i = (x - a_i)^2/2 with a = (-1, 1), with given terms and
 * coins; `more`: a state block. Read through the host's own enumeration: outcome = term + 2 coin. */
static double after_outcomes(const char *method, const char *objective, const uint64_t *outcome,
                             size_t steps, size_t state)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	rate_count_outcomes(&p.s);
	rate_session_begin(&p.s, 1, 0);
	p.s.draws.sampler = RATE_FORCED;
	for (uint64_t t = 0; t < steps; t++) {
		double gamma[2] = { 0.25, 0 };
		p.s.draws.forced = outcome[t];
		p.s.run.t = t;
		p.s.run.gamma = *gamma;
		p.s.run.schedule = gamma;
		p.s.draws.purpose = 0;
		p.s.draws.choice.drawn = 0;
		ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "step %d: %s", (int)t, p.s.error.text);
	}
	x = p.s.blocks.state[state][0];
	close_instance(&p);
	return x;
}

/* Curvatures 2 and 0 from x_0 = 3: grad f_1 = 2x, grad f_2 = 0, grad f = x. */
static void test_coins(void)
{
	const char *two = "zero-or-L:p=2,L=2,start=3";
	uint64_t first[2] = { 0, 0 }, renew[2] = { 2, 0 }, second[2] = { 0, 1 }, saga[3] = { 0, 1, 0 };

	/* v = 2 x - 2 w + w: 3, then x = 9/4, v = 9/2 - 3; with a coin in step 0 w is the old x, the same */
	is_double(after_outcomes("l-svrg:p=0.25", two, first, 2, 0), 9 / 4.0 - 0.25 * 1.5, 1e-15, "L-SVRG, no coin");
	is_double(after_outcomes("l-svrg:p=0.25", two, renew, 2, 1), 3, 1e-15, "a coin: w is the x before the step");
	is_double(after_outcomes("l-svrg:p=0.25,snapshot=0", two, renew, 1, 1), 3, 1e-15, "whatever it was");
	is_double(after_outcomes("l-svrg:p=0.25,snapshot=0", two, first, 1, 0), 3 - 0.25 * 6, 1e-15,
	          "v = grad f_1 with w = 0");
	/* table (6, 0), mean 3: v = 3, x = 9/4, table the same; then i = 2: v = 0 - 0 + 3, x = 3/2; then i = 1: 3 - 6
	 * + 3 = 0 */
	is_double(after_outcomes("saga", two, saga, 2, 0), 1.5, 1e-15, "SAGA, two steps");
	is_double(after_outcomes("saga", two, saga, 3, 0), 1.5, 1e-15, "three");
	is_double(after_outcomes("saga", two, saga, 3, 1), 1.5, 1e-15, "the mean of its table");
	is_double(after_outcomes("saga", two, saga, 3, 2), 3, 1e-15, "the table itself");
	is_double(after_outcomes("saga:table=0", two, saga, 1, 0), 1.5, 1e-15, "from a table of zeros");
	/* g = 3, x = 9/4, g = 3 + 2(9/4 - 3) = 3/2; coin: g = 9/4; term 2: g = 3 */
	is_double(after_outcomes("page:p=0.25", two, first, 1, 1), 1.5, 1e-15, "PAGE: g of the first term");
	is_double(after_outcomes("page:p=0.25", two, renew, 1, 1), 2.25, 1e-15, "a coin: the gradient");
	is_double(after_outcomes("page:p=0.25", two, second, 2, 1), 1.5, 1e-15, "the second term is flat");
	is_double(after_outcomes("page:p=0.25", two, second, 2, 0), 2.25 - 0.375, 1e-15, "and x");
}

int main(void)
{
	rate_error error;
	/* f = x^2/2 in one dimension: every draw is f itself. */
	const char *bowl = "quadratic:d=1,L=1,start=3", *two = "zero-or-L:p=1,L=2,start=3";
	double x0;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* v_t = x_t: gradient descent, x_0 (3/4)^2 */
	x0 = fabs(after_two("sarah", two, 0, 0));
	is_double(x0, 3 * 0.5 * 0.5, 1e-15, "SARAH on one parabola is gradient descent: gamma L = 1/2");
	is_double(fabs(after_two("sarah", two, 1, 0)), 2 * 3 * 0.25, 1e-15, "and its v the gradient");
	is_near(after_two("ai-sarah", two, 0, 0), 0, 1e-15, "the implicit step of one parabola ends at its minimum");
	/* L = 2, x: 3, 3/2, 3/4: the epoch's points are 3 and 3/2 */
	is_double(fabs(after_two("svrg:m=2", two, 0, 0)), 9 / 4.0, 1e-15, "SVRG starts again at the mean of the epoch");
	is_double(fabs(after_two("svrg:m=2,decay=0.5", two, 0, 0)), (0.5 * 3 + 1.5) / 1.5, 1e-15,
	          "which may have weights");
	is_double(fabs(after_two("svrg:m=9", two, 1, 0)), 3, 1e-15, "until then the snapshot stays");
	/* theta = 1 with exact gradients: m is the gradient; theta = 0: m = beta m + (1 - beta) g */
	is_double(fabs(after_two("mars:theta=1", bowl, 2, 0.5)), 9 / 4.0, 1e-15,
	          "STORM without noise has the gradient");
	is_double(fabs(after_two("mars:theta=0", bowl, 2, 0.5)), 0.5 * 3 + 0.5 * 9 / 4.0, 1e-15,
	          "MARS with theta = 0 averages");
	is_double(fabs(after_two("mars:theta=0.5", bowl, 2, 0.5)), 0.5 * 3 + 0.5 * 9 / 4.0 - 0.25 * 0.75, 1e-15,
	          "and between them");
	test_coins();
	rate_registry_free(registry);
	done_testing();
}
