#! /bin/sh
# Every exercise has its solution, and every `ratecheck ...` in exercises and solutions runs. What follows a command, up to
# the next one, is said of it (of a list item or paragraph with one command, all): if that is `refuted` the command ends
# with 1, if it fails --beyond the range of the theorem with 3, else with 0; and `ratio 0.98` is what it finds.
. "$(dirname "$0")/tap.sh"

theorems=$top_srcdir/theorems

prose() { # FILE...: theorem files without their code, and Markdown as it is
	for f in "$@"; do
		case $f in
			*.c) awk -f "$top_srcdir/doc/book/extract.awk" -v prose=1 "$f" ;;
			*) cat "$f" ;;
		esac
	done
}

# Lines "page n" of theorem files: n exercises, numbered 1 to n. (A number that happens to begin a line is a list in a list.)
exercises() {
	for f in "$@"; do
		prose "$f" | awk -v page="$(basename "$f" .c)" '
			/^(## |\*\*)Exercise/ { inside = 1; n += 0; wrong = !/^(## Exercises|\*\*Exercises\.\*\*)$/; next }
			/^(#|\*\*|:::)/ { inside = 0 }
			inside && /^ *[0-9]+\. / { n++; wrong = wrong || $0 !~ "^" n "\\." }
			END { if (n != "") print page, wrong ? "no list" : n }'
	done | sort
}

# The same of a solutions.md.
solutions() {
	awk '/^## / { page = $2; n[page] += 0 }
		/^ *[0-9]+\. / { n[page]++; if ($0 !~ "^" n[page] "\\.") wrong[page] = 1 }
		END { for (p in n) print p, p in wrong ? "no list" : n[p] }' "$1" | sort
}

# Lines "status ratio command", from files in which a command is set in backticks; the ratio is - where none is told.
commands() {
	prose "$@" | awk '
		function flush(   n, told, k) {
			while (match(item, /`ratecheck [^`]*`/)) {
				command[++n] = substr(item, RSTART + 1, RLENGTH - 2)
				said[n - 1] = n > 1 ? substr(item, 1, RSTART - 1) : ""
				before = before substr(item, 1, RSTART - 1)
				item = substr(item, RSTART + RLENGTH)
			}
			said[n] = n == 1 ? before " " item : item
			for (k = 1; k <= n; k++) {
				told = "-"
				if (match(said[k], /ratio [0-9][0-9.]*[0-9]/))
					told = substr(said[k], RSTART + 6, RLENGTH - 6)
				print (said[k] ~ /refuted/ ? 1 : (command[k] ~ /--beyond/ && said[k] ~ /^ *fails|[Tt]he bound fails/) ? 3 : 0), told, command[k]
			}
			item = before = ""
		}
		/^[0-9]+\. / || /^[ \t]*$/ { flush() }
		{ sub(/^ +/, ""); item = item " " $0 }
		END { flush() }'
}

# The largest ratio of a result, to as many places as the one that is told.
largest() { # FILE TOLD
	grep -o '"max_ratio":[0-9.e+-]*' "$1" | awk -F: -v told="$2" '
		{ most = NR == 1 || $2 > most ? $2 + 0 : most }
		END { places = index(told, ".") ? length(told) - index(told, ".") : 0; printf "%.*f", places, most }'
}

for chapter in "$theorems"/*/; do
	chapter=$(basename "$chapter")
	is "$(solutions "$theorems/$chapter/solutions.md")" "$(exercises "$theorems/$chapter"/*.c)" \
		"$chapter: every exercise has its solution"
done
sed '/^3\. /d' "$theorems/gradient-descent/solutions.md" >"$tmp/short.md"
isnt "$(solutions "$tmp/short.md")" "$(exercises "$theorems"/gradient-descent/*.c)" "a solution that is missing is missed"

printf '1. Run\n   `ratecheck show\n   gd-pl` twice.\n2. It is refuted by `ratecheck verify gd-pl`.\n3. `ratecheck a` holds, ratio 0.98; `ratecheck b` is refuted, ratio 1.20.\n' >"$tmp/two.md"
is "$(commands "$tmp/two.md")" "0 - ratecheck show gd-pl
1 - ratecheck verify gd-pl
0 0.98 ratecheck a
1 1.20 ratecheck b" "commands are found, over the ends of lines too, with what is said of them"
printf '{"max_ratio":0.5}\n{"max_ratio":1.19612}\n' >"$tmp/two.jsonl"
is "$(largest "$tmp/two.jsonl" 1.20)" 1.20 "a ratio is read to the places that are told"
for chapter in "$theorems"/*/; do
	prose "$chapter"*.c | grep -q '^[0-9]*\. \(★ \)\{0,1\}\*Compute\.\*' || echo "$chapter"
done >"$tmp/idle"
is "$(cat "$tmp/idle")" "" "each chapter has an exercise for the program"
commands "$theorems"/*/*.c "$theorems"/*/solutions.md | sort -u >"$tmp/commands"
num "$(wc -l <"$tmp/commands" | tr -d ' ')" '>=' 60 "there are commands to run"
mkdir "$tmp/here" && cd "$tmp/here" || exit 99
while read -r want ratio command; do
	rm -rf ./*
	if test "$ratio" = -; then
		run sh -c "$command"
	else
		run sh -c "$command --format json --quiet >'$tmp/found'"
		is "$(largest "$tmp/found" "$ratio")" "$ratio" "the ratio of $command"
	fi
	exits "$want" "$command"
done <"$tmp/commands"
done_testing
