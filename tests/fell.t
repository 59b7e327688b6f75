#! /bin/sh
# What a soak run or a hunt once found fallen, true theorems all: it holds, or is not applicable and says why.
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
stands "more rows are read of a step than there was room for" adadagrad-divisor --seed 211980 --steps 3 \
	--objective 'tiles:L=8.66,k=10,kappa=10.04,m=11,start=6.24+rare-noise:alpha=1.9,n=2,sigma=2.37'
stands "curvatures of agents with slopes of 1e9" ef21:gamma=0.022544,compress=float,bits=3 --seed 5565 --steps 10 \
	--objective 'pair:L=44.185574276227904,c=2793300630.1,start=57.67,radius=275000+agents:graph=complete'
stands "slopes of agents in one step" spsa-step:gamma=1.6286812099165484 --seed 748187 \
	--objective 'outlier:L=0.61292958478787818,p=6,s=38.94,start=0.11,radius=9.38e-13+agents:graph=path,n=2'
stands "even about a minimiser that is rounded" cbo-hop:alpha=481.97237486402622,s=0.14135 --seed 928803 --steps 81 \
	--objective 'quadratic:L=1.8561979585410258,along=L,center=1,d=1,kappa=328.7,rotation=0,seed=641,radius=0.198'
stands "points that differ by less than they are rounded" one-step-gap-convex --seed 776441 \
	--objective 'gaussian-data:m=-0.020059736,s=99.58,start=-10.35,seed=815,radius=1.79e-15+bernoulli:p=3'
stands "models with a slope of 1e6 above what cancels" cvar-spl:gamma=1.3846800082448651e-08 --seed 76887 --steps 1 \
	--objective 'minimax:G=0.9768,R=6.0161897321312763,T=1,seed=345,radius=0.0136+cvar:beta=0.999999,scale=0.10257'
stands "Langevin steps so small that the target is far off" lm-gaussian-below:gamma=1.13096125e-05,tau=26.8156 \
	--seed 157651 --steps 27 --objective 'two-rows:s=881803.8,start=0.1323/-14.85,radius=0.00825+bernoulli:active=3,p=4+'\
'scaled:a=5.7e-12,b=0.00708,c=0,gap=1'
stands "from the minimiser with steps of 1e-12" igt-law:gamma=6.2171892385373033e-08,a=0.2 --seed 449777 --steps 27 \
	--objective 'quadratic:L=10263656.611,d=1,kappa=1,start=0+rare-noise:alpha=1.949,n=7,sigma=6.2492e-05+'\
'scaled:c=1000000000,gap=1'
stands "sums of points about the minimiser" svrg-epoch-weighted:gamma=0.24495237538584322,m=49,decay=0.9178454 \
	--seed 642670 --steps 360 --objective 'coupled:b=-0.011606499707628261/-3.9240413308565998/-20.1916614297/0.0105633,'\
'c=0.22293,d=5,start=-15.474395981795928/0.96423672234946056/-2.2093798,radius=317+sign-noise:sigma=4.0018e-06'
stands "slopes of terms that cancel in each step" saga-sc:gamma=1147.2920925168685 --seed 962727 --steps 13148 \
	--objective 'power-law:a=0.1145,b=1.378,d=2,scale=1.32054,seed=282,radius=2.95+'\
'rare-noise:alpha=1.01,n=2,sigma=1.49426+scaled:a=9.04e-05,c=0,gap=1'
stands "a slope whose minimiser is on the edge of a ball" li-subgrad-recursion:gamma=4.0386896867666051,p=0.38668 \
	--seed 187843 --steps 14 --objective 'slope:c=9.9604384635279271,radius=30.872538393840191,start=23.377228973756313,'\
'seed=218+gaussian-noise:sigma=0.011499474653567732'
stands "slopes of agents cancel in F" li-hp-smooth:gamma=0.08725243602411295 --seed 348666 --steps 13 \
	--objective 'two-point-noise:L=11.460998059958364,k=7,n=9,sigma=130611.77340977083,start=252.67341494154809,seed=877+'\
'agents:apart=0.72200719507625855,graph=complete'
stands "agents whose public copies are far longer than their own, times gamma" --seed 296692 --steps 28 \
	'choco-mean:gamma=80.653417191724614,compress=scale,by=1.6450733294528634,first=-3.6963086476458056' \
	--objective 'lock:H=12,start=0.079787395024773528,seed=703+agents:graph=star,n=10,weight=0.0022543146731895947'
