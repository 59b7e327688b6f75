#! /bin/sh
# What is declared falsely is found; what is true is never flagged.
. "$(dirname "$0")/tap.sh"

for spec in quadratic quadratic:d=20,kappa=1e4 least-squares least-squares:n=40,d=20,rank=8 least-squares:data=longley \
	logistic logistic:data=breast-cancer,ridge=0.1 logistic:data=iris,ridge=0 huber pl-sine zero-or-L skew pair abs minimax zig-zag \
	quadratic+gaussian-noise:sigma=0.5; do
	for seed in 1 2 3; do
		run ratecheck probe "$spec" --seed $seed --pairs 500
		exits 0 "$spec, seed $seed: nothing is false"
	done
done

cat >"$tmp/liar.c" <<'END'
#include "ratecheck/ratecheck.h"
#include <string.h>
enum { L, MU, F_STAR, G, TILT };
static double p[8];
static int create(const rate_host *h, const rate_args *a, void **s)
{ (void)h; for (uint32_t i = 0; i < a->count; i++) p[i] = a->value[i].real; *s = p; return 0; }
static size_t dim(void *s) { (void)s; return 3; }
/* eigenvalues 1, 2, 4; minimum 0 */
static int value(void *s, const double *x, double *f)
{ (void)s; *f = (x[0] * x[0] + 2 * x[1] * x[1] + 4 * x[2] * x[2]) / 2; return 0; }
static int gradient(void *s, const double *x, double *g)
{ (void)s; g[0] = x[0] * (1 + p[TILT]); g[1] = 2 * x[1]; g[2] = 4 * x[2]; return 0; }
static int scalar(void *s, const char *n, rate_constant *o)
{
	(void)s;
	o->kind = RATE_EXACT;
	if (!strcmp(n, "L")) o->value = p[L];
	else if (!strcmp(n, "mu")) o->value = p[MU];
	else if (!strcmp(n, "f_star")) o->value = p[F_STAR];
	else if (!strcmp(n, "convex")) o->value = 1;
	else return -1;
	return 0;
}
static int vector(void *s, const char *n, size_t d, double *x)
{ (void)s; memset(x, 0, d * sizeof *x); return strcmp(n, "x_star"); }
static const rate_constants k = { sizeof k, scalar, vector };
static const void *interface(void *s, const char *n) { return s && !strcmp(n, "constants/1") ? &k : NULL; }
static const rate_param params[] = { { "L", RATE_REAL, "4", 0, 0, NULL, "" }, { "mu", RATE_REAL, "1", 0, 0, NULL, "" },
	{ "f", RATE_REAL, "0", 0, 0, NULL, "" }, { "G", RATE_REAL, "0", 0, 0, NULL, "" }, { "tilt", RATE_REAL, "0", 0, 0, NULL, "" } };
static const rate_objective o = { .size = sizeof o, .abi = RATE_ABI, .id = "liar", .title = "", .summary = "", .source = "",
	.params = RATE_ROWS(params), .create = create, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const all[] = { &o };
RATE_PLUGIN("liar", "1", "MIT", .objectives = RATE_LIST(all))
END
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/liar.c" -o "$tmp/liar.so" || bail_out "the liar does not build"
run ratecheck probe "$tmp/liar.so"
exits 0 "the truth is not flagged"
found() { # KEYS PROPERTY
	run ratecheck probe "$tmp/liar.so:$1"
	exits 3 "$1 is found"
	like "$out" "^$2 +false" "and named"
}
found L=3.6 L
found mu=1.1 mu
found f=0.1 f_star
found tilt=0.01 gradient
run ratecheck probe "$tmp/liar.so:L=3.6" --json
like "$out" '"property":"L","verdict":"false"' "JSON"
run ratecheck probe
exits 2 "probe without objective"
done_testing
