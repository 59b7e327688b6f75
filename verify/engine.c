/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "plugins/isolate.h"
#include "verify/judge.h"
#include "verify/session.h"

/* What a child hands back lies in one shared arena: this head, then the arrays, packed in the order of the pointers. The
 * arena is virtual: only pages that are written cost memory. */
#define ARENA ((size_t)1 << 30)
#define POINTS 400

typedef struct head {
	int applicable, unfit, stochastic, points;
	char reason[512], parameters[512], lowered[128];
	size_t d, n, params, checkpoints, used;
	uint64_t T;
	double proven_power, proven_factor;
	rate_measured m;
	int path_bound, has_transient;
} head;

typedef struct job {
	struct engine *e;
	size_t number;
	rate_check *check;
	rate_check child; /* the child's own copy, completed by prepare */
	head *arena;
	uint64_t first, count;
	rate_measured m;  /* what has been gathered so far */
	rate_verdict verdict;
	int looks, over;
	struct job *user, *reference; /* a reference's: the job whose method it is asked about; and back */
} job;

typedef struct engine {
	const rate_engine_options *o;
	rate_pool *pool;
	rate_check **check;
	job **job; /* from launch to delivery: every fork copies the page tables of all that the parent holds */
	size_t count, next, delivered, running;
	rate_deliver deliver;
	void *user;
	int stop;
	double started;
} engine;

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* ---- In the child ---- */

static double *carve(head *h, size_t doubles)
{
	double *p = (double *)((char *)h + h->used);

	if (h->used + doubles * sizeof *p > ARENA)
		return NULL;
	h->used += (doubles * sizeof *p + 63) / 64 * 64;
	return p;
}

/* The layout that child and parent agree on: at, bound, transient, param, then q, s, b. */
static int lay_out(head *h, size_t replicates, double **at, double **bound, double **transient, double **param)
{
	size_t k = h->checkpoints;

	h->used = (sizeof *h + 63) / 64 * 64;
	*at = carve(h, k);
	*bound = carve(h, k);
	*transient = h->has_transient ? carve(h, k) : NULL;
	*param = carve(h, h->params + 1);
	h->m.q = carve(h, k * replicates);
	h->m.s = carve(h, k * replicates);
	h->m.b = h->path_bound ? carve(h, k * replicates) : NULL;
	return h->m.q && h->m.s && (!h->path_bound || h->m.b) ? RATE_OK : RATE_FAIL;
}

static int hand_over(job *j, rate_session *s, size_t replicates)
{
	head *h = j->arena;
	rate_check *c = &j->child;
	double *at, *bound, *transient, *param;

	h->checkpoints = c->checkpoints;
	h->has_transient = c->transient != NULL;
	h->path_bound = !s->method || (s->theorem->flags & RATE_PATH_BOUND) != 0;
	h->params = c->params;
	h->proven_power = c->proven_power;
	h->proven_factor = c->proven_factor;
	h->m.checkpoints = c->checkpoints;
	h->m.replicates = replicates;
	if (lay_out(h, replicates, &at, &bound, &transient, &param)) {
		snprintf(s->error, sizeof s->error, "the measurements do not fit into %zu MiB", ARENA >> 20);
		return RATE_FAIL;
	}
	for (size_t k = 0; k < c->checkpoints; k++) {
		at[k] = (double)c->at[k];
		bound[k] = c->bound[k];
		if (transient)
			transient[k] = c->transient[k];
	}
	memcpy(param, c->param, c->params * sizeof *param);
	return RATE_OK;
}

/* The other tie between runner and recursion: the runner's own replicates may not exceed the exact means. One-sided,
 * since a sample mean can miss rare large values but cannot make them up. */
enum { TIE_REPLICATES = 1024, TIE_POINTS = 16 };

