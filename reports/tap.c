/* TAP version 13, flat points: prove rejects version 14 and both consumers ignore indented subtests. The numbers are in
 * a YAML block for programs and on one # line for people. */
#include "reports/escape.h"
#include "reports/report.h"
#include "reports/text.h"

#include <inttypes.h>
#include <math.h>

void rate_tap_head(FILE *out)
{
	fputs("TAP version 13\n", out);
}

static void describe(FILE *out, const char *text)
{
	rate_escape(out, RATE_TAP, text);
}

/* Double-quoted YAML, whose escapes are those of JSON. */
static void yaml_text(FILE *out, const char *key, const char *text)
{
	fprintf(out, text ? "  %s: \"" : "  %s: null\n", key);
	if (!text)
		return;
	rate_escape(out, RATE_YAML, text);
	fputs("\"\n", out);
}

static void yaml_real(FILE *out, const char *key, double x)
{
	if (isfinite(x))
		fprintf(out, "  %s: %.17g\n", key, x);
	else
		fprintf(out, "  %s: null\n", key);
}

static void yaml_count(FILE *out, const char *key, uint64_t n)
{
	fprintf(out, "  %s: %" PRIu64 "\n", key, n);
}

static void yaml_block(FILE *out, const rate_result *r)
{
	const rate_check *c = r->check;
	const rate_verdict *v = r->verdict;

	fputs("  ---\n", out);
	yaml_text(out, "check", c->id);
	yaml_text(out, "verdict", rate_verdict_name(v->code));
	yaml_text(out, "role", rate_role_name(c->role));
	yaml_text(out, "reason", v->reason);
	yaml_text(out, "blame", rate_culprit_name(v->blame));
	yaml_text(out, "conduct", v->conduct);
	yaml_text(out, "objective", c->objective ? c->objective->canonical : NULL);
	yaml_text(out, "method", c->method ? c->method->canonical : NULL);
	yaml_text(out, "parameters", c->parameters);
	yaml_text(out, "bound", c->theorem->formula);
	yaml_text(out, "statistic", rate_statistic_name(v->statistic));
	yaml_real(out, "max_ratio", v->max_ratio);
	yaml_real(out, "sharpness", v->sharpness);
	yaml_count(out, "at_step", v->at_step);
	yaml_count(out, "steps", c->T);
	yaml_count(out, "replicates", v->replicates);
	yaml_real(out, "log_e_value", v->log_e_value);
	yaml_real(out, "alpha", c->alpha);
	yaml_count(out, "seed", c->seed);
	yaml_text(out, "replay", r->replay);
	fputs("  ...\n", out);
}

static void people(FILE *out, const rate_check *c, const rate_verdict *v)
{
	char ratio[32], sharp[32];

	rate_number(ratio, sizeof ratio, v->max_ratio, 4);
	rate_number(sharp, sizeof sharp, v->sharpness, 3);
	fprintf(out, "# %s: ratio %s at step %" PRIu64 ", sharpness %s, %s", rate_verdict_name(v->code),
	        ratio, v->at_step, sharp, rate_statistic_name(v->statistic));
	if (v->replicates > 1)
		fprintf(out, ", R=%" PRIu64, v->replicates);
	if (c->role == RATE_ROLE_CONTROL)
		fputs(v->ok ? "; control refuted, as it must be" : "; control NOT refuted", out);
	if (*v->reason) {
		fputs("; ", out);
		describe(out, v->reason);
	}
	if (*v->conduct) {
		fputs("; ", out);
		describe(out, v->conduct);
	}
	putc('\n', out);
}

/* A skipped point is `ok`: a claim that says nothing about an instance is no failure. */
void rate_tap_result(FILE *out, uint64_t number, const rate_result *r)
{
	const rate_check *c = r->check;
	const rate_verdict *v = r->verdict;
	int skip = v->code == RATE_NOT_APPLICABLE;

	fprintf(out, "%s %" PRIu64 " - ", (v->ok || skip) && !r->parts ? "ok" : "not ok", number);
	describe(out, c->theorem->id);
	if (c->objective) {
		fputs(" on ", out);
		describe(out, c->objective->canonical);
	}
	if (c->parameters && *c->parameters) {
		fputs(" with ", out);
		describe(out, c->parameters);
	}
	if (c->role == RATE_ROLE_CONTROL)
		fputs(" (control)", out);
	if (skip) {
		fputs(" # SKIP ", out);
		describe(out, *v->reason ? v->reason : c->reason);
	}
	putc('\n', out);
	if (!skip)
		people(out, c, v);
	yaml_block(out, r);
}

void rate_tap_kept(FILE *out, uint64_t number, const char *check, rate_verdict_code code, int control, int parts)
{
	int skip = code == RATE_NOT_APPLICABLE, ok = code == (control ? RATE_REFUTED : RATE_HOLDS);

	fprintf(out, "%s %" PRIu64 " - ", (ok || skip) && !parts ? "ok" : "not ok", number);
	describe(out, check);
	fprintf(out, " (%s, of the run before)%s\n", rate_verdict_name(code), skip ? " # SKIP not applicable" : "");
}

void rate_tap_foot(FILE *out, uint64_t count, const rate_summary *s)
{
	if (s)
		fprintf(out, "# planned false-alarm rate: %" PRIu64 " sampled checks x %g = %g; %.3g s\n",
		        s->sampled, s->alpha, (double)s->sampled * s->alpha, s->seconds);
	if (count)
		fprintf(out, "1..%" PRIu64 "\n", count);
	else
		fputs("1..0 # SKIP no check to run\n", out);
}
