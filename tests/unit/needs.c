/* What a theorem may need of an objective, on instances small enough for a pencil: the number that it gets, or why
 * there is none; and what methods ask for themselves. */
#include <math.h>
#include <string.h>

#include "tests/unit/instance.h"

/* As if the theorem needed this alone; of a field it has to speak. */
static void meet(instance *p, const char *need, uint32_t flags, rate_kind kind)
{
	static rate_theorem alone;
	static const char *only[2];

	alone = *p->s.theorem;
	only[0] = need ? need : "field";
	only[1] = "field";
	alone.needs = (rate_list){ only, p->s.family->flag ? 2 : need != NULL };
	alone.flags = flags;
	alone.kind = kind;
	p->s.theorem = &alone;
	p->c.applicable = 1;
	*p->c.reason = '\0';
	free((void *)(uintptr_t)p->s.need);
	p->s.need = NULL;
	ok(rate_meet_needs(&p->s, &p->c) == RATE_OK, "%s: asked", need ? need : "nothing");
}

#define UNMET -1234.5

static const struct {
	const char *objective, *need;
	double value; /* UNMET: the reason has the words */
	const char *words;
} needs[] = {
	/* f_1 = x^2 - x, the other three x/3: f = x^2/4; slopes at 0: -1, 1/3, 1/3, 1/3. */
	{ "skew:p=4,L=2,g=1", "L_mean", 0.5, NULL },
	{ "skew:p=4,L=2,g=1", "sigma_F2", 1. / 3, NULL },
	{ "skew:p=4,L=2,g=1", "sigma_star2", 1. / 3, NULL },
	{ "skew:p=4,L=2,g=1", "sigma_by_L", UNMET, "too large" },
	{ "skew:p=4,L=2,g=1", "grad_star2", 0, NULL },
	{ "skew:p=4,L=2,g=1", "Delta_star", UNMET, "needs Delta_star" },
	{ "skew:p=4,L=2,g=1", "mu_min", UNMET, "needs mu_min" },
	{ "skew:p=4,L=2,g=1", "mu_g", 0, NULL },
	{ "skew:p=4,L=2,g=1", "stationary", 1, NULL },
	{ "skew:p=4,L=2,g=1", "interpolation", UNMET, "needs interpolation" },
	{ "skew:p=4,L=2,g=0", "interpolation", 1, NULL },
	{ "skew:p=4,L=2,g=1", "even", 1, NULL },
	{ "skew:p=4,L=2,g=1", "prox", 2, NULL },
	{ "skew:p=4,L=2,g=1", "finite-sum/1", 1, NULL },
	{ "skew:p=4,L=2,g=1", "one term", UNMET, "needs one term" },
	{ "skew:p=4,L=2,g=1", "stochastic", 1, NULL },
	{ "skew:p=4,L=2,g=1", "rounds", UNMET, "needs rounds" },
	{ "skew:p=4,L=2,g=1", "quadratic terms", 1, NULL },
	{ "skew:p=4,L=2,g=1", "rho_terms", 0, NULL },
	{ "skew:p=4,L=2,g=1", "L_coord", 0.5, NULL },
	{ "skew:p=4,L=2,g=1", "noise_additive", UNMET, "needs noise_additive" },
	{ "skew:p=4,L=2,g=1+agents", "network.agents", 4, NULL },
	{ "skew:p=4,L=2,g=1", "network.agents", UNMET, "needs network.agents" },
	/* Noise 2 once in five, -1/2 else: of variance 1, whatever x. */
	{ "two-point-noise:sigma=1,n=5,L=2", "sigma_by_L", 1, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "Delta_star", 0.25, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "noise_M", 1, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "noise_MV", 0, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "noise_subgauss", 2, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "noise_additive", 1, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "tail_alpha", 2, NULL },
	{ "two-point-noise:sigma=3,n=5,L=2", "tail_sigma", 3, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "mu_min", 2, NULL },
	{ "two-point-noise:sigma=1,n=5,L=2", "mu_g", 2, NULL },
	/* E g^2 = p f'^2 and no more is known of the noise. */
	{ "zero-or-L:p=5", "noise_M", 0, NULL },
	{ "zero-or-L:p=5", "noise_MV", 4, NULL },
	{ "zero-or-L:p=5", "tail_sigma", UNMET, "needs tail_sigma" },
	{ "zero-or-L:p=5", "L_max", 1, NULL },
	{ "zero-or-L:p=1", "mu_min", 1, NULL },
	{ "quadratic:d=2+rare-noise:alpha=1.5", "tail_alpha", 1.5, NULL },
	{ "quadratic:d=2+stable-noise:alpha=1.5", "tail_sigma", UNMET, "needs tail_sigma" },
	/* One row, (1, 2): the Hessian is (1 2; 2 4). */
	{ "squares:a=1/2,d=2", "L_coord", 4, NULL },
	{ "squares:a=1/2,d=2", "one term", 1, NULL },
	{ "squares:a=1/2,d=2", "definite Hessian", UNMET, "needs definite Hessian" },
	{ "squares:a=1/0/0/1,d=2", "definite Hessian", 1, NULL },
	{ "squares:a=1/2,d=2", "separable", 1, NULL },
	{ "squares:a=1/2,d=2+l1", "separable", 1, NULL },
	{ "squares:a=1/2,d=2+group-l1:size=2", "separable", UNMET, "needs separable" },
	{ "squares:a=1/2,d=2+box", "separable", UNMET, "needs separable" },
	/* (x - b)^2/4 in each coordinate and 0.2 |x|: thresholds at 0.4, so x_star = (2.6, 0), slope 0.05 at the 0. */
	{ "squares:a=1/0/0/1,d=2,b=3/0.1+group-l1:lambda=0.2,size=1", "inverse_least", 1 / 2.6, NULL },
	{ "squares:a=1/0/0/1,d=2,b=3/0.1+group-l1:lambda=0.2,size=1", "inverse_margin", 1 / 0.15, NULL },
	{ "squares:a=1/0/0/1,d=2,b=3/0.1+group-l1:lambda=0.2,size=1", "grad_star2", 0.04 + 0.0025, NULL },
	{ "squares:a=1/0/0/1,d=2,b=3/0.1", "inverse_margin", UNMET, "needs inverse_margin" },
	/* h and sets */
	{ "quadratic:d=2+l1", "prox", 1, NULL },
	{ "quadratic:d=2+box", "prox", 3, NULL },
	{ "quadratic:d=2+l1", "composite", 1, NULL },
	{ "quadratic:d=2+l1", "no composite", UNMET, "needs no composite" },
	{ "quadratic:d=2+l1", "whole space", 1, NULL },
	{ "quadratic:d=2+box", "whole space", UNMET, "needs whole space" },
	{ "quadratic:d=2+l1", "mu_g", 0, NULL },
	{ "quadratic:d=2", "composite", UNMET, "needs composite" },
	{ "quadratic:d=2", "lmo/1", UNMET, "needs lmo/1" },
	{ "quadratic:d=2", "hessian/1", 1, NULL },
	{ "quadratic:d=2", "noise_M", 0, NULL },
	{ "quadratic:d=2", "tail_sigma", 0, NULL },
	{ "quadratic:d=2", "noise_subgauss", 0, NULL },
	{ "squares:a=1/0/0/1,d=2", "mu_star", 0.5, NULL },
	{ "cosh", "mu_star", UNMET, "needs mu_star" },
	{ "cosh", "quadratic terms", UNMET, "needs quadratic terms" },
	{ "cosh", "L_coord", UNMET, "needs L_coord" },
	{ "abs:G=3", "G_mean", 3, NULL },
	{ "abs:G=3", "definite Hessian", UNMET, "needs definite Hessian" },
	/* The metric of a quadratic is its Hessian: here (1 2; 2 4), of rank 1, and I/2. */
	{ "squares:a=1/2,d=2", "L_metric", 1, NULL },
	{ "squares:a=1/2,d=2", "mu_metric", 1, NULL },
	{ "squares:a=1/2,d=2", "metric_rank", 1, NULL },
	{ "squares:a=1/2,d=2", "metric_most", 5, NULL },
	{ "squares:a=1/2,d=2", "metric_least", 5, NULL },
	{ "squares:a=1/2,d=2,start=1/1", "D2_metric", 9, NULL },
	{ "squares:a=1/0/0/1,d=2,b=3/0.1", "metric_rank", 2, NULL },
	{ "squares:a=1/0/0/1,d=2,b=3/0.1", "D2_metric", (4 + 0.81) / 2, NULL },
	/* That of logistic rows bends no less only by the ridge. */
	{ "logistic:n=8,d=2,ridge=0", "L_metric", 1, NULL },
	{ "logistic:n=8,d=2,ridge=0", "mu_metric", UNMET, "needs mu_metric" },
	{ "abs", "L_metric", UNMET, "needs L_metric" },
	{ "saddle:h=1/-1", "convex", UNMET, "needs convex" },
	{ "saddle:h=1/-1", "rho_terms", 1, NULL },
	{ "saddle:h=1/-1", "definite Hessian", UNMET, "needs definite Hessian" },
	{ "saddle:h=1/-1", "mu_star", UNMET, "needs mu_star" },
	{ "saddle:h=1/-1", "x_star", UNMET, "needs x_star" },
	{ "saddle:h=1/-1", "sigma_F2", UNMET, "needs sigma_F2" },
	{ "saddle:h=1/-1", "stationary", UNMET, "needs stationary" },
	/* 1 + 2i, so |V(x)| = sqrt(5) |x|: L^2/mu = 5; a gradient with the same constants would have L. */
	{ "affine-field:a=1,b=2", "ell", 5, NULL },
	{ "affine-field:a=1,b=2", "monotone", 1, NULL },
	{ "affine-field:a=1,b=2", "skew", UNMET, "needs skew" },
	{ "affine-field:a=0,b=2", "skew", 1, NULL },
	{ "affine-field:a=-1,b=2", "monotone", UNMET, "needs monotone" },
	{ "affine-field:a=-1,b=2", "ell", UNMET, "needs ell" },
	{ "squares:a=1/2,d=2", "ell", 5, NULL },
};

