/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/probe/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "plugins/load.h"

#define EPS 0x1p-52

/* ---- Findings ---- */

rate_finding *rate_find(rate_prober *p, const char *property)
{
	rate_probing *out = p->out;
	rate_finding *f;

	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->finding[i].property, property))
			return &out->finding[i];
	f = &out->finding[out->count < RATE_FINDINGS - 1 ? out->count++ : out->count];
	*f = (rate_finding){ .declared = NAN, .measured = NAN };
	snprintf(f->property, sizeof f->property, "%s", property);
	return f;
}

rate_finding_code rate_weigh(rate_knowledge kind, int sign, double declared, double measured, double tolerance,
                             int exact)
{
	rate_knowledge other = sign > 0 ? RATE_LOWER : RATE_UPPER;
	int beyond = sign * (measured - declared) > tolerance, within = sign * (declared - measured) > tolerance;

	if (declared != declared)
		return RATE_UNDECLARED;
	if (kind == other)
		return beyond ? RATE_TRUE : !exact ? RATE_UNSEEN : within ? RATE_FALSE : RATE_TRUE;
	return beyond || (exact && kind == RATE_EXACT && within) ? RATE_FALSE : RATE_TRUE;
}

void rate_keep_witness(rate_prober *p, rate_finding *f, const double *x, const double *y)
{
	rate_probing *out = p->out;
	size_t d = p->d, room = p->room / sizeof(double);

	if (!f->points) {
		if ((out->vectors + 2) * d > room)
			return;
		f->first = out->vectors;
		out->vectors += 2;
	}
	memcpy(out->vector + f->first * d, x, d * sizeof *x);
	if (y)
		memcpy(out->vector + (f->first + 1) * d, y, d * sizeof *y);
	f->points = y ? 2 : 1;
}

/* What the number beside an oracle says. */
static const char *measure_of(const char *property)
{
	static const char *const text[][2] = {
		{ "gradient", "off from central differences, relative" },
		{ "term gradients", "off from central differences, relative" },
		{ "sample gradients", "off from central differences, relative" },
		{ "sum of gradients", "off from the mean of the term gradients, relative" },
		{ "sum of values", "off from the mean of the terms, relative" },
		{ "Hessian", "off from differences of gradients, relative" },
		{ "gap", "off from F - F_star, relative" },
		{ "prox", "how much better a point nearby is, relative" },
		{ "term prox", "how much better a point nearby is, relative" },
		{ "projection", "how far a second one moves, relative" },
		{ "lmo", "how much better another point is, relative" },
		{ "composition", "off from the term, relative" },
		{ "risk", "gradient off from the weighted slopes of the losses, relative" },
		{ "network", "share of the distance between agents that mixing leaves" },
		{ "purity", "same answer, input kept, nothing else written, floating-point state kept" },
		{ "block size", "a block gives the bits of its rows" },
		{ "slopes", "slopes times rows are the gradients of the terms" },
		{ "huge and tiny", "answers at norms from 0 to 1e90" },
		{ "unbiased samples", "mean noise along a direction, in standard errors" },
	};

	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		if (!strcmp(text[i][0], property))
			return text[i][1];
	return "";
}

void rate_note_oracle(rate_prober *p, const char *property, double measured, const char *fault)
{
	rate_finding *f = rate_find(p, property);

	if (f->code == RATE_FALSE)
		return;
	if (!(measured <= f->measured))
		f->measured = measured;
	if (!*f->why)
		snprintf(f->why, sizeof f->why, "%s", measure_of(property));
	if (!fault)
		return;
	f->code = RATE_FALSE;
	f->measured = measured;
	snprintf(f->why, sizeof f->why, "%s", fault);
	rate_keep_witness(p, f, p->x, NULL);
}

/* ---- Points ---- */

static void normals(rate_prober *p, double *out)
{
	rate_host_services()->normals(rate_host_services(), p->seed, p->draw++, p->d, out);
}

/* Two points about the minimiser (or the start), at scales from far to near. In a feasible set some come from far
 * outside and end on its boundary. */
void rate_draw_pair(rate_prober *p)
{
	rate_session *s = p->s;
	size_t d = p->d;
	const double *centre = s->x_star ? s->x_star : s->x0;
	double far, near;
	uint64_t word[2];

	rate_philox(p->seed, 0, 13, 0, p->draw, word);
	far = p->reach * exp2(6 * rate_uniform(word[0]) - 4) / sqrt((double)d);
	near = exp2(-8 * rate_uniform(word[1]));
	if (s->projection && word[0] % 8 == 0) {
		far *= 1024;
		near = 2;
	}
	normals(p, p->x);
	normals(p, p->y);
	for (size_t j = 0; j < d; j++) {
		p->x[j] = centre[j] + far * p->x[j];
		p->y[j] = p->x[j] + far * near * p->y[j];
	}
	rate_project_at(s, p->x);
	rate_project_at(s, p->y);
}

