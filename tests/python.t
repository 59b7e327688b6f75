#! /bin/sh
# The Python package: objectives and methods by decorators, optimisers of torch, functions of SciPy, and results in Python. Needs
# python3 alone; what needs NumPy, SciPy or torch is passed over where they are not.
. "$(dirname "$0")/tap.sh"

python=${RATECHECK_PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null || skip_all "no python3 >= 3.9"
has() { "$python" -c "import $1" 2>/dev/null; }
cases=$top_srcdir/tests/cases/pipe
cp "$cases/bowl.pl" "$cases/optimisers.py" "$cases/references.c" "$top_srcdir"/examples/*.py "$tmp" && cd "$tmp" || exit 99
numbers() { sed 's/.*"theorem":"\([^"]*\)".*"verdict":\("[^"]*"\).*"max_ratio":\([^,]*\),.*/\1 \2 \3/' "$tmp/out"; }

# ---- Objectives: the bits of bowl.pl, which are those of its twin in C (pipe.t) ----
cat >bowl.py <<'END'
import ratecheck

@ratecheck.objective(id="bowl-pl", params={"d": ratecheck.integer(3, 1, 1000, "dimension"),
                                           "a": ratecheck.real(1, 1e-6, 1e6, "curvature"), "fault": ratecheck.text("none")})
class Bowl:
    "a/2 |x|^2"
    def __init__(self, d, a, fault):
        self.d, self.a, self.fault = d, a, fault
        self.constants = {"convex": 1, "L": a, "mu": ratecheck.lower(a, "it is a"), "f_star": 0}
        self.x_star, self.start = [0.0] * d, [1.0] * d
        if fault == "print":
            print("hello")
        if fault == "start":
            self.start = [1.0]
        if fault == "nan":
            self.constants["L"] = float("nan")

    def value(self, x):
        f = 0.0
        for v in x:
            f += self.a / 2 * v * v
        return f

    def gradient(self, x):
        if self.fault == "length":
            return [1.0]
        if self.fault == "raise":
            raise ValueError("out of my depth")
        return [self.a * v for v in x]

if __name__ == "__main__":
    ratecheck.serve()
END
run ratecheck verify gd-convex-smooth lem-descent --objective bowl.py:d=4,a=0.7 --format json
exits 0 "an objective in Python keeps what is proven"
theirs=$(numbers)
run ratecheck verify gd-convex-smooth lem-descent --objective ./bowl.pl:d=4,a=0.7 --format json
is "$(numbers)" "$theirs" "with the bits of its twin"
run ratecheck verify gd-convex-smooth --objective bowl.py:fault=print
exits 0 "what a program with the package prints harms nothing"
bad() { # FAULT ERE
	run ratecheck verify gd-convex-smooth:gamma=1 --objective "bowl.py:fault=$1" --format json
	exits 3 "$1 is no verdict"
	like "$out$err" "$2" "in these words"
}
bad length 'ValueError: gradient returned 1 numbers, 1 x 3 are wanted'
bad raise 'bowl.py says: ValueError: out of my depth .bowl.py, line [0-9]*.'
bad start 'bowl.py has a start that is no list of d numbers'
bad nan 'bowl.py says: ValueError: a constant or a vector has an entry that is not finite'
run "$python" bowl.py
like "$out" 'objective bowl-pl: ratecheck verify --objective ./bowl.py' "by hand it says how it is used"

# ---- Optimisers ----
one="--objective quadratic:d=3,kappa=4 --steps 24 --strict --format json"
run ratecheck verify sgd-convex-smooth:gamma=0.1 --method optimisers.py#fake --as sgd $one
exits 0 "the adapter's gradient descent goes the way of sgd"
like "$out" '"parts":false' "step by step"
run ratecheck verify sgd-convex-smooth:gamma=0.1 --method optimisers.py#fake-broken --as sgd $one
exits 1 "a broken copy does not"
like "$out" '"parts_at":1,' "from its first step"
if has torch; then
	$CC -O2 -shared -fPIC -I"$top_srcdir/include" references.c -o references.so || bail_out "references.c does not build"
	for name in sgd momentum nesterov adam amsgrad adagrad rmsprop; do
		run ratecheck verify --plugin optimisers.py "./references.so#about-$name:gamma=0.2" --method "$name-torch" --as "$name-formula" $one
		exits 0 "torch's $name is its formula"
		like "$out" '"parts":false' "step by step"
		run ratecheck verify --plugin optimisers.py "./references.so#about-$name:gamma=0.2" --method "$name-broken" --as "$name-formula" $one
		exits 1 "a broken copy of $name is caught"
	done
	run ratecheck verify momentum-convex --method optimisers.py#momentum-as --as momentum $one
	like "$out" '"parts":' "momentum beside ours"
	# Ours leaves bias correction to the schedule.
	run ratecheck verify adam-step-bound --method optimisers.py#adam-as --as adam $one
	like "$out" '"parts_at":1,' "torch's Adam is not ours: it corrects the bias"
	run ratecheck verify sgd-convex-smooth --method torch_optimiser.py --as sgd $one
	exits 0 "examples/torch_optimiser.py"
else
	skip 24 "python3 has no torch (Debian: python3-torch)"
fi

# ---- NumPy and SciPy ----
if has numpy; then
	run ratecheck verify gd-convex-smooth --method optimiser.py#numpy-gd --as gd $one
	exits 0 "examples/optimiser.py: gradient descent"
	run ratecheck verify adam-step-bound --method optimiser.py#numpy-adam --as adam $one
	exits 0 "and Adam, as ours"
	cat >block.py <<'END'
import numpy as np
import ratecheck

@ratecheck.objective(block=True)
class Rows:
    def __init__(self, d: int = 3, n: int = 4):
        self.d, self.n, self.A = d, n, np.arange(1.0, n * d + 1).reshape(n, d) / (n * d)
        self.L_i = (self.A ** 2).sum(axis=1)
        self.constants = {"convex": 1, "f_star": 0, "L_max": self.L_i.max(), "L": ratecheck.upper(self.L_i.mean())}
        self.x_star, self.start = np.zeros(d), np.ones(d)
    def margins(self, x, i):
        return (x * self.A[i]).sum(axis=-1)
    def value(self, x):
        return sum(self.margins(x, i) ** 2 for i in range(self.n)) / 2 / self.n
    def gradient(self, x):
        return sum(self.margins(x, i)[:, None] * self.A[i] for i in range(self.n)) / self.n
    def term_value(self, index, x):
        return (np.einsum("rbd,rd->rb", self.A[index], x) ** 2 / 2).mean(axis=1)
    def term_gradient(self, index, x):
        rows = self.A[index]
        return (np.einsum("rbd,rd->rb", rows, x)[:, :, None] * rows).mean(axis=1)

ratecheck.serve()
END
	run ratecheck probe block.py --pairs 10
	exits 0 "an objective on blocks is what it says"
	run ratecheck verify sgd-convex-smooth:gamma=0.05 --objective block.py --replicates 256 --steps 32
	exits 0 "and keeps what is proven of sampled terms"
else
	skip 4 "python3 has no NumPy"
fi
if has scipy.optimize; then
	cat >scipy_rosen.py <<'END'
from scipy.optimize import rosen, rosen_der, rosen_hess_prod
import ratecheck
ratecheck.from_scipy(rosen, rosen_der, [0.5, 0.5], hessp=rosen_hess_prod, x_star=[1, 1], constants={"f_star": 0})
ratecheck.serve()
END
	run ratecheck probe scipy_rosen.py --pairs 10
	exits 0 "a function of SciPy"
else
	skip 1 "python3 has no SciPy"
fi

# ---- The finite sum of the examples ----
run ratecheck probe objective.py:n=4,d=2 --pairs 5
exits 0 "examples/objective.py is what it says"
run ratecheck verify sgd-convex-smooth:gamma=0.01 --objective objective.py:n=4,d=2 --steps 16
exits 0 "and keeps what is proven"

# ---- The examples in C ----
for name in objective theorem; do
	run $CC -O2 -Wall -Wextra -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/examples/$name.c" -o $name.so -lm
	is "$status$err" 0 "examples/$name.c builds"
done
run ratecheck verify gd-convex-smooth gd-strongly-convex --objective ./objective.so
exits 0 "and the objective keeps what is proven"
run ratecheck verify ./theorem.so --objective quadratic:d=3
exits 0 "and the theorem holds"

# ---- Results ----
cat >session.py <<'END'
import ratecheck
first = None
for check in ratecheck.verify("gd-convex-smooth", objective="quadratic:d=4", output="kept"):
    first = first or check
print(first["verdict"], first["theorem"], repr(first))
again = ratecheck.results("kept")
print(len(again), again[0] == first)
c = ratecheck.curve(again[0])
print(sorted(c), len(c["t"]) == len(c["bound"]) > 3, all(m <= b for m, b in zip(c["mean"], c["bound"])))
html = again[0]._repr_html_()
print("figcaption" in html, "measured at most" in html)
print("<svg" in html)
print(again._repr_html_().count("<tr>"))
try:
    list(ratecheck.verify("gd-convx-smooth"))
except ValueError as e:
    print(e)
try:
    list(ratecheck.verify("gd-pl", objective="./not-there.py"))
except (ValueError, RuntimeError) as e:
    print(e)
for check in ratecheck.verify("gd-convex-smooth", objective="bowl.py", method=None, steps=8):
    print(check["steps"])
    break
END
run "$python" session.py
exits 0 "a session in Python"
is "$err" "" "without a word on standard error"
like "$out" '^holds gd-convex-smooth <holds: gd-convex-smooth on quadratic' "checks come as dicts"
like "$out" '^2 True$' "and from the folder again"
like "$out" "^\['bound', 'exact', 'high', 'low', 'mean', 't'\] True True" "curves are columns"
like "$out" '^True True$' "Jupyter shows the sentence"
if command -v gnuplot >/dev/null; then
	is "$(printf '%s\n' "$out" | sed -n 5p)" True "and the figure"
else
	skip 1 "gnuplot is not installed"
fi
like "$out" "did you mean gd-convex-smooth" "wrong use raises the program's words"
like "$out" 'not-there.py: no such file' "so does a file that is not there"
like "$out" '^8$' "a run that is left early ends"

done_testing
