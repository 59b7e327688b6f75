/* Two levels: what the objectives say of themselves against their definition, with the minima found by elimination and
 * derivatives by differences. */
#include <math.h>
#include <string.h>

#include "tests/unit/instance.h"

enum { N = 2 };

static const double P[] = { 2, 0.5, 0.5, 1 }, p[] = { 1, 2 }, S[] = { 1.5, 0.2, 0.2, 1 }, a[] = { 1, -1 },
                    C[] = { 0.3, 0.1, -0.2, 0.2 }, B[] = { 1, 1, 0, 1 }, x0[] = { 0.7, -1.3 };
static double Q[] = { 0.8, 0.3, 0.3, 2 }, lambda = 3;
#define LEVELS \
	"bilevel-quadratic:size=2,P=2/0.5/0.5/1,p=1/2,S=1.5/0.2/0.2/1,a=1/-1,C=0.3/0.1/-0.2/0.2,B=1/1/0/1,lambda=3,Q="

static double form(const double *A, const double *u, const double *v)
{
	return u[0] * (A[0] * v[0] + A[1] * v[1]) + u[1] * (A[2] * v[0] + A[3] * v[1]);
}

static double upper(const double *x, const double *y)
{
	double off[N] = { y[0] - a[0], y[1] - a[1] };

	return form(P, x, x) / 2 + p[0] * x[0] + p[1] * x[1] + form(S, off, off) / 2 + form(C, x, y);
}

static double lower(const double *x, const double *y)
{
	double off[N] = { y[0] - B[0] * x[0] - B[1] * x[1], y[1] - B[2] * x[0] - B[3] * x[1] };

	return form(Q, off, off) / 2;
}

/* of_f f + weight g at (x, (u, v)) */
static double both(const double *x, double of_f, double weight, double u, double v)
{
	double y[N] = { u, v };

	return of_f * upper(x, y) + weight * lower(x, y);
}

/* The minimiser of that, a quadratic: one Newton step from 0 by differences, which are exact. */
static void least(const double *x, double of_f, double weight, double *y)
{
	double at[3][3], g[N], H[N * N], det;

	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++)
			at[i][j] = both(x, of_f, weight, i - 1, j - 1);
	g[0] = (at[2][1] - at[0][1]) / 2;
	g[1] = (at[1][2] - at[1][0]) / 2;
	H[0] = at[2][1] - 2 * at[1][1] + at[0][1];
	H[3] = at[1][2] - 2 * at[1][1] + at[1][0];
	H[1] = H[2] = (at[2][2] - at[2][0] - at[0][2] + at[0][0]) / 4;
	det = H[0] * H[3] - H[1] * H[2];
	y[0] = -(H[3] * g[0] - H[1] * g[1]) / det;
	y[1] = -(H[0] * g[1] - H[2] * g[0]) / det;
}

static double penalty(const double *x)
{
	double y[N];

	least(x, 1, lambda, y);
	return upper(x, y) + lambda * lower(x, y);
}

static double hyper(const double *x)
{
	double y[N];

	least(x, 0, 1, y);
	return upper(x, y);
}

static double of(instance *at, const char *name, const double *x)
{
	double q = NAN, s;
	char whole[64];

	snprintf(whole, sizeof whole, "bilevel.%s", name);
	ok(at->s.run.call->quantity(&at->s.run, whole, x, &q, &s) == RATE_OK, "%s: %s", whole, at->s.error.text);
	return q;
}

static void slope(double (*f)(const double *), const double *x, double *g)
{
	for (int i = 0; i < N; i++) {
		double up[N] = { x[0], x[1] }, down[N] = { x[0], x[1] };

		up[i] += 0.5;
		down[i] -= 0.5; /* of a quadratic: exact */
		g[i] = f(up) - f(down);
	}
}

