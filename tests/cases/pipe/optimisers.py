# SPDX-License-Identifier: GPL-3.0-or-later
# The optimisers of torch.optim, each by its name here, the same by its formula (-formula), and a broken copy (-broken).
import sys

try:
    import torch
    optim = torch.optim
except ImportError:
    torch = None

import ratecheck
from ratecheck import from_torch, method


def formula(name, state, schedules=("gamma",)):
    """One coordinate at a time: step(run, entries, g) -> entries."""
    def decorate(step):
        def whole(run):
            g = run.sample_gradient(run.draw(0, 1), run.x)
            blocks = [run.block[s] for s in state]
            for r in range(run.nrep):
                for j in range(run.d):
                    for block, v in zip(blocks, step(run, [block[r][j] for block in blocks], g[r][j])):
                        block[r][j] = v
        method(whole, id=name + "-formula", state=state, schedules=schedules, flags=["stochastic"])
        return step
    return decorate


@formula("sgd", ["x"])
def sgd(run, s, g):
    return [s[0] - run.gamma * g]


@formula("momentum", ["x", "m"])
def momentum(run, s, g):
    m = 0.9 * s[1] + g
    return [s[0] - run.gamma * m, m]


@formula("nesterov", ["x", "m"])
def nesterov(run, s, g):
    m = 0.9 * s[1] + g
    return [s[0] - run.gamma * (g + 0.9 * m), m]


def adam_of(run, s, g, maximum=False):
    m, v = 0.9 * s[1] + 0.1 * g, 0.999 * s[2] + 0.001 * g * g
    top = max(s[3], v) if maximum else v
    c1, c2 = 1 - 0.9 ** (run.t + 1), 1 - 0.999 ** (run.t + 1)
    return [s[0] - run.gamma / c1 * m / (top ** 0.5 / c2 ** 0.5 + 1e-8), m, v, top]


@formula("adam", ["x", "m", "v"])
def adam(run, s, g):
    return adam_of(run, s, g)[:3]


@formula("amsgrad", ["x", "m", "v", "top"])
def amsgrad(run, s, g):
    return adam_of(run, s, g, True)


@formula("adagrad", ["x", "v"])
def adagrad(run, s, g):
    v = s[1] + g * g
    return [s[0] - run.gamma * g / (v ** 0.5 + 1e-10), v]


@formula("rmsprop", ["x", "v"])
def rmsprop(run, s, g):
    v = 0.99 * s[1] + 0.01 * g * g
    return [s[0] - run.gamma * g / (v ** 0.5 + 1e-8), v]


# name: the class, its options, what makes it wrong
TABLE = {
    "sgd": ("SGD", {}, {"weight_decay": 1e-3}),
    "momentum": ("SGD", {"momentum": 0.9}, {"dampening": 0.01}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}, {"nesterov": False}),
    "adam": ("Adam", {}, {"eps": 1e-4}),
    "amsgrad": ("Adam", {"amsgrad": True}, {"amsgrad": False}),
    "adagrad": ("Adagrad", {}, {"initial_accumulator_value": 0.01}),
    "rmsprop": ("RMSprop", {}, {"centered": True}),
}


class Fake:
    """As much of torch as the adapter and gradient descent need."""
    float64 = "float64"

    class tensor:
        def __init__(self, rows, dtype=None, requires_grad=False):
            self.rows, self.grad = [list(row) for row in rows], None

        def copy_(self, other):
            self.rows = [list(row) for row in other.rows]

        def detach(self):
            return self

        def tolist(self):
            return self.rows

    class no_grad:
        def __enter__(self):
            return self

        def __exit__(self, *what):
            return False

    class SGD:
        def __init__(self, params, lr, weight_decay=0.0):
            self.param_groups = [{"params": list(params), "lr": lr, "weight_decay": weight_decay}]

        def step(self):
            for group in self.param_groups:
                for p in group["params"]:
                    p.rows = [[x - group["lr"] * (g + group["weight_decay"] * x) for x, g in zip(row, gs)]
                              for row, gs in zip(p.rows, p.grad.rows)]


if torch is not None:
    for name, (cls, options, wrong) in TABLE.items():
        from_torch(getattr(optim, cls), id=name + "-torch", **options)
        from_torch(getattr(optim, cls), id=name + "-broken", **{**options, **wrong})
    # Beside the built-in ones, whose names of parameters and step sequences are the theorem's.
    from_torch(optim.Adam, id="adam-as", schedules=("gamma", "beta1"), params={"beta2": "betas[1]", "eps": "eps"}, project=True,
               betas=(0.9, 0.999))
    from_torch(optim.RMSprop, id="rmsprop-as", schedules={"gamma": "lr"}, params={"beta2": "alpha", "eps": "eps"}, project=True,
               flags=("stochastic",))
    from_torch(optim.SGD, id="momentum-as", schedules=("gamma", "beta"))
from_torch(Fake.SGD, id="fake", torch=Fake)
from_torch(Fake.SGD, id="fake-broken", torch=Fake, weight_decay=1e-3)

if __name__ == "__main__":
    ratecheck.serve()