static void test_values(void)
{
	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
		const rate_method *method;
		instance p;

		open_instance(&p, needs[i].objective, "gd");
		method = p.s.method;
		p.s.method = NULL; /* what it lacks comes below */
		meet(&p, needs[i].need, 0, RATE_DETERMINISTIC);
		p.s.method = method;
		if (needs[i].value != UNMET)
			ok(p.c.applicable && fabs(p.s.need[0] - needs[i].value) <= 1e-6 * (1 + fabs(needs[i].value)),
			   "%s: %s = %.9g: %.9g %s", needs[i].objective, needs[i].need, needs[i].value, p.s.need[0],
			   p.c.reason);
		else {
			ok(!p.c.applicable, "%s: no %s", needs[i].objective, needs[i].need);
			contains(p.c.reason, needs[i].words, "which is said");
		}
		close_instance(&p);
	}
}

/* What is missing for the method itself, or for a theorem of the flags. */
static const struct {
	const char *method, *objective;
	uint32_t flags;
	rate_kind kind;
	const char *words;
} clashes[] = {
	{ "gd", "quadratic:d=2", 0, RATE_DETERMINISTIC, "" },
	{ "gd", "quadratic:d=2+l1", 0, RATE_DETERMINISTIC, "method gd ignores the composite part h" },
	{ "gd", "quadratic:d=2+box", 0, RATE_DETERMINISTIC, "method gd ignores the feasible set" },
	{ "proximal-gradient", "quadratic:d=2+l1", 0, RATE_DETERMINISTIC, "" },
	{ "frank-wolfe", "quadratic:d=2+box", 0, RATE_DETERMINISTIC, "" },
	{ "frank-wolfe", "quadratic:d=2", 0, RATE_DETERMINISTIC, "needs linear minimisation over the feasible set" },
	{ "newton", "abs", 0, RATE_DETERMINISTIC, "needs the Hessian" },
	{ "newton", "quadratic:d=2", 0, RATE_DETERMINISTIC, "" },
	{ "sps", "saddle:h=1/-1", 0, RATE_DETERMINISTIC, "needs f_star" },
	{ "metric-gd", "abs", 0, RATE_DETERMINISTIC, "needs a metric" },
	{ "prox-linear", "quadratic:d=2", 0, RATE_DETERMINISTIC, "needs terms that are compositions" },
	{ "prospect", "quadratic:d=2", 0, RATE_DETERMINISTIC, "needs losses and their weights" },
	{ "dgd", "quadratic:d=2", 0, RATE_DETERMINISTIC, "needs agents on a network" },
	{ "dgd", "skew:p=4+agents", 0, RATE_DETERMINISTIC, "" },
	{ "stochastic-proximal-point", "logistic:n=4,d=2+gaussian-noise", 0, RATE_DETERMINISTIC,
	  "needs the prox of a term" },
	{ "saga", "quadratic:d=2+gaussian-noise", 0, RATE_EXPECTATION, "f must be a finite sum" },
	{ "stochastic-adagrad-norm", "online-linear", 0, RATE_EXPECTATION, "the rounds come in a fixed order" },
	{ "stochastic-adagrad-norm", "online-linear", 0, RATE_REGRET, "" },
	{ "gd", "quadratic:d=2", RATE_DIMENSION_ONE, RATE_DETERMINISTIC, "stated for dimension 1" },
	{ "gd", "quadratic:d=1", RATE_DIMENSION_ONE, RATE_DETERMINISTIC, "" },
	{ "gd", "quadratic:d=1", RATE_OWN_START, RATE_DETERMINISTIC, "" },
	{ "gd", "quadratic:d=1,radius=2", RATE_OWN_START, RATE_DETERMINISTIC,
	  "for the start that the objective comes with" },
};

