/* A user's least squares for `make bench`: the workload's terms with oracles one by one, or with block=1 also
 * block/1, with block=2 that and slopes. It does not offer glm/1, so the host's fused kernels have no part in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { N, D, BLOCK };
static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "200", 1, 1e6, NULL, "terms" },
	[D] = { "d", RATE_INTEGER, "20", 1, 1000, NULL, "dimension" },
	[BLOCK] = { "block", RATE_INTEGER, "0", 0, 2, NULL, "offer block/1: without (1) or with (2) slopes" },
};

struct user {
	const rate_host *host;
	size_t n, d, ld;
	int block;
	double *a, *b, *x_star; /* rows ld apart, padded with zeros */
};

static double margin(size_t count, const double *a, const double *x)
{
	double s[8] = { 0 };
	size_t j = 0;

	for (; j + 8 <= count; j += 8)
		for (size_t k = 0; k < 8; k++)
			s[k] += a[j + k] * x[j + k];
	for (; j < count; j++)
		s[0] += a[j] * x[j];
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

static void destroy(void *self)
{
	struct user *u = self;

	free(u->a);
	free(u->b);
	free(u->x_star);
	free(u);
}

static int fill(const rate_host *host, uint64_t seed, struct user *u)
{
	size_t n = u->n, d = u->d;
	double *h = calloc(d * d + 2 * d, sizeof *h), *x_sharp = h + d * d, *rhs = x_sharp + d;
	int rc;

	if (!h)
		return host->fail(host, "out of memory");
	host->normals(host, seed, 2, d, x_sharp);
	host->normals(host, seed, 3, n, u->b);
	for (size_t i = 0; i < n; i++) {
		double *a = u->a + i * u->ld;
		host->normals(host, seed, 16 + (uint32_t)i, d, a);
		for (size_t j = 0; j < d; j++)
			a[j] /= sqrt((double)d);
		u->b[i] = margin(d, a, x_sharp) + 0.5 * u->b[i];
		for (size_t j = 0; j < d; j++) {
			rhs[j] += a[j] * u->b[i] / (double)n;
			for (size_t k = 0; k < d; k++)
				h[j * d + k] += a[j] * a[k] / (double)n;
		}
	}
	rc = host->solve(host, d, h, rhs, u->x_star);
	free(h);
	return rc;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct user *u = calloc(1, sizeof *u);

	if (!u)
		return host->fail(host, "out of memory");
	u->host = host;
	u->n = (size_t)args->value[N].integer;
	u->d = (size_t)args->value[D].integer;
	u->ld = (u->d + 7) / 8 * 8;
	u->block = (int)args->value[BLOCK].integer;
	u->a = aligned_alloc(64, u->n * u->ld * sizeof(double));
	u->b = calloc(u->n, sizeof(double));
	u->x_star = calloc(u->d, sizeof(double));
	if (!u->a || !u->b || !u->x_star) {
		destroy(u);
		return host->fail(host, "out of memory");
	}
	memset(u->a, 0, u->n * u->ld * sizeof(double));
	if (fill(host, args->seed, u)) {
		destroy(u);
		return RATE_FAIL;
	}
	*self = u;
	return RATE_OK;
}

static size_t dim(void *self)
{
	return ((const struct user *)self)->d;
}

static size_t count(void *self)
{
	return ((const struct user *)self)->n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct user *u = self;
	double e = margin(u->d, u->a + i * u->ld, x) - u->b[i];

	*f = e * e / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct user *u = self;
	const double *a = u->a + i * u->ld;
	double e = margin(u->d, a, x) - u->b[i];

	for (size_t j = 0; j < u->d; j++)
		g[j] = e * a[j];
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct user *u = self;
	double sum = 0, one;

	for (size_t i = 0; i < u->n; i++) {
		term_value(self, i, x, &one);
		sum += one;
	}
	*f = sum / (double)u->n;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct user *u = self;

	memset(g, 0, u->d * sizeof *g);
	for (size_t i = 0; i < u->n; i++) {
		const double *a = u->a + i * u->ld;
		double e = (margin(u->d, a, x) - u->b[i]) / (double)u->n;
		for (size_t j = 0; j < u->d; j++)
			g[j] += e * a[j];
	}
	return RATE_OK;
}

/* ---- block/1, as ratecheck-plugins(7) shows it ---- */

static int block_value(void *self, size_t nrep, size_t ld, const double *x, double *f)
{
	enum { TERMS = 32 };
	const struct user *u = self;
	double m[TERMS * RATE_BLOCK_MOST];

	memset(f, 0, nrep * sizeof *f);
	for (size_t i = 0; i < u->n; i += TERMS) {
		size_t terms = u->n - i < TERMS ? u->n - i : TERMS;
		u->host->all_products(nrep, u->d, ld, x, terms, u->a + i * ld, m);
		for (size_t k = 0; k < terms; k++)
			for (size_t r = 0; r < nrep; r++) {
				double e = m[k * nrep + r] - u->b[i + k];
				f[r] += e * e / 2;
			}
	}
	for (size_t r = 0; r < nrep; r++)
		f[r] /= (double)u->n;
	return RATE_OK;
}

static int block_gradient(void *self, size_t nrep, size_t ld, const double *x, const uint64_t *index,
                          size_t batch, double *g)
{
	const struct user *u = self;
	double e[RATE_BLOCK_MOST], share = 1 / (double)batch;

	for (size_t r = 0; r < nrep && !index; r++)
		gradient(self, x + r * ld, g + r * ld);
	for (size_t k = 0; k < batch; k++, index++) {
		u->host->row_products(nrep, ld, x, u->a, index, batch, e);
		for (size_t r = 0; r < nrep; r++)
			e[r] = share * (e[r] - u->b[index[r * batch]]);
		u->host->row_multiples(nrep, ld, e, u->a, index, batch, k > 0, g);
	}
	return RATE_OK;
}

static const double *block_rows(void *self, size_t ld)
{
	const struct user *u = self;

	(void)ld;
	return u->a;
}

static int block_slopes(void *self, size_t nrep, const uint64_t *index, double *m)
{
	const struct user *u = self;

	for (size_t r = 0; r < nrep; r++)
		m[r] -= u->b[index[r]];
	return RATE_OK;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->value = 1;
	return strcmp(name, "convex") ? RATE_FAIL : RATE_OK;
}

static int vector(void *self, const char *name, size_t length, double *out)
{
	const struct user *u = self;

	if (strcmp(name, "x_star") || length != u->d)
		return RATE_FAIL;
	memcpy(out, u->x_star, length * sizeof *out);
	return RATE_OK;
}

static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_block_oracles blocks = { sizeof blocks, block_value, block_gradient, NULL, NULL };
static const rate_block_oracles with_slopes = { sizeof with_slopes, block_value, block_gradient, block_rows,
                                                block_slopes };

static const void *interface(void *self, const char *name)
{
	const struct user *u = self;

	if (!u)
		return NULL;
	if (!strcmp(name, "constants/1"))
		return &constants;
	if (!strcmp(name, "finite-sum/1"))
		return &sum;
	return !u->block || strcmp(name, "block/1") ? NULL : u->block > 1 ? &with_slopes : &blocks;
}

static const rate_objective user = { sizeof user, RATE_ABI, "user-least-squares", "a user's least squares", "", "", 0,
	RATE_ROWS(params), create, destroy, dim, value, gradient, interface };
static const rate_objective *const objectives[] = { &user };
RATE_PLUGIN("user-least-squares", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