/* V at (x, y, z), by differences. */
static void game(const double *x, double *V)
{
	for (int j = 0; j < 6; j++) {
		double side[2];

		for (int k = 0; k < 2; k++) {
			double u[6];

			memcpy(u, x, sizeof u);
			u[j] += k ? 0.5 : -0.5;
			side[k] = upper(u, u + 2) + lambda * (lower(u, u + 2) - lower(u, u + 4));
		}
		V[j] = j < 4 ? side[1] - side[0] : side[0] - side[1];
	}
}

static void test_quadratic(void)
{
	instance at;
	double x[8] = { x0[0], x0[1] }, of_penalty[N], of_F[N], y[N], y_lambda[N], star[6], V[8], want[6];

	open_instance_of(&at, "penalty-gradient", LEVELS "0.8/0.3/0.3/2", "gd");
	slope(penalty, x0, of_penalty);
	slope(hyper, x0, of_F);
	is_double(of(&at, "value_gap", x), hyper(x0) - penalty(x0), 1e-13, "F - L_lambda");
	is_double(of(&at, "gradient_gap", x), hypot(of_penalty[0] - of_F[0], of_penalty[1] - of_F[1]), 1e-12,
	          "the gradients differ");
	is_double(of(&at, "penalty_grad2", x), pow(of_penalty[0], 2) + pow(of_penalty[1], 2), 1e-12, "grad L_lambda");
	for (int j = 0; j < 6; j++)
		star[j] = at.s.x_star[j];
	is_double(of(&at, "penalty_gap", x), penalty(x0) - penalty(star), 1e-13, "L_lambda - min");
	slope(penalty, star, of_penalty);
	is_at_most(hypot(of_penalty[0], of_penalty[1]), 1e-13, "x_star minimises L_lambda");
	least(star, 1, lambda, y_lambda);
	least(star, 0, 1, y);
	is_at_most(hypot(y_lambda[0] - star[2], y_lambda[1] - star[3]) + hypot(y[0] - star[4], y[1] - star[5]), 1e-13,
	           "and (y, z) are where they belong");
	/* At the start they are too, and one unit farther they are not: lambda |B'Q| and |C| + lambda |B'Q| */
	is_at_most(of(&at, "lag", at.s.x0), 1e-13, "no lag at the start");
	memcpy(x, at.s.x0, 6 * sizeof *x);
	x[4] += 1;
	is_double(of(&at, "lag", x), lambda * of(&at, "M", x), 1e-12, "lag of z");
	x[4] -= 1;
	x[3] += 1;
	is_double(of(&at, "lag", x), lambda * of(&at, "M", x) + of(&at, "l_x", x), 1e-12, "lag of y");
	/* The field: the derivatives of f(x, y) + lambda (g(x, y) - g(x, z)), that of z with the sign of who raises. */
	memcpy(x, (double[8]){ 0.3, -0.4, 1.1, 0.2, -0.6, 0.9, 0, 0 }, sizeof x);
	ok(at.s.run.call->gradient(&at.s.run, x, V) == RATE_OK, "the field");
	game(x, want);
	for (int j = 0; j < 6; j++)
		is_double(V[j], want[j], 1e-12, "its coordinate %d", j);
	close_instance(&at);
}

/* Q = diag(0, 2): the upper level may choose y_1. */
static void test_singular(void)
{
	instance at;
	double x[8] = { x0[0], x0[1] };

	open_instance_of(&at, "penalty-value", LEVELS "0/2", "gd");
	Q[0] = Q[1] = Q[2] = 0;
	Q[3] = 2;
	{
		double gap = penalty(x0), y[N] = { 0, B[2] * x0[0] + B[3] * x0[1] }, best = INFINITY;

		for (double u = -5; u <= 5; u += 1e-4) {
			y[0] = u;
			best = fmin(best, upper(x0, y));
		}
		is_double(of(&at, "value_gap", x), best - gap, 1e-7, "F takes the best of all lower solutions");
	}
	close_instance(&at);
}

