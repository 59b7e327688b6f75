/* One deterministic check again in long double: how much of the rounding tolerance did the run in double use?
 *
 *     ./run tests/wide FOLDER CHAPTER THEOREM OBJECTIVE-SPEC METHOD-SPEC PARAMETERS T CURVE.csv
 *
 * FOLDER holds plugins built with tests/wide.h: ID.so for each objective and method, CHAPTER.so. The texts are those
 * of a result line of `ratecheck verify --format json`, the curve is what that check measured. Prints `points share
 * bound`: the largest |q - q'| over 1e-9 B + 64 eps s, and the largest relative difference of the bounds. Exit: 0; 1
 * if the share is above 1; 77 if this host lacks what it needs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/wide.h"

#include <dlfcn.h>

#include "ratecheck/ratecheck.h"

#define DOUBLE_EPS 0x1p-52L
enum { SKIP = 77, SCHEDULES = 8, MOST_D = 512 };

void host_normals(uint64_t seed, uint64_t stream, size_t n, int uniform, double *out);
int host_eigen(size_t n, const double *a, double *values, double *vectors);

static __attribute__((noreturn)) void skip(const char *why, const char *what)
{
	printf("skip %s %s\n", why, what);
	exit(SKIP);
}

/* ---- Specs ---- */

enum { OBJECTIVES, METHODS, THEOREMS };

/* The class with which `spec` begins, from FOLDER/ID.so or FOLDER/NAME.so. */
static const void *class_of(const char *folder, const char *name, int kind, const char *spec)
{
	size_t n = strcspn(spec, ":+");
	char file[4096];
	void *so;
	const rate_plugin *p;
	const rate_list *all;

	if (name)
		snprintf(file, sizeof file, "%s/%s.so", folder, name);
	else
		snprintf(file, sizeof file, "%s/%.*s.so", folder, (int)n, spec);
	so = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	p = so ? dlsym(so, "ratecheck_plugin") : NULL;
	if (!p)
		skip("cannot load", file);
	all = kind == OBJECTIVES ? &p->objectives : kind == METHODS ? &p->methods : &p->theorems;
	for (uint32_t i = 0; i < all->count; i++) {
		/* All classes have the id in the same place. */
		const rate_method *c = ((const rate_method *const *)all->item)[i];
		if (strlen(c->id) == n && !strncmp(c->id, spec, n))
			return c;
	}
	skip("no class", spec);
}

/* The value of `key` in "id:key=value,key=value" or "key=value,..."; NULL if it is not there. */
static const char *value_of(const char *spec, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = spec; p && *p; p = strpbrk(p, ":,")) {
		p += *p == ':' || *p == ',';
		if (!strncmp(p, key, n) && p[n] == '=')
			return p + n + 1;
	}
	return NULL;
}

/* strtod: the numbers that the run in double had. */
static double number_of(const char *spec, const char *key, double otherwise)
{
	const char *v = value_of(spec, key);

	return v ? strtod(v, NULL) : otherwise;
}

static rate_value parse(const rate_param *p, const char *text)
{
	static double store[4096];
	static size_t used;
	char *copy = strdup(text ? text : "");
	rate_value v = { .real = NAN, .text = copy };

	copy[strcspn(copy, ",")] = '\0';
	if (!text)
		return v;
	v.real = strtod(v.text, NULL);
	v.integer = (int64_t)v.real;
	if (p->type == RATE_CHOICE) {
		const char *at = p->choices;
		for (v.integer = 0; *at; v.integer++) {
			size_t n = strcspn(at, "|");
			if (n == strlen(v.text) && !strncmp(at, v.text, n))
				break;
			at += n + (at[n] == '|');
		}
		v.real = (double)v.integer;
	}
	v.reals = store + used;
	for (char *at = copy; p->type == RATE_REALS && *at && used < 4096; at += *at == '/') {
		store[used++] = strtod(at, &at);
		v.count++;
	}
	return v;
}

