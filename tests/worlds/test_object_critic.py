"""What is wrong with a thing is found by its mesh; all things of a world are looked at."""

import dataclasses

import numpy as np
import pytest

from addon.worlds.form import Anchor, Form, Part
from addon.worlds.library import entries
from addon.worlds.manifest import Manifest, Subject
from addon.worlds.object_critic import criticise_things, flaws
from addon.worlds.solids import Solid, ball, box, sheet
from addon.worlds.staging import stage

from .made import made

WHOLE = box(1, 1, 1)


def found(form, moves="rigid", size=(0.01, 99.0)):
    entry = dataclasses.replace(made("Thing", form, moves).entry, size=size)
    return {flaw.check for flaw in flaws(entry, form)}


def of(*solids, **anchors):
    return Form(tuple(Part(solid, "wood") for solid in solids), anchors)


def flipped(solid, count):
    return Solid(solid.vertices, tuple(f[::-1] if i < count else f for i, f in enumerate(solid.faces)))


@pytest.mark.parametrize(
    ("form", "check"),
    [
        (of(Solid(WHOLE.vertices, WHOLE.faces[1:])), "closed"),
        (of(flipped(WHOLE, 6)), "outward"),
        (of(flipped(WHOLE, 1)), "outward"),
        (of(Solid(WHOLE.vertices * np.nan, WHOLE.faces)), "finite"),
        (of(Solid(WHOLE.vertices, (*WHOLE.faces, (0, 0, 1)))), "faces"),
        (of(Solid(WHOLE.vertices, (*WHOLE.faces, (0, 1, 99)))), "faces"),
        (of(Solid(np.vstack([WHOLE.vertices, [[0, 0, 0.5]]]), WHOLE.faces)), "faces"),
        (of(WHOLE, box(0.1, 0.1, 0.1).moved(z=1.1)), "connected"),
        (of(WHOLE.moved(z=0.1)), "stands"),
        (of(WHOLE.moved(x=0.6)), "stands"),
        (of(WHOLE, top=Anchor((0, 0, 3))), "anchors"),
        (of(WHOLE, top=Anchor((0, 0, 1), (0, 0, 2))), "anchors"),
        (Form((Part(WHOLE, "cheese"),)), "stuff"),
    ],
)
def test_flaws_are_named(form, check):
    assert found(form) == {check}


def test_a_sound_thing_has_none():
    assert found(of(WHOLE, ball(0.2).moved(z=1.1), top=Anchor((0, 0, 1)))) == set()
    assert found(of(WHOLE), size=(2.0, 3.0)) == {"size"}


def test_a_sheet_is_a_cloth_and_no_body():
    assert found(of(sheet(1, 1, 4, 4)), "cloth") == set()
    assert found(of(sheet(1, 1, 4, 4))) == {"closed"}


def staged(**subject):
    return stage(Manifest(subjects=(Subject(name="Box", thing="crate", **subject),)), 0)


def test_a_world_of_the_library_is_sound_and_its_faces_are_counted():
    checks = criticise_things(staged())
    assert [(c.kind, c.met, c.stage) for c in checks] == [("things", True, "object"), ("faces", True, "object")]


def test_a_world_with_too_many_faces_or_a_thing_out_of_range_is_told(monkeypatch):
    world = staged()
    monkeypatch.setattr("addon.worlds.object_critic.MOST_FACES", 3)
    assert not criticise_things(world)[-1].met
    thing = world.layout.placed["Box"].thing
    knob = next(k for k in entries()["crate"].knobs.values() if k.kind == "length")
    thing.parameters[knob.name] = 1e6
    (wrong,) = (c for c in criticise_things(world) if c.kind == "range")
    assert (wrong.subject, wrong.physical) == ("Box", True)
