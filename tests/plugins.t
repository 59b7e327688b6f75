#! /bin/sh
# Plugins that break the rules of the ABI: each is named with what it did, and everything else of the run completes.
. "$(dirname "$0")/tap.sh"

for name in comp fault low small theorems twice; do
	$CC -shared -fPIC -w -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/$name.c" -o "$tmp/$name.so" -lm -lpthread ||
		bail_out "$name.c does not build"
done
cd "$tmp" || bail_out "no folder"

# ---- Objectives: all in one run, beside a good one ----

verdict() { # OF ERE-OF-THE-LINE: "verdict reason" of its only line in $tmp/out
	grep -E "$2" "$tmp/out" | sed -E 's/.*"verdict":"([^"]*)".*"reason":"(([^"\\]|\\.)*)".*/\1 \2/'
}
is_so() { # HOW ERE
	like "$(verdict . "how=$1,")" "^$2" "$1"
}

refusals="createfail createsilent"
crashes="_exit abort atexit createexit deep exit exit3 fail fail7 ill inf kill9 longjmp nan nothing overrun1m pthread_exit segv usr1"
changes="chdir fpe ftz modx overrun rand round sigsegv"
harmless="alarm close12 closeall createnull daemon fork forkreturn nice none printerr setsid thread threadleft threadspin umask"
set --
for how in $refusals $crashes $changes $harmless; do
	set -- "$@" --objective "./fault.so:how=$how,at=3"
done
run ratecheck verify gd-convex-smooth:gamma=0.5 "$@" --objective quadratic:d=3 --steps 20 --quiet --format json
exits 3 "faults beside a good objective: exit code 3"
is "$(verdict . '"objective":"quadratic')" "holds " "the good one holds"
is "$(printf '%s\n' "$err" | grep -c .)" 2 "what the objectives refuse is said once each"
like "$err" 'ratecheck: fault: no, thanks: 7 x' "with the words of the plugin"
is_so createfail 'broken fault: no, thanks: 7 x'
is_so createsilent 'broken fault: create failed without words'
for how in abort atexit; do is_so $how 'broken fault: gradient at step 0: killed by SIGABRT'; done
for how in deep longjmp overrun1m segv; do is_so $how 'broken fault: gradient at step 0: killed by SIGSEGV'; done
for how in _exit exit pthread_exit; do is_so $how 'broken fault: gradient at step 0: called exit\(0\)'; done
is_so exit3 'broken fault: gradient at step 0: called exit\(3\)'
is_so createexit 'broken fault: create at step 0: called exit\(0\)'
for how in fail fail7; do is_so $how 'broken fault: gradient at step 0: returned an error'; done
for how in nan inf; do is_so $how 'broken fault: gradient at step 0: not finite'; done
is_so nothing 'broken fault: value at step 0: not finite'
is_so ill 'broken fault: gradient at step 0: killed by SIGILL'
is_so usr1 'broken fault: gradient at step 0: killed by SIGUSR1'
is_so kill9 'broken fault: gradient at step 0: killed by SIGKILL'
is_so chdir 'broken objective fault: create changed the working folder'
is_so fpe 'broken objective fault: gradient at step 0 changed the traps'
is_so ftz 'broken objective fault: gradient at step 0 has subnormal numbers flushed'
is_so round 'broken objective fault: gradient at step 0 changed the rounding mode'
is_so sigsegv 'broken objective fault: create changed what is done on signal 11'
is_so overrun 'broken objective fault: gradient writes beyond the 3 numbers'
is_so modx 'broken objective fault: gradient changes its input'
is_so rand 'broken objective fault: gradient gives two answers'
for how in $harmless; do is_so $how 'holds $'; done

# The same in a method: the objective that it asks next is not the one.
while IFS='|' read -r odd words; do
	$CC -shared -fPIC -w -DODD="$odd" -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/odd.c" -o odd.so -lm ||
		bail_out "odd.c does not build"
	run ratecheck verify gd-convex-smooth:gamma=0.25 --method ./odd.so --objective quadratic:d=3 --steps 20 --quiet --format json
	exits 3 "$odd: exit code 3"
	like "$(verdict .)" "^broken $words" "$odd: the method is named"
