"""The second stage of reading: what a network read, mended by assemblies that are known and by drawing it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from addon.perception.camera import Camera
from addon.perception.reading import Found, Known
from addon.scene_graph import Constraint

from .canvas import Canvas, Patch, View
from .fit import Readings
from .kit import Kit
from .poses import quaternion_from, vector_of
from .scene import Bay, bays_of, frame_of
from .sharpen import QUICK, THOROUGH, Placed, Scenery, Schedule, placed, recolored, sharpened

ROOM = 0.3
"""Metres around what stands in a bay within which it is moved."""
TALL = 2.9
"""What stands in a bay is no higher (m)."""
GOOD = 20.0
"""A misfit (`sharpen`) that is not worth trying other choices."""
POOR = 150.0
"""A misfit from which on assemblies are tried that readings do not speak for."""
OTHERS = 3
"""How many of these are moved into place."""
DOUBTFUL = 0.1
"""Heat from which on readings are looked at: many of them are confirmed by others."""
SURE = 0.35
"""Heat from which on a reading stays that nothing explains,"""
GONE = 10.0
"""What moves is not there if the misfit is less by so much without it."""
BETTER = 30.0
"""if drawing it makes the misfit less by so much."""
CONFIRMED = 0.8
"""Least confidence of a reading that is of a member of an assembly."""
FILLED_IN = 0.5
"""Confidence of a member that no reading is of."""


@dataclass(frozen=True, eq=False)
class Part:
    """A placed assembly, the readings that it was fitted to, and which of its members ``[N]`` are where it has them:
    what moves may have gone."""

    placed: Placed
    readings: Readings
    there: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Scene:
    """What was made of readings: the frame first, then what stands in bays; and the readings that none explains."""

    parts: tuple[Part, ...]
    rest: tuple[Found, ...]


def scene_of(found: Sequence[Found], picture: NDArray[np.uint8], camera: Camera, kit: Kit) -> Scene | None:
    """The assemblies that explain a picture sRGB ``[H, H, 3]`` and its readings; None where it shows no floor."""
    readings = Readings.of(found)
    framed = frame_of(readings, kit)
    if framed is None:
        return None
    fit, outer = framed
    rough = Scenery(picture, Canvas(camera, len(picture), 1))
    area = rough.canvas.whole()
    nothing = rough.canvas.view([], *area)
    (frame,), _ = sharpened([placed(fit, outer)], rough, nothing, np.zeros((0, 3)), area)
    fit = replace(fit, vector=frame.vector)
    frame = replace(frame, fit=fit)
    taken = {id(outer.found[n]) for n in fit.of if n >= 0}
    left = readings.some(np.array([id(one) not in taken for one in found], bool))
    bays = bays_of(fit, left, kit)
    scenery = Scenery(picture, Canvas(camera, len(picture), 2))
    chosen = _chosen(frame, bays, scenery)
    parts = _without_gone([(frame, outer), *(one for choice in chosen for one in choice)], scenery)
    used = {id(part.readings.found[n]) for part in parts for n in part.placed.fit.of[part.there] if n >= 0}
    rest = [one for one in found if id(one) not in used and one.heat >= SURE]
    return Scene(tuple(parts), tuple(_needed(rest, parts, scenery)))


def _without_gone(placed: Sequence[tuple[Placed, Readings]], scenery: Scenery) -> list[Part]:
    """Parts whose members are there: without those of them that can move the picture agrees no better."""
    parts = [Part(one, readings, np.ones(len(one.lit), bool)) for one, readings in placed]
    patches, shown = _drawn(parts, scenery)
    whole = scenery.canvas.view(patches, *scenery.canvas.whole())
    number = 0
    for part in parts:
        for n, member in enumerate(part.placed.fit.assembly.members):
            patch = patches[number][1]
            area = (patch.rows, patch.columns)
            if member.moves and (whole.who[area] == number).any():
                others = scenery.canvas.view([one for one in patches if one[0] != number], *area)
                without = scenery.misfit(others, shown).sum()
                part.there[n] = without > scenery.misfit(scenery.canvas.view([], *area, whole), shown).sum() - GONE
            number += 1
    return parts


def _drawn(parts: Sequence[Part], scenery: Scenery) -> tuple[list[tuple[int, Patch]], NDArray[np.float64]]:
    """What all that is there shows, and the colours of all members."""
    patches: list[tuple[int, Patch]] = []
    count = 0
    for part in parts:
        drawn = scenery.patches(part.placed, first=count)
        patches += [one for one, there in zip(drawn, part.there, strict=True) if there]
        count += len(part.there)
    return patches, np.concatenate([part.placed.shown for part in parts])


def _needed(rest: Sequence[Found], parts: Sequence[Part], scenery: Scenery) -> list[Found]:
    """Those readings that the picture shows beside what is drawn: with them it agrees better."""
    patches, shown = _drawn(parts, scenery)
    whole = scenery.canvas.view(patches, *scenery.canvas.whole())
    kept: list[Found] = []
    for one in rest:
        patch = scenery.canvas.cast(
            np.concatenate([one.position, one.half, vector_of(one.quaternion)]), one.shape == "ball"
        )
        area = (patch.rows, patch.columns)
        before = scenery.misfit(scenery.canvas.view([], *area, whole), shown).sum()
        with_it = scenery.canvas.view([(len(shown), patch)], *area, whole)
        if scenery.misfit(with_it, np.vstack([shown, one.color])).sum() < before - BETTER:
            kept.append(one)
    return kept


def refined(found: Sequence[Found], picture: NDArray[np.uint8], camera: Camera, kit: Kit) -> list[Found]:
    """What was read of a picture sRGB ``[H, H, 3]``, mended: poses, sizes, classes and colours as assemblies have them
    that explain it, hidden members filled in, and bodies and joints told.

    ``found`` are readings from a heat of `DOUBTFUL` on; those that nothing explains stay where the picture shows them.
    """
    scene = scene_of(found, picture, camera, kit)
    if scene is None:
        return [one for one in found if one.heat >= SURE]
    told = [one for n, part in enumerate(scene.parts) for one in _told(n, part)]
    return sorted([*told, *scene.rest], key=lambda one: -one.confidence)


def _told(number: int, part: Part) -> list[Found]:
    """The members of an assembly that are there, as readings."""
    one = part.placed
    assembly = one.fit.assembly
    physics = assembly.physics
    labels = [f"{number}.{n}" for n in range(len(assembly.members))]
    joints: dict[int, list[Constraint]] = {}
    for ends, joint, place in zip(assembly.joints, physics.joints, one.joints, strict=True):
        x, y, z = (round(float(v), 4) for v in place)
        told = {"object1": labels[ends.first], "object2": labels[ends.second], "location": (x, y, z)}
        joints.setdefault(ends.first, []).append(joint.model_copy(update=told))
    found: list[Found] = []
    for n, (member, pose) in enumerate(zip(assembly.members, one.poses, strict=True)):
        if not part.there[n]:
            continue
        own = part.readings.found[one.fit.of[n]] if one.fit.of[n] >= 0 else None
        sure = max(own.confidence, CONFIRMED) if own is not None else FILLED_IN
        found.append(
            Found(
                member.kind, "ball" if member.ball else "box", one.shown[n], bool(one.lit[n]),
                np.full(3, pose[3:6].mean()) if member.ball else pose[3:6], pose[:3],
                np.array([1.0, 0, 0, 0]) if member.ball else quaternion_from(pose[6:9]),
                own.velocity if own is not None else None, sure, max(sure, own.heat if own is not None else 0.0),
                Known(labels[n], physics.bodies[n], tuple(joints.get(n, ()))),
            )
        )  # fmt: skip
    return found


Choice = list[tuple[Placed, Readings]]


def _chosen(frame: Placed, bays: Sequence[Bay], scenery: Scenery) -> list[Choice]:
    """Of each bay the choice that agrees best with the picture, given those of the others."""
    chosen: list[Choice] = [_placed(bay, 0) for bay in bays]
    for number, bay in enumerate(bays):
        area = _area(bay, scenery.canvas)
        under, shown = _under(frame, chosen, number, scenery, area)

        def tried(
            choice: Choice, schedule: Schedule, under: View = under, shown: NDArray[np.float64] = shown,
            area: tuple[slice, slice] = area,
        ) -> tuple[float, Choice]:  # fmt: skip
            group = [recolored(one, scenery, under, area) for one, _ in choice]
            group, off = sharpened(group, scenery, under, shown, area, schedule)
            return off, [(one, read) for one, (_, read) in zip(group, choice, strict=True)]

        found: list[tuple[float, Choice]] = []
        for place in range(bay.likely):
            off, choice = tried(_placed(bay, place), QUICK)
            found.append((off + bay.costs[place], choice))
            if off < GOOD:
                break
        least, best = min(found, key=lambda one: one[0])
        if least > POOR and len(bay.readings):
            # The network takes some things for others, so that the picture alone decides.
            rough = [(tried(_placed(bay, n), ())[0], n) for n in range(bay.likely, len(bay.choices))]
            found += [tried(_placed(bay, n), QUICK) for _, n in sorted(rough)[:OTHERS]]
            best = min(found, key=lambda one: one[0])[1]
        chosen[number] = best
    for number in range(len(bays)):
        if not chosen[number]:
            continue
        area = _around(chosen[number], scenery.canvas)
        under, shown = _under(frame, chosen, number, scenery, area)
        group = [recolored(one, scenery, under, area) for one, _ in chosen[number]]
        group, _ = sharpened(group, scenery, under, shown, area, THOROUGH)
        chosen[number] = [(one, read) for one, (_, read) in zip(group, chosen[number], strict=True)]
    return chosen


def _placed(bay: Bay, place: int) -> Choice:
    return [(placed(fit, read), read) for fit, read in bay.choices[place]]


def _area(bay: Bay, canvas: Canvas) -> tuple[slice, slice]:
    (x, y), (right, back) = bay.low, bay.high
    return canvas.around(np.array([[a, b, c] for a in (x, right) for b in (y, back) for c in (0.0, TALL)]))


def _around(choice: Choice, canvas: Canvas) -> tuple[slice, slice]:
    poses = np.concatenate([one.poses for one, _ in choice])
    wide = np.linalg.norm(poses[:, 3:6], axis=1, keepdims=True).clip(0, 1.5) + ROOM
    return canvas.around(np.concatenate([poses[:, :3] - wide, poses[:, :3] + wide]))


def _under(
    frame: Placed, chosen: Sequence[Choice], but: int, scenery: Scenery, area: tuple[slice, slice]
) -> tuple[View, NDArray[np.float64]]:
    """What is drawn but for one bay, and the colours of all that is in it."""
    others = [frame, *(one for n, choice in enumerate(chosen) if n != but for one, _ in choice)]
    patches, count = [], 0
    for one in others:
        patches += scenery.patches(one, first=count)
        count += len(one.lit)
    return scenery.canvas.view(patches, *area), np.concatenate([one.shown for one in others])
