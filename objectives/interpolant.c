/* interpolant: the function that runs through given points (x, g, f), from a file that `ratecheck exact --save`
 * writes: the worst function of a method, found by a semidefinite program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Let f be mu-strongly convex (mu < 0: weakly convex) and L-smooth, l = L - mu, and w_i = x_i - (g_i - mu x_i)/l,
 * c_i = f_i - mu/2 |x_i|^2 - |g_i - mu x_i|^2/(2l). Then
 *
 *     f(x) = mu/2 |x|^2 + min over a >= 0, sum a = 1 of l/2 |x - sum a_i w_i|^2 + sum a_i c_i,
 *
 * a quadratic and the Moreau envelope of the convex hull of the points (w_i, c_i): L-smooth and mu-strongly convex
 * everywhere, and with the values f_i and the gradients g_i at x_i if any function of the class has them. For L = inf
 * it is mu/2 |x|^2 + max_i (f_i + <g_i, x - x_i>); the points are such that piece i alone is on top at x_i.
 *
 * Several functions: the terms of a sum, and h of a composite problem. The minimiser is 0 with value 0. A smooth one
 * offers the identity as its metric (metric/1).
 *
 * The file: words and numbers, # to the end of a line.
 *
 *     interpolant 1  dimension 2  terms 1  composite 0  minimiser 1
 *     start 0.8 0.6
 *     function mu 0 L 1 G inf points 5
 *     <f> <x: d numbers> <g: d numbers>      ... one line for each point
 *
 *     ratecheck exact gd-convex-smooth --steps 4 --save worst
 *     ratecheck verify gd-convex-smooth --objective interpolant:file=worst --steps 4
 */
#include "common.h"

#include <stdio.h>

enum { FILE_NAME };
static const rate_param params[] = { [FILE_NAME] = { "file", RATE_FILE, NULL, 0, 0, NULL,
	                                             "points, as `ratecheck exact --save` writes them" } };

enum { MOST_POINTS = 4096, MOST_DIMENSION = 4096, MOST_TERMS = 64 };

/* One function. Smooth: the hull of (w_i, c_i). Not: pieces c_i + <w_i, x>, with w_i the slopes. */
struct part {
	double mu, L, l, G;
	size_t points;
	double *x, *g, *f, *w, *c, *q; /* q = W W' */
	double *a, *line, *kkt, *right; /* work of the program on the simplex */
	size_t *in;
};

struct interpolant {
	struct facts known;
	size_t terms, parts;
	int smooth;
	struct part *part;
	double *start, *zero, *L_i, *zeros;
};

/* ---- min over the simplex of s/2 a'Qa + line'a: steps from face to face, each with the minimiser of its affine hull
 * ---- */

/* k x k system with one right side, by elimination with pivots. 0: singular. */
static int eliminate(size_t k, double *m, double *b)
{
	for (size_t c = 0; c < k; c++) {
		size_t p = c;
		for (size_t r = c + 1; r < k; r++)
			p = fabs(m[r * k + c]) > fabs(m[p * k + c]) ? r : p;
		if (!(fabs(m[p * k + c]) > 1e-300))
			return 0;
		for (size_t j = 0; j < k && p != c; j++) {
			double t = m[p * k + j];
			m[p * k + j] = m[c * k + j];
			m[c * k + j] = t;
		}
		double t = b[p];
		b[p] = b[c];
		b[c] = t;
		for (size_t r = c + 1; r < k; r++) {
			double f = m[r * k + c] / m[c * k + c];
			for (size_t j = c; f != 0 && j < k; j++)
				m[r * k + j] -= f * m[c * k + j];
			b[r] -= f * b[c];
		}
	}
	for (size_t c = k; c-- > 0;) {
		for (size_t j = c + 1; j < k; j++)
			b[c] -= m[c * k + j] * b[j];
		b[c] /= m[c * k + c];
	}
	return 1;
}

