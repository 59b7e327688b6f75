/* One check as one line of JSON (results.jsonl, `verify --format json`). The keys come in a fixed order and numbers
 * with 17 digits, so that equal runs give equal bytes. JSON has no NaN or infinity: both become null. */
#include "reports/report.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"

#define FLAGS (JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(17))

/* Every setter steals its value; `bad` collects failures so that the caller tests once. */
typedef struct object {
	json_t *json;
	int bad;
} object;

static void put(object *o, const char *key, json_t *value)
{
	if (!value || json_object_set_new(o->json, key, value))
		o->bad = 1;
}

/* Text of a plugin may be no UTF-8, which jansson refuses; such bytes become '?' rather than losing the line. */
static json_t *safe_text(const char *s)
{
	json_t *j = json_string(s);
	size_t i, n = strlen(s);
	char *copy;

	if (j || !(copy = malloc(n + 1)))
		return j;
	for (i = 0; i <= n; i++)
		copy[i] = (unsigned char)s[i] < 0x80 ? s[i] : '?';
	j = json_string(copy);
	free(copy);
	return j;
}

static void put_text(object *o, const char *key, const char *s)
{
	put(o, key, s ? safe_text(s) : json_null());
}

static void put_real(object *o, const char *key, double x)
{
	put(o, key, isfinite(x) ? json_real(x) : json_null());
}

static void put_count(object *o, const char *key, uint64_t n)
{
	put(o, key, json_integer((json_int_t)n));
}

static void put_bool(object *o, const char *key, int yes)
{
	put(o, key, json_boolean(yes));
}

/* Words are never "unknown" because of a missing spec: a point theorem has neither objective nor method. */
static const char *canonical(const rate_bound_spec *b)
{
	return b ? b->canonical : NULL;
}

static json_t *instance(const rate_check *c)
{
	object o = { json_object(), 0 };

	put_text(&o, "objective", canonical(c->objective));
	put_text(&o, "method", canonical(c->method));
	put_text(&o, "parameters", c->parameters);
	put_count(&o, "steps", c->T);
	if (o.bad) {
		json_decref(o.json);
		return NULL;
	}
	return o.json;
}

static void put_theorem(object *o, const rate_check *c)
{
	put_text(o, "check", c->id);
	put_text(o, "role", rate_role_name(c->role));
	put_text(o, "theorem", c->theorem->id);
	put_text(o, "chapter", c->theorem->chapter);
	put_text(o, "title", c->theorem->title);
	put_text(o, "statement", c->theorem->statement);
	put_text(o, "quantity", c->theorem->quantity);
	put_text(o, "formula", c->theorem->formula);
	put_text(o, "source", c->theorem->source);
	put_text(o, "objective", canonical(c->objective));
	put_text(o, "brief", c->objective ? c->objective->brief : NULL);
	put_text(o, "method", canonical(c->method));
	put(o, "instance", instance(c));
	put_text(o, "parameters", c->parameters);
	put_text(o, "kind", rate_kind_of(c->theorem->claim)->name);
}

static void put_verdict(object *o, const rate_check *c, const rate_verdict *v)
{
	put_text(o, "verdict", rate_verdict_name(v->code));
	put_bool(o, "ok", v->ok);
	put_text(o, "reason", v->reason);
	put_text(o, "statistic", rate_statistic_name(v->statistic));
	put_real(o, "sharpness", v->sharpness);
	put_real(o, "max_ratio", v->max_ratio);
	put_real(o, "deep_ratio", v->deep_ratio);
	put_bool(o, "trivial", v->trivial);
	put_real(o, "max_error", v->max_error);
	put_count(o, "at_step", v->at_step);
	put_real(o, "log_e_value", v->log_e_value);
	put_real(o, "alpha", c->alpha);
	put_real(o, "delta", rate_kind_of(c->theorem->claim)->about == RATE_ABOUT_TAIL ? c->delta : NAN);
	put_count(o, "replicates", v->replicates);
	put_count(o, "steps", c->T);
	put_count(o, "judged_steps", v->judged_steps);
	put_count(o, "unjudged_steps", v->unjudged_steps);
	put_count(o, "seed", c->seed);
	put_real(o, "empirical_order", v->empirical_order);
	put_real(o, "proven_order", v->proven_order);
	put_text(o, "order", v->order_geometric ? "geometric" : isfinite(v->proven_order) ? "power" : NULL);
}

/* A user's method and the theorem's own, step by step; null where there were not two. */
static json_t *beside(const rate_check *c, const rate_beside *b)
{
	object o = { json_object(), 0 };

	put_text(&o, "method", canonical(c->reference));
	put_count(&o, "steps", b->compared);
	put(&o, "parts_at", b->step ? json_integer((json_int_t)b->step) : json_null());
	put_real(&o, "apart", b->step ? b->apart : NAN);
	put_count(&o, "replicate", b->replicate);
	put_count(&o, "coordinate", b->coordinate);
	put_real(&o, "value", b->step ? b->mine : NAN);
	put_real(&o, "reference", b->step ? b->reference : NAN);
	put_text(&o, "law", rate_law_name(b->law));
	put(&o, "parts", rate_parts(b) < 0 ? json_null() : json_boolean(rate_parts(b)));
	if (o.bad) {
		json_decref(o.json);
		return NULL;
	}
	return o.json;
}

static void put_blame(object *o, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	put_text(o, "blame", rate_culprit_name(v->blame));
	put_text(o, "conduct", v->conduct);
	put(o, "beside", m && m->beside.compared ? beside(c, &m->beside) : json_null());
}

/* The worst of the whole class after these steps. */
static void put_exact(object *o, const rate_known_worst *w)
{
	int known = w->ratio > 0;

	put_real(o, "exact_ratio", known ? w->ratio : NAN);
	put_real(o, "exact_value", known ? w->value : NAN);
	put_text(o, "exact_status", !known ? NULL : w->upper ? "upper" : "exact");
}

/* A hash of all that was measured: the same seed must give the same bits. */
static void put_bits(object *o, const rate_measured *m)
{
	char hex[17] = "";

	if (m && m->q)
		snprintf(hex, sizeof hex, "%016" PRIx64,
		         rate_hash_bytes(m->q, m->checkpoints * m->replicates * sizeof *m->q, m->replicates));
	put_text(o, "measurements", *hex ? hex : NULL);
}

int rate_json_result(FILE *out, const rate_result *r)
{
	const rate_check *c = r->check;
	object o = { json_object(), 0 };
	int rc;

	if (!o.json)
		return RATE_FAIL;
	put_count(&o, "schema", 1);
	put_text(&o, "version", PACKAGE_VERSION);
	put_theorem(&o, c);
	put_verdict(&o, c, r->verdict);
	put_blame(&o, c, r->measured, r->verdict);
	put_exact(&o, &r->exact);
	put_bits(&o, r->measured);
	put_count(&o, "oracle_calls", r->measured ? r->measured->oracle_calls : 0);
	put_real(&o, "seconds", r->measured ? r->measured->seconds : 0);
	put_real(&o, "expected_ratio", c->expected_ratio);
	put_real(&o, "claimed_factor", c->factor);
	put_text(&o, "note", c->note);
	put_text(&o, "lowered", c->lowered);
	put_text(&o, "replay", r->replay);
	rc = o.bad || json_dumpf(o.json, out, FLAGS) || putc('\n', out) == EOF ? RATE_FAIL : RATE_OK;
	json_decref(o.json);
	return rc;
}
