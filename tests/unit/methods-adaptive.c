/* Adaptive methods, a few steps by hand. */
#include <math.h>

#include "tests/unit/instance.h"

static void after(int steps, const char *method, const char *objective, double gamma, const double *want)
{
	instance p;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "begun: %s", p.s.error.text);
	for (int t = 0; t < steps; t++) {
		p.s.run.gamma = gamma;
		p.s.run.t = (uint64_t)t;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	}
	for (size_t j = 0; j < p.s.run.d; j++)
		is_near(p.s.blocks.state[0][j], want[j], 1e-14, "%s on %s after %d: entry %zu", method,
		        objective, steps, j);
	close_instance(&p);
}

#define UNEVEN "diagonal:lambda=1/1/1/1,start=1/0/0/0.01"

static void madgrad(void)
{
	double h = sqrt(2), s = 0.125 * (1 + 0.875 * h), v = 0.125 * (1 + 0.875 * 0.875 * h);

	/* lambda = 1/8: s = v = 1/8 and z = 1 - (1/8)/(1/2) */
	after(1, "madgrad:lambda=0.125,c=0.5", "diagonal:lambda=1", 0, (double[]){ 0.875 });
	after(1, "madgrad:lambda=0.125", "diagonal:lambda=1", 0, (double[]){ 1 - 0.25 * h / (1 + h) });
	after(2, "madgrad:lambda=0.125,c=0.5", "diagonal:lambda=1", 0, (double[]){ (0.875 + 1 - s / cbrt(v)) / 2 });
	/* the divisor: v + sqrt 2/8 cap^2 = 1 for cap^2 = 7/sqrt 2; eps = 1 doubles it */
	after(1, "madgrad:lambda=0.125,c=1,cap=2.2248139946126", "diagonal:lambda=1", 0,
	      (double[]){ 1 - 0.125 / cbrt(0.125 * (1 + h * pow(2.2248139946126, 2))) });
	after(1, "madgrad:lambda=0.125,c=1,eps=0.5", "diagonal:lambda=1/1,start=1/0", 0, (double[]){ 1 - 0.125, 0 });
	after(1, "stochastic-madgrad:lambda=0.125,c=0.5", "diagonal:lambda=1", 0, (double[]){ 0.875 });
}

static void adafactor(void)
{
	double e = 0.01, u = sqrt(1 + e * e), rms = (1 + e * e) / (2 * e), b = pow(2, -0.8), x = 0.9;

	after(1, "adafactor:rows=2,clip=0", UNEVEN, 0.1, (double[]){ 1 - 0.1 * u, 0, 0, e - 0.1 * u / e });
	after(1, "adafactor:rows=2", UNEVEN, 0.1, (double[]){ 1 - 0.1 * u / rms, 0, 0, e - 0.1 * u / e / rms });
	after(1, "adafactor:rows=2,delta=2", UNEVEN, 0.1, (double[]){ 1 - 0.2 * u / rms, 0, 0, e - 0.2 * u / e / rms });
	/* squares of rank one: signs; relative to RMS(x) = sqrt((1 + 1 + 4 + 4)/4) */
	after(1, "adafactor:rows=2", "diagonal:lambda=1/1/1/1,start=1/-1/2/-2", 0.1,
	      (double[]){ 0.9, -0.9, 1.9, -1.9 });
	after(1, "adafactor:rows=2,relative=1", "diagonal:lambda=1/1/1/1,start=1/-1/2/-2", 0.1,
	      (double[]){ 1 - 0.1 * sqrt(2.5), -1 + 0.1 * sqrt(2.5), 2 - 0.1 * sqrt(2.5), -2 + 0.1 * sqrt(2.5) });
	after(1, "adafactor-vector", "diagonal:lambda=1/1,start=3/-2", 0.5, (double[]){ 2.5, -1.5 });
	after(2, "adafactor-vector", "diagonal:lambda=1", 0.1, (double[]){ x - 0.1 * x / sqrt(1 - b + b * x * x) });
	after(1, "adafactor-vector:eps1=3", "diagonal:lambda=1", 1, (double[]){ 0.5 });
	/* a square of one digit would make steps 1.2 times too long */
	after(1, "adafactor-vector", "diagonal:lambda=1,start=2.7e-162", 1, (double[]){ 2.7e-162 });
}