static int runner_agrees(const rate_check *c, rate_session *s, rate_measured *exact)
{
	rate_check sparse = *c;
	rate_measured m = { .statistic = RATE_SAMPLED, .replicates = TIE_REPLICATES };
	uint64_t at[TIE_POINTS];
	double bound[TIE_POINTS], *store;
	size_t k = 0, index[TIE_POINTS];
	int rc;

	for (size_t i = 0, next = 1; i < c->checkpoints && k < TIE_POINTS; i++)
		if (c->at[i] >= next && c->at[i] >= 1 && exact->q[i] > 0) {
			index[k] = i;
			at[k++] = c->at[i];
			next = 2 * c->at[i];
		}
	if (!k || !(store = malloc(2 * k * TIE_REPLICATES * sizeof *store)))
		return RATE_OK;
	m.q = store;
	m.s = store + k * TIE_REPLICATES;
	m.checkpoints = sparse.checkpoints = k;
	sparse.at = at;
	rc = rate_run_paths(s, &sparse, 0, TIE_REPLICATES, &m);
	/* The recursion visits no points; the runner does, and what it sees of the objective there counts. */
	if (rc == RATE_OK && m.witness.found) {
		exact->witness = m.witness;
		free(store);
		return RATE_OK;
	}
	for (size_t i = 0; i < k; i++) {
		double scale = 0;
		for (size_t r = 0; r < TIE_REPLICATES; r++)
			scale = fmax(scale, m.s[i * TIE_REPLICATES + r]);
		bound[i] = exact->q[index[i]] * (1 + 1e-9) + 64 * 0x1p-52 * scale;
	}
	if (rc == RATE_OK && rate_log_e_value(m.q, bound, k, TIE_REPLICATES, 1) >= -log(c->alpha)) {
		snprintf(s->error, sizeof s->error, "%s: the runner exceeds the exact expectation", s->method->id);
		rc = RATE_FAIL;
	}
	free(store);
	return rc;
}

/* Claims that each replicate has to obey, so that no statistics are needed. */
static int on_every_path(rate_kind kind)
{
	return kind == RATE_DETERMINISTIC || kind == RATE_REGRET || kind == RATE_IDENTITY;
}

static int measure_all(job *j, rate_session *s)
{
	head *h = j->arena;
	rate_check *c = &j->child;
	int exact;

	if (!s->method) {
		c->checkpoints = POINTS;
		c->at = calloc(POINTS, sizeof *c->at);
		c->bound = calloc(POINTS, sizeof *c->bound);
		h->m.statistic = RATE_POINTS;
		return hand_over(j, s, 1) ? RATE_FAIL : rate_run_points(s, c, &h->m);
	}
	if (!c->stochastic) {
		h->m.statistic = s->theorem->kind == RATE_EXPECTATION ? RATE_EXACT_MEAN : RATE_PATH;
		return hand_over(j, s, 1) ? RATE_FAIL : rate_run_paths(s, c, 0, 1, &h->m);
	}
	if (j->first == 0) {
		h->m.statistic = RATE_EXACT_MEAN;
		if (rate_checkpoints_for(s, c, 1) || hand_over(j, s, 1))
			return RATE_FAIL;
		if ((exact = rate_run_exact(s, c, &h->m)) != 0)
			return exact == 1 ? runner_agrees(c, s, &h->m) : RATE_FAIL;
		if (s->theorem->kind >= RATE_LOWER_BOUND && s->theorem->kind <= RATE_DIVERGENCE) {
			h->applicable = 0;
			snprintf(h->reason, sizeof h->reason, "a claim of this kind is judged on exact means only");
			return RATE_OK;
		}
		if (rate_checkpoints_for(s, c, 0))
			return RATE_FAIL;
	}
	h->m.statistic = on_every_path(s->theorem->kind) ? RATE_PATH : RATE_SAMPLED;
	return hand_over(j, s, j->count) ? RATE_FAIL : rate_run_paths(s, c, j->first, j->count, &h->m);
}

static int body(void *arg, rate_mark *mark)
{
	job *j = arg;
	head *h = j->arena;
	rate_session s;
	int rc;

	j->child = *j->check;
	j->child.at = NULL;
	j->child.bound = j->child.transient = j->child.param = NULL;
	j->child.parameters = NULL;
	rc = rate_session_open(&s, &j->child, mark);
	if (rc == RATE_OK)
		rc = rate_prepare(&s, &j->child);
	h->applicable = j->child.applicable;
	h->unfit = j->child.unfit;
	h->d = j->child.d;
	h->n = j->child.n;
	h->stochastic = j->child.stochastic;
	h->T = j->child.T;
	h->points = !s.method;
	snprintf(h->reason, sizeof h->reason, "%s", j->child.reason);
	snprintf(h->lowered, sizeof h->lowered, "%s", j->child.lowered);
	snprintf(h->parameters, sizeof h->parameters, "%s", j->child.parameters ? j->child.parameters : "");
	if (rc == RATE_OK && h->applicable && !j->e->o->prepare_only) {
		rc = measure_all(j, &s);
		if (rc == RATE_OK && h->applicable && !j->first && j->child.reference)
			rate_run_beside(&s, &h->m.beside);
	}
	if (rc != RATE_OK)
		snprintf(mark->message, sizeof mark->message, "%s", *s.error ? s.error : "a callback returned an error");
	rate_session_close(&s);
	free(j->child.at);
	free(j->child.bound);
	free(j->child.transient);
	free(j->child.param);
	free(j->child.parameters);
	return rc;
}

