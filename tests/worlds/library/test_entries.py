"""What every entry of the library keeps, with its own numbers, the least, the greatest and any between."""

import dataclasses
import random
from itertools import combinations

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from addon.geometry.volume import is_manifold, mesh_volume
from addon.worlds.library import entries
from addon.worlds.stuffs import STUFFS

ALL = entries()
MOST_FACES = 20_000
TOUCHING = 0.003
"""Parts of one thing are at most so far from each other, in m."""
OPEN = ("cloth", "none")
"""What these move may be an open sheet."""


def _any(knob, rng):
    match knob.kind:
        case "colour":
            return tuple(round(rng.random(), 3) for _ in range(3))
        case "choice":
            return rng.choice(knob.choices)
        case "flag":
            return rng.random() < 0.5
        case "count" | "seed":
            return rng.randint(int(knob.low), int(knob.high))
    return rng.uniform(knob.low, knob.high)


def settings(entry):
    """Its own numbers, all at their least, all at their greatest, and five drawn ones."""
    numbers = [k for k in entry.knobs.values() if k.kind in ("length", "angle", "count", "number")]
    drawn = [random.Random(f"{entry.name} {i}") for i in range(5)]
    return [
        {},
        {k.name: int(k.low) if k.kind == "count" else k.low for k in numbers},
        {k.name: int(k.high) if k.kind == "count" else k.high for k in numbers},
        *({k.name: _any(k, rng) for k in entry.knobs.values()} for rng in drawn),
    ]


CASES = [(name, i) for name, entry in ALL.items() for i in range(len(settings(entry)))]


def _shells(solid):
    """The connected pieces of a mesh as bounds ``[2, 3]``."""
    owner = list(range(len(solid.vertices)))

    def find(i):
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for face in solid.faces:
        for i in face[1:]:
            owner[find(i)] = find(face[0])
    groups = {}
    for i in range(len(owner)):
        groups.setdefault(find(i), []).append(i)
    return [np.array([solid.vertices[g].min(axis=0), solid.vertices[g].max(axis=0)]) for g in groups.values()]


def _in_one_piece(bounds):
    """Whether boxes ``[2, 3]`` hang together."""
    reached, left = [bounds[0]], list(bounds[1:])
    while reached and left:
        low, high = reached.pop() + np.array([[-TOUCHING], [TOUCHING]])
        near = [(b[0] <= high).all() and (b[1] >= low).all() for b in left]
        reached += [b for b, n in zip(left, near, strict=True) if n]
        left = [b for b, n in zip(left, near, strict=True) if not n]
    return not left


def _surface(form):
    """How high the highest face over the origin is, in m, at a place within it that is on no edge."""
    found = []
    for part in form.parts:
        for face in part.solid.faces:
            for i in range(1, len(face) - 1):
                a, b, c = part.solid.vertices[[face[0], face[i], face[i + 1]]]
                sides = np.array([b[:2] - a[:2], c[:2] - a[:2]]).T
                if abs(np.linalg.det(sides)) > 1e-12:
                    u, v = np.linalg.solve(sides, np.array([0.0031, 0.0017]) - a[:2])
                    if min(u, v, 1.0 - u - v) >= 0.0:
                        found.append(a[2] + u * (b - a)[2] + v * (c - a)[2])
    return max(found)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_is_a_thing_that_can_be_built(name, case):
    entry = ALL[name]
    form = entry.make(**settings(entry)[case])
    for part in form.parts:
        assert part.stuff in STUFFS
        assert 0.0 < part.share <= 1.0
        assert np.isfinite(part.solid.vertices).all()
        assert all(len(set(face)) == len(face) >= 3 for face in part.solid.faces), "a face with a corner twice"
        assert len({i for face in part.solid.faces for i in face}) == len(part.solid.vertices), "a loose vertex"
        if entry.moves not in OPEN:
            assert is_manifold(part.solid.faces), "not closed"
            assert mesh_volume(part.solid.vertices, part.solid.faces) > 0.0, "inside out"
    low, high = form.low, form.high
    if entry.family in ("terrain", "water"):  # things stand on it: its surface, not its lowest place, is at 0
        assert abs(_surface(form)) < 0.01, f"its surface is at {_surface(form):.4f} m"
    else:
        assert abs(low[2]) < 2e-3, f"stands at {low[2]:.4f} m"
    assert np.abs((low + high)[:2] / 2).max() <= 0.25 * (high - low).max(), "not centred"
    assert entry.size[0] * 0.999 <= (high - low).max() <= entry.size[1] * 1.001, f"{(high - low).max():.3f} m long"
    assert form.faces <= MOST_FACES
    assert _in_one_piece([b for part in form.parts for b in _shells(part.solid)]), "parts hang in the air"
    for place in form.anchors.values():
        assert abs(np.linalg.norm(place.out) - 1.0) < 1e-6
        assert place.reach >= 0.0
        assert (np.array(place.at) >= low - 0.02).all()
        assert (np.array(place.at) <= high + 0.02).all()


@pytest.mark.parametrize(("name", "case"), [(n, c) for n, c in CASES if ALL[n].shape == "COMPOUND"])
def test_hulls_of_a_compound_are_convex_and_within_it(name, case):
    form = ALL[name].make(**settings(ALL[name])[case])
    hulls = form.hulls or [part.solid for part in form.parts]
    assert 1 <= len(hulls) <= 40
    for hull in hulls:
        assert mesh_volume(hull.vertices, hull.faces) >= 0.97 * ConvexHull(hull.vertices).volume
        assert (hull.low >= form.low - 0.01).all()
        assert (hull.high <= form.high + 0.01).all()


@pytest.mark.parametrize("name", ALL)
def test_each_knob_changes_the_thing_and_the_same_knobs_give_the_same(name):
    entry = ALL[name]

    def shown(**given):
        form = entry.make(**given)
        return [(p.stuff, p.color, p.glow, p.solid.faces, p.solid.vertices.tobytes()) for p in form.parts]

    assert shown() == shown()
    for knob in entry.knobs.values():
        others = [v for s in settings(entry)[1:] if (v := s.get(knob.name, knob.default)) != knob.default]
        others += [c for c in knob.choices if c != knob.default]
        others += [not knob.default] if knob.kind == "flag" else [(0.1, 0.2, 0.3)] if knob.kind == "colour" else []
        assert any(shown(**{knob.name: v}) != shown() for v in others), f"{knob.name} changes nothing"
        assert knob.taken(knob.default) == knob.default


@pytest.mark.parametrize("name", ALL)
def test_is_described(name):
    entry = ALL[name]
    assert entry.about == entry.about.strip()
    assert len(entry.about) > 10
    assert not entry.about.endswith(".")
    assert all(word == word.lower().strip() and word for word in entry.names)
    assert 0 < entry.size[0] < entry.size[1]
    assert all(f.name for f in dataclasses.fields(entry))


def test_no_two_entries_have_the_same_name():
    for one, other in combinations(ALL.values(), 2):
        assert not set(one.names) & set(other.names)
