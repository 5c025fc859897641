"""The sentence of a motion is read back as the same motion, whatever its figures are."""

from __future__ import annotations

import itertools

import pytest

from addon.rules.effects import cycle, door, glide, orbit, place, stop, tie, turn
from addon.rules.effects.moving import Spot
from addon.rules.model import Effect
from addon.rules.read import Reading, read
from addon.rules.reference import Ref
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary

VOCABULARY = Vocabulary(room())
DOOR, LAMP, BALL, PLATE, COUNTER = (Ref(names=(name,)) for name in ("Door", "Lamp", "Ball", "Plate", "Counter"))
BOTH = Ref(names=("Door", "Lamp"), which="all")
LEFT, RIGHT, FORWARD, BACK = SIDES = ((-1, 0, 0), (1, 0, 0), (0, 1, 0), (0, -1, 0))
UP, DOWN = (0, 0, 1), (0, 0, -1)
AT = Spot(where="at", target=COUNTER)
ON = Spot(where="on", target=PLATE)
ABOVE = Spot(where="above", target=PLATE, gap=0.5)
BESIDE = [Spot(where="beside", target=PLATE, gap=1.5, way=way) for way in SIDES]
PACES = ({"over": 0.25}, {"over": 3.0, "ease": True}, {"speed": 0.5})
TEMPI = ({}, {"period": 3.0}, {"speed": 0.5})


def made(kind, first, *others):
    """One of a kind with each of these fields, the others being those of the first."""
    return [kind(**first), *(kind(**{**first, **fields}) for fields in others)]


MADE: list[Effect] = [
    *made(
        glide.Glide,
        {"thing": DOOR, "offset": (0, 0, 1.25)},
        *({"offset": tuple(0.5 * v for v in way)} for way in (*SIDES, DOWN)),
        *PACES,
        {"thing": BOTH},
        {"offset": (1, 2, 0)},
        {"offset": (-0.5, 0.25, 3), "speed": 2.0},
        {"offset": (0, 0, 1), "own": True},
        {"offset": (0, 0, -0.5), "own": True},
        {"offset": (-0.25, 0, 0), "own": True},
    ),
    *made(glide.GlideTo, {"thing": DOOR, "x": -2}, *PACES, {"x": 1, "z": 2.5}, {"y": 2, "z": -3}),
    *made(glide.GlideTowards, {"thing": DOOR, "by": 1.5, "target": BALL}, *PACES, {"thing": BOTH}),
    *made(glide.GlideBy, {"thing": LAMP, "spot": AT}, *PACES, *({"spot": spot} for spot in (ON, ABOVE, *BESIDE))),
    *made(place.GoHome, {"thing": DOOR}, *PACES, {"thing": BOTH}, {"at_once": True}, {"thing": BOTH, "at_once": True}),
    *made(place.Put, {"thing": BALL, "x": 1, "y": 2, "z": 3}, {"keeps": True}),
    *made(place.Put, {"thing": BALL, "y": -2}, {"keeps": True}, {"x": 1}),
    *made(place.Put, {"thing": BALL, "spot": ON}, {"keeps": True}, *({"spot": spot} for spot in (AT, ABOVE, *BESIDE))),
    *made(
        turn.Turn,
        {"thing": DOOR, "degrees": 90, "axis": "z"},
        *PACES[:2],
        {"thing": BOTH},
        {"degrees": -45.5},
        {"degrees": 720},
        {"axis": "x"},
        {"axis": "y"},
        {"axis": "x", "world": True},
        {"world": True, "degrees": -30},
    ),
    *made(turn.Tilt, {"thing": DOOR, "degrees": 30, "way": LEFT}, *PACES[:2], *({"way": way} for way in SIDES[1:])),
    *made(
        turn.Swing,
        {"thing": DOOR, "degrees": -60, "side": LEFT},
        *PACES[:2],
        *({"side": side} for side in (*SIDES[1:], None)),
        *({"side": side, "way": way} for side, way in itertools.product((UP, DOWN), SIDES)),
    ),
    *made(
        door.Open,
        {"thing": DOOR},
        {"thing": BOTH},
        {"over": 2.0},
        {"ease": True},
        {"by": 0.3},
        {"share": 0.25},
        {"way": LEFT},
        {"way": BACK, "by": 0.3, "over": 2.0},
        {"way": DOWN, "share": 0.5},
    ),
    *made(
        door.SwingOpen,
        {"thing": DOOR, "degrees": 90, "side": LEFT},
        {"side": None},
        {"side": BACK, "over": 2.0},
        {"degrees": -90, "ease": True},
        {"side": DOWN, "way": RIGHT},
    ),
    *made(door.Close, {"thing": DOOR}, {"thing": BOTH}, {"over": 2.0}, {"ease": True}),
    *made(
        cycle.Between,
        {"thing": DOOR, "axis": "x", "first": -2, "last": 2.5},
        *TEMPI,
        {"axis": "y"},
        {"axis": "z", "even": True},
    ),
    cycle.BetweenPoints(thing=DOOR, first=(0, 0, 1), last=(1, 2, 3), period=2.0),
    *made(cycle.Sway, {"thing": DOOR, "axis": "x", "by": 0.5}, *TEMPI, {"axis": "y", "even": True}, {"axis": "z"}),
    *made(
        orbit.Orbit,
        {"thing": LAMP, "centre": COUNTER},
        *TEMPI,
        {"radius": 2.0},
        {"clockwise": True},
        {"radius": 0.5, "clockwise": True, "speed": 2.0},
    ),
    *made(
        orbit.Spin,
        {"thing": DOOR},
        {"thing": BOTH},
        {"rate": -180.0},
        {"axis": "x"},
        {"axis": "y", "world": True},
        {"world": True},
    ),
    *made(
        tie.Follow,
        {"thing": LAMP, "leader": BALL},
        {"distance": 1.5},
        {"gap": 2.0},
        *({"gap": 1.0, "way": way} for way in SIDES),
    ),
    *made(tie.Look, {"thing": LAMP, "target": BALL}, *({"front": front} for front in ("x", "-x", "z", "-z"))),
    *made(tie.Face, {"thing": LAMP, "target": BALL}, {"front": "x"}),
    *made(stop.Stop, {"thing": DOOR}, {"thing": BALL}, {"thing": BOTH}),
]


@pytest.mark.parametrize("one", MADE, ids=lambda one: one.sentence())
def test_a_sentence_is_read_back_as_what_it_tells(one):
    found = read(f"When Ball touches Plate, {one.sentence()}", VOCABULARY)
    assert isinstance(found, Reading), str(found)
    (effect,) = found.rules[0].effects
    assert effect == one
