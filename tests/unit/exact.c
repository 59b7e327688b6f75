/* The affine map read off the step and the enumeration of all paths give the same exact means on tiny sums. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/isolate.h"
#include "tests/tap.h"
#include "verify/measure/measure.h"

static rate_registry *registry;

static rate_bound_spec *bound(rate_class kind, const char *text)
{
	rate_error error;
	rate_bound_spec *s = NULL;

	if (rate_bind(&s, registry, kind, text, 1, &error))
		diag("%s", error.text);
	return s;
}

typedef struct instance {
	rate_bound_spec *given, *f, *method;
	rate_session s;
	rate_check c;
	rate_measured m, other; /* room for two sets of means */
	double *store;
} instance;

static void open_instance(instance *p, const char *theorem, const char *with, const char *objective, uint64_t T)
{
	static rate_mark mark;

	*p = (instance){ .given = bound(RATE_THEOREMS, theorem), .f = bound(RATE_OBJECTIVES, objective),
		             .method = bound(RATE_METHODS, with) };
	p->c = (rate_check){ .theorem = p->given->word[0].info, .objective = p->f, .method = p->method,
		                 .given = p->given, .fraction = 1, .factor = 1, .T = T, .stream = 1, .alpha = 1e-9,
		                 .delta = 0.1 };
	ok(rate_session_open(&p->s, &p->c, &mark) == RATE_OK && rate_prepare(&p->s, &p->c) == RATE_OK &&
	   p->c.applicable, "%s of %s on %s: %s%s", theorem, with, objective, p->c.reason, p->s.error.text);
	rate_checkpoints_for(&p->s, &p->c, 1);
	p->store = calloc(4 * p->c.checkpoints, sizeof *p->store);
	p->m = (rate_measured){ .statistic = RATE_EXACT_MEAN, .checkpoints = p->c.checkpoints, .replicates = 1,
		                    .q = p->store, .s = p->store + p->c.checkpoints };
	p->other = p->m;
	p->other.q += 2 * p->c.checkpoints;
	p->other.s += 2 * p->c.checkpoints;
}

static void close_instance(instance *p)
{
	free(p->store);
	rate_check_clear(&p->c);
	rate_session_close(&p->s);
	rate_bound_free(p->given);
	rate_bound_free(p->f);
	rate_bound_free(p->method);
}

static double apart(const instance *p)
{
	double worst = 0;

	for (size_t k = 0; k < p->c.checkpoints; k++)
		worst = fmax(worst, fabs(p->m.q[k] - p->other.q[k]) / (fabs(p->other.q[k]) + 1e-300));
	return worst;
}

/* Three ways to the same means: rows of terms, maps of outcomes, all paths. */
static void compare(const char *theorem, const char *with, const char *objective, uint64_t T)
{
	instance p;

	open_instance(&p, theorem, with, objective, T);
	is_int(rate_exact_by_paths(&p.s, &p.c, &p.other), 1, "all paths can be enumerated");
	for (unsigned form = RATE_MAPS; form <= RATE_TERMS; form++) {
		p.s.recursion = form;
		is_int(rate_exact_by_map(&p.s, &p.c, &p.m), 1, "the step is affine, the quantity quadratic");
		ok(apart(&p) < 1e-11, "%s and paths agree: largest relative difference %.3g",
		   form == RATE_MAPS ? "maps" : "terms", apart(&p));
	}
	close_instance(&p);
}

/* Where a step draws or keeps more than terms have rows for. */
static void by_maps(const char *theorem, const char *with, const char *objective, uint64_t T)
{
	instance p;

	open_instance(&p, theorem, with, objective, T);
	is_int(rate_exact_by_paths(&p.s, &p.c, &p.other), 1, "all paths can be enumerated");
	is_int(rate_exact_by_map(&p.s, &p.c, &p.m), 1, "the step is affine, the quantity quadratic");
	ok(apart(&p) < 1e-11, "maps and paths agree: largest relative difference %.3g", apart(&p));
	close_instance(&p);
}

