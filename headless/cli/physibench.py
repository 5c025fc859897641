"""``physibench``: make, check and evaluate machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.progress import track
from rich.table import Table

from ..benchmarks.physibench.examples import examples
from ..benchmarks.physibench.files import load_machines
from ..benchmarks.physibench.generate import SERIES, digest, generate, size_of
from ..benchmarks.physibench.goals import DIFFICULTY as GOALS
from ..benchmarks.physibench.goals import SEED as GOALS_SEED
from ..benchmarks.physibench.goals import goals
from ..benchmarks.physibench.machine import Machine, MachineError
from ..benchmarks.physibench.results import Results
from ..benchmarks.physibench.rules import Split
from ..benchmarks.physibench.table import table_one
from ..evaluation import TIMEOUT
from ..evaluation.run import check_folder, check_resumed
from ..evaluation.statistics import percent
from .inputs import Address, OnEngine, check_address
from .output import engine_words_to_stderr, err, out, print_json
from .physibench_free import PARTS_OF, FreeSplit, evaluate_free

app = typer.Typer(help="Make, check and evaluate PhysiBench machines.", no_args_is_help=True)

Count = Annotated[int | None, typer.Option(min=1, help="Number of machines or rules; without it all.")]
Seed = Annotated[int | None, typer.Option(help="Seed of the machines. Default: that of the published series.")]
OfSeries = Annotated[
    int, typer.Option("--series", min=1, max=2, help="Published series: 1, or 2 with forces, states and plans.")
]
Level = Annotated[
    int | None,
    typer.Option("--level", min=1, max=4, help="Only machines of this difficulty; 4 are goals without rules."),
]
OfSplit = Annotated[Split | None, typer.Option("--split", help="Only machines of this split.")]
AnySplit = Annotated[
    Literal[Split, FreeSplit] | None,
    typer.Option("--split", help="Only machines of this split; free and free-a to free-c are rules in free words."),
]
Workers = Annotated[int, typer.Option(min=1, help="Processes.")]


@app.command("generate")
def generate_machines(
    out_dir: Annotated[Path, typer.Option("--out", help="Folder for the machines.")],
    count: Count = None,
    series: OfSeries = 1,
    seed: Seed = None,
    split: OfSplit = None,
    level: Level = None,
    workers: Workers = 1,
    recheck: Annotated[bool, typer.Option(help="Check the published machines again.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Make machines, each checked in the engine, and write them as JSON."""
    check_folder(out_dir, resume=True)
    with engine_words_to_stderr():
        machines = _machines(_Part(count, series, seed, split, level), workers, recheck)
        paths = [machine.save(out_dir / f"{machine.name}.json") for machine in machines]
    sha = digest(machines)
    if json:
        made = [
            {"name": m.name, "stages": m.stages, "split": m.split, "draw": m.draw, "file": str(p)}
            for m, p in zip(machines, paths, strict=True)
        ]
        print_json({"sha256": sha, "machines": made})
        return
    err.print(f"{len(paths)} machines in {out_dir}, SHA-256 {sha}")


@dataclass(frozen=True)
class _Part:
    """Which machines of a published series."""

    count: int | None
    number: int
    of_seed: int | None
    split: Split | None
    level: int | None

    @property
    def seed(self) -> int:
        """The seed of the machines."""
        if self.level == GOALS:
            return GOALS_SEED
        return SERIES[self.number].seed if self.of_seed is None else self.of_seed

    @property
    def part(self) -> str:
        """A word for it, as in the name of a folder."""
        parts = ["" if self.number == 1 else f"series{self.number}", self.split or "", _leveled(self.level)]
        return "-".join(filter(None, parts)) or "all"


def _leveled(level: int | None) -> str:
    return "" if level is None else f"level{level}"


