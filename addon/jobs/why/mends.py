"""What mends a cause: one small change of a scene, of a rule, or of how long a run goes on.

SI units, world frame. ``words`` say what is done, as a button or an order would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ...scene_graph import Primitive, RigidBody, SceneGraph, SceneObject

Vector = tuple[float, float, float]
Setting = str | bool | float | tuple[int, ...]

FLOOR = "Floor"
"""What a new floor is called, with a number behind it where that name is taken."""


@dataclass(frozen=True)
class Plan:
    """What is to be run: a scene, its rules, and for how many steps. ``script`` is run in the place of the rules."""

    graph: SceneGraph
    rules: tuple[str, ...]
    steps: int
    script: str | None = None


class _Mend(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: str

    def on(self, plan: Plan) -> Plan:
        """The plan so changed."""
        raise NotImplementedError


class Longer(_Mend):
    """The run goes on for ``steps`` in all."""

    kind: Literal["longer"] = "longer"
    steps: int

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        return replace(plan, steps=self.steps)


class Reword(_Mend):
    """Rule ``number``, from 1, is the text ``after`` instead of ``before``; ``difference`` tells what is different."""

    kind: Literal["reword"] = "reword"
    number: int
    before: str
    after: str
    difference: str

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        rules = tuple(self.after if n == self.number else text for n, text in enumerate(plan.rules, 1))
        return replace(plan, rules=rules, script=None)


class Anew(_Mend):
    """The script is written anew from the rules, which all have a reading."""

    kind: Literal["anew"] = "anew"

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        return replace(plan, script=None)


class Body(_Mend):
    """Other settings of an object's rigid body, by the names of `RigidBody`; without one it gets one."""

    kind: Literal["body"] = "body"
    name: str
    settings: dict[str, Setting]

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        return _with_object(plan, self.name, self._changed)

    def _changed(self, obj: SceneObject) -> SceneObject:
        body = obj.body or RigidBody()
        return obj.model_copy(update={"rigid_body": body.model_copy(update=dict(self.settings))})


class Move(_Mend):
    """An object is moved ``by`` so many metres before the run."""

    kind: Literal["move"] = "move"
    name: str
    by: Vector

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        return _with_object(plan, self.name, self._moved)

    def _moved(self, obj: SceneObject) -> SceneObject:
        return obj.model_copy(update={"location": tuple(a + b for a, b in zip(obj.location, self.by, strict=True))})


class Joint(_Mend):
    """Other settings of a joint, by the names of `Constraint`."""

    kind: Literal["joint"] = "joint"
    name: str
    settings: dict[str, Setting]

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        joints = [j.model_copy(update=self.settings) if j.name == self.name else j for j in plan.graph.constraints]
        return replace(plan, graph=plan.graph.model_copy(update={"constraints": tuple(joints)}))


class Floor(_Mend):
    """A new passive box below everything: its upper side in the ``middle``, its extents ``size``."""

    kind: Literal["floor"] = "floor"
    middle: Vector
    size: Vector

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        x, y, z = self.middle
        floor = SceneObject(
            name=self.name_in(set(plan.graph.names)),
            location=(x, y, z - self.size[2] / 2),
            geometry=Primitive(kind="cube", dimensions=self.size),
            body=RigidBody(type="PASSIVE", shape="BOX"),
        )
        return replace(plan, graph=plan.graph.model_copy(update={"objects": (*plan.graph.objects, floor)}))

    @staticmethod
    def name_in(taken: set[str]) -> str:
        """A free name for it."""
        numbered = (f"{FLOOR}.{n:03d}" for n in range(1, len(taken) + 2))
        return next(name for name in (FLOOR, *numbered) if name not in taken)


class Substeps(_Mend):
    """Physics takes so many substeps in a step."""

    kind: Literal["substeps"] = "substeps"
    count: int

    def on(self, plan: Plan) -> Plan:
        """See `_Mend.on`."""
        world = plan.graph.world.model_copy(update={"substeps": self.count})
        return replace(plan, graph=plan.graph.model_copy(update={"world": world}))


Mend = Annotated[
    Longer | Reword | Anew | Body | Move | Joint | Floor | Substeps,
    Field(discriminator="kind"),
]


def _with_object(plan: Plan, name: str, change: Callable[[SceneObject], Any]) -> Plan:
    objects = tuple(change(obj) if obj.name == name else obj for obj in plan.graph.objects)
    return replace(plan, graph=plan.graph.model_copy(update={"objects": objects}))


def active(name: str) -> Body:
    """Physics moves an object from now on."""
    return Body(
        words=f"make {name} active", name=name, settings={"type": "ACTIVE", "kinematic": False, "enabled": True}
    )


def passive(name: str) -> Body:
    """An object is something that others bump into."""
    return Body(words=f"make {name} passive", name=name, settings={"type": "PASSIVE"})


def colliding(obj: SceneObject, other: SceneObject) -> Body:
    """An object collides with another one, and with all that it collided with before."""
    assert obj.body is not None
    assert other.body is not None
    shared = tuple(sorted({*obj.body.collections, *other.body.collections}))
    words = f"put {obj.name} into {other.name}'s collision collections"
    return Body(words=words, name=obj.name, settings={"collections": shared})


def moved(name: str, by: Vector) -> Move:
    """An object is moved before the run."""
    steps = (f"{abs(d):.3g} m {WAYS[axis][d > 0]}" for axis, d in enumerate(by) if d)
    return Move(words=f"move {name} {' and '.join(steps)}", name=name, by=by)


WAYS = (("to the left", "to the right"), ("to the front", "to the back"), ("down", "up"))
"""Where less and more of each co-ordinate lies."""
