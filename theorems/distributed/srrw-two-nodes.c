/*:
# A self-repellent token, solved exactly

One agent at a time has the token, steps along its own gradient and passes it on. Let the token avoid agents where it has been more often than it should: then the noise of the walk pushes back on itself. With two agents everything can be computed.

**Theorem.** Two agents have $f_{1,2}(\theta)=\frac12(\theta\mp c)^2$. The token goes to agent $j$ with probability proportional to $\frac1{v_j}$, $v_j$ being the share of visits to $j$; then $\theta\leftarrow\theta-\gamma_t(\theta\mp c)$ and $v\leftarrow v+\beta_t(e_j-v)$, from $v=(\frac12,\frac12)$, with any $0\le\gamma_t\le1$, $0\le\beta_t<1$. Let
$$ a_{t+1}=(1-\beta)(1-3\beta)a_t+\beta^2,\qquad b_{t+1}=(1-\gamma)(1-2\beta)b_t+\gamma c\bigl(\beta-(1-\beta)a_t\bigr), $$
$$ \omega_{t+1}=(1-\gamma)^2\omega_t-2\gamma(1-\gamma)c\,b_t+\gamma^2c^2,\qquad a_0=b_0=0,\ \omega_0=\theta_0^2, $$
where $\gamma=\gamma_t$, $\beta=\beta_t$. Then $\mathbb E\,\theta_t^2=\omega_t$ for every $t$.

A walk that chooses afresh each time has $\omega_{t+1}=(1-\gamma)^2\omega_t+\gamma^2c^2$. With constant steps, in the long run,
$$ \omega=\frac{c^2(\gamma-2(1-\gamma)B)}{2-\gamma},\qquad B=\frac{\gamma\beta(3-2\beta)}{(4-3\beta)(\gamma+2\beta-2\gamma\beta)}, $$
which for $\gamma\ll\beta\ll1$ is a quarter of the other's $\frac{c^2\gamma}{2-\gamma}$. With $\gamma_t=\frac1{t+1}$, $\beta_t=\frac1{t+3}$ the visits are Friedman's urn, and from $\theta_0=0$ after $T$ steps $\mathbb E\theta_T^2=c^2\frac{T+2}{3T^2}$: a third.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(beta) P(urn)
#include "network.h"

enum { AGENTS, RHO, G2 }; /* in the list of needs */

/* One step of a, b, omega. */
static void advance(double gamma, double beta, double c, double m[3])
{
	double a = m[0], b = m[1];

	m[0] = (1 - beta) * (1 - 3 * beta) * a + beta * beta;
	m[1] = (1 - gamma) * (1 - 2 * beta) * b + gamma * c * (beta - (1 - beta) * a);
	m[2] = (1 - gamma) * (1 - gamma) * m[2] - 2 * gamma * (1 - gamma) * c * b + gamma * gamma * c * c;
}

/* Two copies: |X - X*|^2 is 2 theta^2. Losses of curvature L step by gamma L. */
static double bound(const rate_case *c, double t)
{
	double m[3] = { 0, 0, c->D2 / 2 }, where = sqrt(c->need[G2] / 2) / c->L;

	for (uint64_t s = 0; (double)s < t; s++)
		advance(c->schedule[0][s] * c->L, c->schedule[1][s], where, m);
	return 2 * m[2];
}

/*:
## Proof

Let $y=v_1-v_2$ and $X=+1$ if the token goes to agent 1, $-1$ if to agent 2. From $\frac1{v_1}:\frac1{v_2}=v_2:v_1$ we have $P(X=1)=v_2=\frac{1-y}2$: given the past, $\mathbb E X=-y$, and $X^2=1$. The step is
$$ y^+=(1-\beta)y+\beta X,\qquad\theta^+=(1-\gamma)\theta+\gamma cX. $$
Square, multiply, take means, with $\mathbb E[yX]=-\mathbb Ey^2$ and $\mathbb E[\theta X]=-\mathbb E[y\theta]$: the recursions of $a=\mathbb Ey^2$, $b=\mathbb E[y\theta]$ and $\omega=\mathbb E\theta^2$. The rest are their fixed points, and the urn: with these $\beta_t$, $(t+2)y_t=D_t$ is the difference of visits, $\theta_t=\frac ctD_t$, and $\mathbb ED_{t+1}^2=\bigl(1-\frac2{t+2}\bigr)\mathbb ED_t^2+1$. $\square$

## How sharp it is

It is an equality. A run samples it; beside it all $2^T$ walks are gone through, with the rule of the walk as it is written.

## What is run

The token between two agents, with constant steps and as the urn. For the second claim all walks of up to 12 steps, with steps of any size.

## What must fail

$0.7$ of the law, which the samples can tell; the law about a token without memory, whose mean square is 2.5 times as large; and $0.9$ times the right side of the sum over all walks.

## Exercises

1. Write down the law for a token that chooses afresh each time, and its limit.
2. Verify the recursion of the urn, and solve it.
:*/