static void swats(void)
{
	double a = 0.5, r = 0.5 * sqrt(0.5) / (sqrt(0.5) + 1), x = 1 - r, e = r, lambda = 0.5 * e, r2;

	after(1, "swats:beta1=0,beta2=0.5,eps=1,tol=1", "diagonal:lambda=1", 0.5, (double[]){ x });
	a = 0.5 * a + 0.5 * x * x;
	r2 = 0.5 * sqrt(0.75) / (sqrt(a) + 1);
	after(2, "swats:beta1=0,beta2=0.5,eps=1,tol=0", "diagonal:lambda=1", 0.5, (double[]){ x - r2 * x });
	/* in one dimension the estimate is the rate; tol = 1 switches after the second step */
	lambda = (0.5 * lambda + 0.5 * r2) / 0.75;
	x -= r2 * x;
	after(3, "swats:beta1=0,beta2=0.5,eps=1,tol=1", "diagonal:lambda=1", 0.5, (double[]){ x - lambda * x });
	/* with momentum: the first step is Adam's, m/(1 - beta1) = g */
	after(1, "swats:beta1=0.75,beta2=0.5,eps=1,tol=1", "diagonal:lambda=1", 0.5, (double[]){ 1 - r });
	after(1, "stochastic-swats:beta1=0.75,beta2=0.5,eps=1,tol=1", "diagonal:lambda=1", 0.5, (double[]){ 1 - r });
	/* two rates: |p|^2/<-p, g> = (9 r_0^2 + r_1^2)/(9 r_0 + r_1), here not used */
	after(1, "swats:beta1=0,beta2=0.5,eps=1", "diagonal:lambda=1/1,start=3/1", 0.5,
	      (double[]){ 3 - 1.5 * sqrt(0.5) / (3 * sqrt(0.5) + 1), 1 - r });
}

static void adgd(void)
{
	/* x^2: x_1 = 1 - 2 eta; the quotient is 1/4, so is the root of 1 + 0 times 1/4 */
	after(1, "adgd:eta0=0.25", "diagonal:lambda=2", 0, (double[]){ 0.5 });
	after(2, "adgd:eta0=0.25", "diagonal:lambda=2", 0, (double[]){ 0.25 });
	/* a small first step: eta_1 = eta_0, theta_1 = 1, eta_2 = sqrt 2 eta_0 */
	after(3, "adgd:eta0=0.01", "diagonal:lambda=2", 0, (double[]){ 0.98 * 0.98 * (1 - 0.02 * sqrt(2)) });
	/* a long one: eta_1 = 1/4 from x_1 = -1 */
	after(2, "adgd:eta0=1", "diagonal:lambda=2", 0, (double[]){ -0.5 });
	/* at the minimiser eta stays: growing on it would be infinite after 1500 steps, and 0 times that is no
	 * number */
	after(2000, "adgd:eta0=1", "diagonal:lambda=1", 0, (double[]){ 0 });
	/* E = lambda: Newton's step, times gamma; truncated at 8 */
	after(1, "oasis:a=0.1", "diagonal:lambda=2/5,start=1/3", 0.5, (double[]){ 0.5, 1.5 });
	after(2, "oasis:a=0.1", "diagonal:lambda=2/5,start=1/3", 0.5, (double[]){ 0.25, 0.75 });
	after(1, "oasis:a=8", "diagonal:lambda=2/16,start=1/3", 1, (double[]){ 0.75, 0 });
	/* in the norm of E = H the gradient changes as much as the point: eta_1 = 1/2 at most */
	after(2, "oasis:a=0.1,adaptive=1", "diagonal:lambda=2/5,start=1/3", 0.75, (double[]){ 0.125, 0.375 });
	after(2, "oasis:a=0.1,adaptive=1", "diagonal:lambda=2/5,start=1/3", 0.25, (double[]){ 0.5625, 3 * 0.5625 });
}

