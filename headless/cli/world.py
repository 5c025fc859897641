"""``world`` and ``library``: a sentence made into a scene that moves, and what it can be made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from addon.coder.choose import resolve
from addon.jobs import Progress
from addon.jobs.world import WorldJob, WorldResult, WorldSpec, edit_world, load_spec, run_world
from addon.jobs.world_looks import look_at_runs, look_at_thing
from addon.jobs.world_things import things_for
from addon.trace import Trace
from addon.worlds.entry import Entry
from addon.worlds.errors import WorldError
from addon.worlds.kinds import likeness
from addon.worlds.library import entries, including
from addon.worlds.makers import Maker, open_maker
from addon.worlds.manifest import Happening, Manifest
from addon.worlds.shades import name_of
from addon.worlds.stages import STAGES, stages_named
from addon.worlds.staging import Staged
from addon.worlds.things_kept import default_folder
from addon.worlds.verbs import verbs
from addon.worlds.words import stems

from .output import engine_words_to_stderr, err, out, print_json
from .progress import Bar

PICTURES = 6
"""Frames of a film strip."""

MOST_CHARACTERS = 2000
"""How long a sentence is at most."""

SAMPLES = 24
"""Rays a pixel of its pictures."""


def world(
    sentence: Annotated[
        str, typer.Argument(help="What there is and what happens, in English; without it, that of the world in --out.")
    ] = "",
    seed: Annotated[int, typer.Option(min=0, help="Seed of every random draw.")] = 0,
    coder: Annotated[
        str, typer.Option(help="Who plans and writes the script of a world's rules; see run.")
    ] = "template",
    out_dir: Annotated[Path | None, typer.Option("--out", help="The world's folder. Default: worlds/<words>.")] = None,
    without: Annotated[str, typer.Option(help=f"Stages that are left out: {', '.join(STAGES)}.")] = "",
    edit: Annotated[str | None, typer.Option(help="Change the world of --out in words, and make it anew.")] = None,
    things: Annotated[
        Path | None,
        typer.Option(help="Folder of things written by a model. Default with a model: one in the user's cache folder."),
    ] = None,
    vision: Annotated[
        bool, typer.Option("--vision", help="Have the model look at pictures of things and runs, if it sees.")
    ] = False,
    solve: Annotated[
        bool, typer.Option("--solve", help="Solve liquids and smoke, with a Blender that can: --blender.")
    ] = False,
    blender: Annotated[
        Path | None, typer.Option(help="The Blender that solves fluids. Default: that of CDYN_BLENDER.")
    ] = None,
    render: Annotated[bool, typer.Option("--render", help="Render a strip of frames.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Make a world of a sentence: a plan, things, a place, what happens, a run, and a .blend file that plays."""
    for text, option in ((sentence, "sentence"), (edit or "", "--edit")):
        if problem := _problem(text):
            raise typer.BadParameter(problem, param_hint=option)
    if things is not None and things.exists() and not things.is_dir():
        raise typer.BadParameter(f"{things} is no folder", param_hint="--things")
    path = out_dir or Path("worlds") / _short(sentence)
    spec = WorldSpec(sentence=sentence, seed=seed, coder=coder, vision=vision, solve=solve, without=left_out(without))
    if edit is not None:
        spec = load_spec(path)
    elif not sentence.strip():
        spec = _going_on(path, spec)
    resolve(spec.coder)
    asks = spec.coder == "openai" or spec.coder.startswith("paste:")
    if spec.vision and not asks:
        raise typer.BadParameter("needs a coder with a model that sees: openai or paste:DIR", param_hint="--vision")
    kept = things or (default_folder() if asks else None)
    look_at = (lambda entry, code: look_at_thing(entry, code, path)) if spec.vision else None
    with (
        engine_words_to_stderr(),
        open_maker(spec.coder, path / "answers", spec.without, things=kept, look_at=look_at) as maker,
        Bar() as bar,
    ):
        if edit is not None:
            _edit(path, edit, maker)

        def film(staged: Staged, trace: Trace, folder: Path) -> tuple[Path, list[Path]]:
            return _film(staged, trace, folder, render)

        look = look_at_runs(maker.sight) if maker.sight is not None else None
        solver = _solver(blender, bar.listen) if spec.solve else None
        job = WorldJob(
            spec, maker.plan, maker.coder, path, film, solver, bar.listen, _tell, maker.things, look, maker.again
        )
        result = run_world(job)
    if json:
        print_json({**result.model_dump(mode="json"), "folder": str(path)})
    else:
        _print(result, path)
    if result.failures:
        raise typer.Exit(1)


