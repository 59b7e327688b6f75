/* Methods that stand in for sgd and are functions of t, draw by another law, or are equal to it in law alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

#define X (run->state[0])
#define G (run->scratch[0])
#define EACH(run) (size_t i = 0; i < (run)->nrep * (run)->ld; i++)

/* x <- x - factor gamma grad f_i(x) */
static int sgd_by(rate_run *run, uint32_t purpose, double factor)
{
	const rate_sample *s = rate_draw(run, purpose, 1);

	if (!s || rate_sample_gradient(run, s, X, G))
		return RATE_FAIL;
	rate_axpy(run, -factor * run->gamma, G, X);
	return RATE_OK;
}

static int first(rate_run *run) { return sgd_by(run, 0, run->t == 0 ? 2.4 : 1); }
static int fall(rate_run *run) { return sgd_by(run, 0, 8 / (1 + (double)run->t)); }
static int grow(rate_run *run) { return sgd_by(run, 0, 1 + (double)run->t / 4); }
static int decay(rate_run *run) { return sgd_by(run, 0, 1 / (1 + 0.05 * (double)run->t)); }
static int hundred(rate_run *run) { return sgd_by(run, 0, run->t == 100 ? 4 : 1); }
static int last(rate_run *run) { return sgd_by(run, 0, run->t == 199 ? 4 : 1); }
static int alternate(rate_run *run) { return sgd_by(run, 0, run->t % 2 ? 0.5 : 1.5); }
static int same(rate_run *run) { return sgd_by(run, 1, 1); }
static int later(rate_run *run) { return sgd_by(run, (uint32_t)(run->t % 5), run->t == 60 ? 0.75 : 1); }

/* Longer steps on a part of the line: affine everywhere else. */
static int kink(rate_run *run)
{
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, X, G))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			G[r * run->ld + j] *= X[r * run->ld] > 40 && X[r * run->ld] < 1000 ? 1.2 : 1;
	rate_axpy(run, -run->gamma, G, X);
	return RATE_OK;
}

/* A memory outside of the blocks. */
static int memory(rate_run *run)
{
	static double shrinking = 1;

	return sgd_by(run, 0, shrinking *= 0.999);
}

/* v <- beta_t v - gamma g, beta_t growing for ten steps. */
static int warm(rate_run *run)
{
	double *v = run->state[1], beta = run->t < 10 ? 0.05 * (double)run->t : 0.5;
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, X, G))
		return RATE_FAIL;
	for EACH(run) {
		v[i] = beta * v[i] - run->gamma * G[i];
		X[i] += v[i];
	}
	return RATE_OK;
}

/* The noise of the gradient shrinks with t. */
static int quiet(rate_run *run)
{
	double *full = run->scratch[1], share = 1 / (1 + (double)run->t);
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, X, G) || rate_gradient(run, X, full))
		return RATE_FAIL;
	for EACH(run)
		X[i] -= run->gamma * (full[i] + share * (G[i] - full[i]));
	return RATE_OK;
}

/* Term t mod n, for every replicate. */
static int cyclic(rate_run *run)
{
	const rate_sample *s = run->call->component(run, run->t % (run->n ? run->n : 1));

	if (!s || rate_sample_gradient(run, s, X, G))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, G, X);
	return RATE_OK;
}

/* x <- x - gamma grad f_k(x), where k is what `choose` makes of the term that was drawn. */
static int sgd_of(rate_run *run, uint64_t (*choose)(rate_run *run, size_t r, uint64_t drawn))
{
	uint64_t *index = (uint64_t *)run->scratch[1];
	const rate_sample *s = rate_draw(run, 0, 1);
	rate_sample mine;

	if (!s)
		return RATE_FAIL;
	mine = *s;
	for (size_t r = 0; r < run->nrep; r++)
		index[r] = choose(run, r, s->index[r]);
	mine.index = index;
	if (rate_sample_gradient(run, &mine, X, G))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, G, X);
	return RATE_OK;
}

/* In every epoch of n steps the terms are visited in an order i -> (b + i) mod n whose b is drawn at its start. */
static uint64_t in_epoch(rate_run *run, size_t r, uint64_t drawn)
{
	double *b = run->state[1] + r * run->ld;

	if (run->t % run->n == 0)
		*b = (double)drawn;
	return ((uint64_t)*b + run->t) % run->n;
}
static int shuffle(rate_run *run) { return sgd_of(run, in_epoch); }

/* The terms the other way round: the same law. */
static uint64_t backwards(rate_run *run, size_t r, uint64_t drawn) { (void)r; return run->n - 1 - drawn; }
static int mirror(rate_run *run) { return sgd_of(run, backwards); }

/* Term 0 twice as often as it should be, the last never. */
static uint64_t unfair(rate_run *run, size_t r, uint64_t drawn) { (void)r; return drawn + 1 == run->n ? 0 : drawn; }
static int biased(rate_run *run) { return sgd_of(run, unfair); }

