"""What every entry of the library keeps, with its own numbers, the least, the greatest and any between."""

import dataclasses
import random
from itertools import combinations

import pytest
from scipy.spatial import ConvexHull

from addon.geometry.volume import mesh_volume
from addon.worlds.library import entries
from addon.worlds.object_critic import flaws

ALL = entries()
MOST_FACES = 20_000


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


@pytest.mark.parametrize(("name", "case"), CASES)
def test_is_a_thing_that_can_be_built(name, case):
    entry = ALL[name]
    form = entry.make(**settings(entry)[case])
    assert flaws(entry, form) == []
    assert form.faces <= MOST_FACES


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
