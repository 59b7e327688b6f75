# SPDX-License-Identifier: MIT
"""What a program offers: decorators for objectives and methods, their parameters and constants."""
import inspect

OBJECTIVES, METHODS = {}, {}


class Param:
    """A parameter: its type, default, range and a line of words."""

    def __init__(self, kind, default, low=0, high=0, doc="", choices=None):
        self.kind, self.default, self.low, self.high, self.doc, self.choices = kind, default, low, high, doc, choices

    def described(self, name):
        out = {"name": name, "type": self.kind, "low": self.low, "high": self.high, "doc": self.doc}
        if self.default is not None:
            out["default"] = "/".join(repr(float(v)) for v in self.default) if self.kind == "reals" else self.default
        if self.choices:
            out["choices"] = "|".join(self.choices)
        return out

    def read(self, word):
        if self.kind == "integer":
            return int(word)
        if self.kind == "real":
            return float(word)
        if self.kind == "reals":
            return [float(v) for v in word.split("/")]
        return word


def integer(default=None, low=0, high=0, doc=""):
    return Param("integer", default, low, high, doc)


def real(default=None, low=0, high=0, doc=""):
    return Param("real", default, low, high, doc)


def reals(default=None, low=0, high=0, doc=""):
    return Param("reals", default, low, high, doc)


def choice(*choices, doc=""):
    """The first one is the default."""
    return Param("choice", choices[0], doc=doc, choices=choices)


def text(default=None, doc=""):
    return Param("text", default, doc=doc)


def _known(value, kind, why):
    return {"value": float(value), "kind": kind, "why": why}


def exact(value, why=""):
    return _known(value, "exact", why)


def upper(value, why=""):
    """A constant known from above: an L that may be too large."""
    return _known(value, "upper", why)


def lower(value, why=""):
    """A constant known from below: a mu that may be too small."""
    return _known(value, "lower", why)


def params_of(function, given):
    """The parameters of a signature: d: int = 4 is an integer, a: float = 1.0 a number, name: str = "x" a text."""
    out = {}
    for name, p in list(inspect.signature(function).parameters.items()):
        if name == "self" or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            continue
        if name in given:
            out[name] = given[name]
            continue
        default = None if p.default is p.empty else p.default
        if isinstance(default, Param):
            out[name] = default
            continue
        kind = p.annotation if isinstance(p.annotation, type) else type(default)
        kinds = {int: "integer", float: "real", str: "text", list: "reals", tuple: "reals"}
        if kind not in kinds:
            raise TypeError(f"parameter {name}: say its type, as in {name}: float = 1.0, or ratecheck.real(1.0, low, high)")
        out[name] = Param(kinds[kind], default)
    return out


class Entry:
    def __init__(self, make, ident, params, **more):
        self.make, self.id, self.params = make, ident, params
        self.__dict__.update(more)

    def described(self):
        return {"id": self.id, "title": self.title, "summary": self.summary, "source": self.source,
                "params": [p.described(n) for n, p in self.params.items()]}


def _name(thing):
    out = "".join("-" + c.lower() if c.isupper() and i and not thing[i - 1].isupper() else c.lower() for i, c in enumerate(thing))
    return out.replace("_", "-")


def _words(thing, title, summary):
    doc = (inspect.getdoc(thing) or "").strip().splitlines()
    return title or (doc[0] if doc else ""), summary or (doc[0] if doc else "")


def objective(cls=None, *, id=None, title="", summary="", source="", params={}, block=False):
    """A class as an objective. __init__ has its parameters and sets d, and what is known: constants, x_star, start, L_i, n.
    It has value(x) and gradient(x), of a finite sum term_value(i, x) and term_gradient(i, x), and may have term_prox(i, gamma,
    x), h(x) and prox(gamma, x), project(x), hessian_product(x, v), lmo(c). With block=True x is a block of points, one in each
    row, and value(x) has a number for each row, term_gradient(index, x) the mean over the terms index[r] of row r."""
    def decorate(c):
        words = _words(c, title, summary)
        entry = Entry(c, id or _name(c.__name__), params_of(c.__init__, params) if "__init__" in c.__dict__ else {},
                      title=words[0], summary=words[1], source=source, block=block)
        OBJECTIVES[entry.id] = entry
        return c
    return decorate(cls) if cls is not None else decorate


class _Steps:
    """A method without state of its own, from a function of the run."""

    def __init__(self, step):
        self.step = step


def method(thing=None, *, id=None, title="", summary="", source="", params={}, state=("x",), schedules=("gamma",), flags=(),
           own_state=False):
    """A function of a run, or a class with step(run) and perhaps start(run), as a method. run.x and the other blocks of `state`
    are read and set; run.gamma and the other schedules are the steps of the theorem. With own_state=True one object of the class
    is made for each run and may remember what it likes."""
    def decorate(c):
        words = _words(c, title, summary)
        make = c if inspect.isclass(c) else (lambda: _Steps(c))
        listed = list(flags) + (["own_state"] if own_state else [])
        entry = Entry(make, id or _name(c.__name__), dict(params), title=words[0], summary=words[1], source=source,
                      state=list(state), schedules=list(schedules), flags=listed)
        METHODS[entry.id] = entry
        return c
    return decorate(thing) if thing is not None else decorate
