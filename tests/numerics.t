#! /bin/sh
# At the ends of the range of doubles, and where f is far larger than f - f_star, nothing true is refuted.
. "$(dirname "$0")/tap.sh"

# Squares that underflow, that are denormal, that nearly overflow.
for spec in quadratic:d=3,kappa=10,start=1e-160 quadratic:d=3,kappa=10,start=1e-155 quadratic:d=3,kappa=10,start=1e-78 \
	quadratic:d=3,kappa=10,start=1e89 quadratic:L=1e60,d=2,start=1e25 quadratic:L=1e-90,d=2,start=1e-30 \
	huber:L=1e-100,tau=1e-60,start=1e50 huber:L=1e70,tau=1,start=1e80 two-point-noise:sigma=1e-170 \
	two-point-noise:sigma=1e40,L=1e-40; do
	run ratecheck verify --chapter lemmas --chapter gradient-descent --chapter subgradient --chapter polyak \
		--chapter acceleration --chapter last-iterate --objective "$spec" --quiet
	exits 0 "$spec"
	unlike "$out" '^(refuted|broken|hypothesis-false)' "and no other verdict"
	like "$out" ' [1-9][0-9]* held' "something is judged"
done

# A constant gradient: L = 0, of which no step is the inverse.
for spec in broken-line:knots=0,slopes=0/0,start=1 broken-line:knots=0,slopes=0/0,start=1+l1; do
	run ratecheck verify --chapter lemmas --chapter gradient-descent --chapter subgradient --chapter proximal \
		--objective "$spec" --quiet
	exits 0 "$spec"
	like "$out" ' [1-9][0-9]* held' "something is judged"
	like "$out" 'L = 0: the gradient is constant' "and what is for L > 0 is not"
done

# A Huber function, the worst for T = 64, on a hill of height 2e7.
cat >"$tmp/hill.c" <<'END'
#include "ratecheck/ratecheck.h"
#include <math.h>
#include <string.h>
enum { OFFERS, TRUTH };
static const double tau = 1.0 / 129, height = 2e7;
static double p[2];
static int create(const rate_host *h, const rate_args *a, void **s)
{ (void)h; p[0] = a->value[0].real; p[1] = a->value[1].real; *s = p; return 0; }
static size_t dim(void *s) { (void)s; return 1; }
static int gap(void *s, const double *x, double *f)
{ (void)s; double a = fabs(*x); *f = a < tau ? a * a / 2 : tau * a - tau * tau / 2; return 0; }
static int value(void *s, const double *x, double *f) { gap(s, x, f); *f += height; return 0; }
static int gradient(void *s, const double *x, double *g)
{ (void)s; *g = fabs(*x) < tau ? *x : *x > 0 ? tau : -tau; return 0; }
static int start(void *s, double *x) { (void)s; *x = 1; return 0; }
static int scalar(void *s, const char *n, rate_constant *o)
{
	(void)s;
	o->kind = RATE_EXACT;
	if (!strcmp(n, "L") || !strcmp(n, "convex")) o->value = 1;
	else if (!strcmp(n, "f_star")) o->value = height + p[TRUTH];
	else return -1;
	return 0;
}
static int vector(void *s, const char *n, size_t d, double *x) { (void)s; memset(x, 0, d * sizeof *x); return strcmp(n, "x_star"); }
static const rate_constants k = { sizeof k, scalar, vector };
static const rate_gap g = { sizeof g, gap };
static const rate_start b = { sizeof b, start };
static const void *interface(void *s, const char *n)
{ return s && !strcmp(n, "constants/1") ? (const void *)&k : !strcmp(n, "start/1") ? (const void *)&b
	: s && p[OFFERS] && !strcmp(n, "gap/1") ? (const void *)&g : NULL; }
static const rate_param params[] = { { "gap", RATE_REAL, "0", 0, 0, NULL, "" }, { "off", RATE_REAL, "0", 0, 0, NULL, "" } };
static const rate_objective o = { .size = sizeof o, .abi = RATE_ABI, .id = "hill", .title = "", .summary = "", .source = "",
	.params = RATE_ROWS(params), .create = create, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const all[] = { &o };
RATE_PLUGIN("hill", "1", "MIT", .objectives = RATE_LIST(all))
END
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/hill.c" -o "$tmp/hill.so" -lm || bail_out "the hill does not build"
# field KEY: of the last result line, a number.
field() {
	printf '%s\n' "$out" | grep '"theorem"' | tail -n 1 | sed -n "s/.*\"$1\":\([-+0-9.e]*\).*/\1/p"
}
set -- gd-convex-smooth-tight:gamma=1 --steps 64 --format json --quiet
run ratecheck verify "$@" --objective "$tmp/hill.so:gap=1"
exits 0 "with a gap of its own"
num "$(field max_ratio)" '>' 0.999999 "the bound is reached"
is "$(field unjudged_steps)" 0 "every step is judged"
run ratecheck verify "$@" --objective "$tmp/hill.so"
exits 0 "without: f - f_star by subtraction"
num "$(field unjudged_steps)" '>' 0 "steps at the rounding floor are not judged"
run ratecheck verify "$@" --objective "$tmp/hill.so:off=5e-3"
like "$out" '"verdict":"hypothesis-false".*"blame":"objective"' "a false f_star is seen above the floor"
exits 3 "and it is the objective's"

# Instances that a search had found to exceed their bounds, by rounding alone: values that cancel, terms that cancel,
# constants that nearly do, squares that are lost. Whatever can be resolved there still refutes 0.99 of the bound.
only_rounding() { # RESOLVED THEOREM OBJECTIVE STEPS
	run ratecheck verify "$2" --objective "$3" --steps "$4" --quiet --format json
	unlike "$out" '"verdict":"(refuted|broken|hypothesis-false)"' "$2 on $3: no false alarm"
	test "$1" = yes || return 0
	case $2 in *:*) factor=,bound_factor=0.99 ;; *) factor=:bound_factor=0.99 ;; esac
	run ratecheck verify "$2$factor" --objective "$3" --steps "$4" --quiet
	exits 1 "0.99 of it is refuted"
}
only_rounding yes alr-hb:beta=0.7 pair 27
only_rounding yes alr-hb:beta=0.557 pair:c=7,start=0.04 15
only_rounding no alr-mag-distance:beta=0.5 pair:c=60,start=0.2 51
only_rounding yes sps-sc-interp-tight outlier:start=-0.02+bernoulli:p=1 18
only_rounding yes lem-l-ordering skew:p=2,L=0.20049,g=49.20658008790237,start=-0.16994705229838653,seed=870+elastic-net:l1=0,ridge=0.795 1
only_rounding yes lem-cocoercive-expected huber:L=0.014867414632412056,tau=0.00014029157730841542,start=-3.9299125643001727,seed=804+sign-noise:sigma=58.43527681826321 1
only_rounding yes lem-expected-smoothness huber:L=0.03991465415881438,tau=0.38572081971684186,start=0.15540095873529908,seed=755+sign-noise:sigma=7.943284315058791 1
only_rounding no krylov-lb-sc krylov-worst:class=strongly-convex,N=1,kappa=1.000000000001,R=57.112 1
only_rounding no gd-pl-tight:gamma=9.678871569671257 two-point-noise:n=12,L=0.103318 1
only_rounding no sgd-sgc:gamma=1 quadratic:d=2,kappa=1.000001 256
only_rounding yes cheb-semi-iteration quadratic:d=2,kappa=1.00000001 8
only_rounding no hb-quadratic-finite quadratic:d=2,kappa=4,L=1e100,start=1e-157 256
done_testing
