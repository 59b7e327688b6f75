#! /bin/sh
# What rounding does is not refuted: equalities, values with a large offset, Polyak steps, numbers that underflow, starts that
# lie far out or that a theorem does not speak of.
. "$(dirname "$0")/tap.sh"

scaled=$top_builddir/tests/scaled.so

# verdicts EXIT MESSAGE ARGUMENT...: `verify` ends so, and no true claim fell.
verdicts() {
	code=$1 message=$2
	shift 2
	run ratecheck verify -v "$@"
	exits "$code" "$message"
	unlike "$out" '^(refuted .* (path|exact|sampled|points)( R=[0-9]+)? [a-z0-9-]+\.[0-9a-f]{12} *(at|by)|broken|hypothesis)' "$message: nothing fell"
}

cat >"$tmp/own.c" <<'END'
#include <math.h>
#include "ratecheck/ratecheck.h"

/* Two equal parabolas: SGD contracts by 1 - gamma L, with equality; and gradient descent does. */
static double contracted(const rate_case *c, double t)
{
	return c->D2 * pow(1 - c->param[0] * c->L, 2 * t);
}
static void choose(const rate_case *c, double fraction, double *p)
{
	p[0] = fraction * 0.999 / c->L;
}
static const char *below(const rate_case *c)
{
	return c->param[0] > 0 && c->param[0] * c->L < 1 ? NULL : "0 < gamma < 1/L";
}
static const char *equal(const rate_case *c)
{
	return c->mu >= c->L * (1 - 1e-15) && c->sigma_star2 == 0 ? NULL : "kappa = 1 and no noise";
}

/* One step of SGD, repeated. */
static double repeated(const rate_case *c, double t, double factor)
{
	double g = c->param[0], L = c->L_max, mu = c->need[4], B = c->D2;

	for (int i = 0; i < (int)t; i++) {
		double q = 1 - g * (L + mu) / 2, b = sqrt(q * q * B + g * g * c->sigma_star2), a = g * (L - mu) / 2 * sqrt(B);
		B = (a + b) * (a + b) * factor;
	}
	return B;
}
static double one(const rate_case *c, double t)
{
	return repeated(c, t, 1);
}
static double less(const rate_case *c, double t)
{
	return repeated(c, t, 0.99);
}
static void choose_one(const rate_case *c, double fraction, double *p)
{
	p[0] = fraction * 2 / (c->L_max + c->need[4]);
}
static const char *short_step(const rate_case *c)
{
	return c->param[0] * (c->L_max + c->need[4]) <= 2 * (1 + 1e-9) ? NULL : "gamma <= 2/(L + mu)";
}

static const rate_param params[] = { RATE_STEP_SIZE("any") };
static const char *const needs[] = { "convex", "L", "mu", "x_star", "sigma_star2" };
static const char *const needs_one[] = { "convex", "L_max", "x_star", "sigma_star2", "mu_min", "no composite" };
#define OWN(name, kind_, method_) { .size = sizeof(rate_theorem), .abi = RATE_ABI, .id = name, .chapter = "own", \
	.title = name, .statement = "", .quantity = "d", .formula = "B", .source = "", .kind = kind_, .method = method_, \
	.params = RATE_ROWS(params), .measure = rate_measure_dist2
static const rate_theorem mean = OWN("contract", RATE_EXPECTATION, "sgd"), .needs = RATE_LIST(needs), .applies = equal,
	.choose = choose, .admissible = below, .bound = contracted };
static const rate_theorem path = OWN("contract-path", RATE_DETERMINISTIC, "gd"), .needs = RATE_LIST(needs), .applies = equal,
	.choose = choose, .admissible = below, .bound = contracted };
static const rate_theorem step = OWN("one-step", RATE_EXPECTATION, "sgd"), .needs = RATE_LIST(needs_one),
	.choose = choose_one, .admissible = short_step, .bound = one };
static const rate_theorem false_step = OWN("less", RATE_EXPECTATION, "sgd"), .needs = RATE_LIST(needs_one),
	.choose = choose_one, .admissible = short_step, .bound = less };
static const rate_theorem *const theorems[] = { &mean, &path, &step, &false_step };
RATE_PLUGIN("own", "1", "MIT", .theorems = RATE_LIST(theorems))
END
$CC -O2 -shared -fPIC -I "$top_srcdir/include" -o "$tmp/own.so" "$tmp/own.c" -lm
ok $? "theorems of equality are built"

# Equalities.
equal='centres:b=-0.051/-0.051,L=0.5169'
verdicts 0 "E|x_t - x_star|^2 contracts with equality" contract contract-path --plugin "$tmp/own.so" --objective "$equal" --steps 20
run ratecheck verify -v gd-pl-tight --objective quadratic:d=3,kappa=1,rotation=0+scaled:c=1e3 --plugin "$scaled"
like "$out" 'the ratio is above 1 by rounding' "a ratio above 1 by the tolerance says so"
verdicts 0 "one step of SGD" one-step:gamma=1.9325 --plugin "$tmp/own.so" --objective "$equal" --steps 4
for on in centres:b=-0.0009,L=0.0064+sign-noise:sigma=0 centres:b=-0.0009/-0.0009,L=0.0064; do
	verdicts 0 "closer to the minimiser than to 0: $on" one-step:gamma=150 --plugin "$tmp/own.so" --objective "$on" --steps 6