def _going_on(path: Path, asked: WorldSpec) -> WorldSpec:
    """The request of a folder, with what is asked for besides. Raises BadParameter where there is no world in it."""
    if not (path / "world.json").exists():
        raise typer.BadParameter("say what there is, or name the folder of a world with --out", param_hint="sentence")
    told = {
        name: value for name, value in asked if name != "sentence" and value != WorldSpec.model_fields[name].default
    }
    return load_spec(path).model_copy(update=told)


def _problem(text: str) -> str | None:
    """What is wrong with a text that is no sentence; None where nothing is."""
    if len(text) > MOST_CHARACTERS:
        return f"has {len(text)} characters; {MOST_CHARACTERS} are the most"
    odd = next((c for c in "".join(text.split()) if not c.isprintable()), None)
    return f"holds a character that cannot be printed (U+{ord(odd):04X}); take it out" if odd is not None else None


def _solver(given: Path | None, listen: Callable[[Progress], None]) -> Callable[[Staged, int], Staged] | None:
    """What solves the fluids of a world; None, which is told, where no Blender can. Raises EngineError."""
    from addon.engine.fluid_bake import can_solve, find_blender, solved
    from addon.worlds.fluids import with_fluids

    program = find_blender(given)
    if program is None or not can_solve(program):
        why = "name one with --blender or CDYN_BLENDER" if program is None else f"{program} cannot"
        err.print(f"no Blender here can solve liquids: drops stand for them ({why})", highlight=False, soft_wrap=True)
        return None

    def solve(staged: Staged, steps: int) -> Staged:
        flowing = with_fluids(staged)
        if flowing is staged:
            return staged
        graph = solved(flowing.graph, program, steps, on_frames=lambda done, total: listen(_solving(done, total)))
        return replace(flowing, graph=graph)

    return solve


def _solving(done: int, total: int) -> Progress:
    return Progress(phase="fluids", done=done, total=total)


def left_out(text: str) -> tuple[str, ...]:
    """The stages that ``--without`` names. Raises BadParameter with those that there are."""
    try:
        return stages_named(text)
    except WorldError as error:
        raise typer.BadParameter(str(error), param_hint="--without") from None


def _short(sentence: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in sentence.lower()).split()
    return "_".join(words[:6]) or "world"


def _edit(path: Path, text: str, maker: Maker) -> None:
    with including(things_for(path, text, maker.things)):
        for change in edit_world(path, text, entries()).changes:
            err.print(change, highlight=False)


def _film(staged: Staged, trace: Trace, folder: Path, render: bool) -> tuple[Path, list[Path]]:
    from addon.engine.build import write_blend
    from addon.engine.film import put_on_timeline, take_pictures

    scene = put_on_timeline(staged.graph, trace)
    write_blend(folder / "world.blend")
    if not render:
        return folder / "world.blend", []
    frames = trace.spread(PICTURES)
    return folder / "world.blend", take_pictures(scene, folder / "frames", frames, samples=SAMPLES)


def _tell(manifest: Manifest) -> None:
    """Say how a sentence was understood, on standard error."""
    for subject in manifest.subjects:
        where = " and ".join(f"{p.relation} {' and '.join(p.of)}" for p in subject.places)
        many = f"{subject.count} {subject.arrangement}" if subject.count > 1 else "one"
        looks = [f"{name} {_short_value(value)}" for name, value in subject.parameters.items()]
        made = [f"of {subject.stuff}"] if subject.stuff else []
        told = ", ".join(filter(None, (f"{many} {subject.thing}", *made, *looks, where)))
        err.print(f"{subject.name}: {told}", highlight=False)
    for happening in manifest.happenings:
        err.print(_deed(happening, manifest), highlight=False)
    for rule in manifest.rules:
        err.print(f"rule: {rule}", highlight=False)
    setting = ", ".join(f"{k} {v}" for k, v in manifest.setting.model_dump(exclude_defaults=True).items())
    err.print(f"setting: {setting or manifest.setting.where}", highlight=False)
    if manifest.left_out:
        err.print(f"left out, for nothing stands for it: {', '.join(manifest.left_out)}", highlight=False)


