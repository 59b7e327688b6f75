#! /bin/sh
# Objectives with an h or a feasible set: the minimiser that the program looks for, and what it says of it.
. "$(dirname "$0")/tap.sh"

# One step of length 1/L from anywhere ends at the minimiser if the Hessian is the identity: what is left at t = 1 is the
# error of the minimiser that was computed.
left() { # THEOREM OBJECTIVE: the size of the measured quantity at t = 1
	rm -rf "$tmp/r"
	ratecheck verify "$1:gamma=1" --objective "$2" --steps 2 --output "$tmp/r" --force --quiet >/dev/null 2>&1
	awk -F, '$1 == 1 { print $2 < 0 ? -$2 : $2 }' "$tmp"/r/curves/*.csv
}
identity=quadratic:d=20,spectrum=one,center=1
for second in l1:lambda=0.05 elastic-net:l1=0.1,ridge=0.3 ball:radius=0.5 box:low=-0.1,high=0.2; do
	num "$(left pgd-strongly-convex "$identity+$second")" '<=' 1e-28 "the minimiser of +$second, to rounding"
	num "$(left pgd-convex "$identity+$second")" '<=' 1e-15 "and its value"
done

result() { # OBJECTIVE: pgd-convex on it, as JSON
	ratecheck verify pgd-convex:gamma=0.01 --objective "$1" --steps 4 --format json --quiet
}
like "$(result least-squares:n=50,d=20+l1)" '"lowered":""' "strongly convex: the minimiser is certified"
like "$(result logistic:n=60,d=5,ridge=0+elastic-net:ridge=0.1)" '"lowered":""' "by h alone, too"
like "$(result least-squares:n=40,d=20,rank=8+l1:lambda=0.02)" '"lowered":"uncertified' "else the result says that it is not"

run ratecheck verify gd-convex-smooth --objective least-squares+l1 --format json
like "$out" 'ignores the composite part' "a method without prox is not run on an h"
run ratecheck verify gd-convex-smooth --objective least-squares+ball --format json
like "$out" 'ignores the feasible set' "nor one without projection on a set"
run ratecheck verify pgd-convex --objective least-squares+l1+ball --format json
like "$err" 'has an h or a feasible set already' "an h and a set are refused together"
done_testing
