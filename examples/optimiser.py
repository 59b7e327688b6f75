#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Optimisers in NumPy, beside the built-in ones:

    ratecheck verify gd-convex-smooth --method ./optimiser.py#numpy-gd --as gd --strict
    ratecheck verify adam-step-bound --method ./optimiser.py#numpy-adam --as adam --strict
"""
import numpy as np

import ratecheck


@ratecheck.method(id="numpy-gd", flags=["span"])
def gradient_descent(run):
    "x <- x - gamma grad f(x)"
    run.x = run.x - run.gamma * run.gradient(run.x)


@ratecheck.method(id="numpy-adam", state=["x", "m", "v"], schedules=["gamma", "beta1"], flags=["stochastic", "projection"],
                  params={"beta2": ratecheck.real(0.999, 0, 0.9999999, "decay of the squared gradients"),
                          "eps": ratecheck.real(0.0, 0, 1, "added to the root of v")})
def adam(run):
    "Adam without bias correction"
    g = run.sample_gradient(run.draw(), run.x)
    run.m = run.beta1 * run.m + (1 - run.beta1) * g
    run.v = run.beta2 * run.v + (1 - run.beta2) * g * g
    size = np.sqrt(run.v) + run.eps
    rate = np.divide(run.gamma, size, out=np.zeros_like(size), where=size > 0)
    run.x = run.project(run.x - rate * run.m)


if __name__ == "__main__":
    ratecheck.serve()
