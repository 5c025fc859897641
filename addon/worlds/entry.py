"""Entries of the library: a generator with its names, its parameters with ranges and units, and its body."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from ..scene_graph import COLORS
from .errors import WorldError
from .form import Form, Moves, Rgb
from .shades import colour_of, rgb_of

Shape = Literal["BOX", "SPHERE", "CAPSULE", "CYLINDER", "CONE", "CONVEX_HULL", "MESH", "COMPOUND"]

Edge = Literal["left", "top", "ends"]
"""Where cloth that waves is held: at its left edge, its upper one, or the upper ends of a slope from back to front."""


class LibraryError(WorldError):
    """A parameter that an entry does not take, with what it takes."""


@dataclass(frozen=True)
class Range:
    """The least and the greatest value of a parameter, its unit and what it says."""

    low: float
    high: float
    unit: str = ""
    about: str = ""


def metres(low: float, high: float, about: str = "") -> Range:
    """A length in m."""
    return Range(low, high, "m", about)


def degrees(low: float, high: float, about: str = "") -> Range:
    """An angle in degrees."""
    return Range(low, high, "°", about)


def count(low: int, high: int, about: str = "") -> Range:
    """How many there are."""
    return Range(low, high, "", about)


def share(low: float = 0.0, high: float = 1.0, about: str = "") -> Range:
    """A part of the whole."""
    return Range(low, high, "", about)


Seed = Annotated[int, Range(0, 2**31 - 1, "", "which of the like ones it is")]
"""What draws the chance in a generator."""

Colour = Annotated[Rgb, "colour"]
"""A colour, linear RGB; in JSON also by its name."""

Parameter = float | int | str | bool | Rgb


@dataclass(frozen=True)
class Knob:
    """One parameter of a generator: what it takes, and what it is unless said."""

    name: str
    kind: Literal["length", "angle", "count", "number", "seed", "colour", "choice", "flag"]
    default: Parameter
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    choices: tuple[str, ...] = ()
    about: str = ""

    def taken(self, value: Any) -> Parameter:
        """A value as the generator takes it. Raises LibraryError that names what it takes."""
        if self.kind == "colour":
            return _colour(self.name, value)
        if self.kind == "choice":
            if value not in self.choices:
                raise LibraryError(f"'{self.name}' is one of {', '.join(self.choices)}, not {value!r}")
            return str(value)
        if self.kind == "flag":
            if not isinstance(value, bool):
                raise LibraryError(f"'{self.name}' is true or false, not {value!r}")
            return value
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not self.low <= value <= self.high:
            raise LibraryError(
                f"'{self.name}' is from {self.low:g} to {self.high:g} {self.unit}".rstrip() + f", not {value!r}"
            )
        if self.kind in ("count", "seed"):
            if value != int(value):
                raise LibraryError(f"'{self.name}' is a whole number, not {value!r}")
            return int(value)
        return float(value)


def _colour(name: str, value: Any) -> Rgb:
    if isinstance(value, str) and (colour := colour_of(value.lower())) is not None:
        return rgb_of(colour)
    parts = tuple(value) if isinstance(value, list | tuple) else ()
    if len(parts) == 3 and all(isinstance(p, int | float) and 0.0 <= p <= 1.0 for p in parts):
        return (float(parts[0]), float(parts[1]), float(parts[2]))
    raise LibraryError(f"'{name}' is a colour: one of {', '.join(COLORS)}, or three numbers from 0 to 1, not {value!r}")


@dataclass(frozen=True)
class Entry:
    """A kind of thing that the library can make.

    ``names`` are what people call it, its own name first. ``size`` is how long the longest side of its bounds is at
    least and at most, in m. ``shape`` is the collision shape of its body; with COMPOUND each hull, or each part where
    there are none, is a convex one. ``friction`` and ``restitution`` are those of what most of it is made of. ``held``
    is the edge at which cloth is held where it waves.
    """

    name: str
    family: str
    about: str
    names: tuple[str, ...]
    size: tuple[float, float]
    moves: Moves
    shape: Shape
    knobs: Mapping[str, Knob]
    generator: Callable[..., Form]
    held: Edge = "left"

    @property
    def paint(self) -> Knob | None:
        """What is meant by the colour of such a thing: the one called so, else its first; None where it has none."""
        colours = [knob for knob in self.knobs.values() if knob.kind == "colour"]
        return next((knob for knob in colours if knob.name == "colour"), colours[0] if colours else None)

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Parameter]:
        """All parameters, those given in their ranges. Raises LibraryError for one that is out of it or unknown."""
        for name in given:
            if name not in self.knobs:
                near = [f"did you mean '{like}'? " for like in get_close_matches(name, self.knobs, 1)]
                has = ", ".join(self.knobs) or "none"
                raise LibraryError(f"{self.name} has no '{name}'; {''.join(near)}it has {has}")
        return {name: knob.taken(given.get(name, knob.default)) for name, knob in self.knobs.items()}

    def make(self, **given: Any) -> Form:
        """The thing with these parameters. Raises LibraryError."""
        return self.generator(**self.parameters(given))


ENTRIES: dict[str, Entry] = {}
"""All entries by name, in the order in which families and their generators stand."""


def entry(
    about: str,
    *,
    names: tuple[str, ...] = (),
    size: tuple[float, float],
    moves: Moves = "rigid",
    shape: Shape = "CONVEX_HULL",
    held: Edge = "left",
) -> Callable[[Callable[..., Form]], Callable[..., Form]]:
    """Make a generator an entry of the library, called as the function is with spaces for underscores.

    Its parameters are the function's: an annotated `Range` gives a number's range and unit, a `Literal` the choices,
    `Colour` a colour, `bool` a flag, `Seed` the chance. Each has a default.
    """

    def register(generator: Callable[..., Form]) -> Callable[..., Form]:
        name = generator.__name__.replace("_", " ").strip()
        if name in ENTRIES:
            raise LibraryError(f"there are two entries '{name}'")
        knobs = {knob.name: knob for knob in _knobs(generator)}
        family = generator.__module__.rpartition(".")[2].replace("_", " ")
        called = tuple(dict.fromkeys((name, *names)))
        ENTRIES[name] = Entry(name, family, about, called, size, moves, shape, knobs, generator, held)
        return generator

    return register


def _knobs(generator: Callable[..., Form]) -> list[Knob]:
    hints = get_type_hints(generator, include_extras=True)
    return [_knob(p.name, hints[p.name], p.default) for p in inspect.signature(generator).parameters.values()]


def _knob(name: str, hint: Any, default: Any) -> Knob:
    if get_origin(hint) is Literal:
        return Knob(name, "choice", default, choices=get_args(hint))
    if hint is bool:
        return Knob(name, "flag", default)
    if hint == Colour:
        return Knob(name, "colour", default)
    limits = get_args(hint)[1]
    kinds: dict[str, Literal["length", "angle"]] = {"m": "length", "°": "angle"}
    kind: Any = "seed" if hint == Seed else "count" if get_args(hint)[0] is int else kinds.get(limits.unit, "number")
    return Knob(name, kind, default, limits.low, limits.high, limits.unit, about=limits.about)
