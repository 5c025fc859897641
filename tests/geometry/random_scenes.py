"""Random scenes of bodies of all shapes above floors of all kinds."""

import numpy as np

from addon.geometry.evaluated import EvaluatedState
from addon.geometry.poses import multiply
from addon.scene_graph import Mesh, Primitive, RigidBody, SceneGraph, SceneObject, StepState, World, is_part

SHAPES = ("BOX", "SPHERE", "CAPSULE", "CYLINDER", "CONE", "CONVEX_HULL", "CONVEX_HULL", "COMPOUND")
KINDS = {"BOX": "cube", "SPHERE": "sphere", "CAPSULE": "capsule", "CYLINDER": "cylinder", "CONE": "cone"}
FLOORS = ("BOX", "CONVEX_HULL", "MESH", "grid", "ramp", "bowl")
FLIGHT = 40
"""Frames of a flight."""


def scene(seed: int) -> SceneGraph:
    """A floor and a few bodies above it; their sizes go from 2 cm to 20 m with the seed."""
    rng = np.random.default_rng(seed)
    unit = 0.02 * 1000 ** rng.uniform()
    made = [floor(rng, FLOORS[seed % len(FLOORS)], unit)]
    height = 0.0
    for number in range(rng.integers(3, 7)):
        objects = body(rng, f"Body {number}", unit, stacked=seed % 3 == 0)
        tall = max(max(o.dimensions) for o in objects)
        spot = np.append(rng.uniform(-2, 2, 2) * unit * (seed % 3 > 0), height + tall * 0.9 + 0.15 * unit)
        made += [o.model_copy(update={"location": tuple(np.array(o.location) + spot)}) for o in objects]
        height = spot[2] + tall * 0.6 if seed % 3 == 0 else height + 0.3 * tall
    fps = float(rng.choice([24, 30, 60]))
    world = World(
        fps=fps, substeps=int(rng.choice([10, 10, 20, 5])), gravity=(0, 0, -float(rng.choice([9.81, 9.81, 2])))
    )
    return SceneGraph(name=f"scene {seed}", world=world, objects=tuple(made))


def floor(rng, kind, unit):
    wide = 60 * unit
    settings = {"type": "PASSIVE", "friction": 0.8, "restitution": float(rng.choice([0.0, 0.3]))}
    if rng.uniform() < 0.4:
        settings["margin"] = float(unit * 10 ** rng.uniform(-2.5, -1.3))
    if kind in ("BOX", "CONVEX_HULL", "MESH"):
        cube = Primitive(kind="cube", dimensions=(wide, wide, unit))
        return SceneObject(
            name="Floor", geometry=cube, location=(0, 0, -unit / 2), body=RigidBody(shape=kind, **settings)
        )
    count = 24
    line = np.linspace(-wide / 2, wide / 2, count)
    x, y = np.meshgrid(line, line, indexing="ij")
    shift = wide / count
    z = {
        "grid": 0.1 * unit * np.sin(x / unit) * np.cos(y / unit),
        "ramp": 0.2 * x + shift * 0,
        "bowl": 0.01 * (x * x + y * y) / unit,
    }[kind]
    corner = (np.arange(count - 1)[:, None] * count + np.arange(count - 1)).ravel()
    quads = np.stack([corner, corner + count, corner + count + 1, corner + 1], axis=1)
    points = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    points[:, 2] -= points[:, 2][np.hypot(points[:, 0], points[:, 1]) < 4 * unit].max()
    mesh = Mesh(vertices=tuple(map(tuple, points.tolist())), faces=tuple(map(tuple, quads.tolist())))
    return SceneObject(name="Floor", geometry=mesh, body=RigidBody(shape="MESH", **settings))


