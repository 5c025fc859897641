"""The script worker's work: scripts are parsed, checked, compiled and run here, and nowhere else.

Messages on standard input and output are a length (4 bytes, little endian) and a body. The first message is JSON: the
scene, seed and budgets. Each further one begins with a letter: ``L`` and JSON to load a script, ``S`` and the state
before a step as packed numbers, ``W`` and JSON for the line of a write, ``C`` for a checkpoint, ``F`` and JSON to call
a function. Without loading: ``G`` and JSON to check a script, ``T`` and JSON for a syntax tree. Answers are JSON.
"""

import array
import ast
import gc
import json
import os
import random
import signal
import struct
import sys

# Imported before the process is confined: what compiling a script and a warning would load.
import unicodedata  # noqa: F401
import warnings

from ..syntax import flatten
from . import checkpoint, policy
from .advice import warnings_of
from .confine import confine
from .failures import failure
from .guards import ScriptLimit
from .record import read_records
from .script import Script, compiled

READS_SCRIPT = (b"L", b"G", b"T")
"""Messages with a script to parse."""

MOST_NODES = 30_000
"""Largest tree that a host is given; it takes some 50 MB there."""

random.Random("")  # Loads what a text as seed needs, while modules can still be loaded.
ast.unparse(ast.Constant(0))  # From Python 3.14 on it is a module of its own.


def read_exactly(stream, count):
    body = stream.read(count)
    if len(body) < count:
        raise EOFError
    return body


def read_message(stream):
    (length,) = struct.unpack("<I", read_exactly(stream, 4))
    return read_exactly(stream, length)


def write_message(stream, message, most):
    """Send an answer, or what is wrong with it: it may be too long, or hold what JSON cannot."""
    try:
        body = json.dumps(message).encode()
        wrong = "the script gives back more than %d bytes at once (answer_bytes)" % most if len(body) > most else ""
    except (ValueError, TypeError, RecursionError, MemoryError, ImportError):
        body, wrong = b"", "the script gives back a value that is too large or nested too deeply"
    if wrong:
        body = json.dumps({"offences": [policy.offence("limit", wrong)]}).encode()
    stream.write(struct.pack("<I", len(body)) + body)
    stream.flush()


class Worker:
    """Answers messages; the script is there once it was loaded."""

    def __init__(self, job):
        self.budgets = job["budgets"]
        self.script = Script(job)

    def answer(self, body):
        kind = body[:1]
        if kind == b"S":
            return self.step(body)
        if kind == b"C":
            return {"checkpoint": checkpoint.save(self.script)}
        if kind == b"F":
            return self.call(read_records(body[1:]))
        asked = json.loads(body[1:])
        return {b"L": self.load, b"W": self.line, b"G": self.check, b"T": self.tree}[kind](asked)

    def load(self, asked):
        found = self.script.load(asked["source"], asked["attributes"])
        if asked["checkpoint"] is not None:
            checkpoint.restore(self.script, asked["checkpoint"])
        return {"warnings": found}

    def step(self, body):
        frame, count = struct.unpack_from("<II", body, 1)
        end = 9 + 8 * count
        writes = self.script.step(frame, array.array("d", body[end:]), array.array("i", body[9:end]))
        told = {"writes": writes, "printed": "".join(self.script.printed), "fired": list(self.script.fired)}
        waits = self.script.waits(writes)
        return told if waits is None else {**told, "waits": waits}

    def line(self, asked):
        return {"line": self.script.world.writes.line(*asked["write"])}

    def call(self, asked):
        value = checkpoint.plain(self.script.call(asked["function"], asked["inputs"]), "the value returned")
        return {"value": value, "printed": "".join(self.script.printed)}

    def check(self, asked):
        """The warnings about a script that may run, its texts, and the docstrings of itself ("") and its functions."""
        tree = policy.check(asked["source"], asked["budgets"], asked["attributes"])
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        told = {n.name: ast.get_docstring(n, False) or "" for n in tree.body if isinstance(n, ast.FunctionDef)}
        told[""] = ast.get_docstring(tree, False) or ""
        facts = {"warnings": warnings_of(tree), "texts": texts, "docstrings": told}
        compiled(asked["source"], tree)
        return facts

    def tree(self, asked):
        tree = policy.parse(asked["source"], self.budgets["source_bytes"])
        nodes = flatten(policy.shallow(tree, self.budgets["nesting"]))
        if len(nodes) > MOST_NODES:
            reason = "the text has more than %d parts of syntax" % MOST_NODES
            raise policy.RefusedError(policy.offence("limit", reason, suggestion="make it shorter"))
        return {"tree": nodes}


def time_is_up(number, frame):
    """The host asks where the script is, and names the limit itself."""
    raise ScriptLimit("time")


def main():
    sink = os.open(os.devnull, os.O_WRONLY)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    source = sys.stdin.buffer
    job = json.loads(read_message(source))
    memory_mb, most = job["budgets"]["memory_mb"], job["budgets"]["answer_bytes"]
    warnings.simplefilter("ignore")
    sys.set_int_max_str_digits(0)
    layers = confine(memory_mb, job["budgets"]["seconds_run"])
    worker = Worker(job)
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, time_is_up)
    write_message(output, {"layers": ["static gate", "injected budgets", "process", *layers]}, most)
    while True:
        try:
            body = read_message(source)
        except EOFError:
            return
        if body[:1] in READS_SCRIPT:
            gc.disable()  # A syntax tree has no cycles, and looking for some takes longer than all the rest.
        try:
            message = worker.answer(body)
        except BaseException as error:
            message = failure(error, memory_mb)
        gc.enable()
        write_message(output, message, most)
