"""Things that come with another one, or fit it: the frame of a swing has a seat, a beam is as high as it must, and a
wall that a door is in has an opening."""

from __future__ import annotations

from typing import Any

from .acting import changed
from .form import Moves
from .library import entry_of
from .manifest import Happening, Manifest, Subject
from .places import RELATIONS, Place

FRAME, SEAT, HANG = "swing", "swing seat", "hang"

GAP = 0.01
"""How far in m the rings of a seat are below the eyes that they hang from."""


BEAM = "hanging frame"
"""What things hang from where nothing else is said."""

DOOR, WALL, DOORWAY, OPENING = "door", "wall", "doorway", "opening"
"""A door, a wall, what stands for a wall that a door is in, and the anchor of it under which the door stands."""

PLAY = 0.04
"""How much wider and higher than its door an opening is, in m."""

LOOSE = ("terrain", "water", "trees", "conifers", "shrubs", "plants", "landforms", "cloths")
"""Families of what has no inside, and in which things are said to be nevertheless."""

SOFT = ("bed", "sofa", "armchair", "chair")
"""Furniture in which one sits or lies."""

CLEAR = 0.2
"""How far above the ground they hang, in m at least."""


def fitted(manifest: Manifest) -> Manifest:
    """A plan in which each frame of a swing has its seat: that is what swings. It is held where it does not. Beams from
    which things hang are as high as these need, and walls in which there is a door have an opening for it. Of what is
    to be in something that has no inside it is told that it is on it."""
    for subject in manifest.subjects:
        manifest = _in_its_wall(manifest, subject) if subject.thing == DOOR else _on_solid(manifest, subject)
        if subject.thing == FRAME:
            manifest = _seated(manifest, subject)
        for place in subject.places:
            if RELATIONS[place.relation].hung:
                manifest = framed(manifest, subject, place.of[0])
    return manifest


def _in_its_wall(manifest: Manifest, door: Subject) -> Manifest:
    """A plan in which a wall that a door is in has an opening that the door fits. Where there cannot be one, the door
    is beside its wall, and that is told."""
    place = next((p for p in door.places if p.relation == "in"), None)
    wall = manifest.subject(place.of[0]) if place is not None else None
    if place is None or wall is None or wall.thing not in (WALL, DOORWAY):
        return manifest
    stands = Place(relation="under", of=place.of, anchor=OPENING)
    taken = any(p.anchor == OPENING and p.of == place.of for s in manifest.subjects for p in s.places)
    knobs = None if taken else _opened(door, wall)
    if knobs is None:
        beside = tuple(Place(relation="next to", of=place.of) if p is place else p for p in door.places)
        told = (*manifest.left_out, f"'{door.name}' in '{wall.name}': it is next to it")
        return changed(manifest, door.name, places=beside).model_copy(update={"left_out": told})
    manifest = changed(manifest, wall.name, thing=DOORWAY, parameters=knobs)
    places = tuple(stands if p is place else p for p in door.places)
    return changed(manifest, door.name, places=places, yaw=wall.yaw, facing=wall.facing)


def _on_solid(manifest: Manifest, subject: Subject) -> Manifest:
    for place in subject.places:
        other = manifest.subject(place.of[0]) if place.relation == "in" else None
        if other is None or other.thing in SOFT or (entry := entry_of(other.thing)).family in LOOSE:
            continue
        told = f"'{subject.name}' in '{other.name}': it is on it, for that has no inside"
        if told not in manifest.left_out and "inside" not in entry.make(**other.parameters).anchors:
            manifest = manifest.model_copy(update={"left_out": (*manifest.left_out, told)})
    return manifest


def _opened(door: Subject, wall: Subject) -> dict[str, Any] | None:
    """The parameters of a wall with an opening for a door, as long and as high as that needs; None where there can be
    none: for several, or where the door is too large."""
    if door.count > 1 or wall.count > 1:
        return None
    leaf, whole = (entry_of(s.thing).make(**s.parameters) for s in (door, wall))
    wide, _, high = (float(c) + PLAY for c in leaf.high - leaf.low)
    long, thick, tall = (float(c) for c in whole.high - whole.low)
    ranges = entry_of(DOORWAY).knobs
    wanted = {"length": max(long, 2.5 * wide), "height": max(tall, 1.2 * high), "thickness": thick}
    sizes = {name: min(max(value, ranges[name].low), ranges[name].high) for name, value in wanted.items()}
    shares = {"wide": wide / sizes["length"], "high": high / sizes["height"]}
    if any(not ranges[name].low <= value <= ranges[name].high for name, value in shares.items()):
        return None
    return {**wall.parameters, **{name: round(value, 4) for name, value in (sizes | shares).items()}}


