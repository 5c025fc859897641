"""The script worker: reads a script and a scene, then runs the script once for each state it is sent.

Started as ``python -s -P -S <this folder>`` with an environment that only fixes the order of sets. Messages on standard
input and output are a length (4 bytes, little endian) and a body. The first message is JSON: the script, the scene,
seed and budgets. Each further one is the state before a step as packed numbers; the answer is JSON with the writes and
what was printed.
"""

import array
import json
import math
import os
import random
import struct
import sys

# Imported before the process is confined: what compiling a script and a warning would load.
import unicodedata  # noqa: F401
import warnings

import facade
import guards
import instrument
import vectors
from confine import confine

MATH = {name: getattr(math, name) for name in dir(math) if not name.startswith("_")}


def read_exactly(stream, count):
    body = stream.read(count)
    if len(body) < count:
        raise EOFError
    return body


def read_message(stream):
    (length,) = struct.unpack("<I", read_exactly(stream, 4))
    return read_exactly(stream, length)


def write_message(stream, message):
    body = json.dumps(message, allow_nan=True).encode()
    stream.write(struct.pack("<I", len(body)) + body)
    stream.flush()


class Script:
    """A compiled script with its scene, its namespace and what it printed."""

    def __init__(self, job):
        self.budgets = job["budgets"]
        self.guards = guards.Guards(self.budgets)
        self.world = facade.World(job["scene"], self.budgets["properties_object"])
        self.extra = array.array("d", job["scene"]["extra_numbers"])
        self.dt = job["dt"]
        self.printed = []
        self.printed_total = 0
        self.random = random.Random(job["seed"])
        self.modules = self._modules(job["allowed"])
        builtins = {name: getattr(__import__("builtins"), name) for name in job["allowed"]["builtins"]}
        builtins.update(self.guards.functions(), print=self._print, __import__=self._import)
        self.names = {
            "__builtins__": builtins,
            "__name__": "__main__",
            "__guard": self.guards,
            "bpy": self.modules["bpy"],
            "state": {},
            "dt": self.dt,
        }
        self.run = instrument.bind(job["source"], self.names)
        self.started = False

    def _modules(self, allowed):
        record = facade.Record
        data = record("bpy.data", {"objects": self.world.objects})
        context = record("bpy.context", {"scene": self.world.scene})
        return {
            "bpy": record("bpy", {"data": data, "context": context}),
            "math": record("math", {n: MATH[n] for n in allowed["math"] if n in MATH}),
            "random": record("random", {n: getattr(self.random, n) for n in allowed["random"]}),
            "mathutils": record("mathutils", {n: getattr(vectors, n) for n in allowed["mathutils"]}),
        }

    def _import(self, name, scope=None, local=None, wanted=(), level=0):
        return self.modules[name]

    def _print(self, *values, sep=None, end=None, flush=False):
        text = (" " if sep is None else sep).join(map(str, values)) + ("\n" if end is None else end)
        room = self.budgets["printed_chars_run"] - self.printed_total
        self.printed_total += len(text)
        if room > 0:
            self.printed.append(text[:room])

    def step(self, frame, numbers, pairs):
        """Run the script for one step and give its writes as ``[target, name, field, value]``."""
        self.world.new_step(frame, numbers + self.extra, pairs)
        self.names["frame"] = frame
        self.guards.start_step()
        self.printed.clear()
        function = self.names.get("step") if self.started else None
        if function is None:
            self.run()
            function = self.names.get("step")
        if not self.started:
            self.started = True
            if callable(self.names.get("setup")):
                self.names["setup"](self.world.scene)
        if callable(function):
            function(self.world.scene, frame, self.dt)
        self.guards.end_step()
        return [[*key, value] for key, value in self.world.writes.values.items()]


def failure(error):
    """What went wrong, with the script's line."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<script>":
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, guards.ScriptLimit):
        return {"kind": "limit", "reason": str(error), "line": line}
    if isinstance(error, MemoryError):
        return {"kind": "limit", "reason": "the script needs more memory than memory_mb allows", "line": line}
    if isinstance(error, RecursionError):
        return {"kind": "limit", "reason": "functions call each other too deeply", "line": line}
    try:
        words = str(error.args[0] if isinstance(error, KeyError) and error.args else error)[:500]
    except Exception:
        words = "with words that cannot be printed"
    return {"kind": "failed", "reason": "%s: %s" % (type(error).__name__, words), "line": line}


def main():
    sink = os.open(os.devnull, os.O_WRONLY)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    source = sys.stdin.buffer
    job = json.loads(read_message(source))
    warnings.simplefilter("ignore")
    layers = confine(job["budgets"]["memory_mb"], job["budgets"]["wall_seconds_run"])
    try:
        script = Script(job)
    except BaseException as error:
        write_message(output, {"error": failure(error)})
        return
    write_message(output, {"layers": ["static gate", "injected budgets", "process", *layers]})
    while True:
        try:
            body = read_message(source)
        except EOFError:
            return
        frame, count = struct.unpack_from("<II", body)
        flat = array.array("i", body[8 : 8 + 8 * count])
        numbers = array.array("d", body[8 + 8 * count :])
        try:
            writes = script.step(frame, numbers, flat)
            message = {"writes": writes, "printed": "".join(script.printed)}
        except BaseException as error:
            message = {"error": failure(error), "printed": "".join(script.printed)}
        write_message(output, message)


if __name__ == "__main__":
    main()
