# Sparse rows for `make bench`: sets in the shape of rcv1 and a9a, and an opponent: SciPy's CSR on chunks of replicates, the
# entries of their rows gathered by its row indexing, sums by reduceat, evaluations as products with a block of points.
#
#     sparse_bench.py make S1|S2 NAME     writes NAME.svm for ratecheck and NAME.bin for the opponents
#     sparse_bench.py run S1|S2 NAME SHARE CHUNK
#
# The second prints the processor seconds of all replicates, of which SHARE is run.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import time

import numpy as np
import scipy.sparse as sp

# n, d, gamma, R, T, and of the words of a document: log of the mean number, its spread; 0: answers to questions
SHAPES = {'S1': (20242, 47236, 1, 16, 20242, 4.22, 0.55), 'S2': (32561, 123, 0.25, 64, 32561, 0, 0)}
ANSWERS = [5, 8, 5, 16, 5, 7, 14, 6, 5, 2, 2, 2, 5, 41]
FEW = 20


def rows_of(shape):
    n, d, _, _, _, length, spread = SHAPES[shape]
    g = np.random.default_rng(3)
    if not spread:
        first = np.concatenate([[0], np.cumsum(ANSWERS)[:-1]])
        column = (first + (np.array(ANSWERS) * g.random((n, len(ANSWERS))) ** 2).astype(int)).ravel()
        A = sp.csr_matrix((np.ones(column.size), column, np.arange(n + 1) * len(ANSWERS)), (n, d))
    else:  # ranks fall as 1/(rank + FEW), columns are in no order
        words = np.minimum(np.exp(length + spread * g.standard_normal(n)), 4095).astype(int) + 1
        rank = np.minimum(FEW * ((1 + d / FEW) ** g.random(words.sum()) - 1), d - 1).astype(int)
        A = sp.coo_matrix((np.ones(rank.size), (np.repeat(np.arange(n), words), rank)), (n, d)).tocsr()
        A.data = (1 + np.log(A.data)) * np.log(2 + A.indices / FEW)
        A.indices = g.permutation(d)[A.indices]
        A.sort_indices()
        A = sp.diags(1 / np.sqrt(A.multiply(A).sum(1)).A1) @ A
    slope, offset = (1, -1.7) if not spread else (4, 0)
    b = np.where(g.random(n) < 1 / (1 + np.exp(-slope * (A @ g.standard_normal(d)) - offset)), 1., -1.)
    A.sort_indices()
    return sp.csr_matrix(A), b


def make(shape, name):
    A, b = rows_of(shape)
    with open(name + '.bin', 'wb') as f:
        np.array([A.shape[0], A.shape[1], A.nnz], '<u8').tofile(f)
        for array, kind in (A.indptr, '<u8'), (A.indices, '<u4'), (A.data, '<f8'), (b, '<f8'):
            array.astype(kind).tofile(f)
    with open(name + '.svm', 'w') as f:
        for i in range(A.shape[0]):
            part = slice(A.indptr[i], A.indptr[i + 1])
            f.write('%d %s\n' % (b[i], ' '.join('%d:%.17g' % (j + 1, v) for j, v in zip(A.indices[part], A.data[part]))))


def run(shape, name, share, chunk):
    _, _, gamma, R, T, _, _ = SHAPES[shape]
    with open(name + '.bin', 'rb') as f:
        n, d, nnz = map(int, np.fromfile(f, '<u8', 3))
        start, column = np.fromfile(f, '<u8', n + 1), np.fromfile(f, '<u4', nnz)
        A = sp.csr_matrix((np.fromfile(f, '<f8', nnz), column.astype(np.int32), start.astype(np.int32)), (n, d))
        b = np.fromfile(f, '<f8', n)
    A = sp.csr_matrix(A.multiply(b[:, None]))
    at = sorted(set([int(2 ** (k * 0.5) + 0.5) for k in range(64) if 2 ** (k * 0.5) < T] + [T]))
    g = np.random.default_rng(1)
    R = max(1, int(R * share))
    begun = time.process_time()
    for r0 in range(0, R, chunk):
        rows = min(chunk, R - r0)
        X = np.zeros((rows, d))
        flat, base = X.reshape(-1), np.arange(rows) * d
        k = 0
        for t in range(T):
            S = A[g.integers(0, n, rows)]
            where = np.repeat(base, np.diff(S.indptr)) + S.indices
            m = np.add.reduceat(S.data * flat[where], S.indptr[:-1])
            flat[where] += np.repeat(gamma / (1 + np.exp(m)), np.diff(S.indptr)) * S.data
            if t + 1 == at[k]:
                M = A @ X.T
                (np.maximum(-M, 0) + np.log1p(np.exp(-np.abs(M)))).mean(0)
                k += 1
    print('%.6f' % ((time.process_time() - begun) * SHAPES[shape][3] / R))


if sys.argv[1] == 'make':
    make(sys.argv[2], sys.argv[3])
else:
    run(sys.argv[2], sys.argv[3], float(sys.argv[4]), int(sys.argv[5]))
