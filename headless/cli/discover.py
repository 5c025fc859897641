"""``discover``: detectors of patterns, by evolution of programs that a model writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from json import dumps, loads
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from addon.models import ModelError
from addon.scene_graph import write_text

from ..discovery.errors import DiscoveryError
from ..evaluation.run import check_folder, check_resumed
from .inputs import read_text
from .output import engine_words_to_stderr, err, out, print_json

if TYPE_CHECKING:
    from ..discovery.discover import Improves, Outcome
    from ..discovery.labels import Examples, Label
    from ..discovery.programs import Program
    from ..discovery.rediscover import Rediscovered
    from ..discovery.settings import Settings
    from ..discovery.traces import NamedTrace
    from ..evaluation.recorded import Model

ASKED = "discovery.json"
"""What a folder is of; it is written first."""

CARRIED = ("paste:", "record:")
"""Coders whose command is run again until all answers are given."""


def discover(
    labels: Annotated[
        str | None, typer.Option(help="A file of labels, one a line as 'LABEL' or 'LABEL: DESCRIPTION'; or one label.")
    ] = None,
    traces: Annotated[
        str, typer.Option(help="A folder of traces, puzzles:N, machines:N, or some of these with commas.")
    ] = "puzzles:40",
    coder: Annotated[str, typer.Option(help="The model: openai, local, paste:DIR, recorded.")] = "auto",
    budget: Annotated[int | None, typer.Option(min=1, max=10_000, help="Requests for each label.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of all that is drawn.")] = 0,
    propose: Annotated[
        int | None, typer.Option(min=1, max=50, help="Have the model propose so many labels, and discover them.")
    ] = None,
    thoughts: Annotated[
        Path | None, typer.Option(help="Pieces of reasoning about runs, which the model is shown before it proposes.")
    ] = None,
    rediscover: Annotated[
        list[str] | None,
        typer.Option(help="Take this pattern out of the library and discover it again; repeatable."),
    ] = None,
    held_back: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of the traces that rediscovery is judged on.")
    ] = 1 / 3,
    examples: Annotated[
        Path | None, typer.Option(help="Events labelled by a person (JSON); agreement with them adds to fitness.")
    ] = None,
    improves: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help="Keep only what has the model answer more questions about so many runs."),
    ] = None,
    islands: Annotated[int | None, typer.Option(min=1, max=64, help="Islands, and requests side by side.")] = None,
    shown: Annotated[int | None, typer.Option(min=1, max=16, help="Programs of an island that a prompt shows.")] = None,
    reset: Annotated[int | None, typer.Option(min=1, help="Requests between resets of the worse islands.")] = None,
    threshold: Annotated[float | None, typer.Option(help="Fitness above which a detector is accepted.")] = None,
    bins: Annotated[
        int | None, typer.Option(min=1, max=200, help="Parts of a run in which events are counted.")
    ] = None,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder. Default: runs/discover-<seed>.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what is in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Discover detectors of patterns by evolution of programs that a model writes and the sandbox runs."""
    from ..discovery.discover import BOOK
    from ..discovery.settings import Settings
    from ..discovery.traces import read_traces
    from ..evaluation.recorded import open_model

    _check_choice(labels, propose, rediscover, thoughts, examples, improves)
    if threshold is not None and not isfinite(threshold):
        raise typer.BadParameter(f"{threshold} is no finite number", param_hint="--threshold")
    given = {
        "budget": budget, "islands": islands, "shown": shown, "reset": reset, "threshold": threshold, "bins": bins,
    }  # fmt: skip
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    folder = out_dir or Path("runs") / f"discover-{seed}"
    check_folder(folder, resume or coder.startswith(CARRIED))
    check_resumed(folder, ASKED)
    wanted = _labels(labels)
    uids = _uids(rediscover or [])
    told = "" if thoughts is None else read_text(thoughts)
    asked: dict[str, object] = {
        "traces": traces,
        "seed": seed,
        "labels": [asdict(label) for label in wanted],
        "propose": propose,
        "rediscover": uids,
        "improves": improves,
    }
    _check_same(folder / ASKED, asked)
    with engine_words_to_stderr():
        job = _Job(read_traces(traces, seed), settings, seed, folder, json, coder, improves)
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / ASKED, dumps(asked, indent=1) + "\n")
        with open_model(coder, BOOK) as model:
            if uids:
                job.rediscover(model, uids, held_back)
            elif propose is not None:
                job.propose(model, propose, told)
            else:
                job.discover(model, wanted, examples)


