/* Methods of policy gradient: steps by hand and against other methods. */
#include <math.h>

#include "tests/unit/instance.h"

/* Entry j of state block `block` after so many steps of `gamma`. */
static double after(int steps, const char *method, const char *objective, double gamma, size_t block, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	for (int t = 0; t < steps; t++) {
		p.s.run.gamma = gamma;
		p.s.run.schedule = &gamma;
		p.s.run.t = (uint64_t)t;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	}
	x = p.s.blocks.state[block][j];
	close_instance(&p);
	return x;
}

/* At the anchor the slope of the surrogate is that of the value, and an arm whose ratio is clipped pulls no more. */
static void ppo(void)
{
	const char *bandit = "bandit:r=1/0.8/0,start=0.3/-0.2/0";
	double p, both, one;

	for (size_t j = 0; j < 3; j++)
		is_double(after(1, "ppo:epochs=1", bandit, 0.7, 0, j), after(1, "gd", bandit, 0.7, 0, j), 1e-14,
		          "one inner step is a step of policy gradient: arm %zu", j);
	is_double(after(1, "ppo:policy=logit,epochs=1", "two-arms:gap=3,start=0", 0.4, 0, 0), 0.4 * 3 / 4, 1e-15,
	          "one step on two arms");
	/* from p = 1/2, eps = 0.1: a step of 3/4 ends at p = 0.679, both ratios beyond their ends: flat */
	is_double(after(1, "ppo:policy=logit,epochs=0,eps=0.1", "two-arms:gap=3,start=0", 1, 0, 0), 0.75, 1e-15,
	          "a round of one step");
	/* from p_0 = sigmoid(-1) a long step passes the good arm's end 1.2 p_0, not the bad one's 0.8 (1 - p_0) */
	p = 1 / (1 + exp(1));
	both = -1 + 0.5 * p * (1 - p);
	one = 1 / (1 + exp(-both));
	is_at_least(one / p, 1.05, "the good arm is clipped");
	is_at_least((1 - one) / (1 - p), 0.95, "the bad one is not");
	is_double(after(1, "ppo:policy=logit,epochs=2,eps=0.05", "two-arms:start=-1", 0.5, 0, 0),
	          both + 0.5 * p * one * (1 - one), 1e-14, "then only the bad arm pulls");
	is_double(after(1, "ppo:policy=logit,epochs=0,eps=0.2", "two-arms:start=3", 1, 0, 0), 3, 0,
	          "a good policy rests");
}

/* On x^2/2 from 4 without noise v is the gradient, however far ahead it was asked for. */
static void transport(void)
{
	const char *bowl = "diagonal:lambda=1,start=4";

	is_double(after(3, "igt:a=0.25", bowl, 0.5, 0, 0), 0.5, 1e-14, "IGT without noise is gradient descent");
	is_double(after(3, "igt:a=0.25", bowl, 0.5, 2, 0), 1, 1e-14, "its average is the gradient at x_2 = 1");
	/* v_1 = (3/4) 4 + (1/4) 2 = 3.5 */
	is_double(after(2, "igt:a=0.25,ahead=0", bowl, 0.5, 0, 0), 2 - 1.75, 1e-14, "plain momentum lags");
	is_double(after(3, "nigt:a=0.25", bowl, 0.5, 0, 0), 2.5, 1e-14, "steps of one length");
	is_double(after(3, "harpg:a=0.25", bowl, 0.5, 0, 0), 2.5, 1e-14, "the same of HARPG");
	is_double(after(3, "harpg:a=0.25", bowl, 0.5, 2, 0), 3, 1e-14, "its Hessian brings the gradient along");
	is_double(after(3, "harpg:a=0.25,normalised=0", bowl, 0.5, 0, 0), 0.5, 1e-14, "and without normalisation");
	is_double(after(2, "nigt", "diagonal:lambda=1,start=0", 0.5, 0, 0), 0, 0, "no gradient, no step");
}

