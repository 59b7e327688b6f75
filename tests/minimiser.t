#! /bin/sh
# Theorems that speak of a minimiser apply where there is one, in any dimension and without a Hessian; where there is none, or
# none was found, the line says so and why.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

cd "$tmp" || bail_out "no folder"
sed -n '/^```c/,/^```/p' "$top_srcdir/README.md" | sed '/^```/d' >mine.c
sed 's/1, 1000, NULL, "dimension"/1, 20000, NULL, "dimension"/' mine.c >large.c
$CC -shared -fPIC -O2 -I"$top_srcdir/include" large.c -o mine.so -lm || bail_out "the README's example does not build"

ratio() { # of the first line that holds
	sed -n 's/.*"verdict":"holds".*"max_ratio":\([^,]*\).*/\1/p' "$tmp/out" | head -n 1
}
apart() { # OTHER: how far the ratio is from another, as a part of it
	awk -v a="$(ratio)" -v b="$1" 'BEGIN { r = a / b - 1; print r < 0 ? -r : r }'
}
run ratecheck verify gd-convex-smooth --objective ./mine.so:d=4 --steps 64 --format json --quiet
small=$(ratio)
for d in 500 501 5000; do
	run ratecheck verify gd-convex-smooth gd-nonconvex --objective ./mine.so:d=$d --steps 64 --format json --quiet
	exits 0 "the README's example at d = $d"
	is "$(grep -c '"verdict":"holds"' "$tmp/out")" 4 "meets the theorems that need x_star and f_star"
	like "$out" 'uncertified minimiser' "which is not certified without mu"
	num "$(apart "$small")" '<' 1e-6 "the same ratio as in small"
done

# The smoothed hinge: flat regions, so that Hessians are singular; its true minimisers in one form, found in the other.
cat >hinge.c <<'END'
#include <stdlib.h>
#include <string.h>
#include "ratecheck/ratecheck.h"

enum { N = 12, STAR, PARAMS };
typedef struct hinge { size_t d; int star; double a[N][64]; } hinge;

static int create(const rate_host *host, const rate_args *args, void **self)
{
	hinge *h = calloc(1, sizeof *h);

	h->d = (size_t)args->value[0].integer;
	h->star = (int)args->value[STAR].integer;
	host->normals(host, 7, 0, sizeof h->a / sizeof(double), h->a[0]);
	for (size_t i = 0; i < N; i++)
		h->a[i][0] = 1 + h->a[i][0] * h->a[i][0];
	return *self = h, RATE_OK;
}
static size_t dim(void *self) { return ((hinge *)self)->d; }
static double margin(const hinge *h, size_t i, const double *x)
{
	double m = 0;
	for (size_t j = 0; j < h->d; j++)
		m += h->a[i][j] * x[j];
	return m;
}
static int value(void *self, const double *x, double *f)
{
	*f = 0;
	for (size_t i = 0; i < N; i++) {
		double out = 1 - margin(self, i, x);
		*f += out < 0 ? 0 : out < 1 ? out * out / 2 : out - 0.5;
	}
	return RATE_OK;
}
static int gradient(void *self, const double *x, double *g)
{
	hinge *h = self;
	memset(g, 0, h->d * sizeof *g);
	for (size_t i = 0; i < N; i++) {
		double out = 1 - margin(h, i, x), slope = out < 0 ? 0 : out < 1 ? out : 1;
		for (size_t j = 0; j < h->d; j++)
			g[j] -= slope * h->a[i][j];
	}
	return RATE_OK;
}
static int scalar(void *self, const char *name, rate_constant *out)
{
	hinge *h = self;
	out->kind = RATE_UPPER;
	out->value = 0;
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < h->d; j++)
			out->value += h->a[i][j] * h->a[i][j];
	if (!strcmp(name, "convex"))
		out->value = 1;
	return !strcmp(name, "convex") || !strcmp(name, "L") ? RATE_OK : RATE_FAIL;
}
static int vector(void *self, const char *name, size_t n, double *out)
{
	(void)n;
	memset(out, 0, n * sizeof *out);
	out[0] = 1;
	return ((hinge *)self)->star && !strcmp(name, "x_star") ? RATE_OK : RATE_FAIL;
}
static const rate_constants constants = { .size = sizeof constants, .scalar = scalar, .vector = vector };
static const void *interface(void *self, const char *name) { return self && !strcmp(name, "constants/1") ? &constants : NULL; }
static const rate_param params[] = { { "d", RATE_INTEGER, "4", 1, 64, NULL, "" }, [STAR] = { "star", RATE_INTEGER, "0", 0, 1, NULL, "" } };
static const rate_objective one = { .size = sizeof one, .abi = RATE_ABI, .id = "hinge", .title = "hinge", .params = RATE_ROWS(params),
	.create = create, .destroy = free, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &one };
