"""The templates of the puzzles, by name, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ..scene import Thing

Draw = Callable[[Random], list[Thing]]


@dataclass(frozen=True)
class Template:
    """A family of puzzles with one ``idea``, said in a sentence; ``draw`` makes a scene's things, walls left out."""

    name: str
    idea: str
    number: int
    draw: Draw


TEMPLATES: dict[str, Template] = {}
"""All templates by name."""


def template(idea: str) -> Callable[[Draw], Draw]:
    """Register a function under its own name."""

    def register(draw: Draw) -> Draw:
        name = draw.__name__
        TEMPLATES[name] = Template(name, idea, len(TEMPLATES), draw)
        return draw

    return register
