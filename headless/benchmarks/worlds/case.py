"""The cases of the benchmark: a sentence, and checks of what a world of it must show, as data.

A check speaks of things by words: a thing is meant whose class or name has one of these words, as a word of its own, in
the singular or the plural. Lengths are in m, times in s, angles in degrees.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

CASES = Path(__file__).parent / "cases"

Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _Check(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Present(_Check):
    """There are at least ``least`` and at most ``most`` such things, each of the ``colour``, and its longest side is
    between the two lengths of ``longest``."""

    check: Literal["present"]
    thing: Words
    least: int = 1
    most: int | None = None
    colour: str | None = None
    longest: tuple[float, float] | None = None


class Related(_Check):
    """One such thing is to another as ``relation`` says, at the start or at the end.

    By bounds: "on" (above its middle and within its outline), "in", "under", "beside" (less than 1 m apart), "near"
    (less than 3 m), "left of" (-x), "right of", "in front of" (-y), "behind", "above". ``other`` is "ground" for what
    the world stands on. With ``all``, all such things are.
    """

    check: Literal["related"]
    thing: Words
    relation: Literal["on", "in", "under", "beside", "near", "left of", "right of", "in front of", "behind", "above"]
    other: Words
    when: Literal["start", "end"] = "start"
    all: bool = False


class InARow(_Check):
    """Such things stand in a row: none is further from the line through them than its own length."""

    check: Literal["in a row"]
    thing: Words
    least: int = 3


class Moves(_Check):
    """Such a thing's origin, or middle where it is deformed, gets at least ``least`` m away from where it was.

    ``way``: measured "up", "down", "level" or in any direction. With ``all``, all such things do.
    """

    check: Literal["moves"]
    thing: Words
    least: float
    way: Literal["any", "up", "down", "level"] = "any"
    all: bool = False


class Turns(_Check):
    """Such a thing turns by at least so many degrees at once from how it stood, or in all where ``in_all``.

    With ``over``, only the tilt of what was upright counts: it falls over.
    """

    check: Literal["turns"]
    thing: Words
    degrees: float
    over: bool = False
    in_all: bool = False
    least: int = 1


class Swings(_Check):
    """Such a thing goes to and fro: some coordinate of it, or its turn, changes direction at least ``times`` times."""

    check: Literal["swings"]
    thing: Words
    times: int = 2


class Still(_Check):
    """All such things stay within ``most`` m of where they were."""

    check: Literal["still"]
    thing: Words
    most: float = 0.05


class Touches(_Check):
    """Such a thing touches such another one, at least ``times`` times anew."""

    check: Literal["touches"]
    thing: Words
    other: Words
    times: int = 1


class Happening(BaseModel):
    """A moment: such a thing first touches another one, or, without ``other``, first is 5 cm, or 10 degrees, from how
    it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    thing: Words
    other: Words | None = None


class InOrder(_Check):
    """All of these happen, none before the one in front of it."""

    check: Literal["in order"]
    moments: Annotated[tuple[Happening, ...], Field(min_length=2)]


class Deforms(_Check):
    """Such a thing is no rigid body and changes: its bounds, by at least this part of its size."""

    check: Literal["deforms"]
    thing: Words
    least: float = 0.05


class Resized(_Check):
    """Such a thing gets larger or smaller: by at least this factor, along one axis or all; below 1 it shrinks."""

    check: Literal["resized"]
    thing: Words
    factor: float


class Particles(_Check):
    """At least ``least`` particles called so (by the system, what gives them off, or what each shows) are there at a
    time; their middle goes up, down or along by 0.3 m, or it does not matter."""

    check: Literal["particles"]
    thing: Words
    least: int = 20
    way: Literal["any", "up", "down", "level"] = "any"


class Liquid(_Check):
    """A liquid, as a mesh or as drops, gets at least ``least`` m lower than it was."""

    check: Literal["liquid"]
    least: float = 0.05


class LightChanges(_Check):
    """The strength or the direction of some light changes: by this factor, or by so many degrees; ``times`` times."""

    check: Literal["light changes"]
    factor: float = 1.5
    degrees: float = 30.0
    times: int = 1


class Lit(_Check):
    """There is a light, or a thing that shines, of these words."""

    check: Literal["lit"]
    thing: Words


class Hour(_Check):
    """The hour that the light shows at the start: the sun high ("day"), low ("low sun"), or a dark sky ("night")."""

    check: Literal["hour"]
    is_: Literal["day", "low sun", "night"] = Field(alias="is")


class Foggy(_Check):
    """There is fog in the air."""

    check: Literal["foggy"]


class Ground(_Check):
    """What the world stands on has one of these words as its class or name, or is of this colour."""

    check: Literal["ground"]
    words: Words
    colour: str | None = None


class CameraMoves(_Check):
    """The camera moves by at least so many m."""

    check: Literal["camera moves"]
    least: float = 0.5


class InView(_Check):
    """At the start the middle of such a thing is seen by the camera, inside its frame."""

    check: Literal["in view"]
    thing: Words


class Told(_Check):
    """The world does not show this, so it must be told: one of these words is in what is said to be left out."""

    check: Literal["told"]
    words: Words


Check = Annotated[
    Present | Related | InARow | Moves | Turns | Swings | Still | Touches | InOrder | Deforms | Resized | Particles
    | Liquid | LightChanges | Lit | Hour | Foggy | Ground | CameraMoves | InView | Told,
    Field(discriminator="check"),
]  # fmt: skip


class Case(BaseModel):
    """One sentence of the benchmark. ``subject`` says in two or three words what it is about; ``level`` 1 has one thing
    or two, 2 several with relations or a chain, 3 a whole scene with setting, several happenings, or an order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    level: Literal[1, 2, 3]
    subject: str
    sentence: str
    checks: Annotated[tuple[Check, ...], Field(min_length=2)]


@cache
def load_cases() -> tuple[Case, ...]:
    """All cases, by level and name. Raises ValidationError naming the field."""
    read = TypeAdapter(list[Case])
    found = [case for path in sorted(CASES.glob("*.json")) for case in read.validate_json(path.read_text("utf-8"))]
    return tuple(sorted(found, key=lambda case: (case.level, case.name)))
