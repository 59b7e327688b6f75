#! /bin/sh
# The README is true: its example is cut out, built with the line that stands there, and verified; every command line is run,
# those that take long on fewer theorems or instances (the table `short` below; such a line is shown as it was run).
. "$(dirname "$0")/tap.sh"

mkdir "$tmp/build" && cd "$tmp/build" || exit 99
readme=$tmp/readme.md
cat "$top_srcdir/README.md" "$top_srcdir/doc/evidence.md" >"$readme"
# The build folder of the README: ./run and include beside the reader's own files.
printf '#! /bin/sh\nexec "%s/run" "$@"\n' "$top_builddir" >run
chmod +x run
ln -s "$top_srcdir/include" include
mkdir bin
printf '#! /bin/sh\nexec %s "$@"\n' "$CC" >bin/cc
chmod +x bin/cc
PATH=$PWD/bin:$PATH
export PATH

sed -n '/^```c/,/^```/p' "$readme" | sed '/^```/d' >mine.c
test -s mine.c
ok $? "the README has a C example"
num "$(wc -l <mine.c | tr -d ' ')" '<=' 50 "of a page"

# What the lines name: a data file, a theorem and a method of the reader's own, made by the templates.
printf 'a,b,y\n1,2,3\n2,1,4\n3,3,1\n' >data.csv
for kind in theorem method; do
	sed 's/NAME/my/g' "$top_srcdir/plugins/template/$kind.c" >"my-$kind.c"
	cc -O2 -shared -fPIC -I include "my-$kind.c" -o "my-$kind.so" -lm || bail_out "the $kind of the template does not build"
done
mv my-method.so my.so

short() {
	sed -e 's/--effort standard/& gd-pl/' -e 's/report out$/report --best out/' -e 's/data=FILE/data=data.csv/' -e "s/show ID/show $id/" \
		-e 's/^\(.*hunt [a-z-]*\)$/\1 --evaluations 300/' -e 's/^\(.*tighten [a-z-]*\)$/\1 --evaluations 300 --within 0.2/' -e 's/--seconds 10/--evaluations 300/' \
		-e 's/verify \(--objective logistic\)/verify gd-convex-smooth gd-strongly-convex \1/'
}

# try LINE: what it printed stays in $tmp/said-N.
tried=0
try() {
	line=$(printf '%s\n' "$1" | short)
	tried=$((tried + 1))
	test "$line" = "$1" || echo "# run as: $line"
	run sh -c "$line"
	exits 0 "$1"
	cp "$tmp/out" "$tmp/said-$tried"
}

# What a code span says to do.
span() {
	case $1 in
	"./bootstrap "*) like "$("$top_srcdir/bootstrap" --help)" "^  $1 " "$1: a job of bootstrap, run by tests/bootstrap.t" ;;
	"make "*) like "$(sed -n 's/^\([a-z-]*\):.*/make \1/p' "$top_builddir/Makefile")" "^$1\$" "$1: a target" ;;
	"./configure CC=clang CFLAGS="*)
		is "$(for v in CC CFLAGS; do grep -q "[$]$v\>" "$top_srcdir/configure" || echo "$v"; done)" "" "$1: variables that it reads" ;;
	"./configure --with-mpi") like "$(cat "$top_srcdir/configure")" '^  --with-mpi ' "$1: an option" ;;
	"mpirun "*) pass "$1: run by tests/mpi.t" ;;
	"man -l "*)
		page=${1#man -l }
		test -f "$top_builddir/$page" || test -f "$top_srcdir/$page" || ! command -v help2man >/dev/null
		ok $? "$1: a page" ;;
	"verify drori-lb --method "*) try "./run ratecheck $1" ;;
	"--method "*) try "./run ratecheck verify gd-convex-smooth $1" ;;
	"ratecheck verify --method ./my.so --as agd --strict")
		like "$(./run ratecheck verify --help)" '--strict' "$1: an option, run by tests/beside.t" ;;
	"ratecheck help COMMAND" | "ratecheck help glossary") run ./run ratecheck ${1%COMMAND}; exits 0 "$1" ;;
	"ratecheck verify -v") try "./run $1 gd-pl agd-sc" ;;
	"ratecheck verify --instance FILE")
		./run ratecheck hunt ./my-theorem.so --evaluations 300 --format json >found.json
		run ./run ratecheck verify --instance found.json
		case $status in 0 | 1) pass "$1: takes what hunt found" ;; *) exits 0 "$1" ;; esac ;;
	"ratecheck verify --format tap "*)
		run sh -c "./run ${1%%;*}"' gd-pl --steps 64'
		exits 0 "${1%%;*}"
		if prove --formatter TAP::Formatter::JUnit --version >/dev/null 2>&1 &&
			perl -MTAP::Formatter::JUnit -e 1 2>/dev/null; then
			run sh -c "${1#*; }"
			exits 0 "${1#*; }"
			like "$(cat out.xml)" '<testsuite' "is JUnit's XML"
		else
			skip 2 "TAP::Formatter::JUnit is not installed"
		fi ;;
	*) return 1 ;;
	esac
}