/* The term of this step was drawn in the step before it: the same law. The state holds which; at the start, term 0 + t. */
static uint64_t kept(rate_run *run, size_t r, uint64_t drawn)
{
	double *next = run->state[1] + r * run->ld, now = *next;

	*next = (double)drawn;
	return (uint64_t)now % run->n;
}
static int ahead(rate_run *run) { return sgd_of(run, kept); }
static int draw_first(rate_run *run)
{
	const rate_sample *s = rate_draw(run, 1, 1);

	for (size_t r = 0; s && r < run->nrep; r++)
		run->state[1][r * run->ld] = (double)s->index[r];
	return s ? RATE_OK : RATE_FAIL;
}

/* A batch of draws that do not know of each other. */
static int replaced(rate_run *run)
{
	double *sum = run->scratch[1];
	uint32_t batch = (uint32_t)run->param[0];

	for EACH(run)
		sum[i] = 0;
	for (uint32_t k = 0; k < batch; k++) {
		const rate_sample *s = rate_draw(run, k, 1);
		if (!s || rate_sample_gradient(run, s, X, G))
			return RATE_FAIL;
		rate_axpy(run, 1, G, sum);
	}
	rate_axpy(run, -run->gamma / batch, sum, X);
	return RATE_OK;
}

/* SARAH: the sample that a step draws changes v at once and x one step later only. */
static int sarah_by(rate_run *run, uint32_t purpose, int wrong)
{
	double *v = run->state[1], *before = run->scratch[1];
	const rate_sample *s = rate_draw(run, purpose, 1);
	uint64_t *index = s ? (uint64_t *)(uintptr_t)s->index : NULL;

	for (size_t r = 0; wrong && index && r < run->nrep; r++)
		index[r] = index[r] == 1 ? 0 : index[r];
	rate_copy(run, X, before);
	rate_axpy(run, -run->gamma, v, X);
	if (!s || rate_sample_gradient(run, s, before, G))
		return RATE_FAIL;
	rate_axpy(run, -1, G, v);
	if (rate_sample_gradient(run, s, X, G))
		return RATE_FAIL;
	rate_axpy(run, 1, G, v);
	return RATE_OK;
}

static int full(rate_run *run) { return rate_gradient(run, X, run->state[1]); }
static int sarah(rate_run *run) { return sarah_by(run, 1, 0); }
static int sarah_biased(rate_run *run) { return sarah_by(run, 0, 1); }

static const rate_param batch[] = { { "batch", RATE_INTEGER, "1", 1, 16, NULL, "" } };
static const rate_state x[] = { { "x", 0, "" } }, two[] = { { "x", 0, "" }, { "v", 0, "" } };
static const rate_state number[] = { { "x", 0, "" }, { "b", 1, "" } };
static const char *const gamma[] = { "gamma" };
#define METHOD(name, blocks, ...) static const rate_method m_##name = { .size = sizeof(rate_method), .abi = RATE_ABI, \
	.id = "my-" #name, .title = #name, .summary = "", .source = "", .flags = RATE_SPAN | RATE_STOCHASTIC, \
	.state = RATE_ROWS(blocks), .schedules = RATE_LIST(gamma), .scratch = 2, .step = name, __VA_ARGS__ };
METHOD(first, x)
METHOD(fall, x)
METHOD(grow, x)
METHOD(decay, x)
METHOD(hundred, x)
METHOD(last, x)
METHOD(alternate, x)
METHOD(same, x)
METHOD(later, x)
METHOD(kink, x)
METHOD(memory, x)
METHOD(warm, two)
METHOD(quiet, x)
METHOD(cyclic, x)
METHOD(shuffle, number)
METHOD(mirror, x)
METHOD(biased, x)
METHOD(ahead, number, .start = draw_first)
METHOD(replaced, x, .params = RATE_ROWS(batch))
METHOD(sarah, two, .start = full)
static const rate_method m_sarah_biased = { .size = sizeof(rate_method), .abi = RATE_ABI, .id = "my-sarah-biased",
	.title = "sarah-biased", .summary = "", .source = "", .flags = RATE_SPAN | RATE_STOCHASTIC, .state = RATE_ROWS(two),
	.schedules = RATE_LIST(gamma), .scratch = 2, .start = full, .step = sarah_biased };
static const rate_method *const methods[] = { &m_first, &m_fall, &m_grow, &m_decay, &m_hundred, &m_last, &m_alternate,
	&m_same, &m_later, &m_kink, &m_memory, &m_warm, &m_quiet, &m_cyclic, &m_shuffle, &m_mirror, &m_biased, &m_ahead,
	&m_replaced, &m_sarah, &m_sarah_biased };
RATE_PLUGIN("law-methods", "1.0", "MIT", .methods = RATE_LIST(methods))
