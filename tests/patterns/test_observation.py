from dataclasses import replace

from addon.patterns import Observation
from addon.patterns.annotation import annotate
from addon.scene_graph import RigidBody

from .builder import ball, build, fall, floor


def falling_compound():
    """A compound of two balls that falls, with its parts, on which no event may be."""
    way = fall((0, 0, 9), (0, 0, 0), 60)
    trace = build(
        [ball("Crate", way), ball("Crate hull 1", fall((1, 0, 9), (0, 0, 0), 60)), ball("Crate hull 2", way), floor()]
    )
    whole, *parts, ground = trace.scene.objects
    whole = whole.model_copy(update={"rigid_body": RigidBody(shape="COMPOUND")})
    parts = [part.model_copy(update={"parent": "Crate"}) for part in parts]
    scene = trace.scene.model_copy(update={"objects": (whole, *parts, ground)})
    return replace(trace, meta=trace.meta.model_copy(update={"scene": scene}))


def test_of_a_compound_the_whole_alone_moves():
    trace = falling_compound()
    assert dict(zip(trace.bodies, Observation(trace).movable.tolist(), strict=True)) == {
        "Crate": True,
        "Crate hull 1": False,
        "Crate hull 2": False,
        "Floor": False,
    }


def test_no_event_names_a_part_of_a_compound():
    told = [a.description for a in annotate(falling_compound()).activations]
    assert told
    assert not [text for text in told if "hull" in text.lower()]
