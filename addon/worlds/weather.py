"""Weather: particles that fall on a world, and wind."""

from __future__ import annotations

import math
from dataclasses import replace

from ..scene_graph import Animation, ForceField, SceneObject
from .acting import Acted, Acting, Show
from .manifest import Setting
from .puffs import PUFFS, given_off

HIGH = 5.0
"""How high above the ground particles begin, in m."""

WIDE = 12.0
"""How wide the square is in m on which they begin."""

LOW = 0.25
"""How high above the ground sand blows, in m."""

BREEZE = 4.0
"""The wind in m/s in which sand blows where nothing is said."""


def weather_of(acting: Acting) -> Acted:
    """What falls in a setting, or is blown along; it has done so for as long as it lives before the run begins."""
    setting = acting.manifest.setting
    puff = PUFFS.get(setting.weather)
    if puff is None:
        return Acted()
    name, at = setting.weather.capitalize(), (0.0, 0.0, HIGH)
    if setting.weather == "sand":
        bearing, fast = math.radians(setting.wind_bearing), (setting.wind or BREEZE) / BREEZE
        x, y = math.cos(bearing), math.sin(bearing)
        at = (-WIDE / 3 * x, -WIDE / 3 * y, LOW)
        along, rise = fast * puff.speed[0], puff.speed[2]
        puff = replace(puff, speed=(along * x, along * y, rise), spread=puff.spread * fast)
    span = (-puff.life, acting.manifest.seconds)
    objects = given_off(name, puff, at, WIDE, span, acting.fps)
    return Acted(objects=objects, shows=[Show("particles", f"{name}: {name}", 10.0)])


def wind_of(setting: Setting, seconds: float, fps: float) -> list[SceneObject]:
    """The wind of a setting, as fields that move cloth, plants and particles; bodies do not feel it.

    Gusts are eddies that the wind carries past (Taylor's hypothesis): fields of turbulence that go with it.
    """
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
    small = ForceField(type="TURBULENCE", strength=0.03 * wind, size=0.6, noise=1.0)
    large = ForceField(type="TURBULENCE", strength=0.12 * wind, size=3.0)
    steps = (0, max(round(seconds * fps), 1))
    far = wind * seconds
    start, end = (0.0, 0.0, 1.5), (far * math.cos(bearing), far * math.sin(bearing), 1.5)
    way = Animation(
        steps=steps, location=(start, end), rotation=((1.0, 0.0, 0.0, 0.0),) * 2, scale=((1.0, 1.0, 1.0),) * 2
    )
    return [
        SceneObject(name="Wind", location=at, rotation=turn, field=steady),
        SceneObject(name="Gusts", location=start, field=small, animation=way),
        SceneObject(name="Eddies", location=start, field=large, animation=way),
    ]
