"""What flies, and what goes under in water: what a verb means depends on who does it, and where."""

from __future__ import annotations

from .library import entry_of
from .manifest import Happening, Manifest

INSECTS = ("butterfly", "bee")

PROPELLED = ("aeroplane", "helicopter")

GROUNDED = ("duck", "penguin", "hen")
"""Birds that go about on the ground or on water unless they are said to fly."""

TOYS = ("rubber duck", "paper plane")
"""What is no bird and no aircraft, though it is among them."""

AFLOAT = ("balloon", "kite", "hot air balloon")
"""What hangs in the air."""

FLOODED = ("sea", "underwater")
"""Where what sinks goes under wherever it is."""

BOATS = ("rowing boat", "sailing boat", "ship")
"""What is on water wherever it is said to be."""


def flies(thing: str) -> bool:
    """Whether what a thing does it does in the air."""
    bird = entry_of(thing).family == "birds" and thing not in (*GROUNDED, *TOYS)
    return bird or thing in (*INSECTS, *PROPELLED)


def is_aloft(thing: str) -> bool:
    """Whether a thing is in the air where it does what cloth does in the wind."""
    return flies(thing) or thing in AFLOAT


def flies_if_told(manifest: Manifest, happening: Happening) -> str | None:
    """Flying in place of being thrown, for what does it by itself and is not sent at another thing."""
    thing = manifest.subject(happening.who).thing
    if happening.to is not None or happening.after is not None:
        return None
    return "fly along" if flies(thing) or thing in GROUNDED else None


def circles_aloft(manifest: Manifest, happening: Happening) -> str | None:
    """Flying around in place of going around, for what flies."""
    return "fly around" if flies(manifest.subject(happening.who).thing) else None


def hovers(manifest: Manifest, happening: Happening) -> str | None:
    """Hovering in place of what cloth does in the wind and boats on water, for what is in the air."""
    return "hover" if is_aloft(manifest.subject(happening.who).thing) else None


def water_of(manifest: Manifest, happening: Happening) -> str | None:
    """The subject in whose water something is, or comes to; "" where all is under water or at sea, None for none."""
    others = [h.to for h in manifest.happenings if h.who == happening.who]
    placed = [name for place in manifest.subject(happening.who).places for name in place.of]
    wet = (name for name in (happening.to, *placed, *others) if name is not None and _holds_water(manifest, name))
    return next(wet, "" if manifest.setting.where in FLOODED else None)


def _holds_water(manifest: Manifest, name: str) -> bool:
    subject = manifest.subject(name)
    return bool({"water", "inside"} & set(entry_of(subject.thing).make(**subject.parameters).anchors))


def comes_down(manifest: Manifest, happening: Happening) -> str | None:
    """Coming down through the air in place of sinking, for what is in no water and is there for none."""
    dry = water_of(manifest, happening) is None and manifest.subject(happening.who).thing not in BOATS
    return "descend" if dry else None
