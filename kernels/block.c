/* Compiled once for each instruction set, with RATE_ISA as the suffix of the one name that it exports.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernels.h"
/* Each stands on those before it. */
#include "kernels/lanes.h"
#include "kernels/words.h"
#include "kernels/vectors.h"
#include "kernels/rows.h"
#include "kernels/terms.h"
#include "kernels/sparse.h"
#include "kernels/tiles.h"

static void term_gradients(const rate_design *g, size_t nrep, const double *x, const uint64_t *index, size_t batch,
                           double *out)
{
	(g->start ? sparse_term_gradients : dense_term_gradients)(g, nrep, x, index, batch, out);
}

static void term_steps(const rate_design *g, size_t nrep, const uint64_t *index, uint64_t next, double a, double *x)
{
	if (g->start)
		sparse_term_steps(g, nrep, index, next, a, x);
	else
		dense_term_steps(g, nrep, index, next, a, x);
}

static void values(const rate_design *g, size_t nrep, const double *x, size_t stride, double *f)
{
	(g->start ? sparse_values : dense_values)(g, nrep, x, stride, f);
}

static void gradients(const rate_design *g, size_t nrep, const double *x, size_t stride, double *out)
{
	(g->start ? sparse_gradients : dense_gradients)(g, nrep, x, stride, out);
}

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
extern const rate_kernels JOIN(rate_kernels_, RATE_ISA);
const rate_kernels JOIN(rate_kernels_, RATE_ISA) = {
	.isa = NAME, .philox = philox, .indices = indices, .axpy = axpy, .scale = scale,
	.approach = approach, .dot = dot,
	.about_squares = about_squares, .finite_steps = finite_steps, .distances = distances,
	.exp_negative = exp_all, .softplus = softplus_all, .sigmoid = sigmoid_all,
	.row_products = row_products, .row_multiples = row_multiples, .all_products = all_products,
	.row_steps = row_steps, .across = across,
	.term_gradients = term_gradients, .term_steps = term_steps, .values = values, .gradients = gradients,
	.sparse_both = sparse_both,
};