/* Where paths are too many. rows: 0: terms do more than add a row, so the maps are taken. */
static void forms(const char *theorem, const char *with, const char *objective, uint64_t T, int rows)
{
	instance p;

	open_instance(&p, theorem, with, objective, T);
	p.s.recursion = RATE_TERMS;
	is_int(rate_exact_by_map(&p.s, &p.c, &p.other), rows, "by terms");
	p.s.recursion = rows ? RATE_MAPS : RATE_CHEAPEST;
	is_int(rate_exact_by_map(&p.s, &p.c, &p.m), 1, "by maps");
	if (rows)
		ok(apart(&p) < 1e-11, "maps and terms agree: largest relative difference %.3g", apart(&p));
	close_instance(&p);
}

/* On 1/2 |x|^2 with noise of variance sigma^2 and normals of the method's own, of variance 2 gamma tau each: E |x_t|^2
 * <- (1 - gamma)^2 E |x_t|^2 + gamma^2 sigma^2/b + 2 gamma tau d. */
static void stream(const char *method, size_t d, double gamma, double sigma, double batch, double tau)
{
	static rate_mark mark;
	rate_session s;
	char theorem[64], objective[96];
	double q[33], scale[33], expected = 1, worst = 0;

	snprintf(theorem, sizeof theorem, "sgd-strongly-convex:gamma=%g", gamma);
	snprintf(objective, sizeof objective, sigma > 0 ? "quadratic:d=%zu,spectrum=one+gaussian-noise:sigma=%g"
	                                                : "quadratic:d=%zu,spectrum=one", d, sigma);
	rate_bound_spec *given = bound(RATE_THEOREMS, theorem), *f = bound(RATE_OBJECTIVES, objective);
	rate_bound_spec *m = bound(RATE_METHODS, method);
	rate_check c = { .theorem = given->word[0].info, .objective = f, .method = m, .given = given, .fraction = 1,
		             .factor = 1, .T = 32, .stream = 1, .alpha = 1e-9, .delta = 0.1 };
	rate_measured map = { .statistic = RATE_EXACT_MEAN, .replicates = 1, .q = q, .s = scale };

	ok(rate_session_open(&s, &c, &mark) == RATE_OK && rate_prepare(&s, &c) == RATE_OK && c.applicable,
	   "%s with %s on %s: %s%s", theorem, method, objective, c.reason, s.error.text);
	rate_checkpoints_for(&s, &c, 1);
	map.checkpoints = c.checkpoints;
	is_int(rate_exact_by_map(&s, &c, &map), 1, "the step is affine in the normals too");
	for (size_t k = 0; k < c.checkpoints; k++) {
		expected = (1 - gamma) * (1 - gamma) * expected + gamma * gamma * sigma * sigma / batch +
		    2 * gamma * tau * (double)d;
		worst = fmax(worst, fabs(q[k] - expected) / expected);
	}
	ok(worst < 1e-12, "the means are those of the closed form: largest relative difference %.3g", worst);
	is_int(rate_exact_by_paths(&s, &c, &map), 0, "normals have no paths to enumerate");
	rate_check_clear(&c);
	rate_session_close(&s);
	rate_bound_free(given);
	rate_bound_free(f);
	rate_bound_free(m);
}

/* zero-or-L with p = 4: a batch of b has the parabola in it with probability b/4, and then the curvature 1/b. Beside
 * the batch a step draws a normal. */
static void terms_and_normals(int batch)
{
	instance p;
	char method[64];
	double b = batch, kept = 1 - 0.3 / b, expected = 1, worst = 0;

	snprintf(method, sizeof method, "sgld:tau=0.7,batch=%d", batch);
	open_instance(&p, "sgd-strongly-convex:gamma=0.3", method, "zero-or-L:p=4", 32);
	is_int(rate_exact_by_map(&p.s, &p.c, &p.m), 1, "terms and normals: maps for each batch");
	for (size_t k = 0; k < p.c.checkpoints; k++) {
		expected = (1 - b / 4 + b / 4 * kept * kept) * expected + 2 * 0.3 * 0.7;
		worst = fmax(worst, fabs(p.m.q[k] - expected) / expected);
	}
	ok(worst < 1e-12, "the means are those of the closed form: largest relative difference %.3g", worst);
	close_instance(&p);
}

