/* Random reversible chains of a few states.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef THEOREMS_DISTRIBUTED_CHAINS_H
#define THEOREMS_DISTRIBUTED_CHAINS_H

#include "../common.h"
#include "../../methods/elimination.h"

enum { MOST = 5 };

struct chain {
	size_t n;
	double P[MOST * MOST], mu[MOST];
	double f[MOST], size;                 /* of mean 0 under mu; root of its mean square */
	double shares[MOST];                  /* positive numbers */
	double lambda[MOST], part[MOST - 1];  /* eigenvalues, 1 the last; f in the eigenvectors of the others */
};

/* The flows mu_i P_ij are symmetric random numbers. */
RATE_INLINE int draw_chain(const rate_host *host, uint64_t number, size_t n, struct chain *c)
{
	double flow[MOST * MOST], like[MOST * MOST], vectors[MOST * MOST], all = 0, mean = 0, square = 0;

	c->n = n;
	host->uniforms(host, number, 0, n * n, flow);
	host->uniforms(host, number, 1, n, c->shares);
	host->normals(host, number, 2, n, c->f);
	for (size_t i = 0; i < n; i++) {
		c->shares[i] += 0.1;
		for (size_t j = 0; j < i; j++)
			flow[i * n + j] = flow[j * n + i];
	}
	for (size_t i = 0; i < n; i++) {
		c->mu[i] = 0;
		for (size_t j = 0; j < n; j++)
			c->mu[i] += flow[i * n + j];
		all += c->mu[i];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			c->P[i * n + j] = flow[i * n + j] / c->mu[i];
			like[i * n + j] = flow[i * n + j] / sqrt(c->mu[i] * c->mu[j]);
		}
	for (size_t i = 0; i < n; i++) {
		c->mu[i] /= all;
		mean += c->mu[i] * c->f[i];
	}
	for (size_t i = 0; i < n; i++) {
		c->f[i] -= mean;
		square += c->mu[i] * c->f[i] * c->f[i];
	}
	c->size = sqrt(square);
	if (host->eigen(host, n, like, c->lambda, vectors))
		return RATE_FAIL;
	for (size_t k = 0; k + 1 < n; k++) {
		c->part[k] = 0;
		for (size_t i = 0; i < n; i++)
			c->part[k] += sqrt(c->mu[i]) * c->f[i] * vectors[k * n + i];
	}
	return RATE_OK;
}

#endif
