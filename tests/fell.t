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

# unjudged WHY ARGUMENT...: all of it is rounding.
unjudged() {
	why=$1
	shift
	run ratecheck verify --plugin "$scaled" --jobs 1 "$@"
	exits 3 "$why"
	like "$out" 'no step can be judged: .* below the rounding error' "$why: unjudged"
}

stands "a hop's density bends far from its mode" cbo-gradient --seed 456742 \
	--objective 'hyperbola:start=-6.146074907327459+scaled:b=0.314,c=1000'
stands "and a little more than where two pieces of it meet" cbo-gradient --seed 374984 \
	--objective 'broken-curvature:L2=0.08202072435797933,start=0,tau=0.069598612627108994'
stands "a hop's density is narrow, and E f' cancels" cbo-gradient --seed 530651 \
	--objective 'zero-or-L:L=45.237108828048051,p=3,start=31.573066716457355+scaled:b=4.54e-6,gap=1'
stands "hops with values of 1e9 in the plane" cbo-hop --seed 62521 --steps 5 \
	--objective 'log-cosh:L=13.357034989850501,d=2,mu=0.5,start=2/-1+scaled:c=1000000000'
unjudged "a width that values of 1e14 round shortens the way" cem-soft:s0=81.465025513674817 --seed 544145 --steps 19 \
	--objective 'two-point-noise:L=0.0001506806913906263,k=1,n=5,sigma=0,start=168.76986368397576,radius=1280000000'
stands "curvatures that are differences of large gradients" fedavg-drift:gamma=2310.832,local=7 --steps 13 \
	--objective 'two-point-noise:L=0.00034756211757116411,k=1,n=2,sigma=3.5962161618079298+agents:graph=complete'
stands "a kink nearer than the narrowest difference" adam-step-bound --steps 5 \
	--objective 'mcp:G=0.11697523600650304,rho=9716.84,start=4.54e-9,radius=14500+dro:mu=0.0437,nu=0.00136'

done_testing