static rate_value *values(const rate_rows *schema, const char *spec)
{
	rate_value *v = calloc(schema->count + 1, sizeof *v);

	for (uint32_t i = 0; i < schema->count; i++) {
		const rate_param *p = (const void *)((const char *)schema->row + i * schema->stride);
		const char *text = value_of(spec, p->name);
		v[i] = parse(p, text ? text : p->preset && strcmp(p->preset, "auto") ? p->preset : NULL);
	}
	return v;
}

/* ---- The host ---- */

static void h_log(const rate_host *h, const char *f, ...) { (void)h; (void)f; }
static int h_fail(const rate_host *h, const char *f, ...) { (void)h; skip("refused:", f); }
static void h_normals(const rate_host *h, uint64_t seed, uint64_t stream, size_t n, double *out)
{
	(void)h;
	host_normals(seed, stream, n, 0, out);
}
static void h_uniforms(const rate_host *h, uint64_t seed, uint64_t stream, size_t n, double *out)
{
	(void)h;
	host_normals(seed, stream, n, 1, out);
}
static int h_eigen(const rate_host *h, size_t n, const double *a, double *l, double *v)
{
	(void)h;
	return host_eigen(n, a, l, v);
}
static int h_solve(const rate_host *h, size_t n, const double *a, const double *b, double *x)
{
	(void)h; (void)n; (void)a; (void)b; (void)x;
	skip("no solver", "");
}
static int h_table(const rate_host *h, const char *file, rate_table *out)
{
	(void)h; (void)out;
	skip("no tables", file);
}

static const rate_host host = { .size = sizeof host, .abi = RATE_ABI, .log = h_log, .fail = h_fail,
	.normals = h_normals, .uniforms = h_uniforms, .eigen = h_eigen, .solve = h_solve, .table = h_table };

/* ---- The run: one replicate ---- */

typedef struct wide {
	rate_run run; /* first */
	rate_case c;
	rate_function f;
	const rate_method *method;
	const rate_constants *constants;
	const rate_composite *composite;
	const rate_projection *projection;
	const rate_gap *gap;
	double x0[MOST_D], x_star[MOST_D], work[MOST_D];
	int has_star;
} wide;

static double dot(const double *x, const double *y, size_t d)
{
	double s = 0;

	for (size_t j = 0; j < d; j++)
		s += x[j] * y[j];
	return s;
}

#define W(run) ((wide *)(run))
static int r_value(rate_run *r, const double *x, double *f) { return W(r)->f.cls->value(W(r)->f.self, x, f); }
static int r_gradient(rate_run *r, const double *x, double *g) { return W(r)->f.cls->gradient(W(r)->f.self, x, g); }
static int r_h(rate_run *r, const double *x, double *h)
{
	*h = 0;
	return W(r)->composite ? W(r)->composite->value(W(r)->f.self, x, h) : RATE_OK;
}
static int r_prox(rate_run *r, double gamma, const double *x, double *p)
{
	if (W(r)->composite)
		return W(r)->composite->prox(W(r)->f.self, gamma, x, p);
	memmove(p, x, r->d * sizeof *p);
	return RATE_OK;
}
static int r_project(rate_run *r, double *x)
{
	if (!W(r)->projection)
		return RATE_OK;
	memcpy(W(r)->work, x, r->d * sizeof *x);
	return W(r)->projection->project(W(r)->f.self, W(r)->work, x);
}
/* One term: the whole function. */
static const rate_sample *r_draw(rate_run *r, uint32_t purpose, uint32_t batch)
{
	static const rate_sample whole = { sizeof whole, 1, NULL, NULL };

	(void)purpose; (void)batch;
	if (r->n != 1)
		skip("draws samples", "");
	return &whole;
}
static const rate_sample *r_component(rate_run *r, uint64_t i)
{
	return r_draw(r, 0, (uint32_t)i);
}
static int r_sample_value(rate_run *r, const rate_sample *s, const double *x, double *f)
{
	(void)s;
	return r_value(r, x, f);
}
static int r_sample_gradient(rate_run *r, const rate_sample *s, const double *x, double *g)
{
	(void)s;
	return r_gradient(r, x, g);
}
static void r_axpy(rate_run *r, double a, const double *x, double *y)
{
	for (size_t j = 0; j < r->d; j++)
		y[j] += a * x[j];
}
static void r_axpy_rows(rate_run *r, const double *a, const double *x, double *y) { r_axpy(r, *a, x, y); }
static void r_scale(rate_run *r, double a, double *x)
{
	for (size_t j = 0; j < r->d; j++)
		x[j] *= a;
}
static void r_copy(rate_run *r, const double *x, double *y) { memmove(y, x, r->d * sizeof *y); }
static void r_dot(rate_run *r, const double *x, const double *y, double *out) { *out = dot(x, y, r->d); }

