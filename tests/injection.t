#! /bin/sh
# Texts are data: whatever stands in a results folder, in a plugin's words or in a file's name, no groff, gnuplot, shell,
# TAP harness, browser or terminal takes it for a command.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

cd "$tmp" || bail_out "no folder"
escape=$(printf '\033')

# ---- A plugin with such words, in a file with such a name ----
cat >evil.c <<'END'
#include "ratecheck/ratecheck.h"

enum { GAMMA };
static void choose(const rate_case *c, double fraction, double *param) { param[GAMMA] = fraction / c->L; }
static double bound(const rate_case *c, double t) { return c->D2 / (2 * c->param[GAMMA] * t); }
static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
#define EVIL "f''(x) \"q\" `touch pwned` $(touch pwned) @x \\# TODO # SKIP it\n.sy touch pwned\n.pso touch pwned\nT}\n'sy x\n" \
	"Bail out!\n<script>x</script> \\write18{touch pwned} \\input{/etc/passwd} \033[31mred\033]0;title\007 \xc2\x9b" "31m \xe2\x80\xae" \
	"END\nsystem('touch pwned')"
static const rate_theorem one = { .size = sizeof one, .abi = RATE_ABI, .id = "evil", .chapter = EVIL, .title = EVIL,
	.statement = EVIL, .quantity = EVIL, .formula = EVIL, .source = EVIL, .kind = RATE_DETERMINISTIC, .method = "gd",
	.needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .bound = bound,
	.measure = rate_measure_gap };
static const rate_theorem two = { .size = sizeof two, .abi = RATE_ABI, .id = "second", .chapter = "mine", .title = "f''(x)",
	.statement = "f''(x) <= L", .quantity = "f''(x)", .formula = "f''(x)", .source = "f''(x)", .kind = RATE_DETERMINISTIC,
	.method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .bound = bound,
	.measure = rate_measure_gap };
static const rate_theorem *const theorems[] = { &one, &two };
RATE_PLUGIN("evil", "1", "MIT", .theorems = RATE_LIST(theorems))
END
name="it's \$(touch pwned)\`touch pwned\`.so"
$CC -shared -fPIC -I"$top_srcdir/include" evil.c -o "$name" -lm || bail_out "the plugin does not build"

on="--objective quadratic:d=3 --objective quadratic:d=4 --steps 20 --quiet"
run ratecheck verify --plugin "./$name" evil second $on --output res
exits 0 "a plugin with hostile words is a plugin"
unlike "$out$err" "$escape" "the table shows no escape sequence"
for what in "list theorems --plugin" "list theorems --json --plugin"; do
	run ratecheck $what "./$name"
	unlike "$out$err" "$escape|$(printf '\302\233')" "ratecheck $what shows none"