done
run ratecheck hunt one-step --plugin "$tmp/own.so" --evaluations 400
exits 0 "hunt: an equality is no counterexample"
run ratecheck hunt less --plugin "$tmp/own.so" --evaluations 400
exits 1 "hunt: 0.99 of it is false"

run ratecheck hunt lem-descent --objective outlier:p=4,L=0.04464330132461005,s=14.955428215475028,start=0.04354882538053574,seed=973 --evaluations 30
exits 0 "hunt: no violation"
like "$out" 'measured / bound = (1($|[^.])|0|1\.0*$)|the ratio is above 1 by rounding' "hunt: a ratio above 1 is explained"

# Values far from 0: a gap by subtraction, d_0, Polyak steps.
for c in 1e3 1e9; do
	verdicts 0 "values + $c" gd-nonconvex gd-nonconvex-tight sps-sc-interp sps-sc-interp-tight alr-mag-distance sgd-nonconvex \
		gd-convex-smooth --objective "quadratic:d=2+scaled:c=$c" --plugin "$scaled"
done
run ratecheck verify gd-convex-smooth:bound_factor=0.1 --objective huber:tau=0.0019493177387914229+scaled:c=1e3 --plugin "$scaled"
exits 1 "a false bound falls beside an offset, too"

# Terms that cancel.
for o in skew:start=0 skew:start=1e-5 outlier:s=1e6 pair:c=1e6; do
	verdicts 0 "dice-virtual on $o" dice-virtual --objective $o
done

# What underflows and overflows.
verdicts 0 "a contraction below the smallest normal number" sps-sc-interp-tight --objective quadratic:kappa=1 --steps 1024
verdicts 0 "the same, more slowly" sps-sc-interp --objective quadratic:kappa=1 --steps 3000
verdicts 0 "moments below it" sps-sc-interp-tight --objective zero-or-L:p=5 --steps 6000
verdicts 0 "moments that leave the numbers" sagd-sqrt-rho-counterexample --objective zero-or-L:p=3 --steps 3000

# Ranges.
for e in 1e-12 1e-20; do
	run ratecheck verify dog-deterministic:r_eps=$e tdog-deterministic:r_eps=$e --objective abs --steps 100
	like "$out" '2 checks, 2 not applicable' "a guess of $e is lost in the start"
done
verdicts 0 "a small guess" dog-deterministic:r_eps=1e-9 --objective abs --steps 100
verdicts 0 "the largest rho" sagd-sqrt-rho-counterexample --objective quadratic:d=1,rotation=0+bernoulli:p=300 --steps 100
run ratecheck verify sagd-sqrt-rho-counterexample --objective quadratic:d=1,rotation=0+bernoulli:p=2 --x0 zero --steps 68
like "$out" 'from x_0 != 0' "rho needs a start that is not the minimiser"
run ratecheck verify sagd-sqrt-rho-counterexample --objective quadratic:d=1,rotation=0+bernoulli:p=5000 --steps 68
like "$out" '68 \+ sqrt\(rho\) steps' "more steps for larger rho"

# Starts.
for x0 in ones gauss; do
	run ratecheck verify drori-lb krylov-lb-convex krylov-lb-sc li-harvey-lb li-minimax-lb nesterov-chain --x0 $x0
	exits 0 "lower bounds from $x0"
	like "$out" '([0-9]+) of \1 controls refuted' "their controls stay as they are"
done
run ratecheck verify drori-lb --x0 ones --objective drori-worst:N=20 --steps 20
like "$out" 'stated for the start that the objective comes with' "a lower bound says what it is stated for"
printf '1 2\n3,inf\n' >"$tmp/inf"
run ratecheck verify gd-convex-smooth --objective quadratic:d=4,x0="$tmp/inf"
like "$err" 'inf: line 2, number 4 of 4: "inf" is no finite number' "a start that is not finite is refused, with its place"
printf '1 2\n3 4 5\n' >"$tmp/five"
run ratecheck verify gd-convex-smooth --objective quadratic:d=4,x0="$tmp/five"
like "$err" 'five: line 2: more than 4 numbers' "a start that is too long is refused"
run ratecheck verify gd-convex-smooth --objective huber:start=1e120
like "$err" 'x_0\[0\] = 1e\+120' "a start out of range is refused"

# An exact mean rounds as the replicates do that are held against it: without noise they are all the same.
for on in skew:p=2,start=-2.6019053407165362,L=1.5604604260704862,g=0.84297262518856775 \
	quadratic:L=0.0154,d=1,kappa=16.07,rotation=0,spectrum=two-point,radius=1760; do
	verdicts 0 "no noise: $on" sgd-pl --objective $on+gaussian-noise:sigma=0 --steps 38 --seed 746160
