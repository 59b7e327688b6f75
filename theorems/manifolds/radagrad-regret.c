/*:
# AdaGrad where space is curved

Trees fit badly into flat space and well into the hyperbolic plane, where circles grow exponentially with their radius; so that is where words and taxonomies are embedded. Steps follow geodesics there, and an adaptive method has no coordinates to adapt to. What remains is the product: embed in $k$ planes, and give each its own step
size.

Let $\mathbb H$ be the hyperbolic plane of curvature $-1$, $d$ its distance, $\log_xu$ the tangent vector at $x$ that leads to $u$ (its length is $d(x,u)$), $\exp_x$ its inverse, and
$$ \zeta(c)=c\coth c,\qquad\zeta(0)=1 . $$

**Theorem (hyperbolic-cosine, Zhang and Sra 2016).** In a triangle with the sides $a,b,c$ and the angle $A$ opposite to $a$
$$ a^2\;\le\;\zeta(c)\,b^2+c^2-2bc\cos A . $$

In the Euclidean plane this is an equality with 1 in the place of $\zeta$. Curvature makes the third side longer, by as much as $\zeta$ says and no more.

**Theorem (radagrad-regret).** On $\mathbb H^k$ let $g_t=(g_{t,1},\dots,g_{t,k})$ be any tangent vectors at $x_0,x_1,\dots$, $\eta>0$, $S_{0,j}=0$ and
$$ S_{t+1,j}=S_{t,j}+\|g_{t,j}\|^2,\qquad x_{t+1,j}=\exp_{x_{t,j}}\Bigl(-\frac\eta{\sqrt{S_{t+1,j}}}\,g_{t,j}\Bigr). $$
Then for every $u\in\mathbb H^k$ and every $T\ge1$, with $D_j=\max_{t<T}d(x_{t,j},u_j)$,
$$ \sum_{t<T}\sum_j\langle g_{t,j},-\log_{x_{t,j}}u_j\rangle\;\le\;\sum_j\Bigl(\frac{D_j^2}{2\eta}+\eta\,\zeta(D_j)\Bigr)\sqrt{S_{T,j}} . $$

If $g_t$ is the gradient of a loss $f_t$ that is convex along geodesics, the left side is at least the regret $\sum f_t(x_t)-f_t(u)$. With $\zeta=1$ it is the theorem of AdaGrad by blocks in flat space. A coordinate is never mentioned.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(eta)
#include <stdlib.h>

#include "hyperbolic.h"

/* The bound of one plane. */
static double of_plane(double eta, double far, double S)
{
	return (far * far / (2 * eta) + eta * zeta(far)) * sqrt(S);
}

