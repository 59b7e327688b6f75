/* Frank-Wolfe and mirror descent, a step by hand. */
#include <math.h>

#include "tests/unit/instance.h"

static void after_one(const char *method, const char *objective, double gamma, const double *want)
{
	instance p;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error);
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error);
	for (size_t j = 0; j < p.s.run.d; j++)
		is_near(p.s.state[0][j], want[j], 1e-15, "%s on %s: entry %zu", method, objective, j);
	close_instance(&p);
}

int main(void)
{
	char error[1024];
	double e = exp(-0.5);

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	/* From the first vertex the gradient is that vertex, and the second is the first of the least. */
	after_one("frank-wolfe", "simplex-square:n=3", 0.25, (double[]){ 0.75, 0.25, 0 });
	after_one("mirror-entropy", "simplex-linear:n=2,costs=0/1", 0.5, (double[]){ 1 / (1 + e), e / (1 + e) });
	after_one("mirror-entropy", "simplex-square:n=3", 0.5, (double[]){ 1, 0, 0 });
	/* Round 0: the first expert loses. */
	after_one("hedge", "experts", 0.5, (double[]){ e / (1 + e), 1 / (1 + e) });
	rate_registry_free(registry);
	done_testing();
}
