"""A compiled script with its scene and its namespace."""

import array
import builtins
import math
import random
from types import FunctionType

from ..language import MOST_RULES
from . import guards, instrument, policy, vectors, world
from .advice import used_elsewhere, warnings_of
from .formats import without_addresses
from .waiting import Waiting

CO_VARARGS = 0x04


class Anything:
    """What stands for every name of `typing`: an annotation does nothing."""

    __slots__ = ()

    def __getitem__(self, key):
        return self

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __call__(self, *args, **named):
        return self


ANYTHING = Anything()
MATH = {name: getattr(math, name) for name in dir(math) if not name.startswith("_")}


def tune(value, low, high):
    """An open number, as it stands in the script."""
    for given in (value, low, high):
        if type(given) not in (int, float):
            raise TypeError("tune needs three numbers, such as tune(4.0, 1.0, 8.0), got %.60r" % (given,))
    if not low <= value <= high:
        raise ValueError("tune: %r is not between %r and %r" % (value, low, high))
    return float(value)


def want(text):
    """What the run is to come to; whoever finds open numbers reads it in the script."""
    if type(text) is not str:
        raise TypeError("want needs a text in the reward language, got %.60r" % (text,))


CALLED = {"setup": ("scene",), "step": ("scene", "frame", "dt")}
"""The functions that are called by themselves, and with what."""


class Script:
    """Runs a script once a step, or one of its functions; ``printed`` and ``fired`` are the step's texts and rules."""

    def __init__(self, job):
        self.budgets = job["budgets"]
        self.guards = guards.Guards(self.budgets)
        self.world = world.World(job["scene"], job["dt"], self.budgets["properties_object"])
        self.extra = array.array("d", job["scene"]["extra_numbers"])
        self.dt = job["dt"]
        self.printed = []
        self.printed_total = 0
        self.fired = {}
        self.waiting = Waiting(self.world)
        self.seed = job["seed"]
        self.random = random.Random(self.seed)
        self.modules = self._modules(job["allowed"])
        known = {name: getattr(builtins, name) for name in job["allowed"]["builtins"]}
        own = {"print": self._print, "fired": self._fired, "tune": tune, "want": want, "__import__": self._import}
        known.update(self.guards.functions(), **own, **self.waiting.functions())
        self.names = {
            "__builtins__": known,
            "__name__": "__main__",
            "__guard": self.guards,
            **{name: module for name, module in self.modules.items() if name != "typing"},
            "state": {},
            "dt": self.dt,
        }
        self.started = False

    def load(self, source, attributes=()):
        """Check a script and compile it; gives the warnings about it. Raises policy.RefusedError."""
        tree = policy.check(source, self.budgets, attributes)
        warnings = warnings_of(tree)
        self.own_calls = used_elsewhere(tree)
        self.waiting.look_at(tree)
        self.run = instrument.bind(compiled(source, tree), self.names)
        self.loaded = dict(self.names)
        return warnings

    def _modules(self, allowed):
        record = world.Record
        data = record("bpy.data", {"objects": self.world.objects})
        context = record("bpy.context", {"scene": self.world.scene})
        return {
            "typing": record("typing", dict.fromkeys(allowed["typing"], ANYTHING)),
            "bpy": record("bpy", {"data": data, "context": context}),
            "math": record("math", {**{n: MATH[n] for n in allowed["math"] if n in MATH}, "prod": self.guards.prod}),
            "random": record("random", {**{n: getattr(self.random, n) for n in allowed["random"]}, "seed": self._seed}),
            "mathutils": record("mathutils", {n: getattr(vectors, n) for n in allowed["mathutils"]}),
        }

    def _import(self, name, scope=None, local=None, wanted=(), level=0):
        if name not in self.modules:
            self.guards.too_large()  # CPython itself asks for a module here to work with huge whole numbers.
        return self.modules[name]

    def _seed(self, a=None, version=2):
        """As ``random.seed``, but for the entropy that it would take without an argument: that is the job's seed."""
        self.random.seed(self.seed if a is None else a, version)

    def _print(self, *values, sep=None, end=None, flush=False):
        text = (" " if sep is None else sep).join(map(str, values)) + ("\n" if end is None else end)
        text = without_addresses(text)
        room = self.budgets["printed_chars_run"] - self.printed_total
        self.printed_total += len(text)
        if room > 0:
            self.printed.append(text[:room])

    def _fired(self, rule):
        if type(rule) is not int or not 1 <= rule <= MOST_RULES:
            words = "fired(n) needs the number of a rule, a whole number from 1 to %d, got %.60r" % (MOST_RULES, rule)
            raise (ValueError if type(rule) is int else TypeError)(words)
        self.fired[rule] = None

    def _start_step(self):
        self.guards.start_step()
        self.printed.clear()
        self.fired.clear()

    def _function(self, name):
        """A function of the script that is called by itself; None if there is none, or the script calls it.

        Raises policy.RefusedError if it takes other arguments.
        """
        function = self.names.get(name)
        if type(function) is not FunctionType or name in self.own_calls:
            return None
        wanted = CALLED[name]
        if not _takes(function, len(wanted)):
            call = "%s(%s)" % (name, ", ".join(wanted))
            reason = "`%s` is called by itself as %s, and this one takes other arguments" % (name, call)
            suggestion = "give it these, or another name (setup and step are taken)"
            line = function.__code__.co_firstlineno
            raise policy.RefusedError({**policy.offence("refused", reason, None, suggestion), "line": line})
        return function

    def step(self, frame, numbers, pairs):
        """Run the script for one step and give its writes as ``[target, name, field, value]``."""
        self.world.new_step(frame, numbers + self.extra, pairs)
        self.names["frame"] = frame
        self._start_step()
        self.waiting.start_step(self.names)
        function = self._function("step") if self.started else None
        if function is None:
            self.run()
            function = self._function("step")
        if not self.started:
            self.started = True
            setup = self._function("setup")
            if setup is not None:
                setup(self.world.scene)
        if function is not None:
            function(self.world.scene, frame, self.dt)
        self.guards.end_step()
        self.world.writes.check(self.world, self.budgets["property_chars"])
        return [[*key, value] for key, value in self.world.writes.values.items()]

    def waits(self, writes):
        """What the next step that matters waits for, after a step with these writes; None if each one does."""
        return None if writes or self.fired or self.printed else self.waiting.until(self.names)

    def call(self, name, inputs):
        """Run the script and then one of its functions with named inputs; gives what that returns.

        Nothing of an earlier call is left.
        """
        self.names.clear()
        self.names.update(self.loaded, state={})
        self.world.scene.begin()
        self.random.seed(self.seed)
        self._start_step()
        self.run()
        function = self.names.get(name)
        if not callable(function):
            raise NameError("the source defines no function %r" % name)
        value = function(**inputs)
        self.guards.end_step()
        return value


def compiled(source, tree):
    """The code of a checked script. Raises policy.RefusedError for what only compiling finds."""
    return policy.syntax_checked(instrument.compile_script, source.removeprefix("\ufeff"), tree)


def _takes(function, count):
    """Whether a function can be called with so many arguments by position."""
    code = function.__code__
    fewest = code.co_argcount - len(function.__defaults__ or ())
    most = count if code.co_flags & CO_VARARGS else code.co_argcount
    needs_names = code.co_kwonlyargcount > len(function.__kwdefaults__ or ())
    return fewest <= count <= most and not needs_names
