"""From what was read of a picture to a scene graph S_t (Code as Dynamics, Eq. 1), with what is not sure told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..scene_graph import Constraint, Material, Note, Primitive, RigidBody, SceneGraph, SceneObject, World
from ..scene_graph.text import COLORS, color_name
from .classes import DIM
from .reading import Found

STEPS_A_SECOND = 60.0

STRANGE = 0.64
"""Mean confidence below which a picture shows something else than a machine: pictures of the test machines have 0.70
and more, pictures of other things up to 0.58."""

UNSURE = 0.6
"""Below this confidence an object is told as not sure."""

BODIES: dict[str, tuple[float, float]] = {
    "ball": (0.77, 1.0), "block": (1.0, 0.4), "crate": (0.73, 1.0), "domino": (1.0, 0.5), "door": (0.37, 0.8),
    "lever": (0.56, 2.0), "load": (1.0, 0.5), "rod": (1.0, 0.1), "weight": (0.48, 3.0),
}  # fmt: skip
"""Of each class the share of objects that physics moves, and their median mass in kg, in the train split's machines.

What a picture does not show: classes that are not named here never move by themselves."""

OFTEN, SELDOM = 0.9, 0.1

BODILESS = ("lamp", "counter")
"""Classes that have no body."""

SWITCHED = ("lamp", "fan")
"""Classes that can be on."""


def graph_of(found: Sequence[Found]) -> SceneGraph:
    """The scene graph of what was read: one object a reading, its confidence in 0 to 1 among its properties.

    Names are colour and class. What a picture cannot tell is taken from the benchmark's machines and told in notes:
    whether physics moves a thing, and its mass; joints, rules and scripts are not seen at all.
    """
    names: dict[str, int] = {}
    objects = [_object(one, _name(one, names)) for one in found]
    notes = _doubts(found, [thing.name for thing in objects])
    return SceneGraph(
        name="picture",
        world=World(fps=STEPS_A_SECOND),
        objects=tuple(objects),
        constraints=_joints(found, objects),
        notes=tuple(notes),
    )


def _joints(found: Sequence[Found], objects: Sequence[SceneObject]) -> tuple[Constraint, ...]:
    """The joints that are known between readings."""
    named = {one.known.label: thing.name for one, thing in zip(found, objects, strict=True) if one.known is not None}
    told = [joint for one in found if one.known is not None for joint in one.known.joints]
    ends = [(named.get(joint.object1), named.get(joint.object2 or "")) for joint in told]
    return tuple(
        joint.model_copy(update={"name": f"Joint {number}", "object1": first, "object2": second})
        for number, (joint, (first, second)) in enumerate(zip(told, ends, strict=True), 1)
        if first is not None and second is not None
    )


def told(graph: SceneGraph) -> SceneGraph:
    """The graph of what was read, with a note where it is likely that no machine was there to be read."""
    if not is_strange(graph):
        return graph
    text = "the picture most likely shows something else than a machine of this kind: little of it is sure"
    if not graph.objects:
        text = "nothing was recognised"
    note = Note(feature="confidence", text=f"{text}; what can be read is told in docs/learning.md")
    return graph.model_copy(update={"notes": (note, *graph.notes)})


def is_strange(graph: SceneGraph) -> bool:
    """Whether what was read is so little sure that the picture shows something else."""
    sure = [float(one.properties["confidence"]) for one in graph.objects]  # type: ignore[arg-type]
    return not sure or sum(sure) / len(sure) < STRANGE


def _name(one: Found, names: dict[str, int]) -> str:
    plain = f"{_color(one)} {one.kind}".title()
    names[plain] = names.get(plain, 0) + 1
    return plain if names[plain] == 1 else f"{plain} {names[plain]}"


def _color(one: Found) -> str:
    shade = tuple(float(c) / (1.0 if one.lit else DIM) for c in one.color)
    return color_name((shade[0], shade[1], shade[2], 1.0))


def _object(one: Found, name: str) -> SceneObject:
    color = _color(one)
    size = tuple(max(round(2 * float(h), 3), 0.001) for h in one.half)
    kind: Literal["sphere", "cube"] = "sphere" if one.shape == "ball" else "cube"
    properties: dict[str, bool | float] = {"confidence": round(one.confidence, 3)}
    if one.kind in SWITCHED:
        properties["on"] = one.lit
    return SceneObject(
        name=name,
        location=_three(one.position),
        rotation=(1.0, 0.0, 0.0, 0.0) if kind == "sphere" else _four(one.quaternion),
        velocity=_three(one.velocity) if one.velocity is not None and _share(one) > 0 else (0.0, 0.0, 0.0),
        geometry=Primitive(kind=kind, dimensions=(size[0], size[1], size[2])),
        body=one.known.body if one.known is not None else body_of(one.kind, kind),
        material=Material(name=color, color=(*COLORS[color], 1.0)),
        semantic_class=one.kind,
        properties=properties,
    )


def body_of(semantic_class: str, kind: Literal["sphere", "cube"]) -> RigidBody | None:
    """The body that most things of a class have, which a picture does not show."""
    if semantic_class in BODILESS:
        return None
    share, mass = BODIES.get(semantic_class, (0.0, 1.0))
    shape: Literal["SPHERE", "BOX"] = "SPHERE" if kind == "sphere" else "BOX"
    return RigidBody(type="ACTIVE" if share >= 0.5 else "PASSIVE", shape=shape, mass=mass)


def _share(one: Found) -> float:
    return BODIES.get(one.kind, (0.0, 0.0))[0]


def _doubts(found: Sequence[Found], names: Sequence[str]) -> list[Note]:
    notes = [
        Note(
            subject=name,
            feature="confidence",
            text=f"'{name}' is not sure: {one.confidence:.0%} that it is a {one.kind}",
        )
        for one, name in zip(found, names, strict=True)
        if one.confidence < UNSURE
    ]
    for kind, (share, _) in BODIES.items():
        alike = ", ".join(
            f"'{name}'" for one, name in zip(found, names, strict=True) if one.kind == kind and one.known is None
        )
        if alike and SELDOM < share < OFTEN:
            guess = "does, as of most of" if share >= 0.5 else "does not, as of most of"
            text = f"whether physics moves {alike} is not to be seen; taken that it {guess} class '{kind}'"
            notes.append(Note(feature="body", text=text))
    if any(one.known is not None for one in found):
        text = "bodies and joints are not to be seen; taken as those of the training's machines that look alike"
        notes.append(Note(feature="body", text=text))
    return notes


def _three(values: Iterable[float]) -> tuple[float, float, float]:
    x, y, z = (round(float(v), 4) for v in values)
    return x, y, z


def _four(values: NDArray[np.float64]) -> tuple[float, float, float, float]:
    w, x, y, z = (values / np.linalg.norm(values)).tolist()
    return w, x, y, z
