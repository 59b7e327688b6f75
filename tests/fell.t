#! /bin/sh
# What a soak run once found fallen, true theorems all: it holds, or is not applicable and says why.
. "$(dirname "$0")/tap.sh"

scaled=$top_builddir/tests/scaled.so

# stands WHY ARGUMENT...: `verify` of one instance ends well.
stands() {
	why=$1
	shift
	run ratecheck verify --plugin "$scaled" --jobs 1 "$@"
	exits 0 "$why"
}

stands "a hop's density bends far from its mode" cbo-gradient --seed 456742 \
	--objective 'hyperbola:start=-6.146074907327459+scaled:b=0.314,c=1000'
stands "a hop's density is narrow, and E f' cancels" cbo-gradient --seed 530651 \
	--objective 'zero-or-L:L=45.237108828048051,p=3,start=31.573066716457355+scaled:b=4.54e-6,gap=1'
stands "hops with values of 1e9 in the plane" cbo-hop --seed 62521 --steps 5 \
	--objective 'log-cosh:L=13.357034989850501,d=2,mu=0.5,start=2/-1+scaled:c=1000000000'

done_testing
