/* Policies with one number theta, whose value J(theta) tends to its best for theta -> infinity; f = -J.
 *
 * two-arms: f = -gap p, p = sigmoid(theta): the better of two arms is drawn with probability p.
 *
 * ruin: a walk on 0, ..., N from i, up with probability p = sigmoid(theta): J is the chance to leave at N, (1 -
 * r^i)/(1 - r^N), r = exp(-theta). What is controlled is the exit, at a random time.
 *
 * memory: a bit has to be kept H times, each time with probability p: J = (1 + z^H)/2, z = tanh(theta/2).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constants, exact: f_star (a limit, nowhere attained: there is no x_star), gap/1 without cancellation; policy.ratio =
 * sup of -f'/(f - f_star), which does not fall along the line (for memory: from theta = 0 on); two-arms has L = gap/(6
 * sqrt 3), L_2 = gap/8 and policy.gap, memory has policy.horizon = H. Start: start.
 *
 *     ratecheck verify pg-any-step --objective ruin:i=1,N=3,start=4
 */
#include "common.h"

enum { TWO_ARMS, RUIN, MEMORY };

struct policy {
	struct facts known;
	int kind;
	double start, gap, i, N, H;
};

static double sigmoid(double theta)
{
	return theta < 0 ? exp(theta) / (1 + exp(theta)) : 1 / (1 + exp(-theta));
}

/* 1 - (1 - r^i)/(1 - r^N) = (r^i - r^N)/(1 - r^N), without overflow */
static double ruined(double i, double N, double theta)
{
	if (theta == 0)
		return (N - i) / N;
	return theta > 0 ? exp(-i * theta) * expm1(-(N - i) * theta) / expm1(-N * theta)
	                 : 1 - expm1(-i * theta) / expm1(-N * theta);
}

/* k/(exp(k theta) - 1) less 1/theta where k theta is small */
static double drift(double k, double theta)
{
	return k == 0 ? 0 : k / expm1(k * theta);
}

static int is_small(double k, double theta)
{
	return fabs(k * theta) < 1e-3;
}

/* -k/2 + k^2 theta/12 - k^4 theta^3/720 */
static double drift_less(double k, double theta)
{
	return -k / 2 + k * k * theta / 12 - k * k * k * k * theta * theta * theta / 720;
}

/* -f'/(f - f_star) of ruin: i - A_(N-i) + A_N */
static double ruin_ratio(double i, double N, double theta)
{
	if (is_small(N, theta))
		return i - drift_less(N - i, theta) + drift_less(N, theta);
	return i - drift(N - i, theta) + drift(N, theta);
}

/* J and J'/J = A_i - A_N of ruin for theta < 0, where J tends to 0 */
static double won(double i, double N, double theta)
{
	return exp((N - i) * theta) * expm1(i * theta) / expm1(N * theta);
}

static double won_ratio(double i, double N, double theta)
{
	return is_small(N, theta) ? drift_less(i, theta) - drift_less(N, theta) : drift(i, theta) - drift(N, theta);
}

/* 1 + z + ... + z^(H-1) */
static double powers(double H, double z)
{
	double sum = 0;

	for (double k = 0; k < H; k++)
		sum = sum * z + 1;
	return sum;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct policy *q = self;

	switch (q->kind) {
	case TWO_ARMS: *gap = q->gap * sigmoid(-*x); break;
	case RUIN: *gap = ruined(q->i, q->N, *x); break;
	default: *gap = sigmoid(-*x) * powers(q->H, tanh(*x / 2)); /* (1 - z)/2 = sigmoid(-theta) */
	}
	return RATE_OK;
}

/* Where J tends to 0, too, its digits are those of a product. */
static int value(void *self, const double *x, double *f)
{
	const struct policy *q = self;
	double gap;

	switch (q->kind) {
	case TWO_ARMS: *f = -q->gap * sigmoid(*x); return RATE_OK;
	case RUIN:
		if (*x < 0) {
			*f = -won(q->i, q->N, *x);
			return RATE_OK;
		}
		break;
	default:
		if (*x < 0 && fmod(q->H, 2) != 0) {
			*f = -sigmoid(*x) * powers(q->H, -tanh(*x / 2));
			return RATE_OK;
		}
	}
	if (gap_at(self, x, &gap))
		return RATE_FAIL;
	*f = gap - 1;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct policy *q = self;
	double z;

	switch (q->kind) {
	case TWO_ARMS: *g = -q->gap * sigmoid(*x) * sigmoid(-*x); break;
	case RUIN:
		*g = *x < 0 ? -won_ratio(q->i, q->N, *x) * won(q->i, q->N, *x)
		            : -ruin_ratio(q->i, q->N, *x) * ruined(q->i, q->N, *x);
		break;
	default: /* z' = (1 - z^2)/2 = 2 sigmoid(theta) sigmoid(-theta) */
		z = tanh(*x / 2);
		*g = -q->H * pow(z, q->H - 1) * sigmoid(*x) * sigmoid(-*x);
	}
	return RATE_OK;
}

