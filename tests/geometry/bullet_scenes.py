"""Generated scenes that Blender's engine runs, and what its motion says about contacts.

Bullet's contacts cannot be read. But the force on an undamped body that it moves can: where its acceleration is not
gravity's, something held, pushed or struck it. So in every frame of a rest there must be a contact, near every abrupt
change of velocity too, and in the middle of a free flight there must be none.
"""

from dataclasses import dataclass

import numpy as np

from addon.engine.blender import BlenderEngine
from addon.geometry.contacts import ContactDetector
from addon.scene_graph import SceneGraph

STEPS = 100
UP = np.array([0.0, 0.0, 1.0])


@dataclass
class Verdict:
    """Frames of bodies that tell something, and those in which the contacts say something else."""

    rests: int
    unheld: list[tuple[str, int]]
    shocks: int
    unstruck: list[tuple[str, int]]
    flights: int
    touched: list[tuple[str, int]]


def judge(graph: SceneGraph) -> Verdict:
    """Run the scene and compare the contacts with the forces that the motion shows."""
    engine, detector = BlenderEngine.from_graph(graph), ContactDetector(graph)
    position, touching = [], []
    count = len(graph.objects)
    for frame in range(STEPS + 1):
        if frame:
            engine.step()
        state = engine.state()
        contacts = detector.update(state, engine.present())
        held = np.zeros((count, 2), dtype=bool)
        for (a, b), normal in zip(contacts.pairs, contacts.normal, strict=True):
            held[[a, b], 0] = True
            held[a if normal @ UP < 0 else b, 1] = True
            if abs(normal @ UP) < 0.3:
                held[[a, b], 1] = True
        position.append(state.position)
        touching.append(held)
    return _compare(graph, np.array(position), np.array(touching))


def _compare(graph, position, touching):
    dt, gravity = graph.world.dt, np.array(graph.world.gravity)
    velocity = np.diff(position, axis=0) / dt
    force = np.full((len(position), *position.shape[1:]), np.nan)
    force[1:-1] = np.diff(velocity, axis=0) / dt - gravity  # At frame f: from f - 1 to f + 1, in m/s².
    strength = np.linalg.norm(force, axis=2) / np.linalg.norm(gravity)
    verdict = Verdict(0, [], 0, [], 0, [])
    for column, obj in enumerate(graph.objects):
        if obj.body.type != "ACTIVE" or obj.parent is not None:
            continue
        for f in range(2, len(position) - 2):
            around = strength[f - 1 : f + 2, column]
            noise = 4e-7 * np.abs(position[f, column]).max() / dt**2 / np.linalg.norm(gravity)
            if np.all(np.abs(force[f - 1 : f + 2, column] + gravity) < 0.3 * np.linalg.norm(gravity) + noise):
                verdict.rests += 1
                if not touching[f, column, 1]:
                    verdict.unheld.append((obj.name, f))
            if strength[f, column] > 3 + noise:
                verdict.shocks += 1
                if not touching[f - 1 : f + 2, column, 0].any():
                    verdict.unstruck.append((obj.name, f))
            if np.all(around < 0.02 + noise):
                verdict.flights += 1
                if touching[f, column, 0]:
                    verdict.touched.append((obj.name, f))
    return verdict
