# SPDX-License-Identifier: MIT
"""Runs of the program `ratecheck`, and what it has written, in Python."""
import csv
import html
import json
import os
import subprocess
import sys
import tempfile


class Check(dict):
    """One line of results.jsonl. `folder` is where it lies, if it was kept."""

    folder = None

    def __repr__(self):
        return f"<{self.get('verdict')}: {self.get('theorem')} on {self.get('brief') or self.get('objective')}>"

    @property
    def sentence(self):
        """The check in one sentence."""
        where = f"{self.get('theorem')} on {self.get('brief') or self.get('objective') or 'points'}"
        if self.get("parameters"):
            where += f" with {self['parameters']}"
        if self.get("verdict") in ("holds", "refuted") and self.get("max_ratio") is not None:
            return (f"{where}: {self['verdict']}; measured at most {self['max_ratio']:.3g} of the bound "
                    f"{self.get('formula') or ''}, at step {self.get('at_step')}").strip()
        return f"{where}: {self.get('verdict')}{'; ' + self['reason'] if self.get('reason') else ''}"

    def svg(self):
        """The figure of the check as SVG, or None: its run was not kept, or has no curve."""
        if not self.folder:
            return None
        path = os.path.join(self.folder, "figures", f"{self['check']}.svg")
        if not os.path.exists(path):
            subprocess.run([_program(), "report", "--svg", "--check", self["check"], "--quiet", self.folder],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if not os.path.exists(path):
            return None
        with open(path, encoding="utf-8") as f:
            return f.read()

    def _repr_html_(self):
        picture = self.svg() or ""
        return f"<figure>{picture[picture.find('<svg'):] if '<svg' in picture else ''}" \
               f"<figcaption>{html.escape(self.sentence)}</figcaption></figure>"


class Results(list):
    """Checks; in Jupyter a table."""

    def frame(self):
        """A pandas.DataFrame."""
        import pandas
        return pandas.DataFrame(list(self))

    def _repr_html_(self):
        rows = "".join(f"<tr><td>{html.escape(str(c.get('verdict')))}</td><td>{html.escape(str(c.get('theorem')))}</td>"
                       f"<td>{html.escape(c.sentence)}</td></tr>" for c in self)
        return f"<table>{rows}</table>"


def _program():
    return os.environ.get("RATECHECK", "ratecheck")


def _flag(name):
    return "--" + name.replace("_", "-")


def verify(*theorems, output=None, **options):
    """Runs `ratecheck verify` and yields each check when it is done. Options are those of the command: objective="quadratic:d=4",
    method="./mine.py", effort="quick", as_="gd"; a list gives an option more than once, True stands for one without a value.
    With output=DIR the run is kept. Wrong use raises ValueError with the program's words."""
    command = [_program(), "verify", *theorems, "--format", "json", "--quiet"]
    for name, value in options.items():
        for v in value if isinstance(value, (list, tuple)) else [value]:
            if v is True:
                command.append(_flag(name.rstrip("_")))
            elif v is not None and v is not False:
                command += [_flag(name.rstrip("_")), str(v)]
    if output:
        command += ["--output", str(output), "--force"]
    env = {"RATECHECK_PYTHON": sys.executable, **os.environ}
    with tempfile.TemporaryFile("w+") as words:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=words, env=env, text=True, encoding="utf-8") as run:
            left = True
            try:
                for line in run.stdout:
                    check = Check(json.loads(line))
                    check.folder = str(output) if output else None
                    yield check
                left = False
            finally:
                if left:  # the caller has seen enough
                    run.terminate()
        words.seek(0)
        said = words.read().strip()
    if run.returncode == 2:
        raise ValueError(said or "ratecheck: wrong use")
    if run.returncode not in (0, 1, 3):
        raise RuntimeError(said or f"ratecheck ended with exit code {run.returncode}")
    if run.returncode == 3 and said:
        raise RuntimeError(said)


def results(folder):
    """The checks of a folder that `ratecheck verify --output` wrote: a list of dicts, .frame() as a pandas.DataFrame."""
    out = Results()
    with open(os.path.join(folder, "results.jsonl"), encoding="utf-8") as f:
        for line in f:
            check = Check(json.loads(line))
            check.folder = str(folder)
            out.append(check)
    return out


def curve(check, folder=None):
    """The curve of a check: a dict of its columns (t, mean, low, high, bound, ...), NumPy arrays where NumPy is there."""
    folder = folder or getattr(check, "folder", None)
    if folder is None:
        raise ValueError("the run was not kept: verify(..., output=DIR), or name the folder")
    name = check["check"] if isinstance(check, dict) else check
    with open(os.path.join(folder, "curves", f"{name}.csv"), encoding="utf-8", newline="") as f:
        lines = f.readlines()
    heads = [line[1:].strip() for line in lines if line.startswith("#")][-1].split(",")
    table = list(csv.reader(line for line in lines if not line.startswith("#")))
    columns = {head: [_value(row[k]) for row in table] for k, head in enumerate(heads)}
    try:
        import numpy
    except ImportError:
        return columns
    return {head: numpy.array(v) for head, v in columns.items()}


def _value(word):
    try:
        return float(word)
    except ValueError:
        return float("nan") if not word else word