/* ---- In the parent ---- */

/* The arena's arrays become the check's and the measurements' own; a later look appends replicates. */
static int take(job *j)
{
	head *h = j->arena;
	rate_check *c = j->check;
	double *at, *bound, *transient, *param;
	size_t K, R0 = j->m.replicates, R = h->m.replicates, all;

	c->applicable = h->applicable;
	c->unfit = h->unfit;
	snprintf(c->reason, sizeof c->reason, "%s", h->reason);
	snprintf(c->lowered, sizeof c->lowered, "%s", h->lowered);
	free(c->parameters);
	c->parameters = strdup(h->parameters);
	c->d = h->d;
	c->n = h->n;
	c->stochastic = h->stochastic;
	c->T = h->T;
	if (!h->applicable || j->e->o->prepare_only)
		return RATE_OK;
	K = h->checkpoints;
	if (K > ARENA / 8 || R > ARENA / 8 || lay_out(h, R, &at, &bound, &transient, &param))
		return RATE_FAIL;
	if (!R0) {
		double one = ((double)c->T + (double)K * (double)(c->n ? c->n : 1)) * (double)c->d;
		if (!c->exact_replicates && h->m.statistic == RATE_SAMPLED && c->work > 0 && one * (double)c->max_replicates > c->work) {
			double cap = floor(c->work / one);
			c->max_replicates = cap < 256 ? 256 : (uint64_t)cap;
			snprintf(c->lowered, sizeof c->lowered, "at most %llu replicates (work cap)",
			         (unsigned long long)c->max_replicates);
		}
		c->checkpoints = K;
		c->params = h->params;
		c->proven_power = h->proven_power;
		c->proven_factor = h->proven_factor;
		c->at = malloc(K * sizeof *c->at);
		c->bound = malloc(K * sizeof *c->bound);
		c->transient = transient ? malloc(K * sizeof *c->transient) : NULL;
		c->param = malloc((h->params + 1) * sizeof *c->param);
		for (size_t k = 0; k < K; k++)
			c->at[k] = (uint64_t)at[k];
		memcpy(c->bound, bound, K * sizeof *bound);
		if (transient)
			memcpy(c->transient, transient, K * sizeof *transient);
		memcpy(c->param, param, h->params * sizeof *param);
	}
	all = R0 + R;
	rate_measured m = h->m;
	m.replicates = all;
	m.q = malloc(K * all * sizeof(double));
	m.s = malloc(K * all * sizeof(double));
	m.b = h->m.b ? malloc(K * all * sizeof(double)) : NULL;
	for (size_t k = 0; k < K; k++) {
		double *to[3] = { m.q, m.s, m.b }, *old[3] = { j->m.q, j->m.s, j->m.b }, *add[3] = { h->m.q, h->m.s, h->m.b };
		for (int a = 0; a < 3; a++) {
			if (!to[a])
				continue;
			if (R0)
				memcpy(to[a] + k * all, old[a] + k * R0, R0 * sizeof(double));
			memcpy(to[a] + k * all + R0, add[a] + k * R, R * sizeof(double));
		}
	}
	m.oracle_calls += j->m.oracle_calls;
	m.seconds = j->m.seconds;
	if (j->m.witness.found)
		m.witness = j->m.witness;
	if (R0)
		m.beside = j->m.beside;
	free(j->m.q);
	free(j->m.s);
	free(j->m.b);
	j->m = m;
	return RATE_OK;
}

static void ended(void *user, const char *reason, const rate_mark *mark, double seconds);

static int submit(job *j)
{
	rate_limits limits = { j->e->o->seconds, j->e->o->memory, j->e->o->isolate };

	return rate_pool_submit(j->e->pool, body, j, &limits, ended, j);
}

