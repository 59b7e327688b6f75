/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/engine.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "plugins/isolate.h"
#include "verify/judge/judge.h"
#include "verify/record/constants.h"
#include "verify/work/data.h"
#include "verify/work/engine-private.h"
#include "verify/work/ranks.h"

enum { FIRST_LOOK = 256 };

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* ---- In the parent ---- */

static void free_task(task *t)
{
	if (t && !t->lent)
		rate_arena_free(t->p.arena, t->p.room);
	free(t);
}

static void put_open(job *j)
{
	job **last = &j->e->open;

	while (*last)
		last = &(*last)->next_open;
	j->next_open = NULL;
	*last = j;
}

static void end_look(job *j);

static void break_off(job *j, uint64_t at, const char *reason)
{
	if (!*j->m.broken || at < j->broken_at) {
		if (reason != j->m.broken)
			snprintf(j->m.broken, sizeof j->m.broken, "%s", reason);
		j->broken_at = at;
	}
	for (job **link = &j->e->open; *link; link = &(*link)->next_open)
		if (*link == j) {
			*link = j->next_open;
			break;
		}
	j->first = j->want;
}

static void ended(void *user, const char *reason, const rate_mark *mark, double seconds);
static void answered(void *user, void *arena, const char *reason, double seconds);

/* To another rank, if one has less to do than this. They know the checks of the plan only: a reference's run stays. */
static int send_away(task *t)
{
	const engine *e = t->j->e;
	rate_piece piece = { .first = t->p.first, .count = t->p.count };

	memcpy(piece.check, t->j->check->id, sizeof piece.check);
	/* It has at most twice as many pieces as children. */
	return t->j->user ? RATE_FAIL : rate_ranks_submit(&piece, e->here, RATE_ARENA,
	                                                  e->o->isolate ? 3 * e->o->seconds + 30 : INFINITY, answered,
	                                                  t);
}

static int run_here(task *t)
{
	engine *e = t->j->e;

	/* While others hold room, that is waited for; alone, a piece makes do with less. */
	for (t->p.room = RATE_ARENA; !(t->p.arena = rate_arena(t->p.room)) && !e->here && t->p.room > RATE_ARENA_LEAST;
	     t->p.room /= 2)
		;
	rate_limits limits = { e->o->seconds, e->o->memory, e->o->isolate, t->p.arena, t->p.room, "--timeout" };
	if (!t->p.arena || rate_pool_submit(e->pool, rate_child, &t->p, &limits, ended, t))
		return RATE_FAIL;
	e->here++;
	return RATE_OK;
}

/* A limit of the machine is no verdict: said once. */
static void warn(engine *e, const char *why)
{
	if (*why && !e->warned && !e->o->quiet)
		fprintf(stderr, "ratecheck: warning: %s; the verdicts are the same\n", why);
	e->warned |= *why != '\0';
}

/* The next piece: one that came back, or of the first open job. NULL: no memory. */
static task *take_piece(engine *e)
{
	task *t = e->back;
	job *j = e->open;

	if (t) {
		e->back = t->next_back;
		return t;
	}
	if (!(t = calloc(1, sizeof *t)))
		return NULL;
	t->j = j;
	t->p = (rate_part){ .check = j->check, .first = j->first, .accusing = j->accusing,
		                .prepare_only = e->o->prepare_only, .count = j->want - j->first < j->piece
		                ? j->want - j->first : j->piece };
	/* Nothing is cut before the first piece has shown what it costs. */
	if ((j->first += t->p.count) == j->want || !t->p.first)
		e->open = j->next_open;
	t->next = e->task;
	e->task = t;
	j->running++;
	return t;
}

/* In front of the others that came back, in the order in which they stood. */
void rate_put_back(engine *e, task *const *t, size_t n)
{
	while (n--) {
		t[n]->p.arena = NULL;
		t[n]->lent = 0;
		t[n]->next_back = e->back;
		e->back = t[n];
	}
}

