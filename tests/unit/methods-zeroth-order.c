/* Random directions, a step by hand; smoothed kinks and the values of policies in closed form. */
#include <math.h>

#include "tests/unit/instance.h"
#include "verify/measure/exact/affine.h"
#include "verify/session/draws.h"

/* Entry j of x after one step with gamma = 1/4 and the outcome given; `theorem` has to apply. */
static double after_of(const char *theorem, const char *method, const char *objective, uint64_t outcome, size_t j)
{
	instance p;
	double x, gamma = 0.25;

	open_instance_of(&p, theorem, objective, method);
	rate_count_outcomes(&p.s);
	rate_session_begin(&p.s, 1, 0);
	p.s.draws.sampler = RATE_FORCED;
	p.s.draws.forced = outcome;
	p.s.run.gamma = gamma;
	p.s.run.schedule = &gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "a step: %s", p.s.error.text);
	x = p.s.blocks.state[0][j];
	close_instance(&p);
	return x;
}

static double after(const char *method, const char *objective, uint64_t outcome, size_t j)
{
	return after_of("gd-nonconvex", method, objective, outcome, j);
}

static double on_kinks(const char *method, const char *objective)
{
	return after_of("gfm-step", method, objective, 0, 0);
}

/* State block 1 after one step. */
static double width_after(const char *method, const char *objective)
{
	instance p;
	double s;

	open_instance(&p, objective, method);
	rate_session_begin(&p.s, 1, 0);
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	s = p.s.blocks.state[1][0];
	close_instance(&p);
	return s;
}

/* Row 0 of a state block, entry j, after so many steps of a theorem's method. */
static double after_steps(const char *theorem, const char *objective, const char *method, uint64_t steps, size_t block,
                          size_t j)
{
	instance p;
	double x;

	open_instance_of(&p, theorem, objective, method);
	rate_session_begin(&p.s, 1, 0);
	for (uint64_t t = 0; t < steps; t++)
		ok(rate_session_step(&p.s, t) == RATE_OK, "step %d: %s", (int)t, p.s.error.text);
	x = p.s.blocks.state[block][j];
	close_instance(&p);
	return x;
}

/* The mean over all outcomes, with their weights, of entry j of x after that step; or of its square. */
static double mean_after(const char *method, const char *objective, size_t j, int squared)
{
	instance p;
	double sum = 0, total = 0, gamma = 0.25;

	open_instance(&p, objective, method);
	rate_count_outcomes(&p.s);
	for (uint64_t i = 0; i < p.s.draws.outcomes; i++) {
		double weight = rate_outcome_weight(&p.s, i), x;
		rate_session_begin(&p.s, 1, 0);
		p.s.draws.sampler = RATE_FORCED;
		p.s.draws.forced = i;
		p.s.run.gamma = gamma;
		p.s.run.schedule = &gamma;
		if (p.s.method->step(&p.s.run) != RATE_OK || p.s.draws.unforced)
			return NAN;
		x = p.s.blocks.state[0][j];
		sum += weight * (squared ? x * x : x);
		total += weight;
	}
	ok(fabs(total - (double)p.s.draws.outcomes) < 1e-9, "weights of %s", method);
	close_instance(&p);
	return sum / total;
}

/* f smoothed over the ball of radius r at x_0, or entry 0 of its gradient. */
static double smoothed(const char *objective, double r, int slope)
{
	instance p;
	double f[ROWS], *g;

	open_instance_of(&p, "gfm-step", objective, "two-point");
	rate_session_begin(&p.s, 1, 0);
	g = p.s.run.scratch[0];
	ok(p.s.run.call->smoothed(&p.s.run, 0, r, p.s.run.state[0], f, g) == RATE_OK, "smoothed: %s", p.s.error.text);
	*f = slope ? *g : *f;
	close_instance(&p);
	return *f;
}

