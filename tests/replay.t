#! /bin/sh
# The replay line of a check repeats it: parameters that are words, points without objective, methods and bounds of
# controls.
. "$(dirname "$0")/tap.sh"

field() { # FILE NAME
	sed 's/.*"'"$2"'":"\{0,1\}\([^,"]*\).*/\1/' "$1"
}

for theorem in clip-bias-exact clip-bias-lb li-subgrad-recursion drori-lb; do
	run ratecheck verify "$theorem" --format json --quiet
	printf '%s\n' "$out" | grep '"theorem":"'"$theorem"'"' | grep -v '"role":"instance"' >"$tmp/checks"
	while read -r line; do
		printf '%s\n' "$line" >"$tmp/one"
		replay=$(sed 's/.*"replay":"\([^"]*\)".*/\1/' "$tmp/one")
		sh -c "$replay --format json --quiet" </dev/null | grep '"theorem":"'"$theorem"'"' | grep -v '"role":"control"' |
			head -n 1 >"$tmp/again"
		# What a control shows beyond the theorem's range blames no theorem when it is asked for alone.
		case $(field "$tmp/again" reason) in
		"outside the theorem's range"*) wanted=hypothesis-false ;;
		*) wanted=$(field "$tmp/one" verdict) ;;
		esac
		is "$(field "$tmp/again" verdict) $(field "$tmp/again" max_ratio)" "$wanted $(field "$tmp/one" max_ratio)" \
			"$replay"
	done <"$tmp/checks"
done

# A parameter that the user fixes stands against that of an instance.
run ratecheck verify clip-bias-lb:gamma=0.5
exits 0 "a parameter that the instances set too"
like "$out" 'gamma=0\.5' "is the user's"
done_testing