/* What the reference's own run, if there was one, says of a method that took its place. */
static void conclude(job *j, const rate_verdict *own)
{
	const char *name = j->check->reference->word[0].info->id, *found = j->m.beside.detail, *and = *found ? "; " : "";
	rate_verdict *v = &j->verdict;

	if (!own) {
		snprintf(v->conduct, sizeof v->conduct, "%s", found);
		return;
	}
	v->blame = own->code == RATE_HOLDS ? RATE_THE_METHOD : own->code == RATE_REFUTED ? RATE_THE_THEOREM : RATE_NOBODY;
	if (v->blame == RATE_THE_METHOD)
		snprintf(v->conduct, sizeof v->conduct, "the method left its contract: %s%s%s obeys the bound here (ratio %.6g)", found, and,
		         name, own->max_ratio);
	else if (v->blame == RATE_THE_THEOREM)
		snprintf(v->conduct, sizeof v->conduct, "%s breaks the bound too (ratio %.6g)%s%s", name, own->max_ratio, and, found);
	else
		snprintf(v->conduct, sizeof v->conduct, "%s is %s here%s%s", name, rate_verdict_name(own->code), and, found);
}

static int ask_reference(job *j)
{
	rate_check *c = malloc(sizeof *c);
	job *r = calloc(1, sizeof *r);

	if (!c || !r || !(r->arena = rate_arena(ARENA))) {
		free(c);
		free(r);
		return RATE_FAIL;
	}
	*c = *j->check;
	c->method = c->reference;
	c->reference = NULL;
	c->at = NULL;
	c->bound = c->transient = c->param = NULL;
	c->parameters = NULL;
	r->e = j->e;
	r->check = c;
	r->count = c->exact_replicates || c->max_replicates < 256 ? c->max_replicates : 256;
	r->user = j;
	j->reference = r;
	return submit(r);
}

static void finish(job *j)
{
	rate_arena_free(j->arena, ARENA);
	j->arena = NULL;
	if (j->user)
		conclude(j->user, &j->verdict);
	else if (j->check->reference && j->verdict.code == RATE_REFUTED && ask_reference(j) == RATE_OK)
		return;
	else if (j->check->reference)
		conclude(j, NULL);
	(j->user ? j->user : j)->over = 1;
	j->e->running--;
}

static void ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	job *j = user;
	rate_verdict previous = j->verdict;

	(void)mark;
	if (*reason)
		snprintf(j->m.broken, sizeof j->m.broken, "%s", reason);
	else if (take(j))
		snprintf(j->m.broken, sizeof j->m.broken, "the child's measurements are not whole");
	j->m.seconds += seconds;
	if (*j->m.broken)
		j->check->applicable = 1;
	if (j->e->o->prepare_only && !*j->m.broken && j->check->applicable) {
		j->verdict.code = RATE_HOLDS;
		finish(j);
		return;
	}
	rate_judge(j->check, &j->m, j->looks ? &previous : NULL, &j->verdict);
	j->looks++;
	if (!j->verdict.settled && j->m.statistic == RATE_SAMPLED && j->verdict.code == RATE_HOLDS &&
	    j->m.replicates < j->check->max_replicates) {
		j->first = j->m.replicates;
		j->count = j->first; /* look after every doubling */
		if (j->first + j->count > j->check->max_replicates)
			j->count = j->check->max_replicates - j->first;
		memset(j->arena, 0, sizeof *j->arena);
		submit(j);
		return;
	}
	finish(j);
}

/* Checks that differ in parameters, horizon or delta only stand side by side in the plan; the first of them leads. */
static size_t leader_of(const engine *e, size_t i)
{
	const rate_check *c = e->check[i], *before;

	while (i && (before = e->check[i - 1])->theorem == c->theorem && before->objective == c->objective &&
	       before->method == c->method)
		i--;
	return i;
}

static int is_over(const engine *e, size_t i)
{
	return i < e->delivered || (e->job[i] && e->job[i]->over);
}

/* The next check to launch: the first whose leader has shown whether the theorem applies at all, or is itself. */
static size_t choose(const engine *e)
{
	enum { AHEAD = 64 }; /* what is over waits for its turn in memory */

	for (size_t i = e->next; i < e->count && i < e->next + AHEAD; i++) {
		size_t leader = leader_of(e, i);
		if (!e->job[i] && (leader == i || is_over(e, leader)))
			return i;
	}
	return e->next;
}

