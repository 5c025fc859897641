"""Every pattern in a real run on Blender in which a reader of the scene would say that it happens."""

import pytest

from addon.patterns import library

from .scenes import annotated

SEEN = [
    ("HitsStationary", "relay", {"object": "Red", "other": "Black"}, 0.2, 0.4),
    ("BriefTap", "convoy", {"object": "Light", "other": "Heavy"}, 0.4, 0.7),
    ("Bounce", "convoy", {"object": "Light", "other": "Heavy"}, 0.4, 0.7),
    ("HighEnergyImpact", "ricochet", {"object": "Red", "other": "Bumper"}, 0.25, 0.4),
    ("NearCollision", "groove", {"distance": 0.06003}, 0.7, 1.1),
    ("OpposingMotion", "lever", {"other": "Ball"}, 0.4, 0.6),
    ("SpeedChange", "carom", {"object": "Green"}, 0.4, 0.5),
    ("Airborne", "throw", {"object": "Green"}, 0.0, 0.1),
    ("GlobalRest", "rest", {}, 0.0, 0.0),
    ("InducedMotion", "cradle", {"object": "Row 2", "via": "Row 1", "other": "Striker"}, 0.35, 0.45),
    ("CoMovingPair", "convoy", {"object": "Sled", "other": "Rider"}, 0.0, 0.1),
    ("Support", "tower", {"object": "Top", "support": "Base"}, 0.2, 0.4),
    ("StackFormed", "tower", {"object": "Top", "support": "Base"}, 0.25, 0.6),
    ("LoseSupport", "tower", {"object": "Slider", "support": "Shelf"}, 0.2, 0.5),
    ("SupportHandoff", "slide", {"object": "Sled"}, 1.1, 1.4),
    ("Wedged", "groove", {"object": "Held", "other": "Left", "opposite": "Right"}, 0.4, 0.7),
    ("TipOver", "slide", {"object": "Tall"}, 0.3, 0.5),
    ("SlidingContact", "slide", {"object": "Sled", "other": "Slope"}, 0.0, 0.2),
    ("RollingOver", "tower", {"object": "Roller", "other": "Shelf 2"}, 0.0, 0.5),
    ("SlidingToRolling", "carom", {"object": "Green", "other": "Floor"}, 0.5, 1.0),
    ("PivotedSweep", "dominoes", {"object": "Domino 4", "other": "Floor"}, 0.8, 1.2),
    ("CellTransition", "chase", {"object": "Green"}, 0.0, 0.5),
    ("CellPath", "chase", {"object": "Green"}, 0.0, 0.5),
    ("VerticalOrderFlip", "lever", {"object": "Plank", "other": "Weight"}, 0.42, 0.8),
    ("FirstActorContact", "ricochet", {"object": "Red", "other": "Bumper"}, 0.25, 0.4),
    ("FirstTargetContact", "carom", {"object": "Blue", "other": "Green"}, 1.5, 2.1),
    ("FirstActorTargetImpact", "ricochet", {"object": "Red", "other": "Blue"}, 0.6, 1.1),
    ("LastActorInfluence", "kick", {"object": "Red", "other": "Green"}, 0.7, 1.0),
    ("CollisionRelay", "relay", {"object": "Red", "via": "Black", "other": "Green"}, 0.2, 0.4),
    ("TransientGoalContact", "relay", {"object": "Green", "target": "Blue"}, 1.0, 1.5),
    ("StationaryTargetSuccess", "arrival", {"object": "Green", "target": "Blue"}, 1.5, 2.1),
    ("MovingTargetSuccess", "chase", {"object": "Green", "target": "Blue"}, 0.8, 1.1),
    ("ActorRicochet", "ricochet", {"object": "Red", "other": "Bumper"}, 0.25, 0.4),
    ("GoalAxisAlignment", "throw", {"object": "Green", "target": "Blue", "axis": "east"}, 0.5, 0.8),
    ("SideSwap", "throw", {"object": "Green", "target": "Blue"}, 0.6, 0.8),
    ("GoalwardBurst", "kick", {"object": "Green", "target": "Blue"}, 0.6, 1.0),
    ("GoalClosingRun", "chase", {"object": "Green", "target": "Blue"}, 0.0, 0.2),
    ("FreeFlightApproach", "throw", {"object": "Green", "target": "Blue"}, 0.0, 0.2),
    ("GoalConvergence", "carom", {"object": "Green", "target": "Blue"}, 0.4, 0.6),
    ("DeflectedFromTarget", "deflect", {"object": "Green", "target": "Blue", "by": "Bumper"}, 0.5, 0.7),
]


def test_every_pattern_is_among_them():
    assert sorted(row[0] for row in SEEN) == sorted(p.uid for p in library())


@pytest.mark.parametrize(
    ("uid", "scene", "parameters", "first", "last"), SEEN, ids=lambda v: v if isinstance(v, str) else ""
)
def test_it_is_found_where_it_happens(uid, scene, parameters, first, last):
    found = [a for a in annotated(scene).activations if a.uid == uid]
    seen = [(a.time, a.parameters) for a in found]
    assert any(first <= time <= last and parameters.items() <= own.items() for time, own in seen), seen


@pytest.mark.parametrize("scene", sorted({row[1] for row in SEEN}))
def test_the_parameters_that_name_bodies(scene):
    found = annotated(scene)
    kinds = {p.uid: p.parameters for p in library()}
    for activation in found.activations:
        bodies = {name for name, p in kinds[activation.uid].items() if p.kind == "body"}
        texts = {name: value for name, value in activation.parameters.items() if isinstance(value, str)}
        named = {name for name, value in texts.items() if value in found.bodies}
        assert named == texts.keys() & bodies, activation


@pytest.mark.parametrize(
    ("scene", "absent"),
    [
        ("rest", {p.uid for p in library()} - {"GlobalRest", "Support", "Wedged"}),
        ("ricochet", {"Airborne", "LoseSupport", "TipOver", "CollisionRelay", "MovingTargetSuccess", "Wedged"}),
        ("throw", {"LastActorInfluence", "FirstTargetContact", "StackFormed", "HitsStationary", "GoalClosingRun"}),
        ("groove", {"HitsStationary", "StackFormed", "TipOver", "FirstActorContact", "GoalConvergence"}),
        ("convoy", {"Airborne", "StackFormed", "Wedged", "NearCollision", "InducedMotion", "SlidingToRolling"}),
        ("deflect", {"MovingTargetSuccess", "StationaryTargetSuccess", "TransientGoalContact", "FirstTargetContact"}),
    ],
)
def test_nothing_is_found_that_does_not_happen(scene, absent):
    assert not absent & {a.uid for a in annotated(scene).activations}