static void test_curved(void)
{
	instance at;
	double x[8] = { 0.4 }, h = 1e-4, q[3];

	open_instance_of(&at, "penalty-gradient", "bilevel-curved:mu=2,k=-1.5,slope=3,b=0.5,lambda=7", "gd");
	for (int k = 0; k < 3; k++)
		q[k] = 2 - 1.5 * tanh(0.4 + (k - 1) * h);
	is_double(of(&at, "value_gap", x), 9 / (14 * q[1]), 1e-14, "slope^2/(2 lambda q)");
	is_double(of(&at, "gradient_gap", x), fabs(9 / (14 * q[2]) - 9 / (14 * q[0])) / (2 * h), 1e-7,
	          "its derivative, by differences");
	close_instance(&at);
}

/* One step of f2sa with two inner ones. */
static void test_f2sa(void)
{
	static const double now[3] = { 0.1, 0.05, 0.2 };
	instance at;
	double x[6], V[6];

	Q[0] = 0.8, Q[1] = Q[2] = 0.3, Q[3] = 2;
	open_instance_of(&at, "f2sa-descent", LEVELS "0.8/0.3/0.3/2,start=1/2/-1/0/3/1", "f2sa:inner=2");
	at.s.method_param[0] = 2; /* the theorem's own is 1 */
	ok(rate_session_begin(&at.s, 1, 0) == RATE_OK, "it starts: %s", at.s.error.text);
	memcpy(x, at.s.blocks.state[0], sizeof x);
	at.s.run.gamma = now[0];
	at.s.run.schedule = now;
	ok(at.s.method->step(&at.s.run) == RATE_OK, "a step: %s", at.s.error.text);
	for (int inner = 0; inner < 2; inner++) {
		game(x, V);
		for (int j = 2; j < 6; j++)
			x[j] -= now[j < 4 ? 1 : 2] * V[j];
	}
	game(x, V);
	for (int j = 0; j < 6; j++)
		is_double(at.s.blocks.state[0][j], x[j] - (j < 2 ? now[0] * V[j] : 0), 1e-12, "f2sa, coordinate %d", j);
	close_instance(&at);
}

/* Two steps of msvr with one of two blocks, F_i = (x - a_i)^2/2, a = (3, -1), from 5: h = (2, 6). With b = p = 1/2
 * c = 1/2 + 2. */
static void test_msvr(void)
{
	instance at;
	double now = 0.25, x = 5, h[2] = { 2, 6 };

	open_instance(&at, "bilevel-blocks:a=3/-1,start=5", "msvr:b=0.5");
	ok(rate_session_begin(&at.s, 1, 0) == RATE_OK, "it starts: %s", at.s.error.text);
	is_double(at.s.blocks.state[1][0], 2, 0, "h_1");
	is_double(at.s.blocks.state[2][0], 6, 0, "h_2");
	at.s.run.gamma = now;
	at.s.run.schedule = &now;
	for (uint64_t t = 0; t < 2; t++) {
		double next = x - now * (h[0] + h[1]) / 2, kept;
		int one;

		at.s.run.t = t;
		ok(at.s.method->step(&at.s.run) == RATE_OK, "a step: %s", at.s.error.text);
		one = at.s.blocks.state[1][0] == h[0]; /* the one that was drawn moves */
		kept = h[!one];
		h[one] = 0.5 * h[one] + 0.5 * (next - (one ? -1 : 3)) + 2.5 * (next - x);
		is_double(at.s.blocks.state[0][0], next, 1e-15, "x");
		is_double(at.s.blocks.state[1 + one][0], h[one], 1e-15, "the tracker of block %d", one + 1);
		is_double(at.s.blocks.state[1 + !one][0], kept, 0, "the other one stays");
		x = next;
	}
	close_instance(&at);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	test_quadratic();
	test_singular();
	test_curved();
	test_f2sa();
	test_msvr();
	rate_registry_free(registry);
	done_testing();
}