def framed(manifest: Manifest, hung: Subject, name: str) -> Manifest:
    """A plan in which a beam of which no height is said has room for what hangs from it."""
    beam = manifest.subject(name)
    if beam.thing != BEAM or "height" in beam.parameters:
        return manifest
    knobs = {**room(hung), **beam.parameters}
    fit = beam.model_copy(update={"parameters": knobs, "yaw": beam.yaw or 90.0})
    subjects = tuple(fit if s.name == name else s for s in manifest.subjects)
    return manifest.model_copy(update={"subjects": subjects})


def room(hung: Subject) -> dict[str, float]:
    """The parameters of a beam from which a thing hangs free."""
    form = entry_of(hung.thing).make(**hung.parameters)
    _, deep, tall = (float(c) for c in form.high - form.low)
    high, wide = round(CLEAR + 1.2 * tall, 3), round(deep + 0.3, 3)
    return {"height": min(max(high, 0.2), 8.0), "width": min(max(wide, 0.2), 8.0)}


def _seated(manifest: Manifest, subject: Subject) -> Manifest:
    """A plan with a seat for a frame; several frames become one by one."""
    frames = [
        subject.model_copy(update={"name": name, "count": 1, "yaw": subject.yaw + 90.0, "places": _places(subject, n)})
        for n, name in enumerate(subject.names)
    ]
    swings = any(h.who == subject.name and h.does in ("swing", "swing into") for h in manifest.happenings)
    seats = [_seat(frame, "rigid" if swings else "fixed") for frame in frames]
    others = [_by_first(other, subject) for other in manifest.subjects]
    at = manifest.subjects.index(subject)
    subjects = (*others[:at], *(one for pair in zip(frames, seats, strict=True) for one in pair), *others[at + 1 :])
    return manifest.model_copy(update={"subjects": subjects, "happenings": _passed_on(manifest, subject, seats)})


def _places(subject: Subject, number: int) -> tuple[Place, ...]:
    if not number:
        return subject.places
    return (Place(relation="next to", of=(subject.names[number - 1],), distance=0.5, bearing=90.0),)


def _seat(frame: Subject, moves: Moves) -> Subject:
    form = entry_of(FRAME).make(**frame.parameters)
    high = float(form.anchors[HANG].at[2])
    long = round(min(max(0.75 * high, 0.6), 4.5), 3)
    place = Place(relation="under", of=(frame.name,), anchor=HANG)
    return Subject(
        name=f"Seat of {frame.name}",
        thing=SEAT,
        parameters={"length": long},
        places=(place,),
        lift=round(high - long - GAP, 4),
        yaw=frame.yaw,
        moves=moves,
    )


def _by_first(other: Subject, subject: Subject) -> Subject:
    """A thing that is placed by the first of the frames where it is placed by them."""
    names = {subject.name: subject.names[0]}
    places = tuple(
        place.model_copy(update={"of": tuple(names.get(name, name) for name in place.of)}) for place in other.places
    )
    return other.model_copy(update={"places": places, "facing": names.get(other.facing or "", other.facing)})


def _passed_on(manifest: Manifest, subject: Subject, seats: list[Subject]) -> tuple[Happening, ...]:
    """What happens, with what the frames do done by each seat, and what is done to them to the first one."""
    found: list[Happening] = []
    last: list[int] = []
    for happening in manifest.happenings:
        after = last[happening.after] if happening.after is not None else None
        names = {subject.name: seats[0].name}
        changes = {"to": names.get(happening.to or "", happening.to), "after": after}
        changes["source"] = names.get(happening.source or "", happening.source)
        who = [seat.name for seat in seats] if happening.who == subject.name else [happening.who]
        found += [happening.model_copy(update={**changes, "who": name}) for name in who]
        last.append(len(found) - 1)
    return tuple(found)