static struct policy *new_policy(const rate_host *host, int kind, double start)
{
	struct policy *q = facts_new(host, sizeof *q, 1, 0);

	if (!q)
		return NULL;
	q->kind = kind;
	q->start = start;
	q->known.start = &q->start;
	return q;
}

enum { GAP, ARMS_START };
static const rate_param params_arms[] = {
	[GAP] = { "gap", RATE_REAL, "1", 1e-50, 1e50, NULL, "how much better the better arm is" },
	[ARMS_START] = { "start", RATE_REAL, "0", -700, 700, NULL, "theta_0" },
};

static int create_arms(const rate_host *host, const rate_args *args, void **self)
{
	double gap = args->value[GAP].real;
	struct policy *q = new_policy(host, TWO_ARMS, args->value[ARMS_START].real);

	if (!q)
		return RATE_FAIL;
	q->gap = gap;
	know(q, "f_star", RATE_EXACT, -gap, "theta -> infinity");
	know(q, "L", RATE_EXACT, gap / (6 * sqrt(3)), "max |p''| = 1/(6 sqrt 3)");
	know(q, "L_2", RATE_EXACT, gap / 8, "max |p'''| = 1/8");
	know(q, "policy.ratio", RATE_EXACT, 1, "sup of p");
	know(q, "policy.gap", RATE_EXACT, gap, "given");
	*self = q;
	return RATE_OK;
}

enum { FROM, EXIT, RUIN_START };
static const rate_param params_ruin[] = {
	[FROM] = { "i", RATE_INTEGER, "1", 1, 1000, NULL, "where the walk starts, 0 < i < N" },
	[EXIT] = { "N", RATE_INTEGER, "3", 2, 1000, NULL, "where it shall leave" },
	[RUIN_START] = { "start", RATE_REAL, "0", -100, 100, NULL, "theta_0" },
};

static int create_ruin(const rate_host *host, const rate_args *args, void **self)
{
	double i = (double)args->value[FROM].integer, N = (double)args->value[EXIT].integer;
	struct policy *q;

	if (i >= N)
		return host->fail(host, "ruin: the walk starts at i = %.0f, which has to be below N = %.0f", i, N);
	if (!(q = new_policy(host, RUIN, args->value[RUIN_START].real)))
		return RATE_FAIL;
	q->i = i;
	q->N = N;
	know(q, "f_star", RATE_EXACT, -1, "theta -> infinity");
	know(q, "policy.ratio", RATE_EXACT, i, "it rises from 0 to i");
	*self = q;
	return RATE_OK;
}

enum { HORIZON, MEMORY_START };
static const rate_param params_memory[] = {
	[HORIZON] = { "H", RATE_INTEGER, "3", 1, 1000, NULL, "how many times the bit is kept" },
	[MEMORY_START] = { "start", RATE_REAL, "1", 0, 700, NULL, "theta_0, above 0" },
};

static int create_memory(const rate_host *host, const rate_args *args, void **self)
{
	double H = (double)args->value[HORIZON].integer;
	struct policy *q = new_policy(host, MEMORY, args->value[MEMORY_START].real);

	if (!q)
		return RATE_FAIL;
	q->H = H;
	know(q, "f_star", RATE_EXACT, -1, "theta -> infinity");
	know(q, "policy.ratio", RATE_EXACT, 1, "it rises to 1");
	know(q, "policy.horizon", RATE_EXACT, H, "given");
	*self = q;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
OFFERS({ "gap/1", &gap })

#define POLICY \
	OBJECTIVE, .source = "standard", .value = value, .gradient = gradient, .interface = offers
static const rate_objective two_arms = { POLICY,
	.id = "two-arms",
	.title = "Two arms, one logit",
	.summary = "-gap sigmoid(theta)",
	.params = RATE_ROWS(params_arms),
	.create = create_arms };
static const rate_objective ruin = { POLICY,
	.id = "ruin",
	.title = "Gambler's ruin under control",
	.summary = "minus the chance of a walk to leave at the upper end",
	.params = RATE_ROWS(params_ruin),
	.create = create_ruin };
static const rate_objective memory = { POLICY,
	.id = "memory",
	.title = "A bit kept in memory",
	.summary = "minus the chance to recall a bit after H times",
	.params = RATE_ROWS(params_memory),
	.create = create_memory };
static const rate_objective *const objectives[] = { &two_arms, &ruin, &memory };
RATE_PLUGIN("policies", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
