/* nl: the objective of a model in a .nl file, which AMPL, Pyomo and JuMP write; evaluated by the AMPL Solver Library.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One objective in real variables, without constraints, bounds and functions of other libraries. A maximum is the
 * minimum of -f. Gradient and products with the Hessian come from the library's automatic differentiation.
 *
 * Constants: what the parameters say, since a formula does not say them; `ratecheck probe` doubts each. Start: the
 * initial guess of the model.
 *
 *     ratecheck verify gd-convex-smooth --objective nl:file=model.nl,convex=yes,L=4
 */
#include "common.h"

#include <errno.h>
#include <stdio.h>

#include <ampl-netlib-solvers/asl_pfgh.h>
/* A name that the library takes. */
#undef real

enum { MODEL, CONVEX, SMOOTH, CURVATURE, LEAST };
static const rate_param params[] = {
	[MODEL] = { "file", RATE_FILE, NULL, 0, 0, NULL, "the model, NAME.nl" },
	[CONVEX] = { "convex", RATE_CHOICE, "unknown", 0, 0, "unknown|yes|no", "is f convex" },
	[SMOOTH] = { "L", RATE_REAL, "0", 0, 1e100, NULL, "smoothness constant of f, from above; 0: unknown" },
	[CURVATURE] = { "mu", RATE_REAL, "0", 0, 1e100, NULL, "strong convexity of f, from below; 0: unknown" },
	[LEAST] = { "f_star", RATE_TEXT, "", 0, 0, NULL, "least value of f; nothing: unknown" },
};

struct model {
	struct facts known;
	const rate_host *host;
	const char *file;
	ASL *asl;
	double sign; /* -1: a maximum */
	double *x;   /* the library takes no const */
	fint failed;
};

static int undefined(struct model *m, const char *what)
{
	return m->host->fail(m->host, "%s: its %s is not defined at a point: a logarithm or a root of a negative"
	                              " number, or a division by 0", m->file, what);
}

static int value(void *self, const double *x, double *f)
{
	struct model *m = self;

	m->failed = 0;
	memcpy(m->x, x, m->known.d * sizeof *x);
	*f = m->sign * m->asl->p.Objval(m->asl, 0, m->x, &m->failed);
	return m->failed ? undefined(m, "value") : RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	struct model *m = self;

	m->failed = 0;
	memcpy(m->x, x, m->known.d * sizeof *x);
	m->asl->p.Objgrd(m->asl, 0, m->x, g, &m->failed);
	for (size_t j = 0; j < m->known.d; j++)
		g[j] *= m->sign;
	return m->failed ? undefined(m, "gradient") : RATE_OK;
}

/* The library has second derivatives where it has last had a value. */
static int product(void *self, const double *x, const double *v, double *out)
{
	struct model *m = self;
	double f;

	if (value(self, x, &f))
		return RATE_FAIL;
	memcpy(m->x, v, m->known.d * sizeof *v);
	m->asl->p.Hvcomp(m->asl, out, m->x, 0, &m->sign, NULL);
	return RATE_OK;
}

/* What the model has that an objective has not, or NULL. */
static const char *more_than_f(const ASL *asl)
{
	if (asl->i.n_obj_ != 1)
		return asl->i.n_obj_ ? "several objectives" : "no objective";
	if (asl->i.n_con_ || asl->i.n_lcon_ || asl->i.nlnc_)
		return "constraints";
	if (asl->i.nbv_ || asl->i.niv_ || asl->i.nlvbi_ || asl->i.nlvci_ || asl->i.nlvoi_)
		return "integer variables";
	if (asl->i.nfunc_)
		return "functions of another library";
	if (asl->i.n_var_ > 1 << 24)
		return "too many variables (at most 16777216)";
	return asl->i.n_var_ > 0 ? NULL : "no variable";
}

static const char *bounded(const ASL *asl)
{
	for (int j = 0; j < asl->i.n_var_; j++)
		if (asl->i.LUv_[2 * j] > -HUGE_VAL || asl->i.LUv_[2 * j + 1] < HUGE_VAL)
			return "bounds on its variables (+box:... has some)";
	return NULL;
}

/* Lines of numbers after one that begins with g or b: the library ends the process at what is none. */
static int begins_as_one(FILE *in)
{
	char line[256];
	int lines = 0, d, m;

	while (lines < 10 && fgets(line, sizeof line, in)) {
		if (lines ? sscanf(line, "%d %d", &d, &m) != 2 || d < 0 || m < 0 : (*line != 'g' && *line != 'b'))
			break;
		lines++;
	}
	return lines == 10;
}

