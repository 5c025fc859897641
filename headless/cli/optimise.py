"""``optimise``: from what is wanted to the numbers that bring it about."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from addon.jobs import Progress, digests
from addon.jobs.search import Candidate, Candidates, Search, SearchResult, SearchSpec, Trial, keep_best
from addon.jobs.search.best import BEST, RESULT
from addon.jobs.search.open_numbers import OpenNumber
from addon.jobs.search.search import Evaluate
from addon.jobs.search.spec import MethodName
from addon.scene_graph import SceneGraph

from .. import engines
from ..optimise import in_processes, make_method, on_cluster
from ..optimise.processes import TIMEOUT
from ..scenes import open_scene
from .inputs import Address, OnEngine, check_address, read_text
from .output import engine_words_to_stderr, out, print_json
from .progress import Bar
from .reward import open_synthesis, tell

HEATMAP = "heatmap.png"


def optimise(
    scene: Annotated[str, typer.Argument(help="A .blend or .json file, or the name of a bundled example.")],
    reward: Annotated[
        list[str] | None, typer.Option("--reward", help="What is wanted, in the reward language; of several the mean.")
    ] = None,
    goal: Annotated[str, typer.Option("--goal", help="What is wanted, in English, in the place of --reward.")] = "",
    coder: Annotated[str, typer.Option(help="The model that makes a reward of the goal; see reward.")] = "auto",
    vary: Annotated[
        list[str] | None, typer.Option("--vary", help="An open number, Ball.velocity.x=0..8 or =0..8/9; repeatable.")
    ] = None,
    script: Annotated[
        Path | None, typer.Option(help="A transition script, whose numbers tune(value, low, high) are open too.")
    ] = None,
    budget: Annotated[int, typer.Option(min=1, max=1_000_000, help="Candidates to try at most.")] = 200,
    method: Annotated[MethodName, typer.Option(help="How to search.")] = "annealing",
    binary: Annotated[bool, typer.Option("--binary", help="A reward counts 1 where it holds and else 0.")] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="Spend all of the budget, even where all rewards hold.")
    ] = False,
    steps: Annotated[
        int | None, typer.Option(min=1, max=100_000, help="Steps to simulate. Default: 250, and 1000 in a plane.")
    ] = None,
    fps: Annotated[
        float | None, typer.Option(min=1.0, max=1000.0, help="Steps a second. Default: the scene's own.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of every random draw.")] = 0,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes; the result does not depend on them.")] = 1,
    engine: OnEngine = "processes",
    address: Address = None,
    timeout: Annotated[float, typer.Option(min=1.0, help="Seconds that one candidate may take.")] = TIMEOUT,
    heatmap: Annotated[
        str, typer.Option(help="Two open numbers, A,B, of which to draw a map. Default: if just two are open, these.")
    ] = "",
    render: Annotated[bool, typer.Option("--render", help="Render frames of the best run for its report.")] = False,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder. Default: runs/<scene>-search.")] = None,
    override_animation: Annotated[
        bool, typer.Option("--override-animation", help="Let scripts win over keyframes, drivers and constraints.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Find numbers of a scene, or of its script, with which a run earns a reward."""
    if goal and reward:
        raise typer.BadParameter("what is wanted is said in English or as a reward, not both", param_hint="--goal")
    if coder != "auto" and not goal:
        raise typer.BadParameter("a model is asked for a --goal only", param_hint="--coder")
    check_address(engine, address)
    with engine_words_to_stderr():
        found = open_scene(scene, fps, override_animation)
        if found.graph.world.plane is not None:
            found.make_engine().close()  # What cannot be run at all is told before any candidate is tried.
        if goal:
            reward = [_reward_of(goal, found.graph, coder)]
        spec = SearchSpec(
            title=found.title,
            source=scene,
            vary=tuple(vary or ()),
            rewards=tuple(reward or ()),
            goal=goal,
            binary=binary,
            script=None if script is None else read_text(script).removeprefix("\ufeff"),
            budget=budget,
            seed=seed,
            method=method,
            whole=whole,
            steps=steps or (250 if found.graph.world.plane is None else 1000),
            fps=fps,
            override_animation=override_animation,
            inputs=tuple(digests(scene, "").items()),
        )
        trial = Trial(spec, found)
        axes = _axes(heatmap, trial.space.numbers)
        folder = out_dir or Path("runs") / f"{found.title}-search"
        pool = on_cluster(spec, address, timeout) if engine == "ray" else in_processes(spec, workers, timeout)
        result = _search(trial, folder, pool, axes, render)
    if json:
        print_json({**result.model_dump(mode="json"), "folder": str(folder)})
    else:
        _print_table(result, folder)


def _reward_of(goal: str, graph: SceneGraph, coder: str) -> str:
    """The reward that a model makes of a goal, told in English. Raises RewardRefusedError and ModelError."""
    with open_synthesis(coder) as synthesis, Bar() as bar:
        made = synthesis.reward(goal, graph, on_text=bar.text)
    tell(made)
    return str(made.expression)


def _search(
    trial: Trial,
    folder: Path,
    pool: AbstractContextManager[Evaluate],
    axes: tuple[OpenNumber, OpenNumber] | None,
    render: bool,
) -> SearchResult:
    """Search, and leave the folder complete. Raises as `Search.run` and `run_job` do."""
    spec, space = trial.spec, trial.space
    method = make_method(spec.method, space, spec.budget, spec.seed)
    store = Candidates(folder)
    with store.open(spec), Bar() as bar:

        def listen(done: int, best: Candidate | None) -> None:
            note = "search" if best is None or best.value is None else f"best {best.value:.3f}"
            bar.listen(Progress(phase="search", done=done, total=spec.budget, note=note))

        with pool as evaluate:
            search = Search(spec, space, method, evaluate, store, listen)
            result = search.run()
        if axes is not None:
            from addon.jobs.search.heatmap import draw_heatmap

            draw_heatmap(search.done, *axes, folder / HEATMAP)
        return keep_best(trial, result, folder, bar.listen, render=engines.render if render else None)[0]


def _axes(text: str, numbers: tuple[OpenNumber, ...]) -> tuple[OpenNumber, OpenNumber] | None:
    """The two numbers that a map is drawn of. Raises BadParameter for others than two open ones."""
    if not text:
        return (numbers[0], numbers[1]) if len(numbers) == 2 else None
    known = {number.name: number for number in numbers}
    names = [name.strip() for name in text.split(",")]
    if len(set(names)) != 2 or not set(names) <= set(known):
        raise typer.BadParameter(f"needs two of {', '.join(known)}, as A,B", param_hint="--heatmap")
    return known[names[0]], known[names[1]]


def _print_table(result: SearchResult, folder: Path) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("reward", f"{result.value:.4f}, {'all of it holds' if result.held else 'NOT ALL of it holds'}")
    for number in result.numbers:
        bounds = f"of {number.low:g} to {number.high:g}"
        table.add_row(number.name, f"{number.before:g} → {number.value:.6g} ({bounds})")
    failed = f", {result.failed} failed, see candidates.jsonl for why" if result.failed else ""
    table.add_row(
        "candidates", f"{result.evaluations} by {result.method}{failed}; the best is number {result.found_at}"
    )
    table.add_row("engine", result.engine)
    table.add_row("result", str(folder / RESULT))
    table.add_row("report", str(folder / BEST / "report.html"))
    out.print(table)
