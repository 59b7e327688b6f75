#! /bin/sh
# Worst cases of the literature, read off compiled methods: values of the performance estimation problems of PEPit's examples,
# solved again to nine digits. The methods and what is measured are in tests/worst.c and in the library.
. "$(dirname "$0")/tap.sh"

command -v csdp >/dev/null || skip_all "csdp is not installed (Debian: coinor-csdp)"
run $CC -std=c11 -O1 -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/tests/worst.c" -o "$tmp/worst.so" -lm
exits 0 "the methods build"

value() { # of the last line of csv: the share of the bound, times what the example divides by
	printf '%s\n' "$out" | awk -F, -v by="$1" 'END { printf "%.12g", by == "ratio" ? $5 : $3 }'
}
# example | exact or ratio | value | arguments
while IFS='|' read -r example what want arguments; do
	run sh -c "ratecheck exact $arguments --plugin '$tmp/worst.so' --format csv"
	got=$(value "$what")
	num "$(awk -v a="$got" -v b="$want" 'BEGIN { d = (a - b) / b; print d < 0 ? -d : d }')" '<=' 1e-6 "$example: $want"
	test "$status" = 0 || test "$status" = 1 || diag "$err"
done <<'END'
accelerated_gradient_convex n=10|exact|0.012335112|agd-convex --steps 10
accelerated_gradient_convex_simplified n=10|exact|0.0128205128|w-fgm --steps 10
inexact_accelerated_gradient epsilon=0 L=3 n=5|exact|0.10714295|w-fgm --steps 5 --L 3
accelerated_gradient_strongly_convex n=5|ratio|0.0771202182|w-agd-sc --steps 5
accelerated_proximal_gradient n=5|exact|0.0375116115|fista --steps 5
accelerated_proximal_gradient_simplified n=5|exact|0.0384615385|w-fpgm --steps 5
accelerated_proximal_point n=3|ratio|0.104474604|w-fast-prox --steps 3
gradient_descent, one block, n=9|exact|0.0263157895|gd-convex-smooth --steps 9
gradient_descent L=3 n=4|exact|0.166666667|gd-convex-smooth --steps 4 --L 3
gradient_descent_contraction n=1|exact|0.81|gd-strongly-convex --steps 1
gradient_descent, not convex, n=5|exact|0.266666667|w-nonconvex --steps 5
gradient_descent_silver_stepsize_convex L=2.8 n=1|exact|0.365685425|w-silver --steps 1 --L 2.8
gradient_descent_silver_stepsize_strongly_convex n=17|exact|0.0375949436|w-silver-sc --steps 17 --L 3.2
heavy_ball_momentum n=3|exact|0.590055603|w-heavy-ball --steps 3
information_theoretic_exact_method n=3|exact|0.938289982|w-item --steps 3 --L 3 --mu 0.01
optimized_gradient L=3 n=4|exact|0.0767518261|ogm --steps 4 --L 3
gradient_descent, not convex, low-dimensional|exact|0.266666667|w-nonconvex --steps 5
optimized_gradient, low-dimensional|exact|0.0767518261|ogm --steps 4 --L 3
optimized_gradient_for_gradient L=3 n=4|exact|0.307007305|w-ogm-g --steps 4 --L 3
proximal_gradient n=2|exact|0.6561|pgd-strongly-convex:gamma=1 --steps 2
proximal_point gamma=0.1 n=3|exact|0.833333333|w-prox --steps 3
sgd_overparametrized n=5|exact|0.81|sgd-strongly-convex-interp:gamma=1 --terms 5 --steps 1
subgradient_method M=2 n=10|exact|0.603022689|w-subgradient --steps 10 --G 2
triple_momentum n=4|exact|0.238925055|w-triple --steps 4
halpern_iteration n=10|exact|0.0330578513|w-halpern --steps 10 --L 2
halpern_iteration, low-dimensional, n=15|exact|0.015625|w-halpern --steps 15 --L 2
krasnoselskii_mann_constant_step_sizes n=10|exact|0.0467325199|w-mann --steps 10 --L 2
krasnoselskii_mann_increasing_step_sizes n=10|exact|0.0595222608|w-mann-growing --steps 10 --L 2
accelerated_proximal_point, monotone, n=10|exact|0.01|w-kim --steps 10
proximal_point, monotone, n=3|exact|0.148148148|w-resolvent --steps 3
proximal_point, low-dimensional, n=11|exact|0.03504939|w-resolvent --steps 11
optimal_strongly_monotone_proximal_point n=3|exact|0.0474320511|w-resolvent-fast --steps 3 --mu 0.23
douglas_rachford_splitting n=10|exact|0.0250100493|w-splitting --steps 10
douglas_rachford_splitting_contraction n=1, to the fixed point|exact|0.591715976|w-splitting-strong --steps 1
accelerated_douglas_rachford_splitting n=1|exact|0.202732752|w-splitting-fast --steps 1
accelerated_douglas_rachford_splitting n=2|exact|0.192914814|w-splitting-fast --steps 2
accelerated_douglas_rachford_splitting n=3|exact|0.183929552|w-splitting-fast --steps 3
accelerated_douglas_rachford_splitting n=4|exact|0.173710825|w-splitting-fast --steps 4
accelerated_douglas_rachford_splitting n=5|exact|0.162721406|w-splitting-fast --steps 5
accelerated_douglas_rachford_splitting n=6|exact|0.151374813|w-splitting-fast --steps 6
accelerated_douglas_rachford_splitting n=7|exact|0.140013714|w-splitting-fast --steps 7
accelerated_douglas_rachford_splitting n=8|exact|0.128902883|w-splitting-fast --steps 8
quadratic_lojasiewicz_naive gamma=1|exact|0.384673178|gd-pl-tight:gamma=1 --mu 0.2 --steps 3 --beyond
quadratic_lojasiewicz_naive gamma=1.366|exact|0.411048023|gd-pl-tight:gamma=1.3660254037844386 --mu 0.2 --steps 3 --beyond
quadratic_lojasiewicz_naive gamma=1.866|exact|0.794253875|gd-pl-tight:gamma=1.8660254037844386 --mu 0.2 --steps 3 --beyond
END

