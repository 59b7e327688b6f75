# SPDX-License-Identifier: MIT
"""The program's side of the pipe, ratecheck-pipe(7): messages on standard input and output."""
import json
import mmap
import os
import struct
import sys
from array import array

from ._classes import METHODS, OBJECTIVES

PROTOCOL = 1
HEAD = struct.Struct("<4sIQQQ")
SHARED_FROM = 4096  # bytes: less goes through the pipe
OK, FAIL, DESCRIBE, CREATE = 0, 1, 2, 3
(VALUE, GRADIENT, TERM_VALUE, TERM_GRADIENT, TERM_PROX, H, PROX, PROJECT, HESSIAN_PRODUCT, LMO, SAMPLE_VALUE, SAMPLE_GRADIENT,
 COMPARATOR) = range(10, 23)
START, STEP, CALLS = 40, 41, 64
SERVICES = {name: CALLS + k for k, name in enumerate((
    "gradient", "value", "h", "prox", "project", "draw", "component", "sample_gradient", "sample_value", "sample_prox",
    "sample_f_star", "normals", "uniforms", "signs", "choose", "hessian_product", "lmo", "model_step"))}


def _numpy():
    """NumPy if the program itself uses it: then blocks are arrays, else lists of rows."""
    return sys.modules.get("numpy")


def _shared():
    """The memory that the host offers, None if there is none."""
    offer = os.environ.pop("RATECHECK_SHARED", None)
    if offer is None:
        return None
    descriptor, size = map(int, offer.split(":"))
    try:
        return memoryview(mmap.mmap(descriptor, size))
    except (OSError, ValueError):
        return None
    finally:
        os.close(descriptor)


class Wire:
    """Messages over two file descriptors; long ones in shared memory, once the host does so."""

    def __init__(self, read, write, shared=None):
        self.read, self.write, self.shared = read, write, shared
        self.room = 0
        self.head = bytearray(HEAD.size)

    def _fill(self, buffer):
        at = os.readv(self.read, [buffer])
        while at < len(buffer):
            n = os.readv(self.read, [memoryview(buffer)[at:]])
            if n == 0:
                sys.exit(0)  # the host has gone
            at += n
        return buffer

    def receive(self):
        magic, code, rows, count, size = HEAD.unpack(self._fill(self.head))
        if magic == b"RATS":  # copied: the objective may keep its point
            self.room = len(self.shared)
            return code, rows, count, bytearray(self.shared[:size])
        if magic != b"RATE":
            raise SystemExit("ratecheck: standard input is none of the host's messages")
        return code, rows, count, self._fill(bytearray(size)) if size else bytearray()

    def send(self, code, rows=0, count=0, *parts):
        parts = [memoryview(p).cast("B") for p in parts if len(p)]
        size = sum(map(len, parts))
        if SHARED_FROM <= size <= self.room:
            at = 0
            for p in parts:
                self.shared[at:at + len(p)] = p
                at += len(p)
            os.write(self.write, HEAD.pack(b"RATS", code, rows, count, size))
            return
        left = [memoryview(HEAD.pack(b"RATE", code, rows, count, size))] + parts
        while left:
            n = os.writev(self.write, left)
            while left and n >= len(left[0]):
                n -= len(left.pop(0))
            if n:
                left[0] = left[0][n:]


# ---- Numbers ----

def _doubles(buffer, offset, count):
    np = _numpy()
    if np is not None:
        return np.frombuffer(buffer, np.float64, count, offset)
    out = array("d")
    out.frombytes(memoryview(buffer)[offset:offset + 8 * count])
    return out


def _block(buffer, offset, rows, d):
    np = _numpy()
    if np is not None:
        return np.ndarray((rows, d), np.float64, buffer, offset)
    v = _doubles(buffer, offset, rows * d)
    return [list(v[r * d:(r + 1) * d]) for r in range(rows)]


def _indices(buffer, offset, rows, batch):
    np = _numpy()
    if np is not None:
        return np.ndarray((rows, batch), np.uint64, buffer, offset).astype(np.intp)
    out = array("Q")
    out.frombytes(memoryview(buffer)[offset:offset + 8 * rows * batch])
    return [list(out[r * batch:(r + 1) * batch]) for r in range(rows)]