static double larger_norm(const wide *w, const double *x)
{
	return sqrt(fmax(dot(x, x, w->run.d), w->has_star ? dot(w->x_star, w->x_star, w->run.d) : 0.0L));
}

/* Scales as the manual has them ("Tolerance"). */
static int r_gap(rate_run *r, const double *x, double *q, double *s)
{
	wide *w = W(r);
	double f, h, m = larger_norm(w, x);

	if (w->gap) {
		*s = isfinite(w->c.L) ? w->c.L * m * m : 0.0L;
		return w->gap->gap(w->f.self, x, q);
	}
	if (r_value(r, x, &f) || r_h(r, x, &h))
		return RATE_FAIL;
	*q = f + h - w->c.f_star;
	*s = fabs(f + h) + fabs(w->c.f_star);
	return RATE_OK;
}
static int r_dist2(rate_run *r, const double *x, double *q, double *s)
{
	wide *w = W(r);
	double m = larger_norm(w, x);

	for (size_t j = 0; j < r->d; j++)
		w->work[j] = x[j] - w->x_star[j];
	*q = dot(w->work, w->work, r->d);
	*s = m * m;
	return w->has_star ? RATE_OK : RATE_FAIL;
}
static int r_grad2(rate_run *r, const double *x, double *q, double *s)
{
	wide *w = W(r);
	double m = larger_norm(w, x);

	if (r_gradient(r, x, w->work))
		return RATE_FAIL;
	*q = dot(w->work, w->work, r->d);
	*s = isfinite(w->c.L) ? w->c.L * w->c.L * m * m : *q;
	return RATE_OK;
}
static int r_fail(rate_run *r, const char *f, ...) { (void)r; skip("refused:", f); }

static const rate_services services = { .size = sizeof services, .value = r_value, .gradient = r_gradient,
	.h_value = r_h, .prox = r_prox, .project = r_project, .draw = r_draw, .component = r_component,
	.sample_value = r_sample_value, .sample_gradient = r_sample_gradient, .axpy = r_axpy,
	.axpy_rows = r_axpy_rows, .scale = r_scale, .copy = r_copy, .dot = r_dot, .gap = r_gap, .dist2 = r_dist2,
	.grad2 = r_grad2, .fail = r_fail };

static int find(const rate_view *v, const char *name, const double **block)
{
	const rate_method *m = W(v->run)->method;

	for (uint32_t k = 0; k < m->state.count; k++)
		if (!strcmp(((const rate_state *)(const void *)((const char *)m->state.row +
		                                                k * m->state.stride))->name, name)) {
			*block = v->state[k];
			return RATE_OK;
		}
	return RATE_FAIL;
}

/* ---- The case ---- */

static double known(wide *w, const char *name)
{
	rate_constant c = { .size = sizeof c };

	return w->constants && w->constants->scalar(w->f.self, name, &c) == RATE_OK ? c.value : (double)NAN;
}

