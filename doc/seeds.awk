# The table of seed papers: doc/seeds.tsv with what a run (results.jsonl) says of each theorem.
#
#   awk -f seeds.awk results.jsonl seeds.tsv

function field(name,   text) {
	if (!match($0, "\"" name "\":(\"[^\"]*\"|[^,}]*)"))
		return ""
	text = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
	gsub(/"/, "", text)
	return text
}

FILENAME ~ /jsonl$/ {
	id = field("theorem")
	role = field("role")
	verdict = field("verdict")
	if (role == "control") {
		controls[id]++
		caught[id] += verdict == "refuted"
	} else if (verdict != "not-applicable") {
		ran[id]++
		held[id] += verdict == "holds"
		ratio = field("max_ratio") + 0
		if (ratio > best[id])
			best[id] = ratio
	}
	next
}

FNR == 1 {
	print "# The papers behind the newer chapters\n"
	print "Made by `make seeds` from a run at effort quick. For each paper: what of it is claimed here, the theorems that claim it, how many"
	print "of their instances held, the largest measured / bound among these, how many controls were refuted, and what is left out.\n"
	print "| paper | claim | theorem | held | largest ratio | controls refuted | left out |"
	print "| --- | --- | --- | --- | --- | --- | --- |"
	next
}

{
	for (k = 2; k <= 5; k++)
		gsub(/\|/, "\\|", $k)
	split("", ids)
	n = split($4, ids, ",")
	for (i = 1; i <= n; i++) {
		id = ids[i]
		if (!(id in ran)) {
			print FILENAME ": " id " has not run" >"/dev/stderr"
			failed = 1
		}
		printf "| %s | %s | %s | %d of %d | %.4g | %d of %d | %s |\n", i == 1 ? $2 : "", i == 1 ? $3 : "", id,
			held[id], ran[id], best[id], caught[id], controls[id], i == 1 ? $5 : ""
	}
}

END { exit failed }