done
# Zero times what has overflowed is no scale.
run ratecheck verify clip-gd-l0l1:gamma=1.374139918267393e-05,c=1 \
	--objective cosh:L0=33439,L1=0.037149121090892835,cap=14498.686683383748,start=0 --steps 1
unlike "$out" 'nan|broken' "L^2 beyond the numbers, x_0 = 0: the rounding error is not NaN"

# Which piece of a maximum is the active one: ties are relative, so that the subgradient is one.
verdicts 0 "minimax: ties near 0" alr-mag:beta=0.5 \
	--objective minimax:G=0.42827251212905049,R=9930,T=4,radius=1.21e-05+bernoulli:p=9 --steps 16
verdicts 0 "minimax: steep" alr-mag:beta=0.5 \
	--objective minimax:G=7354.1514510347306,R=0.19477416618562657,T=7+sign-noise:sigma=0.078 --steps 234 --seed 715425
run ratecheck verify dog-deterministic:r_eps=2.0499999990463862e-09 \
	--objective last-iterate-worst:N=1,R=14.4,gamma=0.086,p=0.49,shape=list,steps=0.0147/56.47,radius=2.05e-07 --steps 17
unlike "$out" '^(refuted|hypothesis-false|broken)' "last-iterate-worst: ties near 0"
# Points of the simplex sum to 1 also where steps are below an ulp.
run ratecheck verify ssd-convex-horizon:gamma=3.0924748137810915e-20 \
	--objective zero-or-L:L=40617.11226715699,p=2,start=-0.169,radius=1.46e-06+simplex:start=vertex --steps 227
unlike "$out" '^(refuted|hypothesis-false|broken)' "simplex: far points"
# Terms with a common minimiser are no lie where none was declared.
verdicts 0 "one term, no interpolation declared" lem-variance-transfer-delta --objective pair:L=0.54,c=0.26,start=15450137.8
# A lower bound is stated for its own start.
run ratecheck verify fw-sparsity-lb --objective simplex-square:n=50,radius=0.148 --steps 2
unlike "$out" '^(refuted|hypothesis-false)' "a bound on vertices from elsewhere is not refuted"

# SARAH's estimate is a sum of gradients of terms, which were rounded where they were made; the implicit step divides by mu.
run ratecheck verify ai-sarah --objective 'pair:L=0.00562942005387584,c=2.1394854139349473,start=-0.44567506061082157,seed=182' --steps 59
unlike "$out" '^(refuted|hypothesis-false|broken)' "ai-sarah: terms far apart"
run ratecheck verify ai-sarah --objective \
	'two-point-noise:L=1.8881328351979007e-08,k=2,n=3,sigma=2.8328655172543487,start=14.444235905689478+gaussian-noise:sigma=0.1874' \
	--steps 4 --seed 819319
unlike "$out" '^(refuted|hypothesis-false|broken)' "ai-sarah: flat terms with noise"

# b and its mean cancel, and what is left is divided by 1 - c.
run ratecheck verify sps-smooth-interp --objective 'coupled:b=0.21301776120276633,c=0.999999,d=3,start=-0.012855154293706724' --steps 11
unlike "$out" '^(refuted|hypothesis-false|broken)' "coupled: a minimiser on the diagonal"

# Beyond the numbers on both sides nothing is known; what was found above x_0 is no minimiser.
run ratecheck verify mars-error --seed 524069 --objective \
	'cosh:L0=2188.1029953014599,L1=60.422776965841706,cap=0,start=0,seed=313,radius=1160+l1:lambda=0.00068410392465276769'
unlike "$out" '^(refuted|broken)' "mars-error: both sides infinite"
run ratecheck verify cubic-gradient:M=0.15514518484923728 --steps 1 \
	--objective logistic:d=4,n=11,ridge=0,start=4765.6079126004352,seed=220
like "$out" 'no minimiser was found: at .* a slope' "cubic-gradient: a logistic loss that is flat"

# A bound that is read from the path starts at f(x_0) - f_star, which may be rounding alone.
verdicts 0 "bcd-composite: d_0 by subtraction of 1e19" bcd-composite:gamma=4.1141466312578081e-05,size=6 \
	--objective 'pair:L=11282.385468090522,c=45619732.8,start=-294.98,seed=20,radius=0.00116+l1:lambda=0.00119+scaled:a=1,b=1' \
	--plugin "$scaled" --steps 4
# (1 - eta L)^2 is not 1 - eta L (2 - eta L) where it is small.
verdicts 0 "target-inner: a factor of 1e-14" target-inner:m=10,alpha=417.22,eta=1 --objective skew:p=7,L=0.01302 --steps 1
verdicts 0 "poly-gd: a factor of 1e-14" poly-gd:gamma=0.99999988,t=0 --objective quadratic:d=3,kappa=1 --steps 2
# Two eigenvalues: two conjugate gradients minimise, the third follows what rounding left.
verdicts 0 "krylov-restart: cycles longer than the spectrum" krylov-restart:restart=3 \
	--objective quadratic:d=4,kappa=200,L=0.02,spectrum=two-point,start=90,along=both,seed=600 --steps 12

