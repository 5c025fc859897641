"""The bundled examples: 24 machines of one or two stages in plain words, three of every kind, checked when drawn."""

from __future__ import annotations

import random

from .chain import chain_of
from .machine import Machine, MachineError

SEED = 7

KINDS: dict[str, tuple[str, str, str]] = {
    "trigger_door": ("trigger_door", "trigger_door", "trigger_door"),
    "domino": ("domino", "ramp domino", "curve"),
    "ramp": ("ramp", "staircase", "valley"),
    "lever": ("seesaw", "counterweight", "seesaw"),
    "pendulum": ("pendulum", "wrecking_ball", "pendulum"),
    "projectile": ("cannon", "catapult", "cannon"),
    "gates": ("and_gate", "not_gate", "or_gate"),
    "piston": ("piston", "lift", "conveyor"),
}
"""Stages of the three examples of each kind, in the order in which the examples go through the kinds."""

DRAWS = {0: 1542}
"""Draws that are not the first, by the example's number: this one has the names that docs and pictures show."""

COUNT = 3 * len(KINDS)

WAITING = "waiting"
"""The example of the gallery whose rule waits for what never comes, to be asked why."""


def examples() -> list[Machine]:
    """All examples, kinds in rotation."""
    return [_build(index, DRAWS.get(index, 0)) for index in range(COUNT)]


def gallery() -> dict[str, Machine]:
    """What the extension shows, by name and in its order: the first example of each kind, and the one that waits."""
    shown = {kind: example(kind) for kind in KINDS}
    first = shown["trigger_door"]
    graph = first.graph.model_copy(update={"rules": ("When Marble is faster than 30 m/s, open Barrier",)})
    return {**shown, WAITING: first.model_copy(update={"graph": graph, "assertions": (), "oracle": ""})}


def example_names() -> tuple[str, ...]:
    """Names that `example` knows: the kinds, then ``bundled/00`` and on."""
    return (*KINDS, *(f"bundled/{i:02d}" for i in range(COUNT)))


def example(name: str) -> Machine:
    """An example by its kind (the first of it) or number. Raises MachineError with the names that there are."""
    kinds = list(KINDS)
    if name not in example_names():
        raise MachineError(f"there is no bundled machine '{name}'; there are {', '.join(example_names())}")
    index = kinds.index(name) if name in kinds else int(name.removeprefix("bundled/"))
    return _build(index, DRAWS.get(index, 0))


def _build(index: int, draw: int) -> Machine:
    turn, place = divmod(index, len(KINDS))
    kind = list(KINDS)[place]
    scene, words = (random.Random(f"{SEED}/{index}/{kind}/{draw}/{part}") for part in ("scene", "words"))
    drawn = chain_of(scene, words, KINDS[kind][turn].split())
    name = f"{kind}_{SEED}_{index:03d}"
    graph = drawn.graph.model_copy(update={"name": name})
    told = {"name": name, "kind": kind, "seed": SEED, "index": index, "draw": draw, "graph": graph}
    return drawn.model_copy(update=told)
