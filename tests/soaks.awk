# Adds up what runs of tests/soak wrote:
#
#     awk -f tests/soaks.awk one.md two.md >doc/soak.md
#
/^Made by/ {
	split($0, quoted, "\"")
	split(quoted[2], how, " ")
	made[how[1]] = made[how[1]] (made[how[1]] == "" ? "" : ", ") how[2]
	for (i = 1; i <= NF; i++)
		if ($i == "processor")
			seconds += $(i - 3)
}
/ theorems, [0-9]+ instances: / { theorems = $0; sub(/ theorems.*/, "", theorems); sub(/.* /, "", theorems) }
/Besides, [0-9]+ functions/ { far = $0; sub(/.*Besides, /, "", far); overflows += far }
/^\| [a-z0-9-]+ \| [0-9]/ {
	if (!($2 in checks))
		theorem[++n] = $2
	checks[$2] += $4
	for (k = 1; k <= 5; k++)
		sum[$2, k] += $(4 + 2 * k)
	if ($16 > most[$2])
		most[$2] = $16
	fell[$2] += $18
}
END {
	for (i = 1; i <= n; i++) {
		all += checks[theorem[i]]
		falls += fell[theorem[i]]
		for (k = 1; k <= 4; k++)
			of[k] += sum[theorem[i], k]
	}
	print "# Soak\n"
	for (size in made)
		print "Made by `make soak SOAK=\"" size " SEED\"` with the seeds " made[size] "."
	printf "%d s of processor time; the tables are added up.\n\n", seconds
	print "True theorems on random admissible instances: constants and lengths from 1e-8 to 1e8 times those of the " \
	      "objective,\nvalues shifted by 0, 1, 1e3, 1e9, starts 1e-8 to 1e8 from the minimiser, up to 20000 steps, " \
	      "kappa = 1 and near it,"
	printf "one term, dimension 1, no noise. %d theorems, %d instances: %d single paths, %d exact means, %d sampled,\n",
	       theorems, all, of[1], of[2], of[3]
	printf "%d sets of points. %d fell: refuted, broken, or with a hypothesis that was found false. Besides, %d " \
	       "functions were\nnot finite where they were asked (cosh far out).\n\n", of[4], falls, overflows
	print "| theorem | instances | path | exact | sampled | points | with unjudged steps | largest ratio | fell |"
	print "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
	for (i = 1; i <= n; i++) {
		printf "| %s | %d |", theorem[i], checks[theorem[i]]
		for (k = 1; k <= 5; k++)
			printf " %d |", sum[theorem[i], k]
		printf " %.4g | %d |\n", most[theorem[i]], fell[theorem[i]]
	}
}