# A quantity is read off at distances like those of the path: its slope at the minimiser is not what rounding makes of it there.
verdicts 0 "a minimiser at 4e-8, a start 1e-15 from it" sgd-sgc:gamma=6.1141835046681314e-15 --plugin "$scaled" --steps 22 --objective \
	nesterov-chain:L=0.011244957526200926,n=6,seed=502,radius=1.07e-15+bernoulli:active=1,p=3+scaled:a=1,b=3.77e-08,c=1,gap=1
for theta in 0.3 0.99997; do
	for b in 0.00205442 123456789.12345; do
		verdicts 0 "exact means: theta = $theta, b = $b" krr-coordinates:theta=$theta --steps 2 --objective centres:b=$b,L=32.000000073916354
	done
done

# A divergence of two near points is no difference of their logarithms.
run ratecheck verify relative-smooth:gamma=9.33430063815549 --steps 2 --objective \
	krylov-worst:L=0.036984963418988367,N=1,R=0.02453184856104685,class=strongly-convex,kappa=9.806338696727595,radius=1.32e-15+simplex:start=vertex
unlike "$out" '^(refuted|hypothesis-false|broken)' "relative-smooth: a start 1e-15 from the minimiser"
# Polyak steps by values of 1e9: how far they lead astray counts where f has no curvature, too.
run ratecheck verify sps-lipschitz --plugin "$scaled" --seed 388890 --steps 25 --objective \
	minimax:G=1.6096980050991059,R=0.021660280844497313,T=2+sign-noise:sigma=0+scaled:a=9.15e-08,c=1000000000,gap=1
unlike "$out" '^(refuted|hypothesis-false|broken)' "sps-lipschitz: steps made of rounding"

# A bound that allows for more than 1e100 says nothing of a path that is stopped there.
verdicts 0 "steps that diverge as fast as the bound" gd-strongly-convex-tight:gamma=4.858 --objective centres:L=1.55,b=9.03 --steps 567
run ratecheck verify gd-strongly-convex-tight:gamma=4.858,bound_factor=0.9 --objective centres:L=1.55,b=9.03 --steps 567
exits 1 "0.9 of it falls before that"

# f(x_0) - f_star is no negative number, even if the minimiser is nearer than rounding tells.
run ratecheck verify cubic-convex:M=0.0212,shift=0 --steps 3 --objective \
	logistic:d=5,n=1,ridge=0.00023459247825527091,start=15.584203790112799,seed=654,radius=9.2199999999999992e-09+sign-noise:sigma=1.2681883281867097
unlike "$out" '^(refuted|hypothesis-false|broken)' "cubic-convex: a gap below rounding"

# Conjugate directions are found from x + c p, which keeps the digits of both; x is not p longer or shorter for it.
for on in coupled:b=-0.1047,c=-0.0247,d=4,start=0.16+scaled:b=2040000 \
	quadratic:L=1.4e-09,along=steepest,d=6,kappa=6e7,start=0.0125,radius=0.0184; do
	verdicts 0 "krylov-restart: ${on%%,*}" krylov-restart:restart=3 --plugin "$scaled" --objective "$on" --steps 12
done
for L in 1e12 1e-12; do
	verdicts 0 "bfgs-quadratic: L = $L" bfgs-quadratic --objective krylov-worst:L=$L,N=6,class=convex --steps 6
	run ratecheck verify bfgs-quadratic:bound_factor=0.9999 --objective krylov-worst:L=$L,N=6,class=convex --steps 6
	exits 1 "and 0.9999 of its bound falls"
done

# A recursion of moments keeps the rounding errors of modes that a start has nothing of, and those of its maps.
verdicts 0 "a fast mode over a slow one" sgd-strongly-convex-switch --plugin "$scaled" --seed 387217 --steps 46 --objective \
	coupled:b=-0.030354418381359865,c=0.51018985441454734,d=4,start=0.058963710099452393+gaussian-noise:sigma=0+scaled:b=5260
verdicts 0 "noise that cancels in a step" sarah-inner:gamma=3866388.3846869986 --seed 640117 --steps 9 --objective \
	two-point-noise:L=1.3322107108357673e-07,k=1,n=12,sigma=0,start=86.038321803716599+gaussian-noise:sigma=34.343179163765669

# What compares values of 1e9 does not see what is smaller; differences wider than f bends say nothing of a Hessian.
run ratecheck verify nt-unfired:gamma=0.99,n=1 --plugin "$scaled" --seed 465456 --steps 40 --objective \
	abs:G=5.6982165957759754e-06,radius=2.85e-05+scaled:c=1000000000,gap=1
unlike "$out" '^(refuted|hypothesis-false|broken)' "nt-unfired: values that are all alike"
run ratecheck verify cubic-nonconvex:M=4.7e+22 --plugin "$scaled" --seed 789338 --steps 2 --objective \
	pl-sine:start=1332843979.249126,seed=402+scaled:b=6.34e-08
