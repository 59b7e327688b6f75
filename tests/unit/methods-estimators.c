/* What the objectives and methods of the chapter on estimators must be, against moments and worked steps. */
#include <math.h>

#include "tests/unit/instance.h"

/* The mean over all terms of (f_i)^power at x_0. */
static double mean_power(const char *objective, double power)
{
	instance p;
	double f[ROWS], sum = 0;
	size_t n;

	open_instance_of(&p, "est-sgd-law", objective, "sgd");
	rate_session_begin(&p.s, 1, 0);
	n = p.s.run.n;
	for (size_t i = 0; i < n; i++) {
		const rate_sample *s = p.s.run.call->component(&p.s.run, i);

		if (!s || rate_sample_value(&p.s.run, s, p.s.run.state[0], f))
			diag("%s", p.s.error);
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

int main(void)
{
	char error[1024];

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	normal_moments();
	rate_registry_free(registry);
	done_testing();
}
