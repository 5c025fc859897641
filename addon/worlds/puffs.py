"""What is made of particles: flames, smoke, steam, sparks, water, dust, rain, snow and leaves, as one table."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ..scene_graph import Material, Mesh, Particles, Primitive, SceneObject
from ..scene_graph.base import Vec3


@dataclass(frozen=True)
class Puff:
    """A kind of particles.

    ``rate`` is how many a second, ``life`` for how many s each lives, ``speed`` how fast they leave in m/s along the
    world's axes and ``spread`` how much of chance there is in that; ``weight`` is how much gravity counts, ``drag`` how
    air brakes them, ``size`` how large one is in m. ``shape`` are the proportions of one, ``color``, ``glow`` and
    ``alpha`` how it looks. ``tumbles`` for what turns, ``sheds`` for what ends where it hits something, ``pointed`` for
    tongues with a tip.
    """

    rate: float
    life: float
    speed: Vec3
    spread: float
    size: float
    color: tuple[float, float, float]
    weight: float = 1.0
    drag: float = 0.0
    shape: tuple[float, float, float] = (1.0, 1.0, 1.0)
    glow: float = 0.0
    alpha: float = 1.0
    tumbles: bool = False
    sheds: bool = False
    pointed: bool = False

    def times(self, size: float = 1.0, speed: float = 1.0, rate: float = 1.0) -> Puff:
        """The same, larger, faster or more of it."""
        x, y, z = self.speed
        return replace(
            self,
            size=self.size * size,
            speed=(x * speed, y * speed, z * speed),
            spread=self.spread * speed,
            rate=self.rate * rate,
        )


SIDES, TONGUE = 8, ((0.06, 0.26), (0.2, 0.46), (0.34, 0.48), (0.55, 0.32), (0.8, 0.12))
"""How many sides a tongue of flame has, and at which shares of its height it is how wide."""

PUFFS: dict[str, Puff] = {
    "rain": Puff(3300, 1.2, (0.0, 0.0, -7.0), 0.1, 0.012, (0.6, 0.7, 0.8), 1.0, 0.02, (0.35, 0.35, 4.0), sheds=True),
    "snow": Puff(500, 5.0, (0.0, 0.0, -0.8), 0.4, 0.02, (0.95, 0.95, 1.0), 1.0, 0.6, sheds=True),
    "leaves": Puff(
        27, 6.0, (0.0, 0.0, -0.4), 0.4, 0.06, (0.65, 0.25, 0.05), 1.0, 0.5, (1.0, 1.4, 0.08), tumbles=True, sheds=True
    ),
    "sand": Puff(900, 3.0, (1.5, 0.0, 0.15), 0.5, 0.012, (0.76, 0.58, 0.36), 0.05, 0.3),
    "flames": Puff(
        150, 0.6, (0.0, 0.0, 0.8), 0.2, 0.05, (1.0, 0.2, 0.01), -0.05, 0.1, (0.7, 0.7, 2.2), 0.7, 0.45, pointed=True
    ),
    "smoke": Puff(22, 3.5, (0.0, 0.0, 0.7), 0.2, 0.16, (0.12, 0.12, 0.12), -0.02, 0.15, alpha=0.25),
    "steam": Puff(40, 2.2, (0.0, 0.0, 0.28), 0.07, 0.05, (0.9, 0.9, 0.92), -0.01, 0.1, glow=0.25, alpha=0.3),
    "sparks": Puff(60, 1.0, (0.0, 0.0, 2.4), 1.2, 0.012, (1.0, 0.55, 0.1), 0.6, 0.1, glow=20.0),
    "lava": Puff(90, 2.5, (0.0, 0.0, 6.0), 1.6, 0.16, (1.0, 0.15, 0.02), 1.0, 0.0, glow=8.0, sheds=True),
    "water": Puff(400, 1.6, (0.0, 0.0, 2.6), 0.35, 0.022, (0.55, 0.75, 0.9), 1.0, 0.0, alpha=0.7, sheds=True),
    "bubbles": Puff(12, 3.0, (0.0, 0.0, 0.4), 0.08, 0.03, (0.8, 0.9, 1.0), -0.03, 0.2, alpha=0.35),
    "dust": Puff(40, 1.6, (0.0, 0.0, 0.3), 0.4, 0.06, (0.55, 0.48, 0.38), 0.02, 0.3, alpha=0.25),
}
"""The kinds of particles by name."""


def given_off(
    name: str,
    puff: Puff,
    at: Vec3,
    wide: float,
    span: tuple[float, float],
    fps: float,
    parent: str | None = None,
    color: tuple[float, float, float] | None = None,
) -> list[SceneObject]:
    """What gives particles off: a square at a place (m, world), half as wide as ``wide`` m, from one time to another
    (s), and one of them, which is hidden far below. With a ``parent`` the square goes with that."""
    rgb = color or puff.color
    shine = (*rgb, 1.0)
    one = SceneObject(
        name=f"One of {name}",
        location=(0.0, 0.0, -8.0),
        geometry=_tongue(puff.shape) if puff.pointed else Primitive(kind="sphere", dimensions=puff.shape, segments=12),
        material=Material(
            name=name,
            color=shine,
            emission_color=shine,
            emission_strength=puff.glow,
            alpha=puff.alpha,
            roughness=0.4,
        ),
        smooth=True,
    )
    w = wide / 2
    corners = ((-w, -w, 0.0), (w, -w, 0.0), (w, w, 0.0), (-w, w, 0.0))
    source = SceneObject(
        name=name,
        location=at,
        geometry=Mesh(vertices=corners, faces=((0, 1, 2, 3),)),
        material=Material(name="Nothing", alpha=0.0),  # what is hidden gives nothing off in pictures
        parent=parent,
        elements=(_system(name, puff, one.name, span, fps),),
    )
    return [one, source]


def _tongue(size: Vec3) -> Mesh:
    """A closed drop with its tip up, its middle at half its height, of a size in m."""
    x, y, z = size
    round_ = [(math.cos(2.0 * math.pi * i / SIDES), math.sin(2.0 * math.pi * i / SIDES)) for i in range(SIDES)]
    rings = [(x * r * a, y * r * b, z * (h - 0.5)) for h, r in TONGUE for a, b in round_]
    foot, tip, top = len(rings), len(rings) + 1, SIDES * (len(TONGUE) - 1)
    faces: list[tuple[int, ...]] = []
    for i in range(SIDES):
        k = (i + 1) % SIDES
        faces += [(foot, k, i), (tip, top + i, top + k)]
        faces += [(n + i, n + k, n + SIDES + k, n + SIDES + i) for n in range(0, top, SIDES)]
    return Mesh(vertices=(*rings, (0.0, 0.0, -z / 2), (0.0, 0.0, z / 2)), faces=tuple(faces))


def _system(name: str, puff: Puff, instance: str, span: tuple[float, float], fps: float) -> Particles:
    begins, ends = span
    return Particles(
        name=name,
        count=max(round(puff.rate * (ends - begins)), 1),
        begins=round(begins * fps, 3),
        ends=round(ends * fps, 3),
        lifetime=max(round(puff.life * fps, 3), 1.0),
        lifetime_random=0.3,
        normal_factor=0.0,
        object_align_factor=puff.speed,
        factor_random=puff.spread,
        drag_factor=puff.drag,
        brownian_factor=max(2.0 * puff.spread - 0.2, 0.0) if puff.sheds else puff.spread,
        particle_size=max(puff.size, 0.001),
        size_random=0.4,
        mass=0.01,
        use_die_on_collision=puff.sheds,
        use_rotations=puff.tumbles,
        use_dynamic_rotation=puff.tumbles,
        rotation_factor_random=float(puff.tumbles),
        instance=instance,
        render="OBJECT",
        weights={} if puff.weight == 1.0 else {"gravity": puff.weight},
    ).in_time(fps)
