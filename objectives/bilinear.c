/* bilinear: the field V(u, v) = (B(v - v*), -B'(u - u*)) of the saddle function (u - u*)'B(v - v*): u is moved to lower
 * it, v to raise it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A field, the gradient of no function. `B` lists the rows of the matrix one after the other, `rows` of them: u has as
 * many coordinates, v one for each column, and d is the sum. The plane rotations of `affine-field` are the case of a
 * diagonal B, in another order of the coordinates.
 *
 * Constants: field = 1, skew = 1, monotone = 1; L = |B|, the largest singular value; sigma_min the least one of a
 * square B, else 0 (one player has moves that change nothing); players.first = rows, and `players` both numbers of
 * coordinates. x_star = (u*, v*) is `centre`. As one term it has the prox, here the resolvent. `start`, `centre`: the
 * last entry is that of all further coordinates. Noise comes by gaussian-noise.
 *
 *     ratecheck verify altgda-bilinear --objective bilinear:B=1/2/0/1/0/3,rows=2
 */
#include "common.h"

enum { MATRIX, ROWS, CENTRE, START };
static const rate_param params[] = {
	[MATRIX] = { "B", RATE_REALS, "1", -1e50, 1e50, NULL, "the matrix, row by row" },
	[ROWS] = { "rows", RATE_INTEGER, "1", 1, 4096, NULL, "how many rows it has" },
	[CENTRE] = { "centre", RATE_REALS, "0", -1e50, 1e50, NULL, "the saddle (u*, v*)" },
	[START] = { "start", RATE_REALS, "1", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
};

struct bilinear {
	struct facts known;
	size_t m, n;
	const double *B;              /* m x n */
	double *centre, *square, *Q;  /* eigenvalues of BB', ascending, and the eigenvectors as rows */
};

static void fill(size_t d, const rate_value *list, double *out)
{
	for (size_t j = 0; j < d; j++)
		out[j] = list->reals[j < list->count ? j : list->count - 1];
}

/* What an eigenvalue of BB' may be off, relative to the largest. */
#define OFF 0x1p-44

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t m = (size_t)p[ROWS].integer, count = p[MATRIX].count, n = count / m, d = m + n;
	double *B, *players, *x0, *gram, most, least;
	struct bilinear *f;

	if (!n || n * m != count)
		return host->fail(host, "B has %zu numbers: not `rows` = %zu of equal length", count, m);
	if (!p[START].count || !p[CENTRE].count || p[START].count > d || p[CENTRE].count > d)
		return host->fail(host, "start and centre: from one number to d = %zu of them", d);
	if (!(f = facts_new(host, sizeof *f, d, count + 2 * d + 2 + m + 2 * m * m)))
		return RATE_FAIL;
	f->m = m;
	f->n = n;
	f->B = B = facts_take(f, count);
	f->known.start = x0 = facts_take(f, d);
	f->centre = facts_take(f, d);
	players = facts_take(f, 2);
	f->square = facts_take(f, m);
	f->Q = facts_take(f, m * m);
	gram = facts_take(f, m * m);
	memcpy(B, p[MATRIX].reals, count * sizeof *B);
	fill(d, &p[START], x0);
	fill(d, &p[CENTRE], f->centre);
	for (size_t i = 0; i < m; i++)
		for (size_t k = 0; k < m; k++)
			gram[i * m + k] = dot(n, B + i * n, B + k * n);
	if (host->eigen(host, m, gram, f->square, f->Q)) {
		free(f);
		return RATE_FAIL;
	}
	most = f->square[m - 1];
	least = m == n ? fmax(f->square[0] - (m > 1 ? OFF * most : 0), 0) : 0;
	players[0] = (double)m;
	players[1] = (double)n;
	know(f, "field", RATE_EXACT, 1, "no gradient: the matrix is not symmetric");
	know(f, "skew", RATE_EXACT, 1, "bilinear");
	know(f, "monotone", RATE_EXACT, 1, "skew");
	know(f, "L_2", RATE_EXACT, 0, "V is affine");
	know(f, "L", count > 1 ? RATE_UPPER : RATE_EXACT, sqrt(most * (count > 1 ? 1 + OFF : 1)),
	     "largest singular value");
	know(f, "sigma_min", count > 1 ? RATE_LOWER : RATE_EXACT, sqrt(least), "least singular value");
	know(f, "players.first", RATE_EXACT, players[0], "coordinates of u");
	know_vector(f, "players", 2, players);
	know_vector(f, "x_star", d, f->centre);
	*self = f;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self, (void)x;
	*f = 0;
	return RATE_OK;
}

/* out <- out + c B v, and out + c B'u. */
static void times(const struct bilinear *f, double c, const double *v, double *out)
{
	for (size_t i = 0; i < f->m; i++)
		out[i] += c * dot(f->n, f->B + i * f->n, v);
}

static void times_transposed(const struct bilinear *f, double c, const double *u, double *out)
{
	for (size_t i = 0; i < f->m; i++)
		axpy(f->n, c * u[i], f->B + i * f->n, out);
}

static int gradient(void *self, const double *x, double *g)
{
	const struct bilinear *f = self;
	size_t m = f->m, n = f->n;

	memset(g, 0, (m + n) * sizeof *g);
	for (size_t i = 0; i < m; i++)
		for (size_t k = 0; k < n; k++) {
			g[i] += f->B[i * n + k] * (x[m + k] - f->centre[m + k]);
			g[m + k] -= f->B[i * n + k] * (x[i] - f->centre[i]);
		}
	return RATE_OK;
}

/* p + gamma V(p) = x: with e = x - x_star, u = (I + gamma^2 BB')^-1 (e_u - gamma B e_v) and v = e_v + gamma B'u. */
static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct bilinear *f = self;
	size_t m = f->m, d = f->known.d;
	double *e = calloc(d + m, sizeof *e), *u = e + d;

	(void)i;
	if (!e)
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++)
		e[j] = x[j] - f->centre[j];
	times(f, -gamma, e + m, e);
	for (size_t k = 0; k < m; k++)
		axpy(m, dot(m, f->Q + k * m, e) / (1 + gamma * gamma * fmax(f->square[k], 0)), f->Q + k * m, u);
	memcpy(p, f->centre, d * sizeof *p);
	axpy(m, 1, u, p);
	times_transposed(f, gamma, u, e + m);
	axpy(f->n, 1, e + m, p + m);
	free(e);
	return RATE_OK;
}

SUM_OF_ONE_TERM
OFFERS({ "finite-sum/1", &sum })

static const rate_objective bilinear = { OBJECTIVE,
	.id = "bilinear",
	.title = "Bilinear saddles",
	.summary = "the field (B(v - v*), -B'(u - u*)) of two players who pull at (u - u*)'B(v - v*)",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &bilinear };
RATE_PLUGIN("bilinear", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