/* Agent j with a weight 1/v_j: all walks of T steps with their chances. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	enum { STEPS, GAMMA, BETA, START };
	const double *param = p->c->param;
	unsigned T = (unsigned)param[STEPS];
	double m[3] = { 0, 0, param[START] * param[START] }, sum = 0;

	for (unsigned walk = 0; walk < 1u << T; walk++) {
		double v[2] = { 0.5, 0.5 }, theta = param[START], chance = 1;

		for (unsigned t = 0; t < T; t++) {
			unsigned j = walk >> t & 1;
			double gamma = param[GAMMA] / (1 + t % 3), beta = param[BETA] / (1 + t % 2);

			chance *= 1 / v[j] / (1 / v[0] + 1 / v[1]);
			theta -= gamma * (theta - (j ? -1 : 1));
			v[0] += beta * ((j == 0) - v[0]);
			v[1] += beta * ((j == 1) - v[1]);
		}
		sum += chance * theta * theta;
	}
	for (unsigned t = 0; t < T; t++)
		advance(param[GAMMA] / (1 + t % 3), param[BETA] / (1 + t % 2), 1, m);
	*left = sum;
	*right = m[2];
	*s = 1 + param[START] * param[START];
	return RATE_OK;
}

#define TWO "centres:b=-1/1,start=0+agents"
SHARP(sharp,
	{ .objective = TWO, .parameters = "gamma=0.05,beta=0.1", .note = "constant steps", .steps = 64, .ratio = 1 },
	{ .objective = TWO, .parameters = "urn=1", .note = "Friedman's urn", .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = TWO, .parameters = "gamma=0.05,beta=0.1", .note = "0.7 of the law", .steps = 64, .factor = 0.7 },
	{ .objective = TWO, .parameters = "gamma=0.05,beta=0.1", .note = "a token without memory", .steps = 100,
	  .method = "srrw-token:alpha=0" })
SHARP(sharp_paths,
	{ .parameters = "T=10,gamma=0.5,beta=0.3,start=1", .note = "1024 walks", .ratio = 1 })
CONTROL(control_paths,
	{ .parameters = "T=10,gamma=0.5,beta=0.3,start=1", .note = "0.9 times the right side", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = { "gamma", RATE_REAL, "0.05", 0, 1, NULL, "step size, times the curvature" },
	[beta_] = { "beta", RATE_REAL, "0.1", 0, 0.99, NULL, "step of the shares of visits" },
	[urn_] = { "urn", RATE_INTEGER, "0", 0, 1, NULL, "1: gamma_t = 1/(t + 1), beta_t = 1/(t + 3)" },
};
static const rate_param params_paths[] = {
	{ "T", RATE_INTEGER, "8", 1, 12, NULL, "steps" },
	{ "gamma", RATE_REAL, "0.5", 0, 1, NULL, "gamma_t is this, its half, its third, and so on" },
	{ "beta", RATE_REAL, "0.3", 0, 0.95, NULL, "beta_t is this, its half, and so on" },
	{ "start", RATE_REAL, "1", -2, 2, NULL, "theta_0; c = 1" },
};

static const char *applies(const rate_case *c)
{
	if (c->need[AGENTS] != 2 || c->d != 2 || c->need[RHO] > 1e-12 || c->L - c->mu > 1e-9 * c->L)
		return "stated for two agents who average, with one number each and one curvature";
	return start_together(c, 2);
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = (urn > 0 ? 1 / ((double)t + 1) : gamma) / L;
		out[1][t] = urn > 0 ? 1 / ((double)t + 3) : beta;
	}
}

CLAIM(srrw_two_nodes,
	.id = "srrw-two-nodes", .chapter = "distributed", .title = "A self-repellent token between two agents",
	.statement = "f_1 = (θ − c)²/2, f_2 = (θ + c)²/2, a token to j with weight 1/v_j, 0 ≤ γ ≤ 1, 0 ≤ β < 1: "
	             "E θ_t² = ω_t",
	.quantity = "E ‖X_t − X*‖² = 2 E θ_t²", .formula = "2ω_t",
	.source = "after Hu, Doshi and Eun, Accelerating distributed stochastic optimization via self-repellent random "
	          "walks, arXiv:2401.09665; the law is proved here",
	.kind = RATE_EXPECTATION, .method = "srrw-token:alpha=1",
	NEEDS("network.agents", "network.rho", "network.g2", "x_star", "L", "mu", "quadratic terms"),
	.params = RATE_ROWS(params), .schedules = 2, .applies = applies, .steps = steps, .bound = bound,
	.measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(srrw_paths,
	.id = "srrw-paths", .chapter = "distributed", .title = "A self-repellent token, walk by walk",
	.statement = "the sum over all 2^T walks of their chance times θ_T² is ω_T",
	.quantity = "Σ P(walk) θ_T²", .formula = "ω_T", .source = OWN,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_paths), .evaluate = evaluate, .sharp = sharp_paths,
	.control = control_paths)