def _pack(v, shape, what):
    """The bytes of a block, or of a number for each row; its shape must be right."""
    np = _numpy()
    if np is not None:
        a = np.ascontiguousarray(v, np.float64)
        if a.shape != shape:
            raise ValueError(f"{what} returned an array of shape {a.shape}, {shape} is wanted")
        return a if a.size else b""
    if len(shape) == 1:
        out = array("d", v)
        good = len(out) == shape[0]
    else:
        good = len(v) == shape[0] and all(len(row) == shape[1] for row in v)
        out = array("d", [x for row in v for x in row])
    if not good:
        raise ValueError(f"{what} returned {len(out)} numbers, {' x '.join(map(str, shape))} are wanted")
    return out


def _number(v):
    return v.item() if hasattr(v, "item") else float(v)


def _plain(v):
    """What json can write: no NumPy numbers, no NaN."""
    return [_number(x) for x in v]


# ---- Objectives ----

class Served:
    """An objective that has been created, asked block by block."""

    def __init__(self, entry, given, seed):
        self.entry = entry
        self.o = entry.make.__new__(entry.make)
        self.o.seed = seed  # of the data, for __init__
        self.o.__init__(**given)
        self.d = int(self.o.d)
        sample = 8 + 8 * (getattr(self.o, "normals", 0) or 0)
        # Where the point begins.
        self.offset = {TERM_PROX: 16, PROX: 8, HESSIAN_PRODUCT: 8 * self.d, SAMPLE_VALUE: sample, SAMPLE_GRADIENT: sample}

    OFFERS = ("term_prox", "prox", "project", "lmo", "hessian_product", "comparator")

    def described(self):
        o = self.o
        constants = {k: c if isinstance(c, dict) else _number(c) for k, c in getattr(o, "constants", {}).items()}
        vectors = {k: _plain(getattr(o, k)) for k in ("x_star", "L_i", "f_i_star") if getattr(o, k, None) is not None}
        out = {"d": self.d, "constants": constants, "vectors": vectors,
               "offers": [name for name in self.OFFERS if hasattr(o, name)]}
        if getattr(o, "n", None):
            out["n"] = int(o.n)
        if getattr(o, "start", None) is not None:
            out["start"] = _plain(o.start() if callable(o.start) else o.start)
        if getattr(o, "normals", None) is not None or getattr(o, "online", False):
            out["stream"] = {"normals": int(getattr(o, "normals", 0) or 0), "deterministic": bool(getattr(o, "online", False))}
        return out

    def _each(self, function, x, *more):
        """One answer for each row: the rows one by one, or all at once for block=True."""
        if self.entry.block:
            return function(*more, x)
        return [function(*more, row) for row in x]

    def _terms(self, function, index, x, width):
        if self.entry.block:
            return function(index, x)
        out = []
        for row, terms in zip(x, index):
            answers = [function(int(i), row) for i in terms]
            if width is None:
                out.append(sum(answers[1:], answers[0]) / len(answers))
            elif len(answers) == 1:
                out.append(answers[0])
            else:
                out.append([sum(column) / len(answers) for column in zip(*answers)])
        return out

    def answer(self, code, rows, count, data):
        o, d = self.o, self.d
        at = 8 * rows * count if code in (TERM_VALUE, TERM_GRADIENT) else self.offset.get(code, 0)
        if code == COMPARATOR:
            return _pack([o.comparator(struct.unpack_from("<Q", data)[0])], (1, d), "comparator")
        x = _block(data, at, rows, d)
        if code == VALUE:
            return _pack(self._each(o.value, x), (rows,), "value")
        if code == GRADIENT:
            return _pack(self._each(o.gradient, x), (rows, d), "gradient")
        if code == TERM_VALUE:
            return _pack(self._terms(o.term_value, _indices(data, 0, rows, count), x, None), (rows,), "term_value")
        if code == TERM_GRADIENT:
            return _pack(self._terms(o.term_gradient, _indices(data, 0, rows, count), x, d), (rows, d), "term_gradient")
        if code == TERM_PROX:
            i, gamma = struct.unpack_from("<Qd", data)
            return _pack([o.term_prox(i, gamma, x[0])], (1, d), "term_prox")
        if code == H:
            return _pack([o.h(x[0])], (1,), "h")
        if code == PROX:
            return _pack([o.prox(struct.unpack_from("<d", data)[0], x[0])], (1, d), "prox")
        if code in (PROJECT, LMO):
            name = "project" if code == PROJECT else "lmo"
            return _pack([getattr(o, name)(x[0])], (1, d), name)
        if code == HESSIAN_PRODUCT:
            return _pack([o.hessian_product(x[0], _doubles(data, 0, d))], (1, d), "hessian_product")
        if code in (SAMPLE_VALUE, SAMPLE_GRADIENT):
            sample = struct.unpack_from("<Q", data)[0] if getattr(o, "online", False) else _doubles(data, 8, at // 8 - 1)
            if code == SAMPLE_VALUE:
                return _pack([o.sample_value(sample, x[0])], (1,), "sample_value")
            return _pack([o.sample_gradient(sample, x[0])], (1, d), "sample_gradient")
        raise ValueError(f"question {code} is not of protocol {PROTOCOL}")


# ---- Methods ----

class Sample:
    """What one step has drawn: its number, and the terms of each row (None: the whole function)."""

    def __init__(self, handle, index):
        self.handle, self.index = handle, index


class Run:
    """What a method sees of a run: its blocks, the steps of the theorem, and the oracles of the objective."""

    def __init__(self, wire, entry):
        self.wire, self.entry = wire, entry
        self.block, self.param, self.schedule = {}, {}, {}

    def read(self, code, rows, t, data):
        entry = self.entry
        ident, n, d, f_star, gamma = struct.unpack_from("<QQQdd", data)
        self.nrep, self.n, self.d, self.f_star, self.t, self.ident = rows, n, d, f_star, t, ident
        at = 40
        numbers = struct.unpack_from(f"<{len(entry.schedules) + len(entry.params)}d", data, at)
        at += 8 * len(numbers)
        self.schedule = dict(zip(entry.schedules, numbers))
        self.gamma = numbers[0] if entry.schedules else gamma
        self.param = {}
        for (name, p), v in zip(entry.params.items(), numbers[len(entry.schedules):]):
            self.param[name] = int(v) if p.kind == "integer" else p.choices[int(v)] if p.kind == "choice" else v
        for name in entry.state:
            block = _block(data, at, rows, d)
            self.block[name] = block.copy() if _numpy() is not None else block
            at += 8 * rows * d

    # Blocks and numbers by name: run.x, run.m, run.beta
    def __getattr__(self, name):
        for where in ("block", "schedule", "param"):
            if name in self.__dict__.get(where, {}):
                return self.__dict__[where][name]
        raise AttributeError(f"the run has no '{name}': its blocks are {list(self.block)}, its numbers "
                             f"{list(self.schedule) + list(self.param)}")

    def __setattr__(self, name, value):
        if name in self.__dict__.get("block", {}):
            self.block[name] = value
        else:
            object.__setattr__(self, name, value)

    def packed(self):
        return [_pack(self.block[name], (self.nrep, self.d), f"the step's block {name}") for name in self.entry.state]

    def _call(self, name, words, *blocks):
        parts = [words] if words else []
        parts += [_pack(b, (self.nrep, self.d), f"what is handed to {name}") for b in blocks]
        self.wire.send(SERVICES[name], self.nrep, 0, *parts)
        code, _, _, data = self.wire.receive()
        if code != OK:
            sys.exit(0)
        return data

    def _of_block(self, name, words, *blocks):
        return _block(self._call(name, words, *blocks), 0, self.nrep, self.d)

    def _of_rows(self, name, words, *blocks):
        return _doubles(self._call(name, words, *blocks), 0, self.nrep)

    def gradient(self, x):
        return self._of_block("gradient", b"", x)

    def value(self, x):
        return self._of_rows("value", b"", x)

    def h(self, x):
        return self._of_rows("h", b"", x)

    def prox(self, gamma, x):
        return self._of_block("prox", struct.pack("<d", gamma), x)

    def project(self, x):
        return self._of_block("project", b"", x)

    def _sample(self, data, batch):
        handle = struct.unpack_from("<Q", data)[0]
        return Sample(handle, _indices(data, 8, self.nrep, batch) if len(data) > 8 else None)

    def draw(self, purpose=0, batch=1):
        """`batch` terms for every row, without replacement; another purpose is an independent draw."""
        return self._sample(self._call("draw", struct.pack("<QQ", purpose, batch)), batch)

    def component(self, i):
        return self._sample(self._call("component", struct.pack("<Q", i)), 1)

    def sample_gradient(self, sample, x):
        return self._of_block("sample_gradient", struct.pack("<Q", sample.handle), x)

    def sample_value(self, sample, x):
        return self._of_rows("sample_value", struct.pack("<Q", sample.handle), x)

    def sample_prox(self, sample, gamma, x):
        return self._of_block("sample_prox", struct.pack("<Qd", sample.handle, gamma), x)

    def sample_f_star(self, sample):
        return self._of_rows("sample_f_star", struct.pack("<Q", sample.handle))

    def normals(self, purpose=0):
        return self._of_block("normals", struct.pack("<Q", purpose))

    def signs(self, purpose=0):
        return self._of_block("signs", struct.pack("<Q", purpose))

    def uniforms(self, purpose=0, count=1):
        return _block(self._call("uniforms", struct.pack("<QQ", purpose, count)), 0, self.nrep, count)

    def choose(self, purpose, count, weights=None):
        words = struct.pack("<QQ", purpose, count) + (array("d", weights).tobytes() if weights is not None else b"")
        return _indices(self._call("choose", words), 0, self.nrep, 1)

    def hessian_product(self, x, v):
        return self._of_block("hessian_product", b"", x, v)

    def lmo(self, c):
        return self._of_block("lmo", b"", c)

    def model_step(self, x, g, M=0.0, shift=0.0):
        return self._of_block("model_step", struct.pack("<dd", M, shift), x, g)


# ---- The loop ----

class Server:
    def __init__(self, wire, objectives, methods, name):
        self.wire, self.objectives, self.methods, self.name = wire, objectives, methods, name
        self.served = self.entry = None
        self.runs = {}

    def describe(self):
        more = lambda m: {"state": m.state, "schedules": m.schedules, "flags": m.flags}
        return {"protocol": PROTOCOL, "name": self.name, "objectives": [o.described() for o in self.objectives.values()],
                "methods": [{**m.described(), **more(m)} for m in self.methods.values()]}

    def create(self, words):
        lines = [line.partition(" ")[::2] for line in words.splitlines()]
        kind, ident = lines[0]
        if kind == "method":
            self.entry, self.runs = self.methods[ident], {}
            return {"shared": self.wire.shared is not None}
        entry = self.objectives[ident]
        given = {name: entry.params[name].read(word) for name, word in lines[2:]}
        self.served = Served(entry, given, int(lines[1][1]))
        return {**self.served.described(), "shared": self.wire.shared is not None}

    def walk(self, code, rows, t, data):
        """A start or a step. Every run of a method with state of its own has an object of its own."""
        run = Run(self.wire, self.entry)
        run.read(code, rows, t, data)
        if code == START or run.ident not in self.runs:
            self.runs[run.ident] = self.entry.make()
        method = self.runs[run.ident]
        if code == STEP:
            method.step(run)
        elif hasattr(method, "start"):
            method.start(run)
        return run.packed()

    def answer(self, code, rows, count, data):
        if code in (DESCRIBE, CREATE):
            out = self.describe() if code == DESCRIBE else self.create(data.decode())
            try:
                return [json.dumps(out, allow_nan=False).encode()]
            except ValueError:
                raise ValueError("a constant or a vector has an entry that is not finite") from None
        if code in (START, STEP):
            return self.walk(code, rows, count, data)
        return [self.served.answer(code, rows, count, data)]

    def loop(self):
        while True:
            code, rows, count, data = self.wire.receive()
            try:
                parts = self.answer(code, rows, count, data)
            except Exception as e:
                if os.environ.get("RATECHECK_TRACEBACK"):
                    raise
                self.wire.send(FAIL, 0, 0, _words(e).encode())
                continue
            self.wire.send(OK, rows, count, *parts)


def _words(error):
    """The error in one line, with the place in the program itself."""
    trace, place = error.__traceback__, ""
    own = os.path.dirname(os.path.abspath(__file__))
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if os.path.dirname(os.path.abspath(file)) != own:
            place = f" ({os.path.basename(file)}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return f"{type(error).__name__}: {' '.join(str(error).split())}{place}"


def serve():
    """Answers the host until it goes: all that has been decorated is offered. Started by hand it says how to use it instead."""
    name = os.path.basename(sys.argv[0] or "program")
    if os.environ.get("RATECHECK_PIPE") is None:
        for kind, entries in (("objective", OBJECTIVES), ("method", METHODS)):
            for entry in entries.values():
                use = f"--objective ./{name}" if kind == "objective" else f"THEOREM --method ./{name}"
                print(f"{kind} {entry.id}: ratecheck verify {use}{'#' + entry.id if len(entries) > 1 else ''}")
        return
    # What the program prints goes to standard error: answers have standard output for themselves.
    sys.stdout.flush()
    write = os.dup(1)
    os.dup2(2, 1)
    wire = Wire(os.dup(0), write, _shared())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        Server(wire, OBJECTIVES, METHODS, name).loop()
    except BrokenPipeError:
        os._exit(0)
