/* `ratecheck help glossary`: the words of the output. Constants come from the host's own list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "verify/commands/command.h"
#include "verify/record/constants.h"

typedef struct word {
	const char *word, *meaning; /* no meaning: the head of a section */
} word;

static const word words[] = {
	{ "Verdicts", NULL },
	{ "holds", "what was measured obeys the claim at every judged step" },
	{ "refuted", "it does not, and the hypotheses are met: the claim, or the method in its place, is false" },
	{ "hypothesis-false",
	  "a declared constant is false, or parameters lie outside the theorem's range: no theorem is to blame" },
	{ "broken", "a plugin crashed, hung, answered NaN or broke a promise of the interface" },
	{ "not-applicable", "the objective lacks something that the theorem needs; the reason says what" },
	{ "Roles of a check", NULL },
	{ "instance", "an objective of the suite or of yours" },
	{ "sharp", "an instance made to attain the bound" },
	{ "control", "a claim made false on purpose, which must be refuted: else the check could not fail" },
	{ "What is said of a check", NULL },
	{ "ratio", "max_ratio: the largest measured / bound (lower bounds: bound / measured), at at_step; "
	           "1 is attained" },
	{ "max_ratio", "see ratio" },
	{ "at_step", "the step at which the ratio is largest" },
	{ "deep_ratio", "the largest ratio where the part of the bound that fades is below a tenth of what it was" },
	{ "trivial", "the ratio is reached at the start alone, where nothing has been claimed of the method yet" },
	{ "sharpness", "the bound times anything smaller is refuted by the data" },
	{ "held", "of a theorem: the instances on which it held, of all that were judged" },
	{ "controls", "those that were refuted, of all" },
	{ "T", "steps, the horizon of the run" },
	{ "judged_steps", "steps at which bound and measurement were compared" },
	{ "unjudged_steps", "steps at which rounding is as large as the bound: nothing is said there" },
	{ "max_error", "of identities: the largest difference of the two sides, as a part of them" },
	{ "blame", "objective, method or theorem: whose fault it is" },
	{ "conduct", "what was seen of a method that ran in the place of the theorem's own" },
	{ "beside", "that method and the theorem's own, step by step on the same samples" },
	{ "parts", "where that method is another one, not by rounding and not in the names of its samples alone" },
	{ "expected_ratio", "what theory says of a sharp instance" },
	{ "claimed_factor", "the claim is this factor times the bound: 1 but for controls and --bound-factor" },
	{ "empirical_order", "the rate that was seen; proven_order the one that is proven" },
	{ "exact_ratio",
	  "the worst case over the whole class of functions, as a part of the bound, where it was computed" },
	{ "oracle_calls", "gradients, values and samples that the method asked for" },
	{ "measurements", "a hash of all that was measured: equal hashes are equal bits" },
	{ "replay", "a command line that repeats the check" },
	{ "Statistics", NULL },
	{ "path", "one run, or a claim about every run: arithmetic decides" },
	{ "exact", "the mean is computed, not sampled: arithmetic decides" },
	{ "sampled", "replicates are drawn; an e-value decides, wrong with probability at most alpha" },
	{ "points", "a claim about points, not about a run" },
	{ "replicates", "independent runs that share all but their samples" },
	{ "alpha", "the chance of a false refutation that a sampled check may have" },
	{ "log_e_value", "the evidence against a sampled claim; it falls at log(1/alpha)" },
	{ "Kinds of claim", NULL },
	{ "deterministic", "at most so much, on every path" },
	{ "expectation", "at most so much in the mean" },
	{ "high-probability", "at most so much with probability 1 - delta" },
	{ "regret", "a sum over the run against the best fixed point" },
	{ "lower-bound", "at least so much, on the instance that the theorem names" },
	{ "non-convergence", "an instance on which the method does not come near" },
	{ "divergence", "an instance on which the method runs away" },
	{ "identity", "two sides are equal" },
	{ "What theorems need, beside constants", NULL },
	{ "finite-sum/1", "f is a mean of terms that can be asked for one by one; one term counts" },
	{ "hessian/1", "Hessian times vector" },
	{ "composition/1", "f is a convex function of a smooth map, and gives both" },
	{ "rho_model", "by how much such models may exceed f: rho_model/2 |y - x|^2" },
	{ "rho_terms", "weak convexity of every term" },
	{ "composite", "there is a part h or a feasible set; no composite: neither" },
	{ "whole space", "no feasible set" },
	{ "prox", "h, the feasible set or the terms have a proximal step" },
	{ "one term", "f is no sum of several terms" },
	{ "stochastic", "several terms, or noise; online: one term a round, in a fixed order" },
	{ "stationary", "the gradient vanishes at x_star" },
	{ "definite Hessian", "it is positive definite at x_0" },
	{ "quadratic terms", "every term is a quadratic" },
	{ "field", "the gradient is that of a saddle, or of no function at all; monotone: an operator that is" },
	{ "self_concordant", "the third derivative is bounded by the second: |D3 f[u, u, u]| <= 2 (D2 f[u, u])^(3/2)" },
	{ "rounds", "one term a round, or no sum at all" },
	{ "separable", "f + h is a sum over the coordinates" },
	{ "L_coord", "smoothness along each coordinate" },
	{ "group.lambda, group.size", "h = lambda times the sum of the lengths of groups of so many coordinates" },
	{ "tail_alpha, tail_sigma",
	  "E |noise|^alpha <= sigma^alpha; 2 and the root of the variance where no other is said" },
	{ "smoothing/1", "f averaged over a ball or a normal law is known exactly" },
	{ "ball.radius, ball.gap", "a radius, and f smoothed over that ball at the start less its infimum" },
	{ "normal.range, normal.sigma, normal.gap",
	  "sup f - inf f; a standard deviation, and f smoothed with such normals at the start less its infimum" },
	{ "tiles.size", "f is a sum over blocks of so many coordinates" },
	{ "lmo/1", "a linear function can be minimised over the feasible set" },
	{ "bandit.spread, bandit.arms", "the largest reward less the least, and how many arms" },
	{ "policy.gap", "how much better the better of two arms is" },
	{ "policy.horizon", "how many times the policy has to keep a bit" },
	{ "mdp.stages, mdp.actions, mdp.reward", "of a decision process: stages, actions, the largest reward" },
	{ "lock.stages", "digits of a lock" },
	{ "policy.ratio", "sup of -f'/(f - f_star), which does not fall along the line" },
	{ "estimator.kappa", "E |g|^2 = L^2 kappa |x - x_star|^2 + sigma_star2" },
	{ "vi.width, vi.landing", "standard deviation of the law that is fitted; 1: gradients that stick the landing" },
	{ "players.first", "two players: the coordinates of the first" },
	{ "bilevel.lambda, bilevel.unique", "two levels: weight of the penalty; 1: one lower solution for every x" },
	{ "bilevel.mu_g, bilevel.L_g, bilevel.m, bilevel.l_y, bilevel.l_x, bilevel.M",
	  "their second derivatives in y, lower and upper level, from below and above; mixed, upper and lower" },
	{ "bilevel.Lambda", "smoothness of the penalty" },
	{ "bilevel.S, bilevel.C, bilevel.Q, bilevel.B, bilevel.x_lambda, bilevel.x_hyper",
	  "of two parabolas: their coefficients, the minimisers of the penalty and of the hyper-objective" },
	{ "bilevel.variance_f, bilevel.variance_g, bilevel.shared",
	  "noise of a partial gradient of either level; 1: both lower ones have the same sample" },
	{ "blocks.count, blocks.copies, blocks.C, blocks.sigma2",
	  "of a sum of blocks: how many, terms of each, the largest smoothness of one, noise of a term" },
	{ "strata.roots, strata.spare", "the sum of the groups' standard deviations; samples beyond one a group" },
	{ "chain.mean, chain.rho, chain.sigma, chain.levels, chain.fixed, chain.offset",
	  "of a Markov chain: mean, correlation, deviation, levels of the estimate, whether it starts at a point, and "
	  "how far off" },
	{ "risk/1", "f is a risk of losses: their best weights depend on all of them" },
	{ "risk.nu, risk.mu, risk.cap, risk.n",
	  "of a risk: the penalty, the ridge, the largest weight, how many losses" },
	{ "risk.L, risk.G, risk.G2, risk.pair",
	  "of its losses: smoothness, the steepest slope, the mean square of the slopes; two opposite lines" },
	{ "quantities/1", "numbers of its own that a theorem asks for by name at a point; a wrapper has none" },
	{ "network/1", "x is the copies that agents on a network have" },
	{ "network.agents, network.lambda_2, network.lambda_n, network.rho",
	  "how many agents; the second and the least eigenvalue of W, which mixes, the larger of their sizes" },
	{ "network.g1, network.g2, network.F_star",
	  "the slopes of the agents at x_star, and their squares, added up; the sum of F_star" },
	{ "network.L, network.L_rms", "smoothness of the mean loss, and the root mean square of that of the agents" },
	{ "network.common, network.nu", "all agents have one Hessian; its least eigenvalue is -nu < 0" },
	{ "coins.rounds", "experts that say how likely heads are: how many throws the list has" },
	{ "features.l1, features.l2, features.l3, features.l4, features.s2",
	  "of features with Gaussian moments: their variances, that of the noise" },
	{ "normal.scale", "exp(-f) is a normal density, and this its least deviation" },
	{ "lines.slope", "the mean slope, where all terms are lines" },
	{ "matrix.n, matrix.spike", "x is a symmetric matrix: its rows, and the eigenvalue of x_star that is not 0" },
	{ "power-law.a, power-law.b, power-law.scale", "exponents of loss and spectrum, and the size of the start" },
	{ "relu-teacher.length", "|w*| of a filter that is learnt" },
	{ "two-rows.s", "s of least squares with the rows (1, s) and (1, -s)" },
	{ "stable.alpha, stable.scale", "index and scale of stable noise" },
	{ "inverse_margin, inverse_least",
	  "of the groups that are 0 at x_star, and of those that are not: how far from changing" },
	{ "L_mean", "the mean of the terms' smoothness" },
	{ "mu_g", "strong convexity of what the proximal step is taken of" },
	{ "sigma_F2", "the variance of the terms' gradients at x_star" },
	{ "grad_star2", "|grad f(x_star)|^2, not 0 where there is an h or a set" },
	{ "ell", "l with <V(x) - V(x_star), x - x_star> >= |V(x) - V(x_star)|^2/l" },
	{ "sigma_by_L", "the variance at x_star of gradients of terms that are drawn in proportion to L_i" },
	{ "L_metric, mu_metric, metric_most, metric_least, metric_rank, D2_metric",
	  "of f in the norm that the method's matrix makes" },
	{ "even, cycle, box, simplex, tent, minimax, chain, ...",
	  "the functions of one family, of which such a theorem speaks" },
	{ "Notes", NULL },
	{ "uncertified minimiser",
	  "the point x_star was found but is not proved to be near enough: the claim is weaker there" },
	{ "work cap",
	  "the effort's budget made it fewer replicates, steps or points; --replicates and --steps are exact" },
	{ "not affine",
	  "there is no exact mean: the step is not affine in x along the run, so that the claim was sampled" },
	{ "lowered", "the field that holds such a note" },
	{ "Constants", NULL },
};

static void row(const char *name, const char *meaning)
{
	int long_name = strlen(name) > 18;

	printf(long_name ? "  %s\n%22s%s\n" : "  %-18s  %s%s\n", name, long_name ? "" : meaning,
	       long_name ? meaning : "");
}

void rate_print_glossary(void)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].meaning)
			row(words[i].word, words[i].meaning);
		else
			printf("%s%s\n", i ? "\n" : "", words[i].word);
	}
	for (const rate_constant_info *c = rate_constant_list; c->name; c++)
		row(c->name, c->text);
}