/* The ladder with two stages at theta = 0: Q_1 = 1/0 alive, V_1 = 1/2; Q_0 = 1.5/0, V_0 = 3/4. */
static void stages(void)
{
	const char *ladder = "mdp:kind=ladder,H=2";
	double p, V, gain;

	/* step 0 trains stage 1: its gradient for a state alive is (1/2)(1 - 1/2), dead 0 */
	is_double(after(1, "stagewise:n=1", ladder, 0.4, 0, 4), 0.1, 1e-15, "the last stage first");
	is_double(after(1, "stagewise:n=1", ladder, 0.4, 0, 5), -0.1, 1e-15, "the wrong action");
	is_double(after(1, "stagewise:n=1", ladder, 0.4, 0, 6), 0, 0, "nothing is to be learnt when dead");
	is_double(after(1, "stagewise:n=1", ladder, 0.4, 0, 0), 0, 0, "the first stage waits");
	/* then stage 0, with Q = 1 + V_1 */
	p = 1 / (1 + exp(-0.2));
	V = p;
	gain = 0.4 * 0.5 * (1 + V) / 2;
	is_double(after(2, "stagewise:n=1", ladder, 0.4, 0, 0), gain, 1e-15, "the first stage, against a trained one");
	is_double(after(4, "stagewise:n=1", ladder, 0.4, 0, 0), gain, 1e-15, "after both: rest");
	/* gradient descent moves both at once, by half of the terms' gradients: f is their mean. The value of stage 0
	 * counts in block 1 with the chance 1/2 to be alive. */
	is_double(after(1, "gd", ladder, 0.4, 0, 4), 0.4 * (1 + 0.5) / 2 / 4, 1e-15, "all stages at once");
	is_double(after(1, "gd", "lock:H=3", 0.4, 0, 1), 0.4 / 16, 1e-15, "a lock: J (1 - p)");
}

/* A step of sampled policy gradient is one of as many as there are arms, in the proportion of the policy. */
static void sampled(void)
{
	instance p;
	double gamma = 0.1, pi = 1 / (1 + exp(-1.0)), mean = 0, exact;
	int first = 0, other = 0;

	/* rewards 2 and -1, pi = (pi, 1 - pi): with the value as baseline (1 - pi) 3 and -pi 3 */
	open_instance(&p, "bandit:r=2/-1,start=1/0", "policy-gradient:baseline=value");
	for (uint64_t k = 0; k < 2000; k++) {
		double moved;

		rate_session_begin(&p.s, 1, k);
		p.s.run.gamma = gamma;
		p.s.run.schedule = &gamma;
		if (p.s.method->step(&p.s.run))
			diag("%s", p.s.error.text);
		moved = (p.s.blocks.state[0][0] - 1) / gamma;
		mean += moved / 2000;
		first += fabs(moved - 3 * (1 - pi) * (1 - pi)) < 1e-12;
		other += fabs(moved - 3 * pi * pi) < 1e-12;
	}
	close_instance(&p);
	is_double(first + other, 2000, 0, "a step of either arm");
	is_at_most(fabs(first / 2000.0 - pi), 0.05, "drawn by the policy: %d of 2000", first);
	exact = (after(1, "gd", "bandit:r=2/-1,start=1/0", gamma, 0, 0) - 1) / gamma;
	is_at_most(fabs(mean - exact), 0.05, "the mean is the exact gradient: %g, %g", mean, exact);
	/* two arms that pay 3 and nothing: the score of the first is 1/2, and the other one leaves x where it is */
	mean = after(1, "policy-gradient:policy=logit", "two-arms:start=0,gap=3", gamma, 0, 0);
	ok(mean == 0 || fabs(mean - 0.15) < 1e-15, "a logit: %g", mean);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	ppo();
	transport();
	stages();
	sampled();
	rate_registry_free(registry);
	done_testing();
}
