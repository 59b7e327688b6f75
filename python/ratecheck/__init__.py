# SPDX-License-Identifier: MIT
"""Objectives and methods in Python for ratecheck, and its results in Python.

    import ratecheck

    @ratecheck.objective
    class Bowl:
        "a/2 |x|^2"
        def __init__(self, d: int = 3, a: float = 1.0):
            self.d, self.a = d, a
            self.constants = {"convex": 1, "L": a, "mu": a, "f_star": 0}
            self.x_star, self.start = [0.0] * d, [1.0] * d
        def value(self, x):
            return self.a / 2 * sum(v * v for v in x)
        def gradient(self, x):
            return [self.a * v for v in x]

    if __name__ == "__main__":
        ratecheck.serve()

is `ratecheck verify --objective ./bowl.py:d=2`; see ratecheck-python(7).
"""
from ._classes import choice, exact, integer, lower, method, objective, real, reals, text, upper
from ._serve import serve
from ._adapters import from_scipy, from_torch
from ._results import Check, Results, curve, results, verify

__all__ = ["objective", "method", "serve", "integer", "real", "reals", "choice", "text", "exact", "upper", "lower",
           "from_torch", "from_scipy", "verify", "results", "curve", "Check", "Results"]
__version__ = "0.1.0"