done
run ratecheck show --plugin "./$name" evil
unlike "$out$err" "$escape" "nor does show"
run ratecheck show --results res "$(sed -n 's/.*"check":"\(evil[^"]*\)".*/\1/p' res/results.jsonl | head -n 1)"
exits 0 "show of a check"
unlike "$out$err" "$escape" "shows none"

replay=$(sed -n 's/.*"replay":"\(.*\)"}$/\1/p' res/results.jsonl | head -n 1 | sed 's/\\"/"/g; s/\\\\/\\/g')
run sh -c "$replay --quiet"
exits 0 "the replay line can be pasted, whatever the file is called"
test ! -e pwned; ok $? "and runs nothing else"

ratecheck verify --plugin "./$name" evil second $on --format tap >tap
if command -v prove >/dev/null; then
	run prove -v -e "cat" tap
	like "$out" '^Result: PASS' "prove reads it"
	unlike "$out$err" 'TODO passed|skipped:|Bailout' "as points, none of them marked"
	sed 's/^ok 1 /not ok 1 /' tap >tap.failed
	run prove -e cat tap.failed
	exits 1 "a point that failed fails, whatever its words"
else
	skip 3 "prove is not installed"
fi

# ---- A folder that somebody else has made ----
tools=
for tool in gnuplot groff; do
	command -v $tool >/dev/null || tools="$tools $tool"
done
if test -n "$tools"; then
	echo "# not installed:$tools"
	done_testing
	exit
fi
forge() { # KEY TEXT...: the results of a true run with other texts
	awk -v key="$1" -v text="$2" '{ i = index($0, "\"" key "\":\""); if (!i) { print; next }
		head = substr($0, 1, i + length(key) + 3); rest = substr($0, length(head) + 1); sub(/^([^"\\]|\\.)*/, "", rest)
		print head text rest }' res/results.jsonl >forged && mv forged res/results.jsonl
}
evil="x\\\\\\\\n.sy touch pwned\\\\n.sy touch pwned\\\\n'''' \\\\\"q\\\\\" \`touch pwned\` \$(touch pwned) @x system('touch pwned') \\\\u001b[31m"
for key in verdict reason objective brief parameters statistic note lowered conduct method replay; do
	forge "$key" "$evil"
done
like "$(head -n 1 res/results.jsonl)" '"verdict":"x.*sy touch' "the results are forged"
for macro in s.tmac tmac.s pdf.tmac troffrc troffrc-end an.tmac figures/s.tmac .gnuplot gnuplotrc; do
	mkdir -p res/figures
	printf '.sy touch pwned\n.sy touch %s/pwned\nsystem "touch pwned"\n' "$tmp" >"res/$macro"
done
run ratecheck report --quiet res
exits 0 "a report of such a folder is drawn"
run ratecheck report --latex --quiet res
exits 0 "and its figures for LaTeX"
is "$(find . -name pwned)" "" "nothing of it is run"
is "$(head -c 5 res/report.pdf)" "%PDF-" "report.pdf is a PDF"
unlike "$(cat res/index.html res/theorems/*.html)" '<script>x|<b>x' "words are no HTML"
unlike "$(cat res/figures/*.gp res/latex/*.gp)" '[`@]' "and no gnuplot"
unlike "$(cat res/latex/main.tex)" '\\write18|\\input[{]/' "and no TeX"
test ! -e res/.draw; ok $? "no file is left over"
run ratecheck show --results res "$(sed -n 's/.*"check":"\(evil[^"]*\)".*/\1/p' res/results.jsonl | head -n 1)"
unlike "$out$err" "$escape" "show gives a terminal no commands"
run ratecheck diff res res
unlike "$out$err" "$escape" "nor does diff"

# ---- Ids are names of files ----
for id in '../../pwned' 'a b' 'a/b' 'A' '-x' '.x' 'x\\n' 'x\\u001b' ''; do
	sed "s#\"check\":\"[^\"]*\"#\"check\":\"$id\"#" res/results.jsonl >bad.jsonl
	mkdir -p bad
	mv bad.jsonl bad/results.jsonl
	run ratecheck report --quiet bad
	exits 3 "check '$id' is refused"
	like "$err" '^ratecheck: bad/results.jsonl:1: ' "with file and line"
done
sed 's#"theorem":"[^"]*"#"theorem":"a;b"#' res/results.jsonl >bad/results.jsonl
run ratecheck report --quiet bad
exits 3 "a theorem that is no id is refused, too"

# ---- Links ----
mkdir outside
cp -R res linked
rm -rf linked/figures
ln -s ../outside linked/figures
run ratecheck report --png --quiet linked
exits 3 "a folder that is a link is not written into"
is "$(ls outside)" "" "nothing is"
rm linked/figures
rm -rf linked/theorems
ln -s ../outside linked/theorems
run ratecheck report --html --quiet linked
exits 3 "nor is one for the theorems"
is "$(ls outside)" "" "again nothing"
rm -rf linked/theorems linked/index.html
echo mine >outside/mine
for name in index.html report.css report.pdf .draw .lock; do
	rm -rf "linked/$name"
	ln -s ../outside/mine "linked/$name"
done
run ratecheck report --quiet linked
exits 3 "a lock that is a link is none"
rm linked/.lock
run ratecheck report --quiet linked
exits 0 "links in the place of its files are replaced"
is "$(cat outside/mine)" "mine" "not followed"
done_testing
