"""Fire, smoke, steam and sparks: what gives particles off, as a likeness of gases without a bake."""

from __future__ import annotations

from ...scene_graph.base import Vec3
from ..acting import Acted, Acting, Fluid, Show, verb
from ..manifest import Happening
from ..places import Placed
from ..puffs import PUFFS, given_off
from .lighting import flickering, light_of

LARGE = 0.5
"""How wide in m a thing is of which particles are as large as the table has them."""

MOUTHS = ("mouth", "flame", "wick", "spout", "top", "inside")
"""The anchors of which the first is where particles leave."""


def mouth_of(one: Placed, source: Placed | None = None) -> tuple[Vec3, float]:
    """Where a thing gives off particles, and how wide that place is in m."""
    thing = source or one
    anchors, size = thing.thing.form.anchors, thing.thing.size
    anchor = next((anchors[n] for n in MOUTHS if n in anchors), None)
    low, high = thing.thing.form.low, thing.thing.form.high
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, high[2])
    x, y, z = (float(c) for c in thing.pose.place(anchor.at if anchor else middle))
    wide = 2.0 * anchor.reach if anchor and anchor.reach else 0.6 * float(min(size[:2]))
    return (round(x, 4), round(y, 4), round(z + 0.01, 4)), round(min(max(wide, 0.02), 1.5), 4)


STEAMY = 0.22
"""How large in m a puff of steam is where particles are as large as the table has them: smaller, steam is not seen."""


def gives_off(acting: Acting, happening: Happening, kind: str, size: float = 1.0) -> Acted:
    """What each thing of a subject gives off."""
    acted = Acted()
    source = acting.first(happening.source) if happening.source is not None else None
    for one in acting.all(happening.who):
        at, wide = mouth_of(one, source)
        grown = max(wide / LARGE, 0.3) * size
        puff = PUFFS[kind]
        if kind not in ("sparks", "water"):
            wide_one = STEAMY if kind == "steam" else 0.12
            puff = puff.times(grown / max(puff.size, 0.05) * wide_one, max(grown, 0.5) ** 0.5)
        name = f"{kind.capitalize()} of {one.thing.name}"
        span = (acting.start(happening), acting.manifest.seconds)
        parent = one.thing.name if one.thing.moves == "rigid" and source is None else None
        acted.objects += given_off(name, puff, at, wide, span, acting.fps, parent)
        acted.shows.append(Show("particles", f"{name}: {name}", 5.0))
        if kind in ("smoke", "steam"):
            acted.fluids[name] = Fluid("SMOKE")
    return acted


@verb(
    "burn",
    "be on fire",
    "catch fire",
    "is on fire",
    "blaze",
    "flame",
    "burst into flames",
    "crackle",
    "is burning",
    about="burns: flames, smoke, sparks and a flickering light",
    takes=4.0,
    waits="time",
    stays=True,
)
def _burn(acting: Acting, happening: Happening) -> Acted:
    acted = gives_off(acting, happening, "flames")
    acted.take(gives_off(acting, happening, "smoke"))
    small = [one for one in acting.all(happening.who) if mouth_of(one)[1] < 0.1]
    if not small:
        acted.take(gives_off(acting, happening, "sparks"))
    for one in acting.all(happening.who):
        lamp = light_of(acting, one, color=(1.0, 0.5, 0.15))
        acted.objects.append(lamp)
        acted.rules += flickering(acting, lamp.name, acting.start(happening))
        acted.shows.append(Show("light", lamp.name))
    return acted


@verb("smoke", "smoulder", "puff", "fume", about="gives off smoke", stays=True, takes=4.0, waits="time")
def _smoke(acting: Acting, happening: Happening) -> Acted:
    return gives_off(acting, happening, "smoke")


@verb("steam", "evaporate", "boil", "let off steam", about="gives off steam", stays=True, takes=4.0, waits="time")
def _steam(acting: Acting, happening: Happening) -> Acted:
    return gives_off(acting, happening, "steam")


@verb("spark", "throw sparks", "sparkle", "give off sparks", about="throws sparks", stays=True, takes=4.0, waits="time")
def _spark(acting: Acting, happening: Happening) -> Acted:
    return gives_off(acting, happening, "sparks")


@verb("erupt", "spew lava", "explode", about="throws glowing lava up, and smoke", stays=True, takes=4.0, waits="time")
def _erupt(acting: Acting, happening: Happening) -> Acted:
    acted = gives_off(acting, happening, "lava")
    acted.take(gives_off(acting, happening, "smoke", 1.5))
    return acted


@verb("bubble", "fizz", "give off bubbles", about="gives off bubbles", stays=True, takes=4.0, waits="time")
def _bubble(acting: Acting, happening: Happening) -> Acted:
    return gives_off(acting, happening, "bubbles")