static void minimise(struct part *p, double s)
{
	size_t k = p->points, count = 1, best = 0;
	double size = 1e-300, ridge;

	for (size_t i = 0; i < k; i++) {
		p->a[i] = 0;
		size = fmax(size, fmax(s * p->q[i * k + i], fabs(p->line[i])));
		if (s / 2 * p->q[i * k + i] + p->line[i] < s / 2 * p->q[best * k + best] + p->line[best])
			best = i;
	}
	ridge = 1e-14 * size;
	p->a[best] = 1;
	p->in[0] = best;
	for (size_t round = 0; round < 50 * k; round++) {
		double low = HUGE_VAL, level = -HUGE_VAL;
		size_t enter = k;
		for (size_t i = 0; i < k; i++) {
			double slope = p->line[i];
			int inside = 0;
			for (size_t j = 0; j < count; j++) {
				slope += s * p->q[i * k + p->in[j]] * p->a[p->in[j]];
				inside |= p->in[j] == i;
			}
			if (inside)
				level = fmax(level, slope);
			else if (slope < low) {
				low = slope;
				enter = i;
			}
		}
		if (round && !(low < level - 1e-14 * size))
			return;
		if (low < level - 1e-14 * size)
			p->in[count++] = enter;
		for (;;) {
			size_t m = count + 1, leave = count;
			double step = 1;
			for (size_t r = 0; r < count; r++) {
				for (size_t c = 0; c < count; c++)
					p->kkt[r * m + c] = s * p->q[p->in[r] * k + p->in[c]] + (r == c ? ridge : 0);
				p->kkt[r * m + count] = p->kkt[count * m + r] = size;
				p->right[r] = -p->line[p->in[r]];
			}
			p->kkt[count * m + count] = 0;
			p->right[count] = size;
			if (!eliminate(m, p->kkt, p->right)) {
				count--;
				break;
			}
			for (size_t r = 0; r < count; r++) {
				double a = p->a[p->in[r]];
				if (p->right[r] < 0 && a / (a - p->right[r]) < step) {
					step = a / (a - p->right[r]);
					leave = r;
				}
			}
			for (size_t r = 0; r < count; r++)
				p->a[p->in[r]] += step * (p->right[r] - p->a[p->in[r]]);
			if (leave == count)
				break;
			p->a[p->in[leave]] = 0;
			p->in[leave] = p->in[--count];
		}
	}
}

/* ---- Oracles of one function ---- */

/* The weights of the hull at x, for min of l/2 |x - sum a w|^2 + sum a c. */
static void weigh(struct part *p, size_t d, double l, const double *x)
{
	for (size_t i = 0; i < p->points; i++)
		p->line[i] = p->c[i] - l * dot(d, p->w + i * d, x);
	minimise(p, l);
}

static double smooth_at(struct part *p, size_t d, const double *x, double *g)
{
	double value = p->mu / 2 * dot(d, x, x), square = 0;

	weigh(p, d, p->l, x);
	for (size_t j = 0; j < d; j++) {
		double r = x[j];
		for (size_t i = 0; i < p->points; i++)
			r -= p->a[i] * p->w[i * d + j];
		square += r * r;
		if (g)
			g[j] = p->mu * x[j] + p->l * r;
	}
	for (size_t i = 0; i < p->points; i++)
		value += p->a[i] * p->c[i];
	return value + p->l / 2 * square;
}

static double pieces_at(const struct part *p, size_t d, const double *x, double *g)
{
	double best = -HUGE_VAL;
	size_t at = 0;

	for (size_t i = 0; i < p->points; i++) {
		double v = p->c[i] + dot(d, p->w + i * d, x);
		if (v > best) {
			best = v;
			at = i;
		}
	}
	for (size_t j = 0; g && j < d; j++)
		g[j] = p->mu * x[j] + p->w[at * d + j];
	return best + p->mu / 2 * dot(d, x, x);
}

static double at(struct part *p, size_t d, const double *x, double *g)
{
	return isinf(p->L) ? pieces_at(p, d, x, g) : smooth_at(p, d, x, g);
}

/* mu/2 |.|^2 is taken into the square first: gamma and x become gamma and x over 1 + gamma mu. */
static void prox_of(struct part *p, size_t d, double gamma, const double *x, double *out)
{
	double by = 1 + gamma * p->mu, reach;

	gamma /= by;
	if (isinf(p->L)) {
		/* max over a of sum a_i (c_i + <w_i, x>) - gamma/2 |sum a w|^2 */
		for (size_t i = 0; i < p->points; i++)
			p->line[i] = -p->c[i] - dot(d, p->w + i * d, x) / by;
		minimise(p, gamma);
		for (size_t j = 0; j < d; j++) {
			double r = x[j] / by;
			for (size_t i = 0; i < p->points; i++)
				r -= gamma * p->a[i] * p->w[i * d + j];
			out[j] = r;
		}
		return;
	}
	/* The prox of an envelope goes part of the way to the prox of what it is an envelope of. */
	reach = gamma + 1 / p->l;
	for (size_t j = 0; j < d; j++)
		out[j] = x[j] / by;
	weigh(p, d, 1 / reach, out);
	for (size_t j = 0; j < d; j++) {
		double hull = 0;
		for (size_t i = 0; i < p->points; i++)
			hull += p->a[i] * p->w[i * d + j];
		out[j] += gamma / reach * (hull - out[j]);
	}
}