done <<'END'
fesetround(FE_UPWARD)|method odd: step at step 4 changed the rounding mode
setlocale(LC_ALL, "C.UTF-8")|.*/odd.so changed the locale .to C.UTF-8
uselocale(newlocale(LC_ALL_MASK, "C", 0))|.*/odd.so changed the locale .of its thread
chdir("/")|.*/odd.so changed the working folder .to /
signal(SIGTERM, SIG_IGN)|.*/odd.so changed what is done on signal 15
END

run ratecheck verify gd-convex-smooth:gamma=0.5 --objective ./fault.so:how=createfail --objective ./fault.so:how=createsilent \
	--quiet --output none
exits 3 "all objectives refuse: exit code 3"
like "$err" 'no, thanks.*' "each says why"
is "$out" "" "nothing is run"
test ! -e none
ok $? "nothing is written"

cp fault.so gone.so
run ratecheck verify gd-convex-smooth:gamma=0.5 --objective ./gone.so:how=unlink --objective quadratic:d=3 --steps 5 --format json
exits 3 "a file that goes away: exit code 3"
like "$out" '"verdict":"broken".*gone.so: No such file' "is named"
like "$out" '"objective":"quadratic.*"verdict":"holds"' "the other objective holds"

$CC -shared -fPIC -w -DEVIL='"../../..evil/x"' -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/theorems.c" -o evil.so -lm
run ratecheck verify gd-convex-smooth:gamma=0.5 --objective ./evil.so --objective quadratic:d=3 --steps 5 --format json
exits 3 "a refused file beside a good objective: exit code 3"
like "$out" "\"verdict\":\"broken\".*evil.so: '../../..evil/x' is no id for a theorem" "its check says why"
like "$out" '"objective":"quadratic.*"verdict":"holds"' "the good one holds"
run ratecheck verify ./evil.so --output evil
exits 3 "refused theorems: exit code 3"
test ! -e evil
ok $? "nothing is written"
for what in "./evil.so gd-pl" "gd-pl ./evil.so" "gd-pl --plugin ./evil.so" "--chapter gradient-descent --plugin ./evil.so"; do
	run ratecheck verify $what --objective quadratic:d=3 --steps 5
	exits 3 "verify $what: exit code 3"
	is "$(printf '%s\n' "$err" | grep -c "evil.so: '../../..evil/x' is no id for a theorem")" 1 "the file is named, once"
	like "$out" '^[0-9]* checks, [1-9][0-9]* held' "the others complete"
done
run ratecheck verify ./evil.so gd-pl --objective quadratic:d=3 --steps 5
like "$out" "^    .*evil.so: '../../..evil/x' is no id" "the end of the table says it, too"
run ratecheck verify gd-pl sgd-pl --method ./evil.so --as gd --objective quadratic:d=3 --steps 5
exits 3 "a refused method"
is "$out" "" "nothing is run"
run ratecheck list --plugin ./evil.so
exits 3 "list of a refused file"
is "$out" "" "lists nothing"

for id in My-theorem my_theorem .mine -mine "$(printf '%065d' 0)"; do
	$CC -shared -fPIC -w -DEVIL="\"$id\"" -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/theorems.c" -o ids.so -lm
	run ratecheck list --plugin ./ids.so
	exits 3 "a theorem called $id"
	like "$err" "'$id' is no id for a theorem: at most 64 lower-case letters, digits, . and - are wanted" "is refused: files are named by it"
done
id=$(printf '%064d' 0)
$CC -shared -fPIC -w -DEVIL="\"$id\"" -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/theorems.c" -o ids.so -lm
run ratecheck verify "./ids.so#$id" --objective huber --steps 9 --output longest --quiet
num "$(ls longest/curves | grep -c "^$id")" '>' 0 "the longest name is a file's"
run ratecheck report --svg --quiet longest
exits 0 "and drawn"

# ---- Theorems: all in one run ----

