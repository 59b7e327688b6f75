/* agents (wrapper): the terms of a sum shared out to N agents, who each keep a copy of x and talk along a graph. The
 * variable is X = (x_1, ..., x_N), their copies one after the other, in R^{N d}:
 *
 *     F(X) = f^1(x_1) + ... + f^N(x_N),   to be made least over the set x_1 = ... = x_N.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Agent a has the terms a, a + N, a + 2N, ... of the wrapped sum of n terms, and f^a is N/n times their sum, so that
 * the mean of the f^a is the wrapped f. An objective that is no sum is the loss of every agent; then N has to be given.
 * The network (network/1) mixes copies by W, symmetric with rows of sum 1: neighbours in the graph weigh w_ij = 1/(1 +
 * max(deg i, deg j)) (Metropolis and Hastings) or all `weight`, and each agent gives itself the rest. So a ring has
 * thirds, and the complete graph averages. Weights for which W has an eigenvalue -1 or less are refused.
 *
 * The feasible set is x_1 = ... = x_N (projection/1: the mean of the copies). If the wrapped objective has an h, agents
 * has h(x_1) + ... + h(x_N) (composite/1) and leaves the set to the method. A wrapped feasible set is refused, and a
 * stream of samples: noise goes outside, OBJECTIVE+agents+gaussian-noise, and is then independent for each agent.
 *
 * Constants: L, mu and G of F from the L_i, mu_min and G_i of the terms; L, mu and L_2 = 0 from the agents' Hessians,
 * if all losses are quadratic; convex. x_star, F_star = N f_star, of the wrapped objective. Its own: network.agents =
 * N, the eigenvalues network.lambda_2 and network.lambda_n of W and network.rho = the larger of their sizes; network.L
 * of the mean loss and network.L_rms, the root mean square of those of the agents; network.g1 and network.g2, the sums
 * of |grad f^a(x_star)| and of its square; network.F_star = N F_star, with h; network.common = 1 where all agents have
 * one Hessian, and its eigenvalue -network.nu < 0 with the eigenvector network.escape. Start: that of the
 * objective, for all; with `apart` a, plus and minus a in turn.
 *
 *     ratecheck verify dgd-neighbourhood --objective centres:b=2/1/-1/-2/-1/1+agents:graph=ring
 */
#include "wrapper.h"

enum { AGENTS, GRAPH, WEIGHT, APART };
enum { RING, COMPLETE, STAR, PATH };
enum { QUADRATIC_MOST = 64 }; /* numbers in a copy of which Hessians are made */
enum { MOST = 1000 };         /* agents: W is dense, and its eigenvalues are found */
static const rate_param params[] = {
	[AGENTS] = { "n", RATE_INTEGER, "0", 0, MOST, NULL, "agents; 0: one for each term" },
	[GRAPH] = { "graph", RATE_CHOICE, "ring", 0, 0, "ring|complete|star|path", "who talks to whom" },
	[WEIGHT] = { "weight", RATE_REAL, "0", 0, 1, NULL, "of each neighbour in W; 0: Metropolis" },
	[APART] = { "apart", RATE_REAL, "0", 0, 0, NULL, "at the start agents are so far off, plus and minus in turn" },
};

struct agents {
	struct facts known; /* of X */
	rate_function inner;
	const rate_finite_sum *sum; /* NULL: one function for all */
	const rate_composite *composite;
	size_t N, d, n; /* agents, length of a copy, terms of the wrapped sum */
	double *W, *work; /* N x N; a gradient, and what its sum lost */
	double *hessian;  /* N x d x d, and room for their eigenvectors */
	int quadratic;
};

/* ---- Oracles ---- */

static double share(const struct agents *q)
{
	return (double)q->N / (double)q->n;
}