/* ---- The objective ---- */

static int value(void *self, const double *x, double *f)
{
	struct interpolant *k = self;

	*f = 0;
	for (size_t i = 0; i < k->terms; i++)
		*f += at(&k->part[i], k->known.d, x, NULL) / (double)k->terms;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	struct interpolant *k = self;
	size_t d = k->known.d;
	double *one = k->zeros + k->terms;

	if (k->terms == 1) {
		at(&k->part[0], d, x, g);
		return RATE_OK;
	}
	memset(g, 0, d * sizeof *g);
	for (size_t i = 0; i < k->terms; i++) {
		at(&k->part[i], d, x, one);
		for (size_t j = 0; j < d; j++)
			g[j] += one[j] / (double)k->terms;
	}
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct interpolant *)self)->terms;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	struct interpolant *k = self;

	*f = at(&k->part[i], k->known.d, x, NULL);
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	struct interpolant *k = self;

	at(&k->part[i], k->known.d, x, g);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	struct interpolant *k = self;

	prox_of(&k->part[i], k->known.d, gamma, x, p);
	return RATE_OK;
}

static int h_value(void *self, const double *x, double *h)
{
	struct interpolant *k = self;

	*h = at(&k->part[k->terms], k->known.d, x, NULL);
	return RATE_OK;
}

static int h_prox(void *self, double gamma, const double *x, double *p)
{
	struct interpolant *k = self;

	prox_of(&k->part[k->terms], k->known.d, gamma, x, p);
	return RATE_OK;
}

/* The metric in which it was made: the identity. */
static int metric_product(void *self, const double *v, double *out)
{
	memmove(out, v, facts_dim(self) * sizeof *out);
	return RATE_OK;
}