unlike "$out" '^(refuted|hypothesis-false|broken)' "a Hessian that turns within 1e-9 of x"
run ratecheck verify svrg-epoch-weighted:gamma=6.4e-12,m=11,decay=0.98 --plugin "$scaled" --seed 970760 --steps 4400 --objective \
	quadratic:L=55342,along=mu,d=2,kappa=10,rotation=0,spectrum=two-point,start=0,radius=1.68e-06+scaled:a=561000,c=560583000
unlike "$out" '^(refuted|hypothesis-false|broken)' "0 times what has overflowed"

# A path that shrinks fast carries errors of the size that it had; lemmas on points that are nearly the same.
verdicts 0 "Chebyshev steps down to 1e-292" cheb-semi-iteration:mu=2.3123432068192109 --plugin "$scaled" --steps 160 --objective \
	quadratic:L=2.5322782743365164,d=1,kappa=10.5,rotation=0,spectrum=two-point,start=0.667,seed=941,radius=0.0471+scaled:gap=1
verdicts 0 "a simplex of one point" lem-lipschitz-subgrad --objective nesterov-chain:L=40.730490129557715,n=1,seed=940+simplex:start=vertex
run ratecheck verify clip-symmetric-firm --seed 411358
exits 0 "clip-symmetric-firm: near points"
run ratecheck verify sagd-sqrt-rho-counterexample-sc --plugin "$scaled" --seed 745294 --steps 300 --objective \
	quadratic:L=0.0424,along=steepest,center=1,d=2,kappa=10000,rotation=0,spectrum=two-point,start=0+bernoulli:p=2+scaled:a=4680000,b=674000,c=1
like "$out" 'the start is the minimiser, but for rounding' "what leaves the minimiser does not start there"

# Differences wider than what a function does within them say nothing of its slope.
verdicts 0 "a wave of 7e-6 at 1e8" adam-step-bound:gamma=0.0859,beta1=0.0264,beta2=0.999 --plugin "$scaled" --seed 312904 --steps 14 \
	--objective 'triangle-wave:period=6.9812480270507991e-06,start=141.39760522536383,seed=890,radius=116000000+sign-noise:sigma=0.0927'
verdicts 0 "a wave of 0.07 at 1e7" adam-step-bound --plugin "$scaled" --seed 401099 --steps 1 --objective \
	triangle-wave:period=0.06738156086052513,start=-0.0143,seed=309,radius=6280000+affine-noise:p=11,sigma=0+scaled:a=4.51e-07,c=4.50743e-07,gap=1
verdicts 0 "a wave of 0.5 at 4e3 in a risk" mars-error --plugin "$scaled" --seed 467332 --objective \
	triangle-wave:period=0.48463926454531098,start=-10.16,seed=768,radius=4370+cvar:beta=0.596,scale=0.0850497+scaled:c=1e9,gap=1
# A risk of one term: a level far below its loss, and a minimiser without L or G.
verdicts 0 "cvar, a level of -1e8" li-hp-bounded:shape=linear,gamma=0.00010137 --plugin "$scaled" --seed 628220 --steps 16 --objective \
	hyperbola:start=8.304414112085668e-08,seed=239,radius=1280+cvar:beta=0,level=0,scale=63537.51741932422+scaled:b=0.0523
verdicts 0 "f(x_star) = 2e-32" alr-hb:beta=0.5 --plugin "$scaled" --seed 175680 --steps 6 --objective \
	drori-worst:L=0.091182856582533958,N=2,R=7.8159769988433112,seed=303+cvar:beta=0.79734726092619479,level=0.0127341,scale=8.50591959
run ratecheck verify mars-error --objective affine-field+cvar
exits 3 "a field has no losses"
like "$err" 'affine-field is a field' "and that is said"

# Newton steps: values whose parts cancel are known to the last bits of the parts; where f has no minimiser the path leaves the
# numbers, and with it a bound that is read from it; a Hessian must be definite at the start.
verdicts 0 "newton-damped: a path of 1e7" newton-damped --objective quadratic:L=461.483,d=1,start=26.667,radius=72700000 --steps 453
barrier=barrier:a=-0.054034676917233931,b=-0.26733682131268538,c=-0.4168190272654631,floor=0.74666688457480668,start=11
verdicts 0 "newton-damped: a path to infinity" newton-damped --objective "$barrier" --steps 1264
like "$out" "^holds .* 1264 +1 +1 path" "and is judged until then"
run ratecheck verify newton-damped:bound_factor=0.99 --objective "$barrier" --steps 1264
exits 1 "0.99 of its bound falls"
run ratecheck verify newton-damped newton-decrement --objective \
	barrier:a=-0.28195291501984443/-13.32445521711726,b=-29.424512135594718,c=0.04/-14.4,floor=0.92210251905968399,start=1.4623
exits 3 "a barrier of one half-space in the plane"
like "$out" 'needs definite Hessian' "has a singular Hessian"

# An identity has no safe side for the error of a computed minimiser, and needs none where it does not read it.
verdicts 0 "ellipsoid-volume: an objective with a computed minimiser" ellipsoid-volume:radius=1 --plugin "$scaled" --steps 64 \
	--objective least-squares:d=5,n=50,noise=0.5+ball:radius=0.5+scaled:b=7940000,c=1,gap=1
