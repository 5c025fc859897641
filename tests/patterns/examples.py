"""Annotations and traces made for tests, with known answers."""

import numpy as np

from addon.patterns.annotation import Annotation, Column
from addon.patterns.model import Activation
from addon.scene_graph import Primitive, SceneGraph, SceneObject
from addon.trace import ContactColumns, Trace, TraceMeta

CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))


def trace(position, names=("A", "B", "C"), fps=60.0, present=None):
    """A trace of bodies without turning, at ``position`` ``[F, B, 3]``."""
    position = np.asarray(position, dtype=float)
    shape = position.shape[:2]
    scene = SceneGraph(objects=tuple(SceneObject(name=n, geometry=CUBE) for n in names))
    return Trace(
        meta=TraceMeta(fps=fps, substeps=1, seed=0, steps=shape[0] - 1, engine="test", scene=scene),
        bodies=tuple(names),
        present=np.ones(shape, dtype=bool) if present is None else present,
        position=position,
        quaternion=np.tile([1.0, 0, 0, 0], (*shape, 1)),
        scale=np.ones((*shape, 3)),
        velocity=np.zeros((*shape, 3)),
        angular_velocity=np.zeros((*shape, 3)),
        volume=np.ones(shape),
        contacts=ContactColumns.empty(),
        events=[],
    )


COLUMNS = (
    Column(uid="bounce", label="bounce / rebound"),
    Column(uid="rest", label="global rest state"),
    Column(uid="ricochet", label="red ricochet bounce", requires=("bounce",)),
)


def annotation(
    *activations, steps=60, title="test", patterns=COLUMNS, bodies=("Ball", "Floor"), weights=(), outcomes=(), **more
):
    """An annotation of ``(uid, start, end, parameters)`` at 60 steps a second, with the weights of the activations as
    they are given, and outcomes ``(uid, frame, sentence, parameters)``."""
    order = sorted(range(len(activations)), key=lambda i: activations[i][1])
    found = [activations[i] for i in order]
    return Annotation(
        title=title,
        fps=60.0,
        steps=steps,
        bodies=bodies,
        patterns=patterns,
        activations=tuple(
            Activation(uid, start, start / 60, f"{uid} of {p.get('object', 'all')}", p, None if end == start else end)
            for uid, start, end, p in found
        ),
        weights=tuple(weights[i] for i in order) if weights else (),
        outcomes=tuple(Activation(uid, frame, frame / 60, text, p) for uid, frame, text, p in outcomes),
        **more,
    )


BALL = {"object": "Ball", "other": "Floor", "speed": 2.12345}
EXAMPLE = annotation(("bounce", 12, 12, BALL), ("rest", 40, 60, {}), ("bounce", 30, 30, {**BALL, "speed": 0.5}))