RATE_PLUGIN("hinge", "1", "MIT", .objectives = RATE_LIST(objectives))
END
sed 's/enum { N = 12, STAR/enum { N = 12, STAR = 1/' hinge.c >hinge1.c
$CC -shared -fPIC -O2 -I"$top_srcdir/include" hinge1.c -o hinge.so -lm || bail_out "the hinge does not build"
for d in 4 60; do
	for star in 1 0; do
		run ratecheck verify gd-nonconvex --objective ./hinge.so:d=$d,star=$star --steps 64 --format json --quiet
		exits 0 "smoothed hinge, d = $d, $(test $star = 1 && echo its own minimiser || echo a computed one)"
		test $star = 1 && own=$(ratio)
	done
	num "$(apart "$own")" '<' 1e-6 "the same f_star, so the same ratio"
	run ratecheck verify gd-convex-smooth agd-convex hb-convex-average --objective ./hinge.so:d=$d --steps 64 --quiet
	exits 0 "and convex theorems hold"
done

# ---- There is none ----
printf '1,2,1\n2,1,1\n3,3,1\n-1,-2,0\n-2,-1,0\n-3,-1,0\n' >sep.csv
printf '0,1,1\n0,2,1\n0,-1,0\n0,-3,0\n' >quasi.csv
printf '1,0,1\n1,1,1\n1,0,0\n1,-1,0\n' >touching.csv
printf '1,2,3,4,1\n2,1,0,1,-1\n' >wide.csv
for data in sep quasi wide; do
	run ratecheck verify gd-convex-smooth sgd-convex-smooth gd-nonconvex --objective logistic:data=$data.csv,ridge=0 --quiet
	exits 3 "logistic loss of separable labels: $data"
	for need in x_star f_star; do
		like "$out" "needs $need: f has no minimiser: a plane separates the labels" "no $need, and why"
	done
	unlike "$out" '^holds' "nothing holds of a minimiser that is not"
	run ratecheck verify gd-convex-smooth --objective logistic:data=$data.csv,ridge=1e-3 --quiet
	exits 0 "with a ridge there is one"
done
run ratecheck verify gd-convex-smooth --objective logistic:data=touching.csv,ridge=0 --quiet
like "$out" 'needs x_star: f (has|seems to have) no minimiser' "labels that a plane separates but for some on it"
printf '1,2,1\n2,1,1\n1,2,0\n-1,-2,0\n-2,-1,0\n2,-3,1\n' >mixed.csv
run ratecheck verify gd-convex-smooth --objective logistic:data=mixed.csv,ridge=0 --quiet
exits 0 "labels that no plane separates: there is one"

# ---- The limit is said ----
sed 's/g\[j\] = tanh(x\[j\] - 1)/g[j] = 1 + 0 * x[j]/' mine.c >straight.c
$CC -shared -fPIC -I"$top_srcdir/include" straight.c -o straight.so -lm
run ratecheck verify gd-convex-smooth --objective ./straight.so --quiet
exits 3 "a function that falls for ever"
like "$out" 'needs x_star: no minimiser was found: after [0-9]+ gradients \(the limit is [0-9]+\)' "what was tried is said"
sed 's/!strcmp(name, "L")) out->value = 1;/!strcmp(name, "L_")) ;/' mine.c >rough.c
$CC -shared -fPIC -I"$top_srcdir/include" rough.c -o rough.so -lm
run ratecheck verify pssd-bounded gd-convex-smooth ssd-convex-lipschitz --objective ./rough.so --quiet
unlike "$out" 'needs x_star: the objective does not' "no reason is left out"
done_testing