static void destroy(void *self)
{
	struct model *m = self;

	if (m->asl)
		ASL_free(&m->asl);
	free(m);
}

static int refuse(const rate_host *host, ASL *asl, const char *file, const char *why)
{
	ASL_free(&asl);
	return host->fail(host, "%s: %s", file, why);
}

/* *out: read, with its objective in position 0. */
static int open_model(const rate_host *host, const char *file, ASL **out)
{
	ASL *asl = ASL_alloc(ASL_read_pfgh);
	const char *more;
	char text[160];
	FILE *nl = fopen(file, "rb");
	int begins = nl && begins_as_one(nl);

	if (!nl)
		return refuse(host, asl, file, strerror(errno));
	fclose(nl);
	if (!begins)
		return refuse(host, asl, file, "no model: a .nl file begins with g or b and ten lines of numbers");
	asl->i.return_nofile_ = 1;
	if (!(nl = jac0dim_ASL(asl, file, (ftnlen)strlen(file))))
		return refuse(host, asl, file, "cannot be read");
	if ((more = more_than_f(asl))) {
		fclose(nl);
		snprintf(text, sizeof text, "the model has %s; one objective in real variables is taken", more);
		return refuse(host, asl, file, text);
	}
	asl->i.X0_ = calloc((size_t)asl->i.n_var_, sizeof(double));
	asl->i.LUv_ = calloc(2 * (size_t)asl->i.n_var_, sizeof(double));
	if (pfgh_read_ASL(asl, nl, ASL_return_read_err | ASL_find_default_no_groups | ASL_findgroups))
		return refuse(host, asl, file, "the model breaks off or has words that the library does not know");
	if ((more = bounded(asl))) {
		snprintf(text, sizeof text, "the model has %s", more);
		return refuse(host, asl, file, text);
	}
	*out = asl;
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	ASL *asl = NULL;
	struct model *m;
	size_t d;
	char *end;
	double f, least = strtod(p[LEAST].text, &end);

	if (*p[LEAST].text && (*end || !isfinite(least)))
		return host->fail(host, "f_star = %s is no number", p[LEAST].text);
	if (p[CURVATURE].real > 0 && p[CONVEX].integer == 2)
		return host->fail(host, "mu = %g of a function that is not convex", p[CURVATURE].real);
	if (p[SMOOTH].real > 0 && p[CURVATURE].real > p[SMOOTH].real)
		return host->fail(host, "mu = %g is larger than L = %g", p[CURVATURE].real, p[SMOOTH].real);
	if (open_model(host, p[MODEL].text, &asl))
		return RATE_FAIL;
	d = (size_t)asl->i.n_var_;
	if (!(m = facts_new(host, sizeof *m, d, 2 * d))) {
		ASL_free(&asl);
		return RATE_FAIL;
	}
	m->host = host;
	m->file = p[MODEL].text;
	m->asl = asl;
	m->sign = asl->i.objtype_[0] ? -1 : 1;
	m->x = facts_take(m, d);
	m->known.start = memcpy(facts_take(m, d), asl->i.X0_, d * sizeof(double));
	if (value(m, m->known.start, &f)) {
		destroy(m);
		return RATE_FAIL;
	}
	asl->p.Hvinit(asl, asl->p.ihd_limit_, 0, &m->sign, NULL);
	if (p[CONVEX].integer || p[CURVATURE].real > 0)
		know(m, "convex", RATE_EXACT, p[CONVEX].integer != 2, "as given");
	if (p[SMOOTH].real > 0)
		know(m, "L", RATE_UPPER, p[SMOOTH].real, "as given");
	if (p[CURVATURE].real > 0)
		know(m, "mu", RATE_LOWER, p[CURVATURE].real, "as given");
	if (*p[LEAST].text)
		know(m, "f_star", RATE_EXACT, least, "as given");
	*self = m;
	return RATE_OK;
}

static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "hessian/1", &hessian })

static const rate_objective nl = { .size = sizeof nl, .abi = RATE_ABI, .dim = facts_dim, .destroy = destroy,
	.id = "nl",
	.title = "Model in a .nl file",
	.summary = "the objective of an AMPL, Pyomo or JuMP model without constraints",
	.source = "Gay, Hooking your solver to AMPL (1997); the AMPL Solver Library",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &nl };
RATE_PLUGIN("nl", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