def body(rng, name, unit, stacked):
    """An ACTIVE body at the origin, with its children if it is a compound."""
    shape = str(rng.choice(SHAPES))
    size = unit * rng.uniform(0.5, 1.5, 3)
    if rng.uniform() < 0.15:
        size[2] *= 0.1
    scale = np.ones(3) * (rng.uniform(0.3, 3) if rng.uniform() < 0.3 else 1.0)
    if rng.uniform() < 0.2:
        scale = rng.uniform(0.5, 2, 3)
    settings = {
        "linear_damping": 0.0,
        "friction": 0.8,
        "restitution": float(rng.choice([0.0, 0.0, 0.4])),
        "margin": float(unit * 10 ** rng.uniform(-2.5, -0.8)) if rng.uniform() < 0.4 else None,
    }
    turn = rng.normal(size=4) if not stacked and rng.uniform() < 0.6 else np.array([1.0, 0, 0, 0])
    turn /= np.linalg.norm(turn)
    fields = {"rotation": tuple(turn.tolist()), "scale": tuple(scale.tolist())}
    if shape == "COMPOUND":
        return compound(rng, name, size, settings, fields)
    geometry = Primitive(kind=KINDS.get(shape, "cube"), dimensions=tuple((size / scale).tolist()), segments=16)
    if shape == "CAPSULE" or rng.uniform() < 0.3:
        shift = size / scale * rng.uniform(-0.3, 0.3, 3) * (shape == "CONVEX_HULL")
        geometry = box(size / scale, shift, taper=rng.uniform(0.3, 1) if shape == "CONVEX_HULL" else 1.0)
    return [SceneObject(name=name, geometry=geometry, body=RigidBody(shape=shape, **settings), **fields)]


def compound(rng, name, size, settings, fields):
    """A cross of two bars."""
    fields |= {"rotation": (1.0, 0, 0, 0)}
    root = SceneObject(
        name=name, geometry=box(size), body=RigidBody(shape="COMPOUND", **settings), **{**fields, "scale": (1, 1, 1)}
    )
    bars = []
    for number, share in enumerate(([2, 0.4, 0.4], [0.4, 2, 0.4])):
        part = SceneObject(
            name=f"{name} bar {number}",
            geometry=box(size * share),
            location=(0, 0, float(size[2] * 0.3 * number)),
            body=RigidBody(shape=str(rng.choice(["BOX", "CONVEX_HULL"])), **settings),
            parent=name,
        )
        bars.append(part)
    return [root, *bars]


def box(size, shift=(0, 0, 0), taper=1.0):
    """A box as a mesh, its top ``taper`` times as wide, its middle at ``shift``."""
    corners = [(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]
    points = [np.array(c) * ([taper, taper, 1] if c[2] > 0 else [1, 1, 1]) * size + shift for c in corners]
    faces = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
    return Mesh(vertices=tuple(tuple(p.tolist()) for p in points), faces=faces)


def flight(seed: int) -> tuple[SceneGraph, list[EvaluatedState]]:
    """A scene, and states in which its bodies fly, spin, rest and are thrown at each other, through each other too."""
    rng = np.random.default_rng(seed)
    unit = 0.1 * 30 ** rng.uniform()
    kind = str(rng.choice(["BOX", "CONVEX_HULL", "MESH", "ramp"]))
    objects = [floor(rng, kind, unit)]
    for number in range(int(rng.integers(2, 6))):
        objects += body(rng, f"Body {number}", unit, stacked=False)
    graph = SceneGraph(objects=tuple(objects), world=World(fps=float(rng.choice([24, 60]))))
    return graph, list(motion(rng, graph, unit))


def motion(rng, graph, unit):
    count = len(graph.objects)
    roots = [i for i, o in enumerate(graph.objects) if i and not is_part(o, graph)]
    position = np.array([o.location for o in graph.objects])
    position[roots] += rng.uniform(-3, 3, (len(roots), 3)) * unit + [0, 0, 3 * unit]
    turn = np.array([o.rotation for o in graph.objects])
    speed, spin = np.zeros((count, 3)), np.zeros((count, 3))
    for _ in range(FLIGHT):
        thrown = rng.uniform(size=len(roots)) < 0.15
        for i in np.array(roots)[thrown]:
            towards = position[rng.choice(count)] - position[i]
            speed[i] = towards * rng.uniform(-0.2, 1.5) + rng.normal(size=3) * unit * rng.choice([0, 0.01, 0.3])
            spin[i] = rng.normal(size=3) * rng.choice([0, 0.05, 1.0])
        speed[roots, 2] -= rng.choice([0, 1]) * 9.81 * graph.world.dt**2
        position = position + speed
        quaternion = np.concatenate([np.ones((count, 1)), spin / 2], axis=1)
        turn = multiply(quaternion / np.linalg.norm(quaternion, axis=1)[:, None], turn)
        still, unit_turn = np.zeros_like(position), turn / np.linalg.norm(turn, axis=1)[:, None]
        scale = np.array([o.scale for o in graph.objects])
        yield EvaluatedState.of(StepState(1, position, unit_turn, scale, still, still))