void rate_draw_direction(rate_prober *p, size_t k)
{
	double norm;

	normals(p, p->e);
	if (k % 2) {
		memset(p->e, 0, p->d * sizeof *p->e);
		p->e[(k / 2) % p->d] = 1;
	}
	norm = rate_norm_n(p->e, p->d);
	for (size_t j = 0; j < p->d; j++)
		p->e[j] /= norm;
}

int rate_measure_pair(rate_prober *p)
{
	rate_session *s = p->s;
	size_t d = p->d;
	double L, g;

	if (rate_f(s, p->x, &p->fx) || rate_f(s, p->y, &p->fy) || rate_g(s, p->x, p->gx) || rate_g(s, p->y, p->gy))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++) {
		p->e[j] = p->y[j] - p->x[j];
		p->dg[j] = p->gy[j] - p->gx[j];
	}
	p->dist = rate_norm_n(p->e, d);
	p->norm_dg = rate_norm_n(p->dg, d);
	p->inner = rate_dot_n(p->dg, p->e, d);
	p->bend = p->fy - p->fx - rate_dot_n(p->gx, p->e, d);
	p->size = rate_norm_n(p->x, d) + rate_norm_n(p->y, d) + (s->x_star ? rate_norm_n(s->x_star, d) : 0);
	L = isfinite(s->c.L) ? s->c.L : p->dist > 0 ? p->norm_dg / p->dist : 0;
	g = rate_norm_n(p->gx, d) + rate_norm_n(p->gy, d) + (isfinite(s->c.g02) ? sqrt(s->c.g02) : 0) + L * p->size;
	p->round_g = 64 * EPS * g;
	p->round_f = 64 * EPS * (fabs(p->fx) + fabs(p->fy) + g * (p->size + p->reach));
	return RATE_OK;
}

/* ---- Terms: of the sum, rounds of an online problem, or samples of a stream drawn once ---- */

static rate_stream_sample stream_sample(const rate_prober *p, size_t i)
{
	return (rate_stream_sample){ i, p->normal ? p->normal + i * p->s->normals : NULL };
}

static size_t index_of(const rate_prober *p, size_t i)
{
	return p->all_terms ? i : i * (p->s->run.n / p->terms);
}

static int fault(rate_prober *p, const char *oracle)
{
	const char *said = rate_host_error();

	if (!said || !*said)
		said = "returned an error";
	return rate_fail(&p->s->error, "%s: %s: %s", p->s->plugin, oracle, said);
}

int rate_term_value(rate_prober *p, size_t i, const double *x, double *f)
{
	rate_session *s = p->s;

	if (!s->stream)
		return rate_f_i(s, index_of(p, i), x, f);
	rate_stream_sample z = stream_sample(p, i);
	return s->stream->value(s->f.self, &z, x, f) == RATE_OK && isfinite(*f) ? RATE_OK : fault(p, "sample value");
}

int rate_term_gradient(rate_prober *p, size_t i, const double *x, double *g)
{
	rate_session *s = p->s;

	if (!s->stream)
		return rate_g_i(s, index_of(p, i), x, g);
	rate_stream_sample z = stream_sample(p, i);
	return s->stream->gradient(s->f.self, &z, x, g) == RATE_OK && isfinite(rate_norm_n(g, p->d))
	           ? RATE_OK
	           : fault(p, "sample gradient");
}

static int choose_terms(rate_prober *p)
{
	rate_session *s = p->s;
	size_t n = s->run.n, most = 4000000 / p->d + 1;

	p->terms = s->stream ? 64 : n < most ? n : most;
	p->all_terms = !s->stream && p->terms == n;
	if (!s->normals)
		return RATE_OK;
	if (!(p->normal = malloc(p->terms * s->normals * sizeof *p->normal)))
		return RATE_FAIL;
	rate_host_services()->normals(rate_host_services(), p->seed, UINT64_MAX, p->terms * s->normals, p->normal);
	return RATE_OK;
}

int rate_prober_open(rate_prober *p, rate_session *s, rate_probing *out, uint64_t effort, uint64_t seed)
{
	size_t ld = s->run.ld;
	double **vector[] = { &p->x, &p->y, &p->e, &p->gx, &p->gy, &p->dg, &p->a, &p->b, &p->turn };

	*p = (rate_prober){ .s = s, .out = out, .effort = effort, .seed = seed, .d = s->run.d, .points = 40,
		                .room = RATE_PROBE_ARENA - sizeof *out };
	out->d = s->run.d;
	out->n = s->run.n;
	p->reach = s->c.D2 > 0 ? sqrt(s->c.D2) : 1;
	/* Eight spare numbers behind each vector are canaries for oracles that write too far. */
	if (!(p->store = calloc(9 * (ld + 8), sizeof *p->store)))
		return RATE_FAIL;
	for (size_t i = 0; i < 9; i++)
		*vector[i] = p->store + i * (ld + 8);
	if (choose_terms(p) == RATE_OK)
		return RATE_OK;
	rate_prober_close(p);
	return RATE_FAIL;
}

void rate_prober_close(rate_prober *p)
{
	free(p->store);
	free(p->normal);
}