static int value(void *self, const double *x, double *f)
{
	const struct agents *q = self;
	double one, sum = 0, lost = 0;

	for (size_t a = 0; a < q->N; a++)
		if (!q->sum) {
			if (q->inner.cls->value(q->inner.self, x + a * q->d, &one))
				return RATE_FAIL;
			add_fully(&sum, &lost, one);
		} else {
			for (size_t i = a; i < q->n; i += q->N) {
				if (q->sum->value(q->inner.self, i, x + a * q->d, &one))
					return RATE_FAIL;
				add_fully(&sum, &lost, share(q) * one);
			}
		}
	*f = added(sum, lost);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct agents *q = self;
	double *work = q->work, *lost = work + q->d;

	memset(g, 0, q->N * q->d * sizeof *g);
	for (size_t a = 0; a < q->N; a++)
		if (!q->sum) {
			if (q->inner.cls->gradient(q->inner.self, x + a * q->d, g + a * q->d))
				return RATE_FAIL;
		} else {
			memset(lost, 0, q->d * sizeof *lost);
			for (size_t i = a; i < q->n; i += q->N) {
				if (q->sum->gradient(q->inner.self, i, x + a * q->d, work))
					return RATE_FAIL;
				for (size_t k = 0; k < q->d; k++)
					add_fully(&g[a * q->d + k], &lost[k], share(q) * work[k]);
			}
			for (size_t k = 0; k < q->d; k++)
				g[a * q->d + k] = added(g[a * q->d + k], lost[k]);
		}
	return RATE_OK;
}

static size_t agents_of(void *self)
{
	return ((const struct agents *)self)->N;
}

static int mix(void *self, const double *x, double *out)
{
	const struct agents *q = self;

	memset(out, 0, q->N * q->d * sizeof *out);
	for (size_t a = 0; a < q->N; a++)
		for (size_t b = 0; b < q->N; b++)
			if (q->W[a * q->N + b] != 0)
				axpy(q->d, q->W[a * q->N + b], x + b * q->d, out + a * q->d);
	return RATE_OK;
}

static int project(void *self, const double *x, double *p)
{
	const struct agents *q = self;

	for (size_t j = 0; j < q->d; j++) {
		double mean = 0;

		for (size_t a = 0; a < q->N; a++)
			mean += x[a * q->d + j];
		mean /= (double)q->N;
		for (size_t a = 0; a < q->N; a++)
			p[a * q->d + j] = mean;
	}
	return RATE_OK;
}

static int h_value(void *self, const double *x, double *h)
{
	const struct agents *q = self;
	double one;

	*h = 0;
	for (size_t a = 0; a < q->N; a++, *h += one)
		if (q->composite->value(q->inner.self, x + a * q->d, &one))
			return RATE_FAIL;
	return RATE_OK;
}

static int prox(void *self, double gamma, const double *x, double *p)
{
	const struct agents *q = self;

	for (size_t a = 0; a < q->N; a++)
		if (q->composite->prox(q->inner.self, gamma, x + a * q->d, p + a * q->d))
			return RATE_FAIL;
	return RATE_OK;
}

/* ---- The graph ---- */

static int adjacent(int64_t graph, size_t N, size_t a, size_t b)
{
	size_t low = a < b ? a : b, high = a < b ? b : a;

	if (low == high)
		return 0;
	return graph == COMPLETE || (graph == STAR && low == 0) || (graph != STAR && high == low + 1) ||
	    (graph == RING && low == 0 && high == N - 1);
}

static size_t degree(int64_t graph, size_t N, size_t a)
{
	size_t last = N - 1;

	return graph == COMPLETE || (graph == STAR && a == 0) ? last
	    : graph == STAR || N == 2 || (graph != RING && (a == 0 || a == last)) ? 1 : 2;
}