/* Gives a piece to a child of its own. */
static void hand_out(engine *e, task *t)
{
	char why[80];

	e->running++;
	if (send_away(t) == RATE_OK || run_here(t) == RATE_OK)
		return;
	e->running--;
	rate_arena_free(t->p.arena, t->p.room);
	t->p.arena = NULL;
	if (!e->here) {
		rate_end_piece(t, "out of memory for a child process", 0);
		return;
	}
	e->most = e->running;
	snprintf(why, sizeof why, "only %zu checks at once: no memory for more", e->running);
	warn(e, why);
	rate_put_back(e, &t, 1);
}

static void conclude(job *j, const rate_verdict *own)
{
	rate_conclude(j->check->reference->word[0].info->id, j->m.beside.detail, own, &j->verdict);
}

/* The replicates of the first look. */
static void begin_job(job *j)
{
	rate_check *c = j->check;

	c->budget = c->max_replicates;
	j->piece = c->max_replicates < FIRST_LOOK ? c->max_replicates : FIRST_LOOK;
	j->want = c->exact_replicates ? c->max_replicates : j->piece;
	put_open(j);
}

/* The same check for a second time, with other eyes. */
static job *again(job *j)
{
	rate_check *c = malloc(sizeof *c);
	job *r = calloc(1, sizeof *r);

	if (!c || !r) {
		free(c);
		free(r);
		return NULL;
	}
	*c = *j->check;
	c->at = NULL;
	c->bound = c->transient = c->param = NULL;
	c->parameters = NULL;
	r->e = j->e;
	r->check = c;
	r->user = j;
	return r;
}

static int ask_reference(job *j)
{
	if (!(j->reference = again(j)))
		return RATE_FAIL;
	j->reference->check->method = j->check->reference;
	j->reference->check->reference = NULL;
	begin_job(j->reference);
	return RATE_OK;
}

/* Nobody is called a theorem's counterexample before all that the objective declares has been looked at: at every point
 * of the first replicates, and wherever the probe would look. */
static int ask_accuser(job *j)
{
	if (j->accused++ || !j->check->objective || j->check->role == RATE_ROLE_CONTROL || !(j->accuser = again(j)))
		return RATE_FAIL;
	j->accuser->accusing = 1;
	j->accuser->check->max_replicates = j->check->budget < FIRST_LOOK ? j->check->budget : FIRST_LOOK;
	j->accuser->check->reference = NULL;
	begin_job(j->accuser);
	return RATE_OK;
}

static void finish(job *j);

/* What the accuser found. It may fail where the check did not: then it found nothing. */
static void hear(job *j, const rate_measured *m)
{
	if (m->witness.found) {
		j->m.witness = m->witness;
		rate_judge(j->check, &j->m, NULL, &j->verdict);
	}
	finish(j);
}

/* A theorem is blamed on the word of the objective where nobody else knows what a constant means: that is said. */
static void say_what_it_rests_on(job *j)
{
	rate_verdict *v = &j->verdict;
	const rate_class_info *th = j->check->theorem;
	const char *before = "; if the objective is right about ";

	if (v->code != RATE_REFUTED || v->blame != RATE_THE_THEOREM || !j->check->objective ||
	    j->check->role == RATE_ROLE_CONTROL)
		return;
	for (size_t i = 0; i < th->needs; i++)
		if (rate_constant_is_private(th->need[i])) {
			size_t used = strlen(v->reason);

			snprintf(v->reason + used, sizeof v->reason - used, "%s%s", before, th->need[i]);
			before = ", ";
		}
}

static void finish(job *j)
{
	if (j->accusing) {
		hear(j->user, &j->m);
		return;
	}
	if (!j->user && j->verdict.code == RATE_REFUTED && ask_accuser(j) == RATE_OK)
		return;
	if (j->user)
		conclude(j->user, &j->verdict);
	else if (j->check->reference && j->verdict.code == RATE_REFUTED && ask_reference(j) == RATE_OK)
		return;
	else if (j->check->reference)
		conclude(j, NULL);
	say_what_it_rests_on(j->user ? j->user : j);
	(j->user ? j->user : j)->over = 1;
}

