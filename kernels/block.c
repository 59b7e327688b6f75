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
#include "kernels/tiles.h"

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
};
