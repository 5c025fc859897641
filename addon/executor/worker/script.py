"""A compiled script with its scene and its namespace."""

import array
import builtins
import math
import random

import facade
import guards
import instrument
import vectors

MATH = {name: getattr(math, name) for name in dir(math) if not name.startswith("_")}


class Script:
    """Runs a script once a step, or one of its functions; what it printed since is in ``printed``."""

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
        known = {name: getattr(builtins, name) for name in job["allowed"]["builtins"]}
        known.update(self.guards.functions(), print=self._print, __import__=self._import)
        self.names = {
            "__builtins__": known,
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

    def call(self, name, inputs):
        """Run the script and then one of its functions with named inputs; gives what that returns."""
        self.guards.start_step()
        self.printed.clear()
        self.run()
        function = self.names.get(name)
        if not callable(function):
            raise NameError("the source defines no function %r" % name)
        value = function(**inputs)
        self.guards.end_step()
        return value
