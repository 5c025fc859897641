"""Weather: particles that fall on a world, and wind."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..scene_graph import ForceField, Material, Mesh, Particles, Primitive, SceneObject
from .acting import Acted, Acting
from .manifest import Setting

HIGH = 5.0
"""How high above the ground particles begin, in m."""

WIDE = 6.0
"""Half the width of where they begin, in m."""


class Falling(NamedTuple):
    """Particles of a weather: how many, how fast they begin (m/s), how air brakes them, their size (m), how long they
    live (s), how one of them looks, and whether it tumbles."""

    number: int
    speed: float
    drag: float
    size: float
    life: float
    shape: tuple[float, float, float]
    color: tuple[float, float, float, float]
    tumbles: bool = False


KINDS: dict[str, Falling] = {
    "rain": Falling(4000, 7.0, 0.02, 0.012, 1.2, (0.35, 0.35, 4.0), (0.6, 0.7, 0.8, 1.0)),
    "snow": Falling(2500, 0.8, 0.6, 0.02, 5.0, (1.0, 1.0, 1.0), (0.95, 0.95, 1.0, 1.0)),
    "leaves": Falling(160, 0.4, 0.5, 0.06, 6.0, (1.0, 1.4, 0.08), (0.65, 0.25, 0.05, 1.0), tumbles=True),
}


def weather_of(acting: Acting) -> Acted:
    """What falls in a setting."""
    weather = acting.manifest.setting.weather
    kind = KINDS.get(weather)
    if kind is None:
        return Acted()
    one = SceneObject(
        name=f"One of the {weather}",
        location=(0.0, 0.0, -5.0),
        geometry=Primitive(kind="sphere", dimensions=kind.shape, segments=8),
        material=Material(name=weather, color=kind.color, roughness=0.3),
    )
    corners = ((-WIDE, -WIDE, 0.0), (WIDE, -WIDE, 0.0), (WIDE, WIDE, 0.0), (-WIDE, WIDE, 0.0))
    cloud = SceneObject(
        name=weather.capitalize(),
        location=(0.0, 0.0, HIGH),
        geometry=Mesh(vertices=corners, faces=((0, 1, 2, 3),)),
        hide_render=True,
        elements=(_particles(weather, kind, one.name, acting.manifest.seconds, acting.fps),),
    )
    return Acted(objects=[one, cloud])


def _particles(weather: str, kind: Falling, instance: str, seconds: float, fps: float) -> Particles:
    """What falls; it has fallen for as long as it lives before the run begins."""
    drift = 0.1 if weather == "rain" else 0.4
    return Particles(
        name=weather.capitalize(),
        count=kind.number,
        begins=round(-kind.life * fps, 3),
        ends=round(seconds * fps, 3),
        lifetime=round(kind.life * fps, 3),
        normal_factor=0.0,
        object_align_factor=(0.0, 0.0, -kind.speed),
        factor_random=drift,
        drag_factor=kind.drag,
        brownian_factor=2.0 * drift - 0.2,
        particle_size=kind.size,
        size_random=0.4,
        mass=0.01,
        use_die_on_collision=True,
        use_rotations=kind.tumbles,
        use_dynamic_rotation=kind.tumbles,
        rotation_factor_random=float(kind.tumbles),
        instance=instance,
        render="OBJECT",
    ).in_time(fps)


def wind_of(setting: Setting) -> list[SceneObject]:
    """The wind of a setting, as fields that move cloth and particles; bodies do not feel it."""
    wind = setting.wind
    if not wind:
        return []
    bearing = math.radians(setting.wind_bearing)
    # A field acts along its z: turn that to the bearing, about the horizontal axis across it.
    half = math.pi / 4
    x, y = -math.sin(bearing) * math.sin(half), math.cos(bearing) * math.sin(half)
    turn = (math.cos(half), x, y, 0.0)
    at = (-30.0 * math.cos(bearing), -30.0 * math.sin(bearing), 1.0)
    steady = ForceField(type="FORCE", shape="PLANE", strength=0.02 * wind, z_direction="POSITIVE")
    gusts = ForceField(type="TURBULENCE", strength=0.03 * wind, size=0.6, noise=1.0)
    return [
        SceneObject(name="Wind", location=at, rotation=turn, field=steady),
        SceneObject(name="Gusts", location=(0.0, 0.0, 1.5), field=gusts),
    ]
