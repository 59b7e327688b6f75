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

/* Rows as they are: only what they say is looked at. */
static int make_sparse(rate_design *out, const rate_glm *model)
{
	size_t n = model->n, d = model->d;
	int good = model->start[0] == 0;

	*out = (rate_design){ .link = model->link, .n = n, .d = d, .ld = (d + 7) / 8 * 8, .ridge = model->ridge,
		                  .target = numbers((n + RATE_PANEL - 1) / RATE_PANEL * RATE_PANEL),
		                  .start = model->start, .column = model->column, .value = model->value };
	if (!out->target)
		return RATE_FAIL;
	for (size_t i = 0; i < n; i++) {
		good &= isfinite(model->b[i]) && model->start[i] <= model->start[i + 1];
		out->target[i] = model->b[i];
	}
	for (size_t i = 0; i < n && good; i++)
		for (uint64_t k = model->start[i]; k < model->start[i + 1]; k++)
			good &= isfinite(model->value[k]) && model->column[k] < d &&
			    (k == model->start[i] || model->column[k - 1] < model->column[k]);
	if (!good)
		rate_design_free(out);
	else
		/* Written before it is read, and no page of it is there before. */
		out->beside = d < SIZE_MAX / 128 ? aligned_alloc(64, 64 * d) : NULL;
	return good ? RATE_OK : RATE_FAIL;
}

int rate_design_make(rate_design *out, const rate_glm *model)
{
	size_t n = model->n, d = model->d, ld = (d + 7) / 8 * 8, panels = (n + RATE_PANEL - 1) / RATE_PANEL;
	int finite = 1;

	if (!model->a)
		return make_sparse(out, model);
	*out = (rate_design){ .link = model->link, .n = n, .d = d, .ld = ld, .ridge = model->ridge,
		                  .row = numbers(n * ld), .panel = numbers(panels * d * RATE_PANEL),
		                  .target = numbers(panels * RATE_PANEL) };
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

size_t rate_design_row(const rate_design *g, size_t i, const uint32_t **column, const double **value)
{
	*column = g->start ? g->column + g->start[i] : NULL;
	*value = g->start ? g->value + g->start[i] : g->row + i * g->ld;
	return g->start ? g->start[i + 1] - g->start[i] : g->d;
}

double rate_design_numbers(const rate_design *g)
{
	return g->start ? (double)g->start[g->n] : (double)g->n * (double)g->d;
}

void rate_design_free(rate_design *g)
{
	free(g->row);
	free(g->panel);
	free(g->target);
	free(g->beside);
	*g = (rate_design){ 0 };
}
