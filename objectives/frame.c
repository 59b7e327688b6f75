/* frame: f_i(x) = (<a_i, x> - b_i)^2/2 in the plane, m rows of one length, b_i = r_i at the unperturbed solution 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Row i has the length `a` and the angle spread pi i/m, i = 0, ..., m - 1. With spread = 1 and m >= 2 the rows are a
 * tight frame: their lines are equally spaced, and f is as curved in all directions. A smaller spread clusters them.
 *
 * Constants, all exact: L_i = L_max = a^2; L and mu are a^2/2 (1 +- rho) with rho = |mean of exp(2 i angle)|; x_star
 * is the solution of the normal equations; f_star = mean residual^2/2; sigma_star2 = a^2 mean residual^2; f_i_star = 0;
 * interpolation if r = 0. Its own constant `rows` = 1: each term is the square of one product, all rows being as
 * long. The gap is (x - x_star)'H(x - x_star)/2. Prox: x - gamma (<a_i, x> - b_i) a_i/(1 + gamma a^2). Start: a
 * vector of norm `start`.
 *
 *     ratecheck verify kaczmarz --objective frame:m=3,r=1/-2/0.5
 */
#include "common.h"

#ifndef M_PI
#define M_PI 3.14159265358979323846
#endif

enum { M, SPREAD, RESIDUALS, LENGTH, START };
static const rate_param params[] = {
	[M] = { "m", RATE_INTEGER, "3", 2, 10000, NULL, "number of rows" },
	[SPREAD] = { "spread", RATE_REAL, "1", 0.01, 1, NULL, "1: a tight frame; less: clustered rows" },
	[RESIDUALS] = { "r", RATE_REALS, "0", -1e50, 1e50, NULL, "the b_i, repeated as often as need be" },
	[LENGTH] = { "a", RATE_REAL, "1", 1e-50, 1e50, NULL, "length of the rows" },
	[START] = { "start", RATE_REAL, "3", 0, 1e50, NULL, "|x_0|" },
};

struct frame {
	struct facts known;
	size_t m;
	double *row, *b, x_star[2], H[4], low, x0[2];
};

static double residual(const struct frame *f, size_t i, const double *x)
{
	return dot(2, f->row + 2 * i, x) - f->b[i];
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t m = (size_t)v[M].integer;
	double a = v[LENGTH].real, squares = 0, right[2] = { 0 }, c = 0, s = 0, rho, det, *L_i, *zeros;
	int solved = 1;
	struct frame *f = facts_new(host, sizeof *f, 2, 5 * m);

	if (!f)
		return RATE_FAIL;
	f->m = m;
	f->row = facts_take(f, 2 * m);
	f->b = facts_take(f, m);
	L_i = facts_take(f, m);
	zeros = facts_take(f, m);
	for (size_t i = 0; i < m; i++) {
		double angle = v[SPREAD].real * M_PI * (double)i / (double)m;

		f->row[2 * i] = a * cos(angle);
		f->row[2 * i + 1] = a * sin(angle);
		f->b[i] = v[RESIDUALS].reals[i % v[RESIDUALS].count];
		solved = solved && f->b[i] == 0;
		L_i[i] = a * a;
		c += cos(2 * angle) / (double)m;
		s += sin(2 * angle) / (double)m;
		for (size_t j = 0; j < 2; j++) {
			right[j] += f->row[2 * i + j] * f->b[i] / (double)m;
			for (size_t k = 0; k < 2; k++)
				f->H[2 * j + k] += f->row[2 * i + j] * f->row[2 * i + k] / (double)m;
		}
	}
	rho = sqrt(c * c + s * s);
	det = f->H[0] * f->H[3] - f->H[1] * f->H[2];
	f->x_star[0] = (f->H[3] * right[0] - f->H[1] * right[1]) / det;
	f->x_star[1] = (f->H[0] * right[1] - f->H[2] * right[0]) / det;
	for (size_t i = 0; i < m; i++)
		squares += residual(f, i, f->x_star) * residual(f, i, f->x_star) / (double)m;
	f->low = squares / 2;
	f->x0[0] = v[START].real * 0.8;
	f->x0[1] = v[START].real * 0.6;
	f->known.start = f->x0;
	know(f, "convex", RATE_EXACT, 1, "a mean of squares");
	know(f, "L", RATE_EXACT, a * a / 2 * (1 + rho), "largest eigenvalue of the Hessian");
	know(f, "mu", RATE_EXACT, a * a / 2 * (1 - rho), "smallest eigenvalue of the Hessian");
	know(f, "pl", RATE_EXACT, a * a / 2 * (1 - rho), "smallest eigenvalue of the Hessian");
	know(f, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(f, "L_max", RATE_EXACT, a * a, "|a_i|^2");
	know(f, "f_star", RATE_EXACT, f->low, "mean residual^2/2");
	know(f, "Delta_star", RATE_EXACT, f->low, "f_i_star = 0");
	know(f, "sigma_star2", RATE_EXACT, a * a * squares, "a^2 mean residual^2");
	know(f, "interpolation", RATE_EXACT, solved, "r = 0");
	know(f, "rows", RATE_EXACT, 1, "by construction");
	know_vector(f, "x_star", 2, f->x_star);
	know_vector(f, "L_i", m, L_i);
	know_vector(f, "f_i_star", m, zeros);
	*self = f;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct frame *)self)->m;
}

static int term_value(void *self, size_t i, const double *x, double *out)
{
	double r = residual(self, i, x);

	*out = r * r / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct frame *f = self;
	double r = residual(f, i, x);

	g[0] = r * f->row[2 * i];
	g[1] = r * f->row[2 * i + 1];
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct frame *f = self;
	const double *a = f->row + 2 * i;
	double step = residual(f, i, x) / (1 / gamma + dot(2, a, a));

	p[0] = x[0] - step * a[0];
	p[1] = x[1] - step * a[1];
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct frame *f = self;

	(void)x;
	out[0] = f->H[0] * v[0] + f->H[1] * v[1];
	out[1] = f->H[2] * v[0] + f->H[3] * v[1];
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	(void)x;
	memcpy(out, ((const struct frame *)self)->H, 4 * sizeof *out);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct frame *f = self;
	double e[2] = { x[0] - f->x_star[0], x[1] - f->x_star[1] };

	return product(self, x, e, g);
}

static int gap(void *self, const double *x, double *out)
{
	const struct frame *f = self;
	double e[2] = { x[0] - f->x_star[0], x[1] - f->x_star[1] }, He[2];

	product(self, x, e, He);
	*out = dot(2, e, He) / 2;
	return RATE_OK;
}

static int value(void *self, const double *x, double *out)
{
	int rc = gap(self, x, out);

	*out += ((const struct frame *)self)->low;
	return rc;
}

static const rate_gap gap_offer = { sizeof gap_offer, gap };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap_offer }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective frame = { OBJECTIVE,
	.id = "frame",
	.title = "Least squares over a frame of the plane",
	.summary = "mean of (<a_i, x> - b_i)^2/2, rows of one length at equal angles",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &frame };
RATE_PLUGIN("frame", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
