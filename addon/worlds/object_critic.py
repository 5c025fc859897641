"""The object critic: whether each thing is one that could be built, by its mesh alone, whoever made it.

After Code2Worlds' critic of single objects: closed, outward, in one piece, of a size that such a thing has, with
parameters within their ranges and no more faces than a world can bear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..geometry.triangulate import packed
from ..geometry.volume import is_manifold, mesh_volume
from ..scene_graph import FloatArray
from .entry import Entry, LibraryError
from .form import Form
from .solids import Solid
from .staging import Staged
from .stuffs import STUFFS
from .verdict import Check

MOST_FACES = 1_000_000
"""Of a world."""

TOUCHING = 0.003
"""Parts of one thing are at most so far from each other, in m."""

OPEN = ("cloth", "none")
"""What these move may be an open sheet."""

CENTRED = 0.25
"""How far the middle of a thing may be from its own axis, as a share of its longest side."""

GROUNDS = ("terrain", "water")
"""Families on whose surface, and not their lowest place, things stand."""

SHOWN = 6
"""At most so many flaws of a kind are told."""


class Flaw(NamedTuple):
    """What is wrong with a thing: the check, and a sentence."""

    check: str
    text: str


def flaws(entry: Entry, form: Form) -> list[Flaw]:
    """All that is wrong with a thing of an entry; the sentences name parts by their numbers from 1."""
    found = [flaw for number, part in enumerate(form.parts, 1) for flaw in _of_part(f"part {number}", part.solid)]
    found += [
        Flaw("stuff", f"part {number} is of '{part.stuff}' (a share of {part.share:g}); there are {', '.join(STUFFS)}")
        for number, part in enumerate(form.parts, 1)
        if part.stuff not in STUFFS or not 0.0 < part.share <= 1.0
    ]
    if found:
        return found
    if entry.moves not in OPEN:
        found += [flaw for number, part in enumerate(form.parts, 1) for flaw in _closed(f"part {number}", part.solid)]
    return [*found, *_bounds(entry, form), *_connected(form), *_anchors(form)]


def criticise_things(staged: Staged) -> list[Check]:
    """The checks of all things of a world, one a kind where nothing is wrong, and of its faces together."""
    placed = [staged.layout.ground, *staged.layout.placed.values(), *staged.strewn]
    alike = {(p.thing.entry.name, tuple(sorted(p.thing.parameters.items()))): p.thing for p in placed}
    found: list[Check] = []
    for thing in alike.values():
        try:
            thing.entry.parameters(thing.parameters)
            wrong = flaws(thing.entry, thing.form)
        except LibraryError as error:
            wrong = [Flaw("range", str(error))]
        found += [Check(f.check, thing.name, False, f"'{thing.name}': {f.text}", True, "object") for f in wrong[:SHOWN]]
    if not found:
        found.append(Check("things", "", True, f"all {len(alike)} kinds of things are sound", True, "object"))
    faces = faces_of(staged)
    found.append(Check("faces", "", faces <= MOST_FACES, f"the world has {faces} faces", True, "object"))
    return found


def faces_of(staged: Staged) -> int:
    """How many faces a world has."""
    placed = [staged.layout.ground, *staged.layout.placed.values(), *staged.strewn]
    return sum(one.thing.form.faces for one in placed)


def _of_part(name: str, solid: Solid) -> Iterator[Flaw]:
    """What no mesh may have."""
    if not len(solid.vertices) or not np.isfinite(solid.vertices).all():
        yield Flaw("finite", f"{name} has a vertex that is no finite number, or none")
        return
    used = np.unique(packed(solid.faces)[1])
    if not len(used) or used[0] < 0 or used[-1] >= len(solid.vertices):
        yield Flaw("faces", f"{name} has a face with a vertex that is not there, or no face")
    elif any(len(set(face)) != len(face) or len(face) < 3 for face in solid.faces):
        yield Flaw("faces", f"{name} has a face with fewer than three corners, or the same twice")
    elif len(used) != len(solid.vertices):
        yield Flaw("faces", f"{name} has vertices that are of no face")


def _closed(name: str, solid: Solid) -> Iterator[Flaw]:
    if not is_manifold(solid.faces):
        yield Flaw("closed", f"{name} is not closed: an edge of it is not one of exactly two faces")
    elif not _is_of_one_turn(solid):
        yield Flaw("outward", f"{name} has faces that go round the other way than their neighbours")
    elif not mesh_volume(solid.vertices, solid.faces) > 0.0:
        yield Flaw("outward", f"{name} is inside out: corners of a face go anticlockwise as seen from outside")


def _is_of_one_turn(solid: Solid) -> bool:
    """Whether two faces that share an edge go along it in opposite directions."""
    lengths, corners = packed(solid.faces)
    after = np.roll(corners, -1)
    ends = np.cumsum(lengths) - 1
    after[ends] = corners[ends - lengths + 1]
    return len(np.unique(corners * len(solid.vertices) + after)) == len(corners)


def _bounds(entry: Entry, form: Form) -> Iterator[Flaw]:
    low, high = form.low, form.high
    longest = float((high - low).max())
    if not entry.size[0] * 0.999 <= longest <= entry.size[1] * 1.001:
        yield Flaw("size", f"it is {longest:.3f} m long, and such a thing is {entry.size[0]:g} to {entry.size[1]:g} m")
    if entry.family in GROUNDS:
        at = _surface(form)
        if abs(at) >= 0.01:
            yield Flaw("stands", f"its surface is at {at:.4f} m, not at 0")
    elif abs(low[2]) >= 2e-3:
        yield Flaw("stands", f"its lowest place is at {low[2]:.4f} m, not at 0")
    if float(np.abs((low + high)[:2] / 2).max()) > CENTRED * longest:
        yield Flaw("stands", "it is not centred in x and y")


def _surface(form: Form) -> float:
    """How high the highest face over the origin is in m, at a place near it that is on no edge."""
    spot, found = np.array([0.0031, 0.0017]), [-np.inf]
    for part in form.parts:
        for face in part.solid.faces:
            for i in range(1, len(face) - 1):
                a, b, c = part.solid.vertices[[face[0], face[i], face[i + 1]]]
                sides = np.array([b[:2] - a[:2], c[:2] - a[:2]]).T
                if abs(np.linalg.det(sides)) > 1e-12:
                    u, v = np.linalg.solve(sides, spot - a[:2])
                    if min(u, v, 1.0 - u - v) >= 0.0:
                        found.append(float(a[2] + u * (b - a)[2] + v * (c - a)[2]))
    return max(found)


def _connected(form: Form) -> Iterator[Flaw]:
    """Boxes around all connected pieces of all parts hang together."""
    shells = [(number, box) for number, part in enumerate(form.parts, 1) for box in _shells(part.solid)]
    low, high = (np.array([box[end] for _, box in shells]) for end in (0, 1))
    left = np.ones(len(shells), dtype=bool)
    left[0] = False
    reached = [0]
    while reached:
        i = reached.pop()
        near = left & (low <= high[i] + TOUCHING).all(axis=1) & (high >= low[i] - TOUCHING).all(axis=1)
        left &= ~near
        reached += np.flatnonzero(near).tolist()
    loose = sorted({shells[i][0] for i in np.flatnonzero(left)})
    if loose:
        told = ", ".join(str(number) for number in loose[:SHOWN])
        yield Flaw("connected", f"it is not in one piece: part {told} touches none of the pieces of part 1")


def _shells(solid: Solid) -> list[tuple[FloatArray, FloatArray]]:
    """The bounds of the connected pieces of a mesh."""
    lengths, corners = packed(solid.faces)
    first = np.repeat(corners[np.cumsum(lengths) - lengths], lengths)
    names, owner = np.unique(_pieces(len(solid.vertices), first, corners), return_inverse=True)
    count = len(names)
    low, high = np.full((count, 3), np.inf), np.full((count, 3), -np.inf)
    np.minimum.at(low, owner, solid.vertices)
    np.maximum.at(high, owner, solid.vertices)
    return list(zip(low, high, strict=True))


def _pieces(count: int, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.intp]:
    """The least number in each piece ``[count]`` of what is joined in pairs ``[M]``; SciPy is not in the extension."""
    owner = np.arange(count)
    while True:
        before, least = owner.copy(), np.minimum(owner[one], owner[other])
        np.minimum.at(owner, one, least)
        np.minimum.at(owner, other, least)
        owner = owner[owner]
        if np.array_equal(owner, before):
            return owner


def _anchors(form: Form) -> Iterator[Flaw]:
    low, high = form.low - 0.02, form.high + 0.02
    for name, anchor in form.anchors.items():
        at, out = np.array(anchor.at), np.array(anchor.out)
        if abs(float(np.linalg.norm(out)) - 1.0) >= 1e-6 or anchor.reach < 0.0:
            yield Flaw("anchors", f"the anchor '{name}' points by no unit vector, or has a reach below 0")
        elif not ((at >= low) & (at <= high)).all():
            yield Flaw("anchors", f"the anchor '{name}' lies outside of it")


def told(found: Sequence[Flaw]) -> str:
    """Flaws in words for whoever made the thing."""
    return "\n".join(f"- {flaw.text}" for flaw in found[:SHOWN])