/* A need that the objective does not meet for one set of parameters it does not meet for any: no child has to say so. */
static int settle_by_leader(engine *e, job *j)
{
	const rate_check *leader = e->check[leader_of(e, j->number)];

	if (leader == j->check || !leader->unfit)
		return 0;
	j->check->applicable = 0;
	snprintf(j->check->reason, sizeof j->check->reason, "%s", leader->reason);
	j->check->parameters = strdup("");
	j->check->d = leader->d;
	j->check->n = leader->n;
	rate_judge(j->check, &j->m, NULL, &j->verdict);
	return j->over = 1;
}

static int launch(engine *e)
{
	size_t number = choose(e);
	job *j = calloc(1, sizeof *j);

	if (!(e->job[number] = j))
		return RATE_FAIL;
	*j = (job){ .e = e, .number = number, .check = e->check[number] };
	while (e->next < e->count && e->job[e->next])
		e->next++;
	if (settle_by_leader(e, j))
		return RATE_OK;
	j->count = j->check->exact_replicates ? j->check->max_replicates : 256;
	if (j->count > j->check->max_replicates)
		j->count = j->check->max_replicates;
	e->running++;
	if ((j->arena = rate_arena(ARENA)) && submit(j) == RATE_OK)
		return RATE_OK;
	snprintf(j->m.broken, sizeof j->m.broken, "out of memory for a child process");
	j->check->applicable = 1;
	rate_judge(j->check, &j->m, NULL, &j->verdict);
	j->over = 1;
	e->running--;
	return RATE_OK;
}

static void show_progress(const engine *e)
{
	double spent = now() - e->started, left = e->delivered ? spent / (double)e->delivered * (double)(e->count - e->delivered) : 0;
	int filled = e->count ? (int)(30 * e->delivered / e->count) : 30;

	if (!e->o->progress)
		return;
	fprintf(stderr, "\r[%.*s%.*s] %zu/%zu, about %.0f s left \033[K", filled, "##############################", 30 - filled,
	        "..............................", e->delivered, e->count, left);
	if (e->delivered == e->count)
		fprintf(stderr, "\r\033[K");
}

static void free_job(job *j)
{
	if (!j)
		return;
	if (j->reference) {
		rate_check *c = j->reference->check;
		free(c->at);
		free(c->bound);
		free(c->transient);
		free(c->param);
		free(c->parameters);
		free(c);
		free_job(j->reference);
	}
	rate_arena_free(j->arena, ARENA);
	free(j->m.q);
	free(j->m.s);
	free(j->m.b);
	free(j);
}

static void free_arrays(rate_check *c)
{
	free(c->at);
	free(c->bound);
	free(c->transient);
	c->at = NULL;
	c->bound = c->transient = NULL;
}

static void deliver_ready(engine *e)
{
	while (e->delivered < e->count && is_over(e, e->delivered) && !e->stop) {
		job *j = e->job[e->delivered];
		e->stop = e->deliver(e->user, e->delivered, j->check, *j->m.broken || !j->m.q ? NULL : &j->m, &j->verdict);
		free_arrays(j->check);
		free_job(j);
		e->job[e->delivered++] = NULL;
	}
	show_progress(e);
}

int rate_engine(rate_check **checks, size_t count, const rate_engine_options *o, rate_deliver deliver, void *user)
{
	engine e = { .o = o, .check = checks, .count = count, .deliver = deliver, .user = user, .started = now() };
	int rc = RATE_FAIL;

	if (!(e.job = calloc(count + 1, sizeof *e.job)) || !(e.pool = rate_pool_new(o->jobs)))
		goto out;
	while (e.delivered < count && !e.stop) {
		/* A few more than there are workers keep them busy; more would only hold memory. */
		while (e.next < count && e.running < 2 * (size_t)o->jobs)
			if (launch(&e))
				goto out;
		if (e.running && rate_pool_wait(e.pool) < 0) {
			rc = 130;
			goto out;
		}
		deliver_ready(&e);
	}
	rc = e.stop ? e.stop : RATE_OK;
out:
	rate_pool_free(e.pool);
	for (size_t i = 0; e.job && i < count; i++)
		free_job(e.job[i]);
	free(e.job);
	return rc;
}
