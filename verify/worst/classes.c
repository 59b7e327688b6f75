/* What a theorem needs of its functions, as a class that can be interpolated: there are conditions on finitely many
 * points (x, g, f) that are necessary and sufficient for a function of the class to run through them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/worst.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum part { NOTHING, CONVEX, STRONG, SMOOTH, LIPSCHITZ, LOJASIEWICZ, MINIMISER, INTERPOLATES, WITHOUT_NOISE, COMPOSITE,
            PATHS, MONOTONE, INVERSE, FIELD, BOUNDED, CONVEX_H, LOJASIEWICZ_F };

static const struct { const char *need; enum part part; } parts[] = {
	{ "convex", CONVEX }, { "mu", STRONG }, { "mu_min", STRONG }, { "L", SMOOTH }, { "L_max", SMOOTH },
	{ "L_mean", SMOOTH }, { "G", LIPSCHITZ }, { "G_mean", LIPSCHITZ }, { "pl", LOJASIEWICZ },
	{ "x_star", MINIMISER }, { "f_star", NOTHING }, { "F_star", NOTHING }, { "finite-sum/1", NOTHING },
	{ "no composite", NOTHING }, { "whole space", NOTHING },
	{ "stationary", NOTHING }, { "one term", NOTHING }, { "rounds", NOTHING }, { "prox", NOTHING },
	{ "mu_g", NOTHING }, { "interpolation", INTERPOLATES }, { "sigma_star2", PATHS }, { "stochastic", PATHS },
	{ "noise2", WITHOUT_NOISE }, { "noise_max", WITHOUT_NOISE }, { "noise_subgauss", WITHOUT_NOISE },
	{ "sigma_F2", WITHOUT_NOISE }, { "noise_additive", WITHOUT_NOISE }, { "strong_growth", WITHOUT_NOISE },
	{ "Delta_star", WITHOUT_NOISE }, { "noise_M", WITHOUT_NOISE }, { "noise_MV", WITHOUT_NOISE },
	{ "field", FIELD }, { "monotone", MONOTONE }, { "cocoercive", INVERSE }, { "composite/1", COMPOSITE },
	{ "composite", COMPOSITE }, { "mu_h", CONVEX_H }, { "pl_F", LOJASIEWICZ_F },
	/* In the coordinates B^(1/2) x a method in the metric B is one in that of the identity: the worst case is the
	 * same. */
	{ "L_metric", SMOOTH }, { "mu_metric", STRONG }, { "D2_metric", MINIMISER }, { "metric_most", NOTHING },
	{ "metric_least", NOTHING }, { "diameter", BOUNDED },
};

static enum part part_of(const char *need)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!strcmp(parts[i].need, need))
			return parts[i].part;
	return (enum part)-1;
}

/* Why there is no model of what a theorem needs; a name that ends with a dot stands for all that begin so. */
static const struct { const char *need, *why; } reasons[] = {
	{ "L_coord", "its steps are along coordinates, and of each a Gram matrix of rank one would be needed, which is "
	             "no convex condition" },
	{ "network.", "the copies of all agents are one vector, which mixing takes apart, and a Gram matrix knows it "
	              "as a whole" },
	{ "difference", "it is about two parabolas of given curvatures, and not about a class" },
};

static const char *reason_of(const char *need)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		size_t n = strlen(reasons[i].need);
		if (reasons[i].need[n - 1] == '.' ? !strncmp(need, reasons[i].need, n) : !strcmp(need, reasons[i].need))
			return reasons[i].why;
	}
	return NULL;
}

