/* Methods on matrices and steps in norms, a step by hand. */
#include <math.h>
#include <string.h>

#include "tests/unit/instance.h"

static void after_one(const char *method, const char *objective, double gamma, const double *want)
{
	instance p;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	for (size_t j = 0; j < p.s.run.d; j++)
		is_near(p.s.blocks.state[0][j], want[j], 4e-15, "%s on %s: entry %zu", method, objective, j);
	close_instance(&p);
}

static double five(double s)
{
	for (int k = 0; k < 5; k++)
		s = s * (3.4445 + s * s * (-4.7750 + 2.0315 * s * s));
	return s;
}

#define DIAGONAL "diagonal:lambda=1/1/1/1,start=1/0/0/2"
#define TURNED "diagonal:lambda=1/1/1/1,start=1/1/1/-1"

/* BFGS with the matrix H, exact line search, on sum l_i x_i^2/2. */
static void by_matrix(size_t d, int steps, const double *l, double *x)
{
	double H[25], p[5], s[5], y[5], Hy[5];

	for (size_t i = 0; i < d * d; i++)
		H[i] = i % (d + 1) == 0;
	for (int k = 0; k < steps; k++) {
		double gp = 0, pAp = 0, sy = 0, yHy = 0;

		for (size_t i = 0; i < d; i++) {
			p[i] = 0;
			for (size_t j = 0; j < d; j++)
				p[i] -= H[i * d + j] * l[j] * x[j];
			gp += l[i] * x[i] * p[i];
			pAp += l[i] * p[i] * p[i];
		}
		for (size_t i = 0; i < d; i++) {
			s[i] = -gp / pAp * p[i];
			y[i] = l[i] * s[i];
			x[i] += s[i];
			sy += s[i] * y[i];
		}
		for (size_t i = 0; i < d; i++) {
			Hy[i] = 0;
			for (size_t j = 0; j < d; j++)
				Hy[i] += H[i * d + j] * y[j];
			yHy += y[i] * Hy[i];
		}
		for (size_t i = 0; i < d; i++)
			for (size_t j = 0; j < d; j++)
				H[i * d + j] += (1 + yHy / sy) * s[i] * s[j] / sy - (s[i] * Hy[j] + Hy[i] * s[j]) / sy;
	}
}

static void bfgs(int steps)
{
	double l[] = { 1, 2, 5, 11, 17 }, x[] = { 1, -1, 2, 3, -2 };
	instance p;

	by_matrix(5, steps, l, x);
	open_instance(&p, "diagonal:lambda=1/2/5/11/17,start=1/-1/2/3/-2", "bfgs");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	for (int t = 0; t < steps; t++)
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	for (size_t j = 0; j < 5; j++)
		is_near(p.s.blocks.state[0][j], x[j], 1e-12, "bfgs after %d steps: entry %zu", steps, j);
	close_instance(&p);
}

/* On a diagonal quadratic the probes cancel: q <- q (1 - mu tanh u), u = ln(lambda q^2). */
static void psgd(void)
{
	double x[] = { 1, 2 }, q[] = { 0.1, 0.1 }, l[] = { 4, 9 };
	instance p;

	open_instance(&p, "diagonal:lambda=4/9,start=1/2", "psgd-diag:mu=0.4,q0=0.1,probe=1");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	for (int t = 0; t < 3; t++) {
		p.s.run.gamma = 0.5;
		p.s.run.t = (uint64_t)t;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
		for (int j = 0; j < 2; j++) {
			q[j] *= 1 - 0.4 * tanh(log(l[j] * q[j] * q[j]));
			x[j] -= 0.5 * q[j] * q[j] * l[j] * x[j];
		}
	}
	for (size_t j = 0; j < 2; j++)
		is_near(p.s.blocks.state[0][j], x[j], 1e-12, "psgd-diag: entry %zu", j);
	close_instance(&p);
}

/* Two steps with a memory of 3/4: m = g_0, then m = 3/4 g_0 + 1/4 g_1. */
static void momentum(void)
{
	static const char *const method[] = { "ntr:norm=l2,a=0.25", "stochastic-ntr:norm=l2,a=0.25" };

	for (int k = 0; k < 2; k++) {
		double x[] = { 3, 2 }, m[2];
		instance p;

		open_instance(&p, "diagonal:lambda=1/2,start=3/2", method[k]);
		ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
		for (int t = 0; t < 2; t++) {
			double g[] = { x[0], 2 * x[1] }, length;

			p.s.run.gamma = 1;
			p.s.run.t = (uint64_t)t;
			ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
			for (int j = 0; j < 2; j++)
				m[j] = t == 0 ? g[j] : 0.75 * m[j] + 0.25 * g[j];
			length = hypot(m[0], m[1]);
			for (int j = 0; j < 2; j++)
				x[j] -= m[j] / length;
		}
		for (size_t j = 0; j < 2; j++)
			is_near(p.s.blocks.state[0][j], x[j], 1e-14, "%s: entry %zu", method[k], j);
		close_instance(&p);
	}
}