/*:
## Proof of the inequality of cosines

In the hyperbolic plane $\cosh a=\cosh b\cosh c-\sinh b\sinh c\cos A$. Keep $c$ and $A$, and look at both sides as functions of $b$. $F(b)=\cosh a$ solves $F''=F$. Let $r(b)^2=\zeta(c)b^2-2bc\cos A+c^2$ and $R=\cosh r$. At $b=0$ the two agree, $F=R=\cosh c$, and so do their derivatives, $-\sinh c\cos A$. *It is enough that
$R''\ge R$:* then $w=R-F$ has $w''\ge w$ and $w(0)=w'(0)=0$, which makes $w\ge0$ for $b\ge0$, and $\cosh$ increases.

Write $p(x)=x\coth x$, an increasing function, so $\zeta(c)=p(c)$. From $rr'=\zeta b-c\cos A$ and $r'^2+rr''=\zeta$
$$ R''-R=\frac{\sinh r}r\bigl[(p(r)-1)\,r'^2-p(r)+p(c)\bigr] . $$
If $r\le c$ the bracket is nonnegative. If $r>c$, then $(\zeta b-c\cos A)^2=\zeta(r^2-c^2)+c^2\cos^2A\ge p(c)(r^2-c^2)$, that is $r'^2\ge p(c)(1-\frac{c^2}{r^2})$, and it is enough that
$$ p(c)\Bigl(1-\frac{c^2}{r^2}\Bigr)\;\ge\;\frac{p(r)-p(c)}{p(r)-1}=1-\frac{p(c)-1}{p(r)-1} . $$
Now $\frac{p(x)-1}{x^2}=2\sum_{n\ge1}\frac1{x^2+n^2\pi^2}$ decreases in $x$, so $\frac{p(c)-1}{p(r)-1}\ge\frac{c^2}{r^2}$; and $p(c)\ge1$. $\square$

## Proof of the regret

Look at one plane $j$ and leave $j$ out. The triangle of $x_t$, $x_{t+1}$ and $u$ has at $x_t$ the sides $b=\eta\|g_t\|/\sqrt{S_{t+1}}$ and $c=d(x_t,u)$, and $bc\cos A=\frac\eta{\sqrt{S_{t+1}}}\langle-g_t,\log_{x_t}u\rangle$. So
$$ \langle g_t,-\log_{x_t}u\rangle\;\le\;\frac{\sqrt{S_{t+1}}}{2\eta}\bigl(d(x_t,u)^2-d(x_{t+1},u)^2\bigr)+\frac{\eta\,\zeta(d(x_t,u))}2\,\frac{\|g_t\|^2}{\sqrt{S_{t+1}}} . $$
Sum over $t<T$. By parts the first terms are at most $\frac{\sqrt{S_T}}{2\eta}D^2$, because the factors $\sqrt{S_{t+1}}$ increase and all squares of distances before $x_T$ are at most $D^2$. In the second $\zeta\le\zeta(D)$, and $\frac{s-s'}{\sqrt s}\le2(\sqrt s-\sqrt{s'})$ for $s\ge s'\ge0$ makes
$\sum\frac{\|g_t\|^2}{\sqrt{S_{t+1}}}\le2\sqrt{S_T}$. Add the planes. $\square$

*Letters.* $a,b,c,A$ are sides and an angle; $\zeta$ is the factor of curvature, $p$ the same function in the first proof; $D_j$ a distance, $S_j$ a sum of squares. Curvature $-\kappa^2$ instead of $-1$: measure lengths in units of $1/\kappa$.

## How sharp it is

The inequality of cosines is attained in the limit $b\to0$, at a right angle, for every $c$. The regret comes near by *circling*: at every step the gradient is turned so far that the distance from $u$ stays what it was; then the player pays all the time and gets nowhere. For $D=3$, $\eta=5$ the ratio is ${{radagrad-regret#2.max_ratio:2}}$, ${{radagrad-regret#1.max_ratio:2}}$, $0.94$ after $256$,
$1000$ and $10^5$ steps. In flat space a move of length $b$ at a right angle to $u$ adds $b^2$ to the squared distance; here it adds about $\zeta(3)\approx3$ times as much.

## What is run

hyperbolic-cosine at random triangles. radagrad-regret in up to three planes, against gradients that circle, go to and fro on a line, or are random. The method `radagrad` itself, on sums of distances: radagrad-run, the same inequality with the target for $u$.

## What must fail

$\zeta=1$, the flat theorem: by a factor of 3 for the triangle with $c=3$, and of {{radagrad-regret!1.max_ratio:2}} for the circle after 256 steps.

## Exercises

1. ★ What takes the place of $\zeta$ on the unit sphere?
2. Why has $d(\cdot,u)$ a gradient of length 1?
3. When do the $k$ step sizes pay, compared with one for all?
:*/

#define RIGHT_ANGLE "b=0.01,c=3,angle=1.5707963267948966"
SHARP(sharp_cosine,
	{ .parameters = RIGHT_ANGLE, .note = "a right angle and a short side", .ratio = 1 },
	{ .parameters = "b=2,c=0.5,angle=0.3", .note = "any triangle" })
