#! /bin/sh
# Exact means of methods and quantities that depend on t, and methods in law. The truth is computed here, by the recursion of
# one parabola.
. "$(dirname "$0")/tap.sh"

for part in methods theorems; do
	$CC -O1 -Wall -shared -fPIC -I "$top_srcdir/include" -o "$tmp/$part.so" "$top_srcdir/tests/cases/law/$part.c" -lm ||
		bail_out "$part.c does not build"
done

pair='centres:b=-1/1,start=1'
verify() { # METHOD ARGUMENT...
	method=$1
	shift
	run ratecheck verify --plugin "$tmp/methods.so" --method "my-$method" --as sgd --format json --quiet --jobs 1 "$@"
}
field() { # NAME: of the first line
	sed -n "1s/.*\"$1\":\"\{0,1\}\([^,\"]*\).*/\1/p" "$tmp/out"
}

# E|x_t|^2 on (x - 1)^2/2 and (x + 1)^2/2 from x_0 = 1: v <- (1 - s)^2 v + s^2 with s = gamma factor(t), over the bound
# (1 - gamma)^t + 2 gamma at its largest in t = 1..200.
truth() { # FACTOR, an expression in t
	awk 'BEGIN {
		for (v = 1; t < 200; ) {
			s = 0.5 * ('"$1"')
			v = (1 - s)^2 * v + s^2
			t++
			if (v / (0.5^t + 1) > worst) worst = v / (0.5^t + 1)
		}
		printf "%.12g\n", worst }'
}
near() { # GOT WANT RELATIVE MESSAGE
	awk -v a="$1" -v b="$2" -v e="$3" 'BEGIN { d = a - b; exit !(a != "" && (d < 0 ? -d : d) <= e * b) }'
	ok $? "$4 ($1 is to be $2)"
}

while read -r method verdict factor; do
	verify "$method" sgd-strongly-convex:gamma=0.5 --objective "$pair" --steps 200
	is "$(field verdict) $(field statistic)" "$verdict exact" "$method: $verdict, by the exact mean"
	near "$(field max_ratio)" "$(truth "$factor")" 1e-9 "$method: the ratio"
done <<'END'
first holds t == 0 ? 2.4 : 1
fall refuted 8 / (1 + t)
decay holds 1 / (1 + 0.05 * t)
hundred refuted t == 100 ? 4 : 1
last refuted t == 199 ? 4 : 1
alternate holds t % 2 ? 0.5 : 1.5
later holds t == 60 ? 0.75 : 1
END
verify grow sgd-strongly-convex:gamma=0.5 --objective "$pair" --steps 200
is "$(field verdict)" refuted "grow: moments that leave the numbers are infinite"

# The same by rows of terms: sixty parabolas, thirty about either centre.
many=centres:b=$(awk 'BEGIN { for (i = 0; i < 60; i++) printf "%s%d", i ? "/" : "", i % 2 ? 1 : -1 }'),start=1
verify hundred sgd-strongly-convex:gamma=0.5 --objective "$many" --steps 200
near "$(field max_ratio)" "$(truth 't == 100 ? 4 : 1')" 1e-9 "hundred: by terms"

# x_{t+1} = x_t - gamma (x_t - b_t): b = -3, 0, 9 about 2, in turn.
verify cyclic sgd-strongly-convex --objective 'centres:b=-3/0/9,start=5' --steps 200
is "$(field verdict) $(field statistic)" "holds exact" "cyclic: holds, by the exact mean"
near "$(field max_ratio)" "$(awk 'BEGIN {
	b[0] = -5; b[1] = -2; b[2] = 7; s2 = (25 + 4 + 49) / 3
	for (z = 3; t < 200; ) {
		z -= 0.5 * (z - b[t % 3]); t++
		r = z^2 / (0.5^t * 9 + s2); if (r > worst) worst = r
	}
	printf "%.12g", worst }')" 1e-9 "cyclic: the ratio"

# z <- A z with z = (x, v): the mean square by the recursion of three moments.
verify warm sgd-strongly-convex:gamma=0.125 --objective "$pair" --steps 200
near "$(field max_ratio)" "$(awk 'BEGIN {
	g = 0.125
	for (xx = 1; t < 200; ) {
		b = t < 10 ? 0.05 * t : 0.5
		# v+ = b v - g x + g n, x+ = x + v+
		vv = b^2 * vv0 - 2 * b * g * xv0 + g^2 * xx + g^2
		xv = b * xv0 - g * xx + vv
		xx = xx + 2 * (b * xv0 - g * xx) + vv
		vv0 = vv; xv0 = xv; t++
		r = xx / ((1 - g)^t + 2 * g); if (r > worst) worst = r
	}
	printf "%.12g", worst }')" 1e-9 "warm: momentum that warms up"

# v <- (1 - gamma)^2 v + (gamma sigma/(1 + t))^2, a stream.
verify quiet sgd-strongly-convex:gamma=0.25 --objective 'quadratic:d=1,start=1,rotation=0+gaussian-noise:sigma=2' --steps 200
is "$(field verdict) $(field statistic)" "holds exact" "quiet: noise that falls with t has an exact mean"
near "$(field max_ratio)" "$(awk 'BEGIN {
	for (v = 1; t < 200; ) {
		v = 0.75^2 * v + (0.5 / (1 + t))^2; t++
		r = v / (0.75^t + 0.5 * 4); if (r > worst) worst = r
	}
	printf "%.12g", worst }')" 1e-9 "quiet: the ratio"