static double need(wide *w, const char *name)
{
	if (!strcmp(name, "x_star"))
		return w->has_star ? 1 : NAN;
	if (!strcmp(name, "f_star") || !strcmp(name, "F_star"))
		return w->c.f_star;
	if (!strcmp(name, "pl"))
		return w->c.pl;
	if (!strcmp(name, "L0") || !strcmp(name, "L1"))
		return name[1] == '0' ? w->c.L0 : w->c.L1;
	if (!strcmp(name, "no composite") || !strcmp(name, "whole space"))
		return w->composite || w->projection ? NAN : 1;
	if (!strcmp(name, "composite"))
		return w->composite || w->projection ? 1 : NAN;
	if (!strcmp(name, "one term"))
		return w->c.n == 1 ? 1 : NAN;
	if (strchr(name, '/'))
		return w->f.cls->interface && w->f.cls->interface(w->f.self, name) ? 1 : NAN;
	return known(w, name);
}

static const void *capability(const wide *w, const char *name)
{
	return w->f.cls->interface ? w->f.cls->interface(w->f.self, name) : NULL;
}

/* x0: NULL, or the text of that key: zero or ones. */
static void make_case(wide *w, uint64_t T, const char *x0)
{
	static const struct { const char *name; size_t at; } field[] = {
		{ "L", offsetof(rate_case, L) }, { "mu", offsetof(rate_case, mu) }, { "pl", offsetof(rate_case, pl) },
		{ "G", offsetof(rate_case, G) }, { "rho_weak", offsetof(rate_case, rho_weak) },
		{ "L_2", offsetof(rate_case, L_2) }, { "L_max", offsetof(rate_case, L_max) },
		{ "mu_h", offsetof(rate_case, mu_h) }, { "L0", offsetof(rate_case, L0) },
		{ "L1", offsetof(rate_case, L1) }, { "diameter", offsetof(rate_case, diameter) },
		{ "strong_growth", offsetof(rate_case, strong_growth) }, { "noise2", offsetof(rate_case, noise2) },
		{ "noise_max", offsetof(rate_case, noise_max) } };
	const rate_finite_sum *sum = capability(w, "finite-sum/1");
	const rate_start *start = capability(w, "start/1");
	rate_case *c = &w->c;
	double s;

	*c = (rate_case){ .size = sizeof *c, .d = w->run.d,
		              .n = sum ? sum->count(w->f.self) : !capability(w, "stream/1"), .T = T, .batch = 1,
		              .sigma_star2 = NAN, .Delta_star = NAN, .delta = 0.1L };
	for (size_t i = 0; i < sizeof field / sizeof *field; i++)
		*(double *)(void *)((char *)c + field[i].at) = known(w, field[i].name);
	w->run.n = c->n;
	if (c->L0 != c->L0) {
		c->L0 = c->L;
		c->L1 = 0;
	}
	if (c->pl != c->pl)
		c->pl = c->mu;
	if (start)
		start->start(w->f.self, w->x0);
	for (size_t j = 0; x0 && j < w->run.d; j++)
		w->x0[j] = !strncmp(x0, "ones", 4);
	r_project(&w->run, w->x0);
	w->has_star = w->constants && w->constants->vector &&
	              w->constants->vector(w->f.self, "x_star", w->run.d, w->x_star) == RATE_OK;
	c->x0 = w->x0;
	c->x_star = w->has_star ? w->x_star : NULL;
	c->f_star = known(w, w->composite ? "F_star" : "f_star");
	w->run.f_star = c->f_star;
	r_gap(&w->run, w->x0, &c->d0, &s);
	r_grad2(&w->run, w->x0, &c->g02, &s);
	if (r_dist2(&w->run, w->x0, &c->D2, &s))
		c->D2 = NAN;
}

/* ---- The comparison ---- */

typedef struct curve {
	size_t count;
	double *q, *bound;
	uint64_t *t;
} curve;

