# What gcov says of each object (gcov -n -b), added up by folder: a table in Markdown, then the files far below the aim.
# -v top=FOLDER are the sources, of=WORDS what was run if not all tests. Headers count in kernels/ alone, where they
# hold the code; of what is compiled for several instruction sets the best object counts.
function percent(part, whole) { return whole ? sprintf("%.1f", 100 * part / whole) : "-" }

function number(text) { # "Lines executed:91.67% of 60" -> covered, all
	all = text
	sub(/.* of /, "", all)
	sub(/[^:]*:/, "", text)
	return (text + 0) / 100 * all
}

function keep(what, covered) {
	if ((what, file) in total && covered <= hit[what, file])
		return
	hit[what, file] = covered
	total[what, file] = all
}

function count_in(room, i, what) {
	files_in[room]++
	for (i = 1; i <= 2; i++) {
		what = substr("lb", i, 1)
		hit_in[what, room] += hit[what, file]
		all_in[what, room] += total[what, file]
	}
}

/^File / {
	file = substr($0, 7, length($0) - 7)
	if (index(file, top "/") == 1)
		file = substr(file, length(top) + 2)
	wanted = file ~ /^(verify|plugins|reports)\/.*\.c$|^kernels\//
	if (wanted)
		files[file] = 1
}
wanted && /^Lines executed/ { keep("l", number($0)) }
wanted && /^Taken at least once/ { keep("b", number($0)) }
/^$/ { wanted = 0 }

END {
	print "# Coverage\n\nMade by `make coverage` on " day ": what " (of ? of : "the tests") " run, child processes too. The aim is"
	print "95 % of the lines and 85 % of the branches of verify/, plugins/ and reports/.\n"
	print "| folder | files | lines | of them run | branches | of them taken |"
	print "| --- | --- | --- | --- | --- | --- |"
	for (file in files) {
		split(file, piece, "/")
		part = piece[1] == "verify" ? piece[1] "/" piece[2] : piece[1]
		count_in(part)
		if (part != piece[1])
			count_in("verify, all")
		if (total["l", file] >= 20 && hit["l", file] < 0.85 * total["l", file])
			low = low sprintf("| %s | %d | %s %% | %s %% |\n", file, total["l", file],
				percent(hit["l", file], total["l", file]), percent(hit["b", file], total["b", file]))
	}
	fflush()
	for (room in files_in)
		printf "| %s | %d | %d | %s %% | %d | %s %% |\n", room, files_in[room], all_in["l", room],
			percent(hit_in["l", room], all_in["l", room]), all_in["b", room],
			percent(hit_in["b", room], all_in["b", room]) | "sort"
	close("sort")
	if (low != "") {
		print "\nFiles of 20 lines and more of which less than 85 % are run:\n"
		print "| file | lines | run | branches taken |\n| --- | --- | --- | --- |"
		fflush()
		printf "%s", low | "sort"
		close("sort")
	}
}
