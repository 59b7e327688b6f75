/* The rooms of a session on small instances: what prepare fills in, which needs are met, what is drawn, when a path
 * leaves the span, whom blame names. */
#include <math.h>
#include <string.h>

#include "tests/unit/instance.h"
#include "verify/measure/measure.h"
#include "verify/session/sources.h"

/* ---- prepare ---- */

static void test_prepare(void)
{
	instance p;
	double d2 = 0;

	open_instance(&p, "quadratic:d=3,kappa=10", "gd");
	for (size_t j = 0; j < 3; j++)
		d2 += (p.s.x0[j] - p.s.x_star[j]) * (p.s.x0[j] - p.s.x_star[j]);
	is_near(p.s.c.D2, d2, 1e-15, "D2 is the square of the distance");
	ok(p.s.c.L > 0 && p.s.c.d == 3 && p.s.c.n == 1 && p.s.c.d0 > 0, "the case has its constants");
	is_double(p.s.c.noise2, 0, 0, "one term makes no noise");
	is_double(p.s.c.L0, p.s.c.L, 0, "L0 follows from L");
	is_double(p.s.c.L1, 0, 0, "and L1 is 0");
	is_uint(p.c.checkpoints, 4, "a path is judged at every t");
	for (size_t t = 0; t < 4; t++) {
		is_uint(p.c.at[t], t + 1, "from 1 on");
		ok(p.c.bound[t] > 0 && isfinite(p.c.bound[t]) && (!t || p.c.bound[t] <= p.c.bound[t - 1]),
		   "the bound falls");
		is_double(p.s.schedule[0][t], p.s.param[0], 0, "gamma is the step");
	}
	contains(p.c.parameters, "gamma=", "the parameters are written out");
	ok(p.c.applicable && !*p.c.reason && !p.c.stochastic, "applicable, without chance");
	close_instance(&p);
}

/* ---- needs ---- */

/* Why the theorem says nothing of the objective, run by the method; "" if it does. */
static const char *reason(const char *theorem, const char *objective, const char *method)
{
	static rate_mark mark;
	static char out[512];
	rate_error error = { "" };
	instance p = { 0 };

	if (rate_bind(&p.given, registry, RATE_THEOREMS, theorem, 1, &error) ||
	    rate_bind(&p.f, registry, RATE_OBJECTIVES, objective, 1, &error) ||
	    rate_bind(&p.method, registry, RATE_METHODS, method, 1, &error)) {
		diag("%s", error.text);
		return "not bound";
	}
	p.c = (rate_check){ .theorem = p.given->word[0].info, .objective = p.f, .method = p.method, .given = p.given,
		                .fraction = 1, .factor = 1, .T = 4, .stream = 1, .alpha = 1e-9, .delta = 0.1 };
	ok(rate_session_open(&p.s, &p.c, &mark) == RATE_OK && rate_prepare(&p.s, &p.c) == RATE_OK,
	   "%s on %s: %s", theorem, objective, p.s.error.text);
	snprintf(out, sizeof out, "%s", p.c.applicable ? "" : p.c.reason);
	close_instance(&p);
	return out;
}

static void test_needs(void)
{
	instance p;

	is_str(reason("gd-convex-smooth", "quadratic:d=2", "gd"), "", "what it needs is there");
	contains(reason("gd-strongly-convex", "huber:tau=0.5", "gd"), "needs mu", "no strong convexity");
	contains(reason("gd-convex-smooth", "affine-field", "gd"), "the objective is a field",
	         "a field is no function");
	contains(reason("gd-convex-smooth", "abs", "gd"), "needs L", "not smooth");
	contains(reason("gd-convex-smooth", "quadratic:d=2+l1", "gd"), "gd ignores the composite part h", "h");
	contains(reason("gd-convex-smooth", "quadratic:d=2+box", "gd"), "gd ignores the feasible set", "a set");
	contains(reason("gd-convex-smooth", "broken-line:knots=0,slopes=0/0,start=1", "gd"), "L = 0",
	         "a constant gradient");
	ok(rate_need_known("interpolation") && rate_need_known("rounds") && !rate_need_known("interpolatio") &&
	   !rate_need_known("L "), "needs have names");
	open_instance(&p, "quadratic:d=2", "gd");
	ok(rate_reads(&p.s, "L") && !rate_reads(&p.s, "mu") && !rate_reads(&p.s, "L_max"),
	   "gd-nonconvex reads L alone");
	close_instance(&p);
}

/* ---- samples ---- */