stands "and others than those that start as one" choco-gossip:gamma=80,by=1.9,first=1 --steps 256 \
	--objective lock:H=12,start=0.08+agents:graph=star,n=10,weight=0.00225,apart=1e-8
stands "trackers that grow a million times in a step" tracking-mean:gamma=1e6 --steps 24 \
	--objective centres:b=0.1/3/6.3/7.7+agents:graph=path
stands "differences of points that are 10^60 out" igt-law:gamma=5.3037321666760303e+22,a=0.2 --seed 910787 --steps 60 \
	--objective 'tiles:L=5.7050054617132329e-09,center=0,k=3,kappa=37.716538560551264,m=3,start=0.1450605283072329,seed=666+'\
'gaussian-noise:sigma=514279256.33792162+scaled:a=1.31e-07,b=1,c=131.32300000000001,gap=0'
unjudged "steps below the last digit of x" o2nc:gamma=2.6836881356586845e-16,D=7.0205281628831191e-18,N=16 \
	--seed 319056 --steps 400 --objective 'triangle-wave:period=0.01,start=0.0025000000000000001,seed=1,'\
'radius=6.6799999999999997+scaled:a=0.0065399999999999998,b=1,c=0,gap=0'
blocks=bilevel-blocks:B=1,P=0,S=1,a=3/1/-1/-3,sigma=1,start=5,seed=1,radius=6.73e-08
stands "terms that are +b - b beside those that are b" msvr-descent:gamma=0.083018360043346062,batch=1,copies=2,b=0.05 \
	--seed 112926 --steps 256 --objective "$blocks"
run ratecheck verify --jobs 1 --bound-factor 0.1 msvr-descent:gamma=0.083018360043346062,batch=1,copies=2,b=0.05 \
	--seed 112926 --steps 256 --objective "$blocks"
exits 1 "and where a claim is false on them, it is that claim"
like "$out" '^refuted ' "and not their L_max"
run ratecheck verify --jobs 1 li-minimax-lb:gamma=1 --steps 1 --objective minimax:T=2+rare-noise:n=3
exits 3 "noise makes G larger, and a lower bound with it"
like "$out" 'needs one term' "lower bounds speak of exact oracles"
# Below the logarithm of a barrier on a half-line nothing is least; 1e13 away its slope is less than the rounding by L.
run ratecheck verify --jobs 1 tdog-deterministic:r_eps=1e7 --steps 12 \
	--objective barrier:a=25.9,b=0.82,c=2.39,floor=1,start=-0.2,radius=3.75e6+scaled:a=7.36e9,b=18.1,gap=1 --plugin "$scaled"
exits 3 "a slope is not what is left of a gradient that vanishes"
like "$out" 'needs x_star: no minimiser was found: at .* a slope' "and it is said that there is no minimiser"
run ratecheck verify --jobs 1 dsgd-saddle:gamma=1.59,p=0 --steps 797 --seed 828257 \
	--objective saddle:b=1/-1/2/-2/0,h=1/-1,start=0+agents:graph=ring,n=0+gaussian-noise:sigma=0.95
exits 3 "what leaves a saddle for 1e104 is not called near it"
like "$out" 'points that stay within the numbers' "but out of range"
stands "a slope that a set holds at its edge" spgd-strongly-convex:gamma=0.39570298583188507 --seed 516727 --steps 973 \
	--objective pair:L=1.1575257899339688,c=2.3910114125999788,start=1.06e-05+agents:graph=complete,n=0+scaled:a=1,b=1,c=0,gap=1
stands "a bound that is looser than any theorem needs" hspg-descent:gamma=1.2,eps=0.54,told=205 --seed 942158 --steps 7 \
	--objective huber-product:L=0.0751,a=-0.268/-3.733,start=0.0334,tau=0.0029+group-l1:lambda=0.379,size=1
stands "two levels that are far out until the step before" f2sa-noise:gamma=0.41144414168937327 --seed 150886 --steps 64 \
	--objective bilevel-quadratic:B=1.2,Q=1.5,lambda=100,shared=1,sigma_f=0.3,sigma_g=0.05,radius=708000000000000

done_testing
