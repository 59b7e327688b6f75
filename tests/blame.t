#! /bin/sh
# Who declares a false constant is named with a witness, whatever the claim did; the theorem is not blamed for it, and who
# tells the truth is left in peace.
. "$(dirname "$0")/tap.sh"

$CC -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/tests/liars.c" -o "$tmp/liars.so" -lm || bail_out "the liars do not build"

check() { # SPEC ARGUMENTS...
	spec=$1
	shift
	run ratecheck verify "$@" --objective "$tmp/liars.so#$spec" --steps 40 --format json --quiet
}
count() { printf '%s\n' "$out" | grep -c "\"verdict\":\"$1\""; }

false_() { # SPEC REASON THEOREMS...: each that applies is hypothesis-false for this reason
	spec=$1 reason=$2
	shift 2
	check "$spec" "$@"
	exits 3 "$spec: exit code"
	is "$(count refuted)$(count broken)" 00 "$spec: nobody else is blamed"
	like "$out" "\"verdict\":\"hypothesis-false\".*\"reason\":\"$reason" "$spec: the witness"
}
holds() { # SPEC THEOREMS...
	check "$@"
	exits 0 "$1: the truth is left in peace"
	num "$(count holds)" '>=' 2 "$1: and judged"
}

for truth in bowl sum 'sum:rare=10' logit wave; do
	holds "$truth" gd-nonconvex sgd-nonconvex lem-descent lem-smooth-convex-lower gd-pl sgd-strongly-convex
done
holds vee li-subgrad-recursion ssd-convex-lipschitz dog-deterministic
holds ridge fista pgd-convex lem-prox-fixed-point

# f_star, x_star
for f_star in -1e-3 -1e-9 1e-3; do
	false_ "bowl:f_star=$f_star" 'f_star is false: declared [0-9.]*, measured f.x_star. = 3' gd-convex-smooth gd-pl lem-descent
	false_ "bowl:f_star=$f_star,nox=1" 'f_star is false: declared' gd-convex-smooth
done
false_ bowl:x_star=1e-3 'x_star is false: .*measured .g.x_star.. = 0.00' gd-strongly-convex lem-cocoercive
false_ ridge:x_star=1e-3 'x_star is false: .*L .x_star - P.x_star - g/L' fista pgd-convex
false_ ridge:F_star=1e-3 'F_star is false: .*f.x_star.\+h.x_star.' fista
check bowl:low=1,f_star=-1 gd-convex-smooth gd-pl
exits 3 "f_star known from below"
is "$(count not-applicable)" 4 "is no ground for a claim on gaps"
like "$out" 'only a lower bound of F_star is known' "and that is said"
holds bowl:low=1,f_star=-1 gd-nonconvex lem-descent

# Of a long sum few steps are looked at, until a claim falls.
$CC -O2 -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/long-sum.c" -o "$tmp/long-sum.so" -lm ||
	bail_out "the long sum does not build"
for share in 1 0.5 0.1; do
	run ratecheck verify gd-convex-smooth agd-convex --objective "$tmp/long-sum.so:share=$share" --steps 40 --format json --quiet
	is "$(count refuted)$(count broken)" 00 "a long sum, L times $share: no theorem is blamed"
	test $share = 1 && say=holds || say=hypothesis-false
	is "$(count $say)" 4 "$say"
done

# A bound from the safe side may be as loose as it likes; one from the other side is no lie, and no ground for a claim.
$CC -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/directions.c" -o "$tmp/directions.so" -lm ||
	bail_out "the directions do not build"
claims="gd-convex-smooth gd-pl sgd-strongly-convex sgd-nonconvex clip-sgd-smooth lem-descent lem-noise-upper lem-noise-lower
	lem-variance-transfer-convex"
for loose in 1 3 1000; do
	run ratecheck verify $claims --objective "$tmp/directions.so:loose=$loose" --steps 30 --replicates 64 --format json --quiet
	exits 0 "constants loose by $loose to the safe side"
	num "$(count holds)" '>=' 12 "are good enough"
	run ratecheck verify $claims --objective "$tmp/directions.so:loose=$loose,wrong=1" --steps 30 --replicates 64 --format json --quiet
	is "$(count refuted)$(count broken)$(count hypothesis-false)" 000 "to the other side they accuse nobody"
	like "$out" '"not-applicable".*needs L: only a lower bound of L is known' "and are not read"
	run ratecheck probe "$tmp/directions.so:loose=$loose,wrong=1" --pairs 30
	exits 0 "probe: nor are they false"
done
run ratecheck probe "$tmp/directions.so:loose=0.5" --pairs 30
for name in L mu noise2 sigma_star2 Delta_star; do like "$out" "^$name +FALSE" "$name, too tight by 2"; done
run ratecheck probe "$tmp/directions.so:loose=0.5,wrong=1" --pairs 30
like "$out" '^sigma_star2 +FALSE' "what is known to the digit is no lower bound either"
for name in L mu noise2; do like "$out" "^$name +not seen" "$name: nothing that is seen shows it"; done

