/* What plugins may call.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <lapacke.h>
#include <math.h>
#include <Random123/philox.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/kernels.h"
#include "plugins/load.h"
#include "plugins/table.h"

static _Thread_local char last_error[512];

const char *rate_host_error(void)
{
	return last_error;
}

void rate_host_clear_error(void)
{
	*last_error = '\0';
}

__attribute__((format(printf, 2, 3))) static void host_log(const rate_host *host, const char *format, ...)
{
	va_list ap;

	(void)host;
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	fputc('\n', stderr);
	va_end(ap);
}

__attribute__((format(printf, 2, 3))) static int host_fail(const rate_host *host, const char *format, ...)
{
	va_list ap;

	(void)host;
	va_start(ap, format);
	vsnprintf(last_error, sizeof last_error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

/* Four 32-bit words make two numbers in (0, 1). The tag keeps data apart from the replicates' streams. */
static void two_uniforms(uint64_t seed, uint64_t stream, uint64_t i, double u[2])
{
	philox4x32_key_t k = { { (uint32_t)seed, (uint32_t)(seed >> 32) ^ 0xda7au } };
	philox4x32_ctr_t c = { { (uint32_t)i, (uint32_t)(i >> 32), (uint32_t)stream, (uint32_t)(stream >> 32) } };

	c = philox4x32(c, k);
	for (int j = 0; j < 2; j++)
		u[j] = ((double)(((uint64_t)c.v[2 * j + 1] << 32 | c.v[2 * j]) >> 12) + 0.5) * 0x1p-52;
}

static void host_uniforms(const rate_host *host, uint64_t seed, uint64_t stream, size_t n, double *out)
{
	double u[2];

	(void)host;
	for (size_t i = 0; i < n; i++) {
		if (i % 2 == 0)
			two_uniforms(seed, stream, i / 2, u);
		out[i] = u[i % 2];
	}
}

static void host_normals(const rate_host *host, uint64_t seed, uint64_t stream, size_t n, double *out)
{
	double u[2];

	(void)host;
	for (size_t i = 0; i < n; i += 2) {
		two_uniforms(seed, stream, i / 2, u);
		out[i] = sqrt(-2 * log(u[0])) * cos(2 * M_PI * u[1]);
		if (i + 1 < n)
			out[i + 1] = sqrt(-2 * log(u[0])) * sin(2 * M_PI * u[1]);
	}
}

/* The sign of an eigenvector is free: the largest entry is made positive, so that data do not depend on the library. */
static void fix_sign(size_t n, double *v)
{
	size_t big = 0;

	for (size_t j = 1; j < n; j++)
		if (fabs(v[j]) > fabs(v[big]) * (1 + 1e-9))
			big = j;
	for (size_t j = 0; v[big] < 0 && j < n; j++)
		v[j] = j == big ? v[j] : -v[j];
	v[big] = fabs(v[big]);
}

static int host_eigen(const rate_host *host, size_t n, const double *a, double *values, double *vectors)
{
	double *copy = malloc(n * n * sizeof *copy);
	lapack_int info = -1;

	if (copy) {
		memcpy(copy, a, n * n * sizeof *copy);
		/* Column-major storage of the result makes each eigenvector a contiguous row for us. */
		info = LAPACKE_dsyevd(LAPACK_COL_MAJOR, vectors ? 'V' : 'N', 'U', (lapack_int)n, copy,
		                      (lapack_int)n, values);
		for (size_t k = 0; !info && vectors && k < n; k++) {
			memcpy(vectors + k * n, copy + k * n, n * sizeof *vectors);
			fix_sign(n, vectors + k * n);
		}
	}
	free(copy);
	return info ? host_fail(host, "eigenvalues of a %zu x %zu matrix: LAPACK says %d", n, n, (int)info) : RATE_OK;
}

/* Transposing a matrix does not change its eigenvalues: rows may be handed over as columns. */
static int host_spectrum(const rate_host *host, size_t n, const double *a, double *re, double *im)
{
	double *copy = malloc(n * n * sizeof *copy);
	lapack_int info = -1;

	if (copy) {
		memcpy(copy, a, n * n * sizeof *copy);
		info = LAPACKE_dgeev(LAPACK_COL_MAJOR, 'N', 'N', (lapack_int)n, copy, (lapack_int)n, re, im,
		                     NULL, 1, NULL, 1);
	}
	free(copy);
	return info ? host_fail(host, "eigenvalues of a %zu x %zu matrix: LAPACK says %d", n, n, (int)info) : RATE_OK;
}

static int host_solve(const rate_host *host, size_t n, const double *a, const double *b, double *x)
{
	double *values = malloc((n + n * n) * sizeof *values), *v = values + n;
	int rc = RATE_FAIL;

	if (!values)
		return host_fail(host, "out of memory for a %zu x %zu system", n, n);
	if (host_eigen(host, n, a, values, v))
		goto out;
	memset(x, 0, n * sizeof *x);
	for (size_t k = 0; k < n; k++) {
		double c = 0;
		if (!(fabs(values[k]) > 1e-13 * (double)n * fabs(values[n - 1])))
			continue;
		for (size_t j = 0; j < n; j++)
			c += v[k * n + j] * b[j];
		for (size_t j = 0; j < n; j++)
			x[j] += c / values[k] * v[k * n + j];
	}
	rc = RATE_OK;
out:
	free(values);
	return rc;
}

static int host_table(const rate_host *host, const char *file, rate_table *out)
{
	/* What the plugin was built with may be shorter, but not than the first of all. */
	const uint32_t first = offsetof(rate_table, sparse);
	uint32_t size = out->size < sizeof *out ? out->size > first ? out->size : first : (uint32_t)sizeof *out;
	rate_error error;
	rate_table t;

	if (rate_table_read(file, RATE_HAS(out, rate_table, norm2) && out->sparse, &t, &error))
		return host_fail(host, "%s", error.text);
	if (!RATE_HAS(out, rate_table, raw) && (t.raw || t.standardise != (t.a ? t.columns : 0)))
		return host_fail(host, "%s: the plugin was built before data sets had options", file);
	memcpy(out, &t, size);
	out->size = size;
	return RATE_OK;
}

const rate_host *rate_host_services(void)
{
	static rate_host host = { .size = sizeof host, .abi = RATE_ABI, .log = host_log, .fail = host_fail,
		                      .normals = host_normals, .uniforms = host_uniforms, .eigen = host_eigen,
		                      .solve = host_solve, .table = host_table, .spectrum = host_spectrum };

	if (!host.row_products) {
		const rate_kernels *k = rate_kernels_chosen();
		k = k ? k : rate_kernels_named(NULL); /* a wrong RATECHECK_ISA is refused elsewhere */
		host.row_products = k->row_products;
		host.row_multiples = k->row_multiples;
		host.all_products = k->all_products;
	}
	return &host;
}