# A replay of an exact check is exact.
verify first sgd-strongly-convex:gamma=0.5 --objective "$pair" --steps 200
measured=$(field measurements)
run sh -c "$(sed -n '1s/.*"replay":"\([^"]*\)".*/\1/p' "$tmp/out") --as sgd --format json --quiet"
is "$(field measurements) $(field statistic)" "$measured exact" "the replay line finds the same exact means"

# What has no exact mean says so; nobody is blamed.
verify shuffle sgd-strongly-convex:gamma=0.5 --objective "$pair"
is "$(field verdict) $(field statistic)" "holds sampled" "an order that is kept in the state: sampled"
verify memory sgd-strongly-convex:gamma=0.5 --objective "$pair" --steps 50
is "$(field statistic)" sampled "a memory outside of the blocks: sampled"
like "$out" '"lowered":"sampled: a step from the same state does not always lead to the same point"' "with the reason"
verify kink sgd-strongly-convex:gamma=0.5 --objective 'centres:b=-1/1,start=1100' --steps 50
is "$(field verdict) $(field statistic)" "holds sampled" "a step that is affine almost everywhere: sampled"
like "$out" '"lowered":"sampled: step [0-9]* is not affine along the path' "with the reason"
verify same sgd-strongly-convex:gamma=0.5 --objective "$pair" --replicates 512
is "$(field statistic) $(field replicates)" "sampled 512" "--replicates: those, though there is an exact mean"

# In law: what another draw, another step and another name of the same draw look like beside sgd.
three='centres:b=-3/0/9,start=5'
while read -r method objective law conduct; do
	verify "$method" sgd-strongly-convex --objective "$objective" --steps 100
	is "$(field law)" "$law" "$method: $law law, on $objective"
	case $conduct in
		none) like "$out" '"conduct":""' "$method: no remark" ;;
		*) like "$out" "\"conduct\":\"[^\"]*$conduct" "$method: $conduct" ;;
	esac
done <<END
same $pair same none
same $three same none
mirror $three same none
mirror least-squares:n=100,d=5 same none
first $pair another parts from sgd at step 1, by 1.4 of the step.*another law than sgd from step 1 on
later $three another another law than sgd from step 61 on
biased $three another another law than sgd from step 1 on
cyclic $three another another law than sgd from step 1 on: it draws nothing a step, sgd 1 sample of 1 term
shuffle $pair another another law than sgd from step 2 on
shuffle least-squares:n=100,d=5 another another law than sgd from step 2 on .with 5 of the terms
ahead $three unknown no other law than sgd to step 6, more is not known
END
run ratecheck verify sgd-strongly-convex --objective "$pair" --format json --quiet --plugin "$tmp/methods.so" --method my-replaced --as sgd
is "$(field law)" same "one draw with replacement is one draw"
run ratecheck verify --chapter minibatch --objective skew:p=6 --objective least-squares:n=50,d=20 --plugin "$tmp/methods.so" \
	--method my-replaced --as sgd --format json --quiet --jobs 1
num "$(grep -c 'another law than sgd from step 1 on: it draws 2 samples of 1 term a step, sgd 1 sample of 2 terms' "$tmp/out")" '>' 0 \
	"batches with replacement: another law"
num "$(grep -c 'another law than sgd from step 1 on .with 5 of the terms.: it draws 2 samples of 1 term a step' "$tmp/out")" '>' 0 \
	"too many outcomes: seen on a few terms"
is "$(grep -c '"blame":"method"' "$tmp/out")" 0 "which is nobody's fault"

# Quantities.
theorem() { # SPEC ARGUMENT...
	spec=$1
	shift
	run ratecheck verify "$tmp/theorems.so#my-$spec" --format json --quiet --jobs 1 "$@"
}
for objective in "$pair" quadratic:d=3 'least-squares:n=12,d=3,noise=0.5'; do
	run ratecheck verify sgd-strongly-convex --objective "$objective" --steps 100 --format json --quiet
	ratio=$(field max_ratio)
	for t in round fifty; do
		theorem "$t" --objective "$objective" --steps 100
		near "$(field max_ratio)" "$ratio" 1e-9 "$t: both sides have the same weight, on $objective"
	done
done
theorem potential --objective "$pair" --steps 100
is "$(field verdict)" holds "a potential that grows with t"
theorem potential:P=2 --objective "$pair" --steps 100
like "$out" '"verdict":"refuted".*"reason":"at step 25: measured 104.33' "and one that grows too fast, where it does"

# What a step draws shows in another block first, in x one step later.
for method in sarah sarah-biased; do
	run ratecheck verify sarah-outer --plugin "$tmp/methods.so" --method "my-$method" \
		--objective least-squares:n=30,d=5,noise=0 --steps 32 --format json --quiet --jobs 1
	is "$(field verdict)" holds "$method: the claim holds"
	case $method in
	sarah) unlike "$out" 'another law' "$method: equal in law, by samples of another purpose" ;;
	*) like "$out" '"conduct":"parts from sarah at step 3,.* another law than sarah from step 2 on' "$method: another law" ;;
	esac
done

# Equality is no violation.
flat='centres:b=-0.051/-0.051,L=0.5169'
for t in contract path; do
	theorem "$t" --objective "$flat" --steps 20
	is "$(field verdict)" holds "$t: attained, and holds"
	near "$(field max_ratio)" 1 1e-5 "$t: attained"
done
theorem steps:gamma=1.9325 --objective "$flat" --steps 4
is "$(field verdict)" holds "one step of sgd: attained, and holds"
run ratecheck hunt "$tmp/theorems.so#my-steps" --evaluations 500
like "$out" 'no violation' "hunt finds no counterexample in an equality"
done_testing