run ratecheck verify ellipsoid-volume:radius=1,bound_factor=0.999999 --plugin "$scaled" --steps 64 \
	--objective least-squares:d=5,n=50,noise=0.5+ball:radius=0.5+scaled:b=7940000,c=1,gap=1
exits 1 "0.999999 of its volume falls"

# A gradient is known to eps L |x|, however flat f is there; f_star to what f changes by within an eps of the point.
verdicts 0 "mu = 1e-6 beside L = 2" bcd-gauss-seidel:gamma=0.35263372345858907,size=1 --seed 198094 --steps 17 --objective \
	coupled:b=-53.065709030406452,c=0.999999,d=2,start=-0.66624452249334754,seed=217,radius=0.00147+gaussian-noise:sigma=0.019966673260580086
verdicts 0 "f(x) = 0 and f_star = 4e-31" tdog-deterministic-value:r_eps=7.3341016220533781 --seed 308361 --steps 22 --objective \
	least-squares:d=1,n=1,noise=16.840815189302035,rank=3,start=0.49813836425204089,seed=510+cvar:beta=0,scale=0.02353523072281755
# Values beyond the numbers are infinite, in a risk as well.
run ratecheck verify dog-deterministic:r_eps=1565 --steps 2 --objective cosh:L0=11.7,L1=2.84,cap=0,start=8.34+cvar:beta=0,level=129899
unlike "$out" 'gradient is false' "cosh beyond the numbers, in a risk"
# One factor grows beyond them and the other shrinks.
verdicts 0 "pgd-strongly-convex-tight: 9099^110 times 911^-110" pgd-strongly-convex-tight:gamma=2.5 --plugin "$scaled" --steps 64 \
	--objective quadratic:L=1,d=1,rotation=0+elastic-net:l1=0,ridge=0.1+scaled:a=3640,c=1e9

# The ends of a segment, whatever the unit.
for b in 1e-8 1 1e8; do
	verdicts 0 "bisection: unit $b" centre-of-gravity --plugin "$scaled" --steps 12 --objective "slope:c=-1,start=0.3+scaled:b=$b"
done

# Weights near equal ones keep the digits of the losses; those that all stand at their cap are found; sharp ones round with them.
pair=affine-losses:a=1/-1,b=0/0,start=0.05
verdicts 0 "dro: a start at 2.5e-7" dro-frozen:gamma=2 --steps 32 --objective "$pair,radius=2.55e-07+dro:beta=0.5169,mu=0.5,nu=1.25"
verdicts 0 "dro: a start at 1e-11" prospect:gamma=0.01,s=0.001 --steps 12 --objective "$pair,radius=1.89e-11+dro:beta=0.1,mu=1,nu=25"
verdicts 0 "dro: a cap of 1/n" dro-weights --seed 796606 --objective logistic:d=3,n=9,ridge=7.6970660711747616e-12,start=0,seed=999+dro:beta=0,mu=0,nu=11.487423726976777
verdicts 0 "a step far narrower than the difference" clip-gd-l0l1:gamma=7.2765130495297896e-13,c=1078946.7863387323 --seed 751612 --steps 2 \
	--plugin "$scaled" --objective \
	two-arms:gap=5.1804037670173626,start=-0.80270297382529543,seed=749+gaussian-noise:sigma=1.9780255214519686+scaled:a=1,b=5.13e-07,c=0,gap=1
verdicts 0 "a step within the narrowest difference" ntr-momentum:norm=spectral,rows=1,gamma=1.5561944200406274e-07,a=0.1 --seed 946631 \
	--steps 2 --plugin "$scaled" --objective \
	two-arms:gap=8.1759696948281881,start=-4.0312401738322601,seed=53,radius=2.6e-07+scaled:a=1,b=4.87e-08,c=0,gap=1
verdicts 0 "dro: nu below the rounding of the losses" dro-weights --seed 322400 --objective \
	zero-or-L:L=25.685797270488187,p=6,start=0,seed=810+dro:beta=0.99999899999999997,mu=13.705490296170822,nu=1.550744948345344e-09
verdicts 0 "dro: losses of 1e5 and nu = 0.01" dro-weights --seed 772072 --objective \
	zero-or-L:L=56.626966814522909,p=2,start=88.987298180924086,seed=596,radius=1.68e-08+dro:beta=0.62113052463686458,mu=0.338,nu=0.01361110386353237
# A minimiser that was computed is one to its certificate, and so is f_star.
verdicts 0 "a path that ends below f(x_star) = 4e-117" sagd-sgc-sc:gamma=506697.67625584803 --plugin "$scaled" --steps 100 --seed 639712 --objective \
	cosh:L0=5.3036635293146803,L1=0.087971442314390635,cap=3.1008554384287081e-07,start=25.460130594737471,radius=264000+dro:beta=0,mu=0.90251075450507889,nu=17.511108303682338+scaled:a=3.18e-07
