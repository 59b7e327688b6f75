# A TAP producer for shell scripts, to be sourced:
#
#	#! /bin/sh
#	. "$(dirname "$0")/tap.sh"
#	run ratecheck list objectives --plain
#	exits 0 "list"
#	like "$out" '^quadratic$' "the quadratic is built in"
#	done_testing
#
# Gives: $tmp, an empty folder removed at the end; $top_srcdir, $top_builddir,
# $CC (absolute folders and the compiler). A script started by itself goes
# through ./run of the current folder to get them.

if test -z "${top_builddir-}"; then
	if test -x ./run; then
		exec ./run "$0" "$@"
	fi
	echo "Bail out! start me from the build folder, or by its ./run"
	exit 255
fi

LC_ALL=C
export LC_ALL
tap_points=0
tap_failed=0
tap_done=
tmp=$(mktemp -d "${TMPDIR:-/tmp}/ratecheck-test.XXXXXX") || exit 99
trap 'tap_status=$?; rm -rf "$tmp"; test -n "$tap_done" || echo "# ended before done_testing, status $tap_status"; exit $tap_status' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# diag TEXT...: one comment line for each line of the text.
diag() {
	printf '%s\n' "$*" | sed 's/^/# /'
}

# tap_point STATUS MESSAGE
tap_point() {
	tap_points=$((tap_points + 1))
	tap_text=$(printf '%s' "$2" | tr '\n' ' ' | sed 's/#/\\#/g')
	if test "$1" = 0; then
		printf 'ok %d - %s\n' "$tap_points" "$tap_text"
		return 0
	fi
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_points" "$tap_text"
	return 1
}

# ok STATUS MESSAGE: `test -s "$file"; ok $? "the file is there"`
ok() {
	tap_point "$1" "$2" || { diag "status $1"; return 1; }
}

pass() { tap_point 0 "$1"; }
fail() { tap_point 1 "$1"; }

# is GOT WANT MESSAGE: equal texts.
is() {
	if test "x$1" = "x$2"; then
		tap_point 0 "$3"
	else
		tap_point 1 "$3"
		diag "got:"; diag "$1"; diag "want:"; diag "$2"
		return 1
	fi
}

# isnt GOT OTHER MESSAGE: different texts.
isnt() {
	if test "x$1" != "x$2"; then
		tap_point 0 "$3"
	else
		tap_point 1 "$3"
		diag "both are:"; diag "$1"
		return 1
	fi
}

# like TEXT ERE MESSAGE: a line of the text matches.
like() {
	if printf '%s\n' "$1" | grep -E -e "$2" >/dev/null; then
		tap_point 0 "$3"
	else
		tap_point 1 "$3"
		diag "no line matches $2 in:"; diag "$(printf '%s\n' "$1" | head -n 40)"
		return 1
	fi
}

# unlike TEXT ERE MESSAGE: no line of the text matches.
unlike() {
	if printf '%s\n' "$1" | grep -E -e "$2" >"$tmp/.unlike"; then
		tap_point 1 "$3"
		diag "matches $2:"; diag "$(head -n 10 "$tmp/.unlike")"
		return 1
	else
		tap_point 0 "$3"
	fi
}

# num GOT OP WANT MESSAGE: numbers compared as doubles; OP is one of < <= == >= > !=
num() {
	if awk -v a="$1" -v b="$3" 'BEGIN {
		number = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$"
		if (a !~ number || b !~ number) exit 1
		a += 0; b += 0
		exit !(a '"$2"' b) }'; then
		tap_point 0 "$4"
	else
		tap_point 1 "$4"
		diag "$1 $2 $3 does not hold"
		return 1
	fi
}

# run COMMAND...: keeps $status, $out, $err; the streams also as $tmp/out and
# $tmp/err, where line ends and NUL bytes are kept.
run() {
	"$@" </dev/null >"$tmp/out" 2>"$tmp/err"
	status=$?
	out=$(cat "$tmp/out")
	err=$(cat "$tmp/err")
	return 0
}

# exits WANT MESSAGE: the status of the last `run`; on failure shows what it said.
exits() {
	if test "$status" = "$1"; then
		tap_point 0 "$2"
	else
		tap_point 1 "$2"
		diag "exit status $status, not $1; stderr:"
		diag "$(head -n 40 "$tmp/err")"
		diag "stdout:"
		diag "$(head -n 20 "$tmp/out")"
		return 1
	fi
}

# skip N WHY: N points that cannot be tried here.
skip() {
	tap_left=$1
	while test "$tap_left" -gt 0; do
		tap_points=$((tap_points + 1))
		echo "ok $tap_points # SKIP $2"
		tap_left=$((tap_left - 1))
	done
}

# skip_all WHY: ends the script.
skip_all() {
	echo "1..0 # SKIP $1"
	tap_done=1
	exit 0
}

# bail_out WHY: no test at all makes sense; prove stops the whole run.
bail_out() {
	echo "Bail out! $1"
	tap_done=1
	exit 255
}

# The plan comes last: it proves that the script came to its end.
done_testing() {
	echo "1..$tap_points"
	tap_done=1
	if test "$tap_failed" != 0; then
		diag "$tap_failed of $tap_points failed"
		exit 1
	fi
	test "$tap_points" != 0 || exit 1
	exit 0
}