static double value(const char *objective)
{
	instance p;
	double f[ROWS];

	open_instance_of(&p, "pg-any-step", objective, "gd");
	rate_session_begin(&p.s, 1, 0);
	ok(p.s.run.call->value(&p.s.run, p.s.run.state[0], f) == RATE_OK, "value: %s", p.s.error.text);
	close_instance(&p);
	return *f;
}

int main(void)
{
	rate_error error;
	/* |x|^2/2 at (3, 4) */
	const char *bowl = "coupled:d=2,c=0,b=0,start=3/4";
	const char *ridge = "kinks:d=2,m=1,start=60/0";
	double p = 1 / (1 + exp(-0.7)), pi = acos(-1), x[4];

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* u = (sqrt 2, 0): s u = (6, 0) */
	is_double(after("two-point:law=coordinate,rho=0", bowl, 0, 0), 1.5, 1e-14, "a coordinate, by its derivative");
	is_double(after("two-point:law=coordinate,rho=0", bowl, 0, 1), 4, 0, "the other stays");
	is_double(after("two-point:law=coordinate,rho=0.5", bowl, 1, 1), 2, 1e-14, "by a difference");
	/* u = (-1, -1): s = -7, then (1, -1): s = -1 */
	is_double(after("two-point:law=signs,rho=0", bowl, 0, 0), 3 - 7 / 4.0, 1e-14, "signs");
	is_double(after("two-point:law=signs,rho=0", bowl, 1, 0), 3.25, 1e-14, "other signs");
	is_double(after("two-point:law=signs,rho=0", bowl, 1, 1), 3.75, 1e-14, "both coordinates");
	is_double(after("spsa:c=0.5", bowl, 1, 1), 3.75, 1e-14, "SPSA is the same");
	is_double(after("spsa:c=0.5", bowl, 3, 0), 3 - 7 / 4.0, 1e-14, "u and -u make the same step");
	/* u = (0, 0), then (sqrt 3, 0): s = 3 sqrt 3, s u = (9, 0) */
	is_double(after("two-point:law=ternary,rho=0", bowl, 0, 0), 3, 0, "no direction");
	is_double(after("two-point:law=ternary,rho=0", bowl, 1, 0), 0.75, 1e-14, "three values");
	/* u = (-1, -1) in two blocks: each coordinate moves by its own slope */
	is_double(after("two-point:law=signs,rho=0,blocks=2", bowl, 0, 0), 2.25, 1e-14, "two blocks");
	is_double(after("two-point:law=signs,rho=0.5,blocks=2", bowl, 1, 1), 3, 1e-14, "two blocks, by differences");
	/* (1 - 1/4) x; E (x_1 - u_1 s/4)^2 with E u^4 = 3: x_1^2 - x_1^2/2 + (3 x_1^2 + x_2^2)/16 */
	is_double(mean_after("two-point:law=ternary,rho=0", bowl, 0, 0), 2.25, 1e-14, "the gradient in the mean");
	is_double(mean_after("two-point:law=ternary,rho=0", bowl, 0, 1), 4.5 + 43 / 16.0, 1e-14, "moments of normals");
	/* two roundings keep the mean; with delta = 2 and signs E Q_a1^2 Q_b1^2 = E Q_a2^2 Q_b1^2 = 4 */
	is_double(mean_after("quzo:law=signs,grid=2,rho=0", bowl, 0, 0), 2.25, 1e-14, "two roundings, no bias");
	is_double(mean_after("quzo:law=signs,grid=2,rho=0", bowl, 0, 1), 4.5 + 4 * 25 / 16.0, 1e-14, "and their noise");
	is_double(mean_after("quzo:law=coordinate,grid=0.3,rho=0.5", bowl, 1, 0), 3, 1e-14, "coordinates, differences");
	/* one rounding: E Q^2 = 2 */
	is_double(mean_after("quzo:law=signs,grid=2,rho=0,rounds=1", bowl, 0, 0), 1.5, 1e-14, "one rounding is biased");
	/* K = d + 2 = 4: a quarter of the step of ternary directions; s2 = 0: K = 1/4, m = (1/2, 0) */
	is_double(mean_after("zo-adamu:beta1=1,a=1,b=0,law=ternary", bowl, 0, 0), 3 - 3 / 16.0, 1e-14, "fresh normals");
	is_double(after("zo-adamu:beta1=0.5,a=0,b=0,m0=1,law=ternary", bowl, 0, 0), 2.25, 1e-14, "along the old one");
	/* rho = 1/2: at e_1 u = (-1, -1) has s = -1, v = (1/2, 1/2), and of a tie the first, e_1 */
	is_double(after("zo-fw:delta=0.5,law=signs", "tiles:m=2,start=3/4+simplex", 0, 0), 1, 0, "a vertex stays");
	is_double(after("zo-fw:delta=0.5,law=signs", "tiles:m=2,start=0/1+box:low=0,high=1", 0, 1), 0.75, 1e-14,
	    "a box: away from 1");
	is_double(after("zo-fw:delta=0.5,law=signs,r=0.3", "tiles:m=2,start=0/1+box:low=0,high=1", 1, 0), 0.25, 1e-14,
	    "by differences");
	/* |x| at 3 and radius 1: the estimate is 1; at 1/2 it is 1/2 */
	is_double(on_kinks("gfm-plus:rho=1,q=2", "kinks:d=1,start=3"), 2.75, 1e-14, "a two-point estimate");
	is_double(on_kinks("gfm-plus:rho=1,q=2", "kinks:d=1,start=0.5"), 0.375, 1e-14, "across the kink");
	/* on a linear piece differences vanish: the second step is the first one again; then v is drawn afresh */
	for (uint64_t t = 0; t < 4; t++)
		x[t] = after_steps("gfm-plus:q=2", ridge, "gfm-plus", t, 0, 0);
	is_near(x[2] - x[1], x[1] - x[0], 1e-13, "v is kept");
	ok(fabs(x[3] - x[2] - (x[1] - x[0])) > 1e-6, "and drawn again");
	/* on the line: v = 3/2 at 1, x = 3/4, then (1 - rho) 3/2 + rho 11/4 with rho = 2/9^(2/3) */
	is_double(after_steps("zo-fw:delta=0.5,law=signs", "tiles:m=1,center=-2,start=1+box:low=0,high=1", "zo-fw",
	    2, 1, 0), 1.5 + 2.5 / pow(9, 2.0 / 3), 1e-14, "an average of slopes");
	/* an elite of one half of N(0, 4) about the minimum of |x|: c = 0.674..., s^2 = 4 (1 - 4 c phi(c)) */
	is_near(on_kinks("cem:r=0.5,s0=2", "abs:start=0"), 0, 1e-12, "the elite in the middle stays");
	is_double(width_after("cem:r=0.5,s0=2", "abs:start=0"), 2 * sqrt(1 - 4 * 0.67448975019608174 *
	    0.317776572684107), 1e-12, "and narrows by the middle half of a normal law");
	/* on a slope a half has the mean -sqrt(2/pi) and the variance 1 - 2/pi */
	is_double(on_kinks("cem:r=0.5,s0=2", "abs:start=50"), 50 - 2 * sqrt(2 / pi), 1e-13, "downhill");
	is_double(width_after("cem:r=0.5,s0=2", "abs:start=-50"), 2 * sqrt(1 - 2 / pi), 1e-13, "half of a normal law");
	is_double(on_kinks("cem:r=0.5,s0=2,alpha=0.5", "abs:start=-50"), -50 + sqrt(2 / pi), 1e-13, "smoothed");
	/* x^2/2 at 1 and 2, nearest to 1.3: the slope 1.5 */
	is_double(after("nn-descent:k=2,h=1", "tiles:m=1,start=1.3", 0, 0), 1.3 - 1.5 / 4, 1e-14, "two points");
	/* at (1, 1), (1, 2), (2, 1), (1, 0), nearest to (1.2, 1.1): (4 - 1, 4 - 0)/2 and the fit of a plane */
	is_double(after("nn-descent:k=3,h=1", "tiles:m=2,start=1.3/1.2", 0, 0), 1.3 - 1.5 / 4, 1e-14, "three points");
	is_double(after("nn-descent:k=3,h=1", "tiles:m=2,start=1.3/1.2", 0, 1), 1.2 - 1.5 / 4, 1e-14, "both slopes");
	/* a normal law times another: 1/(1 + alpha s^2 L), and the variance 1/(1/s^2 + L) */
	is_double(after("consensus-hop:alpha=3,s=0.5", "tiles:m=1,L=2,start=5", 0, 0), 5 / 2.5, 1e-13, "a prox");
	is_double(after("consensus-hop:alpha=3,s=0.5", "tiles:m=2,start=3/4", 0, 1), 4 / 1.75, 1e-13, "in the plane");
	is_double(after("soft-ce:s0=2", "tiles:m=1,L=2,start=5", 0, 0), 5 / 9.0, 1e-13, "the mean of a product");
	is_double(width_after("soft-ce:s0=2", "tiles:m=1,L=2,start=5"), 2 / 3.0, 1e-13, "and its width");
	/* |x| and N(0, 1) from 0, by parts: E |z| = phi(1)/Q(1) - 1, E z^2 = 1 - E |z| */
	is_double(width_after("soft-ce:s0=1", "abs:start=0"),
	    sqrt(2 - exp(-0.5) / (sqrt(2 * pi) * 0.5 * erfc(sqrt(0.5)))), 1e-13, "a kink where the density is largest");
	/* (x^2 + r^2)/(2r); S_2(s) = (2/pi)(s sqrt(1 - s^2) + asin s), S_3 = (3s - s^3)/2,
	 * S_5 = s (15 - 10 s^2 + 3 s^4)/8 */
	is_double(smoothed("kinks:d=1,start=0.5", 2, 0), 4.25 / 4, 1e-14, "|x| averaged over an interval");
	is_double(smoothed("kinks:d=1,start=0.5", 2, 1), 0.25, 1e-14, "its slope");
	is_double(smoothed("kinks:d=2,m=1,start=1", 2, 1), 1 / 3.0 + sqrt(0.75) / acos(-1), 1e-14, "a disc");
	is_double(smoothed("kinks:d=3,m=1,start=1", 2, 1), (1.5 - 0.125) / 2, 1e-14, "a ball");
	is_double(smoothed("kinks:d=5,m=1,start=1", 2, 1), (15 - 2.5 + 3 / 16.0) / 16, 1e-14, "in five dimensions");
	/* at the centre E |v_1| = 1/2, 4/(3 pi), 3/8 */
	is_double(smoothed("kinks:d=2,m=1,start=0", 1, 0), 4 / (3 * acos(-1)), 1e-14,
	    "the mean coordinate of a disc");
	is_double(smoothed("kinks:d=3,m=1,start=0", 1, 0), 0.375, 1e-14, "of a ball");
	is_double(smoothed("kinks:d=1,start=1,a=2/-1,c=0/1", 2, 0), 2 * 1.25 - 1, 1e-14, "weights of both signs");
	/* the walk from 1 on 0..3: u_1 = p u_2, u_2 = p + (1 - p) u_1 */
	is_double(value("ruin:i=1,N=3,start=0.7"), -p * p / (1 - p * (1 - p)), 1e-14, "ruin, by its equations");
	is_double(value("ruin:i=1,N=3,start=-0.7"), -(1 - p) * (1 - p) / (1 - p * (1 - p)), 1e-14, "downhill");
	is_double(value("ruin:i=1,N=4,start=0"), -0.25, 1e-14, "a fair game");
	is_double(value("two-arms:gap=2,start=0.7"), -2 * p, 1e-14, "two arms");
	/* the bit is right if an even number of the three steps flips it: ((2p - 1)^3 + 1)/2 */
	is_double(value("memory:H=3,start=0.7"), -(pow(2 * p - 1, 3) + 1) / 2, 1e-14, "a bit in memory");
	rate_registry_free(registry);
	done_testing();
}