static int metric_dense(void *self, double *out)
{
	size_t d = facts_dim(self);

	for (size_t i = 0; i < d * d; i++)
		out[i] = i % (d + 1) == 0;
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_composite composite = { sizeof composite, h_value, h_prox };
static const rate_metric metric = { sizeof metric, metric_product, metric_dense };
OFFERS({ "finite-sum/1", &sum }, { "composite/1", &composite }, { "metric/1", &metric })

static const void *interface(void *self, const char *name)
{
	const struct interpolant *k = self;

	if ((!strcmp(name, "composite/1") && k->parts == k->terms) || (!strcmp(name, "metric/1") && !k->smooth))
		return NULL;
	return offers(self, name);
}

/* ---- The file ---- */

struct reader {
	FILE *in;
	const rate_host *host;
	const char *file;
	unsigned long line;
	int failed;
};

static int skip(struct reader *r)
{
	int c;

	while ((c = fgetc(r->in)) != EOF) {
		if (c == '#')
			while ((c = fgetc(r->in)) != EOF && c != '\n')
				;
		r->line += c == '\n';
		if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
			break;
	}
	return c;
}

static void word(struct reader *r, char *out, size_t size)
{
	int c = r->failed ? EOF : skip(r);
	size_t n = 0;

	for (; c != EOF && c != ' ' && c != '\t' && c != '\n' && c != '\r'; c = fgetc(r->in))
		if (n + 1 < size)
			out[n++] = (char)c;
	if (c == '\n')
		ungetc(c, r->in);
	out[n] = '\0';
}

static double number(struct reader *r)
{
	char text[64], *end;
	double v;

	word(r, text, sizeof text);
	v = strtod(text, &end);
	if (!r->failed && (end == text || *end || v != v)) {
		r->host->fail(r->host, "%s, line %lu: a number is wanted, not \"%s\"", r->file, r->line, text);
		r->failed = 1;
	}
	return r->failed ? 0 : v;
}

static double named(struct reader *r, const char *name, double low, double high)
{
	char text[64];
	double v;

	word(r, text, sizeof text);
	if (!r->failed && strcmp(text, name)) {
		r->host->fail(r->host, "%s, line %lu: \"%s\" is wanted, not \"%s\"", r->file, r->line, name, text);
		r->failed = 1;
	}
	v = number(r);
	if (!r->failed && !(v >= low && v <= high)) {
		r->host->fail(r->host, "%s, line %lu: %s = %g is not in [%g, %g]", r->file, r->line, name, v, low,
		              high);
		r->failed = 1;
	}
	return v;
}

static double finite_number(struct reader *r)
{
	double v = number(r);

	if (!r->failed && !isfinite(v)) {
		r->host->fail(r->host, "%s, line %lu: a finite number is wanted", r->file, r->line);
		r->failed = 1;
	}
	return v;
}

/* w, c and Q of the points. The least value is 0 exactly, which a solver only reaches up to its accuracy. */
static void finish(struct part *p, size_t d, int minimiser)
{
	size_t k = p->points;
	double least = HUGE_VAL;

	for (size_t i = 0; i < k; i++) {
		const double *x = p->x + i * d, *g = p->g + i * d;
		double *w = p->w + i * d, rest = 0;
		for (size_t j = 0; j < d; j++) {
			double r = g[j] - p->mu * x[j];
			rest += r * r;
			w[j] = isinf(p->L) ? r : x[j] - r / p->l;
		}
		p->c[i] = p->f[i] - p->mu / 2 * dot(d, x, x) - (isinf(p->L) ? dot(d, w, x) : rest / (2 * p->l));
		least = fmin(least, isinf(p->L) ? -p->c[i] : p->mu < 0 ? p->c[i] - p->L * dot(d, w, w) : p->c[i]);
	}
	for (size_t i = 0; i < k; i++) {
		if (!minimiser)
			continue;
		if (isinf(p->L))
			p->c[i] = fmin(p->c[i], 0);
		else if (p->mu < 0)
			p->c[i] -= least;
		else
			p->c[i] = fmax(p->c[i], 0);
	}
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			p->q[i * k + j] = dot(d, p->w + i * d, p->w + j * d);
}

static int read_part(struct reader *r, struct part *p, size_t d, int minimiser)
{
	char text[64];
	size_t k;

	word(r, text, sizeof text);
	if (!r->failed && strcmp(text, "function"))
		return r->host->fail(r->host, "%s, line %lu: \"function\" is wanted, not \"%s\"", r->file, r->line,
		                     text);
	p->mu = named(r, "mu", -1e100, 1e100);
	p->L = named(r, "L", 0, HUGE_VAL);
	p->G = named(r, "G", 0, HUGE_VAL);
	k = p->points = (size_t)named(r, "points", 1, MOST_POINTS);
	p->l = p->L - p->mu;
	if (r->failed)
		return RATE_FAIL;
	if (!(p->l > 0) || (isinf(p->L) && p->mu < 0))
		return r->host->fail(r->host, "%s, line %lu: mu < L is wanted, and mu >= 0 where L = inf", r->file,
		                     r->line);
	p->x = calloc(3 * k * d + k * (k + 4) + (k + 2) * (k + 2), sizeof(double));
	p->in = calloc(k + 1, sizeof *p->in);
	if (!p->x || !p->in)
		return r->host->fail(r->host, "no memory for %zu points", k);
	p->g = p->x + k * d;
	p->w = p->g + k * d;
	p->f = p->w + k * d;
	p->c = p->f + k;
	p->a = p->c + k;
	p->line = p->a + k;
	p->q = p->line + k;
	p->kkt = p->q + k * k;
	p->right = p->kkt + (k + 1) * (k + 1);
	for (size_t i = 0; i < k && !r->failed; i++) {
		p->f[i] = finite_number(r);
		for (size_t j = 0; j < d; j++)
			p->x[i * d + j] = finite_number(r);
		for (size_t j = 0; j < d; j++)
			p->g[i * d + j] = finite_number(r);
	}
	if (r->failed)
		return RATE_FAIL;
	finish(p, d, minimiser);
	for (size_t i = 0; i < k; i++)
		if (isfinite(p->G))
			p->G = fmax(p->G, sqrt(dot(d, p->g + i * d, p->g + i * d)));
	return RATE_OK;
}

static void destroy(void *self)
{
	struct interpolant *k = self;

	for (size_t i = 0; k && k->part && i < k->parts; i++) {
		free(k->part[i].x);
		free(k->part[i].in);
	}
	if (k)
		free(k->part);
	free(k);
}

static void say_what_is_known(struct interpolant *k, int minimiser)
{
	const struct part *p = k->part;
	double L = 0, mu = HUGE_VAL, G = 0;

	for (size_t i = 0; i < k->terms; i++) {
		L = fmax(L, p[i].L);
		mu = fmin(mu, p[i].mu);
		G = fmax(G, p[i].G);
		k->L_i[i] = p[i].L;
	}
	know(k, "convex", RATE_EXACT, mu >= 0, mu >= 0 ? "an envelope, or a maximum, of a convex function" : "mu < 0");
	if (isfinite(L)) {
		know(k, "L", RATE_EXACT, L, "a Moreau envelope");
		know(k, "L_max", RATE_EXACT, L, "a Moreau envelope");
		know(k, "L_metric", RATE_EXACT, L, "in the metric of the identity");
		k->smooth = 1;
		know_vector(k, "L_i", k->terms, k->L_i);
	}
	if (mu > 0)
		know(k, "mu", RATE_EXACT, mu, "mu/2 |x|^2 is a part of it");
	if (mu > 0 && k->smooth)
		know(k, "mu_metric", RATE_EXACT, mu, "in the metric of the identity");
	if (isfinite(G) && mu <= 0)
		know(k, "G", RATE_EXACT, G, "the longest slope");
	if (minimiser || k->terms == 1) {
		know(k, "f_star", RATE_EXACT, 0, "made so");
		know(k, "F_star", RATE_EXACT, 0, "made so");
	}
	if (minimiser)
		know_vector(k, "x_star", k->known.d, k->zero);
	if (k->terms == 1) {
		know_single(k);
		know_vector(k, "f_i_star", 1, k->zeros);
	}
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const char *file = args->value[FILE_NAME].text;
	struct reader r = { fopen(file, "r"), host, file, 1, 0 };
	struct interpolant *k = NULL;
	size_t d, terms;
	int with_h, minimiser, rc = RATE_FAIL;

	if (!r.in)
		return host
		    ->fail(host,
		           "%s cannot be read: `ratecheck exact THEOREM --steps N --save FILE` writes such a file",
		           file);
	named(&r, "interpolant", 1, 1);
	d = (size_t)named(&r, "dimension", 1, MOST_DIMENSION);
	terms = (size_t)named(&r, "terms", 1, MOST_TERMS);
	with_h = (int)named(&r, "composite", 0, 1);
	minimiser = (int)named(&r, "minimiser", 0, 1);
	if (r.failed || !(k = facts_new(host, sizeof *k, d, 3 * d + 2 * terms)))
		goto out;
	k->start = facts_take(k, d);
	k->known.start = k->start;
	k->zero = facts_take(k, d);
	k->L_i = facts_take(k, terms);
	k->zeros = facts_take(k, terms + d);
	k->terms = terms;
	if (!(k->part = calloc(terms + 1, sizeof *k->part)))
		goto out;
	char text[64];
	word(&r, text, sizeof text);
	if (strcmp(text, "start")) {
		host->fail(host, "%s, line %lu: \"start\" is wanted, not \"%s\"", file, r.line, text);
		goto out;
	}
	for (size_t j = 0; j < d; j++)
		k->start[j] = finite_number(&r);
	for (; k->parts < terms + (size_t)with_h; k->parts++)
		if (r.failed || read_part(&r, &k->part[k->parts], d, minimiser || terms == 1)) {
			k->parts++;
			goto out;
		}
	say_what_is_known(k, minimiser);
	*self = k;
	rc = RATE_OK;
out:
	fclose(r.in);
	if (rc)
		destroy(k);
	return rc;
}

static const rate_objective interpolant = { .size = sizeof(rate_objective),
	.abi = RATE_ABI,
	.dim = facts_dim,
	.id = "interpolant",
	.title = "Function through given points",
	.summary = "the worst function of a method, from a file that `ratecheck exact --save` writes",
	.source = "Taylor, Hendrickx & Glineur, Math. Program. 161 (2017), 307-345",
	.params = RATE_ROWS(params),
	.create = create,
	.destroy = destroy,
	.value = value,
	.gradient = gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &interpolant };
RATE_PLUGIN("interpolant", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