static curve read_curve(const char *file)
{
	curve c = { 0, malloc(sizeof *c.q << 20), malloc(sizeof *c.bound << 20), malloc(sizeof *c.t << 20) };
	FILE *in = fopen(file, "r");
	char line[512];

	while (in && c.count < (size_t)1 << 20 && fgets(line, sizeof line, in)) {
		/* t,mean,low,high,bound,exact: low and high may be empty, and an infinite bound is. */
		char *cell[5] = { line };
		int k = 0;
		for (char *at = line; k < 4 && (at = strchr(at, ','));)
			cell[++k] = ++at;
		if (k < 4 || *line == '#')
			continue;
		c.t[c.count] = strtoull(cell[0], NULL, 10);
		c.q[c.count] = strtod(cell[1], NULL);
		c.bound[c.count++] = *cell[4] == ',' ? (double)NAN : strtod(cell[4], NULL);
	}
	if (in)
		fclose(in);
	return c;
}

static double **blocks(size_t count)
{
	double **b = calloc(count + 1, sizeof *b);

	for (size_t i = 0; i < count; i++)
		b[i] = calloc(MOST_D, sizeof **b);
	return b;
}

/* The objective of a spec, wrappers around it. */
static void create(wide *w, const char *folder, char *spec, const char **x0)
{
	static rate_function chain[8];
	int k = 0;

	*x0 = value_of(spec, "x0");
	if (value_of(spec, "radius") || (*x0 && strncmp(*x0, "ones", 4) && strncmp(*x0, "zero", 4)))
		skip("another start", spec);
	for (char *word = spec, *next; word && k < 8; word = next, k++) {
		rate_args args = { sizeof args, 0, NULL, (uint64_t)number_of(spec, "seed", 1),
		                   k ? &chain[k - 1] : NULL };
		if ((next = strchr(word, '+')))
			*next++ = '\0';
		chain[k].cls = class_of(folder, NULL, OBJECTIVES, word);
		args.value = values(&chain[k].cls->params, word);
		args.count = chain[k].cls->params.count;
		if (chain[k].cls->create(&host, &args, &chain[k].self))
			skip("cannot create", word);
	}
	w->f = chain[k - 1];
	if ((w->run.d = w->f.cls->dim(w->f.self)) > MOST_D)
		skip("too many dimensions", spec);
	w->constants = capability(w, "constants/1");
	w->composite = capability(w, "composite/1");
	w->projection = capability(w, "projection/1");
	w->gap = capability(w, "gap/1");
}

/* Parameters, needs, steps: all that a theorem and a method are given before the run. */
static void give(wide *w, const rate_theorem *th, const char *method, const char *parameters)
{
	const rate_value *of_theorem = values(&th->params, parameters), *of_method = values(&w->method->params, method);
	double *param = calloc(th->params.count + 1, sizeof *param),
	    *need_ = calloc(th->needs.count + 1, sizeof *need_);
	double *mparam = calloc(w->method->params.count + 1, sizeof *mparam),
	    **schedule = calloc(SCHEDULES, sizeof *schedule);

	for (uint32_t i = 0; i < th->params.count; i++)
		param[i] = of_theorem[i].real;
	w->c.param = param;
	for (uint32_t i = 0; i < th->needs.count; i++) {
		need_[i] = need(w, ((const char *const *)th->needs.item)[i]);
		if (isnan(need_[i]))
			skip("needs", ((const char *const *)th->needs.item)[i]);
	}
	w->c.need = need_;
	for (uint32_t i = 0; i < w->method->params.count; i++) {
		const rate_rows *rows = &w->method->params;
		const rate_param *p = (const void *)((const char *)rows->row + i * rows->stride);
		mparam[i] = number_of(parameters, p->name, of_method[i].real);
	}
	w->run.param = mparam;
	for (int k = 0; k < SCHEDULES; k++)
		schedule[k] = calloc(w->c.T + 1, sizeof **schedule);
	for (uint64_t t = 0; t < w->c.T && !th->steps; t++)
		schedule[0][t] = number_of(parameters, "gamma", NAN);
	if (th->steps)
		th->steps(&w->c, schedule);
	w->c.step = schedule[0];
	w->c.schedule = (const double *const *)schedule;
}

