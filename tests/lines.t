#! /bin/sh
# What people read: one line a theorem, rows of one theorem or with -v, what is wrong at the end, the window's width.
. "$(dirname "$0")/tap.sh"

two="gd-pl agd-sc"
on="--objective quadratic:d=3 --steps 16 --jobs 1"
last() { sed -n '/^Not as it must be:/,$p' "$tmp/out"; }

run ratecheck verify $two --steps 16 --jobs 1
exits 0 "two theorems"
is "$(grep -Ec '^(holds|refuted) ' "$tmp/out")" 2 "a line each"
like "$out" '^holds +gd-pl +([0-9]+)/\1 +2/2 ' "held of all, controls of all"
like "$out" 'checks, [0-9]+ held' "and the summary"
unlike "$out" 'Not as it must be' "nothing is wrong"
run ratecheck verify $two --steps 16 --jobs 1 -v
is "$(grep -c 'control refuted, as it must be' "$tmp/out")" 4 "-v: rows of the controls"
like "$out" ' gd-pl\.[0-9a-f]{12} control refuted' "with their ids"
run ratecheck verify $two $on -q
is "$(sed -n '/./p' "$tmp/out" | wc -l | tr -d ' ')" 3 "-q: the summary alone"
run ratecheck verify $two $on -q -v
exits 2 "-q and -v"
like "$err" 'choose one' "contradict each other"
run ratecheck verify gd-pl $on
like "$out" '^holds .* gd-pl\.[0-9a-f]{12}' "one theorem: its rows"
unlike "$out" 'explains the run best' "and no ranking"
run ratecheck verify $two $on
like "$out" 'explains the run best' "several theorems on an objective: a ranking"

run ratecheck verify --objective huber --steps 2 --jobs 1
like "$out" '^[0-9]+ theorems do not apply \(-v names them\): [0-9]+ need' "what does not apply: its reasons in numbers"
unlike "$out" '^Not applicable' "and no list of names"
run ratecheck verify storm gd-pl --objective quadratic --steps 2 --jobs 1
like "$out" '^Not applicable' "unless they were asked for"

# A bound that is too small.
run ratecheck verify gd-pl:bound_factor=0.01 agd-sc $on
exits 1 "a false bound"
like "$out" '^refuted +gd-pl +0/' "the theorem's line"
like "$out" '^holds +agd-sc ' "the other theorem's line"
like "$(last)" '^  refuted  gd-pl\.[0-9a-f]{12}$' "the end names the check"
like "$(last)" 'measured .* > bound ' "the reason"
replay=$(last | sed -n 's/^ *\(ratecheck verify .*\)/\1/p' | head -n 1)
run sh -c "$replay -q"
exits 1 "and the command that shows it again"

# With a data file the keys n and d say nothing.
run ratecheck verify gd-pl agd-sc --objective least-squares:data=longley,n=40,d=3 --jobs 1 --steps 4
like "$out" 'longley' "the data set is named"
unlike "$out" 'n=40|d=3' "by its sizes, not by keys that say nothing about it"
run ratecheck verify gd-pl --objective least-squares:data=longley,n=40,d=3 --jobs 1 --steps 4
like "$out" 'data=longley \(16 x 6\)' "which are those of the file"

for width in 60 80 120; do
	run env COLUMNS=$width ratecheck verify 'gd-convex*' 'gd-pl*' 'sagd-sqrt-*' --steps 8 --jobs 1
	exits 0 "in $width columns"
	is "$(awk -v w=$width '/^holds/ { gsub(/…/, "."); if (length($0) > w) print }' "$tmp/out")" "" "no line is longer"
	run env COLUMNS=$width ratecheck verify gd-convex-smooth --steps 8 --jobs 1
	is "$(awk -v w=$width '/^(holds|refuted)/ { gsub(/…/, "."); if (length($0) > w) print }' "$tmp/out")" "" "nor a row"
done
done_testing