@dataclass(frozen=True)
class _Chosen:
    """Which machines an evaluation is of. Raises BadParameter if that is said in two ways."""

    machines_of: _Part
    small: bool
    files: Path | None

    def __post_init__(self) -> None:
        if self.small and self.files is not None:
            raise typer.BadParameter("it cannot be given with --examples", param_hint="--machines")
        if self.small and self.machines_of.split:
            raise typer.BadParameter("the bundled examples are of no split", param_hint="--split")
        of = self.machines_of
        if of.level == GOALS and (of.split or of.number != 1 or of.of_seed is not None):
            raise typer.BadParameter("goals are of no split, no series and one seed", param_hint="--level")
        if (self.small or self.files) and self.machines_of.number != 1:
            raise typer.BadParameter("neither examples nor files are of a series", param_hint="--series")

    @property
    def part(self) -> str:
        """A word for it, as in the name of a folder."""
        if self.files is not None:
            return self.files.resolve().stem
        return "examples" if self.small else self.machines_of.part

    @property
    def series(self) -> str:
        """What to call the machines where they are not those of the seed."""
        if self.files is not None:
            return f"machines of {self.files.resolve().name}"
        of = self.machines_of
        told = [f"series {of.number}" if of.number > 1 else "", f"level {of.level}" if of.level else ""]
        return "bundled examples" if self.small else ", ".join(filter(None, told))

    def machines(self, workers: int) -> list[Machine]:
        """The machines. Raises MachineError if one of the files is none, or none is of the split."""
        of = self.machines_of
        if self.files is None and not self.small:
            return _machines(of, workers)
        given = examples() if self.files is None else load_machines(self.files)
        found = [m for m in given if of.split in (None, m.split) and of.level in (None, m.difficulty)]
        if not found:
            what = f"the split {of.split}" if of.split else f"the level {of.level}"
            raise MachineError(f"none of the machines{f' of {self.files}' if self.files else ''} is of {what}")
        return found[: of.count]


def _machines(of: _Part, workers: int = 1, recheck: bool = False) -> list[Machine]:
    if of.level == GOALS:
        return goals(of.count)
    size = size_of(of.seed, of.split, of.number)
    wanted = of.count or size
    if of.level is None:
        return generate(wanted, of.seed, split=of.split, workers=workers, recheck=recheck, series=of.number)
    found = generate(size, of.seed, split=of.split, workers=workers, recheck=recheck, series=of.number)
    return [machine for machine in found if machine.difficulty == of.level][: of.count]


