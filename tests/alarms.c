/* Real sampled checks at alpha = 0.01, with fresh seeds until there are enough: how many true claims are refuted?
 * Writes Markdown.
 *
 *     ./run tests/alarms 10000 1     checks, first seed
 *
 * The first pass runs all checks of effort `quick` to see which are sampled; the next ones run these alone. Exit: 0;
 * 1 if more are refuted than chance at 0.01 explains.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "verify/work/engine.h"
#include "verify/plan/plan.h"

#define ALPHA 0.01

typedef struct alarms {
	unsigned char *sampled; /* by number in the plan */
	size_t *number;         /* of each check of this pass in the plan */
	size_t checks, refuted, broken, claims, wanted;
} alarms;

static int delivered(void *user, size_t i, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	alarms *s = user;

	(void)m;
	if (v->statistic != RATE_SAMPLED || c->role == RATE_ROLE_CONTROL || s->checks >= s->wanted)
		return 0;
	s->claims += !s->sampled[s->number[i]];
	s->sampled[s->number[i]] = 1;
	s->checks++;
	s->refuted += v->code == RATE_REFUTED;
	s->broken += v->code != RATE_REFUTED && v->code != RATE_HOLDS;
	if (v->code != RATE_HOLDS)
		fprintf(stderr, "alarms: %s, seed %llu: %s\n", c->id, (unsigned long long)c->seed, v->reason);
	return 0;
}

/* One pass with that seed: all checks, or those known to be sampled. */
static int pass(alarms *s, rate_registry *registry, uint64_t seed, int all)
{
	const char *data = getenv("RATECHECK_DATA");
	char suite[4096];
	rate_error error;
	const rate_engine_options how = { .jobs = 2, .seconds = 300, .isolate = 1 };
	rate_plan_options o = { .effort = RATE_QUICK, .alpha = ALPHA, .seed = seed, .suite = suite };
	rate_plan *plan = NULL;
	rate_check **some;
	size_t count = 0;
	int rc;

	snprintf(suite, sizeof suite, "%s/suite", data ? data : "data");
	if (rate_plan_make(&plan, registry, &o, &error)) {
		fprintf(stderr, "alarms: %s\n", error.text);
		return RATE_FAIL;
	}
	some = malloc((plan->count + 1) * sizeof *some);
	if (all) {
		s->sampled = calloc(plan->count + 1, 1);
		s->number = calloc(plan->count + 1, sizeof *s->number);
	}
	for (size_t i = 0; some && s->sampled && s->number && i < plan->count; i++)
		if (all || s->sampled[i]) {
			s->number[count] = i;
			some[count++] = plan->check[i];
		}
	rc = count ? rate_engine(some, count, &how, delivered, s) : RATE_FAIL;
	free(some);
	rate_plan_free(plan);
	return rc;
}

static void report(const alarms *s, uint64_t first, uint64_t last)
{
	char date[32];
	time_t now = time(NULL);
	double n = (double)s->checks, k = (double)s->refuted;

	strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
	printf("# False alarms\n\nMade by `make alarms` on %s with the seeds %llu to %llu.\n\n"
	       "Sampled checks of the suite (effort quick) at alpha = %g, all of true claims: "
	         "%zu theorems on instances, each with\n"
	       "fresh seeds.\n\n| checks | refuted | share, 95 %% interval of Clopper and Pearson | neither "
	         "holds nor refuted |\n"
	       "| --- | --- | --- | --- |\n| %zu | %zu | %.5f [%.5f, %.5f] | %zu |\n",
	       date, (unsigned long long)first, (unsigned long long)last, ALPHA, s->claims, s->checks,
	       s->refuted, k / n, k > 0 ? gsl_cdf_beta_Pinv(0.025, k, n - k + 1) : 0,
	       gsl_cdf_beta_Qinv(0.025, k + 1, n - k), s->broken);
}

int main(int argc, char **argv)
{
	alarms s = { .wanted = argc > 1 ? strtoull(argv[1], NULL, 10) : 10000 };
	uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1, seed = first;
	rate_registry *registry = NULL;
	rate_error error;
	int rc;

	if (rate_registry_open(&registry, NULL, 0, &error)) {
		fprintf(stderr, "alarms: %s\n", error.text);
		return 2;
	}
	for (rc = pass(&s, registry, seed, 1); rc == RATE_OK && s.checks < s.wanted &&
	     s.claims; rc = pass(&s, registry, seed, 0))
		seed++;
	rate_registry_free(registry);
	if (rc != RATE_OK || !s.checks)
		return 2;
	report(&s, first, seed);
	return (double)s.refuted > ALPHA * (double)s.checks + 3 * sqrt(ALPHA * (double)s.checks) || s.broken;
}