/* Neither maps nor paths. */
static void by_sampling(const char *theorem, const char *with, const char *objective)
{
	instance p;

	open_instance(&p, theorem, with, objective, 4);
	is_int(rate_exact_by_map(&p.s, &p.c, &p.m), 0, "%s on %s: no maps", with, objective);
	is_int(rate_exact_by_paths(&p.s, &p.c, &p.m), 0, "and no paths");
	close_instance(&p);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	compare("sgd-strongly-convex", "sgd", "zero-or-L:p=2", 16);
	compare("sgd-strongly-convex", "sgd", "skew:p=3,start=-2", 9);
	compare("sgd-strongly-convex:gamma=0.1", "sgd", "least-squares:n=4,d=3,noise=0.7", 8);
	compare("sgd-convex-smooth", "sgd", "skew:p=3,start=-2", 9);
	compare("sgd-convex-smooth", "sgd", "least-squares:n=4,d=2,noise=0.3", 9);
	compare("sgd-pl", "sgd", "least-squares:n=3,d=2,noise=0.3", 10);
	compare("sgd-strongly-convex", "sgd:batch=2", "skew:p=3,start=-2", 9);
	compare("sgd-strongly-convex", "sgd:batch=2", "skew:p=5,start=-2", 6);
	compare("sgd-strongly-convex:gamma=0.1", "sgd:batch=3", "least-squares:n=4,d=3,noise=0.7", 8);
	compare("sgd-convex-smooth", "sgd:batch=4", "least-squares:n=4,d=2,noise=0.3", 12);
	forms("sgd-strongly-convex", "sgd", "least-squares:n=40,d=12,noise=0.7", 200, 1);
	forms("sgd-convex-smooth", "sgd", "least-squares:n=23,d=6,noise=0.7", 64, 1);
	forms("momentum-convex", "momentum", "least-squares:n=20,d=5", 40, 1);
	forms("sgd-strongly-convex", "sgd:batch=2", "least-squares:n=12,d=5,noise=0.7", 50, 1);
	forms("spp-convex-smooth", "stochastic-proximal-point", "least-squares:n=20,d=5", 40, 1);
	forms("sgd-strongly-convex", "sgd", "quadratic:d=3,kappa=3+sign-noise:sigma=0.5", 30, 0);
	/* A choice beside the terms, with weights or without; blocks for each term. */
	by_maps("sgd-strongly-convex:gamma=0.1", "l-svrg:p=0.2", "skew:p=3,start=-2", 6);
	by_maps("sgd-strongly-convex:gamma=0.1", "l-svrg:p=0.7,batch=2", "least-squares:n=3,d=2,noise=0.7", 6);
	by_maps("sgd-convex-smooth:gamma=0.1", "page:p=0.3", "skew:p=3,start=-2", 6);
	by_maps("sgd-strongly-convex:gamma=0.1", "page:p=1", "skew:p=3,start=-2", 6);
	by_maps("sgd-strongly-convex:gamma=0.1", "rcd", "least-squares:n=3,d=3,noise=0.7", 10);
	by_maps("sgd-strongly-convex:gamma=0.1", "saga", "least-squares:n=4,d=2,noise=0.7", 8);
	/* Noise carries the points far beyond a start that is close by: the products of the form are read out there. */
	compare("igt-law:gamma=0.1,a=0.3", "igt:a=0.3", "quadratic:d=1,start=1e-8+sign-noise:sigma=1e6", 6);
	stream("sgd", 1, 0.3, 2, 1, 0);
	stream("sgd", 7, 0.3, 0.5, 1, 0);
	stream("sgd:batch=3", 2, 0.2, 2, 3, 0);
	stream("ula:tau=0.7", 3, 0.3, 0, 1, 0.7);
	stream("sgld:tau=0.7", 3, 0.3, 0, 1, 0.7);
	stream("sgld:tau=0.7", 2, 0.3, 0.5, 1, 0.7);
	stream("sgld:batch=3,tau=2", 2, 0.2, 2, 3, 2);
	/* Not affine in its normals; and a draw of terms beside them. */
	by_sampling("sgd-strongly-convex:gamma=0.1", "two-point:law=normal,rho=0", "quadratic:d=2,kappa=10");
	terms_and_normals(1);
	terms_and_normals(2);
	terms_and_normals(4);
	rate_registry_free(registry);
	is_int(rate_subsets(5, 2), 10, "C(5, 2)");
	is_int(rate_subsets(40, 20), 137846528820, "C(40, 20)");
	is_int(rate_subsets(7, 0), 1, "C(7, 0)");
	is_int(rate_subsets(3, 4), 0, "C(3, 4)");
	ok(rate_subsets(60, 30) == UINT64_MAX, "C(60, 30) is too many");
	done_testing();
}
