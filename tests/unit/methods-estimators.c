/* What the objectives and methods of the chapter on estimators must be, against moments and worked steps. */
#include <math.h>

#include "tests/unit/instance.h"

/* The mean over all terms of (f_i)^power at x_0. */
static double mean_power(const char *objective, double power)
{
	instance p;
	double f[ROWS], sum = 0;
	size_t n;

	open_instance_of(&p, "gd-nonconvex", objective, "sgd");
	rate_session_begin(&p.s, 1, 0);
	n = p.s.run.n;
	for (size_t i = 0; i < n; i++) {
		const rate_sample *s = p.s.run.call->component(&p.s.run, i);

		if (!s || rate_sample_value(&p.s.run, s, p.s.run.state[0], f))
			diag("%s", p.s.error.text);
		sum += pow(*f, power);
	}
	close_instance(&p);
	return sum / (double)n;
}

/* e^2/2 at x = 1, and (<x, e>)^2/2 at (1, 1), whose square has the mean E (e_1 + e_2)^4/4 = 12/4. */
static void normal_moments(void)
{
	is_double(mean_power("smoothed-bowl:estimator=pair", 1), 1 / 2.0, 1e-15, "the second moment");
	is_double(mean_power("smoothed-bowl:estimator=pair", 2), 3 / 4.0, 1e-15, "the fourth");
	is_double(mean_power("smoothed-bowl:estimator=pair", 3), 15 / 8.0, 1e-15, "the sixth");
	is_double(mean_power("smoothed-bowl:estimator=pair,d=2", 2), 3, 1e-14, "in the plane");
	/* x^2/2 + s x e: mean square x^4/4 + s^2 x^2 */
	is_double(mean_power("smoothed-bowl:s=2,start=3", 2), 81 / 4.0 + 36, 1e-13, "the pathwise terms");
}

/* With one level G is Y_2 or Y_1, each half of the time; f is the mean of G^2/2 at x = 0. */
static void chain(void)
{
	double rho = 0.8;

	is_double(mean_power("markov-mean:levels=1,x0=0", 1), 0.5, 1e-14, "one level, stationary: Var(Y)/2");
	is_double(mean_power("markov-mean:levels=1,x0=0,start=fixed,y0=3", 1), (9 + 9 * rho * rho + 1 - rho * rho) / 4,
	          1e-14, "one level, from 3");
	/* two levels: J = 2 has Y_1 + Y_4 + Y_3 - Y_2 - Y_1, of the probability 1/4 */
	is_double(mean_power("markov-mean:levels=2,x0=0,sigma=0,start=fixed,y0=1", 1),
	          (rho * rho / 2 + pow(rho * rho * rho + rho * rho - rho, 2) / 4 + 1 / 4.0) / 2, 1e-14,
	          "two levels without noise");
}

/* x after one step of 1/4, with the draws of replicate k. */
static double step_of(instance *p, uint64_t k)
{
	double gamma = 0.25;

	rate_session_begin(&p->s, 1, k);
	p->s.run.gamma = gamma;
	p->s.run.schedule = &gamma;
	if (p->s.method->step(&p->s.run))
		diag("%s", p->s.error.text);
	return p->s.blocks.state[0][0];
}

static double one_step(const char *method, const char *objective)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	x = step_of(&p, 0);
	close_instance(&p);
	return x;
}

/* From -16/15 the step leads to -0.8, a fifth of the way from -1 to 0. */
static void rounding(void)
{
	instance p;
	int up = 0, other = 0;

	is_double(one_step("rounded-gd:grid=0.25", "diagonal:lambda=1"), 0.75, 0, "a point of the grid stays");
	is_double(one_step("nearest-gd:grid=0.5", "diagonal:lambda=1,start=1.2"), 1, 0, "to the nearest, up");
	is_double(one_step("nearest-gd:grid=0.5", "diagonal:lambda=1,start=-0.9"), -0.5, 0, "to the nearest, up");
	open_instance(&p, "diagonal:lambda=1,start=-1.0666666666666667", "rounded-gd:grid=1");
	for (uint64_t k = 0; k < 400; k++) {
		double x = step_of(&p, k);

		up += x > -0.5;
		other += x != -1 && x != 0;
	}
	close_instance(&p);
	is_double(other, 0, 0, "always one of the two neighbours");
	is_at_most(fabs(up - 80.0), 40, "a fifth of the way up: %d of 400", up);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	normal_moments();
	chain();
	rounding();
	rate_registry_free(registry);
	done_testing();
}