CONTROL(control_cosine, { .parameters = RIGHT_ANGLE, .note = "the flat inequality, zeta = 1", .factor = 0.3316838 })

#define CIRCLE "kind=circle,planes=1,D=3,eta=5"
SHARP(sharp_regret,
	{ .parameters = CIRCLE ",T=1000", .note = "circling, 1000 steps", .ratio = 0.879 },
	{ .parameters = CIRCLE ",T=256", .note = "circling, 256 steps", .ratio = 0.821 },
	{ .parameters = "kind=line,planes=1,D=0.025,eta=0.05,T=256", .note = "to and fro on a line", .ratio = 0.865 },
	{ .parameters = "kind=random,planes=3,D=2,eta=1,T=100", .note = "three planes, random gradients" })
CONTROL(control_regret,
	{ .parameters = CIRCLE ",T=256", .note = "the flat theorem, zeta = 1", .factor = 5.9 / 15.974558 },
	{ .parameters = "kind=line,planes=1,D=0.025,eta=0.05,T=256", .note = "0.8 of the bound", .factor = 0.8 })

#define TWO "poincare:points=0.5/0/-0.2/0.6,start=-0.6/0.3/0.7/0.2"
SHARP(sharp_run,
	{ .objective = TWO, .parameters = "eta=1", .note = "distances in two planes", .steps = 256 },
	{ .objective = "poincare:points=0/0,start=0.01/0", .parameters = "eta=0.02",
	  .note = "to and fro, nearly flat", .steps = 256,
	  .ratio = 0.666 })
CONTROL(control_run,
	{ .objective = TWO, .parameters = "eta=1", .note = "a tenth of the bound", .steps = 256, .factor = 0.1 })

/*: {.plumbing} :*/
enum { SIDE_B, SIDE_C, ANGLE };

/* cosh a - 1 = 2 sinh^2((b - c)/2) + 2 sinh b sinh c sin^2(A/2); b = ratio c where the schema asks for short sides. */
static int evaluate_cosine(const rate_point *p, double *left, double *right, double *s)
{
	double b = p->c->param[SIDE_B], c = p->c->param[SIDE_C], A = p->c->param[ANGLE], half = sinh((b - c) / 2),
	       turn = sin(A / 2);
	double a = 2 * asinh(sqrt(half * half + sinh(b) * sinh(c) * turn * turn));

	*left = a * a - c * c + 2 * b * c * cos(A);
	*right = zeta(c) * b * b;
	*s = a * a + c * c + 2 * b * c;
	return RATE_OK;
}

static const rate_param params_cosine[] = {
	[SIDE_B] = { "b", RATE_REAL, "1", 1e-2, 8, NULL, "a side" },
	[SIDE_C] = { "c", RATE_REAL, "1", 0, 8, NULL, "the other" },
	[ANGLE] = { "angle", RATE_REAL, "1", 0, 3.141592653589793, NULL, "the angle A between them" },
};

/* ---- Gradients of our own choice ---- */

enum { KIND, PLANES, OFF, ETA, STEPS };
enum { ON_CIRCLE, ON_LINE, AT_RANDOM };
enum { MOST = 3, BLOCK = 16 };
static const double far_out = 6; /* beyond that random gradients lead back: the disc loses digits near its rim */

/* The t-th gradient at x in plane j: its direction, and its length. `z` are two normals. */
static double gradient(const double *param, uint64_t t, double S, const double *x, const double *u, const double *z,
                       double *g)
{
	double e[2], cosine, sine, b = param[ETA] / sqrt(S + 1), D = distance(x, u), home[2];
	static const double origin[2] = { 0, 0 };

	switch ((int)param[KIND]) {
	case ON_CIRCLE: /* the move -g makes the angle A with the way to u that leaves the distance as it is */
		towards(x, u, e);
		cosine = D > 0 ? fmin(tanh(b / 2) / tanh(D), 1) : 1;
		sine = sqrt(1 - cosine * cosine);
		g[0] = -(cosine * e[0] - sine * e[1]);
		g[1] = -(cosine * e[1] + sine * e[0]);
		return 1;
	case ON_LINE:
		g[0] = t % 2 ? -1 : 1;
		g[1] = 0;
		return 1;
	default:
		cosine = hypot(z[0], z[1]);
		towards(x, origin, home);
		if (distance(x, origin) > far_out) {
			g[0] = -home[0];
			g[1] = -home[1];
		} else {
			g[0] = z[0] / cosine;
			g[1] = z[1] / cosine;
		}
		return cosine;
	}
}