/* W and its eigenvalues; `values`, N numbers, has the degrees first. */
static int build_network(const rate_host *host, struct agents *q, int64_t graph, double weight, double *values)
{
	size_t N = q->N;
	double low, second;

	for (size_t a = 0; a < N; a++)
		values[a] = (double)degree(graph, N, a);
	for (size_t a = 0; a < N; a++) {
		double rest = 1;

		for (size_t b = 0; b < N; b++) {
			if (!adjacent(graph, N, a, b))
				continue;
			q->W[a * N + b] = weight > 0 ? weight : 1 / (1 + fmax(values[a], values[b]));
			rest -= q->W[a * N + b];
		}
		/* of the complete graph and the like, what rounding leaves */
		q->W[a * N + a] = fabs(rest) < 1e-14 ? 0 : rest;
	}
	if (host->eigen(host, N, q->W, values, NULL))
		return RATE_FAIL;
	/* of the eigenvalue 0 what rounding leaves */
	for (size_t a = 0; a < N; a++)
		values[a] = fabs(values[a]) < (double)N * 0x1p-52 ? 0 : values[a];
	low = values[0];
	second = values[N - 2];
	if (!(low > -1 + 1e-12))
		return host->fail(host, "agents: with the weight %g W has the eigenvalue %g; it must be above -1, so "
		                  "take a smaller weight", weight, low);
	if (!(second < 1 - 1e-14))
		return host->fail(host, "agents: the second eigenvalue of W is 1: the graph falls apart");
	know(q, "network.lambda_2", RATE_EXACT, second, "second largest eigenvalue of W");
	know(q, "network.lambda_n", RATE_EXACT, low, "least eigenvalue of W");
	know(q, "network.rho", RATE_EXACT, fmax(fabs(second), fabs(low)), "the larger of their sizes");
	return RATE_OK;
}

/* ---- Constants ---- */

static int scalar_of(const rate_function *f, const char *name, rate_constant *out)
{
	const rate_constants *c = inner_interface(f, "constants/1");

	*out = (rate_constant){ .size = sizeof *out };
	return c ? c->scalar(f->self, name, out) : RATE_FAIL;
}

static int vector_of(const rate_function *f, const char *name, size_t count, double *out)
{
	const rate_constants *c = inner_interface(f, "constants/1");

	return c && c->vector ? c->vector(f->self, name, count, out) : RATE_FAIL;
}

/* N/n times the sum over the terms of an agent. */
static double of_agent(const struct agents *q, const double *term, size_t a)
{
	double sum = 0;

	for (size_t i = a; i < q->n; i += q->N)
		sum += share(q) * term[i];
	return sum;
}

/* Column k of the Hessians, (grad(u e_k) - grad(0))/u. First u = 1; where gradients at 0 are larger than the curvature
 * and the difference loses digits, u is so large that they are not. */
static int column(struct agents *q, size_t k, const double *zero, double *x, double *g, double *out)
{
	size_t N = q->N, d = q->d;
	double u = 1, most = 0, size = 0;
	int rc = RATE_OK;

	for (int again = 0; again < 2 && !rc && u > 0; again++) {
		for (size_t a = 0; a < N; a++)
			x[a * d + k] = u;
		rc = gradient(q, x, g);
		for (size_t a = 0; a < N; a++) {
			x[a * d + k] = 0;
			for (size_t j = 0; j < d; j++) {
				double *h = out + (a * d + j) * d + k;
				*h = (g[a * d + j] - zero[a * d + j]) / u;
				most = fmax(most, fabs(*h));
				size = fmax(size, fabs(zero[a * d + j]));
			}
		}
		u = size > most && most > 0 ? exp2(fmin(ceil(log2(size / most)), 200)) : 0;
	}
	return rc == RATE_OK;
}