# The sum of a series whose ratio is 1 to rounding.
verdicts 0 "proxskip-vip: talk with p = 1e-9" proxskip-vip:gamma=0.1,p=1e-9 --steps 2 --objective outlier:p=3,start=1+elastic-net:l1=0.1,ridge=0.03
# Values that tend to 0, not to 1 - 1, and their slopes.
verdicts 0 "memory: J = 1e-29" clip-bias-pointwise-tight --plugin "$scaled" --seed 400063 --objective \
	memory:H=9,start=0,seed=990+rare-noise:alpha=1.7746684723103059,n=4,sigma=0.18435857699991554+scaled:a=2.04e-11,b=0.00159
verdicts 0 "ruin: J = 1e-29" clip-bias-pointwise-tight --plugin "$scaled" --objective ruin:i=2,N=3,start=-66+rare-noise:n=4+scaled:a=1e-11
# Slopes of agents cancel in each step, terms of one agent in its slope; what is sent of numbers below 1e-307.
verdicts 0 "spsa-shared: slopes of 42 and no other noise" spsa-shared:gamma=0.011194172864533582,bits=-1 --steps 4 --objective \
	two-point-noise:L=89.332192034240663,k=1,n=2,sigma=41.829941857796626,start=-0.044566025641809372+agents:graph=star
verdicts 0 "spsa-shared: terms of 0.03 from a start at 5e7" spsa-shared:gamma=0.29752458910796403,bits=2 --steps 82 --objective \
	two-point-noise:L=3.3471204023552974,k=3,n=6,sigma=0.034187998176301471,start=49214145+agents:graph=path,n=3
verdicts 0 "spsa-shared: from the minimiser" spsa-shared:gamma=38.060949373217326,bits=-1 --steps 5 --seed 99668 --objective \
	outlier:L=0.026273648357880385,p=4,s=0.039016832902398851,start=0+agents
verdicts 0 "spsa-shared: down to 0" spsa-shared:gamma=0.43050324423595232,bits=3 --steps 400 --objective pair:L=2.3188371077613379,c=0,start=5.9+agents:graph=complete
# Means over 12870 batches.
verdicts 0 "sgld-coupling: a distance of 0 between points of 6e3" sgld-coupling:gamma=0.00024739735560469847,batch=8,apart=0.888 --plugin "$scaled" \
	--seed 322551 --steps 2 --objective tiles:L=0.012997043059502372,k=8,kappa=4.8165,m=1,start=-2.773,radius=6190+sign-noise:sigma=12+scaled:a=311000
# A long sum of equal terms, and the slope of an arm that has all but 1e-28 of the chances.
verdicts 0 "choco-gossip: 2048 terms" choco-gossip:gamma=11.021228332134497,compress=scale,by=0.7 --steps 20 --seed 778644 --objective \
	markov-mean:levels=5,mu=-24.362795451667608,rho=0.92047298349366613,sigma=37.88541028453885,start=fixed,x0=0.27+agents:apart=-0.134,graph=star,n=3,weight=0.0343
verdicts 0 "fedavg-bias: 2048 equal terms" fedavg-bias:gamma=0.99,local=4 --steps 5 --objective \
	markov-mean:levels=5,mu=0.74106993431464208,rho=0.99999899999999997,sigma=0.51399192069995214,start=fixed,x0=1+agents:n=8
verdicts 0 "softmax-pg: 1e-28 for the best arm" softmax-pg:gamma=1 --seed 930683 --steps 200 \
	--objective bandit:r=1/0/0/0,start=-11.225469700429082/51.718342411022824/-60.245953159694999/11.002900020886104
verdicts 0 "clip-bias-pointwise-tight: 8192 equal terms" clip-bias-pointwise-tight --seed 222373 --objective \
	markov-mean:levels=6,rho=0.58205058111384456,sigma=0,x0=0.019825932771209479,radius=1.48e-08
verdicts 0 "adam-step-bound: the mean of 8192 losses of 1e6" adam-step-bound:gamma=0.0967,beta1=0.75,beta2=0.816 --steps 13 --objective \
	markov-mean:levels=6,rho=0.928,sigma=9.59,x0=1462+cvar:beta=0.0813,scale=0.0119
run ratecheck verify adam-step-bound:gamma=0.096704448930871045,beta1=0.75385836719460408,beta2=0.81640052571982236 --steps 13 --seed 752204 \
	--objective "markov-mean:levels=6,rho=0.92789918772646296,sigma=9.5915150095976838,x0=1462306590.7902076,seed=163+cvar:beta=0.081271702446787858,scale=0.011940469248780648"
like "$out" 'below the rounding error' "adam-step-bound: 8192 losses of 1e18 are convex"
# 1 is added to values of -1: they cancel, and what they lost does not show beside them.
verdicts 0 "adafactor-clip: -1 + 1" adafactor-clip:gamma=0.0045483797429092887,c=0.55252823330183309,delta=0.015361756035230597,rows=1 \
	--plugin "$scaled" --steps 7 --seed 81762 --objective \
	memory:H=3,start=50.349752239278978,seed=718+sign-noise:sigma=0.00033720549866792432+scaled:a=1,b=26800,c=1