typedef struct comparison {
	size_t points, at;
	double share, apart;
} comparison;

static void compare(wide *w, const rate_theorem *th, rate_view *v, const curve *c, comparison *out)
{
	double q, s = 0, b = NAN, B;

	if (th->measure(v, &q, &s, &b))
		skip("measure", th->id);
	while (out->at < c->count && c->t[out->at] < v->t)
		out->at++;
	if (!v->t || out->at == c->count || c->t[out->at] != v->t || !isfinite(c->bound[out->at]) ||
	    !isfinite(c->q[out->at]))
		return;
	B = th->bound && !(th->flags & RATE_PATH_BOUND) ? th->bound(&w->c, (double)v->t) : b;
	/* Below the smallest normal number there is no relative error to speak of. */
	out->share =
	    fmax(out->share, fabs(q - c->q[out->at]) / (1e-9L * c->bound[out->at] + 64 * DOUBLE_EPS * s + DBL_MIN));
	out->apart = fmax(out->apart, fabs(B - c->bound[out->at]) / fmax(fabs(c->bound[out->at]), DBL_MIN));
	out->points++;
}

static void walk(wide *w, const rate_theorem *th, const curve *c, comparison *out)
{
	double now[SCHEDULES], weights = 0, *average = calloc(MOST_D, sizeof *average);
	double **state = blocks(w->method->state.count), **scratch = blocks(w->method->scratch);
	double *acc = calloc(th->accumulators + 1, sizeof *acc);
	rate_view v = { .size = sizeof v, .run = &w->run, .c = &w->c, .state = (const double *const *)state,
		            .find = find, .acc = acc, .average = th->weight ? average : NULL };

	w->run.state = state;
	w->run.scratch = scratch;
	w->run.schedule = now;
	memcpy(state[0], w->x0, w->run.d * sizeof(double));
	memcpy(average, w->x0, w->run.d * sizeof(double));
	if (w->method->start && w->method->start(&w->run))
		skip("start", w->method->id);
	for (uint64_t t = 0;; t++) {
		v.t = w->run.t = t;
		compare(w, th, &v, c, out);
		if (t == w->c.T)
			return;
		if (th->observe && th->observe(&v))
			skip("observe", th->id);
		if (th->weight) {
			double weight = th->weight(&w->c, t);
			weights += weight;
			for (size_t j = 0; j < w->run.d && weights > 0; j++)
				average[j] += weight / weights * (state[0][j] - average[j]);
		}
		for (int k = 0; k < SCHEDULES; k++)
			now[k] = w->c.schedule[k][t];
		w->run.gamma = now[0];
		if (w->method->step(&w->run))
			skip("step", w->method->id);
	}
}

int main(int argc, char **argv)
{
	static wide w = { .run = { .size = sizeof w.run, .call = &services, .nrep = 1, .ld = MOST_D } };
	comparison result = { 0 };
	const rate_theorem *th;
	const char *x0;
	curve c;

	if (LDBL_MANT_DIG <= DBL_MANT_DIG || argc != 9)
		skip("usage, or no wider arithmetic here", "");
	th = class_of(argv[1], argv[2], THEOREMS, argv[3]);
	w.method = class_of(argv[1], NULL, METHODS, argv[5]);
	if (!th->measure)
		skip("a point theorem", argv[3]);
	create(&w, argv[1], argv[4], &x0);
	make_case(&w, strtoull(argv[7], NULL, 10), x0);
	give(&w, th, argv[5], argv[6]);
	c = read_curve(argv[8]);
	walk(&w, th, &c, &result);
	printf("%zu %.3Lg %.3Lg\n", result.points, result.share, result.apart);
	return !(result.share <= 1);
}