/* PSGD with a 2 x 2 matrix, its inverse written out, on diag(4, 9) with the pairs that the method drew. */
static void psgd_matrix(void)
{
	double x[] = { 1, 2 }, q[2][2] = { { 0.3, 0 }, { 0, 0.3 } };
	const double l[] = { 4, 9 };
	instance p;

	open_instance(&p, "diagonal:lambda=4/9,start=1/2", "psgd:mu=0.4,q0=0.3,probe=0.5");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	for (int t = 0; t < 4; t++) {
		double v[ROWS * 8], h[2], a[2], b[2], det = q[0][0] * q[1][1] - q[0][1] * q[1][0], size, to[2][2];
		double g[] = { l[0] * x[0], l[1] * x[1] }, half[2];

		p.s.run.gamma = 0.5;
		p.s.run.t = (uint64_t)t;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
		ok(p.s.run.call->normals(&p.s.run, 0, v) == RATE_OK, "the same pair");
		for (int j = 0; j < 2; j++) {
			v[j] *= 0.5;
			h[j] = l[j] * v[j];
		}
		a[0] = q[0][0] * h[0] + q[0][1] * h[1];
		a[1] = q[1][0] * h[0] + q[1][1] * h[1];
		b[0] = (q[1][1] * v[0] - q[1][0] * v[1]) / det; /* the inverse of the transposed */
		b[1] = (q[0][0] * v[1] - q[0][1] * v[0]) / det;
		size = a[0] * a[0] + a[1] * a[1] + b[0] * b[0] + b[1] * b[1];
		for (int i = 0; i < 2; i++)
			for (int j = 0; j < 2; j++)
				to[i][j] = q[i][j] - 0.4 / size * ((a[i] * a[0] - b[i] * b[0]) * q[0][j] +
				                                   (a[i] * a[1] - b[i] * b[1]) * q[1][j]);
		memcpy(q, to, sizeof q);
		half[0] = q[0][0] * g[0] + q[0][1] * g[1];
		half[1] = q[1][0] * g[0] + q[1][1] * g[1];
		for (int j = 0; j < 2; j++)
			x[j] -= 0.5 * (q[0][j] * half[0] + q[1][j] * half[1]);
	}
	for (size_t j = 0; j < 2; j++)
		is_near(p.s.blocks.state[0][j], x[j], 1e-12, "psgd: entry %zu", j);
	close_instance(&p);
}

/* A regression with one column is least squares: the same rows, the same start. With more columns the mean of a (W'a -
 * y)' is made of its terms, and the prox of a term is where its gradient says. */
static void regression(void)
{
	instance p, q;
	double *g, *h, value[2], one[ROWS * 16], sum[16] = { 0 }, prox[ROWS * 16];
	const rate_sample *term;

	open_instance(&p, "matrix-regression:n=50,rows=10,cols=1", "gd");
	open_instance(&q, "least-squares:n=50,d=10", "gd");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK && rate_session_begin(&q.s, 1, 0) == RATE_OK, "begun");
	g = p.s.blocks.scratch[0];
	h = q.s.blocks.scratch[0];
	rate_gradient(&p.s.run, p.s.blocks.state[0], g);
	rate_gradient(&q.s.run, q.s.blocks.state[0], h);
	for (size_t j = 0; j < 10; j++)
		is_near(g[j], h[j], 1e-14, "one column: entry %zu of the gradient", j);
	rate_value_at(&p.s.run, p.s.blocks.state[0], &value[0]);
	rate_value_at(&q.s.run, q.s.blocks.state[0], &value[1]);
	is_near(value[0], value[1], 1e-14, "and the value");
	is_near(p.s.c.mu, q.s.c.mu, 1e-13, "mu");
	is_near(p.s.c.f_star, q.s.c.f_star, 1e-13, "f_star");
	close_instance(&p);
	close_instance(&q);
	open_instance(&p, "matrix-regression:n=3,rows=4,cols=2", "gd");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun");
	g = p.s.blocks.scratch[0];
	rate_gradient(&p.s.run, p.s.blocks.state[0], g);
	for (size_t i = 0; i < 3; i++) {
		term = p.s.run.call->component(&p.s.run, i);
		ok(term && rate_sample_gradient(&p.s.run, term, p.s.blocks.state[0], one) == RATE_OK, "term %zu", i);
		for (size_t j = 0; j < 8; j++)
			sum[j] += one[j] / 3;
	}
	for (size_t j = 0; j < 8; j++)
		is_near(g[j], sum[j], 1e-14, "the mean of the terms: entry %zu", j);
	ok(p.s.run.call->sample_prox(&p.s.run, term, 0.7, p.s.blocks.state[0], prox) == RATE_OK,
	   "a prox: %s", p.s.error.text);
	ok(rate_sample_gradient(&p.s.run, term, prox, one) == RATE_OK, "its gradient");
	for (size_t j = 0; j < 8; j++)
		is_double(prox[j] + 0.7 * one[j], p.s.blocks.state[0][j], 1e-14, "p + gamma grad(p): entry %zu", j);
	close_instance(&p);
}

