/* The judge: every kind held and refuted, the edges of the tolerance, precedence, the sampled claims. */
#include "tests/tap.h"
#include "verify/judge/judge.h"

#define EPS 0x1p-52

enum { MOST = 16 };

static rate_class_info theorem;
static rate_check check;
static rate_measured data;
static rate_verdict v;
static uint64_t at[MOST];
static double bound[MOST], transient[MOST], q[MOST * 1024], s[MOST * 1024], b[MOST * 1024], exact[MOST];
static uint64_t state;

static double uniform(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

/* n checkpoints at 1..n, bound 1, q = 1/2, no rounding error. */
static void fresh(rate_kind kind, rate_statistic statistic, size_t n, size_t R)
{
	theorem = (rate_class_info){ .claim = kind };
	check = (rate_check){ .theorem = &theorem, .factor = 1, .alpha = 1e-9, .delta = 0.1, .budget = 1024,
		                  .applicable = 1, .T = n, .at = at, .bound = bound, .checkpoints = n,
		                  .proven_power = NAN, .proven_factor = NAN, .expected_ratio = NAN,
		                  .expected_deep = NAN };
	data = (rate_measured){ .statistic = statistic, .checkpoints = n, .replicates = R, .q = q, .s = s };
	for (size_t k = 0; k < n; k++) {
		at[k] = k + 1;
		bound[k] = 1;
	}
	for (size_t i = 0; i < n * R; i++) {
		q[i] = 0.5;
		s[i] = 0;
		b[i] = 1;
	}
	state = 88172645463325252u;
}

static const rate_verdict *judge(void)
{
	rate_judge(&check, &data, NULL, &v);
	return &v;
}

static void is_code(rate_verdict_code want, const char *what)
{
	is_str(rate_verdict_name(judge()->code), rate_verdict_name(want), "%s", what) || (diag("%s", v.reason), 0);
}

static void upper_claims(void)
{
	static const rate_kind kinds[] = { RATE_DETERMINISTIC, RATE_REGRET, RATE_EXPECTATION, RATE_HIGH_PROBABILITY };

	for (size_t i = 0; i < 4; i++) {
		fresh(kinds[i], i == 2 ? RATE_EXACT_MEAN : RATE_PATH, 4, 1);
		is_code(RATE_HOLDS, rate_kind_of(kinds[i])->name);
		is_double(v.max_ratio, 0.5, 0, "its ratio");
		is_double(v.sharpness, 0.5, 1e-8, "its sharpness");
		ok(v.ok && v.settled && v.judged_steps == 4 && !*v.reason, "ok, settled, nothing to say");
		q[2] = 1.5;
		is_code(RATE_REFUTED, "above the bound at one step");
		is_uint(v.at_step, 3, "which step");
		ok(v.sharpness > 1 && !v.ok, "sharpness above 1");
		contains(v.reason, "at step 3: measured 1.5 > bound 1", "the reason");
	}
	fresh(RATE_DETERMINISTIC, RATE_PATH, 2, 3);
	q[5] = 1.1;
	is_code(RATE_REFUTED, "every replicate is judged");
	fresh(RATE_DETERMINISTIC, RATE_PATH, 2, 1);
	q[0] = q[1] = 1;
	is_code(RATE_HOLDS, "equality holds");
	is_near(v.sharpness, 1, 1e-8, "and is sharp");
	q[1] = 1 + 0.99e-9;
	is_code(RATE_HOLDS, "within the relative tolerance");
	q[1] = 1 + 1.01e-9;
	is_code(RATE_REFUTED, "beyond it");
	s[1] = 1e5;
	q[1] = 1 + 1e-9 + 63 * EPS * s[1];
	is_code(RATE_HOLDS, "within the rounding error");
	q[1] = 1 + 1e-9 + 65 * EPS * s[1];
	is_code(RATE_REFUTED, "beyond it");
}

static void special_numbers(void)
{
	fresh(RATE_DETERMINISTIC, RATE_PATH, 3, 1);
	bound[1] = HUGE_VAL;
	q[1] = 1e200;
	is_code(RATE_HOLDS, "an infinite bound is not judged");
	is_uint(v.unjudged_steps, 1, "but counted");
	bound[1] = -1;
	q[1] = 0;
	is_code(RATE_REFUTED, "a negative bound on a nonnegative quantity");
	bound[1] = NAN;
	is_code(RATE_BROKEN, "a bound that is not a number");
	bound[1] = 0;
	is_code(RATE_HOLDS, "0 <= 0");
	s[1] = 1;
	q[1] = 65 * EPS;
	is_code(RATE_REFUTED, "a bound of 0 exceeded beyond rounding");
	q[1] = 63 * EPS;
	is_code(RATE_HOLDS, "a bound of 0 exceeded within rounding");
	q[1] = -65 * EPS;
	is_code(RATE_HYPOTHESIS_FALSE, "below zero beyond rounding");
	contains(v.reason, "f_star is wrong", "blames f_star");
	q[1] = -63 * EPS;
	is_code(RATE_HOLDS, "below zero within rounding");
	bound[1] = 1e-15;
	q[1] = 1e-14;
	is_code(RATE_HOLDS, "below the rounding floor");
	is_uint(v.unjudged_steps, 1, "is not judged");
	q[1] = NAN;
	is_code(RATE_BROKEN, "a quantity that is not a number");
	data.diverged_at = 2;
	is_code(RATE_REFUTED, "after divergence it counts as infinite");
	fresh(RATE_DETERMINISTIC, RATE_PATH, 1, 1);
	bound[0] = HUGE_VAL;
	is_code(RATE_NOT_APPLICABLE, "nothing to judge");
	fresh(RATE_REGRET, RATE_PATH, 1, 1);
	q[0] = -1;
	is_code(RATE_HOLDS, "a regret may be negative");
}

static void path_bounds(void)
{
	fresh(RATE_DETERMINISTIC, RATE_PATH, 2, 1);
	data.b = b;
	bound[0] = bound[1] = NAN;
	is_code(RATE_HOLDS, "a bound that read the path");
	check.power = 1;
	q[1] = 0.5;
	is_code(RATE_HOLDS, "one power better, equal");
	q[1] = 0.51;
	is_code(RATE_REFUTED, "one power better, exceeded");
	check.power = 0;
	check.factor = 0.5;
	is_code(RATE_REFUTED, "half the bound");
}

static void lower_and_divergence(void)
{
	fresh(RATE_LOWER_BOUND, RATE_PATH, 2, 1);
	q[0] = q[1] = 2;
	is_code(RATE_HOLDS, "lower bound");
	is_double(v.max_ratio, 0.5, 0, "B/q");
	is_double(v.sharpness, 0.5, 0, "is its sharpness");
	q[1] = 1 - 0.99e-9;
	is_code(RATE_HOLDS, "lower bound, within the tolerance");
	q[1] = 1 - 1.01e-9;
	is_code(RATE_REFUTED, "lower bound, beyond it");
	fresh(RATE_NON_CONVERGENCE, RATE_EXACT_MEAN, 2, 1);
	is_code(RATE_REFUTED, "non-convergence refuted");
	q[0] = q[1] = 1;
	is_code(RATE_HOLDS, "non-convergence holds");
	fresh(RATE_LOWER_BOUND, RATE_SAMPLED, 1, 256);
	is_code(RATE_BROKEN, "a lower bound on samples");
	fresh(RATE_DIVERGENCE, RATE_PATH, 2, 1);
	is_code(RATE_REFUTED, "no divergence");
	q[1] = 3;
	is_code(RATE_HOLDS, "divergence");
	ok(isnan(v.sharpness), "has no sharpness");
	is_double(v.max_ratio, 3, 0, "by how much");
	q[1] = 2;
	data.diverged_at = 2;
	q[0] = NAN;
	is_code(RATE_HOLDS, "a run that left the numbers");
}

static void points(void)
{
	fresh(RATE_IDENTITY, RATE_POINTS, 3, 1);
	data.b = b;
	q[0] = q[1] = q[2] = 1;
	is_code(RATE_HOLDS, "identity");
	is_double(v.sharpness, 1, 0, "an identity that holds is sharp");
	q[1] = 1 + 0.99e-9;
	is_code(RATE_HOLDS, "identity, within the tolerance");
	is_double(v.max_error, 0.99e-9, 1e-6, "its error");
	q[1] = 1 - 1.01e-9;
	is_code(RATE_REFUTED, "identity, beyond it");
	q[1] = -1;
	b[1] = -1;
	is_code(RATE_HOLDS, "negative sides");
	q[1] = NAN;
	is_code(RATE_BROKEN, "a side that is not a number");
	fresh(RATE_DETERMINISTIC, RATE_POINTS, 3, 1);
	data.b = b;
	q[0] = b[0] = 0;
	q[1] = -2;
	is_code(RATE_HOLDS, "lemma");
	is_double(v.max_ratio, 0.5, 0, "0/0 counts as 0");
	q[1] = 1.1;
	is_code(RATE_REFUTED, "lemma refuted");
}

static void deep_and_order(void)
{
	fresh(RATE_DETERMINISTIC, RATE_PATH, 16, 1);
	check.transient = transient;
	for (int k = 0; k < 16; k++) {
		transient[k] = 1.0 / (k + 1);
		q[k] = 1 / (double)at[k];
	}
	check.proven_power = 1;
	is_code(RATE_HOLDS, "transient");
	is_double(v.deep_ratio, 0.1, 1e-15, "deep ratio");
	ok(v.trivial, "reached only in the transient");
	is_double(v.empirical_order, 1, 1e-12, "order of 1/t");
	is_double(v.proven_order, 1, 0, "proven order");
	q[12] = 0.6;
	judge();
	ok(!v.trivial, "not trivial");
	check.transient = NULL;
	judge();
	ok(isnan(v.deep_ratio) && !v.trivial, "no transient");
	check.proven_power = NAN;
	check.proven_factor = 0.6;
	for (int k = 0; k < 16; k++)
		q[k] = pow(0.5, k);
	judge();
	is_double(v.empirical_order, 0.5, 1e-12, "factor per step");
	ok(v.order_geometric && v.proven_order <= 0.6, "geometric");
	for (int k = 10; k < 16; k++)
		q[k] = 0;
	judge();
	ok(isnan(v.empirical_order), "two points give no order");
}

static void running_min(void)
{
	fresh(RATE_EXPECTATION, RATE_EXACT_MEAN, 3, 1);
	theorem.flags = RATE_MIN_OF_MEANS;
	q[2] = 5;
	is_code(RATE_HOLDS, "the least mean counts");
	q[0] = q[1] = 2;
	is_code(RATE_REFUTED, "no mean is below the bound");
	fresh(RATE_EXPECTATION, RATE_SAMPLED, 2, 1024);
	theorem.flags = RATE_MIN_OF_MEANS;
	for (int r = 0; r < 1024; r++)
		q[r] = 3;
	is_code(RATE_HOLDS, "sampled, the least mean counts");
	for (int r = 0; r < 1024; r++)
		q[1024 + r] = 2;
	is_code(RATE_REFUTED, "sampled, no mean is below");
	is_double(v.sharpness, 2 * 0.977, 0.01, "its sharpness");
}

static void sampled(void)
{
	rate_verdict before;

	fresh(RATE_EXPECTATION, RATE_SAMPLED, 2, 256);
	for (int i = 0; i < 512; i++)
		q[i] = -0.9 * log(uniform());
	is_code(RATE_HOLDS, "sampled claim");
	ok(v.log_e_value < 20.7 && v.sharpness > 0.4 && v.sharpness < 0.9, "c = %g, log e = %g", v.sharpness,
	   v.log_e_value);
	ok(!v.settled, "one more look");
	before = v;
	rate_judge(&check, &data, &before, &v);
	ok(v.settled, "c did not grow");
	before.sharpness = 0.85;
	rate_judge(&check, &data, &before, &v);
	is_double(v.sharpness, 0.85, 0, "c is the maximum over the looks");
	check.exact_replicates = 1;
	ok(judge()->settled, "exactly N replicates: one look");
	for (int i = 0; i < 256; i++)
		q[256 + i] = -2 * log(uniform());
	is_code(RATE_REFUTED, "power: a bound of half the truth");
	ok(v.settled && v.sharpness >= 1 && v.log_e_value >= 20.723, "c = %g, log e = %g", v.sharpness, v.log_e_value);
	fresh(RATE_EXPECTATION, RATE_SAMPLED, 1, 256);
	bound[0] = 0;
	is_code(RATE_REFUTED, "sampled, bound 0");
	for (int r = 0; r < 256; r++)
		q[r] = 0;
	is_code(RATE_HOLDS, "sampled, 0 <= 0");
	bound[0] = 1;
	check.budget = 256;
	is_code(RATE_HOLDS, "sampled, zeros");
	ok(v.undetectable && v.settled, "undetectable at this budget");
	fresh(RATE_EXPECTATION, RATE_SAMPLED, 1, 256);
	data.exact = exact;
	exact[0] = 0.5;
	is_code(RATE_HOLDS, "samples at the exact mean");
	exact[0] = 0.25;
	is_code(RATE_BROKEN, "samples above it");
	contains(v.reason, "the runner exceeds the exact expectation", "the reason");
	fresh(RATE_EXPECTATION, RATE_SAMPLED, 1, 256);
	q[7] = NAN;
	data.diverged_at = 1;
	is_code(RATE_REFUTED, "a replicate that diverged");
	/* A bound that is read from the path ends with it. */
	fresh(RATE_DETERMINISTIC, RATE_PATH, 2, 1);
	data.b = b;
	b[0] = 1;
	b[1] = HUGE_VAL;
	q[0] = 0.9;
	q[1] = INFINITY;
	data.diverged_at = 2;
	is_code(RATE_HOLDS, "a path that diverged holds until then");
	is_uint(v.judged_steps, 1, "and is judged until then");
	q[0] = 1.1;
	is_code(RATE_REFUTED, "or is refuted before");
	b[0] = HUGE_VAL;
	q[0] = INFINITY;
	data.diverged_at = 1;
	is_code(RATE_NOT_APPLICABLE, "a path that diverged at once");
	contains(v.reason, "leaves 1e100 at step 1", "the reason");
	fresh(RATE_EXPECTATION, RATE_SAMPLED, 12, 256);
	for (int i = 0; i < 256; i++)
		q[11 * 256 + i] = 0.9;
	judge();
	is_double(v.sharpness, 0.9 * 0.91, 0.02, "the row with the largest ratio gives c, c = %g", v.sharpness);
}

static void high_probability(void)
{
	fresh(RATE_HIGH_PROBABILITY, RATE_SAMPLED, 2, 1024);
	for (int i = 0; i < 2048; i++)
		q[i] = uniform();
	is_code(RATE_HOLDS, "never above the bound");
	is_near(v.max_ratio, 0.9, 0.03, "the 0.9-quantile");
	ok(v.sharpness > 0.7 && v.sharpness < 0.9, "c = %g", v.sharpness);
	bound[0] = bound[1] = 0.5;
	is_code(RATE_REFUTED, "above it half the time");
	ok(v.sharpness > 1.4 && v.sharpness < 1.8, "c = %g", v.sharpness);
	bound[0] = bound[1] = 0.92;
	is_code(RATE_HOLDS, "above it 8 % of the time");
}

static void false_alarms(void)
{
	static double all[1024];
	int alarms = 0;

	for (uint64_t i = 0, seed = 7; i < 400; i++) {
		rate_verdict before;
		int looks = 0;
		fresh(RATE_EXPECTATION, RATE_SAMPLED, 1, 256);
		check.alpha = 0.1;
		state = seed;
		for (int r = 0; r < 1024; r++)
			all[r] = -log(uniform());
		seed = state;
		memcpy(q, all, sizeof all);
		do {
			rate_judge(&check, &data, looks++ ? &before : NULL, &v);
			before = v;
			data.replicates *= 2;
		} while (!v.settled);
		alarms += v.code == RATE_REFUTED;
	}
	diag("%d of 400 false alarms at alpha = 0.1", alarms);
	is_at_most((double)alarms, 60, "false alarms at the boundary, by the judge");
}

static void precedence(void)
{
	fresh(RATE_DETERMINISTIC, RATE_PATH, 1, 1);
	q[0] = 2;
	data.witness = (rate_witness){ .found = 1, .property = "L", .declared = 1, .measured = 2, .step = 4,
		                           .detail = "the points" };
	is_code(RATE_HYPOTHESIS_FALSE, "a witness comes before refuted");
	is_str(v.reason, "L is false: the points", "the witness is the reason");
	snprintf(data.broken, sizeof data.broken, "the oracle crashed");
	is_code(RATE_BROKEN, "broken comes first");
	is_str(v.reason, "the oracle crashed", "its reason");
	data.q = NULL;
	is_code(RATE_BROKEN, "broken without measurements");
	fresh(RATE_DETERMINISTIC, RATE_PATH, 1, 1);
	check.applicable = 0;
	snprintf(check.reason, sizeof check.reason, "needs mu");
	is_code(RATE_NOT_APPLICABLE, "not applicable");
	ok(v.ok, "is as it should be");
	is_str(v.reason, "needs mu", "its reason");
	fresh(RATE_DETERMINISTIC, RATE_PATH, 1, 1);
	check.role = RATE_ROLE_CONTROL;
	is_code(RATE_HOLDS, "a control that holds");
	ok(!v.ok, "is not ok");
	is_str(v.reason, "the control was not refuted", "its reason");
	q[0] = 2;
	is_code(RATE_REFUTED, "a control that is refuted");
	ok(v.ok, "is ok");
}

int main(void)
{
	upper_claims();
	special_numbers();
	path_bounds();
	lower_and_divergence();
	points();
	deep_and_order();
	running_min();
	sampled();
	high_probability();
	false_alarms();
	precedence();
	return done_testing();
}