static void test_clashes(void)
{
	for (size_t i = 0; i < sizeof clashes / sizeof *clashes; i++) {
		instance p;

		open_instance(&p, clashes[i].objective, clashes[i].method);
		meet(&p, NULL, clashes[i].flags, clashes[i].kind);
		if (*clashes[i].words) {
			ok(!p.c.applicable, "%s on %s: refused", clashes[i].method, clashes[i].objective);
			contains(p.c.reason, clashes[i].words, "with the reason");
		} else
			ok(p.c.applicable, "%s on %s: %s", clashes[i].method, clashes[i].objective, p.c.reason);
		close_instance(&p);
	}
}

/* (1 2; 2 4) times v, its inverse where it has one, functions of its eigenvalues 0 and 5; and where there is none. */
static void test_metric(void)
{
	const double v[8] = { 3, 1 }, phi[2] = { 7, 2 };
	double out[8], values[2];
	rate_run *run;
	instance p;

	open_instance(&p, "squares:a=1/2,d=2", "gd");
	run = &p.s.run;
	is_int(run->call->metric(run, 0, v, out), RATE_OK, "B v");
	ok(fabs(out[0] - 5) < 1e-14 && fabs(out[1] - 10) < 1e-14, "= (5, 10): %g, %g", out[0], out[1]);
	is_int(run->call->metric(run, 1, v, out), RATE_OK, "the inverse");
	ok(fabs(out[0] - 0.2) < 1e-12 && fabs(out[1] - 0.4) < 1e-12, "= (1, 2)/5: %g, %g", out[0], out[1]);
	is_int(run->call->metric_spectrum(run, values), RATE_OK, "the spectrum");
	ok(fabs(values[0]) < 1e-14 && fabs(values[1] - 5) < 1e-14, "= 0, 5: %g, %g", values[0], values[1]);
	/* v = (1, 2) + (2, -1), an eigenvector each. */
	is_int(run->call->metric_function(run, phi, v, out), RATE_OK, "a function of it");
	ok(fabs(out[0] - 16) < 1e-13 && fabs(out[1] + 3) < 1e-13, "2 (1, 2) + 7 (2, -1): %g, %g", out[0], out[1]);
	close_instance(&p);
	open_instance(&p, "abs", "gd");
	run = &p.s.run;
	ok(run->call->metric(run, 0, v, out) && strstr(p.s.error.text, "has no metric"), "%s", p.s.error.text);
	rate_no_error(&p.s.error);
	ok(run->call->metric_spectrum(run, values) && strstr(p.s.error.text, "has no metric"), "no spectrum");
	rate_no_error(&p.s.error);
	ok(run->call->metric_function(run, phi, v, out) && strstr(p.s.error.text, "has no metric"), "no function");
	close_instance(&p);
}

