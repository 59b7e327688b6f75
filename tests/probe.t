#! /bin/sh
# What is declared falsely is found; what is true is never flagged.
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99

# The rest of the built-in objectives: tests/unit/probe.c. Here the lemmas are tried as well.
for spec in least-squares:data=longley logistic:data=iris,ridge=0 quadratic:d=20,kappa=1e4+gaussian-noise \
	least-squares:n=40,d=20,rank=8+l1:lambda=0.02 quadratic:d=20,kappa=10+box:low=-0.5,high=1 skew pair pl-sine; do
	run ratecheck probe "$spec" --pairs 500
	exits 0 "$spec: nothing is false"
done

cat >"$tmp/liar.c" <<'END'
#include "ratecheck/ratecheck.h"
#include <string.h>
#include <fenv.h>
enum { L, MU, F_STAR, G, TILT, MISCHIEF };
static double p[8];
static int create(const rate_host *h, const rate_args *a, void **s)
{ (void)h; for (uint32_t i = 0; i < a->count; i++) p[i] = a->value[i].real; *s = p; return 0; }
static size_t dim(void *s) { (void)s; return 3; }
/* eigenvalues 1, 2, 4; minimum 0 */
static int value(void *s, const double *x, double *f)
{ (void)s; *f = (x[0] * x[0] + 2 * x[1] * x[1] + 4 * x[2] * x[2]) / 2; return 0; }
static int gradient(void *s, const double *x, double *g)
{
	static int calls;
	(void)s;
	g[0] = x[0] * (1 + p[TILT]);
	g[1] = 2 * x[1];
	g[2] = 4 * x[2];
	if (p[MISCHIEF] == 1) g[3] = 0;
	if (p[MISCHIEF] == 2) ((double *)x)[0] *= 1 + 1e-15;
	if (p[MISCHIEF] == 3) g[1] *= 1 + 1e-15 * (calls++ % 7);
	if (p[MISCHIEF] == 4) fesetround(FE_UPWARD);
	return 0;
}
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
	{ "f", RATE_REAL, "0", 0, 0, NULL, "" }, { "G", RATE_REAL, "0", 0, 0, NULL, "" }, { "tilt", RATE_REAL, "0", 0, 0, NULL, "" },
	{ "mischief", RATE_REAL, "0", 0, 0, NULL, "" } };
static const rate_objective o = { .size = sizeof o, .abi = RATE_ABI, .id = "liar", .title = "", .summary = "", .source = "",
	.params = RATE_ROWS(params), .create = create, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const all[] = { &o };
RATE_PLUGIN("liar", "1", "MIT", .objectives = RATE_LIST(all))
END
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/liar.c" -o "$tmp/liar.so" -lm || bail_out "the liar does not build"
run ratecheck probe "$tmp/liar.so"
exits 0 "the truth is not flagged"
found() { # PROPERTY ARGUMENTS...
	property=$1
	shift
	run ratecheck probe "$@"
	exits 3 "$* is found"
	like "$out" "^$property +FALSE" "and named"
}
found L "$tmp/liar.so:L=3.6"
found mu "$tmp/liar.so:mu=1.1"
found f_star "$tmp/liar.so:f=0.1"
found gradient "$tmp/liar.so:tilt=0.01"
found L "$tmp/liar.so" --declare L=3.6
found L skew --declare 'L*0.9' --only L
found L_i skew --declare 'L_i*0.9' --only L_i
for mischief in 'writes more than 3' 'changes its input' 'different answers' 'rounding mode'; do
	k=$((${k-0} + 1))
	found purity "$tmp/liar.so:mischief=$k"
	like "$out" "^purity.*$mischief" "and it says: $mischief"
done

rm -f probe-witness.json
run ratecheck probe "$tmp/liar.so:L=3.6" --json --witness w.json
like "$out" '"property":"L","verdict":"false"' "JSON"
test ! -e probe-witness.json && grep -q '"property":"L".*"points":\[\[.*\],\[' w.json
ok $? "the pair of points is in the file"
for bad in '--declare L' '--declare =2' '--declare L=x' '--pairs -3' '--only nonsense' '--witness'; do
	run ratecheck probe huber $bad
	exits 2 "$bad is refused"
done
run ratecheck probe
exits 2 "probe without objective"
run ratecheck probe no-such-thing
exits 2 "an unknown objective"
done_testing
