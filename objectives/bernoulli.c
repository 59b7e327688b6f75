/* bernoulli (wrapper): any f as the mean of p functions of which `active` are p/active f and the others 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stochastic gradient is rho B grad f with P(B = 1) = 1/rho, rho = p/active: all of the gradient or nothing. So
 * E |g|^2 = rho |grad f|^2, strong growth with exactly rho, and a minimiser of f minimises every term.
 *
 * Of the inner objective f, its start, its Hessian and the constants of f alone are handed on; terms of its own are
 * ignored, samples of its own (stream/1) are refused. Own constants: strong_growth = rho; L_i = rho L or 0,
 * L_max = rho L; f_i_star = rho f_star or 0, so Delta_star = 0; interpolation = 1, sigma_star2 = 0; G grows to
 * sqrt(rho) G, G_inf to rho G_inf.
 *
 *     ratecheck verify sgd-sgc --objective quadratic:d=2,kappa=10+bernoulli:p=4
 */
#include "wrapper.h"

enum { P, ACTIVE };
static const rate_param params[] = {
	[P] = { "p", RATE_INTEGER, "4", 1, 1e6, NULL, "number of terms" },
	[ACTIVE] = { "active", RATE_INTEGER, "1", 1, 1e6, NULL, "how many of them are not 0" },
};

struct bernoulli {
	struct wrapped w;
	size_t p, active;
	double rho;
};

/* Term i of what the wrapped oracle says: nothing, without asking it, or rho times all. */
typedef int (*oracle)(void *self, const double *x, double *out);

static int term(void *self, size_t i, oracle whole, size_t numbers, const double *x, double *out)
{
	const struct bernoulli *b = self;

	if (i >= b->active) {
		memset(out, 0, numbers * sizeof *out);
		return RATE_OK;
	}
	if (whole(self, x, out) != RATE_OK)
		return RATE_FAIL;
	for (size_t j = 0; j < numbers; j++)
		out[j] *= b->rho;
	return RATE_OK;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	return term(self, i, wrapped_value, 1, x, f);
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	return term(self, i, wrapped_gradient, facts_dim(self), x, g);
}

static size_t count(void *self)
{
	return ((const struct bernoulli *)self)->p;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	if (facts_scalar(self, name, out) == RATE_OK)
		return RATE_OK;
	return is_of_draws(name) ? RATE_FAIL : wrapped_scalar(self, name, out);
}

static int vector(void *self, const char *name, size_t n, double *out)
{
	struct wrapped *w = self;
	double value;

	if (strcmp(name, "L_i") && strcmp(name, "f_i_star"))
		return wrapped_vector(self, name, n, out);
	if (inner_scalar(w, *name == 'L' ? "L" : "f_star", &value) || n != count(self))
		return RATE_FAIL;
	for (size_t i = 0; i < n; i++)
		out[i] = i < ((const struct bernoulli *)self)->active
		    ? ((const struct bernoulli *)self)->rho * value : 0;
	return RATE_OK;
}

static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t p = (size_t)args->value[P].integer, active = (size_t)args->value[ACTIVE].integer;
	struct bernoulli *b;
	double L, G;

	if (active > p)
		return host->fail(host, "bernoulli: active=%zu of p=%zu terms", active, p);
	if (args->inner && inner_interface(args->inner, "stream/1"))
		return host->fail(host, "bernoulli: %s has samples of its own", args->inner->cls->id);
	if (!(b = wrap(host, args, "bernoulli", sizeof *b, 0)))
		return RATE_FAIL;
	b->p = p;
	b->active = active;
	b->rho = (double)p / (double)active;
	b->w.keeps_minimiser = 1;
	b->w.glm = NULL;
	know(b, "strong_growth", RATE_EXACT, b->rho, "E B^2 = 1/rho");
	know(b, "interpolation", RATE_EXACT, 1, "every term is 0 or a multiple of f");
	know(b, "Delta_star", RATE_EXACT, 0, "every term is 0 or a multiple of f");
	know(b, "sigma_star2", RATE_EXACT, 0, "the gradients of the terms vanish together");
	if (inner_scalar(&b->w, "L", &L) == RATE_OK)
		know(b, "L_max", RATE_EXACT, b->rho * L, "rho L");
	if (inner_scalar(&b->w, "G", &G) == RATE_OK)
		know(b, "G", RATE_UPPER, sqrt(b->rho) * G, "E (rho B)^2 = rho");
	if (inner_scalar(&b->w, "G_inf", &G) == RATE_OK)
		know(b, "G_inf", RATE_UPPER, b->rho * G, "rho G_inf");
	*self = b;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	static const struct offer own[] = { { "constants/1", &constants }, { "finite-sum/1", &sum } };

	return wrapped_interface(self, name, own, 2);
}

static const rate_objective bernoulli = { OBJECTIVE,
	.id = "bernoulli",
	.title = "All of the gradient or nothing",
	.summary = "makes f a sum with strong growth exactly p/active: stochastic gradients rho B grad f",
	.source = "standard; strong growth: Vaswani, Bach & Schmidt, AISTATS 2019",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &bernoulli };
RATE_PLUGIN("bernoulli", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