awk '/^```/ { code = !code; next } !code && sub(/^    /, "") { sub(/ +# .*/, ""); print }' "$readme" >lines
awk '/^```/ { code = !code; next } !code && !/^    /' "$readme" | tr '\n' ' ' | grep -o '`[^`]*`' | tr -d '`' | sort -u |
	grep -E '^(\.\.?/|make |man |mpirun |verify |ratecheck .*-|--method )' | grep -v '^\./run$' >spans
num "$(wc -l <lines | tr -d ' ')" '>=' 16 "the README has command lines"
num "$(wc -l <spans | tr -d ' ')" '>=' 15 "and commands between its words"
while read -r line <&3; do
	id=$(sed -n '1s/.*"check":"\([^"]*\)".*/\1/p' out/results.jsonl 2>/dev/null)
	case $line in
	"./bootstrap "*) span "$line" ;;
	*" exact "*) if command -v csdp >/dev/null; then try "$line"; else tried=$((tried + 1)); skip 1 "csdp is not installed: $line"; fi ;;
	*--bound-factor*)
		tried=$((tried + 1))
		run sh -c "$line"
		exits 1 "$line" ;;
	*" diff before out"*) cp -R out before && try "$line" ;;
	*) try "$line" ;;
	esac
done 3<lines
while read -r line <&3; do
	span "$line" || fail "no test knows the command '$line'"
done 3<spans

said() { cat "$tmp/said-$(grep -v '^\./bootstrap' lines | grep -n -F -e "$1" | sed 's/:.*//; q')"; }
num "$(said 'verify --objective ./mine' | grep -c '^holds')" '>=' 8 "the example: at least eight theorems hold"
like "$(said 'verify --objective ./mine')" 'Which guarantee explains the run best' "the run ends with the ranking"
unlike "$(said 'probe ./mine')" ' (false|broken) ' "the probe finds nothing wrong"

# Far away the example is the absolute value, and near the minimiser half the square.
cat >far.c <<'END'
#include "mine.c"
int main(void)
{
	size_t d = 1;
	double x[] = { 1e300, -1e4, 1.001 }, f[3];
	for (int i = 0; i < 3; i++) value(&d, x + i, f + i);
	return !(f[0] == 1e300 && fabs(f[1] - 10001 + log(2)) < 1e-11 && fabs(f[2] - 5e-7) < 1e-12);
}
END
cc -O2 -w -I include far.c -o far -lm && ./far
ok $? "the example does not overflow"
sed 's|"L")) out->value = 1;|"L")) out->value = 0.1;|' mine.c >liar.c
cmp -s mine.c liar.c
num $? '!=' 0 "the lie about L is told"
cc -shared -fPIC -I include liar.c -o liar.so -lm
run ratecheck verify gd-convex-smooth --objective ./liar.so:d=4 --quiet
exits 3 "a false L: exit code 3"
like "$out" '^hypothesis-false' "not the theorem's fault"
unlike "$out" '^(refuted|broken)' "and nothing else"
done_testing