@app.command()
def evaluate(
    count: Count = None,
    series: OfSeries = 1,
    seed: Seed = None,
    split: AnySplit = None,
    level: Level = None,
    small: Annotated[bool, typer.Option("--examples", help="The bundled examples instead of the benchmark.")] = False,
    files: Annotated[
        Path | None,
        typer.Option("--machines", help="Machines of anybody's instead: a file, or a folder of files or of folders."),
    ] = None,
    coder: Annotated[str, typer.Option(help="auto, openai, local, template, chance, oracle, other or empty.")] = "auto",
    runs: Annotated[
        int | None,
        typer.Option(min=1, max=10, help="Of a goal: scripts that may be run, each after a look. Default: 5."),
    ] = None,
    fit: Annotated[
        int | None, typer.Option(min=0, help="Of a goal: runs to find a script's open numbers. Default: 40.")
    ] = None,
    workers: Workers = 1,
    out_dir: Annotated[Path | None, typer.Option("--out", help="Folder for the results.")] = None,
    engine: OnEngine = "processes",
    address: Address = None,
    timeout: Annotated[float, typer.Option(min=1, help="Seconds that one machine may take.")] = TIMEOUT,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what is in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Let a coder solve machines and report logic success, volume drift and the cost."""
    from ..benchmarks.physibench.evaluate import check_stand_in
    from ..benchmarks.physibench.evaluate import evaluate as run
    from ..benchmarks.physibench.report import write_evaluation_report

    check_address(engine, address)
    part = _Part(count, series, seed, None if split in PARTS_OF else split, level)  # type: ignore[arg-type]
    options: dict[str, Any] = {
        "seed": part.seed,
        "workers": workers,
        "resume": resume,
        "timeout": timeout,
        "cluster": engine == "ray",
        "address": address,
    }
    if split in PARTS_OF:
        if small or files or level or series != 1:
            raise typer.BadParameter("free rules are of no series, no level and no machines", param_hint="--split")
        evaluate_free(split, count, coder, out_dir, json, **options)
        return
    chosen = _Chosen(part, small, files)
    if level != GOALS and files is None and (runs is not None or fit is not None):
        raise typer.BadParameter("only goals (--level 4) are tried again", param_hint="--runs" if runs else "--fit")
    options |= {"runs": 5 if runs is None else runs, "fit": 40 if fit is None else fit}
    folder = out_dir or Path("runs") / f"physibench-{coder}-{chosen.part}-{part.seed}"
    check_folder(folder, resume)
    if resume:
        check_resumed(folder)
    with engine_words_to_stderr():
        machines = chosen.machines(workers)
        check_stand_in(machines, coder)
        results = run(
            machines,
            coder,
            folder,
            series=chosen.series,
            **options,
        )
        page = write_evaluation_report(machines, folder)
    if json:
        print_json(results.model_dump(mode="json"))
    else:
        print_table(results)
    for failed in results.failed:
        err.print(f"failed: {failed}", highlight=False)
    err.print(f"report: {page}", highlight=False)


@app.command()
def rules(
    count: Annotated[int, typer.Option(min=1, help="Number of rules, all kinds in turn.")] = 56,
    series: OfSeries = 1,
    seed: Seed = None,
    split: Annotated[Split, typer.Option(help="Rules of this split.")] = "dev",
    coder: Annotated[str, typer.Option(help="auto, openai, local or template.")] = "auto",
    json: Annotated[bool, typer.Option("--json", help="Print the readings as JSON.")] = False,
) -> None:
    """Ask a coder for single rules and compare its code with the oracle's, without a run."""
    from addon.coder.choose import open_coder, resolve

    from ..benchmarks.physibench.readings import read_rules

    part = _Part(None, series, seed, split, None)
    machines = _machines(part)
    found = []
    with engine_words_to_stderr(), open_coder(resolve(coder)[0]) as chosen:
        if chosen is None:
            raise typer.BadParameter(f"'{coder}' writes no code", param_hint="--coder")
        for reading in track(read_rules(machines, chosen, count, part.seed), "rules", count, console=err):
            found.append(reading)
    if json:
        print_json([{**asdict(reading), "right": reading.right} for reading in found])
        return
    table = Table("kind of condition", "right", "of", box=None)
    for kind in (*sorted({r.kind for r in found}), "all"):
        own = [r for r in found if kind in (r.kind, "all")]
        table.add_row(kind, str(sum(r.right for r in own)), str(len(own)))
    out.print(table)
    for reading in found:
        if not reading.right:
            err.print(f"{reading.rule}\n{reading.got}", highlight=False, markup=False)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="Folder of an evaluation.")],
    second: Annotated[Path, typer.Argument(help="Folder of another one, of the same machines.")],
    json: Annotated[bool, typer.Option("--json", help="Print the comparison as JSON.")] = False,
) -> None:
    """Show until which frame two evaluations of the same machines agree, as two builds of Blender do."""
    from ..evaluation.compare import compare as run

    rows = run(first, second)
    if json:
        print_json([{"machine": row.task, **row.figures()} for row in rows])
        return
    table = Table("machine", "same trace", "agree until frame", "same outcome", box=None)
    words = {True: "yes", False: "no"}
    for row in rows:
        until = f"{row.agree_until} of {row.frames - 1}"
        table.add_row(row.task, words[row.same_trace], until, words[row.same_outcome])
    out.print(table)


def print_table(results: Results) -> None:
    """The paper's Table I with our row, and the rest of the figures."""
    table = Table("method", "model", "machines", "volume drift", "logic success", box=None)
    for row in table_one(results):
        table.add_row(*row)
    out.print(table)
    groups = [("all", results.logic_success), *results.by_kind.items()]
    groups += [(f"difficulty {level}", share) for level, share in results.by_difficulty.items()]
    groups += [(f"{count} stages", share) for count, share in results.by_stages.items()]
    groups += [(f"split {split}", share) for split, share in results.by_split.items()]
    groups += [("one run, numbers as written", results.unfitted)] if results.unfitted else []
    groups += [(f"within {n} run{'s' * (n > 1)}", share) for n, share in results.by_runs.items()]
    shares = Table("machines", "logic success, 95 % interval", "of", box=None)
    for name, share in groups:
        shares.add_row(name, percent(share), str(share.count if share else 0))
    out.print(shares)
    figures = Table("figure", "value", box=None)
    figures.add_row("assertions met", percent(results.assertions_held))
    for key in (
        *("prompt_version", "seed", "shape_iou", "gains_energy", "deepest_penetration", "script_failures"),
        *("without_result", "repairs", "requests", "prompt_tokens", "completion_tokens"),
    ):
        figures.add_row(key.replace("_", " "), str(getattr(results, key)))
    out.print(figures)
