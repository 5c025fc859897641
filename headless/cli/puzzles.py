"""``puzzles``: make one-ball puzzles, play one, and evaluate agents on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from difflib import get_close_matches
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table

from addon.scene_graph import SceneGraphError, write_text

from ..evaluation import TIMEOUT
from ..evaluation.run import check_folder, check_resumed
from ..evaluation.statistics import percent
from .annotate import annotate_run
from .output import engine_words_to_stderr, err, out, print_json

if TYPE_CHECKING:
    from addon.trace import Trace

    from ..benchmarks.puzzles.actions import Action
    from ..benchmarks.puzzles.play import Cost
    from ..benchmarks.puzzles.results import Results
    from ..benchmarks.puzzles.task import Task

app = typer.Typer(help="One-ball puzzles: make them, play one, evaluate agents.", no_args_is_help=True)

Scenes = Annotated[
    Path | None,
    typer.Option("--scenes", help="A folder of 'generate', or tasks of PHYRE: tasks.bin.lzma, or rollouts."),
]
Kind = Literal["annotation", "frames", "both", "summary", "nothing"]
Json = Annotated[bool, typer.Option("--json", help="Print what came of it as JSON.")]


@app.callback()
def group() -> None:
    """One-ball puzzles: make them, play one, evaluate agents."""
    needing_box2d()


def needing_box2d() -> None:
    """Raise SceneGraphError where Box2D is missing."""
    try:
        import Box2D  # noqa: F401
    except ImportError:
        raise SceneGraphError("puzzles run in Box2D, which is not installed: pip install Box2D==2.3.10") from None


@app.command()
def generate(
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the scenes, a JSON file each.")],
    count: Annotated[int, typer.Option(min=1, max=1000, help="Puzzles of each template.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the puzzles. Default: that of the published ones.")] = 11,
    template: Annotated[list[str] | None, typer.Option(help="Only this template; repeatable.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    json: Json = False,
) -> None:
    """Make puzzles, each solved by a ball that was found, and write their scenes without it."""
    from ..benchmarks.puzzles.export import TABLE, made, save, told

    check_folder(out_dir, resume=True)
    check_resumed(out_dir, TABLE)
    found = []
    for task in made(template or None, count, seed, workers):
        found.append({**told(task), "file": str(save(task, out_dir))})
        err.print(f"{task.id} {task.template}", style="dim", highlight=False)
    write_text(out_dir / TABLE, dumps(found, indent=1) + "\n")
    if json:
        print_json(found)
    else:
        out.print(f"{len(found)} puzzles in {out_dir}; what solves each is in {TABLE}; --scenes plays them")


@app.command()
def play(
    task_id: Annotated[str, typer.Argument(help="The task, such as 03:001.")],
    action: Annotated[
        str | None, typer.Option(help="Centre and radius of the ball in pixels, X,Y,R. Default: the stored solution.")
    ] = None,
    scenes: Scenes = None,
    render: Annotated[bool, typer.Option("--render", help="Draw the start and a strip of the run.")] = False,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Job folder. Default: runs/puzzle-<task>.")] = None,
    json: Json = False,
) -> None:
    """Put the ball into one puzzle, run it, and write trace, annotation and report."""
    from ..benchmarks.puzzles.results import folder_name
    from ..benchmarks.puzzles.show import show

    task = _named(tasks_of(scenes)[0], task_id)
    ball = _ball(task, action)
    folder = out_dir or Path("runs") / f"puzzle-{folder_name(task.id)}"
    with engine_words_to_stderr():
        shown = show(task, ball, folder, _pictures(task, ball) if render else None)
        annotate_run(folder, folder)
    if json:
        print_json({**shown, "folder": str(folder)})
        return
    told = "solved after" if shown["solved"] else "not solved in"
    out.print(f"{task.id}: {told} {shown['steps']} steps with the ball {ball.x:g},{ball.y:g},{ball.r:g}")
    err.print(f"report: {folder / 'report.html'}", highlight=False)


def tasks_of(scenes: Path | None) -> tuple[Sequence[Task], str]:
    """All tasks of a file or our own, and what to call them."""
    from ..benchmarks.puzzles.export import is_made, load

    if scenes is None:
        return _own_tasks(), "our own"
    if is_made(scenes):
        return load(scenes), f"our own ({scenes.name})"
    from ..benchmarks.puzzles.phyre_tasks import read_phyre

    found = read_phyre(scenes)
    if found.left_out:
        told = ", ".join(f"{count} {tier}" for tier, count in found.left_out.items())
        err.print(f"{len(found.tasks)} one-ball tasks; left out of other tiers: {told}", highlight=False)
    return found.tasks, f"PHYRE ({scenes.name})"


def _own_tasks() -> Sequence[Task]:
    from ..benchmarks.puzzles.files import load_tasks
    from ..benchmarks.puzzles.generate import TaskError

    try:
        return load_tasks()
    except TaskError as error:
        raise SceneGraphError(str(error)) from None


def _named(tasks: Sequence[Task], task_id: str) -> Task:
    known = {task.id: task for task in tasks}
    if task_id not in known:
        near = get_close_matches(task_id, known, n=1, cutoff=0.5)
        raise typer.BadParameter(
            f"there is no task '{task_id}'" + (f"; did you mean '{near[0]}'?" if near else ""), param_hint="TASK_ID"
        )
    return known[task_id]


def _ball(task: Task, text: str | None) -> Action:
    """The ball that was asked for, else the stored solution. Raises BadParameter where it is none or has no room."""
    from ..benchmarks.puzzles.actions import RADII, Action

    if text is None:
        if task.solution is None:
            raise typer.BadParameter(f"task {task.id} has no stored solution: say X,Y,R", param_hint="--action")
        return task.solution
    try:
        action = Action(*map(float, text.split(",")))
    except (ValueError, TypeError):
        raise typer.BadParameter(f"'{text}' is not X,Y,R, such as 120,200,10", param_hint="--action") from None
    low, high = RADII
    if not all(map(math.isfinite, (action.x, action.y, action.r))) or not low <= action.r <= high:
        told = f"'{text}': numbers must be finite, and the radius from {low:g} to {high:g}"
        raise typer.BadParameter(told, param_hint="--action")
    if not task.is_valid(action):
        raise typer.BadParameter(
            f"a ball {text} has no room in task {task.id}: it leaves the scene or overlaps a body",
            param_hint="--action",
        )
    return action


def _pictures(task: Task, action: Action) -> Any:
    """What draws the start and a strip of the run into a folder."""
    from ..benchmarks.puzzles import pictures

    def draw(trace: Trace, folder: Path, frames: Sequence[int]) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / "start.png", folder / "strip.png"]
        images = pictures.picture(task, action), pictures.strip(task, action)
        for image, path in zip(images, paths, strict=True):
            pictures.save(image, path)
        return paths

    return draw


@app.command()
def evaluate(
    agent: Annotated[str, typer.Option(help="random, memory, annealing, value or language.")] = "random",
    count: Annotated[int | None, typer.Option(min=1, help="Tasks to play, the templates in turn; else all.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the fold, the agent and the intervals.")] = 0,
    scenes: Scenes = None,
    fold: Annotated[
        Literal["within", "across"], typer.Option(help="Train on other tasks of the templates, or on other templates.")
    ] = "within",
    attempts: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="Attempts that a task is given. Default: 100; language: 12.")
    ] = None,
    coder: Annotated[str, typer.Option(help="Its model: openai, local, paste:DIR, recorded.")] = "auto",
    feedback: Annotated[Kind, typer.Option(help="What the language agent is shown of a failure.")] = "annotation",
    weights: Annotated[
        Path | None, typer.Option(help="The value agent's network, of 'learning train value'; else the project's.")
    ] = None,
    candidates: Annotated[
        int | None, typer.Option(min=1, max=100_000, help="Actions that the value agent ranks a task. Default: 1024.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder for the results.")] = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that one task may take.")] = TIMEOUT,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what is in the folder.")] = False,
    json: Json = False,
) -> None:
    """Let an agent try actions on puzzles: how many it solves, and how early (AUCCESS)."""
    from ..benchmarks.puzzles.agents import ValueAgent, make_agent
    from ..benchmarks.puzzles.evaluate import TRAINING, cost_of, games_of, parts
    from ..benchmarks.puzzles.evaluate import evaluate as run
    from ..benchmarks.puzzles.measures import ATTEMPTS
    from ..benchmarks.puzzles.report import write_evaluation_report

    if agent == "language" and (workers > 1 or resume):
        told = "the language agent plays in one process and keeps its answers: leave --workers, --resume out"
        raise typer.BadParameter(told, param_hint="--agent")
    if agent != "language" and (coder != "auto" or feedback != "annotation"):
        raise typer.BadParameter("only the language agent asks a model", param_hint="--coder, --feedback")
    if agent != "value" and (weights or candidates):
        raise typer.BadParameter("only the value agent has a network", param_hint="--weights, --candidates")
    if agent == "language":
        _converse(coder, feedback, count, seed, scenes, attempts, out_dir, json)
        return
    player = make_agent(agent, seed)
    if isinstance(player, ValueAgent):
        player = ValueAgent(seed, weights or player.weights, candidates or player.candidates)
    folder = out_dir or Path("runs") / "-".join(
        ("puzzles", agent, fold, *([scenes.name.partition(".")[0]] if scenes else []), str(seed))
    )
    check_folder(folder, resume)
    if resume:
        check_resumed(folder, TRAINING)
    tasks, source = tasks_of(scenes)
    train, played = parts(tasks, fold, count, seed)
    if isinstance(player, ValueAgent):
        player.refuse_learnt(played)
    options: dict[str, Any] = {"workers": workers, "resume": resume, "timeout": timeout}
    results = run(player, train, played, folder, source=source, kind=fold, attempts=attempts or ATTEMPTS, **options)
    page, cost = write_evaluation_report(folder, games_of(folder, played)), cost_of(folder)
    if json:
        print_json(figures(results, cost))
    else:
        _print(results, cost)
    if results.without_result:
        err.print(f"{results.without_result} tasks could not be played; see failure.txt in their folders")
    err.print(f"report: {page}", highlight=False)


def _converse(
    coder: str,
    feedback: Kind,
    count: int | None,
    seed: int,
    scenes: Path | None,
    attempts: int | None,
    out_dir: Path | None,
    json: bool,
) -> None:
    """Let a language model play, and tell success and attempts with standard errors."""
    from ..benchmarks.puzzles.agents.language import LanguageAgent
    from ..benchmarks.puzzles.errors import PuzzleError
    from ..benchmarks.puzzles.folds import in_turn
    from ..benchmarks.puzzles.talks import ATTEMPTS, BOOK, can_be_solved, play_all
    from ..evaluation.recorded import open_model, waiting

    tasks, source = tasks_of(scenes)
    named = "-".join(("puzzles", "language", coder.replace(":", "-").replace("/", "-"), feedback, str(seed)))
    folder = out_dir or Path("runs") / named
    err.print("only tasks that one of the quantised actions solves are played", style="dim", highlight=False)
    played = in_turn(tasks, count, seed, can_be_solved)
    if not played:
        raise PuzzleError(f"none of {len(tasks)} tasks is solved by one of the quantised actions; give others")
    with open_model(coder, BOOK, folder / "answers") as model:
        agent = LanguageAgent(seed, model, feedback)
        told = play_all(
            agent,
            played,
            folder,
            source=f"{source}, those that a quantised action solves",
            attempts=attempts or ATTEMPTS,
            listen=lambda row: err.print(
                f"{row.task} {row.template}: {row.problem or row.solved_at or 'not solved'}", highlight=False
            ),
        )
    for task_id, reason in told.pending:
        err.print(f"{task_id}: {reason}", highlight=False)
    if told.results is None or told.errors is None:
        raise waiting(len(told.pending), "task", "tasks")
    if json:
        print_json({**figures(told.results, told.cost), **told.errors.model_dump(), "requests": agent.requests})
        return
    _print(told.results, told.cost)
    means = told.errors
    out.print(
        f"success {means.success:.3f} ± {means.success_error:.3f} (standard error), attempts {means.attempts} ± "
        f"{means.attempts_error}",
        highlight=False,
    )


@app.command()
def buckets(
    seeds: Annotated[int, typer.Option(min=1, help="Searches of each goal, budget and kind of reward.")] = 20,
    budget: Annotated[list[int] | None, typer.Option(min=1, help="Samples; repeatable. Default: 10 to 1000.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder. Default: runs/puzzles-buckets.")] = None,
    json: Json = False,
) -> None:
    """Search for the ball that gets green into each of three buckets, by a reward made of the goal and by a binary
    one: success by the number of samples, as curves and heat maps."""
    from ..benchmarks.puzzles.curve_figure import draw_curves, draw_heatmaps
    from ..benchmarks.puzzles.curves import BUDGETS, curves, load_rewards, points, samples_of

    folder = out_dir or Path("runs") / "puzzles-buckets"
    rewards, model = load_rewards()
    budgets = tuple(budget or BUDGETS)
    found = list(points(curves(rewards, range(seeds), budgets, workers, folder / "searches")))
    draw_curves(found, folder / "curves.png")
    draw_heatmaps(
        {name: samples_of(name, reward, max(budgets), 0) for name, reward in rewards.items()}, folder / "heatmaps.png"
    )
    told = [{"kind": p.kind, "budget": p.budget, **p.share.model_dump()} for p in found]
    result = {"rewards": rewards, "model": model, "seeds": seeds, "points": told}
    write_text(folder / "curves.json", dumps(result, indent=1) + "\n")
    if json:
        print_json(result)
        return
    table = Table("samples", "reward", "binary", box=None)
    for count in budgets:
        shares = {p.kind: percent(p.share) for p in found if p.budget == count}
        table.add_row(str(count), shares["reward"], shares["binary"])
    out.print(table)
    err.print(f"curves and heat maps: {folder}; rewards by {model}", highlight=False)


@app.command()
def replay(
    rollouts: Annotated[Path, typer.Argument(help="A file of PHYRE's rollouts (JSON).")],
    scenes: Scenes = None,
    json: Json = False,
) -> None:
    """Run recorded rollouts again, and tell how far bodies end from where they did and which contacts begin alike."""
    from ..benchmarks.puzzles.replay import replays

    with engine_words_to_stderr():
        found = list(replays(rollouts, scenes))
    if json:
        print_json([asdict(one) for one in found])
        return
    table = Table(
        "rollout",
        "task",
        "end error (px)",
        "greatest (px)",
        "solved",
        "recorded",
        "onsets alike",
        "in its poses",
        box=None,
    )
    words = {True: "yes", False: "no"}
    for one in found:
        onsets = f"{one.matched} of {one.found} here, {one.recorded} there"
        seen = "–" if one.found_in_poses is None else f"{one.matched_in_poses} of {one.found_in_poses}"
        errors = f"{one.end_error:.5f}", f"{one.greatest_error:.5f}"
        table.add_row(one.name, one.task, *errors, words[one.solved], words[one.was_solved], onsets, seen)
    out.print(table)


def figures(results: Results, cost: Cost) -> dict[str, Any]:
    """What ``--json`` prints: means, their intervals apart, and rollouts per second of a process's time."""
    shares = {name: getattr(results, name) for name in ("solved", "auccess", "attempts")}
    plain = results.model_dump(mode="json", exclude=set(shares))
    return {
        **plain,
        **{name: share and share.mean for name, share in shares.items()},
        "intervals": {name: share and [share.low, share.high] for name, share in shares.items()},
        "rollouts": cost.rollouts,
        "rollouts_per_second": per_second(cost),
    }


def per_second(cost: Cost) -> float | None:
    """Rollouts a second of the process's time in Box2D; None where there were none."""
    return round(cost.rollouts / cost.seconds, 1) if cost.seconds else None


def _print(results: Results, cost: Cost) -> None:
    from ..benchmarks.puzzles.report import number

    table = Table(show_header=False, box=None)
    table.add_row("agent", f"{results.agent}, fold {results.fold}, {results.for_training} tasks for training")
    table.add_row("tasks", f"{results.tasks} of {results.source}, seed {results.seed}")
    table.add_row(f"solved within {results.attempts_allowed}", percent(results.solved))
    table.add_row(f"AUCCESS of {results.attempts_allowed}", percent(results.auccess))
    table.add_row("attempts of those solved", number(results.attempts))
    table.add_row("attempts, without room", f"{results.attempts_made}, {results.invalid}")
    table.add_row("rollouts", f"{cost.rollouts}, {per_second(cost)} a second of a process")
    for name, share in results.by_template.items():
        table.add_row(f"  template {name}", percent(share))
    out.print(table)
