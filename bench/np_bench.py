# An opponent of `make bench`: NumPy on chunks of replicates, as fast as one gets it: float64, row products by einsum,
# evaluations in pieces that fit the cache, softplus as max(-m, 0) + log1p(exp(-|m|)).
#
#     np_bench.py WORKLOAD SHARE CHUNK     (0..4; the share of the replicates that is run; replicates at a time)
#
# Prints the processor seconds of all replicates.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import time

import numpy as np

# logistic, n, d, R, T
WORKLOADS = [(0, 200, 20, 4096, 4096), (0, 10, 2, 65536, 1024), (1, 1000, 100, 1024, 2048), (0, 1000, 1000, 256, 2048),
             (1, 10000, 50, 512, 1024)]
logistic, n, d, R, T = WORKLOADS[int(sys.argv[1])]
share, chunk = float(sys.argv[2]), int(sys.argv[3])

g = np.random.default_rng(1)
A = g.standard_normal((n, d)) / np.sqrt(d)
x_sharp = g.standard_normal(d)
b = A @ x_sharp + 0.5 * g.standard_normal(n)
if logistic:
    y = np.where(g.random(n) < 1 / (1 + np.exp(-A @ x_sharp)), 1., -1.)
    A *= y[:, None]
    b[:] = 0
eta = 1. if logistic else 0.3
at = sorted(set([int(2 ** (k * 0.5) + 0.5) for k in range(64) if 2 ** (k * 0.5) < T] + [T]))
piece = max(8, min(256, 65536 // n))


def whole(X):
    M = X @ A.T
    if logistic:
        E = np.exp(-np.abs(M))
        return (np.maximum(-M, 0) + np.log1p(E)).mean(1)
    M -= b
    return 0.5 * np.einsum('rn,rn->r', M, M) / n


R = int(R * share)
start = time.process_time()
for r0 in range(0, R, chunk):
    rows = min(chunk, R - r0)
    X = np.zeros((rows, d))
    k = 0
    out = []
    for t in range(T):
        i = g.integers(0, n, rows)
        Ai = A[i]
        m = np.einsum('rd,rd->r', Ai, X)
        c = -eta / (1 + np.exp(m)) if logistic else eta * (m - b[i])
        Ai *= c[:, None]
        X -= Ai
        if t + 1 == at[k]:
            for s in range(0, rows, piece):
                out.append(whole(X[s:s + piece]))
            D = X - x_sharp
            out.append(np.einsum('rd,rd->r', D, D))
            k += 1
print('%.6f' % ((time.process_time() - start) / share))
