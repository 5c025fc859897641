"""Things written as code: a function that returns plain mesh data, run in the script worker and never here.

What comes back is data, checked against a model of it and by the object critic; the same code gives the same thing.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, ValidationError

from ..executor import Budgets, ScriptError, parse, run_function
from ..scene_graph.base import Finite, Model, NonNegative
from .entry import Entry, Knob
from .errors import WorldError
from .form import Anchor, Form, Moves, Part, Rgb
from .object_critic import Flaw, flaws, told
from .solids import Solid
from .stuffs import STUFFS

FUNCTION = "make_thing"
FAMILY = "written"
"""The family of all such entries."""

BUDGETS = Budgets(ticks_step=5_000_000, seconds_step=10.0, memory_mb=1024, answer_bytes=24 << 20)
"""A thing is made at once, where a transition script makes one step."""

MOST_FACES = 50_000
MOST_PARTS = 64
MOST_HULLS = 16
"""A thing that physics moves is one convex body a part, up to so many parts, else one of all."""

SMALLEST, LARGEST = 0.01, 30.0
"""How long the longest side of a thing may be in m."""

MOST_CHARS = 200

Coordinate = Annotated[Finite, Field(ge=-1000.0, le=1000.0)]
Point = tuple[Coordinate, Coordinate, Coordinate]
Channel = Annotated[float, Field(ge=0.0, le=1.0)]


class ThingError(WorldError):
    """Code of a thing that cannot be taken; the message says what is wrong with it."""


class WrittenPart(Model):
    """A part as code gives it: see `Part`. What is ``painted`` takes the colour that is asked for."""

    vertices: Annotated[list[Point], Field(max_length=2 * MOST_FACES)]
    faces: Annotated[list[Annotated[tuple[int, ...], Field(max_length=1000)]], Field(max_length=MOST_FACES)]
    stuff: str
    colour: tuple[Channel, Channel, Channel] | None = None
    glow: Annotated[float, Field(ge=0.0, le=1000.0)] = 0.0
    share: Annotated[float, Field(gt=0.0, le=1.0)] = 1.0
    painted: bool = False


class WrittenAnchor(Model):
    """A place of a thing as code gives it: see `Anchor`."""

    at: Point
    reach: NonNegative = 0.0


class WrittenThing(Model):
    """A thing as code gives it. ``longest`` is how long in m the longest side of such things is, least and greatest."""

    about: Annotated[str, Field(min_length=3, max_length=MOST_CHARS)]
    moves: Moves = "rigid"
    longest: tuple[Annotated[float, Field(ge=SMALLEST, le=LARGEST)], Annotated[float, Field(ge=SMALLEST, le=LARGEST)]]
    parts: Annotated[list[WrittenPart], Field(min_length=1, max_length=MOST_PARTS)]
    anchors: dict[Literal["top", "inside", "seat", "mouth", "handle"], WrittenAnchor] = Field(default_factory=dict)


def entry_from(source: str, noun: str) -> Entry:
    """The entry that code makes, called ``noun``, with the parameters ``size`` (m) and, where parts of it are painted,
    ``colour``. Raises ThingError with all that is wrong with it."""
    try:
        return _entry(_run(source), noun)
    except WorldError:
        raise
    except (ValueError, ArithmeticError, LookupError) as error:
        raise ThingError(f"- its mesh cannot be worked out: {error}") from None


def _entry(thing: WrittenThing, noun: str) -> Entry:
    """The entry of what code gave. Raises ThingError, and what numbers raise that are out of any range."""
    form = _form(thing)
    low, high = thing.longest
    now = float((form.high - form.low).max()) if np.isfinite(form.high - form.low).all() else 0.0
    shape: Any = (
        "MESH" if thing.moves == "fixed" else "COMPOUND" if 1 < len(form.parts) <= MOST_HULLS else "CONVEX_HULL"
    )
    painted = next((_colour(part) for part in thing.parts if part.painted), None)
    knobs = {"size": Knob("size", "length", now, low, high, "m", about="its longest side")}
    if painted is not None:
        knobs["colour"] = Knob("colour", "colour", painted)

    def make(size: float = now, colour: Rgb | None = painted) -> Form:
        return _as_asked(form, thing, size / now, colour if colour != painted else None)

    entry = Entry(noun, FAMILY, thing.about, (noun,), (low, high), thing.moves, shape, knobs, make)
    if found := [*_too_much(form), *flaws(entry, form)]:
        raise ThingError(told(found))
    return entry


@cache
def helpers() -> str:
    """The source of what the code can call."""
    return (Path(__file__).parent / "runtime" / "meshes.py").read_text(encoding="utf-8")


@cache
def helper_names() -> frozenset[str]:
    """The functions that the code can call."""
    return frozenset(node.name for node in ast.parse(helpers()).body if isinstance(node, ast.FunctionDef))


def _run(source: str) -> WrittenThing:
    """What the code gives. Raises ThingError."""
    try:
        own = {node.name for node in parse(source).body if isinstance(node, ast.FunctionDef)}
        if taken := sorted(own & helper_names()):
            raise ThingError(f"- the function '{taken[0]}' is there already: call yours something else")
        value = run_function(f"{source}\n\n{helpers()}", FUNCTION, {}, budgets=BUDGETS)
        return WrittenThing.model_validate(value, strict=False)
    except ScriptError as error:
        raise ThingError(f"- {error}") from None
    except ValidationError as error:
        problems = [f"- {'.'.join(map(str, p['loc'])) or FUNCTION}: {p['msg']}" for p in error.errors()[:4]]
        raise ThingError("\n".join(problems)) from None


def _form(thing: WrittenThing) -> Form:
    """What code gives as a form, put on z = 0 and over the origin."""
    solids = [Solid(np.array(p.vertices, dtype=np.float64).reshape(-1, 3), tuple(p.faces)) for p in thing.parts]
    corners = np.concatenate([np.zeros((0, 3)), *(solid.vertices for solid in solids)])
    if not len(corners):
        raise ThingError("- no part has a vertex")
    low, high = corners.min(axis=0), corners.max(axis=0)
    x, y, z = (float(-c) for c in ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]))
    parts = tuple(
        Part(solid.moved(x, y, z), part.stuff, part.colour, part.glow, part.share)
        for solid, part in zip(solids, thing.parts, strict=True)
    )
    anchors: dict[str, Anchor] = {
        name: Anchor((a.at[0] + x, a.at[1] + y, a.at[2] + z), reach=a.reach) for name, a in thing.anchors.items()
    }
    return Form(parts, anchors)


def _colour(part: WrittenPart) -> Rgb:
    """The colour of a part; black for a stuff that there is not."""
    stuff = STUFFS.get(part.stuff)
    return part.colour or (stuff.color if stuff is not None else (0.0, 0.0, 0.0))


def _as_asked(form: Form, thing: WrittenThing, by: float, colour: Rgb | None) -> Form:
    """The form as large as asked for; what is painted has a colour unless it keeps its own."""
    parts = tuple(
        Part(
            part.solid.scaled(by),
            part.stuff,
            colour if colour and written.painted else part.color,
            part.glow,
            part.share,
        )
        for part, written in zip(form.parts, thing.parts, strict=True)
    )
    anchors = {
        name: Anchor((a.at[0] * by, a.at[1] * by, a.at[2] * by), a.out, a.reach * by)
        for name, a in form.anchors.items()
    }
    return Form(parts, anchors)


def _too_much(form: Form) -> list[Flaw]:
    if form.faces <= MOST_FACES:
        return []
    return [Flaw("faces", f"it has {form.faces} faces; a thing has at most {MOST_FACES}")]