# Smoothness and convexity
false_ bowl:L=1e-300 'L is false: declared 1e-300' gd-convex-smooth lem-descent
false_ bowl:mu=1.01 'mu is false: declared 0.101' gd-strongly-convex lem-sc-lower
false_ bowl:pl=1.01 'pl is false: declared 0.101' gd-pl
false_ rosen '(convex|L) is false' alr-hb lem-descent gd-convex-smooth
false_ quartic 'L is false: declared 1' gd-convex-smooth lem-descent
false_ quartic:start=1e25 'L is false: declared 1' gd-convex-smooth agd-convex
false_ quartic:start=0.2 'L is false: declared 1' lem-descent
false_ sum:rare=10,L_max=0.1 'L_max is false: declared 1,' sgd-strongly-convex lem-expected-smoothness
false_ logit:weight=10 'L(_max)? is false: declared 0.5' lem-descent lem-expected-smoothness
false_ logit:mu=0.1 'mu is false: declared 0.1' lem-sc-lower gd-strongly-convex
false_ ridge:m=3 'L is false: declared 3' fista lem-descent
false_ vee:G=0.99 'G is false: .*measured .g.x.. = 2.236' li-subgrad-recursion dog-deterministic

# Terms, noise
false_ sum:sigma=0 'sigma_star2 is false: declared 0, .* = 0.66' sgd-strongly-convex
false_ sum:sigma=0.99 'sigma_star2 is false' sgd-strongly-convex
false_ sum:Delta=0 'Delta_star is false: declared 0' sgd-nonconvex
false_ sum:f_i=0.1 'f_i_star is false: declared 0.1' sgd-nonconvex
false_ sum:noise=0.99 'noise2 is false: declared 0.66' clip-sgd-smooth adagrad-norm-smooth
false_ sum:growth=1.5 'strong_growth is false: declared 1.5' sgd-sgc sagd-sgc-convex
false_ sum:interpolation=1 'interpolation is false: .*g_i.x_star' sgd-convex-interp sps-sc-interp

# Oracles come before the constants that they make false
false_ logit:labels=1 'gradient is false: slope .* by central differences' gd-convex-smooth lem-descent sgd-convex-smooth
false_ logit:sign=1 'gradient is false: slope .* by central differences' gd-convex-smooth lem-descent sgd-convex-smooth
false_ wave:gradient=1.01 'gradient is false: slope .* by central differences' gd-nonconvex lem-descent
false_ wave:gradient=1.01,start=1e4 'gradient is false: slope .* by central differences' gd-nonconvex lem-descent
holds wave:start=1e4 gd-nonconvex lem-descent
check wave:start=3e8 lem-descent
exits 0 "wave:start=3e8: no width is as small as a period"
false_ ridge:linear=1 'prox is false: prox with gamma' fista pgd-convex

cd "$tmp" || exit 99
run ratecheck probe "$tmp/liars.so#bowl:hessian=1.2" --pairs 100
like "$out" '^Hessian +FALSE' "probe: the Hessian"
run ratecheck probe "$tmp/liars.so#wave:rho_weak=0.9" --pairs 100
like "$out" '^rho_weak +FALSE' "probe: rho_weak"
run ratecheck probe huber --declare foo=3
exits 2 "--declare of an unknown name"
like "$err" 'foo.*known are convex L mu' "lists the known ones"
run ratecheck probe huber --declare x_star=3
exits 2 "--declare of a vector as a number"
run ratecheck probe quadratic:d=3 --declare x_star+0.01 --pairs 10
like "$out" '^x_star +FALSE' "--declare NAME+VALUE"
# A convex function whose models lie far above it: that f is convex says nothing of them.
run ratecheck verify wc-prox-linear --objective "$tmp/liars.so#bent"
like "$out" 'needs rho_model' "what models exceed f by is asked of the objective"
run ratecheck verify wc-prox-linear:gamma=20,r=0.04 --objective "$tmp/liars.so#bent:rho_model=0" --steps 9 --quiet
exits 3 "models that exceed f by more than is declared"
like "$out" 'rho_model is false: declared 0, measured .*model at x - f' "rho_model is blamed"
run ratecheck verify cvar-spl --objective "$tmp/liars.so#bent:rho_model=1"
like "$out" 'rho_model = 0' "models above f are not those of a risk"
# What a theorem does not claim, it is not blamed for: parameters outside of its range.
run ratecheck verify gd-convex-smooth-tight:gamma=2.1 --beyond --objective huber:tau=0.1 --steps 32 --format json --quiet
exits 3 "--beyond: a step that the theorem does not allow"
like "$out" '"verdict":"hypothesis-false".*"reason":"outside the theorem.s range: 0 < gamma <= 1/L; there the bound fails: at step 21' \
	"the range is what is false"
like "$out" '"blame":null' "nobody is blamed"
run ratecheck verify gd-convex-smooth-tight:gamma=1.5 --beyond --objective huber:tau=0.1 --steps 32 --format json --quiet
exits 0 "--beyond: a bound that holds all the same"
like "$out" '"verdict":"holds".*"reason":"outside the theorem.s range' "says so, too"
run ratecheck verify gd-convex-smooth-tight:gamma=0.5 --beyond --bound-factor 0.9 --objective huber:tau=0.03 --steps 32 --format json --quiet
like "$out" '"verdict":"refuted".*"blame":"theorem"' "within the range it is the theorem's"
# A method of cutting planes asks outside of the feasible set, for which constants are declared.
run ratecheck verify ellipsoid-gap:radius=1.07 --objective 'logistic:d=4,n=11,ridge=0,start=0,seed=46+ball:radius=0.0235' \
	--steps 236 --quiet
exits 0 "constants of a set are asked on the set"
like "$out" '1 held' "and the claim is judged"

done_testing
