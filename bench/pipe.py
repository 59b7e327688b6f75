# What the pipe costs: stochastic gradient descent on an objective in NumPy, 128 replicates, d = 100, by ratecheck and by the same
# loop without it, interleaved. Prints two lines for each batch, of seconds on the clock and of the processor: microseconds a
# step of both, and the median of their ratios.
#
#     pipe.py [--rounds N]            all of it
#     pipe.py loop BATCH STEPS        the loop alone
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import resource
import subprocess
import sys
import time

import numpy as np

import ratecheck

ROWS, N, D, GAMMA = 128, 1000, 100, 0.2


@ratecheck.objective(id="bench-pipe", block=True)
class LeastSquares:
    def __init__(self):
        g = np.random.default_rng(1)
        self.n, self.d = N, D
        self.A = g.standard_normal((N, D)) / np.sqrt(D)
        self.b = self.A @ g.standard_normal(D)
        self.x_star = np.linalg.lstsq(self.A, self.b, rcond=None)[0]
        self.L_i = (self.A ** 2).sum(1)
        self.constants = {"convex": 1, "f_star": 0, "L": ratecheck.upper(self.L_i.mean()), "L_max": self.L_i.max()}

    def value(self, X):
        return ((X @ self.A.T - self.b) ** 2).mean(1) / 2

    def gradient(self, X):
        return (X @ self.A.T - self.b) @ self.A / N

    def term_value(self, index, X):
        return ((np.einsum("rbd,rd->rb", self.A[index], X) - self.b[index]) ** 2).mean(1) / 2

    def term_gradient(self, index, X):
        rows = self.A[index]
        return np.einsum("rb,rbd->rd", np.einsum("rbd,rd->rb", rows, X) - self.b[index], rows) / index.shape[1]


def loop(batch, steps):
    f, g = LeastSquares(), np.random.default_rng(2)
    X = np.zeros((ROWS, D))
    mean = X.copy()
    looked_at = {int(2 ** (k / 2) + 0.5) for k in range(64)} | {steps}
    started = clocks()
    for t in range(steps):
        mean += (X - mean) / (t + 1)
        if t + 1 in looked_at:
            f.value(mean)
        index = g.integers(0, N, (ROWS, batch)).astype(np.uint64).astype(np.intp)
        X -= GAMMA * f.term_gradient(index, X)
    return clocks() - started


def clocks():
    """Seconds on the clock, and of the processor: of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return np.array([time.perf_counter(), sum(u.ru_utime + u.ru_stime for u in used)])


def ours(batch, steps):
    """Seconds of a whole run."""
    command = ["ratecheck", "verify", f"minibatch-convex-smooth:gamma={GAMMA / 8},batch={batch}", "--objective", __file__,
               "--replicates", str(ROWS), "--steps", str(steps), "--jobs", "1", "--format", "json", "--quiet"]
    started = clocks()
    out = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "RATECHECK_PYTHON": sys.executable})
    if '"verdict":"holds"' not in out.stdout:
        sys.exit("pipe.py: " + (out.stderr or out.stdout)[:400])
    return clocks() - started


def alone(batch, steps):
    """The loop in a process with what ratecheck gives to its programs: one thread, and memory that is not given back."""
    given = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_THRESHOLD_": "32000000", "MALLOC_TRIM_THRESHOLD_": "1000000000"}
    out = subprocess.run([sys.executable, __file__, "loop", str(batch), str(steps)], capture_output=True, text=True, check=True,
                         env={**os.environ, **given})
    return np.array(out.stdout.split(), float)


def main():
    rounds = int(sys.argv[2]) if sys.argv[1:2] == ["--rounds"] else 5
    try:  # others on the machine wait, where that is allowed: a turn of the pipe is no measure of who else is there
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except OSError:
        pass
    for batch, steps in ((1, 8000), (16, 2000)):
        seen = []
        for _ in range(rounds):
            # What a run costs beside its steps stands in both.
            a = (ours(batch, steps) - ours(batch, steps // 4)) / (steps - steps // 4)
            b = alone(batch, steps) / steps
            seen.append((a, b, a / b))
        for (a, b, ratio), what in zip(np.median(seen, 0).T, ("clock", "processor")):
            print(f"batch {batch}, {what}: {1e6 * a:.0f} us a step by the pipe, {1e6 * b:.0f} us in the loop, ratio {ratio:.3g}",
                  flush=True)


if os.environ.get("RATECHECK_PIPE"):
    ratecheck.serve()
elif sys.argv[1:2] == ["loop"]:
    print(*loop(int(sys.argv[2]), int(sys.argv[3])))
else:
    main()
