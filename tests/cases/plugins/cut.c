/* f = mean of |x - c_i|^2/2 plus 0, whose capability `what` ends after `bytes` bytes; behind them is no memory. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ratecheck/ratecheck.h"

enum { D = 2, N = 2, PAGE = 1 << 16 };
typedef struct state { const char *what; size_t bytes; char *page; } state;

static int create(const rate_host *host, const rate_args *a, void **self)
{
	state *m = malloc(sizeof *m);
	if (!m)
		return (host->fail)(host, "out of memory");
	*m = (state){ a->value[0].text, (size_t)a->value[1].integer,
		mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) };
	mprotect(m->page + PAGE, PAGE, PROT_NONE);
	*self = m;
	return RATE_OK;
}
static size_t dim(void *self) { return (void)self, D; }
static size_t count(void *self) { return (void)self, N; }
static int term_value(void *self, size_t i, const double *x, double *f)
{
	double e = x[0] - (i ? -1 : 1);
	(void)self;
	*f = (e * e + x[1] * x[1]) / 2;
	return RATE_OK;
}
static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	(void)self;
	g[0] = x[0] - (i ? -1 : 1);
	g[1] = x[1];
	return RATE_OK;
}
static int value(void *self, const double *x, double *f)
{
	(void)self;
	*f = (x[0] * x[0] + x[1] * x[1] + 1) / 2;
	return RATE_OK;
}
static int gradient(void *self, const double *x, double *g) { return (void)self, memcpy(g, x, D * sizeof *g), RATE_OK; }
static int gap(void *self, const double *x, double *q)
{
	(void)self;
	*q = (x[0] * x[0] + x[1] * x[1]) / 2;
	return RATE_OK;
}
static int nothing(void *self, const double *x, double *h) { return (void)self, (void)x, *h = 0, RATE_OK; }
static int stays(void *self, double gamma, const double *x, double *p)
{
	(void)self, (void)gamma;
	return memcpy(p, x, D * sizeof *p), RATE_OK;
}
static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->value = strcmp(name, "f_star") && strcmp(name, "F_star") ? 1 : 0.5;
	return strstr("convex L mu f_star F_star L_max sigma_star2", name) ? RATE_OK : RATE_FAIL;
}
static int vector(void *self, const char *name, size_t k, double *out)
{
	(void)self;
	memset(out, 0, k * sizeof *out);
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}
static int begin(void *self, double *x) { return (void)self, memcpy(x, (double[D]){ 1, -2 }, D * sizeof *x), RATE_OK; }

static const rate_constants constants = { .size = sizeof constants, .scalar = scalar, .vector = vector };
static const rate_start start = { sizeof start, begin };
static const rate_gap gaps = { sizeof gaps, gap };
static const rate_finite_sum sum = { .size = sizeof sum, .count = count, .value = term_value,
	.gradient = term_gradient };
static const rate_composite composite = { .size = sizeof composite, .value = nothing, .prox = stays };
static const struct { const char *name; const void *all; size_t size; } offered[] = {
	{ "constants/1", &constants, sizeof constants }, { "start/1", &start, sizeof start },
	{ "gap/1", &gaps, sizeof gaps }, { "finite-sum/1", &sum, sizeof sum },
	{ "composite/1", &composite, sizeof composite } };

static const void *interface(void *self, const char *name)
{
	const state *m = self;
	for (size_t i = 0; i < sizeof offered / sizeof *offered; i++) {
		if (strcmp(name, offered[i].name))
			continue;
		if (!m || strcmp(m->what, name))
			return strcmp(name, "composite/1") ? offered[i].all : NULL;
		uint32_t size = (uint32_t)m->bytes;
		char *at = m->page + PAGE - m->bytes;
		memcpy(at, offered[i].all, m->bytes < offered[i].size ? m->bytes : offered[i].size);
		memcpy(at, &size, sizeof size);
		return at;
	}
	return NULL;
}
static const rate_param params[] = { { "what", RATE_TEXT, "", 0, 0, NULL, "" },
	{ "bytes", RATE_INTEGER, "8", 8, 4096, NULL, "" } };
static const rate_objective cut = { .size = sizeof cut, .abi = RATE_ABI, .id = "cut", .title = "", .summary = "",
	.source = "", .params = RATE_ROWS(params), .create = create, .destroy = free, .dim = dim, .value = value,
	.gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &cut };
RATE_PLUGIN("cut", "1", "MIT", .objectives = RATE_LIST(objectives))
