"""Small traces, and a model that answers from a list."""

from addon.models import ChatAnswer, ModelError
from addon.patterns.model import Finding, Pattern
from headless.discovery.trace_set import TraceSet
from headless.discovery.traces import NamedTrace
from headless.evaluation.recorded import Model
from tests.patterns.builder import ball, build, floor, path

FRAMES = 60


def turning(frame, speed=1.0):
    """A ball rolls east and, from a frame on, west again; one more frame than `FRAMES`."""
    legs = [(frame, (speed, 0, 0)), (FRAMES - frame, (-speed, 0, 0))]
    return build([ball("Ball", path((0, 0, 0.5), *legs)), floor()])


TURNS = (7, 10, 13, 45, 47, 57)
"""Some within one tenth of a run, for d_p does not tell apart how far two tenths are."""
TRACES = [NamedTrace(f"turn {frame}", turning(frame)) for frame in TURNS]

TURN = """def find_pattern(trace):
    "A moving body turns round."
    found, before = [], {}
    for frame in trace.frames:
        for o in frame.objects:
            if before.get(o.id, 0) > 0 and o.velocity[0] < 0:
                what = {"description": f"{o.id} turns", "parameters": {"object": o.id, "speed": -o.velocity[0]}}
                found.append({"time": frame.time, **what})
            before[o.id] = o.velocity[0]
    return found
"""
NOTHING = "def find_pattern(trace):\n    return []\n"
ALWAYS = """def find_pattern(trace):
    return [{"time": f.time, "description": "now", "parameters": {}} for f in trace.frames]
"""
START = """def find_pattern(trace):
    return [{"time": 0.0, "description": "start", "parameters": {}}]
"""
ENDLESS = "def find_pattern(trace):\n    while True:\n        pass\n"
HUGE = "def find_pattern(trace):\n    return [0] * 10**9\n"
IMPORTS = "import os\ndef find_pattern(trace):\n    return [os.getcwd()]\n"
DEEP = """def find_pattern(trace):
    value = []
    for _ in range(500):
        value = [value]
    return [{"time": 0.0, "description": "deep", "parameters": {"value": value}}]
"""
HALVES = """def find_pattern(trace):
    return [{"time": 0.0, "description": "half " + chr(55357), "parameters": {}}]
"""


def turn_after(margin):
    """`TURN` with another text, which finds the same, and as many lines more as the margin says."""
    return TURN + "".join(f"# {k}\n" for k in range(margin))


def answer(source, meanings='{"object": "what turns"}'):
    return f"It turns.\n```python\n{source}```\n```json\n{meanings}\n```\n"


class Scripted:
    """A model whose answer to request number n of a label is ``answers[n - 1]``, again and again from the first.

    None stands for an answer that is still to be given.
    """

    def __init__(self, *answers):
        self.answers, self.requests = answers, []

    @property
    def model(self):
        return Model("scripted", False, lambda key: _Talk(self, key))


class _Talk:
    def __init__(self, script, key):
        self.script, self.key = script, key

    def complete(self, request, on_text=None):
        number = int(self.key.rpartition("/")[2])
        self.script.requests.append((self.key, request))
        text = self.script.answers[(number - 1) % len(self.script.answers)]
        if text is None:
            raise ModelError("paste", f"the prompt {self.key} waits", "answer it")
        if isinstance(text, ModelError):
            raise text
        return ChatAnswer(text, "stop", 0, 0)


def pattern(uid, frames, requires=()):
    """A pattern of a library that finds something at fixed frames."""

    def find(observation) -> list[Finding]:
        return [{"time": f, "description": uid, "parameters": {"object": "Ball"}} for f in frames]

    return Pattern(uid=uid, label=uid.lower(), description=uid, find=find, requires=requires)


def trace_set(library=(), bins=10):
    return TraceSet(TRACES, library, bins)