run ratecheck verify ./theorems.so --objective huber --steps 64 --timeout 0.5 --quiet --format json
exits 1 "theorems: exit code 1, for some are refuted"
of() { # ID ERE: all its lines match
	unlike "$(verdict . "\"theorem\":\"$1\"" | grep -Ev "^$2"; echo)" . "$1: $2"
	like "$(verdict . "\"theorem\":\"$1\"")" "^$2" "$1 has lines"
}
of t-bcrash 'broken t-bcrash: bound at step 0: killed by SIGSEGV'
of t-mmodx "broken theorem t-mmodx: measure, or an oracle of objective .* writes to the state"
of t-bloop 'broken t-bloop: bound at step 0: time limit'
of t-mcrash 'broken t-mcrash: measure at step 6: killed by SIGSEGV'
of t-mfail 'broken t-mfail: measure at step 6: cannot measure at 6'
of t-mnan 'broken at step 6: the measured quantity is not a number'
of t-mnone 'broken t-mnone: measure at step 1 does not write the quantity'
of t-noweight 'broken t-noweight: measure at step 1: no average'
of t-nan 'broken at step 1: the bound is not a number'
of t-impure 'broken theorem t-impure: bound gives two answers'
of t-choosenan 'broken t-choosenan: choose gives gamma no value'
of t-nochoose 'broken t-nochoose: there is no choose'
of t-nomethod "broken t-nomethod: its method: .*no method 'nosuchmethod'"
of t-never 'not-applicable outside the theorem.s range: nothing is admissible'
of t-notapp 'not-applicable never applies'
of t-empty 'not-applicable outside the theorem.s range: gamma in \[5, 6\]'
of t-unknownneed 'broken t-unknownneed: needs phase_of_the_moon: no constant or condition has that name'
like "$err" 'theorems.so: t-unknownneed needs phase_of_the_moon: .*; known are convex, L, mu, .*, one term, .*, finite-sum/1$' \
	"those that there are stand in one line"
is "$(printf '%s\n' "$err" | grep -c t-unknownneed)" 1 "once"
for id in t-inf t-mscale; do of $id 'not-applicable no step can be judged'; done
for id in t-ok t-sqrt t-sigma t-sharpno t-sharpbad t-thalf; do of $id holds; done

run ratecheck verify adgd-convex peg-regret --method gd --objective quadratic:d=3 --steps 8 --quiet --format json
exits 3 "a method that lacks what is measured"
of adgd-convex 'broken adgd-convex: the method gd has no state S, which is measured here'
of peg-regret 'broken peg-regret: the method gd has no state g, which is measured here'
sharp='./theorems.so#t-sharpno ./theorems.so#t-sharpbad ./theorems.so#t-ok ./theorems.so#t-nomethod'
run ratecheck verify $sharp --method gd --as gd --steps 16 --quiet --format json
exits 3 "sharp instances that cannot be made: exit code 3"
like "$(verdict . '"theorem":"t-sharpno","' | head -n 1)" "^broken t-sharpno: its sharp instance: .*no objective 'nosuchthing'" "t-sharpno"
like "$(verdict . '"theorem":"t-sharpbad","' | head -n 1)" "^broken t-sharpbad: its sharp instance: .*no parameter 'delta'" "t-sharpbad"
num "$(grep '"theorem":"t-ok"' out | grep -c '"verdict":"holds"')" '>' 10 "the others complete"
run ratecheck verify './theorems.so#t-nomethod' --dry-run
like "$out" "no method 'nosuchmethod'" "--dry-run says it too"

never="outside the theorem.s range: nothing is admissible"
inf="no step can be judged"
for id in never inf; do
	run ratecheck verify "./theorems.so#t-$id" --quiet
	exits 3 "t-$id in the suite: nothing ran"
	eval "want=\$$id"
	like "$out" "^  $want" "the summary says why, without --objective too"
done

sed 's/phase_of_the_moon/moon.phase/' "$top_srcdir/tests/cases/plugins/theorems.c" >moon.c
cp "$top_srcdir/tests/cases/plugins/common.h" .
$CC -shared -fPIC -w -I"$top_srcdir/include" moon.c -o moon.so -lm
run ratecheck verify './moon.so#t-unknownneed' --objective quadratic:d=3 --quiet --format json
is "$(verdict . '"theorem":"t-unknownneed","' | sort -u)" 'not-applicable needs moon.phase: the objective does not have it, or it is not known' \
	"a name with a dot is the author's own"

# Whichever callback crashes is the one that is named, and another theorem completes.
$CC -shared -fPIC -w -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/callbacks.c" -o callbacks.so -lm
two="./callbacks.so gd-pl --objective quadratic:d=2 --steps 6 --quiet --format json"
run ratecheck verify $two
exits 0 "a theorem with all callbacks"
for callback in applies choose admissible steps weight bound transient factor observe measure; do
	run env BAD=$callback ratecheck verify $two
	like "$(verdict . '"theorem":"callbacks"' | sort -u)" "^broken callbacks: $callback at step [01]: killed by SIGABRT" "$callback"
	like "$(verdict . '"theorem":"gd-pl"' | sort -u)" '^holds $' "beside one that holds"