/* Judges, and asks for as many replicates again where they would sharpen the verdict. */
static void end_look(job *j)
{
	rate_verdict previous = j->verdict;

	if (*j->m.broken)
		j->check->applicable = 1;
	if (j->e->o->prepare_only && !*j->m.broken && j->check->applicable) {
		j->verdict.code = RATE_HOLDS;
		finish(j);
		return;
	}
	rate_judge(j->check, &j->m, j->looks ? &previous : NULL, &j->verdict);
	/* What only judging shows, that no step can be judged, is told like the rest. */
	if (j->verdict.code == RATE_NOT_APPLICABLE && j->check->applicable) {
		j->check->applicable = 0;
		snprintf(j->check->reason, sizeof j->check->reason, "%.500s", j->verdict.reason);
	}
	if (j->accusing) {
		finish(j);
		return;
	}
	j->looks++;
	if (j->verdict.settled || j->m.statistic != RATE_SAMPLED || j->verdict.code != RATE_HOLDS ||
	    j->m.replicates >= j->check->budget) {
		finish(j);
		return;
	}
	j->first = j->m.replicates;
	j->want = 2 * j->first < j->check->budget ? 2 * j->first : j->check->budget;
	if (rate_make_room(j, j->want, j->m.b != NULL)) {
		rate_judge(j->check, &j->m, NULL, &j->verdict);
		finish(j);
		return;
	}
	put_open(j);
}

/* Long enough that setting up does not count, short enough that no worker waits long for another and none meets the
 * time limit; whole blocks. The results do not depend on it. */
static uint64_t piece_of(const task *t, const rate_head *h)
{
	const rate_engine_options *o = t->j->e->o;
	double seconds = fmin(fmax(0.25, 4 * h->setup), o->seconds / 4), one = fmax(h->ran / (double)t->p.count, 1e-9);
	double room = (double)(t->lent ? RATE_ARENA : t->p.room);
	double most = fmin(seconds / one, room / 2 / (24 * (double)(h->checkpoints + 1)));

	return most < FIRST_LOOK ? FIRST_LOOK : (uint64_t)most / FIRST_LOOK * FIRST_LOOK;
}

void rate_end_piece(task *t, const char *reason, double seconds)
{
	job *j = t->j;
	task **link = &j->e->task;
	rate_head h;

	while (*link != t)
		link = &(*link)->next;
	*link = t->next;
	j->running--;
	if (*reason)
		break_off(j, t->p.first, reason);
	else if (rate_take(t, &h))
		break_off(j, t->p.first, *j->m.broken ? j->m.broken : "the child's measurements are not whole (memory "
		                                                      "overwritten by a plugin?)");
	else if (!t->p.first) {
		j->piece = piece_of(t, &h);
		if (rate_one_of_many(t, &h) && j->check->applicable && !j->e->o->prepare_only)
			put_open(j);
		else
			j->first = j->want;
	}
	j->m.seconds += seconds;
	free_task(t);
	if (!j->running && j->first == j->want)
		end_look(j);
}

static void ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	task *t = user;

	(void)mark;
	t->j->e->here--;
	t->j->e->running--;
	rate_end_piece(t, reason, seconds);
}

