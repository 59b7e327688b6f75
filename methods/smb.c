/* Model building: a trial step of length alpha, and where it does not help enough the step of a quadratic model that
 * has seen it.
 *
 *     g = grad f(x), s = -alpha g. If f(x + s) <= f(x) - share alpha |g|^2: x <- x + s.
 *     Else y = grad f(x + s) - g, sigma = (|s|(|y| + |g|/eta) - y's)/2 and x <- x - M^-1 g with
 *     M = (2 sigma I + y s' + s y')/|s|^2, whose eigenvalues lie between 1/(eta alpha) and 1/(eta alpha) + 2|y|/|s|.
 *
 *     ratecheck verify smb-pl --method smb:alpha=2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { ALPHA, ETA, SHARE };

static double inner(size_t d, double unit, const double *x, const double *y)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += unit * x[j] * (unit * y[j]);
	return sum;
}

/* A power of two that makes the longest entry about 1. */
static double unit_of(size_t d, const double *g)
{
	double most = DBL_MIN;

	for (size_t j = 0; j < d; j++)
		most = fmax(most, fabs(g[j]));
	return ldexp(1, -ilogb(most));
}

/* x <- x - M^-1 g, by Woodbury's formula for the rank-two part of M. M stays when g, s and y change their unit
 * together: in that of g their products of four do not underflow. */
static void model_step(const rate_run *run, double *x, const double *g, const double *s, const double *y)
{
	size_t d = run->d;
	double u = unit_of(d, g), ss = inner(d, u, s, s), yy = inner(d, u, y, y), gg = inner(d, u, g, g);
	double ys = inner(d, u, y, s), yg = inner(d, u, y, g), sg = inner(d, u, s, g);
	double sigma = (sqrt(ss) * (sqrt(yy) + sqrt(gg) / run->param[ETA]) - ys) / 2, a = ys + 2 * sigma;
	double theta = a * a - ss * yy, c_g = -ss / (2 * sigma);
	double c_s = c_g / theta * (-a * yg + yy * sg), c_y = c_g / theta * (-a * sg + ss * yg);

	for (size_t j = 0; j < d; j++)
		x[j] += c_g * g[j] + c_s * s[j] + c_y * y[j];
}

/* f(x) - f(x + s). Values that agree but for their rounding say nothing of it: then it is the mean of the slopes. */
static double decrease(const rate_run *run, double f, double f_trial, const double *g, const double *s, const double *y)
{
	double d = f - f_trial;

	if (fabs(d) > 64 * DBL_EPSILON * (fabs(f) + fabs(f_trial)))
		return d;
	return -inner(run->d, 1, g, s) - inner(run->d, 1, y, s) / 2;
}

static int step(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0], *s = run->scratch[1], *y = run->scratch[2],
	       *trial = run->scratch[3];
	double *f = run->scratch[4], *f_trial = run->scratch[5], *g2 = run->scratch[6];

	if (rate_gradient(run, x, g) || rate_value_at(run, x, f))
		return RATE_FAIL;
	rate_copy(run, g, s);
	rate_scale(run, -run->param[ALPHA], s);
	rate_copy(run, x, trial);
	rate_axpy(run, 1, s, trial);
	if (rate_value_at(run, trial, f_trial) || rate_gradient(run, trial, y))
		return RATE_FAIL;
	rate_axpy(run, -1, g, y);
	rate_dot(run, g, g, g2);
	for (size_t r = 0; r < run->nrep; r++) {
		double *xr = rate_row(run, x, r), *gr = rate_row(run, g, r), *sr = rate_row(run, s, r),
		       *yr = rate_row(run, y, r);

		if (g2[r] == 0)
			continue;
		if (decrease(run, f[r], f_trial[r], gr, sr, yr) < run->param[SHARE] * run->param[ALPHA] * g2[r])
			model_step(run, xr, gr, sr, yr);
		else
			for (size_t j = 0; j < run->d; j++)
				xr[j] = rate_row(run, trial, r)[j];
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[ALPHA] = { "alpha", RATE_REAL, "1", 1e-100, 1e100, NULL, "step of the trial" },
	[ETA] = { "eta", RATE_REAL, "0.5", 1e-9, 0.999999999, NULL, "length of the model's step, at most eta |s|" },
	[SHARE] = { "share", RATE_REAL, "0.25", 1e-9, 0.999999999, NULL,
	            "share of the linear decrease that a trial has to reach" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };

static const rate_method smb = {
	.size = sizeof smb, .abi = RATE_ABI, .id = "smb", .title = "trial step and model step",
	.summary = "x - alpha grad f(x) if f falls enough, else the step of a model built from it",
	.source = "after Birbil, Martin, Onay and Oztoprak, arXiv:2111.07058",
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .scratch = 7, .step = step,
};

static const rate_method *const methods[] = { &smb };
RATE_PLUGIN("smb", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
