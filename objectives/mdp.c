/* mdp: a decision process of H stages with S states and A actions and a softmax policy of its own for each stage and
 * state, theta in R^(H S A), the numbers of stage h and state s at (h S + s) A. f is the mean of the H terms f_h =
 * -sum_s V_h(s), V_h(s) the value from stage h and state s on.
 *
 * Term h depends on the blocks h, ..., H - 1. Its gradient in block h is -pi_h(a|s)(Q_h(s, a) - V_h(s)): that of a
 * bandit in each state, with the Q of the later stages as rewards.
 *
 * kind=random: rewards uniform in [0, R] and laws of the next state uniform on the simplex, by `seed`. kind=ladder: a
 * state alive and one dead; the first action pays R and stays alive, the second pays nothing and dies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constants: f_star (a limit, nowhere attained), by dynamic programming; mdp.stages, mdp.actions, mdp.reward = R. The
 * quantity gap_max is max_s (V*_0(s) - V_0(s)). Start: theta = 0, all actions alike.
 *
 *     ratecheck verify dynamic-pg --objective mdp:kind=ladder,H=3
 */
#include "common.h"

enum { STAGES, STATES, ACTIONS, KIND, REWARD };
static const rate_param params[] = {
	[STAGES] = { "H", RATE_INTEGER, "3", 1, 64, NULL, "stages" },
	[STATES] = { "S", RATE_INTEGER, "3", 1, 32, NULL, "states; a ladder has two" },
	[ACTIONS] = { "A", RATE_INTEGER, "2", 2, 16, NULL, "actions; a ladder has two" },
	[KIND] = { "kind", RATE_CHOICE, "random", 0, 0, "random|ladder", "of the process" },
	[REWARD] = { "R", RATE_REAL, "1", 1e-50, 1e50, NULL, "the largest reward" },
};

struct mdp {
	struct facts known;
	size_t H, S, A;
	double *r, *P;         /* H S A; times S */
	double *pi, *Q, *V;    /* work: H S A, H S A, (H + 1) S */
	double *best, *d, *to; /* V*: (H + 1) S; work: S each */
};

static int is_random(const rate_args *args)
{
	return args->value[KIND].integer == 0;
}

static void make_random(const rate_host *host, struct mdp *q, uint64_t seed, double R)
{
	size_t cells = q->H * q->S * q->A;

	host->uniforms(host, seed, 0, cells, q->r);
	host->uniforms(host, seed, 1, cells * q->S, q->P);
	for (size_t k = 0; k < cells; k++) {
		double sum = 0, *law = q->P + k * q->S;

		q->r[k] *= R;
		for (size_t s = 0; s < q->S; s++)
			sum += law[s] = -log(law[s]);
		for (size_t s = 0; s < q->S; s++)
			law[s] /= sum;
	}
}

static void make_ladder(struct mdp *q, double R)
{
	for (size_t h = 0; h < q->H; h++)
		for (size_t s = 0; s < 2; s++)
			for (size_t a = 0; a < 2; a++) {
				size_t k = (h * 2 + s) * 2 + a;

				q->r[k] = s == 0 && a == 0 ? R : 0;
				q->P[k * 2 + (s == 0 && a == 0 ? 0 : 1)] = 1;
			}
}

/* r + P V of the next stage */
static double worth(const struct mdp *q, size_t k, const double *next)
{
	return q->r[k] + dot(q->S, q->P + k * q->S, next);
}

static void evaluate_policy(struct mdp *q, const double *x)
{
	for (size_t row = q->H * q->S; row-- > 0;) {
		const double *theta = x + row * q->A, *next = q->V + (row / q->S + 1) * q->S;
		double most = theta[0], sum = 0;

		for (size_t a = 1; a < q->A; a++)
			most = fmax(most, theta[a]);
		for (size_t a = 0; a < q->A; a++)
			sum += q->pi[row * q->A + a] = exp(theta[a] - most);
		q->V[row] = 0;
		for (size_t k = row * q->A; k < (row + 1) * q->A; k++) {
			q->pi[k] /= sum;
			q->Q[k] = worth(q, k, next);
			q->V[row] += q->pi[k] * q->Q[k];
		}
	}
}

static double sum_of(size_t n, const double *v)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i];
	return sum;
}

