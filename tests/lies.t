#! /bin/sh
# A small run of `make lies`: no theorem is blamed for a false constant, and the lies are found.
. "$(dirname "$0")/tap.sh"

lies() { run "$top_builddir/tests/lies" "$@"; }
sum() { # CONSTANT COLUMN: over its errors
	printf '%s\n' "$out" | awk -F ' *[|] *' -v row="$1" -v column="$2" '$2 == row { n += $column } END { print n + 0 }'
}

lies 7 gd-strongly-convex sgd-strongly-convex sgd-nonconvex sagd-sgc-convex fista drori-lb lem-descent lem-noise-upper hedge-regret md-entropy \
	proxy-pl
exits 0 "no theorem is blamed"
for constant in convex L mu G_inf L_max L_i f_star F_star x_star sigma_star2 Delta_star f_i_star strong_growth interpolation \
	loss_range pl_F mu_h; do
	num "$(sum $constant 7)" '>=' 1 "$constant: its lies are found"
	is "$(sum $constant 6)$(sum $constant 9)" 00 "$constant: no theorem is blamed, nothing breaks"
done
for constant in x_star f_star sigma_star2 strong_growth loss_range; do
	is "$(sum $constant 7)" "$(sum $constant 5)" "$constant: every lie is found"
done
# What has a dot in its name and belongs to an interface. Told both ways, and half of it is true.
lies 7 dgd-neighbourhood ef21 dro-weights
exits 0 "no theorem is blamed"
for constant in network.lambda_2 network.g2 network.L_rms; do
	num "$(sum $constant 7)" '>=' 3 "$constant: its lies are found"
	is "$(sum $constant 6)$(sum $constant 9)" 00 "$constant: no theorem is blamed, nothing breaks"
done
for constant in network.agents risk.nu; do
	is "$(sum $constant 7)" "$(sum $constant 5)" "$constant: every lie is found"
done
lies 7 penalty-value
exits 0 "what the host does not understand is counted apart"
like "$err" 'refuted of penalty-value with bilevel.lambda.*1.1 .*: theorem: .*; if the objective is right about bilevel' \
	"and a refutation says that it rests on it"
lies 7 no-such-theorem
exits 2 "no such theorem"
lies
exits 2 "usage"
done_testing
