"""The plan of a world: what is in it, where it is, what happens, and how it is seen. Every later stage reads it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from ..scene_graph.base import Model, Name
from .form import Moves
from .places import RELATIONS, Place
from .stuffs import STUFFS

Arrangement = Literal["row", "stack", "scattered"]
Where = Literal[
    "studio",
    "room",
    "garden",
    "meadow",
    "forest",
    "desert",
    "beach",
    "hills",
    "mountains",
    "snowfield",
    "street",
    "sea",
    "underwater",
]
Hour = Literal["morning", "day", "evening", "night"]
Weather = Literal["clear", "fog", "rain", "snow", "leaves", "sand"]
Passing = Literal["", "day", "sunrise", "sunset"]
View = Literal["still", "orbit", "approach", "rise"]

Value = bool | int | float | str | tuple[float, float, float]


RESERVED = ("Ground", "Sunlight")
"""Names of what every world has."""

MOST = 200
"""How many alike there can be."""

MOST_THINGS = 400
"""How many things there can be in all."""

MOST_DEEDS, MOST_RULES = 200, 40
"""How much can happen, and how many rules there can be."""

FARTHEST = 1000.0
"""How far in m things can be set apart."""

Turn = Annotated[float, Field(ge=-360.0, le=360.0)]
"""An angle in degrees."""

LONGEST, HIGHEST = 60.0, 1000.0
"""Seconds that a world runs at most, and m above its place at which a thing starts at most."""

NAMED = 56
"""Characters of a subject's name at most, so that each of several can have a name of its own in Blender."""


class _Model(Model):
    model_config = ConfigDict(allow_inf_nan=False)


class Subject(_Model):
    """A thing of the world, or ``count`` alike: an entry of the library with parameters, and where it is.

    Several are called ``Name 1``, ``Name 2`` and so on; they stand in an ``arrangement``, ``spacing`` m apart, rows in
    the direction ``bearing`` in degrees. ``stuff`` is what it is made of and ``moves`` what moves it where that is not
    as the library has it, ``facing`` the subject that its front turns to. It starts ``lift`` m above where it would
    stand.
    """

    name: Name
    thing: str
    parameters: dict[str, Value] = Field(default_factory=dict)
    stuff: str | None = None
    count: Annotated[int, Field(ge=1, le=MOST)] = 1
    arrangement: Arrangement = "scattered"
    spacing: Annotated[float, Field(gt=0.0, le=FARTHEST)] | None = None
    bearing: Turn = 0.0
    places: tuple[Place, ...] = ()
    lift: Annotated[float, Field(ge=0.0, le=HIGHEST)] = 0.0
    facing: str | None = None
    yaw: Turn = 0.0
    moves: Moves | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What each of them is called."""
        return (self.name,) if self.count == 1 else tuple(f"{self.name} {i + 1}" for i in range(self.count))


class Setting(_Model):
    """Where and when it is: ``wind`` in m/s towards ``wind_bearing`` degrees, anticlockwise from +x. While it runs a
    part of the day may be ``passing``."""

    where: Where = "studio"
    hour: Hour = "day"
    passing: Passing = ""
    weather: Weather = "clear"
    wind: Annotated[float, Field(ge=0.0, le=40.0)] = 0.0
    wind_bearing: Turn = 0.0


class Happening(_Model):
    """Something that a subject does: a word of `VERBS`, ``to`` another one where it takes one.

    It begins ``at`` seconds after the start, or once the happening with the number ``after``, counted from 0, has
    happened, where the verb can wait. ``source`` is the subject that it comes from. ``amount`` is what its verb says.
    """

    who: Name
    does: str
    to: Name | None = None
    source: Name | None = None
    at: Annotated[float, Field(ge=0.0, le=LONGEST)] = 0.0
    after: Annotated[int, Field(ge=0)] | None = None
    amount: Annotated[float, Field(ge=-1e4, le=1e4)] | None = None


class Manifest(_Model):
    """A plan. ``rules`` are sentences of our rule language about its subjects; ``left_out`` are the words of the
    sentence that nothing in it stands for."""

    sentence: str = ""
    subjects: tuple[Subject, ...]
    setting: Setting = Setting()
    happenings: tuple[Happening, ...] = ()
    rules: tuple[str, ...] = ()
    view: View = "still"
    seconds: Annotated[float, Field(ge=0.1, le=LONGEST)] = 8.0
    left_out: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _speaks_of_subjects(self) -> Manifest:
        known = Counter(subject.name for subject in self.subjects)
        if several := next((name for name, count in known.items() if count > 1), None):
            raise ValueError(f"there are {known[several]} subjects called '{several}'")
        each = Counter(name for subject in self.subjects for name in subject.names)
        if alike := next((name for name, count in each.items() if count > 1), None):
            raise ValueError(f"there are two things called '{alike}'")
        if (count := sum(subject.count for subject in self.subjects)) > MOST_THINGS:
            raise ValueError(f"there would be {count} things, and there can be {MOST_THINGS} at most")
        for many, most, what in ((self.happenings, MOST_DEEDS, "happenings"), (self.rules, MOST_RULES, "rules")):
            if len(many) > most:
                raise ValueError(f"there are {len(many)} {what}, and there can be {most} at most")
        for subject in self.subjects:
            if len(subject.name.encode()) > NAMED or not subject.name.isprintable():
                raise ValueError(f"'{subject.name[:20]} …' is no name: use at most {NAMED} bytes that can be printed")
            if subject.name in RESERVED:
                raise ValueError(f"'{subject.name}' is the name of something else in every world; choose another one")
            if subject.stuff is not None and subject.stuff not in STUFFS:
                raise ValueError(f"'{subject.name}' is made of '{subject.stuff}'; there are {', '.join(STUFFS)}")
            named = [name for place in subject.places for name in place.of]
            if subject.name in (*named, subject.facing):
                raise ValueError(f"'{subject.name}' is placed by itself")
            for name in (*named, *([subject.facing] if subject.facing is not None else [])):
                if name not in known:
                    raise ValueError(f"'{subject.name}' is placed by '{name}', and there is no such subject")
            if unknown := next((p.relation for p in subject.places if p.relation not in RELATIONS), None):
                raise ValueError(f"'{unknown}' is no relation; there are {', '.join(RELATIONS)}")
        for number, happening in enumerate(self.happenings):
            for name in filter(None, (happening.who, happening.to, happening.source)):
                if name not in known:
                    raise ValueError(f"'{name}' is to {happening.does}, and there is no such subject")
            if happening.after is not None and happening.after >= number:
                raise ValueError(f"'{happening.who}' is to {happening.does} after what is said later")
        return self

    def subject(self, name: str) -> Subject:
        """The subject of a name. Raises KeyError."""
        return next(s for s in self.subjects if s.name == name)