/* Row a of `out`, d x d: the Hessian of agent a, if all are quadratic. 0: they are not. */
static int hessians(struct agents *q, const rate_host *host, double *out)
{
	size_t N = q->N, d = q->d, all = N * d;
	double *x = calloc(4 * all, sizeof *x), *zero = x + all, *g = zero + all, *want = g + all, *h;
	int quadratic = x != NULL;

	memset(out, 0, all * d * sizeof *out);
	quadratic = quadratic && !gradient(q, x, zero);
	for (size_t k = 0; k < d && quadratic; k++)
		quadratic = column(q, k, zero, x, g, out);
	/* f is quadratic; the terms are, if their gradients are affine at points far and near. */
	for (uint64_t k = 0; k < 8 && quadratic; k++) {
		double size = 0;

		host->normals(host, 1, k, all, x);
		for (size_t j = 0; j < all; j++)
			x[j] *= exp2(4 * (double)k - 12);
		quadratic = !gradient(q, x, g);
		for (size_t a = 0; a < N; a++)
			for (size_t j = 0; j < d; j++) {
				h = out + (a * d + j) * d;
				want[a * d + j] = zero[a * d + j] + dot(d, h, x + a * d);
				size += fabs(zero[a * d + j]) + fabs(want[a * d + j]) +
				        sqrt(dot(d, h, h) * dot(all, x, x));
			}
		for (size_t j = 0; j < all && quadratic; j++)
			quadratic = fabs(g[j] - want[j]) <= 1e-12 * size;
	}
	/* A Hessian is symmetric up to what differences leave, which goes; a field need not be. */
	for (size_t a = 0; a < N && quadratic; a++) {
		double size;

		h = out + a * d * d;
		size = sqrt(dot(d * d, h, h));
		for (size_t j = 0; j < d; j++)
			for (size_t k = 0; k < j; k++) {
				quadratic = quadratic && fabs(h[j * d + k] - h[k * d + j]) <= 1e-12 * size;
				h[j * d + k] = h[k * d + j] = (h[j * d + k] + h[k * d + j]) / 2;
			}
	}
	free(x);
	return quadratic;
}

/* Agents with quadratic losses: spectra. If the Hessians are one, the direction in which all bend down most. */
static int know_quadratic(const rate_host *host, struct agents *q)
{
	size_t N = q->N, d = q->d;
	rate_constant c;
	double *values = q->hessian + N * d * d, *vectors = values + d, L = 0, mu = INFINITY, square = 0;
	int same = 1;

	if (d > QUADRATIC_MOST || scalar_of(&q->inner, "L_2", &c) || !(c.value <= 0) ||
	    !hessians(q, host, q->hessian))
		return 0;
	for (size_t a = 0; a < N; a++) {
		double one;

		if (host->eigen(host, d, q->hessian + a * d * d, values, vectors))
			return 0;
		one = fmax(fabs(values[0]), fabs(values[d - 1]));
		L = fmax(L, one);
		square += one * one / (double)N;
		mu = fmin(mu, values[0]);
		for (size_t j = 0; j < d * d; j++)
			same = same && fabs(q->hessian[a * d * d + j] - q->hessian[j]) <= 1e-14 * one;
	}
	know(q, "L_2", RATE_EXACT, 0, "quadratics");
	know(q, "L", RATE_UPPER, L * (1 + 1e-12), "largest eigenvalue of an agent");
	know(q, "network.L_rms", RATE_UPPER, sqrt(square) * (1 + 1e-12), "root mean square of those");
	if (mu > 1e-12 * L)
		know(q, "mu", RATE_LOWER, mu * (1 - 1e-14) - 1e-15 * L, "least eigenvalue of an agent");
	if (same)
		know(q, "network.common", RATE_EXACT, 1, "one Hessian");
	if (same && values[0] < -1e-12 * L) {
		know(q, "network.nu", RATE_EXACT, -values[0], "how far the common Hessian bends down");
		know_vector(q, "network.escape", d, vectors);
	}
	q->quadratic = 1;
	return 1;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct agents *q = self;

	(void)x;
	for (size_t a = 0; a < q->N; a++)
		for (size_t j = 0; j < q->d; j++)
			out[a * q->d + j] = dot(q->d, q->hessian + (a * q->d + j) * q->d, v + a * q->d);
	return RATE_OK;
}

