#! /bin/sh
# What the suite of instances must cover, and how sharp the sharp instances must be deep in the run.
. "$(dirname "$0")/tap.sh"

run ratecheck verify --chapter gradient-descent --chapter sgd --chapter subgradient --chapter minibatch \
	--chapter momentum --output "$tmp/r" --quiet
exits 0 "verify"
results=$tmp/r/results.jsonl

field() { sed 's/.*"'"$1"'":"\{0,1\}\([^",}]*\).*/\1/'; }

# Theorems for general classes of functions: 5 instances that hold, of 3 objective classes, one of them real data or a
# dense quadratic with d >= 20, at the end of the range with T >= 256.
for theorem in gd-convex-smooth gd-convex-smooth-tight gd-strongly-convex gd-strongly-convex-tight gd-pl gd-pl-tight \
	gd-nonconvex gd-nonconvex-tight sgd-convex-smooth sgd-strongly-convex sgd-strongly-convex-interp sgd-pl \
	sgd-convex-general sgd-convex-horizon sgd-convex-decreasing sgd-convex-decreasing-sums sgd-convex-young \
	sgd-convex-interp sgd-sc-complexity sgd-strongly-convex-nws sgd-nonconvex sgd-nonconvex-horizon minibatch-convex-smooth \
	minibatch-strongly-convex momentum-convex momentum-writings li-hb-ima-smooth ssd-convex-horizon; do
	grep '"theorem":"'"$theorem"'"' "$results" | grep '"role":"instance"' | grep '"verdict":"holds"' >"$tmp/one"
	num "$(wc -l <"$tmp/one" | tr -d ' ')" '>=' 5 "$theorem holds on 5 instances"
	num "$(sed 's/.*"objective":"\([a-z0-9A-Z-]*\).*/\1/' "$tmp/one" | sort -u | wc -l | tr -d ' ')" '>=' 3 \
		"$theorem: of 3 classes"
	num "$(grep -cE 'data=[a-z]|"objective":"quadratic[^"]*,d=[2-9][0-9]' "$tmp/one")" '>=' 1 \
		"$theorem: one real or random dense"
	num "$(field steps <"$tmp/one" | sort -n | tail -n 1)" '>=' 256 "$theorem: T >= 256"
done

# The largest measured / bound at t >= T/2 on a sharp instance with T >= 64.
deep() { # THEOREM OBJECTIVE
	best=0
	for check in $(grep '"theorem":"'"$1"'"' "$results" | grep '"role":"sharp"' | grep "\"objective\":\"$2" | field check); do
		ratio=$(awk -F, '!/^[#t]/ { t[++n] = $1; q[n] = $2; b[n] = $5 }
			END { for (i = 1; i <= n; i++) if (t[n] >= 64 && t[i] >= t[n] / 2 && q[i] / b[i] > m) m = q[i] / b[i]
			      printf "%.9f", m }' "$tmp/r/curves/$check.csv")
		best=$(printf '%s\n%s\n' "$best" "$ratio" | sort -g | tail -n 1)
	done
	echo "$best"
}
num "$(deep gd-convex-smooth-tight huber)" '>=' 0.999 "gd-convex-smooth-tight is attained on huber, deep"
num "$(deep sgd-pl zero-or-L)" '>=' 0.999 "sgd-pl is attained on zero-or-L, deep"
num "$(deep sgd-strongly-convex-interp zero-or-L)" '>=' 0.999 "sgd-strongly-convex-interp is attained on zero-or-L, deep"
num "$(deep sgd-pl pair)" '>=' 0.999 "sgd-pl is attained on pair, deep"
num "$(deep li-ima minimax)" '>=' 0.999 "li-ima is attained on minimax"
num "$(deep li-hb-ima-smooth huber)" '>=' 0.999 "li-hb-ima-smooth is attained on huber, deep"
num "$(deep ssd-convex-horizon minimax)" '>=' 0.999 "ssd-convex-horizon is attained on minimax"
for theorem in sgd-pl sgd-strongly-convex-interp sgd-strongly-convex-nws sgd-sc-complexity sgd-strongly-convex-switch \
	sgd-pl-switch sgd-nonconvex-horizon minibatch-strongly-convex; do
	is "$(grep '"theorem":"'"$theorem"'"' "$results" | grep '"role":"sharp"' | grep -vc '"statistic":"exact"')" 0 \
		"$theorem: by exact expectation"
done
done_testing
