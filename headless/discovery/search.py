"""The search for the detector of one label (Discovering High Level Patterns, Algorithm 3), round by round.

All that an answer led to is kept in a file as soon as it is known, one a request. The search itself is a function of
its seed and of these, so that one that was stopped goes on to the same end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from pydantic import ValidationError

from addon.executor import ScriptError
from addon.executor.errors import writable
from addon.models import ChatRequest, ModelError
from addon.patterns import Activation
from addon.patterns.tokens import estimate_tokens
from addon.scene_graph import write_text

from ..evaluation.recorded import PENDING, Model
from .asking import angles, ask_for, digest, read_answer
from .candidate import Found, run_candidate
from .errors import DiscoveryError
from .fitness import PLACES, degenerate, fitness_of
from .islands import Islands
from .labels import Label
from .matching import Mark, agreement, marks
from .programs import Program, sha256
from .settings import Settings
from .trace_set import TraceSet

UNUSABLE = ("empty", "truncated", "timeout", "context")
"""Kinds of ModelError that count as an answer that cannot be used; with others nothing more can be asked."""

SEEDS = 2**31


@dataclass(frozen=True)
class Draw:
    """One request of a round: which one it is, for which island, and which programs it shows."""

    number: int
    island: int
    parents: tuple[int, ...]
    request: ChatRequest


@dataclass
class Search:
    """One label's search over some traces; ``folder`` keeps the requests' outcomes.

    ``examples`` are events that somebody labelled, all of each trace that is named.
    """

    label: Label
    traces: TraceSet
    settings: Settings
    seed: int
    model: Model
    folder: Path
    examples: Mapping[str, Sequence[Mark]] = field(default_factory=dict)
    listen: Callable[[Label, Program], None] = lambda label, program: None

    def __post_init__(self) -> None:
        self.draws = Random(f"{self.seed}/{self.label.uid}")
        self.islands = Islands(self.settings, self.draws)
        self.programs: list[Program] = []
        self.pending: list[str] = []
        self.library = self.traces.patterns
        self.measure = self._measure()
        self._known: dict[str, Program] = {}

    def _measure(self) -> str:
        """The digest of what fitness depends on besides a candidate."""
        examples = {
            name: [(m.frame, sorted(m.bodies or ())) for m in own] for name, own in sorted(self.examples.items())
        }
        return sha256(f"{self.traces.digest()} {self.settings.bins} {self.settings.repetition} {examples}")

    @property
    def done(self) -> bool:
        """Whether all requests were answered."""
        return len(self.programs) >= self.settings.budget

    @property
    def best(self) -> Program:
        """The best program so far; the skeleton, which has no fitness, before there is one."""
        return self.islands.best

    @property
    def chosen(self) -> Program:
        """The best program when what all others of the label find is looked at, too; the skeleton without any."""
        usable = list({p.source: p for p in reversed(self.programs) if p.fitness is not None}.values())
        return max(agreed(usable), key=lambda p: (p.worth, -p.number), default=self.best)

    def run(self) -> None:
        """Go on until the budget is spent or answers are still to be given, which ``pending`` tells; once they are, a
        new search over the same folder goes on.

        Raises ModelError where no answer can be had, and DiscoveryError if the folder is of another search.
        """
        while not self.done and not self.pending:
            self._round()

    def _round(self) -> None:
        """Ask for a program an island, all made before the first is answered, and take them up in their order."""
        made = []
        for draw in self._drawn():
            try:
                made.append(self._kept(draw) or self._asked(draw))
            except ModelError as error:
                if error.kind not in PENDING:
                    raise
                self.pending.append(str(error))
        if self.pending:
            return
        before = len(self.programs)
        self.programs += made
        for program in made:
            self.islands.add(program)
        after = len(self.programs)
        if after // self.settings.reset > before // self.settings.reset:
            self.islands.reset(after)

    def _drawn(self) -> list[Draw]:
        first = len(self.programs) + 1
        size = min(self.settings.islands, self.settings.budget - len(self.programs))
        ways = angles()
        turn = self.draws.randrange(len(ways))
        return [self._draw(first + k, ways[(turn + k) % len(ways)]) for k in range(size)]

    def _draw(self, number: int, angle: str) -> Draw:
        island = self.islands.choose_island()
        parents = self.islands.choose_programs(island)
        request = ask_for(
            self.model,
            self.label,
            parents,
            self.islands.islands[island].failure,
            angle,
            library=self.library,
            sample=self.traces.sample,
            runs=len(self.traces),
            seed=self.draws.randrange(SEEDS),
        )
        return Draw(number, island, tuple(p.number for p in parents), request)

    # Requests ---------------------------------------------------------------------------------------------------------

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:04}.json"

    def _kept(self, draw: Draw) -> Program | None:
        """What a request led to earlier. Raises DiscoveryError if it was another one."""
        path = self._path(draw.number)
        if not path.exists():
            return None
        try:
            program = Program.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValidationError, UnicodeDecodeError):
            raise DiscoveryError(f"{path} cannot be read; delete it, and it is asked again") from None
        kept = (program.island, program.parents, program.prompt_sha256, program.measure_sha256)
        if kept != (draw.island, draw.parents, digest(draw.request), self.measure):
            raise DiscoveryError(
                f"{path} is of another search: the labels, traces, library, examples, seed or settings have changed "
                "since; choose another --out"
            )
        self._known.setdefault(program.source, program)
        return program

    def _asked(self, draw: Draw) -> Program:
        """Ask, look at what comes, and keep it."""
        chat = self.model.chat_for(f"{self.seed}/{self.label.uid}/{draw.number:04}")
        try:
            answer, problem = writable(chat.complete(draw.request).text), ""
        except ModelError as error:
            if error.kind not in UNUSABLE:
                raise
            answer, problem = "", str(error)
        program = self._judged(answer, problem).model_copy(
            update={
                "number": draw.number,
                "island": draw.island,
                "parents": draw.parents,
                "measure_sha256": self.measure,
                "prompt_sha256": digest(draw.request),
                "answer_sha256": sha256(answer),
                "prompt_tokens": sum(estimate_tokens(str(m.content)) for m in draw.request.messages),
                "answer_tokens": estimate_tokens(answer),
            }
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        write_text(self._path(draw.number).with_suffix(".md"), answer)
        write_text(self._path(draw.number), program.model_dump_json(indent=1) + "\n")
        self.listen(self.label, program)
        return program

    def _judged(self, answer: str, problem: str) -> Program:
        source, meanings = read_answer(answer)
        if not source:
            told = problem or "the answer has no Python block that defines find_pattern(trace)"
            return Program(number=0, island=0, source="", problem=told)
        if source not in self._known:
            self._known[source] = self.judge(source, meanings)
        return self._known[source]

    def judge(self, source: str, meanings: Mapping[str, str]) -> Program:
        """A program with its fitness, or with what is wrong with it."""
        program = Program(number=0, island=0, source=source)
        try:
            found = self.found(source)
        except ScriptError as error:
            return program.model_copy(update={"problem": told(error)})
        if problem := degenerate(found.activations, self.traces):
            return program.model_copy(update={"problem": problem, "events": found.events, "runs": found.runs})
        return program.model_copy(
            update={
                "fitness": fitness_of(
                    found.activations, source, self.traces, self.settings, self.found_examples(found.activations)
                ),
                "parameters": parameters_of(found.activations, meanings, self.traces),
                "events": found.events,
                "runs": found.runs,
                "begins": tuple(tuple(a.frame for a in own) for own in found.activations),
            }
        )

    def found(self, source: str) -> Found:
        """What a source finds in the traces, reading the library as it was at the start. Raises ScriptError."""
        label, known = self.label, [pattern.uid for pattern in self.library]
        return run_candidate(source, label.uid, self.traces, known, label=label.text, description=label.description)

    def found_examples(self, activations: Sequence[Sequence[Activation]]) -> float | None:
        """F1 of events against the examples, in the traces that these name; None without examples."""
        if not self.examples:
            return None
        named = [i for i, name in enumerate(self.traces.names) if name in self.examples]
        found = [marks(activations[i], self.traces.traces[i].bodies) for i in named]
        return agreement(found, [self.examples[self.traces.names[i]] for i in named]).f1


def agreed(programs: Sequence[Program]) -> list[Program]:
    """Programs with how far each agrees with the others: the mean F1 of the frames in which events begin.

    The paper's fitness does not look at the label; that programs written for one label find the same is a sign that
    they find what it says. A program alone has none.
    """
    found = []
    for program in programs:
        assert program.fitness is not None
        others = [_same_begins(program, other) for other in programs if other is not program]
        mean = round(sum(others) / len(others), PLACES) if others else None
        found.append(program.model_copy(update={"fitness": program.fitness.model_copy(update={"agreement": mean})}))
    return found


def _same_begins(one: Program, other: Program) -> float:
    marked = [[[Mark(frame, None) for frame in own] for own in program.begins] for program in (one, other)]
    return agreement(*marked).f1


def told(error: ScriptError) -> str:
    """An error in words that are the same on a slow and on a fast machine: there, time or memory may end first."""
    if error.kind == "limit" and any(word in error.reason for word in ("seconds_", "memory")):
        return "it takes more time or memory than the sandbox gives"
    return error.text()


def parameters_of(
    activations: Sequence[Sequence[Activation]], meanings: Mapping[str, str], traces: TraceSet
) -> dict[str, dict[str, str]]:
    """The kind of each parameter, as its values show it, with what the model says that it means."""
    values: dict[str, list[object]] = {}
    bodies: dict[str, bool] = {}
    for own, trace in zip(activations, traces.traces, strict=True):
        names = set(trace.bodies)
        for activation in own:
            for name, value in activation.parameters.items():
                values.setdefault(name, []).append(value)
                bodies[name] = bodies.get(name, True) and isinstance(value, str) and value in names
    return {
        name: {"kind": "body" if bodies[name] else _kind(found), "text": meanings.get(name, "")}
        for name, found in sorted(values.items())
    }


def _kind(values: Sequence[object]) -> str:
    for kind, types in (("boolean", (bool,)), ("integer", (int,)), ("number", (int, float)), ("text", (str,))):
        if all(isinstance(value, types) and (bool in types or not isinstance(value, bool)) for value in values):
            return kind
    return "any"