static void udog(void)
{
	double y, G, W, x, xbar, m, r, at;

	/* parabola: x_1 = 1 - a */
	after(1, "unixgrad:eta=1", "diagonal:lambda=1", 1, (double[]){ 0 });
	after(1, "unixgrad:eta=1", "diagonal:lambda=1", 0.5, (double[]){ 0.5 });
	/* a = 1/2 twice: y_1 = 1 - 1/4 = 3/4; m = (1/2 + 3/4)/2 = 5/8, x_2 = 3/4 - 5/16 = 7/16, xbar = 15/32 */
	after(2, "unixgrad:eta=1", "diagonal:lambda=1", 0.5, (double[]){ 15.0 / 32 });
	/* D = 1/2: 2D/sqrt(1 + 0) = 1; then G = |1/2 - 1|^2/4 = 1/16, the rate 1/sqrt(17/16) */
	after(1, "unixgrad:diameter=0.5", "diagonal:lambda=1", 0.5, (double[]){ 0.5 });
	after(2, "unixgrad:diameter=0.5", "diagonal:lambda=1", 0.5,
	      (double[]){ (0.5 + 0.75 - 0.5 / sqrt(17.0 / 16) * 0.625) / 2 });
	/* r = R = W = .01: m = 1, x = .99, g = .99, G = 1 + 1e-4, y = 1 - .01 .99/sqrt G */
	after(1, "udog:r_eps=0.01", "diagonal:lambda=1", 0, (double[]){ 0.99 });
	G = 1 + 1e-4;
	y = 1 - 0.01 * 0.99 / sqrt(G);
	r = 0.01;
	W = 0.01 + 0.02;
	at = (0.01 * 0.99 + 0.02 * y) / W;
	m = at;
	x = y - (0.01 + r) / sqrt(G) * m;
	xbar = (0.01 * 0.99 + 0.02 * x) / W;
	after(2, "udog:r_eps=0.01", "diagonal:lambda=1", 0, (double[]){ xbar });
}

/* G^(-1/2) g for G = [[a, b], [b, e]]: G^(1/2) = (G + s I)/t with s = sqrt det G, t = sqrt(a + e + 2 s). */
static void root_step(double a, double b, double e, const double *g, double *step)
{
	double s = sqrt(a * e - b * b), t = sqrt(a + e + 2 * s), det = (a + s) * (e + s) - b * b;

	step[0] = t * ((e + s) * g[0] - b * g[1]) / det;
	step[1] = t * ((a + s) * g[1] - b * g[0]) / det;
}

static void adagrad(void)
{
	double x = 1 - 0.1, n = sqrt(5), g[2], step[2], at[2] = { 1 - 0.1 / n, 1 - 0.2 / n };

	/* the first step is the sign; the second divides by the root of 1 + x^2, of 4 (1 + x^2) and so on */
	after(1, "adagrad-diag", "diagonal:lambda=1/2/5,start=1/-1/0", 0.1, (double[]){ x, -x, 0 });
	after(2, "adagrad-diag", "diagonal:lambda=1/2/5,start=1/-1/0", 0.1,
	      (double[]){ x - 0.1 * x / sqrt(1 + x * x), -x + 0.1 * x / sqrt(1 + x * x), 0 });
	after(1, "adagrad-diag", "diagonal:lambda=1,start=-0.95+box", 10, (double[]){ 1 }); /* clipped */
	/* with a matrix: g/|g| from (1, 2), which is all that G knows; then a matrix of rank 2 */
	after(1, "adagrad-full", "diagonal:lambda=1/2,start=1/1", 0.1, at);
	g[0] = at[0];
	g[1] = 2 * at[1];
	root_step(1 + g[0] * g[0], 2 + g[0] * g[1], 4 + g[1] * g[1], g, step);
	after(2, "adagrad-full", "diagonal:lambda=1/2,start=1/1", 0.1,
	      (double[]){ at[0] - 0.1 * step[0], at[1] - 0.1 * step[1] });
}

