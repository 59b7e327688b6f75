# SPDX-License-Identifier: MIT
"""Optimisers of libraries as methods, functions of libraries as objectives."""
from ._classes import METHODS, OBJECTIVES, Entry, Param, method, real


def _set(options, path, value):
    """options["betas"][1] is written "betas[1]"."""
    name, _, index = path.partition("[")
    if not index:
        options[name] = value
    else:
        entries = list(options.get(name) or _DEFAULTS[name])
        entries[int(index[:-1])] = value
        options[name] = tuple(entries)


_DEFAULTS = {"betas": (0.9, 0.999)}

# What the theorems call their step sequences, and which option of an optimiser each is.
_SCHEDULES = {"gamma": "lr", "beta": "momentum", "beta1": "betas[0]"}


def from_torch(optimizer, *, id=None, schedules=("gamma",), params=None, batch=1, flags=("stochastic",), project=False,
               rows=False, torch=None, **options):
    """A torch.optim class as a method: its lr is the theorem's gamma in each step, `options` are its own. `params` names the
    theorem's parameters that are options: {"beta2": "betas[1]"}; `schedules` the step sequences, ("gamma", "beta1") for lr and
    betas[0], or {"gamma": "lr"}. With batch=None it asks for the whole gradient, else for that of `batch` random terms. With rows=True every replicate has an
    optimiser of its own, for those that do not work coordinate by coordinate."""
    if torch is None:
        import torch
    name = optimizer.__name__
    steps = schedules if isinstance(schedules, dict) else {k: _SCHEDULES.get(k, k) for k in schedules}
    given = {k: v if isinstance(v, tuple) else (v, None) for k, v in (params or {}).items()}
    flags = [f for f in flags if f not in ("stochastic",) or batch is not None] + (["projection"] if project else [])

    class Adapter:
        "torch.optim." + name

        def start(self, run):
            self.tensors = None

        def _open(self, run):
            parts = range(run.nrep) if rows else [slice(None)]
            self.parts = list(parts)
            self.tensors = [torch.tensor(run.x[p], dtype=torch.float64, requires_grad=True) for p in self.parts]
            self.optimizers = [optimizer([t], **self._options(run)) for t in self.tensors]

        def _options(self, run):
            out = dict(options)
            for theirs, (ours, _) in given.items():
                _set(out, ours, run.param[theirs])
            for schedule in run.schedule:
                _set(out, steps[schedule], run.schedule[schedule])
            return out

        def step(self, run):
            if self.tensors is None:
                self._open(run)
            g = run.gradient(run.x) if batch is None else run.sample_gradient(run.draw(0, batch), run.x)
            now = self._options(run)
            for part, tensor, opt in zip(self.parts, self.tensors, self.optimizers):
                for group in opt.param_groups:
                    group.update({k: v for k, v in now.items() if k in group})
                with torch.no_grad():
                    tensor.copy_(torch.tensor(run.x[part], dtype=torch.float64))
                tensor.grad = torch.tensor(g[part], dtype=torch.float64)
                opt.step()
                _put(run.x, part, tensor.detach())
            if project:
                run.x = run.project(run.x)

    Adapter.__doc__ = f"torch.optim.{name}({', '.join(f'{k}={v}' for k, v in options.items())})"
    declared = {k: Param("real", default if default is not None else _preset(optimizer, ours, options), 0, 0, ours)
                for k, (ours, default) in given.items()}
    return method(Adapter, id=id or f"torch-{name.lower()}", title=f"torch.optim.{name}", summary=Adapter.__doc__,
                  source="PyTorch", params=declared, schedules=steps, flags=flags, own_state=True)


def _put(x, part, tensor):
    """Into an array or into a list of rows."""
    v = tensor.numpy() if type(x).__name__ == "ndarray" and hasattr(tensor, "numpy") else tensor.tolist()
    if isinstance(part, slice) and isinstance(x, list):
        x[:] = v
    else:
        x[part] = v


def _preset(optimizer, path, options):
    import inspect
    name, _, index = path.partition("[")
    p = inspect.signature(optimizer).parameters.get(name)
    v = options.get(name, _DEFAULTS.get(name, p.default if p is not None and p.default is not p.empty else 0.0))
    return float(v[int(index[:-1])] if index else v)


def from_scipy(fun, jac=None, x0=None, *, id=None, constants=None, hessp=None, x_star=None, title="", args=()):
    """What scipy.optimize.minimize takes as an objective: fun(x), jac(x), perhaps hessp(x, v), and x0. With jac=True fun
    returns both. What is known stands in `constants`: {"convex": 1, "L": 4, "f_star": 0}."""
    both = jac is True
    if not both and not callable(jac):
        raise TypeError("from_scipy needs the gradient: jac(x), or jac=True if fun returns it too")
    if x0 is None:
        raise TypeError("from_scipy needs x0, which says how many variables there are")
    start, known = [float(v) for v in x0], dict(constants or {})
    if x_star is not None and "f_star" not in known:
        known["f_star"] = float(fun(_array(x_star), *args)[0] if both else fun(_array(x_star), *args))

    class Adapter:
        def __init__(self):
            self.d, self.start, self.constants = len(start), start, known
            self.x_star = x_star

        def value(self, x):
            return float(fun(_array(x), *args)[0] if both else fun(_array(x), *args))

        def gradient(self, x):
            return fun(_array(x), *args)[1] if both else jac(_array(x), *args)

    if hessp is not None:
        Adapter.hessian_product = lambda self, x, v: hessp(_array(x), _array(v), *args)
    name = id or getattr(fun, "__name__", "function").strip("<>").replace("_", "-")
    OBJECTIVES[name] = Entry(Adapter, name, {}, title=title or name, summary=(fun.__doc__ or "").strip().split("\n")[0],
                             source="", block=False)
    return Adapter


def _array(x):
    """SciPy's functions expect arrays."""
    import numpy
    return numpy.array(x, dtype=float)