def _labels(text: str | None) -> list[Label]:
    """The labels that a user gives; those of discovered patterns may be discovered again.

    Raises DiscoveryError as `read_labels`.
    """
    from addon.patterns.library import library

    from ..discovery.labels import read_labels

    return [] if text is None else read_labels(text, [pattern.uid for pattern in library()])


def _uids(given: Sequence[str]) -> list[str]:
    """The patterns to be discovered again, each once. Raises DiscoveryError for one that is not there."""
    from addon.patterns.library import library

    from ..discovery.rediscover import without

    uids = list(dict.fromkeys(given))
    without(library(), uids)
    return uids


def _check_same(path: Path, asked: dict[str, object]) -> None:
    """Raise DiscoveryError if a folder is of something else than what is asked for."""
    try:
        before = loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError, RecursionError):
        before = None
    if not isinstance(before, dict):
        raise DiscoveryError(f"{path} cannot be read, so what the folder is of is not known; choose another --out")
    if other := [key for key in asked if before.get(key) != asked[key]]:
        raise DiscoveryError(f"{path.parent} is of another search (other {' and '.join(other)}); choose another --out")


def _check_choice(
    labels: str | None,
    propose: int | None,
    rediscover: list[str] | None,
    thoughts: Path | None,
    examples: Path | None,
    improves: int | None,
) -> None:
    if sum(asked is not None for asked in (labels, propose, rediscover or None)) != 1:
        raise typer.BadParameter("give one of the three", param_hint="--labels, --propose, --rediscover")
    if thoughts is not None and propose is None:
        raise typer.BadParameter("only --propose reads it", param_hint="--thoughts")
    if examples is not None and labels is None:
        raise typer.BadParameter("they are about --labels", param_hint="--examples")
    if improves is not None and rediscover:
        raise typer.BadParameter("what is found again is judged by its events", param_hint="--improves")