int main(void)
{
	rate_error error;
	double h = sqrt(0.5), e = 1 - 0.5 * five(h) * h;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* G = diag(1, 2), L = R = diag(1, 4): the step is diag(1, 2/(sqrt 2 sqrt 2)) */
	after_one("shampoo:rows=2,eta=0.5", DIAGONAL, 0, (double[]){ 0.5, 0, 0, 1.5 });
	/* G = 2uv': L = 4uu', R = 4vv', and the step is uv' */
	after_one("shampoo:rows=2,eta=0.5", "diagonal:lambda=1/1/1/1/1/1,start=0/1.2/1.6/0", 0,
	          (double[]){ 0, 0.9, 1.2, 0, 0, 0 });
	after_one("shampoo:rows=3,eta=0.5", "diagonal:lambda=1/1/1/1/1/1,start=1.2/0/1.6/0", 0,
	          (double[]){ 0.9, 0, 1.2, 0, 0, 0 });
	/* eps = 15: L = R = 16 in one dimension, roots 1/2 */
	after_one("shampoo:rows=1,eta=1,eps=15", "diagonal:lambda=1", 0, (double[]){ 0.75 });
	/* G = sqrt 2 Q, Q orthogonal: L = R = 2 I, so the step is Q = G/sqrt 2 */
	after_one("shampoo:rows=2,eta=1", TURNED, 0, (double[]){ 1 - h, 1 - h, 1 - h, h - 1 });
	/* g = (3, 1), Pg = (3, 9), three times as long */
	after_one("graft:adagrad=0,ratio=9", "diagonal:lambda=1/1,start=3/1", 0.6, (double[]){ 2.4, -0.8 });
	/* P = diag(1/sqrt(7 + 9), 1/sqrt(7 + 2)), Pg = (3/4, sqrt 2/3) */
	after_one("graft:adagrad=1,eps=7", "diagonal:lambda=1/1,start=3/1.4142135623730951", 1,
	          (double[]){ 3 - 0.75 * sqrt(11 / (9.0 / 16 + 2.0 / 9)),
	                      (1 - sqrt(11 / (9.0 / 16 + 2.0 / 9)) / 3) * sqrt(2) });
	after_one("ntr:norm=l2", "diagonal:lambda=1/1,start=3/4", 0.25, (double[]){ 2.85, 3.8 });
	after_one("ntr:norm=linf", "diagonal:lambda=1/1,start=3/-1", 0.25, (double[]){ 2.75, -0.75 });
	after_one("ntr:norm=l1", "diagonal:lambda=1/1,start=3/-1", 0.25, (double[]){ 2.75, -1 });
	after_one("ntr:norm=l1,decay=0.5", "diagonal:lambda=1/1,start=3/-1", 0.25, (double[]){ 1.25, -0.5 });
	after_one("ntr:norm=spectral,rows=2", DIAGONAL, 0.25, (double[]){ 0.75, 0, 0, 1.75 });
	after_one("ntr:norm=spectral,rows=2", TURNED, 1, (double[]){ 1 - h, 1 - h, 1 - h, h - 1 });
	/* a vector, as one row or one column: its direction */
	after_one("ntr:norm=spectral,rows=1", "diagonal:lambda=1/1,start=3/4", 0.25, (double[]){ 2.85, 3.8 });
	after_one("ntr:norm=spectral,rows=2", "diagonal:lambda=1/1,start=3/4", 0.25, (double[]){ 2.85, 3.8 });
	after_one("muon:rows=1", "diagonal:lambda=1,start=2", 1, (double[]){ 2 - five(1) });
	after_one("muon:rows=2", DIAGONAL, 1, (double[]){ 1 - five(1 / sqrt(5)), 0, 0, 2 - five(2 / sqrt(5)) });
	/* half of it is h times an orthogonal matrix */
	after_one("muon:rows=2", TURNED, 0.5, (double[]){ e, e, e, -e });
	after_one("muon:rows=2,steps=0", TURNED, 1, (double[]){ 0.5, 0.5, 0.5, -0.5 });
	after_one("steepest:norm=l1", "diagonal:lambda=1/1,start=3/-1", 0.25, (double[]){ 2.25, -1 });
	after_one("steepest:norm=linf", "diagonal:lambda=1/1,start=3/-1", 0.25, (double[]){ 2, 0 });
	after_one("steepest:norm=l2", "diagonal:lambda=1/2,start=3/-1", 0.25, (double[]){ 2.25, -0.5 });
	after_one("steepest:norm=spectral,rows=2", DIAGONAL, 0.25, (double[]){ 0.25, 0, 0, 1.25 });
	bfgs(1);
	bfgs(2);
	bfgs(4);
	psgd();
	psgd_matrix();
	momentum();
	regression();
	rate_registry_free(registry);
	done_testing();
}
