/* The services of the real host, for tests/wide.c, which lives in another ABI.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "plugins/load.h"

void host_normals(uint64_t seed, uint64_t stream, size_t n, int uniform, long double *out);
int host_eigen(size_t n, const long double *a, long double *values, long double *vectors);

void host_normals(uint64_t seed, uint64_t stream, size_t n, int uniform, long double *out)
{
	const rate_host *host = rate_host_services();
	double *z = malloc((n + 1) * sizeof *z);

	(uniform ? host->uniforms : host->normals)(host, seed, stream, n, z);
	for (size_t i = 0; i < n; i++)
		out[i] = z[i];
	free(z);
}

int host_eigen(size_t n, const long double *a, long double *values, long double *vectors)
{
	double *m = malloc((2 * n * n + n) * sizeof *m), *v = m + n * n, *l = m + 2 * n * n;
	int rc;

	for (size_t i = 0; i < n * n; i++)
		m[i] = (double)a[i];
	rc = rate_host_services()->eigen(rate_host_services(), n, m, l, v);
	for (size_t i = 0; i < n; i++)
		values[i] = l[i];
	for (size_t i = 0; vectors && i < n * n; i++)
		vectors[i] = v[i];
	free(m);
	return rc;
}