static void test_samples(void)
{
	enum { N = 5, SUBSETS = 10 };
	instance p;
	const rate_sample *s;
	uint64_t first[2 * ROWS] = { 0 }, last[2] = { 0, 0 };
	int ordered = 1, kept = 1;

	open_instance(&p, "zero-or-L:p=5", "sgd:batch=2");
	p.s.run.nrep = ROWS;
	s = p.s.run.call->draw(&p.s.run, 0, 2);
	ok(s && s->batch == 2, "a batch of two: %s", p.s.error.text);
	for (size_t i = 0; s && i < 2 * ROWS; i++) {
		first[i] = s->index[i];
		kept &= s->index[i] < N && (i % 2 == 0 || s->index[i] != s->index[i - 1]);
	}
	ok(kept, "terms of the sum, without replacement");
	p.s.run.nrep = 1;
	for (size_t r = 0; r < ROWS; r++) {
		p.s.draws.replicate0 = r;
		s = p.s.run.call->draw(&p.s.run, 0, 2);
		ok(s && s->index[0] == first[2 * r] && s->index[1] == first[2 * r + 1],
		   "replicate %zu draws the same alone", r);
	}
	p.s.draws.replicate0 = 0;
	p.s.c.batch = 2;
	p.s.draws.outcomes = rate_subsets(N, 2);
	is_uint(p.s.draws.outcomes, SUBSETS, "C(5, 2)");
	p.s.draws.sampler = RATE_FORCED;
	for (p.s.draws.forced = 0; p.s.draws.forced < SUBSETS; p.s.draws.forced++) {
		s = p.s.run.call->draw(&p.s.run, 0, 2);
		ordered &= s && s->index[0] < s->index[1] && (!p.s.draws.forced || s->index[0] > last[0] ||
		                                                (s->index[0] == last[0] && s->index[1] > last[1]));
		memcpy(last, s->index, sizeof last);
	}
	ok(ordered && last[0] == 3 && last[1] == 4, "forced outcomes are the subsets in lexicographic order");
	ok(!p.s.draws.unforced, "and nothing else was drawn");
	p.s.run.call->draw(&p.s.run, 1, 2);
	ok(p.s.draws.unforced, "a second draw of the step is told");
	p.s.draws.sampler = RATE_BY_TERM;
	p.s.draws.unforced = 0;
	p.s.draws.purpose = 0; /* a new step */
	p.s.draws.forced = 4;
	s = p.s.run.call->draw(&p.s.run, 0, 2);
	ok(s && s->index[0] == 4 && s->index[1] == 4, "one term as often as the batch is large");
	ok(!p.s.run.call->draw(&p.s.run, 16, 1), "purposes end at 15");
	contains(p.s.error.text, "purpose 16", "which is said");
	rate_no_error(&p.s.error);
	ok(!p.s.run.call->draw(&p.s.run, 0, N + 1), "no batch is larger than the sum");
	contains(p.s.error.text, "batch of 6", "which is said");
	rate_no_error(&p.s.error);
	is_str(p.s.samples->name, "finite-sum", "whose terms are the plugin's");
	close_instance(&p);
	is_uint(rate_subsets(3, 4), 0, "no subset is larger than the set");
	is_uint(rate_subsets(40, 20), 137846528820, "C(40, 20)");
	is_uint(rate_subsets(60, 30), UINT64_MAX, "too many to count");
}

/* ---- span ---- */

static int leaves(instance *p, const double *x, uint64_t allowed)
{
	rate_witness w = { 0 };

	rate_span_test(&p->s, x, 1, allowed, &w);
	if (w.found)
		contains(w.detail, "the method left the span", "said so");
	return w.found;
}

static void test_span(void)
{
	instance p;
	double g[2][8] = { { 1 }, { 1, 1 } }, x[8], along[8];

	open_instance(&p, "quadratic:d=3,kappa=10", "gd");
	rate_span_open(&p.s);
	memcpy(x, p.s.x0, 3 * sizeof *x);
	memcpy(along, x, sizeof along);
	x[1] += 1;
	along[0] += 2;
	ok(!leaves(&p, p.s.x0, 0), "the start is in any span");
	ok(leaves(&p, along, 0), "no gradient, no step");
	rate_span_saw(&p.s, g[0]);
	ok(leaves(&p, along, 0), "what is not counted is not seen");
	p.s.watch.counting = 1;
	rate_span_saw(&p.s, g[0]);
	ok(!leaves(&p, along, 1), "along the first gradient");
	ok(leaves(&p, x, 1), "off it");
	rate_span_saw(&p.s, g[1]);
	ok(!leaves(&p, x, 2), "in the span of two");
	ok(leaves(&p, x, 1), "before its turn");
	ok(!leaves(&p, along, 1), "the first alone");
	close_instance(&p);
}

/* ---- blame ---- */

/* Between x_0 + from and x_0 + to. */
static const char *blamed(const char *objective, const char *name, double value, double from, double to)
{
	static rate_witness w;
	rate_declared lie = { .value = value, .how = RATE_INSTEAD };
	double x[8] = { 0 }, y[8] = { 0 };
	instance p;

	open_instance(&p, objective, "gd");
	x[0] = p.s.x0[0] + from;
	y[0] = p.s.x0[0] + to;
	snprintf(lie.name, sizeof lie.name, "%s", name);
	p.c.declared = &lie;
	p.c.declarations = 1;
	if (!strcmp(name, "L"))
		p.s.c.L = value;
	w = (rate_witness){ 0 };
	rate_blame(&p.s, x, y, 1, 1, &w);
	close_instance(&p);
	return w.found ? w.property : "";
}

static void test_blame(void)
{
	instance p;
	double x0;

	is_str(blamed("quadratic:d=1,L=2", "L", 2, 0, 1), "", "what is true is not blamed");
	is_str(blamed("quadratic:d=1,L=2", "L", 1.9, 0, 1), "L", "an L that is too small");
	is_str(blamed("cosh", "convex", 1, 0, 1), "", "a convex function");
	/* x^2 + 3 sin^2 x bends down about pi/2 */
	open_instance(&p, "pl-sine", "gd");
	x0 = p.s.x0[0];
	close_instance(&p);
	is_str(blamed("pl-sine", "convex", 1, 1.4 - x0, 1.8 - x0), "convex", "one that is not");
	is_str(blamed("pl-sine", "convex", 1, 0.1 - x0, 0.2 - x0), "", "but not everywhere");
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	test_prepare();
	test_needs();
	test_samples();
	test_span();
	test_blame();
	rate_registry_free(registry);
	return done_testing();
}