done
for callback in sharp control; do
	run env BAD=$callback ratecheck verify $two
	like "$err" "callbacks.so: callbacks: $callback at step 0: killed by SIGABRT" "$callback, when the file is read"
	like "$(verdict . '"theorem":"gd-pl"' | sort -u)" '^holds $' "beside one that holds"
done

for case in 't-choosenan:choose gives gamma no value' 't-mnone:measure at step 1 does not write' 't-unknownneed:needs phase_of'; do
	run ratecheck hunt "./theorems.so#${case%%:*}" --evaluations 300
	exits 3 "hunt ${case%%:*}: exit code 3"
	like "$err" "no instance could be judged in 300 tries; one of them: ${case%%:*}: ${case#*:}" "the claim's own fault is what is said"
done
run ratecheck hunt './theorems.so#t-never' --evaluations 300
like "$err" 'no instance could be judged in 300 tries; one of them: .' "one that is never admissible has reasons, too"

# ---- Promises of the headers ----

# Capabilities that end after each of their fields, or behind the last that is known; behind them is no memory.
$CC -shared -fPIC -w -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/cut.c" -o cut.so || bail_out "cut.c does not build"
set --
for end in constants/1:32 start/1:24 gap/1:24 finite-sum/1:48 composite/1:40; do
	bytes=8
	while test $bytes -le "${end#*:}"; do
		set -- "$@" --objective "./cut.so:what=${end%:*},bytes=$bytes"
		bytes=$((bytes + 8))
	done
done
run ratecheck verify gd-convex-smooth:gamma=0.5 sgd-convex-smooth:gamma=0.2 pgd-convex:gamma=0.5 "$@" --steps 10 --format json --quiet
exits 3 "capabilities that are cut"
for least in constants/1:16 start/1:16 gap/1:16 finite-sum/1:32 composite/1:24; do
	like "$(verdict . "bytes=8,what=${least%:*}," | sort -u)" \
		"^broken cut: ${least%:*} has 8 bytes, at least ${least#*:} are wanted .is .size set to sizeof.*" "$least is the least"
	unlike "$(verdict . "bytes=${least#*:},what=${least%:*},")" 'broken' "with which it is taken"
done
unlike "$(verdict . cut:)" '^(refuted|hypothesis|broken .*(killed|not finite))' "nothing is read beyond any end"


for method in twice comp; do
	run ratecheck verify sgd-convex-smooth:gamma=0.25 --objective centres --method ./$method.so --steps 10 --quiet
	exits 0 "$method: samples of one step live beside each other"
done
sed 's/rate_draw(run,8,1)/rate_draw(run,16,1)/' "$top_srcdir/tests/cases/plugins/twice.c" >sixteen.c
$CC -shared -fPIC -w -I"$top_srcdir/include" sixteen.c -o sixteen.so
run ratecheck verify sgd-convex-smooth:gamma=0.25 --objective centres --method ./sixteen.so --steps 10 --quiet
like "$out" 'broken .*draw: purpose 16: they go from 0 to 15' "a purpose that there is not"
for count in 8 9; do
	names=$(printf '"gamma"'; k=1; while test $k -lt $count; do printf ', "s%d"' $k; k=$((k + 1)); done)
	sed "s/schedules\[\] = { \"gamma\" }/schedules[] = { $names }/" "$top_srcdir/tests/cases/plugins/odd.c" >many.c
	$CC -shared -fPIC -w -DODD= -I"$top_srcdir/include" many.c -o many.so || bail_out "many.c does not build"
	run ratecheck list methods --plain --plugin ./many.so
	if test $count = 8; then
		like "$out" '^odd$' "8 step sequences are taken"
	else
		exits 3 "9 step sequences"
		like "$err" 'many.so: odd: .*8' "are refused, with how many may be"
	fi
done
run ratecheck verify gd-convex-smooth --objective ./low.so --steps 10
like "$out" 'measures F - F_star, and only a lower bound of F_star is known' "low: no gap is measured with an f_star known from below"
run ratecheck verify gd-convex-smooth --objective ./small.so --steps 10
like "$out" 'needs convex: the objective does not have it' "small: what the class ends before is not read"

run ratecheck verify gd-convex-smooth sgd-convex-smooth --method gd --as gdd
exits 2 "an unknown --as: exit code 2"
like "$err" '^ratecheck: --as gdd: no theorem chosen is about it; they are about gd, sgd$' "lists the methods"
done_testing
