/* relu-teacher: a filter that learns a filter, f(w) = E (relu <w, Z> - relu <w*, Z>)^2/2 for normal Z, in closed form.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * relu u = max(u, 0), w* = e_1 (times `length`), Z standard normal in d >= 2 dimensions. With the angle phi of w and w*
 *     f(w) = (|w|^2 + |w*|^2)/4 - |w||w*|(sin phi + (pi - phi) cos phi)/(2 pi),
 *     grad f(w) = w/2 - ((pi - phi) w* + |w*| sin phi w/|w|)/(2 pi);
 * at w = 0 it is the one-sided slope towards w*, minus half of w* (f has a kink there). Not convex, not smooth at 0.
 *
 * Constants, exact: convex = 0, f_star = 0 at x_star = w*; its own relu-teacher.length = |w*|. The gap is f, computed
 * without cancellation near w*. Start: `radius` times the unit vector that has the angle `angle` with w*; `behind` = 1
 * puts it on the ray of -w* exactly.
 *
 *     ratecheck verify relu-filter --objective relu-teacher:d=4,angle=2.8,radius=0.1
 */
#include "common.h"

#ifndef M_PI
#define M_PI 3.14159265358979323846
#endif

enum { DIM, ANGLE, RADIUS, LENGTH, BEHIND };
static const rate_param params[] = {
	[DIM] = { "d", RATE_INTEGER, "4", 2, 100000, NULL, "dimension" },
	[ANGLE] = { "angle", RATE_REAL, "1", 0, 3.1415, NULL, "angle of x_0 with w*, below pi" },
	[RADIUS] = { "radius", RATE_REAL, "1", 1e-50, 1e50, NULL, "|x_0|" },
	[LENGTH] = { "length", RATE_REAL, "1", 1e-50, 1e50, NULL, "|w*|" },
	[BEHIND] = { "behind", RATE_INTEGER, "0", 0, 1, NULL, "1: x_0 points against w*" },
};

struct teacher {
	struct facts known;
	double length, *star;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = (size_t)v[DIM].integer;
	double angle = v[ANGLE].real, radius = v[RADIUS].real, *start;
	struct teacher *k = facts_new(host, sizeof *k, d, 2 * d);

	if (!k)
		return RATE_FAIL;
	k->length = v[LENGTH].real;
	k->star = facts_take(k, d);
	k->star[0] = k->length;
	k->known.start = start = facts_take(k, d);
	start[0] = v[BEHIND].integer ? -radius : radius * cos(angle);
	start[1] = v[BEHIND].integer ? 0 : radius * sin(angle);
	know(k, "convex", RATE_EXACT, 0, "along w* the slope falls at 0");
	know(k, "f_star", RATE_EXACT, 0, "the teacher");
	know(k, "relu-teacher.length", RATE_EXACT, k->length, "by construction");
	know_vector(k, "x_star", d, k->star);
	*self = k;
	return RATE_OK;
}

/* |w|, the length of the part across w*, and the angle. */
static double polar(const struct teacher *k, const double *w, double *across, double *phi)
{
	double rest = 0, most = 0;

	for (size_t j = 0; j < k->known.d; j++)
		most = fmax(most, fabs(w[j]));
	for (size_t j = 1; j < k->known.d && most > 0; j++)
		rest += (w[j] / most) * (w[j] / most);
	*across = most * sqrt(rest);
	*phi = atan2(*across, w[0]);
	return hypot(w[0], *across);
}

/* sin phi - phi cos phi, without cancellation: phi^3/3 - phi^5/30 + ... */
static double lag(double phi)
{
	double square = phi * phi, power = phi * square, sum = 0;

	if (phi > 0.5)
		return sin(phi) - phi * cos(phi);
	/* sum over k >= 1 of (-1)^(k+1) 2k phi^(2k+1)/(2k+1)! */
	power /= 6;
	for (int n = 1; n < 12; n++) {
		sum += (n % 2 ? 2 : -2) * (double)n * power;
		power *= square / (double)((2 * n + 2) * (2 * n + 3));
	}
	return sum;
}

/* |w - w*|^2/4 - |w||w*|(sin phi - phi cos phi)/(2 pi), which is f */
static int value(void *self, const double *w, double *f)
{
	const struct teacher *k = self;
	double across, phi, length = polar(k, w, &across, &phi);

	*f = ((w[0] - k->length) * (w[0] - k->length) + across * across) / 4 -
	    length * k->length * lag(phi) / (2 * M_PI);
	return RATE_OK;
}

static int gradient(void *self, const double *w, double *g)
{
	const struct teacher *k = self;
	double across, phi, length = polar(k, w, &across, &phi), turn;

	turn = length > 0 ? k->length * (across / length) / length / (2 * M_PI) : 0;
	if (!(length > 0))
		phi = 0;
	for (size_t j = 0; j < k->known.d; j++)
		g[j] = w[j] / 2 - turn * w[j];
	g[0] -= (M_PI - phi) * k->length / (2 * M_PI);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective relu_teacher = { OBJECTIVE,
	.id = "relu-teacher",
	.title = "A filter that learns a filter",
	.summary = "E (relu <w, Z> - relu <w*, Z>)^2/2 for normal Z: not convex, one minimiser",
	.source = "Tian, An analytical formula of population gradient for two-layered ReLU network, ICML 2017",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &relu_teacher };
RATE_PLUGIN("relu-teacher", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
