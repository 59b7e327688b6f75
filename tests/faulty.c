/* A deliberately broken objective: f = x^2/2 until gradient call `at`, then what `how` says. For tests. */
#include "ratecheck/ratecheck.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { HOW, AT };
struct self {
	const char *how;
	long at, calls;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct self *s = calloc(1, sizeof *s);
	(void)host;
	s->how = strdup(args->value[HOW].text);
	s->at = args->value[AT].integer;
	*self = s;
	return RATE_OK;
}

static size_t dim(void *self) { (void)self; return 1; }
static int value(void *self, const double *x, double *f) { (void)self; *f = x[0] * x[0] / 2; return RATE_OK; }

static int recurse(volatile char *deep)
{
	volatile char here[4096];
	here[0] = deep[0];
	return recurse(here) + here[0];
}

static int gradient(void *self, const double *x, double *g)
{
	struct self *s = self;
	volatile char zero = 0;
	g[0] = x[0];
	if (++s->calls < s->at)
		return RATE_OK;
	if (!strcmp(s->how, "segv"))
		raise(SIGSEGV);
	else if (!strcmp(s->how, "stack"))
		return recurse(&zero);
	else if (!strcmp(s->how, "abort"))
		abort();
	else if (!strcmp(s->how, "exit"))
		exit(0);
	else if (!strcmp(s->how, "loop"))
		for (;;)
			zero++;
	else if (!strcmp(s->how, "sleep"))
		sleep(60);
	else if (!strcmp(s->how, "slow")) /* once, by its own clock */
		while (clock() < CLOCKS_PER_SEC / 4)
			;
	else if (!strcmp(s->how, "memory"))
		for (;;) {
			char *p = malloc(1 << 24);
			if (!p)
				abort();
			memset(p, 1, 1 << 24);
		}
	else if (!strcmp(s->how, "nan"))
		g[0] = NAN;
	else if (!strcmp(s->how, "inf"))
		g[0] = INFINITY;
	else if (!strcmp(s->how, "error"))
		return 7;
	else if (!strcmp(s->how, "noise"))
		for (int i = 0; i < 40000; i++)
			printf("a line that nobody wants to read, %d\n", i);
	else if (!strcmp(s->how, "orphan") && fork() == 0) {
		sleep(60);
		_exit(0);
	}
	return RATE_OK;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->why = "x^2/2";
	out->value = strcmp(name, "f_star") && strcmp(name, "Delta_star") ? 1 : 0;
	return strcmp(name, "L") && strcmp(name, "L_max") && strcmp(name, "mu") && strcmp(name, "f_star") &&
	               strcmp(name, "Delta_star") ? RATE_FAIL : RATE_OK;
}

static int vector(void *self, const char *name, size_t n, double *out)
{
	(void)self;
	(void)n;
	out[0] = 0;
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}

static const rate_constants constants = { sizeof constants, scalar, vector };

/* "model": the rows are those of (2x)^2/2. */
static int get_model(void *self, rate_glm *out)
{
	static const double two = 2, zero = 0;

	(void)self;
	*out = (rate_glm){ out->size, RATE_SQUARE, 1, 1, &two, &zero, 0 };
	return RATE_OK;
}

static const rate_glm_source model = { sizeof model, get_model };
/* "terms": two of them, of which the second has half of x beside f. */
static size_t count(void *self) { (void)self; return 2; }
static int term_value(void *self, size_t i, const double *x, double *f)
{
	int rc = value(self, x, f);

	*f += i == 1 ? x[0] / 2 : 0;
	return rc;
}
static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	(void)self;
	g[0] = i == 1 ? x[0] + 0.5 : x[0];
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const void *interface(void *self, const char *name)
{
	const struct self *s = self;

	if (!strcmp(name, "finite-sum/1"))
		return s && !strcmp(s->how, "terms") ? &sum : NULL;

	if (!strcmp(name, "glm/1"))
		return !strcmp(s->how, "model") ? &model : NULL;
	return strcmp(name, "constants/1") ? NULL : &constants;
}

static const rate_param params[] = {
	{ "how", RATE_TEXT, "none", 0, 0, NULL, "what goes wrong" },
	{ "at", RATE_INTEGER, "20", 1, 1000000, NULL, "gradient call at which it goes wrong" },
};
static const rate_objective faulty = { .size = sizeof faulty, .abi = RATE_ABI, .id = "faulty",
	.title = "broken on purpose", .summary = "", .source = "", .params = RATE_ROWS(params), .create = create,
	.dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &faulty };
RATE_PLUGIN("faulty", "1", "MIT", .objectives = RATE_LIST(objectives))