# A bound of 0, and centres of 3e10 that come and go in every step.
verdicts 0 "dsgld-surrogates: tau = 0" dsgld-surrogates:gamma=12640345731775.453,local=4,tau=0 --plugin "$scaled" --steps 219 --seed 292329 \
	--objective outlier:L=521.99195597490632,p=11,s=308.46773118245181,start=-3.8430760916472493,seed=415+scaled:a=1,b=86800000,c=1000
# Weights of sum 1 by water that falls from levels of 1e5.
verdicts 0 "drori-worst far out" adafactor-clip:gamma=0.0044596766019274082,c=0.67646856824282886,delta=1,rows=1 --steps 21 --seed 159578 --objective \
	drori-worst:L=0.038346148476822516,N=3,R=0.77368707841667639,seed=892,radius=144000+cvar:beta=0.3067662135273439,level=0,scale=0.1281615080212424
# Agents whose terms cancel at the minimiser, and a start that is the minimiser to rounding.
for weight in 0 0.4524639541367167; do
	run ratecheck verify dgd-neighbourhood:gamma=6.6308619545530661e-06 --steps 27 --objective \
		"centres:L=3388.7980534072781,b=2/1/-1/-2/-1/1,start=0+agents:n=3,weight=$weight"
	like "$out" 'below the rounding error' "dgd-neighbourhood: a distance of 6e-17 between centres of 2, weight=$weight"
done
# What is known of f says nothing of the samples of a stream.
run ratecheck verify psps-fixed psps-average --objective gaussian-features:l=12/0.2,s=0 --steps 8
like "$out" "needs finite-sum/1" "psps-fixed says nothing of a stream"
# Where noise carries the points of an exact mean.
verdicts 0 "igt-law: noise of 4e7 at a start of 4e-8" igt-law --plugin "$scaled" --steps 3 --objective \
	pair:L=3.2626446410098992e-06,c=8.2457240425195838e-05,radius=3.83e-08+gaussian-noise:sigma=757647.90627222939+scaled:b=0.0187

# What is false by little is refuted in any unit: lengths times b, values times b^2, so that steps of 1/L stay what they are.
in_units() { # THEOREM STEPS OBJECTIVE
	for unit in a=1e-12,b=1e-6 a=1e12,b=1e6; do
		run ratecheck verify "$1" --plugin "$scaled" --steps "$2" --objective "$3+scaled:$unit,gap=1"
		exits 1 "$1 is refuted in the unit $unit"
	done
}
in_units gd-convex-smooth:gamma=1,bound_factor=0.449 256 huber:tau=0.0019493177387914229
in_units gd-strongly-convex-tight:gamma=0.05,bound_factor=0.999 64 quadratic:d=1,kappa=1
in_units agd-sc:gamma=1,bound_factor=0.999 50 quadratic:d=2,along=mu,kappa=10000,rotation=0,spectrum=two-point
in_units sps-lipschitz:bound_factor=0.999 64 minimax:T=64
in_units fista:gamma=1,bound_factor=0.98 100 huber:tau=0.00037230751078404901
in_units hb-quadratic-finite:gamma=2.25,beta=0.25,bound_factor=0.999 256 quadratic:d=1
in_units gda-strongly:gamma=0.08,bound_factor=0.999 200 \
	affine-field:a=0.4,b=1.9595917942265424,start=3/0+gaussian-noise:sigma=1.2247448713915889
in_units bcd-gauss-seidel:gamma=1,size=1,bound_factor=0.999 1 coupled:c=0.5,d=2,start=-0.5/1
in_units fw-convex:bound_factor=0.749 1 centres:b=1e-9,start=0+box:high=1,low=0
in_units krylov-restart:restart=1,bound_factor=0.999 16 quadratic:L=4,along=steepest,d=2,kappa=4,rotation=0

# Squares of such numbers are none.
for at in a=1e-100,b=1e60 a=1e60,b=1e-20 b=1e-70; do
	for on in quadratic:d=3 centres skew huber; do
		run ratecheck verify gd-convex-smooth sgd-convex-smooth sgd-strongly-convex dog-deterministic sps-smooth \
			--objective $on+scaled:$at --plugin "$scaled" --steps 5
		unlike "$out" '^(refuted|hypothesis-false|broken)' "$on, scaled by $at"
	done
done

# Other draws than the objective's own: what is known of those holds no longer.
run ratecheck verify sg-affine-constant sg-affine-any \
	--objective quadratic:d=1,L=1,start=3+affine-noise:p=4,sigma=0.5+gaussian-noise:sigma=9 --steps 8
exits 0 "noise in the place of affine noise"
for on in krr-features\ kernel-features:n=4 upweight-law\ domains; do
	for noise in gaussian-noise:sigma=3 bernoulli:active=1,p=3; do
		run ratecheck verify ${on% *} --objective "${on#* }+$noise" --steps 8
		like "$out" '2 checks, 2 not applicable' "${on% *} says nothing of $noise"
	done
done
for noise in affine-noise:p=3,sigma=16 sign-noise; do
	run ratecheck verify krr-features --objective kernel-features:n=1,s2=6+$noise --steps 8
	like "$out" '2 checks, 2 not applicable' "krr-features says nothing of one term and $noise"
done

done_testing