static void answered(void *user, void *arena, const char *reason, double seconds)
{
	task *t = user;

	t->j->e->running--;
	t->p.arena = arena;
	t->p.room = RATE_ARENA;
	rate_end_piece(t, reason, seconds);
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

/* Children at work at once, on all ranks. */
static size_t workers(const engine *e)
{
	return (size_t)e->o->jobs * rate_ranks_count();
}

static int is_over(const engine *e, size_t i)
{
	return i < e->delivered || (e->job[i] && e->job[i]->over);
}

/* The next check to launch: the first whose leader has shown whether the theorem applies at all, or is itself. */
static size_t choose(const engine *e)
{
	/* What is over waits for its turn in memory. */
	size_t ahead = 4 * RATE_BATCH_MOST * workers(e);

	for (size_t i = e->next; i < e->count && i < e->next + ahead; i++) {
		size_t leader = leader_of(e, i);
		if (!e->job[i] && (leader == i || is_over(e, leader)))
			return i;
	}
	return e->next;
}

/* What the plan could not make is told in its place. */
static int settle_by_plan(job *j)
{
	if (!*j->check->refusal)
		return 0;
	snprintf(j->m.broken, sizeof j->m.broken, "%s", j->check->refusal);
	j->check->applicable = 1;
	j->check->parameters = strdup("");
	rate_judge(j->check, &j->m, NULL, &j->verdict);
	return j->over = 1;
}

/* A need that the objective does not meet for one set of parameters it does not meet for any: no child has to say
 * so. */
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
	if (!settle_by_plan(j) && !settle_by_leader(e, j))
		begin_job(j);
	return RATE_OK;
}

/* How many pieces one child is given: fewer towards the end, where others would wait for it. */
static size_t share_of(const engine *e)
{
	size_t left = e->count - e->next, share;

	for (const job *j = e->open; j; j = j->next_open)
		left++;
	for (const task *t = e->back; t; t = t->next_back)
		left++;
	share = left / (2 * workers(e)) + 1;
	return share < RATE_BATCH_MOST ? share : RATE_BATCH_MOST;
}

/* Work for one more child, if there is any. */
static int feed(engine *e)
{
	task *t[RATE_BATCH_MOST];
	size_t n = 0, most = share_of(e);

	for (int sharing = 1; sharing && n < most;) {
		if (!e->back && !e->open && e->next == e->count)
			break;
		if (!e->back && !e->open) {
			if (launch(e))
				return RATE_FAIL;
			continue;
		}
		sharing = rate_may_share(e);
		if (n && !sharing)
			break;
		if (!(t[n++] = take_piece(e)))
			return RATE_FAIL;
	}
	if (n > 1)
		rate_hand_out_shared(e, t, n);
	else if (n)
		hand_out(e, t[0]);
	return RATE_OK;
}

static void show_progress(const engine *e)
{
	double spent = now() - e->started, done = (double)e->delivered, left;
	int filled;

	if (!e->o->progress)
		return;
	/* A check on its way counts for the share of its replicates that are in. */
	for (size_t i = e->delivered; i < e->count && i < e->next; i++)
		if (e->job[i])
			done += e->job[i]->over
			    ? 1 : (double)e->job[i]->measured / ((double)e->check[i]->budget + 1);
	left = done > 0 ? spent / done * ((double)e->count - done) : 0;
	filled = (int)(30 * done / (double)e->count);
	fprintf(stderr, "\r[%.*s%.*s] %zu/%zu, about %.0f s left \033[K", filled, "##############################",
	        30 - filled, "..............................", e->delivered, e->count, left);
	if (e->delivered == e->count)
		fprintf(stderr, "\r\033[K");
}

static void free_job(job *j)
{
	if (!j)
		return;
	job *second[] = { j->reference, j->accuser };

	for (int i = 0; i < 2; i++)
		if (second[i]) {
			rate_check_free(second[i]->check);
			free_job(second[i]);
		}
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
		e->stop = e->deliver(e->user, e->delivered, j->check, *j->m.broken || !j->m.q ? NULL : &j->m,
		                     &j->verdict);
		free_arrays(j->check);
		free_job(j);
		e->job[e->delivered++] = NULL;
	}
	show_progress(e);
}

/* Milliseconds between two looks for messages: a child that ends wakes its rank anyway, and while another piece
 * stands behind those that run, a message can wait. */
static int patience(const engine *e)
{
	return e->here > e->o->jobs ? 8 : 1;
}