/* A slip of the pen, and names of one's own. */
static void test_names(void)
{
	rate_nearest near;
	char words[120];

	ok(!rate_unknown_need("sigma_F2", &near) && !rate_unknown_need("L", &near), "conditions and constants");
	ok(!rate_unknown_need("mine.horizon", &near) && !rate_unknown_need("metric/1", &near), "what is one's own");
	is_str(rate_unknown_need("sigma_F", &near), "sigma_F", "a slip");
	contains(rate_nearest_words(&near, words, sizeof words), "sigma_F2", "which is meant is said");
}

/* Which side of a constant may be read, and whose it is. */
static void test_sides(void)
{
	static const struct { const char *name; rate_knowledge kind; const char *unsafe; } side[] = {
		{ "L", RATE_UPPER, NULL }, { "L", RATE_LOWER, "only a lower bound of L is known" },
		{ "mu", RATE_LOWER, NULL }, { "mu", RATE_UPPER, "only an upper bound of mu is known" },
		{ "L", RATE_EXACT, NULL }, { "mu", RATE_EXACT, NULL },
	};
	char text[80];

	for (size_t i = 0; i < sizeof side / sizeof *side; i++) {
		const rate_constant_info *c = rate_constant_named(side[i].name);
		const char *said = c ? rate_constant_unsafe(c, side[i].kind, text, sizeof text) : "no such constant";
		is_str(said ? said : "", side[i].unsafe ? side[i].unsafe : "", "%s", side[i].name);
	}
	ok(!rate_constant_named("lambda") && !rate_constant_named(""), "names that are none");
	ok(rate_constant_is_private("mine.horizon"), "a name of one's own");
	ok(!rate_constant_is_private("network.rho") && !rate_constant_is_private("tail.alpha"), "an interface's");
	ok(rate_constant_is_private("network.rh"), "a part of one is none");
	ok(!rate_constant_is_private("L"), "the program's");
	contains(rate_constant_names(), "convex", "all of them are listed");
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	test_values();
	test_clashes();
	test_metric();
	test_names();
	test_sides();
	rate_registry_free(registry);
	return done_testing();
}
