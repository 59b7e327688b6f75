#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ridge regression as a finite sum, without any library:

    ratecheck probe ./objective.py
    ratecheck verify sgd-convex-smooth --objective ./objective.py:n=30,ridge=0.1
"""
import random

import ratecheck


@ratecheck.objective(id="ridge")
class Ridge:
    "mean of (a_i'x - b_i)^2/2 + ridge/2 |x|^2"

    def __init__(self, n: int = ratecheck.integer(20, 1, 10000, "terms"), d: int = ratecheck.integer(3, 1, 100, "dimension"),
                 ridge: float = ratecheck.real(0.1, 0, 1e6, "ridge")):
        rng = random.Random(self.seed)  # what seed= says
        self.n, self.d, self.ridge = n, d, ridge
        self.a = [[rng.gauss(0, 1) for _ in range(d)] for _ in range(n)]
        self.b = [rng.gauss(0, 1) for _ in range(n)]
        self.L_i = [sum(v * v for v in row) + ridge for row in self.a]
        # The Hessian's trace is above its largest eigenvalue.
        self.constants = {"convex": 1, "L_max": max(self.L_i), "mu": ratecheck.lower(ridge, "the ridge"),
                          "L": ratecheck.upper(sum(self.L_i) / n, "mean of the L_i")}

    def term_value(self, i, x):
        e = sum(a * v for a, v in zip(self.a[i], x)) - self.b[i]
        return e * e / 2 + self.ridge / 2 * sum(v * v for v in x)

    def term_gradient(self, i, x):
        e = sum(a * v for a, v in zip(self.a[i], x)) - self.b[i]
        return [e * a + self.ridge * v for a, v in zip(self.a[i], x)]

    def value(self, x):
        return sum(self.term_value(i, x) for i in range(self.n)) / self.n

    def gradient(self, x):
        columns = zip(*(self.term_gradient(i, x) for i in range(self.n)))
        return [sum(column) / self.n for column in columns]


if __name__ == "__main__":
    ratecheck.serve()