def _short_value(value: object) -> str:
    """A parameter's value; a colour by its name where it has one."""
    if not isinstance(value, tuple):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return name_of(value) or " ".join(f"{part:g}" for part in value)


def _deed(happening: Happening, manifest: Manifest) -> str:
    """What happens, where it comes from, and when."""
    told = [f"{happening.who}: {happening.does}"]
    told += [happening.to] if happening.to else []
    told += [f"from {happening.source}"] if happening.source else []
    if happening.amount is not None:
        told.append(f"({verbs()[happening.does].amount or 'amount'} {happening.amount:g})")
    told += [f"after {happening.at:g} s"] if happening.at else []
    if happening.after is not None:
        first = manifest.happenings[happening.after]
        told.append(f"once {first.who} has done: {first.does}")
    return " ".join(told)


def _print(result: WorldResult, path: Path) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("checks", f"{result.checks_met} of {len(result.checks)} met, round {result.best} of {result.rounds}")
    for check in result.checks:
        if not check["met"]:
            table.add_row("missed", f"{check['kind']}: {check['text']}")
    for thing in result.things:
        table.add_row("thing", f"{thing.noun}: {thing.how}{', ' + thing.problem if thing.problem else ''}")
    if result.left_out:
        table.add_row("left out", ", ".join(result.left_out))
    table.add_row("objects", f"{result.objects}, {result.faces} faces")
    table.add_row("trace", result.trace_sha256[:16])
    table.add_row("film", str(path / result.blend) if result.blend else "none")
    table.add_row("report", str(path / "report.html"))
    out.print(table)


def library(
    words: Annotated[list[str] | None, typer.Argument(help="Only entries that these words are in.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """List the things that worlds can be made of, with their parameters."""
    found = _listed([word.lower() for word in words or ()])
    if json:
        print_json([_told(entry) for entry in found])
    for entry in () if json else found:
        out.print(f"{', '.join(entry.names)} ({entry.family}): {entry.about}", highlight=False, soft_wrap=True)
        for knob in entry.knobs.values():
            span = f"{knob.low:g} to {knob.high:g} {knob.unit}".strip() if knob.high > knob.low else ""
            told = ", ".join(knob.choices) or span or knob.kind
            out.print(f"    {knob.name}: {told}{'; ' + knob.about if knob.about else ''}", highlight=False)
    if not found:
        raise typer.Exit(1)


def _listed(words: Sequence[str]) -> list[Entry]:
    """The entries that all of some words are in, else those that any of them is in; what is not there is told."""
    known = entries().values()
    holds = {word: {e.name for e in known if _speaks_of(e, word)} for word in words}
    found = [e for e in known if all(e.name in holds[word] for word in words)]
    if found:
        return found
    names = {called: entry.name for entry in known for called in entry.names}
    for word in (word for word in words if not holds[word]):
        like = likeness(word)
        near = [like.entry] if like is not None else [names[n] for n in get_close_matches(word, names, 3, 0.6)]
        told = f"; the nearest: {', '.join(dict.fromkeys(near))}" if near else ""
        err.print(f"nothing in the library for '{word}'{told}", highlight=False, soft_wrap=True)
    found = [e for e in known if any(e.name in holds[word] for word in words)]
    if found:
        err.print("no entry has all of these words; those that have one of them:", highlight=False)
    return found


def _speaks_of(entry: Entry, word: str) -> bool:
    """Whether a word is in an entry's names, or begins a word of what it is."""
    forms = (word, *stems(word))
    about = rf"\b(?:{'|'.join(map(re.escape, forms))})"
    return any(form in name for form in forms for name in entry.names) or re.search(about, entry.about) is not None


def _told(entry: Any) -> dict[str, Any]:
    knobs = {k.name: {f: v for f, v in vars(k).items() if v not in ("", ())} for k in entry.knobs.values()}
    return {"name": entry.name, "names": entry.names, "family": entry.family, "about": entry.about, "knobs": knobs}