# A prox that is asked for twice is the same unknown.
run ratecheck exact w-prox-twice --steps 2 --plugin "$tmp/worst.so" --format json
like "$out" '"exact": 0.125000.*"leaves": 3,' "prox, asked for twice in a step"

# An operator has no values, and the proof of its worst case is checked like any other.
run ratecheck exact w-halpern --steps 4 --L 2 --plugin "$tmp/worst.so" --certificate "$tmp/halpern.json"
exits 0 "a certificate for an operator"
run ratecheck exact --check "$tmp/halpern.json"
exits 0 "is a proof"
sed 's/"cocoercive 0/"pair 0/' "$tmp/halpern.json" >"$tmp/bad.json"
run ratecheck exact --check "$tmp/bad.json"
exits 1 "a row of functions is none of operators"

# Monotone and Lipschitz: the conditions are only necessary, so the value is said to be an upper bound; a rotation attains
# it after one step. On gradients of convex functions alone, which are cocoercive, extragradient is far better.
for case in w-extragradient-residual:1:0.8125:upper w-optimistic:1:0.8125:upper w-extragradient-firm:2:0.31640625:exact \
	w-resolvent-strong:3:0.334897977:exact; do
	IFS=: read -r theorem N want kind <<-END
		$case
	END
	run ratecheck exact "$theorem" --steps "$N" --plugin "$tmp/worst.so" --format csv --certificate "$tmp/field.json"
	num "$(awk -v a="$(value exact)" -v b="$want" 'BEGIN { d = (a - b) / b; print d < 0 ? -d : d }')" '<=' 1e-6 "$theorem, N = $N: $want"
	like "$out" ",$kind\$" "which is $kind"
	run ratecheck exact --check "$tmp/field.json"
	exits 0 "and proved"
done
run ratecheck exact w-extragradient-strong --steps 1..3 --plugin "$tmp/worst.so" --certificate "$tmp/field.json"
like "$out" 'mu-strongly monotone operator, mu = 0.1, L-Lipschitz' "strongly monotone and Lipschitz"
sed 's/"lipschitz 0/"cocoercive 0/' "$tmp/field.json" >"$tmp/bad.json"
run ratecheck exact --check "$tmp/bad.json"
like "$out" 'belongs to no row' "a Lipschitz field need not be cocoercive"

# Second opinions.
for solver in sdpa dsdp5; do
	if ! command -v $solver >/dev/null; then
		skip 2 "$solver is not installed"
		continue
	fi
	for theorem in ogm gd-strongly-convex; do
		run ratecheck exact "$theorem" --steps 3 --format csv
		first=$(value exact)
		run ratecheck exact "$theorem" --steps 3 --format csv --solver $solver
		num "$(awk -v a="$first" -v b="$(value exact)" 'BEGIN { d = (a - b) / b; print d < 0 ? -d : d }')" '<=' 1e-6 "$solver agrees on $theorem"
	done
done
done_testing
