/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/kernels.h"

static double *numbers(size_t count)
{
	double *p = count < SIZE_MAX / sizeof *p - 8 ? aligned_alloc(64, (count * sizeof *p + 63) / 64 * 64) : NULL;

	if (p)
		memset(p, 0, count * sizeof *p);
	return p;
}

int rate_design_make(rate_design *out, const rate_glm *model)
{
	size_t n = model->n, d = model->d, ld = (d + 7) / 8 * 8, panels = (n + RATE_PANEL - 1) / RATE_PANEL;
	int finite = 1;

	*out = (rate_design){ model->link, n, d, ld, model->ridge, numbers(n * ld), numbers(panels * d * RATE_PANEL),
		                  numbers(panels * RATE_PANEL) };
	if (!out->row || !out->panel || !out->target) {
		rate_design_free(out);
		return RATE_FAIL;
	}
	for (size_t i = 0; i < n; i++) {
		double label = model->link == RATE_LOGISTIC ? model->b[i] : 1;
		finite &= isfinite(model->b[i]) != 0;
		out->target[i] = model->link == RATE_LOGISTIC ? 0 : model->b[i];
		for (size_t j = 0; j < d; j++) {
			double a = label * model->a[i * d + j];
			finite &= isfinite(a) != 0;
			out->row[i * ld + j] = out->panel[(i / RATE_PANEL * d + j) * RATE_PANEL + i % RATE_PANEL] = a;
		}
	}
	if (!finite)
		rate_design_free(out);
	return finite ? RATE_OK : RATE_FAIL;
}

void rate_design_free(rate_design *g)
{
	free(g->row);
	free(g->panel);
	free(g->target);
	*g = (rate_design){ 0 };
}
