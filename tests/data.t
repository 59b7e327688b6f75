#! /bin/sh
# Data files from the command line: read right, or refused in one line that names file, line, column and reason.
. "$(dirname "$0")/tap.sh"
cd "$top_srcdir/tests/cases/data" || exit 99

verify() { run ratecheck verify gd-convex-smooth --steps 5 --quiet --objective "$@"; }

refused() { # FILE ERE
	verify "least-squares:data=$1"
	exits 3 "$1: exit code 3"
	like "$err" "^ratecheck: least-squares: (.*/)?$1: $2" "$1: says where and why"
	is "$(wc -l <"$tmp/err" | tr -d ' ')" 1 "$1: in one line"
	is "$out" "" "$1: nothing is run"
}

measured() { printf '%s\n' "$out" | sed -n 's/.*"max_ratio":\([^,]*\),.*"measurements":\("[^"]*"\).*/\1 \2/p'; }

# same FILE TEXT: the file has the same rows as TEXT, to the last bit of what is measured.
same() {
	printf "$2" >"$tmp/plain.csv"
	verify "least-squares:data=$tmp/plain.csv" --format json
	want=$(measured)
	verify "least-squares:data=$1" --format json
	exits 0 "$1: exit code 0"
	isnt "$want" "" "$1: measured"
	is "$(measured)" "$want" "$1: read right"
}

same comments.svm '0.5,1,0,1\n-1,0,0.25,-1\n0,2,0,1\n'
same labelfirst.svm '0,0,0,1\n-1,0,0.25,-1\n0,2,0,1\n.1,-1,1,-1\n'
same labelfirst2.svm '0,0,0,1\n-1,0,0.25,-1\n0,2,0,1\n.1,-1,1,-1\n'
same cronly.csv '1,2,3\n2,1,4\n3,3,1\n'
same decimalcomma.csv '1.1,2.2,3.3,4.1\n1.2,2.7,0.3,1.1\n5.1,2.2,3.9,2.1\n'
same decimalcomma2.csv '0.435,2.87\n1.286,4.5\n0.118,2.059\n'
same fixed.dat '0.00632,18,2.31,24\n0.02731,0,7.07,21.6\n0.02729,0,7.07,34.7\n'
same space_header.dat '1,2,3\n2,1,4\n.5,.2,1\n'
same ok.svm.gz "$(gzip -dc ok.svm.gz | awk '{ v[1] = v[2] = v[3] = 0
	for (k = 2; k <= NF; k++) { split($k, p, ":"); v[p[1]] = p[2] }
	printf "%s,%s,%s,%s\\n", v[1], v[2], v[3], $1 }')"

refused duplicate.svm 'line 1, column 3: index 1 stands twice'
refused zero.svm 'line 1, column 2: index 0: indices count from 1'
refused over.csv "line 1, column 1: too large for a double: '1e400'"
refused singlequote.csv "line 1, column 2: not a number"
refused thousands.csv "line 1, column 1: a comma inside a number .*'1,234.5'"
refused utf16.csv 'line 1, column 1: UTF-16.*iconv -f UTF-16LE -t UTF-8 OLD >NEW'
refused utf16bom.csv 'line 1, column 1: UTF-16.*iconv -f UTF-16 -t UTF-8 OLD >NEW'
refused empty.csv 'line 1, column 1: the file ends without a row of numbers'
refused headeronly.csv 'line 2, column 1: the file ends without a row of numbers'
for f in wide.svm sparse2.svm; do
	verify "least-squares:data=$f" # rows that stay sparse may be of any length
	exits 0 "$f: exit code 0"
	verify "logistic:data=$f" --format json
	like "$out" '"verdict":"holds"' "$f: logistic"
done

# Points of which each takes the gradients of all terms: as many as the work cap allows, or none, and why.
point() { run ratecheck verify "$1" --quiet --memory 600 --format json --objective "logistic:data=rcv1-like-$2"; }
point clip-alpha-bias 40
like "$out" '"verdict":"holds".*"lowered":"1[0-9] points instead of 400 \(work cap\)"' "many long terms: fewer points"
for theorem in clip-alpha-bias lem-minibatch-expected-smoothness; do
	point $theorem 3000
	like "$out" '"verdict":"not-applicable".*a point of it takes more than 2841 gradients of terms, 47236 numbers each' \
		"$theorem: too many long terms accuse nobody"
done
point minibatch-variance 3000
like "$out" '"verdict":"not-applicable".*n d is at most 2\^26' "minibatch-variance: nor do those that are kept"

cd "$tmp" || exit 99
awk 'BEGIN { for (i = 1; i <= 1000; i++) print i % 2, 800 * i ":1" }' >rows.svm
verify "least-squares:data=rows.svm" # 800 million entries, 1000 of which are there
exits 0 "rows.svm: exit code 0"
mkdir folder.d
refused folder.d 'a folder; name a file in it'
mkfifo pipe.csv
refused pipe.csv 'not a regular file'
gzip -c "$top_srcdir/tests/cases/data/fixed.dat" | head -c 60 >cut.gz
refused cut.gz 'cannot be read to its end: the gzip data are damaged'
refused no-such-set 'neither a file of this folder nor a built-in data set; these are breast-cancer, digits, iris, '
refused no-such.csv 'No such file'
printf 'a,y\n1,0\n2,\033[31m\n' >colour.csv
refused colour.csv "line 3, column 2: not a number: '[?]\[31m'"

