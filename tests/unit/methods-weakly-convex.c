/* The methods of the chapter on weakly convex functions, steps by hand. */
#include "tests/unit/instance.h"

/* The first number of `state` after some steps with gamma. */
static double after(const char *method, const char *objective, double gamma, uint64_t steps, size_t state)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "%s starts: %s", method, p.s.error.text);
	p.s.run.gamma = gamma;
	for (p.s.run.t = 0; p.s.run.t < steps; p.s.run.t++)
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	x = p.s.blocks.state[state][0];
	close_instance(&p);
	return x;
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* |x^2 - 1| at 0.1: c = 0.01, a = 0.2; the whole step, 0.1 + 0.3 x 0.2 */
	is_double(after("prox-linear", "abs-parabola:start=0.1", 0.3, 1, 0), 0.16, 1e-14, "prox-linear: a whole step");
	/* at 0.9: c = 0.81, a = 1.8, the zero of the tangent is nearer: Newton's 0.9 + 0.19/1.8 */
	is_double(after("prox-linear", "abs-parabola:start=0.9", 0.3, 1, 0), 0.9 + 0.19 / 1.8, 1e-14,
	          "prox-linear: to the kink");
	/* the subgradient method does not see it: 0.9 + 0.3 x 1.8 */
	is_double(after("subgradient", "abs-parabola:start=0.9", 0.3, 1, 0), 1.44, 1e-14,
	          "subgradient: beyond the kink");
	is_near(after("prox-linear", "abs-parabola:start=0", 0.3, 1, 0), 0, 1e-300,
	        "where the tangent is flat it stays");
	/* (0.5 - 0.2)/(1 - 0.2); x beyond the end stays; below gamma G it lands on 0 */
	is_double(after("stochastic-proximal-point", "mcp:start=0.5", 0.2, 1, 0), 0.375, 1e-14,
	          "prox of mcp, concave piece");
	is_double(after("stochastic-proximal-point", "mcp:start=-1.5", 0.2, 1, 0), -1.5, 1e-14,
	          "prox of mcp, flat piece");
	is_near(after("stochastic-proximal-point", "mcp:start=0.1", 0.2, 1, 0), 0, 1e-300, "prox of mcp, at the kink");
	/* y = 0.5 (1 - 2/5)^-1 below the root of 1; 2 - 2 x 0.2 above k = 1 */
	is_double(after("stochastic-proximal-point", "abs-parabola:start=0.5", 0.2, 1, 0), 0.5 / 0.6, 1e-14,
	          "prox of |q - 1|, below");
	is_double(after("stochastic-proximal-point", "abs-parabola:start=2", 0.2, 1, 0), 1.6, 1e-14,
	          "prox of |q - 1|, above");
	is_double(after("stochastic-proximal-point", "abs-parabola:start=1.1", 0.2, 1, 0), 1, 1e-14,
	          "prox of |q - 1|, at the kink");
	/* SPL+ on 2 |x| at x = 5, a = -11.25: e = 1/(1 - beta) = 10, x = 5 - 0.01 x 10 x 2, a = -11.25 - 0.05 + 0.05
	 * x 10 */
	is_double(after("prox-linear", "abs:G=2,start=5+cvar:beta=0.9,scale=2.23606797749979,level=-11.25", 0.01, 1, 0),
	          4.8, 1e-14, "cvar: the largest weight");
	/* at x = 1, a = 1.9, lambda = nu = 0.1: e = (2 - 1.8)/(0.1 x 4 + 0.1) = 0.4 */
	is_double(after("prox-linear", "abs:G=2,start=1+cvar:beta=0.9,level=1.9", 0.1, 1, 0), 1 - 0.1 * 0.4 * 2, 1e-14,
	          "cvar: a weight inside, to the kink");
	is_double(after("prox-linear", "abs:G=2,start=1+cvar:beta=0.9,level=9", 0.1, 1, 0), 1, 1e-14,
	          "cvar: below the level, nothing");
	/* |x| from 1, D = 0.5, eta = 0.3, s = 1: Delta = -0.3, x = 0.7, Delta = -0.5 by the projection, then 0 in a
	 * new epoch */
	is_double(after("o2nc:D=0.5,N=2,scaled=0", "abs:start=1", 0.3, 1, 1), -0.3, 1e-14,
	          "o2nc: what is learned in a step");
	is_double(after("o2nc:D=0.5,N=2,scaled=0", "abs:start=1", 0.3, 2, 0), 0.7, 1e-14, "o2nc: a step along it");
	is_double(after("o2nc:D=0.5,N=2,scaled=0", "abs:start=1", 0.3, 2, 1), -0.5, 1e-14, "o2nc: not longer than D");
	is_double(after("o2nc:D=0.5,N=2,scaled=0", "abs:start=1", 0.3, 3, 0), 0.7, 1e-14,
	          "o2nc: nothing is left in a new epoch");
	rate_registry_free(registry);
	done_testing();
}
