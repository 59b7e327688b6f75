/* online-matrix: linear losses <G_t, W> of an m x n matrix W, G_t = G, -G, G, ... or random, of a given rank.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * W is a vector, row by row. mode=turn: G = u_1 v_1' + ... + u_r v_r' with orthonormal u_k and v_k made from the data
 * seed, and its sign changes in every round: a method with a step of its own runs to and fro. mode=random: each round
 * has r random pairs u_k, v_k, with normal entries of variance 1/m and 1/n. The objective itself is the zero function,
 * which is the mean of mode=turn. Constants: convex. Start: W = 0.
 *
 *     ratecheck verify shampoo-regret --objective online-matrix:rows=2,cols=3
 */
#include "common.h"

enum { M, N, RANK, MODE };
enum { TURN, RANDOM };
static const rate_param params[] = {
	[M] = { "rows", RATE_INTEGER, "2", 1, 64, NULL, "m" },
	[N] = { "cols", RATE_INTEGER, "3", 1, 64, NULL, "n" },
	[RANK] = { "rank", RATE_INTEGER, "1", 1, 64, NULL, "of every G_t, at most min(m, n)" },
	[MODE] = { "mode", RATE_CHOICE, "turn", 0, 0, "turn|random",
	           "one G with changing signs, or a new one in each round" },
};

struct matrices {
	struct facts known;
	const rate_host *host;
	uint64_t seed;
	size_t m, n, rank;
	int random;
	double *g, *factor; /* G; room for the factors of a random one, overwritten by every call */
};

/* Rows of k vectors of length n: each normal to those before, of length 1. */
static void orthonormal(size_t k, size_t n, double *v)
{
	for (size_t i = 0; i < k; i++) {
		for (size_t pass = 0; pass < 2; pass++)
			for (size_t j = 0; j < i; j++)
				axpy(n, -dot(n, v + j * n, v + i * n), v + j * n, v + i * n);
		scale_to(n, v + i * n, 1);
	}
}

/* g <- sum of u_k v_k' */
static void assemble(const struct matrices *q, const double *u, const double *v, double *g)
{
	memset(g, 0, q->known.d * sizeof *g);
	for (size_t k = 0; k < q->rank; k++)
		for (size_t i = 0; i < q->m; i++)
			axpy(q->n, u[k * q->m + i], v + k * q->n, g + i * q->n);
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t m = (size_t)args->value[M].integer, n = (size_t)args->value[N].integer;
	size_t rank = (size_t)args->value[RANK].integer;
	struct matrices *q;

	if (rank > m || rank > n)
		return host->fail(host, "rank=%zu: a %zu x %zu matrix has at most min(rows, cols)", rank, m, n);
	if (!(q = facts_new(host, sizeof *q, m * n, 2 * m * n + rank * (m + n))))
		return RATE_FAIL;
	q->host = host;
	q->seed = args->seed;
	q->m = m;
	q->n = n;
	q->rank = rank;
	q->random = args->value[MODE].integer == RANDOM;
	q->g = facts_take(q, m * n);
	q->known.start = facts_take(q, m * n);
	q->factor = facts_take(q, rank * (m + n));
	host->normals(host, args->seed, 0, rank * (m + n), q->factor);
	orthonormal(rank, m, q->factor);
	orthonormal(rank, n, q->factor + rank * m);
	assemble(q, q->factor, q->factor + rank * m, q->g);
	know(q, "convex", RATE_EXACT, 1, "linear losses");
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self, (void)x;
	*f = 0;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)x;
	memset(g, 0, facts_dim(self) * sizeof *g);
	return RATE_OK;
}

static size_t normals(void *self)
{
	(void)self;
	return 0;
}

static int round_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	struct matrices *q = self;
	size_t d = q->known.d, of_u = q->rank * q->m, of_v = q->rank * q->n;

	(void)x;
	if (q->random) {
		q->host->normals(q->host, q->seed, s->t + 1, of_u + of_v, q->factor);
		assemble(q, q->factor, q->factor + of_u, g);
		for (size_t j = 0; j < d; j++)
			g[j] /= sqrt((double)d);
	} else {
		for (size_t j = 0; j < d; j++)
			g[j] = s->t % 2 ? -q->g[j] : q->g[j];
	}
	return RATE_OK;
}

static int round_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	double g[64 * 64];

	round_gradient(self, s, x, g);
	*f = dot(facts_dim(self), g, x);
	return RATE_OK;
}

static const rate_stream stream = { sizeof stream, 1, normals, round_value, round_gradient, NULL };
OFFERS({ "stream/1", &stream })

static const rate_objective online_matrix = { OBJECTIVE,
	.id = "online-matrix",
	.title = "Linear losses of a matrix",
	.summary = "online: <G_t, W>, G_t of a given rank, with signs in turn or random",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &online_matrix };
RATE_PLUGIN("online-matrix", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