# A name without a dot: the file of this folder, else the built-in set; a folder of that name hides nothing.
mkdir longley
verify least-squares:data=longley
exits 0 "the built-in data set"
rmdir longley
printf '1,2,3\n4,5\n' >longley
refused longley 'line 2, column 2: the row ends here'

printf '1,2,3\n1,2,4\n' >constant.csv
verify least-squares:data=constant.csv
exits 3 "constant columns: exit code 3"
like "$err" 'all rows are zero: no column of features has two different values' "constant columns: the reason"
printf '1,2,3\n2,1,4\n3,3,1\n' >three.csv
verify logistic:data=three.csv
exits 3 "three labels: exit code 3"
like "$err" '^ratecheck: logistic: three.csv: the last column has not exactly two values' "three labels: the reason"

# Squares of what a double just holds are none.
printf '1e300,1\n3e300,2\n2e300,4\n' >large.csv
same large.csv '1,1\n3,2\n2,4\n'
printf '9.3326361850321888e-302,1\n2.7997908555096566e-301,2\n1.8665272370064378e-301,4\n' >small.csv # 2^-1000
same small.csv '1,1\n3,2\n2,4\n'

# Options behind the file: the same bits as a file that was edited by hand, or refused by name.
printf 'a,b,c\n1,2,7\n2,1,3\n.5,.25,3\n4,0,9\n' >abc.csv
cp abc.csv odd@target=b.csv
options() { # SPEC SPEC: two objectives with the same measurements
	verify "$1" --format json
	exits 0 "$1: exit code 0"
	got=$(measured)
	isnt "$got" "" "$1: measured"
	verify "$2" --format json
	is "$(measured)" "$got" "$1: as $2"
}
printf '1,7,2\n2,3,1\n.5,3,.25\n4,9,0\n' >acb.csv
printf '2,7,1\n1,3,2\n.25,3,.5\n0,9,4\n' >bca.csv
printf '1,2,1\n2,1,0\n.5,.25,0\n4,0,0\n' >seven.csv
printf '1,2,1,7\n2,1,1,3\n.5,.25,1,3\n4,0,1,9\n' >ones.csv
printf '1 1:1\n-1 1:2 3:.5\n1 2:1 40:1\n-1 40:2\n' >few.svm
printf '1 1:1 41:1\n-1 1:2 3:.5 41:1\n1 2:1 40:1 41:1\n-1 40:2 41:1\n' >few1.svm
options least-squares:data=abc.csv@target=b least-squares:data=acb.csv
options least-squares:data=abc.csv@target=1 least-squares:data=bca.csv
options least-squares:data=abc.csv@target=c least-squares:data=abc.csv
options logistic:data=abc.csv@positive=7 logistic:data=seven.csv
options least-squares:data=abc.csv@intercept@standardise=none least-squares:data=ones.csv@standardise=none
options logistic:data=few.svm@intercept logistic:data=few1.svm
options least-squares:data=odd@target=b.csv least-squares:data=abc.csv
verify logistic:data=abc.csv@positive=7@intercept --output run.d
like "$(cat run.d/run.json)" '"abc.csv": *"[0-9a-f]{16}"' "the file is one of the run's files"

unoption() { # SPEC ERE
	verify "$1"
	exits 3 "$1: exit code 3"
	like "$err" "$2" "$1: names the option"
	is "$(wc -l <"$tmp/err" | tr -d ' ')" 1 "$1: in one line"
}
unoption least-squares:data=abc.csv@targt=b "abc.csv: there is no option 'targt=b' of a data set; there are target=COLUMN"
unoption least-squares:data=abc.csv@ "there is no option ''"
unoption least-squares:data=abc.csv@standardise=some "no option 'standardise=some'"
unoption least-squares:data=abc.csv@positive=x "no option 'positive=x'"
unoption least-squares:data=abc.csv@target=d "line 1, column 3: the target 'd' is neither a name of the header nor the number"
unoption least-squares:data=abc.csv@target=4 "the target '4' is neither"
unoption least-squares:data=seven.csv@target=0 "the target '0' is neither"
unoption logistic:data=abc.csv@positive=8 'no row has the target 8'
unoption logistic:data=few.svm@target=1 'a LIBSVM file has its target in front'
unoption least-squares:data=few.svm@standardise=columns 'mostly zeros, which standardised columns are not'
unoption logistic:data=a9a-like-300@positive=1 'its labels are made with it'
printf 'a,a,c\n1,2,7\n2,1,3\n' >twice.csv
unoption least-squares:data=twice.csv@target=a "line 1, column 2: a second column 'a'"

done_testing
