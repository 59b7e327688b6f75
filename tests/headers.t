#! /bin/sh
# What an author sees: every public header compiles alone, twice in one file, in
# C and in C++, under more warnings than an author is likely to turn on; and a
# built-in plugin exports one symbol, so that no two of them can meet.
. "$(dirname "$0")/tap.sh"

common="-fsyntax-only -I$top_srcdir/include -Wall -Wextra -Wpedantic -Werror -Wshadow
	-Wconversion -Wsign-conversion -Wcast-qual -Wundef -Wwrite-strings
	-Wpointer-arith -Wredundant-decls"
c_only="-std=c11 -Wstrict-prototypes -Wmissing-prototypes"
cxx_only="-std=c++17 -Wold-style-cast -Wnon-virtual-dtor -Wzero-as-null-pointer-constant"

# compile COMPILER FLAGS FILE
compile() {
	run "$1" $common $2 "$3"
	exits 0 "$1 $(basename "$3")"
}

cd "$top_srcdir/include/ratecheck" || bail_out "no public headers"
for header in *.h; do
	for suffix in c cc; do
		echo "#include \"ratecheck/$header\"
#include \"ratecheck/$header\"
typedef int not_empty;" >"$tmp/${header%.h}.$suffix"
	done
done
cd "$top_builddir" || bail_out "no build folder"

for cc in gcc clang; do
	if command -v $cc >/dev/null; then
		for file in "$tmp"/*.c; do compile $cc "$c_only" "$file"; done
	else
		skip 1 "$cc is not installed"
	fi
done
for cxx in g++ clang++; do
	if command -v $cxx >/dev/null; then
		for file in "$tmp"/*.cc; do compile $cxx "$cxx_only" "$file"; done
	else
		skip 1 "$cxx is not installed"
	fi
done

# A theorem in the words of kit.h, without a warning.
sed 's/NAME/mine/' "$top_srcdir/plugins/template/theorem.c" >"$tmp/theorem.c"
compile gcc -std=c11 "$tmp/theorem.c"
sed 's/ RANGE,/ .params = RATE_ROWS(params),/; s/\.bound/.choose = choose, .admissible = admissible, .bound/
	s/SHARP_AND_CONTROL/.sharp = sharp, .control = control/' "$tmp/theorem.c" >"$tmp/theorem.cc"
compile g++ "-std=c++20 -Wno-error=missing-field-initializers" "$tmp/theorem.cc"

for module in objectives/.libs/*.so methods/.libs/*.so theorems/.libs/*.so; do
	nm -D --defined-only "$module" | sed 's/.* //' | grep -v '^_'
	echo "$module" >>"$tmp/modules"
done | sort -u >"$tmp/symbols"
is "$(cat "$tmp/symbols")" ratecheck_plugin "what the $(wc -l <"$tmp/modules") modules export"
is "$(cat "$top_srcdir"/*/local.mk | grep -o '[a-z]*/[a-z0-9-]*\.la' | sort -u | sed 's,.*/,,' | sort | uniq -d)" "" \
	"no two modules have one name: they are installed into one folder"

done_testing