static void know_terms(struct agents *q, double *term)
{
	rate_constant c;
	double L = 0, most, G2 = 0, count = 0, square = 0;

	for (size_t a = 0; a < q->N; a++)
		count = fmax(count, ceil((double)(q->n - a) / (double)q->N));
	if (!q->quadratic && !vector_of(&q->inner, "L_i", q->n, term)) {
		for (size_t a = 0; a < q->N; a++) {
			most = of_agent(q, term, a);
			L = fmax(L, most);
			square += most * most / (double)q->N;
		}
		know(q, "L", RATE_UPPER, L, "mean of the L_i of an agent");
		know(q, "network.L_rms", RATE_UPPER, sqrt(square), "root mean square of those");
	} else if (!q->quadratic && !scalar_of(&q->inner, "L_max", &c) && c.kind != RATE_LOWER) {
		know(q, "L", RATE_UPPER, share(q) * count * c.value, "from L_max of the terms");
		know(q, "network.L_rms", RATE_UPPER, share(q) * count * c.value, "from L_max of the terms");
	}
	if (!q->quadratic && !scalar_of(&q->inner, "mu_min", &c) && c.kind != RATE_UPPER && c.value > 0)
		know(q, "mu", RATE_LOWER, share(q) * (double)(q->n / q->N) * c.value, "from mu_min of the terms");
	if (!vector_of(&q->inner, "G_i", q->n, term)) {
		for (size_t a = 0; a < q->N; a++) {
			most = of_agent(q, term, a);
			G2 += most * most;
		}
		know(q, "G", RATE_UPPER, sqrt(G2), "from the G_i of the terms");
	}
}

static void know_one(struct agents *q)
{
	static const char *const same[] = { "monotone", "field", "L", "mu" };
	rate_constant c;

	for (size_t k = 0; k < (q->quadratic ? 2 : 4); k++)
		if (!scalar_of(&q->inner, same[k], &c))
			know(q, same[k], c.kind, c.value, c.why);
	if (!q->quadratic && !scalar_of(&q->inner, "L", &c))
		know(q, "network.L_rms", c.kind, c.value, "that of each agent");
	if (!scalar_of(&q->inner, "G", &c))
		know(q, "G", c.kind, sqrt((double)q->N) * c.value, "root of N times that of one agent");
}

/* The minimiser, of all agents the same, and what holds there. */
static int know_minimiser(struct agents *q, double *x_star, double *g)
{
	rate_constant c;
	double sum = 0;

	if (!scalar_of(&q->inner, "L", &c))
		know(q, "network.L", c.kind, c.value, "of the mean of the losses");
	if (!scalar_of(&q->inner, q->composite ? "F_star" : "f_star", &c))
		know(q, "network.F_star", c.kind, (double)q->N * c.value, "N times that of the objective");
	if (q->composite || vector_of(&q->inner, "x_star", q->d, x_star))
		return RATE_OK;
	for (size_t a = 1; a < q->N; a++)
		memcpy(x_star + a * q->d, x_star, q->d * sizeof *x_star);
	know_vector(q, "x_star", q->N * q->d, x_star);
	if (c.kind)
		know(q, "f_star", c.kind, (double)q->N * c.value, "N times that of the objective");
	if (gradient(q, x_star, g))
		return RATE_FAIL;
	know(q, "network.g2", RATE_EXACT, dot(q->N * q->d, g, g), "squared slopes of the agents at x_star");
	for (size_t a = 0; a < q->N; a++)
		sum += sqrt(dot(q->d, g + a * q->d, g + a * q->d));
	know(q, "network.g1", RATE_EXACT, sum, "slopes of the agents at x_star");
	return RATE_OK;
}