@dataclass(frozen=True)
class _Job:
    """What all three ways to discover have in common."""

    traces: list[NamedTrace]
    settings: Settings
    seed: int
    folder: Path
    json: bool
    coder: str
    improves: int | None

    def discover(self, model: Model, labels: Sequence[Label], examples: Path | None) -> None:
        """Discover labels that the user gives."""
        from ..discovery.labels import read_examples

        self._run(model, labels, None if examples is None else read_examples(examples, labels, self.traces))

    def propose(self, model: Model, count: int, thoughts: str) -> None:
        """Discover labels that the model proposes."""
        from addon.patterns.library import with_discovered

        from ..discovery.propose import propose

        proposals = propose(model, with_discovered(), count, thoughts, self.seed)
        for proposal in proposals:
            err.print(f"{proposal.text}: {proposal.problem or proposal.reason}", highlight=False, soft_wrap=True)
        labels = [proposal.label for proposal in proposals if proposal.label is not None]
        told = [{k: v for k, v in asdict(p).items() if k != "label"} for p in proposals]
        write_text(self.folder / "proposals.json", dumps(told, indent=1) + "\n")
        if not labels:
            raise DiscoveryError("none of the proposed labels can be used; ask again with another --seed")
        self._run(model, labels, None)

    def rediscover(self, model: Model, uids: list[str], share: float) -> None:
        """Take patterns out of the library and discover them again."""
        from addon.patterns.library import library

        from ..discovery.rediscover import rediscover
        from ..discovery.report import write_report
        from ..discovery.traces import held_back

        searched, held = held_back(self.traces, share, self.seed)
        told, pending = rediscover(
            uids, library(), searched, held, model, self.settings, self.seed, self.folder, listen=_tell
        )
        if told is None:
            raise _unanswered(pending)
        write_text(self.folder / "rediscovery.json", told.model_dump_json(indent=1) + "\n")
        page = write_report(told.discovery, self.folder)
        if self.json:
            print_json(told.model_dump(mode="json"))
        else:
            for one in told.agreement:
                out.print(_agreement(one), highlight=False, soft_wrap=True)
        err.print(f"report: {page}", highlight=False)

    def _run(self, model: Model, labels: Sequence[Label], examples: Examples | None) -> None:
        from addon.patterns.library import library

        from ..discovery.discover import discover
        from ..discovery.report import write_report
        from ..discovery.trace_set import TraceSet

        traces = TraceSet(self.traces, library(), self.settings.bins)
        with self._gain() as gain:
            done = discover(
                labels,
                traces,
                model,
                self.settings,
                self.seed,
                self.folder,
                examples=examples,
                improves=gain,
                listen=_tell,
            )
        if done.discovery is None:
            raise _unanswered(done.pending)
        page = write_report(done.discovery, self.folder)
        if self.json:
            print_json(done.discovery.model_dump(mode="json"))
        else:
            for outcome in done.discovery.outcomes:
                out.print(_outcome(outcome), highlight=False, soft_wrap=True)
        err.print(f"report: {page}; accepted detectors: {self.folder / 'accepted'}", highlight=False)

    @contextmanager
    def _gain(self) -> Iterator[Improves | None]:
        """What has to improve; nothing, unless asked for. Raises ModelError where its answers are still to be given."""
        from ..benchmarks.questions.asking import budget_of, open_asker
        from ..benchmarks.questions.evaluate import Setting
        from ..benchmarks.questions.gain import QuestionGain
        from ..benchmarks.questions.scores import BOOK, WaitingError

        if self.improves is None:
            yield None
            return
        setting = Setting(count=self.improves, seed=self.seed, budget=budget_of(self.coder))
        with open_asker(self.coder, self.folder / "questions", lenient=False, book=BOOK) as asker:
            gain = QuestionGain(setting, asker, listen=lambda told: err.print(told, highlight=False, soft_wrap=True))
            try:
                yield gain
            except WaitingError as waiting:
                raise _unanswered([told for _, told in waiting.pending]) from None


def _tell(label: Label, program: Program) -> None:
    told = program.problem.splitlines()[0] if program.problem else f"fitness {program.worth:.3f}"
    err.print(f"{label.uid} {program.number}: {told}", highlight=False, soft_wrap=True)


def _unanswered(pending: Sequence[str]) -> ModelError:
    from ..evaluation.recorded import waiting

    for told in pending:
        err.print(told, highlight=False, soft_wrap=True)
    return waiting(len(pending), "request", "requests")


def _outcome(outcome: Outcome) -> str:
    """A line on a label: verdict, fitness and its terms."""
    told = f"{outcome.uid}: {outcome.verdict}"
    if outcome.fitness is not None:
        f = outcome.fitness
        told += f", fitness {f.total:.3f} (nu {f.nu:.3f}: rho {f.correlation:.3f}, eta {f.novelty:.3f}, "
        told += f"lambda {f.length:.3f}, psi {f.repetition:.3f}"
        told += "".join(
            f"; {name} {value:.3f}"
            for name, value in (("examples", f.examples), ("agreement", f.agreement))
            if value is not None
        )
        told += ")"
    cost = outcome.cost
    return f"{told}; {cost.requests} requests, about {cost.prompt_tokens} tokens sent and {cost.answer_tokens} answered"


def _agreement(one: Rediscovered) -> str:
    """A line on a pattern: how its events agree with the removed one's."""
    if one.problem:
        return f"{one.uid}: {one.problem}"
    told = f"precision {one.precision:.3f}, recall {one.recall:.3f}; {one.found} found, there are {one.expected}"
    return f"{one.uid}: F1 {one.f1:.3f}, {told}"
