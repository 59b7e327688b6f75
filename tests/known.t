#! /bin/sh
# Exact worst cases that were computed before, beside the results of verify. No solver is asked.
. "$(dirname "$0")/tap.sh"

# theorem, arguments: exact_ratio, exact_value, exact_status of the first result that has gamma as given
of() { # SED-CONDITION ARGUMENT...
	which=$1
	shift
	run ratecheck verify "$@" --format json --quiet
	printf '%s\n' "$out" | sed -n "/$which/s/.*\"exact_ratio\":\([^,]*\),\"exact_value\":\([^,]*\),\"exact_status\":\([^,]*\),.*/\1 \2 \3/p" | head -n 1
}
near() { # GOT WANT RELATIVE MESSAGE
	num "$(awk -v a="$1" -v b="$2" 'BEGIN { d = (a - b) / b; printf "%.17g", d < 0 ? -d : d }')" '<=' "$3" "$4"
}

# The table that is installed: L D^2/(4N + 2) of gradient descent, in the units of an objective: L = 2, D = 3.
set -- $(of '.' gd-convex-smooth:gamma=0.5 --steps 4 --objective broken-line:start=3,slopes=1/2/1)
near "$1" 0.4444444444444444 1e-8 "the share of the bound that the worst function of the class reaches"
near "$2" 1 1e-8 "its value, in these units"
is "$3" '"exact"' "it is exact"
set -- $(of '.' ssd-convex-horizon:gamma=100 --steps 4 --objective huber)
near "$1" 1 1e-7 "Lipschitz functions of another G and another start"
near "$2" 0.005 1e-7 "the value in their units"
set -- $(of '.' gd-pl:gamma=1 --steps 4 --objective quadratic:d=4,kappa=10,spectrum=two-point)
is "$3" '"upper"' "conditions that are only necessary give an upper bound"

# Another question has no answer there.
is "$(of '.' gd-convex-smooth:gamma=0.7 --steps 4 --objective quadratic:d=3)" "null null null" "another step size"
is "$(of '.' gd-convex-smooth:gamma=1 --steps 5 --objective quadratic:d=3)" "null null null" "another number of steps"
is "$(of '.' gd-strongly-convex:gamma=1 --steps 4 --objective quadratic:d=3,kappa=7)" "null null null" "another condition number"
is "$(of '.' gd-convex-smooth:gamma=1 --steps 4 --method heavy-ball --objective quadratic:d=3)" "null null null" "another method"
is "$(of '.' pgd-convex:gamma=1 --steps 4 --objective quadratic:d=20,kappa=10+box:low=-0.5)" "null null null" \
	"a feasible set is no whole space"

# A file of one's own; the share is that of the claim, here of half the bound.
cat >"$tmp/mine" <<'END'
{"steps": 5, "theorem": "gd-convex-smooth", "method": "gd", "parameters": "gamma=0.25", "start": "|x0 - x*|^2 <= 1", "status": "exact", "exact_ratio": 0.4, "claimed_factor": 1.0, "terms": 1, "L": 4.0, "mu": null, "pl": null, "G": null}
END
set -- $(of '.' gd-convex-smooth:gamma=1,bound_factor=0.5 --steps 5 --exact "$tmp/mine" --objective quadratic:d=3)
near "$1" 0.8 1e-14 "a file of one's own, of a claim half as large"
run ratecheck verify gd-convex-smooth --steps 5 --exact "$tmp/mine" --objective quadratic:d=3 --output "$tmp/results"
exits 0 "into a folder"
id=$(sed -n 's/.*"check":"\([^"]*\)".*"exact_ratio":0.4.*/\1/p' "$tmp/results/results.jsonl")
run ratecheck show "$id" --results "$tmp/results"
like "$out" '^The worst function of the whole class reaches 0.4 of the bound after these 5 steps, [0-9.e-]*.$' "show CHECK says it"
run ratecheck verify gd-convex-smooth --steps 5 --objective quadratic:d=3 --output "$tmp/results" --resume
exits 3 "results beside another table are others"
like "$err" 'exact' "which is said"

refused() { # FILE REASON
	run ratecheck verify gd-convex-smooth --exact "$1" --objective quadratic:d=3
	exits 2 "--exact $1"
	like "$err" "$2" "because $2"
	is "$(printf '%s\n' "$err" | wc -l)" 1 "in one line"
}
refused "$tmp/none" '--exact .*none: No such file'
cp "$tmp/mine" "$tmp/bad"
echo '{"theorem": "ogm"}' >>"$tmp/bad"
refused "$tmp/bad" 'line 2: it has no method; lines of `ratecheck exact --format json` are wanted'
echo 'steps,observed' >"$tmp/bad"
refused "$tmp/bad" 'line 1: '
refused "$tmp" 'Is a directory'
# The hunt looks at the worst function that comes with the program, and then is as sharp as can be, whatever the search does.
run ratecheck hunt ogm --evaluations 3 --steps 8 --format json
exits 0 "three draws at random"
num "$(printf '%s\n' "$out" | sed 's/.*"max_ratio":\([0-9.e+-]*\).*/\1/')" '>' 0.999999 "are no less sharp than the class"
like "$out" 'interpolant:file=.*data/exact/ogm.worst' "by its worst function"
run ratecheck hunt ogm --evaluations 3 --steps 8 --bound-factor 0.999
exits 1 "a bound that is too small by a thousandth is refuted by it"
run ratecheck hunt ogm:gamma=0.5 --evaluations 3 --steps 8 --format json
is "$(printf '%s\n' "$out" | grep -c 'data/exact')" 0 "not for other parameters"
run ratecheck hunt ogm --evaluations 3 --steps 8 --objective quadratic --format json
is "$(printf '%s\n' "$out" | grep -c 'data/exact')" 0 "nor if another objective is asked for"

# The proofs that come with the table: exact arithmetic, no solver.
holds=0 all=0
for proof in "$top_srcdir"/data/exact/*.json; do
	all=$((all + 1))
	ratecheck exact --check "$proof" >"$tmp/proof.out" 2>&1 && holds=$((holds + 1)) || diag "$proof: $(cat "$tmp/proof.out")"
done
is "$holds" "$all" "all of them hold"
num "$all" '>=' 70 "and there are many"
is "$(cd "$top_srcdir/data/exact" && ls *.json | sed 's/.json//' | while read -r t; do
	grep -q "\"theorem\": \"$t\", .*\"proved\": true" ../exact.jsonl || echo "$t"
done)" "" "those of which the table says so"
run ratecheck exact ogm --check "$top_srcdir/data/exact/ogm.json"
exits 0 "it is about the method, as it is compiled now"
# Every theorem of the library stands in the list: with its value, or why there is none.
run ratecheck list theorems --plain
printf '%s\n' "$out" | sort >"$tmp/ids"
sed -n 's/^| \([a-z0-9-]*\) |.*/\1/p' "$top_srcdir/doc/exact.md" | grep -vx 'theorem\|---' | sort >"$tmp/rows"
is "$(comm -23 "$tmp/ids" "$tmp/rows")" "" "doc/exact.md has a row for each theorem (make exact-table writes it)"
is "$(comm -13 "$tmp/ids" "$tmp/rows")" "" "and none twice, none for what is no theorem"

done_testing