static int evaluate_regret(const rate_point *p, double *left, double *right, double *s)
{
	const double *param = p->c->param;
	double *z = malloc(2 * MOST * BLOCK * sizeof *z), x[MOST][2] = { { 0 } }, u[MOST][2], S[MOST] = { 0 },
	       far[MOST] = { 0 };
	size_t planes = (size_t)param[PLANES];

	if (!z)
		return RATE_FAIL;
	*left = *right = *s = 0;
	for (size_t j = 0; j < planes; j++) { /* u at the distance D from x_0; the circle is about 0 */
		double at = tanh(param[OFF] / 2) * ((int)param[KIND] == ON_CIRCLE ? -1 : 1);

		u[j][0] = (int)param[KIND] == ON_CIRCLE ? 0 : -at;
		u[j][1] = 0;
		x[j][0] = (int)param[KIND] == ON_CIRCLE ? -at : 0;
	}
	for (uint64_t t = 0; t < (uint64_t)param[STEPS]; t++) {
		if (t % BLOCK == 0)
			p->host->normals(p->host, p->number, t / BLOCK, 2 * MOST * BLOCK, z);
		for (size_t j = 0; j < planes; j++) {
			double g[2], e[2],
			    length = gradient(param, t, S[j], x[j], u[j], z + 2 * (MOST * (t % BLOCK) + j), g);
			double D = distance(x[j], u[j]);

			towards(x[j], u[j], e);
			S[j] += length * length;
			far[j] = fmax(far[j], D);
			*left -= length * D * (g[0] * e[0] + g[1] * e[1]);
			*s += length * D / room(x[j]);
			if (S[j] > 0)
				move(x[j], g, -param[ETA] * length / sqrt(S[j]));
		}
	}
	for (size_t j = 0; j < planes; j++)
		*right += of_plane(param[ETA], far[j], S[j]);
	free(z);
	return RATE_OK;
}

static const rate_param params_regret[] = {
	[KIND] = { "kind", RATE_CHOICE, "random", 0, 0, "circle|line|random", "of the gradients" },
	[PLANES] = { "planes", RATE_INTEGER, "2", 1, MOST, NULL, "k" },
	[OFF] = { "D", RATE_REAL, "2", 0, 4, NULL, "distance of u from x_0" },
	[ETA] = { "eta", RATE_REAL, "1", 0.01, 5, NULL, "length of the first step" },
	[STEPS] = { "T", RATE_INTEGER, "64", 1, 1000, NULL, "number of steps" },
};

/* ---- The method ---- */

enum { DISCS };
enum { REGRET, SCALE, FARTHEST, RUN_MOST = 8, KEPT = FARTHEST + RUN_MOST };

