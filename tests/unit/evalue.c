/* The e-value: values known in closed form, order in c, false alarms and power. */
#include "tests/tap.h"
#include "verify/judge/judge.h"

static const double one = 1;

static double stake(int k)
{
	return k < 16 ? pow(2, k - 16) : 1 - pow(2, 14 - k);
}

/* log e of R replicates that all equal y. */
static double constant(double y, size_t R)
{
	double sum = 0, top = (double)R * log1p(stake(y < 1 ? 0 : 24) * (y - 1));

	for (int k = 0; k < 25; k++)
		sum += exp((double)R * log1p(stake(k) * (y - 1)) - top) / 25;
	return log(sum) + top;
}

static uint64_t state = 88172645463325252u;

static double uniform(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return ((double)(state >> 11) + 0.5) * 0x1p-53;
}

static void known_values(void)
{
	double x[1000], mean = (9.5 - pow(2, -16) + pow(2, -10)) / 25, two[2] = { 2, 4 };
	double rows[2] = { 3, 5 }, bounds[2] = { 1, 2 };

	for (int i = 0; i < 1000; i++)
		x[i] = 1;
	is_near(rate_log_e_value(x, &one, 1, 1000, 1), 0, 1e-12, "data at the bound: e = 1");
	for (int i = 0; i < 1000; i++)
		x[i] = 2;
	for (size_t R = 1; R <= 1000; R = R * 3 + 1)
		is_double(rate_log_e_value(x, &one, 1, R, 1), constant(2, R), 1e-12, "data at twice the bound, R = %zu",
		          R);
	is_double(rate_log_e_value(x, &one, 1, 700, 4), constant(0.5, 700), 1e-12, "data at half the bound");
	is_near(rate_log_e_value(x, &two[0], 1, 100, 1), 0, 1e-12, "the bound scales the data");
	x[0] = 3;
	is_double(rate_log_e_value(x, &one, 1, 1, 1), log(1 + 2 * mean), 1e-14,
	          "one replicate: e = 1 + 2 mean(lambda)");
	x[0] = 0;
	is_double(rate_log_e_value(x, &one, 1, 1, 1), log(1 - mean), 1e-13, "one replicate at 0");
	is_double(rate_log_e_value(rows, bounds, 2, 1, 1), log(1 + (2 + 1.5) / 2 * mean), 1e-14,
	          "two checkpoints: the average");
	x[0] = HUGE_VAL;
	is_double(rate_log_e_value(x, &one, 1, 1, 1), log(1e300) + log(mean), 1e-13,
	          "an infinite sample counts as 1e300");
	for (int i = 0; i < 200; i++)
		x[i] = 1e40;
	is_double(rate_log_e_value(x, &one, 1, 200, 1), constant(1e40, 200), 1e-12,
	          "samples too large for the fast product");
}

static void falls_in_c(void)
{
	double x[3 * 300], bound[3] = { 1, 2, 0.5 }, before = HUGE_VAL;
	int falls = 1;

	for (int i = 0; i < 900; i++)
		x[i] = -log(uniform());
	for (double c = 0.01; c < 10; c *= 1.02) {
		double now = rate_log_e_value(x, bound, 3, 300, c);
		falls &= now <= before;
		before = now;
	}
	ok(falls, "log e falls in c");
}

/* 400 checks with E X = B exactly, looks at every doubling. The 99.9 % point of binomial(400, 0.1) is 60. */
static void false_alarms(void)
{
	double x[1024];
	int alarms = 0;

	for (int i = 0; i < 400; i++) {
		int alarm = 0;
		for (int r = 0; r < 1024; r++)
			x[r] = -log(uniform());
		for (size_t R = 1; R <= 1024; R *= 2)
			alarm |= rate_log_e_value(x, &one, 1, R, 1) >= log(10);
		alarms += alarm;
	}
	diag("%d of 400 false alarms at alpha = 0.1", alarms);
	is_at_most((double)alarms, 60, "false alarms at the boundary");
}

static void power(void)
{
	static double x[256];

	for (int i = 0; i < 256; i++)
		x[i] = -log(uniform());
	is_at_least(rate_log_e_value(x, &one, 1, 256, 0.5), -log(1e-9),
	            "half the truth is refuted with 256 replicates");
}

int main(void)
{
	known_values();
	falls_in_c();
	false_alarms();
	power();
	return done_testing();
}
