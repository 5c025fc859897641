"""What rules tell of bodies that a picture does not show: who moves them, and which are held until they are let go."""

from __future__ import annotations

from addon.rules import Reading, Vocabulary, read
from addon.scene_graph import RigidBody, SceneGraph

MOVED = ("place", "attitude")
"""What effects claim that move a thing themselves."""


def as_rules_tell(graph: SceneGraph) -> SceneGraph:
    """The graph with its bodies as its rules need them.

    What a rule launches is moved by physics, what one lets go is too and held until then, what one moves or turns is
    moved by scripts alone.
    """
    launched, held, moved = _told(graph)
    bodies: dict[str, dict[str, object]] = {name: {"type": "PASSIVE", "kinematic": True} for name in moved}
    bodies |= {name: {"type": "ACTIVE", "kinematic": False} for name in launched}
    bodies |= {name: {"type": "ACTIVE", "kinematic": True} for name in held}
    objects = tuple(
        one.model_copy(update={"rigid_body": one.body.model_copy(update=bodies[one.name])})
        if one.body is not None and one.name in bodies
        else one
        for one in graph.objects
    )
    return graph.model_copy(update={"objects": objects})


def _told(graph: SceneGraph) -> tuple[set[str], set[str], set[str]]:
    """Names of what rules launch, let go and move themselves."""
    found: dict[str, set[str]] = {"velocity": set(), "hold": set(), MOVED[0]: set()}
    # A rule is read in a scene in which what it does can be done: all is held, and let go by some rule or by none.
    held = Vocabulary(_all_held(graph))
    for rule in graph.rules:
        readings = (read(rule, scene) for scene in (held.having(freed=held.objects), held))
        for reading in (one for one in readings if isinstance(one, Reading)):
            for effect in (effect for part in reading.rules for effect in part.effects):
                for name in effect.thing.names:
                    claim = effect.claims(name)
                    found.get(MOVED[0] if claim in MOVED else claim, set()).add(name)
            break
    return found["velocity"], found["hold"], found[MOVED[0]]


def _all_held(graph: SceneGraph) -> SceneGraph:
    held = {"type": "ACTIVE", "kinematic": True}
    objects = tuple(
        one.model_copy(update={"rigid_body": (one.body or RigidBody()).model_copy(update=held)})
        if one.body is not None
        else one
        for one in graph.objects
    )
    return graph.model_copy(update={"objects": objects})