/* g <- -scale times the gradient of the values; `every`: of those of all stages, else of stage h alone. */
static void slopes(struct mdp *q, const double *x, size_t h, int every, double scale, double *g)
{
	evaluate_policy(q, x);
	memset(g, 0, q->known.d * sizeof *g);
	for (size_t s = 0; s < q->S; s++)
		q->d[s] = 1;
	for (; h < q->H; h++) {
		for (size_t s = 0; s < q->S; s++)
			q->to[s] = every ? 1 : 0;
		for (size_t s = 0; s < q->S; s++)
			for (size_t k = (h * q->S + s) * q->A; k < (h * q->S + s + 1) * q->A; k++) {
				g[k] = -scale * q->d[s] * q->pi[k] * (q->Q[k] - q->V[h * q->S + s]);
				axpy(q->S, q->d[s] * q->pi[k], q->P + k * q->S, q->to);
			}
		memcpy(q->d, q->to, q->S * sizeof *q->d);
	}
}

static int value(void *self, const double *x, double *f)
{
	struct mdp *q = self;

	evaluate_policy(q, x);
	*f = -sum_of(q->H * q->S, q->V) / (double)q->H;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	struct mdp *q = self;

	slopes(q, x, 0, 1, 1 / (double)q->H, g);
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct mdp *)self)->H;
}

static int term_value(void *self, size_t h, const double *x, double *f)
{
	struct mdp *q = self;

	evaluate_policy(q, x);
	*f = -sum_of(q->S, q->V + h * q->S);
	return RATE_OK;
}

static int term_gradient(void *self, size_t h, const double *x, double *g)
{
	slopes(self, x, h, 0, 1, g);
	return RATE_OK;
}

static int quantity(void *self, const char *name, const double *x, double *out, double *scale)
{
	struct mdp *q = self;

	if (strcmp(name, "gap_max"))
		return RATE_FAIL;
	evaluate_policy(q, x);
	*out = *scale = 0;
	for (size_t s = 0; s < q->S; s++) {
		*out = fmax(*out, q->best[s] - q->V[s]);
		*scale = fmax(*scale, fabs(q->best[s]));
	}
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	int any = is_random(args);
	size_t H = (size_t)v[STAGES].integer, S = any ? (size_t)v[STATES].integer : 2,
	       A = any ? (size_t)v[ACTIONS].integer : 2, cells = H * S * A;
	struct mdp *q = facts_new(host, sizeof *q, cells, (4 + S) * cells + 2 * (H + 1) * S + 2 * S);
	double R = v[REWARD].real;

	if (!q)
		return RATE_FAIL;
	q->H = H;
	q->S = S;
	q->A = A;
	q->r = facts_take(q, cells);
	q->P = facts_take(q, cells * S);
	q->pi = facts_take(q, cells);
	q->Q = facts_take(q, cells);
	q->V = facts_take(q, (H + 1) * S);
	q->best = facts_take(q, (H + 1) * S);
	q->d = facts_take(q, S);
	q->to = facts_take(q, S);
	q->known.start = facts_take(q, cells);
	if (any)
		make_random(host, q, args->seed, R);
	else
		make_ladder(q, R);
	for (size_t row = H * S; row-- > 0;) {
		q->best[row] = -INFINITY;
		for (size_t k = row * A; k < (row + 1) * A; k++)
			q->best[row] = fmax(q->best[row], worth(q, k, q->best + (row / S + 1) * S));
	}
	know(q, "f_star", RATE_EXACT, -sum_of(H * S, q->best) / (double)H, "dynamic programming");
	know(q, "mdp.stages", RATE_EXACT, (double)H, "given");
	know(q, "mdp.actions", RATE_EXACT, (double)A, "given");
	know(q, "mdp.reward", RATE_UPPER, R, "rewards in [0, R]");
	*self = q;
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_quantities quantities = { sizeof quantities, quantity };
OFFERS({ "finite-sum/1", &sum }, { "quantities/1", &quantities })

static const rate_objective mdp = { OBJECTIVE,
	.id = "mdp",
	.title = "A decision process of several stages",
	.summary = "minus the values of softmax policies, a term for each stage",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &mdp };
RATE_PLUGIN("mdp", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