static void adagrad_norm(void)
{
	double x = 1 - 0.5 / sqrt(5);

	/* one rate for all: S = 4 + |g|^2 */
	after(1, "adagrad-norm:b0=2", "diagonal:lambda=1/2,start=2/1", 0.5,
	      (double[]){ 2 - 0.5 * 2 / sqrt(12), 1 - 0.5 * 2 / sqrt(12) });
	after(2, "stochastic-adagrad-norm:b0=2", "diagonal:lambda=1", 0.5,
	      (double[]){ x - 0.5 * x / sqrt(5 + x * x) });
	after(1, "adagrad-norm", "diagonal:lambda=1,start=0", 0.5, (double[]){ 0 });
}

static void psps(void)
{
	double f = 9 + 4, g2 = 36 + 64;

	/* the Hessian halves the point; so does its diagonal here; without it Polyak's step */
	after(1, "psps", "diagonal:lambda=2/8,start=3/1", 0, (double[]){ 1.5, 0.5 });
	after(3, "psps:metric=diagonal", "diagonal:lambda=2/8,start=3/1", 0, (double[]){ 0.375, 0.125 });
	after(1, "psps:metric=none", "diagonal:lambda=2/8,start=3/1", 0,
	      (double[]){ 3 - f / g2 * 6, 1 - f / g2 * 8 });
	after(1, "psps", "diagonal:lambda=2/8,start=0/0", 0, (double[]){ 0, 0 });
}

/* Terms (x - c)^2/2, c = 0 and 2, at x = 3: g = 2, V = 1. */
static void adadagrad(void)
{
	instance p;
	int seen[2] = { 0 };

	after(1, "adadagrad-norm:theta=0.4,b0=3", "centres:b=0/2,start=3", 0.5,
	      (double[]){ 3 - 0.5 * 2 / sqrt(13) }); /* 2/(1 + 0.64) > 1: both */
	after(1, "adadagrad-norm:b0=2", "diagonal:lambda=1,start=3", 0.5, (double[]){ 3 - 1.5 / sqrt(13) });
	open_instance(&p, "centres:b=0/2,start=3", "adadagrad-norm:theta=0.6,b0=3"); /* 2/(1 + 1.44) < 1: one of them */
	for (uint64_t first = 0; first < 64; first += ROWS) {
		ok(rate_session_begin(&p.s, ROWS, first) == RATE_OK, "begun: %s", p.s.error.text);
		p.s.run.gamma = 0.5;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
		for (size_t r = 0; r < ROWS; r++) {
			double x = p.s.blocks.state[0][r * p.s.run.ld], moved = (3 - x) / 0.5;
			int large = moved > 0.5; /* 3/sqrt 18 or 1/sqrt 10 */

			is_near(moved, large ? 3 / sqrt(18) : 1 / sqrt(10), 1e-14, "one of two terms");
			is_near(p.s.blocks.state[2][r * p.s.run.ld], 1, 0, "a batch of one");
			seen[large]++;
		}
	}
	ok(seen[0] > 16 && seen[1] > 16, "both terms, %d and %d times of 64", seen[0], seen[1]);
	close_instance(&p);
	/* theta large in sums of three: 3 V/(V + 2 theta^2 |g|^2) with V = 2/3, g = 0: all of them */
	after(1, "adadagrad-norm:theta=9,b0=1", "centres:b=-1/0/1,start=0", 0.5, (double[]){ 0 });
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	madgrad();
	adafactor();
	swats();
	adgd();
	udog();
	adagrad();
	adagrad_norm();
	psps();
	adadagrad();
	rate_registry_free(registry);
	done_testing();
}