/* <g_j, -log u_j> = |g_j| d cos: the metric is a multiple of the Euclidean one. */
static int observe(rate_view *v)
{
	rate_run *run = v->run;
	double *g = aligned_alloc(64, run->nrep * run->ld * sizeof *g);
	int failed = !g || rate_gradient(run, v->state[0], g);

	for (size_t r = 0; r < run->nrep && !failed; r++)
		for (size_t j = 0; 2 * j < run->d; j++) {
			const double *x = v->state[0] + r * run->ld + 2 * j, *slope = g + r * run->ld + 2 * j,
				     *u = v->c->x_star + 2 * j;
			double *kept = rate_acc(v, KEPT, r), e[2], D = distance(x, u);

			towards(x, u, e);
			kept[REGRET] -= room(x) / 2 * D * (slope[0] * e[0] + slope[1] * e[1]);
			kept[SCALE] += D * hypot(slope[0], slope[1]);
			kept[FARTHEST + j] = fmax(kept[FARTHEST + j], D);
		}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *S;

	if (v->find(v, "S", &S))
		return (v->run->call->fail)(v->run, "the method has no sums S");
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);

		q[r] = kept[REGRET];
		s[r] = kept[SCALE];
		b[r] = 0;
		for (size_t j = 0; 2 * j < v->run->d; j++)
			b[r] += of_plane(v->c->param[eta_], kept[FARTHEST + j], S[r * v->run->ld + 2 * j]);
	}
	return RATE_OK;
}

static const rate_param params[] = { [eta_] = { "eta", RATE_REAL, "auto", 1e-100, 1e3, NULL,
	                                        "length of the first step" } };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[eta_] = fraction;
}

MUST(applies, c->need[DISCS] <= RUN_MOST, "at most 8 planes")
MUST(admissible, eta > 0, "0 < eta")

#define PAPER \
	"after Bécigneul and Ganea, Riemannian adaptive optimization methods, arXiv:1810.00760; proved in this file"

CLAIM(hyperbolic_cosine,
	.id = "hyperbolic-cosine", .chapter = "manifolds", .title = "The hyperbolic inequality of cosines",
	.statement = "triangle with sides a, b, c in the hyperbolic plane, angle A opposite to a: "
	             "a² ≤ c coth(c) b² + c² − 2bc cos A",
	.quantity = "a² − c² + 2bc cos A", .formula = "c coth(c) b²",
	.source = "Zhang and Sra, First-order methods for geodesically convex optimization, COLT 2016; "
	          "proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_cosine), .evaluate = evaluate_cosine,
	.sharp = sharp_cosine,
	.control = control_cosine)

CLAIM(radagrad_regret,
	.id = "radagrad-regret", .chapter = "manifolds", .title = "The regret of Riemannian AdaGrad",
	.statement = "any gradients on a product of hyperbolic planes, ζ(c) = c coth c, D_j = max_{t<T} d(x_{t,j}, "
	             "u_j): "
	             "Σ_t Σ_j ⟨g_{t,j}, −log u_j⟩ ≤ Σ_j (D_j²/(2η) + ηζ(D_j)) √S_{T,j}",
	.quantity = "Σ_t ⟨g_t, −log u⟩", .formula = "Σ_j (D_j²/(2η) + ηζ(D_j)) √S_j", .source = PAPER,
	.kind = RATE_REGRET,
	.params = RATE_ROWS(params_regret), .evaluate = evaluate_regret, .sharp = sharp_regret,
	.control = control_regret)

CLAIM(radagrad_run,
	.id = "radagrad-run", .chapter = "manifolds", .title = "Riemannian AdaGrad on distances",
	.statement = "gradients of a function on a product of hyperbolic planes, u = x*, D_j = max_{s<t} d(x_{s,j}, "
	             "x*_j): "
	             "Σ_s Σ_j ⟨g_{s,j}, −log x*_j⟩ ≤ Σ_j (D_j²/(2η) + ηζ(D_j)) √S_{t,j}",
	.quantity = "Σ_{s<t} ⟨g_s, −log x*⟩", .formula = "Σ_j (D_j²/(2η) + ηζ(D_j)) √S_j", .source = PAPER,
	.kind = RATE_REGRET,
	.flags = RATE_PATH_BOUND | RATE_OWN_INSTANCES, .method = "radagrad", NEEDS("discs", "x_star"),
	.params = RATE_ROWS(params),
	.choose = choose, .admissible = admissible, .applies = applies, .accumulators = KEPT, .observe = observe,
	.measure = measure, .sharp = sharp_run, .control = control_run)
