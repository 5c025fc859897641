"""``questions``: questions about runs that a model answers, and what the pattern library is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table

from addon.scene_graph import write_text

from ..evaluation.statistics import percent
from .output import engine_words_to_stderr, err, out, print_json

if TYPE_CHECKING:
    from ..benchmarks.questions.evaluate import Setting
    from ..benchmarks.questions.library import Score, Task
    from ..benchmarks.questions.results import Figure, Results

app = typer.Typer(help="Questions about runs, answered from a trace, its annotation or pictures.", no_args_is_help=True)

Input = Literal["trace", "annotation", "salient", "frames"]
World = Literal["plane", "space", "both"]
Of = Literal["questions", "puzzles", "both"]

Count = Annotated[int, typer.Option(min=1, max=1000, help="Runs, puzzles and machines in turn.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of the runs, the questions and the intervals.")]
Worlds = Annotated[World, typer.Option("--world", help="Puzzles (plane), machines (space), or both.")]
Coder = Annotated[str, typer.Option(help="Who answers: openai, local, paste:DIR, recorded, or chance, which guesses.")]
Shown = Annotated[Input, typer.Option("--input", help="What is shown of a run.")]
Budget = Annotated[
    int | None, typer.Option(min=100, help="Tokens that a trace or an annotation may take. Default: 3000; local: 1500.")
]
OneByOne = Annotated[bool, typer.Option("--one-by-one", help="Ask each question in a request of its own.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that make runs.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder; what is in it is gone on with.")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]
Which = Annotated[Of, typer.Option("--of", help="Score at questions, at puzzles, or both.")]
Puzzles = Annotated[int, typer.Option(min=1, help="Puzzles to play, where they are.")]


def _tell_made(made: int, of: int) -> None:
    """How far the runs are made: each of the first ten, then every tenth."""
    if made <= 10 or made % 10 == 0 or made == of:
        err.print(f"{made} of {of} runs are made", style="dim", highlight=False)


@app.command("list")
def list_templates(json: Json = False) -> None:
    """Print the templates of questions: A1 to A27 are about puzzles, the others about machines."""
    from ..benchmarks.questions.registry import templates

    keys = ("id", "kind", "part", "text")
    told = [{key: getattr(template, key) for key in keys} for template in templates().values()]
    if json:
        print_json(told)
        return
    table = Table(*keys, box=None)
    for one in told:
        table.add_row(*one.values())
    out.print(table)


@app.command()
def generate(
    count: Count = 100,
    seed: Seed = 0,
    world: Worlds = "both",
    workers: Workers = 1,
    out_dir: Out = None,
    json: Json = False,
) -> None:
    """Make runs, draw ten questions about each, and write them with their answers."""
    from ..benchmarks.questions.evaluate import Setting, prepared_runs
    from ..benchmarks.questions.results import words

    folder = out_dir or Path("runs") / f"questions-{world}-{seed}"
    setting = Setting(count, seed, _worlds(world))
    with engine_words_to_stderr():
        made = list(prepared_runs(setting, folder, workers, _tell_made))
    told = [
        {
            **prepared.run.model_dump(),
            "name": prepared.run.name,
            "problem": prepared.problem,
            "questions": [q.model_dump(mode="json") for q in prepared.questions],
        }
        for prepared in made
    ]
    write_text(folder / "questions.json", dumps(told, indent=1) + "\n")
    if json:
        print_json(told)
        return
    for prepared in made:
        out.print(f"{prepared.run.name}: {prepared.problem}".removesuffix(": "), highlight=False, soft_wrap=True)
        for q in prepared.questions:
            out.print(f"  {q.template} {q.text} {words(q.truth)}", highlight=False, soft_wrap=True)
    err.print(f"{sum(len(p.questions) for p in made)} questions about {len(made)} runs: {folder}", highlight=False)


@app.command()
def evaluate(
    shown: Shown = "annotation",
    coder: Coder = "auto",
    count: Count = 100,
    seed: Seed = 0,
    world: Worlds = "both",
    budget: Budget = None,
    one_by_one: OneByOne = False,
    workers: Workers = 1,
    out_dir: Out = None,
    json: Json = False,
) -> None:
    """Have a model answer questions about runs, beside what guessing earns."""
    from ..benchmarks.questions.asking import open_asker
    from ..benchmarks.questions.evaluate import evaluate as run
    from ..benchmarks.questions.evaluate import none_made

    setting = _setting(coder, shown, count, seed, world, budget, one_by_one)
    folder = out_dir or Path("runs") / f"questions-{_plain(coder)}-{shown}-{world}-{seed}"
    with engine_words_to_stderr(), open_asker(coder, folder / "answers") as asker:
        done = run(
            setting,
            asker,
            folder,
            workers,
            lambda about, own: err.print(f"{about.name}: {sum(a.right for a in own)} of {len(own)}", highlight=False),
            _tell_made,
        )
    _wait(done.pending)
    results = done.results
    if results is None:
        raise none_made()
    for told in results.lost:
        err.print(f"not asked about: {told}", highlight=False, soft_wrap=True)
    if json:
        print_json(results.model_dump(mode="json"))
    else:
        _print(results)


@app.command()
def curve(
    of: Which = "both",
    size: Annotated[list[int] | None, typer.Option(min=0, help="Patterns; repeatable. Default: every fourth.")] = None,
    draws: Annotated[int, typer.Option(min=1, max=10_000, help="Libraries of each size.")] = 25,
    shown: Shown = "annotation",
    coder: Coder = "auto",
    count: Count = 100,
    puzzles: Puzzles = 25,
    seed: Seed = 0,
    world: Worlds = "both",
    budget: Budget = None,
    workers: Workers = 1,
    out_dir: Out = None,
    json: Json = False,
) -> None:
    """How well a model does with libraries of growing size: at questions, and at puzzles whose failures it is told."""
    from ..benchmarks.questions.library import curve as points_of
    from ..benchmarks.questions.library import default_sizes, subsets, uids
    from ..benchmarks.questions.library_figure import draw_curve

    known = uids()
    if wrong := [one for one in size or () if one > len(known)]:
        raise typer.BadParameter(f"the library has {len(known)} patterns, not {wrong[0]}", param_hint="--size")
    chosen = subsets(size or default_sizes(len(known)), draws, seed)
    folder = out_dir or Path("runs") / f"questions-curve-{_plain(coder)}-{seed}"
    setting = _annotated(coder, shown, count, seed, world, budget)
    with _scores(of, setting, coder, puzzles, folder, workers) as scores:
        asked = _asked(scores, [subset.hidden for subset in chosen])
        points = [point for task, score in asked for point in points_of(task, score, chosen, seed)]
    draw_curve(points, folder / "curve.png")
    told = {"coder": coder, "seed": seed, "draws": draws, "points": [point.model_dump() for point in points]}
    table = Table("of", "patterns", "draws", "score", box=None)
    for point in points:
        table.add_row(point.task, str(point.size), str(point.draws), percent(point.score))
    _tell(folder / "curve", told, table, json)


@app.command()
def importance(
    of: Which = "both",
    pattern: Annotated[list[str] | None, typer.Option(help="Only of this pattern (uid); repeatable.")] = None,
    shown: Shown = "annotation",
    coder: Coder = "auto",
    count: Count = 100,
    puzzles: Puzzles = 25,
    seed: Seed = 0,
    world: Worlds = "both",
    budget: Budget = None,
    workers: Workers = 1,
    out_dir: Out = None,
    json: Json = False,
) -> None:
    """What each pattern is worth: how much is lost without it and all that build on it."""
    from ..benchmarks.questions.library import importance as found_of
    from ..benchmarks.questions.library import uids, with_dependents
    from ..benchmarks.questions.library_figure import draw_importance

    if wrong := [one for one in pattern or () if one not in uids()]:
        raise typer.BadParameter(
            f"there is no pattern '{wrong[0]}'; there are {', '.join(uids())}", param_hint="--pattern"
        )
    folder = out_dir or Path("runs") / f"questions-importance-{_plain(coder)}-{seed}"
    setting = _annotated(coder, shown, count, seed, world, budget)
    with _scores(of, setting, coder, puzzles, folder, workers) as scores:
        asked = _asked(scores, [frozenset(), *map(with_dependents, pattern or uids())])
        found = [one for task, score in asked for one in found_of(task, score, seed, pattern)]
    draw_importance(found, folder / "importance.png")
    told = {"coder": coder, "seed": seed, "patterns": [one.model_dump(mode="json") for one in found]}
    table = Table("of", "pattern", "hidden with it", "lost of the score (%)", box=None)
    for one in found:
        lost = "–" if one.drop is None else f"{one.drop.mean:.1f} ({one.drop.low:.1f} to {one.drop.high:.1f})"
        table.add_row(one.task, one.uid, str(len(one.hidden) - 1), lost)
    _tell(folder / "importance", told, table, json)


@contextmanager
def _scores(
    of: Of, setting: Setting, coder: str, puzzles: int, folder: Path, workers: int
) -> Iterator[dict[Task, Score]]:
    """What scores a part of the library, by task. What waits for answers is told, and raises ModelError."""
    from ..benchmarks.questions.asking import CHANCE, open_asker
    from ..benchmarks.questions.evaluate import none_made, prepared_runs
    from ..benchmarks.questions.scores import BOOK, PuzzleScore, QuestionScore, WaitingError

    if coder == CHANCE and of != "questions":
        raise typer.BadParameter("chance guesses at questions alone: say --of questions", param_hint="--coder")
    scores: dict[Task, Score] = {}
    with engine_words_to_stderr(), open_asker(coder, folder / "answers", lenient=False, book=BOOK) as asker:
        if of != "puzzles":
            made = [one for one in prepared_runs(setting, folder, workers, _tell_made) if not one.problem]
            if not made:
                raise none_made()
            scores["questions"] = QuestionScore(setting, made, asker)
        if of != "questions":
            folder.mkdir(parents=True, exist_ok=True)
            scores["puzzles"] = PuzzleScore(_puzzles(puzzles, setting.seed), asker.model, seed=setting.seed)
        try:
            yield scores
        except WaitingError as waiting:
            _wait(waiting.pending)


def _asked(scores: Mapping[Task, Score], hidden: Sequence[frozenset[str]]) -> Iterator[tuple[Task, Score]]:
    """The scores by task, each once all is known of the library without each of some sets of patterns."""
    from ..benchmarks.questions.scores import ask_all

    for task, score in scores.items():
        ask_all(score, hidden)
        yield task, score


def _tell(path: Path, told: dict[str, Any], table: Table, json: bool) -> None:
    """Write what was found to ``path.json``, and print it so or as a table with the place of ``path.png``."""
    write_text(path.with_suffix(".json"), dumps(told, indent=1) + "\n")
    if json:
        print_json(told)
        return
    out.print(table)
    err.print(f"picture: {path.with_suffix('.png')}", highlight=False)


def _puzzles(count: int, seed: int) -> Sequence[Any]:
    from ..benchmarks.puzzles.files import load_tasks
    from ..benchmarks.puzzles.folds import in_turn
    from ..benchmarks.puzzles.talks import can_be_solved

    return in_turn(load_tasks(), count, seed, can_be_solved)


def _setting(
    coder: str, shown: Input, count: int, seed: int, world: World, budget: int | None, one_by_one: bool = False
) -> Setting:
    """What is asked. Raises BadParameter where pictures are to be shown to a model that reads text alone."""
    from ..benchmarks.questions.asking import budget_of, sees
    from ..benchmarks.questions.evaluate import Setting

    if shown == "frames" and not sees(coder):
        told = f"coder '{coder}' reads text alone: choose openai or paste:DIR, or another --input"
        raise typer.BadParameter(told, param_hint="--input")
    return Setting(count, seed, _worlds(world), shown, budget or budget_of(coder), one_by_one)


def _annotated(coder: str, shown: Input, count: int, seed: int, world: World, budget: int | None) -> Setting:
    if shown not in ("annotation", "salient"):
        raise typer.BadParameter("only annotations come from the library: annotation or salient", param_hint="--input")
    return _setting(coder, shown, count, seed, world, budget)


def _worlds(world: World) -> tuple[str, ...]:
    return ("plane", "space") if world == "both" else (world,)


def _plain(coder: str) -> str:
    return coder.replace(":", "-").replace("/", "-")


def _wait(pending: Sequence[tuple[str, str]]) -> None:
    """Tell what waits for an answer. Raises ModelError if anything does."""
    from ..evaluation.recorded import waiting

    for name, reason in pending:
        err.print(f"{name}: {reason}", highlight=False, soft_wrap=True)
    if pending:
        raise waiting(len(pending), "run", "runs")


def _print(results: Results) -> None:
    table = Table("", "questions", "right", "guessing", "most frequent", box=None)
    groups = {
        "all": results.overall,
        **results.by_world,
        **{{"whole": "whole run shown", "first": "first part shown"}[name]: f for name, f in results.by_part.items()},
        **results.by_kind,
        **results.by_template,
    }
    for name, figure in groups.items():
        table.add_row(name, *_cells(figure))
    out.print(
        f"{results.model}, prompt {results.prompt}, input {results.input}, {results.runs} runs, seed {results.seed}"
    )
    out.print(table)
    out.print(f"answers of no use: {results.unusable}; recorded for an earlier input: {results.stale}")


def _cells(figure: Figure) -> tuple[str, ...]:
    return (
        str(figure.questions),
        percent(figure.accuracy),
        f"{100 * figure.chance:.1f} %",
        f"{100 * figure.majority:.1f} %",
    )