/* Its own, and of the wrapped objective what says that its terms are certain functions, if each agent has one. */
static int scalar(void *self, const char *name, rate_constant *out)
{
	const struct agents *q = self;

	if (facts_scalar(self, name, out) == RATE_OK)
		return RATE_OK;
	return strchr(name, '.') && strncmp(name, "network.", 8) && q->N == q->n ? scalar_of(&q->inner, name, out) :
	       RATE_FAIL;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	const rate_function *f = args->inner;
	const rate_finite_sum *sum;
	const rate_start *at;
	rate_constant c;
	struct agents *q;
	size_t N = (size_t)v[AGENTS].integer, n, d;
	double *start, *x_star, *g, *term;
	size_t room;
	int rc;

	if (!f)
		return host->fail(host, "agents wraps an objective: write OBJECTIVE+agents");
	if (inner_interface(f, "stream/1"))
		return host->fail(host, "agents: %s has samples of its own; noise goes outside, "
		                  "OBJECTIVE+agents+gaussian-noise", f->cls->id);
	if (inner_interface(f, "projection/1") || inner_interface(f, "network/1"))
		return host->fail(host, "agents: %s has a feasible set already, or is a network", f->cls->id);
	sum = inner_interface(f, "finite-sum/1");
	n = sum ? sum->count(f->self) : 1;
	if (n == 1)
		sum = NULL;
	if (N == 0)
		N = n;
	if (N < 2 || (sum && N > n))
		return host->fail(host, "agents: n = %zu agents and %s has %zu term%s: give n=2 or more%s", N,
		                  f->cls->id, n, n == 1 ? "" : "s", sum ? ", and no more than terms" : "");
	if (N > MOST)
		return host->fail(host, "agents: %zu agents, one for each term of %s: give n=%d or fewer", N,
		                  f->cls->id, MOST);
	d = f->cls->dim(f->self);
	room = d <= QUADRATIC_MOST ? (N + 1) * d * d + d : 0;
	if (!(q = facts_new(host, sizeof *q, N * d, N * N + N + 3 * N * d + 2 * d + n + room)))
		return RATE_FAIL;
	q->inner = *f;
	q->sum = sum;
	q->composite = inner_interface(f, "composite/1");
	q->N = N;
	q->d = d;
	q->n = n;
	q->W = facts_take(q, N * N);
	q->work = facts_take(q, 2 * d);
	q->known.start = start = facts_take(q, N * d);
	x_star = facts_take(q, N * d);
	g = facts_take(q, N * d);
	term = facts_take(q, N + n);
	q->hessian = facts_take(q, room);
	at = inner_interface(f, "start/1");
	rc = build_network(host, q, v[GRAPH].integer, v[WEIGHT].real, term) || (at && at->start(f->self, start));
	for (size_t a = N; a-- > 0;)
		for (size_t j = 0; j < d; j++)
			start[a * d + j] = start[j] + (a % 2 ? -v[APART].real : v[APART].real);
	know(q, "network.agents", RATE_EXACT, (double)N, "agents");
	if (!scalar_of(f, "convex", &c) && c.value > 0)
		know(q, "convex", RATE_EXACT, 1, "as the terms are");
	know_quadratic(host, q);
	if (sum)
		know_terms(q, term);
	else
		know_one(q);
	if (rc || know_minimiser(q, x_star, g)) {
		free(q);
		return RATE_FAIL;
	}
	*self = q;
	return RATE_OK;
}

static const void *offers(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, scalar, facts_vector };
	static const rate_network network = { sizeof network, agents_of, mix };
	static const rate_hessian hessian = { sizeof hessian, product, NULL };
	static const rate_projection projection = { sizeof projection, project };
	static const rate_composite composite = { sizeof composite, h_value, prox };
	const struct agents *q = self;
	const struct offer table[] = {
		{ "constants/1", &constants },
		{ "start/1", &facts_start_at },
		{ "network/1", &network },
		{ "hessian/1", q->quadratic ? &hessian : NULL },
		{ "projection/1", q->composite ? NULL : &projection },
		{ "composite/1", q->composite ? &composite : NULL },
	};

	return find_offer(table, sizeof table / sizeof table[0], name);
}

static const rate_objective agents = { OBJECTIVE,
	.id = "agents",
	.title = "Agents on a network",
	.summary = "the terms of a sum shared out to agents with a copy of x each, who mix them along a graph",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &agents };
RATE_PLUGIN("agents", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
