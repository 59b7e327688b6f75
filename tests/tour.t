#! /bin/sh
# The README's tour is word by word what a terminal of 80 columns shows; only times differ.
. "$(dirname "$0")/tap.sh"

command -v script >/dev/null || skip_all "script(1) is not installed"
cd "$tmp" || bail_out "no folder"
printf '#! /bin/sh\nexec "%s/run" "$@"\n' "$top_builddir" >run
chmod +x run

# Each command line that has a block of output below it: N.cmd and N.want.
awk '
	/^```text/ { block = n && last == NR - 2; if (block) print command >(n ".cmd"); next }
	/^```/ { if (block) close(n ".want"); block = 0; next }
	block { print >(n ".want"); next }
	/^    \.\/run / { command = substr($0, 5); n++; last = NR }' "$top_srcdir/README.md"
locale=C.UTF-8
shown=0
for cmd in *.cmd; do
	n=${cmd%.cmd}
	shown=$((shown + 1))
	TERM=dumb LC_ALL=$locale script -qec "stty cols 80 rows 24; $(cat "$cmd")" /dev/null </dev/null | tr -d '\r' |
		sed 's/^time: .*/time:/' >"$n.got"
	sed 's/^time: .*/time:/' "$n.want" >"$n.mine"
	run diff "$n.mine" "$n.got"
	is "$status $out" "0 " "$(cat "$cmd")"
	# What is to be pasted is one line, however long.
	num "$(grep -v '^    ratecheck ' "$n.got" | sed 's/…/./g' | awk '{ if (length > m) m = length } END { print m + 0 }')" '<=' 80 "within 80 columns"
done
num "$shown" '==' 3 "commands with what they print"
done_testing