int rate_family_of(rate_worst_family *f, const struct rate_theorem *theorem, const rate_ask *ask,
                   rate_error *reason)
{
	const char *const *need = theorem->needs.item;
	int monotone = 0, inverse = 0, field = 0, strong = 0;

	*f = (rate_worst_family){ .L = NAN, .mu = NAN, .G = NAN, .pl = NAN, .terms = (int)ask->terms };
	for (uint32_t i = 0; i < theorem->needs.count; i++) {
		enum part part = part_of(need[i]);
		if (part == (enum part)-1) {
			const char *why = reason_of(need[i]);
			return rate_fail(reason, "it needs %s%s%s", need[i], why ? ": " : ", ",
			                 why ? why : "for which no interpolation conditions are known here");
		}
		if (part == WITHOUT_NOISE && ask->terms > 1) {
			rate_fail(reason, "it needs %s, which is known of single functions only (--terms 1)",
			         need[i]);
			return RATE_FAIL;
		}
		if (!strcmp(need[i], "stochastic") && ask->terms < 2) {
			rate_fail(reason, "it is about sums of two terms and more: --terms 2");
			return RATE_FAIL;
		}
		f->convex |= part == CONVEX || part == STRONG;
		f->smooth |= part == SMOOTH || part == INVERSE;
		f->lipschitz |= part == LIPSCHITZ;
		f->lojasiewicz |= part == LOJASIEWICZ;
		f->minimiser |= part == MINIMISER;
		f->interpolation |= part == INTERPOLATES;
		f->bounded |= part == BOUNDED;
		f->below |= part == CONVEX_H;
		if (part == LOJASIEWICZ_F)
			f->pl_F = ask->mu;
		monotone |= part == MONOTONE;
		inverse |= part == INVERSE;
		field |= part == FIELD;
		strong |= part == STRONG;
		if (part == STRONG)
			f->mu = ask->mu;
	}
	if (field && !monotone && !inverse && !strong) {
		rate_fail(reason, "fields that need not be monotone are not modelled");
		return RATE_FAIL;
	}
	monotone |= field && strong;
	if (monotone || inverse) {
		f->kind = inverse ? RATE_COCOERCIVE : f->smooth ? RATE_LIPSCHITZ : RATE_MONOTONE;
		f->convex = f->minimiser = 1;
	}
	f->below = f->below && !f->convex && f->smooth;
	if (ask->strong && f->convex && !f->lipschitz)
		f->mu = ask->mu;
	if (f->smooth)
		f->L = ask->L;
	if (f->lipschitz)
		f->G = ask->G;
	if (f->lojasiewicz && !f->convex)
		f->pl = ask->mu;
	if (f->smooth && f->mu >= f->L) {
		rate_fail(reason, "mu = %g is not below L = %g", f->mu, f->L);
		return RATE_FAIL;
	}
	if (!f->convex && !f->smooth) {
		rate_fail(reason, "it assumes neither convexity nor smoothness");
		return RATE_FAIL;
	}
	if (f->bounded && (!f->convex || ask->terms > 1 || field)) {
		rate_fail(reason, "a bounded feasible set is modelled for one convex function only");
		return RATE_FAIL;
	}
	if (f->bounded && f->lipschitz) {
		rate_fail(reason, "bounded subgradients over a bounded set are not modelled");
		return RATE_FAIL;
	}
	if (f->lipschitz && f->mu > 0 && !f->smooth) {
		rate_fail(reason, "strong convexity and bounded subgradients together exclude the whole space, "
		                       "and a bounded feasible set "
		                       "is not modelled");
		return RATE_FAIL;
	}
	return RATE_OK;
}

double rate_family_need(const rate_worst_family *f, const char *need)
{
	const struct { const char *name; double value; } known[] = {
		{ "L", f->L }, { "L_max", f->L }, { "L_mean", f->L }, { "mu", f->mu }, { "mu_min", f->mu },
		{ "L_metric", f->L }, { "mu_metric", f->mu },
		{ "G", f->G }, { "G_mean", f->G }, { "pl", f->pl == f->pl ? f->pl : f->mu },
		{ "pl_F", f->pl_F }, { "f_star", 0 },
		{ "F_star", 0 }, { "noise2", 0 }, { "noise_max", 0 },
		{ "noise_subgauss", 0 }, { "noise_M", 0 }, { "noise_MV", 0 }, { "sigma_F2", 0 }, { "Delta_star", 0 },
		{ "mu_g", f->mu > 0 ? f->mu : 0 }, { "mu_h", 0 },
		{ "sigma_star2", f->terms > 1 && !f->interpolation ? 1 : 0 }, { "prox", 2 },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].name, need))
			return known[i].value;
	return 1;
}

void rate_family_words(const rate_worst_family *f, char *out, size_t size)
{
	size_t used = 0;

#define ADD(...) (used += (size_t)snprintf(out + used, used < size ? size - used : 0, __VA_ARGS__))
	if (f->terms > 1)
		ADD("mean of %d functions, each ", f->terms);
	if (f->kind && f->mu > 0)
		ADD("mu-strongly monotone operator, mu = %g", f->mu);
	else if (f->kind)
		ADD("monotone operator");
	if (f->kind && f->smooth)
		ADD(", %s, L = %g", f->kind == RATE_COCOERCIVE ? "1/L-cocoercive" : "L-Lipschitz", f->L);
	if (f->kind)
		;
	else if (f->mu > 0)
		ADD("mu-strongly convex, mu = %g", f->mu);
	else if (f->convex)
		ADD("convex");
	else if (!f->below)
		ADD("bounded below");
	if (f->smooth && !f->kind)
		ADD("%sL-smooth, L = %g", f->below ? "" : ", ", f->L);
	if (f->lipschitz)
		ADD(", subgradients at most G = %g long", f->G);
	if (f->pl > 0)
		ADD(", |grad f|^2 >= 2 mu (f - f*), mu = %g", f->pl);
	if (f->interpolation && f->terms > 1)
		ADD(", all with the same minimiser");
	if (f->bounded)
		ADD(", over a convex set of diameter 1");
#undef ADD
}

const char *rate_class_letter(const char *words)
{
	return strstr(words, "operator") ? "A" : "f";
}
