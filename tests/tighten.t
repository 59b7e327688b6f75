#! /bin/sh
# tighten: what it says is refuted is, what a hunt leaves is not below it, and the exact constant is between them.
. "$(dirname "$0")/tap.sh"

of() { # KEY: a number of the object on stdout
	printf '%s\n' "$out" | sed 's/.*"'"$1"'":\([^,}]*\).*/\1/'
}

run ratecheck tighten gd-convex-smooth --evaluations 800 --within 0.1 --steps 12 --format json
exits 0 "gd-convex-smooth: the bound itself stands"
num "$(of refuted)" '>' 0.4 "0.4 of it does not"
num "$(of refuted)" '<=' 0.4801 "24/50 is the exact worst of 12 steps"
num "$(of not_refuted)" '>=' "$(of refuted)" "what is left is not below"
num "$(of not_refuted)" '<=' 0.55 "and near"
# 20/41, that of 20 steps: the table's last.
num "$(of exact)" '>' 0.4878 "the exact one is known"
num "$(of exact)" '<' 0.4879 "from the table"
replay=$(printf '%s\n' "$out" | sed 's/.*"replay":"\([^"]*\)".*/\1/')
run sh -c "$replay --quiet"
exits 1 "the instance refutes it"
run ratecheck tighten gd-convex-smooth --evaluations 800 --within 0.1 --steps 12
exits 0 "in words"
like "$out" '^refuted +every C below 0\.4' "refuted"
like "$out" '^not refuted +C = 0\.[45]' "not refuted"
like "$out" '^exact +C = 0\.487805,' "exact"
first=$out
run ratecheck tighten gd-convex-smooth --evaluations 800 --within 0.1 --steps 12
is "$out" "$first" "the same seed, the same result"

# A bound that is false: the constant that would do is above 1.
run ratecheck tighten gd-convex-smooth:bound_factor=0.25 --evaluations 800 --within 0.1 --format json
exits 1 "a quarter of it is refuted"
num "$(of refuted)" '>' 1.5 "up to nearly twice of that"
num "$(of not_refuted)" '<' 2.2 "which stands"

run ratecheck tighten gd-pl --objective quadratic:d=2,kappa=10 --evaluations 200 --within 0.2
exits 0 "on an objective of mine"
like "$out" '^exact +not known with --method or --objective' "no exact one"
run ratecheck tighten hb-spectral
exits 2 "an identity"
like "$err" 'identity' "has no constant to move"
run ratecheck tighten
exits 2 "no theorem"
run ratecheck tighten gd-pl --within 0
exits 2 "as near as nothing"
done_testing