/* Until a piece has come in, from a child or from another rank. */
static int wait_for_news(engine *e)
{
	size_t before = e->running;

	if (rate_ranks_count() == 1)
		return rate_pool_wait(e->pool) < 0 ? 130 : RATE_OK;
	while (e->running == before)
		if (rate_pool_poll(e->pool, patience(e)) < 0)
			return 130;
		else if (rate_ranks_poll())
			return RATE_FAIL;
	return RATE_OK;
}

int rate_engine(rate_check **checks, size_t count, const rate_engine_options *o, rate_deliver deliver, void *user)
{
	engine e = { .o = o, .check = checks, .count = count, .deliver = deliver, .user = user, .started = now() };
	int rc = RATE_FAIL;

	rate_read_data(checks, count);
	if (!(e.job = calloc(count + 1, sizeof *e.job)) || !(e.pool = rate_pool_new(o->jobs)))
		goto out;
	/* A few more than there are workers keep them busy; more would only hold memory. */
	e.most = 2 * workers(&e);
	while (e.delivered < count && !e.stop) {
		while (e.running < e.most && (e.back || e.open || e.next < count || rate_relieve(&e)))
			if (feed(&e))
				goto out;
		if (e.running && (rc = wait_for_news(&e)) != RATE_OK)
			goto out;
		rc = RATE_FAIL;
		warn(&e, rate_pool_shortage(e.pool));
		deliver_ready(&e);
	}
	rc = e.stop ? e.stop : RATE_OK;
out:
	rate_pool_free(e.pool);
	for (task *t; (t = e.task); free_task(t))
		e.task = t->next;
	for (shared *s; (s = e.shared); rate_free_shared(s))
		e.shared = s->next;
	for (size_t i = 0; e.job && i < count; i++)
		free_job(e.job[i]);
	free(e.job);
	return rc;
}

/* ---- On the other ranks ---- */

typedef struct served {
	task t;
	job j;
	rate_piece piece;
} served;

static void reply(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	served *s = user;
	size_t used = s->t.p.arena->used;

	(void)mark;
	s->j.e->here--;
	/* Rank 0 gives up a rank that never answers. */
	if (rate_ranks_answer(&s->piece, reason, seconds, s->t.p.arena,
	                      used < sizeof(rate_head) || used > RATE_ARENA ? sizeof(rate_head) : used, RATE_ARENA))
		rate_arena_free(s->t.p.arena, RATE_ARENA);
	free(s);
}

static int serve_one(engine *e, const rate_piece *piece)
{
	rate_limits limits = { e->o->seconds, e->o->memory, e->o->isolate, NULL, RATE_ARENA, "--timeout" };
	served *s = calloc(1, sizeof *s);
	size_t i = 0;

	while (i < e->count && strcmp(e->check[i]->id, piece->check))
		i++;
	if (!s || i == e->count || !(s->t.p.arena = rate_arena(RATE_ARENA))) {
		free(s);
		return RATE_FAIL;
	}
	s->piece = *piece;
	s->j = (job){ .e = e, .check = e->check[i] };
	s->t.j = &s->j;
	s->t.p.check = s->j.check;
	s->t.p.prepare_only = e->o->prepare_only;
	s->t.p.first = piece->first;
	s->t.p.count = piece->count;
	s->t.p.room = RATE_ARENA;
	limits.arena = s->t.p.arena;
	e->here++;
	return rate_pool_submit(e->pool, rate_child, &s->t.p, &limits, reply, s);
}

int rate_engine_serve(rate_check **checks, size_t count, const rate_engine_options *o)
{
	engine e = { .o = o, .check = checks, .count = count, .pool = rate_pool_new(o->jobs) };
	rate_piece piece;
	int more = 0, rc = e.pool ? RATE_OK : RATE_FAIL;

	while (rc == RATE_OK && (more = rate_ranks_next(&piece)) >= 0)
		if (more)
			rc = serve_one(&e, &piece);
		else if (rate_pool_poll(e.pool, patience(&e)) < 0)
			rc = 130;
	rate_pool_free(e.pool);
	return rc;
}
